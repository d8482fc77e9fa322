/*
 * Writes and reads an Arrow file, or prints one.
 *
 *   demo             writes 10,000,000 numbers to an Arrow file in 1,000 batches; reads it with read calls, then maps it and
 *                    reads it again without a copy; checks the number of rows and their sum
 *   demo FILE        prints the format of an Arrow file or stream, its schema, its batches and its first rows
 *
 * The exit status is 0 on success.
 */
#include "example.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  NUM_BATCHES = 1000,
  ROWS_PER_BATCH = 10000,
  ROWS = NUM_BATCHES * ROWS_PER_BATCH,
  SHOWN_BATCHES = 10,
  SHOWN_ROWS = 10,
};

/* Each row has its own index as value, so the sum is known. */
static const int64_t EXPECTED_SUM = (int64_t)ROWS * (ROWS - 1) / 2;

/* ---- writing ------------------------------------------------------------------------------------------------------ */

/* A schema of one int32 column without nulls. */
static nock_status_t make_schema(nock_schema_t **out, nock_error_t **error) {
  nock_status_t status;
  nock_field_t *field = NULL;
  TRY(nock_field_new("number", nock_type_int32(), NOCK_FIELD_NOT_NULL, NULL, &field, error));
  const nock_field_t *fields[] = {field};
  TRY(nock_schema_new(fields, 1, NULL, NOCK_ENDIANNESS_NATIVE, out, error));
done:
  nock_field_unref(field);
  return status;
}

/* A batch with ROWS_PER_BATCH numbers from `first` on. */
static nock_status_t make_batch(const nock_schema_t *schema, int32_t first, nock_batch_t **out, nock_error_t **error) {
  nock_status_t status;
  static int32_t numbers[ROWS_PER_BATCH];
  nock_array_builder_t *builder = NULL;
  nock_array_t *column = NULL;
  for (int32_t i = 0; i < ROWS_PER_BATCH; i++) {
    numbers[i] = first + i;
  }
  TRY(nock_array_builder_new(nock_type_int32(), NULL, &builder, error));
  TRY(nock_array_builder_append_values(builder, numbers, ROWS_PER_BATCH, NULL, 0, error));
  TRY(nock_array_builder_finish(&builder, &column, error));
  const nock_array_t *columns[] = {column};
  TRY(nock_batch_new(schema, columns, 1, ROWS_PER_BATCH, out, error));
done:
  nock_array_unref(column);
  nock_array_builder_free(builder);
  return status;
}

static nock_status_t write_file(const char *path, nock_error_t **error) {
  nock_status_t status;
  nock_schema_t *schema = NULL;
  nock_stream_t *stream = NULL;
  nock_ipc_file_writer_t *writer = NULL;
  nock_batch_t *batch = NULL;
  TRY(make_schema(&schema, error));
  TRY(nock_stream_open_path(path, NOCK_OPEN_WRITE, NULL, &stream, error));
  TRY(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, error));
  for (int32_t i = 0; i < NUM_BATCHES; i++) {
    TRY(make_batch(schema, i * ROWS_PER_BATCH, &batch, error));
    TRY(nock_ipc_file_writer_write_batch(writer, batch, NULL, error));
    nock_batch_unref(batch);
    batch = NULL;
  }
  /* This writes the footer, without which the file cannot be read. */
  TRY(nock_ipc_file_writer_close(writer, error));
  TRY(nock_stream_close(stream, error));
done:
  nock_batch_unref(batch);
  nock_ipc_file_writer_free(writer);
  nock_stream_unref(stream);
  nock_schema_unref(schema);
  return status;
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

/* The results of reading a file. */
typedef struct findings_t {
  int64_t rows;
  int64_t sum;
  uint64_t pool_bytes; /* allocated from the memory pool while all columns are in memory */
} findings_t;

/* Add up an int32 column, reading the values in place. */
static nock_status_t add_column(const nock_array_t *column, findings_t *found, nock_error_t **error) {
  nock_status_t status;
  nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
  TRY(nock_array_view(column, &view, error));
  const int32_t *numbers = view.values;
  for (int64_t i = 0; i < view.length; i++) {
    found->sum += numbers[i];
  }
  found->rows += view.length;
done:
  return status;
}

/* Read a file, keep all columns in memory, and read every value. */
static nock_status_t read_file(nock_stream_t *stream, findings_t *found, nock_error_t **error) {
  nock_status_t status;
  nock_ipc_file_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  nock_array_t *columns[NUM_BATCHES] = {NULL};
  uint64_t before = nock_pool_bytes_allocated(nock_pool_default());
  TRY(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, error));
  for (size_t i = 0; i < NUM_BATCHES; i++) {
    /* This fails if the file has fewer batches than were written. */
    TRY(nock_ipc_file_reader_get_batch(reader, i, &batch, error));
    TRY(nock_batch_column(batch, 0, &columns[i], error));
    TRY(add_column(columns[i], found, error));
    /* The column keeps what it needs of the batch alive. */
    nock_batch_unref(batch);
    batch = NULL;
  }
  found->pool_bytes = nock_pool_bytes_allocated(nock_pool_default()) - before;
