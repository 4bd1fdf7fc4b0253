/*
 * Counts. A count word holds a stamp and a count, and belongs to one slot of an entry; both change
 * only by CAS of the whole word, so a count is never changed for an owner other than the one whose
 * stamp was compared.
 *
 *   (old stamp, 0) --Java, 0 to 1--> (stamp, 1) <--> (stamp, n) ... (stamp, 4294967295): stays
 *   (stamp, 1) --release--> (stamp, 0), and the entry goes onto the release queue: Java unroots the
 * object
 *
 * No scope is needed: entries and count words are never freed. models/counts.pml has this protocol.
 */
#ifndef HOLDFAST_COUNT_H
#define HOLDFAST_COUNT_H

#include "runtime.h"

hf_ref hfi_retain(hf_ref ref);
void hfi_release(void *ref);
void *hfi_retain_ptr(void *ref);
hf_status hfi_release_n(hf_ref ref, uint32_t n);
uint32_t hfi_count(hf_ref ref);

/* The word of a handle's slot, NULL if nothing of this cohort was ever counted, or the slot is
   not an opaque object's. */
static inline _Atomic(uint64_t) *hfi_count_word(struct hfi_entry *entry, uint64_t bits) {
  uint64_t counts = atomic_load_explicit(&entry->counts, memory_order_acquire);
  uint32_t slot = hfi_slot(bits);
  if (HF_UNLIKELY_(counts == 0) ||
      HF_UNLIKELY_(counts == (uint64_t)&entry->inline_count && slot != 0))
    return NULL;
  return (_Atomic(uint64_t) *)counts + slot;
}

/* From now on the fast paths find nothing: at the shutdown, and in a forked child. */
void hfi_counts_forget(void);

/* HF_OK if the handle is counted; else what is wrong, for hfi_fail. */
hf_status hfi_counted(uint64_t bits);

#endif
