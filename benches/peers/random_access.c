/* W6: batches of a mapped file of 10,000 batches in random order. */
#include "bytes.h"

#include <stdlib.h>

#define GETS 20000

struct mapped {
  char *path;
  nock_ipc_file_reader_t *reader;
  size_t *order;
};

static nock_ipc_file_reader_t *open_map(const char *path) {
  nock_stream_t *map;
  nock_ipc_file_reader_t *reader;
  must(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &map, NULL));
  must(nock_ipc_file_reader_open(map, NULL, NULL, &reader, NULL));
  nock_stream_unref(map);
  return reader;
}

static uint64_t open_only(void *user) {
  nock_ipc_file_reader_t *reader = open_map(((struct mapped *)user)->path);
  uint64_t count = nock_ipc_file_reader_num_batches(reader);
  nock_ipc_file_reader_free(reader);
  return count;
}

static uint64_t get_random(void *user) {
  struct mapped *mapped = user;
  uint64_t rows = 0;
  for (size_t i = 0; i < GETS; i++) {
    nock_batch_t *batch;
    must(nock_ipc_file_reader_get_batch(mapped->reader, mapped->order[i], &batch, NULL));
    rows += (uint64_t)nock_batch_num_rows(batch);
    nock_batch_unref(batch);
  }
  return rows;
}

static uint64_t get_random_and_touch(void *user) {
  struct mapped *mapped = user;
  uint64_t sum = 0;
  for (size_t i = 0; i < GETS; i++) {
    nock_batch_t *batch;
    must(nock_ipc_file_reader_get_batch(mapped->reader, mapped->order[i], &batch, NULL));
    sum += first_value(batch, 2);
    nock_batch_unref(batch);
  }
  return sum;
}

void random_access_workload(void) {
  struct mapped mapped = {data_path("w6.arrow", 0), NULL, calloc(GETS, sizeof(size_t))};
  uint64_t state = 5;
  if (mapped.order == NULL) die("out of memory");
  mapped.reader = open_map(mapped.path);
  for (size_t i = 0; i < GETS; i++) mapped.order[i] = next_mixed(&state) % nock_ipc_file_reader_num_batches(mapped.reader);
  measure("open_10k_batches", 1, 0, open_only, NULL, &mapped);
  measure("get_random", GETS, 0, get_random, NULL, &mapped);
  measure("get_random_touch", GETS, 0, get_random_and_touch, NULL, &mapped);
  nock_ipc_file_reader_free(mapped.reader);
  free(mapped.order);
  free(mapped.path);
}
