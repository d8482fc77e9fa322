/* Buffers: reference-counted runs of bytes. */
#ifndef NOCK_BUFFER_HPP
#define NOCK_BUFFER_HPP

#include "error.hpp"
#include "nock.h"
#include "owner.hpp"
#include "pool.hpp"
#include "span.hpp"
#include "stream.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace nock {

namespace detail {

struct buffer_count {
  using handle_type = nock_buffer_t;
  using borrowed_type = const nock_buffer_t *;
  static nock_buffer_t *ref(const nock_buffer_t *buffer) noexcept { return nock_buffer_ref(buffer); }
  static void unref(nock_buffer_t *buffer) noexcept { nock_buffer_unref(buffer); }
};

}  // namespace detail

/**
 * A run of bytes: a reference to a nock_buffer_t.
 *
 * *Shared*. A copy of this object refers to the same bytes; copy_range copies bytes. Addresses and spans are borrowed:
 * valid while any copy of this object lives and the size does not change. Get one: alloc, alloc_zeroed, alloc_aligned,
 * alloc_resizable, new_copy, new_foreign, new_foreign_mutable, take, take_mutable, keep, keep_mutable, slice,
 * slice_mutable, copy_range, concat, hex, and finish of a builder.
 */
class buffer : public shared_owner<buffer, detail::buffer_count> {
 public:
  /** Empty. */
  buffer() noexcept = default;

  /** A mutable buffer whose bytes are undefined. See nock_buffer_alloc. */
  [[nodiscard]] static buffer alloc(std::size_t size, const pool &pool = nock::pool()) {
    return detail::make<buffer>(nock_buffer_alloc, size, pool.get());
  }

  /** A mutable buffer of zero bytes. See nock_buffer_alloc_zeroed. */
  [[nodiscard]] static buffer alloc_zeroed(std::size_t size, const pool &pool = nock::pool()) {
    return detail::make<buffer>(nock_buffer_alloc_zeroed, size, pool.get());
  }

  /** A mutable buffer with a larger alignment, up to 2 MiB. See nock_buffer_alloc_aligned. */
  [[nodiscard]] static buffer alloc_aligned(std::size_t size, std::size_t alignment, const pool &pool = nock::pool()) {
    return detail::make<buffer>(nock_buffer_alloc_aligned, size, alignment, pool.get());
  }

  /** A mutable buffer whose size can change. See nock_buffer_alloc_resizable. */
  [[nodiscard]] static buffer alloc_resizable(std::size_t size, const pool &pool = nock::pool()) {
    return detail::make<buffer>(nock_buffer_alloc_resizable, size, pool.get());
  }

  /** A mutable buffer with a copy of `len` bytes. See nock_buffer_new_copy. */
  [[nodiscard]] static buffer new_copy(const void *data, std::size_t len, const pool &pool = nock::pool()) {
    return detail::make<buffer>(nock_buffer_new_copy, data, len, pool.get());
  }

  /** A mutable buffer with a copy of the elements of a container that has data() and size(). See nock_buffer_new_copy. */
  template <class Container, class Element = std::remove_pointer_t<decltype(std::data(std::declval<const Container &>()))>>
  [[nodiscard]] static buffer new_copy(const Container &container, const pool &pool = nock::pool()) {
    static_assert(std::is_trivially_copyable_v<Element>, "elements must be trivially copyable");
    return new_copy(std::data(container), std::size(container) * sizeof(Element), pool);
  }

  /** An immutable buffer over the caller's memory, with a C function that frees it, or NULL. See nock_buffer_new_foreign. */
  [[nodiscard]] static buffer new_foreign(const void *data, std::size_t len, nock_release_fn release, void *user_data) {
    return detail::make<buffer>(nock_buffer_new_foreign, data, len, release, user_data);
  }

  /** The same, mutable. See nock_buffer_new_foreign_mutable. */
  [[nodiscard]] static buffer new_foreign_mutable(void *data, std::size_t len, nock_release_fn release, void *user_data) {
    return detail::make<buffer>(nock_buffer_new_foreign_mutable, data, len, release, user_data);
  }

  /** An immutable buffer over the elements of a container, which is moved in: taken.hpp. */
  template <class Container, class = std::enable_if_t<!std::is_reference_v<Container> && !std::is_const_v<Container>>>
  [[nodiscard]] static buffer take(Container &&container);

  /** The same, mutable: taken.hpp. */
  template <class Container, class = std::enable_if_t<!std::is_reference_v<Container> && !std::is_const_v<Container>>>
  [[nodiscard]] static buffer take_mutable(Container &&container);

