#include "harness.h"

#include <pthread.h>

static nock_array_t *ints(int32_t first, int32_t count) {
  nock_array_builder_t *builder = NULL;
  nock_array_t *array = NULL;
  CHECK_OK(nock_array_builder_new(nock_type_int32(), NULL, &builder, ERR));
  for (int32_t i = 0; i < count; i++) {
    CHECK_OK(nock_array_builder_append_i32(builder, first + i, ERR));
  }
  CHECK_OK(nock_array_builder_finish(&builder, &array, ERR));
  return array;
}

/* A schema of int32 fields named by the letters of a text. */
static nock_schema_t *schema_of(const char *names) {
  nock_field_t *fields[8];
  nock_schema_t *schema = NULL;
  const size_t count = strlen(names);
  for (size_t i = 0; i < count; i++) {
    const char name[2] = {names[i], '\0'};
    CHECK_OK(nock_field_new(name, nock_type_int32(), 0, NULL, &fields[i], ERR));
  }
  CHECK_OK(nock_schema_new((const nock_field_t *const *)fields, count, NULL, 0, &schema, ERR));
  for (size_t i = 0; i < count; i++) {
    nock_field_unref(fields[i]);
  }
  return schema;
}

/* Columns named by the letters of a text; column i counts up from 100 * i. */
static nock_batch_t *batch_of(const char *names, int32_t rows) {
  nock_schema_t *schema = schema_of(names);
  nock_array_t *columns[8];
  nock_batch_t *batch = NULL;
  const size_t count = strlen(names);
  for (size_t i = 0; i < count; i++) {
    columns[i] = ints((int32_t)i * 100, rows);
  }
  CHECK_OK(nock_batch_new(schema, (const nock_array_t *const *)columns, count, rows, &batch, ERR));
  for (size_t i = 0; i < count; i++) {
    nock_array_unref(columns[i]);
  }
  nock_schema_unref(schema);
  return batch;
}

static int32_t value_at(const nock_batch_t *batch, size_t column, int64_t row) {
  nock_array_t *array = NULL;
  int32_t value = -1;
  CHECK_OK(nock_batch_column(batch, column, &array, ERR));
  CHECK_OK(nock_array_get_i32(array, row, &value, ERR));
  nock_array_unref(array);
  return value;
}

static void a_batch_has_its_columns(void) {
  nock_batch_t *batch = batch_of("ab", 3);
  nock_array_t *column = NULL;
  uint64_t nbytes = 0;
  CHECK(nock_batch_num_rows(batch) == 3 && nock_batch_num_columns(batch) == 2);
  CHECK(nock_schema_num_fields(nock_batch_schema(batch)) == 2);
  CHECK(nock_batch_metadata(batch) != NULL && nock_metadata_count(nock_batch_metadata(batch)) == 0);
  CHECK(value_at(batch, 1, 2) == 102);
  CHECK_OK(nock_batch_nbytes(batch, &nbytes, ERR));
  CHECK(nbytes == 24);
  CHECK_OK(nock_batch_column_by_name(batch, "b", &column, ERR));
  nock_batch_t *again = nock_batch_ref(batch);
  CHECK(again == batch);
  nock_batch_unref(batch);
  nock_batch_unref(again);
  int32_t value = 0;
  CHECK_OK(nock_array_get_i32(column, 0, &value, ERR));
  CHECK(value == 100);
  nock_array_unref(column);
}

static void columns_that_do_not_exist_are_refused(void) {
  nock_batch_t *batch = batch_of("aba", 1);
  nock_array_t *column = NULL;
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_column(batch, 3, &column, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_column(batch, SIZE_MAX, &column, ERR));
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_batch_column_by_name(batch, "x", &column, ERR));
  CHECK_MESSAGE("x");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column_by_name(batch, "a", &column, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column_by_name(batch, "\xFF", &column, ERR));
  CHECK(column == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column(NULL, 0, &column, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column(batch, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column_by_name(NULL, "a", &column, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column_by_name(batch, NULL, &column, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_column_by_name(batch, "b", NULL, ERR));
  nock_batch_unref(batch);
}

static void columns_must_fit_the_schema(void) {
  nock_schema_t *schema = schema_of("ab");
  nock_array_t *good = ints(0, 2);
  nock_array_t *longer = ints(0, 3);
  nock_array_builder_t *builder = NULL;
  nock_array_t *other = NULL;
  CHECK_OK(nock_array_builder_new(nock_type_int64(), NULL, &builder, ERR));
  CHECK_OK(nock_array_builder_append_nulls(builder, 2, ERR));
  CHECK_OK(nock_array_builder_finish(&builder, &other, ERR));
  const nock_array_t *fits[] = {good, good, good};
  const nock_array_t *ragged[] = {good, longer};
  const nock_array_t *mixed[] = {good, other};
  const nock_array_t *holes[] = {good, NULL};
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_batch_new(schema, fits, 2, 2, &batch, ERR));
  nock_batch_unref(batch);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, fits, 1, 2, &batch, ERR));
  CHECK(batch == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, fits, 3, 2, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, fits, 2, 3, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, fits, 2, -1, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, ragged, 2, 2, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, mixed, 2, 2, &batch, ERR));
  CHECK_MESSAGE("int64");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, holes, 2, 2, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, NULL, 2, 2, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(NULL, fits, 2, 2, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_new(schema, fits, 2, 2, NULL, ERR));
  nock_array_unref(other);
  nock_array_unref(longer);
  nock_array_unref(good);
  nock_schema_unref(schema);
}

