/*
 * The examples of holdfast.h and holdfast.hpp, compiled three times: as C11, as C++17, and so with
 * HF_TRACE_PLACES. Each function uses the examples of one section, and gives the line of the first
 * check that does not hold, or 0. It leaves all counts as they were.
 */
#ifndef HOLDFAST_TEST_EXAMPLES_H
#define HOLDFAST_TEST_EXAMPLES_H

#include "people.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who plays in them, each counted once, and what Java does on demand. */
struct cast {
  hf_ref ann, ben, cat; /* 40, 30 and 12 years old; ann.next is ben, ben.next is cat */
  hf_ref uncounted;
  hf_ref list;   /* of 70: ann, ben, null, ann, ... */
  hf_ref scores; /* 3, -1, 4, -1, 5 */
  int attached;  /* has Java started Holdfast? */
  int edges;     /* that Java keeps */
  hf_ref written_text;
  const char *text; /* of the String that C made last */
  int weak_handles;
  int dead;               /* what weak handles name has died */
  void (*bury)(void);     /* destroys all peers */
  void (*call_c)(void);   /* Java calls C, and will throw what C throws */
  hf_ref (*thrown)(void); /* back in Java */
  void (*record_places)(uint32_t one_in);
  const char *(*place)(void); /* of the first count that was recorded */
};

#define EXAMPLES(EACH)                                                                             \
  EACH(beginning)                                                                                  \
  EACH(insight)                                                                                    \
  EACH(ownership)                                                                                  \
  EACH(scopes)                                                                                     \
  EACH(reading)                                                                                    \
  EACH(keeping)                                                                                    \
  EACH(text)                                                                                       \
  EACH(writing)                                                                                    \
  EACH(bulk)                                                                                       \
  EACH(weak)                                                                                       \
  EACH(edges)                                                                                      \
  EACH(peers)                                                                                      \
  EACH(pinning)                                                                                    \
  EACH(types)                                                                                      \
  EACH(calling)                                                                                    \
  EACH(leaks)                                                                                      \
  EACH(owners)

#define DECLARE(AREA)                                                                              \
  int AREA##_in_c(struct cast *);                                                                  \
  int AREA##_in_cpp(struct cast *);                                                                \
  int AREA##_traced(struct cast *);
EXAMPLES(DECLARE)

#ifdef __cplusplus
}
#endif

#endif
