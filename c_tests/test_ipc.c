#include "ipc_data.h"

static void batches_become_messages_and_come_back(void) {
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 5, 100);
  nock_buffer_t *message = NULL;
  nock_batch_t *again = NULL;
  uint64_t size = 0;
  CHECK_OK(nock_ipc_serialize_batch(batch, NULL, NULL, &message, ERR));
  CHECK_OK(nock_ipc_batch_size(batch, NULL, &size, ERR));
  CHECK(size == nock_buffer_size(message) && size % 64 == 0);
  CHECK_OK(nock_ipc_read_batch(message, schema, NULL, NULL, &again, ERR));
  nock_buffer_unref(message);
  check_batch(again, 5, 100);
  nock_batch_unref(again);

  nock_ipc_write_options_t options = NOCK_IPC_WRITE_OPTIONS_INIT;
  options.alignment = 8;
  CHECK_OK(nock_ipc_batch_size(batch, &options, &size, ERR));
  CHECK_OK(nock_ipc_serialize_batch(batch, NULL, &options, &message, ERR));
  CHECK(size == nock_buffer_size(message));
  nock_buffer_unref(message);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

static void schemas_become_messages_and_come_back(void) {
  nock_schema_t *schema = ipc_schema();
  nock_schema_t *again = NULL;
  nock_buffer_t *message = NULL;
  CHECK_OK(nock_ipc_serialize_schema(schema, NULL, NULL, &message, ERR));
  CHECK_OK(nock_ipc_read_schema(message, NULL, &again, ERR));
  CHECK(nock_schema_equals(schema, again));
  nock_buffer_unref(message);
  nock_schema_unref(again);
  nock_schema_unref(schema);
}

static void what_is_not_such_a_message_is_refused(void) {
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  nock_buffer_t *of_batch = NULL;
  nock_buffer_t *of_schema = NULL;
  nock_buffer_t *part = NULL;
  nock_batch_t *read = NULL;
  nock_schema_t *again = NULL;
  CHECK_OK(nock_ipc_serialize_batch(batch, NULL, NULL, &of_batch, ERR));
  CHECK_OK(nock_ipc_serialize_schema(schema, NULL, NULL, &of_schema, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_read_batch(of_schema, schema, NULL, NULL, &read, ERR));
  CHECK_MESSAGE("schema");
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_read_schema(of_batch, NULL, &again, ERR));
  CHECK_MESSAGE("record batch");
  for (size_t size = 0; size < nock_buffer_size(of_batch); size += 8) {
    CHECK_OK(nock_buffer_slice(of_batch, 0, size, &part, ERR));
    CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_read_batch(part, schema, NULL, NULL, &read, ERR));
    nock_buffer_unref(part);
  }
  for (size_t size = 0; size < nock_buffer_size(of_schema); size += 8) {
    CHECK_OK(nock_buffer_slice(of_schema, 0, size, &part, ERR));
    CHECK_STATUS(NOCK_ERR_CORRUPT, nock_ipc_read_schema(part, NULL, &again, ERR));
    nock_buffer_unref(part);
  }
  nock_ipc_read_options_t options = NOCK_IPC_READ_OPTIONS_INIT;
  options.max_metadata_bytes = 10;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_read_batch(of_batch, schema, NULL, &options, &read, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_ipc_read_schema(of_schema, &options, &again, ERR));
  options.flags = 2;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_read_batch(of_batch, schema, NULL, &options, &read, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_ipc_read_schema(of_schema, &options, &again, ERR));
  CHECK(read == NULL && again == NULL);
  nock_buffer_unref(of_batch);
  nock_buffer_unref(of_schema);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

static void arguments_that_do_not_do(void) {
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 1);
  nock_buffer_t *buffer = NULL;
  nock_batch_t *read = NULL;
  nock_schema_t *again = NULL;
  uint64_t size = 0;
  nock_ipc_write_options_t options = NOCK_IPC_WRITE_OPTIONS_INIT;
  options.alignment = 7;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_serialize_batch(batch, NULL, &options, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_batch_size(batch, &options, &size, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_serialize_schema(schema, NULL, &options, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_serialize_batch(NULL, NULL, NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_serialize_batch(batch, NULL, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_batch_size(NULL, NULL, &size, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_batch_size(batch, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_serialize_schema(NULL, NULL, NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_serialize_schema(schema, NULL, NULL, NULL, ERR));
  CHECK_OK(nock_ipc_serialize_batch(batch, NULL, NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_read_batch(NULL, schema, NULL, NULL, &read, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_read_batch(buffer, NULL, NULL, NULL, &read, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_read_batch(buffer, schema, NULL, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_read_schema(NULL, NULL, &again, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_ipc_read_schema(buffer, NULL, NULL, ERR));
  nock_buffer_unref(buffer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

int main(void) {
  RUN(batches_become_messages_and_come_back);
  RUN(schemas_become_messages_and_come_back);
  RUN(what_is_not_such_a_message_is_refused);
  RUN(arguments_that_do_not_do);
  return harness_done();
}
