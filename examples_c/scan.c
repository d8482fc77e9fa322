/*
 * Reads every value of a memory-mapped Arrow file or stream in place, and prints totals.
 *
 *   scan stream|file IN
 *
 * Columns of unsupported types are skipped and counted. Exit status 0 means that the whole input was read. Arrays from a reader
 * are memory-safe even if the input is damaged: this program has no checks of its own, and tests run it on damaged files.
 */
#include "example.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* What was read: `values` are not null, `sum` is the sum of their bytes. */
typedef struct totals_t {
  uint64_t batches;
  uint64_t rows;
  uint64_t values;
  uint64_t bytes;
  uint64_t sum;
  uint64_t left_out;
} totals_t;

static void add_bytes(totals_t *totals, const void *data, size_t size) {
  const uint8_t *bytes = data;
  for (size_t i = 0; i < size; i++) {
    totals->sum += bytes[i];
  }
  totals->bytes += size;
}

static bool bit(const uint8_t *bits, int64_t index, uint32_t first) {
  uint64_t at = (uint64_t)index + first;
  return bits[at / 8] >> at % 8 & 1;
}

/* Read one value through the pointers of a view. */
static void add_value(totals_t *totals, const nock_array_view_t *view, int64_t index) {
  switch (view->layout) {
    case NOCK_LAYOUT_BITS: {
      uint8_t value = bit(view->values, index, view->values_bit);
      add_bytes(totals, &value, 1);
      break;
    }
    case NOCK_LAYOUT_FIXED:
      add_bytes(totals, (const uint8_t *)view->values + (uint64_t)index * view->value_width, view->value_width);
      break;
    case NOCK_LAYOUT_BINARY: {
      const int32_t *offsets = view->offsets;
      add_bytes(totals, view->data + offsets[index], (size_t)(offsets[index + 1] - offsets[index]));
      break;
    }
    case NOCK_LAYOUT_LARGE_BINARY: {
      const int64_t *offsets = view->offsets;
      add_bytes(totals, view->data + offsets[index], (size_t)(offsets[index + 1] - offsets[index]));
      break;
    }
    default:
      break;
  }
}

static nock_status_t add_column(totals_t *totals, const nock_batch_t *batch, size_t index, nock_error_t **error) {
  nock_status_t status;
  nock_array_t *column = NULL;
  nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
  TRY(nock_batch_column(batch, index, &column, error));
  TRY(nock_array_view(column, &view, error));
  for (int64_t i = 0; view.layout != NOCK_LAYOUT_NULL && i < view.length; i++) {
    if (view.validity == NULL || bit(view.validity, i, view.validity_bit)) {
      totals->values++;
      add_value(totals, &view, i);
    }
  }
done:
  nock_array_unref(column);
  return status;
}

static nock_status_t add_batch(totals_t *totals, const nock_batch_t *batch, nock_error_t **error) {
  totals->batches++;
  totals->rows += (uint64_t)nock_batch_num_rows(batch);
  for (size_t i = 0; i < nock_batch_num_columns(batch); i++) {
    nock_error_t *why = NULL;
    nock_status_t status = add_column(totals, batch, i, &why);
    if (status == NOCK_ERR_UNSUPPORTED) {
      nock_error_free(why);
      totals->left_out++;
    } else if (status != NOCK_OK) {
      *error = why;
      return status;
    }
  }
  return NOCK_OK;
}

static nock_status_t scan_file(nock_stream_t *in, totals_t *totals, nock_error_t **error) {
  nock_status_t status;
  nock_ipc_file_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  TRY(nock_ipc_file_reader_open(in, NULL, NULL, &reader, error));
  size_t num_batches = nock_ipc_file_reader_num_batches(reader);
  for (size_t i = 0; i < num_batches; i++) {
    TRY(nock_ipc_file_reader_get_batch(reader, i, &batch, error));
    TRY(add_batch(totals, batch, error));
    nock_batch_unref(batch);
    batch = NULL;
  }
done:
  nock_batch_unref(batch);
  nock_ipc_file_reader_free(reader);
  return status;
}

static nock_status_t scan_stream(nock_stream_t *in, totals_t *totals, nock_error_t **error) {
  nock_status_t status;
  nock_ipc_stream_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  TRY(nock_ipc_stream_reader_open(in, NULL, NULL, &reader, error));
  for (;;) {
    TRY(nock_ipc_stream_reader_next(reader, &batch, error));
    if (batch == NULL) {
      break;
    }
    TRY(add_batch(totals, batch, error));
    nock_batch_unref(batch);
    batch = NULL;
  }
done:
  nock_batch_unref(batch);
  nock_ipc_stream_reader_free(reader);
  return status;
}

int main(int argc, char **argv) {
  bool is_file = argc > 1 && strcmp(argv[1], "file") == 0;
  if (argc != 3 || (!is_file && strcmp(argv[1], "stream") != 0)) {
    fprintf(stderr, "usage: scan stream|file IN\n");
    return 2;
  }
  nock_status_t status;
  nock_error_t *error = NULL;
  nock_stream_t *in = NULL;
  totals_t totals = {0, 0, 0, 0, 0, 0};
  TRY(nock_stream_open_mmap(argv[2], NOCK_OPEN_READ, NULL, &in, &error));
  TRY((is_file ? scan_file : scan_stream)(in, &totals, &error));
  printf("%" PRIu64 " batches, %" PRIu64 " rows, %" PRIu64 " values of %" PRIu64 " bytes with the sum %" PRIu64
         ", %" PRIu64 " columns left out\n",
         totals.batches, totals.rows, totals.values, totals.bytes, totals.sum, totals.left_out);
done:
  nock_stream_unref(in);
  return example_end(status, error);
}
