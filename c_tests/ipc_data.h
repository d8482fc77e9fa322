/*
 * Schemas, batches and whole streams and files for the tests of IPC.
 *
 * A batch has an int32, a text and a bool column; row r of a batch that starts at n holds n + r, its decimal digits, and
 * whether it is odd. Every third value is null.
 */
#ifndef NOCK_IPC_DATA_H
#define NOCK_IPC_DATA_H

#include "harness.h"

static inline nock_schema_t *ipc_schema_of(const nock_type_t *const *types, size_t count) {
  nock_field_t *fields[8];
  nock_schema_t *schema = NULL;
  CHECK(count <= 8);
  for (size_t i = 0; i < count; i++) {
    const char name[2] = {(char)('a' + i), '\0'};
    CHECK_OK(nock_field_new(name, types[i], 0, NULL, &fields[i], ERR));
  }
  CHECK_OK(nock_schema_new((const nock_field_t *const *)fields, count, NULL, 0, &schema, ERR));
  for (size_t i = 0; i < count; i++) {
    nock_field_unref(fields[i]);
  }
  return schema;
}

static inline nock_schema_t *ipc_schema(void) {
  const nock_type_t *types[3] = {nock_type_int32(), nock_type_utf8(), nock_type_boolean()};
  return ipc_schema_of(types, 3);
}

static inline nock_array_t *ipc_column(size_t kind, int32_t first, int32_t rows) {
  const nock_type_t *types[3] = {nock_type_int32(), nock_type_utf8(), nock_type_boolean()};
  nock_array_builder_t *builder = NULL;
  nock_array_t *array = NULL;
  char digits[16];
  CHECK_OK(nock_array_builder_new(types[kind], NULL, &builder, ERR));
  for (int32_t value = first; value < first + rows; value++) {
    if (value % 3 == 2) {
      CHECK_OK(nock_array_builder_append_null(builder, ERR));
    } else if (kind == 0) {
      CHECK_OK(nock_array_builder_append_i32(builder, value, ERR));
    } else if (kind == 1) {
      const int len = snprintf(digits, sizeof digits, "%d", (int)value);
      CHECK_OK(nock_array_builder_append_bytes(builder, digits, (size_t)len, ERR));
    } else {
      CHECK_OK(nock_array_builder_append_bool(builder, value & 1, ERR));
    }
  }
  CHECK_OK(nock_array_builder_finish(&builder, &array, ERR));
  return array;
}

static inline nock_batch_t *ipc_batch(const nock_schema_t *schema, int32_t first, int32_t rows) {
  nock_array_t *columns[3];
  nock_batch_t *batch = NULL;
  for (size_t i = 0; i < 3; i++) {
    columns[i] = ipc_column(i, first, rows);
  }
  CHECK_OK(nock_batch_new(schema, (const nock_array_t *const *)columns, 3, rows, &batch, ERR));
  for (size_t i = 0; i < 3; i++) {
    nock_array_unref(columns[i]);
  }
  return batch;
}

static inline nock_metadata_t *ipc_metadata(const char *key, const char *value) {
  const nock_str_t keys[1] = {{key, strlen(key)}};
  const nock_str_t values[1] = {{value, strlen(value)}};
  nock_metadata_t *metadata = NULL;
  CHECK_OK(nock_metadata_new(keys, values, 1, &metadata, ERR));
  return metadata;
}

/* Metadata has one pair, and this is it. */
static inline void check_metadata(const nock_metadata_t *metadata, const char *key, const char *value) {
  CHECK(nock_metadata_count(metadata) == 1);
  const nock_str_t found_key = nock_metadata_key(metadata, 0);
  const nock_str_t found_value = nock_metadata_value(metadata, 0);
  CHECK(found_key.len == strlen(key) && found_value.len == strlen(value));
  CHECK_BYTES(found_key.data, key, found_key.len);
  CHECK_BYTES(found_value.data, value, found_value.len);
}

/* A batch that was read has the rows of ipc_batch(schema, first, rows). */
static inline void check_batch(const nock_batch_t *batch, int32_t first, int32_t rows) {
  CHECK(nock_batch_num_rows(batch) == rows && nock_batch_num_columns(batch) == 3);
  for (size_t i = 0; i < 3; i++) {
    nock_array_t *expected = ipc_column(i, first, rows);
    nock_array_t *found = NULL;
    uint8_t equal = 0;
    CHECK_OK(nock_batch_column(batch, i, &found, ERR));
    CHECK_OK(nock_array_equals(found, expected, 0, &equal, ERR));
    CHECK(equal && nock_array_null_count(found) == nock_array_null_count(expected));
    nock_array_unref(found);
    nock_array_unref(expected);
  }
}

static inline nock_stream_t *buffer_writer(void) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_new_buffer_writer(0, NULL, &stream, ERR));
  return stream;
}

/* What a buffer writer collected; the writer ends. */
static inline nock_buffer_t *take_buffer(nock_stream_t *stream) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_stream_finish_buffer(stream, &buffer, ERR));
  nock_stream_unref(stream);
  return buffer;
}

static inline nock_stream_t *buffer_reader(const nock_buffer_t *buffer) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_buffer(buffer, &stream, ERR));
  return stream;
}

/* A stream over bytes that stay where they are for the rest of the program. */
static inline nock_stream_t *bytes_reader(const void *bytes, size_t len) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(bytes, len, NULL, &buffer, ERR));
  nock_stream_t *stream = buffer_reader(buffer);
  nock_buffer_unref(buffer);
  return stream;
}

/* Batches that start at 0, 10, 20, ... and have that many rows, as a stream. */
static inline nock_buffer_t *ipc_stream(int32_t batches, const nock_ipc_write_options_t *options) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  nock_ipc_stream_writer_t *writer = NULL;
  CHECK_OK(nock_ipc_stream_writer_open(stream, schema, NULL, options, &writer, ERR));
  for (int32_t i = 0; i < batches; i++) {
    nock_batch_t *batch = ipc_batch(schema, 10 * i, 10);
    CHECK_OK(nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR));
    nock_batch_unref(batch);
  }
  CHECK_OK(nock_ipc_stream_writer_close(writer, ERR));
  nock_ipc_stream_writer_free(writer);
  nock_schema_unref(schema);
  return take_buffer(stream);
}

/* The same as a file. */
static inline nock_buffer_t *ipc_file(int32_t batches, const nock_ipc_write_options_t *options) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = buffer_writer();
  nock_ipc_file_writer_t *writer = NULL;
  CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, options, &writer, ERR));
  for (int32_t i = 0; i < batches; i++) {
    nock_batch_t *batch = ipc_batch(schema, 10 * i, 10);
    CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
    nock_batch_unref(batch);
  }
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_schema_unref(schema);
  return take_buffer(stream);
}

#endif /* NOCK_IPC_DATA_H */
