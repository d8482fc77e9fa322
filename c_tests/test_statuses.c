/* Statuses that calls promise and that take some staging: spoilt batches, closed descriptors and limits. */
#include "ipc_data.h"
#include "temp_file.h"

#include <errno.h>

/* ---- limits ---- */

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  (void)user_data, (void)event, (void)address, (void)old_size, (void)size, (void)alignment;
}

static void pools_nest_only_so_deep(void) {
  nock_pool_log_callbacks_t callbacks = NOCK_POOL_LOG_CALLBACKS_INIT;
  callbacks.event = on_event;
  nock_stream_t *stream = buffer_writer();
  nock_pool_t *pool = NULL;
  nock_pool_t *outer = NULL;
  CHECK_OK(nock_pool_new_logging(NULL, &callbacks, &pool, ERR));
  nock_status_t status = NOCK_OK;
  for (int depth = 1; depth < 100 && status == NOCK_OK; depth++) {
    status = nock_pool_new_logging(pool, &callbacks, &outer, NULL);
    if (status == NOCK_OK) {
      nock_pool_unref(pool);
      pool = outer;
      outer = NULL;
    }
  }
  CHECK_STATUS(NOCK_ERR_LIMIT, status);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_new_logging(pool, &callbacks, &outer, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_new_logging_stream(pool, stream, &outer, ERR));
  CHECK(outer == NULL);
  nock_pool_unref(pool);
  nock_stream_unref(stream);
}

/* Sinks with room for the schema but not for the end mark: the name of the field sets how long the schema is. */
static void an_end_mark_takes_memory_too(void) {
  const nock_ipc_write_options_t compact = {sizeof compact, 0, 8, 0};
  int refused = 0;
  for (size_t len = 0; len < 160; len += 8) {
    char name[200] = {0};
    nock_field_t *field = NULL;
    nock_schema_t *schema = NULL;
    memset(name, 'n', len);
    CHECK_OK(nock_field_new(name, nock_type_int32(), 0, NULL, &field, ERR));
    const nock_field_t *fields[1] = {field};
    CHECK_OK(nock_schema_new(fields, 1, NULL, 0, &schema, ERR));
    for (uint64_t limit = 64; limit <= 1024; limit += 64) {
      nock_pool_t *pool = NULL;
      nock_stream_t *stream = NULL;
      nock_ipc_stream_writer_t *writer = NULL;
      CHECK_OK(nock_pool_new_capped(NULL, limit, &pool, ERR));
      CHECK_OK(nock_stream_new_buffer_writer(0, pool, &stream, ERR));
      if (nock_ipc_stream_writer_open(stream, schema, NULL, &compact, &writer, ERR) == NOCK_OK) {
        const nock_status_t status = nock_ipc_stream_writer_close(writer, ERR);
        harness_last_status = status;
        CHECK(status == NOCK_OK || status == NOCK_ERR_LIMIT);
        refused += status == NOCK_ERR_LIMIT;
      }
      nock_ipc_stream_writer_free(writer);
      nock_stream_unref(stream);
      CHECK(nock_pool_bytes_allocated(pool) == 0);
      nock_pool_unref(pool);
    }
    nock_schema_unref(schema);
    nock_field_unref(field);
  }
  CHECK(refused > 0);
}

/* ---- batches whose columns cannot be built ---- */

/* The body of ipc_batch under some schema, as a stream without an end mark, at an odd address. */
static nock_buffer_t *misaligned(const nock_schema_t *schema, int32_t rows) {
  nock_schema_t *own = ipc_schema();
  nock_batch_t *batch = ipc_batch(own, 0, rows);
  nock_buffer_t *pad = NULL;
  nock_buffer_t *head = NULL;
  nock_buffer_t *body = NULL;
  nock_buffer_t *whole = NULL;
  nock_buffer_t *bytes = NULL;
  CHECK_OK(nock_buffer_new_copy("x", 1, NULL, &pad, ERR));
  CHECK_OK(nock_ipc_serialize_schema(schema, NULL, NULL, &head, ERR));
  CHECK_OK(nock_ipc_serialize_batch(batch, NULL, NULL, &body, ERR));
  const nock_buffer_t *parts[3] = {pad, head, body};
  CHECK_OK(nock_buffer_concat(parts, 3, NULL, &whole, ERR));
  CHECK_OK(nock_buffer_slice(whole, 1, nock_buffer_size(whole) - 1, &bytes, ERR));
  nock_buffer_unref(whole);
  nock_buffer_unref(body);
  nock_buffer_unref(head);
  nock_buffer_unref(pad);
  nock_batch_unref(batch);
  nock_schema_unref(own);
  return bytes;
}

