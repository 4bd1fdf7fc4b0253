#include "call.h"
#include "count.h"
#include "error.h"
#include "pin.h"
#include "read.h"
#include "record.h"
#include "scope.h"
#include "stats.h"
#include "track.h"
#include "types.h"
#include "upcall.h"
#include "write.h"
#include "bond.h"
#include "bulk.h"

/*
 * The binary interface, for ever: what is appended gets the next number, and no number changes.
 * Libraries that were compiled years ago call by these places.
 */
HFI_AT(hf_api, abi, 0);
HFI_AT(hf_api, size, 4);
HFI_AT(hf_api, segments, 8);
HFI_AT(hf_api, type_segments, 16);
HFI_AT(hf_api, epoch, 24);
HFI_AT(hf_api, thread_offset, 32);
HFI_AT(hf_api, fences, 40);
#define FUNCTION(NUMBER, NAME) HFI_AT(hf_api, NAME, 48 + 8 * (NUMBER))
FUNCTION(0, self);
FUNCTION(1, init);
FUNCTION(2, last_status);
FUNCTION(3, last_error);
FUNCTION(4, status_name);
FUNCTION(5, refuse);
FUNCTION(6, refuse_field);
FUNCTION(7, retain);
FUNCTION(8, release);
FUNCTION(9, retain_ptr);
FUNCTION(10, release_n);
FUNCTION(11, count);
FUNCTION(12, java_equal);
FUNCTION(13, java_hash);
FUNCTION(14, enter);
FUNCTION(15, exit);
FUNCTION(16, deref_as);
FUNCTION(17, retain_field);
FUNCTION(18, retain_path);
FUNCTION(19, field_utf8);
FUNCTION(20, string_utf8);
FUNCTION(21, pin);
FUNCTION(22, unpin);
FUNCTION(23, type_find);
FUNCTION(24, type_of);
FUNCTION(25, type_name);
FUNCTION(26, instance_of);
FUNCTION(27, field_find);
FUNCTION(28, type_check);
FUNCTION(29, stats);
FUNCTION(30, on_misuse);
FUNCTION(31, set);
FUNCTION(32, write_begin);
FUNCTION(33, write_end);
FUNCTION(34, read_refs);
FUNCTION(35, array_length);
FUNCTION(36, array_read);
FUNCTION(37, array_write);
FUNCTION(38, string_new);
FUNCTION(39, weak_new);
FUNCTION(40, weak_get);
FUNCTION(41, weak_free);
FUNCTION(42, hold);
FUNCTION(43, unhold);
FUNCTION(44, peer_set);
FUNCTION(45, peer_get);
FUNCTION(46, method_find);
FUNCTION(47, call);
FUNCTION(48, construct);
FUNCTION(49, exception_take);
FUNCTION(50, throw_new);
FUNCTION(51, retain_at);
FUNCTION(52, release_at);
FUNCTION(53, at);
HFI_SIZE(hf_api, 48 + 8 * 54);

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
    .set = hfi_set,
    .write_begin = hfi_write_begin,
    .write_end = hfi_write_end,
    .read_refs = hfi_read_refs,
    .array_length = hfi_array_length,
    .array_read = hfi_array_read,
    .array_write = hfi_array_write,
    .string_new = hfi_string_new,
    .weak_new = hfi_weak_new,
    .weak_get = hfi_weak_get,
    .weak_free = hfi_weak_free,
    .hold = hfi_hold,
    .unhold = hfi_unhold,
    .peer_set = hfi_peer_set,
    .peer_get = hfi_peer_get,
    .method_find = hfi_method_find,
    .call = hfi_call,
    .construct = hfi_new,
    .exception_take = hfi_exception_take,
    .throw_new = hfi_throw,
    .retain_at = hfi_retain_at,
    .release_at = hfi_release_at,
    .at = hfi_at,
};
