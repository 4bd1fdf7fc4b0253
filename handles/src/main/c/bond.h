/* What ties C's data and Java's objects together without a count: weak handles, owned edges,
   peers. */
#ifndef HOLDFAST_BOND_H
#define HOLDFAST_BOND_H

#include "holdfast.h"

hf_weak hfi_weak_new(hf_ref ref);
hf_ref hfi_weak_get(hf_weak weak);
void hfi_weak_free(hf_weak weak);
hf_status hfi_hold(hf_ref owner, hf_ref target);
hf_status hfi_unhold(hf_ref owner, hf_ref target);
hf_status hfi_peer_set(hf_ref ref, const void *key, void *data, hf_destroy_function destroy);
void *hfi_peer_get(hf_ref ref, const void *key);

#endif
