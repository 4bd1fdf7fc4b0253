#define _GNU_SOURCE
#include "tests.h"

static const struct world_field all_kinds[] = {{"z", 1}, {"b", 2}, {"c", 3}, {"s", 4}, {"i", 5},
                                               {"j", 6}, {"f", 7}, {"d", 8}, {"e", 9}, {"l", 10}};
struct all_kinds {
  uint32_t header[2];
  uint8_t z;
  int8_t b;
  uint16_t c;
  int16_t s;
  int32_t i;
  int64_t j;
  float f;
  double d;
  int32_t e;
  hf_ref l;
};

static uint32_t type;
static uint32_t cohort;
static hf_ref ref;

static void begin(void) {
  world_begin(NULL);
  type = world_type("a.All", 0, all_kinds, 10);
  cohort = world_cohort();
  ref = world_object(cohort, 2, type);
  struct all_kinds *mirror = (struct all_kinds *)(void *)(world_memory(cohort) + 32);
  *mirror = (struct all_kinds){{type, 1}, 1, -2, 65535, -4, -5, -6, 7.5f, 8.25, -1, HF_UNMIRRORED};
}

static hf_field field(const char *name) {
  hf_field found = hf_field_find(type, name);
  CHECK(found != 0);
  return found;
}

static void a_mirror_is_a_struct(void) {
  begin();
  hf_enter();
  const struct all_kinds *mirror = hf_deref(ref);
  CHECK(mirror != NULL);
  CHECK_EQUAL(mirror->z, 1);
  CHECK_EQUAL(mirror->c, 65535);
  CHECK_EQUAL(mirror->j, -6);
  CHECK(mirror->d == 8.25);
  CHECK(mirror->l == HF_UNMIRRORED);
  hf_exit();
}

static void each_kind_is_read(void) {
  begin();
  CHECK_EQUAL(hf_get_bool(ref, field("z")), 1);
  CHECK_EQUAL(hf_get_i8(ref, field("b")), -2);
  CHECK_EQUAL(hf_get_u16(ref, field("c")), 65535);
  CHECK_EQUAL(hf_get_i16(ref, field("s")), -4);
  CHECK_EQUAL(hf_get_i32(ref, field("i")), -5);
  CHECK_EQUAL(hf_get_i64(ref, field("j")), -6);
  CHECK(hf_get_f32(ref, field("f")) == 7.5f);
  CHECK(hf_get_f64(ref, field("d")) == 8.25);
  CHECK_EQUAL(hf_get_i32(ref, field("e")), -1);
  CHECK(hf_get_ref(ref, field("l")) == HF_UNMIRRORED);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  double d = 0;
  CHECK_EQUAL(hf_load_f64(ref, field("d"), &d), HF_OK);
  CHECK(d == 8.25);
}

static void another_kind_is_refused(void) {
  begin();
  int64_t value = 77;
  CHECK_EQUAL(hf_load_i64(ref, field("i"), &value), HF_ETYPE);
  CHECK_EQUAL(value, 77);
  CHECK_TEXT(hf_last_error(), "HF_ETYPE");
  CHECK_TEXT(hf_last_error(), "kind 5");
  CHECK_EQUAL(hf_get_i32(ref, field("l")), 0);
  CHECK_EQUAL(hf_last_status(), HF_ETYPE);
  /* The right kind in the constant, but that is another field. */
  CHECK_EQUAL(hf_load_i64(ref, (field("d") & ~((hf_field)255 << 24)) | (hf_field)7 << 24, &value),
              HF_ETYPE);
  CHECK_EQUAL(hf_load_i64(ref, field("j"), NULL), HF_ENULL);
}

static void a_field_of_another_class_is_refused(void) {
  begin();
  uint32_t other = world_type("a.Other", 0, all_kinds, 10);
  hf_field theirs = hf_field_find(other, "i");
  CHECK((theirs & 0xffffffff) == (field("i") & 0xffffffff));
  CHECK_EQUAL(hf_get_i32(ref, theirs), 0);
  CHECK_EQUAL(hf_last_status(), HF_ETYPE);
  int32_t value;
  for (uint32_t offset = 0; offset < 4096; offset++)
    CHECK(hf_load_i32(ref, (hf_field)1 << 32 | 5 << 24 | offset, &value) == HF_ETYPE);
  CHECK_EQUAL(hf_load_i32(ref, (hf_field)5 << 24 | 8, &value), HF_ETYPE);
  CHECK_EQUAL(hf_load_i32(ref, UINT64_MAX, &value), HF_ETYPE);
}

