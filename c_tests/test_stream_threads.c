/* Streams that several threads use at once. */
#include "temp_file.h"

#include <pthread.h>
#include <time.h>

static nock_stream_t *open_path(const char *path) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  return stream;
}

static nock_stream_t *open_mmap(const char *path) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  return stream;
}

enum { NUMBERS = 2000, THREADS = 3, ROUNDS = 1000 };
static uint32_t numbers[NUMBERS];

/* What a thread returns when a check failed, or when memory ran out. */
static char wrong, no_memory;

static void check_thread(pthread_t thread) {
  void *complaint = NULL;
  CHECK(pthread_join(thread, &complaint) == 0);
  CHECK_STATUS(NOCK_OK, complaint == &no_memory ? NOCK_ERR_OUT_OF_MEMORY : NOCK_OK);
  CHECK(complaint == NULL);
}

static void *read_numbers(void *argument) {
  nock_stream_t *stream = argument;
  for (uint32_t i = 0; i < ROUNDS; i++) {
    uint32_t at = (i * 7919u) % NUMBERS, found = 0;
    size_t n = 0;
    nock_buffer_t *part = NULL;
    if (nock_stream_read_at(stream, at * 4u, &found, 4, &n, NULL) != NOCK_OK || n != 4 || found != at) {
      return &wrong;
    }
    nock_status_t status = nock_stream_read_at_buffer(stream, at * 4u, 4, NULL, &part, NULL);
    if (status != NOCK_OK) {
      return status == NOCK_ERR_OUT_OF_MEMORY ? &no_memory : &wrong;
    }
    if (nock_buffer_size(part) != 4 || memcmp(nock_buffer_data(part), &at, 4) != 0) {
      return &wrong;
    }
    nock_buffer_unref(part);
  }
  return NULL;
}

static void threads_read_at_offsets_side_by_side(void) {
  for (uint32_t i = 0; i < NUMBERS; i++) {
    numbers[i] = i;
  }
  const char *path = temp_file(numbers, sizeof numbers);
  nock_buffer_t *memory = NULL;
  CHECK_OK(nock_buffer_new_copy(numbers, sizeof numbers, NULL, &memory, ERR));
  nock_stream_t *streams[3] = {open_path(path), open_mmap(path), NULL};
  CHECK_OK(nock_stream_open_buffer(memory, &streams[2], ERR));
  nock_buffer_unref(memory);
  for (int i = 0; i < 3; i++) {
    pthread_t threads[THREADS];
    for (int t = 0; t < THREADS; t++) {
      CHECK(pthread_create(&threads[t], NULL, read_numbers, streams[i]) == 0);
    }
    /* Beside them, one call after the other that uses the position. */
    uint32_t found = 0;
    for (uint32_t at = 0; at < NUMBERS; at++) {
      CHECK_OK(nock_stream_read_exact(streams[i], &found, 4, ERR));
      CHECK(found == at);
    }
    for (int t = 0; t < THREADS; t++) {
      check_thread(threads[t]);
    }
    nock_stream_unref(streams[i]);
  }
}

static void *read_one_byte(void *argument) {
  char byte = 0;
  size_t n = 0;
  nock_status_t status = nock_stream_read(argument, &byte, 1, &n, NULL);
  return status == NOCK_OK && n == 1 && byte == 'x' ? NULL : &wrong;
}

/* One thread waits in a read of an empty pipe; meanwhile the stream is in use. */
static void a_stream_in_use_is_busy(void) {
  int ends[2];
  nock_stream_t *stream = NULL;
  pthread_t thread;
  uint64_t position = 0;
  char byte;
  size_t n = 0;
  CHECK(pipe(ends) == 0);
  CHECK_OK(nock_stream_open_fd(ends[0], NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK(pthread_create(&thread, NULL, read_one_byte, stream) == 0);
  nock_status_t status = NOCK_OK;
  while (status == NOCK_OK) {
    struct timespec wait = {0, 1000000};
    nanosleep(&wait, NULL);
    status = nock_stream_tell(stream, &position, NULL);
  }
  CHECK(status == NOCK_ERR_BUSY);
  nock_buffer_t *out = NULL;
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_read(stream, &byte, 1, &n, ERR));
  CHECK_MESSAGE("another call");
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_read_exact(stream, &byte, 1, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_read_buffer(stream, 1, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_read_all(stream, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_skip(stream, 1, &position, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_seek(stream, 1, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_flush(stream, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_write(stream, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_truncate(stream, 1, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_resize(stream, 1, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_finish_buffer(stream, &out, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_close(stream, ERR));
  CHECK(!nock_stream_is_closed(stream));
  CHECK(write(ends[1], "x", 1) == 1);
  check_thread(thread);
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  CHECK(position == 1);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  CHECK(close(ends[1]) == 0);
}

/* Threads that use one stream until one of them closes it. */
static void *end_streams(void *argument) {
  for (int i = 0; i < 200; i++) {
    nock_stream_t *stream = nock_stream_ref(argument);
    nock_buffer_t *part = NULL;
    uint64_t position = 0;
    nock_status_t status = nock_stream_read_at_buffer(stream, 4, 4, NULL, &part, NULL);
    if (status == NOCK_OK) {
      status = nock_stream_tell(stream, &position, NULL);
      status = status == NOCK_ERR_BUSY ? NOCK_OK : status;
    }
    if (i == 150 && status == NOCK_OK) {
      status = nock_stream_close(stream, NULL);
      status = status == NOCK_ERR_BUSY ? NOCK_OK : status;
    }
    nock_buffer_unref(part);
    nock_stream_unref(stream);
    if (status == NOCK_ERR_CLOSED) {
      return NULL;
    }
    if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      return status == NOCK_ERR_OUT_OF_MEMORY ? &no_memory : &wrong;
    }
  }
  return NULL;
}

static void closing_under_other_threads_is_safe(void) {
  const char *path = temp_file(numbers, sizeof numbers);
  for (int round = 0; round < 10; round++) {
    nock_stream_t *stream = round % 2 == 0 ? open_path(path) : open_mmap(path);
    pthread_t threads[THREADS];
    for (int t = 0; t < THREADS; t++) {
      CHECK(pthread_create(&threads[t], NULL, end_streams, stream) == 0);
    }
    for (int t = 0; t < THREADS; t++) {
      check_thread(threads[t]);
    }
    nock_stream_unref(stream);
  }
}

int main(void) {
  RUN(threads_read_at_offsets_side_by_side);
  RUN(a_stream_in_use_is_busy);
  RUN(closing_under_other_threads_is_safe);
  return harness_done();
}
