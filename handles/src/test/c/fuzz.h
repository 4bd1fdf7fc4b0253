/*
 * What the fuzzer (fuzz.c) makes of an input: bytes, numbers, a world of a few objects, and the
 * things that a program passes to the C API.
 */
#ifndef HOLDFAST_TEST_FUZZ_H
#define HOLDFAST_TEST_FUZZ_H

#include "answers.h"

#define REQUIRE(condition)                                                                         \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      fprintf(stderr, "%s:%d: not so: %s (%s)\n", __FILE__, __LINE__, #condition,                  \
              hf_last_error());                                                                    \
      abort();                                                                                     \
    }                                                                                              \
  } while (0)

/* ---- the input, from its beginning on; zeros behind its end ---------------------------------- */

void fuzz_read(const uint8_t *bytes, size_t n);
bool fuzz_more(void);
uint8_t fuzz_byte(void);
uint64_t fuzz_word(void);
int64_t fuzz_number(void); /* small ones mostly, and the extremes */

/* ---- the world ------------------------------------------------------------------------------- */

extern hf_type fuzz_a, fuzz_b; /* managed classes; b extends a, which has a field of each kind */

/* The same for each input. */
void fuzz_begin(void);
/* Frees what an input has left. */
void fuzz_end(void);

/* The collector's part: moves a cohort; retires one whose objects nobody counts, or gives its entry
   to new ones; frees memory that no scope and no pin holds. */
void fuzz_move(uint32_t which);
void fuzz_die(uint32_t which);
void fuzz_reap(void);

/* ---- what is passed: right for the most part ------------------------------------------------- */

hf_ref fuzz_ref(void);
hf_field fuzz_field(void);
hf_type fuzz_type(void);
char *fuzz_text(void); /* to be freed; NULL at times */

#endif
