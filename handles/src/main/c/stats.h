/* Totals over all threads and the mover. */
#ifndef HOLDFAST_STATS_H
#define HOLDFAST_STATS_H

#include "holdfast.h"

hf_status hfi_stats(struct hf_stats *out);

#endif
