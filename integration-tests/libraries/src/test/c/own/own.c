/*
 * Libraries of our own that do to user data what some do: tag the low bits, compare and hash the
 * pointer as an integer, and destroy on a thread of theirs after the JVM has begun to end.
 */
#include "glue.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* ---- tags: the low bits of a pointer say what the slot is ------------------------------------ */

#define TAGS ((uintptr_t)7)

GLUE int32_t tagged_put(uintptr_t *slots, int32_t n, void *data, int32_t tag);
GLUE void *tagged_get(const uintptr_t *slots, int32_t i, int32_t tag);
GLUE void tagged_free(uintptr_t *slots, int32_t n, hf_destroy_function destroy);

/* -1 if the low bits are not free. */
int32_t tagged_put(uintptr_t *slots, int32_t n, void *data, int32_t tag) {
  if ((uintptr_t)data & TAGS)
    return -1;
  slots[n] = (uintptr_t)data | (uintptr_t)tag;
  return 0;
}

/* NULL if the slot has another tag. */
void *tagged_get(const uintptr_t *slots, int32_t i, int32_t tag) {
  return (slots[i] & TAGS) == (uintptr_t)tag ? (void *)(slots[i] & ~TAGS) : NULL;
}

void tagged_free(uintptr_t *slots, int32_t n, hf_destroy_function destroy) {
  for (int32_t i = 0; i < n; i++)
    destroy((void *)(slots[i] & ~TAGS));
}

/* ---- a set of pointers, hashed and compared as integers -------------------------------------- */

struct set {
  hf_destroy_function destroy;
  uint32_t mask;
  uint32_t n;
  void *places[];
};

GLUE struct set *set_new(int32_t room, hf_destroy_function destroy);
GLUE int32_t set_add(struct set *set, void *data);
GLUE int32_t set_has(const struct set *set, void *data);
GLUE int32_t set_longest_probe(const struct set *set);
GLUE void set_free(struct set *set);

static uint32_t hash(const void *data) {
  return (uint32_t)(((uintptr_t)data >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

struct set *set_new(int32_t room, hf_destroy_function destroy) {
  uint32_t size = 16;
  while (size < 2u * (uint32_t)room)
    size *= 2;
  struct set *set = calloc(1, sizeof *set + size * sizeof(void *));
  if (!set)
    return NULL;
  set->destroy = destroy;
  set->mask = size - 1;
  return set;
}

static void **place(const struct set *set, const void *data) {
  uint32_t at = hash(data) & set->mask;
  while (set->places[at] && set->places[at] != data)
    at = (at + 1) & set->mask;
  return (void **)&set->places[at];
}

/* 1 if it is new; else it is destroyed: the set has its equal. */
int32_t set_add(struct set *set, void *data) {
  void **at = place(set, data);
  if (*at) {
    set->destroy(data);
    return 0;
  }
  *at = data;
  set->n++;
  return 1;
}

int32_t set_has(const struct set *set, void *data) { return *place(set, data) != NULL; }

int32_t set_longest_probe(const struct set *set) {
  int32_t longest = 0;
  for (uint32_t i = 0; i <= set->mask; i++) {
    if (set->places[i]) {
      int32_t probe = (int32_t)((i - (hash(set->places[i]) & set->mask)) & set->mask);
      longest = probe > longest ? probe : longest;
    }
  }
  return longest;
}

void set_free(struct set *set) {
  for (uint32_t i = 0; i <= set->mask; i++)
    if (set->places[i])
      set->destroy(set->places[i]);
  free(set);
}

/* ---- destroyed too late ---------------------------------------------------------------------- */

static struct late {
  void **data;
  int32_t n;
  hf_destroy_function destroy;
} late;

GLUE int32_t late_keep(void **data, int32_t n, hf_destroy_function destroy);

/* Once the JVM has said that it ends, from a thread that it does not know; then says how it went.
 */
static void *destroy_late(void *none) {
  (void)none;
  struct hf_stats stats = {.size = sizeof stats};
  struct timespec pause = {0, 1000000};
  for (int i = 0; i < 60000 && !(hf_stats(&stats) == HF_OK && stats.state == 2); i++)
    nanosleep(&pause, NULL);
  uint64_t mistakes = stats.stale_uses + stats.over_releases;
  for (int32_t i = 0; i < late.n; i++)
    late.destroy(late.data[i]);
  hf_stats(&stats);
  printf("destroyed %d, state %u, mistakes %d, text %s\n", atomic_load(&glue_destroyed_),
         stats.state, (int)(stats.stale_uses + stats.over_releases - mistakes),
         hf_status_name((hf_status)hf_string_utf8(late.data[0], NULL, 0)));
  fflush(stdout);
  return NULL;
}

static pthread_t thread;

static void join(void) { pthread_join(thread, NULL); }

/* They are destroyed on a thread of ours while the process ends, which waits for it. */
int32_t late_keep(void **data, int32_t n, hf_destroy_function destroy) {
  late = (struct late){calloc((size_t)n, sizeof *data), n, destroy};
  if (!late.data)
    return -1;
  for (int32_t i = 0; i < n; i++)
    late.data[i] = data[i];
  atexit(join);
  return pthread_create(&thread, NULL, destroy_late, NULL);
}
