/* A Java side for the examples of the header. */
#define _GNU_SOURCE
#include "examples.h"
#include "tests.h"

hf_field Person_age_field, Person_name_field, Person_next_field;
struct hf_expected Person_expected = HF_EXPECTED("acme.Person", 0, sizeof(Person));
static struct cast cast;

static uint64_t handed_out(hf_ref ref) {
  if (ref != HF_NULL)
    world_acquire(ref);
  return hfi_bits(ref);
}

static void *place(uint64_t ref, hf_field field) {
  return world_memory(hfi_index(ref)) + hfi_slot(ref) * HFI_SLOT_BYTES + (field & 0xffffff);
}

/* ---- fields and text ------------------------------------------------------------------------- */

static bool is_person(uint64_t ref) { return hfi_index(ref) == hfi_index(hfi_bits(cast.ann)); }

static uint64_t retain_path(uint64_t owner, const struct hf_step *steps, int32_t n,
                            int32_t *status) {
  *status = is_person(owner) ? HF_OK : HF_EUNMANAGED;
  for (int32_t i = 0; i < n && *status == HF_OK; i++)
    for (uint32_t j = 0; j < steps[i].times && owner != 0; j++)
      owner = *(uint64_t *)place(owner, steps[i].field);
  return *status == HF_OK ? handed_out(hfi_ref(owner)) : 0;
}

static uint64_t retain_field(uint64_t owner, uint64_t field, int32_t *status) {
  return retain_path(owner, &(struct hf_step){field, 1, 0}, 1, status);
}

static int64_t field_utf8(uint64_t ref, uint64_t field, char *buf, int64_t cap) {
  CHECK_EQUAL(field, Person_name_field);
  if (ref == hfi_bits(cast.cat))
    return hfi_crossed(HF_ENULL);
  char name[100] = "Ann";
  for (int i = 0; ref == hfi_bits(cast.ben) && i < 30; i++)
    strcpy(name + 3 * i, "Ben");
  int64_t length = (int64_t)strlen(name);
  memcpy(buf, name, (size_t)(length < cap ? length + 1 : cap)); /* NUL if there is room */
  return hfi_crossed(length);
}

static char text[64];

static uint64_t string_new(const char *utf8, int64_t length, int32_t *status) {
  snprintf(text, sizeof text, "%.*s", (int)length, utf8);
  *status = HF_OK;
  cast.text = text;
  cast.written_text = world_opaque();
  return handed_out(cast.written_text);
}

static int64_t set_fields(uint64_t ref, const struct hfi_change *changes, int32_t n) {
  for (int32_t i = 0; i < n; i++)
    memcpy(place(ref, changes[i].field), &changes[i].bits,
           (changes[i].field >> 24 & 0xff) == HF_KIND_REF ? 8 : 4);
  return hfi_crossed(HF_OK);
}

/* ---- a list and an array --------------------------------------------------------------------- */

static hf_ref listed(int64_t at) {
  return at % 3 == 0 ? cast.ann : at % 3 == 1 ? cast.ben : HF_NULL;
}

static int64_t read_refs(uint64_t ref, int64_t from, int64_t n, hf_ref *out) {
  CHECK(hfi_ref(ref) == cast.list);
  int64_t i = 0;
  for (; i < n && from + i < 70; i++)
    out[i] = hfi_ref(handed_out(listed(from + i)));
  return hfi_crossed(i);
}

static int32_t scores[5];

static int64_t array_read(uint64_t ref, int32_t kind, int64_t from, int64_t n, void *out) {
  CHECK(hfi_ref(ref) == cast.scores && kind == HF_KIND_I32 && from == 0 && n >= 5);
  memcpy(out, scores, sizeof scores);
  return hfi_crossed(5);
}

static int64_t array_write(uint64_t ref, int32_t kind, int64_t from, int64_t n, const void *in) {
  CHECK(hfi_ref(ref) == cast.scores && kind == HF_KIND_I32 && from == 0 && n == 5);
  memcpy(scores, in, sizeof scores);
  return hfi_crossed(n);
}

/* ---- weak handles, edges, peers -------------------------------------------------------------- */

static uint64_t weak_new(uint64_t ref, int32_t *status) {
  *status = HF_OK;
  cast.weak_handles++;
  return ref;
}

static uint64_t weak_get(uint64_t weak, int32_t *status) {
  *status = HF_OK;
  return cast.dead ? 0 : handed_out(hfi_ref(weak));
}

