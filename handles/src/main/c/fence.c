#define _GNU_SOURCE
#include "fence.h"
#include <time.h>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

static _Atomic(bool) registered;

#if defined(__linux__) && defined(SYS_membarrier)
/* From the kernel's linux/membarrier.h, which older systems lack. */
enum { GLOBAL = 1 << 0, PRIVATE_EXPEDITED = 1 << 3, REGISTER_PRIVATE_EXPEDITED = 1 << 4 };

static long membarrier(int command) { return syscall(SYS_membarrier, command, 0, 0); }
#else
enum { GLOBAL, PRIVATE_EXPEDITED, REGISTER_PRIVATE_EXPEDITED };

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

/*
 * The kernel refuses what it has registered: out of memory, or a filter of system calls that came
 * later. The threads fence no more, so what is left is time: a mark that was stored before is at
 * most in its processor's store buffer, which is empty within microseconds, or at a switch.
 */
static HFI_COLD void fence_by_waiting(void) {
  if (membarrier(GLOBAL) == 0)
    return;
  struct timespec rest = {0, 10000000};
  while (nanosleep(&rest, &rest) != 0)
    ;
  atomic_thread_fence(memory_order_seq_cst);
}

void hfi_heavy_fence(void) {
  atomic_thread_fence(memory_order_seq_cst);
  if (hfi_has_membarrier() && membarrier(PRIVATE_EXPEDITED) != 0)
    fence_by_waiting();
}

/* ---- called by Java -------------------------------------------------------------------------- */

HFI_EXPORT int32_t hfi_membarrier(void);

/* 1 if the heavy fence is membarrier, 0 if sections and scopes must fence for themselves. */
int32_t hfi_membarrier(void) { return hfi_has_membarrier(); }
