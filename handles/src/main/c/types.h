/* Managed classes as Java has published them: immutable, found by id, never freed. */
#ifndef HOLDFAST_TYPES_H
#define HOLDFAST_TYPES_H

#include "runtime.h"

hf_type hfi_type_find(const char *name);
hf_type hfi_type_of(hf_ref ref);
const char *hfi_type_name(hf_type type);
int hfi_instance_of(hf_ref ref, hf_type type);
hf_field hfi_field_find(hf_type type, const char *name);
hf_status hfi_type_check(const char *name, uint64_t fingerprint);
const void *hfi_deref_as(hf_ref ref, const void *mirror, struct hf_expected *expected);

#endif
