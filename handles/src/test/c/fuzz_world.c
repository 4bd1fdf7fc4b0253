#define _GNU_SOURCE
#include "fuzz.h"

/* ---- the input ------------------------------------------------------------------------------- */

static const uint8_t *input;
static size_t left;

void fuzz_read(const uint8_t *bytes, size_t n) {
  input = bytes;
  left = n;
}

bool fuzz_more(void) { return left > 0; }

uint8_t fuzz_byte(void) { return left > 0 ? (left--, *input++) : 0; }

uint64_t fuzz_word(void) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++)
    bits = bits << 8 | fuzz_byte();
  return bits;
}

int64_t fuzz_number(void) {
  static const int64_t odd[] = {-1,        INT64_MIN,  INT64_MAX,        INT32_MAX,
                                INT32_MIN, UINT32_MAX, (int64_t)1 << 31, (int64_t)1 << 40,
                                64,        1000};
  uint8_t which = fuzz_byte();
  if (which < 192)
    return which % 8;
  return which < 250 ? odd[which % (sizeof odd / sizeof *odd)] : (int64_t)fuzz_word();
}

/* ---- the world ------------------------------------------------------------------------------- */

#define COHORTS 3
#define IN_COHORT 3
#define OBJECTS (IN_COHORT * (COHORTS + 1))

static const struct world_field fields_of_a[] = {
    {"flag", HF_KIND_BOOL}, {"b", HF_KIND_I8},  {"c", HF_KIND_U16}, {"s", HF_KIND_I16},
    {"x", HF_KIND_I32},     {"l", HF_KIND_I64}, {"f", HF_KIND_F32}, {"d", HF_KIND_F64},
    {"e", HF_KIND_ENUM},    {"r", HF_KIND_REF}};
#define FIELDS_OF_A (sizeof fields_of_a / sizeof *fields_of_a)

hf_type fuzz_a, fuzz_b;
static hf_field fields[FIELDS_OF_A];
static uint32_t cohorts[COHORTS + 1]; /* the last one never dies: `answered` lives there */
static hf_ref objects[OBJECTS];
static hf_ref opaque;

/* What moves and deaths have left. */
static struct old {
  void *memory; /* NULL: nothing */
  uint64_t epoch;
  struct hfi_entry *entry; /* whose base it still is, after a death */
} olds[64];

static struct old *place_for_old(void) {
  for (size_t i = 0; i < sizeof olds / sizeof *olds; i++)
    if (!olds[i].memory)
      return &olds[i];
  return NULL;
}

static uint64_t oldest_scope(void) {
  uint64_t oldest = UINT64_MAX;
  for (uint64_t at = atomic_load(&world->records); at != 0;) {
    struct hfi_record *record = (struct hfi_record *)at;
    uint64_t scope = atomic_load(&record->scope);
    oldest = scope != 0 && scope < oldest ? scope : oldest;
    at = atomic_load(&record->next);
  }
  return oldest;
}

void fuzz_reap(void) {
  for (size_t i = 0; i < sizeof olds / sizeof *olds; i++) {
    struct old *old = &olds[i];
    bool pinned = old->entry && atomic_load(&old->entry->pins) != 0;
    if (!old->memory || pinned || oldest_scope() < old->epoch)
      continue;
    free(old->memory);
    old->memory = NULL;
    if (old->entry)
      atomic_store(&old->entry->base, 0);
  }
}

static void *fresh_memory(void) {
  void *memory = aligned_alloc(64, COHORT_BYTES);
  REQUIRE(memory != NULL);
  return memset(memory, 0, COHORT_BYTES);
}

/* New objects, of 64 bytes at the most each. */
static void fill(uint32_t which) {
  for (uint32_t i = 0; i < IN_COHORT; i++)
    objects[IN_COHORT * which + i] = world_object(cohorts[which], 5 * i, i == 1 ? fuzz_b : fuzz_a);
}

static void begin_once(void) {
  world_begin(&answers);
  fuzz_a = world_type("a.A", 0, fields_of_a, FIELDS_OF_A);
  fuzz_b = world_type("a.B", fuzz_a, (struct world_field[]){{"y", HF_KIND_I32}}, 1);
  for (size_t i = 0; i < FIELDS_OF_A; i++)
    fields[i] = hf_field_find(fuzz_a, fields_of_a[i].name);
  for (size_t i = 0; i <= COHORTS; i++)
    cohorts[i] = world_cohort();
  opaque = world_opaque();
}

