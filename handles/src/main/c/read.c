#include "read.h"
#include "error.h"

hf_status hfi_unreadable(uint64_t bits) {
  hf_status status = hfi_refusal(bits);
  if (status != HF_OK)
    return status;
  struct hfi_entry *entry = hfi_entry(bits);
  if (atomic_load_explicit(&entry->base, memory_order_acquire) == 0) {
    /* No mirrors; or it has died just now. */
    return hfi_fresh(entry, bits) ? HF_EUNMANAGED : HF_ESTALE;
  }
  uint64_t ready = atomic_load_explicit(&entry->ready, memory_order_acquire);
  return ready >> hfi_slot(bits) & 1 ? HF_OK : HF_EUNMIRRORED;
}

hf_status hfi_refuse(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  hf_status status = hfi_unreadable(bits);
  if (status == HF_OK) {
    struct hfi_thread *self = hfi_self();
    if (!self)
      status = HF_ENOMEM;
    else if (atomic_load_explicit(&self->record.scope, memory_order_relaxed) == 0)
      status = HF_ESCOPE;
    else
      status = HF_EUNMIRRORED; /* it became readable between the two looks */
  }
  return hfi_fail(status, bits, 0, 0);
}

hf_status hfi_refuse_field(hf_ref ref, hf_field field, uint32_t kinds, const void *out) {
  uint64_t bits = hfi_bits(ref);
  (void)kinds;
  hf_status status = hfi_unreadable(bits);
  if (status == HF_OK)
    status = !out ? HF_ENULL : !hfi_self() ? HF_ENOMEM : HF_ETYPE;
  return hfi_fail(status, bits, field, 0);
}
