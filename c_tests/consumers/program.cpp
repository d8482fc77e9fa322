/* What a user's first C++ program does with an installed nock.hpp. */
#include <nock/nock.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

int main() {
  try {
    const nock::pool quota = nock::pool::new_capped(1000);
    std::vector<int, nock::allocator<int>> numbers({1, 2, 3}, nock::allocator<int>(quota));
    const nock::buffer taken = nock::buffer::take(std::move(numbers));
    const nock::pool own = nock::pool::from_allocator(std::allocator<char>());
    const nock::buffer copy = nock::buffer::new_copy(taken.as<int>(), own);
    if (!copy.equals(taken) || quota.bytes_allocated() != 12) {
      return 1;
    }
    static_cast<void>(nock::buffer::alloc(2000, quota));
    return 1;
  } catch (const std::bad_alloc &refused) {
    std::printf("nock %s: %s\n", nock_version_string(), refused.what());
    return 0;
  }
}
