/*
 * Writes one column of each supported type, with values computed from the row index.
 *
 *   every_type stream|file OUT
 *
 * Every seventh value is null, beginning with the fourth. There are three batches: 100 rows, a slice of them, and an empty
 * slice. tests/interop/test_every_type.py computes the same values and compares.
 */
#include "example.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ROWS = 100, CUT_OFFSET = 13, CUT_ROWS = 40 };

/* How the values of a column are computed. */
typedef enum making_t {
  NULLS,
  BOOLEANS,
  INT8,
  INT16,
  INT32,
  INT64,
  UINT8,
  UINT16,
  UINT32,
  UINT64,
  HALVES,
  FLOATS,
  DOUBLES,
  DECIMALS, /* `size` bytes, magnitude below `limit` */
  TIMES32,  /* below `limit` */
  TIMES64,  /* below `limit` */
  DAYS64,   /* milliseconds of whole days */
  DAY_TIMES,
  MONTH_DAY_NANOS,
  FIXED, /* `size` bytes each */
  TEXT,
  BYTES,
} making_t;

typedef struct column_t {
  const char *format; /* format string of the Arrow C data interface, also the name of the column */
  making_t making;
  uint64_t limit;
  size_t size;
} column_t;

#define DAY 86400U
#define DIGITS9 1000000000U
#define DIGITS18 1000000000000000000U

static const column_t COLUMNS[] = {
    {"n", NULLS, 0, 0},
    {"b", BOOLEANS, 0, 0},
    {"c", INT8, 0, 0},
    {"s", INT16, 0, 0},
    {"i", INT32, 0, 0},
    {"l", INT64, 0, 0},
    {"C", UINT8, 0, 0},
    {"S", UINT16, 0, 0},
    {"I", UINT32, 0, 0},
    {"L", UINT64, 0, 0},
    {"e", HALVES, 0, 0},
    {"f", FLOATS, 0, 0},
    {"g", DOUBLES, 0, 0},
    {"d:9,2,32", DECIMALS, DIGITS9, 4},
    {"d:18,-3,64", DECIMALS, DIGITS18, 8},
    {"d:38,10", DECIMALS, DIGITS18, 16},
    {"d:76,0,256", DECIMALS, DIGITS18, 32},
    {"tdD", INT32, 0, 0},
    {"tdm", DAYS64, 0, 0},
    {"tts", TIMES32, DAY, 0},
    {"ttm", TIMES32, DAY * 1000, 0},
    {"ttu", TIMES64, DAY * 1000000ULL, 0},
    {"ttn", TIMES64, DAY * 1000000000ULL, 0},
    {"tss:", INT64, 0, 0},
    {"tsm:UTC", INT64, 0, 0},
    {"tsu:Europe/Paris", INT64, 0, 0},
    {"tsn:+05:30", INT64, 0, 0},
    {"tDs", INT64, 0, 0},
    {"tDm", INT64, 0, 0},
    {"tDu", INT64, 0, 0},
    {"tDn", INT64, 0, 0},
    {"tiM", INT32, 0, 0},
    {"tiD", DAY_TIMES, 0, 0},
    {"tin", MONTH_DAY_NANOS, 0, 0},
    {"w:5", FIXED, 0, 5},
    {"z", BYTES, 0, 0},
    {"Z", BYTES, 0, 0},
    {"u", TEXT, 0, 0},
    {"U", TEXT, 0, 0},
};

enum { NUM_COLUMNS = sizeof COLUMNS / sizeof COLUMNS[0] };

/* ---- values -------------------------------------------------------------------------------------------------------- */

/* A pseudo-random number, simple to compute in other languages. */
static uint64_t mix(uint64_t row) { return row * 0x9E3779B97F4A7C15U; }

/* A number as little-endian bytes, its sign extended to `size`. */
static void to_bytes(int64_t number, uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    bytes[i] = i < 8 ? (uint8_t)((uint64_t)number >> 8 * i) : number < 0 ? 0xFF : 0;
  }
}

static bool is_null(uint64_t row) { return row % 7 == 3; }