static void rows_need_no_columns(void) {
  nock_batch_t *batch = batch_of("", 7);
  nock_batch_t *part = NULL;
  CHECK(nock_batch_num_rows(batch) == 7 && nock_batch_num_columns(batch) == 0);
  CHECK_OK(nock_batch_slice(batch, 5, 2, &part, ERR));
  CHECK(nock_batch_num_rows(part) == 2);
  CHECK_OK(nock_batch_validate(part, NOCK_VALIDATE_FULL, ERR));
  nock_batch_unref(part);
  CHECK_OK(nock_batch_select(batch, NULL, 0, &part, ERR));
  CHECK(nock_batch_num_rows(part) == 7);
  nock_batch_unref(part);
  nock_batch_unref(batch);
}

static void nothing_reads_as_nothing(void) {
  CHECK(nock_batch_ref(NULL) == NULL);
  nock_batch_unref(NULL);
  CHECK(nock_batch_schema(NULL) == NULL && nock_batch_metadata(NULL) == NULL);
  CHECK(nock_batch_num_rows(NULL) == 0 && nock_batch_num_columns(NULL) == 0);
  uint64_t nbytes = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_nbytes(NULL, &nbytes, ERR));
  nock_batch_t *batch = batch_of("a", 1);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_nbytes(batch, NULL, ERR));
  nock_batch_unref(batch);
}

