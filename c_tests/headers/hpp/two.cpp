/* The other file of the program. */
#include <nock/nock.hpp>

#include <string>

nock::buffer other_file(const nock::pool &pool);

nock::buffer other_file(const nock::pool &pool) {
  nock::buffer_builder builder = nock::buffer_builder::create(pool);
  builder.append(std::string("xx"));
  return nock::buffer::concat({builder.finish(), nock::buffer::take(std::string("x"))}, pool);
}
