#include <nock/nock.h>
#include <stdio.h>

#define TRY(call) do { if ((status = (call)) != NOCK_OK) goto done; } while (0)

int main(void) {
  nock_status_t status;
  nock_error_t *error = NULL;
  nock_field_t *field = NULL;
  nock_schema_t *schema = NULL;
  nock_array_builder_t *builder = NULL;
  nock_array_t *column = NULL;
  nock_batch_t *batch = NULL, *found = NULL;
  nock_stream_t *file = NULL, *map = NULL;
  nock_ipc_file_writer_t *writer = NULL;
  nock_ipc_file_reader_t *reader = NULL;
  nock_buffer_t *text = NULL;
  const int32_t numbers[] = {1, 2, 3};

  /* A table of one column: three numbers and a null. */
  TRY(nock_field_new("number", nock_type_int32(), 0, NULL, &field, &error));
  TRY(nock_schema_new((const nock_field_t *[]){field}, 1, NULL, NOCK_ENDIANNESS_NATIVE, &schema, &error));
  TRY(nock_array_builder_new(nock_type_int32(), NULL, &builder, &error));
  TRY(nock_array_builder_append_values(builder, numbers, 3, NULL, 0, &error));
  TRY(nock_array_builder_append_null(builder, &error));
  TRY(nock_array_builder_finish(&builder, &column, &error));
  TRY(nock_batch_new(schema, (const nock_array_t *[]){column}, 1, 4, &batch, &error));

  /* Write it to a file, which is complete when the writer is closed. */
  TRY(nock_stream_open_path("numbers.arrow", NOCK_OPEN_WRITE, NULL, &file, &error));
  TRY(nock_ipc_file_writer_open(file, schema, NULL, NULL, &writer, &error));
  TRY(nock_ipc_file_writer_write_batch(writer, batch, NULL, &error));
  TRY(nock_ipc_file_writer_close(writer, &error));

  /* Map the file, and read it without a copy. */
  TRY(nock_stream_open_mmap("numbers.arrow", NOCK_OPEN_READ, NULL, &map, &error));
  TRY(nock_ipc_file_reader_open(map, NULL, NULL, &reader, &error));
  TRY(nock_ipc_file_reader_get_batch(reader, 0, &found, &error));
  TRY(nock_batch_to_text(found, 100, NULL, &text, &error));
  puts(nock_buffer_data(text));

done:
  if (status != NOCK_OK) fprintf(stderr, "%s: %s\n", nock_status_name(status), nock_error_message(error));
  nock_error_free(error);
  nock_buffer_unref(text);
  nock_batch_unref(found);
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(map);
  nock_ipc_file_writer_free(writer);
  nock_stream_unref(file);
  nock_batch_unref(batch);
  nock_array_unref(column);
  nock_array_builder_free(builder);
  nock_schema_unref(schema);
  nock_field_unref(field);
  return status != NOCK_OK;
}
