/*
 * The memory that Java and C share: the runtime block, entries, records, types. Java's descriptors
 * name the same offsets, a test on each side holds them equal. Little endian, 64 bits; whoever
 * writes a member says so here.
 */
#ifndef HOLDFAST_LAYOUT_H
#define HOLDFAST_LAYOUT_H

#include "holdfast.h"
#include <stdatomic.h>
#include <stdbool.h>

#define HFI_MAGIC 0x54534146444c4f48u /* "HOLDFAST" */
#define HFI_ABI 1u

#define HFI_SEGMENTS 4096u
#define HFI_TYPE_SEGMENTS 1024u
#define HFI_TYPES_IN_SEGMENT 1024u
#define HFI_SLOT_BYTES 16u
#define HFI_MOVING ((uint64_t)1)

enum hfi_runtime_state { HFI_DOWN, HFI_RUNNING, HFI_SHUTDOWN };
enum hfi_entry_state { HFI_FREE, HFI_NURSERY, HFI_OLD, HFI_OPAQUE, HFI_RETIRED };
enum hfi_record_kind { HFI_C_THREAD = 1, HFI_JAVA_THREAD = 2 };
enum { HFI_FENCES_REQUIRED = 1 };

struct hfi_runtime {
  uint64_t magic;
  uint32_t abi;
  _Atomic(uint32_t) state;
  _Atomic(uint32_t) flags; /* HFI_FENCES_REQUIRED until membarrier is registered */
  uint32_t pad0[11];
  _Atomic(uint64_t) epoch; /* from 1; each increment is followed by a heavy fence */
  uint64_t pad1[7];
  _Atomic(uint64_t) release_head; /* entry index + 1 of the newest on the release queue */
  uint64_t pad2[7];
  _Atomic(uint64_t) records; /* newest record; records are pushed, never taken out */
  _Atomic(uint64_t) types_limit;
  _Atomic(uint64_t) entries_limit;
  _Atomic(uint64_t) arena_used; /* these five by Java, for hf_stats */
  _Atomic(uint64_t) arena_limit;
  _Atomic(uint64_t) arena_full;
  _Atomic(uint64_t) arena_filled;
  _Atomic(uint64_t) unmirrored;
  _Atomic(uint64_t) segments[HFI_SEGMENTS];
  _Atomic(uint64_t) type_segments[HFI_TYPE_SEGMENTS];
};

/* One cohort. `stamp` says whose it is, `counts` once set stays for ever. */
struct hfi_entry {
  _Atomic(uint64_t) base;
  _Atomic(uint64_t) ready;
  _Atomic(uint32_t) stamp;
  _Atomic(uint32_t) state;
  _Atomic(uint64_t) counts; /* address of struct hfi_counts, or of inline_count */
  _Atomic(uint64_t) inline_count;
  _Atomic(uint32_t) queued;
  _Atomic(uint32_t) next;
  _Atomic(uint32_t) pins;
  _Atomic(uint32_t) bytes;
  _Atomic(uint64_t) first; /* the handle whose slot is 0, while there are mirrors; else 0 */
};

/* The counts of a cohort, and by whom it is pinned: written by the pin that found none there. */
struct hfi_counts {
  _Atomic(uint64_t) words[64];
  _Atomic(uint64_t) pinner;       /* thread id */
  _Atomic(uint64_t) pin_caller;   /* return address of its hf_pin */
  _Atomic(uint64_t) pinned_since; /* CLOCK_MONOTONIC ns */
  uint64_t reserved;
};

#define HFI_THREADS 1u

/* One thread. Written by its own thread alone (but in_use when it is taken over), read by the
   collector. */
