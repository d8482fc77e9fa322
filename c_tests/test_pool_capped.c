/* Caps: they hold to the byte, also one inside another, and what a refusal says. */
#include "pools.h"

/* ---- to the byte ---- */

static void a_cap_holds_to_the_byte(void) {
  nock_pool_t *pool = capped(NULL, 1000);
  CHECK(nock_pool_limit(pool) == 1000 && nock_pool_limit(NULL) == UINT64_MAX);
  void *a = NULL;
  void *b = NULL;
  CHECK_OK(nock_pool_alloc(pool, 600, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 400, 0, &b, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 1000);
  void *c = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 1, 0, &c, ERR));
  CHECK_MESSAGE("cap of 1000");
  nock_pool_dealloc(pool, b, 400, 0);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 401, 0, &b, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, (size_t)1 << 47, 0, &b, ERR));
  CHECK(b == NULL);
  CHECK(nock_pool_bytes_allocated(pool) == 600 && nock_pool_total_bytes_allocated(pool) == 1000);
  CHECK(nock_pool_num_allocations(pool) == 2 && nock_pool_max_memory(pool) == 1000);
  memset(a, 7, 600);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_realloc(pool, &a, 600, 1001, 0, ERR));
  CHECK(((unsigned char *)a)[599] == 7 && nock_pool_bytes_allocated(pool) == 600);
  CHECK_OK(nock_pool_realloc(pool, &a, 600, 1000, 0, ERR));
  CHECK_OK(nock_pool_realloc(pool, &a, 1000, 10, 0, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 10);
  nock_pool_dealloc(pool, a, 10, 0);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
}