static nock_status_t append(nock_array_builder_t *builder, const column_t *column, uint64_t row, nock_error_t **error) {
  uint8_t bytes[32];
  uint64_t number = mix(row);
  if (column->making == NULLS || is_null(row)) {
    return nock_array_builder_append_null(builder, error);
  }
  switch (column->making) {
    case BOOLEANS:
      return nock_array_builder_append_bool(builder, row % 3 == 0, error);
    case INT8:
      return nock_array_builder_append_i8(builder, (int8_t)number, error);
    case INT16:
      return nock_array_builder_append_i16(builder, (int16_t)number, error);
    case INT32:
      return nock_array_builder_append_i32(builder, (int32_t)number, error);
    case INT64:
      return nock_array_builder_append_i64(builder, (int64_t)number, error);
    case UINT8:
      return nock_array_builder_append_u8(builder, (uint8_t)number, error);
    case UINT16:
      return nock_array_builder_append_u16(builder, (uint16_t)number, error);
    case UINT32:
      return nock_array_builder_append_u32(builder, (uint32_t)number, error);
    case UINT64:
      return nock_array_builder_append_u64(builder, number, error);
    case HALVES:
      return nock_array_builder_append_f16_bits(builder, (uint16_t)number, error);
    case FLOATS:
      return nock_array_builder_append_f32(builder, (float)row / 8 - 3, error);
    case DOUBLES:
      return nock_array_builder_append_f64(builder, (double)row / 1024 - 7, error);
    case DECIMALS: {
      int64_t magnitude = (int64_t)(number % column->limit);
      to_bytes(row % 2 == 0 ? magnitude : -magnitude, bytes, column->size);
      return nock_array_builder_append_bytes(builder, bytes, column->size, error);
    }
    case TIMES32:
      return nock_array_builder_append_i32(builder, (int32_t)(number % column->limit), error);
    case TIMES64:
      return nock_array_builder_append_i64(builder, (int64_t)(number % column->limit), error);
    case DAYS64:
      return nock_array_builder_append_i64(builder, (int64_t)(number % 40000 * DAY * 1000), error);
    case DAY_TIMES:
      return nock_array_builder_append_day_time(builder, (int32_t)row, -(int32_t)row * 1000, error);
    case MONTH_DAY_NANOS:
      return nock_array_builder_append_month_day_nano(builder, (int32_t)row, -(int32_t)row, (int64_t)number, error);
    case FIXED:
    case BYTES:
    case TEXT: {
      size_t size = column->making == FIXED ? column->size : (size_t)(row % 11);
      for (size_t i = 0; i < size; i++) {
        bytes[i] = column->making == TEXT ? (uint8_t)('a' + (row + i) % 26) : (uint8_t)(row * i);
      }
      return nock_array_builder_append_bytes(builder, bytes, size, error);
    }
    default:
      return NOCK_ERR_INTERNAL;
  }
}

/* ---- columns, batch, file ------------------------------------------------------------------------------------------ */

static nock_status_t make_column(const column_t *column, nock_field_t **out_field, nock_array_t **out_array,
                                 nock_error_t **error) {
  nock_status_t status;
  nock_type_t *type = NULL;
  nock_metadata_t *metadata = NULL;
  nock_array_builder_t *builder = NULL;
  nock_str_t key = {"format", 6};
  nock_str_t value = {column->format, strlen(column->format)};
  TRY(nock_type_from_format(column->format, &type, error));
  TRY(nock_metadata_new(&key, &value, 1, &metadata, error));
  TRY(nock_field_new(column->format, type, 0, metadata, out_field, error));
  TRY(nock_array_builder_new(type, NULL, &builder, error));
  for (uint64_t row = 0; row < ROWS; row++) {
    TRY(append(builder, column, row, error));
  }
  TRY(nock_array_builder_finish(&builder, out_array, error));
done:
  nock_array_builder_free(builder);
  nock_metadata_unref(metadata);
  nock_type_unref(type);
  return status;
}

