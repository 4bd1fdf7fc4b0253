/*
 * A library with a thread of its own that goes on calling Java while the JVM ends, gives its data
 * back too late and once too often, and calls again. What it did is said when the process ends.
 */
#include "holdfast.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define KEEPER __attribute__((visibility("default")))

enum { SHUT_DOWN = 2, BEFORE_DESTROYING = 50 };

typedef int32_t (*listener)(int32_t event, void *data);

KEEPER int32_t ending_begin(listener call, void *data, hf_destroy_function destroy,
                            int32_t on_new_threads);
KEEPER int32_t ending_calls(void);

static listener call;
static void *data;
static hf_destroy_function destroy;
static int32_t on_new_threads;
static atomic_int calls;

static void *one_call(void *none) {
  (void)none;
  call(1, data);
  return NULL;
}

static int has_begun_to_end(void) {
  struct hf_stats stats = {.size = sizeof stats};
  return hf_stats(&stats) == HF_OK && stats.state == SHUT_DOWN;
}

static void *body(void *none) {
  (void)none;
  struct timespec pause = {0, 100000};
  for (int32_t late = 0;; late += has_begun_to_end()) {
    pthread_t thread;
    if (!on_new_threads)
      call(1, data);
    else if (pthread_create(&thread, NULL, one_call, NULL) == 0)
      pthread_join(thread, NULL);
    atomic_fetch_add(&calls, 1);
    if (late == BEFORE_DESTROYING) {
      destroy(data);
      destroy(data);
    }
    nanosleep(&pause, NULL);
  }
  return NULL;
}

static void say(void) {
  printf("ended after %s calls\n", atomic_load(&calls) > 0 ? "some" : "no");
  fflush(stdout);
}

int32_t ending_begin(listener function, void *context, hf_destroy_function release,
                     int32_t new_threads) {
  call = function;
  data = context;
  destroy = release;
  on_new_threads = new_threads;
  pthread_t thread;
  if (hf_init(HF_ABI_VERSION) != HF_OK || atexit(say) != 0)
    return -1;
  return pthread_create(&thread, NULL, body, NULL);
}

int32_t ending_calls(void) { return atomic_load(&calls); }
