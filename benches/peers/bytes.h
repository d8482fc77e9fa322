/* What the IPC workloads share: files as buffers, batches of a stream. */
#ifndef NOCK_BENCH_BYTES_H
#define NOCK_BENCH_BYTES_H

#include "workloads.h"

struct batches {
  nock_schema_t *schema;
  nock_batch_t **list;
  size_t count;
};

/* A whole file of the data folder in memory. */
nock_buffer_t *load(const char *name);

/* All batches of a stream in memory, their columns built. */
struct batches read_batches(nock_buffer_t *bytes);
void free_batches(struct batches *batches);

/* The first value of an int32 column. */
uint64_t first_value(nock_batch_t *batch, size_t column);

/* Write all batches as a stream. */
void write_stream(nock_stream_t *sink, const struct batches *batches);

/* Write all batches as a stream to the front of a buffer; gives how many bytes that is. */
uint64_t write_into(nock_buffer_t *sink, const struct batches *batches);

/* Open a stream over a buffer and go through it; with `touch`, read the first value of that many columns of each batch. */
uint64_t go_through(nock_buffer_t *bytes, size_t touch);

#endif