struct hfi_record {
  _Atomic(uint32_t) section; /* odd inside a write section */
  _Atomic(uint32_t) in_use;  /* 0 free, HFI_THREADS, other: Java's counters, no thread */
  _Atomic(uint64_t) scope;   /* 0, or the epoch read when the outermost scope opened */
  _Atomic(uint64_t) next;
  _Atomic(uint64_t) tid;
  _Atomic(uint32_t) depth;
  _Atomic(uint32_t) kind;
  _Atomic(uint64_t) since;  /* CLOCK_MONOTONIC ns when an explicit scope opened */
  _Atomic(uint64_t) caller; /* return address of its hf_enter */
  uint64_t base; /* C threads: of the cohort in which the last mirror was, for holdfast.h */
  _Atomic(uint64_t) retains;
  _Atomic(uint64_t) releases;
  _Atomic(uint64_t) stale;
  _Atomic(uint64_t) over_releases;
  _Atomic(uint64_t) uncounted;
  _Atomic(uint64_t) moves_cancelled;
  int32_t status; /* C threads: hf_last_status */
  int32_t reserved1[3];
};

/* Immutable once published. */
struct hfi_type {
  uint32_t id;
  uint32_t depth;
  uint32_t size;
  uint32_t field_count;
  uint64_t fingerprint;
  uint64_t ancestors; /* uint32_t[depth + 1], its own id last */
  uint64_t fields;    /* struct hfi_field[field_count], the superclass's first */
  uint64_t name;
  uint64_t checks; /* uint32_t[size] */
  uint64_t base_fingerprint;
};

struct hfi_field {
  uint64_t fingerprint; /* of the prefix that ends with this field */
  uint32_t offset;
  uint8_t kind;
  uint8_t flags;
  uint16_t depth; /* of the declaring class */
  uint64_t name;
  uint64_t descriptor;
};

/* One cohort to be moved: filled in by Java, `result` by hfi_move. */
struct hfi_move {
  uint64_t entry;
  uint64_t to;
  uint32_t bytes;
  int32_t result;
};
enum hfi_move_result {
  HFI_MOVED = 1,
  HFI_CANCELLED = 2,
  HFI_PINNED = 3,
  HFI_ABANDONED = 4,
  HFI_GONE = 5
};

/* One field that C writes: its bits are zero-extended. */
struct hfi_change {
  hf_field field;
  uint64_t bits;
};

/* How a call ended; HF_EJAVA until Java has written it. */
struct hfi_outcome {
  int32_t status;
  int32_t reserved;
  uint64_t exception; /* counted handle of what was thrown, 0 if nothing was */
  char words[448];    /* what was thrown, or why it was not called */
};

/*
 * What C asks of Java. Each may be NULL. Text is written as whole characters that fit into `cap`
 * bytes, and a NUL if there is room for it; the answer is the length of the whole text, or a
 * negative status.
 *
 * Where JNA has no memory to call Java at all, it returns 0. So what answers with an int64_t does
 * so in a form that is never 0 (hfi_crossed), and the others write a status that was HF_EJAVA.
 */
