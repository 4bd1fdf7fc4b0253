/* Threads that read a list's mirrors, by pointer, while they move. */
#include "probe.h"
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#define WALKERS_MOST 16

/* Fields at their places in the mirrors of one class. */
struct shape {
  hf_field next;
  hf_field value;
  hf_field id;
  hf_field twice;
  hf_field version;
};

static uint32_t offset(hf_field field) { return (uint32_t)(field & 0xffffff); }

static int64_t read_i64(const char *mirror, hf_field field) {
  return __atomic_load_n((const int64_t *)(const void *)(mirror + offset(field)), __ATOMIC_ACQUIRE);
}

static hf_ref read_ref(const char *mirror, hf_field field) {
  return __atomic_load_n((const hf_ref *)(const void *)(mirror + offset(field)), __ATOMIC_ACQUIRE);
}

int64_t probe_walk(hf_ref head, const char *next, const char *value, int64_t *sum) {
  hf_type type = hf_type_of(head);
  hf_field to = hf_field_find(type, next);
  hf_field what = hf_field_find(type, value);
  if (to == 0 || what == 0)
    return hf_last_status();
  int64_t nodes = 0;
  *sum = 0;
  hf_enter();
  for (hf_ref at = head; at != NULL; nodes++) {
    const char *mirror = hf_deref(at);
    if (mirror == NULL) {
      nodes = hf_last_status();
      break;
    }
    *sum += read_i64(mirror, what);
    at = read_ref(mirror, to);
  }
  hf_exit();
  return nodes;
}

static struct {
  hf_ref head;
  struct shape shape;
  int64_t length; /* of the list, head included */
  atomic_bool stop;
  atomic_llong walks;
  atomic_int failure;
  int32_t threads;
  pthread_t ids[WALKERS_MOST];
} walkers;

/* What a walker has found wrong; negative, and no hf_status. */
enum { WRONG_ID = -101, WRONG_TWICE = -102, VERSION_FELL = -103, WRONG_LENGTH = -104 };

static int32_t walk_once(int64_t *version) {
  int32_t wrong = 0;
  int64_t expected = walkers.length - 1;
  hf_ref at = walkers.head;
  hf_enter();
  for (; at != NULL && wrong == 0; expected--) {
    const char *mirror = hf_deref(at);
    if (mirror == NULL) {
      wrong = hf_last_status();
    } else if (read_i64(mirror, walkers.shape.id) != expected) {
      wrong = WRONG_ID;
    } else if (read_i64(mirror, walkers.shape.twice) != 2 * expected) {
      wrong = WRONG_TWICE;
    } else if (at == walkers.head) {
      int64_t seen = read_i64(mirror, walkers.shape.version);
      if (seen < *version)
        wrong = VERSION_FELL;
      *version = seen;
    }
    if (mirror)
      at = read_ref(mirror, walkers.shape.next);
  }
  hf_exit();
  if (wrong == 0 && expected != -1)
    wrong = WRONG_LENGTH;
  /* The same once more without a scope of our own and without pointers. */
  if (wrong == 0 && hf_get_i64(walkers.head, walkers.shape.id) != walkers.length - 1)
    wrong = WRONG_ID;
  return wrong;
}

static void *walker_body(void *unused) {
  (void)unused;
  int64_t version = 0;
  while (!atomic_load(&walkers.stop)) {
    int32_t wrong = walk_once(&version);
    if (wrong != 0) {
      atomic_store(&walkers.failure, wrong);
      break;
    }
    atomic_fetch_add(&walkers.walks, 1);
  }
  return NULL;
}

int32_t probe_walkers_start(hf_ref head, int32_t threads) {
  hf_type type = hf_type_of(head);
  walkers.head = hf_retain(head);
  if (walkers.head == NULL || type == 0 || threads > WALKERS_MOST)
    return hf_last_status();
  walkers.shape.next = hf_field_find(type, "next");
  walkers.shape.id = hf_field_find(type, "id");
  walkers.shape.twice = hf_field_find(type, "twice");
  walkers.shape.version = hf_field_find(type, "version");
  walkers.length = hf_get_i64(head, walkers.shape.id) + 1;
  walkers.threads = 0;
  atomic_store(&walkers.walks, 0);
  atomic_store(&walkers.failure, 0);
  atomic_store(&walkers.stop, false);
  for (; walkers.threads < threads; walkers.threads++)
    if (pthread_create(&walkers.ids[walkers.threads], NULL, walker_body, NULL) != 0)
      return HF_ENOMEM;
  return HF_OK;
}

int64_t probe_walkers_walks(void) {
  int32_t failure = atomic_load(&walkers.failure);
  return failure != 0 ? failure : (int64_t)atomic_load(&walkers.walks);
}

int64_t probe_walkers_stop(void) {
  atomic_store(&walkers.stop, true);
  for (int32_t i = 0; i < walkers.threads; i++)
    pthread_join(walkers.ids[i], NULL);
  hf_release(walkers.head);
  return probe_walkers_walks();
}
