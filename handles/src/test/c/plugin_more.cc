// The C++ half of the plugin.
#include "holdfast.h"

extern "C" int plugin_more_version(void);

namespace {
struct Node {
  uint32_t header[2];
  hf_ref next;
};

hf_expected expected = HF_EXPECTED("a.Node", 1, sizeof(Node));

// What C++ programs do; nothing calls it here.
bool end_of_list(hf_ref ref, hf_field field) {
  double value = 0;
  hf_step steps[] = {{field, 2, 0}};
  hf_enter();
  auto node = static_cast<const Node *>(hf_deref_as(ref, &expected));
  bool end = !node || node->next == HF_NULL || node->next == HF_UNMIRRORED;
  hf_exit();
  hf_release(hf_retain_path(ref, steps, 1));
  return end && hf_load_f64(ref, field, &value) == HF_OK && hf_get_bool(ref, field) &&
         hf_release_function() != nullptr;
}
} // namespace

int plugin_more_version(void) {
  return end_of_list(HF_NULL, 0) ? -1 : static_cast<int>(hf_abi_version());
}
