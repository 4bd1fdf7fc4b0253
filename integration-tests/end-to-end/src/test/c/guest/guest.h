/* A library that is unloaded while others still hold what it handed out. */
#ifndef GUEST_H
#define GUEST_H

/* User data with its destroy function, as C libraries pass them around. */
struct guest_data {
  void *data;
  void (*destroy)(void *);
};

/* Fills in a count of its own and the runtime's hf_release; 0, or an hf_status. */
typedef int (*guest_take_function)(void *ref, struct guest_data *out);

#endif
