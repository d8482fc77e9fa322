#include "harness.h"

#include <pthread.h>

static nock_type_t *type_of(const char *format) {
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_from_format(format, &type, ERR));
  return type;
}

static nock_buffer_t *buffer_of(const void *data, size_t len) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(data, len, NULL, &buffer, ERR));
  return buffer;
}

/* The status of making an array from copies of up to three runs of bytes. */
typedef struct run_t {
  const void *data;
  size_t len;
} run_t;

static nock_status_t make(const char *format, int64_t length, int64_t null_count, int64_t offset, const run_t *runs,
                          size_t count, nock_validation_t validation, nock_array_t **out) {
  nock_type_t *type = type_of(format);
  nock_buffer_t *buffers[4] = {NULL, NULL, NULL, NULL};
  for (size_t i = 0; i < count; i++) {
    buffers[i] = runs[i].data == NULL ? NULL : buffer_of(runs[i].data, runs[i].len);
  }
  const nock_status_t status = nock_array_new(type, length, null_count, offset, (const nock_buffer_t *const *)buffers,
                                              count, validation, out, ERR);
  for (size_t i = 0; i < count; i++) {
    nock_buffer_unref(buffers[i]);
  }
  nock_type_unref(type);
  return status;
}

/* Five numbers: 1, null, 3, null, 5. */
static nock_array_t *numbers(void) {
  static const int32_t values[] = {1, 77, 3, 77, 5};
  static const uint8_t bits[] = {0x15};
  const run_t runs[] = {{bits, 1}, {values, sizeof values}};
  nock_array_t *array = NULL;
  CHECK_OK(make("i", 5, 2, 0, runs, 2, NOCK_VALIDATE_FULL, &array));
  return array;
}

/* Three texts: "a", null, "bcd". */
static nock_array_t *texts(void) {
  static const int32_t offsets[] = {0, 1, 1, 4};
  static const uint8_t bits[] = {0x05};
  const run_t runs[] = {{bits, 1}, {offsets, sizeof offsets}, {"abcd", 4}};
  nock_array_t *array = NULL;
  CHECK_OK(make("u", 3, -1, 0, runs, 3, NOCK_VALIDATE_FULL, &array));
  return array;
}

static nock_array_t *slice_of(const nock_array_t *array, int64_t offset, int64_t length) {
  nock_array_t *part = NULL;
  CHECK_OK(nock_array_slice(array, offset, length, &part, ERR));
  return part;
}

static void an_array_has_what_it_was_made_of(void) {
  nock_array_t *array = numbers();
  CHECK(nock_array_type(array) != NULL);
  CHECK(nock_array_length(array) == 5 && nock_array_null_count(array) == 2 && nock_array_offset(array) == 0);
  CHECK(nock_array_num_buffers(array) == 2);
  CHECK(nock_buffer_size(nock_array_buffer(array, 0)) == 1);
  CHECK(nock_buffer_size(nock_array_buffer(array, 1)) == 20);
  CHECK(nock_array_buffer(array, 2) == NULL && nock_array_buffer(array, SIZE_MAX) == NULL);
  CHECK(nock_array_num_children(array) == 0 && nock_array_child(array, 0) == NULL);
  CHECK(nock_array_dictionary(array) == NULL);
  CHECK(nock_array_nbytes(array) == 21);
  nock_array_t *again = nock_array_ref(array);
  CHECK(again == array);
  nock_array_unref(array);
  CHECK(nock_array_length(again) == 5);
  nock_array_unref(again);

  array = texts();
  CHECK(nock_array_null_count(array) == 1);
  CHECK(nock_array_nbytes(array) == 1 + 16 + 4);
  nock_array_unref(array);
}

static void nothing_reads_as_nothing(void) {
  CHECK(nock_array_ref(NULL) == NULL);
  nock_array_unref(NULL);
  CHECK(nock_array_type(NULL) == NULL && nock_array_length(NULL) == 0);
  CHECK(nock_array_null_count(NULL) == 0 && nock_array_offset(NULL) == 0);
  CHECK(nock_array_num_buffers(NULL) == 0 && nock_array_buffer(NULL, 0) == NULL);
  CHECK(nock_array_num_children(NULL) == 0 && nock_array_child(NULL, 0) == NULL);
  CHECK(nock_array_dictionary(NULL) == NULL && nock_array_nbytes(NULL) == 0);
  CHECK(!nock_array_is_null(NULL, 0) && !nock_array_is_valid(NULL, 0));
}

