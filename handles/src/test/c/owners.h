/* What is tested in C++, for the tests in C. */
#ifndef HOLDFAST_TEST_OWNERS_H
#define HOLDFAST_TEST_OWNERS_H

#include "holdfast.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Owns, copies, moves and hashes two handles with count 1 each, and leaves them
   so. The line of the first check that does not hold, or 0. */
int owners_first_wrong(hf_ref a, hf_ref b);

/* In a scope by hf::scope: 1 if it was open inside and is closed after it. */
int owners_scope_opens_and_closes(hf_ref ref);

#ifdef __cplusplus
}
#endif

#endif
