/* JNA has no memory to call Java: what C asks then is not taken for done, or for null. */
#define _GNU_SOURCE
#include "answers.h"
#include "tests.h"

void *hfi_frame_begin(void);
uint64_t hfi_frame_end(void *frame);

static const struct world_field fields[] = {{"number", 5}};
static hf_type type;
static hf_ref ref;

static void begin(void) {
  world_begin(&answers);
  type = world_type("a.A", 0, fields, 1);
  answered = world_object(world_cohort(), 1, type);
  ref = answered;
  world_acquire(ref);
  answers_none = true;
}

#define UNANSWERED(CALL)                                                                           \
  do {                                                                                             \
    CHECK_EQUAL(CALL, HF_EJAVA);                                                                   \
    CHECK_EQUAL(hf_last_status(), HF_EJAVA);                                                       \
  } while (0)

#define NOTHING(CALL)                                                                              \
  do {                                                                                             \
    CHECK(!(CALL));                                                                                \
    CHECK_EQUAL(hf_last_status(), HF_EJAVA);                                                       \
  } while (0)

static void without_an_answer_nothing_is_done(void) {
  begin();
  int destroyed = 0;
  UNANSWERED(hf_hold(ref, ref));
  UNANSWERED(hf_unhold(ref, ref));
  UNANSWERED(hf_peer_set(ref, &type, &destroyed, free));
  hf_weak_free(1);
  CHECK_EQUAL(hf_last_status(), HF_EJAVA);
  hf_field number = hf_field_find(type, "number");
  UNANSWERED(hf_set_i32(ref, number, 7));
  int32_t *copy = hf_write_begin(ref);
  CHECK(copy != NULL);
  copy[(number & 0xffffff) / sizeof *copy] = 8;
  UNANSWERED(hf_write_end(ref, copy));
  int64_t values[2] = {0, 0};
  UNANSWERED(hf_array_write(ref, HF_KIND_I64, 0, 2, values));
}

static void without_an_answer_nothing_is_empty_or_null(void) {
  begin();
  char words[4];
  UNANSWERED(hf_string_utf8(ref, words, sizeof words));
  UNANSWERED(hf_field_utf8(ref, 1, words, sizeof words));
  hf_ref refs[2];
  int64_t values[2];
  UNANSWERED(hf_read_refs(ref, 0, 2, refs));
  UNANSWERED(hf_array_length(ref));
  UNANSWERED(hf_array_read(ref, HF_KIND_I64, 0, 2, values));
  hf_ref other = world_opaque();
  world_acquire(other);
  NOTHING(hf_java_equal(ref, other));
  NOTHING(hf_java_hash(ref));
  NOTHING(hf_retain_field(ref, 1));
  NOTHING(hf_retain_path(ref, &(struct hf_step){1, 1, 0}, 1));
  NOTHING(hf_weak_new(ref));
  NOTHING(hf_weak_get(1));
  NOTHING(hf_peer_get(ref, &type));
  NOTHING(hf_string_new("a", 1));
}

static void without_an_answer_nothing_was_called(void) {
  begin();
  NOTHING(hf_type_find("a.Absent"));
  NOTHING(hf_method_find(type, "a", "()V"));
  answers_none = false;
  hf_method method = hf_method_find(type, "a", "()V");
  CHECK_EQUAL(hf_call(ref, method, NULL, NULL), HF_OK);
  answers_none = true;
  UNANSWERED(hf_call(ref, method, NULL, NULL));
  CHECK(hf_exception_take() == HF_NULL);
  void *frame = hfi_frame_begin();
  UNANSWERED(hf_throw(type, "a"));
  CHECK_EQUAL(hfi_frame_end(frame), 0);
}

const struct test silence_tests[] = {
    {"without_an_answer_nothing_is_done", without_an_answer_nothing_is_done},
    {"without_an_answer_nothing_is_empty_or_null", without_an_answer_nothing_is_empty_or_null},
    {"without_an_answer_nothing_was_called", without_an_answer_nothing_was_called},
    {NULL, NULL}};
