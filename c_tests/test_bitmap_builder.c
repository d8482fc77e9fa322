#include "harness.h"

#include <pthread.h>

static nock_bitmap_builder_t *new_builder(void) {
  nock_bitmap_builder_t *builder = NULL;
  CHECK_OK(nock_bitmap_builder_new(NULL, &builder, ERR));
  return builder;
}

static void bits_are_collected_and_counted(void) {
  const uint64_t in_use = nock_total_allocated_bytes();
  unsigned char source[40], values[40];
  char expected[4000];
  size_t length = 0, zeros = 0;
  for (int i = 0; i < 40; i++) {
    source[i] = (unsigned char)(i * 37 ^ 0x5A);
    values[i] = (unsigned char)(i % 3);
  }
#define EXPECT(value)                      \
  do {                                     \
    expected[length] = (value) ? 1 : 0;    \
    zeros += expected[length++] == 0;      \
  } while (0)
  nock_bitmap_builder_t *builder = new_builder();
  CHECK(nock_bitmap_builder_capacity(builder) == 0);
  for (size_t round = 0; round < 20; round++) {
    CHECK_OK(nock_bitmap_builder_append(builder, round % 3 == 0 ? 7 : 0, ERR));
    EXPECT(round % 3 == 0);
    CHECK_OK(nock_bitmap_builder_append_run(builder, round % 2 == 0, round, ERR));
    for (size_t i = 0; i < round; i++) {
      EXPECT(round % 2 == 0);
    }
    nock_bits_t bits = {source, sizeof source, round};
    CHECK_OK(nock_bitmap_builder_append_bits(builder, &bits, 5 * round, ERR));
    for (size_t i = 0; i < 5 * round; i++) {
      EXPECT(nock_bitmap_get(&bits, i));
    }
    CHECK_OK(nock_bitmap_builder_append_bytes(builder, values, 2 * round, ERR));
    for (size_t i = 0; i < 2 * round; i++) {
      EXPECT(values[i]);
    }
  }
  CHECK_OK(nock_bitmap_builder_append_bytes(builder, NULL, 0, ERR));
  CHECK(nock_bitmap_builder_length(builder) == length && nock_bitmap_builder_false_count(builder) == zeros);
  CHECK(nock_bitmap_builder_capacity(builder) >= length);
  for (size_t i = 0; i < length; i++) {
    CHECK(nock_bitmap_builder_get(builder, i) == (expected[i] == 1));
  }
  CHECK(!nock_bitmap_builder_get(builder, length) && !nock_bitmap_builder_get(builder, SIZE_MAX));
  while (length > 1001) {
    zeros -= expected[--length] == 0;
  }
  CHECK_OK(nock_bitmap_builder_rewind(builder, length, ERR));
  CHECK(nock_bitmap_builder_length(builder) == length && nock_bitmap_builder_false_count(builder) == zeros);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_builder_rewind(builder, length + 1, ERR));

  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_bitmap_builder_finish(&builder, &buffer, ERR));
  CHECK(builder == NULL && nock_buffer_size(buffer) == (length + 7) / 8);
  CHECK(nock_buffer_is_mutable(buffer) && nock_buffer_is_resizable(buffer));
  nock_bits_t bits = {nock_buffer_data(buffer), nock_buffer_capacity(buffer), 0};
  for (size_t i = 0; i < nock_buffer_capacity(buffer) * 8; i++) {
    CHECK(nock_bitmap_get(&bits, i) == (i < length && expected[i] == 1));
  }
  nock_buffer_unref(buffer);
  CHECK(nock_total_allocated_bytes() == in_use);
}

