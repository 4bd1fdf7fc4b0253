/*
 * A Java side made of C: a runtime block, cohorts, types and threads, as the tests need them. One
 * world a process, one thread builds it; what several threads may call says so.
 */
#ifndef HOLDFAST_TEST_WORLD_H
#define HOLDFAST_TEST_WORLD_H

#include "bits.h"
#include "layout.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the runtime exports to Java. */
int32_t hfi_abi(void);
void *hfi_runtime_create(void);
int32_t hfi_attach(void *runtime, const struct hfi_upcalls *up);
void hfi_shutdown(void);
int32_t hfi_move(struct hfi_move *moves, int32_t n, int32_t wait_micros, uint64_t *epoch_out);
uint64_t hfi_epoch_advance(void);
void hfi_heavy_fence(void);
int32_t hfi_membarrier(void);
extern struct hf_api hf_runtime_api;

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                      \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

#define CHECK_EQUAL(actual, expected)                                                              \
  do {                                                                                             \
    long long actual_ = (long long)(actual);                                                       \
    long long expected_ = (long long)(expected);                                                   \
    if (actual_ != expected_) {                                                                    \
      fprintf(stderr, "%s:%d: %s is %lld (expected %lld)\n", __FILE__, __LINE__, #actual, actual_, \
              expected_);                                                                          \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

#define CHECK_TEXT(actual, expected)                                                               \
  do {                                                                                             \
    const char *actual_ = (actual);                                                                \
    if (!actual_ || !strstr(actual_, (expected))) {                                                \
      fprintf(stderr, "%s:%d: %s is \"%s\" (expected: ...%s...)\n", __FILE__, __LINE__, #actual,   \
              actual_ ? actual_ : "NULL", (expected));                                             \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

#define COHORT_BYTES 1024u

extern struct hfi_runtime *world;

/* Makes the block and attaches it, with these upcalls or none. */
void world_begin(const struct hfi_upcalls *up);
/* The block alone, not attached. */
void world_make(void);

/* A cohort with memory of its own in the nursery, stamp 1. Returns its entry's index. */
uint32_t world_cohort(void);
/* An entry for an opaque object, and its handle. */
hf_ref world_opaque(void);
struct hfi_entry *world_entry(uint32_t index);
char *world_memory(uint32_t index);

/* An object: header written, READY and shown. */
hf_ref world_object(uint32_t index, uint32_t slot, uint32_t type);
hf_ref world_handle(uint32_t index, uint32_t slot, uint32_t stamp);

/* Java's acquire: count 0 to 1, or n to n + 1; any thread that holds the stripe lock. */
void world_acquire(hf_ref ref);
/* Java's drain: takes the release queue, and calls `each` with the entry after `queued` is
   cleared. Returns how many. Any thread. */
int world_drain(void (*each)(struct hfi_entry *, void *), void *ctx);

/* The cohort has died: stamp incremented, state RETIRED. */
void world_retire(uint32_t index);
/* ... and is another's from now on. */
void world_reuse(uint32_t index);

/* A field of a type to be. */
struct world_field {
  const char *name;
  uint8_t kind;
};
/* Publishes a class with natural layout behind its superclass (0: none). Returns its id. */
uint32_t world_type(const char *name, uint32_t super, const struct world_field *fields, int n);
const struct hfi_type *world_type_at(uint32_t id);

/* A record for a thread that plays Java. Any thread. */
struct hfi_record *world_record(void);

/* Waits until no scope is older than `epoch`. Any thread. */
void world_grace(uint64_t epoch);

#endif
