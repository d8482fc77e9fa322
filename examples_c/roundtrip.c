/*
 * Reads an Arrow file or stream and writes it as an Arrow file or stream.
 *
 *   roundtrip FORMAT IN FORMAT OUT        where FORMAT is stream or file
 *
 * The schema, the batches, and the metadata of schema, fields and batches are preserved; footer metadata is preserved if both
 * are files. Exit status 0 means that the whole input was read. Otherwise the last line on stderr says what was wrong, or what
 * is not supported.
 */
#include "example.h"

#include <stdbool.h>
#include <string.h>

/* A reader of either format; the other pointer is NULL. */
typedef struct source_t {
  nock_ipc_stream_reader_t *stream;
  nock_ipc_file_reader_t *file;
  size_t next;
} source_t;

/* A writer of either format; the other pointer is NULL. */
typedef struct sink_t {
  nock_ipc_stream_writer_t *stream;
  nock_ipc_file_writer_t *file;
} sink_t;

static nock_status_t open_source(source_t *source, bool is_file, nock_stream_t *in, nock_error_t **error) {
  if (is_file) {
    return nock_ipc_file_reader_open(in, NULL, NULL, &source->file, error);
  }
  return nock_ipc_stream_reader_open(in, NULL, NULL, &source->stream, error);
}

static const nock_schema_t *schema_of(const source_t *source) {
  return source->file != NULL ? nock_ipc_file_reader_schema(source->file) : nock_ipc_stream_reader_schema(source->stream);
}

/* The next batch; NULL at the end. */
static nock_status_t next_batch(source_t *source, nock_batch_t **out, nock_error_t **error) {
  *out = NULL;
  if (source->file == NULL) {
    return nock_ipc_stream_reader_next(source->stream, out, error);
  }
  if (source->next == nock_ipc_file_reader_num_batches(source->file)) {
    return NOCK_OK;
  }
  return nock_ipc_file_reader_get_batch(source->file, source->next++, out, error);
}

static nock_status_t open_sink(sink_t *sink, bool is_file, nock_stream_t *out, const nock_schema_t *schema,
                               nock_error_t **error) {
  if (is_file) {
    return nock_ipc_file_writer_open(out, schema, NULL, NULL, &sink->file, error);
  }
  return nock_ipc_stream_writer_open(out, schema, NULL, NULL, &sink->stream, error);
}

static nock_status_t write_batch(sink_t *sink, const nock_batch_t *batch, nock_error_t **error) {
  const nock_metadata_t *metadata = nock_batch_metadata(batch);
  if (sink->file != NULL) {
    return nock_ipc_file_writer_write_batch(sink->file, batch, metadata, error);
  }
  return nock_ipc_stream_writer_write_batch(sink->stream, batch, metadata, error);
}

static nock_status_t close_sink(sink_t *sink, const source_t *source, nock_error_t **error) {
  nock_status_t status = NOCK_OK;
  if (sink->file == NULL) {
    return nock_ipc_stream_writer_close(sink->stream, error);
  }
  if (source->file != NULL) {
    const nock_metadata_t *metadata = nock_ipc_file_reader_footer_metadata(source->file);
    TRY(nock_ipc_file_writer_set_footer_metadata(sink->file, metadata, error));
  }
  TRY(nock_ipc_file_writer_close(sink->file, error));
done:
  return status;
}

static nock_status_t run(bool in_is_file, const char *in_path, bool out_is_file, const char *out_path,
                         nock_error_t **error) {
  nock_status_t status;
  nock_stream_t *in = NULL;
  nock_stream_t *out = NULL;
  nock_batch_t *batch = NULL;
  source_t source = {NULL, NULL, 0};
  sink_t sink = {NULL, NULL};

  TRY(nock_stream_open_path(in_path, NOCK_OPEN_READ, NULL, &in, error));
  TRY(open_source(&source, in_is_file, in, error));
  TRY(nock_stream_open_path(out_path, NOCK_OPEN_WRITE, NULL, &out, error));
  TRY(open_sink(&sink, out_is_file, out, schema_of(&source), error));
  for (;;) {
    TRY(next_batch(&source, &batch, error));
    if (batch == NULL) {
      break;
    }
    TRY(write_batch(&sink, batch, error));
    nock_batch_unref(batch);
    batch = NULL;
  }
  TRY(close_sink(&sink, &source, error));
  TRY(nock_stream_close(out, error));
done:
  nock_batch_unref(batch);
  nock_ipc_file_writer_free(sink.file);
  nock_ipc_stream_writer_free(sink.stream);
  nock_ipc_file_reader_free(source.file);
  nock_ipc_stream_reader_free(source.stream);
  nock_stream_unref(out);
  nock_stream_unref(in);
  return status;
}

static bool is_format(const char *text) { return strcmp(text, "file") == 0 || strcmp(text, "stream") == 0; }

int main(int argc, char **argv) {
  if (argc != 5 || !is_format(argv[1]) || !is_format(argv[3])) {
    fprintf(stderr, "usage: roundtrip stream|file IN stream|file OUT\n");
    return 2;
  }
  nock_error_t *error = NULL;
  nock_status_t status = run(strcmp(argv[1], "file") == 0, argv[2], strcmp(argv[3], "file") == 0, argv[4], &error);
  return example_end(status, error);
}
