#include "tests.h"

static int asked;
static int64_t answer;
static int32_t answer_status;

static int64_t read_refs(uint64_t ref, int64_t from, int64_t n, hf_ref *out) {
  asked++;
  for (int64_t i = 0; i < n && i < answer; i++)
    out[i] = (hf_ref)(uintptr_t)(ref + (uint64_t)(from + i));
  return hfi_crossed(answer);
}

static int64_t array_length(uint64_t ref) {
  (void)ref;
  asked++;
  return hfi_crossed(answer);
}

static int64_t array_read(uint64_t ref, int32_t kind, int64_t from, int64_t n, void *out) {
  (void)ref;
  asked++;
  CHECK_EQUAL(kind, HF_KIND_I64);
  for (int64_t i = 0; i < n; i++)
    ((int64_t *)out)[i] = from + i;
  return hfi_crossed(answer < 0 ? answer : n);
}

static int64_t array_write(uint64_t ref, int32_t kind, int64_t from, int64_t n, const void *in) {
  (void)ref;
  asked++;
  CHECK_EQUAL(kind, HF_KIND_I64);
  CHECK_EQUAL(((const int64_t *)in)[n - 1], from + n - 1);
  return hfi_crossed(answer < 0 ? answer : n);
}

static char text[16];
static int64_t text_length;

static uint64_t string_new(const char *utf8, int64_t length, int32_t *status) {
  asked++;
  CHECK(length < 16);
  memcpy(text, utf8, (size_t)length);
  text_length = length;
  *status = answer_status;
  return hfi_bits(world_handle(1, 0, 1));
}

static const struct hfi_upcalls java = {.abi = 1,
                                        .size = sizeof java,
                                        .read_refs = read_refs,
                                        .array_length = array_length,
                                        .array_read = array_read,
                                        .array_write = array_write,
                                        .string_new = string_new};

static hf_ref begin(void) {
  world_begin(&java);
  hf_ref ref = world_opaque();
  world_acquire(ref);
  return ref;
}

static void a_block_of_elements_is_one_call(void) {
  hf_ref ref = begin();
  hf_ref out[4];
  answer = 3;
  CHECK_EQUAL(hf_read_refs(ref, 8, 4, out), 3);
  CHECK_EQUAL(hfi_bits(out[2]), hfi_bits(ref) + 10);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(hf_array_length(ref), 3);
  CHECK_EQUAL(asked, 2);
  answer = HF_ETYPE;
  CHECK_EQUAL(hf_read_refs(ref, 0, 4, out), HF_ETYPE);
  CHECK_EQUAL(hf_last_status(), HF_ETYPE);
  CHECK_EQUAL(hf_array_length(ref), HF_ETYPE);
}

static void a_range_is_looked_at_before_java_is_asked(void) {
  hf_ref ref = begin();
  int64_t out[2];
  CHECK_EQUAL(hf_read_refs(ref, -1, 1, (hf_ref *)(void *)out), HF_EINVAL);
  CHECK_TEXT(hf_last_error(), "out of range");
  CHECK_EQUAL(hf_read_refs(ref, 0, -1, (hf_ref *)(void *)out), HF_EINVAL);
  CHECK_EQUAL(hf_read_refs(ref, 0, INT64_MAX, (hf_ref *)(void *)out), HF_EINVAL);
  CHECK_EQUAL(hf_read_refs(ref, 0, 1, NULL), HF_ENULL);
  CHECK_EQUAL(hf_array_read(ref, HF_KIND_I64, INT64_MIN, 1, out), HF_EINVAL);
  CHECK_EQUAL(hf_array_write(ref, HF_KIND_I64, 0, 1, NULL), HF_ENULL);
  CHECK_EQUAL(hf_array_read(ref, HF_KIND_REF, 0, 1, out), HF_ETYPE);
  CHECK_EQUAL(hf_array_write(ref, 0, 0, 1, out), HF_ETYPE);
  CHECK_EQUAL(hf_array_write(ref, 0xffffffff, 0, 1, out), HF_ETYPE);
  CHECK_EQUAL(asked, 0);
  hf_release(ref);
  CHECK_EQUAL(hf_array_length(ref), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_read_refs(HF_NULL, 0, 0, NULL), HF_ENULL);
  CHECK_EQUAL(asked, 0);
}

static void primitives_go_in_and_out(void) {
  hf_ref ref = begin();
  int64_t values[3];
  CHECK_EQUAL(hf_array_read(ref, HF_KIND_I64, 5, 3, values), 3);
  CHECK_EQUAL(values[2], 7);
  CHECK_EQUAL(hf_array_write(ref, HF_KIND_I64, 5, 3, values), 3);
  answer = HF_EINVAL;
  CHECK_EQUAL(hf_array_write(ref, HF_KIND_I64, 5, 3, values), HF_EINVAL);
}

static void text_is_handed_over_with_its_length(void) {
  begin();
  CHECK(hf_string_new("a\0b", 3) != HF_NULL);
  CHECK_EQUAL(text_length, 3);
  CHECK(memcmp(text, "a\0b", 3) == 0);
  CHECK(hf_string_new("abc", -1) != HF_NULL);
  CHECK_EQUAL(text_length, 3);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  answer_status = HF_ENOMEM;
  CHECK(hf_string_new("", 0) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENOMEM);
  CHECK(hf_string_new(NULL, 0) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK(hf_string_new("", (int64_t)1 << 31) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EINVAL);
  CHECK_EQUAL(asked, 3);
}

const struct test bulk_tests[] = {
    {"a_block_of_elements_is_one_call", a_block_of_elements_is_one_call},
    {"a_range_is_looked_at_before_java_is_asked", a_range_is_looked_at_before_java_is_asked},
    {"primitives_go_in_and_out", primitives_go_in_and_out},
    {"text_is_handed_over_with_its_length", text_is_handed_over_with_its_length},
    {NULL, NULL}};