done:
  for (size_t i = 0; i < NUM_BATCHES; i++) {
    nock_array_unref(columns[i]);
  }
  nock_batch_unref(batch);
  nock_ipc_file_reader_free(reader);
  return status;
}

/* Print the results, and compare them with what was written. */
static bool report(const char *how, const findings_t *found) {
  printf("%-26s %" PRId64 " rows, sum %" PRId64 ", %" PRIu64 " bytes taken from the pool\n", how, found->rows, found->sum,
         found->pool_bytes);
  if (found->rows != ROWS || found->sum != EXPECTED_SUM) {
    fprintf(stderr, "expected %d rows and the sum %" PRId64 "\n", (int)ROWS, EXPECTED_SUM);
    return false;
  }
  return true;
}

/* ---- write, read, compare ----------------------------------------------------------------------------------------- */

static nock_status_t main_job(const char *path, bool *good, nock_error_t **error) {
  nock_status_t status;
  nock_stream_t *stream = NULL;
  findings_t copied = {0, 0, 0};
  findings_t mapped = {0, 0, 0};
  *good = false;

  TRY(write_file(path, error));
  printf("wrote %d batches of %d numbers to %s\n", (int)NUM_BATCHES, (int)ROWS_PER_BATCH, path);

  /* Read calls copy the file's bytes into memory of the pool. */
  TRY(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, error));
  TRY(read_file(stream, &copied, error));
  TRY(nock_stream_close(stream, error));
  nock_stream_unref(stream);
  stream = NULL;

  /* With a memory map, the columns point into the map. */
  TRY(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &stream, error));
  TRY(read_file(stream, &mapped, error));
  TRY(nock_stream_close(stream, error));

  *good = report("read through the system:", &copied) & report("mapped:", &mapped);
  if (copied.pool_bytes < ROWS * sizeof(int32_t)) {
    fprintf(stderr, "a copy of the data takes at least %zu bytes\n", ROWS * sizeof(int32_t));
    *good = false;
  }
  if (mapped.pool_bytes != 0) {
    fprintf(stderr, "mapped data takes no bytes from the pool\n");
    *good = false;
  }
done:
  nock_stream_unref(stream);
  return status;
}

static int run_main_job(nock_error_t **error, nock_status_t *status) {
  const char *folder = getenv("TMPDIR");
  char path[4096];
  bool good = false;
  snprintf(path, sizeof path, "%s/nock-demo-XXXXXX", folder != NULL && folder[0] != '\0' ? folder : "/tmp");
  int file = mkstemp(path);
  if (file < 0) {
    perror(path);
    return 1;
  }
  close(file);
  *status = main_job(path, &good, error);
  unlink(path);
  if (*status != NOCK_OK) {
    return 1;
  }
  uint64_t left = nock_pool_bytes_allocated(nock_pool_default());
  if (left != 0) {
    fprintf(stderr, "%" PRIu64 " bytes were never given back to the pool\n", left);
    good = false;
  }
  puts(good ? "all is well" : "something is wrong");
  return good ? 0 : 1;
}

/* ---- printing a file ---------------------------------------------------------------------------------------------- */

/* The file format begins with these bytes, the stream format with a message. */
static const char MAGIC[] = "ARROW1";

static nock_status_t is_arrow_file(nock_stream_t *stream, bool *out, nock_error_t **error) {
  nock_status_t status;
  char start[sizeof MAGIC - 1];
  size_t n = 0;
  TRY(nock_stream_read_at(stream, 0, start, sizeof start, &n, error));
  *out = n == sizeof start && memcmp(start, MAGIC, n) == 0;
done:
  return status;
}

/* A reader of either format; the other pointer is NULL. */
typedef struct source_t {
  nock_ipc_file_reader_t *file;
  nock_ipc_stream_reader_t *stream;
  size_t next;
} source_t;

/* The next batch; NULL at the end. */
static nock_status_t next_batch(source_t *source, nock_batch_t **out, nock_error_t **error) {
  *out = NULL;
  if (source->stream != NULL) {
    return nock_ipc_stream_reader_next(source->stream, out, error);
  }
  if (source->next == nock_ipc_file_reader_num_batches(source->file)) {
    return NOCK_OK;
  }
  return nock_ipc_file_reader_get_batch(source->file, source->next++, out, error);
}

