#define _GNU_SOURCE
#include "track.h"
#include "clock.h"
#include "count.h"
#include <dlfcn.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Atomic(uint32_t) hfi_sampling;

struct node {
  struct node *next; /* older, of the same bucket */
  struct hfi_retained retained;
};

#define BUCKETS 65536u
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* over all of these */
static struct node *buckets[BUCKETS];
static struct {
  uint64_t handle;
  struct hfi_place place;
} released[BUCKETS]; /* the newest of each bucket */
static uint64_t records;

static uint32_t bucket_of(uint64_t handle) {
  return (uint32_t)((handle * 0x9e3779b97f4a7c15u) >> 48) & (BUCKETS - 1);
}

/* A thread's turn comes at each n-th retain. */
static bool chosen(void) {
  static _Thread_local uint32_t skipped;
  uint32_t n = atomic_load_explicit(&hfi_sampling, memory_order_relaxed);
  if (n == 0 || ++skipped < n)
    return false;
  skipped = 0;
  return true;
}

static uint64_t own_thread(void) {
  struct hfi_thread *self = hfi_self();
  return self ? atomic_load_explicit(&self->record.tid, memory_order_relaxed) : 0;
}

void hfi_track_retain(uint64_t handle, struct hfi_place place) {
  struct node *node = chosen() ? malloc(sizeof *node) : NULL;
  if (!node)
    return;
  node->retained = (struct hfi_retained){handle, hfi_now_exactly(), own_thread(), place};
  struct node **head = &buckets[bucket_of(handle)];
  pthread_mutex_lock(&lock);
  node->next = *head;
  *head = node;
  records++;
  pthread_mutex_unlock(&lock);
}

static struct node **newest_of(uint64_t handle) {
  for (struct node **at = &buckets[bucket_of(handle)]; *at; at = &(*at)->next)
    if ((*at)->retained.handle == handle)
      return at;
  return NULL;
}

/* The retain that a release most likely gives back: of its own side, Java's or C's, if it can be,
   and of its own thread. */
static struct node **matching(uint64_t handle, uint64_t thread, bool java) {
  struct node **best = NULL;
  int most = -1;
  for (struct node **at = &buckets[bucket_of(handle)]; *at; at = &(*at)->next) {
    const struct hfi_retained *one = &(*at)->retained;
    int fits = 2 * ((one->place.kind == HFI_JAVA) == java) + (one->thread == thread);
    if (one->handle == handle && fits > most) {
      best = at;
      most = fits;
    }
  }
  return best;
}

static bool drop(struct node **at) {
  if (!at)
    return false;
  struct node *node = *at;
  *at = node->next;
  free(node);
  records--;
  return true;
}

void hfi_track_release(uint64_t handle, struct hfi_place place, bool last) {
  uint64_t thread = own_thread();
  pthread_mutex_lock(&lock);
  if (last) {
    while (drop(newest_of(handle)))
      ;
    released[bucket_of(handle)].handle = handle;
    released[bucket_of(handle)].place = place;
  } else if (atomic_load_explicit(&hfi_sampling, memory_order_relaxed) == 1) {
    (void)drop(matching(handle, thread, place.kind == HFI_JAVA));
  }
  pthread_mutex_unlock(&lock);
}

/* ---- with a place of the library's own ------------------------------------------------------- */

static struct hfi_place text(const char *place) {
  return (struct hfi_place){(uint64_t)place, HFI_TEXT, 0};
}

static HFI_TLS const char *here;        /* the place of the call that is under way, or comes next */
static HFI_TLS struct hfi_place asking; /* of the call that Java is answering */

struct hfi_place hfi_track_place(const void *caller) {
  return here ? text(here) : hfi_address(caller);
}

struct hfi_place hfi_track_ask(const void *caller) {
  struct hfi_place before = asking;
  asking = hfi_track_place(caller);
  here = NULL;
  return before;
}

void hfi_track_asked(struct hfi_place before) { asking = before; }

void hfi_at(const char *place) { here = place; }