static void buffers_keep_their_pool(void) {
  nock_pool_t *pool = capped(NULL, 256);
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc(100, pool, &buffer, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 128);
  nock_buffer_t *other = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc(129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc_zeroed(129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc_aligned(129, 128, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc_resizable(129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_new_copy(pool, 129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_hex(buffer, pool, &other, ERR));
  CHECK_OK(nock_buffer_copy_range(buffer, 0, 64, pool, &other, ERR));
  nock_buffer_unref(other);
  const nock_buffer_t *twice[] = {buffer, buffer};
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_concat(twice, 2, pool, &other, ERR));
  CHECK(other == NULL);
  nock_buffer_t *slice = NULL;
  CHECK_OK(nock_buffer_slice(buffer, 0, 10, &slice, ERR));
  nock_pool_unref(pool);
  nock_buffer_unref(buffer);
  CHECK(nock_buffer_size(slice) == 10);
  nock_buffer_unref(slice);
}

static void a_refused_builder_keeps_its_bytes(void) {
  nock_pool_t *pool = capped(NULL, 128);
  nock_buffer_builder_t *builder = NULL;
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, "kept", 4, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_fill(builder, 1, 200, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_reserve(builder, 200, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_resize(builder, 200, 0, ERR));
  char big[200] = {0};
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append(builder, big, sizeof big, ERR));
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_resize(buffer, 200, 0, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_reserve(buffer, 200, ERR));
  CHECK(nock_buffer_size(buffer) == 4);
  CHECK_BYTES(nock_buffer_data(buffer), "kept", 4);
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

static void caps_nest(void) {
  nock_pool_t *process = capped(NULL, 1000);
  nock_pool_t *a = capped(process, 800);
  nock_pool_t *b = capped(process, 800);
  void *in_a = NULL;
  void *in_b = NULL;
  CHECK_OK(nock_pool_alloc(a, 700, 0, &in_a, ERR));
  /* The inner cap would allow it, the outer one does not; then nothing is counted anywhere. */
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(b, 400, 0, &in_b, ERR));
  CHECK_MESSAGE("cap of 1000");
  CHECK(nock_pool_bytes_allocated(b) == 0 && nock_pool_max_memory(b) == 0 && nock_pool_num_allocations(b) == 0);
  CHECK(nock_pool_bytes_allocated(process) == 700);
  CHECK_OK(nock_pool_alloc(b, 300, 0, &in_b, ERR));
  CHECK(nock_pool_bytes_allocated(process) == 1000);
  nock_pool_dealloc(a, in_a, 700, 0);
  nock_pool_dealloc(b, in_b, 300, 0);
  CHECK(nock_pool_bytes_allocated(process) == 0);
  /* Each keeps its parent. */
  nock_pool_unref(process);
  CHECK_OK(nock_pool_alloc(a, 800, 0, &in_a, ERR));
  nock_pool_dealloc(a, in_a, 800, 0);
  nock_pool_unref(a);
  nock_pool_unref(b);
}

/* ---- words ---- */

/* Refused by a cap, with these words; an allocation for the words themselves may be refused too. */
#define CHECK_REFUSED(words, call)       \
  do {                                   \
    CHECK_STATUS(NOCK_ERR_LIMIT, call);  \
    CHECK_MESSAGE(words);                \
  } while (0)

static void a_refusal_says_asked_in_use_and_cap(void) {
  nock_pool_t *pool = capped(NULL, 1000);
  void *a = NULL, *b = NULL;
  CHECK_REFUSED("1001 bytes more than the 0 in use exceed the cap of 1000", nock_pool_alloc(pool, 1001, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 600, 0, &a, ERR));
  CHECK_REFUSED("401 bytes more than the 600 in use exceed the cap of 1000", nock_pool_alloc(pool, 401, 0, &b, ERR));
  CHECK_REFUSED("401 bytes more than the 600 in use exceed the cap of 1000",
                nock_pool_realloc(pool, &a, 600, 1001, 0, ERR));
  nock_pool_dealloc(pool, a, 600, 0);
  /* Buffers ask for whole units of 64 bytes. */
  nock_buffer_t *buffer = NULL, *other = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  CHECK_REFUSED("896 bytes more than the 128 in use exceed the cap of 1000", nock_buffer_alloc(873, pool, &other, ERR));
  CHECK_REFUSED("896 bytes more than the 128 in use exceed the cap of 1000", nock_buffer_resize(buffer, 1000, 0, ERR));
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

static void the_cap_that_refuses_is_the_one_that_speaks(void) {
  nock_pool_t *process = capped(NULL, 1000);
  nock_pool_t *one = capped(process, 700), *two = capped(process, 500);
  void *a = NULL, *b = NULL;
  CHECK_OK(nock_pool_alloc(one, 700, 0, &a, ERR));
  CHECK_REFUSED("400 bytes more than the 700 in use exceed the cap of 1000", nock_pool_alloc(two, 400, 0, &b, ERR));
  CHECK_REFUSED("501 bytes more than the 0 in use exceed the cap of 500", nock_pool_alloc(two, 501, 0, &b, ERR));
  CHECK_REFUSED("1 bytes more than the 700 in use exceed the cap of 700", nock_pool_realloc(one, &a, 700, 701, 0, ERR));
  CHECK(nock_pool_bytes_allocated(process) == 700 && nock_pool_bytes_allocated(two) == 0);
  nock_pool_dealloc(one, a, 700, 0);
  nock_pool_unref(one);
  nock_pool_unref(two);
  nock_pool_unref(process);
}

/* ---- misuse ---- */

static void a_cap_needs_a_place_for_the_pool(void) {
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_capped(NULL, 1, NULL, ERR));
  CHECK_MESSAGE("out");
}

int main(void) {
  RUN(a_cap_holds_to_the_byte);
  RUN(buffers_keep_their_pool);
  RUN(a_refused_builder_keeps_its_bytes);
  RUN(caps_nest);
  RUN(a_refusal_says_asked_in_use_and_cap);
  RUN(the_cap_that_refuses_is_the_one_that_speaks);
  RUN(a_cap_needs_a_place_for_the_pool);
  return harness_done();
}
