/*
 * The C API under libFuzzer: the bytes of an input are a program of calls, good and bad ones, on a
 * world of a few objects that moves and dies meanwhile. What Java answers is in the bytes too, and
 * while Java runs, or on a thread of its own, the program goes on. AddressSanitizer watches what is
 * read and freed; counts are looked at before and after each call that may change one.
 *
 * One input is one thread at a time: whoever finds something can run it again.
 */
#define _GNU_SOURCE
#include "fuzz.h"
#include <pthread.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
void hfi_track(uint32_t one_in);
extern _Atomic(uint32_t) hfi_sampling;

/* ---- what the program has -------------------------------------------------------------------- */

static hf_ref kept[32]; /* handles, counted unless the program has given away too many */
static void *copies[4]; /* of hf_write_begin, freed with the input's end */
static hf_ref copied[4];
static const void *pinned; /* by the last hf_pin, unless something was unpinned since */
static hf_ref pin_of;
static _Thread_local const void *seen; /* by hf_deref, in the scope that is open */

static int nested;  /* threads, and calls from Java, that the program is in */
static bool lonely; /* Java does nothing else while it is called */

static void keep(hf_ref ref) {
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    if (kept[i] == HF_NULL) {
      kept[i] = ref;
      return;
    }
  }
  hf_release(ref);
}

/* A result that is a counted handle or a failure. */
static void take(hf_ref ref) {
  hf_status status = hf_last_status();
  if (ref == HF_NULL)
    return;
  REQUIRE(status == HF_OK);
  REQUIRE(hf_count(ref) > 0);
  keep(ref);
}

/* The call has changed the count by just so much. */
static void require_count(hf_ref ref, uint32_t before, int64_t change) {
  REQUIRE(hf_count(ref) == before + change);
}

/* Looks at all of an object. */
static void look(const void *mirror) {
  const uint32_t *header = mirror;
  REQUIRE(header[0] == fuzz_a || header[0] == fuzz_b);
  volatile char sum = 0;
  for (uint32_t i = 0; i < world_type_at(header[0])->size; i++)
    sum = (char)(sum ^ ((const char *)mirror)[i]);
}

/* ---- areas ----------------------------------------------------------------------------------- */

static void run(void);

static void ownership(void) {
  hf_ref ref = fuzz_ref();
  uint32_t before = hf_count(ref);
  switch (fuzz_byte() % 8) {
  case 0:
    require_count(ref, before, hf_retain(ref) != HF_NULL);
    break;
  case 1:
    require_count(ref, before, hf_retain_ptr(ref) != NULL);
    break;
  case 2:
    require_count(ref, before, hf_retain_at(ref, "fuzz.c:1") != HF_NULL);
    break;
  case 3:
    hf_release(ref);
    REQUIRE(hf_count(ref) == before || hf_count(ref) == before - 1);
    break;
  case 4:
    hf_release_at(ref, "fuzz.c:2");
    REQUIRE(hf_count(ref) == before || hf_count(ref) == before - 1);
    break;
  case 5: {
    uint32_t n = (uint32_t)fuzz_number();
    hf_status status = hf_release_n(ref, n);
    bool ends = hf_init(HF_ABI_VERSION) == HF_ESHUTDOWN;
    require_count(ref, before, status == HF_OK && !ends && ref != HF_NULL ? -(int64_t)n : 0);
    break;
  }
  case 6:
    (void)hf_java_equal(ref, fuzz_ref());
    (void)hf_java_hash(ref);
    break;
  default: {
    uint8_t which = fuzz_byte() % (sizeof kept / sizeof *kept);
    hf_release(kept[which]);
    kept[which] = HF_NULL;
  }
  }
}

#define LOAD(KIND, TYPE)                                                                           \
  {                                                                                                \
    TYPE value;                                                                                    \
    (void)hf_load_##KIND(ref, field, fuzz_byte() % 8 ? &value : NULL);                             \
    (void)hf_get_##KIND(ref, field);                                                               \
    break;                                                                                         \
  }
#define STORE(KIND, TYPE)                                                                          \
  {                                                                                                \
    TYPE value = (TYPE)0;                                                                          \
    (void)hf_set_##KIND(ref, field, value);                                                        \
    break;                                                                                         \
  }

