/* Files by path and by descriptor. */
#include "temp_file.h"

static nock_stream_t *open_path(const char *path, nock_open_mode_t mode) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_path(path, mode, NULL, &stream, ERR));
  return stream;
}

static nock_stream_t *open_with(const char *path, nock_open_mode_t mode, uint32_t flags) {
  nock_stream_open_options_t options = NOCK_STREAM_OPEN_OPTIONS_INIT;
  nock_stream_t *stream = NULL;
  options.flags = flags;
  options.permissions = 0600;
  CHECK_OK(nock_stream_open_path(path, mode, &options, &stream, ERR));
  return stream;
}

static uint64_t position_of(nock_stream_t *stream) {
  uint64_t position = 0;
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  return position;
}

static void writing_starts_anew(void) {
  const char *path = temp_text("old contents");
  nock_stream_t *stream = open_path(path, NOCK_OPEN_WRITE);
  nock_buffer_t *buffer = NULL;
  nock_bytes_t runs[4] = {{"da", 2}, {NULL, 0}, {"t", 1}, {"a", 1}};
  CHECK_FILE(path, "");
  CHECK(nock_stream_mode(stream) == NOCK_OPEN_WRITE);
  CHECK(!nock_stream_is_readable(stream) && nock_stream_is_writable(stream) && !nock_stream_is_seekable(stream));
  CHECK_OK(nock_stream_write(stream, "test", 4, ERR));
  CHECK_FILE(path, "test");
  CHECK_OK(nock_stream_write_vectored(stream, runs, 4, ERR));
  CHECK(position_of(stream) == 8);
  CHECK_OK(nock_buffer_new_copy("!?", 2, NULL, &buffer, ERR));
  CHECK_OK(nock_stream_write_buffer(stream, buffer, ERR));
  CHECK_OK(nock_stream_write_at(stream, 0, "T", 1, ERR));
  CHECK_FILE(path, "Testdata!?");
  CHECK_OK(nock_stream_truncate(stream, 9, ERR));
  CHECK_FILE(path, "Testdata!");
  CHECK_OK(nock_stream_resize(stream, 4, ERR));
  CHECK(position_of(stream) == 4);
  CHECK_OK(nock_stream_resize(stream, 6, ERR));
  check_file(path, "Test\0\0", 6);
  CHECK_OK(nock_stream_sync(stream, ERR));
  char byte;
  size_t n;
  uint64_t skipped;
  nock_buffer_t *out = NULL;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read(stream, &byte, 1, &n, ERR));
  CHECK_MESSAGE(path);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_exact(stream, &byte, 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_buffer(stream, 1, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_all(stream, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_at(stream, 0, &byte, 1, &n, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_at_buffer(stream, 0, 1, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_skip(stream, 1, &skipped, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_seek(stream, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_finish_buffer(stream, &out, ERR));
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  nock_buffer_unref(buffer);
}

static void reading_never_writes(void) {
  const char *path = temp_text("data");
  nock_stream_t *stream = open_path(path, NOCK_OPEN_DEFAULT);
  nock_buffer_t *buffer = NULL;
  nock_bytes_t run = {"x", 1};
  CHECK(nock_stream_mode(stream) == NOCK_OPEN_READ);
  CHECK_OK(nock_buffer_new_copy("x", 1, NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write(stream, "x", 1, ERR));
  CHECK_MESSAGE("not open for writing");
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_buffer(stream, buffer, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_vectored(stream, &run, 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_at(stream, 0, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_truncate(stream, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_resize(stream, 0, ERR));
  CHECK_FILE(path, "data");
  nock_stream_unref(stream);
  nock_buffer_unref(buffer);
}

static void appending_goes_behind(void) {
  const char *path = temp_text("test");
  nock_stream_t *stream = open_path(path, NOCK_OPEN_APPEND);
  CHECK(position_of(stream) == 4);
  CHECK_OK(nock_stream_write(stream, "da", 2, ERR));
  /* Somebody else appends in between. */
  nock_stream_t *other = open_path(path, NOCK_OPEN_APPEND);
  CHECK_OK(nock_stream_write(other, "--", 2, ERR));
  CHECK_OK(nock_stream_write(stream, "ta", 2, ERR));
  CHECK(position_of(stream) == 10);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_at(stream, 0, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_seek(stream, 0, ERR));
  CHECK_FILE(path, "testda--ta");
  nock_stream_unref(stream);
  nock_stream_unref(other);
  stream = open_path(temp_path(), NOCK_OPEN_APPEND);
  CHECK(position_of(stream) == 0);
  nock_stream_unref(stream);
}

static void reading_and_writing_share_the_position(void) {
  const char *path = temp_text("0123456789");
  nock_stream_t *stream = open_path(path, NOCK_OPEN_READ_WRITE);
  char three[3];
  size_t n = 1;
  CHECK_OK(nock_stream_read_exact(stream, three, 3, ERR));
  CHECK_OK(nock_stream_write(stream, "abc", 3, ERR));
  CHECK_OK(nock_stream_read_exact(stream, three, 3, ERR));
  CHECK_BYTES(three, "678", 3);
  CHECK_FILE(path, "012abc6789");
  CHECK_OK(nock_stream_seek(stream, 100, ERR));
  CHECK(position_of(stream) == 100);
  CHECK_OK(nock_stream_read(stream, three, 3, &n, ERR));
  CHECK(n == 0);
  CHECK_OK(nock_stream_read_at(stream, UINT64_C(1) << 62, three, 3, &n, ERR));
  CHECK(n == 0);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_seek(stream, UINT64_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_at(stream, UINT64_MAX, three, 3, &n, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write_at(stream, UINT64_MAX, three, 3, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_truncate(stream, UINT64_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_resize(stream, UINT64_MAX, ERR));
  CHECK_FILE(path, "012abc6789");
  nock_stream_unref(stream);
}

static void opening_can_fail(void) {
  nock_stream_open_options_t options = NOCK_STREAM_OPEN_OPTIONS_INIT;
  nock_stream_t *stream = NULL;
  const char *missing = temp_path();
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_path(missing, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_MESSAGE(missing);
  CHECK(nock_error_os_code(harness_error) == 2);
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_path(missing, NOCK_OPEN_READ_WRITE, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_path("", NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_path("/no/such/folder", NOCK_OPEN_WRITE, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_path("/", NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_MESSAGE("directory");
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_path("/", NOCK_OPEN_WRITE, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_path(missing, 5, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_path(missing, -1, NULL, &stream, ERR));
  options.flags = 1u << 31;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_path(missing, NOCK_OPEN_WRITE, &options, &stream, ERR));
  const struct {
    nock_open_mode_t mode;
    uint32_t flags;
  } contradictions[] = {
      {NOCK_OPEN_READ, NOCK_OPEN_FLAG_CREATE},     {NOCK_OPEN_READ, NOCK_OPEN_FLAG_EXCLUSIVE},
      {NOCK_OPEN_DEFAULT, NOCK_OPEN_FLAG_TRUNCATE}, {NOCK_OPEN_APPEND, NOCK_OPEN_FLAG_TRUNCATE},
      {NOCK_OPEN_WRITE, NOCK_OPEN_FLAG_KEEP_DESCRIPTOR},
  };
  for (size_t i = 0; i < sizeof contradictions / sizeof contradictions[0]; i++) {
    options.flags = contradictions[i].flags;
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
                 nock_stream_open_path(missing, contradictions[i].mode, &options, &stream, ERR));
  }
  options.flags = NOCK_OPEN_FLAG_KEEP_DESCRIPTOR;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_create_mmap(missing, 1, &options, &stream, ERR));
  options.flags = NOCK_OPEN_FLAG_NO_FOLLOW;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(0, NOCK_OPEN_DEFAULT, &options, &stream, ERR));
  options.flags = 0;
  options.permissions = 0600;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(0, NOCK_OPEN_DEFAULT, &options, &stream, ERR));
  options.permissions = 0;
  options.reserved = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_path(missing, NOCK_OPEN_WRITE, &options, &stream, ERR));
  options.reserved = 0;
  options.struct_size = 8;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_path(missing, NOCK_OPEN_WRITE, &options, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(0, NOCK_OPEN_WRITE, &options, &stream, ERR));
  CHECK(stream == NULL);
  CHECK(access(missing, F_OK) != 0);
}

static void flags_decide_what_happens_to_files(void) {
  nock_stream_open_options_t options = NOCK_STREAM_OPEN_OPTIONS_INIT;
  struct stat status;
  const char *path = temp_path();
  nock_stream_t *stream = open_with(path, NOCK_OPEN_READ_WRITE, NOCK_OPEN_FLAG_CREATE);
  CHECK_OK(nock_stream_write(stream, "abc", 3, ERR));
  nock_stream_unref(stream);
  CHECK(stat(path, &status) == 0 && (status.st_mode & 0777) == 0600);
  stream = open_with(path, NOCK_OPEN_READ_WRITE, NOCK_OPEN_FLAG_CREATE);
  nock_stream_unref(stream);
  CHECK_FILE(path, "abc");
  options.flags = NOCK_OPEN_FLAG_EXCLUSIVE;
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_path(path, NOCK_OPEN_WRITE, &options, &stream, ERR));
  CHECK_FILE(path, "abc");
  const char *link = temp_path();
  CHECK(symlink(path, link) == 0);
  options.flags = NOCK_OPEN_FLAG_NO_FOLLOW;
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_path(link, NOCK_OPEN_WRITE, &options, &stream, ERR));
  CHECK_FILE(path, "abc");
  stream = open_with(path, NOCK_OPEN_READ_WRITE, NOCK_OPEN_FLAG_TRUNCATE);
  nock_stream_unref(stream);
  CHECK_FILE(path, "");

  mode_t old = umask(027);
  const char *plain = temp_path();
  nock_stream_unref(open_path(plain, NOCK_OPEN_WRITE));
  CHECK(stat(plain, &status) == 0 && (status.st_mode & 0777) == 0640);
  umask(old);

  /* Paths are bytes: Korean letters, a bow, and a byte that is no UTF-8. */
  const char *odd = temp_path_named("-\xEA\xB0\x80\xEB\x82\x98\xF0\x9F\x8F\xB9\xFF");
  stream = open_path(odd, NOCK_OPEN_WRITE);
  nock_stream_unref(stream);
  CHECK(unlink(odd) == 0);
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_path(odd, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_MESSAGE("\xEA\xB0\x80\xEB\x82\x98\xF0\x9F\x8F\xB9\xEF\xBF\xBD");
}

static void descriptors_belong_to_the_stream(void) {
  nock_stream_open_options_t keep = NOCK_STREAM_OPEN_OPTIONS_INIT;
  nock_stream_t *stream = NULL;
  nock_buffer_t *rest = NULL;
  keep.flags = NOCK_OPEN_FLAG_KEEP_DESCRIPTOR;
  const char *path = temp_text("testdata");
  int fd = open(path, O_RDONLY);
  CHECK(fd >= 0 && lseek(fd, 4, SEEK_SET) == 4);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(fd, NOCK_OPEN_WRITE, NULL, &stream, ERR));
  CHECK_MESSAGE("not open for writing");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(fd, NOCK_OPEN_APPEND, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(fd, NOCK_OPEN_READ_WRITE, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_fd(-1, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_READ, &keep, &stream, ERR));
  CHECK(nock_stream_fileno(stream) == fd && position_of(stream) == 4);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_DEFAULT, NULL, &stream, ERR));
  CHECK_OK(nock_stream_read_all(stream, NULL, &rest, ERR));
  CHECK(nock_buffer_size(rest) == 4);
  CHECK_BYTES(nock_buffer_data(rest), "data", 4);
  nock_buffer_unref(rest);
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK(fcntl(fd, F_GETFD) == -1);
  nock_stream_unref(stream);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_fd(fd, NOCK_OPEN_DEFAULT, NULL, &stream, ERR));
  int folder = open("/", O_RDONLY);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_fd(folder, NOCK_OPEN_DEFAULT, NULL, &stream, ERR));
  CHECK(close(folder) == 0);
  fd = open(path, O_WRONLY | O_APPEND);
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_DEFAULT, NULL, &stream, ERR));
  CHECK(nock_stream_mode(stream) == NOCK_OPEN_APPEND && position_of(stream) == 8);
  nock_stream_unref(stream);
  CHECK(fcntl(fd, F_GETFD) == -1);
  /* Whatever the mode is called: the system would put such a write at the end. */
  fd = open(path, O_RDWR | O_APPEND);
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_READ_WRITE, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_at(stream, 0, "x", 1, ERR));
  nock_stream_unref(stream);
  CHECK_FILE(path, "testdata");
}

/* Two streams on one open file share its position, as programs in one shell do. */
static void shared_descriptors_share_the_position(void) {
  const char *path = temp_path();
  int fd = open(path, O_WRONLY | O_CREAT, 0600);
  int twin = dup(fd);
  nock_stream_t *a = NULL, *b = NULL;
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_WRITE, NULL, &a, ERR));
  CHECK_OK(nock_stream_open_fd(twin, NOCK_OPEN_WRITE, NULL, &b, ERR));
  CHECK_OK(nock_stream_write(a, "one", 3, ERR));
  CHECK_OK(nock_stream_write(b, "two", 3, ERR));
  CHECK_OK(nock_stream_write(a, "three", 5, ERR));
  CHECK(position_of(b) == 11);
  CHECK_FILE(path, "onetwothree");
  nock_stream_unref(a);
  nock_stream_unref(b);
}

static void files_beyond_four_gibibytes(void) {
  const uint64_t far = (UINT64_C(1) << 32) + 5;
  const char *path = temp_text("");
  nock_stream_t *stream = open_path(path, NOCK_OPEN_READ_WRITE);
  nock_buffer_t *mark = NULL;
  uint64_t size = 0;
  CHECK_OK(nock_stream_seek(stream, far, ERR));
  CHECK_OK(nock_stream_write(stream, "mark\n", 5, ERR));
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  CHECK(size == far + 5 && position_of(stream) == far + 5);
  nock_stream_unref(stream);
  stream = open_path(path, NOCK_OPEN_READ);
  CHECK_OK(nock_stream_seek(stream, far, ERR));
  CHECK_OK(nock_stream_read_buffer(stream, 100, NULL, &mark, ERR));
  CHECK(nock_buffer_size(mark) == 5);
  CHECK_BYTES(nock_buffer_data(mark), "mark\n", 5);
  nock_buffer_unref(mark);
  CHECK_OK(nock_stream_read_at_buffer(stream, far + 1, 3, NULL, &mark, ERR));
  CHECK_BYTES(nock_buffer_data(mark), "ark", 3);
  nock_buffer_unref(mark);
  nock_stream_unref(stream);
}

/* More runs than one system call takes, and a length that no file has. */
static void large_requests(void) {
  enum { RUNS = 3000 };
  static nock_bytes_t runs[RUNS];
  static char bytes[RUNS];
  for (int i = 0; i < RUNS; i++) {
    bytes[i] = (char)('a' + i % 26);
    runs[i].data = &bytes[i];
    runs[i].len = i % 5 == 0 ? 0 : 1;
  }
  const char *path = temp_path();
  nock_stream_t *stream = open_path(path, NOCK_OPEN_WRITE);
  nock_buffer_t *all = NULL;
  CHECK_OK(nock_stream_write_vectored(stream, runs, RUNS, ERR));
  CHECK(position_of(stream) == RUNS - RUNS / 5);
  nock_stream_unref(stream);
  stream = open_path(path, NOCK_OPEN_READ);
  uint64_t before = nock_pool_max_memory(NULL);
  CHECK_OK(nock_stream_read_buffer(stream, SIZE_MAX, NULL, &all, ERR));
  CHECK(nock_buffer_size(all) == RUNS - RUNS / 5);
  CHECK(nock_pool_max_memory(NULL) <= before + 65536);
  nock_buffer_unref(all);
  nock_stream_unref(stream);
  stream = NULL;
  if (nock_stream_open_path("/proc/self/maps", NOCK_OPEN_READ, NULL, &stream, NULL) == NOCK_OK) {
    CHECK_OK(nock_stream_read_all(stream, NULL, &all, ERR));
    CHECK(nock_buffer_size(all) > 100);
    nock_buffer_unref(all);
    nock_stream_unref(stream);
  }
}

/* Each read takes one block, of the pool that it was told, padded with zeros. */
static void reads_take_one_block_each(void) {
  const char *path = temp_text("some data to read");
  nock_stream_t *stream = open_path(path, NOCK_OPEN_READ);
  nock_pool_t *pool = NULL;
  nock_buffer_t *made[3] = {NULL};
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  CHECK_OK(nock_stream_read_at_buffer(stream, 5, 4, pool, &made[0], ERR));
  CHECK_OK(nock_stream_read_at_buffer(stream, 0, 4, pool, &made[1], ERR));
  CHECK(nock_pool_num_allocations(pool) == 2 && nock_pool_bytes_allocated(pool) == 128);
  CHECK_BYTES(nock_buffer_data(made[0]), "data", 4);
  CHECK_BYTES(nock_buffer_data(made[1]), "some", 4);
  /* Past the end there is less than was asked for, and zeros behind it. */
  CHECK_OK(nock_stream_read_at_buffer(stream, 13, 100, pool, &made[2], ERR));
  CHECK(nock_buffer_size(made[2]) == 4);
  for (size_t i = 0; i < 3; i++) {
    const char *bytes = nock_buffer_data(made[i]);
    for (size_t k = 4; k < 64; k++) {
      CHECK(bytes[k] == 0);
    }
    nock_buffer_unref(made[i]);
  }
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
  nock_stream_unref(stream);
}

int main(void) {
  RUN(writing_starts_anew);
  RUN(reading_never_writes);
  RUN(appending_goes_behind);
  RUN(reading_and_writing_share_the_position);
  RUN(opening_can_fail);
  RUN(flags_decide_what_happens_to_files);
  RUN(descriptors_belong_to_the_stream);
  RUN(shared_descriptors_share_the_position);
  RUN(files_beyond_four_gibibytes);
  RUN(large_requests);
  RUN(reads_take_one_block_each);
  return harness_done();
}
