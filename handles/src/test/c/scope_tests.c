#define _GNU_SOURCE
#include "tests.h"
#include <pthread.h>

static uint32_t type;

static struct hfi_record *newest(void) { return (struct hfi_record *)atomic_load(&world->records); }

static int records(void) {
  int n = 0;
  for (uint64_t at = atomic_load(&world->records); at; at = ((struct hfi_record *)at)->next)
    n++;
  return n;
}

static struct hf_stats stats(void) {
  struct hf_stats now = {.size = sizeof now};
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  return now;
}

static void a_scope_shows_the_epoch_at_which_it_opened(void) {
  world_begin(NULL);
  hf_enter();
  struct hfi_record *record = newest();
  CHECK_EQUAL(record->scope, 1);
  CHECK_EQUAL(record->depth, 1);
  CHECK(record->since != 0);
  CHECK(record->caller != 0);
  CHECK_EQUAL(hfi_epoch_advance(), 2);
  hf_enter();
  CHECK_EQUAL(record->scope, 1);
  CHECK_EQUAL(record->depth, 2);
  hf_exit();
  CHECK_EQUAL(record->scope, 1);
  CHECK_EQUAL(stats().open_scopes, 1);
  hf_exit();
  CHECK_EQUAL(record->scope, 0);
  CHECK_EQUAL(record->since, 0);
  CHECK_EQUAL(record->caller, 0);
  hf_enter();
  CHECK_EQUAL(record->scope, 2);
  hf_exit();
  CHECK_EQUAL(stats().epoch, 2);
}

static void exit_without_enter_is_told(void) {
  world_begin(NULL);
  hf_exit();
  CHECK_EQUAL(hf_last_status(), HF_ESCOPE);
  hf_enter();
  hf_exit();
  hf_exit();
  CHECK_EQUAL(hf_last_status(), HF_ESCOPE);
  CHECK_EQUAL(newest()->scope, 0);
  CHECK_EQUAL(newest()->depth, 0);
}

static void reading_closes_the_scope_that_it_opened(void) {
  world_begin(NULL);
  type = world_type("a.A", 0, (struct world_field[]){{"x", 5}}, 1);
  hf_ref ref = world_object(world_cohort(), 0, type);
  hf_field x = hf_field_find(type, "x");
  CHECK_EQUAL(hf_load_i32(ref, x, &(int32_t){0}), HF_OK);
  CHECK_EQUAL(newest()->scope, 0);
  CHECK_EQUAL(hf_load_i64(ref, x, &(int64_t){0}), HF_ETYPE);
  CHECK_EQUAL(newest()->scope, 0);
  hf_type_of(ref);
  CHECK_EQUAL(newest()->scope, 0);
  hf_enter();
  hf_get_i32(ref, x);
  hf_type_of(ref);
  CHECK_EQUAL(newest()->scope, 1);
  hf_exit();
}

static void *leave_scopes_open(void *record) {
  hf_enter();
  hf_enter();
  *(struct hfi_record **)record = newest();
  CHECK_EQUAL(newest()->scope, 1);
  return NULL;
}

static void *look(void *record) {
  hf_count(HF_NULL);
  CHECK_EQUAL((*(struct hfi_record **)record)->in_use, 1);
  CHECK_EQUAL((*(struct hfi_record **)record)->depth, 0);
  return NULL;
}

static void run(void *(*body)(void *), void *argument) {
  pthread_t thread;
  CHECK_EQUAL(pthread_create(&thread, NULL, body, argument), 0);
  CHECK_EQUAL(pthread_join(thread, NULL), 0);
}

static void the_end_of_a_thread_closes_its_scopes_and_frees_its_record(void) {
  world_begin(NULL);
  struct hfi_record *record;
  run(leave_scopes_open, &record);
  CHECK_EQUAL(record->scope, 0);
  CHECK_EQUAL(record->since, 0);
  CHECK_EQUAL(record->in_use, 0);
  CHECK_EQUAL(records(), 1);
  run(look, &record);
  CHECK_EQUAL(records(), 1);
  CHECK_EQUAL(record->in_use, 0);
}

static hf_ref kept;
static pthread_key_t late;

static void release_late(void *value) {
  (void)value;
  hf_release(kept);
}

static void *release_in_a_destructor(void *unused) {
  (void)unused;
  hf_count(kept);
  CHECK_EQUAL(pthread_setspecific(late, &kept), 0);
  return NULL;
}

static void a_thread_may_release_while_it_ends(void) {
  world_begin(NULL);
  type = world_type("a.A", 0, NULL, 0);
  kept = world_object(world_cohort(), 0, type);
  world_acquire(kept);
  /* After the runtime's own key, so that its destructor runs first. */
  CHECK_EQUAL(pthread_key_create(&late, release_late), 0);
  run(release_in_a_destructor, NULL);
  CHECK_EQUAL(hf_count(kept), 0);
  struct hf_stats now = stats();
  CHECK_EQUAL(now.releases, 1);
  CHECK_EQUAL(now.threads, 1);
}

static void *counter(void *unused) {
  (void)unused;
  for (int i = 0; i < 1000; i++) {
    hf_retain(kept);
    hf_release(kept);
  }
  return NULL;
}

static void counters_outlive_their_threads(void) {
  world_begin(NULL);
  type = world_type("a.A", 0, NULL, 0);
  kept = world_object(world_cohort(), 0, type);
  world_acquire(kept);
  for (int i = 0; i < 10; i++)
    run(counter, NULL);
  CHECK_EQUAL(stats().retains, 10000);
  CHECK_EQUAL(stats().releases, 10000);
  CHECK_EQUAL(records(), 1); /* by now it is this thread's */
}

static void a_java_record_is_left_to_java(void) {
  world_begin(NULL);
  struct hfi_record *java = world_record();
  atomic_store(&java->in_use, 0);
  hf_count(HF_NULL);
  CHECK_EQUAL(java->in_use, 0);
  CHECK_EQUAL(records(), 2);
}

static void stats_fill_in_what_the_caller_has_room_for(void) {
  world_begin(NULL);
  struct hf_stats now;
  memset(&now, 0x55, sizeof now);
  now.size = offsetof(struct hf_stats, stale_uses);
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  CHECK_EQUAL(now.size, offsetof(struct hf_stats, stale_uses));
  CHECK_EQUAL(now.state, 1);
  CHECK_EQUAL(now.stale_uses, 0x5555555555555555);
  now.size = sizeof now + 100;
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  CHECK_EQUAL(now.size, sizeof now);
  now.size = 7;
  CHECK_EQUAL(hf_stats(&now), HF_EINVAL);
  CHECK_EQUAL(hf_stats(NULL), HF_ENULL);
}

const struct test scope_tests[] = {
    {"a_scope_shows_the_epoch_at_which_it_opened", a_scope_shows_the_epoch_at_which_it_opened},
    {"exit_without_enter_is_told", exit_without_enter_is_told},
    {"reading_closes_the_scope_that_it_opened", reading_closes_the_scope_that_it_opened},
    {"the_end_of_a_thread_closes_its_scopes_and_frees_its_record",
     the_end_of_a_thread_closes_its_scopes_and_frees_its_record},
    {"a_thread_may_release_while_it_ends", a_thread_may_release_while_it_ends},
    {"counters_outlive_their_threads", counters_outlive_their_threads},
    {"a_java_record_is_left_to_java", a_java_record_is_left_to_java},
    {"stats_fill_in_what_the_caller_has_room_for", stats_fill_in_what_the_caller_has_room_for},
    {NULL, NULL}};
