/*
 * The protocols under load, for HOLDFAST_TEST_MILLIS each (1000). Each fails if one of its steps is
 * left out: mutants.sh leaves them out.
 */
#define _GNU_SOURCE
#include "section.h"
#include "tests.h"
#include <pthread.h>
#include <sched.h>
#include <time.h>

/* ---- threads, time, chance ------------------------------------------------------------------- */

static _Atomic(bool) stop;

static int64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t duration(void) {
  const char *millis = getenv("HOLDFAST_TEST_MILLIS");
  return (millis ? atoll(millis) : 1000) * 1000000;
}

static uint32_t chance(uint64_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return (uint32_t)(*seed >> 16);
}

static void spin(uint32_t rounds) {
  for (volatile uint32_t i = 0; i < rounds; i++)
    ;
}

/*
 * Stores that miss: other threads write the same lines. What this thread stores next, a mark, waits
 * in its store buffer behind them, while its loads go on. That is what the fences are for.
 */
#define LINES 16
static _Atomic(uint64_t) lines[LINES][8];

static void fill_store_buffer(void) {
  for (int i = 0; i < LINES; i++)
    atomic_store_explicit(&lines[i][0], (uint64_t)i, memory_order_relaxed);
}

#define MOST_THREADS 8
static pthread_t threads[MOST_THREADS];
static int started;

static void start(void *(*body)(void *), uintptr_t number) {
  CHECK(started < MOST_THREADS);
  CHECK_EQUAL(pthread_create(&threads[started++], NULL, body, (void *)number), 0);
}

static void join(void) {
  atomic_store(&stop, true);
  for (int i = 0; i < started; i++)
    CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
}

/* Until the time is over, and longer if a busy machine has not let enough happen. */
static void run_until(const _Atomic(uint64_t) *happened, uint64_t enough) {
  int64_t end = nanos() + duration();
  while (nanos() < end || atomic_load(happened) < enough)
    sched_yield();
  join();
}

static struct hf_stats stats(void) {
  struct hf_stats now = {.size = sizeof now};
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  return now;
}

/* ---- counts ---------------------------------------------------------------------------------- */

#define OBJECTS 6
static hf_ref objects[OBJECTS];
static _Atomic(bool) rooted[OBJECTS];
static pthread_mutex_t stripe = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(uint64_t) given[OBJECTS]; /* counts that Java threads leave to C threads */
static _Atomic(uint64_t) hits;

static void java_acquire(int i) {
  pthread_mutex_lock(&stripe);
  if (hf_count(objects[i]) == 0)
    atomic_store(&rooted[i], true);
  world_acquire(objects[i]);
  pthread_mutex_unlock(&stripe);
}

static void unroot(struct hfi_entry *entry, void *unused) {
  (void)unused;
  for (int i = 0; i < OBJECTS; i++) {
    if (world_entry(hfi_index(hfi_bits(objects[i]))) != entry)
      continue;
    pthread_mutex_lock(&stripe);
    if (hf_count(objects[i]) == 0)
      atomic_store(&rooted[i], false);
    pthread_mutex_unlock(&stripe);
  }
}

static void *java_thread(void *number) {
  uint64_t seed = 77 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    int i = (int)(chance(&seed) % OBJECTS);
    java_acquire(i);
    CHECK(atomic_load(&rooted[i]));
    if (chance(&seed) % 2)
      atomic_fetch_add(&given[i], 1);
    else
      hf_release(objects[i]);
    if (chance(&seed) % 4 == 0)
      world_drain(unroot, NULL);
  }
  return NULL;
}

static void *c_thread(void *number) {
  uint64_t seed = 99 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    int i = (int)(chance(&seed) % OBJECTS);
    uint64_t n = atomic_load(&given[i]);
    if (n > 0 && atomic_compare_exchange_strong(&given[i], &n, n - 1))
      hf_release(objects[i]);
    if (hf_retain(objects[i])) {
      CHECK(atomic_load(&rooted[i]));
      spin(chance(&seed) % 16);
      CHECK(atomic_load(&rooted[i]));
      hf_release(objects[i]);
      atomic_fetch_add_explicit(&hits, 1, memory_order_relaxed);
    }
  }
  return NULL;
}