static void a_subclass_has_the_fields_of_its_superclass(void) {
  begin();
  struct world_field own[] = {{"own", 5}, {"i", 6}};
  uint32_t sub = world_type("a.Sub", type, own, 2);
  hf_ref derived = world_object(world_cohort(), 0, sub);
  CHECK_EQUAL(hf_load_i32(derived, field("i"), &(int32_t){0}), HF_OK);
  CHECK_EQUAL(hf_load_i32(derived, hf_field_find(sub, "own"), &(int32_t){0}), HF_OK);
  CHECK_EQUAL(hf_load_i64(derived, hf_field_find(sub, "i"), &(int64_t){0}), HF_OK);
  CHECK_EQUAL(hf_load_i32(ref, hf_field_find(sub, "own"), &(int32_t){0}), HF_ETYPE);
}

static void deref_needs_a_scope(void) {
  begin();
  CHECK(hf_deref(ref) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESCOPE);
  hf_enter();
  hf_enter();
  hf_exit();
  CHECK(hf_deref(ref) != NULL);
  hf_exit();
  CHECK(hf_deref(ref) == NULL);
  hf_get_i32(ref, field("i"));
  CHECK(hf_deref(ref) == NULL);
}

static void what_has_no_mirror_says_why(void) {
  begin();
  hf_enter();
  CHECK(hf_deref(HF_NULL) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK(hf_deref(HF_UNMIRRORED) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNMIRRORED);
  CHECK(hf_deref(world_opaque()) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNMANAGED);
  hf_ref young = world_handle(cohort, 20, 1);
  CHECK(hf_deref(young) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNMIRRORED);
  world_object(cohort, 20, type);
  CHECK(hf_deref(young) != NULL);
  world_retire(cohort);
  CHECK(hf_deref(young) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  CHECK_EQUAL(hf_get_i32(young, field("i")), 0);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  CHECK_EQUAL(hf_type_of(young), 0);
  CHECK_EQUAL(hf_last_status(), HF_ESTALE);
  hf_exit();
}

static void null_is_no_object_of_the_first_entry(void) {
  begin();
  atomic_store(&world_entry(0)->ready, 1); /* as that of an opaque object */
  hf_enter();
  CHECK(hf_deref(HF_NULL) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_exit();
}

static void a_far_entry_is_found(void) {
  begin();
  uint32_t index = (uint32_t)4095 << 14 | 16383;
  struct hfi_entry *entry = world_entry(index);
  char *memory = aligned_alloc(64, 1024);
  memset(memory, 0, 1024);
  atomic_store(&entry->base, (uint64_t)memory);
  atomic_store(&entry->state, HFI_OLD);
  atomic_store(&entry->stamp, 5);
  hf_ref far = world_object(index, 1, type);
  hf_enter();
  CHECK(hf_deref(far) == memory + 16);
  hf_exit();
  world_acquire(far);
  CHECK(hf_retain(far) == far);
  CHECK_EQUAL(hf_release_n(far, 2), HF_OK);
  CHECK_EQUAL(atomic_load(&world->release_head), (uint64_t)index + 1);
}

static void statuses_say_what_the_last_call_did(void) {
  begin();
  CHECK_EQUAL(hf_last_status(), HF_OK);
  hf_get_i32(HF_NULL, field("i"));
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_enter();
  hf_deref(ref);
  hf_exit();
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  hf_get_i32(ref, field("i"));
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_TEXT(hf_last_error(), "HF_OK");
  CHECK_TEXT(hf_status_name(HF_EFULL), "HF_EFULL");
  CHECK_TEXT(hf_status_name(HF_EPIN), "HF_EPIN");
  CHECK_TEXT(hf_status_name(1), "HF_?");
  CHECK_TEXT(hf_status_name(-100), "HF_?");
  CHECK_TEXT(hf_status_name(INT32_MIN), "HF_?");
  for (hf_status status = HF_EFINAL; status < HF_OK; status++)
    CHECK(strlen(hf_status_name(status)) > 4);
}

const struct test reading_tests[] = {
    {"a_mirror_is_a_struct", a_mirror_is_a_struct},
    {"each_kind_is_read", each_kind_is_read},
    {"another_kind_is_refused", another_kind_is_refused},
    {"a_field_of_another_class_is_refused", a_field_of_another_class_is_refused},
    {"a_subclass_has_the_fields_of_its_superclass", a_subclass_has_the_fields_of_its_superclass},
    {"deref_needs_a_scope", deref_needs_a_scope},
    {"what_has_no_mirror_says_why", what_has_no_mirror_says_why},
    {"null_is_no_object_of_the_first_entry", null_is_no_object_of_the_first_entry},
    {"a_far_entry_is_found", a_far_entry_is_found},
    {"statuses_say_what_the_last_call_did", statuses_say_what_the_last_call_did},
    {NULL, NULL}};
