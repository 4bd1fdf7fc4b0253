/* The slow sides of reading: why a deref or a field was refused, and derefs that the inline
   compare could not decide. */
#ifndef HOLDFAST_READ_H
#define HOLDFAST_READ_H

#include "runtime.h"

/* What is wrong with a handle whose mirror was asked for, HF_OK if nothing is (any more). */
hf_status hfi_unreadable(uint64_t bits);

hf_status hfi_refuse(hf_ref ref);
hf_status hfi_refuse_field(hf_ref ref, hf_field field, uint32_t kinds, const void *out);

#endif