static void counts_are_exact_and_roots_follow(void) {
  world_begin(NULL);
  uint32_t type = world_type("a.A", 0, NULL, 0);
  uint32_t cohort = 0;
  for (int i = 0; i < OBJECTS; i++) {
    if (i % 2 == 0)
      cohort = world_cohort();
    objects[i] = i == OBJECTS - 1 ? world_opaque() : world_object(cohort, (uint32_t)i, type);
    world_acquire(objects[i]);
    hf_release(objects[i]);
  }
  world_drain(NULL, NULL);
  start(java_thread, 1);
  start(java_thread, 2);
  start(c_thread, 1);
  start(c_thread, 2);
  run_until(&hits, 1);
  for (int i = 0; i < OBJECTS; i++)
    for (uint64_t n = atomic_load(&given[i]); n > 0; n--)
      hf_release(objects[i]);
  world_drain(unroot, NULL);
  for (int i = 0; i < OBJECTS; i++) {
    CHECK_EQUAL(hf_count(objects[i]), 0);
    CHECK(!atomic_load(&rooted[i]));
    CHECK_EQUAL(world_entry(hfi_index(hfi_bits(objects[i])))->queued, 0);
  }
  CHECK_EQUAL(stats().over_releases, 0);
}

/* ---- deaths ---------------------------------------------------------------------------------- */

/*
 * One cohort that dies and is reused again and again. Its object holds its own stamp; when it is
 * dead, poison.
 */
#define MORTAL 1u
static _Atomic(uint64_t) current; /* handle of the present owner */

static uint32_t stamp_of(hf_ref ref) { return hfi_stamp(hfi_bits(ref)); }

static hf_ref present_or_past(uint64_t *seed) {
  uint64_t bits = atomic_load(&current);
  uint32_t stamp = hfi_stamp(bits);
  uint32_t back = chance(seed) % 3;
  return stamp > back ? world_handle(MORTAL, 0, stamp - back) : hfi_ref(bits);
}

static void *holder_of_stale_handles(void *number) {
  uint64_t seed = 5 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    hf_ref ref = present_or_past(&seed);
    if (hf_retain(ref)) {
      CHECK_EQUAL(atomic_load(&world_entry(MORTAL)->stamp), stamp_of(ref));
      atomic_fetch_add_explicit(&hits, 1, memory_order_relaxed);
      hf_release(ref);
    } else if (stamp_of(ref) < hfi_stamp(atomic_load(&current))) {
      hf_release(ref); /* one too many, of a handle that is stale for sure */
    }
  }
  return NULL;
}

static void *reader_of_stale_handles(void *number) {
  uint64_t seed = 6 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    hf_ref ref = present_or_past(&seed);
    fill_store_buffer();
    hf_enter();
    const uint64_t *mirror = hf_deref(ref);
    for (int i = 0; mirror && i < 4; i++) {
      CHECK_EQUAL(__atomic_load_n(&mirror[1], __ATOMIC_RELAXED), stamp_of(ref));
      spin(chance(&seed) % 64);
      atomic_fetch_add_explicit(&hits, 1, memory_order_relaxed);
    }
    hf_exit();
  }
  return NULL;
}

static void *pinner_of_the_dying(void *number) {
  uint64_t seed = 8 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    hf_ref ref = hfi_ref(atomic_load(&current));
    if (!hf_retain(ref))
      continue;
    const uint64_t *mirror = hf_pin(ref);
    hf_release(ref);
    CHECK(mirror != NULL);
    for (int i = 0; i < 4; i++) {
      CHECK_EQUAL(__atomic_load_n(&mirror[1], __ATOMIC_RELAXED), stamp_of(ref));
      spin(chance(&seed) % 64);
    }
    CHECK_EQUAL(hf_unpin(ref), HF_OK);
  }
  return NULL;
}

static void write_word(uint64_t index, uint64_t value) {
  __atomic_store_n((uint64_t *)(void *)world_memory(MORTAL) + index, value, __ATOMIC_RELEASE);
}

static void await_sections(void) {
  for (uint64_t at = atomic_load(&world->records); at; at = ((struct hfi_record *)at)->next) {
    struct hfi_record *record = (struct hfi_record *)at;
    uint32_t mark = atomic_load(&record->section);
    while (mark & 1 && atomic_load(&record->section) == mark)
      sched_yield();
  }
}

/* Dies with its last count, and rests until nobody can see it. */
static void die(hf_ref ref) {
  struct hfi_entry *entry = world_entry(MORTAL);
  hf_release(ref);
  int64_t deadline = nanos() + 20000000000;
  while (hf_count(ref) != 0)
    CHECK(nanos() < deadline);
  world_drain(NULL, NULL);
  fill_store_buffer();
  world_retire(MORTAL);
  uint64_t epoch = hfi_epoch_advance();
  world_grace(epoch);
  await_sections();
  while (atomic_load(&entry->pins) != 0)
    sched_yield();
  write_word(1, 0x7777777777777777);
}

