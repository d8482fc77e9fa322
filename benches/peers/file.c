/* W5: 10,000,000 int32 in 1,000 batches: write a file, read it through the OS file and through a map. */
#define _POSIX_C_SOURCE 200809L
#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct place {
  char *input;
  char *output;
  int map;
  int sum;
  struct batches batches;
};

static uint64_t remove_output(void *user) {
  unlink(((struct place *)user)->output);
  return 0;
}

static uint64_t write_file(void *user) {
  struct place *place = user;
  nock_stream_t *sink;
  nock_ipc_file_writer_t *writer;
  uint64_t end;
  must(nock_stream_open_path(place->output, NOCK_OPEN_WRITE, NULL, &sink, NULL));
  must(nock_ipc_file_writer_open(sink, place->batches.schema, NULL, NULL, &writer, NULL));
  for (size_t i = 0; i < place->batches.count; i++) {
    must(nock_ipc_file_writer_write_batch(writer, place->batches.list[i], NULL, NULL));
  }
  must(nock_ipc_file_writer_close(writer, NULL));
  nock_ipc_file_writer_free(writer);
  must(nock_stream_tell(sink, &end, NULL));
  must(nock_stream_close(sink, NULL));
  nock_stream_unref(sink);
  return end;
}

/* Every column is built, as a table of the peers has it, and kept until the end. */
static uint64_t read_file(void *user) {
  struct place *place = user;
  nock_stream_t *file;
  nock_ipc_file_reader_t *reader;
  uint64_t result = 0;
  if (place->map) {
    must(nock_stream_open_mmap(place->input, NOCK_OPEN_READ, NULL, &file, NULL));
  } else {
    must(nock_stream_open_path(place->input, NOCK_OPEN_READ, NULL, &file, NULL));
  }
  must(nock_ipc_file_reader_open(file, NULL, NULL, &reader, NULL));
  size_t count = nock_ipc_file_reader_num_batches(reader);
  nock_array_t **table = calloc(count, sizeof *table);
  if (table == NULL) die("out of memory");
  for (size_t i = 0; i < count; i++) {
    nock_batch_t *batch;
    must(nock_ipc_file_reader_get_batch(reader, i, &batch, NULL));
    must(nock_batch_column(batch, 0, &table[i], NULL));
    nock_batch_unref(batch);
  }
  for (size_t i = 0; i < count; i++) {
    if (place->sum) {
      nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
      must(nock_array_view(table[i], &view, NULL));
      const int32_t *values = view.values;
      for (int64_t k = 0; k < view.length; k++) result += (uint32_t)values[k];
    } else {
      result += (uint64_t)nock_array_length(table[i]);
    }
    nock_array_unref(table[i]);
  }
  free(table);
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(file);
  return result;
}

void file_workload(void) {
  nock_buffer_t *bytes = load("w5.arrows");
  struct batches batches = read_batches(bytes);
  const char *locations[] = {"shm", "disk"};
  for (int disk = 0; disk < 2; disk++) {
    struct place place = {data_path("w5.arrow", disk), data_path("w5_nock.arrow", disk), 0, 0, batches};
    char name[64];
    snprintf(name, sizeof name, "write_%s", locations[disk]);
    measure(name, 1, 40e6, write_file, remove_output, &place);
    remove_output(&place);
    for (place.map = 0; place.map < 2; place.map++) {
      for (place.sum = 0; place.sum < 2; place.sum++) {
        snprintf(name, sizeof name, "%s_readall%s_%s", place.map ? "mmap" : "osfile", place.sum ? "_sum" : "", locations[disk]);
        measure(name, 1, 40e6, read_file, NULL, &place);
      }
    }
    free(place.input);
    free(place.output);
  }
  free_batches(&batches);
  nock_buffer_unref(bytes);
}
