#define _GNU_SOURCE
#include "section.h"
#include "tests.h"
#include <pthread.h>
#include <sched.h>

static uint32_t type;

static uint64_t new_place(void) {
  void *place = aligned_alloc(64, COHORT_BYTES);
  CHECK(place != NULL);
  memset(place, 0x77, COHORT_BYTES);
  return (uint64_t)place;
}

static struct hfi_move to_new_place(uint32_t cohort) {
  return (struct hfi_move){(uint64_t)world_entry(cohort), new_place(), COHORT_BYTES, 0};
}

static hf_ref begin(void) {
  world_begin(NULL);
  type = world_type("a.A", 0, (struct world_field[]){{"x", 5}}, 1);
  hf_ref ref = world_object(world_cohort(), 2, type);
  *(int32_t *)(void *)(world_memory(1) + 32 + 8) = 42;
  return ref;
}

static struct hf_stats stats(void) {
  struct hf_stats now = {.size = sizeof now};
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  return now;
}

static void a_handle_survives_the_move_of_its_cohort(void) {
  hf_ref ref = begin();
  hf_field x = hf_field_find(type, "x");
  char *before = world_memory(1);
  hf_enter();
  const int32_t *old = (const int32_t *)hf_deref(ref) + 2;
  struct hfi_move move = to_new_place(1);
  uint64_t epoch = 0;
  CHECK_EQUAL(hfi_move(&move, 1, 1000, &epoch), 1);
  CHECK_EQUAL(move.result, HFI_MOVED);
  CHECK_EQUAL(epoch, 2);
  CHECK((uint64_t)world_memory(1) == move.to);
  CHECK_EQUAL(*old, 42);
  CHECK_EQUAL(hf_get_i32(ref, x), 42);
  CHECK((uint64_t)hf_deref(ref) == move.to + 32);
  hf_exit();
  memset(before, 0, COHORT_BYTES);
  CHECK_EQUAL(hf_get_i32(ref, x), 42);
  CHECK_EQUAL(stats().moves, 1);
  CHECK_EQUAL(stats().moved_bytes, COHORT_BYTES);
}

