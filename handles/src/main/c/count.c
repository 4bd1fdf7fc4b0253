#include "count.h"
#include "error.h"
#include "track.h"

/* ---- the release queue ----------------------------------------------------------------------- */

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

/* ---- finding the word ------------------------------------------------------------------------ */

/*
 * The runtime's segments that counts were looked up in before: a table at a fixed place, which
 * saves the fast paths a load in the chain that the atomic operation waits for. Empty again from
 * the shutdown on, in a forked child and in the debug mode, so that every call takes the slow path
 * there, and the fast ones need not ask.
 */
static _Atomic(uint64_t) remembered[HFI_SEGMENTS];

static void remember(uint64_t bits) {
  uint64_t segment = (uint64_t)hfi_entry(bits) - hfi_offset_in_segment(bits);
  atomic_store(&remembered[hfi_segment(bits)], segment);
  /* Pairs with the stores before hfi_counts_forget: either we see them, or it clears this. */
  if (hfi_java_running() != HF_OK || atomic_load(&hfi_sampling) != 0)
    atomic_store(&remembered[hfi_segment(bits)], 0);
}

void hfi_counts_forget(void) {
  for (uint32_t i = 0; i < HFI_SEGMENTS; i++)
    if (atomic_load(&remembered[i]) != 0)
      atomic_store(&remembered[i], 0);
}

/* The word that a handle is counted in, NULL if it was not found this fast. Nothing is said of
   the stamp. */
static inline _Atomic(uint64_t) *find_fast(uint64_t bits) {
  if (HF_UNLIKELY_(!hfi_shaped(bits)))
    return NULL;
  uint64_t segment = atomic_load_explicit(&remembered[hfi_segment(bits)], memory_order_acquire);
  if (HF_UNLIKELY_(segment == 0))
    return NULL;
  return hfi_count_word((struct hfi_entry *)(segment + hfi_offset_in_segment(bits)), bits);
}

static _Atomic(uint64_t) *find(uint64_t bits) {
  struct hfi_entry *entry = hfi_entry(bits);
  return entry ? hfi_count_word(entry, bits) : NULL;
}

/* ---- changing it ----------------------------------------------------------------------------- */

enum outcome { REFUSED, COUNTED, LAST };

static inline enum outcome add(_Atomic(uint64_t) *word, uint64_t bits) {
  uint64_t zero = (uint64_t)hfi_stamp(bits) << 32;
  uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    /* Another stamp, or 0, or saturated. */
    if (HF_UNLIKELY_(seen - zero - 1 >= HFI_SATURATED - 1))
      return seen - zero == HFI_SATURATED ? COUNTED : REFUSED;
  } while (HF_UNLIKELY_(!atomic_compare_exchange_weak_explicit(
      word, &seen, seen + 1, memory_order_acquire, memory_order_relaxed)));
  return COUNTED;
}

static inline enum outcome subtract(_Atomic(uint64_t) *word, uint64_t bits, uint32_t n) {
  uint64_t zero = (uint64_t)hfi_stamp(bits) << 32;
  uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    /* Another stamp, or less than n, or saturated. */
    if (HF_UNLIKELY_(seen - zero - n >= HFI_SATURATED - n))
      return seen - zero == HFI_SATURATED ? COUNTED : REFUSED;
    /* Release: what this owner did with the object comes before its death; pairs with the next
       CAS of the word and with the drain's look at it. */
  } while (HF_UNLIKELY_(!atomic_compare_exchange_weak_explicit(
      word, &seen, seen - n, memory_order_acq_rel, memory_order_relaxed)));
  return seen - zero == n ? LAST : COUNTED;
}

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

/* ---- retain ---------------------------------------------------------------------------------- */

static HFI_COLD hf_ref retain_slowly(uint64_t bits, const void *caller) {
  _Atomic(uint64_t) *word = find(bits);
  if (!word || add(word, bits) == REFUSED) {
    hf_status status = hfi_counted(bits);
    /* Counted again by now: it was not when we looked, and that is the answer. */
    hfi_fail(status == HF_OK ? (hf_status)HF_EUNCOUNTED : status, bits, 0, 0);
    return HF_NULL;
  }
  struct hfi_thread *self = hfi_self();
  if (self)
    hfi_add(&self->record.retains, 1);
  if (hfi_tracking())
    hfi_track_retain(bits, hfi_track_place(caller));
  remember(bits);
  return hfi_ref(bits);
}

