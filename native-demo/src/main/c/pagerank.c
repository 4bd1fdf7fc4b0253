#include "pagerank.h"

#include "graph.h" /* generated from the classes ClassNode and Edge */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pagerank {
  hf_ref root; /* counted */
  int32_t nodes;
  int32_t kept;
  double *rank;              /* by index */
  double *given;             /* by index: what the others gave in this iteration */
  int32_t *position;         /* by index: place in the list */
  const ClassNode **address; /* by index: where the mirror was; compared, never followed */
  int64_t moves_seen;
  hf_ref top[PAGERANK_TOP]; /* counted */
  char error[256];
};

static int32_t fail(struct pagerank *self, hf_status status, const char *what) {
  snprintf(self->error, sizeof self->error, "%s: %s", what,
           status == hf_last_status() ? hf_last_error() : hf_status_name(status));
  return status;
}

/* The mirror did not come: why? */
static int32_t refused(struct pagerank *self, const char *what) {
  hf_status status = hf_last_status();
  return fail(self, status == HF_OK ? HF_EINVAL : status, what);
}

int32_t pagerank_new(hf_ref root, int32_t nodes, struct pagerank **out) {
  struct pagerank *self = (struct pagerank *)calloc(1, sizeof *self);
  *out = self;
  if (!self)
    return HF_ENOMEM;
  hf_status status = graph_init();
  if (status != HF_OK)
    return fail(self, status, "graph_init");
  if (nodes < 1)
    return fail(self, HF_EINVAL, "no nodes");
  self->root = hf_retain(root);
  if (!self->root)
    return refused(self, "root");
  self->nodes = nodes;
  self->rank = (double *)calloc((size_t)nodes, sizeof *self->rank);
  self->given = (double *)calloc((size_t)nodes, sizeof *self->given);
  self->position = (int32_t *)calloc((size_t)nodes, sizeof *self->position);
  self->address = (const ClassNode **)calloc((size_t)nodes, sizeof *self->address);
  if (!self->rank || !self->given || !self->position || !self->address)
    return fail(self, HF_ENOMEM, "arrays");
  return HF_OK;
}

/* Adds what one node gives to each node that it refers to. In a scope. */
static int32_t give(struct pagerank *self, const ClassNode *node, double share) {
  for (hf_ref ref = node->firstEdge; ref;) {
    const Edge *edge = Edge_of(ref);
    if (!edge)
      return refused(self, "edge");
    const ClassNode *target = ClassNode_of(edge->target);
    if (!target)
      return refused(self, "target");
    int32_t to = target->index;
    if (to < 0 || to >= self->nodes)
      return fail(self, HF_EINVAL, "target's index");
    self->given[to] += share;
    ref = edge->next;
  }
  return HF_OK;
}

/* One node's turn. In a scope. Sets *following to the next node. */
static int32_t visit(struct pagerank *self, hf_ref ref, int32_t at, double *lost,
                     hf_ref *following) {
  const ClassNode *node = ClassNode_of(ref);
  if (!node)
    return refused(self, "node");
  int32_t index = node->index;
  if (index < 0 || index >= self->nodes || at >= self->nodes)
    return fail(self, HF_EINVAL, "node's index");
  if (self->address[index] && self->address[index] != node)
    self->moves_seen++;
  self->address[index] = node;
  self->position[index] = at;
  *following = node->next;
  if (node->outDegree == 0) {
    *lost += self->rank[index];
    return HF_OK;
  }
  return give(self, node, self->rank[index] / node->outDegree);
}

/*
 * Follows the references of the mirrors once through the whole graph. Each node has a scope of its
 * own, so that a long walk never holds back the memory that moved mirrors leave behind; handles
 * stay valid between scopes, addresses do not.
 */
static int32_t iterate(struct pagerank *self, double damping) {
  double lost = 0;
  int32_t at = 0;
  memset(self->given, 0, (size_t)self->nodes * sizeof *self->given);
  for (hf_ref ref = self->root; ref; at++) {
    hf_ref following = HF_NULL;
    hf_enter();
    int32_t status = visit(self, ref, at, &lost, &following);
    hf_exit();
    if (status != HF_OK)
      return status;
    ref = following;
  }
  if (at != self->nodes)
    return fail(self, HF_EINVAL, "the list is shorter than said");
  for (int32_t i = 0; i < self->nodes; i++)
    self->rank[i] = (1 - damping) / self->nodes + damping * (self->given[i] + lost / self->nodes);
  return HF_OK;
}

