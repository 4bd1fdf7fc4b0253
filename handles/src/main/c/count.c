#include "count.h"
#include "error.h"

/* ---- the release queue ------------------------------------------------------------------------
 */

/*
 * Puts the entry onto the queue unless it is there. The exchange comes after the CAS to 0, and
 * Java's drain clears `queued` by exchange before it looks at the counts: whoever finds it set is
 * seen by that drain.
 */
static HFI_COLD void queue(uint64_t bits, struct hfi_entry *entry) {
  struct hfi_runtime *runtime = hfi_runtime();
  if (atomic_exchange_explicit(&entry->queued, 1, memory_order_seq_cst) != 0)
    return;
  uint64_t head = atomic_load_explicit(&runtime->release_head, memory_order_relaxed);
  do {
    atomic_store_explicit(&entry->next, (uint32_t)head, memory_order_relaxed);
    /* Release: pairs with the drain that takes the list and then reads `next`. */
  } while (!atomic_compare_exchange_weak_explicit(&runtime->release_head, &head,
                                                  (uint64_t)hfi_index(bits) + 1,
                                                  memory_order_seq_cst, memory_order_relaxed));
}

/* ---- retain -----------------------------------------------------------------------------------
 */

hf_status hfi_counted(uint64_t bits) {
  hf_status status = hfi_refusal(bits);
  if (status != HF_OK)
    return status;
  struct hfi_entry *entry = hfi_entry(bits);
  _Atomic(uint64_t) *word = hfi_count_word(entry, bits);
  if (!word)
    return HF_EUNCOUNTED;
  uint64_t seen = atomic_load_explicit(word, memory_order_acquire);
  if (hfi_word_count(seen) != 0 && hfi_word_stamp(seen) == hfi_stamp(bits))
    return HF_OK;
  /* Stale, if it died since. */
  return hfi_fresh(entry, bits) ? HF_EUNCOUNTED : HF_ESTALE;
}

static HFI_COLD hf_ref retain_refused(uint64_t bits) {
  hf_status status = hfi_counted(bits);
  /* Counted again by now: it was not when we looked, and that is the answer. */
  hfi_fail(status == HF_OK ? (hf_status)HF_EUNCOUNTED : status, bits, 0, 0);
  return HF_NULL;
}

hf_ref hfi_retain(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  struct hfi_entry *entry = hfi_entry(bits);
  struct hfi_thread *self = hfi_self();
  if (HF_UNLIKELY_(!entry))
    return retain_refused(bits);
  _Atomic(uint64_t) *word = hfi_count_word(entry, bits);
  if (HF_UNLIKELY_(!word))
    return retain_refused(bits);
  uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    if (HF_UNLIKELY_(hfi_word_stamp(seen) != hfi_stamp(bits) || hfi_word_count(seen) == 0))
      return retain_refused(bits);
    if (HF_UNLIKELY_(hfi_word_count(seen) == HFI_SATURATED))
      break;
  } while (HF_UNLIKELY_(!atomic_compare_exchange_weak_explicit(
      word, &seen, seen + 1, memory_order_acquire, memory_order_relaxed)));
  if (HF_LIKELY_(self != NULL))
    hfi_add(&self->record.retains, 1);
  return ref;
}

void *hfi_retain_ptr(void *ref) { return hfi_retain((hf_ref)ref); }

/* ---- release ----------------------------------------------------------------------------------
 */

/* The lookup failed, or fewer than n are counted. */
static HFI_COLD hf_status release_refused(uint64_t bits, uint32_t n) {
  if (bits == 0)
    return HF_OK;
  struct hfi_thread *self = hfi_self();
  hf_status status = hfi_java_running();
  if (status == HF_ESHUTDOWN) {
    if (self)
      hfi_add(&self->record.releases, n);
    return HF_OK;
  }
  status = hfi_counted(bits);
  uint32_t count = 0;
  if (status == HF_OK || status == HF_EUNCOUNTED) {
    _Atomic(uint64_t) *word = hfi_count_word(hfi_entry(bits), bits);
    uint64_t seen = word ? atomic_load_explicit(word, memory_order_relaxed) : 0;
    count = hfi_word_stamp(seen) == hfi_stamp(bits) ? hfi_word_count(seen) : 0;
    status = HF_EOVERRELEASE;
  }
  return hfi_fail(status, bits, n, count);
}

static inline hf_status release(uint64_t bits, uint32_t n) {
  struct hfi_entry *entry =
      hfi_entry_in(atomic_load_explicit(&hfi_view.release_segments, memory_order_acquire), bits);
  struct hfi_thread *self = hfi_self();
  if (HF_UNLIKELY_(!entry))
    return release_refused(bits, n);
  _Atomic(uint64_t) *word = hfi_count_word(entry, bits);
  if (HF_UNLIKELY_(!word))
    return release_refused(bits, n);
  uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    if (HF_UNLIKELY_(hfi_word_stamp(seen) != hfi_stamp(bits) || hfi_word_count(seen) < n))
      return release_refused(bits, n);
    if (HF_UNLIKELY_(hfi_word_count(seen) == HFI_SATURATED))
      break;
    /* Release: what this owner did with the object comes before its death; pairs with the next CAS
       of the word and with the drain's look at it. */
  } while (HF_UNLIKELY_(!atomic_compare_exchange_weak_explicit(
      word, &seen, seen - n, memory_order_acq_rel, memory_order_relaxed)));
  if (HF_LIKELY_(self != NULL))
    hfi_add(&self->record.releases, n);
  if (HF_UNLIKELY_(hfi_word_count(seen) == n))
    queue(bits, entry);
  return HF_OK;
}

void hfi_release(void *ref) { (void)release(hfi_bits(ref), 1); }

hf_status hfi_release_n(hf_ref ref, uint32_t n) {
  if (n == 0)
    return HF_OK;
  hf_status status = release(hfi_bits(ref), n);
  if (status == HF_OK)
    hfi_succeed(hfi_self());
  return status;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

uint32_t hfi_count(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  hf_status status = hfi_refusal(bits);
  if (status != HF_OK) {
    hfi_fail(status, bits, 0, 0);
    return 0;
  }
  hfi_succeed(hfi_self());
  _Atomic(uint64_t) *word = hfi_count_word(hfi_entry(bits), bits);
  uint64_t seen = word ? atomic_load_explicit(word, memory_order_acquire) : 0;
  return hfi_word_stamp(seen) == hfi_stamp(bits) ? hfi_word_count(seen) : 0;
}
