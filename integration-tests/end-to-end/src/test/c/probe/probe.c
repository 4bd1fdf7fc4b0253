/* One call of holdfast.h each, for the test programs. */
#include "probe.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

int32_t probe_init(void) { return hf_init(HF_ABI_VERSION); }

int32_t probe_status(void) { return hf_last_status(); }

const char *probe_error(void) { return hf_last_error(); }

hf_ref probe_retain(hf_ref ref) { return hf_retain(ref); }

void probe_release(hf_ref ref) { hf_release(ref); }

uint32_t probe_count(hf_ref ref) { return hf_count(ref); }

int32_t probe_type(const char *name) { return (int32_t)hf_type_find(name); }

const char *probe_type_of(hf_ref ref) { return hf_type_name(hf_type_of(ref)); }

int32_t probe_instance_of(hf_ref ref, const char *type) {
  return hf_instance_of(ref, hf_type_find(type));
}

#define READ(KIND, TYPE)                                                                           \
  {                                                                                                \
    TYPE value;                                                                                    \
    status = hf_load_##KIND(ref, at, &value);                                                      \
    if (status == HF_OK)                                                                           \
      *bits = (int64_t)value;                                                                      \
    break;                                                                                         \
  }

#define READ_BITS(KIND, TYPE, BITS)                                                                \
  {                                                                                                \
    union {                                                                                        \
      TYPE value;                                                                                  \
      BITS bits;                                                                                   \
    } read;                                                                                        \
    status = hf_load_##KIND(ref, at, &read.value);                                                 \
    if (status == HF_OK)                                                                           \
      *bits = (int64_t)read.bits;                                                                  \
    break;                                                                                         \
  }

int32_t probe_read(hf_ref ref, const char *type, const char *field, int64_t *bits) {
  hf_field at = hf_field_find(type ? hf_type_find(type) : hf_type_of(ref), field);
  if (at == 0)
    return hf_last_status();
  uint32_t kind = (uint32_t)(at >> 24 & 0xff);
  hf_status status = HF_EINVAL;
  switch (kind) {
  case 1:
    READ(bool, uint8_t)
  case 2:
    READ(i8, int8_t)
  case 3:
    READ(u16, uint16_t)
  case 4:
    READ(i16, int16_t)
  case 5:
  case 9:
    READ(i32, int32_t)
  case 6:
    READ(i64, int64_t)
  case 7:
    READ_BITS(f32, float, uint32_t)
  case 8:
    READ_BITS(f64, double, uint64_t)
  case 10:
    READ_BITS(ref, hf_ref, uint64_t)
  default:
    break;
  }
  return status == HF_OK ? (int32_t)kind : status;
}

int32_t probe_layout(const char *type, uint64_t fingerprint) {
  return hf_type_check(type, fingerprint);
}

hf_ref probe_retain_field(hf_ref owner, const char *field) {
  return hf_retain_field(owner, hf_field_find(hf_type_of(owner), field));
}

hf_ref probe_follow(hf_ref owner, const char *field, int32_t times) {
  struct hf_step step = {hf_field_find(hf_type_of(owner), field), (uint32_t)times, 0};
  return hf_retain_path(owner, &step, 1);
}

struct retaining {
  hf_ref owner;
  const char *field;
  hf_ref result;
  int32_t status;
};

static void *retaining_body(void *data) {
  struct retaining *task = data;
  task->result = probe_retain_field(task->owner, task->field);
  task->status = hf_last_status();
  return NULL;
}

hf_ref probe_retain_field_elsewhere(hf_ref owner, const char *field, int32_t *status) {
  struct retaining task = {owner, field, NULL, HF_OK};
  pthread_t thread;
  if (pthread_create(&thread, NULL, retaining_body, &task) != 0) {
    *status = HF_ENOMEM;
    return NULL;
  }
  pthread_join(thread, NULL);
  *status = task.status;
  return task.result;
}

int64_t probe_text(hf_ref owner, const char *field, char *buf, int64_t cap) {
  return hf_field_utf8(owner, hf_field_find(hf_type_of(owner), field), buf, cap);
}

int32_t probe_fork(hf_ref ref) {
  pid_t child = fork();
  if (child == 0)
    _exit(hf_retain(ref) == NULL ? -hf_last_status() : 0);
  int state = 0;
  if (child < 0 || waitpid(child, &state, 0) != child)
    return HF_ENOMEM;
  return WIFEXITED(state) ? WEXITSTATUS(state) : HF_EINVAL;
}

int32_t probe_pinned_stays(hf_ref ref, void (*between)(void)) {
  const void *before = hf_pin(ref);
  if (!before)
    return hf_last_status();
  between();
  hf_enter();
  const void *now = hf_deref(ref);
  hf_exit();
  hf_status status = hf_unpin(ref);
  return status != HF_OK ? status : before == now;
}
