#include "stats.h"
#include "error.h"
#include "move.h"
#include <inttypes.h>
#include <string.h>

static uint64_t get(const _Atomic(uint64_t) *counter) {
  return atomic_load_explicit(counter, memory_order_relaxed);
}

static void add_record(struct hf_stats *sum, const struct hfi_record *record) {
  sum->retains += get(&record->retains);
  sum->releases += get(&record->releases);
  sum->stale_uses += get(&record->stale);
  sum->over_releases += get(&record->over_releases);
  sum->uncounted_uses += get(&record->uncounted);
  sum->moves_cancelled += get(&record->moves_cancelled);
  sum->threads += atomic_load_explicit(&record->in_use, memory_order_relaxed) == HFI_THREADS;
  sum->open_scopes += get(&record->scope) != 0;
}

hf_status hfi_stats(struct hf_stats *out) {
  hf_status status = hfi_running();
  if (status == HF_OK && !out)
    status = HF_ENULL;
  if (status != HF_OK)
    return hfi_fail(status, 0, 0, 0);
  if (out->size < 8)
    return hfi_failf(HF_EINVAL, "HF_EINVAL: hf_stats.size is %" PRIu32 " (sizeof(struct hf_stats))",
                     out->size);
  struct hfi_runtime *runtime = hfi_runtime();
  struct hfi_move_totals moves = hfi_move_totals();
  struct hf_stats sum = {0};
  sum.size = out->size < sizeof sum ? out->size : (uint32_t)sizeof sum;
  sum.state = atomic_load_explicit(&runtime->state, memory_order_relaxed);
  sum.moves = moves.moves;
  sum.moved_bytes = moves.bytes;
  sum.moves_pinned = moves.pinned;
  sum.moves_abandoned = moves.abandoned;
  sum.epoch = get(&runtime->epoch);
  sum.entries = get(&runtime->entries_limit);
  sum.types = get(&runtime->types_limit);
  sum.arena_used = get(&runtime->arena_used);
  sum.arena_limit = get(&runtime->arena_limit);
  sum.arena_full = get(&runtime->arena_full);
  sum.arena_filled = get(&runtime->arena_filled);
  sum.unmirrored = get(&runtime->unmirrored);
  uint64_t at = atomic_load_explicit(&runtime->records, memory_order_acquire);
  while (at != 0) {
    const struct hfi_record *record = (const struct hfi_record *)at;
    add_record(&sum, record);
    at = atomic_load_explicit(&record->next, memory_order_acquire);
  }
  memcpy(out, &sum, sum.size);
  hfi_succeed(hfi_self());
  return HF_OK;
}
