/*
 * scenario PATH: one use of every kind of file stream, for a tool that makes system calls on PATH fail.
 *
 * Status 0: every call succeeded and every byte is right. 3: a call reported what the tool did: the error number is the one
 * in FAULT_ERRNO. 1: a wrong byte, a wrong number, or a success that was none.
 */
#include "harness.h"

enum { LEN = 200000 };
static char bytes[LEN], found[LEN];
static const char *path;

/* A call that may fail, but only for the reason that the tool gave. */
static int reported(nock_status_t status, const char *call, int line) {
  const char *expected = getenv("FAULT_ERRNO");
  if (status == NOCK_OK) {
    return 0;
  }
  if (expected != NULL && nock_error_os_code(harness_error) == atoi(expected)) {
    fprintf(stderr, "%d: %s: %s\n", line, call, ERR_MESSAGE);
    return 1;
  }
  harness_fail(__FILE__, line, call);
  return 1;
}

/* Give up like a careful program: free everything, say that it was reported. */
#define TRY(call)                          \
  do {                                     \
    if (reported((call), #call, __LINE__)) \
      goto failed;                         \
  } while (0)

static int write_file(void) {
  nock_stream_t *stream = NULL;
  nock_bytes_t runs[3] = {{bytes, 1000}, {bytes + 1000, LEN - 2000}, {bytes + LEN - 1000, 1000}};
  uint64_t number = 0;
  int result = 3;
  TRY(nock_stream_open_path(path, NOCK_OPEN_WRITE, NULL, &stream, ERR));
  TRY(nock_stream_write_vectored(stream, runs, 3, ERR));
  TRY(nock_stream_tell(stream, &number, ERR));
  CHECK(number == LEN);
  TRY(nock_stream_write_at(stream, 10, bytes + 10, 20, ERR));
  TRY(nock_stream_resize(stream, LEN + 50, ERR));
  TRY(nock_stream_size(stream, &number, ERR));
  CHECK(number == LEN + 50);
  TRY(nock_stream_truncate(stream, LEN, ERR));
  TRY(nock_stream_sync(stream, ERR));
  TRY(nock_stream_close(stream, ERR));
  result = 0;
failed:
  nock_stream_unref(stream);
  return result;
}

static int read_file(void) {
  nock_stream_t *stream = NULL;
  nock_buffer_t *part = NULL;
  uint64_t number = 0;
  size_t n = 0;
  int result = 3;
  TRY(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK(nock_stream_is_seekable(stream));
  TRY(nock_stream_read(stream, found, LEN, &n, ERR));
  CHECK(n == LEN);
  CHECK_BYTES(found, bytes, LEN);
  TRY(nock_stream_seek(stream, 100, ERR));
  TRY(nock_stream_read_buffer(stream, 100000, NULL, &part, ERR));
  CHECK(nock_buffer_size(part) == 100000);
  CHECK_BYTES(nock_buffer_data(part), bytes + 100, 100000);
  nock_buffer_unref(part);
  part = NULL;
  TRY(nock_stream_skip(stream, 400, &number, ERR));
  CHECK(number == 400);
  TRY(nock_stream_read_all(stream, NULL, &part, ERR));
  CHECK(nock_buffer_size(part) == LEN - 100500);
  CHECK_BYTES(nock_buffer_data(part), bytes + 100500, LEN - 100500);
  nock_buffer_unref(part);
  part = NULL;
  TRY(nock_stream_read_at(stream, 7, found, 100, &n, ERR));
  CHECK(n == 100);
  CHECK_BYTES(found, bytes + 7, 100);
  TRY(nock_stream_read_at_buffer(stream, 7, LEN, NULL, &part, ERR));
  CHECK(nock_buffer_size(part) == LEN - 7);
  CHECK_BYTES(nock_buffer_data(part), bytes + 7, LEN - 7);
  TRY(nock_stream_close(stream, ERR));
  result = 0;
failed:
  nock_buffer_unref(part);
  nock_stream_unref(stream);
  return result;
}

static int map_file(void) {
  nock_stream_t *stream = NULL;
  nock_buffer_t *part = NULL;
  size_t n = 0;
  int result = 3;
  TRY(nock_stream_create_mmap(path, LEN, NULL, &stream, ERR));
  TRY(nock_stream_write(stream, bytes, LEN, ERR));
  TRY(nock_stream_read_at(stream, 5, found, LEN, &n, ERR));
  CHECK(n == LEN - 5);
  CHECK_BYTES(found, bytes + 5, LEN - 5);
  TRY(nock_stream_resize(stream, LEN + 5000, ERR));
  TRY(nock_stream_read_at_buffer(stream, 9, LEN, NULL, &part, ERR));
  CHECK(nock_buffer_size(part) == LEN);
  CHECK_BYTES(nock_buffer_data(part), bytes + 9, LEN - 9);
  nock_buffer_unref(part);
  part = NULL;
  TRY(nock_stream_resize(stream, LEN, ERR));
  TRY(nock_stream_sync(stream, ERR));
  TRY(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  stream = NULL;
  TRY(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  TRY(nock_stream_read_all(stream, NULL, &part, ERR));
  CHECK_BYTES(nock_buffer_data(part), bytes, LEN);
  TRY(nock_stream_close(stream, ERR));
  result = 0;
failed:
  nock_buffer_unref(part);
  nock_stream_unref(stream);
  return result;
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  path = argv[1];
  for (size_t i = 0; i < LEN; i++) {
    bytes[i] = (char)(i * 7 + i / 256);
  }
  int result = write_file();
  if (result == 0) {
    result = read_file();
  }
  if (result == 0) {
    result = map_file();
  }
  int leaks = harness_done();
  return leaks == 0 ? result : leaks;
}
