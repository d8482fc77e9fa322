/* W2: read the stream of W1, where it lies and copying, with and without checks. */
#include "bytes.h"

#include <stdlib.h>

struct reading {
  nock_buffer_t *bytes;
  char *path;
  int copying;
  nock_validation_t level;
};

/* Copying, the stream is a file in memory: the system copies each message once, as a reader over memory does that copies. */
static uint64_t read_stream(void *user) {
  const struct reading *reading = user;
  nock_stream_t *stream;
  nock_ipc_stream_reader_t *reader;
  uint64_t rows = 0;
  if (reading->copying) {
    must(nock_stream_open_path(reading->path, NOCK_OPEN_READ, NULL, &stream, NULL));
  } else {
    must(nock_stream_open_buffer(reading->bytes, &stream, NULL));
  }
  must(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, NULL));
  for (;;) {
    nock_batch_t *batch;
    must(nock_ipc_stream_reader_next(reader, &batch, NULL));
    if (batch == NULL) break;
    if (reading->level != NOCK_VALIDATE_NONE) must(nock_batch_validate(batch, reading->level, NULL));
    rows += (uint64_t)nock_batch_num_rows(batch);
    nock_batch_unref(batch);
  }
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  return rows;
}

void flat_read_workload(void) {
  static const struct {
    const char *name;
    int copying;
    nock_validation_t level;
  } cases[] = {
      {"none_zc_noval", 0, NOCK_VALIDATE_NONE},     {"none_zc_structure", 0, NOCK_VALIDATE_STRUCTURE},
      {"none_zc_memory", 0, NOCK_VALIDATE_MEMORY},  {"none_zc_val", 0, NOCK_VALIDATE_FULL},
      {"none_copy_noval", 1, NOCK_VALIDATE_NONE},   {"none_copy", 1, NOCK_VALIDATE_FULL},
  };
  struct reading reading = {load("w1_none.arrows"), data_path("w1_none.arrows", 0), 0, NOCK_VALIDATE_NONE};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading.copying = cases[i].copying;
    reading.level = cases[i].level;
    measure(cases[i].name, 1, (double)nock_buffer_size(reading.bytes), read_stream, NULL, &reading);
  }
  not_yet("zstd and lz4");
  free(reading.path);
  nock_buffer_unref(reading.bytes);
}
