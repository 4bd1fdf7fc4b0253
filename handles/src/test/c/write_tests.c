#include "tests.h"

/* ---- Java, as far as it is asked ------------------------------------------------------------- */

static struct hfi_change written[16];
static int32_t written_count = -1;
static uint64_t written_to;
static int32_t answer_status;

static int64_t set_fields(uint64_t ref, const struct hfi_change *changes, int32_t n) {
  CHECK(n <= 16);
  memcpy(written, changes, (size_t)n * sizeof *changes);
  written_count = n;
  written_to = ref;
  return hfi_crossed(answer_status);
}

static const struct hfi_upcalls java = {.abi = 1, .size = sizeof java, .set_fields = set_fields};

static const struct world_field fields[] = {{"flag", 1},  {"small", 2}, {"unit", 3},  {"short", 4},
                                            {"int", 5},   {"long", 6},  {"float", 7}, {"double", 8},
                                            {"color", 9}, {"next", 10}};
enum { FIELDS = sizeof fields / sizeof *fields };

static hf_type type;

static hf_field field(const char *name) {
  hf_field found = hf_field_find(type, name);
  CHECK(found != 0);
  return found;
}

static char *place(hf_ref ref, const char *name) {
  return world_memory(hfi_index(hfi_bits(ref))) + hfi_slot(hfi_bits(ref)) * HFI_SLOT_BYTES +
         (field(name) & 0xffffff);
}

static hf_ref begin(void) {
  world_begin(&java);
  type = world_type("a.A", 0, fields, FIELDS);
  hf_ref ref = world_object(world_cohort(), 1, type);
  world_acquire(ref);
  return ref;
}

/* ---- one field ------------------------------------------------------------------------------- */

static void each_kind_is_handed_to_java_as_it_is(void) {
  hf_ref ref = begin();
  CHECK_EQUAL(hf_set_bool(ref, field("flag"), 1), HF_OK);
  CHECK_EQUAL(written_to, hfi_bits(ref));
  CHECK_EQUAL(written[0].field, field("flag"));
  CHECK_EQUAL(written[0].bits, 1);
  CHECK_EQUAL(hf_set_i8(ref, field("small"), -1), HF_OK);
  CHECK_EQUAL(written[0].bits, 0xff);
  CHECK_EQUAL(hf_set_u16(ref, field("unit"), 0xffff), HF_OK);
  CHECK_EQUAL(written[0].bits, 0xffff);
  CHECK_EQUAL(hf_set_i16(ref, field("short"), -2), HF_OK);
  CHECK_EQUAL(written[0].bits, 0xfffe);
  CHECK_EQUAL(hf_set_i32(ref, field("int"), -3), HF_OK);
  CHECK_EQUAL(written[0].bits, 0xfffffffd);
  CHECK_EQUAL(hf_set_i64(ref, field("long"), -4), HF_OK);
  CHECK_EQUAL(written[0].bits, -4);
  CHECK_EQUAL(hf_set_f32(ref, field("float"), 1.0f), HF_OK);
  CHECK_EQUAL(written[0].bits, 0x3f800000);
  CHECK_EQUAL(hf_set_f64(ref, field("double"), 1.0), HF_OK);
  CHECK_EQUAL(written[0].bits, 0x3ff0000000000000);
  CHECK_EQUAL(hf_set_i32(ref, field("color"), 2), HF_OK);
  CHECK_EQUAL(written[0].bits, 2);
  CHECK_EQUAL(hf_set_ref(ref, field("next"), ref), HF_OK);
  CHECK_EQUAL(written[0].bits, hfi_bits(ref));
  CHECK_EQUAL(hf_last_status(), HF_OK);
}

static void a_write_of_another_kind_is_refused(void) {
  hf_ref ref = begin();
  CHECK_EQUAL(hf_set_i32(ref, field("long"), 1), HF_ETYPE);
  CHECK_EQUAL(hf_last_status(), HF_ETYPE);
  CHECK_EQUAL(hf_set_ref(ref, field("color"), HF_NULL), HF_ETYPE);
  CHECK_EQUAL(hf_set_i64(ref, field("next"), 1), HF_ETYPE);
  CHECK_EQUAL(hf_set_i64(ref, 0, 1), HF_ETYPE);
  CHECK_EQUAL(hf_set_i64(ref, ~(hf_field)0, 1), HF_ETYPE);
  CHECK_EQUAL(written_count, -1);
}

