/* An allocator of the standard library over a pool. */
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

/** Raw memory for code that knows std::bad_alloc only: whatever a pool refuses with is a memory_error. */
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
 * Gives the containers of the standard library memory of a pool, which counts and caps it.
 *
 * Holds one reference of the pool, so a container keeps its pool alive. Containers that are moved or swapped take their pool
 * along; a copy-constructed one gets the pool of its source; one that is assigned to by copying keeps its own. Two are equal
 * when their pools are the same one: then either may give back what the other one gave.
 *
 * *Shared*, as its pool is. Copies, and with them rebinding, cost two atomic operations.
 *
 * `Alignment` is a power of two up to 2 MiB: the least alignment of each block, 0 for what T needs. Vectors of
 * nock::allocator<T, 64> lie as Arrow recommends. An over-aligned T is honoured in any case.
 */
template <class T, std::size_t Alignment = 0>
class allocator {
  static_assert((Alignment & (Alignment - 1)) == 0 && Alignment <= (std::size_t{2} << 20),
                "the alignment is a power of two up to 2 MiB");

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;

  /** The target keeps its pool: copying data into it does not change whose quota it is on. */
  using propagate_on_container_copy_assignment = std::false_type;
  /** The memory comes along with the pool that it goes back to, so moving never copies elements and never throws. */
  using propagate_on_container_move_assignment = std::true_type;
  /** The same, and swapping containers of different pools is allowed. */
  using propagate_on_container_swap = std::true_type;
  using is_always_equal = std::false_type;

  template <class U>
  struct rebind {
    using other = allocator<U, Alignment>;
  };

  /** Over the pool that is the default now, also when another one becomes the default later. */
  allocator() noexcept : pool_(nock::pool::default_pool()) {}

  /** Over a pool; an empty one stands for the pool that is the default now. */
  explicit allocator(nock::pool pool) noexcept : pool_(pool ? std::move(pool) : nock::pool::default_pool()) {}

  /** Over the pool of an allocator for other elements. */
  template <class U>
  allocator(const allocator<U, Alignment> &other) noexcept : pool_(other.get_pool()) {}

  /** A moved-from allocator is as before, as containers expect it: there is no move, only copies. */
  allocator(const allocator &other) noexcept = default;
  allocator &operator=(const allocator &other) noexcept = default;
  ~allocator() = default;

  /** The pool, never empty. */
  [[nodiscard]] const nock::pool &get_pool() const noexcept { return pool_; }

  /** The alignment of each block. */
  [[nodiscard]] static constexpr std::size_t alignment() noexcept { return alignof(T) > Alignment ? alignof(T) : Alignment; }

  /**
   * Take uninitialised memory for elements.
   *
   * @param count  how many elements; 0 gives an address that must not be accessed
   * @return the address, owned; give it back with deallocate and the same count
   * @throws std::bad_array_new_length  when so many elements are more than an address space
   * @throws memory_error               when the pool refuses, whatever its status: a std::bad_alloc and a nock::error
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

  /** Give back what allocate of an equal allocator gave for the same count. */
  void deallocate(T *block, std::size_t count) noexcept { pool_.dealloc(block, count * sizeof(T), alignment()); }

  /** A copy-constructed container takes its memory from the pool of its source. */
  [[nodiscard]] allocator select_on_container_copy_construction() const noexcept { return *this; }

 private:
  nock::pool pool_;
};

/** Whether either may give back what the other one gave: whether their pools are the same. */
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
