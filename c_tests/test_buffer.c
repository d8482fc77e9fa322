#include "harness.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static nock_buffer_t *copy_of(const char *text) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(text, strlen(text), NULL, &buffer, ERR));
  return buffer;
}

/* ---- making ---- */

static void check_fresh(const nock_buffer_t *buffer, size_t size) {
  CHECK(nock_buffer_size(buffer) == size);
  CHECK(nock_buffer_capacity(buffer) == (size + 63) / 64 * 64);
  CHECK(nock_buffer_data(buffer) != NULL);
  CHECK((uintptr_t)nock_buffer_data(buffer) % 64 == 0);
  CHECK(nock_buffer_address(buffer) == (uintptr_t)nock_buffer_data(buffer));
  CHECK(nock_buffer_is_cpu(buffer) && nock_buffer_is_mutable(buffer));
  CHECK(nock_buffer_parent(buffer) == NULL);
  const unsigned char *bytes = nock_buffer_data(buffer);
  for (size_t i = size; i < nock_buffer_capacity(buffer); i++) {
    CHECK(bytes[i] == 0);
  }
}

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

/* ---- slices ---- */

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
  for (size_t i = 0; i < 100000; i++) {
    nock_buffer_t *slice = NULL;
    CHECK_OK(nock_buffer_slice(buffer, 0, 1, &slice, NULL));
    nock_buffer_unref(buffer);
    buffer = slice;
  }
  CHECK_BYTES(nock_buffer_data(buffer), "x", 1);
  nock_buffer_unref(buffer);
}

/* ---- size ---- */

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

/* ---- contents ---- */

static void equality_compares_bytes(void) {
  nock_buffer_t *a = copy_of("some data!");
  nock_buffer_t *b = copy_of("some data!");
  nock_buffer_t *c = copy_of("some date!");
  nock_buffer_t *d = copy_of("some data");
  nock_buffer_t *empty = copy_of("");
  CHECK(nock_buffer_equals(a, a) && nock_buffer_equals(a, b) && nock_buffer_equals(empty, empty));
  CHECK(!nock_buffer_equals(a, c) && !nock_buffer_equals(a, d) && !nock_buffer_equals(a, empty));
  CHECK(nock_buffer_equals_prefix(a, c, 8) && !nock_buffer_equals_prefix(a, c, 9));
  CHECK(nock_buffer_equals_prefix(a, d, 9) && !nock_buffer_equals_prefix(a, d, 10));
  CHECK(nock_buffer_equals_prefix(a, empty, 0) && !nock_buffer_equals_prefix(a, a, SIZE_MAX));
  nock_buffer_unref(a);
  nock_buffer_unref(b);
  nock_buffer_unref(c);
  nock_buffer_unref(d);
  nock_buffer_unref(empty);
}

static void ranges_are_copied(void) {
  nock_buffer_t *buffer = copy_of("some data to copy");
  nock_buffer_t *copy = NULL;
  CHECK_OK(nock_buffer_copy_range(buffer, 5, 4, NULL, &copy, ERR));
  check_fresh(copy, 4);
  CHECK_BYTES(nock_buffer_data(copy), "data", 4);
  CHECK(nock_buffer_address(copy) != nock_buffer_address(buffer) + 5);
  nock_buffer_unref(copy);
  const size_t offsets[] = {0, 17};
  for (size_t i = 0; i < 2; i++) {
    CHECK_OK(nock_buffer_copy_range(buffer, offsets[i], 0, NULL, &copy, ERR));
    check_fresh(copy, 0);
    nock_buffer_unref(copy);
  }
  nock_buffer_unref(buffer);
}

