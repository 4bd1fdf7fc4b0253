#define _GNU_SOURCE
#include "call.h"
#include "classes.h"
#include "count.h"
#include "error.h"
#include "track.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- methods --------------------------------------------------------------------------------- */

/* The bits of an hf_method, as JavaMethods makes them. */
static uint32_t number_of(hf_method method) { return method & 0xfffff; }
static uint32_t arguments_of(hf_method method) { return method >> 32 & 255; }
static uint32_t kind_of(hf_method method) { return method >> 40 & 15; }
#define STATIC ((hf_method)1 << 44)
#define CONSTRUCTOR ((hf_method)1 << 45)
#define KIND_REFERENCE 10

#define IN_SEGMENT 1024u
static _Atomic(uint64_t) methods[1024]; /* addresses of _Atomic(hf_method)[IN_SEGMENT] */

static _Atomic(uint64_t) *slot(hf_method method) {
  uint64_t segment =
      atomic_load_explicit(&methods[number_of(method) / IN_SEGMENT], memory_order_acquire);
  return segment ? (_Atomic(uint64_t) *)segment + number_of(method) % IN_SEGMENT : NULL;
}

static bool is_known(hf_method method) {
  _Atomic(uint64_t) *at = slot(method);
  return method != 0 && at && atomic_load_explicit(at, memory_order_acquire) == method;
}

static bool keep(hf_method method) {
  _Atomic(uint64_t) *segment = &methods[number_of(method) / IN_SEGMENT];
  if (atomic_load(segment) == 0) {
    void *made = calloc(IN_SEGMENT, sizeof(uint64_t));
    uint64_t none = 0;
    if (!made)
      return false;
    if (!atomic_compare_exchange_strong(segment, &none, (uint64_t)made))
      free(made);
  }
  atomic_store_explicit(slot(method), method, memory_order_release);
  return true;
}

/* HF_OK if this thread may call Java now, and then *self is its record. */
static hf_status callable(struct hfi_thread **self, bool known) {
  hf_status status = hfi_java_running();
  *self = status == HF_OK ? hfi_self() : NULL;
  if (status == HF_OK && !*self)
    status = HF_ENOMEM;
  if (status == HF_OK && !known)
    status = HF_ENORUNTIME;
  if (status == HF_OK && atomic_load_explicit(&(*self)->record.depth, memory_order_relaxed) != 0)
    status = HF_ESCOPE;
  return status;
}

/* The words for what Java has refused or thrown, where it has said any. */
static hf_status failed(hf_status status, uint64_t bits, const char *words) {
  if (words[0] == '\0' || status == HF_OK)
    return hfi_fail(status, bits, 0, 0);
  return hfi_failf(status, "%s: %s", hfi_status_name(status), words);
}

static hf_status in_a_scope(void) {
  return hfi_failf(HF_ESCOPE, "HF_ESCOPE: Java is not called inside a scope: hf_exit before");
}

hf_method hfi_method_find(hf_type type, const char *name, const char *descriptor) {
  struct hfi_thread *self;
  hf_status status = callable(&self, hfi_upcalls()->method_find != NULL);
  if (status == HF_OK && (!name || !descriptor))
    status = HF_ENULL;
  if (status != HF_OK) {
    (void)(status == HF_ESCOPE ? in_a_scope() : hfi_fail(status, 0, 0, 0));
    return 0;
  }
  char words[HFI_MESSAGE_BYTES - 32] = "";
  int64_t found =
      hfi_answer(hfi_upcalls()->method_find(type, name, descriptor, words, sizeof words));
  if (found > 0 && !keep((hf_method)found))
    found = HF_ENOMEM;
  if (found <= 0) {
    failed(found == 0 ? (hf_status)HF_ENOMETHOD : (hf_status)found, 0, words);
    return 0;
  }
  hfi_succeed(self);
  return (hf_method)found;
}

/* ---- calls ----------------------------------------------------------------------------------- */

void hfi_exception_drop(struct hfi_thread *self) {
  uint64_t exception = self->exception;
  self->exception = 0;
  if (exception)
    hfi_release(hfi_ref(exception));
}

hf_ref hfi_exception_take(void) {
  struct hfi_thread *self = hfi_self();
  if (!self) {
    return HF_NULL;
  }
  hf_ref exception = hfi_ref(self->exception);
  self->exception = 0;
  hfi_succeed(self);
  return exception;
}

/*
 * An upcall stub cannot throw: what it would, ends the JVM. So it is taken only where a stack
 * overflow before its handler is out of the question, and by threads that the JVM knows; for all
 * others there is JNA's, which gives an unknown thread its name.
 */
#define STACK_RESERVE (256 * 1024)

static bool stub_is_safe(struct hfi_thread *self) {
#if defined(__linux__)
  if (!self->stack_low) {
    pthread_attr_t attributes;
    void *low = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
      return false;
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
    self->stack_low = (uint64_t)low;
    return false; /* the first call is JNA's */
  }
  return (uint64_t)__builtin_frame_address(0) - self->stack_low > STACK_RESERVE;
#else
  (void)self;
  return false;
#endif
}

static uint64_t argument(const hf_value *args, uint32_t n, uint32_t i) {
  return i < n ? (uint64_t)args[i].i64 : 0;
}

