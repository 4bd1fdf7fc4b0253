#define _GNU_SOURCE
#include "move.h"
#include "clock.h"
#include "fence.h"
#include <pthread.h>
#include <sched.h>

/* One batch at a time. */
static pthread_mutex_t moving = PTHREAD_MUTEX_INITIALIZER;
static struct hfi_move_totals totals; /* under the mutex */

static struct hfi_entry *entry_of(const struct hfi_move *move) {
  return (struct hfi_entry *)move->entry;
}

/* Step 1. False if there is nothing to move any more, or it stands in the batch twice. */
static bool begin(struct hfi_entry *entry) {
  uint32_t state = atomic_load_explicit(&entry->state, memory_order_acquire);
  if (state != HFI_NURSERY && state != HFI_OLD)
    return false;
  uint64_t base = atomic_load_explicit(&entry->base, memory_order_relaxed);
  return base != 0 && !(base & HFI_MOVING) &&
         atomic_compare_exchange_strong_explicit(&entry->base, &base, base | HFI_MOVING,
                                                 memory_order_seq_cst, memory_order_relaxed);
}

/* Step 3, one thread: if it was in a section, that section has ended within the deadline. */
static bool left_section(struct hfi_record *record, uint64_t deadline) {
  /* Acquire: what the section wrote is what we copy; pairs with hfi_section_end. */
  uint32_t seen = atomic_load_explicit(&record->section, memory_order_acquire);
  if (!(seen & 1))
    return true;
  while (atomic_load_explicit(&record->section, memory_order_acquire) == seen) {
    if (hfi_now_exactly() >= deadline)
      return false;
    sched_yield();
  }
  return true;
}

static bool all_left_sections(int32_t wait_micros) {
  uint64_t wait = wait_micros > 0 ? (uint64_t)wait_micros * 1000 : 0;
  uint64_t deadline = hfi_now_exactly() + wait;
  uint64_t at = atomic_load_explicit(&hfi_runtime()->records, memory_order_acquire);
  while (at != 0) {
    struct hfi_record *record = (struct hfi_record *)at;
    if (!left_section(record, deadline))
      return false;
    at = atomic_load_explicit(&record->next, memory_order_acquire);
  }
  return true;
}

/* Takes MOVING away again, unless a writer has done so. */
static void give_up(struct hfi_entry *entry) {
  uint64_t base = atomic_load_explicit(&entry->base, memory_order_relaxed);
  if (base & HFI_MOVING)
    atomic_compare_exchange_strong_explicit(&entry->base, &base, base & ~HFI_MOVING,
                                            memory_order_seq_cst, memory_order_relaxed);
}

/* Step 4, by words: a writer that cancels may write meanwhile, and then the copy is discarded. */
static void copy(uint64_t to, uint64_t from, uint32_t bytes) {
  const _Atomic(uint64_t) *source = (const _Atomic(uint64_t) *)from;
  uint64_t *target = (uint64_t *)to;
  for (uint32_t i = 0; i < (bytes + 7) / 8; i++)
    target[i] = atomic_load_explicit(&source[i], memory_order_relaxed);
}

/* Steps 3 (pins) to 5, for one cohort. */
static int32_t try_move(const struct hfi_move *move) {
  struct hfi_entry *entry = entry_of(move);
  if (atomic_load_explicit(&entry->pins, memory_order_seq_cst) != 0) {
    give_up(entry);
    return HFI_PINNED;
  }
  uint64_t base = atomic_load_explicit(&entry->base, memory_order_acquire);
  if (!(base & HFI_MOVING))
    return HFI_CANCELLED;
  copy(move->to, base & ~HFI_MOVING, move->bytes);
  /* Release: the copy comes before its address; pairs with every acquire of a base. */
  return atomic_compare_exchange_strong_explicit(&entry->base, &base, move->to,
                                                 memory_order_seq_cst, memory_order_relaxed)
             ? HFI_MOVED
             : HFI_CANCELLED;
}

static int32_t move_batch(struct hfi_move *moves, int32_t n, int32_t wait_micros) {
  for (int32_t i = 0; i < n; i++)
    moves[i].result = begin(entry_of(&moves[i])) ? HFI_MOVED : HFI_GONE;
  /* Pairs with the light fence of each section: who does not see MOVING is seen below. */
  hfi_heavy_fence();
  bool quiet = all_left_sections(wait_micros);
  int32_t moved = 0;
  for (int32_t i = 0; i < n; i++) {
    if (moves[i].result == HFI_GONE)
      continue;
    if (quiet) {
      moves[i].result = try_move(&moves[i]);
    } else {
      give_up(entry_of(&moves[i]));
      moves[i].result = HFI_ABANDONED;
    }
    moved += moves[i].result == HFI_MOVED;
    totals.moves += moves[i].result == HFI_MOVED;
    totals.bytes += moves[i].result == HFI_MOVED ? moves[i].bytes : 0;
    totals.pinned += moves[i].result == HFI_PINNED;
    totals.abandoned += moves[i].result == HFI_ABANDONED;
  }
  return moved;
}

struct hfi_move_totals hfi_move_totals(void) {
  pthread_mutex_lock(&moving);
  struct hfi_move_totals now = totals;
  pthread_mutex_unlock(&moving);
  return now;
}

/* ---- called by Java -------------------------------------------------------------------------- */

/*
 * Moves what can be moved, waiting at most wait_micros for write sections. Returns how many were
 * moved; each `result` says what became of it. The old memory of the moved may be reused when the
 * scope of each record is 0 or at least *epoch_out. Negative: HF_ENORUNTIME, HF_EFORK, HF_EINVAL (n
 * < 0).
 */
int32_t hfi_move(struct hfi_move *moves, int32_t n, int32_t wait_micros, uint64_t *epoch_out) {
  hf_status status = hfi_running();
  if (status != HF_OK)
    return status;
  if (n < 0 || (n > 0 && !moves))
    return HF_EINVAL;
  pthread_mutex_lock(&moving);
  int32_t moved = n > 0 ? move_batch(moves, n, wait_micros) : 0;
  uint64_t epoch = moved > 0 ? hfi_epoch_advance()
                             : atomic_load_explicit(&hfi_runtime()->epoch, memory_order_acquire);
  pthread_mutex_unlock(&moving);
  if (epoch_out)
    *epoch_out = epoch;
  return moved;
}

/* Steps 6 and 7, also for deaths: what was unpublished before this call is not found by scopes
   at the returned epoch. 0 without a runtime. */
uint64_t hfi_epoch_advance(void) {
  if (hfi_running() != HF_OK)
    return 0;
  uint64_t epoch = atomic_fetch_add_explicit(&hfi_runtime()->epoch, 1, memory_order_seq_cst) + 1;
  /* Pairs with the light fence of each scope: who still finds the old memory has a mark that is
     seen from here on. */
  hfi_heavy_fence();
  return epoch;
}
