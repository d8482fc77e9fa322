/* Pools over allocators of the standard library's kind and over std::pmr. */
#include "harness.hpp"

#include <cstdlib>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>
#if NOCK_HPP_MEMORY_RESOURCE
#include <memory_resource>
#endif

/* What all copies of an allocator share. */
struct ledger {
  std::size_t live_objects = 0;
  std::size_t live_elements = 0;
  std::size_t calls = 0;
  bool inside = false;
};

/* A pointer that is a class, as allocators of shared memory have it. */
template <class T>
class fancy_pointer {
 public:
  using element_type = T;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using reference = T &;
  using pointer = fancy_pointer;
  using iterator_category = std::random_access_iterator_tag;

  fancy_pointer() = default;
  fancy_pointer(std::nullptr_t) {}
  explicit fancy_pointer(T *to) : to_(to) {}
  static fancy_pointer pointer_to(T &to) { return fancy_pointer(&to); }
  T &operator*() const { return *to_; }
  T *operator->() const { return to_; }
  explicit operator bool() const { return to_ != nullptr; }
  friend bool operator==(fancy_pointer a, fancy_pointer b) { return a.to_ == b.to_; }
  friend bool operator!=(fancy_pointer a, fancy_pointer b) { return a.to_ != b.to_; }

 private:
  T *to_ = nullptr;
};

/* An allocator with state and fancy pointers that is not made for threads, and ignores alignments of more than a unit. */
template <class T>
class stateful_allocator {
 public:
  using value_type = T;
  using pointer = fancy_pointer<T>;

  explicit stateful_allocator(std::shared_ptr<ledger> shared) : shared_(std::move(shared)) { shared_->live_objects++; }
  stateful_allocator(const stateful_allocator &other) : shared_(other.shared_) { shared_->live_objects++; }
  template <class U>
  stateful_allocator(const stateful_allocator<U> &other) : shared_(other.shared()) {
    shared_->live_objects++;
  }
  stateful_allocator &operator=(const stateful_allocator &) = delete;
  ~stateful_allocator() { shared_->live_objects--; }

  pointer allocate(std::size_t count) {
    enter();
    auto *block = static_cast<T *>(std::malloc(count * sizeof(T)));
    if (block == nullptr) {
      leave();
      throw std::bad_alloc();
    }
    shared_->live_elements += count;
    shared_->calls++;
    leave();
    return pointer(block);
  }

  void deallocate(pointer block, std::size_t count) noexcept {
    enter();
    shared_->live_elements -= count;
    std::free(block.operator->());
    leave();
  }

  const std::shared_ptr<ledger> &shared() const { return shared_; }
  friend bool operator==(const stateful_allocator &a, const stateful_allocator &b) { return a.shared_ == b.shared_; }
  friend bool operator!=(const stateful_allocator &a, const stateful_allocator &b) { return a.shared_ != b.shared_; }

 private:
  void enter() {
    CHECK(!shared_->inside);
    shared_->inside = true;
  }
  void leave() { shared_->inside = false; }

  std::shared_ptr<ledger> shared_;
};

/* Every block of `pool` is aligned, whole, and keeps its bytes when its size changes. */
static void check_blocks(const nock::pool &pool) {
  const std::size_t sizes[] = {1, 15, 16, 17, 64, 1000, 4097};
  for (std::size_t alignment = 1; alignment <= std::size_t{2} << 20; alignment *= 2) {
    for (const std::size_t size : sizes) {
      void *blocks[2] = {pool.alloc(size, alignment), pool.alloc(size, alignment)};
      for (int i = 0; i < 2; i++) {
        CHECK(reinterpret_cast<std::uintptr_t>(blocks[i]) % alignment == 0);
        std::memset(blocks[i], i + 1, size);
      }
      CHECK(pool.bytes_allocated() == 2 * size);
      const std::size_t grown = size * 3 + 1;
      pool.realloc(blocks[0], size, grown, alignment);
      CHECK(reinterpret_cast<std::uintptr_t>(blocks[0]) % alignment == 0);
      const auto *bytes = static_cast<unsigned char *>(blocks[0]);
      CHECK(bytes[0] == 1 && bytes[size - 1] == 1 && static_cast<unsigned char *>(blocks[1])[size - 1] == 2);
      pool.realloc(blocks[0], grown, 1, alignment);
      CHECK(*static_cast<unsigned char *>(blocks[0]) == 1);
      pool.dealloc(blocks[1], size, alignment);
      pool.dealloc(blocks[0], 1, alignment);
    }
  }
  CHECK(pool.bytes_allocated() == 0);
}

struct alignas(4096) page {
  unsigned char bytes[4096];
};

static void every_alignment_of_any_allocator() {
  check_blocks(nock::pool::from_allocator(std::allocator<char>()));
  check_blocks(nock::pool::from_allocator(std::allocator<double>()));
  check_blocks(nock::pool::from_allocator(std::allocator<page>()));
  check_blocks(nock::pool::from_allocator(nock::allocator<int>()));
  auto shared = std::make_shared<ledger>();
  check_blocks(nock::pool::from_allocator(stateful_allocator<short>(shared)));
  CHECK(shared->calls > 0 && shared->live_elements == 0 && shared->live_objects == 0 && shared.use_count() == 1);
}

