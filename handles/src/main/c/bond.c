#include "bond.h"
#include "bits.h"
#include "count.h"
#include "error.h"
#include "runtime.h"
#include "track.h"
#include "upcall.h"
#include <inttypes.h>

/* ---- weak handles ---------------------------------------------------------------------------- */

hf_weak hfi_weak_new(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  hf_weak made = 0;
  hf_status status = hfi_askable(bits, hfi_upcalls()->weak_new != NULL);
  if (status == HF_OK)
    made = hfi_upcalls()->weak_new(bits, hfi_unanswered(&status));
  return hfi_answered(status, bits, 0) == HF_OK ? made : 0;
}

static hf_status weak_failed(hf_status status, hf_weak weak) {
  if (status == HF_EINVAL)
    return hfi_failf(HF_EINVAL, "HF_EINVAL: %#" PRIx64 " is no weak handle, or was freed", weak);
  return hfi_fail(status, 0, 0, 0);
}

static hf_ref weak_get(hf_weak weak) {
  uint64_t found = 0;
  hf_status status = hfi_java_running();
  if (status == HF_OK)
    status = !hfi_upcalls()->weak_get ? HF_ENORUNTIME : weak == 0 ? HF_ENULL : HF_OK;
  if (status == HF_OK)
    found = hfi_upcalls()->weak_get(weak, hfi_unanswered(&status));
  if (status != HF_OK) {
    weak_failed(status, weak);
    return HF_NULL;
  }
  hfi_succeed(hfi_self());
  return hfi_ref(found);
}

hf_ref hfi_weak_get(hf_weak weak) {
  struct hfi_place before = hfi_track_ask(__builtin_return_address(0));
  hf_ref found = weak_get(weak);
  hfi_track_asked(before);
  return found;
}

void hfi_weak_free(hf_weak weak) {
  if (weak == 0)
    return;
  hf_status status = hfi_java_running();
  if (status == HF_OK)
    status =
        hfi_upcalls()->weak_free ? hfi_answer32(hfi_upcalls()->weak_free(weak)) : HF_ENORUNTIME;
  if (status != HF_OK)
    weak_failed(status, weak);
  else
    hfi_succeed(hfi_self());
}

/* ---- owned edges ----------------------------------------------------------------------------- */

hf_status hfi_hold(hf_ref owner, hf_ref target) {
  uint64_t bits = hfi_bits(owner);
  hf_status status = hfi_askable(bits, hfi_upcalls()->hold != NULL);
  if (status != HF_OK)
    return hfi_fail(status, bits, 0, 0);
  status = hfi_counted(hfi_bits(target));
  if (status != HF_OK)
    return hfi_fail(status, hfi_bits(target), 0, 0);
  return hfi_answered(hfi_answer32(hfi_upcalls()->hold(bits, hfi_bits(target))), bits, 0);
}

hf_status hfi_unhold(hf_ref owner, hf_ref target) {
  uint64_t bits = hfi_bits(owner);
  hf_status status = hfi_askable(bits, hfi_upcalls()->unhold != NULL);
  if (status != HF_OK)
    return hfi_fail(status, bits, 0, 0);
  status = hfi_refusal(hfi_bits(target)); /* the edge keeps it alive */
  if (status != HF_OK)
    return hfi_fail(status, hfi_bits(target), 0, 0);
  status = hfi_answer32(hfi_upcalls()->unhold(bits, hfi_bits(target)));
  if (status == HF_EINVAL)
    return hfi_failf(HF_EINVAL, "HF_EINVAL: %#" PRIx64 " does not hold %#" PRIx64, bits,
                     hfi_bits(target));
  return hfi_answered(status, bits, 0);
}

/* ---- peers ----------------------------------------------------------------------------------- */

hf_status hfi_peer_set(hf_ref ref, const void *key, void *data, hf_destroy_function destroy) {
  uint64_t bits = hfi_bits(ref);
  hf_status status = hfi_askable(bits, hfi_upcalls()->peer_set != NULL);
  if (status == HF_OK && !key)
    status = HF_ENULL;
  if (status == HF_OK)
    status = hfi_answer32(hfi_upcalls()->peer_set(bits, key, data, destroy));
  return hfi_answered(status, bits, 0);
}

void *hfi_peer_get(hf_ref ref, const void *key) {
  uint64_t bits = hfi_bits(ref);
  uint64_t found = 0;
  hf_status status = hfi_askable(bits, hfi_upcalls()->peer_get != NULL);
  if (status == HF_OK && !key)
    status = HF_ENULL;
  if (status == HF_OK)
    found = hfi_upcalls()->peer_get(bits, key, hfi_unanswered(&status));
  return hfi_answered(status, bits, 0) == HF_OK ? (void *)(uintptr_t)found : NULL;
}

HFI_EXPORT void hfi_destroy(hf_destroy_function destroy, void *data);

/* Called by Java's thread for peers. */
void hfi_destroy(hf_destroy_function destroy, void *data) { destroy(data); }
