/* What SignaturesTest calls: C functions of shapes that test programs seldom have. */
#include "holdfast.h"
#include <errno.h>
#include <stdarg.h>

#define KEEPER __attribute__((visibility("default")))

typedef int32_t (*counter)(hf_ref ref);

struct place {
  int32_t a;
  hf_ref ref;
  int32_t b;
};

KEEPER double sum_of(int32_t n, ...);
KEEPER int32_t counts_of(hf_ref first, ...);
KEEPER void keep_all(int32_t n, ...);
KEEPER hf_ref kept_at(int32_t i);
KEEPER void drop_all(void);
KEEPER int32_t keep_and_fail(hf_ref ref);
KEEPER int32_t keep_and_throw(hf_ref ref);
KEEPER int32_t call_one(counter call, hf_ref ref);
KEEPER int32_t hand_over(counter call, hf_ref ref);
KEEPER int32_t call_two(int32_t (*call)(hf_ref, hf_ref), hf_ref a, hf_ref b);
KEEPER int32_t call_with_counter(int32_t (*call)(counter count, int32_t more));
KEEPER counter the_counter(void);
KEEPER double (*the_sum(void))(int32_t, ...);
KEEPER int32_t place_by_reference(const struct place *place);
KEEPER int32_t place_by_value(struct place place);
KEEPER hf_ref give_and_swap(hf_ref given, hf_ref *element, hf_ref other);

double sum_of(int32_t n, ...) {
  va_list all;
  va_start(all, n);
  double sum = 0;
  for (int32_t i = 0; i < n; i++)
    sum += va_arg(all, double);
  va_end(all);
  return sum;
}

/* The counts of handles, up to NULL. */
int32_t counts_of(hf_ref first, ...) {
  va_list all;
  va_start(all, first);
  int32_t sum = 0;
  for (hf_ref ref = first; ref; ref = va_arg(all, hf_ref))
    sum = 10 * sum + (int32_t)hf_count(ref);
  va_end(all);
  return sum;
}

static hf_ref kept[8];
static int32_t n_kept;

/* With the counts that come with them. */
void keep_all(int32_t n, ...) {
  va_list all;
  va_start(all, n);
  for (int32_t i = 0; i < n; i++)
    kept[n_kept++] = va_arg(all, hf_ref);
  va_end(all);
}

hf_ref kept_at(int32_t i) { return kept[i]; }

void drop_all(void) {
  while (n_kept > 0)
    hf_release(kept[--n_kept]);
}

int32_t keep_and_fail(hf_ref ref) {
  kept[n_kept++] = ref;
  errno = EIO;
  return -1;
}

int32_t keep_and_throw(hf_ref ref) {
  kept[n_kept++] = ref;
  return hf_throw(hf_type_find("java.lang.IllegalStateException"), "thrown by C");
}

int32_t call_one(counter call, hf_ref ref) { return call(ref); }

/* With a count. */
int32_t hand_over(counter call, hf_ref ref) { return call(hf_retain(ref)); }

int32_t call_two(int32_t (*call)(hf_ref, hf_ref), hf_ref a, hf_ref b) { return call(a, b); }

static int32_t count(hf_ref ref) { return (int32_t)hf_count(ref); }

int32_t call_with_counter(int32_t (*call)(counter, int32_t)) { return call(count, 40); }

counter the_counter(void) { return count; }

double (*the_sum(void))(int32_t, ...) { return sum_of; }

int32_t place_by_reference(const struct place *place) {
  return place->a + place->b + (int32_t)hf_count(place->ref);
}

int32_t place_by_value(struct place place) { return place_by_reference(&place); }

/* Gives one away, and lends another in an array. */
hf_ref give_and_swap(hf_ref given, hf_ref *element, hf_ref other) {
  *element = other;
  return hf_retain(given);
}
