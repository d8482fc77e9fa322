#include "harness.h"

static nock_str_t str(const char *text) {
  nock_str_t value = {text, strlen(text)};
  return value;
}

static void check_str(nock_str_t actual, const char *expected, size_t len) {
  CHECK(actual.data != NULL);
  CHECK(actual.len == len);
  CHECK_BYTES(actual.data, expected, len);
}

static nock_metadata_t *make(const nock_str_t *keys, const nock_str_t *values, size_t count) {
  nock_metadata_t *metadata = NULL;
  CHECK_OK(nock_metadata_new(keys, values, count, &metadata, ERR));
  CHECK(metadata != NULL);
  return metadata;
}

/* ---- making and reading ---- */

static void entries_are_kept_as_they_are(void) {
  const char zeros[] = {0, 1, 0, (char)0xff};
  const nock_str_t keys[] = {str("k"), {NULL, 0}, {zeros, 4}, str("k"), str("")};
  const nock_str_t values[] = {{zeros, 4}, str("of the empty key"), {NULL, 0}, str("again"), str("")};
  nock_metadata_t *metadata = make(keys, values, 5);
  CHECK(nock_metadata_count(metadata) == 5);
  check_str(nock_metadata_key(metadata, 0), "k", 1);
  check_str(nock_metadata_value(metadata, 0), zeros, 4);
  check_str(nock_metadata_key(metadata, 1), "", 0);
  check_str(nock_metadata_value(metadata, 1), "of the empty key", 16);
  check_str(nock_metadata_key(metadata, 2), zeros, 4);
  check_str(nock_metadata_value(metadata, 2), "", 0);
  check_str(nock_metadata_key(metadata, 3), "k", 1);
  check_str(nock_metadata_value(metadata, 3), "again", 5);
  check_str(nock_metadata_key(metadata, 4), "", 0);
  check_str(nock_metadata_value(metadata, 4), "", 0);
  nock_metadata_unref(metadata);
}

static void entries_are_copied(void) {
  char key[] = "key";
  char value[] = "value";
  const nock_str_t keys[] = {str(key)};
  const nock_str_t values[] = {str(value)};
  nock_metadata_t *metadata = make(keys, values, 1);
  key[0] = value[0] = '?';
  check_str(nock_metadata_key(metadata, 0), "key", 3);
  check_str(nock_metadata_value(metadata, 0), "value", 5);
  nock_metadata_unref(metadata);
}

static void values_may_be_large(void) {
  const size_t len = (size_t)1 << 20;
  char *bytes = malloc(len);
  CHECK(bytes != NULL);
  for (size_t i = 0; i < len; i++) {
    bytes[i] = (char)(i * 31);
  }
  const nock_str_t keys[] = {str("large")};
  const nock_str_t values[] = {{bytes, len}};
  nock_metadata_t *metadata = NULL;
  const nock_status_t status = nock_metadata_new(keys, values, 1, &metadata, ERR);
  if (status == NOCK_OK) {
    check_str(nock_metadata_value(metadata, 0), bytes, len);
  }
  nock_metadata_unref(metadata);
  free(bytes);
  CHECK_STATUS(NOCK_OK, status);
}

static void no_entries_are_metadata_too(void) {
  nock_metadata_t *metadata = make(NULL, NULL, 0);
  CHECK(nock_metadata_count(metadata) == 0);
  CHECK(nock_metadata_key(metadata, 0).data == NULL);
  CHECK(nock_metadata_value(metadata, 0).data == NULL);
  nock_metadata_unref(metadata);
}

static void places_without_an_entry_have_no_text(void) {
  const nock_str_t one[] = {str("x")};
  nock_metadata_t *metadata = make(one, one, 1);
  const size_t outside[] = {1, 2, SIZE_MAX};
  for (size_t i = 0; i < 3; i++) {
    CHECK(nock_metadata_key(metadata, outside[i]).data == NULL);
    CHECK(nock_metadata_key(metadata, outside[i]).len == 0);
    CHECK(nock_metadata_value(metadata, outside[i]).data == NULL);
    CHECK(nock_metadata_value(metadata, outside[i]).len == 0);
  }
  nock_metadata_unref(metadata);
}

/* ---- finding ---- */

