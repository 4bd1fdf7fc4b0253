/* Pins: a count in the entry, raised only inside a write section, so that a mover sees either
   the pin or a cancelled move. */
#ifndef HOLDFAST_PIN_H
#define HOLDFAST_PIN_H

#include "holdfast.h"

const void *hfi_pin(hf_ref ref);
hf_status hfi_unpin(hf_ref ref);

#endif
