#include "types.h"
#include "classes.h"
#include "error.h"
#include "read.h"
#include <inttypes.h>
#include <string.h>

/* ---- looking up ------------------------------------------------------------------------------ */

static uint64_t types_limit(void) {
  uint64_t limit = atomic_load_explicit(&hfi_runtime()->types_limit, memory_order_acquire);
  uint64_t most = HFI_TYPE_SEGMENTS * HFI_TYPES_IN_SEGMENT - 1;
  return limit < most ? limit : most;
}

/* NULL if there is no such id. With a running runtime only. */
static const struct hfi_type *type_at(uint32_t id) {
  if (id == 0 || id >= HFI_TYPE_SEGMENTS * HFI_TYPES_IN_SEGMENT)
    return NULL;
  uint64_t segment = atomic_load_explicit(&hfi_runtime()->type_segments[id / HFI_TYPES_IN_SEGMENT],
                                          memory_order_acquire);
  if (segment == 0)
    return NULL;
  const _Atomic(uint64_t) *slots = (const _Atomic(uint64_t) *)segment;
  /* Acquire: pairs with Java's release of the type. */
  return (const struct hfi_type *)atomic_load_explicit(&slots[id % HFI_TYPES_IN_SEGMENT],
                                                       memory_order_acquire);
}

static const char *name_of(const struct hfi_type *type) { return (const char *)type->name; }

static const struct hfi_field *field_at(const struct hfi_type *type, uint32_t i) {
  return &((const struct hfi_field *)type->fields)[i];
}

static uint32_t ancestor_at(const struct hfi_type *type, uint32_t depth) {
  return ((const uint32_t *)type->ancestors)[depth];
}

/* Do the fields of `type` begin with those that the fingerprint stands for? */
static bool begins_with(const struct hfi_type *type, uint64_t fingerprint) {
  if (fingerprint == type->fingerprint || fingerprint == type->base_fingerprint)
    return true;
  for (uint32_t i = 0; i < type->field_count; i++)
    if (field_at(type, i)->fingerprint == fingerprint)
      return true;
  return false;
}

/* The first published type of this name after `after`; NULL if there is none. */
static const struct hfi_type *next_named(const char *name, uint32_t after) {
  uint64_t limit = types_limit();
  for (uint64_t id = (uint64_t)after + 1; id <= limit; id++) {
    const struct hfi_type *type = type_at((uint32_t)id);
    if (type && strcmp(name_of(type), name) == 0)
      return type;
  }
  return NULL;
}

/* A published type of this name, else Java is asked for it. NULL with a status (not yet set). */
static const struct hfi_type *find(const char *name, hf_status *status) {
  const struct hfi_type *type = next_named(name, 0);
  if (type)
    return type;
  *status = hfi_java_running();
  if (*status != HF_OK)
    return NULL;
  int32_t id = hfi_upcalls()->type_find ? hfi_answer32(hfi_upcalls()->type_find(name)) : HF_ENOTYPE;
  type = id > 0 ? type_at((uint32_t)id) : NULL;
  if (!type)
    *status = id < 0 ? id : HF_ENOTYPE;
  return type;
}

static hf_status no_type(hf_status status, const char *name) {
  return status == HF_ENOTYPE ? hfi_no_type(name) : hfi_fail(status, 0, 0, 0);
}

/* The type of the object's mirror, NULL with a status (set). */
static const struct hfi_type *type_of(uint64_t bits) {
  struct hfi_thread *self = hfi_self();
  hf_status status = hfi_running();
  if (status == HF_OK && !self)
    status = HF_ENOMEM;
  const struct hfi_type *type = NULL;
  if (status == HF_OK) {
    bool opened = hfi_scope_open(self);
    const char *mirror = hf_mirror_(&hf_runtime_api, (struct hf_record_ *)&self->record, bits);
    if (mirror)
      type = type_at(__atomic_load_n((const uint32_t *)(const void *)mirror, __ATOMIC_RELAXED));
    else
      status = hfi_unreadable(bits);
    hfi_scope_close(self, opened);
  }
  if (type)
    hfi_succeed(self);
  else
    hfi_fail(status == HF_OK ? (hf_status)HF_EUNMIRRORED : status, bits, 0, 0);
  return type;
}

/* ---- the table ------------------------------------------------------------------------------- */

hf_type hfi_type_find(const char *name) {
  hf_status status = hfi_running();
  if (status == HF_OK && !name)
    status = HF_ENULL;
  if (status != HF_OK) {
    hfi_fail(status, 0, 0, 0);
    return 0;
  }
  const struct hfi_type *type = find(name, &status);
  hf_type found = type ? type->id : 0;
  if (!type && status == HF_ENOTYPE)
    found = hfi_class_find(name, &status);
  if (found == 0) {
    (void)(status == HF_ENOTYPE ? hfi_failf(status, "HF_ENOTYPE: no class is named %s", name)
                                : hfi_fail(status, 0, 0, 0));
    return 0;
  }
  hfi_succeed(hfi_self());
  return found;
}

hf_type hfi_type_of(hf_ref ref) {
  const struct hfi_type *type = type_of(hfi_bits(ref));
  if (type || hfi_last_status() != HF_EUNMANAGED)
    return type ? type->id : 0;
  hf_status status = HF_OK;
  hf_type class = hfi_class_of(hfi_bits(ref), &status);
  if (class != 0)
    hfi_succeed(hfi_self());
  else
    hfi_fail(status, hfi_bits(ref), 0, 0);
  return class;
}

