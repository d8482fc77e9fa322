/* Functions on bits in bytes, as in Arrow's validity bitmaps and boolean arrays, and builders of bitmaps. */
#ifndef NOCK_BITMAP_HPP
#define NOCK_BITMAP_HPP

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

/** Functions on runs of bits in bytes. Every index and range is checked. */
namespace bitmap {

/** The bits of some bytes, borrowed, from bit `offset` on. */
[[nodiscard]] inline nock_bits_t bits_of(span<const std::uint8_t> bytes, std::size_t offset = 0) noexcept {
  return {bytes.data(), bytes.size(), offset};
}

/** The bits of a buffer, borrowed, from bit `offset` on. */
[[nodiscard]] inline nock_bits_t bits_of(const buffer &buffer, std::size_t offset = 0) noexcept {
  return bits_of(buffer.bytes(), offset);
}

/** A mutable buffer of `count` equal bits. See nock_bitmap_new. */
[[nodiscard]] inline buffer create(std::size_t count, bool bit, const pool &pool = nock::pool()) {
  return detail::make<buffer>(nock_bitmap_new, count, static_cast<std::uint8_t>(bit), pool.get());
}

/** Whether a bit is set; false outside of the bytes. See nock_bitmap_get. */
[[nodiscard]] inline bool get(const nock_bits_t &bits, std::size_t index) noexcept { return nock_bitmap_get(&bits, index); }

/** How many of the first `count` bits are set. See nock_bitmap_count. */
[[nodiscard]] inline std::size_t count(const nock_bits_t &bits, std::size_t count) {
  std::size_t set = 0;
  detail::call(nock_bitmap_count, &bits, count, &set);
  return set;
}

/** Whether both have `count` bits and those are the same. See nock_bitmap_equals. */
[[nodiscard]] inline bool equals(const nock_bits_t &a, const nock_bits_t &b, std::size_t count) noexcept {
  return nock_bitmap_equals(&a, &b, count);
}

/** Write one bit. See nock_bitmap_set. */
inline void set(span<std::uint8_t> target, std::size_t target_offset, bool bit) {
  detail::call(nock_bitmap_set, target.data(), target.size(), target_offset, static_cast<std::uint8_t>(bit));
}

/** Write one bit many times. See nock_bitmap_fill. */
inline void fill(span<std::uint8_t> target, std::size_t target_offset, std::size_t count, bool bit) {
  detail::call(nock_bitmap_fill, target.data(), target.size(), target_offset, count, static_cast<std::uint8_t>(bit));
}

/** Copy `count` bits. See nock_bitmap_copy. */
inline void copy(const nock_bits_t &bits, std::size_t count, span<std::uint8_t> target, std::size_t target_offset) {
  detail::call(nock_bitmap_copy, &bits, count, target.data(), target.size(), target_offset);
}

/** Write the opposite of each bit. See nock_bitmap_not. */
inline void bit_not(const nock_bits_t &bits, std::size_t count, span<std::uint8_t> target, std::size_t target_offset) {
  detail::call(nock_bitmap_not, &bits, count, target.data(), target.size(), target_offset);
}

/** Write the bits that are set in both. See nock_bitmap_and. */
inline void bit_and(const nock_bits_t &a, const nock_bits_t &b, std::size_t count, span<std::uint8_t> target,
                    std::size_t target_offset) {
  detail::call(nock_bitmap_and, &a, &b, count, target.data(), target.size(), target_offset);
}

/** Write the bits that are set in at least one. See nock_bitmap_or. */
inline void bit_or(const nock_bits_t &a, const nock_bits_t &b, std::size_t count, span<std::uint8_t> target,
                   std::size_t target_offset) {
  detail::call(nock_bitmap_or, &a, &b, count, target.data(), target.size(), target_offset);
}

/** Write the bits that are set in exactly one. See nock_bitmap_xor. */
inline void bit_xor(const nock_bits_t &a, const nock_bits_t &b, std::size_t count, span<std::uint8_t> target,
                    std::size_t target_offset) {
  detail::call(nock_bitmap_xor, &a, &b, count, target.data(), target.size(), target_offset);
}

/** Write the bits that are set in `a` and not in `b`. See nock_bitmap_and_not. */
inline void bit_and_not(const nock_bits_t &a, const nock_bits_t &b, std::size_t count, span<std::uint8_t> target,
                        std::size_t target_offset) {
  detail::call(nock_bitmap_and_not, &a, &b, count, target.data(), target.size(), target_offset);
}

}  // namespace bitmap

