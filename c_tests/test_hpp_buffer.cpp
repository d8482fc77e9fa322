/* Owners of buffers: every constructor, every call, and seeing bytes as elements. */
#include "harness.hpp"

#include <array>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 202002L
#include <ranges>
#include <span>
#endif

static_assert(std::is_nothrow_default_constructible_v<nock::buffer> && std::is_nothrow_copy_constructible_v<nock::buffer> &&
              std::is_nothrow_copy_assignable_v<nock::buffer> && std::is_nothrow_move_constructible_v<nock::buffer> &&
              std::is_nothrow_move_assignable_v<nock::buffer>);
static_assert(sizeof(nock::buffer) == sizeof(void *));

static void references_share_the_bytes() {
  nock::buffer buffer = nock::buffer::new_copy("arrow", 5);
  const nock::buffer copy = buffer;
  CHECK(copy.get() == buffer.get() && copy.data() == buffer.data());
  buffer.mutable_data()[0] = 'A';
  CHECK(copy.text() == "Arrow");
  nock::buffer moved = std::move(buffer);
  CHECK(!buffer && moved.text() == "Arrow");
  swap(buffer, moved);
  CHECK(buffer && !moved);
  moved = nock::buffer::share(buffer.get());
  buffer = nock::buffer::adopt(moved.release());
  buffer.swap(moved);
  CHECK(moved.text() == "Arrow" && !buffer);
}

static void an_empty_buffer_is_null() {
  nock::buffer empty;
  CHECK(!empty && empty.get() == nullptr && empty.data() == nullptr && empty.mutable_data() == nullptr);
  CHECK(empty.size() == 0 && empty.capacity() == 0 && empty.address() == 0 && empty.text().empty() && !empty.parent());
  CHECK(!empty.is_cpu() && !empty.is_mutable() && !empty.is_resizable() && empty.bytes().empty());
  CHECK(empty.mutable_bytes().empty() && empty.as<double>().empty() && !empty.equals(empty));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, empty.slice(0, 0));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, empty.slice_mutable(0, 0));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, empty.copy_range(0, 0));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, empty.hex());
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, empty.resize(1));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, empty.reserve(1));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::concat({empty}));
  empty.freeze();
}

static void each_way_to_make_one() {
  const nock::pool pool = nock::pool::new_capped(8192);
  nock::buffer plain = nock::buffer::alloc(100, pool);
  CHECK(plain.size() == 100 && plain.capacity() == 128 && plain.is_cpu() && plain.is_mutable() && !plain.is_resizable());
  CHECK(plain.address() == reinterpret_cast<std::uintptr_t>(plain.data()) && plain.mutable_data() == plain.data());
  const nock::buffer zeroed = nock::buffer::alloc_zeroed(100, pool);
  for (const std::uint8_t byte : zeroed.bytes()) {
    CHECK(byte == 0);
  }
  CHECK(nock::buffer::alloc_aligned(10, 4096, pool).address() % 4096 == 0);
  CHECK(nock::buffer::alloc_resizable(10, pool).is_resizable());
  const nock::buffer copy = nock::buffer::new_copy(std::vector<std::int32_t>{1, 2, 3}, pool);
  CHECK(copy.size() == 12 && copy.as<std::int32_t>()[2] == 3);
  CHECK(nock::buffer::new_copy(std::string("text"), pool).text() == "text");
  CHECK(nock::buffer::new_copy(nullptr, 0, pool).size() == 0);
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::buffer::alloc(8192, pool));
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::buffer::alloc_zeroed(8192, pool));
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::buffer::alloc_aligned(8192, 128, pool));
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::buffer::alloc_resizable(8192, pool));
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::buffer::new_copy(std::vector<char>(8192), pool));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::alloc_aligned(1, 3, pool));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::new_copy(nullptr, 1, pool));
}

static void memory_of_c_callers() {
  static int released = 0;
  const nock_release_fn release = [](void *user_data) { released += *static_cast<int *>(user_data); };
  int step = 10;
  char bytes[] = "foreign";
  {
    const nock::buffer buffer = nock::buffer::new_foreign(bytes, 7, release, &step);
    CHECK(buffer.text() == "foreign" && !buffer.is_mutable() && buffer.address() == reinterpret_cast<std::uintptr_t>(bytes));
    nock::buffer writable = nock::buffer::new_foreign_mutable(bytes, 7, release, &step);
    writable.mutable_bytes()[0] = 'F';
    CHECK(bytes[0] == 'F' && released == 0);
  }
  CHECK(released == 20);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::new_foreign(nullptr, 7, release, &step));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::new_foreign_mutable(nullptr, 7, release, &step));
  CHECK(released == 20);
  const nock::buffer forever = nock::buffer::new_foreign("static", 6, nullptr, nullptr);
  CHECK(forever.text() == "static");
}

