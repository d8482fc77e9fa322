/* One of two files of a program that both use nock.hpp: nothing of it may be defined twice. */
#include <nock/nock.hpp>
#include <nock/nock.hpp>

#include <vector>

nock::buffer other_file(const nock::pool &pool);

int main() {
  const nock::pool pool = nock::pool::from_allocator(nock::allocator<int>());
  const nock::buffer theirs = other_file(pool);
  const std::vector<char, nock::allocator<char>> ours(3, 'x', nock::allocator<char>(pool));
  return theirs.equals(nock::buffer::new_copy(ours, pool)) ? 0 : 1;
}
