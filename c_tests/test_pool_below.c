/* What reaches the memory below a pool: nothing for no bytes, the alignment that was asked for, a pattern where bytes ended. */
#include "harness.h"

enum { MARK = 0xA7 };

/* Memory that remembers what it was asked for, and what lay in it when it came back. */
struct below {
  int calls;
  int live;
  int marks;
};

static nock_status_t below_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  struct below *below = user_data;
  below->calls++;
  if (posix_memalign(out, alignment < sizeof(void *) ? sizeof(void *) : alignment, size) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  below->live++;
  return NOCK_OK;
}

static void below_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  struct below *below = user_data;
  (void)alignment;
  below->calls++;
  below->live--;
  for (size_t i = 0; i < size; i++) {
    below->marks += ((const unsigned char *)block)[i] == MARK;
  }
  free(block);
}

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  (void)user_data, (void)event, (void)address, (void)old_size, (void)size, (void)alignment;
}

static nock_pool_t *memory_of(struct below *below) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = below_alloc;
  callbacks.dealloc = below_dealloc;
  callbacks.user_data = below;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  return pool;
}

enum { CALLBACK, CAPPED, PROXY, LOGGING, LOGGING_STREAM, DEBUG, KINDS };

/* A pool of each kind, which is the only owner of the memory. */
static nock_pool_t *pool_over(struct below *below, int kind) {
  nock_stream_t *lines = NULL;
  nock_pool_t *memory = memory_of(below), *pool = NULL;
  nock_pool_log_callbacks_t log = NOCK_POOL_LOG_CALLBACKS_INIT;
  log.event = on_event;
  switch (kind) {
    case CAPPED: CHECK_OK(nock_pool_new_capped(memory, (uint64_t)1 << 30, &pool, ERR)); break;
    case PROXY: CHECK_OK(nock_pool_new_proxy(memory, &pool, ERR)); break;
    case LOGGING: CHECK_OK(nock_pool_new_logging(memory, &log, &pool, ERR)); break;
    case LOGGING_STREAM:
      CHECK_OK(nock_stream_new_buffer_writer(0, NULL, &lines, ERR));
      CHECK_OK(nock_pool_new_logging_stream(memory, lines, &pool, ERR));
      nock_stream_unref(lines);
      break;
    case DEBUG: CHECK_OK(nock_pool_new_debug(memory, NOCK_POOL_ON_FAULT_ABORT, NULL, &pool, ERR)); break;
    default: return memory;
  }
  nock_pool_unref(memory);
  return pool;
}

/* ---- no bytes ---- */

static void check_no_bytes(nock_pool_t *pool) {
  nock_pool_t *other = NULL;
  CHECK_OK(nock_pool_get("system", &other, ERR));
  for (size_t alignment = 1; alignment <= (size_t)2 << 20; alignment *= 2) {
    void *a = NULL, *b = NULL, *elsewhere = NULL;
    CHECK_OK(nock_pool_alloc(pool, 0, alignment, &a, ERR));
    CHECK_OK(nock_pool_alloc(pool, 0, alignment, &b, ERR));
    CHECK_OK(nock_pool_alloc(other, 0, alignment, &elsewhere, ERR));
    CHECK(a != NULL && (uintptr_t)a % alignment == 0 && a == b && a == elsewhere);
    CHECK_OK(nock_pool_realloc(pool, &a, 0, 0, alignment, ERR));
    CHECK(a == b);
    nock_pool_dealloc(pool, a, 0, alignment);
    nock_pool_dealloc(pool, b, 0, alignment);
    nock_pool_dealloc(other, elsewhere, 0, alignment);
  }
  nock_pool_unref(other);
}