static void parts_of_parts_refer_to_the_whole(void) {
  static const size_t order[] = {2, 0, 2};
  static const size_t last[] = {1};
  static const size_t outside[] = {0, 3};
  nock_batch_t *batch = batch_of("abc", 5);
  nock_batch_t *a = NULL, *b = NULL, *c = NULL, *d = NULL;
  CHECK_OK(nock_batch_slice(batch, 1, 4, &a, ERR));
  CHECK_OK(nock_batch_select(a, order, 3, &b, ERR));
  CHECK_OK(nock_batch_slice(b, 1, 2, &c, ERR));
  CHECK_OK(nock_batch_select(c, last, 1, &d, ERR));
  nock_batch_unref(batch);
  nock_batch_unref(a);
  CHECK(nock_batch_num_rows(b) == 4 && nock_batch_num_columns(b) == 3);
  CHECK(value_at(b, 0, 0) == 201 && value_at(b, 1, 3) == 4 && value_at(b, 2, 0) == 201);
  CHECK(value_at(c, 0, 1) == 203);
  CHECK(nock_batch_num_columns(d) == 1 && value_at(d, 0, 0) == 2);
  CHECK_OK(nock_batch_validate(d, 0, ERR));

  nock_batch_t *out = d;
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_slice(c, 1, 2, &out, ERR));
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_slice(c, -1, 1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_slice(c, 0, -1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_slice(c, INT64_MAX, INT64_MAX, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_slice(NULL, 0, 0, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_slice(c, 0, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_batch_select(c, outside, 2, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_select(c, NULL, 1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_select(NULL, order, 1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_select(c, last, 1, NULL, ERR));
  nock_batch_unref(b);
  nock_batch_unref(c);
  nock_batch_unref(d);
}

static void equality_and_validation(void) {
  nock_batch_t *a = batch_of("ab", 3);
  nock_batch_t *b = batch_of("ab", 3);
  nock_batch_t *names = batch_of("ac", 3);
  nock_batch_t *longer = batch_of("ab", 4);
  nock_batch_t *part = NULL;
  uint8_t equal = 9;
  CHECK_OK(nock_batch_slice(longer, 0, 3, &part, ERR));
  CHECK_OK(nock_batch_equals(a, b, 0, &equal, ERR));
  CHECK(equal == 1);
  CHECK_OK(nock_batch_equals(a, part, NOCK_EQUALS_METADATA, &equal, ERR));
  CHECK(equal == 1);
  CHECK_OK(nock_batch_equals(a, names, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_batch_equals(a, longer, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_batch_equals(a, b, 1u << 31, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_equals(NULL, b, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_equals(a, NULL, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_equals(a, b, 0, NULL, ERR));
  CHECK_OK(nock_batch_validate(a, NOCK_VALIDATE_FULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_validate(a, 99, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_validate(NULL, 0, ERR));
  nock_batch_unref(part);
  nock_batch_unref(longer);
  nock_batch_unref(names);
  nock_batch_unref(b);
  nock_batch_unref(a);
}

/* A batch whose only column passes a low level of validation and no higher one. */
static void a_bad_column_is_found_and_named(void) {
  const int32_t offsets[] = {0, 9};
  nock_field_t *field = NULL;
  nock_schema_t *schema = NULL;
  nock_buffer_t *buffer = NULL;
  nock_array_t *array = NULL;
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_field_new("a", nock_type_binary(), 0, NULL, &field, ERR));
  const nock_field_t *fields[] = {field};
  CHECK_OK(nock_schema_new(fields, 1, NULL, 0, &schema, ERR));
  CHECK_OK(nock_buffer_new_copy(offsets, sizeof offsets, NULL, &buffer, ERR));
  const nock_buffer_t *buffers[] = {NULL, buffer, NULL};
  CHECK_OK(nock_array_new(nock_type_binary(), 1, 0, 0, buffers, 3, NOCK_VALIDATE_STRUCTURE, &array, ERR));
  const nock_array_t *columns[] = {array};
  CHECK_OK(nock_batch_new(schema, columns, 1, 1, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_batch_validate(batch, NOCK_VALIDATE_MEMORY, ERR));
  CHECK_MESSAGE("column 0");
  nock_batch_unref(batch);
  nock_array_unref(array);
  nock_buffer_unref(buffer);
  nock_schema_unref(schema);
  nock_field_unref(field);
}

static void text_shows_fields_and_columns(void) {
  nock_batch_t *batch = batch_of("ab", 5);
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_batch_to_text(batch, 3, NULL, &text, ERR));
  CHECK(strstr(nock_buffer_data(text), "a: [0,1,...,4]") != NULL);
  CHECK(strstr(nock_buffer_data(text), "b: [100,101,...,104]") != NULL);
  CHECK(nock_buffer_size(text) == strlen(nock_buffer_data(text)));
  nock_buffer_unref(text);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_to_text(NULL, 0, NULL, &text, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_batch_to_text(batch, 0, NULL, NULL, ERR));
  nock_batch_unref(batch);
}

static void *use_batch(void *shared) {
  nock_batch_t *batch = shared;
  for (int i = 0; i < 200; i++) {
    nock_array_t *column = NULL;
    if (nock_batch_column(batch, (size_t)i % 2, &column, NULL) != NOCK_OK || nock_array_length(column) != 3) {
      return batch;
    }
    nock_array_unref(column);
  }
  nock_batch_unref(batch);
  return NULL;
}

static void threads_ask_for_columns_at_once(void) {
  nock_batch_t *whole = batch_of("ab", 5);
  nock_batch_t *batch = NULL;
  pthread_t threads[4];
  CHECK_OK(nock_batch_slice(whole, 1, 3, &batch, ERR));
  nock_batch_unref(whole);
  /* The columns exist before the threads begin, so that nothing is left to allocate. */
  CHECK(value_at(batch, 0, 0) == 1 && value_at(batch, 1, 0) == 101);
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, use_batch, nock_batch_ref(batch)) == 0);
  }
  nock_batch_unref(batch);
  for (int i = 0; i < 4; i++) {
    void *failed = NULL;
    CHECK(pthread_join(threads[i], &failed) == 0);
    CHECK(failed == NULL);
  }
}

int main(void) {
  RUN(a_batch_has_its_columns);
  RUN(columns_that_do_not_exist_are_refused);
  RUN(columns_must_fit_the_schema);
  RUN(rows_need_no_columns);
  RUN(nothing_reads_as_nothing);
  RUN(parts_of_parts_refer_to_the_whole);
  RUN(equality_and_validation);
  RUN(a_bad_column_is_found_and_named);
  RUN(text_shows_fields_and_columns);
  RUN(threads_ask_for_columns_at_once);
  return harness_done();
}
