/* Owners of builders, and bits in bytes. */
#include "harness.hpp"

#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

static_assert(!std::is_copy_constructible_v<nock::buffer_builder> && !std::is_copy_assignable_v<nock::buffer_builder> &&
              std::is_nothrow_move_constructible_v<nock::buffer_builder> &&
              std::is_nothrow_move_assignable_v<nock::buffer_builder>);
static_assert(!std::is_copy_constructible_v<nock::bitmap_builder> && !std::is_copy_assignable_v<nock::bitmap_builder> &&
              std::is_nothrow_move_constructible_v<nock::bitmap_builder> &&
              std::is_nothrow_move_assignable_v<nock::bitmap_builder>);

static void a_builder_has_one_owner() {
  nock::buffer_builder builder = nock::buffer_builder::create();
  builder.append("kept", 4);
  nock::buffer_builder moved = std::move(builder);
  CHECK(!builder && moved && moved.size() == 4);
  swap(builder, moved);
  builder.swap(moved);
  CHECK(moved && !builder);
  builder = std::move(moved);
  nock::buffer_builder &self = builder;
  builder = std::move(self);
  CHECK(builder && builder.size() == 4);
  nock::buffer_builder adopted = nock::buffer_builder::adopt(builder.release());
  CHECK(!builder && adopted.get() != nullptr && adopted.finish().text() == "kept" && !adopted);
}

static void bytes_are_collected() {
  const nock::pool pool = nock::pool::new_proxy();
  nock::buffer_builder builder = nock::buffer_builder::create(pool);
  CHECK(builder.size() == 0 && builder.capacity() == 0 && builder.data() == nullptr && builder.bytes().empty());
  builder.append("ab", 2);
  builder.append(std::string("cd"));
  builder.append(std::vector<std::uint16_t>{0x6565});
  builder.append_fill('f', 3);
  const nock::span<std::uint8_t> room = builder.reserve(10);
  CHECK(room.size() >= 10);
  room[0] = 'g';
  builder.advance(1);
  CHECK(builder.size() == 10 && builder.capacity() >= 19 && builder.data() == builder.bytes().data());
  CHECK(builder.bytes()[9] == 'g');
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, builder.advance(builder.capacity()));
  builder.rewind(9);
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, builder.rewind(10));
  builder.resize(1000);
  CHECK(builder.capacity() >= 1000);
  builder.resize(9, NOCK_BUFFER_RESIZE_SHRINK);
  CHECK(builder.capacity() < 1000);
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, builder.resize(8));
  const nock::buffer buffer = builder.finish();
  CHECK(!builder && buffer.text() == "abcdeefff" && buffer.is_resizable());
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, builder.append("x", 1));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, builder.finish());
}

static void numbers_of_each_width() {
  nock::buffer_builder builder = nock::buffer_builder::create();
  builder.append_i64(-1);
  builder.append_u64(2);
  builder.append_f64(0.5);
  builder.append_i32(-3);
  builder.append_u32(4);
  builder.append_f32(0.25F);
  builder.append_i16(-5);
  builder.append_u16(6);
  builder.append_i8(-7);
  builder.append_u8(8);
  const nock::buffer buffer = builder.finish_keep();
  CHECK(buffer.size() == 42 && buffer.capacity() >= 42 && !builder);
  CHECK(buffer.as<std::int64_t>()[0] == -1 && buffer.as<std::uint64_t>()[1] == 2 && buffer.as<double>()[2] == 0.5);
  CHECK(buffer.as<std::int32_t>()[6] == -3 && buffer.as<std::uint32_t>()[7] == 4 && buffer.as<float>()[8] == 0.25F);
  CHECK(buffer.as<std::int16_t>()[18] == -5 && buffer.as<std::uint16_t>()[19] == 6);
  CHECK(buffer.as<std::int8_t>()[40] == -7 && buffer.data()[41] == 8);
}

static void wide_numbers_and_copies() {
  nock::buffer_builder builder = nock::buffer_builder::create();
  const std::uint64_t words[4] = {1, 2, 3, 4};
  builder.append_i256(words);
  builder.append_i128(5, -1);
  builder.append_f16_bits(0x3C00);
  builder.append_copies("xyz", 3, 2);
  const nock::buffer buffer = builder.finish();
  CHECK(buffer.size() == 32 + 16 + 2 + 6 && buffer.as<std::uint64_t>()[3] == 4 && buffer.as<std::uint64_t>()[4] == 5);
  CHECK(buffer.as<std::int64_t>()[5] == -1 && buffer.as<std::uint16_t>()[24] == 0x3C00);
  CHECK(buffer.text().substr(50) == "xyzxyz");
}