static void reading(void) {
  hf_ref ref = fuzz_ref();
  hf_field field = fuzz_field();
  switch (fuzz_byte() % 10) {
  case 0:
    LOAD(bool, uint8_t)
  case 1:
    LOAD(i8, int8_t)
  case 2:
    LOAD(u16, uint16_t)
  case 3:
    LOAD(i16, int16_t)
  case 4:
    LOAD(i32, int32_t)
  case 5:
    LOAD(i64, int64_t)
  case 6:
    LOAD(f32, float)
  case 7:
    LOAD(f64, double)
  case 8:
    LOAD(ref, hf_ref)
  default: {
    static struct hf_expected expected = HF_EXPECTED("a.A", 0, 16);
    expected.fingerprint = fuzz_byte() % 2 ? world_type_at(fuzz_a)->fingerprint : fuzz_word();
    expected.name = fuzz_byte() % 4 ? "a.A" : "a.B";
    if (fuzz_byte() % 4 == 0)
      expected.type_id = (uint32_t)fuzz_number();
    const uint32_t *mirror = hf_deref_as(ref, &expected);
    REQUIRE(!mirror || mirror[0] == fuzz_a || mirror[0] == fuzz_b);
  }
  }
}

static void writing(void) {
  hf_ref ref = fuzz_ref();
  hf_field field = fuzz_field();
  uint8_t which = fuzz_byte() % (sizeof copies / sizeof *copies);
  switch (fuzz_byte() % 12) {
  case 0:
    STORE(bool, uint8_t)
  case 1:
    STORE(i8, int8_t)
  case 2:
    STORE(u16, uint16_t)
  case 3:
    STORE(i16, int16_t)
  case 4:
    STORE(i32, int32_t)
  case 5:
    STORE(i64, int64_t)
  case 6:
    STORE(f32, float)
  case 7:
    STORE(f64, double)
  case 8:
    (void)hf_set_ref(ref, field, fuzz_ref());
    break;
  case 9:
    if (!copies[which]) {
      copies[which] = hf_write_begin(ref);
      copied[which] = ref;
    }
    break;
  case 10:
    if (copies[which]) /* no object has less than its header and an int */
      ((char *)copies[which])[fuzz_byte() % 12] = (char)fuzz_byte();
    break;
  default: {
    void *copy = copies[which];
    copies[which] = NULL;
    (void)hf_write_end(fuzz_byte() % 4 ? copied[which] : ref, copy);
  }
  }
}

static void scopes_and_pins(void) {
  hf_ref ref = fuzz_ref();
  switch (fuzz_byte() % 6) {
  case 0:
    hf_enter();
    break;
  case 1:
    hf_exit();
    hf_deref(answered); /* still in a scope? */
    if (hf_last_status() == HF_ESCOPE)
      seen = NULL;
    break;
  case 2: {
    const void *mirror = hf_deref(ref);
    seen = mirror ? mirror : seen;
    break;
  }
  case 3: {
    const void *mirror = hf_pin(ref);
    pinned = mirror ? mirror : pinned;
    pin_of = mirror ? ref : pin_of;
    break;
  }
  case 4:
    (void)hf_unpin(fuzz_byte() % 4 ? pin_of : ref);
    pinned = NULL;
    break;
  default: {
    HF_SCOPE;
    const void *mirror = hf_deref(ref);
    if (mirror)
      look(mirror);
  }
  }
}

static void text(void) {
  hf_ref ref = fuzz_ref();
  int64_t cap = fuzz_number();
  char *buf = fuzz_byte() % 8 && cap >= 0 && cap <= 64 ? malloc((size_t)cap) : NULL;
  switch (fuzz_byte() % 4) {
  case 0:
    (void)hf_string_utf8(ref, buf, cap);
    break;
  case 1:
    (void)hf_field_utf8(ref, fuzz_field(), buf, cap);
    break;
  default: {
    char *from = fuzz_text();
    int64_t there = from ? (int64_t)strlen(from) : 0;
    take(hf_string_new(from, cap <= there || cap > INT32_MAX ? cap : there));
    free(from);
  }
  }
  free(buf);
}

