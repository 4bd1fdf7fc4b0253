/* The tests by name; each runs in a process of its own, so it may begin the world as it likes. */
#ifndef HOLDFAST_TEST_TESTS_H
#define HOLDFAST_TEST_TESTS_H

#include "world.h"

struct test {
  const char *name;
  void (*run)(void);
};

/* Each ends with a name of NULL. */
extern const struct test ownership_tests[];
extern const struct test reading_tests[];
extern const struct test type_tests[];
extern const struct test scope_tests[];
extern const struct test move_tests[];
extern const struct test java_tests[];
extern const struct test write_tests[];
extern const struct test bulk_tests[];
extern const struct test bond_tests[];
extern const struct test library_tests[];
extern const struct test call_tests[];
extern const struct test language_tests[];
extern const struct test misuse_tests[];
extern const struct test track_tests[];
extern const struct test stress_tests[];
extern const struct test example_tests[];
extern const struct test silence_tests[];

#endif
