/*
 * Threads of C code. Each has a record that the collector reads: its write section, its scope, its
 * counters. A record is pushed onto the runtime's list before it is first used, never freed, and
 * taken over by a new thread when its thread has ended; its counters go on.
 */
#ifndef HOLDFAST_RECORD_H
#define HOLDFAST_RECORD_H

#include "fence.h"
#include "runtime.h"

#define HFI_MESSAGE_BYTES 512

struct hfi_frame;

struct hfi_thread {
  struct hfi_record record; /* first: a record is found through the same pointer */
  /* calls of Java, see call.c */
  struct hfi_frame *frame; /* the innermost, on a stack */
  uint64_t exception;      /* of the last call, counted; 0 if there is none */
  uint64_t stack_low;      /* lowest address of the stack; 0 before the first call */
  /* the last failure, see error.c */
  uint64_t failed_ref;
  uint64_t failed_values[2];
  int32_t failed_status;
  bool formatted; /* message belongs to failed_status already */
  bool reporting; /* inside a misuse function */
  char message[HFI_MESSAGE_BYTES];
};

#if defined(__GLIBC__)
/* Loaded by dlopen or not, 8 bytes of static TLS are there: one load, no call. */
#define HFI_TLS _Thread_local __attribute__((tls_model("initial-exec")))
#else
#define HFI_TLS _Thread_local
#endif
extern HFI_TLS struct hfi_thread *hfi_current;

/* Before the first record. False when out of pthread keys. */
bool hfi_records_begin(void);

/* From the thread pointer to hfi_current, the same in every thread; 0 if the platform has no
   such constant. */
int64_t hfi_thread_offset(void);

/* Gives the calling thread its record. NULL without a running runtime, or out of memory. */
HFI_COLD struct hfi_thread *hfi_thread_begin(void);

static inline struct hfi_thread *hfi_self(void) {
  struct hfi_thread *self = hfi_current;
  return HF_LIKELY_(self != NULL) ? self : hfi_thread_begin();
}

/* Adds to one of the own record's counters: plain speed, and readers on other threads see whole
   values. */
static inline void hfi_add(_Atomic(uint64_t) *counter, uint64_t n) {
  atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + n,
                        memory_order_relaxed);
}

/* The scope of one call, unless the thread is in one already: true if it was opened here. */
static inline bool hfi_scope_open(struct hfi_thread *self) {
  if (atomic_load_explicit(&self->record.scope, memory_order_relaxed) != 0)
    return false;
  /* First the epoch, then the table. The light fence pairs with the heavy one after each epoch's
     increment: a collector that misses this mark has retired before we look. */
  uint64_t epoch = atomic_load_explicit(&hfi_runtime()->epoch, memory_order_acquire);
  atomic_store_explicit(&self->record.scope, epoch, memory_order_release);
  hfi_light_fence();
  return true;
}

static inline void hfi_scope_close(struct hfi_thread *self, bool opened) {
  /* Release: what was read was read before the collector, which acquires, reuses it. */
  if (opened)
    atomic_store_explicit(&self->record.scope, 0, memory_order_release);
}

#endif
