#define _GNU_SOURCE
#include "world.h"
#include <sched.h>

struct hfi_runtime *world;
static uint32_t entries = 1; /* index 0 stays unused, as a trap */

static void *zeroed(size_t bytes) {
  size_t size = (bytes + 63) & ~(size_t)63;
  void *memory = aligned_alloc(64, size);
  CHECK(memory != NULL);
  return memset(memory, 0, size);
}

void world_make(void) {
  world = hfi_runtime_create();
  CHECK(world != NULL);
}

void world_begin(const struct hfi_upcalls *up) {
  world_make();
  CHECK(hfi_attach(world, up) >= 0);
  CHECK_EQUAL(hf_init(HF_ABI_VERSION), HF_OK);
}

/* ---- cohorts --------------------------------------------------------------------------------- */

struct hfi_entry *world_entry(uint32_t index) {
  _Atomic(uint64_t) *segment = &world->segments[index >> 14];
  if (atomic_load(segment) == 0)
    atomic_store(segment, (uint64_t)zeroed(16384 * sizeof(struct hfi_entry)));
  return (struct hfi_entry *)atomic_load(segment) + (index & 16383);
}

static uint32_t next_entry(uint32_t state) {
  uint32_t index = entries++;
  struct hfi_entry *entry = world_entry(index);
  atomic_store(&entry->stamp, 1);
  atomic_store(&entry->state, state);
  atomic_store(&world->entries_limit, entries);
  return index;
}

uint32_t world_cohort(void) {
  uint32_t index = next_entry(HFI_NURSERY);
  struct hfi_entry *entry = world_entry(index);
  atomic_store(&entry->base, (uint64_t)zeroed(COHORT_BYTES));
  atomic_store(&entry->bytes, COHORT_BYTES);
  return index;
}

hf_ref world_opaque(void) {
  uint32_t index = next_entry(HFI_OPAQUE);
  atomic_store(&world_entry(index)->ready, 1);
  return world_handle(index, 0, 1);
}

char *world_memory(uint32_t index) {
  return (char *)(atomic_load(&world_entry(index)->base) & ~HFI_MOVING);
}

hf_ref world_handle(uint32_t index, uint32_t slot, uint32_t stamp) {
  uint64_t bits = (uint64_t)1 << 62 | (uint64_t)(stamp >> 16) << 56 | (uint64_t)1 << 55 |
                  (uint64_t)(stamp & 0xffff) << 39 | (uint64_t)index << 9 | (uint64_t)slot << 3;
  return (hf_ref)(uintptr_t)bits;
}

hf_ref world_object(uint32_t index, uint32_t slot, uint32_t type) {
  struct hfi_entry *entry = world_entry(index);
  uint32_t *header = (uint32_t *)(void *)(world_memory(index) + slot * HFI_SLOT_BYTES);
  header[0] = type;
  header[1] = 1;
  uint32_t stamp = atomic_load(&entry->stamp);
  atomic_fetch_or(&entry->ready, (uint64_t)1 << slot);
  atomic_store(&entry->first, hfi_bits(world_handle(index, 0, stamp)));
  return world_handle(index, slot, stamp);
}

void world_retire(uint32_t index) {
  atomic_store(&world_entry(index)->state, HFI_RETIRED);
  atomic_fetch_add(&world_entry(index)->stamp, 1);
  atomic_store(&world_entry(index)->first, 0);
}

void world_reuse(uint32_t index) {
  struct hfi_entry *entry = world_entry(index);
  atomic_store(&entry->ready, 0);
  atomic_store(&entry->state, HFI_NURSERY);
}

/* ---- counts ---------------------------------------------------------------------------------- */

void world_acquire(hf_ref ref) {
  uint64_t bits = hfi_bits(ref);
  struct hfi_entry *entry = world_entry(hfi_index(bits));
  if (atomic_load(&entry->counts) == 0)
    atomic_store(&entry->counts, atomic_load(&entry->state) == HFI_OPAQUE
                                     ? (uint64_t)&entry->inline_count
                                     : (uint64_t)zeroed(sizeof(struct hfi_counts)));
  _Atomic(uint64_t) *word = (_Atomic(uint64_t) *)atomic_load(&entry->counts) + hfi_slot(bits);
  uint64_t seen = atomic_load(word);
  uint64_t next;
  do {
    next = hfi_word_count(seen) == 0 ? (uint64_t)hfi_stamp(bits) << 32 | 1 : seen + 1;
  } while (!atomic_compare_exchange_weak(word, &seen, next));
}

