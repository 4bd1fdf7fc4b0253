/* A program that loads libraries, and unloads them while it holds what they handed out. */
#include "../guest/guest.h"
#include "probe.h"

#define GUESTS_MOST 1024

static struct guest_data left[GUESTS_MOST];
static int32_t guests;

int32_t probe_guest_takes(const char *path, hf_ref ref) {
  if (guests == GUESTS_MOST)
    return HF_ENOMEM;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return HF_ENORUNTIME;
  guest_take_function take = (guest_take_function)dlsym(library, "guest_take");
  int32_t status = take ? take(ref, &left[guests]) : HF_EINVAL;
  if (status == HF_OK)
    guests++;
  dlclose(library);
  /* It must be gone, or this shows nothing. */
  void *again = dlopen(path, RTLD_NOLOAD | RTLD_LAZY);
  if (again) {
    dlclose(again);
    return HF_EINVAL;
  }
  return status;
}

int32_t probe_guests_destroy(void) {
  int32_t destroyed = guests;
  for (; guests > 0; guests--)
    left[guests - 1].destroy(left[guests - 1].data);
  return destroyed;
}
