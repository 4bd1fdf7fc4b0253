/*
 * What the tests of the Java API call: a C library that borrows, keeps and gives back handles in
 * each of the ways that JNA knows.
 */
#include "holdfast.h"
#include <pthread.h>
#include <string.h>

#define KEEPER __attribute__((visibility("default")))

KEEPER int32_t keeper_init(void);
KEEPER int32_t keeper_status(void);
KEEPER const char *keeper_type_error(const char *name);
KEEPER const char *keeper_read_error(hf_ref ref);
KEEPER hf_ref keeper_give(hf_ref ref);
KEEPER hf_ref keeper_lend(hf_ref ref);
KEEPER void keeper_keep(hf_ref ref);
KEEPER void keeper_adopt(hf_ref ref);
KEEPER void keeper_drop(void);
KEEPER hf_ref keeper_kept(void);
KEEPER int32_t keeper_find(hf_ref *out);
KEEPER void keeper_reverse(hf_ref *refs, int32_t n);
KEEPER uint32_t keeper_count(hf_ref ref);
KEEPER void keeper_release(hf_ref ref);
KEEPER void keeper_destroy(void (*destroy)(void *), void *data);
KEEPER void *keeper_copy(void *(*copy)(void *), void *data);
KEEPER int64_t keeper_text(hf_ref ref, char *buf, int64_t cap);
KEEPER int64_t keeper_text_elsewhere(hf_ref ref, char *buf, int64_t cap);
KEEPER int32_t keeper_equal(hf_ref a, hf_ref b);
KEEPER uint32_t keeper_hash(hf_ref ref);

struct pair {
  int32_t tag;
  hf_ref first;
  hf_ref second;
};
KEEPER void keeper_swap(struct pair *pair);
KEEPER void keeper_look(const struct pair *pair);

typedef void (*visitor)(hf_ref ref);
typedef hf_ref (*chooser)(hf_ref a, hf_ref b);
KEEPER void keeper_fill(hf_ref *refs, int32_t n, hf_ref ref);
KEEPER void keeper_visit(visitor visit, hf_ref ref);
KEEPER int32_t keeper_visit_elsewhere(visitor visit, hf_ref ref);
KEEPER hf_ref keeper_choose(chooser choose, hf_ref a, hf_ref b);
KEEPER chooser keeper_second(void);
KEEPER int32_t keeper_release_elsewhere(hf_ref ref);
KEEPER int32_t keeper_hammer(hf_ref ref, int32_t threads, int32_t rounds);

int32_t keeper_init(void) { return hf_init(HF_ABI_VERSION); }

int32_t keeper_status(void) { return hf_last_status(); }

/* What a generated header's FILE_init would find. */
const char *keeper_type_error(const char *name) {
  return hf_type_check(name, 1) == HF_OK ? "" : hf_last_error();
}

const char *keeper_read_error(hf_ref ref) {
  hf_enter();
  const void *mirror = hf_deref(ref);
  hf_exit();
  return mirror ? "" : hf_last_error();
}

/* With a count for the caller. */
hf_ref keeper_give(hf_ref ref) { return hf_retain(ref); }

/* Without. */
hf_ref keeper_lend(hf_ref ref) { return ref; }

static hf_ref kept;

void keeper_keep(hf_ref ref) { kept = hf_retain(ref); }

/* With the count that the caller hands over. */
void keeper_adopt(hf_ref ref) { kept = ref; }

void keeper_drop(void) {
  hf_release(kept);
  kept = NULL;
}

/* Borrowed. */
hf_ref keeper_kept(void) { return kept; }

/* With a count for the caller. */
int32_t keeper_find(hf_ref *out) {
  *out = kept ? hf_retain(kept) : NULL;
  return *out ? HF_OK : hf_last_status();
}

void keeper_reverse(hf_ref *refs, int32_t n) {
  for (int32_t i = 0; i < n / 2; i++) {
    hf_ref ref = refs[i];
    refs[i] = refs[n - 1 - i];
    refs[n - 1 - i] = ref;
  }
}

