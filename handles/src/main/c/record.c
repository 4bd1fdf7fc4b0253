#define _GNU_SOURCE
#include "record.h"
#include "call.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

HFI_TLS struct hfi_thread *hfi_current;

static pthread_key_t at_exit_of_thread;
static bool began;
static HFI_TLS bool refused; /* there was no memory for this thread's record */

static uint64_t thread_id(void) {
#if defined(__linux__)
  return (uint64_t)syscall(SYS_gettid);
#elif defined(__APPLE__)
  uint64_t tid = 0;
  pthread_threadid_np(NULL, &tid);
  return tid;
#else
  return (uint64_t)(uintptr_t)pthread_self();
#endif
}

/* The thread ends: whatever scopes it left open are closed, and its record is free for another.
   A destructor that runs later and calls us begins anew. */
static void end(void *thread) {
  struct hfi_thread *self = thread;
  struct hfi_record *record = &self->record;
  hfi_exception_drop(self);
  hfi_current = NULL;
  atomic_store_explicit(&record->depth, 0, memory_order_relaxed);
  atomic_store_explicit(&record->since, 0, memory_order_relaxed);
  atomic_store_explicit(&record->caller, 0, memory_order_relaxed);
  atomic_store_explicit(&record->scope, 0, memory_order_release);
  atomic_store_explicit(&record->in_use, 0, memory_order_release); /* pairs with take_over */
}

bool hfi_records_begin(void) {
  if (!began)
    began = pthread_key_create(&at_exit_of_thread, end) == 0;
  return began;
}

int64_t hfi_thread_offset(void) {
#if defined(__GLIBC__) &&                                                                          \
    ((defined(__clang__) && __clang_major__ >= 14) || (!defined(__clang__) && __GNUC__ >= 11))
  return (char *)&hfi_current - (char *)__builtin_thread_pointer();
#else
  return 0;
#endif
}

/* A record whose C thread has ended. */
static struct hfi_thread *take_over(struct hfi_runtime *runtime) {
  uint64_t at = atomic_load_explicit(&runtime->records, memory_order_acquire);
  while (at != 0) {
    struct hfi_record *record = (struct hfi_record *)at;
    uint32_t ended = 0;
    /* A record that Java made is no hfi_thread; one that Java took over was, and stays one. */
    if (atomic_load_explicit(&record->kind, memory_order_relaxed) == HFI_C_THREAD &&
        atomic_compare_exchange_strong_explicit(&record->in_use, &ended, 1, memory_order_acq_rel,
                                                memory_order_relaxed))
      return (struct hfi_thread *)record;
    at = atomic_load_explicit(&record->next, memory_order_acquire);
  }
  return NULL;
}

/* A new record, pushed before its first mark: a mover that does not find it in the list began
   later than the push, and its MOVING bits are seen by our sections. */
static struct hfi_thread *push_new(struct hfi_runtime *runtime) {
  size_t size = (sizeof(struct hfi_thread) + 63) & ~(size_t)63;
  struct hfi_thread *thread = aligned_alloc(64, size);
  if (!thread)
    return NULL;
  memset(thread, 0, size);
  struct hfi_record *record = &thread->record;
  atomic_init(&record->in_use, 1);
  uint64_t head = atomic_load_explicit(&runtime->records, memory_order_relaxed);
  do {
    atomic_store_explicit(&record->next, head, memory_order_relaxed);
  } while (!atomic_compare_exchange_weak_explicit(&runtime->records, &head, (uint64_t)record,
                                                  memory_order_seq_cst, memory_order_relaxed));
  return thread;
}

struct hfi_thread *hfi_thread_begin(void) {
  if (hfi_running() != HF_OK)
    return NULL;
  struct hfi_thread *self = take_over(hfi_runtime());
  if (!self)
    self = push_new(hfi_runtime());
  /* A record that nobody would end kept a scope open for ever: then rather none. */
  if (self && pthread_setspecific(at_exit_of_thread, self) != 0) {
    atomic_store_explicit(&self->record.kind, HFI_C_THREAD, memory_order_relaxed);
    atomic_store_explicit(&self->record.in_use, 0, memory_order_release);
    self = NULL;
  }
  if (!self) {
    refused = true;
    return NULL;
  }
  atomic_store_explicit(&self->record.kind, HFI_C_THREAD, memory_order_relaxed);
  atomic_store_explicit(&self->record.tid, thread_id(), memory_order_relaxed);
  /* The call that was refused a record could not say so. */
  self->record.status = self->failed_status = refused ? HF_ENOMEM : HF_OK;
  self->formatted = false;
  refused = false;
  self->reporting = false;
  self->frame = NULL;
  self->exception = 0;
  self->stack_low = 0;
  hfi_current = self;
  return self;
}
