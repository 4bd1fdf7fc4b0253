/* C structs that belong to Java objects, and refer to others. */
#include "probe.h"
#include <stdlib.h>

struct tie { /* of one object, under one key */
  hf_ref target;
  int held; /* by an edge, else by a count */
  int32_t fallen;
};

/* Two libraries, each with a key of its own. */
static const char keys[2] = {0};
static atomic_int destroyed[2];
static atomic_llong ages;

static void destroy(struct tie *tie, int library) {
  if (!tie->held && tie->target != HF_NULL)
    hf_release(tie->target);
  atomic_fetch_add(&destroyed[library], 1);
  free(tie);
}
static void destroy_one(void *tie) { destroy(tie, 0); }

/* Calls Java too: of what it has counted, and lets go of it. */
static void destroy_other(void *data) {
  struct tie *tie = data;
  if (!tie->held && tie->target != HF_NULL) {
    hf_method age = hf_method_find(hf_type_of(tie->target), "age", "()I");
    hf_value result;
    if (hf_call(tie->target, age, NULL, &result) == HF_OK)
      atomic_fetch_add(&ages, result.i32);
  }
  destroy(tie, 1);
}

int32_t probe_tie(hf_ref owner, hf_ref target, int32_t held, int32_t library) {
  struct tie *tie = calloc(1, sizeof *tie);
  if (!tie)
    return HF_ENOMEM;
  tie->target = target;
  tie->held = held;
  hf_status status = HF_OK;
  if (target != HF_NULL && held)
    status = hf_hold(owner, target);
  else if (target != HF_NULL && hf_retain(target) == HF_NULL)
    status = hf_last_status();
  if (status == HF_OK)
    status = hf_peer_set(owner, &keys[library], tie, library == 0 ? destroy_one : destroy_other);
  if (status != HF_OK)
    free(tie);
  return status;
}

hf_ref probe_tied_to(hf_ref owner, int32_t library) {
  const struct tie *tie = hf_peer_get(owner, &keys[library]);
  return tie ? tie->target : HF_NULL;
}

int32_t probe_destroyed(int32_t library) { return atomic_load(&destroyed[library]); }

int64_t probe_ages(void) { return atomic_load(&ages); }
