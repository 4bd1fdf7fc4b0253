/* Threads that count and give back, on pthreads that the JVM does not know. */
#include "probe.h"
#include <pthread.h>
#include <string.h>

#define THREADS_MOST 32

struct task {
  const hf_ref *refs;
  int32_t n;
  int32_t rounds;
  uint32_t seed;
  int32_t status;
};

static int32_t in_threads(struct task *tasks, int32_t threads, void *(*body)(void *)) {
  pthread_t ids[THREADS_MOST];
  int32_t started = 0;
  int32_t status = HF_OK;
  for (; started < threads; started++) {
    if (pthread_create(&ids[started], NULL, body, &tasks[started]) != 0) {
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

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

static void *hammer_body(void *data) {
  struct task *task = data;
  for (int32_t i = 0; i < task->rounds; i++) {
    hf_ref ref = task->refs[next_random(&task->seed) % (uint32_t)task->n];
    uint32_t times = 1 + next_random(&task->seed) % 3;
    for (uint32_t k = 0; k < times; k++)
      if (hf_retain(ref) != ref)
        task->status = hf_last_status();
    hf_release_n(ref, times);
  }
  return NULL;
}

int32_t probe_hammer(const hf_ref *refs, int32_t n, int32_t threads, int32_t rounds) {
  struct task tasks[THREADS_MOST];
  if (threads > THREADS_MOST)
    return HF_EINVAL;
  for (int32_t i = 0; i < threads; i++)
    tasks[i] = (struct task){refs, n, rounds, (uint32_t)i + 1, HF_OK};
  return in_threads(tasks, threads, hammer_body);
}

static void *release_body(void *data) {
  struct task *task = data;
  for (int32_t i = 0; i < task->n; i++)
    hf_release(task->refs[i]);
  return NULL;
}

int32_t probe_release_all(const hf_ref *refs, int32_t n, int32_t threads) {
  struct task tasks[THREADS_MOST];
  if (threads > THREADS_MOST)
    return HF_EINVAL;
  int32_t each = (n + threads - 1) / threads;
  for (int32_t i = 0; i < threads; i++) {
    int32_t from = i * each < n ? i * each : n;
    int32_t length = n - from < each ? n - from : each;
    tasks[i] = (struct task){refs + from, length, 0, 0, HF_OK};
  }
  return in_threads(tasks, threads, release_body);
}

static struct {
  hf_ref ref;
  hf_field field;
  hf_field text;
  atomic_llong calls;
} disturbance;

/* Every kind of call, until the process ends around it. */
static void *disturb_body(void *unused) {
  (void)unused;
  char buf[64];
  for (;;) {
    hf_ref ref = hf_retain(disturbance.ref);
    (void)hf_get_ref(disturbance.ref, disturbance.field);
    hf_enter();
    (void)hf_deref(disturbance.ref);
    hf_exit();
    hf_release(hf_retain_field(disturbance.ref, disturbance.field));
    (void)hf_field_utf8(disturbance.ref, disturbance.text, buf, (int64_t)sizeof buf);
    (void)hf_java_hash(disturbance.ref);
    hf_release(ref);
    atomic_fetch_add(&disturbance.calls, 1);
  }
  return NULL;
}

int32_t probe_disturb(hf_ref ref, const char *field, const char *text, int32_t threads) {
  disturbance.ref = hf_retain(ref);
  disturbance.field = hf_field_find(hf_type_of(ref), field);
  disturbance.text = hf_field_find(hf_type_of(ref), text);
  if (!disturbance.ref || !disturbance.field || !disturbance.text)
    return hf_last_status();
  for (int32_t i = 0; i < threads; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, disturb_body, NULL) != 0)
      return HF_ENOMEM;
    pthread_detach(thread);
  }
  return HF_OK;
}

int64_t probe_disturbances(void) { return (int64_t)atomic_load(&disturbance.calls); }