  /** An immutable buffer over `count` elements, which it takes ownership of: taken.hpp. */
  template <class T, class Deleter>
  [[nodiscard]] static buffer take(std::unique_ptr<T, Deleter> &&elements, std::size_t count);

  /** The same, mutable: taken.hpp. */
  template <class T, class Deleter>
  [[nodiscard]] static buffer take_mutable(std::unique_ptr<T, Deleter> &&elements, std::size_t count);

  /** An immutable buffer over memory that an object keeps alive, which is moved in: taken.hpp. */
  template <class Keeper, class = std::enable_if_t<!std::is_reference_v<Keeper> && !std::is_const_v<Keeper>>>
  [[nodiscard]] static buffer keep(const void *data, std::size_t len, Keeper &&keeper);

  /** The same with a copy of the object, such as a std::shared_ptr that stays in use. */
  template <class Keeper>
  [[nodiscard]] static buffer keep(const void *data, std::size_t len, const Keeper &keeper) {
    Keeper copy(keeper);
    return keep(data, len, std::move(copy));
  }

  /** The same, mutable: taken.hpp. */
  template <class Keeper, class = std::enable_if_t<!std::is_reference_v<Keeper> && !std::is_const_v<Keeper>>>
  [[nodiscard]] static buffer keep_mutable(void *data, std::size_t len, Keeper &&keeper);

  /** The same with a copy of the object. */
  template <class Keeper>
  [[nodiscard]] static buffer keep_mutable(void *data, std::size_t len, const Keeper &keeper) {
    Keeper copy(keeper);
    return keep_mutable(data, len, std::move(copy));
  }

  /** The bytes of several buffers, in order, in a new mutable buffer. See nock_buffer_concat. */
  [[nodiscard]] static buffer concat(span<const buffer> buffers, const pool &pool = nock::pool()) {
    std::vector<const nock_buffer_t *> handles;
    handles.reserve(buffers.size());
    for (const buffer &each : buffers) {
      handles.push_back(each.get());
    }
    return detail::make<buffer>(nock_buffer_concat, static_cast<const nock_buffer_t *const *>(handles.data()), handles.size(),
                                pool.get());
  }

  /** The same for a list in braces. */
  [[nodiscard]] static buffer concat(std::initializer_list<buffer> buffers, const pool &pool = nock::pool()) {
    return concat(span<const buffer>(buffers), pool);
  }

  /** The first byte; NULL when this is empty or the CPU cannot read the memory. See nock_buffer_data. */
  [[nodiscard]] const std::uint8_t *data() const noexcept {
    return static_cast<const std::uint8_t *>(nock_buffer_data(get()));
  }

  /** The first byte, for writing; NULL when this is empty or immutable, or the CPU cannot write the memory. See
   *  nock_buffer_mutable_data. */
  [[nodiscard]] std::uint8_t *mutable_data() noexcept { return static_cast<std::uint8_t *>(nock_buffer_mutable_data(get())); }

  /** The address as a number, on whatever device. See nock_buffer_address. */
  [[nodiscard]] std::uint64_t address() const noexcept { return nock_buffer_address(get()); }

  /** Bytes, without the padding. */
  [[nodiscard]] std::size_t size() const noexcept { return nock_buffer_size(get()); }

  /** Bytes of memory, padding included. */
  [[nodiscard]] std::size_t capacity() const noexcept { return nock_buffer_capacity(get()); }

  /** Whether the CPU can read the bytes. */
  [[nodiscard]] bool is_cpu() const noexcept { return nock_buffer_is_cpu(get()); }

  /** Whether the bytes may be written. */
  [[nodiscard]] bool is_mutable() const noexcept { return nock_buffer_is_mutable(get()); }

  /** Whether the size may change. */
  [[nodiscard]] bool is_resizable() const noexcept { return nock_buffer_is_resizable(get()); }

  /** The buffer that this slice was taken from; empty when this is no slice. See nock_buffer_parent. */
  [[nodiscard]] buffer parent() const noexcept { return share(nock_buffer_parent(get())); }

  /** All bytes. */
  [[nodiscard]] span<const std::uint8_t> bytes() const noexcept { return readable(*this); }

  /** All bytes, for writing; an empty span when the buffer is immutable. */
  [[nodiscard]] span<std::uint8_t> mutable_bytes() noexcept { return writable(*this); }

