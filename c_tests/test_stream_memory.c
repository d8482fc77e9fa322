/* Streams over buffers. */
#include "harness.h"

static nock_buffer_t *buffer_of(const char *text) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(text, strlen(text), NULL, &buffer, ERR));
  return buffer;
}

static uint64_t position_of(nock_stream_t *stream) {
  uint64_t position = 77;
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  return position;
}

static void buffers_are_read_in_place(void) {
  nock_buffer_t *source = buffer_of("data123456"), *part = NULL;
  nock_stream_t *stream = NULL;
  char four[4];
  size_t n = 7;
  CHECK_OK(nock_stream_open_buffer(source, &stream, ERR));
  CHECK_OK(nock_stream_seek(stream, 10, ERR));
  CHECK_OK(nock_stream_seek(stream, 9, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_seek(stream, 11, ERR));
  CHECK_MESSAGE("11 is beyond the 10 bytes");
  CHECK(position_of(stream) == 9);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_read_at(stream, 20, four, 4, &n, ERR));
  CHECK_MESSAGE("4 bytes at offset 20");
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_read_at_buffer(stream, 20, 4, NULL, &part, ERR));
  CHECK(n == 7 && part == NULL);
  CHECK_OK(nock_stream_read_at_buffer(stream, 4, 3, NULL, &part, ERR));
  CHECK(nock_buffer_parent(part) == source);
  CHECK(nock_buffer_address(part) == nock_buffer_address(source) + 4);
  CHECK(nock_stream_fileno(stream) == -1);
  CHECK_OK(nock_stream_flush(stream, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write(stream, "x", 1, ERR));
  nock_buffer_t *none = NULL;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_finish_buffer(stream, &none, ERR));
  nock_stream_unref(stream);
  nock_buffer_unref(source);
  CHECK_BYTES(nock_buffer_data(part), "123", 3);
  nock_buffer_unref(part);
}

static void an_empty_buffer_is_a_stream(void) {
  nock_buffer_t *source = NULL, *all = NULL;
  nock_stream_t *stream = NULL;
  uint64_t size = 77;
  CHECK_OK(nock_buffer_new_foreign(NULL, 0, NULL, NULL, &source, ERR));
  CHECK_OK(nock_stream_open_buffer(source, &stream, ERR));
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  CHECK(size == 0);
  CHECK_OK(nock_stream_read_all(stream, NULL, &all, ERR));
  CHECK(nock_buffer_size(all) == 0);
  nock_buffer_unref(all);
  nock_stream_unref(stream);
  nock_buffer_unref(source);
}

