#define _GNU_SOURCE
#include "tests.h"
#include <pthread.h>

void *hfi_frame_begin(void);
uint64_t hfi_frame_end(void *frame);

/* ---- a Java that can be called
 * --------------------------------------------------------------- */

#define ADD ((hf_method)1 | (hf_method)6 << 32 | (hf_method)6 << 40) /* six arguments, a long */
#define SELF ((hf_method)2 | (hf_method)10 << 40)                    /* none, a reference */
#define MAKE ((hf_method)3 | (hf_method)1 << 45 | (hf_method)10 << 40)
#define STATIC ((hf_method)4 | (hf_method)1 << 44) /* none, void */

static int called, by_stub;
static hf_ref exception; /* with a count of its own */
static int32_t call_status;
static void (*inside)(void); /* what C does when Java calls it back */

static int64_t method_find(uint32_t type, const char *name, const char *descriptor, char *words,
                           int64_t cap) {
  (void)descriptor;
  if (type == 0) {
    snprintf(words, (size_t)cap, "no class has number 0");
    return hfi_crossed(HF_ENOTYPE);
  }
  return hfi_crossed(strcmp(name, "add") == 0    ? (int64_t)ADD
                     : strcmp(name, "self") == 0 ? (int64_t)SELF
                     : strcmp(name, "make") == 0 ? (int64_t)MAKE
                                                 : (int64_t)STATIC);
}

static uint64_t call(uint64_t ref, uint64_t method, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                     const hf_value *more, struct hfi_outcome *outcome) {
  called++;
  if (inside)
    inside();
  outcome->status = call_status;
  if (call_status == HF_EJAVA) {
    world_acquire(exception);
    outcome->exception = hfi_bits(exception);
    strcpy(outcome->words, "a.B: on purpose");
  }
  if (call_status != HF_OK || method == STATIC)
    return 0;
  if (method == ADD)
    return a + b + c + d + (uint64_t)more[0].i64 + (uint64_t)more[1].i64;
  world_acquire(hfi_ref(ref ? ref : hfi_bits(exception)));
  return ref ? ref : hfi_bits(exception);
}

static uint64_t stub(uint64_t ref, uint64_t method, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                     const hf_value *more, struct hfi_outcome *outcome) {
  by_stub++;
  return call(ref, method, a, b, c, d, more, outcome);
}

static uint64_t throwable_new(uint32_t type, const char *message, struct hfi_outcome *outcome) {
  if (type == 0) {
    outcome->status = HF_ENOTYPE;
    return 0;
  }
  outcome->status = HF_OK;
  world_acquire(exception);
  snprintf(outcome->words, sizeof outcome->words, "a.B: %s", message);
  return hfi_bits(exception);
}

static const struct hfi_upcalls java = {
    .abi = 1,
    .size = sizeof java,
    .method_find = method_find,
    .call = call,
    .call_by_stub = stub,
    .throwable_new = throwable_new,
};

static hf_ref begin(void) {
  world_begin(&java);
  hf_ref ref = world_object(world_cohort(), 1, world_type("a.A", 0, NULL, 0));
  world_acquire(ref);
  exception = world_object(1, 2, 1);
  world_acquire(exception);
  return ref;
}

/* ---- calling
 * ---------------------------------------------------------------------------------
 */

static void arguments_and_results_pass(void) {
  hf_ref ref = begin();
  hf_value args[6] = {{.i64 = 1},    {.i64 = 20},    {.i64 = 300},
                      {.i64 = 4000}, {.i64 = 50000}, {.i64 = 600000}};
  hf_value result = {.i64 = -1};
  hf_method add = hf_method_find(1, "add", "(JJJJJJ)J");
  CHECK_EQUAL(hf_call(ref, add, args, &result), HF_OK);
  CHECK_EQUAL(result.i64, 654321);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(hf_call(ref, add, NULL, &result), HF_ENULL);
  CHECK_EQUAL(hf_call(ref, add, args, NULL), HF_OK);
}

