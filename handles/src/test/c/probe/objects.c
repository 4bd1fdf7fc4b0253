/*
 * The C side of the core's tests: what a library does to objects through Java.
 */
#include "holdfast.h"
#include <stdlib.h>

#define PROBE __attribute__((visibility("default")))

PROBE int32_t probe_set(hf_ref ref, hf_field field, int64_t bits);
PROBE int32_t probe_count_up(hf_ref ref, hf_field field, int32_t to);
PROBE void *probe_write_begin(hf_ref ref);
PROBE int32_t probe_write_end(hf_ref ref, void *copy);
PROBE int64_t probe_read_refs(hf_ref ref, int64_t from, int64_t n, hf_ref *out);
PROBE int64_t probe_array_length(hf_ref ref);
PROBE int64_t probe_array_read(hf_ref ref, int32_t kind, int64_t from, int64_t n, void *out);
PROBE int64_t probe_array_write(hf_ref ref, int32_t kind, int64_t from, int64_t n, const void *in);
PROBE hf_ref probe_string_new(const char *utf8, int64_t length);
PROBE int64_t probe_string_utf8(hf_ref ref, char *buf, int64_t cap);
PROBE hf_weak probe_weak_new(hf_ref ref);
PROBE hf_ref probe_weak_get(hf_weak weak);
PROBE int32_t probe_weak_free(hf_weak weak);
PROBE int32_t probe_hold(hf_ref owner, hf_ref target);
PROBE int32_t probe_unhold(hf_ref owner, hf_ref target);
PROBE int32_t probe_tie(hf_ref ref, int32_t key, int32_t number, hf_ref held);
PROBE int32_t probe_untie(hf_ref ref, int32_t key);
PROBE int32_t probe_tied(hf_ref ref, int32_t key);
PROBE int32_t probe_destroyed(int32_t number);
PROBE int32_t probe_tie_counter(hf_ref ref, int32_t key, int32_t *times);
PROBE int32_t *probe_tied_counter(hf_ref ref, int32_t key);
PROBE int32_t probe_lengths(void);
PROBE int32_t probe_struct_with_edge(hf_ref ref, int32_t number);
PROBE int32_t probe_struct_with_count(hf_ref ref, int32_t number);

/* ---- writing --------------------------------------------------------------------------------- */

static float f32_of(int64_t bits) {
  union {
    uint32_t bits;
    float value;
  } at = {(uint32_t)bits};
  return at.value;
}

static double f64_of(int64_t bits) {
  union {
    int64_t bits;
    double value;
  } at = {bits};
  return at.value;
}

int32_t probe_set(hf_ref ref, hf_field field, int64_t bits) {
  switch (field >> 24 & 0xff) {
  case HF_KIND_BOOL:
    return hf_set_bool(ref, field, (uint8_t)bits);
  case HF_KIND_I8:
    return hf_set_i8(ref, field, (int8_t)bits);
  case HF_KIND_U16:
    return hf_set_u16(ref, field, (uint16_t)bits);
  case HF_KIND_I16:
    return hf_set_i16(ref, field, (int16_t)bits);
  case HF_KIND_I32:
  case HF_KIND_ENUM:
    return hf_set_i32(ref, field, (int32_t)bits);
  case HF_KIND_I64:
    return hf_set_i64(ref, field, bits);
  case HF_KIND_F32:
    return hf_set_f32(ref, field, f32_of(bits));
  case HF_KIND_F64:
    return hf_set_f64(ref, field, f64_of(bits));
  default:
    return hf_set_ref(ref, field, (hf_ref)(uintptr_t)bits);
  }
}

int32_t probe_count_up(hf_ref ref, hf_field field, int32_t to) {
  hf_status status = HF_OK;
  for (int32_t i = 1; i <= to && status == HF_OK; i++)
    status = hf_set_i32(ref, field, i);
  return status;
}

void *probe_write_begin(hf_ref ref) { return hf_write_begin(ref); }

int32_t probe_write_end(hf_ref ref, void *copy) { return hf_write_end(ref, copy); }

/* ---- elements -------------------------------------------------------------------------------- */

