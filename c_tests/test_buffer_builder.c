#include "harness.h"

#include <pthread.h>

static nock_buffer_builder_t *new_builder(void) {
  nock_buffer_builder_t *builder = NULL;
  CHECK_OK(nock_buffer_builder_new(NULL, &builder, ERR));
  return builder;
}

static void check_sizes(const nock_buffer_builder_t *builder, size_t size, size_t capacity) {
  CHECK(nock_buffer_builder_size(builder) == size);
  CHECK(nock_buffer_builder_capacity(builder) == capacity);
}

static void check_padding(const nock_buffer_t *buffer) {
  const unsigned char *bytes = nock_buffer_data(buffer);
  const size_t size = nock_buffer_size(buffer);
  for (size_t i = size; i < (size + 63) / 64 * 64; i++) {
    CHECK(bytes[i] == 0);
  }
}

static void appended_bytes_become_a_buffer(void) {
  const uint64_t before = nock_total_allocated_bytes();
  nock_buffer_builder_t *builder = new_builder();
  check_sizes(builder, 0, 0);
  CHECK(nock_buffer_builder_data(builder) == NULL);
  CHECK_OK(nock_buffer_builder_append(builder, "some data", 9, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, "some data", 9, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, NULL, 0, ERR));
  check_sizes(builder, 18, 64);
  CHECK_BYTES(nock_buffer_builder_data(builder), "some datasome data", 18);
  /* Growing would end the memory that is appended. */
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
               nock_buffer_builder_append(builder, nock_buffer_builder_data(builder), 18, ERR));
  CHECK_MESSAGE("the builder itself");
  check_sizes(builder, 18, 64);
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK(builder == NULL);
  CHECK(nock_buffer_size(buffer) == 18 && nock_buffer_capacity(buffer) == 64);
  CHECK(nock_buffer_is_mutable(buffer) && nock_buffer_is_resizable(buffer));
  CHECK_BYTES(nock_buffer_data(buffer), "some datasome data", 18);
  check_padding(buffer);
  CHECK_OK(nock_buffer_resize(buffer, 1000, 0, ERR));
  CHECK_BYTES(nock_buffer_data(buffer), "some datasome data", 18);
  nock_buffer_unref(buffer);
  CHECK(nock_total_allocated_bytes() == before);
}

static void reserved_room_is_written_in_place(void) {
  nock_buffer_builder_t *builder = new_builder();
  void *tail = NULL;
  size_t room = 0;
  CHECK_OK(nock_buffer_builder_reserve(builder, 0, &tail, &room, ERR));
  CHECK(room == 0);
  for (unsigned i = 0; i < 1000; i++) {
    CHECK_OK(nock_buffer_builder_reserve(builder, 100, &tail, &room, ERR));
    CHECK(room >= 100);
    memset(tail, (int)i & 0xFF, 100);
    CHECK_OK(nock_buffer_builder_advance(builder, 99, ERR));
  }
  CHECK(nock_buffer_builder_size(builder) == 99000);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_builder_advance(builder, SIZE_MAX, ERR));
  CHECK_OK(nock_buffer_builder_reserve(builder, 0, NULL, &room, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_builder_advance(builder, room + 1, ERR));
  CHECK_OK(nock_buffer_builder_reserve(builder, 10, NULL, NULL, ERR));
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK(nock_buffer_capacity(buffer) == 99008);
  const unsigned char *bytes = nock_buffer_data(buffer);
  for (unsigned i = 0; i < 99000; i++) {
    CHECK(bytes[i] == (unsigned char)(i / 99));
  }
  check_padding(buffer);
  nock_buffer_unref(buffer);
}

static void numbers_of_every_width_are_appended(void) {
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_append_i8(builder, -1, ERR));
  CHECK_OK(nock_buffer_builder_append_u8(builder, 2, ERR));
  CHECK_OK(nock_buffer_builder_append_i16(builder, -3, ERR));
  CHECK_OK(nock_buffer_builder_append_u16(builder, 4, ERR));
  CHECK_OK(nock_buffer_builder_append_i32(builder, -5, ERR));
  CHECK_OK(nock_buffer_builder_append_u32(builder, 6, ERR));
  CHECK_OK(nock_buffer_builder_append_i64(builder, -7, ERR));
  CHECK_OK(nock_buffer_builder_append_u64(builder, 8, ERR));
  CHECK_OK(nock_buffer_builder_append_f32(builder, 1.5F, ERR));
  CHECK_OK(nock_buffer_builder_append_f64(builder, -2.5, ERR));
  CHECK_OK(nock_buffer_builder_append_fill(builder, 0xAB, 3, ERR));
  CHECK_OK(nock_buffer_builder_append_fill(builder, 0xAB, 0, ERR));
  unsigned char expected[45];
  size_t at = 0;
