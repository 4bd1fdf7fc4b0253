/*
 * Classes that have no mirrors, as Java has numbered them. An hf_type with HFI_CLASS set is one;
 * its name is kept for ever, the class is not.
 */
#ifndef HOLDFAST_CLASSES_H
#define HOLDFAST_CLASSES_H

#include "runtime.h"

#define HFI_CLASS 0x80000000u

/* Each returns an hf_type, or 0 and why in *status, which is not set otherwise. */
hf_type hfi_class_find(const char *name, hf_status *status);
hf_type hfi_class_of(uint64_t bits, hf_status *status);

/* NULL if there is no such number. */
const char *hfi_class_name(hf_type type);

/* 1, 0, or why it cannot be said; the handle is counted. */
int32_t hfi_class_test(uint64_t bits, hf_type type);

#endif
