/*
 * Failures: the status and the words for this thread, and reports of misuse to whoever wants to
 * know.
 */
#ifndef HOLDFAST_ERROR_H
#define HOLDFAST_ERROR_H

#include "record.h"

/* Sets this thread's status, returns it. hfi_fail keeps the handle and up to two numbers for
   hf_last_error, which finds the words for them when it is asked; misuse is counted and reported
   as well. */
HFI_COLD hf_status hfi_fail(hf_status status, uint64_t ref, uint64_t value0, uint64_t value1);

/* The same with words of its own, for failures that have nothing to do with one handle. Not for
   misuse. */
HFI_COLD hf_status hfi_failf(hf_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* HF_ENOTYPE for a class of this name; without the agent HF_EUNMANAGED, and how to start it. */
HFI_COLD hf_status hfi_no_type(const char *name);
/* Java tells how the line begins that starts the agent: "-javaagent:...=include=". */
HFI_EXPORT void hfi_advise(const char *line);

static inline void hfi_succeed(struct hfi_thread *self) {
  if (self)
    self->record.status = HF_OK;
}

hf_status hfi_last_status(void);
const char *hfi_last_error(void);
const char *hfi_status_name(hf_status status);
hf_status hfi_on_misuse(hf_misuse_function fn, void *ctx);

#endif