/* As on the first day. */
static void renew(uint32_t which) {
  struct hfi_entry *entry = world_entry(cohorts[which]);
  free(world_memory(cohorts[which]));
  atomic_store(&entry->base, (uint64_t)fresh_memory());
  atomic_store(&entry->stamp, 1);
  atomic_store(&entry->state, HFI_NURSERY);
  atomic_store(&entry->ready, 0);
  atomic_store(&entry->queued, 0);
  atomic_store(&entry->pins, 0);
  if (atomic_load(&entry->counts) != 0)
    memset((void *)atomic_load(&entry->counts), 0, sizeof(struct hfi_counts));
  fill(which);
  world_acquire(objects[IN_COHORT * which]);
}

void fuzz_begin(void) {
  if (!world)
    begin_once();
  atomic_store(&world->state, HFI_RUNNING);
  atomic_store(&world->release_head, 0);
  for (uint32_t i = 0; i <= COHORTS; i++)
    renew(i);
  answered = objects[IN_COHORT * COHORTS];
  struct hfi_entry *entry = world_entry(hfi_index(hfi_bits(opaque)));
  atomic_store(&entry->inline_count, 0);
  atomic_store(&entry->queued, 0);
  world_acquire(opaque);
  world_acquire(opaque);
}

void fuzz_end(void) {
  for (size_t i = 0; i < sizeof olds / sizeof *olds; i++) {
    if (!olds[i].entry) /* else it goes with its entry */
      free(olds[i].memory);
    olds[i].memory = NULL;
  }
}

static bool is_counted(uint32_t which) {
  for (uint32_t i = 0; i < IN_COHORT; i++)
    if (hf_count(objects[IN_COHORT * which + i]) > 0)
      return true;
  return false;
}

void fuzz_move(uint32_t which) {
  uint32_t cohort = cohorts[which % (COHORTS + 1)];
  struct hfi_entry *entry = world_entry(cohort);
  struct old *old = place_for_old();
  if (!old || atomic_load(&entry->state) != HFI_NURSERY)
    return;
  void *from = world_memory(cohort);
  void *to = fresh_memory();
  struct hfi_move move = {(uint64_t)entry, (uint64_t)to, COHORT_BYTES, 0};
  uint64_t epoch = 0;
  if (hfi_move(&move, 1, 100, &epoch) == 1)
    *old = (struct old){from, epoch, NULL};
  else
    free(to);
}

void fuzz_die(uint32_t which) {
  uint32_t cohort = cohorts[which % COHORTS];
  struct hfi_entry *entry = world_entry(cohort);
  struct old *old = place_for_old();
  if (old && atomic_load(&entry->state) == HFI_NURSERY && !is_counted(which % COHORTS)) {
    world_retire(cohort);
    *old = (struct old){world_memory(cohort), hfi_epoch_advance(), entry};
  } else if (atomic_load(&entry->state) == HFI_RETIRED && atomic_load(&entry->base) == 0) {
    atomic_store(&entry->base, (uint64_t)fresh_memory());
    world_reuse(cohort);
    fill(which % COHORTS);
    world_acquire(objects[IN_COHORT * (which % COHORTS)]);
  }
}

/* ---- what is passed -------------------------------------------------------------------------- */

static uint64_t known(uint8_t which) {
  if (which < OBJECTS)
    return hfi_bits(objects[which]);
  return which == OBJECTS       ? hfi_bits(opaque)
         : which == OBJECTS + 1 ? hfi_bits(HF_UNMIRRORED)
         : which == OBJECTS + 2 ? 0
                                : fuzz_word();
}

hf_ref fuzz_ref(void) {
  uint8_t which = fuzz_byte();
  uint64_t bits = known(which % (OBJECTS + 4));
  switch (which / (OBJECTS + 4)) {
  case 13:
    return hfi_ref(bits ^ (uint64_t)1 << fuzz_byte() % 64);
  case 14:
    return hfi_ref(bits + ((uint64_t)fuzz_byte() << 3)); /* another slot */
  case 15:
    return hfi_ref(bits + ((uint64_t)fuzz_byte() << 39)); /* another stamp */
  default:
    return hfi_ref(bits);
  }
}

hf_field fuzz_field(void) {
  uint8_t which = fuzz_byte();
  hf_field field = fields[which % FIELDS_OF_A];
  return which < 200 ? field : which < 230 ? field ^ (hf_field)1 << fuzz_byte() % 64 : fuzz_word();
}

hf_type fuzz_type(void) {
  uint8_t which = fuzz_byte();
  return which < 200 ? which % 4 : (hf_type)fuzz_word();
}

char *fuzz_text(void) {
  static const char *const names[] = {"a.A", "a.B", "x", "r", "y", "", "()V", "<init>"};
  uint8_t which = fuzz_byte();
  if (which < 160)
    return strdup(names[which % 8]);
  if (which < 176)
    return NULL;
  size_t n = fuzz_byte() % 32;
  char *text = malloc(n + 1);
  REQUIRE(text != NULL);
  for (size_t i = 0; i < n; i++)
    text[i] = (char)fuzz_byte();
  text[n] = '\0';
  return text;
}
