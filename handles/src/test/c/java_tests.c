#define _GNU_SOURCE
#include "tests.h"
#include <sys/wait.h>
#include <unistd.h>

/* ---- upcalls --------------------------------------------------------------------------------- */

static uint64_t asked_owner, asked_field;
static int asked;
static hf_ref answer;
static int32_t answer_status;
static const char *text = "";

static bool unanswered;

static uint64_t retain_field(uint64_t owner, uint64_t field, int32_t *status) {
  asked_owner = owner;
  asked_field = field;
  asked++;
  if (unanswered)
    return 0; /* as JNA does that could not call Java */
  *status = answer_status;
  return hfi_bits(answer);
}

static uint64_t retain_path(uint64_t owner, const struct hf_step *steps, int32_t n,
                            int32_t *status) {
  CHECK_EQUAL(n, 2);
  CHECK_EQUAL(steps[1].times, 3);
  return retain_field(owner, steps[0].field, status);
}

/* As Java does: whole characters, and a NUL if there is room. */
static int64_t copy(char *buf, int64_t cap) {
  int64_t length = (int64_t)strlen(text);
  int64_t n = length < cap ? length : cap;
  while (n > 0 && n < length && ((unsigned char)text[n] & 0xc0) == 0x80)
    n--;
  if (n > 0)
    memcpy(buf, text, (size_t)n);
  if (n < cap)
    buf[n] = 0;
  return answer_status < 0 ? answer_status : length;
}

static int64_t field_utf8(uint64_t ref, uint64_t field, char *buf, int64_t cap) {
  asked_owner = ref;
  asked_field = field;
  return hfi_crossed(copy(buf, cap));
}

static int64_t string_utf8(uint64_t ref, char *buf, int64_t cap) {
  asked_owner = ref;
  return hfi_crossed(copy(buf, cap));
}

static int64_t type_find(const char *name) {
  asked++;
  if (strcmp(name, "a.Late") == 0)
    return hfi_crossed(world_type(name, 0, (struct world_field[]){{"x", 5}}, 1));
  return hfi_crossed(HF_ENOTYPE);
}

static int64_t java_equal(uint64_t a, uint64_t b) {
  asked++;
  CHECK(a != b);
  return hfi_crossed(answer_status < 0 ? answer_status : 1);
}

static int64_t java_hash(uint64_t ref) { return hfi_crossed((uint32_t)(ref >> 9)); }

static const struct hfi_upcalls java = {
    .abi = 1,
    .size = sizeof java,
    .retain_field = retain_field,
    .retain_path = retain_path,
    .field_utf8 = field_utf8,
    .string_utf8 = string_utf8,
    .type_find = type_find,
    .java_equal = java_equal,
    .java_hash = java_hash,
};

static hf_ref begin(const struct hfi_upcalls *up) {
  world_begin(up);
  hf_ref ref = world_object(world_cohort(), 1, world_type("a.A", 0, NULL, 0));
  world_acquire(ref);
  answer = world_object(1, 2, 1);
  return ref;
}

