/* Slices: they share the memory of their parent and keep it, for reading and for writing. */
#include "buffers.h"

static void slices_share_and_keep_their_parent(void) {
  nock_buffer_t *buffer = copy_of("some data!");
  nock_buffer_t *slice = NULL;
  const uint64_t before = nock_total_allocated_bytes();
  CHECK_OK(nock_buffer_slice(buffer, 2, 4, &slice, ERR));
  CHECK(nock_total_allocated_bytes() == before);
  CHECK(nock_buffer_parent(slice) == buffer);
  CHECK(nock_buffer_address(slice) == nock_buffer_address(buffer) + 2);
  CHECK_BYTES(nock_buffer_data(slice), "me d", 4);
  CHECK(!nock_buffer_is_mutable(slice) && !nock_buffer_is_resizable(slice));
  nock_buffer_t *inner = NULL;
  CHECK_OK(nock_buffer_slice(slice, 3, 1, &inner, ERR));
  CHECK(nock_buffer_parent(inner) == slice);
  nock_buffer_unref(buffer);
  nock_buffer_unref(slice);
  CHECK_BYTES(nock_buffer_data(inner), "d", 1);
  nock_buffer_unref(inner);
}

static void slices_outside_are_refused(void) {
  nock_buffer_t *buffer = copy_of("some data!");
  const struct {
    size_t offset, len;
  } bad[] = {{11, 0}, {0, 11}, {10, 1}, {5, 6}, {SIZE_MAX, 0}, {3, SIZE_MAX - 2}, {SIZE_MAX, SIZE_MAX}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    nock_buffer_t *slice = buffer;
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_slice(buffer, bad[i].offset, bad[i].len, &slice, ERR));
    CHECK(slice == NULL);
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_slice_mutable(buffer, bad[i].offset, bad[i].len, &slice, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_buffer_copy_range(buffer, bad[i].offset, bad[i].len, NULL, &slice, ERR));
    CHECK(slice == NULL);
  }
  nock_buffer_t *slice = NULL;
  CHECK_OK(nock_buffer_slice(buffer, 0, 10, &slice, ERR));
  CHECK(nock_buffer_equals(slice, buffer));
  nock_buffer_unref(slice);
  CHECK_OK(nock_buffer_slice(buffer, 10, 0, &slice, ERR));
  CHECK(nock_buffer_size(slice) == 0);
  nock_buffer_unref(slice);
  nock_buffer_unref(buffer);
}

static void slices_for_writing_share_too(void) {
  nock_buffer_t *buffer = copy_of("some data!");
  nock_buffer_t *a = NULL;
  nock_buffer_t *b = NULL;
  CHECK_OK(nock_buffer_slice_mutable(buffer, 0, 6, &a, ERR));
  CHECK_OK(nock_buffer_slice_mutable(buffer, 4, 6, &b, ERR));
  CHECK(nock_buffer_is_mutable(a) && !nock_buffer_is_resizable(a));
  memcpy(nock_buffer_mutable_data(a), "SOME D", 6);
  memcpy(nock_buffer_mutable_data(b), "-da", 3);
  CHECK_BYTES(nock_buffer_data(buffer), "SOME-data!", 10);
  /* Freezing stops further writers; those that are there stay. */
  nock_buffer_freeze(buffer);
  CHECK(!nock_buffer_is_mutable(buffer) && nock_buffer_mutable_data(buffer) == NULL);
  CHECK(nock_buffer_is_mutable(a));
  nock_buffer_t *c = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice_mutable(buffer, 0, 1, &c, ERR));
  CHECK_MESSAGE("immutable");
  nock_buffer_unref(a);
  nock_buffer_unref(b);
  nock_buffer_unref(buffer);
}

static void long_chains_of_slices_end(void) {
  nock_buffer_t *buffer = copy_of("x");
  const size_t links = harness_times(100000, 100);
  for (size_t i = 0; i < links; i++) {
    nock_buffer_t *slice = NULL;
    CHECK_OK(nock_buffer_slice(buffer, 0, 1, &slice, NULL));
    nock_buffer_unref(buffer);
    buffer = slice;
  }
  CHECK_BYTES(nock_buffer_data(buffer), "x", 1);
  nock_buffer_unref(buffer);
}

int main(void) {
  RUN(slices_share_and_keep_their_parent);
  RUN(slices_outside_are_refused);
  RUN(slices_for_writing_share_too);
  RUN(long_chains_of_slices_end);
  return harness_done();
}
