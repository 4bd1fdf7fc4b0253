/*
 * Who retained what: the debug mode. Off, it costs nothing: a retain asks for it only where it has
 * left the fast path, and while it is on the fast paths find nothing (see `remembered` in count.c),
 * also those of libraries that took hf_retain_function() before.
 *
 * A count is known by its place: a return address, a text that the library compiled in, or the
 * number of a stack that Java keeps. What Java counts for C, because C has asked for it, is C's. A
 * release takes away the newest record of its own side (Java, C) and thread, as far as there is
 * one; the last one remembers where it was, for whoever uses the handle afterwards. With sampling
 * one in n retains of a thread is recorded, and records go with the last release.
 */
#ifndef HOLDFAST_TRACK_H
#define HOLDFAST_TRACK_H

#include "record.h"

enum hfi_place_kind { HFI_NOWHERE, HFI_ADDRESS, HFI_TEXT, HFI_JAVA };

struct hfi_place {
  uint64_t at;
  uint32_t kind;
  uint32_t reserved;
};

/* One record, as Java reads it. */
struct hfi_retained {
  uint64_t handle;
  uint64_t since; /* CLOCK_MONOTONIC ns */
  uint64_t thread;
  struct hfi_place place;
};

extern _Atomic(uint32_t) hfi_sampling; /* one in so many; 0: off */

static inline bool hfi_tracking(void) {
  return HF_UNLIKELY_(atomic_load_explicit(&hfi_sampling, memory_order_relaxed) != 0);
}

static inline struct hfi_place hfi_address(const void *address) {
  return (struct hfi_place){(uint64_t)address, HFI_ADDRESS, 0};
}

/* Where the call under way is: what its macro says, or else its caller. */
struct hfi_place hfi_track_place(const void *caller);

/* Begins a call that Java answers with counted handles: its caller is where those are retained.
   Gives what was asked before, which hfi_track_asked brings back: Java may call C meanwhile. */
struct hfi_place hfi_track_ask(const void *caller);
void hfi_track_asked(struct hfi_place before);

HFI_COLD void hfi_track_retain(uint64_t handle, struct hfi_place place);
/* `last`: no count is left. */
HFI_COLD void hfi_track_release(uint64_t handle, struct hfi_place place, bool last);
/* " (last released at ...)" if that is known, else "". */
HFI_EXPORT void hfi_track_released(uint64_t handle, char *words, size_t n);

void hfi_at(const char *place);
hf_ref hfi_retain_at(hf_ref ref, const char *place);
void hfi_release_at(void *ref, const char *place);

#endif