static hf_status fits(uint64_t bits, hf_method method, const hf_value *args, bool constructs) {
  if (!is_known(method))
    return hfi_failf(HF_EINVAL, "HF_EINVAL: %#" PRIx64 " is no method", method);
  if (constructs != !!(method & CONSTRUCTOR))
    return hfi_failf(HF_EINVAL, "HF_EINVAL: method %#" PRIx64 " is %s constructor", method,
                     constructs ? "no" : "a");
  if (arguments_of(method) > 0 && !args)
    return hfi_fail(HF_ENULL, bits, 0, 0);
  if (method & (STATIC | CONSTRUCTOR))
    return bits == 0
               ? (hf_status)HF_OK
               : hfi_failf(HF_EINVAL, "HF_EINVAL: a static method has no object, %#" PRIx64, bits);
  hf_status status = hfi_counted(bits);
  return status == HF_OK ? status : hfi_fail(status, bits, 0, 0);
}

/* The end of a frame: what was thrown in it, words and all, is the thread's exception. */
static hf_status thrown_in(struct hfi_thread *self, struct hfi_frame *frame) {
  self->exception = frame->thrown;
  return hfi_failf(HF_EJAVA, "HF_EJAVA: %s", frame->words);
}

static hf_status invoke(uint64_t bits, hf_method method, const hf_value *args, hf_value *result,
                        bool constructs) {
  struct hfi_thread *self;
  const struct hfi_upcalls *up = hfi_upcalls();
  hf_status status = callable(&self, up->call != NULL);
  if (status != HF_OK)
    return status == HF_ESCOPE ? in_a_scope() : hfi_fail(status, bits, 0, 0);
  status = fits(bits, method, args, constructs);
  if (status != HF_OK)
    return status;
  hfi_exception_drop(self);
  struct hfi_frame frame;
  frame.outer = self->frame;
  frame.thrown = 0;
  self->frame = &frame;
  struct hfi_outcome outcome;
  outcome.status = HF_EJAVA;
  outcome.exception = 0;
  outcome.words[0] = '\0';
  uint32_t n = arguments_of(method);
  uint64_t value = (up->call_by_stub && stub_is_safe(self) ? up->call_by_stub : up->call)(
      bits, method, argument(args, n, 0), argument(args, n, 1), argument(args, n, 2),
      argument(args, n, 3), n > 4 ? args + 4 : NULL, &outcome);
  self->frame = frame.outer;
  hfi_exception_drop(self); /* of a nested call, which nobody took */
  bool counted = outcome.status == HF_OK && kind_of(method) == KIND_REFERENCE && value != 0;
  if (counted && (frame.thrown || !result))
    hfi_release(hfi_ref(value));
  if (outcome.status != HF_OK) {
    if (frame.thrown)
      hfi_release(hfi_ref(frame.thrown));
    self->exception = outcome.exception;
    return failed(outcome.status, bits, outcome.words);
  }
  if (frame.thrown)
    return thrown_in(self, &frame);
  if (result)
    result->i64 = (int64_t)value;
  hfi_succeed(self);
  return HF_OK;
}

hf_status hfi_call(hf_ref ref, hf_method method, const hf_value *args, hf_value *result) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_status status = invoke(hfi_bits(ref), method, args, result, false);
  hfi_track_asked(before);
  return status;
}

hf_ref hfi_new(hf_method constructor, const hf_value *args) {
  hf_value made;
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_status status = invoke(0, constructor, args, &made, true);
  hfi_track_asked(before);
  return status == HF_OK ? made.ref : HF_NULL;
}

/* ---- throwing -------------------------------------------------------------------------------- */

static hf_status throw_new(hf_type type, const char *message) {
  struct hfi_thread *self;
  hf_status status = callable(&self, hfi_upcalls()->throwable_new != NULL);
  if (status != HF_OK)
    return status == HF_ESCOPE ? in_a_scope() : hfi_fail(status, 0, 0, 0);
  struct hfi_frame *frame = self->frame;
  if (!frame)
    return hfi_failf(HF_ENOCALLER, "HF_ENOCALLER: no Java code waits for this thread");
  struct hfi_outcome outcome = {.status = HF_EJAVA};
  uint64_t made = hfi_upcalls()->throwable_new(type, message, &outcome);
  if (outcome.status != HF_OK) {
    if (outcome.exception)
      hfi_release(hfi_ref(outcome.exception));
    return failed(outcome.status, 0, outcome.words);
  }
  if (frame->thrown)
    hfi_release(hfi_ref(frame->thrown));
  frame->thrown = made;
  memcpy(frame->words, outcome.words, sizeof frame->words);
  hfi_succeed(self);
  return HF_OK;
}

hf_status hfi_throw(hf_type type, const char *message) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_status status = throw_new(type, message);
  hfi_track_asked(before);
  return status;
}

/* ---- called by Java -------------------------------------------------------------------------- */

HFI_EXPORT void *hfi_frame_begin(void);
HFI_EXPORT uint64_t hfi_frame_end(void *frame);

/* Java is about to call C on this thread, and will throw what C throws. NULL when out of memory. */
void *hfi_frame_begin(void) {
  struct hfi_thread *self = hfi_self();
  struct hfi_frame *frame = self ? calloc(1, sizeof *frame) : NULL;
  if (frame) {
    frame->outer = self->frame;
    self->frame = frame;
  }
  return frame;
}

/* The same thread has come back. Returns a counted handle of what is to be thrown, or 0. */
uint64_t hfi_frame_end(void *ended) {
  struct hfi_frame *frame = ended;
  if (!frame)
    return 0;
  struct hfi_thread *self = hfi_self();
  if (self)
    self->frame = frame->outer;
  uint64_t thrown = frame->thrown;
  free(frame);
  return thrown;
}
