/* A std::pmr::memory_resource over a pool, where the standard library has <memory_resource>. */
#ifndef NOCK_MEMORY_RESOURCE_HPP
#define NOCK_MEMORY_RESOURCE_HPP

#include "allocator.hpp"
#include "pool.hpp"

#include <cstddef>
#include <utility>

#if __has_include(<memory_resource>)
#include <memory_resource>
#endif

#if defined(__cpp_lib_memory_resource)
#define NOCK_HPP_MEMORY_RESOURCE 1
#else
#define NOCK_HPP_MEMORY_RESOURCE 0
#endif

#if NOCK_HPP_MEMORY_RESOURCE

namespace nock {

/**
 * A memory resource for std::pmr containers whose memory comes from a pool.
 *
 * *Shared*, as its pool is. Holds one reference to the pool. Like every resource it must outlive its containers. Two resources
 * are equal when their pools are the same; without run-time type information, only when they are the same object.
 *
 * allocate throws memory_error, a std::bad_alloc, when the pool fails or the alignment is larger than 2 MiB.
 */
class memory_resource final : public std::pmr::memory_resource {
 public:
  /** Over the current default pool; a later set_default does not change it. */
  memory_resource() noexcept : pool_(nock::pool::default_pool()) {}

  /** Over a pool; an empty one means the current default pool. */
  explicit memory_resource(nock::pool pool) noexcept : pool_(pool ? std::move(pool) : nock::pool::default_pool()) {}

  /** Not copyable: containers refer to a resource by its address. */
  memory_resource(const memory_resource &) = delete;
  memory_resource &operator=(const memory_resource &) = delete;
  ~memory_resource() override = default;

  /** The pool, never empty. */
  [[nodiscard]] const nock::pool &get_pool() const noexcept { return pool_; }

 private:
  void *do_allocate(std::size_t size, std::size_t alignment) override { return detail::allocate(pool_, size, alignment); }

  void do_deallocate(void *block, std::size_t size, std::size_t alignment) override {
    pool_.dealloc(block, size, alignment);
  }

  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource &other) const noexcept override {
#if defined(__cpp_rtti) || defined(_CPPRTTI)
    const auto *same_class = dynamic_cast<const memory_resource *>(&other);
    return same_class != nullptr && same_class->pool_ == pool_;
#else
    return this == &other;
#endif
  }

  nock::pool pool_;
};

}  // namespace nock

#endif

#endif /* NOCK_MEMORY_RESOURCE_HPP */
