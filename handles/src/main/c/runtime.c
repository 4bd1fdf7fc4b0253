#define _GNU_SOURCE
#include "runtime.h"
#include "count.h"
#include "fence.h"
#include "record.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const _Atomic(uint64_t) empty_segments[HFI_SEGMENTS];

struct hfi_view hfi_view = {empty_segments, NULL, false};

static pthread_mutex_t attaching = PTHREAD_MUTEX_INITIALIZER;
static struct hfi_upcalls upcalls; /* written before hfi_view.runtime is */

const struct hfi_upcalls *hfi_upcalls(void) { return &upcalls; }

hf_status hfi_running(void) {
  if (atomic_load_explicit(&hfi_view.forked, memory_order_relaxed))
    return HF_EFORK;
  return hfi_runtime() ? HF_OK : HF_ENORUNTIME;
}

hf_status hfi_java_running(void) {
  hf_status status = hfi_running();
  if (status != HF_OK)
    return status;
  return atomic_load_explicit(&hfi_runtime()->state, memory_order_acquire) == HFI_SHUTDOWN
             ? HF_ESHUTDOWN
             : HF_OK;
}

hf_status hfi_refusal(uint64_t bits) {
  hf_status status = hfi_running();
  if (status != HF_OK)
    return status;
  if (bits == 0)
    return HF_ENULL;
  if (bits == hfi_bits(HF_UNMIRRORED))
    return HF_EUNMIRRORED;
  struct hfi_entry *entry = hfi_entry(bits);
  if (!entry || hfi_stamp(bits) == 0)
    return HF_EINVAL;
  return hfi_fresh(entry, bits) ? HF_OK : HF_ESTALE;
}

/* In the child only this thread is left, and no JVM: no thread has a record, and every lookup
   fails. */
static void forked(void) {
  atomic_store_explicit(&hfi_view.forked, true, memory_order_relaxed);
  hfi_current = NULL;
  atomic_store_explicit(&hfi_view.segments, empty_segments, memory_order_relaxed);
  hfi_counts_forget();
  __atomic_store_n(&hf_runtime_api.segments, (const uint64_t *)empty_segments, __ATOMIC_RELAXED);
}

/* Publishes the block to the fast paths; the stores are in the order in which those need them. */
static void publish(struct hfi_runtime *runtime) {
  hf_runtime_api.fences =
      atomic_load_explicit(&runtime->flags, memory_order_relaxed) & HFI_FENCES_REQUIRED;
  hf_runtime_api.thread_offset = hfi_thread_offset();
  hf_runtime_api.epoch = (const uint64_t *)&runtime->epoch;
  hf_runtime_api.type_segments = (const uint64_t *)runtime->type_segments;
  atomic_store_explicit(&hfi_view.runtime, runtime, memory_order_release);
  atomic_store_explicit(&hfi_view.segments, runtime->segments, memory_order_release);
  __atomic_store_n(&hf_runtime_api.segments, (const uint64_t *)runtime->segments, __ATOMIC_RELEASE);
}

static int32_t attach(struct hfi_runtime *runtime, const struct hfi_upcalls *up) {
  struct hfi_runtime *attached = hfi_runtime();
  if (attached && attached != runtime)
    return HF_EABI;
  if (attached)
    return hfi_has_membarrier();
  if (up) {
    size_t size = up->size < sizeof upcalls ? up->size : sizeof upcalls;
    memcpy(&upcalls, up, size);
  }
  if (!hfi_records_begin() || pthread_atfork(NULL, NULL, forked) != 0)
    return HF_ENOMEM;
  /* Writers fence for themselves until the flag is cleared, and it is cleared after the
     registration. */
  if (hfi_register_membarrier())
    atomic_fetch_and_explicit(&runtime->flags, ~(uint32_t)HFI_FENCES_REQUIRED,
                              memory_order_seq_cst);
  else
    atomic_fetch_or_explicit(&runtime->flags, HFI_FENCES_REQUIRED, memory_order_seq_cst);
  uint32_t down = HFI_DOWN;
  atomic_compare_exchange_strong(&runtime->state, &down, HFI_RUNNING);
  publish(runtime);
  return hfi_has_membarrier();
}

/* ---- called by Java -------------------------------------------------------------------------- */

HFI_EXPORT int32_t hfi_abi(void);
HFI_EXPORT void *hfi_runtime_create(void);
HFI_EXPORT int32_t hfi_attach(void *runtime, const struct hfi_upcalls *up);
HFI_EXPORT void hfi_shutdown(void);

int32_t hfi_abi(void) { return HFI_ABI; }

/* A block for hfi_attach, when Java has no memory of its own for it. NULL when out of memory. */
void *hfi_runtime_create(void) {
  size_t size = (sizeof(struct hfi_runtime) + 63) & ~(size_t)63;
  struct hfi_runtime *runtime = aligned_alloc(64, size);
  if (!runtime)
    return NULL;
  memset(runtime, 0, size);
  runtime->magic = HFI_MAGIC;
  runtime->abi = HFI_ABI;
  atomic_init(&runtime->flags, HFI_FENCES_REQUIRED);
  atomic_init(&runtime->epoch, 1);
  return runtime;
}

/*
 * Takes the block and Java's functions (copied) into use, once a process. Returns 1 with
 * membarrier, 0 if sections and scopes must fence for themselves, or HF_EABI (another magic,
 * interface, or block), HF_ENULL, HF_ENOMEM, HF_EFORK.
 */
int32_t hfi_attach(void *block, const struct hfi_upcalls *up) {
  struct hfi_runtime *runtime = block;
  if (!runtime)
    return HF_ENULL;
  if (runtime->magic != HFI_MAGIC || runtime->abi != HFI_ABI || (up && up->abi != HFI_ABI))
    return HF_EABI;
  if (atomic_load_explicit(&hfi_view.forked, memory_order_relaxed))
    return HF_EFORK;
  pthread_mutex_lock(&attaching);
  int32_t result = attach(runtime, up);
  pthread_mutex_unlock(&attaching);
  return result;
}

/* From now on hf_release does nothing but count, and what needs Java answers HF_ESHUTDOWN.
   Reading goes on. */
void hfi_shutdown(void) {
  struct hfi_runtime *runtime = hfi_runtime();
  if (!runtime)
    return;
  atomic_store_explicit(&runtime->state, HFI_SHUTDOWN, memory_order_seq_cst);
  hfi_counts_forget();
}
