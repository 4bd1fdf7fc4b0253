/* C that calls Java, which calls C again. */
#include "probe.h"
#include <pthread.h>
#include <string.h>

static hf_method find(hf_ref ref, const char *name, const char *descriptor) {
  return hf_method_find(hf_type_of(ref), name, descriptor);
}

/* Java's `int descend(int depth)` comes back here with one less, until 0: then C throws, or not. */
int32_t probe_descend(hf_ref ref, int32_t depth, int32_t throws) {
  if (depth == 0) {
    if (throws && hf_throw(hf_type_find("java.lang.IllegalStateException"), "at the bottom"))
      return hf_last_status();
    return 0;
  }
  hf_value args[2];
  hf_value result;
  args[0].i32 = depth;
  args[1].u8 = throws != 0;
  hf_status status = hf_call(ref, find(ref, "descend", "(IZ)I"), args, &result);
  if (status != HF_EJAVA)
    return status == HF_OK ? 1 + result.i32 : status;
  hf_ref exception = hf_exception_take();
  char words[64] = "";
  hf_value text;
  status = hf_call(exception, find(exception, "getMessage", "()Ljava/lang/String;"), NULL, &text);
  if (status == HF_OK)
    hf_string_utf8(text.ref, words, sizeof words);
  hf_release(text.ref);
  hf_release(exception);
  return strcmp(words, "at the bottom") == 0 ? -1000 : -2000;
}

/* new C(number, next), as the class's constructor (int, C) makes it. */
hf_ref probe_new(const char *type, const char *descriptor, int32_t number, hf_ref next) {
  hf_value args[2];
  args[0].i32 = number;
  args[1].ref = next;
  return hf_new(hf_method_find(hf_type_find(type), "<init>", descriptor), args);
}

struct making {
  const char *type;
  const char *descriptor;
  hf_ref next;
  int32_t rounds;
  int32_t sum;
};

/* Makes objects, reads their mirrors, calls their `int age()`, and leaves none. */
static void *making_body(void *data) {
  struct making *task = data;
  for (int32_t i = 0; i < task->rounds; i++) {
    hf_ref made = probe_new(task->type, task->descriptor, i, task->next);
    hf_field number = hf_field_find(hf_type_of(made), "number");
    hf_field next = hf_field_find(hf_type_of(made), "next");
    hf_value age;
    hf_status status = hf_call(made, find(made, "age", "()I"), NULL, &age);
    if (status != HF_OK || age.i32 != i || hf_get_i32(made, number) != i ||
        hf_get_ref(made, next) != task->next)
      return NULL;
    hf_release(made);
    task->sum++;
  }
  return NULL;
}

int32_t probe_make_elsewhere(const char *type, const char *descriptor, hf_ref next,
                             int32_t rounds) {
  struct making task = {type, descriptor, next, rounds, 0};
  pthread_t thread;
  if (pthread_create(&thread, NULL, making_body, &task) != 0)
    return HF_ENOMEM;
  pthread_join(thread, NULL);
  return task.sum;
}

int32_t probe_make_here(const char *type, const char *descriptor, hf_ref next, int32_t rounds) {
  struct making task = {type, descriptor, next, rounds, 0};
  making_body(&task);
  return task.sum;
}
