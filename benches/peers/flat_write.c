/* W1: write 1,000,000 rows of 10 int64 and 2 utf8 columns as a stream. */
#include "bytes.h"

struct flat {
  nock_buffer_t *sink;
  struct batches batches;
};

static uint64_t write_reused(void *user) {
  struct flat *flat = user;
  return write_into(flat->sink, &flat->batches);
}

static uint64_t write_fresh(void *user) {
  struct flat *flat = user;
  nock_stream_t *stream;
  nock_buffer_t *written;
  must(nock_stream_new_buffer_writer(1024, NULL, &stream, NULL));
  write_stream(stream, &flat->batches);
  must(nock_stream_finish_buffer(stream, &written, NULL));
  uint64_t size = nock_buffer_size(written);
  nock_buffer_unref(written);
  nock_stream_unref(stream);
  return size;
}

/* The kernel drops the bytes without a look at them, for one system call a message. */
static uint64_t write_nowhere(void *user) {
  struct flat *flat = user;
  nock_stream_t *stream;
  must(nock_stream_open_path("/dev/null", NOCK_OPEN_WRITE, NULL, &stream, NULL));
  write_stream(stream, &flat->batches);
  nock_stream_unref(stream);
  return flat->batches.count;
}

void flat_write_workload(void) {
  nock_buffer_t *bytes = load("w1_none.arrows");
  double size = (double)nock_buffer_size(bytes);
  struct flat flat = {NULL, read_batches(bytes)};
  must(nock_buffer_alloc_zeroed(nock_buffer_size(bytes) + ((size_t)8 << 20), NULL, &flat.sink, NULL));
  measure("none_reused", 1, size, write_reused, NULL, &flat);
  measure("none_fresh", 1, size, write_fresh, NULL, &flat);
  measure("none_null", 1, 0, write_nowhere, NULL, &flat);
  not_yet("zstd and lz4");
  free_batches(&flat.batches);
  nock_buffer_unref(flat.sink);
  nock_buffer_unref(bytes);
}
