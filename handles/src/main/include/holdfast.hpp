/*
 * holdfast.hpp: holdfast.h for C++17. Owners and scopes that end by themselves.
 *
 * EXAMPLE
 *
 *   std::unordered_set<hf::ref> known; // gives all counts back at its end
 *
 *   bool meet(hf_ref person) { // an argument: borrowed
 *     hf::scope reading;       // until the end of the block
 *     const Person *p = Person_of(person);
 *     return p != nullptr && p->age > 17 && known.insert(hf::ref::retained(person)).second;
 *   }
 *
 * Nothing here throws. A function that fails gives an empty hf::ref, and hf_last_status says why.
 */
#ifndef HOLDFAST_HPP
#define HOLDFAST_HPP

#include "holdfast.h"
#include <cstddef>
#include <functional>
#include <utility>

namespace hf {

/**
 * Owns one count of a handle, or nothing. A copy takes a count of its own (hf_retain), a move takes
 * over the one that is there and costs nothing; the destructor gives it back. As a value it may be
 * moved between threads; one hf::ref is not to be changed by two threads at once.
 */
class ref {
public:
  constexpr ref() noexcept = default;
  constexpr ref(std::nullptr_t) noexcept {}

  /** Takes over a count that somebody hands over: the result of hf_retain_field, hf_new, ... */
  static ref owned(hf_ref counted) noexcept {
    ref made;
    made.handle_ = counted;
    return made;
  }

  /** Takes one more count of a handle that is counted; empty if it fails, see hf_retain. */
  static ref retained(hf_ref counted) noexcept {
    return owned(counted ? (hf_retain)(counted) : nullptr);
  }

  ref(const ref &other) noexcept : handle_(other.handle_ ? (hf_retain)(other.handle_) : nullptr) {}
  ref(ref &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ref &operator=(ref other) noexcept {
    swap(other);
    return *this;
  }
  ~ref() {
    if (handle_)
      (hf_release)(handle_);
  }

  /** Borrowed: good for as long as this owns it. */
  hf_ref get() const noexcept { return handle_; }
  explicit operator bool() const noexcept { return handle_ != nullptr; }

  /** Hands the count over to the caller, and is empty. */
  [[nodiscard]] hf_ref hand_over() noexcept { return std::exchange(handle_, nullptr); }
  /** Gives the count back, and is empty. */
  void reset() noexcept { ref().swap(*this); }
  void swap(ref &other) noexcept { std::swap(handle_, other.handle_); }

  /** Do both name the same object (or none)? */
  friend bool operator==(const ref &a, const ref &b) noexcept { return a.handle_ == b.handle_; }
  friend bool operator!=(const ref &a, const ref &b) noexcept { return a.handle_ != b.handle_; }
  friend void swap(ref &a, ref &b) noexcept { a.swap(b); }

private:
  hf_ref handle_ = nullptr;
};

/** A scope from here to the end of the block: see SCOPE in holdfast.h. Nests. */
class scope {
public:
  scope() noexcept { hf_enter(); }
  ~scope() { hf_exit(); }
  scope(const scope &) = delete;
  scope &operator=(const scope &) = delete;
};

} // namespace hf

/** By identity, as ==. */
template <> struct std::hash<hf::ref> {
  std::size_t operator()(const hf::ref &ref) const noexcept {
    return std::hash<const void *>()(ref.get());
  }
};

#endif