hf_ref hfi_retain_at(hf_ref ref, const char *place) {
  here = place;
  hf_ref retained = hfi_retain(ref);
  here = NULL;
  return retained;
}

void hfi_release_at(void *ref, const char *place) {
  here = place;
  hfi_release(ref);
  here = NULL;
}

/* ---- names ----------------------------------------------------------------------------------- */

static const char *file_of(const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL;
  return slash ? slash + 1 : path;
}

/* "libpeople.so(remember+0x1f)", or the text, or "Java stack 7". */
static void name(struct hfi_place place, char *words, size_t n) {
  Dl_info info;
  if (place.kind == HFI_TEXT) {
    snprintf(words, n, "%s", (const char *)place.at);
  } else if (place.kind == HFI_JAVA) {
    snprintf(words, n, "Java stack %" PRIu64, place.at);
  } else if (place.kind == HFI_ADDRESS && dladdr((void *)place.at, &info) && info.dli_fname) {
    bool named = info.dli_sname != NULL;
    uint64_t from = named ? (uint64_t)info.dli_saddr : (uint64_t)info.dli_fbase;
    snprintf(words, n, "%s(%s+%#" PRIx64 ")", file_of(info.dli_fname), named ? info.dli_sname : "",
             place.at - from);
  } else {
    snprintf(words, n, "%#" PRIx64, place.at);
  }
}

HFI_EXPORT void hfi_track_released(uint64_t handle, char *words, size_t n) {
  words[0] = '\0';
  if (!hfi_tracking())
    return;
  pthread_mutex_lock(&lock);
  bool known = handle != 0 && released[bucket_of(handle)].handle == handle;
  struct hfi_place place = released[bucket_of(handle)].place;
  pthread_mutex_unlock(&lock);
  if (known) {
    int prefix = snprintf(words, n, "; last released at ");
    name(place, words + prefix, n - (size_t)prefix);
  }
}

/* ---- called by Java -------------------------------------------------------------------------- */

HFI_EXPORT void hfi_track(uint32_t one_in);
HFI_EXPORT void hfi_track_java(uint64_t handle, uint64_t stack, int32_t what);
HFI_EXPORT int64_t hfi_track_read(struct hfi_retained *out, int64_t n);
HFI_EXPORT void hfi_track_name(const struct hfi_retained *of, char *words, int64_t n);

/* Records one in so many retains from now on; 0 ends it, and forgets what was recorded. */
void hfi_track(uint32_t one_in) {
  atomic_store(&hfi_sampling, one_in);
  hfi_counts_forget(); /* what runs in a fast path now is one retain that is not recorded */
  pthread_mutex_lock(&lock);
  for (uint32_t i = 0; one_in == 0 && i < BUCKETS; i++) {
    while (buckets[i])
      (void)drop(&buckets[i]);
    released[i].handle = 0;
  }
  pthread_mutex_unlock(&lock);
}

/* Java has retained (0), released (1), or released the last count (2), at a numbered stack; or
   retained for C (3), which is waiting for it. */
void hfi_track_java(uint64_t handle, uint64_t stack, int32_t what) {
  struct hfi_place place = what == 3 ? asking : (struct hfi_place){stack, HFI_JAVA, 0};
  if (what == 0 || what == 3)
    hfi_track_retain(handle, place);
  else
    hfi_track_release(handle, place, what == 2);
}

/* Copies up to n records, in no order. Returns how many there are. */
int64_t hfi_track_read(struct hfi_retained *out, int64_t n) {
  pthread_mutex_lock(&lock);
  int64_t copied = 0;
  for (uint32_t i = 0; i < BUCKETS; i++)
    for (const struct node *at = buckets[i]; at && copied < n; at = at->next)
      out[copied++] = at->retained;
  int64_t all = (int64_t)records;
  pthread_mutex_unlock(&lock);
  return all;
}

void hfi_track_name(const struct hfi_retained *of, char *words, int64_t n) {
  name(of->place, words, (size_t)n);
}
