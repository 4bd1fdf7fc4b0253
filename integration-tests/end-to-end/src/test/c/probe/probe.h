/* What the Java side calls (interface Probe), and what the files here share. */
#ifndef PROBE_H
#define PROBE_H

#include "holdfast.h"
#include <stdatomic.h>

#define PROBE __attribute__((visibility("default")))

/* ---- probe.c: one call of holdfast.h each ---------------------------------------------------- */

PROBE int32_t probe_init(void);
PROBE int32_t probe_status(void);
PROBE const char *probe_error(void);
PROBE hf_ref probe_retain(hf_ref ref);
PROBE void probe_release(hf_ref ref);
PROBE uint32_t probe_count(hf_ref ref);
PROBE int32_t probe_type(const char *name);
PROBE const char *probe_type_of(hf_ref ref);
PROBE int32_t probe_instance_of(hf_ref ref, const char *type);
PROBE int32_t probe_read(hf_ref ref, const char *type, const char *field, int64_t *bits);
PROBE int32_t probe_layout(const char *type, uint64_t fingerprint);
PROBE hf_ref probe_retain_field(hf_ref owner, const char *field);
PROBE hf_ref probe_follow(hf_ref owner, const char *field, int32_t times);
PROBE hf_ref probe_retain_field_elsewhere(hf_ref owner, const char *field, int32_t *status);
PROBE int64_t probe_text(hf_ref owner, const char *field, char *buf, int64_t cap);
PROBE int32_t probe_fork(hf_ref ref);
PROBE int32_t probe_pinned_stays(hf_ref ref, void (*between)(void));

/* ---- walk.c: threads that read mirrors ------------------------------------------------------- */

PROBE int64_t probe_walk(hf_ref head, const char *next, const char *value, int64_t *sum);
PROBE int32_t probe_walkers_start(hf_ref head, int32_t threads);
PROBE int64_t probe_walkers_walks(void);
PROBE int64_t probe_walkers_stop(void);

/* ---- count.c: threads that count ------------------------------------------------------------- */

PROBE int32_t probe_hammer(const hf_ref *refs, int32_t n, int32_t threads, int32_t rounds);
PROBE int32_t probe_release_all(const hf_ref *refs, int32_t n, int32_t threads);
PROBE int32_t probe_disturb(hf_ref ref, const char *field, const char *text, int32_t threads);
PROBE int64_t probe_disturbances(void);

/* ---- host.c: a library that loads and unloads others ----------------------------------------- */

PROBE int32_t probe_guest_takes(const char *path, hf_ref ref);
PROBE int32_t probe_guests_destroy(void);

/* ---- leaks.c, bonds.c, calls.c --------------------------------------------------------------- */

PROBE hf_ref probe_leak(hf_ref ref);
PROBE hf_ref probe_leak_field(hf_ref owner, const char *field);
PROBE int64_t probe_leak_elements(hf_ref list, int64_t n, hf_ref *out);
PROBE void probe_drop(hf_ref ref);
PROBE int32_t probe_tie(hf_ref owner, hf_ref target, int32_t held, int32_t library);
PROBE hf_ref probe_tied_to(hf_ref owner, int32_t library);
PROBE int32_t probe_destroyed(int32_t library);
PROBE int64_t probe_ages(void);
PROBE int32_t probe_descend(hf_ref ref, int32_t depth, int32_t throws);
PROBE hf_ref probe_new(const char *type, const char *descriptor, int32_t number, hf_ref next);
PROBE int32_t probe_make_elsewhere(const char *type, const char *descriptor, hf_ref next,
                                   int32_t rounds);
PROBE int32_t probe_make_here(const char *type, const char *descriptor, hf_ref next,
                              int32_t rounds);

/* ---- exchange.c: threads that read and hold what random programs offer ------------------------
 */

PROBE int32_t probe_exchange_start(const char *type, int32_t places, int32_t readers,
                                   int32_t holders, int32_t seed);
PROBE void probe_exchange_offer(int32_t place, hf_ref ref);
PROBE hf_ref probe_exchange_take(int32_t place);
PROBE int64_t probe_exchange_stop(void);
PROBE const char *probe_exchange_failure(void);

#endif
