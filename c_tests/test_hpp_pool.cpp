/* Owners of pools: counting references, every constructor, every call. */
#include "harness.hpp"

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

static_assert(std::is_nothrow_default_constructible_v<nock::pool> && std::is_nothrow_copy_constructible_v<nock::pool> &&
              std::is_nothrow_copy_assignable_v<nock::pool> && std::is_nothrow_move_constructible_v<nock::pool> &&
              std::is_nothrow_move_assignable_v<nock::pool> && std::is_nothrow_swappable_v<nock::pool>);
static_assert(sizeof(nock::pool) == sizeof(void *));
static_assert(!std::is_convertible_v<nock::pool, bool> && std::is_constructible_v<bool, nock::pool>);

/* A pool whose end can be seen. */
static nock::pool watched(bool &ended) {
  struct watch {
    bool *flag;
    explicit watch(bool &at) : flag(&at) {}
    watch(watch &&other) noexcept : flag(std::exchange(other.flag, nullptr)) {}
    ~watch() {
      if (flag != nullptr) {
        *flag = true;
      }
    }
    void operator()(nock_pool_event_t, std::uint64_t, std::size_t, std::size_t, std::size_t) const {}
  };
  ended = false;
  return nock::pool::new_logging(watch(ended));
}

static void references_are_counted() {
  bool ended = false;
  nock::pool pool = watched(ended);
  nock::pool copy = pool;
  CHECK(copy == pool && !(copy != pool) && copy.get() == pool.get());
  nock::pool moved = std::move(pool);
  CHECK(!pool && moved && moved == copy && pool != copy);
  copy = nock::pool();
  CHECK(!ended && !copy);
  copy = moved;
  moved = nock::pool();
  CHECK(!ended);
  nock::pool &self = copy;
  copy = self;
  CHECK(copy && !ended);
  copy = std::move(self);
  CHECK(copy && !ended);
  swap(copy, moved);
  CHECK(!copy && moved);
  copy.swap(moved);
  CHECK(copy && !moved);
  std::swap(copy, moved);
  CHECK(moved && !copy);

  nock_pool_t *raw = moved.release();
  CHECK(!moved && raw != nullptr && !ended);
  nock::pool shared = nock::pool::share(raw);
  nock::pool adopted = nock::pool::adopt(raw);
  shared = nock::pool();
  CHECK(!ended && adopted.get() == raw);
  nock::pool &self_again = adopted;
  adopted = std::move(self_again);
  CHECK(!ended && adopted);
  adopted = nock::pool();
  CHECK(ended);
  CHECK(!nock::pool::adopt(nullptr) && !nock::pool::share(nullptr));
}

static void an_empty_pool_is_the_default_one() {
  const nock::pool empty;
  CHECK(!empty && empty.get() == nullptr && empty == nock::pool());
  CHECK(empty.bytes_allocated() == 0 && nock::total_allocated_bytes() == 0);
  const nock::pool standard = nock::pool::default_pool();
  CHECK(standard && standard != empty && standard.get() == nock_pool_default());
  void *block = empty.alloc(100);
  CHECK(standard.bytes_allocated() == 100 && nock::total_allocated_bytes() == 100);
  standard.dealloc(block, 100);
  CHECK(std::string(empty.backend_name()) == standard.backend_name());

  const nock::pool other = nock::pool::new_proxy();
  nock::pool::set_default(other);
  CHECK(nock::pool::default_pool() == other);
  nock::pool::set_default(nock::pool());
  CHECK(nock::pool::default_pool() == standard);
}

static void backends_are_found() {
  CHECK(nock::pool::backend_count() >= 1);
  CHECK(nock::pool::backend_name_at(nock::pool::backend_count()) == nullptr);
  for (std::size_t i = 0; i < nock::pool::backend_count(); i++) {
    const char *name = nock::pool::backend_name_at(i);
    CHECK(std::string(nock::pool::find(name).backend_name()) == name);
    nock_pool_backend_options_t options = NOCK_POOL_BACKEND_OPTIONS_INIT;
    options.flags = NOCK_POOL_BACKEND_NO_CACHE;
    const nock::pool own = nock::pool::new_backend(name, options);
    CHECK(std::string(own.backend_name()) == name);
    options.flags = 1U << 30;
    CHECK_THROWS(NOCK_ERR_UNSUPPORTED, nock::pool::new_backend(name, options));
  }
  CHECK_THROWS(NOCK_ERR_NOT_FOUND, nock::pool::find("no such backend"));
}

static void raw_memory_and_statistics() {
  const nock::pool pool = nock::pool::new_capped(10000, nock::pool::new_proxy());
  CHECK(pool.limit() == 10000 && nock::pool::new_proxy(pool).limit() != 10000);
  void *block = pool.alloc(1000, 256);
  CHECK(reinterpret_cast<std::uintptr_t>(block) % 256 == 0);
  std::memset(block, 5, 1000);
  pool.realloc(block, 1000, 5000, 256);
  CHECK(static_cast<unsigned char *>(block)[999] == 5 && pool.bytes_allocated() == 5000 && pool.max_memory() >= 5000);
  void *before = block;
  CHECK_THROWS(NOCK_ERR_LIMIT, pool.realloc(block, 5000, 10001, 256));
  CHECK(block == before && pool.bytes_allocated() == 5000);
  CHECK_THROWS(NOCK_ERR_LIMIT, pool.alloc(5001));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, pool.alloc(1, 3));
  pool.dealloc(block, 5000, 256);
  pool.dealloc(nullptr, 0);
  CHECK(pool.bytes_allocated() == 0 && pool.total_bytes_allocated() == 5000 && pool.num_allocations() == 2);
  CHECK(pool.copied_bytes() <= 1000);
  pool.release_unused();
  CHECK(pool.cached_bytes() == 0);
  const nock::buffer text = pool.stats_text();
  CHECK(text.text().find(": 5000\n") != std::string_view::npos);
  CHECK_THROWS(NOCK_ERR_LIMIT, pool.stats_text(nock::pool::new_capped(1)));
}

