/*
 * The one runtime of this process: attached once by Java, shut down by Java, lost in a forked
 * child. Its memory is never unmapped, so whoever still looks at an old view of it reads old but
 * valid memory.
 */
#ifndef HOLDFAST_RUNTIME_H
#define HOLDFAST_RUNTIME_H

#include "bits.h"

#define HFI_EXPORT __attribute__((visibility("default")))
#define HFI_COLD __attribute__((cold, noinline))

/*
 * What handles are looked up in: an empty table while there is no runtime, and again in a forked
 * child. So the paths that succeed need no check of their own; a lookup fails, and hfi_refusal
 * finds out why. Written by runtime.c alone.
 */
struct hfi_view {
  _Atomic(const _Atomic(uint64_t) *) segments;
  _Atomic(struct hfi_runtime *) runtime; /* NULL until attached; stays */
  _Atomic(bool) forked;
};
extern struct hfi_view hfi_view;

/* The table of the public header. */
extern HFI_EXPORT struct hf_api hf_runtime_api;

/* HF_OK, HF_ENORUNTIME, HF_EFORK. */
hf_status hfi_running(void);
/* The same for what needs Java: also HF_ESHUTDOWN. */
hf_status hfi_java_running(void);

/* Java's functions; all zero until attached. */
const struct hfi_upcalls *hfi_upcalls(void);

static inline struct hfi_runtime *hfi_runtime(void) {
  return atomic_load_explicit(&hfi_view.runtime, memory_order_acquire);
}

/* The entry that a handle's bits name, NULL if they are no handle's. Says nothing of the stamp. */
static inline struct hfi_entry *hfi_entry(uint64_t bits) {
  if (HF_UNLIKELY_(!hfi_shaped(bits)))
    return NULL;
  const _Atomic(uint64_t) *segments =
      atomic_load_explicit(&hfi_view.segments, memory_order_acquire);
  uint64_t segment = atomic_load_explicit(&segments[hfi_segment(bits)], memory_order_acquire);
  if (HF_UNLIKELY_(segment == 0))
    return NULL;
  return (struct hfi_entry *)(segment + hfi_offset_in_segment(bits));
}

/* Does the entry still belong to the cohort that the handle names? Pairs with the increment at
   retirement. */
static inline bool hfi_fresh(struct hfi_entry *entry, uint64_t bits) {
  return atomic_load_explicit(&entry->stamp, memory_order_acquire) == hfi_stamp(bits);
}

/* Why these bits name no living object: the first of HF_EFORK, HF_ENORUNTIME, HF_ENULL,
   HF_EUNMIRRORED, HF_EINVAL, HF_ESTALE that holds, else HF_OK. */
hf_status hfi_refusal(uint64_t bits);

#endif
