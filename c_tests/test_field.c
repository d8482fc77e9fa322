#include "harness.h"

#include <pthread.h>

static nock_field_t *make(const char *name, const nock_type_t *type, uint32_t flags, const nock_metadata_t *metadata) {
  nock_field_t *field = NULL;
  CHECK_OK(nock_field_new(name, type, flags, metadata, &field, ERR));
  CHECK(field != NULL);
  return field;
}

static nock_metadata_t *metadata_of(const char *key, const char *value) {
  const nock_str_t keys[] = {{key, strlen(key)}};
  const nock_str_t values[] = {{value, strlen(value)}};
  nock_metadata_t *metadata = NULL;
  CHECK_OK(nock_metadata_new(keys, values, 1, &metadata, ERR));
  return metadata;
}

/* ---- making and reading ---- */

static void parts_come_back(void) {
  nock_metadata_t *metadata = metadata_of("k", "v");
  nock_field_t *field = make("a column", nock_type_int32(), NOCK_FIELD_NOT_NULL, metadata);
  nock_metadata_unref(metadata);
  CHECK_TEXT(nock_field_name(field).data, "a column");
  CHECK(nock_field_name(field).len == 8);
  CHECK(nock_field_type(field) == nock_type_int32());
  CHECK(!nock_field_is_nullable(field));
  CHECK(nock_metadata_count(nock_field_metadata(field)) == 1);
  CHECK(nock_field_metadata(field) == metadata);
  nock_field_unref(field);
}

static void defaults_are_nullable_and_without_metadata(void) {
  nock_field_t *field = make("", nock_type_utf8(), 0, NULL);
  CHECK_TEXT(nock_field_name(field).data, "");
  CHECK(nock_field_name(field).len == 0);
  CHECK(nock_field_is_nullable(field));
  CHECK(nock_field_metadata(field) != NULL);
  CHECK(nock_metadata_count(nock_field_metadata(field)) == 0);
  nock_field_unref(field);
}

static void names_have_any_length(void) {
  char name[301];
  memset(name, 'n', 300);
  name[300] = '\0';
  for (size_t len = 0; len <= 300; len += len < 40 ? 1 : 65) {
    nock_field_t *field = make(name + 300 - len, nock_type_null(), 0, NULL);
    CHECK(nock_field_name(field).len == len);
    CHECK_TEXT(nock_field_name(field).data, name + 300 - len);
    nock_field_unref(field);
  }
  nock_field_t *field = make("gr\xc3\xb6\xc3\x9f" "e \xe2\x82\xac", nock_type_null(), 0, NULL);
  CHECK_TEXT(nock_field_name(field).data, "gr\xc3\xb6\xc3\x9f" "e \xe2\x82\xac");
  nock_field_unref(field);
}

static void types_stay_alive(void) {
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_new_timestamp(NOCK_TIME_UNIT_SECOND, "UTC", &type, ERR));
  nock_field_t *field = make("t", type, 0, NULL);
  nock_type_unref(type);
  nock_type_t *kept = nock_type_ref(nock_field_type(field));
  nock_field_unref(field);
  CHECK_TEXT(nock_type_timezone(kept), "UTC");
  nock_type_unref(kept);
}

static void metadata_stays_alive(void) {
  nock_metadata_t *metadata = metadata_of("k", "v");
  nock_field_t *field = make("t", nock_type_int8(), 0, metadata);
  nock_metadata_unref(metadata);
  nock_metadata_t *kept = nock_metadata_ref(nock_field_metadata(field));
  nock_field_t *plain = make("t", nock_type_int8(), 0, NULL);
  nock_metadata_t *none = nock_metadata_ref(nock_field_metadata(plain));
  nock_field_unref(field);
  nock_field_unref(plain);
  CHECK_BYTES(nock_metadata_value(kept, 0).data, "v", 1);
  CHECK(nock_metadata_count(none) == 0);
  nock_metadata_unref(kept);
  nock_metadata_unref(none);
}

static void extensions_are_metadata(void) {
  const nock_str_t keys[] = {{"ARROW:extension:metadata", 24}, {"ARROW:extension:name", 20}};
  const nock_str_t values[] = {{"a\0b", 3}, {"arrow.uuid", 10}};
  nock_metadata_t *metadata = NULL;
  CHECK_OK(nock_metadata_new(keys, values, 2, &metadata, ERR));
  nock_type_t *storage = NULL;
  CHECK_OK(nock_type_new_fixed_size_binary(16, &storage, ERR));
  nock_field_t *field = make("id", storage, 0, metadata);
  CHECK(nock_field_extension_name(field).len == 10);
  CHECK_BYTES(nock_field_extension_name(field).data, "arrow.uuid", 10);
  CHECK(nock_field_extension_metadata(field).len == 3);
  CHECK_BYTES(nock_field_extension_metadata(field).data, "a\0b", 3);
  nock_field_t *plain = make("id", storage, 0, NULL);
  CHECK(nock_field_extension_name(plain).data == NULL);
  CHECK(nock_field_extension_metadata(plain).data == NULL);
  nock_field_unref(plain);
  nock_field_unref(field);
  nock_type_unref(storage);
  nock_metadata_unref(metadata);
}