static void elements(void) {
  hf_ref ref = fuzz_ref();
  int64_t from = fuzz_number();
  int64_t n = fuzz_number();
  uint32_t kind = fuzz_byte() % 12;
  hf_ref *out = fuzz_byte() % 8 ? calloc(n > 3 || n < 0 ? 3 : (size_t)n, sizeof *out) : NULL;
  switch (fuzz_byte() % 4) {
  case 0: {
    uint32_t before = hf_count(answered);
    lonely = true;
    int64_t found = hf_read_refs(ref, from, n, out);
    lonely = false;
    require_count(answered, before, found > 0 ? found : 0);
    for (int64_t i = 0; i < found; i++)
      keep(out[i]);
    break;
  }
  case 1:
    (void)hf_array_length(ref);
    break;
  case 2:
    (void)hf_array_read(ref, kind, from, n, out);
    break;
  default:
    (void)hf_array_write(ref, kind, from, n, n <= 3 ? out : NULL);
  }
  free(out);
}

static void kept_fields(void) {
  hf_ref ref = fuzz_ref();
  if (fuzz_byte() % 2) {
    take(hf_retain_field(ref, fuzz_field()));
    return;
  }
  int64_t n = fuzz_number();
  struct hf_step *steps = calloc(8, sizeof *steps);
  for (int i = 0; i < 8; i++)
    steps[i] = (struct hf_step){fuzz_field(), (uint32_t)fuzz_number(), 0};
  take(hf_retain_path(ref, fuzz_byte() % 8 ? steps : NULL,
                      n > 8           ? 8
                      : n < INT32_MIN ? INT32_MIN
                                      : (int32_t)n));
  free(steps);
}

static void bonds(void) {
  static int key;
  hf_ref ref = fuzz_ref();
  hf_weak weak = fuzz_byte() % 4 ? hfi_bits(fuzz_ref()) | 1 : fuzz_word();
  switch (fuzz_byte() % 7) {
  case 0:
    (void)hf_weak_new(ref);
    break;
  case 1:
    take(hf_weak_get(weak));
    break;
  case 2:
    hf_weak_free(weak);
    break;
  case 3:
    (void)hf_hold(ref, fuzz_ref());
    break;
  case 4:
    (void)hf_unhold(ref, fuzz_ref());
    break;
  case 5:
    (void)hf_peer_set(ref, fuzz_byte() % 8 ? &key : NULL, &key, NULL);
    break;
  default:
    (void)hf_peer_get(ref, fuzz_byte() % 8 ? &key : NULL);
  }
}

static void types(void) {
  hf_ref ref = fuzz_ref();
  hf_type type = fuzz_type();
  char *name = fuzz_text();
  switch (fuzz_byte() % 6) {
  case 0:
    (void)hf_type_find(name);
    break;
  case 1:
    (void)hf_type_of(ref);
    break;
  case 2:
    (void)hf_type_name(type);
    break;
  case 3:
    (void)hf_instance_of(ref, type);
    break;
  case 4:
    (void)hf_field_find(type, name);
    break;
  default:
    (void)hf_type_check(name, fuzz_byte() % 2 ? world_type_at(fuzz_a)->fingerprint : fuzz_word());
  }
  free(name);
}

/* As Java makes it: each number has one meaning, and a constructor gives an object. */
static hf_method method_of(uint32_t arguments, uint32_t kind, uint32_t flags) {
  if (flags & 2)
    kind = HF_KIND_REF;
  return (hf_method)(1 + arguments + 8 * kind + 128 * flags) | (hf_method)arguments << 32 |
         (hf_method)kind << 40 | (hf_method)flags << 44;
}

static void calling(void) {
  static hf_method found;
  hf_ref ref = fuzz_ref();
  hf_value *args = calloc(8, sizeof *args);
  hf_value result;
  for (int i = 0; i < 4; i++)
    args[i].i64 = (int64_t)hfi_bits(fuzz_ref());
  switch (fuzz_byte() % 6) {
  case 0: {
    uint8_t shape = fuzz_byte();
    answers_method = method_of(shape % 8, fuzz_byte() % 11, shape / 8 % 4);
    char *name = fuzz_text();
    char *descriptor = fuzz_text();
    hf_method method = hf_method_find(fuzz_type(), name, descriptor);
    found = method ? method : found;
    free(name);
    free(descriptor);
    break;
  }
  case 1:
  case 2: {
    hf_method method = fuzz_byte() % 8 ? found : fuzz_word();
    hf_ref of = fuzz_byte() % 2 ? ref : HF_NULL;
    hf_status status =
        hf_call(of, method, fuzz_byte() % 8 ? args : NULL, fuzz_byte() % 8 ? &result : NULL);
    REQUIRE(status == hf_last_status());
    break;
  }
  case 3:
    take(hf_new(fuzz_byte() % 8 ? found : fuzz_word(), fuzz_byte() % 8 ? args : NULL));
    break;
  case 4:
    take(hf_exception_take());
    break;
  default: {
    char *message = fuzz_text();
    (void)hf_throw(fuzz_type(), message);
    free(message);
  }
  }
  free(args);
}

