/*
 * Mirrors of Java classes. Written by 'holdfast header': do not edit, run it again.
 *
 * people_init() is called once, before anything else here. NAME_of(ref) gives the mirror of
 * an object, or NULL with hf_last_status() if the handle is stale or of another type; the
 * pointer is valid until the scope ends in which it was asked for (hf_enter, hf_exit). The
 * members are read, never written. An hf_ref that is read from a mirror is borrowed.
 */
#ifndef PEOPLE_H_HOLDFAST
#define PEOPLE_H_HOLDFAST

#include "holdfast.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define HF_LAYOUT_IS(what) static_assert(what, #what)
extern "C" {
#else
#define HF_LAYOUT_IS(what) _Static_assert(what, #what)
#endif

/* sample.people.Person */
typedef struct Person {
  uint32_t hf_type_id;
  uint32_t hf_flags;
  uint8_t alive; /* final boolean alive */
  int8_t shoe; /* byte shoe */
  uint16_t initial; /* char initial */
  int16_t height; /* short height */
  int32_t age; /* int age */
  int64_t seen; /* volatile long seen */
  float weight; /* float weight */
  double wealth; /* double wealth */
  hf_ref name; /* java.lang.String name */
  int32_t eyes; /* sample.people.Color eyes: the ordinal, -1 for null */
  int32_t patience; /* java.util.concurrent.TimeUnit patience: the ordinal, -1 for null */
  hf_ref next; /* sample.people.Person next */
  hf_ref scores; /* int[] scores */
  hf_ref palette; /* sample.people.Color[] palette */
  hf_ref nicknames; /* java.util.List nicknames */
  int32_t flags; /* int flags */
} Person;

HF_LAYOUT_IS(sizeof(Person) == 104);
HF_LAYOUT_IS(offsetof(Person, alive) == 8);
HF_LAYOUT_IS(offsetof(Person, shoe) == 9);
HF_LAYOUT_IS(offsetof(Person, initial) == 10);
HF_LAYOUT_IS(offsetof(Person, height) == 12);
HF_LAYOUT_IS(offsetof(Person, age) == 16);
HF_LAYOUT_IS(offsetof(Person, seen) == 24);
HF_LAYOUT_IS(offsetof(Person, weight) == 32);
HF_LAYOUT_IS(offsetof(Person, wealth) == 40);
HF_LAYOUT_IS(offsetof(Person, name) == 48);
HF_LAYOUT_IS(offsetof(Person, eyes) == 56);
HF_LAYOUT_IS(offsetof(Person, patience) == 60);
HF_LAYOUT_IS(offsetof(Person, next) == 64);
HF_LAYOUT_IS(offsetof(Person, scores) == 72);
HF_LAYOUT_IS(offsetof(Person, palette) == 80);
HF_LAYOUT_IS(offsetof(Person, nicknames) == 88);
HF_LAYOUT_IS(offsetof(Person, flags) == 96);

#define Person_alive_field ((hf_field)UINT64_C(0xd0ec69dd01000008))
#define Person_shoe_field ((hf_field)UINT64_C(0x15fbee9f02000009))
#define Person_initial_field ((hf_field)UINT64_C(0x6d32c6590300000a))
#define Person_height_field ((hf_field)UINT64_C(0x4a29bf1d0400000c))
#define Person_age_field ((hf_field)UINT64_C(0xe8213f8805000010))
#define Person_seen_field ((hf_field)UINT64_C(0xd17813eb06000018))
#define Person_weight_field ((hf_field)UINT64_C(0xf628612f07000020))
#define Person_wealth_field ((hf_field)UINT64_C(0x350be24808000028))
#define Person_name_field ((hf_field)UINT64_C(0x1698b4700a000030))
#define Person_eyes_field ((hf_field)UINT64_C(0x6d389a6c09000038))
#define Person_patience_field ((hf_field)UINT64_C(0x5b37fc720900003c))
#define Person_next_field ((hf_field)UINT64_C(0x37eba83a0a000040))
#define Person_scores_field ((hf_field)UINT64_C(0xd78e0b850a000048))
#define Person_palette_field ((hf_field)UINT64_C(0x19a68b730a000050))
#define Person_nicknames_field ((hf_field)UINT64_C(0x03f6d0a70a000058))
#define Person_flags_field ((hf_field)UINT64_C(0x368eb11e05000060))

static inline const Person *Person_of(hf_ref ref) {
  static struct hf_expected expected = HF_EXPECTED(
      "sample.people.Person",
      UINT64_C(0x15efab24368eb11e), 100);
  return (const Person *)hf_deref_as(ref, &expected);
}

/* sample.people.Employee */
typedef struct Employee {
  uint32_t hf_type_id;
  uint32_t hf_flags;
  uint8_t alive; /* sample.people.Person: final boolean alive */
  int8_t shoe; /* sample.people.Person: byte shoe */
  uint16_t initial; /* sample.people.Person: char initial */
  int16_t height; /* sample.people.Person: short height */
  int32_t age; /* sample.people.Person: int age */
  int64_t seen; /* sample.people.Person: volatile long seen */
  float weight; /* sample.people.Person: float weight */
  double wealth; /* sample.people.Person: double wealth */
  hf_ref Person_name_; /* sample.people.Person: java.lang.String name */
  int32_t eyes; /* sample.people.Person: sample.people.Color eyes: the ordinal, -1 for null */
  int32_t patience; /* sample.people.Person: java.util.concurrent.TimeUnit patience: the ordinal, -1 for null */
  hf_ref Person_next; /* sample.people.Person: sample.people.Person next */
  hf_ref scores; /* sample.people.Person: int[] scores */
  hf_ref palette; /* sample.people.Person: sample.people.Color[] palette */
  hf_ref nicknames; /* sample.people.Person: java.util.List nicknames */
  int32_t flags; /* sample.people.Person: int flags */
  int8_t grade; /* byte grade */
  int64_t name; /* long name */
  int32_t Person_name; /* int Person_name */
  hf_ref next; /* sample.people.Employee next */
} Employee;

HF_LAYOUT_IS(sizeof(Employee) == 128);
HF_LAYOUT_IS(offsetof(Employee, alive) == 8);
HF_LAYOUT_IS(offsetof(Employee, shoe) == 9);
HF_LAYOUT_IS(offsetof(Employee, initial) == 10);
HF_LAYOUT_IS(offsetof(Employee, height) == 12);
HF_LAYOUT_IS(offsetof(Employee, age) == 16);
HF_LAYOUT_IS(offsetof(Employee, seen) == 24);
HF_LAYOUT_IS(offsetof(Employee, weight) == 32);
HF_LAYOUT_IS(offsetof(Employee, wealth) == 40);
HF_LAYOUT_IS(offsetof(Employee, Person_name_) == 48);
HF_LAYOUT_IS(offsetof(Employee, eyes) == 56);
HF_LAYOUT_IS(offsetof(Employee, patience) == 60);
HF_LAYOUT_IS(offsetof(Employee, Person_next) == 64);
HF_LAYOUT_IS(offsetof(Employee, scores) == 72);
HF_LAYOUT_IS(offsetof(Employee, palette) == 80);
HF_LAYOUT_IS(offsetof(Employee, nicknames) == 88);
HF_LAYOUT_IS(offsetof(Employee, flags) == 96);
HF_LAYOUT_IS(offsetof(Employee, grade) == 100);
HF_LAYOUT_IS(offsetof(Employee, name) == 104);
HF_LAYOUT_IS(offsetof(Employee, Person_name) == 112);
HF_LAYOUT_IS(offsetof(Employee, next) == 120);

#define Employee_alive_field ((hf_field)UINT64_C(0xd0ec69dd01000008))
#define Employee_shoe_field ((hf_field)UINT64_C(0x15fbee9f02000009))
#define Employee_initial_field ((hf_field)UINT64_C(0x6d32c6590300000a))
#define Employee_height_field ((hf_field)UINT64_C(0x4a29bf1d0400000c))
#define Employee_age_field ((hf_field)UINT64_C(0xe8213f8805000010))
#define Employee_seen_field ((hf_field)UINT64_C(0xd17813eb06000018))
#define Employee_weight_field ((hf_field)UINT64_C(0xf628612f07000020))
#define Employee_wealth_field ((hf_field)UINT64_C(0x350be24808000028))
#define Employee_Person_name__field ((hf_field)UINT64_C(0x1698b4700a000030))
#define Employee_eyes_field ((hf_field)UINT64_C(0x6d389a6c09000038))
#define Employee_patience_field ((hf_field)UINT64_C(0x5b37fc720900003c))
#define Employee_Person_next_field ((hf_field)UINT64_C(0x37eba83a0a000040))
#define Employee_scores_field ((hf_field)UINT64_C(0xd78e0b850a000048))
#define Employee_palette_field ((hf_field)UINT64_C(0x19a68b730a000050))
#define Employee_nicknames_field ((hf_field)UINT64_C(0x03f6d0a70a000058))
#define Employee_flags_field ((hf_field)UINT64_C(0x368eb11e05000060))
#define Employee_grade_field ((hf_field)UINT64_C(0x7eddd72702000064))
#define Employee_name_field ((hf_field)UINT64_C(0xbbdf867806000068))
#define Employee_Person_name_field ((hf_field)UINT64_C(0x6bdbb24505000070))
#define Employee_next_field ((hf_field)UINT64_C(0x94d87b1d0a000078))

static inline const Employee *Employee_of(hf_ref ref) {
  static struct hf_expected expected = HF_EXPECTED(
      "sample.people.Employee",
      UINT64_C(0x3948898994d87b1d), 128);
  return (const Employee *)hf_deref_as(ref, &expected);
}

/* sample.people.Point */
typedef struct Point {
  uint32_t hf_type_id;
  uint32_t hf_flags;
  double x; /* final double x */
  double y; /* final double y */
} Point;

HF_LAYOUT_IS(sizeof(Point) == 24);
HF_LAYOUT_IS(offsetof(Point, x) == 8);
HF_LAYOUT_IS(offsetof(Point, y) == 16);

#define Point_x_field ((hf_field)UINT64_C(0x8543076e08000008))
#define Point_y_field ((hf_field)UINT64_C(0x0c950cd908000010))

static inline const Point *Point_of(hf_ref ref) {
  static struct hf_expected expected = HF_EXPECTED(
      "sample.people.Point",
      UINT64_C(0xd2ed79bb0c950cd9), 24);
  return (const Point *)hf_deref_as(ref, &expected);
}

/*
 * Finds the runtime and checks that every class above is laid out as this header says.
 * HF_OK, or the first failure, of which hf_last_error() tells more. A class that is not loaded
 * yet passes: NAME_of checks again.
 */
static inline hf_status people_init(void) {
  static const struct {
    const char *name;
    uint64_t fingerprint;
  } types[] = {
      {"sample.people.Person", UINT64_C(0x15efab24368eb11e)},
      {"sample.people.Employee", UINT64_C(0x3948898994d87b1d)},
      {"sample.people.Point", UINT64_C(0xd2ed79bb0c950cd9)},
  };
  hf_status status = hf_init(HF_ABI_VERSION);
  for (size_t i = 0; status == HF_OK && i < sizeof types / sizeof types[0]; i++) {
    status = hf_type_check(types[i].name, types[i].fingerprint);
    if (status == HF_ENOTYPE) {
      status = HF_OK;
    }
  }
  return status;
}

#undef HF_LAYOUT_IS

#ifdef __cplusplus
}
#endif

#endif /* PEOPLE_H_HOLDFAST */
