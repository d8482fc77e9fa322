/* Pools of the caller's functions. */
#include "harness.h"

struct own {
  int live;
  int released;
  int resized;
  int unused_released;
  int lie;
  nock_status_t status;
};

enum { HONEST, NO_ADDRESS, MISALIGNED };

static nock_status_t own_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  struct own *own = user_data;
  if (own->status != NOCK_OK) {
    return own->status;
  }
  if (own->lie == NO_ADDRESS) {
    *out = NULL;
    return NOCK_OK;
  }
  void *block = NULL;
  if (posix_memalign(&block, alignment < 64 ? 64 : alignment, size + 1) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  own->live++;
  *out = own->lie == MISALIGNED ? (char *)block + 1 : block;
  return NOCK_OK;
}

static nock_status_t own_resize(void *user_data, void *block, size_t old_size, size_t new_size, size_t alignment) {
  struct own *own = user_data;
  (void)block;
  (void)alignment;
  if (new_size > old_size) {
    return NOCK_ERR_UNSUPPORTED;
  }
  own->resized++;
  return NOCK_OK;
}

static void own_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  struct own *own = user_data;
  (void)size;
  own->live--;
  free((uintptr_t)block % alignment == 0 ? block : (char *)block - 1);
}

static void own_release_unused(void *user_data) { ((struct own *)user_data)->unused_released++; }
static void own_release(void *user_data) { ((struct own *)user_data)->released++; }

static nock_pool_callbacks_t own_callbacks(struct own *own) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = own_alloc;
  callbacks.resize = own_resize;
  callbacks.dealloc = own_dealloc;
  callbacks.release_unused = own_release_unused;
  callbacks.release = own_release;
  callbacks.user_data = own;
  return callbacks;
}

static void own_functions_give_the_memory(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_TEXT(nock_pool_backend_name(pool), "callback");
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  CHECK(own.live == 1 && nock_pool_bytes_allocated(pool) == 128);
  memset(nock_buffer_mutable_data(buffer), 3, 100);
  CHECK_OK(nock_buffer_resize(buffer, 10000, 0, ERR));
  CHECK(own.live == 1 && own.resized == 0 && ((const char *)nock_buffer_data(buffer))[99] == 3);
  CHECK_OK(nock_buffer_resize(buffer, 50, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  CHECK(own.live == 1 && own.resized == 1 && nock_pool_bytes_allocated(pool) == 64);
  nock_pool_release_unused(pool);
  CHECK(own.unused_released == 1);
  /* The buffer is the last owner of the pool. */
  nock_pool_unref(pool);
  CHECK(own.released == 0);
  nock_buffer_unref(buffer);
  CHECK(own.live == 0 && own.released == 1);
}

static void optional_functions_may_be_missing(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  callbacks.resize = NULL;
  callbacks.release_unused = NULL;
  callbacks.release = NULL;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 10, 1, &block, ERR));
  memcpy(block, "0123456789", 10);
  CHECK_OK(nock_pool_realloc(pool, &block, 10, 5, 1, ERR));
  CHECK_BYTES(block, "01234", 5);
  nock_pool_release_unused(pool);
  nock_pool_dealloc(pool, block, 5, 1);
  nock_pool_unref(pool);
  CHECK(own.live == 0 && own.resized == 0);
}

