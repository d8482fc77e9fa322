/* Containers of the standard library on memory of pools: nock::allocator, nock::memory_resource. */
#include "harness.hpp"

#include <limits>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>
#if NOCK_HPP_MEMORY_RESOURCE
#include <memory_resource>
#endif

template <class T>
using vector = std::vector<T, nock::allocator<T>>;
using text = std::basic_string<char, std::char_traits<char>, nock::allocator<char>>;
using traits = std::allocator_traits<nock::allocator<int>>;

static_assert(std::is_same_v<traits::rebind_alloc<double>, nock::allocator<double>>);
static_assert(std::is_same_v<std::allocator_traits<nock::allocator<int, 64>>::rebind_alloc<char>, nock::allocator<char, 64>>);
static_assert(!traits::propagate_on_container_copy_assignment::value && traits::propagate_on_container_move_assignment::value &&
              traits::propagate_on_container_swap::value && !traits::is_always_equal::value);
static_assert(std::is_nothrow_default_constructible_v<nock::allocator<int>> &&
              std::is_nothrow_copy_constructible_v<nock::allocator<int>> &&
              std::is_nothrow_constructible_v<nock::allocator<int>, const nock::allocator<char> &>);
static_assert(noexcept(std::declval<nock::allocator<int> &>().deallocate(nullptr, 0)));
static_assert(std::is_nothrow_move_assignable_v<vector<int>> && std::is_nothrow_swappable_v<vector<int>>);
static_assert(!std::is_convertible_v<nock::pool, nock::allocator<int>>, "a pool becomes an allocator only when asked to");

struct incomplete;
struct tree {
  vector<incomplete> children;
};
struct incomplete {
  int value;
};

static void pools_are_held_and_compared() {
  const nock::pool pool = nock::pool::new_proxy();
  const nock::allocator<int> a(pool);
  const nock::allocator<double> b(a);
  const nock::allocator<int> c(nock::pool::new_proxy(pool));
  CHECK(a == b && !(a != b) && a != c && !(a == c) && a.get_pool() == pool && b.get_pool() == pool);
  CHECK(a.select_on_container_copy_construction() == a);
  /* The default pool of the moment, for good. */
  const nock::allocator<int> standard;
  const nock::allocator<int> of_empty{nock::pool()};
  nock::pool::set_default(pool);
  CHECK(nock::allocator<int>() == a);
  nock::pool::set_default(nock::pool());
  CHECK(standard == of_empty && standard.get_pool() == nock::pool::default_pool() && standard == nock::allocator<int>());
  /* A moved-from allocator is what it was. */
  nock::allocator<int> source(pool);
  const nock::allocator<int> moved(std::move(source));
  CHECK(source == moved && source.get_pool() == pool);
  source = c;
  CHECK(source == c);
}

static void raw_elements() {
  const nock::pool pool = nock::pool::new_capped(1000);
  nock::allocator<int> allocator(pool);
  int *block = allocator.allocate(10);
  CHECK(pool.bytes_allocated() == 40);
  block[9] = 1;
  allocator.deallocate(block, 10);
  CHECK(pool.bytes_allocated() == 0);
  allocator.deallocate(allocator.allocate(0), 0);
  CHECK_THROWS(NOCK_ERR_LIMIT, allocator.allocate(251));
  bool thrown = false;
  try {
    static_cast<void>(allocator.allocate(std::numeric_limits<std::size_t>::max() / sizeof(int) + 1));
  } catch (const std::bad_array_new_length &) {
    thrown = true;
  }
  CHECK(thrown);
  /* As many bytes as an address space has: no overflow, but more than any pool gives. */
  CHECK_THROWS(NOCK_ERR_OUT_OF_MEMORY, nock::allocator<char>().allocate(std::numeric_limits<std::size_t>::max()));
  CHECK(pool.bytes_allocated() == 0);
}

static void a_pool_that_refuses_otherwise_is_bad_alloc_too() {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = [](void *, std::size_t, std::size_t, void **) -> nock_status_t { return NOCK_CALLBACK_STATUS_BASE; };
  callbacks.dealloc = [](void *, void *, std::size_t, std::size_t) {};
  nock::allocator<int> allocator(nock::pool::new_callback(callbacks));
  try {
    static_cast<void>(allocator.allocate(1));
    harness_fail(__FILE__, __LINE__, "the pool refuses");
  } catch (const std::bad_alloc &refused) {
    CHECK(std::strstr(refused.what(), "1000") != nullptr);
  }
}