/* Print on one line a list that has one value per line. */
static void print_on_one_line(const char *text) {
  for (; *text != '\0'; text++) {
    if (*text != '\n') {
      putchar(*text);
      continue;
    }
    if (text[-1] == ',') {
      putchar(' ');
    }
    text += strspn(text + 1, " ");
  }
  putchar('\n');
}

/* Print the first values of a column. If it cannot be read, print why and succeed, so that the others are printed. */
static nock_status_t show_column(const nock_batch_t *batch, size_t index, nock_error_t **error) {
  nock_status_t status;
  nock_error_t *why = NULL;
  nock_array_t *column = NULL;
  nock_array_t *head = NULL;
  nock_buffer_t *text = NULL;
  nock_str_t name = nock_field_name(nock_schema_field(nock_batch_schema(batch), index));
  int64_t rows = nock_batch_num_rows(batch) < SHOWN_ROWS ? nock_batch_num_rows(batch) : SHOWN_ROWS;

  printf("  %.*s: ", (int)name.len, name.data);
  if (nock_batch_column(batch, index, &column, &why) != NOCK_OK) {
    printf("(%s)\n", nock_error_message(why));
    nock_error_free(why);
    return NOCK_OK;
  }
  TRY(nock_array_slice(column, 0, rows, &head, error));
  TRY(nock_array_to_text(head, SHOWN_ROWS, NULL, &text, error));
  print_on_one_line(nock_buffer_data(text));
done:
  nock_buffer_unref(text);
  nock_array_unref(head);
  nock_array_unref(column);
  return status;
}

/* Print the number of rows of the first batches, and the first rows of the first batch that is not empty. */
static nock_status_t show_batches(source_t *source, nock_error_t **error) {
  nock_status_t status;
  nock_batch_t *batch = NULL;
  nock_batch_t *first = NULL;
  size_t num_batches = 0;
  int64_t num_rows = 0;

  puts("batches:");
  for (;;) {
    TRY(next_batch(source, &batch, error));
    if (batch == NULL) {
      break;
    }
    int64_t rows = nock_batch_num_rows(batch);
    if (num_batches < SHOWN_BATCHES) {
      printf("  batch %zu: %" PRId64 " rows\n", num_batches, rows);
    }
    num_batches++;
    num_rows += rows;
    if (first == NULL && rows > 0) {
      first = batch;
    } else {
      nock_batch_unref(batch);
    }
    batch = NULL;
  }
  if (num_batches > SHOWN_BATCHES) {
    printf("  ... %zu more\n", num_batches - SHOWN_BATCHES);
  }
  printf("  %zu batches, %" PRId64 " rows\n", num_batches, num_rows);
  if (first != NULL) {
    puts("first rows:");
    for (size_t i = 0; i < nock_batch_num_columns(first); i++) {
      TRY(show_column(first, i, error));
    }
  }
done:
  nock_batch_unref(batch);
  nock_batch_unref(first);
  return status;
}

static nock_status_t show(const char *path, nock_error_t **error) {
  nock_status_t status;
  nock_stream_t *stream = NULL;
  source_t source = {NULL, NULL, 0};
  const nock_schema_t *schema;
  const char *text = NULL;
  bool is_file = false;

  TRY(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &stream, error));
  TRY(is_arrow_file(stream, &is_file, error));
  if (is_file) {
    TRY(nock_ipc_file_reader_open(stream, NULL, NULL, &source.file, error));
    schema = nock_ipc_file_reader_schema(source.file);
  } else {
    TRY(nock_ipc_stream_reader_open(stream, NULL, NULL, &source.stream, error));
    schema = nock_ipc_stream_reader_schema(source.stream);
  }
  printf("%s is an Arrow %s\n", path, is_file ? "file" : "stream");
  TRY(nock_schema_to_text(schema, &text, error));
  printf("schema:\n%s\n", text);
  TRY(show_batches(&source, error));
done:
  nock_ipc_stream_reader_free(source.stream);
  nock_ipc_file_reader_free(source.file);
  nock_stream_unref(stream);
  return status;
}

int main(int argc, char **argv) {
  nock_error_t *error = NULL;
  nock_status_t status = NOCK_OK;
  if (nock_abi_version() != NOCK_ABI_VERSION) {
    fprintf(stderr, "built for another nock than %s\n", nock_version_string());
    return 1;
  }
  if (argc > 2) {
    fprintf(stderr, "usage: demo [FILE]\n");
    return 2;
  }
  if (argc == 2) {
    status = show(argv[1], &error);
    return example_end(status, error);
  }
  int result = run_main_job(&error, &status);
  return status != NOCK_OK ? example_end(status, error) : result;
}
