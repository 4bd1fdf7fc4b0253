#define _GNU_SOURCE
#include "tests.h"

static uint32_t type;

static void begin(void) {
  world_begin(NULL);
  type = world_type("a.A", 0, NULL, 0);
}

static hf_ref counted(void) {
  hf_ref ref = world_object(world_cohort(), 3, type);
  world_acquire(ref);
  return ref;
}

static struct hfi_entry *entry_of(hf_ref ref) { return world_entry(hfi_index(hfi_bits(ref))); }

static _Atomic(uint64_t) *word_of(hf_ref ref) {
  return (_Atomic(uint64_t) *)entry_of(ref)->counts + hfi_slot(hfi_bits(ref));
}

static struct hf_stats stats(void) {
  struct hf_stats now = {.size = sizeof now};
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  return now;
}

static void retain_and_release_count(void) {
  begin();
  hf_ref ref = counted();
  CHECK(hf_retain(ref) == ref);
  CHECK(hf_retain_ptr(ref) == ref);
  CHECK_EQUAL(hf_count(ref), 3);
  hf_release(ref);
  hf_release(ref);
  CHECK_EQUAL(hf_count(ref), 1);
  CHECK_EQUAL(stats().retains, 2);
  CHECK_EQUAL(stats().releases, 2);
  CHECK_EQUAL(atomic_load(&world->release_head), 0);
}

static void the_last_release_queues_the_entry_once(void) {
  begin();
  uint32_t cohort = world_cohort();
  hf_ref first = world_object(cohort, 0, type);
  hf_ref second = world_object(cohort, 1, type);
  world_acquire(first);
  world_acquire(second);
  hf_release(first);
  CHECK_EQUAL(atomic_load(&world->release_head), cohort + 1);
  hf_release(second);
  CHECK_EQUAL(world_drain(NULL, NULL), 1);
  CHECK_EQUAL(world_drain(NULL, NULL), 0);
  world_acquire(first);
  hf_release(first);
  CHECK_EQUAL(world_drain(NULL, NULL), 1);
}

static void the_release_queue_links_entries(void) {
  begin();
  hf_ref refs[5];
  for (int i = 0; i < 5; i++)
    refs[i] = counted();
  for (int i = 0; i < 5; i++)
    hf_release(refs[i]);
  CHECK_EQUAL(world_drain(NULL, NULL), 5);
}