static void room_is_reserved_trimmed_or_kept(void) {
  nock_buffer_t *buffer = NULL;
  nock_bitmap_builder_t *builder = new_builder();
  CHECK_OK(nock_bitmap_builder_append(builder, 1, ERR));
  CHECK(nock_bitmap_builder_capacity(builder) == 512);
  CHECK_OK(nock_bitmap_builder_reserve(builder, 10000, ERR));
  CHECK(nock_bitmap_builder_capacity(builder) >= 10001);
  CHECK_OK(nock_bitmap_builder_finish_keep(&builder, &buffer, ERR));
  CHECK(builder == NULL && nock_buffer_size(buffer) == 1 && nock_buffer_capacity(buffer) >= 1251);
  nock_buffer_unref(buffer);
  builder = new_builder();
  CHECK_OK(nock_bitmap_builder_append_run(builder, 0, 5000, ERR));
  CHECK_OK(nock_bitmap_builder_reset(builder, ERR));
  CHECK(nock_bitmap_builder_length(builder) == 0 && nock_bitmap_builder_false_count(builder) == 0);
  CHECK(nock_bitmap_builder_capacity(builder) == 0);
  CHECK_OK(nock_bitmap_builder_finish(&builder, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == 0);
  nock_buffer_unref(buffer);
}

static void growing_bit_by_bit_asks_seldom(void) {
  enum { BITS = 100000, MOST_REQUESTS = 9 };
  nock_pool_t *pool = NULL;
  nock_bitmap_builder_t *builder = NULL;
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  CHECK_OK(nock_bitmap_builder_new(pool, &builder, ERR));
  for (size_t i = 0; i < BITS; i++) {
    CHECK_OK(nock_bitmap_builder_append(builder, i % 3 == 0, NULL));
  }
  /* Where twice the room was refused, it took one more step. */
  CHECK(nock_bitmap_builder_length(builder) == BITS && nock_pool_num_allocations(pool) <= MOST_REQUESTS + harness_refusals());
  nock_bitmap_builder_free(builder);
  nock_pool_unref(pool);
}

static void capacity_can_be_set(void) {
  nock_bitmap_builder_t *builder = new_builder();
  CHECK(nock_bitmap_builder_data(builder) == NULL);
  CHECK_OK(nock_bitmap_builder_append_run(builder, 1, 9, ERR));
  CHECK(((const unsigned char *)nock_bitmap_builder_data(builder))[1] == 1);
  CHECK_OK(nock_bitmap_builder_resize(builder, 1000, 0, ERR));
  CHECK(nock_bitmap_builder_capacity(builder) == 1024 && nock_bitmap_builder_length(builder) == 9);
  CHECK_OK(nock_bitmap_builder_resize(builder, 9, 0, ERR));
  CHECK(nock_bitmap_builder_capacity(builder) == 1024);
  CHECK_OK(nock_bitmap_builder_resize(builder, 9, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  CHECK(nock_bitmap_builder_capacity(builder) == 512);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_builder_resize(builder, 8, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_bitmap_builder_resize(builder, 9, 2, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_bitmap_builder_reserve(builder, SIZE_MAX - 100, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_resize(NULL, 0, 0, ERR));
  CHECK(nock_bitmap_builder_data(NULL) == NULL);
  /* Growing would end the memory that is appended. */
  nock_bits_t own = {nock_bitmap_builder_data(builder), 2, 0};
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bits(builder, &own, 9, ERR));
  CHECK_MESSAGE("the builder itself");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bytes(builder, own.data, 2, ERR));
  CHECK_MESSAGE("the builder itself");
  CHECK(nock_bitmap_builder_length(builder) == 9 && nock_bitmap_builder_false_count(builder) == 0);
  nock_bitmap_builder_free(builder);
}

static void failures_leave_the_builder(void) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, 64, &pool, ERR));
  nock_bitmap_builder_t *builder = NULL;
  CHECK_OK(nock_bitmap_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_bitmap_builder_append_run(builder, 1, 511, ERR));
  unsigned char bytes[64] = {0};
  nock_bits_t bits = {bytes, sizeof bytes, 0};
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_builder_append_run(builder, 1, 2, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_builder_append_bits(builder, &bits, 2, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_builder_append_bytes(builder, bytes, 2, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_builder_reserve(builder, 2, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_builder_resize(builder, 513, 0, ERR));
  CHECK_OK(nock_bitmap_builder_append(builder, 0, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_builder_append(builder, 0, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_bitmap_builder_append_run(builder, 1, SIZE_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_bitmap_builder_reserve(builder, SIZE_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_builder_append_bits(builder, &bits, 513, ERR));
  CHECK(nock_bitmap_builder_length(builder) == 512 && nock_bitmap_builder_false_count(builder) == 1);
  nock_bitmap_builder_free(builder);
  nock_pool_unref(pool);
}

static void null_arguments_are_named(void) {
  nock_buffer_t *buffer = NULL;
  nock_bitmap_builder_t *builder = NULL;
  nock_bits_t bits = {NULL, 0, 0}, missing = {NULL, 1, 0};
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_new(NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append(NULL, 1, ERR));
  CHECK_MESSAGE("builder");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_run(NULL, 1, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bits(NULL, &bits, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bytes(NULL, "", 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_reserve(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_rewind(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_reset(NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_finish(NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_finish(&builder, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_finish_keep(&builder, &buffer, ERR));
  CHECK(nock_bitmap_builder_length(NULL) == 0 && nock_bitmap_builder_false_count(NULL) == 0);
  CHECK(nock_bitmap_builder_capacity(NULL) == 0 && !nock_bitmap_builder_get(NULL, 0));
  nock_bitmap_builder_free(NULL);
  builder = new_builder();
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bits(builder, NULL, 0, ERR));
  CHECK_MESSAGE("bits");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bits(builder, &missing, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_append_bytes(builder, NULL, 1, ERR));
  CHECK_MESSAGE("values");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_builder_finish(&builder, NULL, ERR));
  CHECK(builder == NULL);
}

enum { THREADS = 4 };

static size_t rounds;

static void *append_often(void *builder) {
  size_t busy = 0;
  for (size_t i = 0; i < rounds; i++) {
    nock_status_t status = RETRIED(nock_bitmap_builder_append(builder, i % 2, NULL));
    if (status == NOCK_ERR_BUSY) {
      busy++;
    } else if (status != NOCK_OK) {
      return builder;
    }
  }
  return (void *)(uintptr_t)busy;
}

static void calls_at_once_are_busy_and_harmless(void) {
  rounds = harness_times(20000, 500);
  nock_bitmap_builder_t *builder = new_builder();
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, append_often, builder) == 0);
  }
  size_t busy = 0;
  for (size_t i = 0; i < THREADS; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    CHECK(result != builder);
    busy += (size_t)(uintptr_t)result;
  }
  CHECK(nock_bitmap_builder_length(builder) == THREADS * rounds - busy);
  nock_bitmap_builder_free(builder);
}

int main(void) {
  RUN(bits_are_collected_and_counted);
  RUN(room_is_reserved_trimmed_or_kept);
  RUN(growing_bit_by_bit_asks_seldom);
  RUN(capacity_can_be_set);
  RUN(failures_leave_the_builder);
  RUN(null_arguments_are_named);
  RUN(calls_at_once_are_busy_and_harmless);
  return harness_done();
}
