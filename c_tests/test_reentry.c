/* Calls from a pool's callbacks on the very object that waits for the pool: told that it is busy, and harmless. */
#include "ipc_data.h"

typedef struct reentry {
  nock_buffer_t *buffer;
  nock_buffer_builder_t *bytes;
  nock_bitmap_builder_t *bits;
  nock_array_builder_t *values;
  nock_stream_t *stream;
  int times;
} reentry_t;

static void call_back(reentry_t *reentry) {
  nock_buffer_t *out = NULL;
  nock_array_t *array = NULL;
  if (reentry->buffer != NULL) {
    const nock_buffer_t *buffer = reentry->buffer;
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_slice(buffer, 0, 1, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_copy_range(buffer, 0, 1, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_concat(&buffer, 1, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_hex(buffer, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_resize(reentry->buffer, 1, 0, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_reserve(reentry->buffer, 10000, ERR));
    reentry->times++;
  }
  if (reentry->bytes != NULL) {
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_builder_finish(&reentry->bytes, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_builder_finish_keep(&reentry->bytes, &out, ERR));
    CHECK(reentry->bytes != NULL);
    CHECK(nock_buffer_builder_size(reentry->bytes) == 0 && nock_buffer_builder_capacity(reentry->bytes) == 0);
    CHECK(nock_buffer_builder_data(reentry->bytes) == NULL);
    reentry->times++;
  }
  if (reentry->bits != NULL) {
    CHECK_STATUS(NOCK_ERR_BUSY, nock_bitmap_builder_finish(&reentry->bits, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_bitmap_builder_finish_keep(&reentry->bits, &out, ERR));
    CHECK(reentry->bits != NULL);
    CHECK(nock_bitmap_builder_length(reentry->bits) == 0 && nock_bitmap_builder_false_count(reentry->bits) == 0);
    CHECK(nock_bitmap_builder_capacity(reentry->bits) == 0 && nock_bitmap_builder_data(reentry->bits) == NULL);
    CHECK(!nock_bitmap_builder_get(reentry->bits, 0));
    reentry->times++;
  }
  if (reentry->values != NULL) {
    CHECK_STATUS(NOCK_ERR_BUSY, nock_array_builder_finish(&reentry->values, &array, ERR));
    CHECK(reentry->values != NULL && array == NULL);
    CHECK(nock_array_builder_length(reentry->values) == 0 && nock_array_builder_null_count(reentry->values) == 0);
    reentry->times++;
  }
  CHECK(out == NULL);
  /* The slot is the waiting call's. */
  harness_forget();
}

static nock_status_t on_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  call_back(user_data);
  return nock_pool_alloc(nock_pool_default(), size, alignment, out, NULL);
}

/* A stream that is being closed gives its buffer back. */
static void on_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  reentry_t *reentry = user_data;
  if (reentry->stream != NULL) {
    nock_ipc_file_reader_t *reader = NULL;
    nock_buffer_t *out = NULL;
    char byte = 'x';
    size_t n = 77;
    uint64_t number = 77;
    CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_file_reader_open(reentry->stream, NULL, NULL, &reader, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_read_at(reentry->stream, 0, &byte, 1, &n, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_read_at_buffer(reentry->stream, 0, 1, NULL, &out, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_size(reentry->stream, &number, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_sync(reentry->stream, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_close(reentry->stream, ERR));
    CHECK(reader == NULL && out == NULL && byte == 'x' && number == 77);
    harness_forget();
    reentry->times++;
  }
  nock_pool_dealloc(nock_pool_default(), block, size, alignment);
}

static nock_pool_t *pool_of(reentry_t *reentry) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  nock_pool_t *pool = NULL;
  callbacks.alloc = on_alloc;
  callbacks.dealloc = on_dealloc;
  callbacks.user_data = reentry;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  return pool;
}

static void what_waits_for_memory_is_busy(void) {
  reentry_t reentry = {NULL, NULL, NULL, NULL, NULL, 0};
  nock_pool_t *pool = pool_of(&reentry);
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  memset(nock_buffer_mutable_data(buffer), 'x', 100);
  reentry.buffer = buffer;
  CHECK_OK(nock_buffer_resize(buffer, 5000, 0, NULL));
  reentry.buffer = NULL;
  CHECK(reentry.times > 0 && nock_buffer_size(buffer) == 5000);
  CHECK(((const char *)nock_buffer_data(buffer))[99] == 'x');
  nock_buffer_unref(buffer);

  nock_buffer_builder_t *bytes = NULL;
  CHECK_OK(nock_buffer_builder_new(pool, &bytes, ERR));
  CHECK_OK(nock_buffer_builder_append(bytes, "arrow", 5, ERR));
  reentry.bytes = bytes;
  reentry.times = 0;
  CHECK_OK(nock_buffer_builder_append_fill(bytes, 'x', 5000, NULL));
  reentry.bytes = NULL;
  CHECK(reentry.times > 0);
  CHECK(nock_buffer_builder_size(bytes) == 5005);
  CHECK_OK(nock_buffer_builder_finish(&bytes, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == 5005);
  nock_buffer_unref(buffer);

  nock_bitmap_builder_t *bits = NULL;
  CHECK_OK(nock_bitmap_builder_new(pool, &bits, ERR));
  CHECK_OK(nock_bitmap_builder_append_run(bits, 1, 1, ERR));
  CHECK_OK(nock_bitmap_builder_append_run(bits, 0, 1, ERR));
  reentry.bits = bits;
  reentry.times = 0;
  CHECK_OK(nock_bitmap_builder_append_run(bits, 1, 5000, NULL));
  reentry.bits = NULL;
  CHECK(reentry.times > 0);
  CHECK(nock_bitmap_builder_length(bits) == 5002 && nock_bitmap_builder_false_count(bits) == 1);
  CHECK_OK(nock_bitmap_builder_finish(&bits, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == 626);
  nock_buffer_unref(buffer);

  nock_array_builder_t *values = NULL;
  nock_array_t *array = NULL;
  CHECK_OK(nock_array_builder_new(nock_type_int64(), pool, &values, ERR));
  CHECK_OK(nock_array_builder_append_i64(values, 1, ERR));
  CHECK_OK(nock_array_builder_append_null(values, ERR));
  reentry.values = values;
  reentry.times = 0;
  CHECK_OK(nock_array_builder_append_nulls(values, 5000, NULL));
  reentry.values = NULL;
  CHECK(reentry.times > 0);
  CHECK(nock_array_builder_length(values) == 5002 && nock_array_builder_null_count(values) == 5001);
  CHECK_OK(nock_array_builder_finish(&values, &array, ERR));
  CHECK(nock_array_length(array) == 5002);
  nock_array_unref(array);
  nock_pool_unref(pool);
}

static void what_is_being_closed_is_busy(void) {
  reentry_t reentry = {NULL, NULL, NULL, NULL, NULL, 0};
  nock_pool_t *pool = pool_of(&reentry);
  nock_buffer_t *bytes = ipc_file(1, NULL);
  nock_buffer_t *copy = NULL;
  uint64_t number = 0;
  CHECK_OK(nock_buffer_new_copy(nock_buffer_data(bytes), nock_buffer_size(bytes), pool, &copy, ERR));
  nock_buffer_unref(bytes);
  nock_stream_t *stream = buffer_reader(copy);
  nock_buffer_unref(copy);
  reentry.stream = stream;
  CHECK_OK(nock_stream_close(stream, NULL));
  reentry.stream = NULL;
  CHECK(reentry.times == 1);
  CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_size(stream, &number, ERR));
  nock_stream_unref(stream);
  nock_pool_unref(pool);
}

int main(void) {
  RUN(what_waits_for_memory_is_busy);
  RUN(what_is_being_closed_is_busy);
  return harness_done();
}
