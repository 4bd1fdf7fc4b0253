/*
 * host PLUGIN            loads the plugin where there is no Holdfast: 0 if each call says
 * HF_ENORUNTIME host PLUGIN RUNTIME    then loads and attaches the runtime, privately, as a JVM
 * may: 0 if the plugin finds it
 */
#include "holdfast.h"
#include "plugin.h"
#include <stdio.h>
#include <string.h>

static void *symbol(void *library, const char *name) {
  void *found = dlsym(library, name);
  if (!found)
    fprintf(stderr, "%s: not there\n", name);
  return found;
}

static int attach(const char *path) {
  void *runtime = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!runtime) {
    fprintf(stderr, "no runtime: %s\n", dlerror());
    return HF_ENORUNTIME;
  }
  void *found = symbol(runtime, "hfi_runtime_create");
  void *(*create)(void);
  memcpy(&create, &found, sizeof create);
  found = symbol(runtime, "hfi_attach");
  int32_t (*attach_to)(void *, const void *);
  memcpy(&attach_to, &found, sizeof attach_to);
  return attach_to(create(), NULL);
}

static int check(const char *what, int result, int expected) {
  if (result != expected)
    fprintf(stderr, "%s is %d (expected %d)\n", what, result, expected);
  return result == expected;
}

int main(int n, char **arguments) {
  void *library = n > 1 ? dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (!library) {
    fprintf(stderr, "no plugin: %s\n", n > 1 ? dlerror() : "usage: host PLUGIN [RUNTIME]");
    return 1;
  }
  const struct plugin *plugin = symbol(library, "plugin");
  if (!plugin)
    return 1;
  for (int i = 0; i < 2; i++)
    if (!check("the first call that does not refuse", plugin->first_that_does_not_refuse(), 0) ||
        !check("init", plugin->init(), HF_ENORUNTIME))
      return 1;
  if (n < 3)
    return 0;
  return attach(arguments[2]) >= 0 && check("init", plugin->init(), HF_OK) ? 0 : 1;
}
