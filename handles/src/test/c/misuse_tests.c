#define _GNU_SOURCE
#include "answers.h"
#include "tests.h"
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- what is called: each answers with its status -------------------------------------------- */

static hf_field field; /* an int of a.A */
static hf_ref other;   /* counted */
static int key;

static hf_status given(hf_ref ref) {
  hf_status status = hf_last_status();
  if (ref)
    hf_release(ref);
  return ref ? HF_OK : status;
}
static hf_status negative(int64_t n) { return n < 0 ? (hf_status)n : HF_OK; }

static hf_status f_retain(hf_ref ref) { return given(hf_retain(ref)); }
static hf_status f_retain_at(hf_ref ref) { return given(hf_retain_at(ref, "here:1")); }
static hf_status f_release(hf_ref ref) { return hf_release_n(ref, 1); }
static hf_status f_count(hf_ref ref) { return hf_count(ref) ? HF_OK : hf_last_status(); }
static hf_status f_deref(hf_ref ref) { return hf_deref(ref) ? HF_OK : hf_last_status(); }
static hf_status f_deref_in_scope(hf_ref ref) {
  HF_SCOPE;
  return f_deref(ref);
}
static hf_status f_load(hf_ref ref) {
  int32_t value;
  return hf_load_i32(ref, field, &value);
}
static hf_status f_load_of_another_kind(hf_ref ref) {
  float value;
  return hf_load_f32(ref, field, &value);
}
static hf_status f_type_of(hf_ref ref) { return hf_type_of(ref) ? HF_OK : hf_last_status(); }
static hf_status f_pin(hf_ref ref) { return hf_pin(ref) ? hf_unpin(ref) : hf_last_status(); }
static hf_status f_unpin(hf_ref ref) { return hf_unpin(ref); }
static hf_status f_field(hf_ref ref) { return given(hf_retain_field(ref, field)); }
static hf_status f_text(hf_ref ref) { return negative(hf_string_utf8(ref, NULL, 0)); }
static hf_status f_equal(hf_ref ref) {
  return hf_java_equal(ref, other) ? HF_OK : hf_last_status();
}
static hf_status f_set(hf_ref ref) { return hf_set_i32(ref, field, 1); }
static hf_status f_length(hf_ref ref) { return negative(hf_array_length(ref)); }
static hf_status f_refs(hf_ref ref) {
  hf_ref out = HF_NULL;
  hf_status status = negative(hf_read_refs(ref, 0, 1, &out));
  hf_release(out);
  return status;
}
static hf_status f_weak(hf_ref ref) { return hf_weak_new(ref) ? HF_OK : hf_last_status(); }
static hf_status f_hold(hf_ref ref) { return hf_hold(ref, other); }
static hf_status f_hold_it(hf_ref ref) { return hf_hold(other, ref); }
static hf_status f_peer(hf_ref ref) { return hf_peer_set(ref, &key, NULL, NULL); }
static hf_status f_call(hf_ref ref) { return hf_call(ref, METHOD, NULL, NULL); }
static hf_status f_call_in_scope(hf_ref ref) {
  HF_SCOPE;
  return hf_call(ref, METHOD, NULL, NULL);
}

/* ---- the handles ----------------------------------------------------------------------------- */

enum kind { NIL, UNMIRRORED, NUMBER, POINTER, TAGGED, JUNK, STALE, UNCOUNTED, OPAQUE, COUNTED, N };
static hf_ref handles[N];

