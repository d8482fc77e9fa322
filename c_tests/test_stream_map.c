/* Memory maps. */
#include "temp_file.h"

static nock_stream_t *open_mmap(const char *path, nock_open_mode_t mode) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_mmap(path, mode, NULL, &stream, ERR));
  return stream;
}

static nock_stream_t *create(const char *path, uint64_t size) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_create_mmap(path, size, NULL, &stream, ERR));
  return stream;
}

static uint64_t size_of_stream(nock_stream_t *stream) {
  uint64_t size = 77;
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  return size;
}

static uint64_t position_of(nock_stream_t *stream) {
  uint64_t position = 77;
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  return position;
}

static nock_buffer_t *lend(nock_stream_t *stream, uint64_t offset, size_t len) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_stream_read_at_buffer(stream, offset, len, NULL, &buffer, ERR));
  return buffer;
}

static void nothing_is_copied(void) {
  static char bytes[1 << 20];
  memset(bytes, 'a', sizeof bytes);
  nock_stream_t *stream = open_mmap(temp_file(bytes, sizeof bytes), NOCK_OPEN_DEFAULT);
  uint64_t before = nock_pool_total_bytes_allocated(NULL);
  nock_buffer_t *all = NULL, *part = lend(stream, 4096, 10);
  CHECK_OK(nock_stream_read_all(stream, NULL, &all, ERR));
  CHECK(nock_buffer_size(all) == sizeof bytes && !nock_buffer_is_mutable(all));
  CHECK(nock_buffer_address(part) == nock_buffer_address(all) + 4096);
  CHECK(nock_buffer_parent(part) == nock_buffer_parent(all) && nock_buffer_parent(part) != NULL);
  CHECK(nock_pool_total_bytes_allocated(NULL) == before);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  CHECK_BYTES(nock_buffer_data(all), bytes, sizeof bytes);
  nock_buffer_unref(all);
  CHECK_BYTES(nock_buffer_data(part), bytes, 10);
  nock_buffer_unref(part);
}