static void the_first_call_of_a_thread_tells_the_jvm_who_it_is(void) {
  hf_ref ref = begin();
  hf_method self = hf_method_find(1, "self", "()La/A;");
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_OK);
  CHECK_EQUAL(by_stub, 0);
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_OK);
#if defined(__linux__)
  CHECK_EQUAL(by_stub, 1);
#endif
  CHECK_EQUAL(called, 2);
}

static void a_reference_is_counted_only_if_it_is_wanted(void) {
  hf_ref ref = begin();
  hf_method self = hf_method_find(1, "self", "()La/A;");
  hf_value result;
  CHECK_EQUAL(hf_call(ref, self, NULL, &result), HF_OK);
  CHECK(result.ref == ref);
  CHECK_EQUAL(hf_count(ref), 2);
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_OK);
  CHECK_EQUAL(hf_count(ref), 2);
}

static void only_what_was_found_is_called(void) {
  hf_ref ref = begin();
  CHECK_EQUAL(hf_call(ref, ADD, NULL, NULL), HF_EINVAL);
  CHECK_EQUAL(hf_method_find(0, "add", ""), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENOTYPE);
  CHECK_TEXT(hf_last_error(), "HF_ENOTYPE: no class has number 0");
  CHECK_EQUAL(hf_method_find(1, NULL, ""), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_method self = hf_method_find(1, "self", "()La/A;");
  for (int bit = 0; bit < 64; bit++)
    CHECK_EQUAL(hf_call(ref, self ^ (hf_method)1 << bit, NULL, NULL), HF_EINVAL);
  CHECK_EQUAL(hf_call(HF_NULL, self, NULL, NULL), HF_ENULL);
  CHECK_EQUAL(hf_call(HF_UNMIRRORED, self, NULL, NULL), HF_EUNMIRRORED);
  CHECK_EQUAL(hf_call(world_object(1, 9, 1), self, NULL, NULL), HF_EUNCOUNTED);
  CHECK(hf_new(self, NULL) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EINVAL);
  hf_method make = hf_method_find(1, "make", "()V");
  CHECK_EQUAL(hf_call(HF_NULL, make, NULL, NULL), HF_EINVAL);
  CHECK(hf_new(make, NULL) == exception);
  hf_method none = hf_method_find(1, "static", "()V");
  CHECK_EQUAL(hf_call(ref, none, NULL, NULL), HF_EINVAL);
  CHECK_EQUAL(hf_call(HF_NULL, none, NULL, NULL), HF_OK);
  CHECK_EQUAL(called, 2);
}

static void java_is_not_called_in_a_scope_nor_after_the_shutdown(void) {
  hf_ref ref = begin();
  hf_method self = hf_method_find(1, "self", "()La/A;");
  hf_enter();
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_ESCOPE);
  CHECK_TEXT(hf_last_error(), "inside a scope");
  CHECK_EQUAL(hf_method_find(1, "self", "()La/A;"), 0);
  CHECK_EQUAL(hf_throw(1, "x"), HF_ESCOPE);
  hf_exit();
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_OK);
  hfi_shutdown();
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_ESHUTDOWN);
  CHECK_EQUAL(hf_throw(1, "x"), HF_ESHUTDOWN);
  CHECK_EQUAL(hf_method_find(1, "self", "()La/A;"), 0);
  CHECK_EQUAL(hf_last_status(), HF_ESHUTDOWN);
  CHECK_EQUAL(called, 1);
}

/* ---- exceptions
 * ------------------------------------------------------------------------------
 */

