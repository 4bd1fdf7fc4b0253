/* Stands for what the agent's command `header` generates; the tests fill in what it computes. */
#ifndef HOLDFAST_TEST_PEOPLE_H
#define HOLDFAST_TEST_PEOPLE_H

#include "holdfast.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Person {
  uint32_t hf_type_id;
  uint32_t hf_flags;
  int32_t age;
  int32_t shoe;
  hf_ref name;
  hf_ref next;
} Person;

extern hf_field Person_age_field, Person_name_field, Person_next_field;
extern struct hf_expected Person_expected;

static inline const Person *Person_of(hf_ref ref) {
  return (const Person *)hf_deref_as(ref, &Person_expected);
}

#ifdef __cplusplus
}
#endif

#endif