#define EXPECT(type, number)                       \
  do {                                             \
    type expected_number = (number);               \
    memcpy(expected + at, &expected_number, sizeof(type)); \
    at += sizeof(type);                            \
  } while (0)
  EXPECT(int8_t, -1);
  EXPECT(uint8_t, 2);
  EXPECT(int16_t, -3);
  EXPECT(uint16_t, 4);
  EXPECT(int32_t, -5);
  EXPECT(uint32_t, 6);
  EXPECT(int64_t, -7);
  EXPECT(uint64_t, 8);
  EXPECT(float, 1.5F);
  EXPECT(double, -2.5);
  memset(expected + at, 0xAB, 3);
  CHECK(nock_buffer_builder_size(builder) == 45);
  CHECK_BYTES(nock_buffer_builder_data(builder), expected, 45);
  nock_buffer_builder_free(builder);
}

static void numbers_without_a_type_of_their_own_are_appended(void) {
  nock_buffer_builder_t *builder = new_builder();
  const uint64_t words[4] = {1, 2, 3, (uint64_t)-4};
  const int16_t one = 1;
  const int little = *(const char *)&one == 1;
  uint64_t found[6];
  uint16_t half = 0;
  CHECK_OK(nock_buffer_builder_append_i128(builder, 7, -1, ERR));
  CHECK_OK(nock_buffer_builder_append_i256(builder, words, ERR));
  CHECK_OK(nock_buffer_builder_append_f16_bits(builder, 0x3C01, ERR));
  CHECK(nock_buffer_builder_size(builder) == 50);
  memcpy(found, nock_buffer_builder_data(builder), sizeof found);
  CHECK(found[little ? 0 : 1] == 7 && found[little ? 1 : 0] == UINT64_MAX);
  for (int i = 0; i < 4; i++) {
    CHECK(found[2 + (little ? i : 3 - i)] == words[i]);
  }
  memcpy(&half, (const char *)nock_buffer_builder_data(builder) + 48, sizeof half);
  CHECK(half == 0x3C01);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i256(builder, NULL, ERR));
  CHECK_MESSAGE("words");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
               nock_buffer_builder_append_i256(builder, (const uint64_t *)((const char *)found + 1), ERR));
  CHECK_MESSAGE("aligned");
  CHECK(nock_buffer_builder_size(builder) == 50);
  nock_buffer_builder_free(builder);
}

static void runs_are_repeated(void) {
  const size_t widths[] = {1, 2, 3, 4, 8, 12, 16, 32, 33, 4096, 5000}, counts[] = {0, 1, 2, 3, 7, 64, 1000};
  static unsigned char run[5000];
  for (size_t i = 0; i < sizeof run; i++) {
    run[i] = (unsigned char)(i * 37 + 11);
  }
  for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
    nock_buffer_builder_t *builder = new_builder();
    size_t size = 1;
    CHECK_OK(nock_buffer_builder_append(builder, "!", 1, ERR));
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
      const size_t before = size;
      CHECK_OK(nock_buffer_builder_append_copies(builder, run, widths[w], counts[c], ERR));
      size += widths[w] * counts[c];
      CHECK(nock_buffer_builder_size(builder) == size);
      const unsigned char *bytes = nock_buffer_builder_data(builder);
      CHECK(bytes[0] == '!');
      for (size_t i = 0; i < counts[c]; i++) {
        CHECK_BYTES(bytes + before + i * widths[w], run, widths[w]);
      }
    }
    nock_buffer_builder_free(builder);
  }
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_append_copies(builder, NULL, 0, SIZE_MAX, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, "kept", 4, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_builder_append_copies(builder, run, 16, SIZE_MAX / 16 + 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_builder_append_copies(builder, run, 16, SIZE_MAX / 32, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_copies(builder, NULL, 16, 1, ERR));
  CHECK_MESSAGE("data");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
               nock_buffer_builder_append_copies(builder, nock_buffer_builder_data(builder), 4, 9, ERR));
  CHECK_MESSAGE("the builder itself");
  check_sizes(builder, 4, 64);
  CHECK_BYTES(nock_buffer_builder_data(builder), "kept", 4);
  nock_buffer_builder_free(builder);
}