/* What was shown is readable until its scope or pin ends, whatever has moved or died. */
static void look_again(void) {
  REQUIRE(hf_last_error() != NULL);
  if (seen)
    look(seen);
  if (pinned)
    look(pinned);
}

/* ---- what happens meanwhile ------------------------------------------------------------------ */

static void told(void *ctx, hf_status status, hf_ref ref, const char *message) {
  (void)ref;
  REQUIRE(ctx == &kept && message && strstr(message, hf_status_name(status)));
}

static void ask_for_stats(void) {
  int64_t size = fuzz_number();
  struct hf_stats *now = malloc(size > (int64_t)sizeof now->size ? (size_t)size % 4096 + 8 : 8);
  REQUIRE(now != NULL);
  now->size = size > (int64_t)sizeof now->size ? (uint32_t)(size % 4096) + 8 : (uint32_t)size & 7;
  (void)hf_stats(fuzz_byte() % 8 ? now : NULL);
  free(now);
}

static void meanwhile(void) {
  uint8_t which = fuzz_byte();
  switch (which % 8) {
  case 0:
  case 1:
    fuzz_move(which / 8);
    break;
  case 2:
    fuzz_die(which / 8);
    break;
  case 3:
    world_drain(NULL, NULL);
    break;
  case 4:
    hfi_track(which / 8 % 3);
    break;
  case 5:
    hf_on_misuse(which & 8 ? told : NULL, &kept);
    break;
  case 6:
    ask_for_stats();
    break;
  default:
    if (which == 255)
      hfi_shutdown();
    (void)hf_status_name((hf_status)fuzz_number());
  }
  fuzz_reap();
}

static void *on_its_own(void *unused) {
  (void)unused;
  run();
  return NULL;
}

/* A thread that neither Java nor the runtime has seen, and that may end in a scope. */
static void on_a_thread(void) {
  pthread_t thread;
  nested++;
  REQUIRE(pthread_create(&thread, NULL, on_its_own, NULL) == 0);
  REQUIRE(pthread_join(thread, NULL) == 0);
  nested--;
}

/* Java runs, calls C again at times, and says how it went. */
static hf_status outcome(void) {
  static const hf_status said[] = {HF_EJAVA, HF_ETYPE, HF_EFULL, HF_ENOMETHOD, HF_EINVAL};
  uint8_t how = fuzz_byte();
  if (how >= 240 && nested < 3 && !lonely) {
    nested++;
    run();
    nested--;
  }
  return how >= 192 && how < 240 ? said[how % 5] : HF_OK;
}

/* Until the program, or this part of it, ends. */
static void run(void) {
  static void (*const areas[])(void) = {ownership, reading,  writing,     scopes_and_pins,
                                        text,      elements, kept_fields, bonds,
                                        types,     calling,  meanwhile,   look_again};
  while (fuzz_more()) {
    uint8_t what = fuzz_byte();
    if (what < 240)
      areas[what % (sizeof areas / sizeof *areas)]();
    else if (nested > 0 && what >= 244)
      return;
    else if (nested < 3)
      on_a_thread();
  }
}

static void give_back(void) {
  for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
    if (copies[i])
      REQUIRE(hf_write_end(HF_NULL, copies[i]) == HF_OK);
    copies[i] = NULL;
  }
  hf_release(hf_exception_take());
  do
    hf_exit();
  while (hf_deref(answered) != NULL); /* in a scope still */
  memset(kept, 0, sizeof kept);
  pinned = seen = NULL;
  hf_on_misuse(NULL, NULL);
  if (hfi_sampling != 0) /* to end it looks at the whole table */
    hfi_track(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  answers_outcome = outcome;
  fuzz_read(bytes, n);
  fuzz_begin();
  run();
  fuzz_read(bytes, 0);
  give_back();
  fuzz_end();
  return 0;
}