static void failures_and_lies_are_statuses(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  void *kept = NULL;
  CHECK_OK(nock_pool_alloc(pool, 10, 0, &kept, ERR));
  void *block = NULL;
  own.status = NOCK_ERR_OUT_OF_MEMORY;
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, 10, 0, &block, ERR));
  own.status = NOCK_ERR_LIMIT;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 10, 0, &block, ERR));
  own.status = NOCK_CALLBACK_STATUS_BASE + 7;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  CHECK(nock_error_callback_status(harness_error) == NOCK_CALLBACK_STATUS_BASE + 7);
  CHECK_MESSAGE("alloc");
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_realloc(pool, &kept, 10, 20, 0, ERR));
  nock_buffer_t *buffer = NULL;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_buffer_alloc(10, pool, &buffer, ERR));
  CHECK(buffer == NULL && nock_error_callback_status(harness_error) == NOCK_CALLBACK_STATUS_BASE + 7);
  own.status = NOCK_ERR_IO;
  CHECK_STATUS(NOCK_ERR_IO, nock_buffer_alloc(10, pool, &buffer, ERR));
  own.status = -5;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  own.status = NOCK_OK;
  own.lie = NO_ADDRESS;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  CHECK_MESSAGE("no address");
  own.lie = MISALIGNED;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  CHECK_MESSAGE("not aligned");
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_realloc(pool, &kept, 10, 20, 0, ERR));
  CHECK(block == NULL && own.live == 1);
  CHECK(nock_pool_bytes_allocated(pool) == 10 && nock_pool_max_memory(pool) == 10);
  CHECK(nock_pool_num_allocations(pool) == 1);
  nock_pool_dealloc(pool, kept, 10, 0);
  nock_pool_unref(pool);
  CHECK(own.live == 0 && own.released == 1);
}

static void own_functions_must_be_complete(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  nock_pool_t *pool = NULL;
  callbacks.alloc = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_MESSAGE("alloc");
  callbacks = own_callbacks(&own);
  callbacks.dealloc = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_MESSAGE("dealloc");
  callbacks = own_callbacks(&own);
  callbacks.flags = 1U << 31;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_callback(&callbacks, &pool, ERR));
  callbacks = own_callbacks(&own);
  callbacks.struct_size -= 1;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, &pool, ERR));
  callbacks = own_callbacks(&own);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(NULL, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, NULL, ERR));
  /* A newer program's longer struct: zeros are fine, anything else is a request that this library does not know. */
  struct {
    nock_pool_callbacks_t known;
    uint64_t newer;
  } longer = {own_callbacks(&own), 1};
  longer.known.struct_size = sizeof longer;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_callback(&longer.known, &pool, ERR));
  CHECK(pool == NULL && own.released == 0);
  longer.newer = 0;
  CHECK_OK(nock_pool_new_callback(&longer.known, &pool, ERR));
  nock_pool_unref(pool);
  CHECK(own.released == 1);
}

static nock_status_t boastful_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  static _Alignas(64) char small[64];
  (void)user_data;
  (void)size;
  (void)alignment;
  *out = small;
  return NOCK_OK;
}

static void boastful_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data;
  (void)block;
  (void)size;
  (void)alignment;
}

/* Functions that claim to have more than an address space holds cannot bring the numbers out of order. */
static void no_more_is_counted_than_there_can_be(void) {
  const size_t half = (size_t)1 << 47;
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = boastful_alloc;
  callbacks.dealloc = boastful_dealloc;
  nock_pool_t *pool = NULL;
  void *a = NULL, *b = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, half + 1, 0, &a, ERR));
  for (int i = 0; i < 3; i++) {
    CHECK_OK(nock_pool_alloc(pool, half, 0, &a, ERR));
    CHECK_OK(nock_pool_alloc(pool, half - 1, 0, &b, ERR));
    void *c = NULL;
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, 1, 0, &c, ERR));
    CHECK_MESSAGE("beside the 281474976710655 in use");
    CHECK(nock_pool_bytes_allocated(pool) == 2 * half - 1 && nock_pool_max_memory(pool) == 2 * half - 1);
    nock_pool_dealloc(pool, a, half, 0);
    CHECK(nock_pool_bytes_allocated(pool) == half - 1);
    nock_pool_dealloc(pool, b, half - 1, 0);
    CHECK(nock_pool_bytes_allocated(pool) == 0);
  }
  nock_pool_unref(pool);
}

int main(void) {
  RUN(own_functions_give_the_memory);
  RUN(optional_functions_may_be_missing);
  RUN(failures_and_lies_are_statuses);
  RUN(own_functions_must_be_complete);
  RUN(no_more_is_counted_than_there_can_be);
  return harness_done();
}
