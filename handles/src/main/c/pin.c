#define _GNU_SOURCE
#include "pin.h"
#include "clock.h"
#include "count.h"
#include "error.h"
#include "section.h"

/* Inside a section: until it ends, a retired entry is not reused, nor are its pins looked at. */
static hf_status pin(struct hfi_record *record, uint64_t bits, uint64_t *mirror, bool *first) {
  hf_status status = hfi_counted(bits);
  if (status != HF_OK)
    return status;
  struct hfi_entry *entry = hfi_entry(bits);
  uint64_t ready = atomic_load_explicit(&entry->ready, memory_order_acquire);
  if (!(ready >> hfi_slot(bits) & 1))
    return HF_EUNMIRRORED;
  uint64_t base = hfi_section_base(record, entry);
  if (base == 0)
    return HF_EUNMANAGED;
  *first = atomic_fetch_add_explicit(&entry->pins, 1, memory_order_seq_cst) == 0;
  *mirror = base + (uint64_t)hfi_slot(bits) * HFI_SLOT_BYTES;
  return HF_OK;
}

/* For the report of pins that stay: who, and since when. */
static void note(const struct hfi_record *record, uint64_t bits, uint64_t caller) {
  struct hfi_counts *counts =
      (struct hfi_counts *)atomic_load_explicit(&hfi_entry(bits)->counts, memory_order_acquire);
  uint64_t tid = atomic_load_explicit(&record->tid, memory_order_relaxed);
  atomic_store_explicit(&counts->pinner, tid, memory_order_relaxed);
  atomic_store_explicit(&counts->pin_caller, caller, memory_order_relaxed);
  atomic_store_explicit(&counts->pinned_since, hfi_now(), memory_order_release);
}

const void *hfi_pin(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  struct hfi_thread *self = hfi_self();
  if (!self) {
    hfi_fail(hfi_running() != HF_OK ? hfi_running() : (hf_status)HF_ENOMEM, bits, 0, 0);
    return NULL;
  }
  uint64_t mirror = 0;
  bool first = false;
  hfi_section_begin(&self->record);
  hf_status status = pin(&self->record, bits, &mirror, &first);
  hfi_section_end(&self->record);
  if (status != HF_OK) {
    hfi_fail(status, bits, 0, 0);
    return NULL;
  }
  if (first)
    note(&self->record, bits, (uint64_t)__builtin_return_address(0));
  hfi_succeed(self);
  return (const void *)mirror;
}

/*
 * The pin may have outlived its object: the entry is retired then, one stamp further, and waits for
 * us. It is RETIRED before its stamp is incremented: who sees the new stamp sees the state.
 */
static bool names(struct hfi_entry *entry, uint64_t bits) {
  uint32_t stamp = atomic_load_explicit(&entry->stamp, memory_order_acquire);
  return stamp == hfi_stamp(bits) ||
         (stamp == hfi_stamp(bits) + 1 &&
          atomic_load_explicit(&entry->state, memory_order_acquire) == HFI_RETIRED);
}

static hf_status unpin(uint64_t bits) {
  hf_status status = hfi_refusal(bits);
  if (status != HF_OK && status != HF_ESTALE)
    return status;
  struct hfi_entry *entry = hfi_entry(bits);
  if (!names(entry, bits))
    return HF_ESTALE;
  uint32_t pins = atomic_load_explicit(&entry->pins, memory_order_relaxed);
  do {
    if (pins == 0)
      return HF_EPIN;
    /* Release: what was read through the pin comes before; pairs with the mover's and the
       sweep's acquire of pins. */
  } while (!atomic_compare_exchange_weak_explicit(&entry->pins, &pins, pins - 1,
                                                  memory_order_release, memory_order_relaxed));
  return HF_OK;
}

hf_status hfi_unpin(hf_ref ref) {
  hf_status status = unpin(hfi_bits(ref));
  if (status != HF_OK)
    return hfi_fail(status, hfi_bits(ref), 0, 0);
  hfi_succeed(hfi_self());
  return HF_OK;
}
