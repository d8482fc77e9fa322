#include "ipc_data.h"

static nock_ipc_file_writer_t *open_writer(nock_stream_t *stream, const nock_schema_t *schema) {
  nock_ipc_file_writer_t *writer = NULL;
  CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  return writer;
}

static nock_ipc_file_reader_t *open_reader(const nock_buffer_t *buffer) {
  nock_stream_t *stream = buffer_reader(buffer);
  nock_ipc_file_reader_t *reader = NULL;
  CHECK_OK(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  nock_stream_unref(stream);
  return reader;
}

static void what_is_written_is_counted(void) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = open_writer(stream, schema);
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  CHECK(nock_schema_equals(nock_ipc_file_writer_schema(writer), schema));
  CHECK(nock_ipc_file_writer_num_messages(writer) == 1 && nock_ipc_file_writer_num_batches(writer) == 0);
  for (uint64_t i = 1; i < 5; i++) {
    CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
    CHECK(nock_ipc_file_writer_num_messages(writer) == i + 1 && nock_ipc_file_writer_num_batches(writer) == i);
    /* Ten bits twice and three times as validity, 11 offsets, 10 integers, 7 digits. */
    CHECK(nock_ipc_file_writer_raw_body_bytes(writer) == i * (2 + 3 * 2 + 44 + 40 + 7));
    CHECK(nock_ipc_file_writer_body_bytes(writer) == i * 7 * 64);
  }
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  nock_ipc_file_writer_free(writer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_buffer_t *bytes = take_buffer(stream);
  nock_ipc_file_reader_t *reader = open_reader(bytes);
  for (size_t i = 0; i < 4; i++) {
    CHECK_OK(nock_ipc_file_reader_get_batch(reader, i, &batch, ERR));
    check_batch(batch, 0, 10);
    nock_batch_unref(batch);
  }
  nock_ipc_file_reader_free(reader);
  nock_buffer_unref(bytes);
}

static void slices_are_written_alone(void) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = open_writer(stream, schema);
  nock_batch_t *batch = ipc_batch(schema, 0, 1000);
  const int64_t places[6][2] = {{0, 1000}, {8, 64}, {3, 5}, {1, 0}, {999, 1}, {500, 500}};
  for (int i = 0; i < 6; i++) {
    nock_batch_t *part = NULL;
    CHECK_OK(nock_batch_slice(batch, places[i][0], places[i][1], &part, ERR));
    CHECK_OK(nock_ipc_file_writer_write_batch(writer, part, NULL, ERR));
    nock_batch_unref(part);
  }
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_buffer_t *bytes = take_buffer(stream);
  CHECK(nock_buffer_size(bytes) < 20000);
  nock_ipc_file_reader_t *reader = open_reader(bytes);
  for (int i = 0; i < 6; i++) {
    CHECK_OK(nock_ipc_file_reader_get_batch(reader, (size_t)i, &batch, ERR));
    check_batch(batch, (int32_t)places[i][0], (int32_t)places[i][1]);
    nock_batch_unref(batch);
  }
  nock_ipc_file_reader_free(reader);
  nock_buffer_unref(bytes);
}

