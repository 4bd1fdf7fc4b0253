/*
 * Places through which Java and C pass counted handles. A place owns the count of what is in it;
 * holders take it out, keep it for a while and put it back, readers look at it without counting.
 */
#include "probe.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#define PLACES_MOST 64
#define THREADS_MOST 16

static struct {
  _Atomic(hf_ref) places[PLACES_MOST];
  uint32_t n;
  hf_type type;
  hf_field id;
  hf_field check;
  hf_field next;
  atomic_bool stop;
  atomic_llong looks;
  atomic_int failures;
  char failure[200];
  pthread_t threads[THREADS_MOST];
  int32_t started;
} exchange;

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

/* The first one counts, and ends all. */
static void fail(const char *what, hf_ref ref, int64_t seen) {
  if (atomic_fetch_add(&exchange.failures, 1) == 0)
    (void)snprintf(exchange.failure, sizeof exchange.failure, "%s: handle %p, %lld, status %d %s",
                   what, (const void *)ref, (long long)seen, hf_last_status(), hf_last_error());
  atomic_store(&exchange.stop, true);
}

static int64_t check_of(int64_t id) { return (int64_t)((uint64_t)id * 31 + 7); }

static int64_t word(const char *mirror, hf_field field) {
  const char *at = mirror + (field & 0xffffff);
  return __atomic_load_n((const int64_t *)(const void *)at, __ATOMIC_ACQUIRE);
}

static void look_at_mirror(const char *what, hf_ref ref, const char *mirror) {
  int64_t id = word(mirror, exchange.id);
  if (word(mirror, exchange.check) != check_of(id))
    fail(what, ref, id);
  atomic_fetch_add_explicit(&exchange.looks, 1, memory_order_relaxed);
}

/* What is counted cannot be stale. */
static void look_at_counted(const char *what, hf_ref ref) {
  int64_t id = 0;
  int64_t check = 0;
  if (hf_load_i64(ref, exchange.id, &id) != HF_OK ||
      hf_load_i64(ref, exchange.check, &check) != HF_OK)
    fail(what, ref, id);
  else if (check != check_of(id))
    fail(what, ref, id);
  atomic_fetch_add_explicit(&exchange.looks, 1, memory_order_relaxed);
}

static void read_borrowed(uint32_t place) {
  hf_enter();
  hf_ref ref = atomic_load(&exchange.places[place]);
  const char *mirror = ref ? hf_deref(ref) : NULL;
  if (mirror) {
    look_at_mirror("borrowed", ref, mirror);
    hf_ref next = (hf_ref)(uintptr_t)word(mirror, exchange.next);
    const char *there = next && next != HF_UNMIRRORED ? hf_deref(next) : NULL;
    if (there) /* it may have died just now */
      look_at_mirror("what a mirror refers to", next, there);
    look_at_mirror("borrowed, again", ref, mirror);
  } else if (ref && atomic_load(&exchange.places[place]) == ref) {
    fail("counted and still there, but stale", ref, 0);
  }
  hf_exit();
}

static void follow(hf_ref ref) {
  hf_ref next = hf_retain_field(ref, exchange.next);
  if (next) {
    look_at_counted("retained from a field", next);
    hf_release(next);
  } else if (hf_last_status() != HF_OK) {
    fail("hf_retain_field", ref, 0);
  }
}

static void pin(hf_ref ref) {
  const char *mirror = hf_pin(ref);
  if (!mirror) {
    fail("hf_pin", ref, 0);
    return;
  }
  look_at_mirror("pinned", ref, mirror);
  hf_enter();
  if (hf_deref(ref) != mirror)
    fail("pinned but moved", ref, 0);
  hf_exit();
  if (hf_unpin(ref) != HF_OK)
    fail("hf_unpin", ref, 0);
}

static void hold(uint32_t place, uint32_t *random) {
  hf_ref ref = probe_exchange_take((int32_t)place);
  if (!ref)
    return;
  uint32_t more = next_random(random) % 3;
  for (uint32_t i = 0; i < more; i++)
    if (hf_retain(ref) != ref)
      fail("hf_retain of what is counted", ref, 0);
  if (hf_count(ref) < 1 + more)
    fail("hf_count", ref, hf_count(ref));
  look_at_counted("held", ref);
  switch (next_random(random) % 4) {
  case 0:
    follow(ref);
    break;
  case 1:
    pin(ref);
    break;
  default:
    break;
  }
  if (more > 0)
    hf_release_n(ref, more);
  if (next_random(random) % 4 == 0)
    hf_release(ref);
  else
    probe_exchange_offer((int32_t)(next_random(random) % exchange.n), ref);
}

static void *reader(void *seed) {
  uint32_t random = (uint32_t)(uintptr_t)seed;
  while (!atomic_load(&exchange.stop))
    read_borrowed(next_random(&random) % exchange.n);
  return NULL;
}

static void *holder(void *seed) {
  uint32_t random = (uint32_t)(uintptr_t)seed;
  while (!atomic_load(&exchange.stop))
    hold(next_random(&random) % exchange.n, &random);
  return NULL;
}

int32_t probe_exchange_start(const char *type, int32_t places, int32_t readers, int32_t holders,
                             int32_t seed) {
  exchange.type = hf_type_find(type);
  exchange.id = hf_field_find(exchange.type, "id");
  exchange.check = hf_field_find(exchange.type, "check");
  exchange.next = hf_field_find(exchange.type, "next");
  if (exchange.id == 0 || exchange.check == 0 || exchange.next == 0)
    return hf_last_status();
  if (places > PLACES_MOST || readers + holders > THREADS_MOST)
    return HF_EINVAL;
  exchange.n = (uint32_t)places;
  exchange.started = 0;
  atomic_store(&exchange.looks, 0);
  atomic_store(&exchange.stop, false);
  for (; exchange.started < readers + holders; exchange.started++) {
    void *own_seed = (void *)(uintptr_t)(uint32_t)(seed * 100 + exchange.started);
    if (pthread_create(&exchange.threads[exchange.started], NULL,
                       exchange.started < readers ? reader : holder, own_seed) != 0)
      return HF_ENOMEM;
  }
  return HF_OK;
}

void probe_exchange_offer(int32_t place, hf_ref ref) {
  hf_ref before = atomic_exchange(&exchange.places[place], ref);
  if (before)
    hf_release(before);
}

hf_ref probe_exchange_take(int32_t place) { return atomic_exchange(&exchange.places[place], NULL); }

int64_t probe_exchange_stop(void) {
  atomic_store(&exchange.stop, true);
  for (int32_t i = 0; i < exchange.started; i++)
    pthread_join(exchange.threads[i], NULL);
  exchange.started = 0;
  for (uint32_t place = 0; place < exchange.n; place++)
    probe_exchange_offer((int32_t)place, NULL);
  return atomic_load(&exchange.failures) > 0 ? -1 : (int64_t)atomic_load(&exchange.looks);
}

const char *probe_exchange_failure(void) { return exchange.failure; }
