/* Every call that takes data bytes from a pool with a limit: refused with NOCK_ERR_LIMIT, and nothing changes. */
#include "ipc_data.h"

static nock_pool_t *capped(uint64_t limit) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, limit, &pool, ERR));
  return pool;
}

/* The last owner of a pool from which nothing is in use. */
static void end(nock_pool_t *pool) {
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
}

/* Refused because of the limit, which the message says. */
#define CHECK_LIMIT(call)              \
  do {                                 \
    CHECK_STATUS(NOCK_ERR_LIMIT, call); \
    CHECK_MESSAGE("cap");              \
  } while (0)

/* The same of a call that was made before. */
static void check_refused(nock_status_t status) {
  harness_last_status = status;
  CHECK(status == NOCK_ERR_LIMIT && nock_error_status(harness_error) == status);
  CHECK_MESSAGE("cap");
}

/* ---- buffers ---- */

static void raw_memory(void) {
  nock_pool_t *pool = capped(256);
  void *block = NULL;
  CHECK_LIMIT(nock_pool_alloc(pool, 257, 0, &block, ERR));
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &block, ERR));
  CHECK_LIMIT(nock_pool_realloc(pool, &block, 100, 257, 0, ERR));
  nock_pool_dealloc(pool, block, 100, 0);
  end(pool);
}

static void buffers(void) {
  nock_pool_t *pool = capped(256);
  nock_buffer_t *out = NULL;
  nock_buffer_t *other = NULL;
  char bytes[300];
  memset(bytes, 'x', sizeof bytes);
  CHECK_LIMIT(nock_buffer_alloc(257, pool, &out, ERR));
  CHECK_LIMIT(nock_buffer_alloc_zeroed(257, pool, &out, ERR));
  CHECK_LIMIT(nock_buffer_alloc_aligned(257, 4096, pool, &out, ERR));
  CHECK_LIMIT(nock_buffer_alloc_resizable(257, pool, &out, ERR));
  CHECK_LIMIT(nock_buffer_new_copy(bytes, 257, pool, &out, ERR));
  CHECK(out == NULL);
  CHECK_OK(nock_buffer_new_copy(bytes, sizeof bytes, NULL, &other, ERR));
  CHECK_LIMIT(nock_buffer_copy_range(other, 0, 257, pool, &out, ERR));
  const nock_buffer_t *twice[2] = {other, other};
  CHECK_LIMIT(nock_buffer_concat(twice, 2, pool, &out, ERR));
  CHECK_LIMIT(nock_buffer_hex(other, pool, &out, ERR));
  CHECK(out == NULL);
  nock_buffer_unref(other);

  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &out, ERR));
  CHECK_LIMIT(nock_buffer_resize(out, 257, 0, ERR));
  CHECK_LIMIT(nock_buffer_reserve(out, 257, ERR));
  CHECK(nock_buffer_size(out) == 100);
  nock_buffer_unref(out);
  end(pool);
}

typedef nock_status_t (*append_t)(nock_buffer_builder_t *builder, nock_error_t **error);

#define APPEND_NUMBER(kind)                                                                          \
  static nock_status_t append_##kind(nock_buffer_builder_t *builder, nock_error_t **error) {         \
    return nock_buffer_builder_append_##kind(builder, 1, error);                                     \
  }
APPEND_NUMBER(i8)
APPEND_NUMBER(i16)
APPEND_NUMBER(i32)
APPEND_NUMBER(i64)
APPEND_NUMBER(u8)
APPEND_NUMBER(u16)
APPEND_NUMBER(u32)
APPEND_NUMBER(u64)
APPEND_NUMBER(f32)
APPEND_NUMBER(f64)

static void buffer_builders(void) {
  static const append_t appends[] = {append_i8, append_i16, append_i32, append_i64, append_u8,
                                     append_u16, append_u32, append_u64, append_f32, append_f64};
  nock_pool_t *pool = capped(256);
  for (size_t i = 0; i < sizeof appends / sizeof appends[0]; i++) {
    nock_buffer_builder_t *builder = NULL;
    CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
    nock_status_t status = NOCK_OK;
    for (int n = 0; n < 1000 && status == NOCK_OK; n++) {
      status = RETRIED(appends[i](builder, ERR));
    }
    check_refused(status);
    const size_t size = nock_buffer_builder_size(builder);
    CHECK(size > 0 && size <= 256);
    void *tail = NULL;
    size_t room = 0;
    char bytes[257] = {0};
    CHECK_LIMIT(nock_buffer_builder_reserve(builder, 257, &tail, &room, ERR));
    CHECK_LIMIT(nock_buffer_builder_append(builder, bytes, 257, ERR));
    CHECK_LIMIT(nock_buffer_builder_append_fill(builder, 1, 257, ERR));
    CHECK_LIMIT(nock_buffer_builder_resize(builder, 513, 0, ERR));
    CHECK(nock_buffer_builder_size(builder) == size);
    nock_buffer_builder_free(builder);
  }
  end(pool);
}