static int64_t weak_free(uint64_t weak) {
  (void)weak;
  cast.weak_handles--;
  return hfi_crossed(HF_OK);
}

static uint64_t held[4];

static int64_t hold(uint64_t owner, uint64_t target) {
  CHECK(hfi_ref(owner) == cast.ann);
  held[cast.edges++] = target;
  return hfi_crossed(HF_OK);
}

static int64_t unhold(uint64_t owner, uint64_t target) {
  CHECK(hfi_ref(owner) == cast.ann);
  for (int i = 0; i < cast.edges; i++) {
    if (held[i] == target) {
      held[i] = held[--cast.edges];
      return hfi_crossed(HF_OK);
    }
  }
  return hfi_crossed(HF_EINVAL);
}

static const void *peer_key;
static void *peer;
static hf_destroy_function peer_destroy;

static int64_t peer_set(uint64_t ref, const void *key, void *data, hf_destroy_function destroy) {
  CHECK(hfi_ref(ref) == cast.ann && peer == NULL);
  peer_key = key;
  peer = data;
  peer_destroy = destroy;
  return hfi_crossed(HF_OK);
}

static uint64_t peer_get(uint64_t ref, const void *key, int32_t *status) {
  CHECK(hfi_ref(ref) == cast.ann);
  *status = HF_OK;
  return key == peer_key ? hfi_bits(peer) : 0;
}

static void bury(void) {
  peer_destroy(peer);
  peer = NULL;
}

/* ---- classes and calls ----------------------------------------------------------------------- */

static int64_t type_find(const char *name) {
  (void)name;
  return hfi_crossed(HF_ENOTYPE);
}

static const char *const classes[] = {"", "java.util.List", "java.util.ArrayList",
                                      "java.lang.IllegalArgumentException"};

static int64_t class_find(const char *name) {
  for (int32_t i = 1; i < 4; i++)
    if (strcmp(name, classes[i]) == 0)
      return hfi_crossed(i);
  return hfi_crossed(HF_ENOTYPE);
}

static int64_t class_of(uint64_t ref) {
  return hfi_crossed(hfi_ref(ref) == cast.list ? 2 : HF_EJAVA);
}

static int64_t class_name(int32_t number, char *buf, int64_t cap) {
  int64_t length = (int64_t)strlen(classes[number]);
  if (length <= cap)
    memcpy(buf, classes[number], (size_t)length);
  return hfi_crossed(length);
}

#define GET ((hf_method)1 | (hf_method)1 << 32 | (hf_method)HF_KIND_REF << 40) /* one argument */

static int64_t method_find(uint32_t type, const char *name, const char *descriptor, char *words,
                           int64_t cap) {
  if (strcmp(hf_type_name(type), "java.util.List") == 0 && strcmp(name, "get") == 0 &&
      strcmp(descriptor, "(I)Ljava/lang/Object;") == 0)
    return hfi_crossed((int64_t)GET);
  snprintf(words, (size_t)cap, "none is named %s", name);
  return hfi_crossed(HF_ENOMETHOD);
}

static uint64_t call(uint64_t ref, uint64_t method, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                     const hf_value *more, struct hfi_outcome *outcome) {
  (void)b, (void)c, (void)d, (void)more;
  CHECK(hfi_ref(ref) == cast.list && method == GET);
  int32_t at = (int32_t)a;
  outcome->status = HF_OK;
  if (at >= 0 && at < 70)
    return handed_out(listed(at));
  outcome->status = HF_EJAVA;
  snprintf(outcome->words, sizeof outcome->words, "java.lang.IndexOutOfBoundsException: %d", at);
  return 0;
}

static uint64_t throwable_new(uint32_t type, const char *message, struct hfi_outcome *outcome) {
  CHECK_TEXT(hf_type_name(type), "IllegalArgumentException");
  outcome->status = HF_OK;
  snprintf(text, sizeof text, "%s", message);
  snprintf(outcome->words, sizeof outcome->words, "%s", message);
  return handed_out(world_opaque());
}

void *hfi_frame_begin(void);
uint64_t hfi_frame_end(void *frame);
static void *frame;

static void call_c(void) { frame = hfi_frame_begin(); }

static hf_ref thrown(void) {
  cast.text = text;
  return hfi_ref(hfi_frame_end(frame));
}

/* ---- places ---------------------------------------------------------------------------------- */

