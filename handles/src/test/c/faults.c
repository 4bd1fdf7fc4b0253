/*
 * The runtime where memory and the like are refused. It is linked so that each of its calls of the
 * functions below comes here first. A run of everything that allocates is repeated, each in a
 * process of its own: with the n-th such call failing, for n = 1, 2, ... until a run makes fewer;
 * and with each call from the n-th on failing, until the call of the runtime has said so.
 *
 * faults           lists the tests
 * faults NAME      runs one: 0, or 1 and why on stderr
 */
#define _GNU_SOURCE
#include "answers.h"
#include "tests.h"
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what fails ------------------------------------------------------------------------------ */

static bool armed, hit, for_long;
static int calls, failing; /* counts from 1 */

static bool fails(void) {
  if (!armed)
    return false;
  calls++;
  bool now = for_long ? calls >= failing : calls == failing;
  hit |= now;
  return now;
}

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);
int __wrap_pthread_key_create(pthread_key_t *key, void (*end)(void *));
int __wrap_pthread_setspecific(pthread_key_t key, const void *value);
int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void));
int __wrap_pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes);
int __wrap_madvise(void *address, size_t length, int advice);
long __wrap_syscall(long number, ...);

void *__wrap_malloc(size_t size) { return fails() ? NULL : malloc(size); }
void *__wrap_calloc(size_t n, size_t size) { return fails() ? NULL : calloc(n, size); }
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  return fails() ? NULL : aligned_alloc(alignment, size);
}
char *__wrap_strdup(const char *text) { return fails() ? NULL : strdup(text); }
int __wrap_pthread_key_create(pthread_key_t *key, void (*end)(void *)) {
  return fails() ? EAGAIN : pthread_key_create(key, end);
}
int __wrap_pthread_setspecific(pthread_key_t key, const void *value) {
  return fails() ? ENOMEM : pthread_setspecific(key, value);
}
int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void)) {
  return fails() ? ENOMEM : pthread_atfork(prepare, parent, child);
}
int __wrap_pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes) {
  return fails() ? ENOMEM : pthread_getattr_np(thread, attributes);
}
int __wrap_madvise(void *address, size_t length, int advice) {
  return fails() ? -1 : madvise(address, length, advice);
}
long __wrap_syscall(long number, ...) {
  if (number != SYS_membarrier)
    return syscall(number);
  va_list arguments;
  va_start(arguments, number);
  int command = va_arg(arguments, int);
  va_end(arguments);
  return fails() ? -1 : syscall(SYS_membarrier, command, 0, 0);
}

/* Out of memory, and only then, the call may say so; with memory again it works. */
#define SURVIVES(call)                                                                             \
  do {                                                                                             \
    hit = false;                                                                                   \
    armed = true;                                                                                  \
    bool done_ = (call);                                                                           \
    hf_status status_ = hf_last_status();                                                          \
    armed = false;                                                                                 \
    if (!done_) {                                                                                  \
      CHECK(hit);                                                                                  \
      CHECK_EQUAL(status_, HF_ENOMEM);                                                             \
      CHECK(call);                                                                                 \
    }                                                                                              \
  } while (0)

/* ---- the run --------------------------------------------------------------------------------- */

static hf_ref object, other; /* counted */
static hf_type type;
static hf_field field;
static int told;

void *hfi_frame_begin(void);
uint64_t hfi_frame_end(void *frame);
uint64_t hfi_allocate(uint64_t bytes);
void hfi_free(uint64_t address);
int64_t hfi_discard(uint64_t address, uint64_t bytes);
void hfi_track(uint32_t one_in);

static void listen(void *ctx, hf_status status, hf_ref ref, const char *message) {
  (void)ctx, (void)ref;
  CHECK(message != NULL);
  told += status == HF_EOVERRELEASE;
}

static void attach(void) {
  hit = false;
  armed = true;
  world = hfi_runtime_create();
  armed = false;
  CHECK(world || hit);
  if (!world)
    world_make();
  armed = true;
  int32_t status = hfi_attach(world, &answers);
  armed = false;
  if (status < 0) {
    CHECK_EQUAL(status, HF_ENOMEM);
    CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_ENORUNTIME);
    status = hfi_attach(world, &answers);
  }
  CHECK(status >= 0);
  CHECK_EQUAL(hf_runtime_api.fences, !hfi_membarrier());
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_OK);
  uint32_t id = world_type("a.A", 0, (struct world_field[]){{"x", 5}}, 1);
  uint32_t cohort = world_cohort();
  object = world_object(cohort, 1, id);
  other = world_object(cohort, 3, id);
  answered = other;
  world_acquire(object);
  world_acquire(other);
}

static bool write_one_more(void) {
  int32_t *copy = hf_write_begin(object);
  if (!copy)
    return false;
  copy[2]++;
  return hf_write_end(object, copy) == HF_OK;
}

static bool read_one(void) {
  hf_ref out;
  if (hf_read_refs(object, 0, 1, &out) != 1)
    return false;
  hf_release(out);
  return true;
}