static void begin(void) {
  world_begin(&answers);
  uint32_t type = world_type("a.A", 0, (struct world_field[]){{"x", 5}}, 1);
  uint32_t cohort = world_cohort();
  field = hf_field_find(type, "x");
  handles[COUNTED] = world_object(cohort, 1, type);
  handles[UNCOUNTED] = world_object(cohort, 3, type);
  other = world_object(cohort, 5, type);
  world_acquire(other);
  answered = other;
  uint32_t dead = world_cohort();
  handles[STALE] = world_object(dead, 0, type);
  world_acquire(handles[STALE]);
  hf_release(handles[STALE]);
  world_retire(dead);
  handles[OPAQUE] = world_opaque();
  /* twice, so that a function that gives one back leaves one */
  for (int i = 0; i < 2; i++) {
    world_acquire(handles[COUNTED]);
    world_acquire(handles[OPAQUE]);
  }
  handles[UNMIRRORED] = HF_UNMIRRORED;
  handles[NUMBER] = hfi_ref(0x1234);
  handles[POINTER] = (hf_ref)(void *)&key;
  handles[TAGGED] = hfi_ref(hfi_bits(handles[COUNTED]) | 1);
  handles[JUNK] = world_handle(0x3ffffff, 63, 0x3fffff);
  CHECK_EQUAL(hf_method_find(type, "m", "()V"), METHOD);
}

/* The answer for each kind of handle that is none, is the same for all functions but the last. */
#define NONE HF_ENULL, HF_EUNMIRRORED, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_ESTALE
#define OK HF_OK
#define ASKS NONE, HF_EUNCOUNTED, OK, OK

static const struct row {
  const char *name;
  hf_status (*call)(hf_ref ref);
  hf_status expected[N];
  hf_status after_shutdown; /* of a counted handle */
} rows[] = {
    {"hf_retain", f_retain, {ASKS}, OK},
    {"hf_retain_at", f_retain_at, {ASKS}, OK},
    {"hf_release_n",
     f_release,
     {OK, HF_EUNMIRRORED, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_ESTALE, HF_EOVERRELEASE,
      OK, OK},
     OK},
    {"hf_deref", f_deref, {NONE, HF_ESCOPE, HF_EUNMANAGED, HF_ESCOPE}, HF_ESCOPE},
    {"hf_deref in a scope", f_deref_in_scope, {NONE, OK, HF_EUNMANAGED, OK}, OK},
    {"hf_load_i32", f_load, {NONE, OK, HF_EUNMANAGED, OK}, OK},
    {"hf_load_f32", f_load_of_another_kind, {NONE, HF_ETYPE, HF_EUNMANAGED, HF_ETYPE}, HF_ETYPE},
    {"hf_type_of", f_type_of, {NONE, OK, OK, OK}, OK},
    {"hf_pin", f_pin, {NONE, HF_EUNCOUNTED, HF_EUNMANAGED, OK}, OK},
    {"hf_unpin",
     f_unpin,
     {HF_ENULL, HF_EUNMIRRORED, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_EPIN, HF_EPIN,
      HF_EPIN, HF_EPIN},
     HF_EPIN},
    {"hf_retain_field", f_field, {ASKS}, HF_ESHUTDOWN},
    {"hf_string_utf8", f_text, {ASKS}, HF_ESHUTDOWN},
    {"hf_java_equal",
     f_equal,
     {OK, HF_EUNMIRRORED, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_EINVAL, HF_ESTALE, HF_EUNCOUNTED, OK,
      OK},
     HF_ESHUTDOWN},
    {"hf_set_i32", f_set, {ASKS}, HF_ESHUTDOWN},
    {"hf_array_length", f_length, {ASKS}, HF_ESHUTDOWN},
    {"hf_read_refs", f_refs, {ASKS}, HF_ESHUTDOWN},
    {"hf_weak_new", f_weak, {ASKS}, HF_ESHUTDOWN},
    {"hf_hold", f_hold, {ASKS}, HF_ESHUTDOWN},
    {"hf_hold as target", f_hold_it, {ASKS}, HF_ESHUTDOWN},
    {"hf_peer_set", f_peer, {ASKS}, HF_ESHUTDOWN},
    {"hf_call", f_call, {ASKS}, HF_ESHUTDOWN},
};
#define ROWS (sizeof rows / sizeof *rows)

