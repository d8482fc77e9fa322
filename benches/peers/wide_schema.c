/* W4: one batch of 10,000 int32 columns of 10 rows. */
#include "bytes.h"

#define COLUMNS 10000

struct wide {
  nock_buffer_t *stream;
  nock_buffer_t *file;
  nock_buffer_t *sink;
  nock_ipc_file_reader_t *reader;
  struct batches batches;
};

static uint64_t write_all(void *user) {
  struct wide *wide = user;
  return write_into(wide->sink, &wide->batches);
}

static uint64_t open_stream(void *user) {
  struct wide *wide = user;
  nock_stream_t *stream;
  nock_ipc_stream_reader_t *reader;
  must(nock_stream_open_buffer(wide->stream, &stream, NULL));
  must(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, NULL));
  uint64_t fields = nock_schema_num_fields(nock_ipc_stream_reader_schema(reader));
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  return fields;
}

static nock_ipc_file_reader_t *open_reader(nock_buffer_t *file) {
  nock_stream_t *stream;
  nock_ipc_file_reader_t *reader;
  must(nock_stream_open_buffer(file, &stream, NULL));
  must(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, NULL));
  nock_stream_unref(stream);
  return reader;
}

static uint64_t open_file(void *user) {
  nock_ipc_file_reader_t *reader = open_reader(((struct wide *)user)->file);
  uint64_t fields = nock_schema_num_fields(nock_ipc_file_reader_schema(reader));
  nock_ipc_file_reader_free(reader);
  return fields;
}

static uint64_t open_and_read(void *user) { return go_through(((struct wide *)user)->stream, 0); }

static uint64_t open_and_touch(void *user) { return go_through(((struct wide *)user)->stream, COLUMNS); }

static uint64_t columns(nock_ipc_file_reader_t *reader, size_t from, size_t to) {
  nock_batch_t *batch;
  uint64_t sum = 0;
  must(nock_ipc_file_reader_get_batch(reader, 0, &batch, NULL));
  for (size_t i = from; i < to; i++) {
    nock_array_t *column;
    must(nock_batch_column(batch, i, &column, NULL));
    sum += (uint64_t)nock_array_length(column);
    nock_array_unref(column);
  }
  nock_batch_unref(batch);
  return sum;
}

static uint64_t batch_all(void *user) { return columns(((struct wide *)user)->reader, 0, COLUMNS); }

static uint64_t batch_one(void *user) { return columns(((struct wide *)user)->reader, 5000, 5001); }

static uint64_t open_file_and_read_one(void *user) {
  nock_ipc_file_reader_t *reader = open_reader(((struct wide *)user)->file);
  uint64_t rows = columns(reader, 5000, 5001);
  nock_ipc_file_reader_free(reader);
  return rows;
}

void wide_schema_workload(void) {
  struct wide wide = {load("w4.arrows"), load("w4.arrow"), NULL, NULL, {0}};
  wide.batches = read_batches(wide.stream);
  wide.reader = open_reader(wide.file);
  must(nock_buffer_alloc_zeroed(nock_buffer_size(wide.stream) + ((size_t)8 << 20), NULL, &wide.sink, NULL));
  measure("write", 1, (double)nock_buffer_size(wide.stream), write_all, NULL, &wide);
  measure("open", 1, 0, open_stream, NULL, &wide);
  measure("open_file", 1, 0, open_file, NULL, &wide);
  measure("open_read", 1, 0, open_and_read, NULL, &wide);
  measure("open_read_touch", 1, 0, open_and_touch, NULL, &wide);
  measure("batch_all", 1, 0, batch_all, NULL, &wide);
  measure("batch_proj1", 1, 0, batch_one, NULL, &wide);
  measure("open_file_proj1", 1, 0, open_file_and_read_one, NULL, &wide);
  nock_ipc_file_reader_free(wide.reader);
  free_batches(&wide.batches);
  nock_buffer_unref(wide.sink);
  nock_buffer_unref(wide.file);
  nock_buffer_unref(wide.stream);
}
