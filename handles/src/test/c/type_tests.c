#define _GNU_SOURCE
#include "tests.h"

static const struct world_field two[] = {{"x", 5}, {"y", 8}};
static const struct world_field three[] = {{"x", 5}, {"y", 8}, {"z", 5}};

static void a_class_is_found_by_name(void) {
  world_begin(NULL);
  uint32_t a = world_type("a.A", 0, two, 2);
  uint32_t b = world_type("a.B", a, NULL, 0);
  CHECK_EQUAL(hf_type_find("a.A"), a);
  CHECK_EQUAL(hf_type_find("a.B"), b);
  CHECK_TEXT(hf_type_name(b), "a.B");
  CHECK_EQUAL(hf_type_find("a.C"), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENOTYPE);
  CHECK_TEXT(hf_last_error(), "a.C");
  CHECK_EQUAL(hf_type_find(NULL), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  static const uint32_t none[] = {0, 3, 1023, 1024, 1u << 20, UINT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    CHECK(hf_type_name(none[i]) == NULL);
    CHECK_EQUAL(hf_last_status(), HF_ENOTYPE);
    CHECK_EQUAL(hf_field_find(none[i], "x"), 0);
    CHECK_EQUAL(hf_last_status(), HF_ENOTYPE);
  }
}

static void more_types_than_a_segment_holds_are_found(void) {
  world_begin(NULL);
  char name[32];
  for (int i = 1; i <= 2500; i++) {
    snprintf(name, sizeof name, "a.T%d", i);
    CHECK_EQUAL(world_type(name, 0, two, i % 3 ? 2 : 0), i);
  }
  CHECK_EQUAL(hf_type_find("a.T2500"), 2500);
  CHECK_EQUAL(hf_type_find("a.T1024"), 1024);
  CHECK_TEXT(hf_type_name(2047), "a.T2047");
  hf_ref ref = world_object(world_cohort(), 0, 2048);
  CHECK_EQUAL(hf_type_of(ref), 2048);
  CHECK_EQUAL(hf_load_i32(ref, hf_field_find(2048, "x"), &(int32_t){0}), HF_OK);
}

static void an_object_knows_its_class_and_ancestors(void) {
  world_begin(NULL);
  uint32_t a = world_type("a.A", 0, two, 2);
  uint32_t b = world_type("a.B", a, NULL, 0);
  uint32_t c = world_type("a.C", b, NULL, 0);
  uint32_t other = world_type("a.Other", a, NULL, 0);
  hf_ref ref = world_object(world_cohort(), 0, b);
  CHECK_EQUAL(hf_type_of(ref), b);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(hf_instance_of(ref, a), 1);
  CHECK_EQUAL(hf_instance_of(ref, b), 1);
  CHECK_EQUAL(hf_instance_of(ref, c), 0);
  CHECK_EQUAL(hf_instance_of(ref, other), 0);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(hf_instance_of(ref, 99), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENOTYPE);
  CHECK_EQUAL(hf_instance_of(world_opaque(), a), 0);
  CHECK_EQUAL(hf_last_status(), HF_EUNMANAGED);
}

static void a_field_is_a_constant_of_check_kind_and_offset(void) {
  world_begin(NULL);
  uint32_t a = world_type("a.A", 0, two, 2);
  hf_field y = hf_field_find(a, "y");
  CHECK_EQUAL(y & 0xffffff, 16);
  CHECK_EQUAL(y >> 24 & 255, 8);
  CHECK_EQUAL(y >> 32, world_type_at(a)->fingerprint & 0xffffffff);
  CHECK_EQUAL(hf_field_find(a, "none"), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENOFIELD);
  CHECK_TEXT(hf_last_error(), "a.A has no mirrored field none");
  CHECK_EQUAL(hf_field_find(a, NULL), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
}

static void the_nearest_of_shadowed_fields_is_found(void) {
  world_begin(NULL);
  uint32_t a = world_type("a.A", 0, two, 2);
  uint32_t b = world_type("a.B", a, two, 1);
  CHECK(hf_field_find(b, "x") != hf_field_find(a, "x"));
  CHECK_EQUAL(hf_field_find(b, "x") & 0xffffff, 24);
  CHECK(hf_field_find(b, "y") == hf_field_find(a, "y"));
}

static void a_prefix_of_the_fields_is_accepted(void) {
  world_begin(NULL);
  uint32_t a = world_type("a.A", 0, three, 3);
  const struct hfi_type *type = world_type_at(a);
  const struct hfi_field *fields = (const struct hfi_field *)type->fields;
  CHECK_EQUAL(hf_type_check("a.A", type->fingerprint), HF_OK);
  CHECK_EQUAL(hf_type_check("a.A", fields[1].fingerprint), HF_OK);
  CHECK_EQUAL(hf_type_check("a.A", type->base_fingerprint), HF_OK);
  CHECK_EQUAL(hf_type_check("a.A", 0x1234), HF_ELAYOUT);
  CHECK_TEXT(hf_last_error(), "a.A has fingerprint ");
  CHECK_TEXT(hf_last_error(), "0000000000001234");
  char fingerprint[20];
  snprintf(fingerprint, sizeof fingerprint, "%016llx", (unsigned long long)type->fingerprint);
  CHECK_TEXT(hf_last_error(), fingerprint);
  CHECK_EQUAL(hf_type_check("a.B", type->fingerprint), HF_ENOTYPE);
}

static void any_class_of_the_name_may_match(void) {
  world_begin(NULL);
  uint32_t old = world_type("a.A", 0, two, 1);
  uint32_t new = world_type("a.A", 0, three, 3);
  CHECK_EQUAL(hf_type_check("a.A", world_type_at(new)->fingerprint), HF_OK);
  CHECK_EQUAL(hf_type_check("a.A", world_type_at(old)->fingerprint), HF_OK);
}

static void deref_as_checks_the_class(void) {
  world_begin(NULL);
  uint32_t a = world_type("a.A", 0, three, 3);
  uint32_t b = world_type("a.B", a, NULL, 0);
  uint32_t other = world_type("a.Other", 0, three, 3);
  uint32_t again = world_type("a.A", 0, two, 2);
  uint32_t changed = world_type("a.A", 0, two + 1, 1);
  uint32_t cohort = world_cohort();
  hf_ref exact = world_object(cohort, 0, a);
  hf_ref sub = world_object(cohort, 4, b);
  hf_ref stranger = world_object(cohort, 8, other);
  hf_ref loaded_again = world_object(cohort, 12, again);
  hf_ref of_changed = world_object(cohort, 16, changed);
  struct hf_expected expected =
      HF_EXPECTED("a.A", ((struct hfi_field *)world_type_at(a)->fields)[1].fingerprint, 24);
  CHECK(hf_deref_as(exact, &expected) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESCOPE);
  hf_enter();
  for (int i = 0; i < 2; i++) {
    CHECK(hf_deref_as(sub, &expected) == world_memory(cohort) + 64);
    CHECK_EQUAL(expected.type_id, a);
    CHECK(hf_deref_as(exact, &expected) == world_memory(cohort));
    CHECK(hf_deref_as(loaded_again, &expected) == world_memory(cohort) + 192);
    CHECK_EQUAL(expected.type_id, again);
    CHECK(hf_deref_as(stranger, &expected) == NULL);
    CHECK_EQUAL(hf_last_status(), HF_ETYPE);
    CHECK_TEXT(hf_last_error(), "is a a.Other (expected a.A)");
    CHECK(hf_deref_as(of_changed, &expected) == NULL);
    CHECK_EQUAL(hf_last_status(), HF_ELAYOUT);
  }
  hf_exit();
}

const struct test type_tests[] = {
    {"a_class_is_found_by_name", a_class_is_found_by_name},
    {"more_types_than_a_segment_holds_are_found", more_types_than_a_segment_holds_are_found},
    {"an_object_knows_its_class_and_ancestors", an_object_knows_its_class_and_ancestors},
    {"a_field_is_a_constant_of_check_kind_and_offset",
     a_field_is_a_constant_of_check_kind_and_offset},
    {"the_nearest_of_shadowed_fields_is_found", the_nearest_of_shadowed_fields_is_found},
    {"a_prefix_of_the_fields_is_accepted", a_prefix_of_the_fields_is_accepted},
    {"any_class_of_the_name_may_match", any_class_of_the_name_may_match},
    {"deref_as_checks_the_class", deref_as_checks_the_class},
    {NULL, NULL}};
