/* Buffer builders. */
#ifndef NOCK_BUFFER_BUILDER_HPP
#define NOCK_BUFFER_BUILDER_HPP

#include "buffer.hpp"
#include "error.hpp"
#include "nock.h"
#include "owner.hpp"
#include "pool.hpp"
#include "span.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace nock {

namespace detail {

struct buffer_builder_end {
  using handle_type = nock_buffer_builder_t;
  static void free(nock_buffer_builder_t *builder) noexcept { nock_buffer_builder_free(builder); }
};

}  // namespace detail

/**
 * Collects bytes and turns them into a buffer: owns a nock_buffer_builder_t. A call that throws leaves it as it was.
 *
 * *Exclusive*. Get one: create. A default-constructed or finished builder is empty; appending to it throws.
 */
class buffer_builder : public unique_owner<buffer_builder, detail::buffer_builder_end> {
 public:
  /** Empty. */
  buffer_builder() noexcept = default;

  /** A builder that takes its memory from a pool. See nock_buffer_builder_new. */
  [[nodiscard]] static buffer_builder create(const pool &pool = nock::pool()) {
    return detail::make<buffer_builder>(nock_buffer_builder_new, pool.get());
  }

  /** How many bytes were collected. */
  [[nodiscard]] std::size_t size() const noexcept { return nock_buffer_builder_size(get()); }

  /** How many bytes fit without another allocation, those collected included. */
  [[nodiscard]] std::size_t capacity() const noexcept { return nock_buffer_builder_capacity(get()); }

  /** The first byte, borrowed until the next call that appends, resizes or finishes; NULL when nothing was reserved yet. */
  [[nodiscard]] const std::uint8_t *data() const noexcept {
    return static_cast<const std::uint8_t *>(nock_buffer_builder_data(get()));
  }

  /** The collected bytes, borrowed like data(). */
  [[nodiscard]] span<const std::uint8_t> bytes() const noexcept { return {data(), size()}; }

  /** Make room for at least `additional` bytes and return it, borrowed until the next call. See nock_buffer_builder_reserve. */
  span<std::uint8_t> reserve(std::size_t additional) {
    void *tail = nullptr;
    std::size_t room = 0;
    detail::call(nock_buffer_builder_reserve, get(), additional, &tail, &room);
    return {static_cast<std::uint8_t *>(tail), room};
  }

  /** Count bytes that were written to the reserved room. See nock_buffer_builder_advance. */
  void advance(std::size_t len) { detail::call(nock_buffer_builder_advance, get(), len); }

  /** Append `len` bytes. See nock_buffer_builder_append. */
  void append(const void *data, std::size_t len) { detail::call(nock_buffer_builder_append, get(), data, len); }

  /** Append the elements of a container that has data() and size(), as they lie in memory. See nock_buffer_builder_append. */
  template <class Container, class Element = std::remove_pointer_t<decltype(std::data(std::declval<const Container &>()))>>
  void append(const Container &container) {
    static_assert(std::is_trivially_copyable_v<Element>, "elements must be trivially copyable");
    append(std::data(container), std::size(container) * sizeof(Element));
  }

  /** Append one byte many times. See nock_buffer_builder_append_fill. */
  void append_fill(std::uint8_t byte, std::size_t count) {
    detail::call(nock_buffer_builder_append_fill, get(), byte, count);
  }

  /** Append a run of `len` bytes many times. See nock_buffer_builder_append_copies. */
  void append_copies(const void *data, std::size_t len, std::size_t count) {
    detail::call(nock_buffer_builder_append_copies, get(), data, len, count);
  }

  /** Append the bits of a 16-bit float. See nock_buffer_builder_append_f16_bits. */
  void append_f16_bits(std::uint16_t bits) { detail::call(nock_buffer_builder_append_f16_bits, get(), bits); }

  /** Append 128 bits, the sign in `high`. See nock_buffer_builder_append_i128. */
  void append_i128(std::uint64_t low, std::int64_t high) {
    detail::call(nock_buffer_builder_append_i128, get(), low, high);
  }

  /** Append 256 bits, the least significant word first, the sign in the last. See nock_buffer_builder_append_i256. */
  void append_i256(const std::uint64_t (&words)[4]) {
    detail::call(nock_buffer_builder_append_i256, get(), static_cast<const std::uint64_t *>(words));
  }

  /** Append a number in the machine's byte order; there is one function for each type. See nock_buffer_builder_append_i8. */
  void append_i8(std::int8_t number) { detail::call(nock_buffer_builder_append_i8, get(), number); }
  void append_i16(std::int16_t number) { detail::call(nock_buffer_builder_append_i16, get(), number); }
  void append_i32(std::int32_t number) { detail::call(nock_buffer_builder_append_i32, get(), number); }
  void append_i64(std::int64_t number) { detail::call(nock_buffer_builder_append_i64, get(), number); }
  void append_u8(std::uint8_t number) { detail::call(nock_buffer_builder_append_u8, get(), number); }
  void append_u16(std::uint16_t number) { detail::call(nock_buffer_builder_append_u16, get(), number); }
  void append_u32(std::uint32_t number) { detail::call(nock_buffer_builder_append_u32, get(), number); }
  void append_u64(std::uint64_t number) { detail::call(nock_buffer_builder_append_u64, get(), number); }
  void append_f32(float number) { detail::call(nock_buffer_builder_append_f32, get(), number); }
  void append_f64(double number) { detail::call(nock_buffer_builder_append_f64, get(), number); }

  /** Drop everything after the first `size` bytes. See nock_buffer_builder_rewind. */
  void rewind(std::size_t size) { detail::call(nock_buffer_builder_rewind, get(), size); }

  /** Set the capacity in bytes. `flags`: NOCK_BUFFER_RESIZE_. See nock_buffer_builder_resize. */
  void resize(std::size_t capacity, std::uint32_t flags = 0) {
    detail::call(nock_buffer_builder_resize, get(), capacity, flags);
  }

  /** Drop everything and return the memory to the pool. See nock_buffer_builder_reset. */
  void reset() { detail::call(nock_buffer_builder_reset, get()); }

  /** Turn the bytes into a buffer. The builder is empty afterwards, also if this throws, except for NOCK_ERR_BUSY. See
   *  nock_buffer_builder_finish. */
  [[nodiscard]] buffer finish() { return detail::make<buffer>(nock_buffer_builder_finish, slot()); }

  /** The same; the buffer keeps the unused capacity. See nock_buffer_builder_finish_keep. */
  [[nodiscard]] buffer finish_keep() { return detail::make<buffer>(nock_buffer_builder_finish_keep, slot()); }
};

}  // namespace nock

#endif /* NOCK_BUFFER_BUILDER_HPP */
