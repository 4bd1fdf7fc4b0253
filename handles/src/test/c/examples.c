/* C and C++: see examples.h. VARIANT is the end of the functions' names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __cplusplus
#include <unordered_set>
#include "holdfast.hpp"
#endif
#include "examples.h"

/* Unnamed, so that the compiler tells which example nobody uses. */
#ifdef __cplusplus
namespace {
#include "examples_hpp.inc"
#endif
#include "examples_h.inc"
#ifdef __cplusplus
} // namespace
#endif

#define PASTE2(a, b) a##b
#define PASTE(a, b) PASTE2(a, b)
#define USE(AREA) int PASTE(AREA, VARIANT)(struct cast * c)
#define SO(condition)                                                                              \
  do {                                                                                             \
    if (!(condition))                                                                              \
      return __LINE__;                                                                             \
  } while (0)

/* All that was written to the file, which it closes. */
static const char *written(FILE *file) {
  static char text[512];
  rewind(file);
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);
  return text;
}

USE(beginning) {
  SO(people_begin() == (c->attached ? 0 : -1));
  return 0;
}

USE(insight) {
  FILE *log = tmpfile();
  uint64_t before = mistakes_since_start(log);
  hf_release(c->uncounted);
  SO(mistakes_since_start(log) == before + 1);
  SO(hf_on_misuse(NULL, NULL) == HF_OK);
  SO(strstr(written(log), "people: HF_EOVERRELEASE: 0x") != NULL);
  return 0;
}

USE(ownership) {
  SO(prefer(c->ann) == HF_OK && hf_count(c->ann) == 2);
  SO(prefer(c->ben) == HF_OK && hf_count(c->ann) == 1 && hf_count(c->ben) == 2);
  SO(prefer(HF_NULL) == HF_ENULL && prefer(c->uncounted) == HF_EUNCOUNTED);
  SO(hf_count(c->ben) == 2);
  hf_release(favourite);
  struct user_data data;
  attach(&data, c->ann);
  SO(data.data == (void *)c->ann && hf_count(c->ann) == 2);
  data.destroy(data.data);
  SO(hf_count(c->ann) == 1);
  return 0;
}

USE(scopes) {
  SO(age_of(c->cat) == 12 && age_of(HF_NULL) == -1 && age_of(c->list) == -1);
  SO(oldest_of(c->ben) == 30 && oldest_of(c->cat) == 12 && oldest_of(HF_NULL) == -1);
  SO(hf_deref(c->ann) == NULL && hf_last_status() == HF_ESCOPE);
  return 0;
}

USE(reading) {
  SO(is_adult(c->ann) == 1 && is_adult(c->cat) == 0);
  SO(is_adult(HF_NULL) == HF_ENULL && is_adult(c->list) == HF_EUNMANAGED);
  SO(years_between(c->ben, c->cat) == 18);
  return 0;
}

USE(keeping) {
  SO(next_of(c->ann) == c->ben && hf_count(c->ben) == 2);
  hf_release(c->ben);
  SO(next_of(c->cat) == HF_NULL && hf_last_status() == HF_OK);
  SO(next_of(c->list) == HF_NULL && hf_last_status() == HF_EUNMANAGED);
  SO(next_but_one(c->ann) == c->cat && hf_count(c->cat) == 2);
  hf_release(c->cat);
  SO(next_but_one(c->ben) == HF_NULL && hf_last_status() == HF_OK);
  return 0;
}

USE(text) {
  FILE *out = tmpfile();
  greet(c->ann, out);
  greet(c->ben, out);
  greet(c->cat, out);
  SO(strcmp(written(out), "Hello, Ann!\n"
                          "Hello, BenBenBenBenBenBenBenBenBenBenBenBenBenBenBenBenBenBenBenBenBen"
                          "...!\nWho are you?\n") == 0);
  hf_ref text = greeting();
  SO(text != HF_NULL && hf_count(text) == 1 && strcmp(c->text, "Gr\xc3\xbc\xc3\x9f") == 0);
  hf_release(text);
  return 0;
}

