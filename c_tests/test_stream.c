/* What all streams have in common, whatever they are made of. */
#include "temp_file.h"

static const char TEXT[] = "0123456789";
enum { LEN = 10, SOURCES = 6 };

static nock_stream_t *open_path(const char *path, nock_open_mode_t mode) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_path(path, mode, NULL, &stream, ERR));
  return stream;
}

static nock_stream_t *open_mmap(const char *path, nock_open_mode_t mode) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_mmap(path, mode, NULL, &stream, ERR));
  return stream;
}

/* Every way to read TEXT. */
static void open_sources(nock_stream_t *sources[SOURCES]) {
  const char *path = temp_text(TEXT);
  int fd = open(path, O_RDONLY);
  CHECK(fd >= 0);
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(TEXT, LEN, NULL, &buffer, ERR));
  sources[0] = open_path(path, NOCK_OPEN_READ);
  sources[1] = open_path(path, NOCK_OPEN_READ_WRITE);
  sources[2] = open_mmap(path, NOCK_OPEN_READ);
  sources[3] = open_mmap(path, NOCK_OPEN_READ_WRITE);
  CHECK_OK(nock_stream_open_buffer(buffer, &sources[4], ERR));
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_DEFAULT, NULL, &sources[5], ERR));
  nock_buffer_unref(buffer);
}

static void check_buffer(nock_buffer_t *buffer, const char *expected) {
  CHECK(nock_buffer_size(buffer) == strlen(expected));
  CHECK_BYTES(nock_buffer_data(buffer), expected, strlen(expected));
  nock_buffer_unref(buffer);
}

static void check_position(nock_stream_t *stream, uint64_t expected) {
  uint64_t position = 77;
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  CHECK(position == expected);
}

