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

enum { THREADS = 4, ROUNDS = 20000 };

static void *append_often(void *builder) {
  size_t busy = 0;
  for (size_t i = 0; i < ROUNDS; i++) {
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
  CHECK(nock_buffer_builder_size(builder) == (THREADS * (size_t)ROUNDS - busy) * 8);
  nock_buffer_builder_free(builder);
}

int main(void) {
  RUN(appended_bytes_become_a_buffer);
  RUN(reserved_room_is_written_in_place);
  RUN(numbers_of_every_width_are_appended);
  RUN(capacity_can_be_set);
  RUN(finishing_trims_or_keeps);
  RUN(rewinding_forgets_the_end);
  RUN(resetting_gives_everything_back);
  RUN(impossible_sizes_leave_the_builder);
  RUN(null_arguments_are_named);
  RUN(calls_at_once_are_busy_and_harmless);
  return harness_done();
}
