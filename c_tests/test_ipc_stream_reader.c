#include "ipc_data.h"

#include <sys/socket.h>
#include <unistd.h>

static nock_ipc_stream_reader_t *open_reader(nock_stream_t *stream) {
  nock_ipc_stream_reader_t *reader = NULL;
  CHECK_OK_ONCE(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  return reader;
}

static void check_rest(nock_ipc_stream_reader_t *reader, int32_t first, int32_t batches) {
  nock_batch_t *batch = NULL;
  for (int32_t i = first; i < batches; i++) {
    CHECK(!nock_ipc_stream_reader_has_end_mark(reader));
    CHECK_OK(nock_ipc_stream_reader_next(reader, &batch, ERR));
    check_batch(batch, 10 * i, 10);
    nock_batch_unref(batch);
  }
  for (int i = 0; i < 3; i++) {
    CHECK_OK(nock_ipc_stream_reader_next(reader, &batch, ERR));
    CHECK(batch == NULL);
  }
}

static void batches_come_in_order(void) {
  nock_buffer_t *bytes = ipc_stream(5, NULL);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_stream_reader_t *reader = open_reader(stream);
  nock_schema_t *schema = ipc_schema();
  CHECK(nock_schema_equals(nock_ipc_stream_reader_schema(reader), schema));
  nock_schema_unref(schema);
  check_rest(reader, 0, 5);
  CHECK(nock_ipc_stream_reader_has_end_mark(reader));
  CHECK(nock_ipc_stream_reader_num_messages(reader) == 6);
  CHECK(nock_ipc_stream_reader_num_batches(reader) == 5);
  CHECK(nock_ipc_stream_reader_num_dictionary_batches(reader) == 0);
  CHECK(nock_ipc_stream_reader_num_columns_built(reader) == 15);
  CHECK(nock_ipc_stream_reader_num_buffers_copied(reader) == 0);
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void batches_outlive_everything_else(void) {
  nock_buffer_t *bytes = ipc_stream(1, NULL);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_stream_reader_t *reader = open_reader(stream);
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_ipc_stream_reader_next(reader, &batch, ERR));
  nock_ipc_stream_reader_free(reader);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
  check_batch(batch, 0, 10);
  nock_batch_unref(batch);
}

static void an_end_without_a_mark_is_told_apart(void) {
  nock_buffer_t *bytes = ipc_stream(2, NULL);
  nock_stream_t *stream = bytes_reader(nock_buffer_data(bytes), nock_buffer_size(bytes) - 8);
  nock_ipc_stream_reader_t *reader = open_reader(stream);
  check_rest(reader, 0, 2);
  CHECK(!nock_ipc_stream_reader_has_end_mark(reader));
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void what_lies_behind_the_end_stays(void) {
  nock_buffer_t *bytes = ipc_stream(1, NULL);
  const size_t size = nock_buffer_size(bytes);
  char *twice = malloc(2 * size);
  CHECK(twice != NULL);
  memcpy(twice, nock_buffer_data(bytes), size);
  memcpy(twice + size, nock_buffer_data(bytes), size);
  nock_stream_t *stream = bytes_reader(twice, 2 * size);
  free(twice);
  for (int i = 0; i < 2; i++) {
    nock_ipc_stream_reader_t *reader = open_reader(stream);
    check_rest(reader, 0, 1);
    nock_ipc_stream_reader_free(reader);
  }
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void a_socket_gives_what_it_has(void) {
  int ends[2];
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  nock_buffer_t *bytes = ipc_stream(3, NULL);
  nock_stream_t *from = NULL;
  nock_stream_t *to = NULL;
  CHECK_OK(nock_stream_open_fd(ends[0], NOCK_OPEN_READ, NULL, &from, ERR));
  CHECK_OK(nock_stream_open_fd(ends[1], NOCK_OPEN_WRITE, NULL, &to, ERR));
  CHECK_OK(nock_stream_write_buffer(to, bytes, ERR));
  nock_buffer_unref(bytes);
  /* The other end stays open: the reader must not wait for more than the end mark. */
  nock_ipc_stream_reader_t *reader = open_reader(from);
  check_rest(reader, 0, 3);
  CHECK(nock_ipc_stream_reader_has_end_mark(reader));
  nock_ipc_stream_reader_free(reader);
  CHECK_OK(nock_stream_close(to, ERR));
  nock_stream_unref(to);
  nock_stream_unref(from);
}

static void damage_is_reported_where_it_is(void) {
  nock_buffer_t *bytes = ipc_stream(3, NULL);
  nock_stream_t *stream = bytes_reader(nock_buffer_data(bytes), nock_buffer_size(bytes) - 100);
  nock_ipc_stream_reader_t *reader = open_reader(stream);
  nock_batch_t *batch = NULL;
  for (int i = 0; i < 2; i++) {
    CHECK_OK(nock_ipc_stream_reader_next(reader, &batch, ERR));
    check_batch(batch, 10 * i, 10);
    nock_batch_unref(batch);
  }
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_stream_reader_next(reader, &batch, ERR));
  CHECK(batch == NULL);
  CHECK_MESSAGE("batch 2");
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_stream_reader_next(reader, &batch, ERR));
  CHECK_MESSAGE("earlier");
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void limits_hold(void) {
  nock_buffer_t *bytes = ipc_stream(1, NULL);
  nock_ipc_stream_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  nock_ipc_read_options_t options = NOCK_IPC_READ_OPTIONS_INIT;
  nock_stream_t *stream = buffer_reader(bytes);
  options.max_metadata_bytes = 50;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  CHECK_MESSAGE("50");
  options.max_metadata_bytes = UINT64_C(1) << 40;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  options.max_metadata_bytes = 0;
  options.max_nesting = 65;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  options.max_nesting = 0;
  options.validation = 99;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  options.validation = NOCK_VALIDATE_FULL;
  options.flags = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  options.flags = 0;
  options.struct_size = 12;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  options.struct_size = sizeof options;
  options.max_body_bytes = 10;
  CHECK_OK(nock_stream_seek(stream, 0, ERR));
  CHECK_OK_ONCE(nock_ipc_stream_reader_open(stream, NULL, &options, &reader, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_stream_reader_next(reader, &batch, ERR));
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

/* A few bytes that announce a terabyte take no memory for it. */
static void announcements_cost_nothing(void) {
  nock_buffer_t *bytes = ipc_stream(1, NULL);
  const size_t size = nock_buffer_size(bytes);
  unsigned char *copy = malloc(size);
  CHECK(copy != NULL);
  memcpy(copy, nock_buffer_data(bytes), size);
  /* The body's length stands once in the metadata of the batch: seven buffers of 64 bytes. */
  const uint64_t old = 7 * 64;
  const uint64_t huge = (UINT64_C(1) << 40) - 64;
  int found = 0;
  for (size_t at = 0; at + 8 <= size; at += 8) {
    if (memcmp(copy + at, &old, 8) == 0) {
      memcpy(copy + at, &huge, 8);
      found++;
    }
  }
  CHECK(found == 1);
  int ends[2];
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  CHECK(write(ends[1], copy, size) == (ssize_t)size);
  CHECK(close(ends[1]) == 0);
  nock_stream_t *streams[2] = {NULL, bytes_reader(copy, size)};
  CHECK_OK(nock_stream_open_fd(ends[0], NOCK_OPEN_READ, NULL, &streams[0], ERR));
  free(copy);
  for (int i = 0; i < 2; i++) {
    nock_ipc_stream_reader_t *reader = open_reader(streams[i]);
    nock_batch_t *batch = NULL;
    CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_stream_reader_next(reader, &batch, ERR));
    nock_ipc_stream_reader_free(reader);
    nock_stream_unref(streams[i]);
  }
  CHECK(nock_pool_max_memory(nock_pool_default()) < (UINT64_C(1) << 24));
  nock_buffer_unref(bytes);
}

static void streams_that_cannot_be_read(void) {
  nock_ipc_stream_reader_t *reader = NULL;
  nock_stream_t *stream = bytes_reader("", 0);
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  stream = bytes_reader("\xFF\xFF\xFF\xFF\0\0\0\0", 8);
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  stream = bytes_reader("some text that is no Arrow stream", 33);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  stream = buffer_writer();
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  CHECK(reader == NULL);

  nock_buffer_t *bytes = ipc_stream(1, NULL);
  stream = buffer_reader(bytes);
  reader = open_reader(stream);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_batch_t *batch = NULL;
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_stream_reader_next(reader, &batch, ERR));
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void null_arguments(void) {
  nock_buffer_t *bytes = ipc_stream(1, NULL);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_stream_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_open(NULL, NULL, NULL, &reader, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_open(stream, NULL, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_next(NULL, &batch, ERR));
  reader = open_reader(stream);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_stream_reader_next(reader, NULL, ERR));
  nock_ipc_stream_reader_free(reader);
  CHECK(nock_ipc_stream_reader_schema(NULL) == NULL && !nock_ipc_stream_reader_has_end_mark(NULL));
  CHECK(nock_ipc_stream_reader_num_messages(NULL) == 0 && nock_ipc_stream_reader_num_batches(NULL) == 0);
  CHECK(nock_ipc_stream_reader_num_dictionary_batches(NULL) == 0);
  CHECK(nock_ipc_stream_reader_num_columns_built(NULL) == 0);
  CHECK(nock_ipc_stream_reader_num_buffers_copied(NULL) == 0);
  nock_ipc_stream_reader_free(NULL);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

int main(void) {
  RUN(batches_come_in_order);
  RUN(batches_outlive_everything_else);
  RUN(an_end_without_a_mark_is_told_apart);
  RUN(what_lies_behind_the_end_stays);
  RUN(a_socket_gives_what_it_has);
  RUN(damage_is_reported_where_it_is);
  RUN(limits_hold);
  RUN(announcements_cost_nothing);
  RUN(streams_that_cannot_be_read);
  RUN(null_arguments);
  return harness_done();
}
