/* A class that owns a stream; the C functions use its handle. */
#ifndef NOCK_STREAM_HPP
#define NOCK_STREAM_HPP

#include "nock.h"
#include "owner.hpp"

namespace nock {

namespace detail {

struct stream_count {
  using handle_type = nock_stream_t;
  using borrowed_type = nock_stream_t *;
  static nock_stream_t *ref(nock_stream_t *stream) noexcept { return nock_stream_ref(stream); }
  static void unref(nock_stream_t *stream) noexcept { nock_stream_unref(stream); }
};

}  // namespace detail

/**
 * A reference to a nock_stream_t. Read, write and close it with the C functions: `nock_stream_read(stream.get(), ...)`.
 *
 * *Shared*. Get one: buffer::open_reader, buffer::open_writer; adopt, for a stream that a C function opened.
 */
class stream : public shared_owner<stream, detail::stream_count> {
 public:
  /** Empty. */
  stream() noexcept = default;
};

}  // namespace nock

#endif /* NOCK_STREAM_HPP */
