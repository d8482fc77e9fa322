/* Buffers over containers and other objects that they take over. */
#ifndef NOCK_TAKEN_HPP
#define NOCK_TAKEN_HPP

#include "buffer.hpp"
#include "error.hpp"
#include "nock.h"
#include "pool.hpp"

#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace nock {

namespace detail {

/** An object that was moved in, at a fixed address. */
template <class Object>
struct taken {
  Object object;
  explicit taken(Object &&from) noexcept(std::is_nothrow_move_constructible_v<Object>) : object(std::move(from)) {}
};

/** Calls nock_buffer_new_foreign or nock_buffer_new_foreign_mutable. */
template <bool Mutable>
nock_status_t new_foreign(std::conditional_t<Mutable, void *, const void *> data, std::size_t len, nock_release_fn release,
                          void *user_data, nock_buffer_t **out, nock_error_t **details) noexcept {
  if constexpr (Mutable) {
    return nock_buffer_new_foreign_mutable(data, len, release, user_data, out, details);
  } else {
    return nock_buffer_new_foreign(data, len, release, user_data, out, details);
  }
}

/**
 * Move an object back to where it was moved from. If its move assignment may throw, as that of std::pmr containers may, the
 * moved-from object is destroyed and move-constructed again, which cannot throw: moving in required it.
 */
template <class Object>
void move_back(Object &to, Object &from) noexcept {
  if constexpr (std::is_nothrow_move_assignable_v<Object>) {
    to = std::move(from);
  } else {
    static_assert(!std::is_polymorphic_v<Object> || std::is_final_v<Object>,
                  "a class that may be a base of others needs a move assignment that does not throw");
    std::destroy_at(std::addressof(to));
    ::new (static_cast<void *>(std::addressof(to))) Object(std::move(from));
  }
}

/**
 * Move an object in, and make a buffer over its bytes. On failure the object is moved back.
 *
 * `find` is called with the object at its final address, and returns a pair of the address and number of the bytes.
 */
template <bool Mutable, class Object, class Find>
buffer take_object(Object &object, Find find) {
  static_assert(std::is_nothrow_move_constructible_v<Object>, "the move constructor must not throw: the object could be lost");
  auto kept = std::make_unique<taken<Object>>(std::move(object));
  const auto [data, len] = find(kept->object);
  nock_buffer_t *made = nullptr;
  error_details details;
  const nock_status_t status =
      new_foreign<Mutable>(data, len, end_object<taken<Object>>, kept.get(), &made, details.out());
  if (status != NOCK_OK) {
    move_back(object, kept->object);
    raise(status, std::move(details));
  }
  static_cast<void>(kept.release());
  return buffer::adopt(made);
}

template <bool Mutable, class Container>
buffer take_container(Container &container) {
  using element = std::remove_pointer_t<decltype(std::data(container))>;
  static_assert(std::is_trivially_copyable_v<element>, "elements must be trivially copyable");
  return take_object<Mutable>(container, [](Container &kept) noexcept {
    return std::pair(std::data(kept), std::size(kept) * sizeof(element));
  });
}

template <bool Mutable, class T, class Deleter>
buffer take_elements(std::unique_ptr<T, Deleter> &elements, std::size_t count) {
  using element = std::remove_extent_t<T>;
  std::size_t width = 1;
  if constexpr (!std::is_void_v<element>) {
    static_assert(std::is_trivially_copyable_v<element>, "elements must be trivially copyable");
    width = sizeof(element);
  }
  if (count > std::numeric_limits<std::size_t>::max() / width) {
    throw_as<call_error>(NOCK_ERR_OUT_OF_RANGE, "the size of the elements in bytes overflows");
  }
  return take_object<Mutable>(elements, [len = count * width](std::unique_ptr<T, Deleter> &kept) noexcept {
    return std::pair(kept.get(), len);
  });
}

}  // namespace detail

/**
 * Make an immutable buffer over the elements of a container, without a copy.
 *
 * The container is destroyed with the last reference to the buffer and its slices, on any thread. If the call throws, it is
 * moved back to the caller. It may be a std::string of any length or a std::vector of trivially copyable elements, with any
 * allocator.
 *
 * Cost: one allocation for the container, one for the object.
 *
 * @param container  moved in; has data() and size()
 * @return the buffer
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the container itself
 *
 * Since: 0.1
 */
template <class Container, class>
buffer buffer::take(Container &&container) {
  return detail::take_container<false>(container);
}

/** The same, mutable. */
template <class Container, class>
buffer buffer::take_mutable(Container &&container) {
  return detail::take_container<true>(container);
}

/**
 * Make an immutable buffer over the elements of a std::unique_ptr, with any deleter, such as std::free.
 *
 * The deleter is called with the last reference to the buffer and its slices, on any thread. If the call throws, the pointer
 * is moved back to the caller.
 *
 * Cost: one allocation for the owner, one for the object.
 *
 * @param elements  moved in
 * @param count     how many elements there are; bytes for a std::unique_ptr<void, ...>
 * @return the buffer
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the owner
 * @throws call_error      with NOCK_ERR_OUT_OF_RANGE when the size in bytes overflows, with NOCK_ERR_INVALID_ARGUMENT when
 *                         elements is empty and count is not 0
 *
 * Since: 0.1
 */
template <class T, class Deleter>
buffer buffer::take(std::unique_ptr<T, Deleter> &&elements, std::size_t count) {
  return detail::take_elements<false>(elements, count);
}

/** The same, mutable. */
template <class T, class Deleter>
buffer buffer::take_mutable(std::unique_ptr<T, Deleter> &&elements, std::size_t count) {
  return detail::take_elements<true>(elements, count);
}

/**
 * Make an immutable buffer over memory that an object keeps alive, such as a std::shared_ptr to a container.
 *
 * The object is destroyed with the last reference to the buffer and its slices, on any thread. If the call throws, it is moved
 * back to the caller.
 *
 * Cost: one allocation for the keeper, one for the object.
 *
 * @param data    borrowed while keeper lives; the bytes, which must not move when keeper is moved; may be NULL when len is 0
 * @param len     how many bytes
 * @param keeper  moved in
 * @return the buffer
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the keeper
 * @throws call_error      with NOCK_ERR_INVALID_ARGUMENT when data is NULL and len is not 0
 *
 * Since: 0.1
 */
template <class Keeper, class>
buffer buffer::keep(const void *data, std::size_t len, Keeper &&keeper) {
  return detail::take_object<false>(keeper, [data, len](Keeper &) noexcept { return std::pair(data, len); });
}

/** The same, mutable. */
template <class Keeper, class>
buffer buffer::keep_mutable(void *data, std::size_t len, Keeper &&keeper) {
  return detail::take_object<true>(keeper, [data, len](Keeper &) noexcept { return std::pair(data, len); });
}

}  // namespace nock

#endif /* NOCK_TAKEN_HPP */