USE(writing) {
  SO(name_it(c->ann, "Anna") == HF_OK && strcmp(c->text, "Anna") == 0);
  SO(hf_get_ref(c->ann, Person_name_field) == c->written_text && hf_count(c->written_text) == 0);
  SO(name_it(c->ann, NULL) == HF_ENULL && name_it(c->uncounted, "Eve") == HF_EUNCOUNTED);
  Person before, after;
  hf_enter();
  memcpy(&before, hf_deref(c->ann), sizeof before);
  SO(grow(c->ann) == HF_OK);
  memcpy(&after, hf_deref(c->ann), sizeof after);
  hf_exit();
  SO(after.age == before.age + 1 && after.shoe == before.shoe + 2 && after.next == before.next);
  SO(grow(c->uncounted) == HF_EUNCOUNTED);
  return 0;
}

USE(bulk) {
  SO(years_of(c->list) == 24 * 40 + 23 * 30 && years_of(HF_NULL) == HF_ENULL);
  SO(hf_count(c->ann) == 1 && hf_count(c->ben) == 1);
  int32_t left[5];
  SO(clear_negative(c->scores) == 5 && hf_array_read(c->scores, HF_KIND_I32, 0, 5, left) == 5);
  SO(left[0] == 3 && left[1] == 0 && left[2] == 4 && left[3] == 0 && left[4] == 5);
  SO(clear_negative(c->uncounted) == HF_EUNCOUNTED);
  return 0;
}

USE(weak) {
  see(c->cat);
  see(c->ann);
  SO(c->weak_handles == 1 && still_there() == c->ann && hf_count(c->ann) == 2);
  hf_release(c->ann);
  c->dead = 1;
  SO(still_there() == HF_NULL && hf_last_status() == HF_OK);
  c->dead = 0;
  hf_weak_free(seen);
  SO(c->weak_handles == 0);
  return 0;
}

USE(edges) {
  struct seat seat = {HF_NULL};
  SO(seat_guest(&seat, c->ann, c->ben) == HF_OK && seat.guest == c->ben && c->edges == 1);
  SO(seat_guest(&seat, c->ann, c->cat) == HF_OK && seat.guest == c->cat && c->edges == 1);
  SO(seat_guest(&seat, c->ann, HF_NULL) == HF_ENULL && seat.guest == c->cat && c->edges == 1);
  SO(hf_unhold(c->ann, c->cat) == HF_OK && c->edges == 0);
  return 0;
}

USE(peers) {
  int *visits = visits_of(c->ann);
  SO(visits != NULL && *visits == 0);
  ++*visits;
  SO(visits_of(c->ann) == visits && *visits == 1);
  SO(visits_of(c->uncounted) == NULL && hf_last_status() == HF_EUNCOUNTED);
  c->bury();
  SO(hf_peer_get(c->ann, &visits_key) == NULL);
  return 0;
}

USE(pinning) {
  FILE *to = tmpfile();
  SO(save(c->ben, to) == 0);
  Person saved;
  memcpy(&saved, written(to), sizeof saved);
  SO(saved.age == 30 && saved.next == c->cat);
  SO(hf_unpin(c->ben) == HF_EPIN && save(c->list, NULL) == HF_EUNMANAGED);
  return 0;
}

USE(types) {
  FILE *out = tmpfile();
  print_age(c->ben, out);
  print_age(c->list, out);
  const char *text = written(out);
  SO(strstr(text, "a acme.Person of 30\nHF_ENOFIELD: ") == text && strstr(text, "ArrayList"));
  SO(is_person(c->ann) == 1 && is_person(c->list) == 0);
  return 0;
}

USE(calling) {
  SO(lists_begin());
  SO(element(c->list, 0) == c->ann && hf_count(c->ann) == 2);
  hf_release(c->ann);
  SO(element(c->list, 70) == HF_NULL && hf_last_status() == HF_EJAVA);
  c->call_c();
  SO(age_or_throw(c->ben) == 30);
  SO(c->thrown() == HF_NULL);
  c->call_c();
  SO(age_or_throw(c->list) == 0);
  SO(c->thrown() != HF_NULL && strcmp(c->text, "not a person") == 0);
  return 0;
}

USE(leaks) {
  c->record_places(1);
  SO(best_friend(c->ann) == c->ann && hf_count(c->ann) == 2);
  SO(strstr(c->place(), "people.c: best_friend") != NULL);
  drop_for("people.c: done", c->ann);
  c->record_places(0);
  SO(hf_count(c->ann) == 1);
  return 0;
}

USE(owners) {
#ifdef __cplusplus
  SO(meet(c->ann) && hf_count(c->ann) == 2);
  SO(!meet(c->ann) && hf_count(c->ann) == 2 && !meet(c->cat) && !meet(c->list));
  known.clear();
#endif
  SO(hf_count(c->ann) == 1);
  return 0;
}