static void an_exception_is_taken_once_or_given_back(void) {
  hf_ref ref = begin();
  hf_method self = hf_method_find(1, "self", "()La/A;");
  call_status = HF_EJAVA;
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_EJAVA);
  CHECK_TEXT(hf_last_error(), "HF_EJAVA: a.B: on purpose");
  CHECK_EQUAL(hf_count(exception), 2);
  CHECK(hf_exception_take() == exception);
  CHECK(hf_exception_take() == HF_NULL);
  hf_release(exception);
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_EJAVA);
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_EJAVA);
  CHECK_EQUAL(hf_count(exception), 2);
  call_status = HF_OK;
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_OK);
  CHECK_EQUAL(hf_count(exception), 1);
  CHECK(hf_exception_take() == HF_NULL);
}

static hf_ref of_the_thread;

static void *leave(void *unused) {
  (void)unused;
  CHECK_EQUAL(hf_call(of_the_thread, SELF, NULL, NULL), HF_EJAVA);
  CHECK_EQUAL(hf_count(exception), 2);
  return NULL;
}

static void a_thread_that_ends_gives_its_exception_back(void) {
  of_the_thread = begin();
  hf_method_find(1, "self", "()La/A;");
  call_status = HF_EJAVA;
  pthread_t thread;
  CHECK_EQUAL(pthread_create(&thread, NULL, leave, NULL), 0);
  pthread_join(thread, NULL);
  CHECK_EQUAL(hf_count(exception), 1);
}

static void throws(void) { CHECK_EQUAL(hf_throw(1, "of C"), HF_OK); }

static void what_is_thrown_is_the_innermost_calls(void) {
  hf_ref ref = begin();
  hf_method self = hf_method_find(1, "self", "()La/A;");
  CHECK_EQUAL(hf_throw(1, "x"), HF_ENOCALLER);
  inside = throws;
  void *frame = hfi_frame_begin();
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_EJAVA);
  CHECK_TEXT(hf_last_error(), "HF_EJAVA: a.B: of C");
  CHECK_EQUAL(hf_count(ref), 1); /* the result was dropped */
  CHECK_EQUAL(hf_count(exception), 2);
  CHECK(hf_exception_take() == exception);
  CHECK_EQUAL(hfi_frame_end(frame), 0);

  frame = hfi_frame_begin();
  throws();
  throws(); /* the second replaces the first */
  CHECK_EQUAL(hf_throw(0, "x"), HF_ENOTYPE);
  CHECK_EQUAL(hf_count(exception), 3);
  CHECK_EQUAL(hfi_frame_end(frame), hfi_bits(exception));
  CHECK_EQUAL(hf_throw(1, "x"), HF_ENOCALLER);
}

static void what_java_throws_goes_before_what_c_throws(void) {
  hf_ref ref = begin();
  hf_method self = hf_method_find(1, "self", "()La/A;");
  inside = throws;
  call_status = HF_EJAVA;
  CHECK_EQUAL(hf_call(ref, self, NULL, NULL), HF_EJAVA);
  CHECK_TEXT(hf_last_error(), "on purpose");
  CHECK_EQUAL(hf_count(exception), 2);
}

const struct test call_tests[] = {
    {"arguments_and_results_pass", arguments_and_results_pass},
    {"the_first_call_of_a_thread_tells_the_jvm_who_it_is",
     the_first_call_of_a_thread_tells_the_jvm_who_it_is},
    {"a_reference_is_counted_only_if_it_is_wanted", a_reference_is_counted_only_if_it_is_wanted},
    {"only_what_was_found_is_called", only_what_was_found_is_called},
    {"java_is_not_called_in_a_scope_nor_after_the_shutdown",
     java_is_not_called_in_a_scope_nor_after_the_shutdown},
    {"an_exception_is_taken_once_or_given_back", an_exception_is_taken_once_or_given_back},
    {"a_thread_that_ends_gives_its_exception_back", a_thread_that_ends_gives_its_exception_back},
    {"what_is_thrown_is_the_innermost_calls", what_is_thrown_is_the_innermost_calls},
    {"what_java_throws_goes_before_what_c_throws", what_java_throws_goes_before_what_c_throws},
    {NULL, NULL}};