static void check_empty_buffers(nock_pool_t *pool) {
  nock_buffer_t *made[8] = {NULL};
  nock_buffer_builder_t *builder = NULL;
  nock_bitmap_builder_t *bits = NULL;
  CHECK_OK(nock_buffer_alloc(0, pool, &made[0], ERR));
  CHECK_OK(nock_buffer_alloc_zeroed(0, pool, &made[1], ERR));
  CHECK_OK(nock_buffer_alloc_resizable(0, pool, &made[2], ERR));
  CHECK_OK(nock_buffer_new_copy(NULL, 0, pool, &made[3], ERR));
  CHECK_OK(nock_buffer_concat(NULL, 0, pool, &made[4], ERR));
  CHECK_OK(nock_bitmap_new(0, 1, pool, &made[5], ERR));
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, NULL, 0, ERR));
  CHECK_OK(nock_buffer_builder_finish(&builder, &made[6], ERR));
  CHECK_OK(nock_bitmap_builder_new(pool, &bits, ERR));
  CHECK_OK(nock_bitmap_builder_finish(&bits, &made[7], ERR));
  for (size_t i = 0; i < 8; i++) {
    CHECK(nock_buffer_size(made[i]) == 0 && nock_buffer_data(made[i]) != NULL && nock_buffer_address(made[i]) % 64 == 0);
  }
  CHECK_OK(nock_buffer_resize(made[2], 0, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  for (size_t i = 0; i < 8; i++) {
    nock_buffer_unref(made[i]);
  }
}

static void nothing_is_asked_for_no_bytes(void) {
  for (int kind = 0; kind < KINDS; kind++) {
    struct below below = {0, 0, 0};
    nock_pool_t *pool = pool_over(&below, kind);
    check_no_bytes(pool);
    check_empty_buffers(pool);
    CHECK(below.calls == 0);
    CHECK(nock_pool_num_allocations(pool) == 0 && nock_pool_total_bytes_allocated(pool) == 0);
    CHECK(nock_pool_max_memory(pool) == 0);
    nock_pool_unref(pool);
  }
}

/* ---- alignment ---- */

static void every_kind_keeps_every_alignment(void) {
  for (int kind = 0; kind < KINDS; kind++) {
    struct below below = {0, 0, 0};
    nock_pool_t *pool = pool_over(&below, kind);
    for (size_t alignment = 1; alignment <= (size_t)2 << 20; alignment *= 2) {
      void *block = NULL;
      CHECK_OK(nock_pool_alloc(pool, 77, alignment, &block, ERR));
      CHECK((uintptr_t)block % alignment == 0);
      memset(block, 0x5C, 77);
      CHECK_OK(nock_pool_realloc(pool, &block, 77, 5000, alignment, ERR));
      CHECK((uintptr_t)block % alignment == 0 && ((const unsigned char *)block)[76] == 0x5C);
      CHECK_OK(nock_pool_realloc(pool, &block, 5000, 3, alignment, ERR));
      CHECK((uintptr_t)block % alignment == 0 && ((const unsigned char *)block)[2] == 0x5C);
      nock_pool_dealloc(pool, block, 3, alignment);
      CHECK(below.live == 0);
    }
    nock_pool_unref(pool);
  }
}

/* ---- patterns ---- */

/* What somebody wrote into a block is gone from it when a debug pool gives it back, and so it is where a block moved away. */
static void a_debug_pool_leaves_nothing_behind(void) {
  for (size_t size = 1; size < 10000; size = size * 3 + 1) {
    struct below below = {0, 0, 0};
    nock_pool_t *pool = pool_over(&below, DEBUG);
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, size, 0, &block, ERR));
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++) {
      /* Fresh bytes all have one value, which is not 0: nobody takes them for zeroed ones. */
      CHECK(bytes[i] == bytes[0] && bytes[i] != 0);
    }
    memset(block, MARK, size);
    CHECK_OK(nock_pool_realloc(pool, &block, size, size + 100, 0, ERR));
    CHECK(below.live == 1 && below.marks == 0);
    bytes = block;
    CHECK(bytes[0] == MARK && bytes[size - 1] == MARK && bytes[size] != MARK);
    memset(block, MARK, size + 100);
    nock_pool_dealloc(pool, block, size + 100, 0);
    CHECK(below.live == 0 && below.marks == 0);
    nock_pool_unref(pool);
  }
  /* The marks are seen where nobody wipes them. */
  struct below below = {0, 0, 0};
  nock_pool_t *pool = pool_over(&below, PROXY);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &block, ERR));
  memset(block, MARK, 100);
  nock_pool_dealloc(pool, block, 100, 0);
  CHECK(below.marks == 100);
  nock_pool_unref(pool);
}

int main(void) {
  RUN(nothing_is_asked_for_no_bytes);
  RUN(every_kind_keeps_every_alignment);
  RUN(a_debug_pool_leaves_nothing_behind);
  return harness_done();
}
