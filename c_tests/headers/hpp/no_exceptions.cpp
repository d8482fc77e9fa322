/* A program without exceptions and run-time type information: all of nock.hpp works, and a failure ends it with a message. */
#include <cstdio>
#include <cstdlib>
#include <cstring>

static void leave(int status, const char *message) {
  std::printf("status %d: %s\n", status, message);
  std::fflush(stdout);
  std::_Exit(status == 4 ? 42 : 1);
}
#define NOCK_HPP_FAIL(status, message) leave(status, message)
#include <nock/nock.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

int main(int argc, char **argv) {
  const nock::pool quota = nock::pool::new_capped(100000);
  {
    const nock::pool pool = nock::pool::from_allocator(nock::allocator<char>(quota));
    std::vector<int, nock::allocator<int>> numbers(100, 1, nock::allocator<int>(pool));
    std::map<int, int, std::less<>, nock::allocator<std::pair<const int, int>>> map{
        nock::allocator<std::pair<const int, int>>(pool)};
    map[1] = 2;
    const nock::buffer buffer = nock::buffer::take(std::move(numbers));
    nock::buffer_builder builder = nock::buffer_builder::create(pool);
    builder.append(buffer.bytes());
    nock::bitmap_builder bits = nock::bitmap_builder::create(pool);
    bits.append(true);
    if (!builder.finish().equals(buffer) || bits.finish().size() != 1) {
      return 1;
    }
    const auto told = std::make_shared<int>(0);
    const nock::pool logging = nock::pool::new_logging(
        [told](nock_pool_event_t, std::uint64_t, std::size_t, std::size_t, std::size_t) { ++*told; });
    logging.dealloc(logging.alloc(1), 1);
    if (*told != 2) {
      return 1;
    }
#if NOCK_HPP_MEMORY_RESOURCE
    nock::memory_resource resource(pool);
    const std::pmr::string text("longer than what fits into the object itself", &resource);
    const nock::pool over = nock::pool::from_memory_resource(&resource);
    if (!resource.is_equal(resource) || nock::buffer::alloc(10, over).size() != 10) {
      return 1;
    }
#endif
  }
  if (quota.bytes_allocated() != 0) {
    return 1;
  }
  if (argc > 1 && std::strcmp(argv[1], "allocator") == 0) {
    static_cast<void>(nock::allocator<char>(quota).allocate(100001));
  } else if (argc > 1) {
    static_cast<void>(quota.alloc(100001));
  }
  return 0;
}
