/*
 * Write sections: the few instructions in which a mirror is written, or pinned. While the mark is
 * odd a mover waits, for a moment; a writer never does: it cancels the move. Sections do not nest,
 * and between the marks nothing is called.
 */
#ifndef HOLDFAST_SECTION_H
#define HOLDFAST_SECTION_H

#include "record.h"

static inline void hfi_section_begin(struct hfi_record *record) {
  uint32_t mark = atomic_load_explicit(&record->section, memory_order_relaxed);
  atomic_store_explicit(&record->section, (mark + 1) | 1, memory_order_relaxed);
  /* Pairs with the heavy fence of hfi_move between setting MOVING and reading the marks: either
     it sees this mark, or we see MOVING. */
  hfi_light_fence();
}

static inline void hfi_section_end(struct hfi_record *record) {
  uint32_t mark = atomic_load_explicit(&record->section, memory_order_relaxed);
  /* Release: pairs with the mover's acquire of the mark, which copies what was written. */
  atomic_store_explicit(&record->section, (mark | 1) + 1, memory_order_release);
}

/* The place of the entry's mirrors, which stays theirs until the section ends: a move that is
   under way is cancelled. */
static inline uint64_t hfi_section_base(struct hfi_record *record, struct hfi_entry *entry) {
  uint64_t base = atomic_load_explicit(&entry->base, memory_order_acquire);
  while (base & HFI_MOVING) {
    /* On failure `base` is loaded again: the mover has published, or given up. */
    if (atomic_compare_exchange_strong_explicit(&entry->base, &base, base & ~HFI_MOVING,
                                                memory_order_seq_cst, memory_order_acquire)) {
      base &= ~HFI_MOVING;
      hfi_add(&record->moves_cancelled, 1);
    }
  }
  return base;
}

#endif
