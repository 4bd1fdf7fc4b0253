/*
 * What the tests of calls from C to Java call: each function of that area, one at a time, on this
 * thread or on one that the JVM does not know.
 */
#include "holdfast.h"
#include <pthread.h>
#include <stddef.h>

#define CALLS __attribute__((visibility("default")))

CALLS int32_t calls_status(void);
CALLS const char *calls_error(void);
CALLS hf_type calls_type_find(const char *name);
CALLS hf_type calls_type_of(hf_ref ref);
CALLS const char *calls_type_name(hf_type type);
CALLS int32_t calls_instance_of(hf_ref ref, hf_type type);
CALLS hf_method calls_method_find(hf_type type, const char *name, const char *descriptor);
CALLS int32_t calls_call(hf_ref ref, hf_method method, const hf_value *args, hf_value *result);
CALLS int32_t calls_call_many(hf_ref ref, hf_method method, int32_t rounds);
CALLS int32_t calls_call_elsewhere(hf_ref ref, hf_method method, const hf_value *args,
                                   hf_value *result);
CALLS int32_t calls_call_in_scope(hf_ref ref, hf_method method);
CALLS hf_ref calls_new(hf_method constructor, const hf_value *args);
CALLS hf_ref calls_exception(void);
CALLS int32_t calls_throw(const char *type, const char *message);
CALLS int32_t calls_throw_elsewhere(const char *type);
CALLS int32_t calls_call_and_leave(hf_ref ref, hf_method method);

int32_t calls_status(void) { return hf_last_status(); }

const char *calls_error(void) { return hf_last_error(); }

hf_type calls_type_find(const char *name) { return hf_type_find(name); }

hf_type calls_type_of(hf_ref ref) { return hf_type_of(ref); }

const char *calls_type_name(hf_type type) { return hf_type_name(type); }

int32_t calls_instance_of(hf_ref ref, hf_type type) { return hf_instance_of(ref, type); }

hf_method calls_method_find(hf_type type, const char *name, const char *descriptor) {
  return hf_method_find(type, name, descriptor);
}

int32_t calls_call(hf_ref ref, hf_method method, const hf_value *args, hf_value *result) {
  return hf_call(ref, method, args, result);
}

/* How many of the calls succeeded. */
int32_t calls_call_many(hf_ref ref, hf_method method, int32_t rounds) {
  int32_t succeeded = 0;
  for (int32_t i = 0; i < rounds; i++)
    succeeded += hf_call(ref, method, NULL, NULL) == HF_OK;
  return succeeded;
}

struct call {
  hf_ref ref;
  hf_method method;
  const hf_value *args;
  hf_value *result;
  const char *type;
  int32_t status;
};

static int32_t elsewhere(void *(*body)(void *), struct call *call) {
  pthread_t thread;
  call->status = HF_ENOMEM;
  if (pthread_create(&thread, NULL, body, call) == 0)
    pthread_join(thread, NULL);
  return call->status;
}

/* Twice, as the first call of a thread may take another way than the others. */
static void *call_body(void *data) {
  struct call *call = data;
  call->status = hf_call(call->ref, call->method, call->args, NULL);
  if (call->status == HF_OK)
    call->status = hf_call(call->ref, call->method, call->args, call->result);
  return NULL;
}

int32_t calls_call_elsewhere(hf_ref ref, hf_method method, const hf_value *args, hf_value *result) {
  struct call call = {.ref = ref, .method = method, .args = args, .result = result};
  return elsewhere(call_body, &call);
}

int32_t calls_call_in_scope(hf_ref ref, hf_method method) {
  hf_enter();
  int32_t status = hf_call(ref, method, NULL, NULL);
  hf_exit();
  return status;
}

hf_ref calls_new(hf_method constructor, const hf_value *args) { return hf_new(constructor, args); }

hf_ref calls_exception(void) { return hf_exception_take(); }

int32_t calls_throw(const char *type, const char *message) {
  return hf_throw(hf_type_find(type), message);
}

static void *throw_body(void *data) {
  struct call *call = data;
  call->status = hf_throw(hf_type_find(call->type), "nobody waits");
  return NULL;
}

int32_t calls_throw_elsewhere(const char *type) {
  struct call call = {.type = type};
  return elsewhere(throw_body, &call);
}

/* A thread that ends without having taken the exception of its call. */
static void *leave_body(void *data) {
  struct call *call = data;
  call->status = hf_call(call->ref, call->method, NULL, NULL);
  return NULL;
}

int32_t calls_call_and_leave(hf_ref ref, hf_method method) {
  struct call call = {.ref = ref, .method = method};
  return elsewhere(leave_body, &call);
}
