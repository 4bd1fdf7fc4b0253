/*
 * The C side of the core's tests: what a library does with handles, one call at a time.
 */
#include "holdfast.h"
#include <pthread.h>

#define PROBE __attribute__((visibility("default")))

PROBE int32_t probe_init(void);
PROBE int32_t probe_status(void);
PROBE hf_ref probe_retain(hf_ref ref);
PROBE void probe_release(hf_ref ref);
PROBE int32_t probe_release_n(hf_ref ref, uint32_t n);
PROBE uint32_t probe_count(hf_ref ref);
PROBE void probe_enter(void);
PROBE void probe_exit(void);
PROBE const void *probe_deref(hf_ref ref);
PROBE int32_t probe_get_i32(hf_ref ref, hf_field field);
PROBE int64_t probe_get_i64(hf_ref ref, hf_field field);
PROBE hf_ref probe_get_ref(hf_ref ref, hf_field field);
PROBE hf_ref probe_retain_field(hf_ref owner, hf_field field);
PROBE const void *probe_pin(hf_ref ref);
PROBE int32_t probe_unpin(hf_ref ref);
PROBE uint32_t probe_type_of(hf_ref ref);
PROBE int32_t probe_instance_of(hf_ref ref, hf_type type);
PROBE int32_t probe_release_elsewhere(hf_ref ref);
PROBE int32_t probe_stats(struct hf_stats *out);
PROBE uint8_t probe_is_type(hf_type type);
PROBE int32_t probe_retain_release(hf_ref ref, int32_t rounds);
PROBE int64_t probe_watch(const hf_ref *shown, const int32_t *stop, hf_field field,
                          int32_t expected);

int32_t probe_init(void) { return hf_init(HF_ABI_VERSION); }

int32_t probe_status(void) { return hf_last_status(); }

hf_ref probe_retain(hf_ref ref) { return hf_retain(ref); }

void probe_release(hf_ref ref) { hf_release(ref); }

int32_t probe_release_n(hf_ref ref, uint32_t n) { return hf_release_n(ref, n); }

uint32_t probe_count(hf_ref ref) { return hf_count(ref); }

void probe_enter(void) { hf_enter(); }

void probe_exit(void) { hf_exit(); }

const void *probe_deref(hf_ref ref) { return hf_deref(ref); }

int32_t probe_get_i32(hf_ref ref, hf_field field) { return hf_get_i32(ref, field); }

int64_t probe_get_i64(hf_ref ref, hf_field field) { return hf_get_i64(ref, field); }

hf_ref probe_get_ref(hf_ref ref, hf_field field) { return hf_get_ref(ref, field); }

hf_ref probe_retain_field(hf_ref owner, hf_field field) { return hf_retain_field(owner, field); }

const void *probe_pin(hf_ref ref) { return hf_pin(ref); }

int32_t probe_unpin(hf_ref ref) { return hf_unpin(ref); }

uint32_t probe_type_of(hf_ref ref) { return hf_type_of(ref); }

int32_t probe_instance_of(hf_ref ref, hf_type type) { return hf_instance_of(ref, type); }

struct task {
  hf_ref ref;
  int32_t status;
};

static void *release_body(void *data) {
  struct task *task = data;
  task->status = hf_release_n(task->ref, 1);
  return NULL;
}

int32_t probe_release_elsewhere(hf_ref ref) {
  struct task task = {ref, HF_ENOMEM};
  pthread_t thread;
  if (pthread_create(&thread, NULL, release_body, &task) == 0)
    pthread_join(thread, NULL);
  return task.status;
}

uint8_t probe_is_type(hf_type type) { return hf_type_name(type) != NULL; }

int32_t probe_stats(struct hf_stats *out) {
  out->size = sizeof *out;
  return hf_stats(out);
}

int32_t probe_retain_release(hf_ref ref, int32_t rounds) {
  int32_t failed = 0;
  for (int32_t i = 0; i < rounds; i++) {
    failed += hf_retain(ref) != ref;
    failed += hf_release_n(ref, 1) != HF_OK;
  }
  return failed;
}

/*
 * Looks at whatever object is shown, each time in a scope, until it is told to stop: how often an
 * object's field was not as expected while the scope was open.
 */
int64_t probe_watch(const hf_ref *shown, const int32_t *stop, hf_field field, int32_t expected) {
  int64_t wrong = 0;
  while (!__atomic_load_n(stop, __ATOMIC_ACQUIRE)) {
    hf_enter();
    const char *mirror = hf_deref(__atomic_load_n(shown, __ATOMIC_ACQUIRE));
    for (int32_t i = 0; mirror && i < 1000; i++) {
      const int32_t *number = (const int32_t *)(const void *)(mirror + (field & 0xffffff));
      wrong += __atomic_load_n(number, __ATOMIC_RELAXED) != expected;
    }
    hf_exit();
  }
  return wrong;
}
