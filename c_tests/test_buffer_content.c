/* What is in buffers: compared, copied, joined, shown. */
#include "buffers.h"

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

int main(void) {
  RUN(equality_compares_bytes);
  RUN(ranges_are_copied);
  RUN(buffers_are_joined);
  RUN(joining_too_much_is_refused);
  RUN(hex_is_upper_case_text);
  return harness_done();
}