struct hfi_upcalls {
  uint32_t abi;
  uint32_t size;
  uint64_t (*retain_field)(uint64_t owner, uint64_t field, int32_t *status);
  uint64_t (*retain_path)(uint64_t owner, const struct hf_step *steps, int32_t n, int32_t *status);
  int64_t (*field_utf8)(uint64_t ref, uint64_t field, char *buf, int64_t cap);
  int64_t (*string_utf8)(uint64_t ref, char *buf, int64_t cap);
  int64_t (*type_find)(const char *name);
  int64_t (*java_equal)(uint64_t a, uint64_t b);
  int64_t (*java_hash)(uint64_t ref);
  void (*misuse)(int32_t status, uint64_t ref, const char *message);
  int64_t (*set_fields)(uint64_t ref, const struct hfi_change *changes, int32_t n);
  int64_t (*read_refs)(uint64_t ref, int64_t from, int64_t n, hf_ref *out);
  int64_t (*array_length)(uint64_t ref);
  int64_t (*array_read)(uint64_t ref, int32_t kind, int64_t from, int64_t n, void *out);
  int64_t (*array_write)(uint64_t ref, int32_t kind, int64_t from, int64_t n, const void *in);
  uint64_t (*string_new)(const char *utf8, int64_t length, int32_t *status);
  uint64_t (*weak_new)(uint64_t ref, int32_t *status);
  uint64_t (*weak_get)(uint64_t weak, int32_t *status);
  int64_t (*weak_free)(uint64_t weak);
  int64_t (*hold)(uint64_t owner, uint64_t target);
  int64_t (*unhold)(uint64_t owner, uint64_t target);
  int64_t (*peer_set)(uint64_t ref, const void *key, void *data, hf_destroy_function destroy);
  uint64_t (*peer_get)(uint64_t ref, const void *key, int32_t *status);
  int64_t (*class_find)(const char *name); /* a positive number, as all of these three */
  int64_t (*class_of)(uint64_t ref);
  int64_t (*class_name)(int32_t number, char *buf, int64_t cap);
  int64_t (*class_test)(uint64_t ref, int32_t number);
  int64_t (*method_find)(uint32_t type, const char *name, const char *descriptor, char *words,
                         int64_t cap);
  /* The first four arguments as bits, the address of the others. */
  uint64_t (*call)(uint64_t ref, uint64_t method, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                   const hf_value *more, struct hfi_outcome *outcome);
  uint64_t (*call_by_stub)(uint64_t ref, uint64_t method, uint64_t a, uint64_t b, uint64_t c,
                           uint64_t d, const hf_value *more, struct hfi_outcome *outcome);
  uint64_t (*throwable_new)(uint32_t type, const char *message, struct hfi_outcome *outcome);
};

/* A number that Java answers with, as it crosses. */
static inline int64_t hfi_crossed(int64_t answer) { return answer ^ INT64_MIN; }

/* The answer that has crossed; HF_EJAVA if there was none. */
static inline int64_t hfi_answer(int64_t crossed) {
  return crossed == 0 ? (int64_t)HF_EJAVA : crossed ^ INT64_MIN;
}

/* The same of a status or another small number. */
static inline int32_t hfi_answer32(int64_t crossed) { return (int32_t)hfi_answer(crossed); }

