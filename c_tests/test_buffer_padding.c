/*
 * Padding is zero in every buffer that the library makes, whoever makes it: in memory of a debug pool, where fresh bytes are
 * never zero, so that no test passes by luck.
 */
#include "ipc_data.h"

#include <unistd.h>

static nock_pool_t *pool;

/* Every byte from the end to the end of its padding is 0. The buffer ends. */
static void check_and_end(nock_buffer_t *buffer) {
  const unsigned char *bytes = nock_buffer_data(buffer);
  const size_t size = nock_buffer_size(buffer);
  CHECK(nock_buffer_capacity(buffer) >= (size + 63) / 64 * 64);
  for (size_t i = size; i < (size + 63) / 64 * 64; i++) {
    CHECK(bytes[i] == 0);
  }
  nock_buffer_unref(buffer);
}

static void fresh_bytes_are_never_zero(void) {
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 1000, 0, &block, ERR));
  for (size_t i = 0; i < 1000; i++) {
    CHECK(((const unsigned char *)block)[i] != 0);
  }
  nock_pool_dealloc(pool, block, 1000, 0);
}

static void made_buffers(void) {
  static const size_t sizes[] = {0, 1, 63, 64, 65, 1000};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    const size_t size = sizes[i];
    nock_buffer_t *buffer = NULL, *source = NULL;
    CHECK_OK(nock_buffer_alloc(size, pool, &source, ERR));
    memset(nock_buffer_mutable_data(source), 0xEE, size);
    CHECK_OK(nock_buffer_alloc_zeroed(size, pool, &buffer, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_buffer_alloc_aligned(size, 4096, pool, &buffer, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_buffer_alloc_resizable(size, pool, &buffer, ERR));
    CHECK_OK(nock_buffer_resize(buffer, 2 * size + 1, 0, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_buffer_new_copy(nock_buffer_data(source), size, pool, &buffer, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_buffer_copy_range(source, size / 3, size / 2, pool, &buffer, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_buffer_hex(source, pool, &buffer, ERR));
    check_and_end(buffer);
    const nock_buffer_t *twice[] = {source, source};
    CHECK_OK(nock_buffer_concat(twice, 2, pool, &buffer, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_bitmap_new(size, 1, pool, &buffer, ERR));
    check_and_end(buffer);
    check_and_end(source);
  }
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_pool_stats_text(pool, pool, &text, ERR));
  check_and_end(text);
  CHECK_OK(nock_pool_live_text(pool, pool, &text, ERR));
  check_and_end(text);
}

static void built_buffers(void) {
  for (int keep = 0; keep < 2; keep++) {
    nock_buffer_builder_t *bytes = NULL;
    nock_bitmap_builder_t *bits = NULL;
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_buffer_builder_new(pool, &bytes, ERR));
    CHECK_OK(nock_buffer_builder_append_fill(bytes, 0xEE, 300, ERR));
    CHECK_OK(nock_buffer_builder_rewind(bytes, 70, ERR));
    CHECK_OK(keep ? nock_buffer_builder_finish_keep(&bytes, &buffer, ERR) : nock_buffer_builder_finish(&bytes, &buffer, ERR));
    check_and_end(buffer);
    CHECK_OK(nock_bitmap_builder_new(pool, &bits, ERR));
    CHECK_OK(nock_bitmap_builder_append_run(bits, 1, 2000, ERR));
    CHECK_OK(nock_bitmap_builder_rewind(bits, 77, ERR));
    CHECK_OK(keep ? nock_bitmap_builder_finish_keep(&bits, &buffer, ERR) : nock_bitmap_builder_finish(&bits, &buffer, ERR));
    CHECK(((const unsigned char *)nock_buffer_data(buffer))[9] == 0x1F);
    check_and_end(buffer);
  }
}

static void check_array(const nock_array_t *array) {
  for (size_t i = 0; i < nock_array_num_buffers(array); i++) {
    nock_buffer_t *buffer = nock_buffer_ref(nock_array_buffer(array, i));
    if (buffer != NULL) {
      check_and_end(buffer);
    }
  }
}

/* Texts and numbers with nulls among them. */
static nock_array_t *array_of(const nock_type_t *type, size_t rows) {
  nock_array_builder_t *builder = NULL;
  nock_array_t *array = NULL;
  CHECK_OK(nock_array_builder_new(type, pool, &builder, ERR));
  for (size_t i = 0; i < rows; i++) {
    if (i % 3 == 2) {
      CHECK_OK(nock_array_builder_append_null(builder, ERR));
    } else if (type == nock_type_int32()) {
      CHECK_OK(nock_array_builder_append_i32(builder, -1, ERR));
    } else if (type == nock_type_boolean()) {
      CHECK_OK(nock_array_builder_append_bool(builder, 1, ERR));
    } else {
      CHECK_OK(nock_array_builder_append_bytes(builder, "text", 4, ERR));
    }
  }
  CHECK_OK(nock_array_builder_finish(&builder, &array, ERR));
  return array;
}

static void arrays_and_messages(void) {
  enum { ROWS = 77 };
  const nock_type_t *types[3] = {nock_type_int32(), nock_type_utf8(), nock_type_boolean()};
  nock_array_t *columns[3] = {NULL};
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = NULL;
  nock_buffer_t *message = NULL;
  for (size_t i = 0; i < 3; i++) {
    nock_array_t *joined = NULL;
    columns[i] = array_of(types[i], ROWS);
    check_array(columns[i]);
    const nock_array_t *twice[] = {columns[i], columns[i]};
    CHECK_OK(nock_array_concat(twice, 2, pool, &joined, ERR));
    check_array(joined);
    nock_array_unref(joined);
  }
  CHECK_OK(nock_batch_new(schema, (const nock_array_t *const *)columns, 3, ROWS, &batch, ERR));
  CHECK_OK(nock_ipc_serialize_batch(batch, pool, NULL, &message, ERR));
  check_and_end(message);
  CHECK_OK(nock_ipc_serialize_schema(schema, pool, NULL, &message, ERR));
  check_and_end(message);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  for (size_t i = 0; i < 3; i++) {
    nock_array_unref(columns[i]);
  }
}

static void written_and_read_streams(void) {
  char bytes[300];
  memset(bytes, 0xEE, sizeof bytes);
  nock_stream_t *stream = NULL;
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_stream_new_buffer_writer(1000, pool, &stream, ERR));
  CHECK_OK(nock_stream_write(stream, bytes, sizeof bytes, ERR));
  CHECK_OK(nock_stream_finish_buffer(stream, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == sizeof bytes);
  nock_stream_unref(stream);
  check_and_end(buffer);
  /* A pipe cannot say how much it has, and has less than is asked for. */
  for (int all = 0; all < 2; all++) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    CHECK(write(ends[1], bytes, sizeof bytes) == (ssize_t)sizeof bytes);
    close(ends[1]);
    CHECK_OK_ONCE(nock_stream_open_fd(ends[0], NOCK_OPEN_READ, NULL, &stream, ERR));
    CHECK_OK_ONCE(all ? nock_stream_read_all(stream, pool, &buffer, ERR)
                      : nock_stream_read_buffer(stream, 1000, pool, &buffer, ERR));
    CHECK(nock_buffer_size(buffer) == sizeof bytes);
    nock_stream_unref(stream);
    check_and_end(buffer);
  }
}

int main(void) {
  CHECK_OK(nock_pool_new_debug(NULL, NOCK_POOL_ON_FAULT_ABORT, NULL, &pool, ERR));
  RUN(fresh_bytes_are_never_zero);
  RUN(made_buffers);
  RUN(built_buffers);
  RUN(arrays_and_messages);
  RUN(written_and_read_streams);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
  return harness_done();
}