static void a_borrowed_handle_cannot_be_retained(void) {
  begin();
  hf_ref ref = world_object(world_cohort(), 0, type);
  CHECK(hf_retain(ref) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  world_acquire(ref);
  hf_release(ref);
  CHECK(hf_retain(ref) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(stats().uncounted_uses, 2);
  CHECK_EQUAL(hf_count(ref), 0);
}

static void one_release_too_many_changes_nothing(void) {
  begin();
  hf_ref ref = counted();
  hf_release(ref);
  hf_release(ref);
  CHECK_EQUAL(hf_last_status(), HF_EOVERRELEASE);
  CHECK_TEXT(hf_last_error(), "HF_EOVERRELEASE: 1 released of handle 0x4080");
  CHECK_TEXT(hf_last_error(), "whose count is 0");
  CHECK_EQUAL(hfi_word_count(*word_of(ref)), 0);
  CHECK_EQUAL(stats().over_releases, 1);
  CHECK_EQUAL(world_drain(NULL, NULL), 1);
}

static void release_n_gives_back_all_or_none(void) {
  begin();
  hf_ref ref = counted();
  for (int i = 0; i < 9; i++)
    hf_retain(ref);
  CHECK_EQUAL(hf_release_n(ref, 11), HF_EOVERRELEASE);
  CHECK_TEXT(hf_last_error(), "11 released");
  CHECK_TEXT(hf_last_error(), "whose count is 10");
  CHECK_EQUAL(hf_count(ref), 10);
  CHECK_EQUAL(hf_release_n(ref, 0), HF_OK);
  CHECK_EQUAL(hf_release_n(ref, 4), HF_OK);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(hf_count(ref), 6);
  CHECK_EQUAL(hf_release_n(ref, UINT32_MAX), HF_EOVERRELEASE);
  CHECK_EQUAL(hf_release_n(ref, 6), HF_OK);
  CHECK_EQUAL(hf_count(ref), 0);
  CHECK_EQUAL(world_drain(NULL, NULL), 1);
  CHECK_EQUAL(hf_release_n(NULL, 1), HF_OK);
}

static void a_saturated_count_stays(void) {
  begin();
  hf_ref ref = counted();
  atomic_fetch_add(word_of(ref), HFI_SATURATED - 2);
  CHECK(hf_retain(ref) == ref);
  CHECK_EQUAL(hf_count(ref), HFI_SATURATED);
  CHECK(hf_retain(ref) == ref);
  hf_release(ref);
  CHECK_EQUAL(hf_release_n(ref, 1000), HF_OK);
  CHECK_EQUAL(hf_count(ref), HFI_SATURATED);
  CHECK_EQUAL(hfi_word_stamp(*word_of(ref)), 1);
}

static void a_stale_handle_is_told_and_counts_nothing(void) {
  begin();
  uint32_t cohort = world_cohort();
  hf_ref old = world_object(cohort, 0, type);
  world_acquire(old);
  hf_release(old);
  world_retire(cohort);
  CHECK(hf_retain(old) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  world_reuse(cohort);
  hf_ref owner = world_object(cohort, 0, type);
  CHECK(owner != old);
  world_acquire(owner);
  CHECK(hf_retain(old) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  CHECK_TEXT(hf_last_error(), "has stamp 2, the handle 1");
  hf_release(old);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  CHECK_EQUAL(hf_release_n(old, 1), HF_ESTALE);
  CHECK_EQUAL(hf_count(old), 0);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  CHECK_EQUAL(hf_count(owner), 1);
  CHECK_EQUAL(stats().stale_uses, 5);
}

static void stamps_use_all_their_bits(void) {
  begin();
  uint32_t cohort = world_cohort();
  static const uint32_t stamps[] = {1, 0xffff, 0x10000, 0x12345, 0x3f0000, 0x3fffff};
  for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
    atomic_store(&world_entry(cohort)->stamp, stamps[i]);
    hf_ref ref = world_object(cohort, 63, type);
    CHECK_EQUAL(hfi_stamp(hfi_bits(ref)), stamps[i]);
    world_acquire(ref);
    CHECK(hf_retain(ref) == ref);
    CHECK_EQUAL(hf_release_n(ref, 2), HF_OK);
    CHECK(hf_retain(world_handle(cohort, 63, stamps[i] ^ 0x10000)) == HF_NULL);
    CHECK(hf_last_status() == HF_ESTALE || hf_last_status() == HF_EINVAL);
  }
}

static void an_opaque_handle_counts_in_its_entry(void) {
  begin();
  hf_ref ref = world_opaque();
  world_acquire(ref);
  CHECK(hf_retain(ref) == ref);
  CHECK_EQUAL(hf_count(ref), 2);
  CHECK_EQUAL(entry_of(ref)->inline_count, (uint64_t)1 << 32 | 2);
  hf_ref beside = world_handle(hfi_index(hfi_bits(ref)), 3, 1);
  CHECK(hf_retain(beside) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_count(beside), 0);
}

static void null_and_unmirrored_are_told_apart(void) {
  begin();
  CHECK(hf_retain(HF_NULL) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK(hf_retain(HF_UNMIRRORED) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNMIRRORED);
  CHECK_EQUAL(hf_count(HF_NULL), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_count(world_object(world_cohort(), 0, type));
  CHECK_EQUAL(hf_last_status(), HF_OK);
  hf_release(HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  hf_release(HF_UNMIRRORED);
  CHECK_EQUAL(hf_last_status(), HF_EUNMIRRORED);
}

static uint64_t random_bits(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void try_everything(hf_ref ref) {
  int32_t value;
  hf_enter();
  CHECK(hf_deref(ref) == NULL);
  CHECK(hf_last_status() != HF_OK);
  hf_exit();
  CHECK(hf_retain(ref) == HF_NULL);
  hf_release(ref);
  CHECK(hf_release_n(ref, 2) != HF_OK);
  CHECK_EQUAL(hf_count(ref), 0);
  CHECK(hf_pin(ref) == NULL);
  CHECK(hf_unpin(ref) != HF_OK);
  CHECK(hf_load_i32(ref, (uint64_t)5 << 24 | 8, &value) != HF_OK);
  CHECK_EQUAL(hf_get_i64(ref, (hf_field)hfi_bits(ref)), 0);
  CHECK_EQUAL(hf_type_of(ref), 0);
  CHECK_EQUAL(hf_instance_of(ref, type), 0);
  CHECK(hf_last_status() != HF_OK);
}

static void any_bits_are_answered(void) {
  begin();
  hf_ref ref = counted();
  uint64_t bits = hfi_bits(ref);
  for (int i = 0; i < 64; i++)
    try_everything(hfi_ref(bits ^ (uint64_t)1 << i));
  uint64_t state = 88172645463325252u;
  for (int i = 0; i < 20000; i++) {
    uint64_t noise = random_bits(&state);
    try_everything(hfi_ref(noise | 1)); /* a tagged pointer */
    /* The shape of a handle, and nothing else. */
    noise = (noise & ~HFI_SHAPE_MASK) | HFI_SHAPE;
    if (noise != bits)
      try_everything(hfi_ref(noise));
    /* Where an entry is. */
    noise = (noise & ~(uint64_t)0x7ffffffe00) | (uint64_t)hfi_index(bits) << 9;
    if (noise != bits)
      try_everything(hfi_ref(noise));
  }
  try_everything((hf_ref)&state);
  try_everything(hfi_ref(UINT64_MAX));
  CHECK_EQUAL(hf_count(ref), 1);
  CHECK_EQUAL(*word_of(ref), (uint64_t)1 << 32 | 1);
  CHECK_EQUAL(world_drain(NULL, NULL), 0);
}

static hf_status reported[100];
static int reports;

static void note(void *ctx, hf_status status, hf_ref ref, const char *message) {
  CHECK(ctx == &reports);
  CHECK(ref != HF_NULL);
  CHECK(strncmp(message, hf_status_name(status), strlen(hf_status_name(status))) == 0);
  reported[reports++] = status;
}

static void misuse_is_reported(void) {
  begin();
  hf_ref ref = counted();
  CHECK_EQUAL(hf_on_misuse(note, &reports), HF_OK);
  hf_release(ref);
  hf_release(ref);
  hf_retain(ref);
  hf_deref(ref);
  hf_retain((hf_ref)(uintptr_t)4097);
  hf_retain(HF_NULL);
  hf_unpin(ref);
  world_retire(hfi_index(hfi_bits(ref)));
  hf_retain(ref);
  CHECK_EQUAL(reports, 6);
  static const hf_status expected[] = {HF_EOVERRELEASE, HF_EUNCOUNTED, HF_ESCOPE,
                                       HF_EINVAL,       HF_EPIN,       HF_ESTALE};
  for (int i = 0; i < reports; i++)
    CHECK_EQUAL(reported[i], expected[i]);
  hf_on_misuse(NULL, NULL);
  hf_retain(ref);
  CHECK_EQUAL(reports, 6);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
}

static void java_is_told_of_misuse_but_not_each_time(void);
static int told;
static void tell(int32_t status, uint64_t ref, const char *message) {
  CHECK_EQUAL(status, HF_EUNCOUNTED);
  CHECK(ref != 0);
  CHECK_TEXT(message, "has count 0");
  told++;
}
static void java_is_told_of_misuse_but_not_each_time(void) {
  struct hfi_upcalls up = {.abi = 1, .size = sizeof up, .misuse = tell};
  world_begin(&up);
  type = world_type("a.A", 0, NULL, 0);
  hf_ref ref = world_object(world_cohort(), 0, type);
  for (int i = 0; i < 1000; i++)
    hf_retain(ref);
  CHECK(told >= 1 && told < 100);
  CHECK_EQUAL(stats().uncounted_uses, 1000);
}

static void function_values_point_into_the_runtime(void) {
  begin();
  hf_ref ref = counted();
  CHECK(hf_release_function() == hf_runtime_api.release);
  CHECK(hf_retain_function()(ref) == ref);
  hf_release_function()(ref);
  CHECK_EQUAL(hf_count(ref), 1);
}

const struct test ownership_tests[] = {
    {"retain_and_release_count", retain_and_release_count},
    {"the_last_release_queues_the_entry_once", the_last_release_queues_the_entry_once},
    {"the_release_queue_links_entries", the_release_queue_links_entries},
    {"a_borrowed_handle_cannot_be_retained", a_borrowed_handle_cannot_be_retained},
    {"one_release_too_many_changes_nothing", one_release_too_many_changes_nothing},
    {"release_n_gives_back_all_or_none", release_n_gives_back_all_or_none},
    {"a_saturated_count_stays", a_saturated_count_stays},
    {"a_stale_handle_is_told_and_counts_nothing", a_stale_handle_is_told_and_counts_nothing},
    {"stamps_use_all_their_bits", stamps_use_all_their_bits},
    {"an_opaque_handle_counts_in_its_entry", an_opaque_handle_counts_in_its_entry},
    {"null_and_unmirrored_are_told_apart", null_and_unmirrored_are_told_apart},
    {"any_bits_are_answered", any_bits_are_answered},
    {"misuse_is_reported", misuse_is_reported},
    {"java_is_told_of_misuse_but_not_each_time", java_is_told_of_misuse_but_not_each_time},
    {"function_values_point_into_the_runtime", function_values_point_into_the_runtime},
    {NULL, NULL}};
