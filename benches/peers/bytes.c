#include "bytes.h"

#include <stdlib.h>

nock_buffer_t *load(const char *name) {
  char *path = data_path(name, 0);
  nock_stream_t *file;
  nock_buffer_t *bytes;
  must(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &file, NULL));
  must(nock_stream_read_all(file, NULL, &bytes, NULL));
  nock_stream_unref(file);
  free(path);
  return bytes;
}

static nock_ipc_stream_reader_t *open_stream(nock_buffer_t *bytes, nock_stream_t **stream) {
  nock_ipc_stream_reader_t *reader;
  must(nock_stream_open_buffer(bytes, stream, NULL));
  must(nock_ipc_stream_reader_open(*stream, NULL, NULL, &reader, NULL));
  return reader;
}

struct batches read_batches(nock_buffer_t *bytes) {
  struct batches all = {NULL, NULL, 0};
  nock_stream_t *stream;
  nock_ipc_stream_reader_t *reader = open_stream(bytes, &stream);
  all.schema = nock_schema_ref(nock_ipc_stream_reader_schema(reader));
  size_t room = 0;
  for (;;) {
    nock_batch_t *batch;
    must(nock_ipc_stream_reader_next(reader, &batch, NULL));
    if (batch == NULL) break;
    for (size_t i = 0; i < nock_batch_num_columns(batch); i++) {
      nock_array_t *column;
      must(nock_batch_column(batch, i, &column, NULL));
      nock_array_unref(column);
    }
    if (all.count == room) {
      room = room ? 2 * room : 64;
      all.list = realloc(all.list, room * sizeof *all.list);
      if (all.list == NULL) die("out of memory");
    }
    all.list[all.count++] = batch;
  }
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  return all;
}

void free_batches(struct batches *batches) {
  for (size_t i = 0; i < batches->count; i++) nock_batch_unref(batches->list[i]);
  free(batches->list);
  nock_schema_unref(batches->schema);
}

uint64_t first_value(nock_batch_t *batch, size_t column) {
  nock_array_t *array;
  nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
  must(nock_batch_column(batch, column, &array, NULL));
  must(nock_array_view(array, &view, NULL));
  uint64_t value = (uint64_t)((const int32_t *)view.values)[0];
  nock_array_unref(array);
  return value;
}

void write_stream(nock_stream_t *sink, const struct batches *batches) {
  nock_ipc_stream_writer_t *writer;
  must(nock_ipc_stream_writer_open(sink, batches->schema, NULL, NULL, &writer, NULL));
  for (size_t i = 0; i < batches->count; i++) {
    must(nock_ipc_stream_writer_write_batch(writer, batches->list[i], NULL, NULL));
  }
  must(nock_ipc_stream_writer_close(writer, NULL));
  nock_ipc_stream_writer_free(writer);
}

uint64_t write_into(nock_buffer_t *sink, const struct batches *batches) {
  nock_stream_t *stream;
  uint64_t end;
  must(nock_stream_new_fixed_writer(sink, &stream, NULL));
  write_stream(stream, batches);
  must(nock_stream_tell(stream, &end, NULL));
  nock_stream_unref(stream);
  return end;
}

uint64_t go_through(nock_buffer_t *bytes, size_t touch) {
  nock_stream_t *stream;
  nock_ipc_stream_reader_t *reader = open_stream(bytes, &stream);
  uint64_t sum = 0;
  for (;;) {
    nock_batch_t *batch;
    must(nock_ipc_stream_reader_next(reader, &batch, NULL));
    if (batch == NULL) break;
    sum += (uint64_t)nock_batch_num_rows(batch);
    for (size_t i = 0; i < touch; i++) sum += first_value(batch, i);
    nock_batch_unref(batch);
  }
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  return sum;
}
