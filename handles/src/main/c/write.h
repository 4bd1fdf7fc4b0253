/* Writing from C: the Java object is the truth, so every write goes to Java, which writes the field
   and then the mirror. */
#ifndef HOLDFAST_WRITE_H
#define HOLDFAST_WRITE_H

#include "holdfast.h"

hf_status hfi_set(hf_ref ref, hf_field field, uint32_t kinds, uint64_t bits);
void *hfi_write_begin(hf_ref ref);
hf_status hfi_write_end(hf_ref ref, void *copy);

#endif
