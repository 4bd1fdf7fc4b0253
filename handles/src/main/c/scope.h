/*
 * Scopes that C opens itself. While a thread's record shows epoch e, nothing that was retired at e
 * or later is reused.
 */
#ifndef HOLDFAST_SCOPE_H
#define HOLDFAST_SCOPE_H

void hfi_enter(void);
void hfi_exit(void);

#endif
