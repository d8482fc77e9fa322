#include "ipc_data.h"
#include "temp_file.h"

#include <pthread.h>

static nock_ipc_file_reader_t *open_reader(nock_stream_t *stream) {
  nock_ipc_file_reader_t *reader = NULL;
  CHECK_OK(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  return reader;
}

static void check_at(const nock_ipc_file_reader_t *reader, size_t index) {
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_ipc_file_reader_get_batch(reader, index, &batch, ERR));
  check_batch(batch, 10 * (int32_t)index, 10);
  nock_batch_unref(batch);
}

static void batches_come_in_any_order(void) {
  nock_buffer_t *bytes = ipc_file(5, NULL);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_file_reader_t *reader = open_reader(stream);
  nock_schema_t *schema = ipc_schema();
  uint64_t rows = 0;
  CHECK(nock_schema_equals(nock_ipc_file_reader_schema(reader), schema));
  nock_schema_unref(schema);
  CHECK(nock_ipc_file_reader_num_batches(reader) == 5 && nock_ipc_file_reader_num_dictionaries(reader) == 0);
  CHECK(nock_ipc_file_reader_version(reader) == 5);
  CHECK(nock_metadata_count(nock_ipc_file_reader_footer_metadata(reader)) == 0);
  CHECK_OK(nock_ipc_file_reader_count_rows(reader, &rows, ERR));
  CHECK(rows == 50 && nock_ipc_file_reader_num_batches_read(reader) == 0);
  const size_t order[6] = {4, 0, 2, 2, 3, 1};
  for (int i = 0; i < 6; i++) {
    check_at(reader, order[i]);
  }
  CHECK(nock_ipc_file_reader_num_batches_read(reader) == 6);
  CHECK(nock_ipc_file_reader_num_columns_built(reader) == 18);
  CHECK(nock_ipc_file_reader_num_buffers_copied(reader) == 0);
  nock_batch_t *batch = NULL;
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_reader_get_batch(reader, 5, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_reader_get_batch(reader, SIZE_MAX, &batch, ERR));
  CHECK(batch == NULL);
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);

  /* From byte 8 on a file is a stream. */
  nock_buffer_t *tail = NULL;
  CHECK_OK(nock_buffer_slice(bytes, 8, nock_buffer_size(bytes) - 8, &tail, ERR));
  stream = buffer_reader(tail);
  nock_ipc_stream_reader_t *in_order = NULL;
  CHECK_OK(nock_ipc_stream_reader_open(stream, NULL, NULL, &in_order, ERR));
  for (int32_t i = 0; i < 5; i++) {
    CHECK_OK(nock_ipc_stream_reader_next(in_order, &batch, ERR));
    check_batch(batch, 10 * i, 10);
    nock_batch_unref(batch);
  }
  CHECK_OK(nock_ipc_stream_reader_next(in_order, &batch, ERR));
  CHECK(batch == NULL && nock_ipc_stream_reader_has_end_mark(in_order));
  nock_ipc_stream_reader_free(in_order);
  nock_stream_unref(stream);
  nock_buffer_unref(tail);
  nock_buffer_unref(bytes);
}

/* Mapping a file and touching a batch takes no memory for data; reading it through the descriptor takes the batch's. */
static void a_map_is_not_copied(void) {
  nock_buffer_t *bytes = ipc_file(100, NULL);
  const char *path = temp_file(nock_buffer_data(bytes), nock_buffer_size(bytes));
  nock_buffer_unref(bytes);
  const uint64_t before = nock_total_allocated_bytes();
  const uint64_t calls = nock_pool_num_allocations(nock_pool_default());
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  nock_ipc_file_reader_t *reader = open_reader(stream);
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_ipc_file_reader_get_batch(reader, 50, &batch, ERR));
  int64_t sum = 0;
  for (size_t i = 0; i < 3; i++) {
    nock_array_t *column = NULL;
    CHECK_OK(nock_batch_column(batch, i, &column, ERR));
    for (int64_t row = 0; i == 0 && row < 10; row++) {
      int32_t value = 0;
      if (nock_array_is_valid(column, row)) {
        CHECK_OK(nock_array_get_i32(column, row, &value, ERR));
        sum += value;
      }
    }
    nock_array_unref(column);
  }
  CHECK(sum == 3027);
  CHECK(nock_total_allocated_bytes() == before);
  CHECK(nock_pool_num_allocations(nock_pool_default()) == calls);
  CHECK(nock_ipc_file_reader_num_buffers_copied(reader) == 0);
  /* The columns stay when everything else is gone. */
  nock_ipc_file_reader_free(reader);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  check_batch(batch, 500, 10);
  nock_batch_unref(batch);

  CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  reader = open_reader(stream);
  CHECK_OK(nock_ipc_file_reader_get_batch(reader, 99, &batch, ERR));
  CHECK(nock_total_allocated_bytes() > before);
  nock_ipc_file_reader_free(reader);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  check_batch(batch, 990, 10);
  nock_batch_unref(batch);
  CHECK(nock_total_allocated_bytes() == before);
}

/* A buffer that does not start at a multiple of its values' size is copied, and counted. */
static void misaligned_files_are_read(void) {
  nock_buffer_t *bytes = ipc_file(2, NULL);
  const size_t size = nock_buffer_size(bytes);
  nock_buffer_t *shifted = NULL;
  nock_buffer_t *part = NULL;
  CHECK_OK(nock_buffer_alloc(size + 1, NULL, &shifted, ERR));
  memcpy((char *)nock_buffer_mutable_data(shifted) + 1, nock_buffer_data(bytes), size);
  CHECK_OK(nock_buffer_slice(shifted, 1, size, &part, ERR));
  nock_stream_t *stream = buffer_reader(part);
  nock_ipc_file_reader_t *reader = open_reader(stream);
  harness_made_again();
  check_at(reader, 0);
  check_at(reader, 1);
  /* The integers and the offsets of each batch, and what calls copied that found no memory for the rest. */
  const uint64_t copied = nock_ipc_file_reader_num_buffers_copied(reader);
  CHECK(copied >= 4 && copied <= 4 + 2 * (uint64_t)harness_made_again());
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(part);
  nock_buffer_unref(shifted);
  nock_buffer_unref(bytes);
}

