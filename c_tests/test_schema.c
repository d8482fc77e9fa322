#include "harness.h"

#include <pthread.h>

static nock_field_t *field_of(const char *name, const nock_type_t *type) {
  nock_field_t *field = NULL;
  CHECK_OK(nock_field_new(name, type, 0, NULL, &field, ERR));
  return field;
}

static nock_metadata_t *metadata_of(const char *key, const char *value) {
  const nock_str_t keys[] = {{key, strlen(key)}};
  const nock_str_t values[] = {{value, strlen(value)}};
  nock_metadata_t *metadata = NULL;
  CHECK_OK(nock_metadata_new(keys, values, 1, &metadata, ERR));
  return metadata;
}

static nock_schema_t *schema_of(const nock_field_t *const *fields, size_t count, const nock_metadata_t *metadata) {
  nock_schema_t *schema = NULL;
  CHECK_OK(nock_schema_new(fields, count, metadata, 0, &schema, ERR));
  CHECK(schema != NULL);
  return schema;
}

/* A schema of int32 columns named "f0" to "f6" over and over. */
static nock_schema_t *wide(size_t width) {
  const nock_field_t **fields = calloc(width + 1, sizeof *fields);
  CHECK(fields != NULL);
  for (size_t i = 0; i < width; i++) {
    char name[8];
    snprintf(name, sizeof name, "f%zu", i % 7);
    fields[i] = field_of(name, nock_type_int32());
  }
  nock_schema_t *schema = schema_of(fields, width, NULL);
  for (size_t i = 0; i < width; i++) {
    nock_field_unref((nock_field_t *)fields[i]);
  }
  free(fields);
  return schema;
}

/* ---- making and reading ---- */

static void parts_come_back(void) {
  nock_field_t *a = field_of("a", nock_type_int32());
  nock_field_t *b = field_of("b", nock_type_utf8());
  nock_metadata_t *metadata = metadata_of("k", "v");
  const nock_field_t *const fields[] = {a, b, a};
  nock_schema_t *schema = schema_of(fields, 3, metadata);
  nock_field_unref(a);
  nock_field_unref(b);
  nock_metadata_unref(metadata);
  CHECK(nock_schema_num_fields(schema) == 3);
  CHECK(nock_schema_field(schema, 0) == a && nock_schema_field(schema, 1) == b && nock_schema_field(schema, 2) == a);
  CHECK_TEXT(nock_field_name(nock_schema_field(schema, 1)).data, "b");
  CHECK(nock_schema_field(schema, 3) == NULL && nock_schema_field(schema, SIZE_MAX) == NULL);
  CHECK(nock_schema_metadata(schema) == metadata);
  nock_field_t *kept = nock_field_ref(nock_schema_field(schema, 0));
  nock_schema_unref(schema);
  CHECK_TEXT(nock_field_name(kept).data, "a");
  nock_field_unref(kept);
}

static void no_fields_are_a_schema_too(void) {
  nock_schema_t *schema = schema_of(NULL, 0, NULL);
  CHECK(nock_schema_num_fields(schema) == 0);
  CHECK(nock_schema_field(schema, 0) == NULL);
  CHECK(nock_schema_metadata(schema) != NULL && nock_metadata_count(nock_schema_metadata(schema)) == 0);
  CHECK(nock_schema_field_by_name(schema, "") == NULL && nock_schema_count_name(schema, "") == 0);
  const char *text = NULL;
  CHECK_OK(nock_schema_to_text(schema, &text, ERR));
  CHECK_TEXT(text, "");
  nock_schema_unref(schema);
}

static void byte_orders_are_kept(void) {
  const uint16_t one = 1;
  const nock_endianness_t native = *(const unsigned char *)&one == 1 ? NOCK_ENDIANNESS_LITTLE : NOCK_ENDIANNESS_BIG;
  const nock_endianness_t given[] = {NOCK_ENDIANNESS_NATIVE, NOCK_ENDIANNESS_LITTLE, NOCK_ENDIANNESS_BIG};
  nock_schema_t *schemas[3];
  for (int i = 0; i < 3; i++) {
    CHECK_OK(nock_schema_new(NULL, 0, NULL, given[i], &schemas[i], ERR));
    CHECK(nock_schema_endianness(schemas[i]) == (i == 0 ? native : given[i]));
  }
  CHECK(nock_schema_equals(schemas[0], schemas[native]));
  CHECK(!nock_schema_equals(schemas[1], schemas[2]));
  for (int i = 0; i < 3; i++) {
    nock_schema_unref(schemas[i]);
  }
}

/* ---- names ---- */

