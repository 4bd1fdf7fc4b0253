/* What only Java can do. One crossing each; the thread is attached by JNA if it is not. */
#ifndef HOLDFAST_UPCALL_H
#define HOLDFAST_UPCALL_H

#include "holdfast.h"
#include <stdbool.h>

hf_ref hfi_retain_field(hf_ref owner, hf_field field);
hf_ref hfi_retain_path(hf_ref owner, const struct hf_step *steps, int32_t n);
int64_t hfi_field_utf8(hf_ref owner, hf_field field, char *buf, int64_t cap);
int64_t hfi_string_utf8(hf_ref ref, char *buf, int64_t cap);
int hfi_java_equal(const void *a, const void *b);
unsigned hfi_java_hash(const void *ref);

/* Java can be asked about this handle: it runs, the handle is counted, and Java knows how. */
hf_status hfi_askable(uint64_t bits, bool known);

/* For a call that answers by way of its status: where JNA has no memory to call Java at all, it
   returns 0 and nobody writes one, and 0 with HF_OK would mean null, or dead. */
static inline hf_status *hfi_unanswered(hf_status *status) {
  *status = HF_EJAVA;
  return status;
}

/* Sets the status that a call ends with: HF_OK, or why it failed. A HF_EINVAL of Java is about an
   argument, so it is no misuse of the handle. */
hf_status hfi_answered(hf_status status, uint64_t bits, uint64_t field);

#endif
