#include "tests.h"

static int asked;
static int32_t answer_status;
static uint64_t answer;
static uint64_t arguments[4];

static uint64_t asked_about(uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  asked++;
  arguments[0] = a;
  arguments[1] = b;
  arguments[2] = c;
  arguments[3] = d;
  return answer;
}

static uint64_t weak_new(uint64_t ref, int32_t *status) {
  *status = answer_status;
  return asked_about(ref, 0, 0, 0);
}

static int64_t weak_free(uint64_t weak) {
  asked_about(weak, 0, 0, 0);
  return hfi_crossed(answer_status);
}

static int64_t edge(uint64_t owner, uint64_t target) {
  asked_about(owner, target, 0, 0);
  return hfi_crossed(answer_status);
}

static int64_t peer_set(uint64_t ref, const void *key, void *data, hf_destroy_function destroy) {
  asked_about(ref, hfi_bits(key), hfi_bits(data), destroy != NULL);
  return hfi_crossed(answer_status);
}

static uint64_t peer_get(uint64_t ref, const void *key, int32_t *status) {
  *status = answer_status;
  return asked_about(ref, hfi_bits(key), 0, 0);
}

static const struct hfi_upcalls java = {.abi = 1,
                                        .size = sizeof java,
                                        .weak_new = weak_new,
                                        .weak_get = weak_new,
                                        .weak_free = weak_free,
                                        .hold = edge,
                                        .unhold = edge,
                                        .peer_set = peer_set,
                                        .peer_get = peer_get};

static hf_ref begin(void) {
  world_begin(&java);
  hf_ref ref = world_opaque();
  world_acquire(ref);
  return ref;
}

static void a_weak_handle_is_made_asked_and_freed(void) {
  hf_ref ref = begin();
  answer = 77;
  hf_weak weak = hf_weak_new(ref);
  CHECK_EQUAL(weak, 77);
  answer = hfi_bits(ref);
  CHECK(hf_weak_get(weak) == ref);
  answer = 0;
  CHECK(hf_weak_get(weak) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  hf_weak_free(weak);
  CHECK_EQUAL(arguments[0], 77);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  answer_status = HF_EINVAL;
  CHECK(hf_weak_get(weak) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EINVAL);
  CHECK_TEXT(hf_last_error(), "no weak handle");
  hf_weak_free(weak);
  CHECK_EQUAL(hf_last_status(), HF_EINVAL);
}

static void no_weak_handle_is_no_call(void) {
  hf_ref ref = begin();
  hf_weak_free(0);
  CHECK(hf_weak_get(0) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_release(ref);
  CHECK_EQUAL(hf_weak_new(ref), 0);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(asked, 0);
}

static void an_edge_needs_both_its_ends(void) {
  hf_ref owner = begin();
  hf_ref target = world_opaque();
  CHECK_EQUAL(hf_hold(owner, target), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_hold(target, owner), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_hold(owner, HF_NULL), HF_ENULL);
  CHECK_EQUAL(hf_unhold(HF_NULL, owner), HF_ENULL);
  CHECK_EQUAL(asked, 0);
  world_acquire(target);
  CHECK_EQUAL(hf_hold(owner, target), HF_OK);
  CHECK_EQUAL(arguments[0], hfi_bits(owner));
  CHECK_EQUAL(arguments[1], hfi_bits(target));
  answer_status = HF_EUNMANAGED;
  CHECK_EQUAL(hf_hold(owner, target), HF_EUNMANAGED);
  CHECK_EQUAL(hf_last_status(), HF_EUNMANAGED);
  answer_status = HF_EINVAL;
  CHECK_EQUAL(hf_unhold(owner, target), HF_EINVAL);
  CHECK_TEXT(hf_last_error(), "does not hold");
}

static void an_edge_is_taken_away_without_a_count_of_its_target(void) {
  hf_ref owner = begin();
  hf_ref target = world_object(world_cohort(), 0, world_type("a.A", 0, NULL, 0));
  CHECK_EQUAL(hf_unhold(owner, target), HF_OK);
  CHECK_EQUAL(arguments[1], hfi_bits(target));
  world_retire(hfi_index(hfi_bits(target)));
  CHECK_EQUAL(hf_unhold(owner, target), HF_ESTALE);
}

static void a_peer_is_set_and_found_by_its_key(void) {
  hf_ref ref = begin();
  static int key;
  CHECK_EQUAL(hf_peer_set(ref, &key, &asked, free), HF_OK);
  CHECK_EQUAL(arguments[1], hfi_bits(&key));
  CHECK_EQUAL(arguments[2], hfi_bits(&asked));
  CHECK_EQUAL(arguments[3], 1);
  answer = hfi_bits(&asked);
  CHECK(hf_peer_get(ref, &key) == &asked);
  CHECK_EQUAL(asked, 2);
  CHECK_EQUAL(hf_peer_set(ref, NULL, &asked, free), HF_ENULL);
  CHECK(hf_peer_get(ref, NULL) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_release(ref);
  CHECK_EQUAL(hf_peer_set(ref, &key, &asked, free), HF_EUNCOUNTED);
  CHECK(hf_peer_get(ref, &key) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(asked, 2);
}

const struct test bond_tests[] = {
    {"a_weak_handle_is_made_asked_and_freed", a_weak_handle_is_made_asked_and_freed},
    {"no_weak_handle_is_no_call", no_weak_handle_is_no_call},
    {"an_edge_needs_both_its_ends", an_edge_needs_both_its_ends},
    {"an_edge_is_taken_away_without_a_count_of_its_target",
     an_edge_is_taken_away_without_a_count_of_its_target},
    {"a_peer_is_set_and_found_by_its_key", a_peer_is_set_and_found_by_its_key},
    {NULL, NULL}};
