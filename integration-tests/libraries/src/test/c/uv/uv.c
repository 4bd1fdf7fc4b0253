/* A libuv loop on a thread that Java did not make: timers whose data are Java objects. */
#include "glue.h"
#include <stdlib.h>
#include <uv.h>

typedef int32_t (*tick)(void *data);

GLUE int32_t uv_begin(tick fired);
GLUE int32_t uv_add(void *data);
GLUE int32_t uv_run_all(void);

static uv_loop_t loop;
static tick on_tick;

/* handle->data is given back in the close callback, on the loop's thread. */
static void closed(uv_handle_t *handle) {
  glue_destroy_(handle->data);
  free(handle);
}

static void fired(uv_timer_t *timer) {
  if (!on_tick(timer->data))
    uv_close((uv_handle_t *)timer, closed);
}

int32_t uv_begin(tick function) {
  on_tick = function;
  return uv_loop_init(&loop);
}

/* Before the loop runs. Takes over the data's count. */
int32_t uv_add(void *data) {
  uv_timer_t *timer = calloc(1, sizeof *timer);
  if (!timer)
    return UV_ENOMEM;
  uv_timer_init(&loop, timer);
  timer->data = data;
  return uv_timer_start(timer, fired, 0, 1);
}

static void run(void *status) { *(int32_t *)status = uv_run(&loop, UV_RUN_DEFAULT); }

/* Until the last timer is closed. */
int32_t uv_run_all(void) {
  uv_thread_t thread;
  int32_t status = -1;
  if (uv_thread_create(&thread, run, &status) != 0)
    return -1;
  uv_thread_join(&thread);
  return status == 0 ? uv_loop_close(&loop) : status;
}
