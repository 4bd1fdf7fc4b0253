/*
 * Calls of Java methods. A method is found once and gets a number; `methods` keeps the word of each
 * number that was handed out, so that any other 64 bits are refused before anything is read.
 *
 * What hf_throw makes waits in the innermost frame of its thread: a call from C to Java that has
 * come back to C, or a call from Java to C that Java watches. The frame's end takes it along.
 */
#ifndef HOLDFAST_CALL_H
#define HOLDFAST_CALL_H

#include "record.h"

/* A place on a thread where an exception can be thrown on. On the stack of hfi_call, or Java's. */
struct hfi_frame {
  struct hfi_frame *outer;
  uint64_t thrown; /* counted handle of an exception, 0 if there is none */
  char words[sizeof(((struct hfi_outcome *)0)->words)];
};

hf_method hfi_method_find(hf_type type, const char *name, const char *descriptor);
hf_status hfi_call(hf_ref ref, hf_method method, const hf_value *args, hf_value *result);
hf_ref hfi_new(hf_method constructor, const hf_value *args);
hf_ref hfi_exception_take(void);
hf_status hfi_throw(hf_type type, const char *message);

/* The thread ends: what nobody took of it is given back. */
void hfi_exception_drop(struct hfi_thread *self);

#endif