static void metadata_is_kept(void) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = open_writer(stream, schema);
  nock_batch_t *batch = ipc_batch(schema, 0, 4);
  nock_metadata_t *metadata = ipc_metadata("key", "value");
  CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, metadata, ERR));
  CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_OK(nock_ipc_file_writer_set_footer_metadata(writer, metadata, ERR));
  CHECK_OK(nock_ipc_file_writer_set_footer_metadata(writer, NULL, ERR));
  nock_metadata_t *footer = ipc_metadata("foot", "");
  CHECK_OK(nock_ipc_file_writer_set_footer_metadata(writer, footer, ERR));
  nock_metadata_unref(footer);
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_writer_set_footer_metadata(writer, metadata, ERR));
  nock_ipc_file_writer_free(writer);
  nock_metadata_unref(metadata);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_buffer_t *bytes = take_buffer(stream);
  nock_ipc_file_reader_t *reader = open_reader(bytes);
  CHECK_OK(nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
  check_metadata(nock_batch_metadata(batch), "key", "value");

  /* A batch that was read takes its metadata along. */
  stream = buffer_writer();
  writer = open_writer(stream, nock_batch_schema(batch));
  CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_buffer_t *copy = take_buffer(stream);
  nock_ipc_file_reader_t *again = open_reader(copy);
  nock_batch_unref(batch);
  CHECK_OK(nock_ipc_file_reader_get_batch(again, 0, &batch, ERR));
  check_metadata(nock_batch_metadata(batch), "key", "value");
  nock_batch_unref(batch);
  nock_ipc_file_reader_free(again);
  nock_buffer_unref(copy);

  CHECK_OK(nock_ipc_file_reader_get_batch(reader, 1, &batch, ERR));
  CHECK(nock_metadata_count(nock_batch_metadata(batch)) == 0);
  nock_batch_unref(batch);
  check_metadata(nock_ipc_file_reader_footer_metadata(reader), "foot", "");
  nock_ipc_file_reader_free(reader);
  nock_buffer_unref(bytes);
}

static void options_decide_the_layout(void) {
  const uint32_t alignments[5] = {0, 8, 16, 32, 64};
  size_t sizes[5];
  for (int i = 0; i < 5; i++) {
    nock_ipc_write_options_t options = NOCK_IPC_WRITE_OPTIONS_INIT;
    options.alignment = alignments[i];
    nock_buffer_t *bytes = ipc_file(2, &options);
    sizes[i] = nock_buffer_size(bytes);
    nock_ipc_file_reader_t *reader = open_reader(bytes);
    nock_batch_t *batch = NULL;
    CHECK_OK(nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
    check_batch(batch, 0, 10);
    nock_batch_unref(batch);
    nock_ipc_file_reader_free(reader);
    nock_buffer_unref(bytes);
  }
  CHECK(sizes[1] < sizes[2] && sizes[2] < sizes[3] && sizes[3] < sizes[4] && sizes[0] == sizes[4]);

  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = NULL;
  nock_ipc_write_options_t options = NOCK_IPC_WRITE_OPTIONS_INIT;
  options.alignment = 24;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_open(stream, schema, NULL, &options, &writer, ERR));
  CHECK_MESSAGE("24");
  options.alignment = 0;
  options.max_nesting = 65;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_open(stream, schema, NULL, &options, &writer, ERR));
  options.max_nesting = 1;
  options.flags = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_file_writer_open(stream, schema, NULL, &options, &writer, ERR));
  options.flags = 0;
  options.struct_size = 4;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_open(stream, schema, NULL, &options, &writer, ERR));
  CHECK(writer == NULL);
  nock_stream_unref(stream);
  nock_schema_unref(schema);
}

static void types_that_cannot_be_written_are_named(void) {
  nock_field_t *item = NULL;
  nock_type_t *list = NULL;
  CHECK_OK(nock_field_new("item", nock_type_int32(), 0, NULL, &item, ERR));
  CHECK_OK(nock_type_new_list(item, &list, ERR));
  const nock_type_t *types[2] = {nock_type_int32(), list};
  nock_schema_t *schema = ipc_schema_of(types, 2);
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = NULL;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  CHECK_MESSAGE("list<item: int32>");
  nock_ipc_write_options_t options = NOCK_IPC_WRITE_OPTIONS_INIT;
  options.max_nesting = 1;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_file_writer_open(stream, schema, NULL, &options, &writer, ERR));
  nock_stream_unref(stream);
  nock_schema_unref(schema);
  nock_type_unref(list);
  nock_field_unref(item);
}

