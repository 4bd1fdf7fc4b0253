#define _GNU_SOURCE
#include "owners.h"
#include "tests.h"

static hf_ref counted(uint32_t cohort, uint32_t slot) {
  hf_ref ref = world_object(cohort, slot, 1);
  world_acquire(ref);
  return ref;
}

static hf_ref begin(void) {
  world_begin(NULL);
  world_type("a.A", 0, NULL, 0);
  return counted(world_cohort(), 0);
}

static void cpp_owners_count_as_they_should(void) {
  hf_ref a = begin();
  CHECK_EQUAL(owners_first_wrong(a, counted(1, 4)), 0);
}

static void a_cpp_scope_ends_with_its_block(void) { CHECK(owners_scope_opens_and_closes(begin())); }

static int leaves_early(hf_ref ref, int early) {
  HF_SCOPE;
  {
    HF_SCOPE;
    if (early)
      return hf_deref(ref) != NULL;
  }
  return hf_deref(ref) != NULL;
}

static void a_c_scope_ends_however_its_block_is_left(void) {
  hf_ref ref = begin();
  for (int early = 0; early < 2; early++) {
    CHECK(leaves_early(ref, early));
    CHECK(hf_deref(ref) == NULL);
    CHECK_EQUAL(hf_last_status(), HF_ESCOPE);
  }
}

static void a_newer_library_is_refused_with_both_numbers(void) {
  world_make();
  CHECK(hfi_attach(world, NULL) >= 0);
  CHECK_TEXT(hf_last_error(), "HF_ENORUNTIME");
  CHECK_EQUAL(hf_init(7), HF_EABI);
  CHECK_EQUAL(hf_last_status(), HF_EABI);
  CHECK_TEXT(hf_last_error(), "HF_EABI: this library was built for ABI 7");
  CHECK_TEXT(hf_last_error(), "the runtime has ABI 1");
  CHECK(hf_retain(world_opaque()) == HF_NULL);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_OK);
  CHECK_TEXT(hf_last_error(), "HF_OK");
}

static void an_older_library_is_served(void) {
  world_make();
  hf_runtime_api.abi = 2;
  CHECK(hfi_attach(world, NULL) >= 0);
  CHECK_EQUAL(hf_init(1), HF_OK);
  CHECK_EQUAL(hf_abi_version(), 2);
}

static void a_runtime_with_a_shorter_table_is_refused(void) {
  world_make();
  hf_runtime_api.size -= 8;
  CHECK(hfi_attach(world, NULL) >= 0);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_EABI);
  char there[64];
  snprintf(there, sizeof there, "the runtime has ABI 1 (%u bytes)", hf_runtime_api.size);
  CHECK_TEXT(hf_last_error(), there);
}

const struct test language_tests[] = {
    {"cpp_owners_count_as_they_should", cpp_owners_count_as_they_should},
    {"a_cpp_scope_ends_with_its_block", a_cpp_scope_ends_with_its_block},
    {"a_c_scope_ends_however_its_block_is_left", a_c_scope_ends_however_its_block_is_left},
    {"a_newer_library_is_refused_with_both_numbers", a_newer_library_is_refused_with_both_numbers},
    {"an_older_library_is_served", an_older_library_is_served},
    {"a_runtime_with_a_shorter_table_is_refused", a_runtime_with_a_shorter_table_is_refused},
    {NULL, NULL}};