  /** All bytes as text, which need not be UTF-8. */
  [[nodiscard]] std::string_view text() const noexcept {
    return data() == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char *>(data()), size());
  }

  /**
   * View the bytes as elements of a type.
   *
   * @return as many whole elements as fit, borrowed like data()
   * @throws call_error  with NOCK_ERR_INVALID_ARGUMENT when the bytes are not aligned for T
   *
   * Since: 0.1
   */
  template <class T>
  [[nodiscard]] span<const T> as() const {
    return elements<const T>(readable(*this));
  }

  /** The same, for writing; an empty span when the buffer is immutable. */
  template <class T>
  [[nodiscard]] span<T> mutable_as() {
    return elements<T>(writable(*this));
  }

  /** An immutable slice, without a copy. See nock_buffer_slice. */
  [[nodiscard]] buffer slice(std::size_t offset, std::size_t len) const {
    return detail::make<buffer>(nock_buffer_slice, get(), offset, len);
  }

  /** A mutable slice, without a copy. See nock_buffer_slice_mutable. */
  [[nodiscard]] buffer slice_mutable(std::size_t offset, std::size_t len) {
    return detail::make<buffer>(nock_buffer_slice_mutable, get(), offset, len);
  }

  /** Copy a part into a new mutable buffer. See nock_buffer_copy_range. */
  [[nodiscard]] buffer copy_range(std::size_t offset, std::size_t len, const pool &pool = nock::pool()) const {
    return detail::make<buffer>(nock_buffer_copy_range, get(), offset, len, pool.get());
  }

  /** The bytes as hexadecimal text, in a new buffer. See nock_buffer_hex. */
  [[nodiscard]] buffer hex(const pool &pool = nock::pool()) const {
    return detail::make<buffer>(nock_buffer_hex, get(), pool.get());
  }

  /** Whether size and bytes are the same; false when one of the objects is empty. See nock_buffer_equals. */
  [[nodiscard]] bool equals(const buffer &other) const noexcept { return nock_buffer_equals(get(), other.get()); }

  /** Whether both have `len` bytes and these are the same. See nock_buffer_equals_prefix. */
  [[nodiscard]] bool equals_prefix(const buffer &other, std::size_t len) const noexcept {
    return nock_buffer_equals_prefix(get(), other.get(), len);
  }

  /** Change the size of a resizable buffer without other references. `flags`: NOCK_BUFFER_RESIZE_. See nock_buffer_resize. */
  void resize(std::size_t size, std::uint32_t flags = 0) { detail::call(nock_buffer_resize, get(), size, flags); }

  /** Make room in a resizable buffer without other references. See nock_buffer_reserve. */
  void reserve(std::size_t capacity) { detail::call(nock_buffer_reserve, get(), capacity); }

  /** Make the buffer immutable, which cannot be undone. See nock_buffer_freeze. */
  void freeze() noexcept { nock_buffer_freeze(get()); }

  /** Read the bytes as a stream. See nock_buffer_open_reader. */
  [[nodiscard]] stream open_reader() const { return detail::make<stream>(nock_buffer_open_reader, get()); }

  /** Write into the bytes as a stream, never beyond the size. See nock_buffer_open_writer. */
  [[nodiscard]] stream open_writer() { return detail::make<stream>(nock_buffer_open_writer, get()); }

 private:
  static span<const std::uint8_t> readable(const buffer &from) noexcept {
    return {from.data(), from.data() == nullptr ? 0 : from.size()};
  }

  static span<std::uint8_t> writable(buffer &from) noexcept {
    std::uint8_t *first = from.mutable_data();
    return {first, first == nullptr ? 0 : from.size()};
  }

  template <class T, class Byte>
  static span<T> elements(span<Byte> bytes) {
    static_assert(std::is_trivially_copyable_v<T>, "elements must be trivially copyable");
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(T) != 0) {
      detail::throw_as<call_error>(NOCK_ERR_INVALID_ARGUMENT, "the bytes of the buffer are not aligned for such elements");
    }
    return {reinterpret_cast<T *>(bytes.data()), bytes.size() / sizeof(T)};
  }
};

inline buffer pool::stats_text(const pool &text_pool) const {
  return detail::make<buffer>(nock_pool_stats_text, get(), text_pool.get());
}

inline buffer pool::live_text(const pool &text_pool) const {
  return detail::make<buffer>(nock_pool_live_text, get(), text_pool.get());
}

}  // namespace nock

#endif /* NOCK_BUFFER_HPP */