#define HFI_AT(STRUCT, MEMBER, OFFSET)                                                             \
  _Static_assert(offsetof(struct STRUCT, MEMBER) == (OFFSET), #STRUCT "." #MEMBER)
#define HFI_SIZE(STRUCT, SIZE) _Static_assert(sizeof(struct STRUCT) == (SIZE), #STRUCT)

HFI_AT(hfi_runtime, magic, 0);
HFI_AT(hfi_runtime, abi, 8);
HFI_AT(hfi_runtime, state, 12);
HFI_AT(hfi_runtime, flags, 16);
HFI_AT(hfi_runtime, epoch, 64);
HFI_AT(hfi_runtime, release_head, 128);
HFI_AT(hfi_runtime, records, 192);
HFI_AT(hfi_runtime, types_limit, 200);
HFI_AT(hfi_runtime, entries_limit, 208);
HFI_AT(hfi_runtime, arena_used, 216);
HFI_AT(hfi_runtime, arena_limit, 224);
HFI_AT(hfi_runtime, arena_full, 232);
HFI_AT(hfi_runtime, arena_filled, 240);
HFI_AT(hfi_runtime, unmirrored, 248);
HFI_AT(hfi_runtime, segments, 256);
HFI_AT(hfi_runtime, type_segments, 33024);
HFI_SIZE(hfi_runtime, 41216);

HFI_AT(hfi_entry, base, 0);
HFI_AT(hfi_entry, ready, 8);
HFI_AT(hfi_entry, stamp, 16);
HFI_AT(hfi_entry, state, 20);
HFI_AT(hfi_entry, counts, 24);
HFI_AT(hfi_entry, inline_count, 32);
HFI_AT(hfi_entry, queued, 40);
HFI_AT(hfi_entry, next, 44);
HFI_AT(hfi_entry, pins, 48);
HFI_AT(hfi_entry, bytes, 52);
HFI_AT(hfi_entry, first, 56);
HFI_SIZE(hfi_entry, 64);

HFI_AT(hfi_counts, pinner, 512);
HFI_AT(hfi_counts, pin_caller, 520);
HFI_AT(hfi_counts, pinned_since, 528);
HFI_SIZE(hfi_counts, 544);

HFI_AT(hfi_record, section, 0);
HFI_AT(hfi_record, in_use, 4);
HFI_AT(hfi_record, scope, 8);
HFI_AT(hfi_record, next, 16);
HFI_AT(hfi_record, tid, 24);
HFI_AT(hfi_record, depth, 32);
HFI_AT(hfi_record, kind, 36);
HFI_AT(hfi_record, since, 40);
HFI_AT(hfi_record, caller, 48);
HFI_AT(hfi_record, base, 56);
HFI_AT(hfi_record, retains, 64);
HFI_AT(hfi_record, releases, 72);
HFI_AT(hfi_record, stale, 80);
HFI_AT(hfi_record, over_releases, 88);
HFI_AT(hfi_record, uncounted, 96);
HFI_AT(hfi_record, moves_cancelled, 104);
HFI_AT(hfi_record, status, 112);
HFI_SIZE(hfi_record, 128);

HFI_AT(hfi_type, fingerprint, 16);
HFI_AT(hfi_type, ancestors, 24);
HFI_AT(hfi_type, fields, 32);
HFI_AT(hfi_type, name, 40);
HFI_AT(hfi_type, checks, 48);
HFI_AT(hfi_type, base_fingerprint, 56);
HFI_SIZE(hfi_type, 64);

HFI_AT(hfi_field, offset, 8);
HFI_AT(hfi_field, kind, 12);
HFI_AT(hfi_field, flags, 13);
HFI_AT(hfi_field, depth, 14);
HFI_AT(hfi_field, name, 16);
HFI_AT(hfi_field, descriptor, 24);
HFI_SIZE(hfi_field, 32);

HFI_AT(hfi_move, to, 8);
HFI_AT(hfi_move, bytes, 16);
HFI_AT(hfi_move, result, 20);
HFI_SIZE(hfi_move, 24);

HFI_AT(hfi_upcalls, retain_field, 8);
HFI_AT(hfi_upcalls, misuse, 64);
HFI_AT(hfi_upcalls, set_fields, 72);
HFI_AT(hfi_upcalls, peer_get, 168);
HFI_AT(hfi_change, bits, 8);
HFI_SIZE(hfi_change, 16);
HFI_AT(hfi_upcalls, class_find, 176);
HFI_AT(hfi_upcalls, throwable_new, 232);
HFI_AT(hfi_outcome, exception, 8);
HFI_AT(hfi_outcome, words, 16);
HFI_SIZE(hfi_outcome, 464);
HFI_AT(hf_step, times, 8);
HFI_SIZE(hf_step, 16);

/* What the public header's inline functions know of these. */
HFI_AT(hf_entry_, base, offsetof(struct hfi_entry, base));
HFI_AT(hf_entry_, ready, offsetof(struct hfi_entry, ready));
HFI_AT(hf_entry_, first, offsetof(struct hfi_entry, first));
HFI_SIZE(hf_entry_, sizeof(struct hfi_entry));
HFI_AT(hf_record_, scope, offsetof(struct hfi_record, scope));
HFI_AT(hf_record_, base, offsetof(struct hfi_record, base));
HFI_AT(hf_record_, status, offsetof(struct hfi_record, status));
HFI_SIZE(hf_record_, sizeof(struct hfi_record));
HFI_AT(hf_type_, size, offsetof(struct hfi_type, size));
HFI_AT(hf_type_, checks, offsetof(struct hfi_type, checks));
HFI_SIZE(hf_type_, sizeof(struct hfi_type));

#endif