static void writing_stays_inside(void) {
  const char *path = temp_text("what was there before");
  nock_stream_t *stream = create(path, 10);
  nock_bytes_t runs[2] = {{"123", 3}, {"4567", 4}};
  check_file(path, "\0\0\0\0\0\0\0\0\0\0", 10);
  CHECK(nock_stream_mode(stream) == NOCK_OPEN_READ_WRITE);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write(stream, "hello world", 11, ERR));
  CHECK_MESSAGE("11 bytes at offset 0");
  CHECK(position_of(stream) == 0);
  CHECK_OK(nock_stream_write(stream, "hello", 5, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_vectored(stream, runs, 2, ERR));
  CHECK(position_of(stream) == 5);
  CHECK_OK(nock_stream_seek(stream, 3, ERR));
  CHECK_OK(nock_stream_write_vectored(stream, runs, 2, ERR));
  CHECK_FILE(path, "hel1234567");
  CHECK_OK(nock_stream_write(stream, NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write(stream, "x", 1, ERR));
  CHECK_OK(nock_stream_write_at(stream, 9, "!", 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_at(stream, 9, "!!", 2, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_at(stream, UINT64_MAX, "!", 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_seek(stream, 11, ERR));
  CHECK(position_of(stream) == 10);
  char bytes[4];
  size_t n = 1;
  nock_buffer_t *out = NULL;
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_read_at(stream, 11, bytes, 1, &n, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_read_at_buffer(stream, 11, 1, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_truncate(stream, 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_finish_buffer(stream, &out, ERR));
  CHECK_OK(nock_stream_sync(stream, ERR));
  CHECK_FILE(path, "hel123456!");
  nock_stream_unref(stream);
}

/* Two maps of one file see each other's writes at once. */
static void maps_share_the_file(void) {
  const char *path = temp_text("0123456789");
  nock_stream_t *a = open_mmap(path, NOCK_OPEN_READ_WRITE), *b = open_mmap(path, NOCK_OPEN_READ_WRITE);
  nock_buffer_t *seen = lend(b, 0, 10);
  CHECK_OK(nock_stream_write(a, "abc", 3, ERR));
  CHECK_BYTES(nock_buffer_data(seen), "abc3456789", 10);
  CHECK_OK(nock_stream_write_at(b, 9, "z", 1, ERR));
  CHECK_BYTES(nock_buffer_data(seen), "abc345678z", 10);
  /* A part of the map itself is written to another place of it. */
  CHECK_OK(nock_stream_write_at(b, 5, nock_buffer_data(seen), 3, ERR));
  CHECK_BYTES(nock_buffer_data(seen), "abc34abc8z", 10);
  nock_buffer_unref(seen);
  nock_stream_unref(a);
  nock_stream_unref(b);
}

static void a_map_only_for_writing_keeps_the_file(void) {
  static char bytes[4096];
  const char *path = temp_file(bytes, sizeof bytes);
  nock_stream_t *stream = open_mmap(path, NOCK_OPEN_WRITE);
  nock_buffer_t *out = NULL;
  char byte;
  size_t n = 0;
  CHECK(!nock_stream_is_readable(stream) && nock_stream_is_writable(stream) && nock_stream_is_seekable(stream));
  CHECK_OK(nock_stream_write(stream, "foo", 3, ERR));
  CHECK(size_of_stream(stream) == 4096);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read(stream, &byte, 1, &n, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_all(stream, NULL, &out, ERR));
  CHECK_OK(nock_stream_resize(stream, 5000, ERR));
  CHECK(size_of_stream(stream) == 5000);
  nock_stream_unref(stream);
}

static void resizing_waits_for_nobody(void) {
  const char *path = temp_text("0123456789");
  nock_stream_t *stream = open_mmap(path, NOCK_OPEN_READ_WRITE);
  nock_buffer_t *a = lend(stream, 0, 4), *b = lend(stream, 2, 0);
  char bytes[8];
  size_t n = 7;
  CHECK_OK(nock_stream_seek(stream, 9, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_resize(stream, 4, ERR));
  CHECK_MESSAGE("in use");
  nock_buffer_unref(a);
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_resize(stream, 4, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_resize(stream, 400, ERR));
  CHECK_FILE(path, "0123456789");
  nock_buffer_unref(b);
  CHECK_OK(nock_stream_resize(stream, 4, ERR));
  CHECK_FILE(path, "0123");
  CHECK(size_of_stream(stream) == 4 && position_of(stream) == 4);
  CHECK_OK(nock_stream_resize(stream, 0, ERR));
  CHECK(size_of_stream(stream) == 0 && position_of(stream) == 0);
  CHECK_OK(nock_stream_read_at(stream, 0, bytes, 8, &n, ERR));
  CHECK(n == 0);
  CHECK_OK(nock_stream_resize(stream, 3, ERR));
  CHECK_OK(nock_stream_write(stream, "abc", 3, ERR));
  CHECK_OK(nock_stream_resize(stream, 100000, ERR));
  CHECK_OK(nock_stream_write(stream, "def", 3, ERR));
  a = lend(stream, 0, 7);
  CHECK_BYTES(nock_buffer_data(a), "abcdef\0", 7);
  nock_buffer_unref(a);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_resize(stream, UINT64_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_resize(stream, (uint64_t)INT64_MAX, ERR));
  CHECK(size_of_stream(stream) == 100000);
  nock_stream_unref(stream);
  stream = open_mmap(path, NOCK_OPEN_READ);
  CHECK(size_of_stream(stream) == 100000);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_resize(stream, 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write(stream, "x", 1, ERR));
  nock_stream_unref(stream);
}

static void a_part_of_a_file(void) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  nock_stream_map_options_t part = NOCK_STREAM_MAP_OPTIONS_INIT;
  nock_stream_t *stream = NULL;
  char *bytes = malloc(2 * page + 10);
  CHECK(bytes != NULL);
  memset(bytes, 1, page);
  memset(bytes + page, 2, page);
  memset(bytes + 2 * page, 3, 10);
  const char *path = temp_file(bytes, 2 * page + 10);
#define OPEN(at, bytes_of_part) (part.offset = (at), part.length = (bytes_of_part), \
                                 nock_stream_open_mmap(path, NOCK_OPEN_READ_WRITE, &part, &stream, ERR))
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, OPEN(page / 2, 10));
  CHECK_MESSAGE("page size");
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, OPEN(page, page + 11));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, OPEN(3 * page, 0));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, OPEN(0, UINT64_MAX));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, OPEN(UINT64_MAX - page + 1, page));
  CHECK(stream == NULL);
  CHECK_OK(OPEN(2 * page, 0));
  CHECK(size_of_stream(stream) == 10);
  nock_stream_unref(stream);
  CHECK_OK(OPEN(page, page));
  CHECK(size_of_stream(stream) == page && position_of(stream) == 0);
  nock_buffer_t *all = lend(stream, 0, SIZE_MAX);
  CHECK(nock_buffer_size(all) == page);
  CHECK_BYTES(nock_buffer_data(all), bytes + page, page);
  nock_buffer_unref(all);
  CHECK_OK(nock_stream_write_at(stream, page - 1, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_at(stream, page - 1, "xx", 2, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_resize(stream, 1, ERR));
  CHECK_MESSAGE("part");
  nock_stream_unref(stream);
  bytes[2 * page - 1] = 'x';
  check_file(path, bytes, 2 * page + 10);
  free(bytes);
  part.offset = part.length = 0;
  part.flags = 2;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_mmap(path, NOCK_OPEN_READ, &part, &stream, ERR));
  part.flags = NOCK_MAP_FLAG_NO_FOLLOW;
  const char *link = temp_path();
  CHECK(symlink(path, link) == 0);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_mmap(link, NOCK_OPEN_READ, &part, &stream, ERR));
  part.struct_size = 16;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_mmap(path, NOCK_OPEN_READ, &part, &stream, ERR));
#undef OPEN
}

