/*
 * The bits of a handle:
 *
 *   63 | 62 | 61 .. 56   | 55 | 54 .. 39  | 38 ...... 9 | 8 .. 3 | 2 1 0
 *    0 |  1 | stamp high |  1 | stamp low | entry index | slot   | 0 0 0
 *
 * 26 of the 30 index bits can be used (HFI_SEGMENTS segments), the shape check includes the other
 * four.
 */
#ifndef HOLDFAST_BITS_H
#define HOLDFAST_BITS_H

#include "layout.h"

static inline uint64_t hfi_bits(const void *ref) { return (uint64_t)(uintptr_t)ref; }
static inline hf_ref hfi_ref(uint64_t bits) { return (hf_ref)(uintptr_t)bits; }

/* The bits that all handles have in common. */
#define HFI_SHAPE_MASK 0xc080007800000007u
#define HFI_SHAPE 0x4080000000000000u
static inline bool hfi_shaped(uint64_t bits) { return (bits & HFI_SHAPE_MASK) == HFI_SHAPE; }
static inline uint32_t hfi_slot(uint64_t bits) { return bits >> 3 & 63; }
static inline uint32_t hfi_index(uint64_t bits) { return bits >> 9 & 0x3ffffff; }
static inline uint32_t hfi_segment(uint64_t bits) { return bits >> 23 & 0xfff; }
static inline uint64_t hfi_offset_in_segment(uint64_t bits) { return bits >> 3 & 0xfffc0; }
static inline uint32_t hfi_stamp(uint64_t bits) {
  return (uint32_t)(bits >> 39 & 0xffff) | (uint32_t)(bits >> 40 & 0x3f0000);
}

/* A count word: the stamp of the handles that it counts, and their count. */
static inline uint32_t hfi_word_stamp(uint64_t word) { return (uint32_t)(word >> 32); }
static inline uint32_t hfi_word_count(uint64_t word) { return (uint32_t)word; }
#define HFI_SATURATED 0xffffffffu

#endif
