/*
 * The heavy fence: when it returns, each other thread of the process has executed a full fence
 * between its instructions before and after. It lets the frequent side (sections, scopes) do with a
 * compiler barrier. Where it is missing, hfi_light_fence is a full fence.
 */
#ifndef HOLDFAST_FENCE_H
#define HOLDFAST_FENCE_H

#include "runtime.h"

/* Registers this process; true if it worked, now or before. Not to be called by two threads at
   once. */
bool hfi_register_membarrier(void);
bool hfi_has_membarrier(void);

/* Pairs with hfi_light_fence in every section and scope. */
HFI_EXPORT void hfi_heavy_fence(void);

/* Between the mark of a section or scope and its first load of the table. Pairs with
   hfi_heavy_fence. */
static inline void hfi_light_fence(void) {
  if (HF_UNLIKELY_(hf_runtime_api.fences))
    atomic_thread_fence(memory_order_seq_cst);
  else
    atomic_signal_fence(memory_order_seq_cst);
}

#endif