static void only_what_is_counted_is_written(void) {
  hf_ref ref = begin();
  hf_release(ref);
  CHECK_EQUAL(hf_set_i32(ref, field("int"), 1), HF_EUNCOUNTED);
  CHECK(hf_write_begin(ref) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_set_i32(HF_NULL, field("int"), 1), HF_ENULL);
  CHECK_EQUAL(hf_set_i32(HF_UNMIRRORED, field("int"), 1), HF_EUNMIRRORED);
  CHECK_EQUAL(hf_set_i32((hf_ref)(void *)&type, field("int"), 1), HF_EINVAL);
  CHECK_EQUAL(written_count, -1);
}

static void what_java_refuses_is_said(void) {
  hf_ref ref = begin();
  answer_status = HF_EFINAL;
  CHECK_EQUAL(hf_set_i32(ref, field("int"), 1), HF_EFINAL);
  CHECK_TEXT(hf_last_error(), "HF_EFINAL: field");
  CHECK_TEXT(hf_status_name(HF_EFINAL), "HF_EFINAL");
  answer_status = HF_EINVAL;
  CHECK_EQUAL(hf_set_i32(ref, field("color"), 77), HF_EINVAL);
  CHECK_TEXT(hf_last_error(), "out of range");
}

/* ---- a private copy -------------------------------------------------------------------------- */

static void only_what_differs_is_written_back(void) {
  hf_ref ref = begin();
  *(int32_t *)(void *)place(ref, "int") = 5;
  *(int64_t *)(void *)place(ref, "long") = 6;
  char *copy = hf_write_begin(ref);
  CHECK(copy != NULL);
  CHECK_EQUAL(*(int32_t *)(void *)(copy + (field("int") & 0xffffff)), 5);
  *(int64_t *)(void *)place(ref, "long") = 7; /* Java, meanwhile */
  *(int32_t *)(void *)(copy + (field("int") & 0xffffff)) = 8;
  *(int16_t *)(void *)(copy + (field("short") & 0xffffff)) = -1;
  CHECK_EQUAL(hf_write_end(ref, copy), HF_OK);
  CHECK_EQUAL(written_count, 2);
  CHECK_EQUAL(written[0].field, field("short"));
  CHECK_EQUAL(written[0].bits, 0xffff);
  CHECK_EQUAL(written[1].field, field("int"));
  CHECK_EQUAL(written[1].bits, 8);
}

static void a_copy_that_was_left_alone_is_no_call(void) {
  hf_ref ref = begin();
  CHECK_EQUAL(hf_write_end(ref, hf_write_begin(ref)), HF_OK);
  CHECK_EQUAL(written_count, -1);
}

static void a_copy_can_be_thrown_away(void) {
  hf_ref ref = begin();
  char *copy = hf_write_begin(ref);
  memset(copy, 1, 16);
  CHECK_EQUAL(hf_write_end(HF_NULL, copy), HF_OK);
  CHECK_EQUAL(written_count, -1);
}

static void a_copy_is_of_its_own_object(void) {
  hf_ref ref = begin();
  hf_ref other = world_object(1, 8, type);
  world_acquire(other);
  CHECK_EQUAL(hf_write_end(other, hf_write_begin(ref)), HF_EINVAL);
  CHECK_EQUAL(hf_write_end(ref, NULL), HF_ENULL);
  CHECK_EQUAL(written_count, -1);
}

static void a_copy_of_what_died_is_written_nowhere(void) {
  hf_ref ref = begin();
  char *copy = hf_write_begin(ref);
  copy[field("small") & 0xffffff] = 1;
  hf_release(ref);
  CHECK_EQUAL(hf_write_end(ref, copy), HF_EUNCOUNTED);
  CHECK_EQUAL(written_count, -1);
}

static void an_object_without_a_mirror_has_no_copy(void) {
  begin();
  hf_ref opaque = world_opaque();
  world_acquire(opaque);
  CHECK(hf_write_begin(opaque) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNMANAGED);
}

const struct test write_tests[] = {
    {"each_kind_is_handed_to_java_as_it_is", each_kind_is_handed_to_java_as_it_is},
    {"a_write_of_another_kind_is_refused", a_write_of_another_kind_is_refused},
    {"only_what_is_counted_is_written", only_what_is_counted_is_written},
    {"what_java_refuses_is_said", what_java_refuses_is_said},
    {"only_what_differs_is_written_back", only_what_differs_is_written_back},
    {"a_copy_that_was_left_alone_is_no_call", a_copy_that_was_left_alone_is_no_call},
    {"a_copy_can_be_thrown_away", a_copy_can_be_thrown_away},
    {"a_copy_is_of_its_own_object", a_copy_is_of_its_own_object},
    {"a_copy_of_what_died_is_written_nowhere", a_copy_of_what_died_is_written_nowhere},
    {"an_object_without_a_mirror_has_no_copy", an_object_without_a_mirror_has_no_copy},
    {NULL, NULL}};
