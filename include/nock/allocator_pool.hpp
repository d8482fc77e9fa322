/* Pools over a C++ allocator or a std::pmr::memory_resource. */
#ifndef NOCK_ALLOCATOR_POOL_HPP
#define NOCK_ALLOCATOR_POOL_HPP

#include "error.hpp"
#include "memory_resource.hpp"
#include "nock.h"
#include "pool.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <type_traits>
#include <utility>

namespace nock {

namespace detail {

/** Call a function that may throw, and turn an exception into a status. */
template <class Function>
[[nodiscard]] nock_status_t caught(Function function) noexcept {
#if NOCK_HPP_EXCEPTIONS
  try {
    return function();
  } catch (const memory_error &refused) {
    return refused.status() == NOCK_ERR_LIMIT ? NOCK_ERR_LIMIT : NOCK_ERR_OUT_OF_MEMORY;
  } catch (...) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
#else
  return function();
#endif
}

/** The type that allocators are rebound to: memory comes in multiples of it, with the alignment of std::max_align_t. */
struct alignas(std::max_align_t) unit {
  unsigned char bytes[alignof(std::max_align_t)];
};

/**
 * Blocks of any alignment from an allocator that supports the alignment of a unit.
 *
 * A block with a larger alignment is placed within a larger allocation. The word before it holds its distance from the start:
 *
 *     | unused ... | distance (size_t) | block, aligned ... | unused |
 *     ^ address from the allocator     ^ address that the pool gives
 */
template <class Allocator>
class allocator_source {
  using traits = typename std::allocator_traits<Allocator>::template rebind_traits<unit>;
  using units_allocator = typename traits::allocator_type;
  using pointer = typename traits::pointer;

 public:
  explicit allocator_source(Allocator &&from) : allocator_(std::move(from)) {}

  /** Stateless allocators have nothing that a lock could protect. */
  static constexpr bool locks = !(std::is_empty_v<units_allocator> && traits::is_always_equal::value);

  /** A NULL or misaligned address from the allocator is not checked here: the pool does that. */
  nock_status_t alloc(std::size_t size, std::size_t alignment, void **out) {
    const std::size_t more = slack(alignment);
    const std::size_t whole = units_of(size);
    if (more > traits::max_size(allocator_) || whole > traits::max_size(allocator_) - more) {
      return NOCK_ERR_OUT_OF_MEMORY;
    }
    pointer first = traits::allocate(allocator_, whole + more);
    auto *bytes = reinterpret_cast<unsigned char *>(raw(first));
    if (more == 0 || bytes == nullptr) {
      *out = bytes;
      return NOCK_OK;
    }
    const auto address = reinterpret_cast<std::uintptr_t>(bytes);
    const std::uintptr_t aligned = (address + sizeof(std::size_t) + alignment - 1) & ~(std::uintptr_t{alignment} - 1);
    const std::size_t distance = aligned - address;
    std::memcpy(bytes + distance - sizeof distance, &distance, sizeof distance);
    *out = bytes + distance;
    return NOCK_OK;
  }

  void dealloc(void *block, std::size_t size, std::size_t alignment) {
    auto *bytes = static_cast<unsigned char *>(block);
    const std::size_t more = slack(alignment);
    if (more != 0) {
      std::size_t distance = 0;
      std::memcpy(&distance, bytes - sizeof distance, sizeof distance);
      bytes -= distance;
    }
    traits::deallocate(allocator_, fancy(reinterpret_cast<unit *>(bytes)), units_of(size) + more);
  }

 private:
  static constexpr std::size_t units_of(std::size_t size) noexcept {
    return size / sizeof(unit) + (size % sizeof(unit) != 0 ? 1 : 0);
  }

  /** Units to allocate besides those of the block: for the alignment and for the distance. */
  static constexpr std::size_t slack(std::size_t alignment) noexcept {
    return alignment <= alignof(unit) ? 0 : alignment / sizeof(unit) + 1;
  }

  static unit *raw(unit *first) noexcept { return first; }
  template <class Fancy>
  static unit *raw(const Fancy &first) noexcept {
    return raw(first.operator->());
  }

  static pointer fancy(unit *first) noexcept {
    if constexpr (std::is_pointer_v<pointer>) {
      return first;
    } else {
      return std::pointer_traits<pointer>::pointer_to(*first);
    }
  }

  units_allocator allocator_;
};

#if NOCK_HPP_MEMORY_RESOURCE
/** Blocks of a std::pmr::memory_resource, which supports all alignments. */
template <class Pointer>
class resource_source {
 public:
  explicit resource_source(Pointer &&resource) noexcept : resource_(std::move(resource)) {}