/* No calls but tail calls: the fast path has no stack frame. */
static inline __attribute__((always_inline)) hf_ref retain(uint64_t bits, const void *caller) {
  struct hfi_thread *self = hfi_current;
  _Atomic(uint64_t) *word = find_fast(bits);
  if (HF_UNLIKELY_(!word || !self || add(word, bits) == REFUSED))
    return retain_slowly(bits, caller);
  hfi_add(&self->record.retains, 1);
  return hfi_ref(bits);
}

hf_ref hfi_retain(hf_ref ref) { return retain(hfi_bits(ref), __builtin_return_address(0)); }

void *hfi_retain_ptr(void *ref) { return retain(hfi_bits(ref), __builtin_return_address(0)); }

/* ---- release --------------------------------------------------------------------------------- */

/* What fewer than n are counted of, or is no handle. */
static hf_status release_refused(uint64_t bits, uint32_t n) {
  hf_status status = hfi_refusal(bits);
  uint32_t count = 0;
  if (status == HF_OK) {
    _Atomic(uint64_t) *word = find(bits);
    uint64_t seen = word ? atomic_load_explicit(word, memory_order_relaxed) : 0;
    count = hfi_word_stamp(seen) == hfi_stamp(bits) ? hfi_word_count(seen) : 0;
    status = HF_EOVERRELEASE;
  }
  return hfi_fail(status, bits, n, count);
}

static HFI_COLD hf_status last_release(uint64_t bits, uint32_t n) {
  struct hfi_thread *self = hfi_self();
  if (self)
    hfi_add(&self->record.releases, n);
  queue(bits, hfi_entry(bits));
  return HF_OK;
}

static HFI_COLD void track(uint64_t bits, uint32_t n, bool last, const void *caller) {
  struct hfi_place place = hfi_track_place(caller);
  for (uint32_t i = 0; i < (last ? 1 : n); i++)
    hfi_track_release(bits, place, last);
}

static HFI_COLD hf_status release_slowly(uint64_t bits, uint32_t n, const void *caller) {
  if (bits == 0)
    return HF_OK;
  struct hfi_thread *self = hfi_self();
  bool ending = hfi_java_running() == HF_ESHUTDOWN;
  if (!ending) {
    _Atomic(uint64_t) *word = find(bits);
    enum outcome outcome = word ? subtract(word, bits, n) : REFUSED;
    if (outcome == REFUSED)
      return release_refused(bits, n);
    if (hfi_tracking())
      track(bits, n, outcome == LAST, caller);
    remember(bits);
    if (outcome == LAST)
      return last_release(bits, n);
  }
  if (self)
    hfi_add(&self->record.releases, n);
  return HF_OK;
}

static inline __attribute__((always_inline)) hf_status release(uint64_t bits, uint32_t n,
                                                               const void *caller) {
  struct hfi_thread *self = hfi_current;
  _Atomic(uint64_t) *word = find_fast(bits);
  if (HF_UNLIKELY_(!word || !self))
    return release_slowly(bits, n, caller);
  enum outcome outcome = subtract(word, bits, n);
  if (HF_UNLIKELY_(outcome != COUNTED))
    return outcome == LAST ? last_release(bits, n) : release_slowly(bits, n, caller);
  hfi_add(&self->record.releases, n);
  return HF_OK;
}

void hfi_release(void *ref) { (void)release(hfi_bits(ref), 1, __builtin_return_address(0)); }

hf_status hfi_release_n(hf_ref ref, uint32_t n) {
  if (n == 0)
    return HF_OK;
  hf_status status = release(hfi_bits(ref), n, __builtin_return_address(0));
  if (status == HF_OK)
    hfi_succeed(hfi_self());
  return status;
}

/* ---- reading --------------------------------------------------------------------------------- */

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