static void what_cannot_be_mapped(void) {
  nock_stream_t *stream = NULL;
  const char *missing = temp_path();
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_mmap(missing, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_open_mmap(missing, NOCK_OPEN_WRITE, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_mmap(missing, NOCK_OPEN_APPEND, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_open_mmap(missing, 9, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_open_mmap("/", NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_mmap("/dev/null", NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_create_mmap("/dev/null", 10, NULL, &stream, ERR));
  if (access("/proc/self/maps", R_OK) == 0) {
    CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_mmap("/proc/self/maps", NOCK_OPEN_READ, NULL, &stream, ERR));
  }
  CHECK(mkfifo(missing, 0600) == 0);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_mmap(missing, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_stream_create_mmap("/no/such/folder", 10, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_create_mmap("/", 10, NULL, &stream, ERR));
  const char *path = temp_text("abc");
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_create_mmap(path, UINT64_MAX, NULL, &stream, ERR));
  CHECK_FILE(path, "abc");
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_create_mmap(path, (uint64_t)INT64_MAX, NULL, &stream, ERR));
  CHECK_FILE(path, "");
  nock_stream_open_options_t options = NOCK_STREAM_OPEN_OPTIONS_INIT;
  options.flags = NOCK_OPEN_FLAG_EXCLUSIVE;
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_create_mmap(path, 1, &options, &stream, ERR));
  options.flags = 1u << 30;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_create_mmap(path, 1, &options, &stream, ERR));
  options.struct_size = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_create_mmap(path, 1, &options, &stream, ERR));
  CHECK(stream == NULL);
}

static void empty_files_are_fine(void) {
  nock_stream_t *stream = open_mmap(temp_text(""), NOCK_OPEN_READ);
  nock_buffer_t *all = lend(stream, 0, 10);
  CHECK(size_of_stream(stream) == 0 && nock_buffer_size(all) == 0 && nock_buffer_data(all) != NULL);
  nock_buffer_unref(all);
  nock_stream_unref(stream);
  stream = create(temp_path(), 0);
  CHECK(size_of_stream(stream) == 0);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write(stream, "x", 1, ERR));
  nock_stream_unref(stream);
}

/* A file that is cut while it is mapped: what would go through the map is refused, nothing dies. */
static void a_cut_file_is_an_error(void) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *bytes = calloc(8, page);
  CHECK(bytes != NULL);
  const char *path = temp_file(bytes, 8 * page);
  for (size_t pages = 0; pages < 8; pages++) {
    nock_stream_t *stream = open_mmap(path, NOCK_OPEN_READ_WRITE);
    nock_buffer_t *out = NULL;
    size_t n = 0;
    CHECK(truncate(path, (off_t)(pages * page)) == 0);
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read(stream, bytes, 8 * page, &n, ERR));
    CHECK_MESSAGE("cut while it was mapped");
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_exact(stream, bytes, 8 * page, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_at(stream, pages * page, bytes, 1, &n, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_at_buffer(stream, pages * page, 1, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_buffer(stream, 8 * page, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_all(stream, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_write_at(stream, pages * page, "x", 1, ERR));
    CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(stream, bytes, 8 * page, ERR));
    CHECK(position_of(stream) == 0 && out == NULL);
    check_file(path, bytes, pages * page);
    if (pages > 0) {
      /* What is still there can be used. */
      CHECK_OK(nock_stream_read_at(stream, pages * page - 1, bytes, 1, &n, ERR));
      out = lend(stream, pages * page - 1, 1);
      CHECK(*(const char *)nock_buffer_data(out) == 0);
      nock_buffer_unref(out);
    }
    nock_stream_unref(stream);
    CHECK(truncate(path, (off_t)(8 * page)) == 0);
  }
  free(bytes);
}

static void maps_beyond_four_gibibytes(void) {
  const uint64_t far = (UINT64_C(1) << 32) + 5;
  const char *path = temp_text("");
  CHECK(truncate(path, (off_t)(far + 5)) == 0);
  nock_stream_t *stream = open_mmap(path, NOCK_OPEN_READ_WRITE);
  CHECK(size_of_stream(stream) == far + 5);
  CHECK_OK(nock_stream_write_at(stream, far, "mark\n", 5, ERR));
  CHECK_OK(nock_stream_seek(stream, far, ERR));
  nock_buffer_t *mark = NULL;
  CHECK_OK(nock_stream_read_buffer(stream, 100, NULL, &mark, ERR));
  CHECK(nock_buffer_size(mark) == 5);
  CHECK_BYTES(nock_buffer_data(mark), "mark\n", 5);
  nock_buffer_unref(mark);
  nock_stream_unref(stream);
}

int main(void) {
  RUN(nothing_is_copied);
  RUN(writing_stays_inside);
  RUN(maps_share_the_file);
  RUN(a_map_only_for_writing_keeps_the_file);
  RUN(resizing_waits_for_nobody);
  RUN(a_part_of_a_file);
  RUN(what_cannot_be_mapped);
  RUN(empty_files_are_fine);
  RUN(a_cut_file_is_an_error);
  RUN(maps_beyond_four_gibibytes);
  return harness_done();
}
