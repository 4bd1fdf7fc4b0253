/* Plain memory for a Java side that cannot use Unsafe, sequentially consistent throughout; and what
   gives memory back to the operating system. */
#define _GNU_SOURCE
#include "runtime.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

HFI_EXPORT uint64_t hfi_load64(uint64_t address);
HFI_EXPORT uint32_t hfi_load32(uint64_t address);
HFI_EXPORT void hfi_store64(uint64_t address, uint64_t value);
HFI_EXPORT void hfi_store32(uint64_t address, uint32_t value);
HFI_EXPORT int32_t hfi_cas64(uint64_t address, uint64_t expected, uint64_t value);
HFI_EXPORT int32_t hfi_cas32(uint64_t address, uint32_t expected, uint32_t value);
HFI_EXPORT uint64_t hfi_exchange64(uint64_t address, uint64_t value);
HFI_EXPORT uint32_t hfi_exchange32(uint64_t address, uint32_t value);
HFI_EXPORT uint64_t hfi_allocate(uint64_t bytes);
HFI_EXPORT void hfi_free(uint64_t address);
HFI_EXPORT int64_t hfi_discard(uint64_t address, uint64_t bytes);

static _Atomic(uint64_t) *at64(uint64_t address) { return (_Atomic(uint64_t) *)address; }
static _Atomic(uint32_t) *at32(uint64_t address) { return (_Atomic(uint32_t) *)address; }

uint64_t hfi_load64(uint64_t address) { return atomic_load(at64(address)); }
uint32_t hfi_load32(uint64_t address) { return atomic_load(at32(address)); }
void hfi_store64(uint64_t address, uint64_t value) { atomic_store(at64(address), value); }
void hfi_store32(uint64_t address, uint32_t value) { atomic_store(at32(address), value); }

/* 1 if `value` was stored. */
int32_t hfi_cas64(uint64_t address, uint64_t expected, uint64_t value) {
  return atomic_compare_exchange_strong(at64(address), &expected, value);
}
int32_t hfi_cas32(uint64_t address, uint32_t expected, uint32_t value) {
  return atomic_compare_exchange_strong(at32(address), &expected, value);
}

uint64_t hfi_exchange64(uint64_t address, uint64_t value) {
  return atomic_exchange(at64(address), value);
}
uint32_t hfi_exchange32(uint64_t address, uint32_t value) {
  return atomic_exchange(at32(address), value);
}

/* Zeroed and 64-aligned; 0 when out of memory. Given back by hfi_free. */
uint64_t hfi_allocate(uint64_t bytes) {
  if (bytes == 0 || bytes > UINT64_MAX / 2)
    return 0;
  size_t size = (bytes + 63) & ~(size_t)63;
  void *memory = aligned_alloc(64, size);
  return memory ? (uint64_t)memset(memory, 0, size) : 0;
}

void hfi_free(uint64_t address) { free((void *)address); }

#if defined(__linux__)
#define DISCARD MADV_DONTNEED
#else
#define DISCARD MADV_FREE
#endif

/*
 * Gives the whole pages of a piece of memory back to the operating system, which holds nothing of
 * worth any more. The piece stays mapped: who reads it reads old bytes or zeros, who writes it gets
 * fresh pages. Returns the bytes given back; 0 when refused, as for locked pages.
 */
int64_t hfi_discard(uint64_t address, uint64_t bytes) {
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
  uint64_t from = (address + page - 1) & ~(page - 1);
  uint64_t to = (address + bytes) & ~(page - 1);
  if (from >= to || madvise((void *)from, to - from, DISCARD) != 0)
    return 0;
  return (int64_t)(to - from);
}