static void *read_all(void *reader) {
  for (size_t i = 0; i < 200; i++) {
    nock_batch_t *batch = NULL;
    nock_array_t *column = NULL;
    int32_t value = -1;
    const size_t index = i * 7 % 20;
    if (nock_ipc_file_reader_get_batch(reader, index, &batch, NULL) != NOCK_OK ||
        nock_batch_column(batch, 0, &column, NULL) != NOCK_OK ||
        nock_array_get_i32(column, index % 3 == 2 ? 1 : 0, &value, NULL) != NOCK_OK) {
      value = -1;
    }
    nock_array_unref(column);
    nock_batch_unref(batch);
    if (value != (int32_t)(10 * index + (index % 3 == 2))) {
      return reader;
    }
  }
  return NULL;
}

static void threads_share_a_reader(void) {
  nock_buffer_t *bytes = ipc_file(20, NULL);
  const char *path = temp_file(nock_buffer_data(bytes), nock_buffer_size(bytes));
  nock_buffer_unref(bytes);
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  nock_ipc_file_reader_t *reader = open_reader(stream);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, read_all, reader) == 0);
  }
  int failed = 0;
  for (int i = 0; i < 4; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    failed += result != NULL;
  }
  /* Without memory, a thread cannot say so itself. */
  if (failed > 0) {
    check_at(reader, 0);
    harness_last_status = NOCK_ERR_OUT_OF_MEMORY;
  }
  CHECK(failed == 0);
  CHECK(nock_ipc_file_reader_num_batches_read(reader) == 800);
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);
}

static void no_batches_and_no_rows(void) {
  nock_buffer_t *bytes = ipc_file(0, NULL);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_file_reader_t *reader = open_reader(stream);
  uint64_t rows = 1;
  CHECK(nock_ipc_file_reader_num_batches(reader) == 0);
  CHECK_OK(nock_ipc_file_reader_count_rows(reader, &rows, ERR));
  CHECK(rows == 0);
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void files_that_cannot_be_read(void) {
  nock_ipc_file_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  uint64_t rows = 0;
  nock_stream_t *stream = bytes_reader("ARROW1\0\0", 8);
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  stream = bytes_reader("this is a text file and nothing else", 36);
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK_MESSAGE("not an Arrow file");
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  stream = buffer_writer();
  CHECK_OK(nock_stream_write(stream, "ARROW1\0\0ARROW1\0\0ARROW1", 22, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);

  nock_buffer_t *bytes = ipc_file(1, NULL);
  stream = buffer_reader(bytes);
  nock_ipc_read_options_t options = NOCK_IPC_READ_OPTIONS_INIT;
  options.max_metadata_bytes = 50;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_file_reader_open(stream, NULL, &options, &reader, ERR));
  options.flags = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_file_reader_open(stream, NULL, &options, &reader, ERR));
  options.flags = 0;
  options.max_metadata_bytes = 0;
  options.max_body_bytes = 50;
  CHECK_OK(nock_ipc_file_reader_open(stream, NULL, &options, &reader, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_file_reader_count_rows(reader, &rows, ERR));
  nock_ipc_file_reader_free(reader);
  reader = open_reader(stream);
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_reader_count_rows(reader, &rows, ERR));
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);

  /* A file that was cut after it was opened. */
  const char *path = temp_file(nock_buffer_data(bytes), nock_buffer_size(bytes));
  CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  reader = open_reader(stream);
  CHECK(truncate(path, 100) == 0);
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_file_reader_count_rows(reader, &rows, ERR));
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

static void null_arguments(void) {
  nock_buffer_t *bytes = ipc_file(1, NULL);
  nock_stream_t *stream = buffer_reader(bytes);
  nock_ipc_file_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  uint64_t rows = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_reader_open(NULL, NULL, NULL, &reader, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_reader_open(stream, NULL, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_reader_get_batch(NULL, 0, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_reader_count_rows(NULL, &rows, ERR));
  reader = open_reader(stream);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_reader_get_batch(reader, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_reader_count_rows(reader, NULL, ERR));
  nock_ipc_file_reader_free(reader);
  CHECK(nock_ipc_file_reader_schema(NULL) == NULL && nock_ipc_file_reader_footer_metadata(NULL) == NULL);
  CHECK(nock_ipc_file_reader_num_batches(NULL) == 0 && nock_ipc_file_reader_num_dictionaries(NULL) == 0);
  CHECK(nock_ipc_file_reader_version(NULL) == 0 && nock_ipc_file_reader_num_batches_read(NULL) == 0);
  CHECK(nock_ipc_file_reader_num_columns_built(NULL) == 0 && nock_ipc_file_reader_num_buffers_copied(NULL) == 0);
  nock_ipc_file_reader_free(NULL);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
}

int main(void) {
  RUN(batches_come_in_any_order);
  RUN(a_map_is_not_copied);
  RUN(misaligned_files_are_read);
  RUN(threads_share_a_reader);
  RUN(no_batches_and_no_rows);
  RUN(files_that_cannot_be_read);
  RUN(null_arguments);
  return harness_done();
}
