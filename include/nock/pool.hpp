/* Memory pools. */
#ifndef NOCK_POOL_HPP
#define NOCK_POOL_HPP

#include "error.hpp"
#include "nock.h"
#include "owner.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace nock {

class buffer;

namespace detail {

struct pool_count {
  using handle_type = nock_pool_t;
  using borrowed_type = const nock_pool_t *;
  static nock_pool_t *ref(const nock_pool_t *pool) noexcept { return nock_pool_ref(pool); }
  static void unref(nock_pool_t *pool) noexcept { nock_pool_unref(pool); }
};

/** A release callback: deletes the object behind user_data. */
template <class Object>
void end_object(void *user_data) noexcept {
  delete static_cast<Object *>(user_data);
}

}  // namespace detail

/**
 * An allocator for data bytes, with statistics: a reference to a nock_pool_t.
 *
 * *Shared*. An empty object means the default pool at the time of each call. All methods are const: they change the pool that
 * this object refers to, not the object. Get one: the default constructor, default_pool, find, new_backend, new_capped,
 * new_proxy, new_logging, new_logging_stream, new_debug, new_callback, from_allocator, from_memory_resource.
 */
class pool : public shared_owner<pool, detail::pool_count> {
 public:
  /** Empty: means the default pool at the time of each call. */
  pool() noexcept = default;

  /** The current default pool; a later set_default does not change the object. */
  [[nodiscard]] static pool default_pool() noexcept { return share(nock_pool_default()); }

  /** Make a pool the default for later calls; an empty one restores the environment's choice. See nock_pool_set_default. */
  static void set_default(const pool &pool) noexcept { nock_pool_set_default(pool.get()); }

  /** The process-wide pool of a backend. See nock_pool_get. */
  [[nodiscard]] static pool find(const char *name) { return detail::make<pool>(nock_pool_get, name); }

  /** How many names backend_name_at has. */
  [[nodiscard]] static std::size_t backend_count() noexcept { return nock_pool_backend_count(); }

  /** The name of a backend, static; NULL when index is too large. */
  [[nodiscard]] static const char *backend_name_at(std::size_t index) noexcept { return nock_pool_backend_name_at(index); }

  /** A pool of a backend with its own options for large blocks. See nock_pool_new_backend. */
  [[nodiscard]] static pool new_backend(const char *name, const nock_pool_backend_options_t &options) {
    return detail::make<pool>(nock_pool_new_backend, name, &options);
  }

  /** A pool over `parent` with a limit on the bytes in use. See nock_pool_new_capped. */
  [[nodiscard]] static pool new_capped(std::uint64_t limit, const pool &parent = pool()) {
    return detail::make<pool>(nock_pool_new_capped, parent.get(), limit);
  }

  /** A pool over `parent` with statistics of its own. See nock_pool_new_proxy. */
  [[nodiscard]] static pool new_proxy(const pool &parent = pool()) {
    return detail::make<pool>(nock_pool_new_proxy, parent.get());
  }

  /**
   * Make a pool that reports each call to a function object.
   *
   * @param tell    moved in; called as `tell(nock_pool_event_t event, std::uint64_t address, std::size_t old_size,
   *                std::size_t size, std::size_t alignment)` on the threads that call the pool, concurrently; it must not use
   *                the pool, and an exception from it terminates the process; it is destroyed with the pool
   * @param parent  shared; gives the memory
   * @return the pool
   * @throws as nock_pool_new_logging fails, and std::bad_alloc when there is no memory for the copy of tell
   *
   * Since: 0.1
   */
  template <class Tell>
  [[nodiscard]] static pool new_logging(Tell tell, const pool &parent = pool()) {
    auto kept = std::make_unique<Tell>(std::move(tell));
    nock_pool_log_callbacks_t callbacks = NOCK_POOL_LOG_CALLBACKS_INIT;
    callbacks.event = [](void *user_data, nock_pool_event_t event, std::uint64_t address, std::size_t old_size,
                         std::size_t size, std::size_t alignment) noexcept {
      (*static_cast<Tell *>(user_data))(event, address, old_size, size, alignment);
    };
    return made_with(nock_pool_new_logging, parent, callbacks, kept);
  }

  /** A pool that writes a line about each call to a stream. See nock_pool_new_logging_stream. */
  [[nodiscard]] static pool new_logging_stream(nock_stream_t *stream, const pool &parent = pool()) {
    return detail::make<pool>(nock_pool_new_logging_stream, parent.get(), stream);
  }

  /** A pool that detects wrong use of its memory and reports it to stderr. See nock_pool_new_debug. */
  [[nodiscard]] static pool new_debug(nock_pool_on_fault_t on_fault, const pool &parent = pool()) {
    return detail::make<pool>(nock_pool_new_debug, parent.get(), on_fault, nullptr);
  }