static void java_retains_what_a_field_refers_to(void) {
  hf_ref ref = begin(&java);
  CHECK(hf_retain_field(ref, 0x123) == answer);
  CHECK_EQUAL(asked_owner, hfi_bits(ref));
  CHECK_EQUAL(asked_field, 0x123);
  answer = HF_NULL;
  CHECK(hf_retain_field(ref, 0x123) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  answer_status = HF_EJAVA;
  CHECK(hf_retain_field(ref, 0x123) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EJAVA);
}

static void no_answer_is_not_taken_for_null(void) {
  hf_ref ref = begin(&java);
  unanswered = true;
  CHECK(hf_retain_field(ref, 1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EJAVA);
  struct hf_step steps[] = {{1, 1, 0}, {2, 3, 0}};
  CHECK(hf_retain_path(ref, steps, 2) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EJAVA);
}

static void java_is_not_asked_about_what_is_not_counted(void) {
  hf_ref ref = begin(&java);
  hf_release(ref);
  CHECK(hf_retain_field(ref, 1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK(hf_retain_field(HF_NULL, 1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK_EQUAL(hf_string_utf8(ref, NULL, 0), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_java_equal(ref, answer), 0);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(hf_java_hash(ref), 0);
  CHECK_EQUAL(hf_last_status(), HF_EUNCOUNTED);
  CHECK_EQUAL(asked, 0);
}

static void a_path_is_one_call(void) {
  hf_ref ref = begin(&java);
  struct hf_step steps[2] = {{7, 1, 0}, {8, 3, 0}};
  CHECK(hf_retain_path(ref, steps, 2) == answer);
  CHECK_EQUAL(asked_field, 7);
  CHECK(hf_retain_path(ref, steps, 0) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EINVAL);
  CHECK(hf_retain_path(ref, NULL, 1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK_EQUAL(asked, 1);
}

static void text_is_ended_and_cut_at_a_character(void) {
  hf_ref ref = begin(&java);
  char buf[32];
  text = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z"; /* 1, 2, 3, 4 and 1 bytes */
  static const int length_for[] = {0, 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
  for (int64_t cap = 1; cap < 14; cap++) {
    memset(buf, 'x', sizeof buf);
    CHECK_EQUAL(hf_field_utf8(ref, 5, buf, cap), 11);
    CHECK_EQUAL(strlen(buf), length_for[cap]);
    CHECK(memcmp(buf, text, strlen(buf)) == 0);
    CHECK_EQUAL(buf[cap], 'x');
    memset(buf, 'x', sizeof buf);
    CHECK_EQUAL(hf_string_utf8(ref, buf, cap), 11);
    CHECK_EQUAL(strlen(buf), length_for[cap]);
  }
  CHECK_EQUAL(hf_field_utf8(ref, 5, NULL, 0), 11);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(hf_field_utf8(ref, 5, NULL, 5), HF_ENULL);
  CHECK_EQUAL(hf_field_utf8(ref, 5, buf, -1), HF_EINVAL);
  text = "";
  CHECK_EQUAL(hf_string_utf8(ref, buf, 1), 0);
  CHECK_EQUAL(buf[0], 0);
  answer_status = HF_ENULL;
  CHECK_EQUAL(hf_field_utf8(ref, 5, buf, 32), HF_ENULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
}

static void equality_asks_java_only_if_it_must(void) {
  hf_ref ref = begin(&java);
  world_acquire(answer);
  CHECK_EQUAL(hf_java_equal(ref, ref), 1);
  CHECK_EQUAL(hf_java_equal(NULL, NULL), 1);
  CHECK_EQUAL(hf_java_equal(NULL, ref), 0);
  CHECK_EQUAL(hf_last_status(), HF_OK);
  CHECK_EQUAL(asked, 0);
  CHECK_EQUAL(hf_java_equal(ref, answer), 1);
  CHECK_EQUAL(asked, 1);
  answer_status = HF_EJAVA;
  CHECK_EQUAL(hf_java_equal(ref, answer), 0);
  CHECK_EQUAL(hf_last_status(), HF_EJAVA);
  CHECK_EQUAL(hf_java_hash(ref), (uint32_t)(hfi_bits(ref) >> 9));
  CHECK_EQUAL(hf_java_hash(NULL), 0);
  CHECK_EQUAL(hf_last_status(), HF_OK);
}

static void java_publishes_a_class_that_had_no_object_yet(void) {
  begin(&java);
  hf_type late = hf_type_find("a.Late");
  CHECK(late != 0);
  CHECK_EQUAL(hf_type_find("a.Late"), late);
  CHECK_EQUAL(asked, 1);
  CHECK_EQUAL(hf_type_check("a.None", 1), HF_ENOTYPE);
  CHECK_EQUAL(asked, 2);
}

static void a_java_that_cannot_is_no_crash(void) {
  struct hfi_upcalls less = {.abi = 1, .size = 24, .retain_field = retain_field};
  memset(&less.field_utf8, 0x55, sizeof less - 24);
  hf_ref ref = begin(&less);
  CHECK(hf_retain_field(ref, 1) == answer);
  CHECK_EQUAL(hf_string_utf8(ref, NULL, 0), HF_ENORUNTIME);
  CHECK_EQUAL(hf_java_hash(ref), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENORUNTIME);
  CHECK_EQUAL(hf_type_find("a.B"), 0);
}

/* ---- attach, shutdown, fork ------------------------------------------------------------------ */

static void another_block_cannot_be_attached(void) {
  begin(NULL);
  CHECK_EQUAL(hfi_attach(world, NULL), hfi_membarrier());
  CHECK_EQUAL(hfi_attach(hfi_runtime_create(), NULL), HF_EABI);
  CHECK_EQUAL(hfi_attach(NULL, NULL), HF_ENULL);
}

static void a_block_of_another_version_is_refused(void) {
  CHECK_EQUAL(hfi_abi(), 1);
  world_make();
  world->abi = 2;
  CHECK_EQUAL(hfi_attach(world, NULL), HF_EABI);
  world->abi = 1;
  world->magic++;
  CHECK_EQUAL(hfi_attach(world, NULL), HF_EABI);
  world->magic--;
  struct hfi_upcalls other = {.abi = 2, .size = sizeof other};
  CHECK_EQUAL(hfi_attach(world, &other), HF_EABI);
  CHECK(hfi_attach(world, NULL) >= 0);
}

static void the_flag_for_fences_says_what_the_kernel_has(void) {
  begin(NULL);
  CHECK_EQUAL(atomic_load(&world->flags), !hfi_membarrier());
  CHECK_EQUAL(hf_runtime_api.fences, !hfi_membarrier());
  if (getenv("HOLDFAST_TEST_NO_MEMBARRIER"))
    CHECK_EQUAL(hfi_membarrier(), 0);
}

static void a_runtime_that_is_not_attached_answers(void) {
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_ENORUNTIME);
  CHECK_EQUAL(hf_abi_version(), HF_ABI_VERSION);
  hf_ref ref = world_handle(1, 0, 1);
  hf_enter();
  CHECK(hf_deref(ref) == NULL);
  hf_exit();
  CHECK(hf_retain(ref) == HF_NULL);
  hf_release(ref);
  CHECK_EQUAL(hf_get_i32(ref, 1), 0);
  CHECK_EQUAL(hf_load_i32(ref, 1, &(int32_t){0}), HF_ENORUNTIME);
  CHECK(hf_pin(ref) == NULL);
  CHECK_EQUAL(hf_unpin(ref), HF_ENORUNTIME);
  CHECK_EQUAL(hf_type_find("a.A"), 0);
  CHECK_EQUAL(hf_string_utf8(ref, NULL, 0), HF_ENORUNTIME);
  CHECK_EQUAL(hf_last_status(), HF_ENORUNTIME);
  CHECK_TEXT(hf_last_error(), "HF_ENORUNTIME");
  CHECK_EQUAL(hfi_epoch_advance(), 0);
  world_make();
  CHECK(hfi_attach(world, NULL) >= 0);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_OK);
}

static void another_interface_is_refused(void) {
  world_make();
  CHECK(hfi_attach(world, NULL) >= 0);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION + 1), HF_EABI);
  CHECK_EQUAL(hf_abi_version(), 0);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_OK);
}

static void after_the_shutdown_releases_are_ignored_and_java_is_left_alone(void) {
  hf_ref ref = begin(&java);
  hf_retain(ref);
  hfi_shutdown();
  hf_release(ref);
  hf_release(ref);
  hf_release(ref);
  CHECK_EQUAL(hf_release_n(ref, 5), HF_OK);
  CHECK_EQUAL(hf_count(ref), 2);
  CHECK_EQUAL(world_drain(NULL, NULL), 0);
  CHECK(hf_retain(ref) == ref);
  hf_release(ref);
  CHECK_EQUAL(hf_count(ref), 3);
  struct hf_stats now = {.size = sizeof now};
  CHECK_EQUAL(hf_stats(&now), HF_OK);
  CHECK_EQUAL(now.releases, 9);
  CHECK_EQUAL(now.state, 2);
  CHECK(hf_retain_field(ref, 1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ESHUTDOWN);
  CHECK_EQUAL(hf_string_utf8(ref, NULL, 0), HF_ESHUTDOWN);
  CHECK_EQUAL(hf_java_hash(ref), 0);
  CHECK_EQUAL(hf_last_status(), HF_ESHUTDOWN);
  CHECK_EQUAL(hf_type_find("a.Late"), 0);
  CHECK_EQUAL(hf_last_status(), HF_ESHUTDOWN);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_ESHUTDOWN);
  CHECK_EQUAL(asked, 0);
  hf_enter();
  CHECK(hf_deref(ref) != NULL);
  hf_exit();
}

static void child(hf_ref ref) {
  hf_enter();
  CHECK(hf_deref(ref) == NULL);
  CHECK_EQUAL(hf_last_status(), HF_EFORK);
  hf_exit();
  CHECK(hf_retain(ref) == HF_NULL);
  hf_release(ref);
  CHECK_EQUAL(hf_release_n(ref, 1), HF_EFORK);
  CHECK_EQUAL(hf_count(ref), 0);
  CHECK_EQUAL(hf_get_i32(ref, 1), 0);
  CHECK(hf_pin(ref) == NULL);
  CHECK_EQUAL(hf_unpin(ref), HF_EFORK);
  CHECK_EQUAL(hf_type_of(ref), 0);
  CHECK_EQUAL(hf_type_find("a.A"), 0);
  CHECK(hf_type_name(1) == NULL);
  CHECK_EQUAL(hf_java_equal(ref, answer), 0);
  CHECK(hf_retain_field(ref, 1) == HF_NULL);
  CHECK_EQUAL(hf_string_utf8(ref, NULL, 0), HF_EFORK);
  CHECK_EQUAL(hf_stats(&(struct hf_stats){.size = 8}), HF_EFORK);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_EFORK);
  CHECK_EQUAL(hf_last_status(), HF_EFORK);
  CHECK_TEXT(hf_last_error(), "forked");
  CHECK_EQUAL(hfi_move(NULL, 0, 0, NULL), HF_EFORK);
  CHECK_EQUAL(asked, 0);
}

static void in_a_forked_child_everything_is_refused(void) {
  hf_ref ref = begin(&java);
  hf_retain(ref);
  hf_enter(); /* and the fork happens in a scope */
  pid_t pid = fork();
  if (pid == 0) {
    child(ref);
    _exit(0);
  }
  int status = -1;
  CHECK_EQUAL(waitpid(pid, &status, 0), pid);
  CHECK_EQUAL(status, 0);
  CHECK(hf_deref(ref) != NULL);
  hf_exit();
  CHECK_EQUAL(hf_count(ref), 2);
}

const struct test java_tests[] = {
    {"java_retains_what_a_field_refers_to", java_retains_what_a_field_refers_to},
    {"no_answer_is_not_taken_for_null", no_answer_is_not_taken_for_null},
    {"java_is_not_asked_about_what_is_not_counted", java_is_not_asked_about_what_is_not_counted},
    {"a_path_is_one_call", a_path_is_one_call},
    {"text_is_ended_and_cut_at_a_character", text_is_ended_and_cut_at_a_character},
    {"equality_asks_java_only_if_it_must", equality_asks_java_only_if_it_must},
    {"java_publishes_a_class_that_had_no_object_yet",
     java_publishes_a_class_that_had_no_object_yet},
    {"a_java_that_cannot_is_no_crash", a_java_that_cannot_is_no_crash},
    {"another_block_cannot_be_attached", another_block_cannot_be_attached},
    {"a_block_of_another_version_is_refused", a_block_of_another_version_is_refused},
    {"the_flag_for_fences_says_what_the_kernel_has", the_flag_for_fences_says_what_the_kernel_has},
    {"a_runtime_that_is_not_attached_answers", a_runtime_that_is_not_attached_answers},
    {"another_interface_is_refused", another_interface_is_refused},
    {"after_the_shutdown_releases_are_ignored_and_java_is_left_alone",
     after_the_shutdown_releases_are_ignored_and_java_is_left_alone},
    {"in_a_forked_child_everything_is_refused", in_a_forked_child_everything_is_refused},
    {NULL, NULL}};
