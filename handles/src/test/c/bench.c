/* What the hot calls cost in ns, beside what they are measured by. Asserts nothing. */
#define _GNU_SOURCE
#include "world.h"
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

#define ROUNDS 300 /* of which the best counts: the others were interrupted */
#define MEASURE(name, n, statement)                                                                \
  do {                                                                                             \
    double best = 1e18;                                                                            \
    for (int round = 0; round < ROUNDS; round++) {                                                 \
      double begin = now();                                                                        \
      for (long i = 0; i < (n); i++) {                                                             \
        statement;                                                                                 \
      }                                                                                            \
      double each = (now() - begin) / (double)(n);                                                 \
      best = each < best ? each : best;                                                            \
    }                                                                                              \
    printf("%-44s %7.2f ns\n", name, best);                                                        \
  } while (0)

#define NODES 256
struct node {
  uint32_t header[2];
  int32_t value;
  hf_ref next;
};
struct plain {
  int32_t value;
  struct plain *next;
};

int main(void) {
  world_begin(NULL);
  struct world_field fields[] = {{"value", 5}, {"next", 10}};
  uint32_t type = world_type("bench.Node", 0, fields, 2);
  uint32_t sub = world_type("bench.Sub", type, NULL, 0);
  hf_ref nodes[NODES];
  uint32_t cohort = 0;
  for (int i = 0; i < NODES; i++) {
    if (i % 32 == 0)
      cohort = world_cohort();
    nodes[i] = world_object(cohort, (uint32_t)(i % 32) * 2, type);
  }
  struct plain plain[NODES];
  hf_enter();
  /* A walk in an order that the prefetcher cannot guess. */
  for (int i = 0; i < NODES; i++) {
    int from = i * 77 % NODES;
    int to = (i + 1) * 77 % NODES;
    struct node *node = (struct node *)(uintptr_t)hf_deref(nodes[from]);
    node->value = i;
    node->next = nodes[to];
    plain[from].value = i;
    plain[from].next = &plain[to];
  }
  hf_exit();
  world_acquire(nodes[0]);
  hf_field value = hf_field_find(type, "value");
  hf_field next = hf_field_find(type, "next");
  struct hf_expected expected = HF_EXPECTED("bench.Node", world_type_at(type)->fingerprint, 24);
  hf_ref derived = world_object(world_cohort(), 0, sub);

  volatile int64_t sink = 0;
  _Atomic(uint64_t) bare = 1;
  MEASURE("bare atomic increment + decrement", 20000, {
    atomic_fetch_add(&bare, 1);
    atomic_fetch_sub(&bare, 1);
  });
  MEASURE("hf_retain + hf_release", 20000, {
    hf_retain(nodes[0]);
    hf_release(nodes[0]);
  });
  MEASURE("hf_enter + hf_exit", 20000, {
    hf_enter();
    hf_exit();
  });
  {
    struct plain *at = plain;
    int64_t sum = 0;
    MEASURE("plain C list, a node", 20000, {
      sum += at->value;
      at = at->next;
    });
    sink = sum;
  }
  hf_enter();
  {
    hf_ref at = nodes[0];
    int64_t sum = 0;
    MEASURE("list by hf_deref, a node", 20000, {
      const struct node *node = (const struct node *)hf_deref(at);
      sum += node->value;
      at = node->next;
    });
    sink = sum;
  }
  {
    hf_ref at = nodes[0];
    int64_t sum = 0;
    MEASURE("list by hf_deref_as, a node", 20000, {
      const struct node *node = (const struct node *)hf_deref_as(at, &expected);
      sum += node->value;
      at = node->next;
    });
    sink = sum;
  }
  {
    int64_t sum = 0;
    MEASURE("hf_deref, independent", 20000,
            sum += ((const struct node *)hf_deref(nodes[i & (NODES - 1)]))->value);
    MEASURE("hf_deref_as, a subclass", 20000, sum += hf_deref_as(derived, &expected) != NULL);
    MEASURE("hf_get_i32 in a scope", 20000, sum += hf_get_i32(nodes[i & (NODES - 1)], value));
    sink = sum;
  }
  hf_exit();
  {
    hf_ref at = nodes[0];
    int64_t sum = 0;
    MEASURE("hf_get_i32 outside", 20000, sum += hf_get_i32(nodes[i & (NODES - 1)], value));
    MEASURE("list by hf_get_i32 + hf_get_ref, a node", 20000, {
      sum += hf_get_i32(at, value);
      at = hf_get_ref(at, next);
    });
    sink = sum;
  }
  (void)sink;
  return 0;
}