namespace detail {

struct bitmap_builder_end {
  using handle_type = nock_bitmap_builder_t;
  static void free(nock_bitmap_builder_t *builder) noexcept { nock_bitmap_builder_free(builder); }
};

}  // namespace detail

/**
 * Collects bits, counts those that are not set, and turns them into a buffer: owns a nock_bitmap_builder_t. A call that
 * throws leaves it as it was.
 *
 * *Exclusive*. Get one: create. A default-constructed or finished builder is empty; appending to it throws.
 */
class bitmap_builder : public unique_owner<bitmap_builder, detail::bitmap_builder_end> {
 public:
  /** Empty. */
  bitmap_builder() noexcept = default;

  /** A builder that takes its memory from a pool. See nock_bitmap_builder_new. */
  [[nodiscard]] static bitmap_builder create(const pool &pool = nock::pool()) {
    return detail::make<bitmap_builder>(nock_bitmap_builder_new, pool.get());
  }

  /** Append one bit. See nock_bitmap_builder_append. */
  void append(bool bit) { detail::call(nock_bitmap_builder_append, get(), static_cast<std::uint8_t>(bit)); }

  /** Append one bit many times. See nock_bitmap_builder_append_run. */
  void append_run(bool bit, std::size_t count) {
    detail::call(nock_bitmap_builder_append_run, get(), static_cast<std::uint8_t>(bit), count);
  }

  /** Append bits from any offset. See nock_bitmap_builder_append_bits. */
  void append_bits(const nock_bits_t &bits, std::size_t count) {
    detail::call(nock_bitmap_builder_append_bits, get(), &bits, count);
  }

  /** Append a bit for each byte: whether it is not 0. See nock_bitmap_builder_append_bytes. */
  void append_bytes(span<const std::uint8_t> values) {
    detail::call(nock_bitmap_builder_append_bytes, get(), values.data(), values.size());
  }

  /** Make room for more bits. See nock_bitmap_builder_reserve. */
  void reserve(std::size_t additional) { detail::call(nock_bitmap_builder_reserve, get(), additional); }

  /** How many bits were collected. */
  [[nodiscard]] std::size_t length() const noexcept { return nock_bitmap_builder_length(get()); }

  /** How many of them are not set. */
  [[nodiscard]] std::size_t false_count() const noexcept { return nock_bitmap_builder_false_count(get()); }

  /** How many bits fit without another allocation, those collected included. */
  [[nodiscard]] std::size_t capacity() const noexcept { return nock_bitmap_builder_capacity(get()); }

  /** The byte with the first bits, borrowed until the next call that appends, resizes or finishes; NULL when nothing was
   *  reserved yet. See nock_bitmap_builder_data. */
  [[nodiscard]] const std::uint8_t *data() const noexcept {
    return static_cast<const std::uint8_t *>(nock_bitmap_builder_data(get()));
  }

  /** Set the capacity in bits. `flags`: NOCK_BUFFER_RESIZE_. See nock_bitmap_builder_resize. */
  void resize(std::size_t capacity, std::uint32_t flags = 0) {
    detail::call(nock_bitmap_builder_resize, get(), capacity, flags);
  }

  /** Whether a collected bit is set; false beyond the end. See nock_bitmap_builder_get. */
  [[nodiscard]] bool is_set(std::size_t index) const noexcept { return nock_bitmap_builder_get(get(), index); }

  /** Drop everything after the first `length` bits. See nock_bitmap_builder_rewind. */
  void rewind(std::size_t length) { detail::call(nock_bitmap_builder_rewind, get(), length); }

  /** Drop everything and return the memory to the pool. See nock_bitmap_builder_reset. */
  void reset() { detail::call(nock_bitmap_builder_reset, get()); }

  /** Turn the bits into a buffer. The builder is empty afterwards, also if this throws, except for NOCK_ERR_BUSY. See
   *  nock_bitmap_builder_finish. */
  [[nodiscard]] buffer finish() { return detail::make<buffer>(nock_bitmap_builder_finish, slot()); }

  /** The same; the buffer keeps the unused capacity. See nock_bitmap_builder_finish_keep. */
  [[nodiscard]] buffer finish_keep() { return detail::make<buffer>(nock_bitmap_builder_finish_keep, slot()); }
};

}  // namespace nock

#endif /* NOCK_BITMAP_HPP */
