#define _GNU_SOURCE
#include "classes.h"
#include "count.h"
#include <stdlib.h>
#include <string.h>

#define IN_SEGMENT 1024u
#define SEGMENTS 1024u
static _Atomic(uint64_t) segments[SEGMENTS]; /* addresses of addresses of names */

static _Atomic(uint64_t) *slot(uint32_t number) {
  if (number / IN_SEGMENT >= SEGMENTS)
    return NULL;
  uint64_t segment = atomic_load_explicit(&segments[number / IN_SEGMENT], memory_order_acquire);
  return segment ? (_Atomic(uint64_t) *)segment + number % IN_SEGMENT : NULL;
}

/* Puts `made` where nothing is yet; else frees it. */
static void put(_Atomic(uint64_t) *at, void *made) {
  uint64_t none = 0;
  if (!atomic_compare_exchange_strong(at, &none, (uint64_t)made))
    free(made);
}

static hf_type keep(uint32_t number, const char *name, hf_status *status) {
  if (number / IN_SEGMENT < SEGMENTS && !slot(number))
    put(&segments[number / IN_SEGMENT], calloc(IN_SEGMENT, sizeof(uint64_t)));
  _Atomic(uint64_t) *at = slot(number);
  if (at && atomic_load_explicit(at, memory_order_acquire) == 0)
    put(at, strdup(name));
  if (!at || atomic_load_explicit(at, memory_order_acquire) == 0) {
    *status = HF_ENOMEM;
    return 0;
  }
  return HFI_CLASS | number;
}

hf_type hfi_class_find(const char *name, hf_status *status) {
  int32_t number =
      hfi_upcalls()->class_find ? hfi_answer32(hfi_upcalls()->class_find(name)) : HF_ENOTYPE;
  if (number > 0)
    return keep((uint32_t)number, name, status);
  *status = number == 0 ? (hf_status)HF_ENOTYPE : number;
  return 0;
}

hf_type hfi_class_of(uint64_t bits, hf_status *status) {
  *status = hfi_java_running();
  if (*status == HF_OK)
    *status = hfi_upcalls()->class_of ? hfi_counted(bits) : (hf_status)HF_EUNMANAGED;
  int32_t number = *status == HF_OK ? hfi_answer32(hfi_upcalls()->class_of(bits)) : *status;
  if (number <= 0) {
    *status = number;
    return 0;
  }
  const char *known = hfi_class_name(HFI_CLASS | (uint32_t)number);
  if (known)
    return HFI_CLASS | (uint32_t)number;
  int64_t length = hfi_answer(hfi_upcalls()->class_name(number, NULL, 0));
  char *name = length > 0 ? calloc(1, (size_t)length + 1) : NULL;
  if (!name) {
    *status = length < 0 ? (hf_status)length : (hf_status)HF_ENOMEM;
    return 0;
  }
  hf_type type = 0;
  int64_t copied = hfi_answer(hfi_upcalls()->class_name(number, name, length));
  if (copied < 0)
    *status = (hf_status)copied;
  else
    type = keep((uint32_t)number, name, status);
  free(name);
  return type;
}

const char *hfi_class_name(hf_type type) {
  _Atomic(uint64_t) *at = type & HFI_CLASS ? slot(type & ~HFI_CLASS) : NULL;
  return at ? (const char *)atomic_load_explicit(at, memory_order_acquire) : NULL;
}

int32_t hfi_class_test(uint64_t bits, hf_type type) {
  hf_status status = hfi_java_running();
  if (status == HF_OK)
    status = hfi_upcalls()->class_test ? hfi_counted(bits) : (hf_status)HF_ENORUNTIME;
  return status == HF_OK
             ? hfi_answer32(hfi_upcalls()->class_test(bits, (int32_t)(type & ~HFI_CLASS)))
             : status;
}
