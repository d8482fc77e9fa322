/* The base classes of nock.hpp: ownership of a handle of the C interface. */
#ifndef NOCK_OWNER_HPP
#define NOCK_OWNER_HPP

#include "nock.h"

#include <utility>

namespace nock {

/**
 * Owns one reference to a reference-counted object, or is empty. Copies add a reference.
 *
 * `Self` is the class that derives from this one. `Count` has the type of the handle, its type when borrowed, and the
 * functions that add and release references.
 */
template <class Self, class Count>
class shared_owner {
 public:
  /** The object behind a pointer of the C interface. */
  using handle_type = typename Count::handle_type;

  /** Take ownership of a reference, such as one that a C function gave through `out`. NULL gives an empty object. */
  [[nodiscard]] static Self adopt(handle_type *handle) noexcept {
    Self owner;
    static_cast<shared_owner &>(owner).handle_ = handle;
    return owner;
  }

  /** Add a reference to a borrowed object, such as the result of a C getter. NULL gives an empty object. */
  [[nodiscard]] static Self share(typename Count::borrowed_type handle) noexcept { return adopt(Count::ref(handle)); }

  /** The handle, borrowed from this object; NULL when empty. */
  [[nodiscard]] handle_type *get() const noexcept { return handle_; }

  /** Return the reference, which the caller owns from now on; this object is empty then. */
  [[nodiscard]] handle_type *release() noexcept { return std::exchange(handle_, nullptr); }

  /** Whether there is an object. */
  explicit operator bool() const noexcept { return handle_ != nullptr; }

  /** Swap the handles. */
  void swap(Self &other) noexcept { std::swap(handle_, static_cast<shared_owner &>(other).handle_); }

  friend void swap(Self &a, Self &b) noexcept { a.swap(b); }

 protected:
  shared_owner() noexcept = default;
  shared_owner(const shared_owner &other) noexcept : handle_(Count::ref(other.handle_)) {}
  shared_owner(shared_owner &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ~shared_owner() { Count::unref(handle_); }

  shared_owner &operator=(const shared_owner &other) noexcept {
    Count::unref(std::exchange(handle_, Count::ref(other.handle_)));
    return *this;
  }

  shared_owner &operator=(shared_owner &&other) noexcept {
    handle_type *moved = std::exchange(other.handle_, nullptr);
    Count::unref(std::exchange(handle_, moved));
    return *this;
  }

 private:
  handle_type *handle_ = nullptr;
};

/**
 * The only owner of an object, or empty. Move-only.
 *
 * `Self` is the class that derives from this one. `End` has the type of the handle and the function that frees it.
 */
template <class Self, class End>
class unique_owner {
 public:
  /** The object behind a pointer of the C interface. */
  using handle_type = typename End::handle_type;

  /** Take ownership of an object, such as one that a C function gave through `out`. NULL gives an empty object. */
  [[nodiscard]] static Self adopt(handle_type *handle) noexcept {
    Self owner;
    static_cast<unique_owner &>(owner).handle_ = handle;
    return owner;
  }

  unique_owner(const unique_owner &) = delete;
  unique_owner &operator=(const unique_owner &) = delete;

  /** The handle, borrowed from this object; NULL when empty. */
  [[nodiscard]] handle_type *get() const noexcept { return handle_; }

  /** Return the handle, which the caller owns from now on; this object is empty then. */
  [[nodiscard]] handle_type *release() noexcept { return std::exchange(handle_, nullptr); }

  /** Whether there is an object. */
  explicit operator bool() const noexcept { return handle_ != nullptr; }

  /** Swap the handles. */
  void swap(Self &other) noexcept { std::swap(handle_, static_cast<unique_owner &>(other).handle_); }

  friend void swap(Self &a, Self &b) noexcept { a.swap(b); }

 protected:
  unique_owner() noexcept = default;
  unique_owner(unique_owner &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ~unique_owner() { End::free(handle_); }

  unique_owner &operator=(unique_owner &&other) noexcept {
    handle_type *moved = std::exchange(other.handle_, nullptr);
    End::free(std::exchange(handle_, moved));
    return *this;
  }

  /** The address of the handle, for functions that store into it or consume it. */
  handle_type **slot() noexcept { return &handle_; }

 private:
  handle_type *handle_ = nullptr;
};

}  // namespace nock

#endif /* NOCK_OWNER_HPP */