static void keys_are_found_one_after_the_other(void) {
  const nock_str_t keys[] = {str("a"), str("b"), str("a"), str("")};
  nock_metadata_t *metadata = make(keys, keys, 4);
  size_t index = 99;
  CHECK_OK(nock_metadata_find(metadata, "a", 1, 0, &index, ERR));
  CHECK(index == 0);
  CHECK_OK(nock_metadata_find(metadata, "a", 1, index + 1, &index, ERR));
  CHECK(index == 2);
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_metadata_find(metadata, "a", 1, 3, &index, ERR));
  CHECK_MESSAGE("a");
  CHECK(index == 2);
  CHECK_OK(nock_metadata_find(metadata, NULL, 0, 0, &index, ERR));
  CHECK(index == 3);
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_metadata_find(metadata, "ab", 2, 0, &index, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_metadata_find(metadata, "a", 1, 4, &index, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_metadata_find(metadata, "a", 1, SIZE_MAX, &index, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_metadata_find(metadata, "\xff", 1, 0, &index, NULL));
  nock_metadata_unref(metadata);
}

/* ---- equality ---- */

static void order_makes_no_difference_but_everything_else_does(void) {
  const nock_str_t keys[] = {str("a"), str("b"), str("a"), str("a"), str("b"), str("b"), str("c")};
  const nock_str_t values[] = {str("1"), str("2"), str("3"), str("3"), str("1"), str("2"), str("2")};
  nock_metadata_t *base = make(keys, values, 3);        /* a1 b2 a3 */
  nock_metadata_t *turned = make(keys + 1, values + 1, 2); /* b2 a3 */
  nock_metadata_t *same = make(keys, values, 3);
  const nock_str_t other_keys[] = {str("a"), str("a"), str("b")};
  const nock_str_t other_values[] = {str("3"), str("1"), str("2")};
  nock_metadata_t *mixed = make(other_keys, other_values, 3);
  nock_metadata_t *twice = make(keys + 2, values + 2, 3); /* a3 a3 b1 */
  CHECK(nock_metadata_equals(base, base));
  CHECK(nock_metadata_equals(base, same));
  CHECK(nock_metadata_equals(base, mixed) && nock_metadata_equals(mixed, base));
  CHECK(!nock_metadata_equals(base, turned));
  CHECK(!nock_metadata_equals(base, twice) && !nock_metadata_equals(twice, base));
  nock_metadata_unref(base);
  nock_metadata_unref(turned);
  nock_metadata_unref(same);
  nock_metadata_unref(mixed);
  nock_metadata_unref(twice);
}

/* ---- ownership and misuse ---- */

static void references_are_counted(void) {
  const nock_str_t one[] = {str("x")};
  nock_metadata_t *metadata = make(one, one, 1);
  nock_metadata_t *other = nock_metadata_ref(metadata);
  CHECK(other == metadata);
  nock_metadata_unref(metadata);
  check_str(nock_metadata_key(other, 0), "x", 1);
  nock_metadata_unref(other);
}

static void null_is_answered(void) {
  const nock_str_t one[] = {str("x")};
  const nock_str_t hollow[] = {{NULL, 1}};
  nock_metadata_t *metadata = make(one, one, 1);
  nock_metadata_t *out = metadata;
  size_t index = 0;

  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_new(one, one, 1, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_new(NULL, one, 1, &out, ERR));
  CHECK_MESSAGE("keys");
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_new(one, NULL, 1, &out, ERR));
  CHECK_MESSAGE("values");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_new(hollow, one, 1, &out, ERR));
  CHECK_MESSAGE("key");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_new(one, hollow, 1, &out, ERR));
  CHECK_MESSAGE("value");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_new(one, one, SIZE_MAX, &out, NULL));
  CHECK(out == NULL);

  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_find(NULL, "x", 1, 0, &index, ERR));
  CHECK_MESSAGE("metadata");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_find(metadata, NULL, 1, 0, &index, ERR));
  CHECK_MESSAGE("key");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_metadata_find(metadata, "x", 1, 0, NULL, ERR));
  CHECK_MESSAGE("out_index");

  CHECK(nock_metadata_count(NULL) == 0);
  CHECK(nock_metadata_key(NULL, 0).data == NULL && nock_metadata_key(NULL, 0).len == 0);
  CHECK(nock_metadata_value(NULL, 0).data == NULL && nock_metadata_value(NULL, 0).len == 0);
  CHECK(!nock_metadata_equals(NULL, metadata) && !nock_metadata_equals(metadata, NULL));
  CHECK(!nock_metadata_equals(NULL, NULL));
  CHECK(nock_metadata_ref(NULL) == NULL);
  nock_metadata_unref(NULL);
  nock_metadata_unref(metadata);
}

int main(void) {
  RUN(entries_are_kept_as_they_are);
  RUN(entries_are_copied);
  RUN(values_may_be_large);
  RUN(no_entries_are_metadata_too);
  RUN(places_without_an_entry_have_no_text);
  RUN(keys_are_found_one_after_the_other);
  RUN(order_makes_no_difference_but_everything_else_does);
  RUN(references_are_counted);
  RUN(null_is_answered);
  return harness_done();
}
