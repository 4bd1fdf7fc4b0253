/*
 * tests            lists the tests, one name a line
 * tests NAME       runs one: 0, or 1 and why on stderr
 *
 * With HOLDFAST_TEST_NO_MEMBARRIER the kernel says that it has no membarrier.
 */
#define _GNU_SOURCE
#include "tests.h"

#if defined(__linux__)
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static void forbid_membarrier(void) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  CHECK_EQUAL(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  CHECK_EQUAL(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0), 0);
}
#else
static void forbid_membarrier(void) {}
#endif

static const struct test *const all[] = {
    ownership_tests, reading_tests, type_tests,   scope_tests,   move_tests,   java_tests,
    write_tests,     bulk_tests,    bond_tests,   library_tests, call_tests,   language_tests,
    track_tests,     misuse_tests,  stress_tests, example_tests, silence_tests};

int main(int n, char **arguments) {
  if (getenv("HOLDFAST_TEST_NO_MEMBARRIER"))
    forbid_membarrier();
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    for (const struct test *test = all[i]; test->name; test++) {
      if (n < 2) {
        puts(test->name);
      } else if (strcmp(test->name, arguments[1]) == 0) {
        test->run();
        return 0;
      }
    }
  }
  if (n < 2)
    return 0;
  fprintf(stderr, "no test is named %s\n", arguments[1]);
  return 1;
}