static void the_allocator_ends_with_the_pool() {
  auto shared = std::make_shared<ledger>();
  nock::pool pool = nock::pool::from_allocator(stateful_allocator<int>(shared));
  CHECK(shared->live_objects == 1 && std::strcmp(pool.backend_name(), "callback") == 0);
  nock::buffer buffer = nock::buffer::alloc(1000, pool);
  const nock::buffer part = buffer.slice(10, 10);
  pool = nock::pool();
  buffer = nock::buffer();
  CHECK(shared->live_objects == 1 && shared->live_elements > 0);
  static_cast<void>(part.text());
  nock::buffer last = part;
  {
    nock::buffer moved = std::move(last);
    CHECK(moved.size() == 10);
  }
  CHECK(shared->live_objects == 1);
}

static void buffers_and_builders_work_on_it() {
  auto shared = std::make_shared<ledger>();
  {
    const nock::pool pool = nock::pool::from_allocator(stateful_allocator<int>(shared));
    nock::buffer_builder builder = nock::buffer_builder::create(pool);
    for (int i = 0; i < 5000; i++) {
      builder.append_i32(i);
    }
    const nock::buffer buffer = builder.finish();
    CHECK(buffer.as<std::int32_t>()[4999] == 4999 && buffer.address() % 64 == 0);
    CHECK(nock::buffer::alloc_aligned(10, std::size_t{1} << 20, pool).address() % (1 << 20) == 0);
  }
  CHECK(shared->live_elements == 0 && shared->live_objects == 0);
}

/* Throws what it is told to. */
template <class T>
struct throwing_allocator {
  using value_type = T;
  int kind;

  explicit throwing_allocator(int which) noexcept : kind(which) {}
  template <class U>
  throwing_allocator(const throwing_allocator<U> &other) noexcept : kind(other.kind) {}

  T *allocate(std::size_t) {
    switch (kind) {
      case 0: throw std::bad_alloc();
      case 1: throw std::runtime_error("no reason");
      case 2: throw 42;
      case 3: return nullptr;
      default: static_cast<void>(nock::pool::new_capped(1).alloc(2)); return nullptr;
    }
  }
  void deallocate(T *, std::size_t) noexcept {}
  friend bool operator==(const throwing_allocator &, const throwing_allocator &) noexcept { return true; }
  friend bool operator!=(const throwing_allocator &, const throwing_allocator &) noexcept { return false; }
};

static void exceptions_become_refusals() {
  const nock_status_t expected[] = {NOCK_ERR_OUT_OF_MEMORY, NOCK_ERR_OUT_OF_MEMORY, NOCK_ERR_OUT_OF_MEMORY};
  for (int kind = 0; kind < 3; kind++) {
    const nock::pool pool = nock::pool::from_allocator(throwing_allocator<int>(kind));
    CHECK_THROWS(expected[kind], pool.alloc(100));
    CHECK_THROWS(expected[kind], nock::buffer::alloc(100, pool));
    CHECK(pool.bytes_allocated() == 0 && pool.max_memory() == 0);
  }
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::pool::from_allocator(throwing_allocator<int>(4)).alloc(1));
  /* An allocator that breaks its promise and gives no address is found out by the library. */
  CHECK_THROWS(NOCK_ERR_CALLBACK, nock::pool::from_allocator(throwing_allocator<int>(3)).alloc(1, 1));
  CHECK_THROWS(NOCK_ERR_CALLBACK, nock::pool::from_allocator(throwing_allocator<int>(3)).alloc(1, 4096));
  /* More than any allocator can be asked for. */
  const nock::pool huge = nock::pool::from_allocator(std::allocator<char>());
  CHECK_THROWS(NOCK_ERR_OUT_OF_MEMORY, huge.alloc(static_cast<std::size_t>(-1) / 2 - 64, 64));
}

static void quotas_nest_through_allocators() {
  const nock::pool quota = nock::pool::new_capped(1000);
  const nock::pool pool = nock::pool::from_allocator(nock::allocator<char>(quota));
  void *block = pool.alloc(500, 16);
  CHECK(quota.bytes_allocated() == 512 && pool.bytes_allocated() == 500);
  CHECK_THROWS(NOCK_ERR_LIMIT, pool.alloc(500, 16));
  pool.dealloc(block, 500, 16);
  CHECK(quota.bytes_allocated() == 0);
}

static void use_on_threads(const nock::pool &pool) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; t++) {
    threads.emplace_back(in_thread([&pool, t] {
      for (std::size_t i = 1; i < 300; i++) {
        void *block = pool.alloc(i, std::size_t{1} << (i % 10));
        std::memset(block, t, i);
        CHECK(static_cast<unsigned char *>(block)[i - 1] == t);
        pool.dealloc(block, i, std::size_t{1} << (i % 10));
      }
    }));
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  CHECK(pool.bytes_allocated() == 0);
}