/* Counting needs no memory: it is never refused, with a record or without. */
static void count(void) {
  armed = true;
  CHECK(hf_retain(object) == object);
  hf_release(object);
  CHECK(hf_retain_ptr(object) == object);
  CHECK_EQUAL(hf_release_n(object, 1), HF_OK);
  CHECK_EQUAL(hf_count(object), 1);
  hf_ref kept = hf_retain_field(object, field);
  CHECK(kept == other);
  hf_release(kept);
  armed = false;
}

/* What else a thread may do. */
static void *use(void *unused) {
  (void)unused;
  count();
  SURVIVES(hf_load_i32(object, field, &(int32_t){0}) == HF_OK);
  SURVIVES(hf_pin(object) && hf_unpin(object) == HF_OK);
  SURVIVES(hf_type_of(object) == 1);
  SURVIVES(read_one());
  answers_written = 0;
  SURVIVES(write_one_more());
  CHECK_EQUAL(answers_written, 1);
  SURVIVES(hf_set_i32(object, field, 1) == HF_OK);
  SURVIVES(hf_call(object, METHOD, NULL, NULL) == HF_OK);
  SURVIVES(hf_call(object, METHOD, NULL, NULL) == HF_OK);
  armed = true;
  void *frame = hfi_frame_begin();
  CHECK_EQUAL(hfi_frame_end(frame), 0);
  armed = false;
  told = 0;
  CHECK_EQUAL(hf_release_n(object, 2), HF_EOVERRELEASE);
  CHECK_EQUAL(told, 1);
  CHECK_EQUAL(hf_count(object), 1);
  return NULL;
}

/* Either there is a scope, or it is said that there is none. It is left open. */
static void *end_in_a_scope(void *unused) {
  (void)unused;
  hit = false;
  armed = true;
  hf_enter();
  bool open = hf_deref(object) != NULL;
  armed = false;
  if (!open) {
    CHECK(hit);
    CHECK(hf_last_status() == HF_ENOMEM || hf_last_status() == HF_ESCOPE);
    hf_enter();
  }
  CHECK(hf_deref(object) != NULL);
  return NULL;
}

/* While main itself has a record, so that this one needs its own. */
static void run(void *(*body)(void *)) {
  pthread_t thread;
  CHECK_EQUAL(pthread_create(&thread, NULL, body, NULL), 0);
  CHECK_EQUAL(pthread_join(thread, NULL), 0);
}

static void track(void) {
  hfi_track(1);
  count();
  hfi_track(0);
}

static void everything(void) {
  attach();
  SURVIVES(hf_on_misuse(listen, NULL) == HF_OK);
  SURVIVES((type = hf_type_find("a.A")) != 0);
  SURVIVES((field = hf_field_find(type, "x")) != 0);
  SURVIVES(hf_type_find("a.NoMirror") != 0);
  SURVIVES(hf_method_find(type, "m", "()V") == METHOD);
  hf_ref opaque = world_opaque();
  world_acquire(opaque);
  SURVIVES(hf_type_of(opaque) != 0);
  use(NULL);
  run(use);
  run(end_in_a_scope);
  run(use);
  track();
  hit = false;
  armed = true;
  uint64_t memory = hfi_allocate(1 << 16);
  int64_t discarded = memory ? hfi_discard(memory, 1 << 16) : 0;
  hfi_heavy_fence();
  armed = false;
  CHECK((memory && discarded > 0) || hit);
  hfi_free(memory);
}

/* With all there is: nothing is held up, lost, or left behind. */
static void and_works_after_it(void) {
  world_grace(hfi_epoch_advance());
  use(NULL);
  run(use);
  hf_release(object);
  hf_release(other);
  CHECK_EQUAL(hf_count(object), 0);
  CHECK_EQUAL(hf_count(other), 0);
  CHECK_EQUAL(world_drain(NULL, NULL), 1);
  struct hf_stats now = {.size = sizeof now};
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  CHECK_EQUAL(now.open_scopes, 0);
  CHECK_EQUAL(now.threads, 1);
}

/* Whether so many calls were made. */
static bool with_failing(int n) {
  pid_t pid = fork();
  if (pid == 0) {
    alarm(60); /* a scope that nobody closes is waited for without end */
    failing = n;
    everything();
    and_works_after_it();
    exit(calls >= n ? 0 : 3); /* looks for leaks */
  }
  int status = -1;
  CHECK_EQUAL(waitpid(pid, &status, 0), pid);
  if (status != 0 && !(WIFEXITED(status) && WEXITSTATUS(status) == 3)) {
    fprintf(stderr, "call %d failing%s: status %#x\n", n, for_long ? ", and all after it" : "",
            (unsigned)status);
    exit(1);
  }
  return status == 0;
}

static void until_fewer_are_made(void) {
  int n = 1;
  while (with_failing(n))
    n++;
  CHECK(n > 20);
}

static void each_failing_call_is_survived(void) { until_fewer_are_made(); }

static void failing_for_long_is_survived(void) {
  for_long = true;
  until_fewer_are_made();
}

static const struct test all[] = {{"each_failing_call_is_survived", each_failing_call_is_survived},
                                  {"failing_for_long_is_survived", failing_for_long_is_survived}};

int main(int n, char **arguments) {
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (n < 2) {
      puts(all[i].name);
    } else if (strcmp(all[i].name, arguments[1]) == 0) {
      all[i].run();
      return 0;
    }
  }
  return n < 2 ? 0 : 1;
}