  /**
   * Make a pool that detects wrong use of its memory and reports it to a function object.
   *
   * @param on_fault  one of NOCK_POOL_ON_FAULT_
   * @param tell      moved in; called as `tell(const char *text)` on the threads that call the pool, concurrently; it must
   *                  not use the pool, and an exception from it terminates the process; it is destroyed with the pool
   * @param parent    shared; gives the memory
   * @return the pool
   * @throws as nock_pool_new_debug fails, and std::bad_alloc when there is no memory for the copy of tell
   *
   * Since: 0.1
   */
  template <class Tell, class = std::enable_if_t<std::is_invocable_v<Tell &, const char *>>>
  [[nodiscard]] static pool new_debug(nock_pool_on_fault_t on_fault, Tell tell, const pool &parent = pool()) {
    auto kept = std::make_unique<Tell>(std::move(tell));
    nock_pool_fault_callbacks_t callbacks = NOCK_POOL_FAULT_CALLBACKS_INIT;
    callbacks.fault = [](void *user_data, const char *text) noexcept { (*static_cast<Tell *>(user_data))(text); };
    const auto make_debug = [on_fault](nock_pool_t *under, const nock_pool_fault_callbacks_t *told, nock_pool_t **out,
                                       nock_error_t **details) {
      return nock_pool_new_debug(under, on_fault, told, out, details);
    };
    return made_with(make_debug, parent, callbacks, kept);
  }

  /** A pool over C functions, which must not throw. See nock_pool_new_callback, and from_allocator. */
  [[nodiscard]] static pool new_callback(const nock_pool_callbacks_t &callbacks) {
    return detail::make<pool>(nock_pool_new_callback, &callbacks);
  }

  /** A pool over a C++ allocator: allocator_pool.hpp. */
  template <class Allocator>
  [[nodiscard]] static pool from_allocator(Allocator allocator);

  /** A pool over a std::pmr::memory_resource: allocator_pool.hpp. */
  template <class Pointer>
  [[nodiscard]] static pool from_memory_resource(Pointer resource);

  /** Allocate raw memory, which dealloc frees. Alignment 0 means 64. See nock_pool_alloc. */
  [[nodiscard]] void *alloc(std::size_t size, std::size_t alignment = 0) const {
    void *block = nullptr;
    detail::call(nock_pool_alloc, get(), size, alignment, &block);
    return block;
  }

  /** Resize raw memory; `block` changes if it moves, and is unchanged if this throws. See nock_pool_realloc. */
  void realloc(void *&block, std::size_t old_size, std::size_t new_size, std::size_t alignment = 0) const {
    detail::call(nock_pool_realloc, get(), &block, old_size, new_size, alignment);
  }

  /** Free raw memory, with its size and alignment; `block` may be NULL. See nock_pool_dealloc. */
  void dealloc(void *block, std::size_t size, std::size_t alignment = 0) const noexcept {
    nock_pool_dealloc(get(), block, size, alignment);
  }

  /** Return freed memory that is kept for reuse to the system. */
  void release_unused() const noexcept { nock_pool_release_unused(get()); }

  /** The name of the backend that the memory comes from, static. */
  [[nodiscard]] const char *backend_name() const noexcept { return nock_pool_backend_name(get()); }

  /** Bytes in use. */
  [[nodiscard]] std::uint64_t bytes_allocated() const noexcept { return nock_pool_bytes_allocated(get()); }

  /** The most bytes that were ever in use at one time. */
  [[nodiscard]] std::uint64_t max_memory() const noexcept { return nock_pool_max_memory(get()); }

  /** Bytes allocated in all. */
  [[nodiscard]] std::uint64_t total_bytes_allocated() const noexcept { return nock_pool_total_bytes_allocated(get()); }

  /** The number of allocations. */
  [[nodiscard]] std::uint64_t num_allocations() const noexcept { return nock_pool_num_allocations(get()); }

  /** The most bytes that may be in use; UINT64_MAX without a limit. */
  [[nodiscard]] std::uint64_t limit() const noexcept { return nock_pool_limit(get()); }

  /** Bytes of freed blocks that are kept for reuse. */
  [[nodiscard]] std::uint64_t cached_bytes() const noexcept { return nock_pool_cached_bytes(get()); }

  /** Bytes that were copied because blocks could not grow in place. */
  [[nodiscard]] std::uint64_t copied_bytes() const noexcept { return nock_pool_copied_bytes(get()); }

  /** The statistics as text, in a buffer of `text_pool`. See nock_pool_stats_text. */
  [[nodiscard]] buffer stats_text(const pool &text_pool = pool()) const;

  /** Tag the blocks allocated from now on; NULL for no tag. See nock_pool_set_tag. */
  void set_tag(const char *tag) const { detail::call(nock_pool_set_tag, get(), tag); }

  /** How many faults a debug pool has found. */
  [[nodiscard]] std::uint64_t fault_count() const noexcept { return nock_pool_fault_count(get()); }

  /** The blocks of a debug pool that are still allocated, as text in a buffer of `text_pool`. See nock_pool_live_text. */
  [[nodiscard]] buffer live_text(const pool &text_pool = pool()) const;

  /** Whether both refer to the same pool. An empty object equals only empty ones. */
  friend bool operator==(const pool &a, const pool &b) noexcept { return a.get() == b.get(); }
  friend bool operator!=(const pool &a, const pool &b) noexcept { return a.get() != b.get(); }

 private:
  /** Make a pool whose callbacks own an object; on failure `kept` keeps it. */
  template <class Function, class Callbacks, class Object>
  static pool made_with(Function function, const pool &parent, Callbacks &callbacks, std::unique_ptr<Object> &kept) {
    callbacks.release = detail::end_object<Object>;
    callbacks.user_data = kept.get();
    const Callbacks *told = &callbacks;
    pool made = detail::make<pool>(function, parent.get(), told);
    static_cast<void>(kept.release());
    return made;
  }
};

/** Bytes of the default pool that are in use. */
[[nodiscard]] inline std::uint64_t total_allocated_bytes() noexcept { return nock_total_allocated_bytes(); }

}  // namespace nock

#endif /* NOCK_POOL_HPP */