static void other_batches_are_refused(void) {
  nock_schema_t *schema = ipc_schema();
  nock_schema_t *other = NULL;
  const nock_type_t *types[3] = {nock_type_int32(), nock_type_binary(), nock_type_boolean()};
  other = ipc_schema_of(types, 3);
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = open_writer(stream, other);
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK(nock_ipc_file_writer_num_batches(writer) == 0);
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_schema_unref(other);
  nock_stream_unref(stream);
}

static void streams_that_fail(void) {
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  nock_buffer_t *whole = ipc_file(1, NULL);
  nock_buffer_t *room = NULL;
  nock_stream_t *stream = NULL;
  nock_ipc_file_writer_t *writer = NULL;

  /* No room for the second batch; what comes after it says so too. */
  CHECK_OK(nock_buffer_alloc(nock_buffer_size(whole), NULL, &room, ERR));
  CHECK_OK(nock_stream_new_fixed_writer(room, &stream, ERR));
  writer = open_writer(stream, schema);
  CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_MESSAGE("earlier write");
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_writer_close(writer, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_writer_set_footer_metadata(writer, NULL, ERR));
  nock_ipc_file_writer_free(writer);
  nock_stream_unref(stream);
  nock_buffer_unref(room);

  /* No room for the schema, a stream that is only read, one that was closed. */
  CHECK_OK(nock_buffer_alloc(100, NULL, &room, ERR));
  CHECK_OK(nock_stream_new_fixed_writer(room, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  nock_stream_unref(stream);
  nock_buffer_unref(room);
  stream = buffer_reader(whole);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  nock_stream_unref(stream);

  /* Closed under the writer: nothing was written, so the writer is as it was. */
  stream = buffer_writer();
  writer = open_writer(stream, schema);
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_stream_unref(stream);

  /* A device that is always full. */
  if (nock_stream_open_path("/dev/full", NOCK_OPEN_WRITE, NULL, &stream, NULL) == NOCK_OK) {
    CHECK_STATUS(NOCK_ERR_IO, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
    nock_stream_unref(stream);
  }
  nock_buffer_unref(whole);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

static void null_arguments(void) {
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 1);
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_open(NULL, schema, NULL, NULL, &writer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_open(stream, NULL, NULL, NULL, &writer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_open(stream, schema, NULL, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_write_batch(NULL, batch, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_close(NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_set_footer_metadata(NULL, NULL, ERR));
  CHECK(nock_ipc_file_writer_schema(NULL) == NULL);
  CHECK(nock_ipc_file_writer_num_messages(NULL) == 0 && nock_ipc_file_writer_num_batches(NULL) == 0);
  CHECK(nock_ipc_file_writer_raw_body_bytes(NULL) == 0 && nock_ipc_file_writer_body_bytes(NULL) == 0);
  nock_ipc_file_writer_free(NULL);
  writer = open_writer(stream, schema);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_file_writer_write_batch(writer, NULL, NULL, ERR));
  /* Dropped without a close: the output just ends. */
  nock_ipc_file_writer_free(writer);
  nock_stream_unref(stream);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

static void a_file_behind_other_bytes(void) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  CHECK_OK(nock_stream_write(stream, "13 bytes long", 13, ERR));
  nock_ipc_file_writer_t *writer = open_writer(stream, schema);
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_buffer_t *bytes = take_buffer(stream);
  CHECK_BYTES((const char *)nock_buffer_data(bytes) + 13, "\0\0\0ARROW1\0\0", 11);
  nock_ipc_file_reader_t *reader = open_reader(bytes);
  CHECK_OK(nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
  check_batch(batch, 0, 10);
  nock_batch_unref(batch);
  nock_ipc_file_reader_free(reader);
  nock_buffer_unref(bytes);
}

int main(void) {
  RUN(what_is_written_is_counted);
  RUN(slices_are_written_alone);
  RUN(metadata_is_kept);
  RUN(options_decide_the_layout);
  RUN(types_that_cannot_be_written_are_named);
  RUN(other_batches_are_refused);
  RUN(streams_that_fail);
  RUN(a_file_behind_other_bytes);
  RUN(null_arguments);
  return harness_done();
}