struct hfi_retained_ {
  uint64_t handle, since, thread, at, kind;
};
void hfi_track(uint32_t one_in);
int64_t hfi_track_read(struct hfi_retained_ *out, int64_t n);
void hfi_track_name(const struct hfi_retained_ *of, char *words, int64_t n);

static const char *recorded_place(void) {
  static char words[256];
  struct hfi_retained_ first;
  CHECK_EQUAL(hfi_track_read(&first, 1), 1);
  hfi_track_name(&first, words, sizeof words);
  return words;
}

/* ---- the world ------------------------------------------------------------------------------- */

static const struct hfi_upcalls java = {.abi = 1,
                                        .size = sizeof java,
                                        .retain_field = retain_field,
                                        .retain_path = retain_path,
                                        .field_utf8 = field_utf8,
                                        .type_find = type_find,
                                        .set_fields = set_fields,
                                        .read_refs = read_refs,
                                        .array_read = array_read,
                                        .array_write = array_write,
                                        .string_new = string_new,
                                        .weak_new = weak_new,
                                        .weak_get = weak_get,
                                        .weak_free = weak_free,
                                        .hold = hold,
                                        .unhold = unhold,
                                        .peer_set = peer_set,
                                        .peer_get = peer_get,
                                        .class_find = class_find,
                                        .class_of = class_of,
                                        .class_name = class_name,
                                        .method_find = method_find,
                                        .call = call,
                                        .throwable_new = throwable_new};

static hf_ref person(uint32_t cohort, uint32_t slot, uint32_t type, int32_t age, hf_ref next) {
  hf_ref ref = world_object(cohort, slot, type);
  world_acquire(ref);
  *(int32_t *)place(hfi_bits(ref), Person_age_field) = age;
  *(hf_ref *)place(hfi_bits(ref), Person_next_field) = next;
  return ref;
}

static hf_ref opaque(void) {
  hf_ref ref = world_opaque();
  world_acquire(ref);
  return ref;
}

static void begin(void) {
  world_begin(&java);
  uint32_t type = world_type("acme.Person", 0,
                             (struct world_field[]){{"age", HF_KIND_I32},
                                                    {"shoe", HF_KIND_I32},
                                                    {"name", HF_KIND_REF},
                                                    {"next", HF_KIND_REF}},
                             4);
  CHECK_EQUAL(world_type_at(type)->size, sizeof(Person));
  Person_expected.fingerprint = world_type_at(type)->fingerprint;
  Person_age_field = hf_field_find(type, "age");
  Person_name_field = hf_field_find(type, "name");
  Person_next_field = hf_field_find(type, "next");
  uint32_t cohort = world_cohort();
  cast.cat = person(cohort, 0, type, 12, HF_NULL);
  cast.ben = person(cohort, 4, type, 30, cast.cat);
  cast.ann = person(cohort, 8, type, 40, cast.ben);
  cast.uncounted = world_object(cohort, 12, type);
  cast.list = opaque();
  cast.scores = opaque();
  memcpy(scores, (int32_t[]){3, -1, 4, -1, 5}, sizeof scores);
  cast.attached = 1;
  cast.bury = bury;
  cast.call_c = call_c;
  cast.thrown = thrown;
  cast.record_places = hfi_track;
  cast.place = recorded_place;
}

static void people_begin_early_and_again(void) {
  CHECK_EQUAL(beginning_in_c(&cast), 0);
  CHECK_EQUAL(beginning_in_cpp(&cast), 0);
  begin();
  CHECK_EQUAL(beginning_in_c(&cast), 0);
  CHECK_EQUAL(beginning_in_cpp(&cast), 0);
  CHECK_EQUAL(beginning_traced(&cast), 0);
}

#define RUN(AREA)                                                                                  \
  static void run_##AREA(void) {                                                                   \
    begin();                                                                                       \
    CHECK_EQUAL(AREA##_in_c(&cast), 0);                                                            \
    CHECK_EQUAL(AREA##_in_cpp(&cast), 0);                                                          \
    CHECK_EQUAL(AREA##_traced(&cast), 0);                                                          \
  }
EXAMPLES(RUN)

#define TEST(AREA) {"the_header_s_examples_of_" #AREA "_work", run_##AREA},
const struct test example_tests[] = {
    EXAMPLES(TEST){"the_header_s_examples_begin_before_java_and_after_it",
                   people_begin_early_and_again},
    {NULL, NULL}};
