#define _GNU_SOURCE
#include "plugin.h"
#include "tests.h"
#include <sys/wait.h>
#include <unistd.h>

/* The path of what lies beside this program. To be freed, by nobody. */
static char *beside(const char *name) {
  char path[4096];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  CHECK(n > 0);
  path[n] = '\0';
  char *end = strrchr(path, '/') + 1;
  CHECK((size_t)(end - path) + strlen(name) < sizeof path);
  strcpy(end, name);
  return strdup(path);
}

/* HOLDFAST_TEST_EMULATOR runs programs of another machine, as it runs this one. */
static int host(char *runtime) {
  char *emulator = getenv("HOLDFAST_TEST_EMULATOR");
  char *emulated[] = {emulator, beside("host"), beside("libplugin.so"), runtime, NULL};
  char **arguments = emulator ? emulated : emulated + 1;
  pid_t pid = fork();
  if (pid == 0) {
    execvp(arguments[0], arguments);
    _exit(127);
  }
  int status = -1;
  CHECK_EQUAL(waitpid(pid, &status, 0), pid);
  return status;
}

static void a_library_works_without_a_runtime(void) { CHECK_EQUAL(host(NULL), 0); }

static void a_library_finds_a_runtime_that_was_loaded_privately(void) {
  CHECK_EQUAL(host(beside(HF_LIBRARY_)), 0);
}

static void a_destroy_function_outlives_the_library_that_gave_it(void) {
  world_begin(NULL);
  hf_ref ref = world_object(world_cohort(), 0, world_type("a.A", 0, NULL, 0));
  world_acquire(ref);
  const char *path = beside("libplugin.so");
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  CHECK(library != NULL);
  const struct plugin *plugin = dlsym(library, "plugin");
  CHECK(plugin != NULL);
  CHECK_EQUAL(plugin->init(), HF_OK);
  CHECK(plugin->shares_one_runtime_pointer());
  CHECK(plugin->keep(ref) == ref);
  void (*destroy)(void *) = plugin->destroy_function();
  CHECK_EQUAL(hf_count(ref), 2);
  CHECK_EQUAL(dlclose(library), 0);
  CHECK(dlopen(path, RTLD_NOW | RTLD_NOLOAD) == NULL);
  destroy(ref);
  CHECK_EQUAL(hf_count(ref), 1);
}

static void the_runtime_is_never_unloaded(void) {
  world_begin(NULL);
  void *library = dlopen(HF_LIBRARY_, RTLD_NOW | RTLD_NOLOAD);
  CHECK(library != NULL);
  for (int i = 0; i < 5; i++)
    dlclose(library);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_OK);
  CHECK_EQUAL(hf_type_find("a.A"), 0);
}

const struct test library_tests[] = {
    {"a_library_works_without_a_runtime", a_library_works_without_a_runtime},
    {"a_library_finds_a_runtime_that_was_loaded_privately",
     a_library_finds_a_runtime_that_was_loaded_privately},
    {"a_destroy_function_outlives_the_library_that_gave_it",
     a_destroy_function_outlives_the_library_that_gave_it},
    {"the_runtime_is_never_unloaded", the_runtime_is_never_unloaded},
    {NULL, NULL}};
