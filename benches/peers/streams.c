/* W9: streams without IPC: files read and written in order, read at offsets by two threads, memory read in small parts. */
#define _POSIX_C_SOURCE 200809L
#include "bytes.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define FILE_SIZE ((uint64_t)1 << 30)
#define TEXT_SIZE ((size_t)256 << 20)
#define WRITE_SIZE ((size_t)64 << 10)

struct chunks {
  char *path;
  size_t size;
};

static nock_stream_t *open_file(const char *path) {
  nock_stream_t *file;
  must(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &file, NULL));
  return file;
}

static uint64_t read_in_order(void *user) {
  const struct chunks *chunks = user;
  nock_stream_t *file = open_file(chunks->path);
  uint8_t *bytes = malloc(chunks->size);
  uint64_t sum = 0;
  if (bytes == NULL) die("out of memory");
  for (;;) {
    size_t n;
    must(nock_stream_read(file, bytes, chunks->size, &n, NULL));
    if (n == 0) break;
    sum += bytes[0] + n;
  }
  free(bytes);
  nock_stream_unref(file);
  return sum;
}

static uint64_t read_into_buffers(void *user) {
  const struct chunks *chunks = user;
  nock_stream_t *file = open_file(chunks->path);
  uint64_t sum = 0;
  for (;;) {
    nock_buffer_t *buffer;
    must(nock_stream_read_buffer(file, chunks->size, NULL, &buffer, NULL));
    size_t n = nock_buffer_size(buffer);
    if (n != 0) sum += ((const uint8_t *)nock_buffer_data(buffer))[0];
    nock_buffer_unref(buffer);
    if (n == 0) break;
  }
  nock_stream_unref(file);
  return sum;
}

/* Parts of a buffer, 64 bytes each, no byte copied. */
static uint64_t read_memory(void *user) {
  nock_stream_t *stream;
  uint64_t sum = 0;
  must(nock_stream_open_buffer(user, &stream, NULL));
  for (size_t i = 0; i < TEXT_SIZE / 64; i++) {
    nock_buffer_t *part;
    must(nock_stream_read_buffer(stream, 64, NULL, &part, NULL));
    sum += ((const uint8_t *)nock_buffer_data(part))[0];
    nock_buffer_unref(part);
  }
  nock_stream_unref(stream);
  return sum;
}

struct offsets {
  char *path;
  size_t size;
  int times;
};

struct thread {
  const struct offsets *offsets;
  const nock_stream_t *file;
  uint64_t state;
  uint64_t sum;
};

static void *read_at_offsets(void *user) {
  struct thread *thread = user;
  size_t size = thread->offsets->size;
  uint8_t *bytes = malloc(size);
  if (bytes == NULL) die("out of memory");
  for (int i = 0; i < thread->offsets->times; i++) {
    size_t n;
    must(nock_stream_read_at(thread->file, next_mixed(&thread->state) % (FILE_SIZE / size) * size, bytes, size, &n, NULL));
    if (n != size) die("the file is too short");
    thread->sum += bytes[0];
  }
  free(bytes);
  return NULL;
}

static uint64_t read_on_two_threads(void *user) {
  nock_stream_t *file = open_file(((struct offsets *)user)->path);
  struct thread threads[2] = {{user, file, 1, 0}, {user, file, 2, 0}};
  pthread_t other;
  if (pthread_create(&other, NULL, read_at_offsets, &threads[0]) != 0) die("no thread");
  read_at_offsets(&threads[1]);
  pthread_join(other, NULL);
  nock_stream_unref(file);
  return threads[0].sum + threads[1].sum;
}

struct output {
  char *path;
  nock_buffer_t *text;
};

static uint64_t remove_output(void *user) {
  unlink(((struct output *)user)->path);
  return 0;
}

static uint64_t write_in_order(void *user) {
  const struct output *output = user;
  const uint8_t *text = nock_buffer_data(output->text);
  nock_stream_t *file;
  must(nock_stream_open_path(output->path, NOCK_OPEN_WRITE, NULL, &file, NULL));
  for (size_t i = 0; i < TEXT_SIZE; i += WRITE_SIZE) must(nock_stream_write(file, text + i, WRITE_SIZE, NULL));
  must(nock_stream_close(file, NULL));
  nock_stream_unref(file);
  return 1;
}

void streams_workload(void) {
  char *file = data_path("file1g.bin", 1);
  struct chunks large = {file, (size_t)1 << 20}, small = {file, (size_t)64 << 10};
  struct offsets pages = {file, 4096, 100000}, blocks = {file, 65536, 10000};
  struct output output = {data_path("w9_nock.tmp", 0), load("text256.txt")};
  not_yet("buffered reads of 1 and 64 bytes");
  not_yet("readline");
  measure("memreader_read64_zc", (double)TEXT_SIZE / 64, (double)TEXT_SIZE, read_memory, NULL, output.text);
  measure("osfile_seq_1m", 1, (double)FILE_SIZE, read_in_order, NULL, &large);
  measure("osfile_seq_64k", 1, (double)FILE_SIZE, read_in_order, NULL, &small);
  measure("osfile_seq_1m_alloc", 1, (double)FILE_SIZE, read_into_buffers, NULL, &large);
  measure("readat_4k_2t", 2.0 * pages.times, 2.0 * pages.times * 4096, read_on_two_threads, NULL, &pages);
  measure("readat_64k_2t", 2.0 * blocks.times, 2.0 * blocks.times * 65536, read_on_two_threads, NULL, &blocks);
  measure("write_seq_64k_shm", 1, (double)TEXT_SIZE, write_in_order, remove_output, &output);
  remove_output(&output);
  not_yet("codecs as streams");
  nock_buffer_unref(output.text);
  free(output.path);
  free(file);
}