static void buffers_are_joined(void) {
  nock_buffer_t *a = copy_of("some ");
  nock_buffer_t *b = copy_of("data");
  nock_buffer_t *empty = NULL;
  CHECK_OK(nock_buffer_new_foreign(NULL, 0, NULL, NULL, &empty, ERR));
  const nock_buffer_t *parts[] = {a, empty, b, empty, a};
  nock_buffer_t *joined = NULL;
  CHECK_OK(nock_buffer_concat(parts, 5, NULL, &joined, ERR));
  check_fresh(joined, 14);
  CHECK_BYTES(nock_buffer_data(joined), "some datasome ", 14);
  nock_buffer_unref(joined);
  CHECK_OK(nock_buffer_concat(NULL, 0, NULL, &joined, ERR));
  check_fresh(joined, 0);
  nock_buffer_unref(joined);
  parts[2] = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_concat(parts, 5, NULL, &joined, ERR));
  CHECK_MESSAGE("NULL");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_concat(NULL, 5, NULL, &joined, ERR));
  CHECK_MESSAGE("buffers");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_concat(parts, SIZE_MAX, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_concat(parts, 1, NULL, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK(joined == NULL);
  nock_buffer_unref(a);
  nock_buffer_unref(b);
  nock_buffer_unref(empty);
}

static void joining_too_much_is_refused(void) {
  nock_buffer_t *big = NULL;
  /* Only the size counts: the memory is never read. */
  CHECK_OK(nock_buffer_new_foreign("", SIZE_MAX / 2, NULL, NULL, &big, ERR));
  const nock_buffer_t *parts[] = {big, big, big};
  nock_buffer_t *joined = NULL;
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_concat(parts, 3, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_concat(parts, 2, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_copy_range(big, 0, SIZE_MAX / 2, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_buffer_hex(big, NULL, &joined, ERR));
  CHECK(joined == NULL);
  nock_buffer_unref(big);
}

static void hex_is_upper_case_text(void) {
  const struct {
    const char *bytes;
    size_t len;
    const char *text;
  } cases[] = {{"check", 5, "636865636B"},
               {"\a0", 2, "0730"},
               {"", 0, ""},
               {"\xA9\xFF\x00", 3, "A9FF00"},
               {"\a0hex string\xa9", 13, "073068657820737472696E67A9"},
               {"0123456789abcdef0123456789abcdef", 32,
                "3031323334353637383961626364656630313233343536373839616263646566"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_buffer_new_copy(cases[i].bytes, cases[i].len, NULL, &buffer, ERR));
    nock_buffer_t *text = NULL;
    CHECK_OK(nock_buffer_hex(buffer, NULL, &text, ERR));
    CHECK(nock_buffer_size(text) == 2 * cases[i].len);
    CHECK_TEXT(nock_buffer_data(text), cases[i].text);
    nock_buffer_unref(text);
    nock_buffer_unref(buffer);
  }
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

/* ---- threads ---- */

/* MOST_ROUNDS: how often threads try to meet before they have failed to. */
enum { THREADS = 4, ROUNDS = 3000, MOST_ROUNDS = 100 * ROUNDS };

static void *slice_often(void *parent) {
  for (size_t i = 0; i < ROUNDS; i++) {
    nock_buffer_t *slice = NULL;
    if (RETRIED(nock_buffer_slice(parent, i % 1000, 24, &slice, NULL)) != NOCK_OK) {
      return "no slice";
    }
    const unsigned char *bytes = nock_buffer_data(slice);
    if (bytes[23] != (unsigned char)(i % 1000 + 23)) {
      return "other bytes";
    }
    nock_buffer_unref(slice);
  }
  nock_buffer_unref(parent);
  return NULL;
}

static void the_last_reference_may_end_on_any_thread(void) {
  const uint64_t before = nock_total_allocated_bytes();
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc(1024, NULL, &buffer, ERR));
  for (size_t i = 0; i < 1024; i++) {
    ((unsigned char *)nock_buffer_mutable_data(buffer))[i] = (unsigned char)i;
  }
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, slice_often, nock_buffer_ref(buffer)) == 0);
  }
  nock_buffer_unref(buffer);
  for (size_t i = 0; i < THREADS; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    CHECK(result == NULL);
  }
  CHECK(nock_total_allocated_bytes() == before);
}

/* The default pool's memory; whoever asks for some lets the others run first, who then meet a call that waits. */
static nock_status_t yielding_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  sched_yield();
  return nock_pool_alloc(nock_pool_default(), size, alignment, out, NULL);
}

static void yielding_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data;
  nock_pool_dealloc(nock_pool_default(), block, size, alignment);
}

static nock_status_t use(nock_buffer_t *buffer, size_t i, nock_buffer_t **out, nock_error_t **error) {
  nock_error_free(*error);
  *error = NULL;
  return i % 3 == 0   ? nock_buffer_resize(buffer, 64 + i * 7 % 4096, i % 2, error)
         : i % 3 == 1 ? nock_buffer_slice(buffer, i % 64, 1, out, error)
                      : nock_buffer_copy_range(buffer, 0, 64, NULL, out, error);
}

/* Calls that were busy because another one was inside, not because of a slice. */
static atomic_size_t met;

/* Beyond the usual rounds, until one call met another: others run first, so that whoever has a slice can end it. */
static int goes_on(size_t i) {
  if (i < ROUNDS) {
    return 1;
  }
  sched_yield();
  return i < MOST_ROUNDS && atomic_load(&met) == 0;
}

/* Wrong, but never undefined: several threads resize, slice, and copy through one reference. */
static void *misuse(void *buffer) {
  nock_error_t *error = NULL;
  void *complaint = NULL;
  for (size_t i = 0; complaint == NULL && goes_on(i); i++) {
    nock_buffer_t *out = NULL;
    nock_status_t status = RETRIED(use(buffer, i, &out, &error));
    nock_buffer_unref(out);
    if (status == NOCK_ERR_BUSY && strstr(nock_error_message(error), "another call") != NULL) {
      atomic_fetch_add(&met, 1);
    } else if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      complaint = "a status that does not fit";
    }
  }
  nock_error_free(error);
  return complaint;
}

static void racing_resizes_are_busy(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = yielding_alloc;
  callbacks.dealloc = yielding_dealloc;
  nock_pool_t *pool = NULL;
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_OK(nock_buffer_alloc_resizable(64, pool, &buffer, ERR));
  nock_pool_unref(pool);
  memset(nock_buffer_mutable_data(buffer), 1, 64);
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, misuse, buffer) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    CHECK(result == NULL);
  }
  CHECK(atomic_load(&met) > 0);
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
  RUN(slices_share_and_keep_their_parent);
  RUN(slices_outside_are_refused);
  RUN(slices_for_writing_share_too);
  RUN(long_chains_of_slices_end);
  RUN(resizing_follows_the_capacity_rules);
  RUN(failed_resizes_leave_the_buffer);
  RUN(equality_compares_bytes);
  RUN(ranges_are_copied);
  RUN(buffers_are_joined);
  RUN(joining_too_much_is_refused);
  RUN(hex_is_upper_case_text);
  RUN(getters_accept_null);
  RUN(null_arguments_are_named);
  RUN(the_last_reference_may_end_on_any_thread);
  RUN(racing_resizes_are_busy);
  return harness_done();
}