static void a_pinned_cohort_stays(void) {
  hf_ref ref = begin();
  CHECK(hf_pin(ref) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  world_acquire(ref);
  const void *pinned = hf_pin(ref);
  CHECK(pinned == world_memory(1) + 32);
  CHECK(hf_pin(ref) == pinned);
  struct hfi_move move = to_new_place(1);
  for (int pins = 2; pins > 0; pins--) {
    CHECK_EQUAL(hfi_move(&move, 1, 1000, NULL), 0);
    CHECK_EQUAL(move.result, HFI_PINNED);
    CHECK((atomic_load(&world_entry(1)->base) & HFI_MOVING) == 0);
    CHECK_EQUAL(hf_unpin(ref), HF_OK);
  }
  CHECK_EQUAL(hf_unpin(ref), HF_EPIN);
  CHECK_EQUAL(hfi_move(&move, 1, 1000, NULL), 1);
  CHECK_EQUAL(stats().moves_pinned, 2);
}

static void a_pin_that_outlives_its_object_is_given_back(void) {
  hf_ref ref = begin();
  world_acquire(ref);
  CHECK(hf_pin(ref) != NULL);
  hf_release(ref);
  world_retire(1);
  CHECK(hf_pin(ref) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  CHECK_EQUAL(hf_unpin(ref), HF_OK);
  CHECK_EQUAL(world_entry(1)->pins, 0);
  world_reuse(1);
  CHECK_EQUAL(hf_unpin(ref), HF_ESTALE);
}

static void what_has_no_mirror_cannot_be_pinned(void) {
  begin();
  hf_ref opaque = world_opaque();
  world_acquire(opaque);
  CHECK(hf_pin(opaque) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNMANAGED);
  CHECK(hf_pin(HF_NULL) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK_EQUAL(hf_unpin(HF_UNMIRRORED), HF_EUNMIRRORED);
}

static void a_move_is_abandoned_when_a_section_stays_open(void) {
  begin();
  struct hfi_record *writer = world_record();
  hfi_section_begin(writer);
  struct hfi_move moves[2] = {to_new_place(1), to_new_place(world_cohort())};
  uint64_t epoch = 0;
  CHECK_EQUAL(hfi_move(moves, 2, 2000, &epoch), 0);
  CHECK_EQUAL(moves[0].result, HFI_ABANDONED);
  CHECK_EQUAL(moves[1].result, HFI_ABANDONED);
  CHECK_EQUAL(epoch, 1);
  CHECK((atomic_load(&world_entry(1)->base) & HFI_MOVING) == 0);
  CHECK_EQUAL(stats().moves_abandoned, 2);
  hfi_section_end(writer);
  CHECK_EQUAL(hfi_move(moves, 2, 2000, &epoch), 2);
}

static _Atomic(int) ended;

static void *move_one(void *move) {
  hfi_move((struct hfi_move *)move, 1, 50000, NULL);
  atomic_store(&ended, 1);
  return NULL;
}

/* Two at once could both move a cohort whose writer has cancelled the first of them between. */
static void a_batch_begins_when_the_one_before_has_ended(void) {
  begin();
  struct hfi_record *writer = world_record();
  struct hfi_move moves[2] = {to_new_place(1), to_new_place(world_cohort())};
  hfi_section_begin(writer); /* the first waits for its end */
  pthread_t first;
  CHECK_EQUAL(pthread_create(&first, NULL, move_one, &moves[0]), 0);
  while ((atomic_load(&world_entry(1)->base) & HFI_MOVING) == 0 && !atomic_load(&ended))
    sched_yield();
  CHECK_EQUAL(hfi_move(&moves[1], 1, 0, NULL), 0);
  CHECK((atomic_load(&world_entry(1)->base) & HFI_MOVING) == 0);
  CHECK_EQUAL(pthread_join(first, NULL), 0);
  CHECK_EQUAL(moves[0].result, HFI_ABANDONED);
  CHECK_EQUAL(moves[1].result, HFI_ABANDONED);
  hfi_section_end(writer);
}

static void marks_survive_a_lost_unmark(void) {
  begin();
  struct hfi_record *writer = world_record();
  hfi_section_begin(writer);
  CHECK_EQUAL(writer->section & 1, 1);
  hfi_section_begin(writer); /* a StackOverflowError took the end */
  CHECK_EQUAL(writer->section & 1, 1);
  hfi_section_end(writer);
  CHECK_EQUAL(writer->section & 1, 0);
  hfi_section_end(writer);
  CHECK_EQUAL(writer->section & 1, 0);
}

static void a_writer_cancels_a_move(void) {
  begin();
  struct hfi_record *writer = world_record();
  struct hfi_entry *entry = world_entry(1);
  atomic_fetch_or(&entry->base, HFI_MOVING);
  hfi_section_begin(writer);
  uint64_t base = hfi_section_base(writer, entry);
  CHECK_EQUAL(base & HFI_MOVING, 0);
  CHECK_EQUAL(atomic_load(&entry->base), base);
  hfi_section_end(writer);
  CHECK_EQUAL(stats().moves_cancelled, 1);
}

static void what_is_gone_or_named_twice_is_not_moved(void) {
  begin();
  uint32_t retired = world_cohort();
  world_retire(retired);
  hf_ref opaque = world_opaque();
  struct hfi_move moves[4] = {
      to_new_place(retired),
      {(uint64_t)world_entry(hfi_index(hfi_bits(opaque))), new_place(), 16, 0},
      to_new_place(1),
      to_new_place(1)};
  CHECK_EQUAL(hfi_move(moves, 4, 1000, NULL), 1);
  CHECK_EQUAL(moves[0].result, HFI_GONE);
  CHECK_EQUAL(moves[1].result, HFI_GONE);
  CHECK_EQUAL(moves[2].result, HFI_MOVED);
  CHECK_EQUAL(moves[3].result, HFI_GONE);
  CHECK((uint64_t)world_memory(1) == moves[2].to);
  CHECK_EQUAL(hfi_move(NULL, 0, 1000, NULL), 0);
  CHECK_EQUAL(hfi_move(NULL, -1, 1000, NULL), HF_EINVAL);
}

static void only_the_named_bytes_are_copied(void) {
  begin();
  struct hfi_move move = to_new_place(1);
  move.bytes = 100; /* rounded up to words */
  CHECK_EQUAL(hfi_move(&move, 1, 1000, NULL), 1);
  CHECK_EQUAL(((unsigned char *)move.to)[103], 0);
  CHECK_EQUAL(((unsigned char *)move.to)[104], 0x77);
}

const struct test move_tests[] = {
    {"a_handle_survives_the_move_of_its_cohort", a_handle_survives_the_move_of_its_cohort},
    {"a_pinned_cohort_stays", a_pinned_cohort_stays},
    {"a_pin_that_outlives_its_object_is_given_back", a_pin_that_outlives_its_object_is_given_back},
    {"what_has_no_mirror_cannot_be_pinned", what_has_no_mirror_cannot_be_pinned},
    {"a_move_is_abandoned_when_a_section_stays_open",
     a_move_is_abandoned_when_a_section_stays_open},
    {"a_batch_begins_when_the_one_before_has_ended", a_batch_begins_when_the_one_before_has_ended},
    {"marks_survive_a_lost_unmark", marks_survive_a_lost_unmark},
    {"a_writer_cancels_a_move", a_writer_cancels_a_move},
    {"what_is_gone_or_named_twice_is_not_moved", what_is_gone_or_named_twice_is_not_moved},
    {"only_the_named_bytes_are_copied", only_the_named_bytes_are_copied},
    {NULL, NULL}};