/* That stream's batch; what has to be copied comes from the pool. */
static nock_batch_t *staged(const nock_schema_t *schema, int32_t rows, nock_pool_t *pool) {
  nock_buffer_t *bytes = misaligned(schema, rows);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_stream_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_ipc_stream_reader_open(stream, pool, NULL, &reader, ERR));
  CHECK_OK(nock_ipc_stream_reader_next(reader, &batch, ERR));
  CHECK(batch != NULL);
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
  return batch;
}

/* Every call that needs all columns of a batch says what is wrong with one of them; nothing is written. */
static void check_whole_batch(nock_status_t expected, const nock_batch_t *batch, const nock_schema_t *schema) {
  nock_buffer_t *out = NULL;
  uint64_t size = 77;
  CHECK_STATUS(expected, nock_ipc_serialize_batch(batch, NULL, NULL, &out, ERR));
  CHECK_STATUS(expected, nock_ipc_batch_size(batch, NULL, &size, ERR));
  CHECK(out == NULL && size == 77);

  nock_stream_t *stream = buffer_writer();
  nock_ipc_stream_writer_t *writer = NULL;
  nock_ipc_file_writer_t *file_writer = NULL;
  if (expected == NOCK_ERR_UNSUPPORTED) {
    /* Such batches find no writer. */
    CHECK_STATUS(expected, nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &writer, ERR));
    CHECK_STATUS(expected, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &file_writer, ERR));
    CHECK(writer == NULL && file_writer == NULL);
    nock_stream_unref(stream);
    return;
  }
  uint64_t before = 0;
  uint64_t after = 0;
  CHECK_OK(nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  CHECK_OK(nock_stream_tell(stream, &before, ERR));
  CHECK_STATUS(expected, nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_OK(nock_stream_tell(stream, &after, ERR));
  CHECK(before == after);
  /* It goes on as if nothing had been asked. */
  CHECK_OK(nock_ipc_stream_writer_close(writer, ERR));
  nock_ipc_stream_writer_free(writer);
  nock_stream_unref(stream);
  stream = buffer_writer();
  CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &file_writer, ERR));
  CHECK_STATUS(expected, nock_ipc_file_writer_write_batch(file_writer, batch, NULL, ERR));
  CHECK_OK(nock_ipc_file_writer_close(file_writer, ERR));
  nock_ipc_file_writer_free(file_writer);
  nock_stream_unref(stream);
}

static void check_columns(nock_status_t expected, const nock_batch_t *batch, size_t index, const char *name) {
  nock_array_t *column = NULL;
  CHECK_STATUS(expected, nock_batch_column(batch, index, &column, ERR));
  CHECK_MESSAGE(name);
  CHECK_STATUS(expected, nock_batch_column_by_name(batch, name, &column, ERR));
  CHECK(column == NULL);
}

static void columns_beyond_the_limit(void) {
  nock_schema_t *schema = ipc_schema();
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, 2048, &pool, ERR));
  nock_batch_t *batch = staged(schema, 1000, pool);
  const uint64_t before = nock_pool_bytes_allocated(pool);
  check_columns(NOCK_ERR_LIMIT, batch, 0, "a");
  check_whole_batch(NOCK_ERR_LIMIT, batch, schema);
  CHECK(nock_pool_bytes_allocated(pool) == before);
  nock_batch_unref(batch);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
  nock_schema_unref(schema);
}