template <std::size_t Alignment>
static void check_alignment() {
  struct alignas(Alignment) wide {
    unsigned char bytes[Alignment];
  };
  const nock::pool pool = nock::pool::new_proxy();
  static_assert(nock::allocator<wide>::alignment() == Alignment);
  static_assert(nock::allocator<char, Alignment>::alignment() == Alignment);
  const vector<wide> elements(3, nock::allocator<wide>(pool));
  const std::vector<char, nock::allocator<char, Alignment>> bytes(5, 'x', nock::allocator<char, Alignment>(pool));
  CHECK(reinterpret_cast<std::uintptr_t>(elements.data()) % Alignment == 0);
  CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % Alignment == 0);
  CHECK(pool.bytes_allocated() == 3 * Alignment + 5);
}

static void every_alignment_is_honoured() {
  check_alignment<1>();
  check_alignment<2>();
  check_alignment<16>();
  check_alignment<32>();
  check_alignment<64>();
  check_alignment<4096>();
  check_alignment<std::size_t{2} << 20>();
}

static void containers_live_on_a_pool() {
  const nock::pool pool = nock::pool::new_proxy();
  {
    vector<int> numbers{nock::allocator<int>(pool)};
    for (int i = 0; i < 10000; i++) {
      numbers.push_back(i);
    }
    CHECK(numbers[9999] == 9999 && pool.bytes_allocated() == numbers.capacity() * sizeof(int));
    std::map<int, text, std::less<>, nock::allocator<std::pair<const int, text>>> map{
        nock::allocator<std::pair<const int, text>>(pool)};
    std::unordered_map<int, int, std::hash<int>, std::equal_to<>, nock::allocator<std::pair<const int, int>>> hashed{
        nock::allocator<std::pair<const int, int>>(pool)};
    std::list<double, nock::allocator<double>> list{nock::allocator<double>(pool)};
    const std::size_t before = pool.bytes_allocated();
    for (int i = 0; i < 100; i++) {
      map.emplace(i, text("a text that is too long to lie inside of its object", nock::allocator<char>(pool)));
      hashed[i] = i;
      list.push_back(i);
    }
    CHECK(map.size() == 100 && hashed.at(99) == 99 && list.back() == 99 && map.at(5).size() == 51);
    CHECK(pool.bytes_allocated() > before + 100 * (51 + 8 + 8));
    map.erase(5);
    hashed.rehash(1000);
    list.sort([](double a, double b) { return a > b; });
    CHECK(list.front() == 99);
    const auto shared = std::allocate_shared<std::vector<int>>(nock::allocator<int>(pool), 3, 7);
    const std::weak_ptr<std::vector<int>> weak = shared;
    CHECK(shared->at(2) == 7 && weak.use_count() == 1);
    tree nested{vector<incomplete>(2, nock::allocator<incomplete>(pool))};
    CHECK(nested.children.size() == 2);
  }
  CHECK(pool.bytes_allocated() == 0);
}

static void pools_move_with_containers_and_stay_under_copies() {
  const nock::pool a = nock::pool::new_proxy();
  const nock::pool b = nock::pool::new_proxy();
  vector<int> of_a(100, 1, nock::allocator<int>(a));
  vector<int> of_b(50, 2, nock::allocator<int>(b));
  const vector<int> copy = of_a;
  CHECK(copy.get_allocator().get_pool() == a && a.bytes_allocated() == 800);
  of_b = of_a;
  CHECK(of_b.get_allocator().get_pool() == b && of_b.size() == 100 && b.bytes_allocated() == 400);
  const int *where = of_a.data();
  of_b = std::move(of_a);
  CHECK(of_b.get_allocator().get_pool() == a && of_b.data() == where && b.bytes_allocated() == 0);
  /* What was moved from can be used again, on its pool. */
  of_a.assign(10, 4);
  CHECK(of_a.get_allocator().get_pool() == a);
  vector<int> other(5, 3, nock::allocator<int>(b));
  swap(other, of_b);
  CHECK(other.get_allocator().get_pool() == a && of_b.get_allocator().get_pool() == b && of_b.size() == 5);
  std::list<int, nock::allocator<int>> front(3, 1, nock::allocator<int>(a));
  std::list<int, nock::allocator<int>> back(2, 2, nock::allocator<int>(a));
  front.splice(front.end(), back);
  CHECK(front.size() == 5 && back.empty());
}

