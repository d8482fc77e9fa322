/* Every allocation of data refused, one after the other, under everything that buffers and builders do. */
#include "harness.h"

/* A pool that refuses the n-th allocation, and all after it if asked to. */
struct faulty {
  size_t calls;
  size_t fail_at;
  int forever;
  size_t live;
};

static nock_status_t faulty_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  struct faulty *faulty = user_data;
  faulty->calls++;
  if (faulty->calls == faulty->fail_at || (faulty->forever && faulty->calls > faulty->fail_at)) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  if (posix_memalign(out, alignment < sizeof(void *) ? sizeof(void *) : alignment, size) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  faulty->live++;
  return NOCK_OK;
}

static void faulty_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  struct faulty *faulty = user_data;
  (void)size;
  (void)alignment;
  faulty->live--;
  free(block);
}

/* Ends the scenario at the first refusal; what it holds it gives back. */
#define STEP(call)                                            \
  do {                                                        \
    status = (call);                                          \
    CHECK(status == NOCK_OK || status == NOCK_ERR_OUT_OF_MEMORY); \
    if (status != NOCK_OK) {                                  \
      goto end;                                               \
    }                                                         \
  } while (0)

static nock_status_t make_buffers(nock_pool_t *pool) {
  nock_buffer_t *made[8] = {NULL};
  nock_status_t status = NOCK_OK;
  STEP(nock_buffer_alloc(100, pool, &made[0], NULL));
  memset(nock_buffer_mutable_data(made[0]), 1, 100);
  STEP(nock_buffer_alloc_zeroed(5000, pool, &made[1], NULL));
  STEP(nock_buffer_alloc_aligned(100, 4096, pool, &made[2], NULL));
  STEP(nock_buffer_new_copy("some data!", 10, pool, &made[3], NULL));
  STEP(nock_buffer_copy_range(made[3], 2, 4, pool, &made[4], NULL));
  const nock_buffer_t *parts[] = {made[0], made[3], made[4]};
  STEP(nock_buffer_concat(parts, 3, pool, &made[5], NULL));
  STEP(nock_buffer_hex(made[5], pool, &made[6], NULL));
  STEP(nock_buffer_slice(made[6], 0, 10, &made[7], NULL));
end:
  for (size_t i = 0; i < 8; i++) {
    nock_buffer_unref(made[i]);
  }
  return status;
}

static nock_status_t resize_buffers(nock_pool_t *pool) {
  nock_buffer_t *buffer = NULL;
  nock_status_t status = NOCK_OK;
  STEP(nock_buffer_alloc_resizable(0, pool, &buffer, NULL));
  for (size_t size = 10; size < 100000; size *= 3) {
    size_t before = nock_buffer_size(buffer);
    status = nock_buffer_resize(buffer, size, 0, NULL);
    CHECK(status == NOCK_OK || nock_buffer_size(buffer) == before);
    STEP(status);
    memset(nock_buffer_mutable_data(buffer), 7, size);
  }
  STEP(nock_buffer_reserve(buffer, 200000, NULL));
  CHECK(((const char *)nock_buffer_data(buffer))[9] == 7);
  STEP(nock_buffer_resize(buffer, 5, NOCK_BUFFER_RESIZE_SHRINK, NULL));
end:
  nock_buffer_unref(buffer);
  return status;
}

static nock_status_t build(nock_pool_t *pool) {
  nock_buffer_builder_t *builder = NULL;
  nock_buffer_t *buffer = NULL;
  nock_status_t status = NOCK_OK;
  STEP(nock_buffer_builder_new(pool, &builder, NULL));
  for (int i = 0; i < 1000; i++) {
    status = nock_buffer_builder_append_i64(builder, i, NULL);
    if (status != NOCK_OK) {
      /* It is as it was: every number is there, and it can be finished. */
      CHECK(status == NOCK_ERR_OUT_OF_MEMORY);
      CHECK(nock_buffer_builder_size(builder) == (size_t)i * 8);
      for (int64_t k = 0; k < i; k++) {
        CHECK(memcmp((const char *)nock_buffer_builder_data(builder) + 8 * k, &k, 8) == 0);
      }
      goto end;
    }
  }
  STEP(nock_buffer_builder_append_fill(builder, 1, 10000, NULL));
  STEP(nock_buffer_builder_reserve(builder, 100000, NULL, NULL, NULL));
  STEP(nock_buffer_builder_resize(builder, 20000, NOCK_BUFFER_RESIZE_SHRINK, NULL));
  STEP(nock_buffer_builder_finish(&builder, &buffer, NULL));
  CHECK(nock_buffer_size(buffer) == 18000);
end:
  nock_buffer_unref(buffer);
  nock_buffer_builder_free(builder);
  return status;
}

static nock_status_t nest(nock_pool_t *pool) {
  nock_pool_t *inner = NULL;
  nock_pool_t *debug = NULL;
  nock_buffer_t *buffer = NULL;
  nock_status_t status = NOCK_OK;
  STEP(nock_pool_new_capped(pool, 100000, &inner, NULL));
  STEP(nock_pool_new_debug(inner, NOCK_POOL_ON_FAULT_ABORT, NULL, &debug, NULL));
  STEP(nock_buffer_alloc_resizable(1000, debug, &buffer, NULL));
  STEP(nock_buffer_resize(buffer, 5000, 0, NULL));
end:
  CHECK(status == NOCK_OK || debug == NULL || nock_pool_bytes_allocated(debug) == nock_buffer_capacity(buffer));
  nock_buffer_unref(buffer);
  CHECK(inner == NULL || nock_pool_bytes_allocated(inner) == 0);
  nock_pool_unref(debug);
  nock_pool_unref(inner);
  return status;
}

static void refuse_each_allocation(nock_status_t (*scenario)(nock_pool_t *pool)) {
  for (int forever = 0; forever < 2; forever++) {
    nock_status_t status = NOCK_ERR_OUT_OF_MEMORY;
    for (size_t fail_at = 1; status != NOCK_OK; fail_at++) {
      struct faulty faulty = {0, fail_at, forever, 0};
      nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
      callbacks.alloc = faulty_alloc;
      callbacks.dealloc = faulty_dealloc;
      callbacks.user_data = &faulty;
      nock_pool_t *pool = NULL;
      CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
      status = scenario(pool);
      CHECK(faulty.live == 0);
      CHECK(nock_pool_bytes_allocated(pool) == 0);
      nock_pool_unref(pool);
      if (status == NOCK_OK && faulty.calls >= fail_at) {
        /* A refusal that is made up for, such as a block that is not trimmed. */
        status = NOCK_ERR_OUT_OF_MEMORY;
      }
    }
  }
}

static void buffers_survive_refusals(void) { refuse_each_allocation(make_buffers); }
static void resizes_survive_refusals(void) { refuse_each_allocation(resize_buffers); }
static void builders_survive_refusals(void) { refuse_each_allocation(build); }
static void nested_pools_survive_refusals(void) { refuse_each_allocation(nest); }

int main(void) {
  RUN(buffers_survive_refusals);
  RUN(resizes_survive_refusals);
  RUN(builders_survive_refusals);
  RUN(nested_pools_survive_refusals);
  return harness_done();
}