static void threads_take_turns() {
  /* This allocator fails a check when two calls meet. */
  use_on_threads(nock::pool::from_allocator(stateful_allocator<int>(std::make_shared<ledger>())));
  use_on_threads(nock::pool::from_allocator(std::allocator<int>()));
}

static void scenario(const nock::pool &pool) {
  nock::buffer buffer = nock::buffer::alloc_resizable(100, pool);
  std::memset(buffer.mutable_data(), 3, 100);
  try {
    buffer.resize(5000);
    buffer.reserve(9000);
  } catch (const nock::memory_error &) {
    CHECK(buffer.size() >= 100 && buffer.data()[99] == 3);
    throw;
  }
  std::memset(buffer.mutable_data(), 3, buffer.size());
  nock::buffer_builder builder = nock::buffer_builder::create(pool);
  for (std::int32_t i = 0; i < 100; i++) {
    try {
      builder.append_i32(i);
    } catch (const nock::memory_error &) {
      CHECK(builder.size() == static_cast<std::size_t>(i) * 4);
      throw;
    }
  }
  nock::bitmap_builder bits = nock::bitmap_builder::create(pool);
  bits.append_run(true, 5000);
  const nock::buffer joined = nock::buffer::concat({buffer, builder.finish(), bits.finish()}, pool);
  CHECK(joined.hex(pool).size() == 2 * joined.size());
  CHECK(pool.stats_text(pool).size() > 0 && nock::bitmap::create(1000, true, pool).size() == 125);
  CHECK(joined.copy_range(1, 99, pool).data()[98] == 3 && nock::buffer::alloc_aligned(1, 4096, pool).size() == 1);
}

static void everything_survives_refusals() { refuse_each_allocation(scenario); }

#if NOCK_HPP_MEMORY_RESOURCE
/* Counts, and refuses more than its limit. */
class counting_resource : public std::pmr::memory_resource {
 public:
  explicit counting_resource(std::size_t limit, bool *ended = nullptr) : limit_(limit), ended_(ended) {}
  counting_resource(const counting_resource &) = delete;
  counting_resource &operator=(const counting_resource &) = delete;
  ~counting_resource() override {
    if (ended_ != nullptr) {
      *ended_ = true;
    }
  }
  std::size_t used = 0;

 private:
  void *do_allocate(std::size_t size, std::size_t alignment) override {
    if (size > limit_ - used) {
      throw std::bad_alloc();
    }
    void *block = std::pmr::new_delete_resource()->allocate(size, alignment);
    used += size;
    return block;
  }
  void do_deallocate(void *block, std::size_t size, std::size_t alignment) override {
    used -= size;
    std::pmr::new_delete_resource()->deallocate(block, size, alignment);
  }
  bool do_is_equal(const std::pmr::memory_resource &other) const noexcept override { return this == &other; }

  std::size_t limit_;
  bool *ended_;
};

static void resources_give_memory() {
  check_blocks(nock::pool::from_memory_resource(std::pmr::new_delete_resource()));
  counting_resource resource(100000);
  {
    const nock::pool pool = nock::pool::from_memory_resource(&resource);
    const nock::buffer buffer = nock::buffer::alloc(1000, pool);
    CHECK(resource.used == 1024 && buffer.address() % 64 == 0);
    CHECK_THROWS(NOCK_ERR_OUT_OF_MEMORY, nock::buffer::alloc(100000, pool));
    use_on_threads(nock::pool::from_memory_resource(&resource));
  }
  CHECK(resource.used == 0);
  std::pmr::monotonic_buffer_resource arena;
  const nock::buffer buffer = nock::buffer::alloc_zeroed(10, nock::pool::from_memory_resource(&arena));
  CHECK(buffer.data()[9] == 0);
}

static void owned_resources_end_with_the_pool() {
  bool ended = false;
  nock::pool pool = nock::pool::from_memory_resource(std::make_unique<counting_resource>(1000, &ended));
  nock::buffer buffer = nock::buffer::alloc(10, pool);
  pool = nock::pool();
  CHECK(!ended);
  buffer = nock::buffer();
  CHECK(ended);
  const auto shared = std::make_shared<counting_resource>(1000);
  const nock::pool other = nock::pool::from_memory_resource(shared);
  CHECK(shared.use_count() == 2);
  std::pmr::memory_resource *none = nullptr;
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::pool::from_memory_resource(none));
}
#endif

int main() {
  RUN(every_alignment_of_any_allocator);
  RUN(the_allocator_ends_with_the_pool);
  RUN(buffers_and_builders_work_on_it);
  RUN(exceptions_become_refusals);
  RUN(quotas_nest_through_allocators);
  RUN(threads_take_turns);
  RUN(everything_survives_refusals);
#if NOCK_HPP_MEMORY_RESOURCE
  RUN(resources_give_memory);
  RUN(owned_resources_end_with_the_pool);
#endif
  return harness_done();
}
