/* The C sides of the README's recipes; libraries like many, and what is added for Java. */
#include "glue.h"
#include <stdlib.h>

GLUE int32_t recipes_begin(const char *type_name);

static hf_field age;
static hf_field next;

int32_t recipes_begin(const char *type_name) {
  hf_type type = hf_type_find(type_name);
  age = hf_field_find(type, "age");
  next = hf_field_find(type, "next");
  return age && next ? HF_OK : hf_last_status();
}

/* ---- user data, a callback with its context -------------------------------------------------- */

/* A library that has never heard of Java. */
struct widget {
  void *data;
  hf_destroy_function destroy;
  int32_t (*clicked)(int32_t button, void *data);
};

GLUE struct widget *widget_new(void);
GLUE void widget_set_data(struct widget *widget, void *data, hf_destroy_function destroy);
GLUE void *widget_data(struct widget *widget);
GLUE void widget_on_click(struct widget *widget, int32_t (*clicked)(int32_t, void *), void *data,
                          hf_destroy_function destroy);
GLUE int32_t widget_click(struct widget *widget, int32_t button);
GLUE void widget_free(struct widget *widget);

struct widget *widget_new(void) {
  return calloc(1, sizeof(struct widget));
}

void widget_set_data(struct widget *widget, void *data, hf_destroy_function destroy) {
  if (widget->destroy)
    widget->destroy(widget->data);
  widget->data = data;
  widget->destroy = destroy;
}

void *widget_data(struct widget *widget) { return widget->data; }

void widget_on_click(struct widget *widget, int32_t (*clicked)(int32_t, void *), void *data,
                     hf_destroy_function destroy) {
  widget_set_data(widget, data, destroy);
  widget->clicked = clicked;
}

int32_t widget_click(struct widget *widget, int32_t button) {
  return widget->clicked(button, widget->data);
}

void widget_free(struct widget *widget) {
  widget_set_data(widget, NULL, NULL);
  free(widget);
}

/* ---- a native struct with Java's lifetime ---------------------------------------------------- */

struct tally {
  int32_t visits;
};

static const char tally_key;
static atomic_int tallies_freed;

GLUE int32_t tally_visit(hf_ref object);
GLUE int32_t tally_freed(void);

static void free_tally(void *tally) {
  free(tally);
  atomic_fetch_add(&tallies_freed, 1);
}

int32_t tally_visit(hf_ref object) {
  struct tally *tally = hf_peer_get(object, &tally_key);
  if (!tally) {
    tally = calloc(1, sizeof *tally);
    if (!tally || hf_peer_set(object, &tally_key, tally, free_tally) != HF_OK) {
      free(tally);
      return hf_last_status();
    }
  }
  return ++tally->visits;
}

int32_t tally_freed(void) { return atomic_load(&tallies_freed); }

/* ---- what such a struct refers to, its object holds -------------------------------------------
 */

struct friendship {
  hf_ref friend;
};

static const char friend_key;

GLUE int32_t befriend(hf_ref object, hf_ref other);
GLUE int32_t age_of_friend(hf_ref object);

/* The edge keeps the friend, for as long as the object lives. */
int32_t befriend(hf_ref object, hf_ref other) {
  struct friendship *friendship = calloc(1, sizeof *friendship);
  if (!friendship)
    return HF_ENOMEM;
  friendship->friend = other;
  hf_status status = hf_hold(object, other);
  if (status == HF_OK)
    status = hf_peer_set(object, &friend_key, friendship, free);
  if (status != HF_OK)
    free(friendship);
  return status;
}

int32_t age_of_friend(hf_ref object) {
  struct friendship *friendship = hf_peer_get(object, &friend_key);
  return friendship ? hf_get_i32(friendship->friend, age) : -1;
}

/* ---- fields that C writes, collections that it reads ------------------------------------------
 */

GLUE int32_t set_age(hf_ref person, int32_t years);
GLUE int32_t set_id(hf_ref person, int32_t number);
GLUE int64_t birthday_of_all(hf_ref list);

int32_t set_age(hf_ref person, int32_t years) { return hf_set_i32(person, age, years); }

/* Refused: the field is final. */
int32_t set_id(hf_ref person, int32_t number) {
  return hf_set_i32(person, hf_field_find(hf_type_of(person), "id"), number);
}

/* Answers with how many they are. */
int64_t birthday_of_all(hf_ref list) {
  hf_ref block[100];
  int64_t from = 0;
  int64_t n;
  while ((n = hf_read_refs(list, from, 100, block)) > 0) {
    for (int64_t i = 0; i < n; i++) {
      hf_set_i32(block[i], age, hf_get_i32(block[i], age) + 1);
      hf_release(block[i]);
    }
    from += n;
  }
  return n < 0 ? n : from;
}

/* ---- a graph, walked from C ------------------------------------------------------------------ */

GLUE int64_t sum_of_ages(hf_ref first);

int64_t sum_of_ages(hf_ref first) {
  int64_t sum = 0;
  hf_enter();
  for (hf_ref at = first; at != HF_NULL; at = hf_get_ref(at, next))
    sum += hf_get_i32(at, age);
  hf_exit();
  return sum;
}
