#define _GNU_SOURCE
#define HF_TRACE_PLACES
#include "answers.h"
#include "tests.h"
#include <pthread.h>

struct hfi_retained_ {
  uint64_t handle, since, thread, at, kind;
};
void hfi_track(uint32_t one_in);
int64_t hfi_track_read(struct hfi_retained_ *out, int64_t n);
void hfi_track_name(const struct hfi_retained_ *of, char *words, int64_t n);

static hf_ref begin(void) {
  world_begin(NULL);
  hf_ref ref = world_object(world_cohort(), 1, world_type("a.A", 0, NULL, 0));
  world_acquire(ref);
  hfi_track(1);
  return ref;
}

static int64_t recorded(void) { return hfi_track_read(NULL, 0); }

static void a_place_is_file_and_line_where_it_was_compiled_in(void) {
  hf_ref ref = begin();
  hf_retain(ref);
  char here[64];
  snprintf(here, sizeof here, "track_tests.c:%d", __LINE__ - 2);
  struct hfi_retained_ one;
  char words[256];
  CHECK_EQUAL(hfi_track_read(&one, 1), 1);
  hfi_track_name(&one, words, sizeof words);
  CHECK_TEXT(words, here);
  hf_release(ref);
  CHECK_EQUAL(recorded(), 0);
}

/* Java answers, and tells that it has counted for C, as RetainRecords does. */
void hfi_track_java(uint64_t handle, uint64_t stack, int32_t what);

static int uncounted; /* outcomes: a call has one for the method, and one for counting its result */

static hf_status counted_for_c(void) {
  if (uncounted-- > 0)
    return HF_OK;
  hfi_track_java(hfi_bits(answered), 0, 3);
  return HF_OK;
}

/* The last call was on the line before. */
static int is_recorded_at(int line) {
  char here[64];
  char words[256];
  struct hfi_retained_ one;
  snprintf(here, sizeof here, "track_tests.c:%d", line - 1);
  CHECK_EQUAL(hfi_track_read(&one, 1), 1);
  hfi_track_name(&one, words, sizeof words);
  CHECK_TEXT(words, here);
  hf_release(answered); /* not the last one */
  CHECK_EQUAL(recorded(), 0);
  return 1;
}

static void what_java_counts_for_c_is_recorded_at_c_s_place(void) {
  world_begin(&answers);
  hf_type type = world_type("a.A", 0, (struct world_field[]){{"r", HF_KIND_REF}}, 1);
  answered = world_object(world_cohort(), 1, type);
  hf_ref ref = answered;
  hf_ref out[1];
  world_acquire(ref);
  answers_method = (hf_method)1 | (hf_method)HF_KIND_REF << 40;
  hf_method method = hf_method_find(type, "m", "()La/A;");
  answers_method = (hf_method)2 | (hf_method)HF_KIND_REF << 40 | (hf_method)1 << 45;
  hf_method constructor = hf_method_find(type, "<init>", "()V");
  hf_value result;
  answers_outcome = counted_for_c;
  hfi_track(1);
  hf_retain_field(ref, hf_field_find(type, "r"));
  CHECK(is_recorded_at(__LINE__));
  hf_retain_path(ref, &(struct hf_step){hf_field_find(type, "r"), 1, 0}, 1);
  CHECK(is_recorded_at(__LINE__));
  CHECK_EQUAL(hf_read_refs(ref, 0, 1, out), 1);
  CHECK(is_recorded_at(__LINE__));
  hf_string_new("x", -1);
  CHECK(is_recorded_at(__LINE__));
  hf_weak_get(1);
  CHECK(is_recorded_at(__LINE__));
  uncounted = 1;
  CHECK_EQUAL(hf_call(ref, method, NULL, &result), HF_OK);
  CHECK(is_recorded_at(__LINE__));
  uncounted = 1;
  CHECK(hf_new(constructor, NULL) == ref);
  CHECK(is_recorded_at(__LINE__));
}

static void a_place_is_forgotten_with_its_call(void) {
  hf_ref ref = begin();
  CHECK(hf_retain_field(HF_NULL, 1) == HF_NULL); /* refused before anybody is asked */
  CHECK(hf_retain_ptr(ref) == (void *)ref);
  struct hfi_retained_ one;
  char words[256];
  CHECK_EQUAL(hfi_track_read(&one, 1), 1);
  hfi_track_name(&one, words, sizeof words);
  CHECK(strstr(words, "track_tests.c") == NULL);
}

static void a_stale_handle_tells_where_it_was_released(void) {
  hf_ref ref = begin();
  hf_release(ref);
  char here[64];
  snprintf(here, sizeof here, "last released at src/test/c/track_tests.c:%d", __LINE__ - 2);
  CHECK(hf_retain(ref) == HF_NULL);
  CHECK_TEXT(hf_last_error(), here);
  hf_release(ref);
  CHECK_EQUAL(hf_last_status(), HF_EOVERRELEASE);
  CHECK_TEXT(hf_last_error(), "last released at ");
  hfi_track(0);
  CHECK(hf_retain(ref) == HF_NULL);
  CHECK(strstr(hf_last_error(), "last released") == NULL);
}

static hf_ref shared;

static void *retain_and_release(void *unused) {
  (void)unused;
  for (int i = 0; i < 2000; i++) {
    hf_retain(shared);
    hf_release(shared);
  }
  return NULL;
}

static void threads_may_count_while_it_is_switched_on_and_off(void) {
  shared = begin();
  pthread_t threads[4];
  for (int i = 0; i < 4; i++)
    CHECK_EQUAL(pthread_create(&threads[i], NULL, retain_and_release, NULL), 0);
  for (uint32_t i = 0; i < 100; i++)
    hfi_track(i & 1);
  for (int i = 0; i < 4; i++)
    pthread_join(threads[i], NULL);
  CHECK_EQUAL(hf_count(shared), 1);
  hfi_track(0);
  CHECK_EQUAL(recorded(), 0);
  hfi_track(1);
  retain_and_release(NULL);
  CHECK_EQUAL(recorded(), 0);
  CHECK_EQUAL(hf_count(shared), 1);
}

static void what_was_retained_before_may_be_released_meanwhile(void) {
  hf_ref ref = begin();
  hfi_track(0);
  hf_retain(ref);
  hf_release(ref); /* the fast paths know it now */
  hf_retain(ref);
  hfi_track(1);
  hf_retain(ref);
  CHECK_EQUAL(recorded(), 1);
  hf_release(ref);
  hf_release(ref);
  hf_release(ref);
  CHECK_EQUAL(recorded(), 0);
  CHECK_EQUAL(hf_count(ref), 0);
}

const struct test track_tests[] = {
    {"a_place_is_file_and_line_where_it_was_compiled_in",
     a_place_is_file_and_line_where_it_was_compiled_in},
    {"what_java_counts_for_c_is_recorded_at_c_s_place",
     what_java_counts_for_c_is_recorded_at_c_s_place},
    {"a_place_is_forgotten_with_its_call", a_place_is_forgotten_with_its_call},
    {"a_stale_handle_tells_where_it_was_released", a_stale_handle_tells_where_it_was_released},
    {"threads_may_count_while_it_is_switched_on_and_off",
     threads_may_count_while_it_is_switched_on_and_off},
    {"what_was_retained_before_may_be_released_meanwhile",
     what_was_retained_before_may_be_released_meanwhile},
    {NULL, NULL}};
