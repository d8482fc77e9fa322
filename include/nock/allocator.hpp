/* A C++ allocator over a pool. */
#ifndef NOCK_ALLOCATOR_HPP
#define NOCK_ALLOCATOR_HPP

#include "error.hpp"
#include "nock.h"
#include "pool.hpp"

#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

namespace nock {

namespace detail {

/** Allocates for code that expects std::bad_alloc: every failure of the pool is thrown as a memory_error. */
[[nodiscard]] inline void *allocate(const pool &from, std::size_t size, std::size_t alignment) {
  void *block = nullptr;
  error_details details;
  const nock_status_t status = nock_pool_alloc(from.get(), size, alignment, &block, details.out());
  if (status != NOCK_OK) {
    throw_as<memory_error>(status, std::move(details));
  }
  return block;
}

}  // namespace detail

/**
 * An allocator for standard containers whose memory comes from a pool.
 *
 * Holds one reference to the pool, so a container keeps its pool alive. The pool moves with containers that are moved or
 * swapped; a copy-constructed container uses the pool of its source; copy assignment keeps the pool of the target. Two
 * allocators are equal when their pools are the same: either can deallocate memory of the other.
 *
 * *Shared*, as its pool is. A copy, with its destruction, costs two atomic operations; rebinding makes a copy.
 *
 * `Alignment` is the least alignment of each block, a power of two up to 2 MiB, or 0 for that of T. nock::allocator<T, 64>
 * gives the alignment that Arrow recommends. The alignment of an over-aligned T is always respected.
 */
template <class T, std::size_t Alignment = 0>
class allocator {
  static_assert((Alignment & (Alignment - 1)) == 0 && Alignment <= (std::size_t{2} << 20),
                "the alignment is a power of two up to 2 MiB");

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;

  /** The target keeps its pool: copying data into it does not change the pool that counts it. */
  using propagate_on_container_copy_assignment = std::false_type;
  /** The pool moves with its memory, so moving never copies elements and never throws. */
  using propagate_on_container_move_assignment = std::true_type;
  /** As for moving, so that containers of different pools can be swapped. */
  using propagate_on_container_swap = std::true_type;
  using is_always_equal = std::false_type;

  template <class U>
  struct rebind {
    using other = allocator<U, Alignment>;
  };

  /** Over the current default pool; a later set_default does not change it. */
  allocator() noexcept : pool_(nock::pool::default_pool()) {}

  /** Over a pool; an empty one means the current default pool. */
  explicit allocator(nock::pool pool) noexcept : pool_(pool ? std::move(pool) : nock::pool::default_pool()) {}

  /** Over the pool of an allocator of another value type. */
  template <class U>
  allocator(const allocator<U, Alignment> &other) noexcept : pool_(other.get_pool()) {}

  /** Moving copies, since the standard requires that a moved-from allocator is unchanged. */
  allocator(const allocator &other) noexcept = default;
  allocator &operator=(const allocator &other) noexcept = default;
  ~allocator() = default;

  /** The pool, never empty. */
  [[nodiscard]] const nock::pool &get_pool() const noexcept { return pool_; }

  /** The alignment of each block. */
  [[nodiscard]] static constexpr std::size_t alignment() noexcept { return alignof(T) > Alignment ? alignof(T) : Alignment; }

  /**
   * Allocate uninitialised memory for elements.
   *
   * @param count  how many elements; 0 gives an address that must not be accessed
   * @return the address, owned; release it with deallocate and the same count
   * @throws std::bad_array_new_length  when the size in bytes overflows
   * @throws memory_error               when the pool fails with any status; it is a std::bad_alloc and a nock::error
   *
   * Since: 0.1
   */
  [[nodiscard]] T *allocate(std::size_t count) {
    static_assert(alignment() <= (std::size_t{2} << 20), "pools align to 2 MiB at most");
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) {
#if NOCK_HPP_EXCEPTIONS
      throw std::bad_array_new_length();
#else
      detail::raise(NOCK_ERR_OUT_OF_MEMORY, error_details());
#endif
    }
    return static_cast<T *>(detail::allocate(pool_, count * sizeof(T), alignment()));
  }

  /** Deallocate what allocate of an equal allocator returned for the same count. */
  void deallocate(T *block, std::size_t count) noexcept { pool_.dealloc(block, count * sizeof(T), alignment()); }

  /** A copy-constructed container takes its memory from the pool of its source. */
  [[nodiscard]] allocator select_on_container_copy_construction() const noexcept { return *this; }

 private:
  nock::pool pool_;
};

/** Whether the pools are the same, so that either can deallocate memory of the other. */
template <class T, class U, std::size_t Alignment>
[[nodiscard]] bool operator==(const allocator<T, Alignment> &a, const allocator<U, Alignment> &b) noexcept {
  return a.get_pool() == b.get_pool();
}

template <class T, class U, std::size_t Alignment>
[[nodiscard]] bool operator!=(const allocator<T, Alignment> &a, const allocator<U, Alignment> &b) noexcept {
  return a.get_pool() != b.get_pool();
}

}  // namespace nock

#endif /* NOCK_ALLOCATOR_HPP */
