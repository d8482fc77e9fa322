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

/** An object that was moved in, at an address that stays. */
template <class Object>
struct taken {
  Object object;
  explicit taken(Object &&from) noexcept(std::is_nothrow_move_constructible_v<Object>) : object(std::move(from)) {}
};

/** Calls the constructor of foreign buffers that fits the constness of the bytes. */
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
 * Give back what was moved in, to where it was. An object whose assignment may throw, as that of containers of std::pmr may, is
 * built there anew instead: moving in already needed a constructor that does not throw.
 */
template <class Object>
void move_back(Object &to, Object &from) noexcept {
  if constexpr (std::is_nothrow_move_assignable_v<Object>) {
    to = std::move(from);
  } else {
    static_assert(!std::is_polymorphic_v<Object> || std::is_final_v<Object>,
                  "what may be a part of an object of another class is moved back by an assignment that does not throw");
    std::destroy_at(std::addressof(to));
    ::new (static_cast<void *>(std::addressof(to))) Object(std::move(from));
  }
}

/**
 * Move an object in, and make a buffer over the bytes that it then shows. When that fails it is moved back.
 *
 * `find` gets the object at the address where it stays, and returns a pair of address and bytes.
 */
template <bool Mutable, class Object, class Find>
buffer take_object(Object &object, Find find) {
  static_assert(std::is_nothrow_move_constructible_v<Object>, "a move that may throw could lose what is taken over");
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
  static_assert(std::is_trivially_copyable_v<element>, "only elements that are their bytes can become a buffer");
  return take_object<Mutable>(container, [](Container &kept) noexcept {
    return std::pair(std::data(kept), std::size(kept) * sizeof(element));
  });
}

template <bool Mutable, class T, class Deleter>
buffer take_elements(std::unique_ptr<T, Deleter> &elements, std::size_t count) {
  using element = std::remove_extent_t<T>;
  std::size_t width = 1;
  if constexpr (!std::is_void_v<element>) {
    static_assert(std::is_trivially_copyable_v<element>, "only elements that are their bytes can become a buffer");
    width = sizeof(element);
  }
  if (count > std::numeric_limits<std::size_t>::max() / width) {
    throw_as<call_error>(NOCK_ERR_OUT_OF_RANGE, "so many elements are more bytes than an address space has");
  }
  return take_object<Mutable>(elements, [len = count * width](std::unique_ptr<T, Deleter> &kept) noexcept {
    return std::pair(kept.get(), len);
  });
}

}  // namespace detail

/**
 * Make an immutable buffer of a container, without a copy of its elements.
 *
 * The container ends with the last reference to the buffer and its slices, on whatever thread that is. When the call throws
 * it is back with the caller as it was. A std::string of any length and every std::vector of trivially copyable elements
 * will do, also one whose memory comes from a nock::allocator.
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
 * Make an immutable buffer of elements that have an owner already, such as a std::unique_ptr<T[]> or one with std::free.
 *
 * They end with the last reference to the buffer and its slices, on whatever thread that is. When the call throws they are
 * back with the caller.
 *
 * Cost: one allocation for the owner, one for the object.
 *
 * @param elements  moved in
 * @param count     how many elements there are; bytes for a std::unique_ptr<void, ...>
 * @return the buffer
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the owner
 * @throws call_error      with NOCK_ERR_OUT_OF_RANGE when there cannot be so many, with NOCK_ERR_INVALID_ARGUMENT when elements
 *                         is empty and count is not 0
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
 * Make an immutable buffer over memory that an object keeps alive, such as a std::shared_ptr to something that has it.
 *
 * The object ends with the last reference to the buffer and its slices, on whatever thread that is. When the call throws it
 * is back with the caller.
 *
 * Cost: one allocation for the keeper, one for the object.
 *
 * @param data    borrowed until keeper ends; the bytes, which stay where they are when keeper is moved; may be NULL when len
 *                is 0
 * @param len     how many
 * @param keeper  moved in
 * @return the buffer
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the keeper
 * @throws call_error      with NOCK_ERR_INVALID_ARGUMENT when data is NULL with a len
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