/* ---- streams ---- */

static void streams(void) {
  nock_pool_t *pool = capped(256);
  nock_stream_t *stream = NULL;
  nock_buffer_t *large = NULL;
  char bytes[300];
  memset(bytes, 'x', sizeof bytes);
  const nock_bytes_t runs[2] = {{bytes, 200}, {bytes, 200}};
  CHECK_LIMIT(nock_stream_new_buffer_writer(257, pool, &stream, ERR));
  CHECK_OK(nock_buffer_new_copy(bytes, sizeof bytes, NULL, &large, ERR));
  CHECK_OK(nock_stream_new_buffer_writer(0, pool, &stream, ERR));
  CHECK_LIMIT(nock_stream_write(stream, bytes, 257, ERR));
  CHECK_LIMIT(nock_stream_write_buffer(stream, large, ERR));
  CHECK_LIMIT(nock_stream_write_vectored(stream, runs, 2, ERR));
  uint64_t position = 1;
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  CHECK(position == 0);
  nock_stream_unref(stream);
  nock_buffer_unref(large);
  end(pool);
}

/* A file gives its bytes into memory of the pool. */
static void reads(void) {
  nock_pool_t *pool = capped(256);
  nock_stream_t *stream = NULL;
  nock_buffer_t *out = NULL;
  CHECK_OK(nock_stream_open_path("/dev/zero", NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_LIMIT(nock_stream_read_buffer(stream, 257, pool, &out, ERR));
  CHECK_LIMIT(nock_stream_read_all(stream, pool, &out, ERR));
  nock_stream_unref(stream);
  FILE *file = tmpfile();
  CHECK(file != NULL);
  for (int i = 0; i < 300; i++) {
    CHECK(fputc('x', file) == 'x');
  }
  CHECK(fflush(file) == 0);
  const nock_stream_open_options_t keep = {sizeof keep, NOCK_OPEN_FLAG_KEEP_DESCRIPTOR, 0, 0};
  CHECK_OK(nock_stream_open_fd(fileno(file), NOCK_OPEN_READ, &keep, &stream, ERR));
  CHECK_LIMIT(nock_stream_read_at_buffer(stream, 0, 257, pool, &out, ERR));
  CHECK(out == NULL);
  nock_stream_unref(stream);
  CHECK(fclose(file) == 0);
  end(pool);
}

/* ---- arrays ---- */

static nock_array_builder_t *builder_of(const char *format, nock_pool_t *pool) {
  nock_type_t *type = NULL;
  nock_array_builder_t *builder = NULL;
  CHECK_OK(nock_type_from_format(format, &type, ERR));
  CHECK_OK(nock_array_builder_new(type, pool, &builder, ERR));
  nock_type_unref(type);
  return builder;
}

/* Append until the limit is reached; what was appended before stays. */
#define FILL(format, name, ...)                                                       \
  do {                                                                                \
    nock_array_builder_t *builder = builder_of(format, pool);                         \
    nock_status_t status = NOCK_OK;                                                   \
    int64_t count = 0;                                                                \
    while ((status = RETRIED(nock_array_builder_append_##name(builder, __VA_ARGS__, ERR))) == NOCK_OK) { \
      CHECK(++count < 10000);                                                         \
    }                                                                                 \
    check_refused(status);                                                              \
    CHECK(count > 0 && nock_array_builder_length(builder) == count);                  \
    nock_array_builder_free(builder);                                                 \
  } while (0)

static void array_builders(void) {
  nock_pool_t *pool = capped(512);
  FILL("b", bool, 1);
  FILL("c", i8, 1);
  FILL("s", i16, 1);
  FILL("i", i32, 1);
  FILL("l", i64, 1);
  FILL("C", u8, 1);
  FILL("S", u16, 1);
  FILL("I", u32, 1);
  FILL("L", u64, 1);
  FILL("e", f16_bits, 1);
  FILL("f", f32, 1);
  FILL("g", f64, 1);
  FILL("tiD", day_time, 1, 2);
  FILL("tin", month_day_nano, 1, 2, 3);
  FILL("u", bytes, "text", 4);
  FILL("l", nulls, 1);

  int64_t numbers[100] = {0};
  nock_array_builder_t *builder = builder_of("l", pool);
  CHECK_LIMIT(nock_array_builder_append_values(builder, numbers, 100, NULL, 0, ERR));
  CHECK_LIMIT(nock_array_builder_reserve(builder, 100, 0, ERR));
  nock_array_builder_t *other = builder_of("l", NULL);
  nock_array_t *array = NULL;
  CHECK_OK(nock_array_builder_append_values(other, numbers, 100, NULL, 0, ERR));
  CHECK_OK(nock_array_builder_finish(&other, &array, ERR));
  CHECK_LIMIT(nock_array_builder_append_array(builder, array, ERR));
  CHECK(nock_array_builder_length(builder) == 0);
  nock_array_builder_free(builder);

  const nock_array_t *twice[2] = {array, array};
  nock_array_t *joined = NULL;
  nock_buffer_t *text = NULL;
  CHECK_LIMIT(nock_array_concat(twice, 2, pool, &joined, ERR));
  nock_pool_t *tiny = capped(64);
  CHECK_LIMIT(nock_array_to_text(array, 100, tiny, &text, ERR));
  CHECK(joined == NULL && text == NULL);
  nock_array_unref(array);
  end(tiny);
  end(pool);
}

/* ---- IPC ---- */

static void messages(void) {
  nock_pool_t *pool = capped(64);
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 1000);
  nock_buffer_t *out = NULL;
  CHECK_LIMIT(nock_batch_to_text(batch, 100, pool, &out, ERR));
  CHECK_LIMIT(nock_ipc_serialize_schema(schema, pool, NULL, &out, ERR));
  CHECK_LIMIT(nock_ipc_serialize_batch(batch, pool, NULL, &out, ERR));
  CHECK(out == NULL);

  /* The sink is what has a limit here. */
  nock_stream_t *stream = NULL;
  nock_ipc_stream_writer_t *writer = NULL;
  nock_pool_t *small = capped(2048);
  CHECK_OK(nock_stream_new_buffer_writer(0, small, &stream, ERR));
  CHECK_OK(nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  CHECK_LIMIT(nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR));
  nock_ipc_stream_writer_free(writer);
  nock_stream_unref(stream);

  nock_ipc_file_writer_t *file_writer = NULL;
  CHECK_OK(nock_stream_new_buffer_writer(0, small, &stream, ERR));
  CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &file_writer, ERR));
  CHECK_LIMIT(nock_ipc_file_writer_write_batch(file_writer, batch, NULL, ERR));
  nock_ipc_file_writer_free(file_writer);
  nock_stream_unref(stream);
  end(small);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  end(pool);
}

/* Sinks with room for the schema but not for the footer. */
static void a_footer_takes_memory_too(void) {
  nock_schema_t *schema = ipc_schema();
  int refused = 0;
  for (uint64_t limit = 64; limit <= 2048; limit += 64) {
    nock_pool_t *pool = capped(limit);
    nock_stream_t *stream = NULL;
    nock_ipc_file_writer_t *file_writer = NULL;
    const nock_ipc_write_options_t compact = {sizeof compact, 0, 8, 0};
    CHECK_OK(nock_stream_new_buffer_writer(0, pool, &stream, ERR));
    if (nock_ipc_file_writer_open(stream, schema, NULL, &compact, &file_writer, ERR) == NOCK_OK) {
      nock_status_t status = nock_ipc_file_writer_close(file_writer, ERR);
      CHECK(status == NOCK_OK || status == NOCK_ERR_LIMIT);
      refused += status == NOCK_ERR_LIMIT;
    }
    nock_ipc_file_writer_free(file_writer);
    nock_stream_unref(stream);
    end(pool);
  }
  CHECK(refused > 0);
  nock_schema_unref(schema);
}

int main(void) {
  RUN(raw_memory);
  RUN(buffers);
  RUN(buffer_builders);
  RUN(streams);
  RUN(reads);
  RUN(array_builders);
  RUN(messages);
  RUN(a_footer_takes_memory_too);
  return harness_done();
}
