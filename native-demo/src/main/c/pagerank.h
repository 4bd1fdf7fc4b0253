/*
 * PageRank over a graph of Java objects, read through Holdfast.
 *
 * The graph is the one that starts at a ClassNode: `next` leads through all nodes, `firstEdge` and
 * the edges' own `next` through what a node refers to. It must not change while it is walked;
 * where its mirrors are does not matter. One thread at a time may use a struct pagerank.
 *
 * Functions return 0, or a negative hf_status that pagerank_error explains.
 */
#ifndef PAGERANK_H
#define PAGERANK_H

#include "holdfast.h"

#include <stdint.h>

#define PAGERANK_API __attribute__((visibility("default")))

/* The most nodes that pagerank_keep_top keeps. */
#define PAGERANK_TOP 64

struct pagerank;

/* Told after each iteration, on the caller's thread. */
typedef void (*pagerank_iterated)(int32_t done, int32_t of);

/*
 * Keeps the graph of `nodes` nodes whose first is `root` until pagerank_free. *out is NULL when
 * memory is out, else it must be freed even if this fails.
 */
PAGERANK_API int32_t pagerank_new(hf_ref root, int32_t nodes, struct pagerank **out);

/* Iterates from equal ranks on. `iterated` may be NULL. */
PAGERANK_API int32_t pagerank_run(struct pagerank *self, int32_t iterations, double damping,
                                  pagerank_iterated iterated);

/* Copies all ranks, by the nodes' `index`. */
PAGERANK_API void pagerank_ranks(const struct pagerank *self, double *out);

/* Keeps the `count` nodes of the highest ranks alive, and gives back those that it kept before. */
PAGERANK_API int32_t pagerank_keep_top(struct pagerank *self, int32_t count);

/* Hands the kept nodes and their counts over, the highest first; returns how many there are. */
PAGERANK_API int32_t pagerank_take_top(struct pagerank *self, int32_t count, hf_ref *out);

/* The greatest difference between a rank here and the `rank` of its node at this moment. */
PAGERANK_API int32_t pagerank_compare(struct pagerank *self, double *difference);

/* How often a node's mirror was found at another address than in the iteration before. */
PAGERANK_API int64_t pagerank_moves_seen(const struct pagerank *self);

/* What went wrong last; valid until the next call. */
PAGERANK_API const char *pagerank_error(const struct pagerank *self);

/* Gives back all that was kept. NULL is allowed. */
PAGERANK_API void pagerank_free(struct pagerank *self);

#endif
