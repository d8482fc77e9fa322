/* Buffers over containers and other objects that they take over. */
#include "harness.hpp"

#include <array>
#include <cstdlib>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

/* Elements whose owner's end can be seen. */
struct counting_deleter {
  int *ends;
  void operator()(const std::uint16_t *elements) const {
    (*ends)++;
    delete[] elements;
  }
};

template <class T>
using can_be_taken = decltype(nock::buffer::take(std::declval<T>()));
template <class T, class = void>
struct takes : std::false_type {};
template <class T>
struct takes<T, std::void_t<can_be_taken<T>>> : std::true_type {};
static_assert(takes<std::vector<int>>::value && takes<std::string &&>::value);
static_assert(!takes<std::vector<int> &>::value && !takes<const std::vector<int>>::value, "only what is moved in is taken");

static void vectors_are_not_copied() {
  std::vector<std::int32_t> numbers(1000);
  std::iota(numbers.begin(), numbers.end(), 0);
  const void *where = numbers.data();
  nock::buffer buffer = nock::buffer::take(std::move(numbers));
  CHECK(buffer.data() == where && buffer.size() == 4000 && !buffer.is_mutable() && buffer.as<std::int32_t>()[999] == 999);
  nock::buffer writable = nock::buffer::take_mutable(std::vector<std::int32_t>(10, 5));
  writable.mutable_as<std::int32_t>()[9] = 6;
  CHECK(writable.as<std::int32_t>()[9] == 6 && writable.as<std::int32_t>()[8] == 5);
  CHECK(nock::buffer::take(std::vector<double>()).size() == 0);
  CHECK(nock::buffer::take(std::array<char, 3>{{'a', 'b', 'c'}}).text() == "abc");
}

static void strings_of_any_length() {
  /* A short string lies inside of its object, so its bytes move with it. */
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{1000}}) {
    std::string text(length, 's');
    const nock::buffer buffer = nock::buffer::take(std::move(text));
    CHECK(buffer.text() == std::string(length, 's'));
    nock::buffer writable = nock::buffer::take_mutable(std::string(length, 'w'));
    CHECK(writable.is_mutable() && writable.text() == std::string(length, 'w'));
  }
}

static void vectors_of_a_pool_count_there() {
  const nock::pool pool = nock::pool::new_proxy();
  {
    std::vector<float, nock::allocator<float, 64>> numbers(100, 1.5F, nock::allocator<float, 64>(pool));
    nock::buffer buffer = nock::buffer::take(std::move(numbers));
    CHECK(pool.bytes_allocated() == 400 && buffer.address() % 64 == 0 && buffer.as<float>()[99] == 1.5F);
  }
  CHECK(pool.bytes_allocated() == 0);
}

static void elements_with_an_owner() {
  int ends = 0;
  {
    std::unique_ptr<std::uint16_t[], counting_deleter> elements(new std::uint16_t[4]{1, 2, 3, 4}, counting_deleter{&ends});
    nock::buffer buffer = nock::buffer::take(std::move(elements), 4);
    CHECK(!elements && buffer.size() == 8 && buffer.as<std::uint16_t>()[3] == 4);
    const nock::buffer part = buffer.slice(6, 2);
    buffer = nock::buffer();
    CHECK(ends == 0 && part.as<std::uint16_t>()[0] == 4);
  }
  CHECK(ends == 1);
  nock::buffer of_c = nock::buffer::take_mutable(std::unique_ptr<void, decltype(&std::free)>(std::malloc(10), std::free), 10);
  std::memset(of_c.mutable_data(), 1, 10);
  CHECK(of_c.size() == 10);
  CHECK(nock::buffer::take(std::make_unique<double>(2.5), 1).as<double>()[0] == 2.5);
  CHECK(nock::buffer::take(std::unique_ptr<int[]>(), 0).size() == 0);
}

static void what_keeps_memory_alive() {
  auto shared = std::make_shared<std::string>("kept alive");
  {
    auto keeper = shared;
    const nock::buffer buffer = nock::buffer::keep(shared->data() + 5, 5, std::move(keeper));
    CHECK(buffer.text() == "alive" && shared.use_count() == 2 && !keeper);
  }
  CHECK(shared.use_count() == 1);
  {
    const auto constant = shared;
    const nock::buffer buffer = nock::buffer::keep(shared->data(), 4, shared);
    nock::buffer writable = nock::buffer::keep_mutable(&(*shared)[0], 4, constant);
    CHECK(buffer.text() == "kept" && writable.mutable_data() == buffer.data() && shared.use_count() == 4);
  }
  CHECK(shared.use_count() == 1);
}

static void what_is_kept_may_be_written() {
  auto shared = std::make_shared<std::string>("kept alive");
  {
    auto keeper = shared;
    nock::buffer buffer = nock::buffer::keep_mutable(&(*shared)[5], 5, std::move(keeper));
    CHECK(buffer.is_mutable() && !buffer.is_resizable() && buffer.size() == 5 && shared.use_count() == 2 && !keeper);
    CHECK(buffer.data() == static_cast<const void *>(shared->data() + 5));
    buffer.mutable_data()[0] = 'A';
    nock::buffer part = buffer.slice_mutable(4, 1);
    buffer = nock::buffer();
    part.mutable_data()[0] = 'E';
    CHECK(*shared == "kept AlivE" && shared.use_count() == 2);
  }
  CHECK(shared.use_count() == 1);
  CHECK(nock::buffer::keep_mutable(nullptr, 0, 5).size() == 0);
}