static void all_sources_read_the_same(void) {
  nock_stream_t *sources[SOURCES];
  open_sources(sources);
  for (int i = 0; i < SOURCES; i++) {
    nock_stream_t *stream = sources[i];
    nock_buffer_t *part = NULL;
    char four[4];
    size_t n = 99;
    uint64_t size = 0, skipped = 99;
    CHECK_OK(nock_stream_size(stream, &size, ERR));
    CHECK(size == LEN);
    CHECK_OK(nock_stream_read(stream, four, 4, &n, ERR));
    CHECK(n == 4);
    CHECK_BYTES(four, "0123", 4);
    CHECK_OK(nock_stream_read(stream, NULL, 0, &n, ERR));
    CHECK(n == 0);
    CHECK_OK(nock_stream_read_at(stream, 8, four, 4, &n, ERR));
    CHECK(n == 2);
    CHECK_BYTES(four, "89", 2);
    CHECK_OK(nock_stream_read_at_buffer(stream, 1, 3, NULL, &part, ERR));
    bool lent = nock_stream_supports_zero_copy(stream);
    CHECK(lent == (i >= 2 && i <= 4));
    CHECK((nock_buffer_parent(part) != NULL) == lent);
    check_buffer(part, "123");
    check_position(stream, 4);
    CHECK_OK(nock_stream_skip(stream, 2, &skipped, ERR));
    CHECK(skipped == 2);
    CHECK_OK(nock_stream_read_buffer(stream, 1, NULL, &part, ERR));
    check_buffer(part, "6");
    CHECK_OK(nock_stream_read_all(stream, NULL, &part, ERR));
    check_buffer(part, "789");
    CHECK_OK(nock_stream_read(stream, four, 4, &n, ERR));
    CHECK(n == 0);
    CHECK_OK(nock_stream_skip(stream, 5, &skipped, ERR));
    CHECK(skipped == 0);
    CHECK_OK(nock_stream_read_buffer(stream, 5, NULL, &part, ERR));
    check_buffer(part, "");
    CHECK_OK(nock_stream_read_at(stream, LEN, four, 4, &n, ERR));
    CHECK(n == 0);
    CHECK_OK(nock_stream_seek(stream, 7, ERR));
    CHECK_OK(nock_stream_read_buffer(stream, SIZE_MAX, NULL, &part, ERR));
    check_buffer(part, "789");
    CHECK_OK(nock_stream_seek(stream, 6, ERR));
    CHECK_OK(nock_stream_read_exact(stream, four, 4, ERR));
    CHECK_BYTES(four, "6789", 4);
    CHECK_OK(nock_stream_read_exact(stream, NULL, 0, ERR));
    CHECK_OK(nock_stream_seek(stream, 8, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_exact(stream, four, 4, ERR));
    CHECK_MESSAGE("ends after 2 of 4 bytes");
    CHECK(nock_error_os_code(harness_error) == 0);
    CHECK_OK(nock_stream_flush(stream, ERR));
    CHECK_OK(nock_stream_sync(stream, ERR));
    CHECK(nock_stream_is_readable(stream) && nock_stream_is_seekable(stream) && !nock_stream_is_closed(stream));
    CHECK(nock_stream_is_writable(stream) == (i == 1 || i == 3));
    CHECK(nock_stream_mode(stream) == (i == 1 || i == 3 ? NOCK_OPEN_READ_WRITE : NOCK_OPEN_READ));
    CHECK((nock_stream_fileno(stream) >= 0) == (i != 4));
    CHECK_OK(nock_stream_close(stream, ERR));
    nock_stream_unref(stream);
  }
}

/* What was read stays valid when the stream is gone. */
static void buffers_outlive_their_stream(void) {
  nock_stream_t *sources[SOURCES];
  open_sources(sources);
  for (int i = 0; i < SOURCES; i++) {
    nock_buffer_t *all = NULL;
    CHECK_OK(nock_stream_read_all(sources[i], NULL, &all, ERR));
    CHECK_OK(nock_stream_close(sources[i], ERR));
    nock_stream_unref(sources[i]);
    check_buffer(all, TEXT);
  }
}

static void a_closed_stream_says_so(void) {
  nock_stream_t *sources[SOURCES + 2];
  open_sources(sources);
  nock_buffer_t *memory = NULL, *source = NULL;
  CHECK_OK(nock_buffer_alloc(4, NULL, &memory, ERR));
  CHECK_OK(nock_buffer_new_copy("abc", 3, NULL, &source, ERR));
  CHECK_OK(nock_stream_new_fixed_writer(memory, &sources[SOURCES], ERR));
  CHECK_OK(nock_stream_new_buffer_writer(0, NULL, &sources[SOURCES + 1], ERR));
  for (int i = 0; i < SOURCES + 2; i++) {
    nock_stream_t *stream = sources[i];
    nock_buffer_t *out = NULL;
    nock_bytes_t run = {"x", 1};
    char byte;
    size_t n = 7;
    uint64_t number = 7;
    CHECK(!nock_stream_is_closed(stream));
    CHECK_OK(nock_stream_close(stream, ERR));
    CHECK_OK(nock_stream_close(stream, ERR));
    CHECK(nock_stream_is_closed(stream));
    CHECK(!nock_stream_is_readable(stream) && !nock_stream_is_writable(stream) && !nock_stream_is_seekable(stream));
    CHECK(!nock_stream_supports_zero_copy(stream));
    CHECK(nock_stream_fileno(stream) == -1);
    CHECK(nock_stream_mode(stream) != NOCK_OPEN_DEFAULT);
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_read(stream, &byte, 1, &n, ERR));
    CHECK_MESSAGE("was closed");
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_read_exact(stream, &byte, 1, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_read_buffer(stream, 1, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_read_all(stream, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_read_at(stream, 0, &byte, 1, &n, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_read_at_buffer(stream, 0, 1, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_skip(stream, 1, &number, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_seek(stream, 0, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_tell(stream, &number, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_size(stream, &number, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_write(stream, "x", 1, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_write_buffer(stream, source, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_write_vectored(stream, &run, 1, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_write_at(stream, 0, "x", 1, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_flush(stream, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_sync(stream, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_truncate(stream, 1, ERR));
    CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_resize(stream, 1, ERR));
    CHECK(out == NULL && n == 7 && number == 7);
    nock_stream_unref(stream);
  }
  nock_buffer_unref(memory);
  nock_buffer_unref(source);
}

static void the_last_owner_ends_it(void) {
  const char *path = temp_text(TEXT);
  nock_stream_t *stream = open_path(path, NOCK_OPEN_READ);
  int fd = nock_stream_fileno(stream);
  CHECK(nock_stream_ref(stream) == stream);
  nock_stream_unref(stream);
  check_position(stream, 0);
  CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC);
  nock_stream_unref(stream);
  CHECK(fcntl(fd, F_GETFD) == -1);
  CHECK(nock_stream_ref(NULL) == NULL);
  nock_stream_unref(NULL);
}

static void null_is_refused_by_name(void) {
  const char *path = temp_text(TEXT);
  nock_stream_t *stream = open_path(path, NOCK_OPEN_READ_WRITE), *made = NULL;
  nock_buffer_t *buffer = NULL, *out = NULL;
  CHECK_OK(nock_buffer_alloc(4, NULL, &buffer, ERR));
  nock_bytes_t run = {NULL, 3};
  char byte;
  size_t n;
  uint64_t number;

#define REFUSED(name, call)                            \
  do {                                                 \
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, call);     \
    CHECK_MESSAGE(name);                               \
  } while (0)
  REFUSED("path", nock_stream_open_path(NULL, 0, NULL, &made, ERR));
  REFUSED("out", nock_stream_open_path(path, 0, NULL, NULL, ERR));
  REFUSED("out", nock_stream_open_fd(0, 0, NULL, NULL, ERR));
  REFUSED("path", nock_stream_open_mmap(NULL, 0, NULL, &made, ERR));
  REFUSED("out", nock_stream_open_mmap(path, 0, NULL, NULL, ERR));
  REFUSED("path", nock_stream_create_mmap(NULL, 1, NULL, &made, ERR));
  REFUSED("out", nock_stream_create_mmap(path, 1, NULL, NULL, ERR));
  REFUSED("buffer", nock_stream_open_buffer(NULL, &made, ERR));
  REFUSED("out", nock_stream_open_buffer(buffer, NULL, ERR));
  REFUSED("out", nock_stream_new_buffer_writer(0, NULL, NULL, ERR));
  REFUSED("buffer", nock_stream_new_fixed_writer(NULL, &made, ERR));
  REFUSED("out", nock_stream_new_fixed_writer(buffer, NULL, ERR));
  REFUSED("stream", nock_stream_finish_buffer(NULL, &out, ERR));
  REFUSED("out", nock_stream_finish_buffer(stream, NULL, ERR));
  REFUSED("stream", nock_stream_read(NULL, &byte, 1, &n, ERR));
  REFUSED("dst", nock_stream_read(stream, NULL, 1, &n, ERR));
  REFUSED("out_n", nock_stream_read(stream, &byte, 1, NULL, ERR));
  REFUSED("stream", nock_stream_read_exact(NULL, &byte, 1, ERR));
  REFUSED("dst", nock_stream_read_exact(stream, NULL, 1, ERR));
  REFUSED("stream", nock_stream_read_buffer(NULL, 1, NULL, &out, ERR));
  REFUSED("out", nock_stream_read_buffer(stream, 1, NULL, NULL, ERR));
  REFUSED("stream", nock_stream_read_all(NULL, NULL, &out, ERR));
  REFUSED("out", nock_stream_read_all(stream, NULL, NULL, ERR));
  REFUSED("stream", nock_stream_read_at(NULL, 0, &byte, 1, &n, ERR));
  REFUSED("dst", nock_stream_read_at(stream, 0, NULL, 1, &n, ERR));
  REFUSED("out_n", nock_stream_read_at(stream, 0, &byte, 1, NULL, ERR));
  REFUSED("stream", nock_stream_read_at_buffer(NULL, 0, 1, NULL, &out, ERR));
  REFUSED("out", nock_stream_read_at_buffer(stream, 0, 1, NULL, NULL, ERR));
  REFUSED("stream", nock_stream_skip(NULL, 1, &number, ERR));
  REFUSED("out_n", nock_stream_skip(stream, 1, NULL, ERR));
  REFUSED("stream", nock_stream_seek(NULL, 0, ERR));
  REFUSED("stream", nock_stream_tell(NULL, &number, ERR));
  REFUSED("out_position", nock_stream_tell(stream, NULL, ERR));
  REFUSED("stream", nock_stream_size(NULL, &number, ERR));
  REFUSED("out_size", nock_stream_size(stream, NULL, ERR));
  REFUSED("stream", nock_stream_write(NULL, "x", 1, ERR));
  REFUSED("data", nock_stream_write(stream, NULL, 1, ERR));
  REFUSED("stream", nock_stream_write_buffer(NULL, buffer, ERR));
  REFUSED("buffer", nock_stream_write_buffer(stream, NULL, ERR));
  REFUSED("stream", nock_stream_write_vectored(NULL, NULL, 0, ERR));
  REFUSED("runs", nock_stream_write_vectored(stream, NULL, 1, ERR));
  REFUSED("data of a run", nock_stream_write_vectored(stream, &run, 1, ERR));
  REFUSED("stream", nock_stream_write_at(NULL, 0, "x", 1, ERR));
  REFUSED("data", nock_stream_write_at(stream, 0, NULL, 1, ERR));
  REFUSED("stream", nock_stream_flush(NULL, ERR));
  REFUSED("stream", nock_stream_sync(NULL, ERR));
  REFUSED("stream", nock_stream_truncate(NULL, 0, ERR));
  REFUSED("stream", nock_stream_resize(NULL, 0, ERR));
  REFUSED("stream", nock_stream_close(NULL, ERR));
#undef REFUSED
  CHECK(!nock_stream_is_closed(NULL) && !nock_stream_is_readable(NULL) && !nock_stream_is_writable(NULL));
  CHECK(!nock_stream_is_seekable(NULL) && !nock_stream_supports_zero_copy(NULL));
  CHECK(nock_stream_mode(NULL) == NOCK_OPEN_DEFAULT && nock_stream_fileno(NULL) == -1);
  CHECK(made == NULL && out == NULL);
  /* A status without details. */
  CHECK(nock_stream_read(NULL, &byte, 1, &n, NULL) == NOCK_ERR_INVALID_ARGUMENT);
  CHECK_FILE(path, TEXT);
  CHECK_OK(nock_stream_write(stream, NULL, 0, ERR));
  CHECK_OK(nock_stream_write_vectored(stream, NULL, 0, ERR));
  CHECK_FILE(path, TEXT);
  nock_stream_unref(stream);
  nock_buffer_unref(buffer);
}

int main(void) {
  RUN(all_sources_read_the_same);
  RUN(buffers_outlive_their_stream);
  RUN(a_closed_stream_says_so);
  RUN(the_last_owner_ends_it);
  RUN(null_is_refused_by_name);
  return harness_done();
}