static void text_is_like_pyarrow(void) {
  nock_field_t *field = make("a", nock_type_int32(), NOCK_FIELD_NOT_NULL, NULL);
  nock_field_t *nullable = make("b c", nock_type_float64(), 0, NULL);
  const char *text = NULL;
  CHECK_OK(nock_field_to_text(field, &text, ERR));
  CHECK_TEXT(text, "a: int32 not null");
  const char *again = NULL;
  CHECK_OK(nock_field_to_text(field, &again, ERR));
  CHECK(again == text);
  CHECK_OK(nock_field_to_text(nullable, &text, ERR));
  CHECK_TEXT(text, "b c: double");
  nock_field_unref(field);
  nock_field_unref(nullable);
}

/* ---- equality ---- */

static void each_part_makes_a_difference(void) {
  nock_metadata_t *metadata = metadata_of("k", "v");
  nock_field_t *base = make("a", nock_type_int32(), 0, NULL);
  nock_field_t *same = make("a", nock_type_int32(), 0, NULL);
  nock_field_t *name = make("b", nock_type_int32(), 0, NULL);
  nock_field_t *type = make("a", nock_type_int64(), 0, NULL);
  nock_field_t *null = make("a", nock_type_int32(), NOCK_FIELD_NOT_NULL, NULL);
  nock_field_t *noted = make("a", nock_type_int32(), 0, metadata);
  CHECK(nock_field_equals(base, base) && nock_field_equals_with_metadata(base, base));
  CHECK(nock_field_equals(base, same) && nock_field_equals_with_metadata(base, same));
  CHECK(!nock_field_equals(base, name) && !nock_field_equals_with_metadata(base, name));
  CHECK(!nock_field_equals(base, type));
  CHECK(!nock_field_equals(base, null));
  CHECK(nock_field_equals(base, noted) && !nock_field_equals_with_metadata(base, noted));
  nock_field_unref(base);
  nock_field_unref(same);
  nock_field_unref(name);
  nock_field_unref(type);
  nock_field_unref(null);
  nock_field_unref(noted);
  nock_metadata_unref(metadata);
}

/* ---- threads ---- */

static void *use(void *data) {
  const nock_field_t *field = data;
  for (int i = 0; i < 1000; i++) {
    nock_field_t *mine = nock_field_ref(field);
    const char *text = NULL;
    if (nock_field_to_text(mine, &text, NULL) == NOCK_OK && strcmp(text, "a: int32") != 0) {
      return data;
    }
    nock_field_unref(mine);
  }
  return NULL;
}

static void threads_may_share_one(void) {
  nock_field_t *field = make("a", nock_type_int32(), 0, NULL);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, use, field) == 0);
  }
  for (int i = 0; i < 4; i++) {
    void *wrong = NULL;
    CHECK(pthread_join(threads[i], &wrong) == 0);
    CHECK(wrong == NULL);
  }
  nock_field_unref(field);
}

/* ---- misuse ---- */

static void null_is_answered(void) {
  nock_field_t *field = make("a", nock_type_int32(), 0, NULL);
  nock_field_t *out = field;
  const char *text = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_new("a", nock_type_int32(), 0, NULL, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_new(NULL, nock_type_int32(), 0, NULL, &out, ERR));
  CHECK_MESSAGE("name");
  CHECK(out == NULL);
  out = field;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_new("a", NULL, 0, NULL, &out, ERR));
  CHECK_MESSAGE("data_type");
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_new("a", NULL, 0, NULL, &out, NULL));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_to_text(NULL, &text, ERR));
  CHECK_MESSAGE("field");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_to_text(field, NULL, ERR));
  CHECK_MESSAGE("out_text");
  CHECK(text == NULL);
  CHECK(nock_field_name(NULL).data == NULL && nock_field_name(NULL).len == 0);
  CHECK(nock_field_type(NULL) == NULL);
  CHECK(!nock_field_is_nullable(NULL));
  CHECK(nock_field_metadata(NULL) == NULL);
  CHECK(nock_field_extension_name(NULL).data == NULL);
  CHECK(nock_field_extension_metadata(NULL).data == NULL);
  CHECK(!nock_field_equals(NULL, field) && !nock_field_equals(field, NULL) && !nock_field_equals(NULL, NULL));
  CHECK(!nock_field_equals_with_metadata(NULL, field) && !nock_field_equals_with_metadata(field, NULL));
  CHECK(nock_field_ref(NULL) == NULL);
  nock_field_unref(NULL);
  nock_field_unref(field);
}

static void bad_names_and_flags_are_refused(void) {
  nock_field_t *out = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_field_new("ok\xff", nock_type_int32(), 0, NULL, &out, ERR));
  CHECK_MESSAGE("UTF-8");
  for (uint32_t bit = 2; bit != 0; bit <<= 1) {
    CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_field_new("a", nock_type_int32(), bit, NULL, &out, ERR));
    CHECK_MESSAGE("flags");
    CHECK(out == NULL);
  }
}

int main(void) {
  RUN(parts_come_back);
  RUN(defaults_are_nullable_and_without_metadata);
  RUN(names_have_any_length);
  RUN(types_stay_alive);
  RUN(metadata_stays_alive);
  RUN(extensions_are_metadata);
  RUN(text_is_like_pyarrow);
  RUN(each_part_makes_a_difference);
  RUN(threads_may_share_one);
  RUN(null_is_answered);
  RUN(bad_names_and_flags_are_refused);
  return harness_done();
}