static void writers_collect(void) {
  nock_stream_t *stream = NULL;
  nock_buffer_t *all = NULL, *again = NULL, *piece = buffer_of("89");
  nock_bytes_t runs[2] = {{"45", 2}, {"67", 2}};
  uint64_t size = 0;
  CHECK_OK(nock_stream_new_buffer_writer(0, NULL, &stream, ERR));
  CHECK(!nock_stream_is_readable(stream) && nock_stream_is_writable(stream) && !nock_stream_is_seekable(stream));
  CHECK(nock_stream_mode(stream) == NOCK_OPEN_WRITE);
  for (int i = 0; i < 1000; i++) {
    CHECK_OK(nock_stream_write(stream, "0123", 4, ERR));
    CHECK_OK(nock_stream_write_vectored(stream, runs, 2, ERR));
    CHECK_OK(nock_stream_write_buffer(stream, piece, ERR));
  }
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  CHECK(size == 10000 && position_of(stream) == 10000);
  char byte;
  size_t n;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read(stream, &byte, 1, &n, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_seek(stream, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_at(stream, 0, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_truncate(stream, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_resize(stream, 0, ERR));
  CHECK_OK(nock_stream_flush(stream, ERR));
  CHECK_OK(nock_stream_sync(stream, ERR));
  CHECK_OK(nock_stream_finish_buffer(stream, &all, ERR));
  CHECK(nock_stream_is_closed(stream));
  CHECK(nock_buffer_size(all) == 10000 && nock_buffer_capacity(all) == 10048);
  for (size_t i = 0; i < 10000; i += 10) {
    CHECK_BYTES((const char *)nock_buffer_data(all) + i, "0123456789", 10);
  }
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_write(stream, "x", 1, ERR));
  CHECK_OK(nock_stream_finish_buffer(stream, &again, ERR));
  CHECK(again == all);
  nock_buffer_unref(all);
  nock_buffer_unref(again);
  nock_buffer_unref(piece);
  nock_stream_unref(stream);
}

/* The memory is what was asked for, and comes from the pool that was given. */
static void a_writer_is_sized_once(void) {
  enum { SIZE = 1 << 20 };
  static char bytes[SIZE];
  nock_stream_t *stream = NULL;
  nock_buffer_t *all = NULL;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_get("system", &pool, ERR));
  uint64_t before = nock_pool_bytes_allocated(pool), count = nock_pool_num_allocations(pool);
  CHECK_OK(nock_stream_new_buffer_writer(SIZE, pool, &stream, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == before + SIZE);
  for (int i = 0; i < 4; i++) {
    CHECK_OK(nock_stream_write(stream, bytes, SIZE / 4, ERR));
  }
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_OK(nock_stream_finish_buffer(stream, &all, ERR));
  CHECK(nock_buffer_size(all) == SIZE);
  CHECK(nock_pool_num_allocations(pool) == count + 1);
  nock_stream_unref(stream);
  nock_buffer_unref(all);
  CHECK(nock_pool_bytes_allocated(pool) == before);
  nock_pool_unref(pool);
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_stream_new_buffer_writer(SIZE_MAX, NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_stream_new_buffer_writer(SIZE_MAX / 2 - (4u << 20), NULL, &stream, ERR));
  CHECK(stream == NULL);
}

static void fixed_writers_stay_inside(void) {
  nock_buffer_t *memory = NULL;
  nock_stream_t *stream = NULL;
  nock_bytes_t fits[2] = {{"ab", 2}, {"c", 1}}, too_much[2] = {{"1234", 4}, {"x", 1}};
  uint64_t size = 0;
  CHECK_OK(nock_buffer_alloc_zeroed(10, NULL, &memory, ERR));
  CHECK_OK(nock_stream_new_fixed_writer(memory, &stream, ERR));
  CHECK(nock_stream_is_writable(stream) && nock_stream_is_seekable(stream) && !nock_stream_is_readable(stream));
  CHECK(position_of(stream) == 0);
  CHECK_OK(nock_stream_write(stream, "0123456789", 10, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write(stream, "x", 1, ERR));
  CHECK_MESSAGE("1 bytes at offset 10");
  CHECK_OK(nock_stream_write(stream, NULL, 0, ERR));
  CHECK_OK(nock_stream_seek(stream, 10, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_seek(stream, 11, ERR));
  CHECK_OK(nock_stream_seek(stream, 4, ERR));
  CHECK_OK(nock_stream_write_vectored(stream, fits, 2, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_vectored(stream, too_much, 2, ERR));
  CHECK(position_of(stream) == 7);
  CHECK_OK(nock_stream_write_at(stream, 9, "!", 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_at(stream, 9, "!!", 2, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_at(stream, UINT64_MAX, "!", 1, ERR));
  CHECK_BYTES(nock_buffer_data(memory), "0123abc78!", 10);
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  CHECK(size == 10);
  /* The bytes may come from the buffer itself. */
  CHECK_OK(nock_stream_write_at(stream, 1, nock_buffer_data(memory), 9, ERR));
  CHECK_BYTES(nock_buffer_data(memory), "00123abc78", 10);
  nock_buffer_freeze(memory);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_write_at(stream, 0, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_write(stream, "x", 1, ERR));
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_stream_new_fixed_writer(memory, &stream, ERR));
  CHECK_MESSAGE("immutable");
  nock_buffer_unref(memory);
}

/* Reading and writing inside one buffer moves bytes as memmove does, in both directions and for any distance. */
static void source_and_target_may_overlap(void) {
  enum { SIZE = 3000, LEN = 2000 };
  static const size_t distances[] = {1, 10, 64, 100, 999};
  unsigned char expected[SIZE];
  for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
    for (int forward = 0; forward < 2; forward++) {
      size_t from = forward ? 0 : distances[i], to = forward ? distances[i] : 0, n = 0;
      for (int way = 0; way < 4; way++) {
        nock_buffer_t *memory = NULL;
        nock_stream_t *stream = NULL;
        unsigned char *bytes;
        CHECK_OK(nock_buffer_alloc(SIZE, NULL, &memory, ERR));
        bytes = nock_buffer_mutable_data(memory);
        for (size_t at = 0; at < SIZE; at++) {
          bytes[at] = expected[at] = (unsigned char)(at * 7 + at / 256);
        }
        memmove(expected + to, expected + from, LEN);
        if (way < 2) {
          CHECK_OK(nock_stream_new_fixed_writer(memory, &stream, ERR));
          if (way == 0) {
            CHECK_OK(nock_stream_seek(stream, to, ERR));
            CHECK_OK(nock_stream_write(stream, bytes + from, LEN, ERR));
          } else {
            CHECK_OK(nock_stream_write_at(stream, to, bytes + from, LEN, ERR));
          }
        } else {
          CHECK_OK(nock_stream_open_buffer(memory, &stream, ERR));
          if (way == 2) {
            CHECK_OK(nock_stream_seek(stream, from, ERR));
            CHECK_OK(nock_stream_read_exact(stream, bytes + to, LEN, ERR));
          } else {
            CHECK_OK(nock_stream_read_at(stream, from, bytes + to, LEN, &n, ERR));
            CHECK(n == LEN);
          }
        }
        CHECK_BYTES(bytes, expected, SIZE);
        nock_stream_unref(stream);
        nock_buffer_unref(memory);
      }
    }
  }
}

int main(void) {
  RUN(buffers_are_read_in_place);
  RUN(an_empty_buffer_is_a_stream);
  RUN(writers_collect);
  RUN(a_writer_is_sized_once);
  RUN(fixed_writers_stay_inside);
  RUN(source_and_target_may_overlap);
  return harness_done();
}
