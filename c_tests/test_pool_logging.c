/* Pools that tell of each call, to a function or as lines of a stream. */
#include "pools.h"

/* ---- to a function ---- */

struct log {
  int events[4];
  uint64_t last_address;
  size_t last_old_size, last_size, last_alignment;
  int released;
};

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  struct log *log = user_data;
  log->events[event]++;
  log->last_address = address;
  log->last_old_size = old_size;
  log->last_size = size;
  log->last_alignment = alignment;
}

static void on_log_release(void *user_data) { ((struct log *)user_data)->released++; }

static void each_call_is_told(void) {
  struct log log = {{0}, 0, 0, 0, 0, 0};
  nock_pool_log_callbacks_t callbacks = NOCK_POOL_LOG_CALLBACKS_INIT;
  callbacks.event = on_event;
  callbacks.release = on_log_release;
  callbacks.user_data = &log;
  nock_pool_t *parent = capped(NULL, 1000);
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_logging(parent, &callbacks, &pool, ERR));
  harness_made_again();
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 256, &block, ERR));
  int allocs = 1 + harness_made_again();
  CHECK((uintptr_t)block % 256 == 0);
  CHECK(log.events[NOCK_POOL_EVENT_ALLOC] == allocs && log.last_address == (uintptr_t)block);
  CHECK(log.last_old_size == 0 && log.last_size == 100 && log.last_alignment == 256);
  CHECK_OK(nock_pool_realloc(pool, &block, 100, 200, 256, ERR));
  CHECK(log.events[NOCK_POOL_EVENT_REALLOC] == 1 + harness_made_again() && log.last_address == (uintptr_t)block);
  CHECK(log.last_old_size == 100 && log.last_size == 200);
  void *refused = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 2000, 0, &refused, ERR));
  allocs += 1 + harness_made_again();
  CHECK(log.events[NOCK_POOL_EVENT_ALLOC] == allocs && log.last_address == 0);
  nock_pool_dealloc(pool, block, 200, 256);
  CHECK(log.events[NOCK_POOL_EVENT_DEALLOC] == 1 && log.last_old_size == 200 && log.last_size == 0);
  nock_pool_unref(pool);
  CHECK(log.released == 1);

  /* Refused before it was made: release is not called. */
  nock_pool_log_callbacks_t bad = callbacks;
  bad.event = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, &bad, &pool, ERR));
  CHECK_MESSAGE("event");
  bad = callbacks;
  bad.struct_size = 4;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, &bad, &pool, ERR));
  bad = callbacks;
  bad.flags = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_logging(parent, &bad, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, NULL, &pool, ERR));
  CHECK_MESSAGE("callbacks");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, &callbacks, NULL, ERR));
  CHECK(pool == NULL && log.released == 1);
  nock_pool_unref(parent);
}

/* ---- to a stream ---- */

static void calls_are_written_to_a_stream(void) {
  nock_stream_t *stream = NULL;
  /* Room for all lines at once, because a line that finds no memory is lost. */
  CHECK_OK(nock_stream_new_buffer_writer(2000, NULL, &stream, ERR));
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_logging_stream(NULL, stream, &pool, ERR));
  void *a = NULL;
  void *b = NULL;
  harness_made_again();
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &b, ERR));
  const size_t allocs = 2 + (size_t)harness_made_again();
  CHECK_OK(nock_pool_realloc(pool, &a, 100, 200, 0, ERR));
  const size_t reallocs = 1 + (size_t)harness_made_again();
  nock_pool_dealloc(pool, a, 200, 0);
  nock_pool_dealloc(pool, b, 100, 0);
  nock_pool_unref(pool);
  CHECK_OK(nock_stream_write(stream, "", 1, ERR));
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_stream_finish_buffer(stream, &text, ERR));
  CHECK(occurrences(nock_buffer_data(text), "Allocate: size = 100, alignment = 64") == allocs);
  CHECK(occurrences(nock_buffer_data(text), "Reallocate: old_size = 100, new_size = 200") == reallocs);
  CHECK(occurrences(nock_buffer_data(text), "Free: size = ") == 2);
  nock_buffer_unref(text);
  nock_stream_unref(stream);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging_stream(NULL, NULL, &pool, ERR));
  CHECK_MESSAGE("stream");
  CHECK(pool == NULL);
}

int main(void) {
  RUN(each_call_is_told);
  RUN(calls_are_written_to_a_stream);
  return harness_done();
}
