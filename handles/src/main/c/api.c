#include "count.h"
#include "error.h"
#include "pin.h"
#include "read.h"
#include "record.h"
#include "scope.h"
#include "stats.h"
#include "types.h"
#include "upcall.h"

/* The places of the table's members never change; this pins the first, the last, and one of each
 * kind between. */
HFI_AT(hf_api, segments, 8);
HFI_AT(hf_api, thread_offset, 32);
HFI_AT(hf_api, fences, 40);
HFI_AT(hf_api, self, 48);
HFI_AT(hf_api, retain, 104);
HFI_AT(hf_api, on_misuse, 288);
HFI_SIZE(hf_api, 296);

static struct hf_record_ *self(void) {
  struct hfi_thread *thread = hfi_self();
  return thread ? (struct hf_record_ *)&thread->record : NULL;
}

static const uint64_t empty[HFI_SEGMENTS];
static const uint64_t epoch_of_nothing = 1;

struct hf_api hf_runtime_api = {
    .abi = HF_ABI_VERSION,
    .size = sizeof(struct hf_api),
    .segments = empty,
    .type_segments = empty,
    .epoch = &epoch_of_nothing,
    .thread_offset = 0,
    .fences = 1,
    .reserved = 0,
    .self = self,
    .init = hfi_java_running,
    .last_status = hfi_last_status,
    .last_error = hfi_last_error,
    .status_name = hfi_status_name,
    .refuse = hfi_refuse,
    .refuse_field = hfi_refuse_field,
    .retain = hfi_retain,
    .release = hfi_release,
    .retain_ptr = hfi_retain_ptr,
    .release_n = hfi_release_n,
    .count = hfi_count,
    .java_equal = hfi_java_equal,
    .java_hash = hfi_java_hash,
    .enter = hfi_enter,
    .exit = hfi_exit,
    .deref_as = hfi_deref_as,
    .retain_field = hfi_retain_field,
    .retain_path = hfi_retain_path,
    .field_utf8 = hfi_field_utf8,
    .string_utf8 = hfi_string_utf8,
    .pin = hfi_pin,
    .unpin = hfi_unpin,
    .type_find = hfi_type_find,
    .type_of = hfi_type_of,
    .type_name = hfi_type_name,
    .instance_of = hfi_instance_of,
    .field_find = hfi_field_find,
    .type_check = hfi_type_check,
    .stats = hfi_stats,
    .on_misuse = hfi_on_misuse,
};
