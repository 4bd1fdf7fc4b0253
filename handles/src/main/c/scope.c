#define _GNU_SOURCE
#include "scope.h"
#include "clock.h"
#include "error.h"

static HFI_COLD void fail_without_thread(void) {
  hf_status status = hfi_running();
  hfi_fail(status != HF_OK ? status : (hf_status)HF_ENOMEM, 0, 0, 0);
}

void hfi_enter(void) {
  struct hfi_thread *self = hfi_self();
  if (HF_UNLIKELY_(!self)) {
    fail_without_thread();
    return;
  }
  struct hfi_record *record = &self->record;
  uint32_t depth = atomic_load_explicit(&record->depth, memory_order_relaxed);
  if (depth == 0) {
    /* For the report of scopes that stay open: who, since when. */
    atomic_store_explicit(&record->caller, (uint64_t)__builtin_return_address(0),
                          memory_order_relaxed);
    atomic_store_explicit(&record->since, hfi_now(), memory_order_relaxed);
    (void)hfi_scope_open(self);
  }
  atomic_store_explicit(&record->depth, depth + 1, memory_order_relaxed);
}

void hfi_exit(void) {
  struct hfi_thread *self = hfi_self();
  if (HF_UNLIKELY_(!self)) {
    fail_without_thread();
    return;
  }
  struct hfi_record *record = &self->record;
  uint32_t depth = atomic_load_explicit(&record->depth, memory_order_relaxed);
  if (HF_UNLIKELY_(depth == 0)) {
    hfi_fail(HF_ESCOPE, 0, 0, 0);
    return;
  }
  atomic_store_explicit(&record->depth, depth - 1, memory_order_relaxed);
  if (depth == 1) {
    atomic_store_explicit(&record->since, 0, memory_order_relaxed);
    atomic_store_explicit(&record->caller, 0, memory_order_relaxed);
    hfi_scope_close(self, true);
  }
}