  static constexpr bool locks = true;

  nock_status_t alloc(std::size_t size, std::size_t alignment, void **out) {
    *out = resource().allocate(size, alignment);
    return NOCK_OK;
  }

  void dealloc(void *block, std::size_t size, std::size_t alignment) { resource().deallocate(block, size, alignment); }

 private:
  std::pmr::memory_resource &resource() noexcept { return *resource_; }

  Pointer resource_;
};
#endif

/** The pool callbacks over a source: one call at a time, and no exceptions. */
template <class Source>
class called_source {
 public:
  template <class From>
  explicit called_source(From &&from) : source_(std::forward<From>(from)) {}

  static nock_status_t alloc(void *self, std::size_t size, std::size_t alignment, void **out) noexcept {
    return caught([&] {
      auto *called = static_cast<called_source *>(self);
      const auto lock = called->guard();
      return called->source_.alloc(size, alignment, out);
    });
  }

  static void dealloc(void *self, void *block, std::size_t size, std::size_t alignment) noexcept {
    auto *called = static_cast<called_source *>(self);
    const auto lock = called->guard();
    called->source_.dealloc(block, size, alignment);
  }

 private:
  struct nothing {};
  struct no_lock {
    /* A user-provided destructor avoids the warning about an unused variable. */
    ~no_lock() {}
  };

  auto guard() {
    if constexpr (Source::locks) {
      return std::unique_lock<std::mutex>(mutex_);
    } else {
      return no_lock();
    }
  }

  std::conditional_t<Source::locks, std::mutex, nothing> mutex_;
  Source source_;
};

template <class Source, class From>
[[nodiscard]] pool pool_of(From &&from) {
  using called = called_source<Source>;
  auto kept = std::make_unique<called>(std::forward<From>(from));
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = called::alloc;
  callbacks.dealloc = called::dealloc;
  callbacks.release = end_object<called>;
  callbacks.user_data = kept.get();
  pool made = pool::new_callback(callbacks);
  static_cast<void>(kept.release());
  return made;
}

}  // namespace detail

/**
 * Make a pool over a C++ allocator, of any value type, stateful or not.
 *
 * The pool supports every alignment from 1 to 2 MiB, whatever the allocator supports. If the allocator throws, the allocation
 * fails with NOCK_ERR_LIMIT if that is the status of a memory_error, and with NOCK_ERR_OUT_OF_MEMORY otherwise. The allocator
 * is called on the threads that use the pool: one call at a time if it is stateful, concurrently if it is stateless. The pool
 * never grows a block in place. The statistics count the sizes that users of the pool asked for.
 *
 * Cost: a lock for each call, if the allocator is stateful. A block aligned to more than std::max_align_t takes its alignment
 * and 16 bytes more; other sizes are rounded up to 16.
 *
 * @param allocator  moved in; destroyed with the last reference to the pool; its deallocate must not throw, and it must not
 *                   use the pool
 * @return the pool; its backend_name() is "callback"
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the allocator itself
 *
 * Since: 0.1
 */
template <class Allocator>
pool pool::from_allocator(Allocator allocator) {
  return detail::pool_of<detail::allocator_source<Allocator>>(std::move(allocator));
}

#if NOCK_HPP_MEMORY_RESOURCE
/**
 * Make a pool over a std::pmr::memory_resource.
 *
 * If the resource throws, the allocation fails, as in from_allocator. The pool calls the resource on the threads that use the
 * pool, one call at a time. The caller must synchronise other uses of the resource.
 *
 * Cost: a lock for each call.
 *
 * @param resource  not NULL; either a std::pmr::memory_resource *, borrowed, which must outlive the pool and its buffers, or a
 *                  std::unique_ptr or std::shared_ptr to a resource, moved in and destroyed with the last reference to the pool
 * @return the pool; its backend_name() is "callback"
 * @throws memory_error    when there is no memory for the object
 * @throws std::bad_alloc  when there is no memory for the pointer
 * @throws call_error      with NOCK_ERR_INVALID_ARGUMENT when resource is NULL
 *
 * Since: 0.1
 */
template <class Pointer>
pool pool::from_memory_resource(Pointer resource) {
  if (resource == nullptr) {
    detail::throw_as<call_error>(NOCK_ERR_INVALID_ARGUMENT, "resource is NULL");
  }
  return detail::pool_of<detail::resource_source<Pointer>>(std::move(resource));
}
#endif

}  // namespace nock

#endif /* NOCK_ALLOCATOR_POOL_HPP */