/* Ten numbers are no eleven offsets. */
static void columns_that_are_corrupt(void) {
  const nock_type_t *types[3] = {nock_type_utf8(), nock_type_utf8(), nock_type_boolean()};
  nock_schema_t *schema = ipc_schema_of(types, 3);
  nock_batch_t *batch = staged(schema, 10, NULL);
  check_columns(NOCK_ERR_CORRUPT, batch, 0, "a");
  check_whole_batch(NOCK_ERR_CORRUPT, batch, schema);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

/* A column without arrays spoils neither the batch nor the columns beside it. */
static void columns_of_nested_types(void) {
  nock_field_t *item = NULL;
  nock_type_t *list = NULL;
  CHECK_OK(nock_field_new("item", nock_type_int32(), 0, NULL, &item, ERR));
  CHECK_OK(nock_type_new_list(item, &list, ERR));
  const nock_type_t *types[2] = {nock_type_int32(), list};
  nock_schema_t *schema = ipc_schema_of(types, 2);
  nock_batch_t *batch = staged(schema, 10, NULL);
  nock_array_t *column = NULL;
  check_columns(NOCK_ERR_UNSUPPORTED, batch, 1, "b");
  CHECK_OK(nock_batch_column(batch, 0, &column, ERR));
  CHECK(nock_array_length(column) == 10);
  nock_array_unref(column);
  check_whole_batch(NOCK_ERR_UNSUPPORTED, batch, schema);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_type_unref(list);
  nock_field_unref(item);
}

/* ---- streams ---- */

#define CHECK_LOST(call)                               \
  do {                                                 \
    CHECK_STATUS(NOCK_ERR_IO, call);                   \
    CHECK(nock_error_os_code(harness_error) == EBADF); \
  } while (0)

static void streams_report_a_lost_descriptor(void) {
  const char *path = temp_text("0123456789");
  const int fd = open(path, O_RDWR);
  nock_stream_t *stream = NULL;
  uint64_t number = 77;
  CHECK(fd >= 0);
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_READ_WRITE, NULL, &stream, ERR));
  CHECK(close(fd) == 0);
  CHECK_LOST(nock_stream_seek(stream, 3, ERR));
  CHECK_LOST(nock_stream_tell(stream, &number, ERR));
  CHECK_LOST(nock_stream_skip(stream, 3, &number, ERR));
  CHECK(number == 77);
  /* The stream is closed all the same. */
  CHECK_LOST(nock_stream_close(stream, ERR));
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_tell(stream, &number, ERR));
  nock_stream_unref(stream);
}

static void unknown_options_of_a_descriptor(void) {
  nock_stream_open_options_t options = {sizeof options, UINT32_C(1) << 31, 0, 0};
  nock_stream_t *stream = NULL;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_fd(0, NOCK_OPEN_READ, &options, &stream, ERR));
  options.flags = NOCK_OPEN_FLAG_KEEP_DESCRIPTOR;
  options.reserved = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_open_fd(0, NOCK_OPEN_READ, &options, &stream, ERR));
  CHECK(stream == NULL);
}

static void a_fixed_writer_without_room(void) {
  nock_buffer_t *target = NULL;
  nock_buffer_t *large = NULL;
  nock_stream_t *stream = NULL;
  uint64_t position = 1;
  CHECK_OK(nock_buffer_alloc_zeroed(4, NULL, &target, ERR));
  CHECK_OK(nock_buffer_new_copy("12345", 5, NULL, &large, ERR));
  CHECK_OK(nock_stream_new_fixed_writer(target, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write_buffer(stream, large, ERR));
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  CHECK(position == 0);
  CHECK_BYTES(nock_buffer_data(target), "\0\0\0\0", 4);
  nock_stream_unref(stream);
  nock_buffer_unref(large);
  nock_buffer_unref(target);
}

int main(void) {
  RUN(pools_nest_only_so_deep);
  RUN(an_end_mark_takes_memory_too);
  RUN(columns_beyond_the_limit);
  RUN(columns_that_are_corrupt);
  RUN(columns_of_nested_types);
  RUN(streams_report_a_lost_descriptor);
  RUN(unknown_options_of_a_descriptor);
  RUN(a_fixed_writer_without_room);
  return harness_done();
}
