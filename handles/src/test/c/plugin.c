/* A library that uses Holdfast: linked with -Wl,--no-undefined and without libholdfast. */
#include "plugin.h"
#include "holdfast.h"

static int init(void) { return hf_init(HF_ABI_VERSION); }

static hf_destroy_function destroy_function(void) { return hf_release_function(); }

static void *keep(void *ref) { return hf_retain((hf_ref)ref); }

/* Defined in plugin_more.cc: the same pointer to the runtime. */
int plugin_more_version(void);
static int shares_one_runtime_pointer(void) {
  return plugin_more_version() == (int)hf_abi_version();
}

static int failed(hf_status status) { return status == HF_ENORUNTIME; }
static int failed_last(int is_empty) { return is_empty && hf_last_status() == HF_ENORUNTIME; }

static int first_that_does_not_refuse(void) {
  int64_t place = 0;
  hf_ref ref = (hf_ref)(void *)&place;
  struct hf_step step = {1, 1, 0};
  struct hf_stats stats = {.size = sizeof stats};
  struct hf_expected expected = HF_EXPECTED("a.A", 1, 8);
  char text[8];
  int refused[] = {
      failed_last(hf_abi_version() == 0),
      failed_last(hf_retain(ref) == HF_NULL),
      failed_last(hf_retain_ptr(ref) == NULL),
      (hf_release(ref), failed_last(1)),
      failed(hf_release_n(ref, 1)),
      failed_last(hf_count(ref) == 0),
      failed_last(!hf_java_equal(ref, ref)),
      failed_last(hf_java_hash(ref) == 0),
      failed_last(hf_release_function() == NULL),
      failed_last(hf_retain_function() == NULL),
      (hf_enter(), failed_last(1)),
      failed_last(hf_deref(ref) == NULL),
      failed_last(hf_deref_as(ref, &expected) == NULL),
      (hf_exit(), failed_last(1)),
      failed_last(hf_get_bool(ref, 1) == 0),
      failed_last(hf_get_i8(ref, 1) == 0),
      failed_last(hf_get_u16(ref, 1) == 0),
      failed_last(hf_get_i16(ref, 1) == 0),
      failed_last(hf_get_i32(ref, 1) == 0),
      failed_last(hf_get_i64(ref, 1) == 0),
      failed_last(hf_get_f32(ref, 1) == 0),
      failed_last(hf_get_f64(ref, 1) == 0),
      failed_last(hf_get_ref(ref, 1) == HF_NULL),
      failed(hf_load_i64(ref, 1, &place)),
      failed_last(hf_retain_field(ref, 1) == HF_NULL),
      failed_last(hf_retain_path(ref, &step, 1) == HF_NULL),
      hf_field_utf8(ref, 1, text, 8) == HF_ENORUNTIME,
      hf_string_utf8(ref, text, 8) == HF_ENORUNTIME,
      failed(hf_set_bool(ref, 1, 1)),
      failed(hf_set_i8(ref, 1, 1)),
      failed(hf_set_u16(ref, 1, 1)),
      failed(hf_set_i16(ref, 1, 1)),
      failed(hf_set_i32(ref, 1, 1)),
      failed(hf_set_i64(ref, 1, 1)),
      failed(hf_set_f32(ref, 1, 1)),
      failed(hf_set_f64(ref, 1, 1)),
      failed(hf_set_ref(ref, 1, ref)),
      failed_last(hf_write_begin(ref) == NULL),
      failed(hf_write_end(ref, text)),
      hf_read_refs(ref, 0, 1, &ref) == HF_ENORUNTIME,
      hf_array_length(ref) == HF_ENORUNTIME,
      hf_array_read(ref, HF_KIND_I8, 0, 8, text) == HF_ENORUNTIME,
      hf_array_write(ref, HF_KIND_I8, 0, 8, text) == HF_ENORUNTIME,
      failed_last(hf_string_new("a", 1) == HF_NULL),
      failed_last(hf_weak_new(ref) == 0),
      failed_last(hf_weak_get(1) == HF_NULL),
      (hf_weak_free(1), failed_last(1)),
      failed(hf_hold(ref, ref)),
      failed(hf_unhold(ref, ref)),
      failed(hf_peer_set(ref, &place, text, NULL)),
      failed_last(hf_peer_get(ref, &place) == NULL),
      failed_last(hf_pin(ref) == NULL),
      failed(hf_unpin(ref)),
      failed_last(hf_type_find("a.A") == 0),
      failed_last(hf_type_of(ref) == 0),
      failed_last(hf_type_name(1) == NULL),
      failed_last(hf_instance_of(ref, 1) == 0),
      failed_last(hf_field_find(1, "x") == 0),
      failed(hf_type_check("a.A", 1)),
      failed(hf_stats(&stats)),
      failed(hf_on_misuse(NULL, NULL)),
      hf_last_error()[0] == 'H',
      hf_status_name(HF_ENORUNTIME)[0] == 'H',
      hf_status_name(HF_ESTALE)[3] == '?',
  };
  for (unsigned i = 0; i < sizeof refused / sizeof *refused; i++)
    if (!refused[i])
      return (int)i + 1;
  return 0;
}

extern const struct plugin plugin;
__attribute__((visibility("default"))) const struct plugin plugin = {
    init, destroy_function, keep, shares_one_runtime_pointer, first_that_does_not_refuse};