static nock_status_t make_batch(nock_batch_t **out, nock_error_t **error) {
  nock_status_t status;
  nock_field_t *fields[NUM_COLUMNS] = {NULL};
  nock_array_t *arrays[NUM_COLUMNS] = {NULL};
  const nock_field_t *borrowed_fields[NUM_COLUMNS];
  const nock_array_t *borrowed_arrays[NUM_COLUMNS];
  nock_metadata_t *metadata = NULL;
  nock_schema_t *schema = NULL;
  nock_str_t key = {"written by", 10};
  nock_str_t value = {"every_type\0\xFF", 12};
  for (size_t i = 0; i < NUM_COLUMNS; i++) {
    TRY(make_column(&COLUMNS[i], &fields[i], &arrays[i], error));
    borrowed_fields[i] = fields[i];
    borrowed_arrays[i] = arrays[i];
  }
  TRY(nock_metadata_new(&key, &value, 1, &metadata, error));
  TRY(nock_schema_new(borrowed_fields, NUM_COLUMNS, metadata, NOCK_ENDIANNESS_NATIVE, &schema, error));
  TRY(nock_batch_new(schema, borrowed_arrays, NUM_COLUMNS, ROWS, out, error));
done:
  nock_schema_unref(schema);
  nock_metadata_unref(metadata);
  for (size_t i = 0; i < NUM_COLUMNS; i++) {
    nock_array_unref(arrays[i]);
    nock_field_unref(fields[i]);
  }
  return status;
}

static nock_status_t write_stream(nock_stream_t *out, const nock_batch_t *const *batches, size_t num_batches,
                                  nock_error_t **error) {
  nock_status_t status;
  nock_ipc_stream_writer_t *writer = NULL;
  TRY(nock_ipc_stream_writer_open(out, nock_batch_schema(batches[0]), NULL, NULL, &writer, error));
  for (size_t i = 0; i < num_batches; i++) {
    TRY(nock_ipc_stream_writer_write_batch(writer, batches[i], NULL, error));
  }
  TRY(nock_ipc_stream_writer_close(writer, error));
done:
  nock_ipc_stream_writer_free(writer);
  return status;
}

static nock_status_t write_file(nock_stream_t *out, const nock_batch_t *const *batches, size_t num_batches,
                                nock_error_t **error) {
  nock_status_t status;
  nock_ipc_file_writer_t *writer = NULL;
  nock_metadata_t *metadata = NULL;
  nock_str_t key = {"footer", 6};
  nock_str_t value = {"of every_type", 13};
  TRY(nock_ipc_file_writer_open(out, nock_batch_schema(batches[0]), NULL, NULL, &writer, error));
  for (size_t i = 0; i < num_batches; i++) {
    TRY(nock_ipc_file_writer_write_batch(writer, batches[i], NULL, error));
  }
  TRY(nock_metadata_new(&key, &value, 1, &metadata, error));
  TRY(nock_ipc_file_writer_set_footer_metadata(writer, metadata, error));
  TRY(nock_ipc_file_writer_close(writer, error));
done:
  nock_metadata_unref(metadata);
  nock_ipc_file_writer_free(writer);
  return status;
}

static nock_status_t run(bool is_file, const char *path, nock_error_t **error) {
  nock_status_t status;
  nock_stream_t *out = NULL;
  nock_batch_t *whole = NULL;
  nock_batch_t *cut = NULL;
  nock_batch_t *nothing = NULL;
  TRY(make_batch(&whole, error));
  TRY(nock_batch_slice(whole, CUT_OFFSET, CUT_ROWS, &cut, error));
  TRY(nock_batch_slice(whole, CUT_OFFSET, 0, &nothing, error));
  const nock_batch_t *batches[] = {whole, cut, nothing};
  TRY(nock_stream_open_path(path, NOCK_OPEN_WRITE, NULL, &out, error));
  TRY((is_file ? write_file : write_stream)(out, batches, 3, error));
  TRY(nock_stream_close(out, error));
done:
  nock_batch_unref(nothing);
  nock_batch_unref(cut);
  nock_batch_unref(whole);
  nock_stream_unref(out);
  return status;
}

int main(int argc, char **argv) {
  if (argc != 3 || (strcmp(argv[1], "file") != 0 && strcmp(argv[1], "stream") != 0)) {
    fprintf(stderr, "usage: every_type stream|file OUT\n");
    return 2;
  }
  nock_error_t *error = NULL;
  nock_status_t status = run(strcmp(argv[1], "file") == 0, argv[2], &error);
  return example_end(status, error);
}
