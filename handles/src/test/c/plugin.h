/* What the library of plugin.c exports: this table, under the name `plugin`. */
#ifndef HOLDFAST_TEST_PLUGIN_H
#define HOLDFAST_TEST_PLUGIN_H

struct plugin {
  int (*init)(void);
  void (*(*destroy_function)(void))(void *);
  void *(*keep)(void *ref);
  int (*shares_one_runtime_pointer)(void);
  /* Calls everything; the number of the first call that does not say HF_ENORUNTIME, or 0. */
  int (*first_that_does_not_refuse)(void);
};

#endif