static hf_ref be_born(uint32_t type) {
  world_reuse(MORTAL);
  write_word(1, atomic_load(&world_entry(MORTAL)->stamp));
  hf_ref ref = world_object(MORTAL, 0, type);
  world_acquire(ref);
  atomic_store(&current, hfi_bits(ref));
  return ref;
}

static uint32_t mortal_type(void) {
  world_begin(NULL);
  CHECK_EQUAL(world_cohort(), MORTAL);
  return world_type("a.A", 0, (struct world_field[]){{"stamp", 6}}, 1);
}

/* The collector; the other threads are running. */
static void live_and_die(uint32_t type, hf_ref ref) {
  uint64_t seed = 4;
  int64_t end = nanos() + duration();
  for (int lives = 0; nanos() < end || lives < 10 || atomic_load(&hits) == 0; lives++) {
    spin(chance(&seed) % 4096);
    CHECK(hf_count(ref) > 0);
    die(ref);
    ref = be_born(type);
  }
  join();
  CHECK_EQUAL(hf_count(ref), 1);
  CHECK_EQUAL(world_entry(MORTAL)->pins, 0);
  CHECK_EQUAL(stats().over_releases, 0);
}

static void a_stale_handle_never_touches_the_next_owner(void) {
  uint32_t type = mortal_type();
  hf_ref ref = be_born(type);
  start(holder_of_stale_handles, 1);
  start(holder_of_stale_handles, 2);
  start(pinner_of_the_dying, 1);
  live_and_die(type, ref);
}

static void what_a_scope_shows_outlives_the_object(void) {
  uint32_t type = mortal_type();
  hf_ref ref = be_born(type);
  start(reader_of_stale_handles, 1);
  live_and_die(type, ref);
}

/* ---- moves ----------------------------------------------------------------------------------- */

/*
 * Cohorts of 16 objects of 64 bytes: header, magic, a word for each writer. `truth` is what Java's
 * fields hold. The mover poisons what it vacates and uses it again.
 */
#define COHORTS 3
#define EACH 16
#define WRITERS 2
#define MAGIC 0x4d41474943303031u
#define PLACES (COHORTS + 4)
static hf_ref herd[COHORTS][EACH];
static uint64_t truth[WRITERS][COHORTS][EACH];
static uint64_t places[PLACES];
static _Atomic(uint64_t) moved;

/* As Java's hook does it; at times it loses the processor in the middle. */
static void write_through(struct hfi_record *record, uint32_t cohort, uint32_t object,
                          uintptr_t writer, uint64_t *seed) {
  if (chance(seed) % 4 == 0)
    fill_store_buffer();
  hfi_section_begin(record);
  uint64_t base = hfi_section_base(record, world_entry(cohort + 1));
  if (chance(seed) % 256 == 0)
    spin(chance(seed) % 4096);
  uint64_t *mirror = (uint64_t *)(base + object * 64);
  __atomic_store_n(&mirror[2 + writer], truth[writer][cohort][object], __ATOMIC_RELEASE);
  hfi_section_end(record);
}

static void *writer(void *number) {
  uintptr_t me = (uintptr_t)number;
  uint64_t seed = 11 + me;
  uint64_t value = 0;
  struct hfi_record *record = world_record();
  hf_field field = hf_field_find(1, me == 0 ? "first" : "second");
  CHECK(field != 0);
  while (!atomic_load(&stop)) {
    for (uint32_t cohort = 0; cohort < COHORTS; cohort++) {
      for (uint32_t object = 0; object < EACH; object++) {
        truth[me][cohort][object] = ++value;
        write_through(record, cohort, object, me, &seed);
        if (chance(&seed) % 16 == 0)
          spin(chance(&seed) % 8192); /* in which a move can succeed */
      }
    }
    for (uint32_t cohort = 0; cohort < COHORTS; cohort++)
      for (uint32_t object = 0; object < EACH; object++)
        CHECK_EQUAL(hf_get_i64(herd[cohort][object], field), truth[me][cohort][object]);
  }
  return NULL;
}

static void *reader(void *number) {
  uint64_t seed = 21 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    fill_store_buffer();
    hf_enter();
    const uint64_t *mirror = hf_deref(herd[chance(&seed) % COHORTS][chance(&seed) % EACH]);
    CHECK(mirror != NULL);
    for (int i = 0; i < 8; i++) {
      CHECK_EQUAL(__atomic_load_n(&mirror[1], __ATOMIC_RELAXED), MAGIC);
      spin(chance(&seed) % 256);
    }
    hf_exit();
  }
  return NULL;
}

