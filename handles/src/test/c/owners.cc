#include "owners.h"
#include "holdfast.hpp"
#include <unordered_set>
#include <vector>

#define SO(condition)                                                                              \
  do {                                                                                             \
    if (!(condition))                                                                              \
      return __LINE__;                                                                             \
  } while (0)

static hf::ref passed_through(hf::ref ref) { return ref; }

int owners_first_wrong(hf_ref a, hf_ref b) {
  {
    hf::ref empty;
    SO(!empty && empty.get() == nullptr && empty == hf::ref(nullptr));
    hf::ref copy_of_nothing(empty);
    SO(!copy_of_nothing);

    hf::ref one = hf::ref::retained(a);
    SO(one && one.get() == a && hf_count(a) == 2);
    hf::ref copy(one);
    SO(copy == one && hf_count(a) == 3);
    hf::ref moved(std::move(copy));
    SO(hf_count(a) == 3 && moved == one && !copy);
    moved = hf::ref::retained(b);
    SO(hf_count(a) == 2 && hf_count(b) == 2 && moved != one);
    moved = one;
    SO(hf_count(a) == 3 && hf_count(b) == 1);
    hf::ref &same = moved;
    moved = same;
    SO(hf_count(a) == 3 && moved == one);
    moved = passed_through(std::move(moved));
    SO(hf_count(a) == 3);
    hf_ref mine = moved.hand_over();
    SO(mine == a && !moved && hf_count(a) == 3);
    hf::ref taken = hf::ref::owned(mine);
    SO(hf_count(a) == 3);
    taken.reset();
    SO(hf_count(a) == 2 && !taken);
    swap(taken, one);
    SO(taken.get() == a && !one);

    std::unordered_set<hf::ref> set;
    set.insert(taken);
    set.insert(hf::ref::retained(a));
    set.insert(hf::ref::retained(b));
    SO(set.size() == 2 && hf_count(a) == 3 && hf_count(b) == 2);
    std::vector<hf::ref> many(100, taken);
    SO(hf_count(a) == 103);
    many.resize(1);
    SO(hf_count(a) == 4);
  }
  SO(hf_count(a) == 1 && hf_count(b) == 1);
  return 0;
}

int owners_scope_opens_and_closes(hf_ref ref) {
  const void *inside;
  {
    hf::scope outer;
    { hf::scope inner; }
    inside = hf_deref(ref);
  }
  return inside != nullptr && hf_deref(ref) == nullptr && hf_last_status() == HF_ESCOPE;
}