static int wrong(const struct row *row, int kind, hf_status expected) {
  hf_status answer = row->call(handles[kind]);
  if (answer == expected)
    return 0;
  fprintf(stderr, "%s of kind %d: %s (expected %s)\n", row->name, kind, hf_status_name(answer),
          hf_status_name(expected));
  return 1;
}

static void each_bad_call_has_its_status(void) {
  begin();
  int bad = 0;
  for (size_t i = 0; i < ROWS; i++)
    for (int kind = 0; kind < N; kind++) {
      bad += wrong(&rows[i], kind, rows[i].expected[kind]);
      if (rows[i].call == f_release && (kind == OPAQUE || kind == COUNTED))
        world_acquire(handles[kind]);
    }
  CHECK_EQUAL(bad, 0);
  CHECK_EQUAL(f_call_in_scope(handles[COUNTED]), HF_ESCOPE);
  CHECK_EQUAL(f_count(handles[STALE]), HF_ESTALE);
  CHECK_EQUAL(hf_count(handles[COUNTED]), 2);
  CHECK_EQUAL(hf_count(handles[OPAQUE]), 2);
}

static void after_the_shutdown_each_call_has_its_status(void) {
  begin();
  hfi_shutdown();
  int bad = 0;
  for (size_t i = 0; i < ROWS; i++)
    bad += wrong(&rows[i], COUNTED, rows[i].after_shutdown);
  CHECK_EQUAL(bad, 0);
}

static void in_a_forked_child_each_call_is_refused(void) {
  begin();
  pid_t pid = fork();
  if (pid == 0) {
    int bad = 0;
    for (size_t i = 0; i < ROWS; i++)
      for (int kind = 1; kind < N; kind++)
        bad += wrong(&rows[i], kind, HF_EFORK);
    _exit(bad != 0);
  }
  int status = -1;
  CHECK_EQUAL(waitpid(pid, &status, 0), pid);
  CHECK_EQUAL(status, 0);
}

/* As from JNI_OnLoad of a library that the JVM loads before Holdfast. */
static void before_the_runtime_is_attached_each_call_is_refused(void) {
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_ENORUNTIME);
  int bad = 0;
  handles[NUMBER] = hfi_ref(0x1234);
  handles[COUNTED] = world_handle(1, 1, 1);
  for (size_t i = 0; i < ROWS; i++) {
    bad += wrong(&rows[i], NUMBER, HF_ENORUNTIME);
    bad += wrong(&rows[i], COUNTED, HF_ENORUNTIME);
  }
  CHECK_EQUAL(bad, 0);
}