int32_t pagerank_run(struct pagerank *self, int32_t iterations, double damping,
                     pagerank_iterated iterated) {
  for (int32_t i = 0; i < self->nodes; i++)
    self->rank[i] = 1.0 / self->nodes;
  for (int32_t done = 0; done < iterations;) {
    int32_t status = iterate(self, damping);
    if (status != HF_OK)
      return status;
    done++;
    if (iterated)
      iterated(done, iterations);
  }
  return HF_OK;
}

void pagerank_ranks(const struct pagerank *self, double *out) {
  memcpy(out, self->rank, (size_t)self->nodes * sizeof *out);
}

static void drop_top(struct pagerank *self) {
  while (self->kept > 0)
    hf_release(self->top[--self->kept]);
}

/*
 * A counted handle of the node at a place of the list. A handle that was read from a mirror has no
 * count that could be raised: Java follows `next` from the root, which we own, in one crossing.
 */
static hf_ref retain_at(const struct pagerank *self, int32_t position) {
  struct hf_step step = {ClassNode_next_field, (uint32_t)position, 0};
  return position == 0 ? hf_retain(self->root) : hf_retain_path(self->root, &step, 1);
}

int32_t pagerank_keep_top(struct pagerank *self, int32_t count) {
  int32_t best[PAGERANK_TOP];
  int32_t found = 0;
  if (count < 0 || count > PAGERANK_TOP)
    return fail(self, HF_EINVAL, "count");
  for (int32_t i = 0; i < self->nodes && count > 0; i++) {
    int32_t place = found < count ? found++ : count;
    /* best[] is sorted; the last falls out when it is full */
    while (place > 0 && self->rank[best[place - 1]] < self->rank[i]) {
      if (place < count)
        best[place] = best[place - 1];
      place--;
    }
    if (place < count)
      best[place] = i;
  }
  drop_top(self);
  for (int32_t i = 0; i < found; i++) {
    hf_ref node = retain_at(self, self->position[best[i]]);
    if (!node)
      return refused(self, "keeping a node");
    self->top[self->kept++] = node;
  }
  return HF_OK;
}

int32_t pagerank_take_top(struct pagerank *self, int32_t count, hf_ref *out) {
  int32_t taken = count < self->kept ? count : self->kept;
  memcpy(out, self->top, (size_t)taken * sizeof *out);
  for (int32_t i = taken; i < self->kept; i++)
    hf_release(self->top[i]);
  self->kept = 0;
  return taken;
}

int32_t pagerank_compare(struct pagerank *self, double *difference) {
  *difference = 0;
  for (hf_ref ref = self->root; ref;) {
    /* a scope of its own for each call: no hf_enter needed */
    int32_t index;
    double rank;
    hf_status status = hf_load_i32(ref, ClassNode_index_field, &index);
    if (status == HF_OK)
      status = hf_load_f64(ref, ClassNode_rank_field, &rank);
    if (status == HF_OK && (index < 0 || index >= self->nodes))
      status = HF_EINVAL;
    if (status == HF_OK) {
      double here = fabs(self->rank[index] - rank);
      if (!(here <= *difference))
        *difference = here; /* a NaN stays */
      status = hf_load_ref(ref, ClassNode_next_field, &ref);
    }
    if (status != HF_OK)
      return fail(self, status, "comparing");
  }
  return HF_OK;
}

int64_t pagerank_moves_seen(const struct pagerank *self) { return self->moves_seen; }

const char *pagerank_error(const struct pagerank *self) { return self->error; }

void pagerank_free(struct pagerank *self) {
  if (!self)
    return;
  drop_top(self);
  if (self->root)
    hf_release(self->root);
  free(self->rank);
  free(self->given);
  free(self->position);
  free(self->address);
  free(self);
}