static void a_builder_starts_again() {
  const nock::pool pool = nock::pool::new_capped(256);
  nock::buffer_builder builder = nock::buffer_builder::create(pool);
  builder.append_fill(1, 100);
  CHECK_THROWS(NOCK_ERR_LIMIT, builder.append_fill(1, 1000));
  CHECK_THROWS(NOCK_ERR_LIMIT, builder.reserve(1000));
  CHECK(builder.size() == 100 && pool.bytes_allocated() > 0);
  builder.reset();
  CHECK(builder && builder.size() == 0 && pool.bytes_allocated() == 0);
}

static void bits_are_collected() {
  nock::bitmap_builder builder = nock::bitmap_builder::create();
  builder.append(true);
  builder.append_run(false, 3);
  const std::uint8_t source[] = {0xF0, 0x0F};
  builder.append_bits(nock::bitmap::bits_of(source, 4), 8);
  builder.append_bytes(std::vector<std::uint8_t>{0, 1, 200});
  CHECK(builder.length() == 15 && builder.false_count() == 4 && builder.capacity() >= 15);
  CHECK(builder.is_set(0) && !builder.is_set(1) && builder.is_set(4) && !builder.is_set(12) && !builder.is_set(99));
  builder.reserve(1000);
  CHECK(builder.capacity() >= 1015 && (builder.data()[0] & 0x1F) == 0x11);
  builder.resize(2000);
  CHECK(builder.capacity() >= 2000);
  builder.resize(15, NOCK_BUFFER_RESIZE_SHRINK);
  CHECK(builder.capacity() < 2000 && builder.length() == 15);
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, builder.resize(14));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, builder.append_bits(nock::bitmap::bits_of(source), 17));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, builder.rewind(16));
  builder.rewind(12);
  nock::bitmap_builder moved = std::move(builder);
  const nock::buffer buffer = moved.finish();
  CHECK(!moved && !builder && buffer.size() == 2 && buffer.data()[0] == 0xF1 && buffer.data()[1] == 0x0F);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, moved.append(true));

  moved = nock::bitmap_builder::create(nock::pool::new_capped(64));
  moved.append_run(true, 100);
  CHECK_THROWS(NOCK_ERR_LIMIT, moved.append_run(true, 10000));
  CHECK(moved.length() == 100);
  moved.reset();
  CHECK(moved.length() == 0);
  moved.append(true);
  CHECK(moved.finish_keep().data()[0] == 1);
}

static void bits_of_anybody() {
  namespace bitmap = nock::bitmap;
  nock::buffer buffer = bitmap::create(20, true);
  const nock_bits_t ones = bitmap::bits_of(buffer);
  CHECK(buffer.size() == 3 && bitmap::count(ones, 20) == 20 && bitmap::get(ones, 19) && !bitmap::get(ones, 24));
  CHECK(bitmap::count(bitmap::bits_of(bitmap::create(9, false)), 9) == 0);
  bitmap::set(buffer.mutable_bytes(), 3, false);
  CHECK(!bitmap::get(ones, 3) && bitmap::count(ones, 20) == 19);
  bitmap::fill(buffer.mutable_bytes(), 8, 8, false);
  CHECK(buffer.data()[1] == 0);
  const std::uint8_t a[] = {0x0C};
  const std::uint8_t b[] = {0x0A};
  std::uint8_t out[] = {0};
  const nock_bits_t bits_a = bitmap::bits_of(a);
  const nock_bits_t bits_b = bitmap::bits_of(b);
  bitmap::bit_and(bits_a, bits_b, 4, out, 0);
  CHECK(out[0] == 0x08);
  bitmap::bit_or(bits_a, bits_b, 4, out, 0);
  CHECK(out[0] == 0x0E);
  bitmap::bit_xor(bits_a, bits_b, 4, out, 0);
  CHECK(out[0] == 0x06);
  bitmap::bit_and_not(bits_a, bits_b, 4, out, 0);
  CHECK(out[0] == 0x04);
  bitmap::bit_not(bits_a, 4, out, 0);
  CHECK(out[0] == 0x03);
  bitmap::copy(bits_a, 4, out, 4);
  CHECK(out[0] == 0xC3);
  CHECK(bitmap::equals(bitmap::bits_of(out, 4), bits_a, 4) && !bitmap::equals(bits_a, bits_b, 4));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, bitmap::copy(bits_a, 9, out, 0));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, bitmap::count(bits_a, 9));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, bitmap::set(out, 8, true));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, bitmap::fill(out, 1, 8, true));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, bitmap::bit_not(bits_a, 9, out, 0));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, bitmap::bit_and(bits_a, bits_b, 9, out, 0));
  CHECK_THROWS(NOCK_ERR_LIMIT, bitmap::create(1000, true, nock::pool::new_capped(1)));
}

int main() {
  RUN(a_builder_has_one_owner);
  RUN(bytes_are_collected);
  RUN(numbers_of_each_width);
  RUN(wide_numbers_and_copies);
  RUN(a_builder_starts_again);
  RUN(bits_are_collected);
  RUN(bits_of_anybody);
  return harness_done();
}