static void buffers_and_lengths_are_checked(void) {
  begin();
  hf_ref ref = handles[COUNTED];
  char small[2] = "##";
  CHECK_EQUAL(hf_string_utf8(ref, small, 1), 3);
  CHECK(small[0] == '\0' && small[1] == '#');
  CHECK_EQUAL(hf_string_utf8(ref, NULL, 8), HF_ENULL);
  CHECK_EQUAL(hf_string_utf8(ref, small, -1), HF_EINVAL);
  CHECK_EQUAL(hf_string_utf8(ref, small, INT64_MIN), HF_EINVAL);
  CHECK_EQUAL(hf_read_refs(ref, -1, 1, &(hf_ref){0}), HF_EINVAL);
  CHECK_EQUAL(hf_read_refs(ref, 0, INT64_MIN, &(hf_ref){0}), HF_EINVAL);
  CHECK_EQUAL(hf_read_refs(ref, 0, 1, NULL), HF_ENULL);
  CHECK(hf_string_new("x", (int64_t)1 << 40) == HF_NULL);
  CHECK(hf_retain_path(ref, NULL, 1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
  CHECK(hf_retain_path(ref, &(struct hf_step){field, 1, 0}, -1) == HF_NULL);
  CHECK_EQUAL(hf_last_status(), HF_EINVAL);
  CHECK_EQUAL(hf_release_n(ref, UINT32_MAX), HF_EOVERRELEASE);
  CHECK_EQUAL(hf_stats(NULL), HF_ENULL);
  CHECK_EQUAL(hf_type_find(NULL), 0);
  CHECK_EQUAL(hf_last_status(), HF_ENULL);
}

/* ---- anything in any order ------------------------------------------------------------------- */

static uint64_t state;
static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static hf_ref any_handle(void) {
  uint64_t bits = hfi_bits(handles[next() % N]);
  switch (next() % 8) {
  case 0:
    return hfi_ref(next());
  case 1:
    return hfi_ref(bits ^ (uint64_t)1 << next() % 64);
  case 2:
    return hfi_ref(HFI_SHAPE | (next() & ~HFI_SHAPE_MASK));
  case 3:
    return hfi_ref((bits & ~(uint64_t)0x1f8) | (next() & 0x1f8)); /* another slot */
  default:
    return hfi_ref(bits);
  }
}

static void any_call(hf_ref ref) {
  int64_t i64;
  hf_value value;
  struct hf_expected expected = HF_EXPECTED("a.A", next(), 16);
  switch (next() % 12) {
  case 0:
    hf_load_i64(ref, next() % 2 ? next() : field ^ (hf_field)1 << next() % 64, &i64);
    break;
  case 1:
    hf_type_name((hf_type)next());
    break;
  case 2:
    hf_instance_of(ref, next() % 2 ? 1 : (hf_type)next());
    break;
  case 3:
    hf_field_find((hf_type)(next() % 4), next() % 2 ? "x" : NULL);
    break;
  case 4: {
    HF_SCOPE;
    hf_deref_as(ref, &expected);
    break;
  }
  case 5:
    hf_call(ref, next() % 2 ? METHOD : next(), next() % 2 ? NULL : (hf_value[1]){{0}}, &value);
    break;
  case 6:
    hf_write_end(ref, hf_write_begin(ref));
    break;
  case 7:
    hf_release(hf_exception_take());
    hf_throw((hf_type)next(), NULL);
    break;
  case 8:
    hf_last_error();
    break;
  case 9:
    hf_java_equal(ref, any_handle());
    break;
  default: {
    /* but what gives a count back, else nothing is left soon */
    const struct row *row = &rows[next() % ROWS];
    if (row->call != f_release)
      row->call(ref);
  }
  }
}

static void random_calls_do_no_harm(void) {
  const char *millis = getenv("HOLDFAST_TEST_MILLIS");
  const char *seed = getenv("HOLDFAST_TEST_SEED");
  state = seed ? strtoull(seed, NULL, 0) : (uint64_t)time(NULL) << 20 ^ (uint64_t)getpid();
  fprintf(stderr, "HOLDFAST_TEST_SEED=%llu\n", (unsigned long long)state);
  begin();
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  double end = (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6 + (millis ? atof(millis) : 300);
  do {
    for (int i = 0; i < 1000; i++)
      any_call(any_handle());
    clock_gettime(CLOCK_MONOTONIC, &now);
  } while ((double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6 < end);
  CHECK_EQUAL(hf_count(handles[COUNTED]), 2);
  CHECK_EQUAL(hf_count(handles[OPAQUE]), 2);
  CHECK_EQUAL(hf_get_i32(handles[COUNTED], field), 0);
}

const struct test misuse_tests[] = {
    {"each_bad_call_has_its_status", each_bad_call_has_its_status},
    {"after_the_shutdown_each_call_has_its_status", after_the_shutdown_each_call_has_its_status},
    {"in_a_forked_child_each_call_is_refused", in_a_forked_child_each_call_is_refused},
    {"before_the_runtime_is_attached_each_call_is_refused",
     before_the_runtime_is_attached_each_call_is_refused},
    {"buffers_and_lengths_are_checked", buffers_and_lengths_are_checked},
    {"random_calls_do_no_harm", random_calls_do_no_harm},
    {NULL, NULL}};
