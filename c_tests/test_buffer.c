/* Buffers: how they are made, of which memory, and misuse. */
#include "buffers.h"

/* ---- of fresh memory ---- */

static void allocations_are_aligned_and_padded(void) {
  const size_t sizes[] = {0, 1, 63, 64, 65, 100, 4096, 1000003};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    const uint64_t before = nock_total_allocated_bytes();
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_buffer_alloc(sizes[i], NULL, &buffer, ERR));
    check_fresh(buffer, sizes[i]);
    CHECK(!nock_buffer_is_resizable(buffer));
    CHECK(nock_total_allocated_bytes() == before + nock_buffer_capacity(buffer));
    memset(nock_buffer_mutable_data(buffer), 1, sizes[i]);
    nock_buffer_unref(buffer);

    CHECK_OK(nock_buffer_alloc_zeroed(sizes[i], NULL, &buffer, ERR));
    check_fresh(buffer, sizes[i]);
    for (size_t k = 0; k < sizes[i]; k++) {
      CHECK(((const char *)nock_buffer_data(buffer))[k] == 0);
    }
    nock_buffer_unref(buffer);

    CHECK_OK(nock_buffer_alloc_resizable(sizes[i], NULL, &buffer, ERR));
    check_fresh(buffer, sizes[i]);
    CHECK(nock_buffer_is_resizable(buffer));
    nock_buffer_unref(buffer);
    CHECK(nock_total_allocated_bytes() == before);
  }
}

static void empty_buffers_share_one_address(void) {
  nock_buffer_t *a = NULL;
  nock_buffer_t *b = NULL;
  CHECK_OK(nock_buffer_alloc(0, NULL, &a, ERR));
  CHECK_OK(nock_buffer_alloc_zeroed(0, NULL, &b, ERR));
  CHECK(nock_buffer_data(a) == nock_buffer_data(b));
  nock_buffer_unref(a);
  nock_buffer_unref(b);
}

static void larger_alignments_are_kept(void) {
  for (size_t alignment = 1; alignment <= (size_t)2 << 20; alignment *= 2) {
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_buffer_alloc_aligned(5, alignment, NULL, &buffer, ERR));
    CHECK(nock_buffer_address(buffer) % alignment == 0);
    check_fresh(buffer, 5);
    nock_buffer_unref(buffer);
    CHECK_OK(nock_buffer_alloc_aligned(0, alignment, NULL, &buffer, ERR));
    CHECK(nock_buffer_data(buffer) != NULL && nock_buffer_size(buffer) == 0);
    CHECK(nock_buffer_address(buffer) % alignment == 0);
    nock_buffer_unref(buffer);
  }
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_aligned(5, 0, NULL, &buffer, ERR));
  check_fresh(buffer, 5);
  nock_buffer_unref(buffer);
  const size_t bad[] = {3, 100, (size_t)4 << 20, SIZE_MAX};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_alloc_aligned(5, bad[i], NULL, &buffer, ERR));
    CHECK_MESSAGE("alignment");
    CHECK(buffer == NULL);
  }
}

static void impossible_sizes_are_refused(void) {
  const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 63, SIZE_MAX / 2, SIZE_MAX / 2 - 63, (size_t)1 << 62};
  const uint64_t before = nock_total_allocated_bytes();
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    nock_buffer_t *buffer = NULL;
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_alloc(sizes[i], NULL, &buffer, ERR));
    CHECK(buffer == NULL);
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_alloc_zeroed(sizes[i], NULL, &buffer, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_alloc_aligned(sizes[i], 128, NULL, &buffer, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_alloc_resizable(sizes[i], NULL, &buffer, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_alloc(sizes[i], NULL, &buffer, NULL));
  }
  CHECK(nock_total_allocated_bytes() == before);
}

static void copies_are_independent(void) {
  char text[] = "some data!";
  nock_buffer_t *buffer = copy_of(text);
  text[0] = 'S';
  check_fresh(buffer, 10);
  CHECK_BYTES(nock_buffer_data(buffer), "some data!", 10);
  nock_buffer_unref(buffer);
  CHECK_OK(nock_buffer_new_copy(NULL, 0, NULL, &buffer, ERR));
  check_fresh(buffer, 0);
  nock_buffer_unref(buffer);
}

/* ---- of foreign memory ---- */

static int released;
static void count_release(void *user_data) { released += *(int *)user_data; }