void keeper_fill(hf_ref *refs, int32_t n, hf_ref ref) {
  for (int32_t i = 0; i < n; i++)
    refs[i] = ref;
}

uint32_t keeper_count(hf_ref ref) { return hf_count(ref); }

void keeper_release(hf_ref ref) { hf_release(ref); }

void keeper_destroy(void (*destroy)(void *), void *data) { destroy(data); }

void *keeper_copy(void *(*copy)(void *), void *data) { return copy(data); }

int64_t keeper_text(hf_ref ref, char *buf, int64_t cap) { return hf_string_utf8(ref, buf, cap); }

int32_t keeper_equal(hf_ref a, hf_ref b) { return hf_java_equal(a, b); }

uint32_t keeper_hash(hf_ref ref) { return hf_java_hash(ref); }

void keeper_swap(struct pair *pair) {
  hf_ref first = pair->first;
  pair->first = pair->second;
  pair->second = first;
}

void keeper_look(const struct pair *pair) { (void)pair; }

void keeper_visit(visitor visit, hf_ref ref) { visit(ref); }

hf_ref keeper_choose(chooser choose, hf_ref a, hf_ref b) { return choose(a, b); }

static hf_ref second(hf_ref a, hf_ref b) {
  (void)a;
  return hf_retain(b);
}

/* A function pointer whose result has a count for the caller. */
chooser keeper_second(void) { return second; }

struct task {
  visitor visit;
  hf_ref ref;
  int32_t rounds;
  int32_t status;
  char *buf;
  int64_t length;
};

static int32_t run(void *(*body)(void *), struct task *task) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, body, task) != 0)
    return HF_ENOMEM;
  pthread_join(thread, NULL);
  return task->status;
}

static void *visit_body(void *data) {
  struct task *task = data;
  task->visit(task->ref);
  return NULL;
}

/* On a thread that the JVM does not know. */
int32_t keeper_visit_elsewhere(visitor visit, hf_ref ref) {
  struct task task = {.visit = visit, .ref = ref};
  return run(visit_body, &task);
}

static void *text_body(void *data) {
  struct task *task = data;
  task->length = hf_string_utf8(task->ref, task->buf, task->length);
  return NULL;
}

/* On a thread that the JVM does not know. */
int64_t keeper_text_elsewhere(hf_ref ref, char *buf, int64_t cap) {
  struct task task = {.ref = ref, .buf = buf, .length = cap};
  return run(text_body, &task) == HF_OK ? task.length : HF_ENOMEM;
}

static void *release_body(void *data) {
  struct task *task = data;
  hf_release(task->ref);
  task->status = hf_last_status();
  return NULL;
}

/* On a thread that the JVM does not know. The status is that of the release. */
int32_t keeper_release_elsewhere(hf_ref ref) {
  struct task task = {.ref = ref};
  return run(release_body, &task);
}

static void *hammer_body(void *data) {
  struct task *task = data;
  for (int32_t i = 0; i < task->rounds; i++) {
    if (hf_retain(task->ref) != task->ref)
      task->status = hf_last_status();
    hf_release(task->ref);
  }
  return NULL;
}

/* Retains and releases on many threads at once, and leaves the count as it was. */
int32_t keeper_hammer(hf_ref ref, int32_t threads, int32_t rounds) {
  pthread_t ids[64];
  struct task tasks[64];
  if (threads > 64)
    return HF_EINVAL;
  int32_t status = HF_OK;
  int32_t started = 0;
  for (; started < threads; started++) {
    tasks[started] = (struct task){.ref = ref, .rounds = rounds};
    if (pthread_create(&ids[started], NULL, hammer_body, &tasks[started]) != 0) {
      status = HF_ENOMEM;
      break;
    }
  }
  for (int32_t i = 0; i < started; i++) {
    pthread_join(ids[i], NULL);
    if (tasks[i].status != HF_OK)
      status = tasks[i].status;
  }
  return status;
}
