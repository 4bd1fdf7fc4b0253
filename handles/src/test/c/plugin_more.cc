// The C++ half of the plugin.
#include "holdfast.h"

extern "C" int plugin_more_version(void);

int plugin_more_version(void) { return static_cast<int>(hf_abi_version()); }