static void names_are_found(size_t width) {
  nock_schema_t *schema = wide(width);
  char name[8];
  for (size_t i = 0; i < 9; i++) {
    snprintf(name, sizeof name, "f%zu", i);
    const size_t expected = i < 7 ? (width + 6 - i) / 7 : 0;
    CHECK(nock_schema_count_name(schema, name) == expected);
    size_t found = 0;
    size_t from = 0;
    size_t index = 0;
    while (nock_schema_find(schema, name, from, &index, NULL) == NOCK_OK) {
      CHECK(index == i + 7 * found);
      found++;
      from = index + 1;
    }
    CHECK(found == expected);
    CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_schema_find(schema, name, from, &index, ERR));
    CHECK_MESSAGE(name);
    CHECK(nock_schema_field_by_name(schema, name) == (expected == 0 ? NULL : nock_schema_field(schema, i)));
  }
  size_t index = 77;
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_schema_find(schema, "f0", SIZE_MAX, &index, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_schema_find(schema, "", 0, &index, ERR));
  CHECK(index == 77);
  nock_schema_unref(schema);
}

static void names_are_found_in_narrow_and_wide_schemas(void) {
  const size_t widths[] = {0, 1, 7, 16, 17, 100, 10000};
  for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
    names_are_found(widths[i]);
  }
}

/* ---- text and equality ---- */

static void text_has_a_line_for_each_field(void) {
  nock_field_t *plain = field_of("a", nock_type_int32());
  nock_field_t *noted = NULL;
  nock_metadata_t *metadata = metadata_of("key", "a \"value\"\n\xff");
  CHECK_OK(nock_field_new("b", nock_type_utf8(), NOCK_FIELD_NOT_NULL, metadata, &noted, ERR));
  const nock_field_t *const fields[] = {plain, noted};
  nock_schema_t *schema = schema_of(fields, 2, metadata);
  const char *text = NULL;
  CHECK_OK(nock_schema_to_text(schema, &text, ERR));
  CHECK_TEXT(text,
             "a: int32\n"
             "b: string not null\n"
             "  -- field metadata --\n"
             "  'key': 'a \\\"value\\\"\\n\\xff'\n"
             "-- schema metadata --\n"
             "'key': 'a \\\"value\\\"\\n\\xff'");
  nock_schema_unref(schema);
  nock_field_unref(plain);
  nock_field_unref(noted);
  nock_metadata_unref(metadata);
}

static void each_part_makes_a_difference(void) {
  nock_field_t *a = field_of("a", nock_type_int32());
  nock_field_t *b = field_of("b", nock_type_int32());
  nock_metadata_t *metadata = metadata_of("k", "v");
  nock_field_t *noted_a = NULL;
  CHECK_OK(nock_field_new("a", nock_type_int32(), 0, metadata, &noted_a, ERR));
  const nock_field_t *const ab[] = {a, b};
  const nock_field_t *const ba[] = {b, a};
  const nock_field_t *const nb[] = {noted_a, b};
  nock_schema_t *base = schema_of(ab, 2, NULL);
  nock_schema_t *same = schema_of(ab, 2, NULL);
  nock_schema_t *turned = schema_of(ba, 2, NULL);
  nock_schema_t *shorter = schema_of(ab, 1, NULL);
  nock_schema_t *noted = schema_of(ab, 2, metadata);
  nock_schema_t *noted_field = schema_of(nb, 2, NULL);
  CHECK(nock_schema_equals(base, base) && nock_schema_equals_with_metadata(base, base));
  CHECK(nock_schema_equals(base, same) && nock_schema_equals_with_metadata(base, same));
  CHECK(!nock_schema_equals(base, turned) && !nock_schema_equals(base, shorter) && !nock_schema_equals(shorter, base));
  CHECK(nock_schema_equals(base, noted) && !nock_schema_equals_with_metadata(base, noted));
  CHECK(nock_schema_equals(base, noted_field) && !nock_schema_equals_with_metadata(base, noted_field));
  nock_schema_unref(base);
  nock_schema_unref(same);
  nock_schema_unref(turned);
  nock_schema_unref(shorter);
  nock_schema_unref(noted);
  nock_schema_unref(noted_field);
  nock_metadata_unref(metadata);
  nock_field_unref(a);
  nock_field_unref(b);
  nock_field_unref(noted_a);
}

/* ---- limits ---- */