/* Says that it has elements and shows none, which no buffer accepts. */
struct liar {
  std::unique_ptr<int> mark = std::make_unique<int>(42);
  const char *data() const noexcept { return nullptr; }
  std::size_t size() const noexcept { return 5; }
};

static void what_is_not_taken_is_back() {
  liar lying;
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::take(std::move(lying)));
  CHECK(lying.mark && *lying.mark == 42);
  auto keeper = std::make_shared<int>(1);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::keep(nullptr, 1, std::move(keeper)));
  CHECK(keeper && keeper.use_count() == 1);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::keep_mutable(nullptr, 1, std::move(keeper)));
  CHECK(keeper && keeper.use_count() == 1);
  std::unique_ptr<int[]> none;
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::take(std::move(none), 1));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::take_mutable(std::move(none), 1));
  auto some = std::make_unique<int[]>(3);
  CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, nock::buffer::take(std::move(some), std::numeric_limits<std::size_t>::max() / 2));
  CHECK(some);
}

/* A liar that can be moved into a new object only: its assignment always throws. */
struct unassignable_liar : liar {
  unassignable_liar() = default;
  unassignable_liar(unassignable_liar &&) noexcept = default;
  unassignable_liar &operator=(unassignable_liar &&) { throw std::runtime_error("assigned to"); }
  ~unassignable_liar() = default;
};

static void what_cannot_be_assigned_is_back() {
  unassignable_liar lying;
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::take(std::move(lying)));
  CHECK(lying.mark && *lying.mark == 42);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::keep_mutable(nullptr, 1, std::move(lying)));
  CHECK(lying.mark && *lying.mark == 42);
  /* Nor can what a lambda has captured. */
  auto keeper = [mark = std::make_unique<int>(7)] { return *mark; };
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::keep(nullptr, 1, std::move(keeper)));
  CHECK(keeper() == 7);
}

#if NOCK_HPP_MEMORY_RESOURCE
/* A container of std::pmr that shows no elements. Its assignment copies elements one by one when resources differ. */
struct pmr_liar {
  std::pmr::vector<int> numbers;
  const int *data() const noexcept { return nullptr; }
  std::size_t size() const noexcept { return numbers.size(); }
};
static_assert(!std::is_nothrow_move_assignable_v<pmr_liar>);

static void containers_of_a_memory_resource() {
  nock::memory_resource resource(nock::pool::new_proxy());
  const nock::pool &pool = resource.get_pool();
  /* What does not stay in the resource finds no memory. */
  std::pmr::memory_resource *const before = std::pmr::set_default_resource(std::pmr::null_memory_resource());
  {
    pmr_liar lying{std::pmr::vector<int>(100, 3, &resource)};
    const int *where = lying.numbers.data();
    CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::buffer::take(std::move(lying)));
    CHECK(lying.numbers.data() == where && lying.numbers.size() == 100 && lying.numbers[99] == 3);
    CHECK(lying.numbers.get_allocator().resource() == &resource && pool.num_allocations() == 1);
    const nock::buffer buffer = nock::buffer::take(std::move(lying.numbers));
    CHECK(buffer.data() == static_cast<const void *>(where) && buffer.size() == 400 && pool.num_allocations() == 1);
    std::pmr::string text("in its object", &resource);
    CHECK(nock::buffer::take(std::move(text)).text() == "in its object");
  }
  std::pmr::set_default_resource(before);
  CHECK(pool.bytes_allocated() == 0);
}
#endif

/* Under refused memory, which the tests in c_tests/oom bring about, the container is whole again. */
static void refused_containers_are_whole() {
  std::string text(15, 't');
  std::vector<int> numbers(100, 3);
  try {
    const nock::buffer taken = nock::buffer::take(std::move(text));
    CHECK(taken.size() == 15);
    text = std::string(15, 't');
    const nock::buffer more = nock::buffer::take(std::move(numbers));
    CHECK(more.size() == 100 * sizeof(int));
  } catch (const nock::memory_error &) {
    CHECK(text == std::string(15, 't') && numbers == std::vector<int>(100, 3));
    throw;
  }
}

static void the_last_reference_may_go_anywhere() {
  int ends = 0;
  nock::buffer buffer = nock::buffer::take(
      std::unique_ptr<std::uint16_t[], counting_deleter>(new std::uint16_t[1]{7}, counting_deleter{&ends}), 1);
  std::thread([moved = std::move(buffer)]() mutable { moved = nock::buffer(); }).join();
  CHECK(ends == 1);
}

int main() {
  RUN(vectors_are_not_copied);
  RUN(strings_of_any_length);
  RUN(vectors_of_a_pool_count_there);
  RUN(elements_with_an_owner);
  RUN(what_keeps_memory_alive);
  RUN(what_is_kept_may_be_written);
  RUN(what_is_not_taken_is_back);
  RUN(what_cannot_be_assigned_is_back);
#if NOCK_HPP_MEMORY_RESOURCE
  RUN(containers_of_a_memory_resource);
#endif
  RUN(refused_containers_are_whole);
  RUN(the_last_reference_may_go_anywhere);
  return harness_done();
}
