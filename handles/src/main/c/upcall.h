/* What only Java can do. One crossing each; the thread is attached by JNA if it is not. */
#ifndef HOLDFAST_UPCALL_H
#define HOLDFAST_UPCALL_H

#include "holdfast.h"

hf_ref hfi_retain_field(hf_ref owner, hf_field field);
hf_ref hfi_retain_path(hf_ref owner, const struct hf_step *steps, int32_t n);
int64_t hfi_field_utf8(hf_ref owner, hf_field field, char *buf, int64_t cap);
int64_t hfi_string_utf8(hf_ref ref, char *buf, int64_t cap);
int hfi_java_equal(const void *a, const void *b);
unsigned hfi_java_hash(const void *ref);

#endif