/* NULL with a status (set). */
static const struct hfi_type *known(hf_type id) {
  hf_status status = hfi_running();
  if (status != HF_OK) {
    hfi_fail(status, 0, 0, 0);
    return NULL;
  }
  const struct hfi_type *type = type_at(id);
  if (!type)
    hfi_failf(HF_ENOTYPE, "HF_ENOTYPE: no managed class has number %" PRIu32 " (1 to %" PRIu64 ")",
              id, types_limit());
  return type;
}

const char *hfi_type_name(hf_type id) {
  const char *class = hfi_running() == HF_OK ? hfi_class_name(id) : NULL;
  if (class) {
    hfi_succeed(hfi_self());
    return class;
  }
  const struct hfi_type *type = known(id);
  if (!type)
    return NULL;
  hfi_succeed(hfi_self());
  return name_of(type);
}

static int instance_of_class(uint64_t bits, hf_type id) {
  int32_t answer = hfi_class_test(bits, id);
  if (answer >= 0)
    hfi_succeed(hfi_self());
  else
    hfi_fail(answer, bits, 0, 0);
  return answer > 0;
}

int hfi_instance_of(hf_ref ref, hf_type id) {
  if (hfi_running() == HF_OK && hfi_class_name(id))
    return instance_of_class(hfi_bits(ref), id);
  const struct hfi_type *wanted = known(id);
  const struct hfi_type *type = wanted ? type_of(hfi_bits(ref)) : NULL;
  return type && type->depth >= wanted->depth && ancestor_at(type, wanted->depth) == id;
}

hf_field hfi_field_find(hf_type id, const char *name) {
  if (hfi_running() == HF_OK && name && hfi_class_name(id)) {
    hfi_failf(HF_ENOFIELD, "HF_ENOFIELD: %s is no managed class, it has no mirrored field %s",
              hfi_class_name(id), name);
    return 0;
  }
  const struct hfi_type *type = known(id);
  if (!type)
    return 0;
  if (!name) {
    hfi_fail(HF_ENULL, 0, 0, 0);
    return 0;
  }
  /* From the end: the nearest declaration shadows the others. */
  for (uint32_t i = type->field_count; i-- > 0;) {
    const struct hfi_field *field = field_at(type, i);
    if (strcmp((const char *)field->name, name) != 0)
      continue;
    uint32_t check = ((const uint32_t *)type->checks)[field->offset];
    hfi_succeed(hfi_self());
    return (uint64_t)check << 32 | (uint64_t)field->kind << 24 | field->offset;
  }
  hfi_failf(HF_ENOFIELD, "HF_ENOFIELD: %s has no mirrored field %s", name_of(type), name);
  return 0;
}

/* ---- fingerprints ---------------------------------------------------------------------------- */

static hf_status other_layout(const struct hfi_type *type, uint64_t fingerprint) {
  return hfi_failf(HF_ELAYOUT,
                   "HF_ELAYOUT: %s has fingerprint %016" PRIx64 " (%" PRIu32 " fields, %" PRIu32
                   " bytes), the header was made for %016" PRIx64 ": generate it again",
                   name_of(type), type->fingerprint, type->field_count, type->size, fingerprint);
}

hf_status hfi_type_check(const char *name, uint64_t fingerprint) {
  hf_status status = hfi_running();
  if (status == HF_OK && !name)
    status = HF_ENULL;
  if (status != HF_OK)
    return hfi_fail(status, 0, 0, 0);
  const struct hfi_type *first = find(name, &status);
  if (!first)
    return no_type(status, name);
  for (const struct hfi_type *type = first; type; type = next_named(name, type->id)) {
    if (begins_with(type, fingerprint)) {
      hfi_succeed(hfi_self());
      return HF_OK;
    }
  }
  return other_layout(first, fingerprint);
}

/* The class that is `type` or an ancestor of it and has this name. */
static const struct hfi_type *ancestor_named(const struct hfi_type *type, const char *name) {
  for (uint32_t depth = type->depth + 1; depth-- > 0;) {
    const struct hfi_type *ancestor = type_at(ancestor_at(type, depth));
    if (ancestor && strcmp(name_of(ancestor), name) == 0)
      return ancestor;
  }
  return NULL;
}

/*
 * `type_id` caches the class of that name that was accepted: the class itself is recognised in
 * line, a subclass here by its ancestors, and another loader's class of that name by name and
 * fingerprint, and takes the cache over.
 */
const void *hfi_deref_as(hf_ref ref, const void *mirror, struct hf_expected *expected) {
  const struct hfi_type *type =
      type_at(__atomic_load_n((const uint32_t *)mirror, __ATOMIC_RELAXED));
  if (!type) {
    hfi_fail(HF_EUNMIRRORED, hfi_bits(ref), 0, 0);
    return NULL;
  }
  uint32_t id = __atomic_load_n(&expected->type_id, __ATOMIC_RELAXED);
  const struct hfi_type *cached = type_at(id);
  if (cached && type->depth >= cached->depth && ancestor_at(type, cached->depth) == id)
    return mirror;
  const struct hfi_type *ancestor = ancestor_named(type, expected->name);
  if (!ancestor) {
    hfi_failf(HF_ETYPE, "HF_ETYPE: the object of handle %p is a %s (expected %s)", (void *)ref,
              name_of(type), expected->name);
    return NULL;
  }
  if (!begins_with(ancestor, expected->fingerprint)) {
    other_layout(ancestor, expected->fingerprint);
    return NULL;
  }
  __atomic_store_n(&expected->type_id, ancestor->id, __ATOMIC_RELAXED);
  return mirror;
}