int world_drain(void (*each)(struct hfi_entry *, void *), void *ctx) {
  int n = 0;
  uint64_t at = atomic_exchange(&world->release_head, 0);
  while (at != 0) {
    struct hfi_entry *entry = world_entry((uint32_t)at - 1);
    at = atomic_load(&entry->next);
    CHECK_EQUAL(atomic_exchange(&entry->queued, 0), 1);
    if (each)
      each(entry, ctx);
    n++;
  }
  return n;
}

/* ---- types ----------------------------------------------------------------------------------- */

static uint64_t feed(uint64_t hash, const char *bytes, size_t n) {
  for (size_t i = 0; i < n; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
  return hash;
}

static uint64_t feed_field(uint64_t hash, const char *class, const char *name, int kind,
                           uint32_t offset) {
  char text[32];
  hash = feed(hash, class, strlen(class) + 1);
  hash = feed(hash, name, strlen(name) + 1);
  hash = feed(hash, text, (size_t)snprintf(text, sizeof text, "%d", kind) + 1);
  return feed(hash, text, (size_t)snprintf(text, sizeof text, "%u\n", offset));
}

static uint32_t size_of(uint8_t kind) {
  static const uint8_t sizes[] = {0, 1, 1, 2, 2, 4, 8, 4, 8, 4, 8};
  return sizes[kind];
}

const struct hfi_type *world_type_at(uint32_t id) {
  return ((const struct hfi_type **)atomic_load(&world->type_segments[id >> 10]))[id & 1023];
}

uint32_t world_type(const char *name, uint32_t super, const struct world_field *own, int n) {
  const struct hfi_type *above = super ? world_type_at(super) : NULL;
  struct hfi_type *type = zeroed(sizeof *type);
  uint32_t inherited = above ? above->field_count : 0;
  struct hfi_field *fields = zeroed((inherited + (uint32_t)n + 1) * sizeof *fields);
  uint32_t id = (uint32_t)atomic_load(&world->types_limit) + 1;
  type->id = id;
  type->depth = above ? above->depth + 1 : 0;
  type->field_count = inherited + (uint32_t)n;
  type->base_fingerprint = feed(0xcbf29ce484222325u, "holdfast-layout-1", 17);
  type->fingerprint = above ? above->fingerprint : type->base_fingerprint;
  type->size = above ? above->size : 8;
  if (above)
    memcpy(fields, (void *)above->fields, inherited * sizeof *fields);
  for (int i = 0; i < n; i++) {
    uint32_t bytes = size_of(own[i].kind);
    uint32_t offset = (type->size + bytes - 1) / bytes * bytes;
    type->fingerprint = feed_field(type->fingerprint, name, own[i].name, own[i].kind, offset);
    type->size = offset + bytes;
    fields[inherited + (uint32_t)i] = (struct hfi_field){
        type->fingerprint, offset, own[i].kind, 0, (uint16_t)type->depth, (uint64_t)own[i].name, 0};
  }
  uint32_t *checks = zeroed(type->size * sizeof *checks);
  for (uint32_t i = 0; i < type->field_count; i++)
    checks[fields[i].offset] =
        (uint32_t)fields[i].fingerprint ? (uint32_t)fields[i].fingerprint : 1;
  uint32_t *ancestors = zeroed((type->depth + 1) * sizeof *ancestors);
  if (above)
    memcpy(ancestors, (void *)above->ancestors, (above->depth + 1) * sizeof *ancestors);
  ancestors[type->depth] = id;
  type->ancestors = (uint64_t)ancestors;
  type->fields = (uint64_t)fields;
  type->checks = (uint64_t)checks;
  type->name = (uint64_t)strdup(name);
  if (atomic_load(&world->type_segments[id >> 10]) == 0)
    atomic_store(&world->type_segments[id >> 10], (uint64_t)zeroed(1024 * 8));
  ((_Atomic(uint64_t) *)atomic_load(&world->type_segments[id >> 10]))[id & 1023] = (uint64_t)type;
  atomic_store(&world->types_limit, id);
  return id;
}

/* ---- threads --------------------------------------------------------------------------------- */

struct hfi_record *world_record(void) {
  struct hfi_record *record = zeroed(sizeof *record);
  record->kind = HFI_JAVA_THREAD;
  atomic_store(&record->in_use, 1);
  uint64_t head = atomic_load(&world->records);
  do {
    atomic_store(&record->next, head);
  } while (!atomic_compare_exchange_weak(&world->records, &head, (uint64_t)record));
  return record;
}

void world_grace(uint64_t epoch) {
  for (uint64_t at = atomic_load(&world->records); at != 0;) {
    struct hfi_record *record = (struct hfi_record *)at;
    uint64_t scope = atomic_load(&record->scope);
    while (scope != 0 && scope < epoch) {
      sched_yield();
      scope = atomic_load(&record->scope);
    }
    at = atomic_load(&record->next);
  }
}
