/* Buffers that change their size: which capacity they have then, and who may change them. */
#include "buffers.h"

static void check_sizes(const nock_buffer_t *buffer, size_t size, size_t capacity) {
  CHECK(nock_buffer_size(buffer) == size);
  CHECK(nock_buffer_capacity(buffer) == capacity);
  const unsigned char *bytes = nock_buffer_data(buffer);
  for (size_t i = size; i < (size + 63) / 64 * 64; i++) {
    CHECK(bytes[i] == 0);
  }
}

static void resizing_follows_the_capacity_rules(void) {
  const uint64_t before = nock_total_allocated_bytes();
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(0, NULL, &buffer, ERR));
  CHECK_OK(nock_buffer_resize(buffer, 100, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  check_sizes(buffer, 100, 128);
  memset(nock_buffer_mutable_data(buffer), 7, 100);
  CHECK_OK(nock_buffer_resize(buffer, 200, 0, ERR));
  check_sizes(buffer, 200, 256);
  CHECK_OK(nock_buffer_resize(buffer, 50, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  check_sizes(buffer, 50, 64);
  CHECK(((const char *)nock_buffer_data(buffer))[49] == 7);
  CHECK_OK(nock_buffer_resize(buffer, 100, 0, ERR));
  CHECK_OK(nock_buffer_resize(buffer, 50, 0, ERR));
  check_sizes(buffer, 50, 128);
  CHECK(nock_total_allocated_bytes() == before + 128);
  CHECK_OK(nock_buffer_reserve(buffer, 300, ERR));
  check_sizes(buffer, 50, 320);
  CHECK_OK(nock_buffer_reserve(buffer, 0, ERR));
  check_sizes(buffer, 50, 320);
  CHECK_OK(nock_buffer_resize(buffer, 0, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  check_sizes(buffer, 0, 0);
  CHECK(nock_buffer_data(buffer) != NULL);
  CHECK(nock_total_allocated_bytes() == before);
  nock_buffer_unref(buffer);
}

static void failed_resizes_leave_the_buffer(void) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, NULL, &buffer, ERR));
  memset(nock_buffer_mutable_data(buffer), 7, 100);
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_resize(buffer, SIZE_MAX / 2 - 63, 0, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_resize(buffer, SIZE_MAX, 0, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_reserve(buffer, (size_t)1 << 62, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_buffer_resize(buffer, 5, 2, ERR));
  CHECK_MESSAGE("flags");
  nock_buffer_t *slice = NULL;
  CHECK_OK(nock_buffer_slice(buffer, 0, 1, &slice, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_resize(buffer, 5, 0, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_reserve(buffer, 500, ERR));
  nock_buffer_unref(slice);
  nock_buffer_t *other = nock_buffer_ref(buffer);
  CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_resize(buffer, 5, 0, ERR));
  nock_buffer_unref(other);
  check_sizes(buffer, 100, 128);
  CHECK_OK(nock_buffer_resize(buffer, 5, 0, ERR));
  nock_buffer_freeze(buffer);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_resize(buffer, 6, 0, ERR));
  nock_buffer_unref(buffer);

  buffer = copy_of("fixed");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_resize(buffer, 6, 0, ERR));
  CHECK_MESSAGE("not resizable");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_reserve(buffer, 6, ERR));
  nock_buffer_unref(buffer);
}

int main(void) {
  RUN(resizing_follows_the_capacity_rules);
  RUN(failed_resizes_leave_the_buffer);
  return harness_done();
}
