/*
 * What the glue of each library has: a destroy function that is counted, because a library that
 * destroys twice or never would else be found out only by the counts.
 */
#ifndef GLUE_H
#define GLUE_H

#include "holdfast.h"
#include <stdatomic.h>

#define GLUE __attribute__((visibility("default")))

GLUE int32_t glue_init(void);
GLUE int32_t glue_destroyed(void);
GLUE hf_destroy_function glue_destroy(void);

static atomic_int glue_destroyed_;

static void glue_destroy_(void *data) {
  atomic_fetch_add(&glue_destroyed_, 1);
  hf_release(data);
}

int32_t glue_init(void) { return hf_init(HF_ABI_VERSION); }
int32_t glue_destroyed(void) { return atomic_load(&glue_destroyed_); }
hf_destroy_function glue_destroy(void) { return glue_destroy_; }

#endif
