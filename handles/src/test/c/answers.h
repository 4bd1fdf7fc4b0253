/*
 * A Java that answers whatever it is asked, for tests of what C does before and after it asks.
 */
#ifndef HOLDFAST_TEST_ANSWERS_H
#define HOLDFAST_TEST_ANSWERS_H

#include "world.h"

/* All upcalls. A test that wants a Java without some of them changes a copy. */
extern const struct hfi_upcalls answers;

/* The object that every answer with a handle names; made and counted by the test. */
extern hf_ref answered;

/* What each call of Java is given as its outcome: HF_OK, unless a test says otherwise. It runs in
   the middle of the call, as the Java code that is called would. */
extern hf_status (*answers_outcome)(void);

/* JNA has no memory to call Java: it returns 0, and nobody writes a status. */
extern bool answers_none;

/* What hf_method_find finds: a void method without parameters, unless a test says otherwise. */
#define METHOD ((hf_method)1)
extern hf_method answers_method;

/* Fields that were written so far. */
extern int answers_written;

#endif
