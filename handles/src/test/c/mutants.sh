#!/bin/sh
# Leaves out one step of a protocol after the other, and expects the named test to fail each time.
# By hand, from the module's directory, on a quiet machine with two processors or more:
#
#   src/test/c/mutants.sh [NAME]
#
# Some races need luck: a mutant has TRIES times 4 s (20). Ends with 1 if one survives.
set -u

out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
survivors=0
only=${1:-}

# mutant NAME FILE SED TEST [VARIABLE=VALUE]
mutant() {
  [ -z "$only" ] || [ "$only" = "$1" ] || return 0
  rm -rf "$out/c"
  cp -r src/main/c "$out/c"
  sed -E -i "$3" "$out/c/$2"
  if cmp -s "$out/c/$2" "src/main/c/$2"; then
    echo "$1: the expression changes nothing in $2"
    survivors=$((survivors + 1))
    return 0
  fi
  if ! MAIN_DIR="$out/c" CFLAGS=-Wno-error src/test/c/build.sh "${CC:-cc}" "${CXX:-c++}" plain \
    "$out/built" >"$out/log" 2>&1; then
    echo "$1: does not compile"
    head -5 "$out/log"
    survivors=$((survivors + 1))
    return 0
  fi
  try=1
  while [ $try -le "${TRIES:-20}" ]; do
    if ! env HOLDFAST_TEST_MILLIS=4000 ${5:+"$5"} timeout 60 "$out/built/tests" "$4" >"$out/log" 2>&1
    then
      echo "$1: red at try $try: $(tail -1 "$out/log" | cut -c 1-120)"
      return 0
    fi
    try=$((try + 1))
  done
  echo "$1: SURVIVES $4"
  survivors=$((survivors + 1))
}

mutant no-heavy-fence-before-marks move.c \
  '/light fence of each section/{n;s/hfi_heavy_fence\(\);//}' \
  moves_lose_no_write
mutant no-wait-for-sections move.c 's/if \(!\(seen & 1\)\)/if (1)/' moves_lose_no_write
mutant no-reload-after-failed-cas section.h \
  's/uint64_t base = atomic_load_explicit\(&entry->base, memory_order_acquire\);/&\n  uint64_t first = base \& ~HFI_MOVING;/; s/^  return base;/  return first;/' \
  moves_lose_no_write
mutant no-cancelling section.h 's/while \(base & HFI_MOVING\)/while (0)/; s/^  return base;/  return base \& ~HFI_MOVING;/' \
  moves_lose_no_write
mutant no-light-fence-where-membarrier-is-missing fence.h 's/atomic_thread_fence\(memory_order_seq_cst\)/atomic_signal_fence(memory_order_seq_cst)/' \
  moves_lose_no_write HOLDFAST_TEST_NO_MEMBARRIER=1
mutant publish-without-cas move.c \
  's/return atomic_compare_exchange_strong_explicit\(&entry->base, &base, move->to,/return (atomic_store(\&entry->base, move->to), 1) || atomic_compare_exchange_strong_explicit(\&entry->base, \&base, move->to,/' \
  moves_lose_no_write
mutant two-batches-at-once move.c '/pthread_mutex_(un)?lock\(&moving\);/d' \
  a_batch_begins_when_the_one_before_has_ended
mutant pins-not-looked-at move.c 's/atomic_load_explicit\(&entry->pins, memory_order_seq_cst\) != 0/0/' \
  moves_disturb_neither_readers_nor_pins
mutant pin-outside-a-section pin.c \
  's/^  hfi_section_(begin|end)\(.*//; s/^  \*first = atomic_fetch_add_explicit\(&entry->pins/  for (volatile int i = 0; i < 5000; i++)\n    ;\n&/' \
  moves_disturb_neither_readers_nor_pins
mutant no-heavy-fence-after-the-epoch move.c \
  '/light fence of each scope/,/hfi_heavy_fence/s/^  hfi_heavy_fence\(\);//' \
  what_a_scope_shows_outlives_the_object
mutant no-light-fence-in-scopes record.h 's/^  hfi_light_fence\(\);//' \
  what_a_scope_shows_outlives_the_object HOLDFAST_TEST_NO_MEMBARRIER=1
mutant no-epoch-after-moves move.c 's/moved > 0 \? hfi_epoch_advance\(\)/moved < 0 ? hfi_epoch_advance()/' \
  moves_disturb_neither_readers_nor_pins
mutant scope-without-an-epoch record.h \
  's/atomic_store_explicit\(&self->record.scope, epoch,/atomic_store_explicit(\&self->record.scope, epoch + 1000000000,/' \
  moves_disturb_neither_readers_nor_pins
mutant no-stamp-in-the-word count.c \
  's/uint64_t zero = \(uint64_t\)hfi_stamp\(bits\) << 32;/uint64_t zero = hfi_fresh((struct hfi_entry *)0 + 0 == 0 ? hfi_entry(bits) : 0, bits) ? atomic_load(word) \& ~(uint64_t)0xffffffff : 0;/' \
  a_stale_handle_never_touches_the_next_owner
mutant stamp-not-compared count.c \
  's/uint64_t zero = \(uint64_t\)hfi_stamp\(bits\) << 32;/uint64_t zero = atomic_load(word) \& ~(uint64_t)0xffffffff;/' \
  a_stale_handle_is_told_and_counts_nothing
mutant release-that-does-not-queue count.c 's/^  queue\(bits, hfi_entry\(bits\)\);//; s/^static HFI_COLD void queue/__attribute__((unused)) &/' \
  counts_are_exact_and_roots_follow
mutant queue-without-the-exchange count.c \
  's/if \(atomic_exchange_explicit\(&entry->queued, 1, memory_order_seq_cst\) != 0\)/atomic_store(\&entry->queued, 1);\n  if (0)/' \
  counts_are_exact_and_roots_follow
mutant retain-of-an-uncounted-handle count.c 's/seen - zero - 1 >= HFI_SATURATED - 1/seen - zero >= HFI_SATURATED/' \
  counts_are_exact_and_roots_follow
mutant release-without-cas count.c \
  's/word, &seen, seen - n, memory_order_acq_rel, memory_order_relaxed/word, \&seen, seen, memory_order_acq_rel, memory_order_relaxed/; s/^  return seen - zero == n \? LAST : COUNTED;/  atomic_store_explicit(word, seen - n, memory_order_release);\n&/' \
  counts_are_exact_and_roots_follow

[ $survivors -eq 0 ]
