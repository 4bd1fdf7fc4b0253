#include "write.h"
#include "count.h"
#include "error.h"
#include "read.h"
#include "record.h"
#include "upcall.h"
#include <stdlib.h>
#include <string.h>

static uint32_t kind_of(hf_field field) { return (uint32_t)(field >> 24 & 0xff); }

hf_status hfi_set(hf_ref ref, hf_field field, uint32_t kinds, uint64_t bits) {
  uint64_t at = hfi_bits(ref);
  hf_status status = hfi_askable(at, hfi_upcalls()->set_fields != NULL);
  if (status == HF_OK && !(kind_of(field) < 32 && kinds >> kind_of(field) & 1))
    status = HF_ETYPE;
  if (status == HF_OK)
    status = hfi_answer32(hfi_upcalls()->set_fields(at, &(struct hfi_change){field, bits}, 1));
  return hfi_answered(status, at, field);
}

/* ---- a private copy -------------------------------------------------------------------------- */

/*
 *   | ref | type | words | what the caller changes: words * 8 bytes | what it was |
 *   '------ 16 bytes ----'
 */
struct private_copy {
  uint64_t ref;
  uint32_t type;
  uint32_t words;
  uint64_t fields[];
};

static struct private_copy *copy_at(void *fields) {
  return (struct private_copy *)(void *)((char *)fields - offsetof(struct private_copy, fields));
}

static const struct hfi_type *type_of(uint32_t id) {
  uint64_t segment = atomic_load_explicit(&hfi_runtime()->type_segments[id / HFI_TYPES_IN_SEGMENT],
                                          memory_order_acquire);
  return (const struct hfi_type *)((const uint64_t *)segment)[id % HFI_TYPES_IN_SEGMENT];
}

/* In a scope, of a counted handle whose mirror may be read. */
static hf_status copy_mirror(uint64_t bits, struct private_copy **out) {
  struct hfi_entry *entry = hfi_entry(bits);
  uint64_t base = atomic_load_explicit(&entry->base, memory_order_acquire) & ~HFI_MOVING;
  const _Atomic(uint64_t) *mirror =
      (const _Atomic(uint64_t) *)(base + (uint64_t)hfi_slot(bits) * HFI_SLOT_BYTES);
  uint32_t id = (uint32_t)atomic_load_explicit(mirror, memory_order_relaxed);
  uint32_t words = (type_of(id)->size + 7) / 8;
  struct private_copy *copy = malloc(sizeof *copy + 2 * (size_t)words * 8);
  if (!copy)
    return HF_ENOMEM;
  copy->ref = bits;
  copy->type = id;
  copy->words = words;
  /* No field crosses a word, so each is whole. Acquire: pairs with the release of every store. */
  for (uint32_t i = 0; i < words; i++)
    copy->fields[i] = atomic_load_explicit(&mirror[i], memory_order_acquire);
  memcpy(copy->fields + words, copy->fields, (size_t)words * 8);
  *out = copy;
  return HF_OK;
}

void *hfi_write_begin(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  struct hfi_thread *self = hfi_self();
  struct private_copy *copy = NULL;
  hf_status status = self ? hfi_counted(bits) : hfi_running() != HF_OK ? hfi_running() : HF_ENOMEM;
  if (status == HF_OK) {
    bool opened = hfi_scope_open(self);
    status = hfi_unreadable(bits);
    if (status == HF_OK)
      status = copy_mirror(bits, &copy);
    hfi_scope_close(self, opened);
  }
  if (status != HF_OK) {
    hfi_fail(status, bits, 0, 0);
    return NULL;
  }
  hfi_succeed(self);
  return copy->fields;
}

static uint32_t bytes_of(uint32_t kind) {
  static const uint8_t bytes[] = {0, 1, 1, 2, 2, 4, 8, 4, 8, 4, 8};
  return kind < sizeof bytes ? bytes[kind] : 0;
}

/* What differs, as many as there are. */
static int32_t differences(const struct private_copy *copy, struct hfi_change *changes) {
  const struct hfi_type *type = type_of(copy->type);
  const struct hfi_field *fields = (const struct hfi_field *)type->fields;
  const uint32_t *checks = (const uint32_t *)type->checks;
  const char *now = (const char *)copy->fields;
  const char *before = (const char *)(copy->fields + copy->words);
  int32_t n = 0;
  for (uint32_t i = 0; i < type->field_count; i++) {
    uint32_t at = fields[i].offset;
    uint32_t bytes = bytes_of(fields[i].kind);
    if (memcmp(now + at, before + at, bytes) == 0)
      continue;
    changes[n].field = (uint64_t)checks[at] << 32 | (uint64_t)fields[i].kind << 24 | at;
    changes[n].bits = 0;
    memcpy(&changes[n].bits, now + at, bytes); /* little endian */
    n++;
  }
  return n;
}

static hf_status write_back(const struct private_copy *copy) {
  hf_status status = hfi_askable(copy->ref, hfi_upcalls()->set_fields != NULL);
  if (status != HF_OK)
    return status;
  uint32_t most = type_of(copy->type)->field_count;
  struct hfi_change *changes = malloc((most + 1) * sizeof *changes);
  if (!changes)
    return HF_ENOMEM;
  int32_t n = differences(copy, changes);
  if (n > 0)
    status = hfi_answer32(hfi_upcalls()->set_fields(copy->ref, changes, n));
  free(changes);
  return status;
}

hf_status hfi_write_end(hf_ref ref, void *fields) {
  uint64_t bits = hfi_bits(ref);
  if (!fields)
    return hfi_fail(HF_ENULL, bits, 0, 0);
  struct private_copy *copy = copy_at(fields);
  hf_status status = HF_OK;
  if (bits != 0)
    status = bits == copy->ref ? write_back(copy) : (hf_status)HF_EINVAL;
  free(copy);
  return hfi_answered(status, bits, 0);
}