static void a_slice_is_a_window(void) {
  nock_array_t *array = numbers();
  nock_array_t *part = slice_of(array, 1, 4);
  nock_array_t *inner = slice_of(part, 1, 2);
  nock_array_unref(part);
  CHECK(nock_array_length(inner) == 2 && nock_array_offset(inner) == 2 && nock_array_null_count(inner) == 1);
  CHECK(nock_array_buffer(inner, 1) == nock_array_buffer(array, 1));
  CHECK(nock_array_nbytes(inner) == 1 + 8);
  nock_array_unref(array);
  int32_t value = 0;
  CHECK_OK(nock_array_get_i32(inner, 0, &value, ERR));
  CHECK(value == 3);
  CHECK(nock_array_is_valid(inner, 0) && nock_array_is_null(inner, 1));
  CHECK(!nock_array_is_valid(inner, 2) && !nock_array_is_null(inner, 2));
  CHECK(!nock_array_is_valid(inner, -1) && !nock_array_is_null(inner, INT64_MIN));
  nock_array_t *none = slice_of(inner, 2, 0);
  CHECK(nock_array_length(none) == 0);
  nock_array_unref(none);
  nock_array_t *out = inner;
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_slice(inner, 1, 2, &out, ERR));
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_slice(inner, 3, 0, &out, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_slice(inner, -1, 1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_slice(inner, 0, -1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_slice(inner, INT64_MAX, INT64_MAX, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_slice(NULL, 0, 0, &out, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_slice(inner, 0, 0, NULL, ERR));
  nock_array_unref(inner);
}

static void bad_parts_are_refused(void) {
  static const int32_t falling[] = {0, 2, 1, 3};
  static const int32_t outside[] = {0, 1, 2, 9};
  static const uint8_t bits[] = {0x05};
  const run_t none[] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
  const run_t fixed[] = {{bits, 1}, {falling, 16}};
  nock_array_t *array = (nock_array_t *)&array;
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("i", 5, -1, 0, fixed, 2, 0, &array));
  CHECK(array == NULL);
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("i", 4, -1, 1, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("i", INT64_MAX, -1, 0, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("w:0", 9, -1, 0, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("i", 4, 5, 0, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("i", 4, 1, 0, fixed, 2, NOCK_VALIDATE_FULL, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", INT64_MAX, -1, INT64_MAX, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", -1, -1, 0, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 1, -2, 0, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 1, -1, -1, fixed, 2, 0, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 1, -1, 0, fixed, 1, 0, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 1, -1, 0, none, 3, 0, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 1, -1, 0, fixed, 2, 5, &array));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 1, -1, 0, fixed, 2, -1, &array));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, make("vu", 0, 0, 0, none, 2, 0, &array));
  CHECK_MESSAGE("string_view");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, make("i", 0, 0, 0, none, 2, 0, NULL));

  const run_t down[] = {{NULL, 0}, {falling, sizeof falling}, {"abc", 3}};
  const run_t over[] = {{NULL, 0}, {outside, sizeof outside}, {"abc", 3}};
  const run_t wrong[] = {{NULL, 0}, {falling, 8}, {"a\xFF", 2}};
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("u", 3, -1, 0, down, 3, NOCK_VALIDATE_DEFAULT, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("z", 3, -1, 0, over, 3, NOCK_VALIDATE_MEMORY, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, make("u", 1, -1, 0, wrong, 3, NOCK_VALIDATE_FULL, &array));

  /* What passes a low level is caught by a later check, and by every read until then. */
  nock_str_t bytes = {NULL, 0};
  CHECK_OK(make("u", 3, -1, 0, over, 3, NOCK_VALIDATE_STRUCTURE, &array));
  CHECK_OK(nock_array_get_bytes(array, 0, &bytes, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_get_bytes(array, 2, &bytes, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_validate(array, NOCK_VALIDATE_DEFAULT, ERR));
  CHECK_OK(nock_array_validate(array, NOCK_VALIDATE_STRUCTURE, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_validate(array, 77, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_validate(NULL, 0, ERR));
  nock_array_t *joined = NULL;
  const nock_array_t *twice[] = {array, array};
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_concat(twice, 2, NULL, &joined, ERR));
  nock_array_unref(array);
  CHECK_OK(make("i", 9, -1, 0, fixed, 2, NOCK_VALIDATE_NONE, &array));
  int32_t value = 0;
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_get_i32(array, 8, &value, ERR));
  nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_view(array, &view, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_validate(array, NOCK_VALIDATE_STRUCTURE, ERR));
  nock_array_unref(array);
  CHECK_OK(make("i", 0, -1, 0, none, 2, NOCK_VALIDATE_FULL, &array));
  nock_array_unref(array);
  CHECK_OK(make("u", 0, -1, 0, none, 3, NOCK_VALIDATE_FULL, &array));
  nock_array_unref(array);

  nock_type_t *type = type_of("i");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_new(NULL, 0, 0, 0, NULL, 0, 0, &array, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_new(type, 0, 0, 0, NULL, 2, 0, &array, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_new(type, 0, 0, 0, NULL, SIZE_MAX, 0, &array, ERR));
  nock_type_unref(type);
}

static void a_view_of_numbers_points_at_the_first_value(void) {
  nock_array_t *array = numbers();
  nock_array_t *part = slice_of(array, 1, 4);
  nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
  CHECK_OK(nock_array_view(part, &view, ERR));
  CHECK(view.struct_size == sizeof view && view.layout == NOCK_LAYOUT_FIXED && view.value_width == 4);
  CHECK(view.length == 4 && view.null_count == 2);
  const int32_t *values = view.values;
  int64_t sum = 0;
  for (int64_t i = 0; i < view.length; i++) {
    const int64_t bit = i + view.validity_bit;
    if (view.validity[bit / 8] >> (bit % 8) & 1) {
      sum += values[i];
    }
  }
  CHECK(sum == 8);
  CHECK(view.offsets == NULL && view.data == NULL && view.data_size == 0);
  nock_array_unref(part);
  part = slice_of(array, 4, 1);
  CHECK_OK(nock_array_view(part, &view, ERR));
  CHECK(view.validity == NULL && view.null_count == 0 && *(const int32_t *)view.values == 5);
  nock_array_unref(part);
  nock_array_unref(array);
}

static void views_of_the_other_layouts(void) {
  nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
  nock_array_t *array = texts();
  nock_array_t *part = slice_of(array, 1, 2);
  CHECK_OK(nock_array_view(part, &view, ERR));
  CHECK(view.layout == NOCK_LAYOUT_BINARY && view.values == NULL && view.data_size == 4);
  CHECK(view.validity != NULL && view.validity_bit == 1);
  const int32_t *offsets = view.offsets;
  CHECK(offsets[1] == 1 && offsets[2] == 4);
  CHECK_BYTES(view.data + offsets[1], "bcd", 3);
  nock_array_unref(part);
  nock_array_unref(array);

  const run_t none[] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
  CHECK_OK(make("U", 0, 0, 0, none, 3, 0, &array));
  CHECK_OK(nock_array_view(array, &view, ERR));
  CHECK(view.layout == NOCK_LAYOUT_LARGE_BINARY && view.length == 0);
  CHECK(*(const int64_t *)view.offsets == 0 && view.data != NULL && view.data_size == 0);
  nock_array_unref(array);

  static const uint8_t bits[] = {0x00, 0x28};
  const run_t bools[] = {{NULL, 0}, {bits, 2}};
  CHECK_OK(make("b", 4, 0, 10, bools, 2, 0, &array));
  CHECK_OK(nock_array_view(array, &view, ERR));
  CHECK(view.layout == NOCK_LAYOUT_BITS && view.values_bit == 2 && view.value_width == 0);
  CHECK((((const uint8_t *)view.values)[0] >> view.values_bit & 0xF) == 0xA);
  nock_array_unref(array);

  CHECK_OK(make("n", 1000, 1000, 0, none, 0, 0, &array));
  CHECK_OK(nock_array_view(array, &view, ERR));
  CHECK(view.layout == NOCK_LAYOUT_NULL && view.length == 1000 && view.null_count == 1000);
  CHECK(view.validity == NULL && view.values == NULL);
  nock_array_unref(array);
}

static void a_view_fits_the_struct_of_the_caller(void) {
  struct {
    nock_array_view_t view;
    uint64_t later;
  } newer;
  nock_array_t *array = numbers();
  memset(&newer, 0xAA, sizeof newer);
  newer.view.struct_size = sizeof newer;
  CHECK_OK(nock_array_view(array, &newer.view, ERR));
  CHECK(newer.later == 0 && newer.view.length == 5 && newer.view.struct_size == sizeof newer);
  newer.later = 7;
  newer.view.struct_size = sizeof newer.view;
  CHECK_OK(nock_array_view(array, &newer.view, ERR));
  CHECK(newer.later == 7);
  newer.view.struct_size = sizeof newer.view - 1;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_view(array, &newer.view, ERR));
  newer.view.struct_size = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_view(array, &newer.view, ERR));
  newer.view.struct_size = UINT32_MAX;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_view(array, &newer.view, ERR));
  newer.view.struct_size = sizeof newer.view;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_view(array, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_view(NULL, &newer.view, ERR));
  nock_array_unref(array);
}

static void equality_is_that_of_values(void) {
  nock_array_t *array = numbers();
  nock_array_t *same = numbers();
  nock_array_t *text = texts();
  nock_array_t *part = slice_of(same, 0, 4);
  uint8_t equal = 9;
  CHECK_OK(nock_array_equals(array, same, 0, &equal, ERR));
  CHECK(equal == 1);
  CHECK_OK(nock_array_equals(array, part, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_array_equals(array, text, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_array_equals_range(array, 1, part, 1, 3, 0, &equal, ERR));
  CHECK(equal == 1);
  CHECK_OK(nock_array_equals_range(array, 0, part, 2, 1, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_array_equals_approx(array, same, 0.5, 0, &equal, ERR));
  CHECK(equal == 1);

  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_array_equals(array, same, 8, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals(NULL, same, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals(array, NULL, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals(array, same, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_equals_range(array, 3, part, 0, 3, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_equals_range(array, 0, part, 0, 5, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_equals_range(array, -1, part, 0, 1, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_equals_range(array, 0, part, -1, 1, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_equals_range(array, 0, part, 0, -1, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_array_equals_range(array, 0, part, 0, 1, 8, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_range(NULL, 0, part, 0, 1, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_range(array, 0, NULL, 0, 1, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_range(array, 0, part, 0, 1, 0, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_approx(array, same, -1, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_array_equals_approx(array, same, 0, 8, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_approx(NULL, same, 0, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_approx(array, NULL, 0, 0, &equal, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_equals_approx(array, same, 0, 0, NULL, ERR));
  nock_array_unref(part);
  nock_array_unref(text);
  nock_array_unref(same);
  nock_array_unref(array);
}

static void flags_choose_how_floating_point_numbers_compare(void) {
  static const double zeros[] = {0.0, 1.0};
  static const double others[] = {-0.0, 1.25};
  const uint64_t nan_bits = 0x7FF8000000000000u;
  const run_t a_runs[] = {{NULL, 0}, {zeros, sizeof zeros}};
  const run_t b_runs[] = {{NULL, 0}, {others, sizeof others}};
  const run_t nan_runs[] = {{NULL, 0}, {&nan_bits, sizeof nan_bits}};
  nock_array_t *a = NULL, *b = NULL, *nan = NULL;
  uint8_t equal = 9;
  CHECK_OK(make("g", 2, 0, 0, a_runs, 2, 0, &a));
  CHECK_OK(make("g", 2, 0, 0, b_runs, 2, 0, &b));
  CHECK_OK(make("g", 1, 0, 0, nan_runs, 2, 0, &nan));
  CHECK_OK(nock_array_equals_range(a, 0, b, 0, 1, 0, &equal, ERR));
  CHECK(equal == 1);
  CHECK_OK(nock_array_equals_range(a, 0, b, 0, 1, NOCK_EQUALS_SIGNED_ZEROS, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_array_equals_approx(a, b, 0.25, 0, &equal, ERR));
  CHECK(equal == 1);
  CHECK_OK(nock_array_equals_approx(a, b, 0.125, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_array_equals(nan, nan, 0, &equal, ERR));
  CHECK(equal == 0);
  CHECK_OK(nock_array_equals(nan, nan, NOCK_EQUALS_NANS, &equal, ERR));
  CHECK(equal == 1);
  nock_array_unref(nan);
  nock_array_unref(b);
  nock_array_unref(a);
}

static void joining_copies_the_values_of_all(void) {
  nock_array_t *array = numbers();
  nock_array_t *text = texts();
  nock_array_t *part = slice_of(array, 2, 2);
  const nock_array_t *list[] = {part, array, part};
  const nock_array_t *holes[] = {part, NULL};
  const nock_array_t *mixed[] = {part, text};
  nock_array_t *joined = NULL;
  CHECK_OK(nock_array_concat(list, 3, NULL, &joined, ERR));
  CHECK(nock_array_length(joined) == 9 && nock_array_null_count(joined) == 4);
  int32_t value = 0;
  CHECK_OK(nock_array_get_i32(joined, 7, &value, ERR));
  CHECK(value == 3);
  nock_array_unref(joined);
  CHECK_OK(nock_array_concat(list, 1, NULL, &joined, ERR));
  CHECK(nock_array_buffer(joined, 1) == nock_array_buffer(array, 1));
  nock_array_unref(joined);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_concat(list, 0, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_concat(NULL, 1, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_concat(holes, 2, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_concat(mixed, 2, NULL, &joined, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_concat(list, 1, NULL, NULL, ERR));
  nock_array_unref(part);
  nock_array_unref(text);
  nock_array_unref(array);
}

static void text_shows_the_values(void) {
  nock_array_t *array = numbers();
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_array_to_text(array, 0, NULL, &text, ERR));
  CHECK_TEXT(nock_buffer_data(text), "[\n  1,\n  null,\n  3,\n  null,\n  5\n]");
  CHECK(nock_buffer_size(text) == strlen(nock_buffer_data(text)));
  nock_buffer_unref(text);
  CHECK_OK(nock_array_to_text(array, 2, NULL, &text, ERR));
  CHECK_TEXT(nock_buffer_data(text), "[\n  1,\n  ...,\n  5\n]");
  nock_buffer_unref(text);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_to_text(NULL, 0, NULL, &text, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_to_text(array, 0, NULL, NULL, ERR));
  nock_array_unref(array);
}

static void *use_array(void *shared) {
  nock_array_t *array = shared;
  for (int i = 0; i < 1000; i++) {
    nock_array_t *own = nock_array_ref(array);
    if (nock_array_null_count(own) != 2 || nock_array_length(own) != 5) {
      return array;
    }
    nock_array_unref(own);
  }
  nock_array_unref(array);
  return NULL;
}

static void threads_share_an_array(void) {
  nock_array_t *array = numbers();
  nock_array_t *part = slice_of(array, 0, 5);
  nock_array_unref(array);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, use_array, nock_array_ref(part)) == 0);
  }
  nock_array_unref(part);
  for (int i = 0; i < 4; i++) {
    void *failed = NULL;
    CHECK(pthread_join(threads[i], &failed) == 0);
    CHECK(failed == NULL);
  }
}

/* An array that says more than its buffers have, taken on trust: every kind of read finds out. */
#define CHECK_GET(format, name, type)                                                  \
  do {                                                                                 \
    type value;                                                                        \
    CHECK_OK(make(format, 1000, 0, 0, few, 2, NOCK_VALIDATE_NONE, &array));            \
    CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_get_##name(array, 999, &value, ERR));    \
    nock_array_unref(array);                                                           \
  } while (0)

static void reads_stay_inside_the_buffers(void) {
  const run_t few[] = {{NULL, 0}, {"0123456789abcdef", 16}};
  nock_array_t *array = NULL;
  CHECK_GET("b", bool, uint8_t);
  CHECK_GET("c", i8, int8_t);
  CHECK_GET("s", i16, int16_t);
  CHECK_GET("i", i32, int32_t);
  CHECK_GET("l", i64, int64_t);
  CHECK_GET("C", u8, uint8_t);
  CHECK_GET("S", u16, uint16_t);
  CHECK_GET("I", u32, uint32_t);
  CHECK_GET("L", u64, uint64_t);
  CHECK_GET("e", f16_bits, uint16_t);
  CHECK_GET("f", f32, float);
  CHECK_GET("g", f64, double);
  CHECK_GET("w:5", bytes, nock_str_t);
  int32_t months, days;
  int64_t rest;
  CHECK_OK(make("tiD", 1000, 0, 0, few, 2, NOCK_VALIDATE_NONE, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_get_day_time(array, 999, &days, &months, ERR));
  nock_array_unref(array);
  CHECK_OK(make("tin", 1000, 0, 0, few, 2, NOCK_VALIDATE_NONE, &array));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_get_month_day_nano(array, 999, &months, &days, &rest, ERR));
  nock_array_unref(array);

  /* A builder, a batch and a message that would take from it find out, too. */
  CHECK_OK(make("l", 1000, 0, 0, few, 2, NOCK_VALIDATE_NONE, &array));
  nock_array_builder_t *builder = NULL;
  CHECK_OK(nock_array_builder_new(nock_type_int64(), NULL, &builder, ERR));
  CHECK_STATUS(NOCK_ERR_CORRUPT, nock_array_builder_append_array(builder, array, ERR));
  CHECK(nock_array_builder_length(builder) == 0);
  nock_array_builder_free(builder);
  nock_array_unref(array);
}

int main(void) {
  RUN(an_array_has_what_it_was_made_of);
  RUN(nothing_reads_as_nothing);
  RUN(a_slice_is_a_window);
  RUN(bad_parts_are_refused);
  RUN(a_view_of_numbers_points_at_the_first_value);
  RUN(views_of_the_other_layouts);
  RUN(a_view_fits_the_struct_of_the_caller);
  RUN(equality_is_that_of_values);
  RUN(flags_choose_how_floating_point_numbers_compare);
  RUN(joining_copies_the_values_of_all);
  RUN(text_shows_the_values);
  RUN(threads_share_an_array);
  RUN(reads_stay_inside_the_buffers);
  return harness_done();
}
