/* A library that leaks, compiled with its places. */
#define HF_TRACE_PLACES
#include "probe.h"

hf_ref probe_leak(hf_ref ref) { return hf_retain(ref); }

hf_ref probe_leak_field(hf_ref owner, const char *field) {
  return hf_retain_field(owner, hf_field_find(hf_type_of(owner), field));
}

int64_t probe_leak_elements(hf_ref list, int64_t n, hf_ref *out) {
  return hf_read_refs(list, 0, n, out);
}

void probe_drop(hf_ref ref) { hf_release(ref); }