int64_t probe_read_refs(hf_ref ref, int64_t from, int64_t n, hf_ref *out) {
  return hf_read_refs(ref, from, n, out);
}

int64_t probe_array_length(hf_ref ref) { return hf_array_length(ref); }

int64_t probe_array_read(hf_ref ref, int32_t kind, int64_t from, int64_t n, void *out) {
  return hf_array_read(ref, (uint32_t)kind, from, n, out);
}

int64_t probe_array_write(hf_ref ref, int32_t kind, int64_t from, int64_t n, const void *in) {
  return hf_array_write(ref, (uint32_t)kind, from, n, in);
}

hf_ref probe_string_new(const char *utf8, int64_t length) { return hf_string_new(utf8, length); }

int64_t probe_string_utf8(hf_ref ref, char *buf, int64_t cap) {
  return hf_string_utf8(ref, buf, cap);
}

/* ---- weak handles, edges --------------------------------------------------------------------- */

hf_weak probe_weak_new(hf_ref ref) { return hf_weak_new(ref); }

hf_ref probe_weak_get(hf_weak weak) { return hf_weak_get(weak); }

int32_t probe_weak_free(hf_weak weak) {
  hf_weak_free(weak);
  return hf_last_status();
}

int32_t probe_hold(hf_ref owner, hf_ref target) { return hf_hold(owner, target); }

int32_t probe_unhold(hf_ref owner, hf_ref target) { return hf_unhold(owner, target); }

/* ---- peers ----------------------------------------------------------------------------------- */

/* What is tied to an object. */
struct tied {
  int32_t number;
  hf_ref held; /* counted, or NULL */
};

enum { NUMBERS = 1024 };
static const char keys[8];
static int32_t destroyed[NUMBERS];
static int32_t lengths;

/* Calls Java, and gives back what it holds. */
static void destroy(void *data) {
  struct tied *tied = data;
  if (tied->held != HF_NULL) {
    int64_t length = hf_string_utf8(tied->held, NULL, 0);
    __atomic_fetch_add(&lengths, (int32_t)length, __ATOMIC_SEQ_CST);
    hf_release(tied->held);
  }
  __atomic_fetch_add(&destroyed[tied->number], 1, __ATOMIC_SEQ_CST);
  free(tied);
}

int32_t probe_tie(hf_ref ref, int32_t key, int32_t number, hf_ref held) {
  struct tied *tied = malloc(sizeof *tied);
  if (!tied)
    return HF_ENOMEM;
  *tied = (struct tied){number, held};
  hf_status status = hf_peer_set(ref, &keys[key], tied, destroy);
  if (status != HF_OK)
    free(tied);
  return status;
}

int32_t probe_untie(hf_ref ref, int32_t key) { return hf_peer_set(ref, &keys[key], NULL, NULL); }

int32_t probe_tied(hf_ref ref, int32_t key) {
  const struct tied *tied = hf_peer_get(ref, &keys[key]);
  return tied ? tied->number : -1;
}

int32_t probe_destroyed(int32_t number) {
  return __atomic_load_n(&destroyed[number], __ATOMIC_SEQ_CST);
}

static void count_destroyed(void *times) {
  __atomic_fetch_add((int32_t *)times, 1, __ATOMIC_SEQ_CST);
}

int32_t probe_tie_counter(hf_ref ref, int32_t key, int32_t *times) {
  return hf_peer_set(ref, &keys[key], times, count_destroyed);
}

int32_t *probe_tied_counter(hf_ref ref, int32_t key) { return hf_peer_get(ref, &keys[key]); }

/* The lengths of all texts that were read by destroy. */
int32_t probe_lengths(void) { return __atomic_load_n(&lengths, __ATOMIC_SEQ_CST); }

/* ---- a cycle: the object, a C struct that belongs to it, the object -------------------------- */

int32_t probe_struct_with_edge(hf_ref ref, int32_t number) {
  hf_status status = hf_hold(ref, ref);
  return status == HF_OK ? probe_tie(ref, 0, number, HF_NULL) : status;
}

int32_t probe_struct_with_count(hf_ref ref, int32_t number) {
  return hf_retain(ref) == ref ? probe_tie(ref, 0, number, HF_NULL) : hf_last_status();
}
