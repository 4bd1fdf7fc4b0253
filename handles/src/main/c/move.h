/* The mover: copies cohorts while their mirrors are read and written. models/move.pml has this
   protocol. */
#ifndef HOLDFAST_MOVE_H
#define HOLDFAST_MOVE_H

#include "runtime.h"

struct hfi_move_totals {
  uint64_t moves, bytes, pinned, abandoned;
};
struct hfi_move_totals hfi_move_totals(void);

HFI_EXPORT int32_t hfi_move(struct hfi_move *moves, int32_t n, int32_t wait_micros,
                            uint64_t *epoch_out);
HFI_EXPORT uint64_t hfi_epoch_advance(void);

#endif