static void the_number_of_types_is_limited(void) {
  /* Each struct has the one before twice, so 24 levels stand for 2^24 types. */
  nock_type_t *type = nock_type_ref(nock_type_int8());
  nock_field_t *field = NULL;
  for (int level = 0; level < 23; level++) {
    field = field_of("x", type);
    nock_type_unref(type);
    const nock_field_t *const twice[] = {field, field};
    CHECK_OK(nock_type_new_struct(twice, 2, &type, ERR));
    nock_field_unref(field);
  }
  field = field_of("x", type);
  nock_type_unref(type);
  const nock_field_t *const fields[] = {field, field};
  nock_schema_t *schema = schema_of(fields, 1, NULL);
  nock_schema_unref(schema);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_schema_new(fields, 2, NULL, 0, &schema, ERR));
  CHECK_MESSAGE("16777216");
  CHECK(schema == NULL);
  nock_field_unref(field);
}

/* ---- threads ---- */

static void *use(void *data) {
  const nock_schema_t *schema = data;
  for (int i = 0; i < 20; i++) {
    nock_schema_t *mine = nock_schema_ref(schema);
    const char *text = NULL;
    size_t index = 0;
    if (nock_schema_find(mine, "f5", 6, &index, NULL) != NOCK_OK || index != 12) {
      return data;
    }
    if (nock_schema_to_text(mine, &text, NULL) == NOCK_OK && strncmp(text, "f0: int32\nf1", 12) != 0) {
      return data;
    }
    nock_schema_unref(mine);
  }
  return NULL;
}

static void threads_may_share_one(void) {
  nock_schema_t *schema = wide(300);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, use, schema) == 0);
  }
  for (int i = 0; i < 4; i++) {
    void *wrong = NULL;
    CHECK(pthread_join(threads[i], &wrong) == 0);
    CHECK(wrong == NULL);
  }
  nock_schema_unref(schema);
}

/* ---- misuse ---- */

static void null_is_answered(void) {
  nock_field_t *field = field_of("a", nock_type_int32());
  const nock_field_t *const fields[] = {field, NULL};
  nock_schema_t *schema = schema_of(fields, 1, NULL);
  nock_schema_t *out = schema;
  const char *text = NULL;
  size_t index = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_new(fields, 1, NULL, 0, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_new(NULL, 1, NULL, 0, &out, ERR));
  CHECK_MESSAGE("fields");
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_new(fields, 2, NULL, 0, &out, ERR));
  CHECK_MESSAGE("field 1");
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_new(fields, SIZE_MAX, NULL, 0, &out, NULL));
  const nock_endianness_t unknown[] = {-1, 3, INT32_MAX, INT32_MIN};
  for (int i = 0; i < 4; i++) {
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_new(fields, 1, NULL, unknown[i], &out, ERR));
    CHECK_MESSAGE("ENDIANNESS");
  }
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_find(NULL, "a", 0, &index, ERR));
  CHECK_MESSAGE("schema");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_find(schema, NULL, 0, &index, ERR));
  CHECK_MESSAGE("name");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_find(schema, "a\xff", 0, &index, ERR));
  CHECK_MESSAGE("UTF-8");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_find(schema, "a", 0, NULL, ERR));
  CHECK_MESSAGE("out_index");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_to_text(NULL, &text, ERR));
  CHECK_MESSAGE("schema");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_schema_to_text(schema, NULL, ERR));
  CHECK_MESSAGE("out_text");
  CHECK(text == NULL);
  CHECK(nock_schema_num_fields(NULL) == 0);
  CHECK(nock_schema_field(NULL, 0) == NULL);
  CHECK(nock_schema_field_by_name(NULL, "a") == NULL && nock_schema_field_by_name(schema, NULL) == NULL);
  CHECK(nock_schema_field_by_name(schema, "\xff") == NULL);
  CHECK(nock_schema_count_name(NULL, "a") == 0 && nock_schema_count_name(schema, NULL) == 0);
  CHECK(nock_schema_count_name(schema, "\xff") == 0);
  CHECK(nock_schema_metadata(NULL) == NULL);
  CHECK(nock_schema_endianness(NULL) == 0);
  CHECK(!nock_schema_equals(NULL, schema) && !nock_schema_equals(schema, NULL) && !nock_schema_equals(NULL, NULL));
  CHECK(!nock_schema_equals_with_metadata(NULL, schema) && !nock_schema_equals_with_metadata(schema, NULL));
  CHECK(nock_schema_ref(NULL) == NULL);
  nock_schema_unref(NULL);
  nock_schema_unref(schema);
  nock_field_unref(field);
}

int main(void) {
  RUN(parts_come_back);
  RUN(no_fields_are_a_schema_too);
  RUN(byte_orders_are_kept);
  RUN(names_are_found_in_narrow_and_wide_schemas);
  RUN(text_has_a_line_for_each_field);
  RUN(each_part_makes_a_difference);
  RUN(the_number_of_types_is_limited);
  RUN(threads_may_share_one);
  RUN(null_is_answered);
  return harness_done();
}