static void parts_and_copies() {
  nock::buffer whole = nock::buffer::new_copy("0123456789", 10);
  const nock::buffer part = whole.slice(2, 5);
  CHECK(part.text() == "23456" && part.parent().get() == whole.get() && !part.is_mutable() && !whole.parent());
  nock::buffer writable = whole.slice_mutable(2, 2);
  writable.mutable_data()[0] = 'x';
  CHECK(part.text() == "x3456");
  const nock::buffer copy = whole.copy_range(2, 5);
  CHECK(copy.equals(part) && copy.data() != part.data() && part.equals_prefix(copy, 3) && !part.equals_prefix(whole, 3));
  CHECK(!part.equals(whole));
  CHECK(nock::buffer::concat({part, copy}).text() == "x3456x3456");
  const std::vector<nock::buffer> list(3, part.slice(0, 1));
  CHECK(nock::buffer::concat(list, nock::pool::new_proxy()).text() == "xxx");
  CHECK(nock::buffer::concat({}).size() == 0);
  CHECK(copy.hex().text() == "7833343536");
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, whole.slice(5, 6));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, whole.slice_mutable(5, 6));
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, whole.copy_range(5, 6));
  whole.freeze();
  CHECK(!whole.is_mutable() && whole.mutable_data() == nullptr && whole.mutable_bytes().empty());
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, whole.slice_mutable(0, 1));
}

static void buffers_are_opened_as_streams() {
  nock::buffer buffer = nock::buffer::new_copy("stream", 6);
  nock::stream writer = buffer.open_writer();
  nock::error_details details;
  nock::check(nock_stream_write(writer.get(), "ST", 2, details.out()), details);
  const nock::stream reader = buffer.open_reader();
  char bytes[6];
  nock::check(nock_stream_read_exact(reader.get(), bytes, 6, details.out()), details);
  CHECK_BYTES(bytes, "STream", 6);
  buffer.freeze();
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, buffer.open_writer());
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer().open_reader());
  writer = nock::stream();
  CHECK(!writer && reader);
}

static void sizes_change() {
  nock::buffer buffer = nock::buffer::alloc_resizable(10);
  std::memset(buffer.mutable_data(), 9, 10);
  buffer.reserve(1000);
  CHECK(buffer.size() == 10 && buffer.capacity() >= 1000);
  buffer.resize(500);
  CHECK(buffer.size() == 500 && buffer.data()[9] == 9);
  buffer.resize(10, NOCK_BUFFER_RESIZE_SHRINK);
  CHECK(buffer.capacity() == 64);
  CHECK_THROWS(NOCK_ERR_UNSUPPORTED, buffer.resize(10, 1U << 30));
  const nock::buffer copy = buffer;
  CHECK_THROWS(NOCK_ERR_BUSY, buffer.resize(11));
  CHECK_THROWS(NOCK_ERR_BUSY, buffer.reserve(1000));
}

static void bytes_are_seen_as_elements() {
  nock::buffer buffer = nock::buffer::alloc_zeroed(15);
  const nock::span<std::int32_t> numbers = buffer.mutable_as<std::int32_t>();
  CHECK(numbers.size() == 3 && numbers.size_bytes() == 12 && !numbers.empty() && numbers.end() - numbers.begin() == 3);
  numbers[1] = 7;
  CHECK(buffer.as<std::int32_t>()[1] == 7 && buffer.data()[4] == 7 && numbers.data() == numbers.begin());
  const nock::buffer odd = buffer.slice(1, 8);
  CHECK(odd.as<char>().size() == 8);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, odd.as<std::int32_t>());
  CHECK_SAID("aligned");
  buffer.freeze();
  CHECK(buffer.mutable_as<std::int32_t>().empty());
}

static std::size_t count_bytes(nock::span<const std::uint8_t> bytes) { return bytes.size(); }

static void spans_are_made_of_what_has_elements() {
  std::vector<std::uint8_t> vector(5);
  const std::array<std::uint8_t, 4> array{};
  std::uint8_t plain[3] = {};
  CHECK(count_bytes(vector) == 5 && count_bytes(array) == 4 && count_bytes(plain) == 3);
  CHECK(count_bytes(nock::buffer::alloc(9).bytes()) == 9 && count_bytes({}) == 0 && count_bytes({plain, 2}) == 2);
  nock::span<std::uint8_t> writable(vector);
  writable[4] = 3;
  CHECK(vector[4] == 3 && count_bytes(writable) == 5);
  static_assert(!std::is_constructible_v<nock::span<std::uint8_t>, const std::vector<std::uint8_t> &>);
  static_assert(!std::is_constructible_v<nock::span<std::uint8_t>, std::vector<int> &>);
#if __cplusplus >= 202002L
  nock::buffer buffer = nock::buffer::alloc_zeroed(8);
  std::span<const std::uint8_t> standard = buffer.bytes();
  std::span<std::uint8_t> standard_writable = buffer.mutable_bytes();
  std::span<const std::int32_t> elements(buffer.as<std::int32_t>());
  standard_writable[0] = 1;
  CHECK(standard.size() == 8 && elements.size() == 2 && elements[0] == 1 && count_bytes(standard) == 8);
  static_assert(std::ranges::contiguous_range<nock::span<int>> && std::ranges::borrowed_range<nock::span<int>> &&
                std::ranges::view<nock::span<int>>);
#endif
}

int main() {
  RUN(references_share_the_bytes);
  RUN(an_empty_buffer_is_null);
  RUN(each_way_to_make_one);
  RUN(memory_of_c_callers);
  RUN(parts_and_copies);
  RUN(buffers_are_opened_as_streams);
  RUN(sizes_change);
  RUN(bytes_are_seen_as_elements);
  RUN(spans_are_made_of_what_has_elements);
  return harness_done();
}