static void *pinner(void *number) {
  uint64_t seed = 31 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    uint32_t cohort = chance(&seed) % COHORTS;
    hf_ref ref = herd[cohort][0];
    const char *mirror = hf_pin(ref);
    CHECK(mirror != NULL);
    for (int i = 0; i < 8; i++) {
      CHECK(world_memory(cohort + 1) == mirror);
      CHECK_EQUAL(__atomic_load_n((const uint64_t *)(const void *)mirror + 1, __ATOMIC_RELAXED),
                  MAGIC);
      spin(chance(&seed) % 256);
    }
    CHECK_EQUAL(hf_unpin(ref), HF_OK);
    spin(chance(&seed) % 32768);
  }
  return NULL;
}

static void poison(uint64_t place) {
  for (uint64_t i = 0; i < COHORT_BYTES / 8; i++)
    __atomic_store_n((uint64_t *)place + i, 0x7777777777777777, __ATOMIC_RELAXED);
}

/* One batch; the last PLACES - COHORTS places are free. */
static void move_some(uint64_t *seed) {
  struct hfi_move moves[COHORTS];
  uint64_t vacated[COHORTS];
  int n = 0;
  for (uint32_t cohort = chance(seed) % COHORTS; cohort < COHORTS; cohort++) {
    vacated[n] = (uint64_t)world_memory(cohort + 1);
    moves[n] =
        (struct hfi_move){(uint64_t)world_entry(cohort + 1), places[COHORTS + n], COHORT_BYTES, 0};
    n++;
  }
  uint64_t epoch;
  fill_store_buffer();
  atomic_fetch_add(&moved, (uint64_t)hfi_move(moves, n, 1000, &epoch));
  world_grace(epoch);
  for (int i = 0; i < n; i++) {
    if (moves[i].result == HFI_MOVED)
      places[COHORTS + i] = vacated[i];
    poison(places[COHORTS + i]);
  }
}

static void *mover(void *number) {
  uint64_t seed = 41 + (uintptr_t)number;
  while (!atomic_load(&stop)) {
    move_some(&seed);
    spin(chance(&seed) % 2048);
  }
  return NULL;
}

static void make_herd(void) {
  world_begin(NULL);
  uint32_t type =
      world_type("a.A", 0, (struct world_field[]){{"magic", 6}, {"first", 6}, {"second", 6}}, 3);
  for (uint32_t cohort = 0; cohort < COHORTS; cohort++) {
    CHECK_EQUAL(world_cohort(), cohort + 1);
    places[cohort] = (uint64_t)world_memory(cohort + 1);
    for (uint32_t i = 0; i < EACH; i++) {
      herd[cohort][i] = world_object(cohort + 1, i * 4, type);
      ((uint64_t *)(void *)world_memory(cohort + 1))[i * 8 + 1] = MAGIC;
    }
    world_acquire(herd[cohort][0]);
  }
  for (int i = COHORTS; i < PLACES; i++) {
    places[i] = (uint64_t)aligned_alloc(64, COHORT_BYTES);
    poison(places[i]);
  }
}

static void moves_lose_no_write(void) {
  make_herd();
  start(writer, 0);
  start(mover, 0);
  run_until(&moved, 10);
}

static void moves_disturb_neither_readers_nor_pins(void) {
  make_herd();
  start(reader, 0);
  start(pinner, 0);
  start(mover, 0);
  run_until(&moved, 10);
}

static void moves_writes_reads_and_pins_go_on_together(void) {
  make_herd();
  start(writer, 0);
  start(writer, 1);
  start(reader, 0);
  start(pinner, 0);
  start(mover, 0);
  run_until(&moved, 1);
}

const struct test stress_tests[] = {
    {"counts_are_exact_and_roots_follow", counts_are_exact_and_roots_follow},
    {"a_stale_handle_never_touches_the_next_owner", a_stale_handle_never_touches_the_next_owner},
    {"what_a_scope_shows_outlives_the_object", what_a_scope_shows_outlives_the_object},
    {"moves_lose_no_write", moves_lose_no_write},
    {"moves_disturb_neither_readers_nor_pins", moves_disturb_neither_readers_nor_pins},
    {"moves_writes_reads_and_pins_go_on_together", moves_writes_reads_and_pins_go_on_together},
    {NULL, NULL}};