static void logging_pools_tell() {
  struct entry {
    nock_pool_event_t event;
    std::size_t old_size, size, alignment;
  };
  auto entries = std::make_shared<std::vector<entry>>();
  {
    const nock::pool pool = nock::pool::new_logging(
        [entries](nock_pool_event_t event, std::uint64_t, std::size_t old_size, std::size_t size, std::size_t alignment) {
          entries->push_back({event, old_size, size, alignment});
        });
    CHECK(entries.use_count() == 2);
    void *block = pool.alloc(10, 128);
    pool.realloc(block, 10, 20, 128);
    pool.dealloc(block, 20, 128);
  }
  CHECK(entries.use_count() == 1 && entries->size() == 3);
  CHECK((*entries)[0].event == NOCK_POOL_EVENT_ALLOC && (*entries)[0].size == 10 && (*entries)[0].alignment == 128);
  CHECK((*entries)[1].event == NOCK_POOL_EVENT_REALLOC && (*entries)[1].old_size == 10 && (*entries)[1].size == 20);
  CHECK((*entries)[2].event == NOCK_POOL_EVENT_DEALLOC);

  nock_stream_t *stream = nullptr;
  nock::error_details details;
  nock::check(nock_stream_new_buffer_writer(0, nullptr, &stream, details.out()), details);
  {
    const nock::pool pool = nock::pool::new_logging_stream(stream);
    pool.dealloc(pool.alloc(77), 77);
  }
  nock_buffer_t *lines = nullptr;
  nock::check(nock_stream_finish_buffer(stream, &lines, details.out()), details);
  CHECK(nock::buffer::adopt(lines).text().find("77") != std::string_view::npos);
  nock_stream_unref(stream);
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::pool::new_logging_stream(nullptr));
}

static void debug_pools_tell() {
  auto faults_told = std::make_shared<std::vector<std::string>>();
  const nock::pool quiet = nock::pool::new_debug(NOCK_POOL_ON_FAULT_CONTINUE, nock::pool());
  CHECK(quiet.fault_count() == 0);
  {
    const nock::pool pool = nock::pool::new_debug(NOCK_POOL_ON_FAULT_CONTINUE,
                                                  [faults_told](const char *text) { faults_told->push_back(text); });
    pool.set_tag("a tag");
    auto *block = static_cast<unsigned char *>(pool.alloc(64));
    CHECK(pool.live_text().text().find("a tag") != std::string_view::npos);
    const unsigned char kept = block[64];
    block[64] = static_cast<unsigned char>(~kept);
    pool.dealloc(block, 64);
    CHECK(pool.fault_count() == 1);
    pool.set_tag(nullptr);
  }
  CHECK(faults_told.use_count() == 1 && faults_told->size() == 1 && !faults_told->front().empty());
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::pool::new_debug(99));
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::pool::new_debug(99, [](const char *) {}));
  const nock::pool plain = nock::pool::new_proxy(nock::pool::find("system"));
  CHECK_THROWS(NOCK_ERR_UNSUPPORTED, plain.set_tag("x"));
  CHECK_THROWS(NOCK_ERR_UNSUPPORTED, plain.live_text());
}

static void what_cannot_be_made_ends() {
  /* 64 levels are allowed; the object that the pool would have kept ends when it is not made. */
  nock::pool pool = nock::pool::find("system");
  for (int depth = 0; depth < 64; depth++) {
    pool = nock::pool::new_proxy(pool);
  }
  auto seen = std::make_shared<int>(0);
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::pool::new_logging(
                                   [seen](nock_pool_event_t, std::uint64_t, std::size_t, std::size_t, std::size_t) {}, pool));
  CHECK(seen.use_count() == 1);
}

static void callback_pools_of_c_functions() {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  CHECK_THROWS(NOCK_ERR_INVALID_ARGUMENT, nock::pool::new_callback(callbacks));
  CHECK_SAID("alloc");
  callbacks.alloc = [](void *, std::size_t, std::size_t, void **) -> nock_status_t { return NOCK_ERR_LIMIT; };
  callbacks.dealloc = [](void *, void *, std::size_t, std::size_t) {};
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::pool::new_callback(callbacks).alloc(1));
}

int main() {
  RUN(references_are_counted);
  RUN(an_empty_pool_is_the_default_one);
  RUN(backends_are_found);
  RUN(raw_memory_and_statistics);
  RUN(logging_pools_tell);
  RUN(debug_pools_tell);
  RUN(what_cannot_be_made_ends);
  RUN(callback_pools_of_c_functions);
  return harness_done();
}