/* A limit refuses what does not fit, of each call alike; what fits is taken afterwards, and finishing works. */
static void refused_calls_leave_the_builder(void) {
  nock_pool_t *pool = NULL;
  nock_buffer_builder_t *builder = NULL;
  nock_buffer_t *buffer = NULL;
  const uint64_t words[4] = {0, 0, 0, 0};
  char run[100] = {0};
  CHECK_OK(nock_pool_new_capped(NULL, 64, &pool, ERR));
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_buffer_builder_append_fill(builder, 5, 64, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append(builder, run, sizeof run, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_copies(builder, run, 2, 50, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_fill(builder, 1, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i8(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i16(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i32(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i64(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_u8(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_u16(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_u32(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_u64(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_f16_bits(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_f32(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_f64(builder, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i128(builder, 1, 1, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i256(builder, words, ERR));
  CHECK_OK(nock_buffer_builder_rewind(builder, 40, ERR));
  /* A number goes in whole or not at all. */
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_i256(builder, words, ERR));
  check_sizes(builder, 40, 64);
  CHECK_OK(nock_buffer_builder_append_i64(builder, 9, ERR));
  CHECK_OK(nock_buffer_builder_append_i128(builder, 9, 9, ERR));
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == 64 && nock_pool_bytes_allocated(pool) == 64);
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

static void capacity_can_be_set(void) {
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_append(builder, "some data", 9, ERR));
  CHECK_OK(nock_buffer_builder_resize(builder, 128, 0, ERR));
  check_sizes(builder, 9, 128);
  CHECK_OK(nock_buffer_builder_resize(builder, 64, 0, ERR));
  check_sizes(builder, 9, 128);
  CHECK_OK(nock_buffer_builder_resize(builder, 64, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  check_sizes(builder, 9, 64);
  CHECK_OK(nock_buffer_builder_reserve(builder, 60, NULL, NULL, ERR));
  check_sizes(builder, 9, 128);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_builder_resize(builder, 8, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_buffer_builder_resize(builder, 80, 4, ERR));
  CHECK_BYTES(nock_buffer_builder_data(builder), "some data", 9);
  nock_buffer_builder_free(builder);
}

/* Each turn of growing at least doubles, so that a byte at a time asks for memory a few times only. */
static void growing_byte_by_byte_asks_seldom(void) {
  enum { BYTES = 100000, MOST_REQUESTS = 12 };
  nock_pool_t *pool = NULL;
  nock_buffer_builder_t *builder = NULL;
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  for (size_t i = 0; i < BYTES; i++) {
    CHECK_OK(nock_buffer_builder_append_u8(builder, (uint8_t)i, NULL));
  }
  /* Where twice the room was refused, it took one more step. */
  CHECK(nock_buffer_builder_size(builder) == BYTES && nock_pool_num_allocations(pool) <= MOST_REQUESTS + harness_refusals());
  CHECK(nock_pool_max_memory(pool) < 2 * BYTES);
  nock_buffer_builder_free(builder);
  nock_pool_unref(pool);
}

static void finishing_trims_or_keeps(void) {
  nock_buffer_t *buffer = NULL;
  for (int keep = 0; keep < 2; keep++) {
    for (size_t size = 0; size < 10; size += 9) {
      nock_buffer_builder_t *builder = new_builder();
      CHECK_OK(nock_buffer_builder_reserve(builder, 1024, NULL, NULL, ERR));
      CHECK_OK(nock_buffer_builder_append(builder, "some data", size, ERR));
      if (keep) {
        CHECK_OK(nock_buffer_builder_finish_keep(&builder, &buffer, ERR));
      } else {
        CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
      }
      CHECK(builder == NULL);
      CHECK(nock_buffer_size(buffer) == size);
      CHECK(nock_buffer_capacity(buffer) == (keep ? 1024U : size ? 64U : 0U));
      check_padding(buffer);
      nock_buffer_unref(buffer);
    }
  }
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_finish_keep(&builder, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == 0 && nock_buffer_data(buffer) != NULL);
  nock_buffer_unref(buffer);
}

static void rewinding_forgets_the_end(void) {
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_append(builder, "some data", 9, ERR));
  CHECK_OK(nock_buffer_builder_rewind(builder, 4, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_builder_rewind(builder, 5, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, "!", 1, ERR));
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) == 5);
  CHECK_BYTES(nock_buffer_data(buffer), "some!", 5);
  check_padding(buffer);
  nock_buffer_unref(buffer);
}

static void resetting_gives_everything_back(void) {
  const uint64_t before = nock_total_allocated_bytes();
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_append_fill(builder, 1, 1000, ERR));
  CHECK(nock_total_allocated_bytes() > before);
  CHECK_OK(nock_buffer_builder_reset(builder, ERR));
  check_sizes(builder, 0, 0);
  CHECK(nock_total_allocated_bytes() == before);
  CHECK_OK(nock_buffer_builder_append(builder, "again", 5, ERR));
  nock_buffer_builder_free(builder);
  CHECK(nock_total_allocated_bytes() == before);
}

static void impossible_sizes_leave_the_builder(void) {
  nock_buffer_builder_t *builder = new_builder();
  CHECK_OK(nock_buffer_builder_append(builder, "kept", 4, ERR));
  const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 4, SIZE_MAX / 2, (size_t)1 << 62};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    void *tail = builder;
    size_t room = 7;
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_builder_reserve(builder, sizes[i], &tail, &room, ERR));
    CHECK(room == 7);
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_builder_append_fill(builder, 0, sizes[i], ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_builder_resize(builder, sizes[i], 0, ERR));
  }
  check_sizes(builder, 4, 64);
  CHECK_BYTES(nock_buffer_builder_data(builder), "kept", 4);
  nock_buffer_builder_free(builder);
}

static void null_arguments_are_named(void) {
  nock_buffer_t *buffer = NULL;
  nock_buffer_builder_t *builder = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_new(NULL, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_reserve(NULL, 1, NULL, NULL, ERR));
  CHECK_MESSAGE("builder");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_advance(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append(NULL, "", 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_fill(NULL, 0, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i8(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i16(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i32(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i64(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_u8(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_u16(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_u32(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_u64(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_f32(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_f64(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_f16_bits(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i128(NULL, 0, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_i256(NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append_copies(NULL, "", 1, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_rewind(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_resize(NULL, 0, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_reset(NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_finish(NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_finish_keep(&builder, &buffer, ERR));
  CHECK(nock_buffer_builder_size(NULL) == 0 && nock_buffer_builder_capacity(NULL) == 0);
  CHECK(nock_buffer_builder_data(NULL) == NULL);
  nock_buffer_builder_free(NULL);

  builder = new_builder();
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_append(builder, NULL, 1, ERR));
  CHECK_MESSAGE("data");
  CHECK_OK(nock_buffer_builder_append(builder, "gone", 4, ERR));
  /* The builder is consumed although there is nowhere to put the buffer. */
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_builder_finish(&builder, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK(builder == NULL);
}

/* ---- threads ---- */

enum { THREADS = 4 };

static size_t rounds;

static void *append_often(void *builder) {
  size_t busy = 0;
  for (size_t i = 0; i < rounds; i++) {
    nock_status_t status = RETRIED(nock_buffer_builder_append(builder, "12345678", 8, NULL));
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
  nock_buffer_builder_t *builder = new_builder();
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
  CHECK(nock_buffer_builder_size(builder) == (THREADS * rounds - busy) * 8);
  nock_buffer_builder_free(builder);
}

/* Where twice the room is refused, what is needed may still be there: all that a cap allows is used. */
static void a_builder_uses_all_that_a_cap_allows(void) {
  const size_t cap = 65472;
  nock_pool_t *pool = NULL;
  nock_buffer_builder_t *builder = NULL;
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, cap, &pool, ERR));
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  for (size_t i = 0; i < cap / 8; i++) {
    CHECK_OK(nock_buffer_builder_append_u64(builder, i, ERR));
  }
  check_sizes(builder, cap, cap);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_u8(builder, 1, ERR));
  CHECK_MESSAGE("64 bytes more than the 65472 in use");
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  const uint64_t *numbers = nock_buffer_data(buffer);
  for (size_t i = 0; i < cap / 8; i++) {
    CHECK(numbers[i] == i);
  }
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

int main(void) {
  RUN(appended_bytes_become_a_buffer);
  RUN(reserved_room_is_written_in_place);
  RUN(numbers_of_every_width_are_appended);
  RUN(numbers_without_a_type_of_their_own_are_appended);
  RUN(runs_are_repeated);
  RUN(refused_calls_leave_the_builder);
  RUN(a_builder_uses_all_that_a_cap_allows);
  RUN(capacity_can_be_set);
  RUN(growing_byte_by_byte_asks_seldom);
  RUN(finishing_trims_or_keeps);
  RUN(rewinding_forgets_the_end);
  RUN(resetting_gives_everything_back);
  RUN(impossible_sizes_leave_the_builder);
  RUN(null_arguments_are_named);
  RUN(calls_at_once_are_busy_and_harmless);
  return harness_done();
}
