#include "upcall.h"
#include "count.h"
#include "error.h"
#include "track.h"
#include <inttypes.h>

hf_status hfi_askable(uint64_t bits, bool known) {
  hf_status status = hfi_java_running();
  if (status == HF_OK)
    status = hfi_counted(bits);
  return status == HF_OK && !known ? (hf_status)HF_ENORUNTIME : status;
}

hf_status hfi_answered(hf_status status, uint64_t bits, uint64_t field) {
  if (status == HF_EINVAL && hfi_askable(bits, true) == HF_OK)
    return hfi_failf(HF_EINVAL, "HF_EINVAL: an argument is out of range, for handle %#" PRIx64,
                     bits);
  if (status != HF_OK)
    return hfi_fail(status, bits, field, 0);
  hfi_succeed(hfi_self());
  return HF_OK;
}

static hf_ref answer(uint64_t owner, uint64_t found, hf_status status, uint64_t field) {
  if (status != HF_OK) {
    hfi_fail(status, owner, field, 0);
    return HF_NULL;
  }
  hfi_succeed(hfi_self()); /* Java has counted it among its own retains */
  return hfi_ref(found);
}

static hf_ref retain_field(hf_ref owner, hf_field field) {
  uint64_t bits = hfi_bits(owner);
  uint64_t found = 0;
  hf_status status = hfi_askable(bits, hfi_upcalls()->retain_field != NULL);
  if (status == HF_OK)
    found = hfi_upcalls()->retain_field(bits, field, hfi_unanswered(&status));
  return answer(bits, found, status, field);
}

hf_ref hfi_retain_field(hf_ref owner, hf_field field) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_ref found = retain_field(owner, field);
  hfi_track_asked(before);
  return found;
}

static hf_ref retain_path(hf_ref owner, const struct hf_step *steps, int32_t n) {
  uint64_t bits = hfi_bits(owner);
  uint64_t found = 0;
  hf_status status = hfi_askable(bits, hfi_upcalls()->retain_path != NULL);
  if (status == HF_OK && !steps)
    status = HF_ENULL;
  if (status == HF_OK && n < 1) {
    hfi_failf(HF_EINVAL, "HF_EINVAL: a path of %" PRId32 " steps (at least 1)", n);
    return HF_NULL;
  }
  if (status == HF_OK)
    found = hfi_upcalls()->retain_path(bits, steps, n, hfi_unanswered(&status));
  return answer(bits, found, status, steps ? steps[0].field : 0);
}

hf_ref hfi_retain_path(hf_ref owner, const struct hf_step *steps, int32_t n) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_ref found = retain_path(owner, steps, n);
  hfi_track_asked(before);
  return found;
}

/* ---- text ------------------------------------------------------------------------------------ */

static int64_t text(uint64_t bits, hf_field field, int64_t length, char *buf, int64_t cap) {
  if (length < 0)
    return hfi_fail((hf_status)length, bits, field, 0);
  /* Java has ended what it cut. */
  if (cap > 0)
    buf[length < cap ? length : cap - 1] = '\0';
  hfi_succeed(hfi_self());
  return length;
}

static hf_status writable(const char *buf, int64_t cap) {
  return cap < 0 ? HF_EINVAL : cap > 0 && !buf ? HF_ENULL : HF_OK;
}

int64_t hfi_field_utf8(hf_ref owner, hf_field field, char *buf, int64_t cap) {
  uint64_t bits = hfi_bits(owner);
  int64_t length = hfi_askable(bits, hfi_upcalls()->field_utf8 != NULL);
  if (length == HF_OK)
    length = writable(buf, cap);
  if (length == HF_OK)
    length = hfi_answer(hfi_upcalls()->field_utf8(bits, field, buf, cap > 0 ? cap - 1 : 0));
  return text(bits, field, length, buf, cap);
}

int64_t hfi_string_utf8(hf_ref ref, char *buf, int64_t cap) {
  uint64_t bits = hfi_bits(ref);
  int64_t length = hfi_askable(bits, hfi_upcalls()->string_utf8 != NULL);
  if (length == HF_OK)
    length = writable(buf, cap);
  if (length == HF_OK)
    length = hfi_answer(hfi_upcalls()->string_utf8(bits, buf, cap > 0 ? cap - 1 : 0));
  return text(bits, 0, length, buf, cap);
}

/* ---- equals, hashCode ------------------------------------------------------------------------ */

int hfi_java_equal(const void *a, const void *b) {
  hf_status status = hfi_running();
  if (status == HF_OK && (a == b || !a || !b)) {
    hfi_succeed(hfi_self());
    return a == b;
  }
  status = hfi_askable(hfi_bits(a), hfi_upcalls()->java_equal != NULL);
  if (status != HF_OK) {
    hfi_fail(status, hfi_bits(a), 0, 0);
    return 0;
  }
  status = hfi_counted(hfi_bits(b));
  if (status != HF_OK) {
    hfi_fail(status, hfi_bits(b), 0, 0);
    return 0;
  }
  int32_t equal = hfi_answer32(hfi_upcalls()->java_equal(hfi_bits(a), hfi_bits(b)));
  if (equal < 0) {
    hfi_fail(equal, hfi_bits(a), 0, 0);
    return 0;
  }
  hfi_succeed(hfi_self());
  return equal != 0;
}

unsigned hfi_java_hash(const void *ref) {
  hf_status status = hfi_running();
  int64_t hash = 0;
  if (status == HF_OK && ref)
    status = hfi_askable(hfi_bits(ref), hfi_upcalls()->java_hash != NULL);
  if (status == HF_OK && ref)
    hash = hfi_answer(hfi_upcalls()->java_hash(hfi_bits(ref)));
  if (hash < 0)
    status = (hf_status)hash;
  if (status != HF_OK) {
    hfi_fail(status, hfi_bits(ref), 0, 0);
    return 0;
  }
  hfi_succeed(hfi_self());
  return (unsigned)hash;
}
