/*
 * ALLOC: memory as programs take it: sizes in random order, many buffers alive at once, buffers that another thread frees, and a
 * reader that takes memory for each batch.
 *
 * Every program makes the same numbers: xorshift64 (13, 7, 17) from one seed. A table of 4096 sizes is taken from it in turn,
 * from 64 bytes to 64 KiB: uniform, or log-uniform, where each power of two comes equally often.
 */
#define _POSIX_C_SOURCE 200809L
#include "bytes.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 4096, ALLOCATIONS = 200000, LIVE = 1000, RING = 256, KEPT = 8, SMALLEST = 64, LARGEST = 64 << 10 };
static const uint64_t SEED = 0x9E3779B97F4A7C15;

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

struct sizes {
  uint32_t of[SIZES];
};

static void fill_uniform(struct sizes *sizes) {
  uint64_t state = SEED;
  for (int i = 0; i < SIZES; i++) sizes->of[i] = (uint32_t)(SMALLEST + next_random(&state) % (LARGEST - SMALLEST + 1));
}

static void fill_log_uniform(struct sizes *sizes) {
  uint64_t state = SEED;
  for (int i = 0; i < SIZES; i++) {
    const uint64_t random = next_random(&state);
    const uint64_t power = (uint64_t)SMALLEST << random % 10;
    sizes->of[i] = (uint32_t)(power + (random >> 32) % power);
  }
}

static nock_buffer_t *allocate(size_t size) {
  nock_buffer_t *buffer;
  must(nock_buffer_alloc(size, NULL, &buffer, NULL));
  *(volatile uint8_t *)nock_buffer_mutable_data(buffer) = 1;
  return buffer;
}

/* One buffer at a time. */
static uint64_t mix(void *user) {
  const struct sizes *sizes = user;
  uint64_t sum = 0;
  for (int i = 0; i < ALLOCATIONS; i++) {
    nock_buffer_t *buffer = allocate(sizes->of[i % SIZES]);
    sum += nock_buffer_size(buffer);
    nock_buffer_unref(buffer);
  }
  return sum;
}

/* A new buffer takes the place of a random one of a thousand. */
static uint64_t replace(void *user) {
  static nock_buffer_t *live[LIVE];
  const struct sizes *sizes = user;
  uint64_t state = SEED, sum = 0;
  for (int i = 0; i < LIVE; i++) live[i] = allocate(sizes->of[i % SIZES]);
  for (int i = 0; i < ALLOCATIONS; i++) {
    nock_buffer_t **place = &live[next_random(&state) % LIVE];
    nock_buffer_unref(*place);
    *place = allocate(sizes->of[i % SIZES]);
    sum += nock_buffer_size(*place);
  }
  for (int i = 0; i < LIVE; i++) nock_buffer_unref(live[i]);
  return sum;
}

/* Buffers on their way from the thread that takes them to the one that frees them. */
static struct {
  _Alignas(128) atomic_uint put;
  _Alignas(128) atomic_uint taken;
  _Alignas(128) nock_buffer_t *buffers[RING];
} ring;

static void *free_what_comes(void *user) {
  (void)user;
  for (unsigned i = 0; i < ALLOCATIONS; i++) {
    while (atomic_load_explicit(&ring.put, memory_order_acquire) == i) sched_yield();
    nock_buffer_unref(ring.buffers[i % RING]);
    atomic_store_explicit(&ring.taken, i + 1, memory_order_release);
  }
  return NULL;
}

static uint64_t hand_over(void *user) {
  const struct sizes *sizes = user;
  pthread_t other;
  atomic_store(&ring.put, 0);
  atomic_store(&ring.taken, 0);
  if (pthread_create(&other, NULL, free_what_comes, NULL) != 0) die("no thread");
  for (unsigned i = 0; i < ALLOCATIONS; i++) {
    nock_buffer_t *buffer = allocate(sizes->of[i % SIZES]);
    while (i - atomic_load_explicit(&ring.taken, memory_order_acquire) == RING) sched_yield();
    ring.buffers[i % RING] = buffer;
    atomic_store_explicit(&ring.put, i + 1, memory_order_release);
  }
  pthread_join(other, NULL);
  return ALLOCATIONS;
}

/* Read a file of 200 batches of 1 to 10,000 rows and keep the last ones; the bytes of each are read into new memory. */
static uint64_t read_batches_of_file(void *user) {
  nock_batch_t *kept[KEPT] = {NULL};
  nock_stream_t *stream;
  nock_ipc_stream_reader_t *reader;
  uint64_t sum = 0;
  must(nock_stream_open_path(user, NOCK_OPEN_READ, NULL, &stream, NULL));
  must(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, NULL));
  for (int i = 0;; i++) {
    nock_batch_t *batch;
    must(nock_ipc_stream_reader_next(reader, &batch, NULL));
    if (batch == NULL) break;
    for (size_t column = 0; column < nock_batch_num_columns(batch); column++) sum += first_value(batch, column);
    nock_batch_unref(kept[i % KEPT]);
    kept[i % KEPT] = batch;
  }
  for (int i = 0; i < KEPT; i++) nock_batch_unref(kept[i]);
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  return sum;
}

void allocation_workload(void) {
  static struct sizes uniform, log_uniform;
  fill_uniform(&uniform);
  fill_log_uniform(&log_uniform);
  measure("mix_uniform", ALLOCATIONS, 0, mix, NULL, &uniform);
  measure("mix_log", ALLOCATIONS, 0, mix, NULL, &log_uniform);
  measure("live1000_uniform", ALLOCATIONS, 0, replace, NULL, &uniform);
  measure("live1000_log", ALLOCATIONS, 0, replace, NULL, &log_uniform);
  measure("cross_thread_log", ALLOCATIONS, 0, hand_over, NULL, &log_uniform);
  char *path = data_path("allocation.arrows", 0);
  measure("reader_batches", 200, 0, read_batches_of_file, NULL, path);
  free(path);
}
