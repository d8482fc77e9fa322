/*
 * A small stream and a small file, cut at every byte and changed at every byte: each gives a status or data that can be
 * read to its last byte, which valgrind watches.
 */
#include "ipc_data.h"

typedef struct outcome {
  nock_status_t status;
  int batches;
  bool eos;
} outcome_t;

/* Refusals are about the input; anything else is a failure of this test. */
static nock_status_t judge(nock_status_t status) {
  harness_last_status = status;
  switch (status) {
    case NOCK_OK:
    case NOCK_ERR_CORRUPT:
    case NOCK_ERR_UNSUPPORTED:
    case NOCK_ERR_LIMIT:
      return status;
    default:
      harness_fail(__FILE__, __LINE__, nock_status_name(status));
      return status;
  }
}

static unsigned touched;

/* Read every byte that the view of an array shows. */
static void touch(const nock_array_t *array) {
  nock_array_view_t view = {0};
  view.struct_size = sizeof view;
  CHECK_OK(nock_array_view(array, &view, ERR));
  const unsigned char *validity = view.validity;
  const unsigned char *values = view.values;
  const unsigned char *data = view.data;
  for (int64_t i = 0; i < view.length; i++) {
    if (validity != NULL) {
      touched += validity[(i + view.validity_bit) / 8];
    }
    if (values != NULL) {
      touched += view.value_width > 0 ? values[i * view.value_width] : values[(i + view.values_bit) / 8];
    }
  }
  for (int64_t i = 0; data != NULL && i < (int64_t)view.data_size; i++) {
    touched += data[i];
  }
  for (int64_t i = 0; i < view.length; i++) {
    nock_str_t text;
    if (nock_array_get_bytes(array, i, &text, NULL) == NOCK_OK) {
      for (size_t at = 0; at < text.len; at++) {
        touched += (unsigned char)text.data[at];
      }
    }
  }
}

static nock_status_t touch_batch(const nock_batch_t *batch) {
  for (size_t i = 0; i < nock_batch_num_columns(batch); i++) {
    nock_array_t *column = NULL;
    const nock_status_t status = judge(nock_batch_column(batch, i, &column, NULL));
    if (status != NOCK_OK) {
      return status;
    }
    touch(column);
    nock_array_unref(column);
  }
  return NOCK_OK;
}

static outcome_t read_stream(const void *bytes, size_t len) {
  outcome_t outcome = {NOCK_OK, 0, false};
  nock_stream_t *stream = bytes_reader(bytes, len);
  nock_ipc_stream_reader_t *reader = NULL;
  outcome.status = judge(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, NULL));
  while (outcome.status == NOCK_OK) {
    nock_batch_t *batch = NULL;
    outcome.status = judge(nock_ipc_stream_reader_next(reader, &batch, NULL));
    if (batch == NULL) {
      break;
    }
    outcome.batches++;
    outcome.status = touch_batch(batch);
    nock_batch_unref(batch);
  }
  outcome.eos = nock_ipc_stream_reader_has_end_mark(reader);
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  return outcome;
}

static outcome_t read_file(const void *bytes, size_t len) {
  outcome_t outcome = {NOCK_OK, 0, true};
  uint64_t rows = 0;
  nock_stream_t *stream = bytes_reader(bytes, len);
  nock_ipc_file_reader_t *reader = NULL;
  outcome.status = judge(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, NULL));
  if (outcome.status == NOCK_OK) {
    outcome.status = judge(nock_ipc_file_reader_count_rows(reader, &rows, NULL));
  }
  for (size_t i = 0; outcome.status == NOCK_OK && i < nock_ipc_file_reader_num_batches(reader); i++) {
    nock_batch_t *batch = NULL;
    outcome.status = judge(nock_ipc_file_reader_get_batch(reader, i, &batch, NULL));
    if (outcome.status == NOCK_OK) {
      outcome.status = touch_batch(batch);
      outcome.batches++;
    }
    nock_batch_unref(batch);
  }
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(stream);
  return outcome;
}

static const nock_ipc_write_options_t compact = {sizeof(nock_ipc_write_options_t), 0, 8, 0};

static void every_cut_of_a_stream(void) {
  nock_buffer_t *whole = ipc_stream(2, &compact);
  const size_t size = nock_buffer_size(whole);
  outcome_t outcome = read_stream(nock_buffer_data(whole), size);
  CHECK(outcome.status == NOCK_OK && outcome.batches == 2 && outcome.eos);
  int ends = 0;
  for (size_t len = 0; len < size; len++) {
    outcome = read_stream(nock_buffer_data(whole), len);
    /* Either an error, or an end between two messages that no mark confirms. */
    CHECK(outcome.status == NOCK_ERR_CORRUPT || (outcome.status == NOCK_OK && !outcome.eos));
    ends += outcome.status == NOCK_OK;
  }
  CHECK(ends == 3);
  nock_buffer_unref(whole);
}

static void every_cut_of_a_file(void) {
  nock_buffer_t *whole = ipc_file(2, &compact);
  const size_t size = nock_buffer_size(whole);
  outcome_t outcome = read_file(nock_buffer_data(whole), size);
  CHECK(outcome.status == NOCK_OK && outcome.batches == 2);
  for (size_t len = 0; len < size; len++) {
    outcome = read_file(nock_buffer_data(whole), len);
    CHECK(outcome.status == NOCK_ERR_CORRUPT);
  }
  nock_buffer_unref(whole);
}

typedef outcome_t (*reader_t)(const void *bytes, size_t len);

static void change_every_byte(const nock_buffer_t *whole, reader_t read) {
  static const unsigned char changes[3] = {0x01, 0x80, 0xFF};
  const size_t size = nock_buffer_size(whole);
  unsigned char *bytes = malloc(size);
  CHECK(bytes != NULL);
  memcpy(bytes, nock_buffer_data(whole), size);
  for (size_t at = 0; at < size; at++) {
    for (int i = 0; i < 3; i++) {
      bytes[at] ^= changes[i];
      read(bytes, size);
      bytes[at] ^= changes[i];
    }
  }
  CHECK(read(bytes, size).status == NOCK_OK);
  free(bytes);
}

static void every_byte_of_a_stream(void) {
  nock_buffer_t *whole = ipc_stream(2, &compact);
  change_every_byte(whole, read_stream);
  nock_buffer_unref(whole);
}

static void every_byte_of_a_file(void) {
  nock_buffer_t *whole = ipc_file(2, &compact);
  change_every_byte(whole, read_file);
  nock_buffer_unref(whole);
}

int main(void) {
  RUN(every_cut_of_a_stream);
  RUN(every_cut_of_a_file);
  RUN(every_byte_of_a_stream);
  RUN(every_byte_of_a_file);
  CHECK(touched != 0);
  return harness_done();
}