static void a_container_keeps_its_pool() {
  faults state;
  nock::pool pool = nock::pool::from_allocator(faulty_allocator<char>(state));
  {
    vector<int> numbers(10, 1, nock::allocator<int>(pool));
    pool = nock::pool();
    CHECK(state.live == 1 && numbers[9] == 1);
  }
  CHECK(state.live == 0);
}

static void threads_share_a_pool() {
  const nock::pool pool = nock::pool::new_proxy();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; t++) {
    threads.emplace_back(in_thread([pool] {
      for (int round = 0; round < 100; round++) {
        std::list<int, nock::allocator<int>> list{nock::allocator<int>(pool)};
        list.assign(20, round);
        const vector<int> numbers(list.begin(), list.end(), nock::allocator<int>(pool));
        CHECK(numbers.back() == round);
      }
    }));
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  CHECK(pool.bytes_allocated() == 0);
}

#if NOCK_HPP_MEMORY_RESOURCE
static void resources_of_std_pmr() {
  const nock::pool pool = nock::pool::new_capped(100000);
  nock::memory_resource resource(pool);
  const nock::memory_resource same(pool);
  const nock::memory_resource other{nock::pool::new_proxy()};
  CHECK(resource.get_pool() == pool && resource == resource && resource != other);
  CHECK(nock::memory_resource().get_pool() == nock::pool::default_pool());
  CHECK(nock::memory_resource(nock::pool()).get_pool() == nock::pool::default_pool());
  CHECK(resource == same && resource != *std::pmr::new_delete_resource());
  {
    std::pmr::vector<std::pmr::string> texts(&resource);
    texts.emplace_back("a text that is too long to lie inside of its object");
    CHECK(texts[0].get_allocator().resource() == &resource && pool.bytes_allocated() > 52);
    std::pmr::unsynchronized_pool_resource pooled(&resource);
    std::pmr::vector<int> numbers(100, 1, &pooled);
    CHECK(numbers.back() == 1);
  }
  CHECK(pool.bytes_allocated() == 0);
  void *block = resource.allocate(10, 4096);
  CHECK(reinterpret_cast<std::uintptr_t>(block) % 4096 == 0 && pool.bytes_allocated() == 10);
  resource.deallocate(block, 10, 4096);
  CHECK_THROWS(NOCK_ERR_LIMIT, resource.allocate(100001));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, resource.allocate(1, std::size_t{4} << 20));
}
#endif

/* Anything but a memory_error would be a bad_alloc that says nothing of a status; std::allocator's own are not at work here. */
static void scenario(const nock::pool &pool) {
  vector<int> numbers{nock::allocator<int>(pool)};
  for (int i = 0; i < 40; i++) {
    try {
      numbers.push_back(i);
    } catch (const nock::memory_error &) {
      CHECK(numbers.size() == static_cast<std::size_t>(i) && (i == 0 || numbers.back() == i - 1));
      throw;
    }
  }
  std::map<int, text, std::less<>, nock::allocator<std::pair<const int, text>>> map{
      nock::allocator<std::pair<const int, text>>(pool)};
  std::unordered_map<int, int, std::hash<int>, std::equal_to<>, nock::allocator<std::pair<const int, int>>> hashed{
      nock::allocator<std::pair<const int, int>>(pool)};
  std::list<double, nock::allocator<double>> list{nock::allocator<double>(pool)};
  for (int i = 0; i < 5; i++) {
    map.emplace(i, text("a text that is too long to lie inside of its object", nock::allocator<char>(pool)));
    hashed[i] = i;
    list.push_back(i);
  }
  const auto copy = map;
  const auto shared = std::allocate_shared<int>(nock::allocator<int>(pool), 3);
  CHECK(copy.size() == 5 && *shared == 3);
}

static void containers_survive_refusals() { refuse_each_allocation(scenario); }

int main() {
  RUN(pools_are_held_and_compared);
  RUN(raw_elements);
  RUN(a_pool_that_refuses_otherwise_is_bad_alloc_too);
  RUN(every_alignment_is_honoured);
  RUN(containers_live_on_a_pool);
  RUN(pools_move_with_containers_and_stay_under_copies);
  RUN(a_container_keeps_its_pool);
  RUN(threads_share_a_pool);
#if NOCK_HPP_MEMORY_RESOURCE
  RUN(resources_of_std_pmr);
#endif
  RUN(containers_survive_refusals);
  return harness_done();
}
