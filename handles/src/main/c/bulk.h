/* Many elements in one crossing: arrays, collections, text. */
#ifndef HOLDFAST_BULK_H
#define HOLDFAST_BULK_H

#include "holdfast.h"

int64_t hfi_read_refs(hf_ref ref, int64_t from, int64_t n, hf_ref *out);
int64_t hfi_array_length(hf_ref ref);
int64_t hfi_array_read(hf_ref ref, uint32_t kind, int64_t from, int64_t n, void *out);
int64_t hfi_array_write(hf_ref ref, uint32_t kind, int64_t from, int64_t n, const void *in);
hf_ref hfi_string_new(const char *utf8, int64_t length);

#endif
