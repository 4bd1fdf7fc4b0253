#define _GNU_SOURCE
#include "fence.h"

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

static _Atomic(bool) registered;

#if defined(__linux__) && defined(SYS_membarrier)
/* From the kernel's linux/membarrier.h, which older systems lack. */
enum { PRIVATE_EXPEDITED = 1 << 3, REGISTER_PRIVATE_EXPEDITED = 1 << 4 };

static long membarrier(int command) { return syscall(SYS_membarrier, command, 0, 0); }
#else
enum { PRIVATE_EXPEDITED, REGISTER_PRIVATE_EXPEDITED };

static long membarrier(int command) {
  (void)command;
  return -1;
}
#endif

bool hfi_register_membarrier(void) {
  if (!hfi_has_membarrier() && membarrier(REGISTER_PRIVATE_EXPEDITED) == 0)
    atomic_store_explicit(&registered, true, memory_order_release);
  return hfi_has_membarrier();
}

bool hfi_has_membarrier(void) { return atomic_load_explicit(&registered, memory_order_acquire); }

void hfi_heavy_fence(void) {
  atomic_thread_fence(memory_order_seq_cst);
  if (hfi_has_membarrier())
    membarrier(PRIVATE_EXPEDITED);
}

/* ---- called by Java -------------------------------------------------------------------------- */

HFI_EXPORT int32_t hfi_membarrier(void);

/* 1 if the heavy fence is membarrier, 0 if sections and scopes must fence for themselves. */
int32_t hfi_membarrier(void) { return hfi_has_membarrier(); }
