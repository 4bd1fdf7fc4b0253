#include "guest.h"
#include "holdfast.h"

__attribute__((visibility("default"))) int guest_take(void *ref, struct guest_data *out);

int guest_take(void *ref, struct guest_data *out) {
  hf_status status = hf_init(HF_ABI_VERSION);
  if (status != HF_OK)
    return status;
  out->data = hf_retain(ref);
  out->destroy = hf_release_function();
  return out->data ? HF_OK : hf_last_status();
}
