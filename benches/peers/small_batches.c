/* W3: 10,000 batches of 100 rows of 4 int32 columns. */
#include "bytes.h"

#include <stdlib.h>

struct small {
  nock_buffer_t *bytes;
  nock_buffer_t *sink;
  struct batches batches;
};

static uint64_t write_reused(void *user) {
  struct small *small = user;
  return write_into(small->sink, &small->batches);
}

static uint64_t read_zero_copy(void *user) { return go_through(((struct small *)user)->bytes, 0); }

static uint64_t read_and_touch(void *user) { return go_through(((struct small *)user)->bytes, 4); }

static uint64_t read_and_keep(void *user) {
  struct small *small = user;
  nock_stream_t *stream;
  nock_ipc_stream_reader_t *reader;
  nock_batch_t **kept = calloc(small->batches.count, sizeof *kept);
  if (kept == NULL) die("out of memory");
  must(nock_stream_open_buffer(small->bytes, &stream, NULL));
  must(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, NULL));
  for (size_t i = 0; i < small->batches.count; i++) must(nock_ipc_stream_reader_next(reader, &kept[i], NULL));
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  for (size_t i = 0; i < small->batches.count; i++) nock_batch_unref(kept[i]);
  free(kept);
  return small->batches.count;
}

void small_batches_workload(void) {
  struct small small = {load("w3.arrows"), NULL, {0}};
  small.batches = read_batches(small.bytes);
  must(nock_buffer_alloc_zeroed(nock_buffer_size(small.bytes) + ((size_t)16 << 20), NULL, &small.sink, NULL));
  double batches = (double)small.batches.count;
  measure("write_reused", batches, (double)nock_buffer_size(small.bytes), write_reused, NULL, &small);
  measure("read_zc", batches, 0, read_zero_copy, NULL, &small);
  measure("read_touch", batches, 0, read_and_touch, NULL, &small);
  measure("read_zc_kept", batches, 0, read_and_keep, NULL, &small);
  free_batches(&small.batches);
  nock_buffer_unref(small.sink);
  nock_buffer_unref(small.bytes);
}
