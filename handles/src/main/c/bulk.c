#include "bulk.h"
#include "bits.h"
#include "error.h"
#include "runtime.h"
#include "track.h"
#include "upcall.h"
#include <string.h>

static int64_t answered(int64_t n, uint64_t bits) {
  if (n < 0)
    return hfi_answered((hf_status)n, bits, 0);
  hfi_succeed(hfi_self());
  return n;
}

/* Is a range of elements, and a place for them, given? */
static hf_status range(int64_t from, int64_t n, const void *place) {
  if (from < 0 || n < 0 || n > INT32_MAX)
    return HF_EINVAL;
  return n > 0 && !place ? HF_ENULL : HF_OK;
}

static int64_t read_refs(hf_ref ref, int64_t from, int64_t n, hf_ref *out) {
  uint64_t bits = hfi_bits(ref);
  int64_t found = hfi_askable(bits, hfi_upcalls()->read_refs != NULL);
  if (found == HF_OK)
    found = range(from, n, out);
  if (found == HF_OK)
    found = hfi_answer(hfi_upcalls()->read_refs(bits, from, n, out));
  return answered(found, bits);
}

int64_t hfi_read_refs(hf_ref ref, int64_t from, int64_t n, hf_ref *out) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  int64_t found = read_refs(ref, from, n, out);
  hfi_track_asked(before);
  return found;
}

int64_t hfi_array_length(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  int64_t length = hfi_askable(bits, hfi_upcalls()->array_length != NULL);
  if (length == HF_OK)
    length = hfi_answer(hfi_upcalls()->array_length(bits));
  return answered(length, bits);
}

static hf_status primitive(uint32_t kind) {
  return kind >= HF_KIND_BOOL && kind <= HF_KIND_F64 ? HF_OK : HF_ETYPE;
}

int64_t hfi_array_read(hf_ref ref, uint32_t kind, int64_t from, int64_t n, void *out) {
  uint64_t bits = hfi_bits(ref);
  int64_t found = hfi_askable(bits, hfi_upcalls()->array_read != NULL);
  if (found == HF_OK)
    found = range(from, n, out);
  if (found == HF_OK)
    found = primitive(kind);
  if (found == HF_OK)
    found = hfi_answer(hfi_upcalls()->array_read(bits, (int32_t)kind, from, n, out));
  return answered(found, bits);
}

int64_t hfi_array_write(hf_ref ref, uint32_t kind, int64_t from, int64_t n, const void *in) {
  uint64_t bits = hfi_bits(ref);
  int64_t found = hfi_askable(bits, hfi_upcalls()->array_write != NULL);
  if (found == HF_OK)
    found = range(from, n, in);
  if (found == HF_OK)
    found = primitive(kind);
  if (found == HF_OK)
    found = hfi_answer(hfi_upcalls()->array_write(bits, (int32_t)kind, from, n, in));
  return answered(found, bits);
}

static hf_ref string_new(const char *utf8, int64_t length) {
  uint64_t made = 0;
  hf_status status = hfi_java_running();
  if (status == HF_OK && !hfi_upcalls()->string_new)
    status = HF_ENORUNTIME;
  if (status == HF_OK && !utf8)
    status = HF_ENULL;
  int64_t bytes = status == HF_OK && length < 0 ? (int64_t)strlen(utf8) : length;
  if (status == HF_OK && bytes > INT32_MAX) {
    hfi_failf(HF_EINVAL, "HF_EINVAL: a text of %lld bytes (at most 2147483647)", (long long)bytes);
    return HF_NULL;
  }
  if (status == HF_OK)
    made = hfi_upcalls()->string_new(utf8, bytes, hfi_unanswered(&status));
  if (status != HF_OK) {
    hfi_fail(status, 0, 0, 0);
    return HF_NULL;
  }
  hfi_succeed(hfi_self());
  return hfi_ref(made);
}

hf_ref hfi_string_new(const char *utf8, int64_t length) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_ref made = string_new(utf8, length);
  hfi_track_asked(before);
  return made;
}