static void foreign_memory_is_released_once(void) {
  char memory[] = "some data!";
  int one = 1;
  const uint64_t before = nock_total_allocated_bytes();
  nock_buffer_t *buffer = NULL;
  released = 0;
  CHECK_OK(nock_buffer_new_foreign(memory, 10, count_release, &one, &buffer, ERR));
  CHECK(nock_buffer_data(buffer) == memory && nock_buffer_size(buffer) == 10 && nock_buffer_capacity(buffer) == 10);
  CHECK(!nock_buffer_is_mutable(buffer) && nock_buffer_mutable_data(buffer) == NULL);
  CHECK(nock_total_allocated_bytes() == before);
  nock_buffer_t *slice = NULL;
  CHECK_OK(nock_buffer_slice(buffer, 5, 4, &slice, ERR));
  nock_buffer_unref(buffer);
  CHECK(released == 0);
  CHECK_BYTES(nock_buffer_data(slice), "data", 4);
  nock_buffer_unref(slice);
  CHECK(released == 1);

  CHECK_OK(nock_buffer_new_foreign_mutable(memory, 10, count_release, &one, &buffer, ERR));
  CHECK(nock_buffer_is_mutable(buffer) && !nock_buffer_is_resizable(buffer));
  memcpy(nock_buffer_mutable_data(buffer), "SOME", 4);
  CHECK_BYTES(memory, "SOME data!", 10);
  nock_buffer_unref(buffer);
  CHECK(released == 2);

  /* Without a release function nothing happens at the end; without bytes the address is still not NULL. */
  CHECK_OK(nock_buffer_new_foreign("static", 6, NULL, NULL, &buffer, ERR));
  nock_buffer_unref(buffer);
  CHECK_OK(nock_buffer_new_foreign(NULL, 0, count_release, &one, &buffer, ERR));
  CHECK(nock_buffer_data(buffer) != NULL && nock_buffer_size(buffer) == 0);
  nock_buffer_unref(buffer);
  CHECK(released == 3);
}

static void failed_calls_leave_foreign_memory_alone(void) {
  int one = 1;
  nock_buffer_t *buffer = NULL;
  released = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_new_foreign(NULL, 5, count_release, &one, &buffer, ERR));
  CHECK_MESSAGE("data");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_new_foreign("x", 1, count_release, &one, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
               nock_buffer_new_foreign_mutable(NULL, 5, count_release, &one, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_new_foreign("x", SIZE_MAX, count_release, &one, &buffer, ERR));
  CHECK(buffer == NULL && released == 0);
}

/* ---- misuse ---- */

static void getters_accept_null(void) {
  CHECK(nock_buffer_data(NULL) == NULL && nock_buffer_mutable_data(NULL) == NULL);
  CHECK(nock_buffer_address(NULL) == 0 && nock_buffer_size(NULL) == 0 && nock_buffer_capacity(NULL) == 0);
  CHECK(!nock_buffer_is_cpu(NULL) && !nock_buffer_is_mutable(NULL) && !nock_buffer_is_resizable(NULL));
  CHECK(nock_buffer_parent(NULL) == NULL && nock_buffer_ref(NULL) == NULL);
  nock_buffer_t *buffer = copy_of("x");
  CHECK(!nock_buffer_equals(NULL, NULL) && !nock_buffer_equals(buffer, NULL) && !nock_buffer_equals(NULL, buffer));
  CHECK(!nock_buffer_equals_prefix(NULL, buffer, 0) && !nock_buffer_equals_prefix(buffer, NULL, 0));
  nock_buffer_unref(buffer);
  nock_buffer_freeze(NULL);
  nock_buffer_unref(NULL);
}

static void null_arguments_are_named(void) {
  nock_buffer_t *buffer = copy_of("x");
  nock_buffer_t *out = buffer;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_alloc(1, NULL, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_alloc_zeroed(1, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_alloc_aligned(1, 64, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_alloc_resizable(1, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_new_copy(NULL, 1, NULL, &out, ERR));
  CHECK_MESSAGE("data");
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_new_copy("x", 1, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice(NULL, 0, 0, &out, ERR));
  CHECK_MESSAGE("buffer");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice(buffer, 0, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice_mutable(NULL, 0, 0, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice_mutable(buffer, 0, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_resize(NULL, 0, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_reserve(NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_copy_range(NULL, 0, 0, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_copy_range(buffer, 0, 0, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_hex(NULL, NULL, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_hex(buffer, NULL, NULL, ERR));
  nock_buffer_unref(buffer);
}

int main(void) {
  RUN(allocations_are_aligned_and_padded);
  RUN(empty_buffers_share_one_address);
  RUN(larger_alignments_are_kept);
  RUN(impossible_sizes_are_refused);
  RUN(copies_are_independent);
  RUN(foreign_memory_is_released_once);
  RUN(failed_calls_leave_foreign_memory_alone);
  RUN(getters_accept_null);
  RUN(null_arguments_are_named);
  return harness_done();
}
