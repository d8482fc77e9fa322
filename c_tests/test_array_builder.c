#include "harness.h"

#include <pthread.h>

static nock_type_t *type_of(const char *format) {
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_from_format(format, &type, ERR));
  return type;
}

static nock_array_builder_t *builder_of(const char *format) {
  nock_type_t *type = type_of(format);
  nock_array_builder_t *builder = NULL;
  CHECK_OK(nock_array_builder_new(type, NULL, &builder, ERR));
  nock_type_unref(type);
  return builder;
}

static nock_array_t *finish(nock_array_builder_t **builder) {
  nock_array_t *array = NULL;
  CHECK_OK(nock_array_builder_finish(builder, &array, ERR));
  CHECK(*builder == NULL && array != NULL);
  CHECK_OK(nock_array_validate(array, NOCK_VALIDATE_FULL, ERR));
  return array;
}

/* Appends one value and a null, and reads both back. */
#define ROUND_TRIP(format, c_type, kind, number)                                          \
  do {                                                                                    \
    nock_array_builder_t *b = builder_of(format);                                         \
    c_type out = (c_type)0;                                                               \
    CHECK_OK(nock_array_builder_append_##kind(b, (c_type)(number), ERR));                 \
    CHECK_OK(nock_array_builder_append_null(b, ERR));                                     \
    CHECK(nock_array_builder_length(b) == 2 && nock_array_builder_null_count(b) == 1);    \
    nock_array_t *a = finish(&b);                                                         \
    CHECK_OK(nock_array_get_##kind(a, 0, &out, ERR));                                     \
    CHECK(out == (c_type)(number));                                                       \
    CHECK_OK(nock_array_get_##kind(a, 1, &out, ERR));                                     \
    CHECK(out == (c_type)0);                                                              \
    CHECK(nock_array_is_null(a, 1) && !nock_array_is_null(a, 0));                         \
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_get_##kind(a, 2, &out, ERR));          \
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_get_##kind(a, -1, &out, ERR));         \
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_##kind(a, 0, NULL, ERR));      \
    CHECK_MESSAGE("out");                                                                 \
    nock_array_unref(a);                                                                  \
    /* Neither a builder nor an array of another type takes it. */                        \
    b = builder_of("z");                                                                  \
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,                                               \
                 nock_array_builder_append_##kind(b, (c_type)(number), ERR));             \
    CHECK_MESSAGE("binary");                                                              \
    CHECK_OK(nock_array_builder_append_null(b, ERR));                                     \
    a = finish(&b);                                                                       \
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_##kind(a, 0, &out, ERR));      \
    nock_array_unref(a);                                                                  \
  } while (0)

static void every_kind_of_number_comes_back(void) {
  ROUND_TRIP("b", uint8_t, bool, 1);
  ROUND_TRIP("c", int8_t, i8, -7);
  ROUND_TRIP("C", uint8_t, u8, 200);
  ROUND_TRIP("s", int16_t, i16, -700);
  ROUND_TRIP("S", uint16_t, u16, 60000);
  ROUND_TRIP("i", int32_t, i32, INT32_MIN);
  ROUND_TRIP("I", uint32_t, u32, UINT32_MAX);
  ROUND_TRIP("l", int64_t, i64, INT64_MIN);
  ROUND_TRIP("L", uint64_t, u64, UINT64_MAX);
  ROUND_TRIP("f", float, f32, 1.5);
  ROUND_TRIP("g", double, f64, -2.25);
  ROUND_TRIP("e", uint16_t, f16_bits, 0x3C00);
}

static void no_builder_and_no_array_are_refused(void) {
  uint8_t bool_value = 0;
  int8_t i8_value = 0;
  int16_t i16_value = 0;
  int32_t i32_value = 0;
  int64_t i64_value = 0;
  uint8_t u8_value = 0;
  uint16_t u16_value = 0;
  uint32_t u32_value = 0;
  uint64_t u64_value = 0;
  uint16_t f16_bits_value = 0;
  float f32_value = 0;
  double f64_value = 0;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_bool(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_i8(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_i16(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_i32(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_i64(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_u8(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_u16(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_u32(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_u64(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_f16_bits(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_f32(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_f64(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_bool(NULL, 0, &bool_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_i8(NULL, 0, &i8_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_i16(NULL, 0, &i16_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_i32(NULL, 0, &i32_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_i64(NULL, 0, &i64_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_u8(NULL, 0, &u8_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_u16(NULL, 0, &u16_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_u32(NULL, 0, &u32_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_u64(NULL, 0, &u64_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_f16_bits(NULL, 0, &f16_bits_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_f32(NULL, 0, &f32_value, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_f64(NULL, 0, &f64_value, ERR));
  CHECK_MESSAGE("array");
}

static void types_with_a_meaning_take_the_numbers_below_them(void) {
  ROUND_TRIP("tdD", int32_t, i32, -1);
  ROUND_TRIP("tdm", int64_t, i64, 86400000);
  ROUND_TRIP("tts", int32_t, i32, 3600);
  ROUND_TRIP("ttm", int32_t, i32, 3600000);
  ROUND_TRIP("ttu", int64_t, i64, 1);
  ROUND_TRIP("ttn", int64_t, i64, 1);
  ROUND_TRIP("tss:", int64_t, i64, -1);
  ROUND_TRIP("tsm:UTC", int64_t, i64, 1);
  ROUND_TRIP("tsu:Europe/Rome", int64_t, i64, 1);
  ROUND_TRIP("tsn:", int64_t, i64, INT64_MAX);
  ROUND_TRIP("tDs", int64_t, i64, 1);
  ROUND_TRIP("tDn", int64_t, i64, -1);
  ROUND_TRIP("tiM", int32_t, i32, 14);
}

static void a_bool_is_true_when_it_is_not_zero(void) {
  nock_array_builder_t *builder = builder_of("b");
  uint8_t value = 7;
  CHECK_OK(nock_array_builder_append_bool(builder, 255, ERR));
  CHECK_OK(nock_array_builder_append_bool(builder, 0, ERR));
  nock_array_t *array = finish(&builder);
  CHECK_OK(nock_array_get_bool(array, 0, &value, ERR));
  CHECK(value == 1);
  CHECK_OK(nock_array_get_bool(array, 1, &value, ERR));
  CHECK(value == 0);
  nock_array_unref(array);
}

static void intervals_come_back_in_parts(void) {
  int32_t months = 9, days = 9, milliseconds = 9;
  int64_t nanoseconds = 9;
  nock_array_builder_t *builder = builder_of("tiD");
  CHECK_OK(nock_array_builder_append_day_time(builder, 1, -2, ERR));
  CHECK_OK(nock_array_builder_append_null(builder, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_month_day_nano(builder, 1, 2, 3, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_i64(builder, 1, ERR));
  nock_array_t *array = finish(&builder);
  CHECK_OK(nock_array_get_day_time(array, 0, &days, &milliseconds, ERR));
  CHECK(days == 1 && milliseconds == -2);
  CHECK_OK(nock_array_get_day_time(array, 1, &days, &milliseconds, ERR));
  CHECK(days == 0 && milliseconds == 0);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_get_day_time(array, 2, &days, &milliseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_day_time(NULL, 0, &days, &milliseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_day_time(array, 0, NULL, &milliseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_day_time(array, 0, &days, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
               nock_array_get_month_day_nano(array, 0, &months, &days, &nanoseconds, ERR));
  nock_array_unref(array);

  builder = builder_of("tin");
  CHECK_OK(nock_array_builder_append_month_day_nano(builder, 1, -2, INT64_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_day_time(builder, 1, 2, ERR));
  array = finish(&builder);
  CHECK_OK(nock_array_get_month_day_nano(array, 0, &months, &days, &nanoseconds, ERR));
  CHECK(months == 1 && days == -2 && nanoseconds == INT64_MAX);
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_get_month_day_nano(array, 1, &months, &days, &nanoseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_month_day_nano(NULL, 0, &months, &days, &nanoseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_month_day_nano(array, 0, NULL, &days, &nanoseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_month_day_nano(array, 0, &months, NULL, &nanoseconds, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_month_day_nano(array, 0, &months, &days, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_day_time(array, 0, &days, &milliseconds, ERR));
  nock_array_unref(array);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_day_time(NULL, 1, 2, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_month_day_nano(NULL, 1, 2, 3, ERR));
}

static void check_bytes(const nock_array_t *array, int64_t index, const void *expected, size_t expected_len) {
  nock_str_t bytes = {NULL, 99};
  CHECK_OK(nock_array_get_bytes(array, index, &bytes, ERR));
  CHECK(bytes.data != NULL && bytes.len == expected_len);
  CHECK_BYTES(bytes.data, expected, bytes.len);
}

static void bytes_of_any_length_come_back(void) {
  static const char *const formats[] = {"z", "Z", "u", "U"};
  for (size_t i = 0; i < 4; i++) {
    nock_array_builder_t *builder = builder_of(formats[i]);
    CHECK_OK(nock_array_builder_reserve(builder, 10, 100, ERR));
    CHECK_OK(nock_array_builder_append_bytes(builder, "abc", 3, ERR));
    CHECK_OK(nock_array_builder_append_nulls(builder, 2, ERR));
    CHECK_OK(nock_array_builder_append_bytes(builder, NULL, 0, ERR));
    CHECK_OK(nock_array_builder_append_bytes(builder, "d\0e", 3, ERR));
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_bytes(builder, NULL, 1, ERR));
    CHECK_STATUS(NOCK_ERR_LIMIT, nock_array_builder_reserve(builder, SIZE_MAX, 0, ERR));
    CHECK_STATUS(i % 2 == 0 ? NOCK_ERR_LIMIT : NOCK_ERR_OUT_OF_MEMORY,
                 nock_array_builder_reserve(builder, 1, (size_t)INT64_MAX - 100, ERR));
    CHECK(nock_array_builder_length(builder) == 5);
    nock_array_t *array = finish(&builder);
    check_bytes(array, 0, "abc", 3);
    check_bytes(array, 1, "", 0);
    check_bytes(array, 3, "", 0);
    check_bytes(array, 4, "d\0e", 3);
    CHECK(nock_array_null_count(array) == 2);
    nock_str_t bytes = {NULL, 0};
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_array_get_bytes(array, 5, &bytes, ERR));
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_bytes(NULL, 0, &bytes, ERR));
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_get_bytes(array, 0, NULL, ERR));
    nock_array_unref(array);
  }
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_bytes(NULL, "a", 1, ERR));
}

static void text_must_be_utf8(void) {
  nock_array_builder_t *builder = builder_of("u");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_bytes(builder, "ab\xFF", 3, ERR));
  CHECK_MESSAGE("2");
  CHECK_OK(nock_array_builder_append_bytes(builder, "\xC3\xA9", 2, ERR));
  CHECK(nock_array_builder_length(builder) == 1);
  nock_array_t *array = finish(&builder);
  check_bytes(array, 0, "\xC3\xA9", 2);
  nock_array_unref(array);
}

static void bytes_of_fixed_width_must_have_that_width(void) {
  static const struct {
    const char *format;
    size_t width;
  } types[] = {{"w:0", 0},           {"w:5", 5},           {"d:9,2,32", 4},  {"d:18,2,64", 8},
               {"d:38,2", 16},       {"d:76,2,256", 32},   {"i", 4},         {"tin", 16}};
  unsigned char value[33];
  memset(value, 1, sizeof value);
  value[3] = 0; /* few enough digits for 32 bits */
  value[7] = 0;
  value[15] = 0;
  value[31] = 0;
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    nock_array_builder_t *builder = builder_of(types[i].format);
    CHECK_OK(nock_array_builder_append_bytes(builder, value, types[i].width, ERR));
    CHECK_OK(nock_array_builder_append_null(builder, ERR));
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
                 nock_array_builder_append_bytes(builder, value, types[i].width + 1, ERR));
    nock_array_t *array = finish(&builder);
    check_bytes(array, 0, value, types[i].width);
    check_bytes(array, 1, "", 0);
    nock_array_unref(array);
  }
  nock_array_builder_t *builder = builder_of("b");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_bytes(builder, value, 1, ERR));
  nock_array_builder_free(builder);
}

static void the_null_type_has_nothing_but_a_length(void) {
  nock_array_builder_t *builder = builder_of("n");
  CHECK_OK(nock_array_builder_append_nulls(builder, (size_t)INT64_MAX, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_array_builder_append_null(builder, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_bytes(builder, "", 0, ERR));
  nock_array_t *array = finish(&builder);
  CHECK(nock_array_length(array) == INT64_MAX && nock_array_null_count(array) == INT64_MAX);
  CHECK(nock_array_num_buffers(array) == 0 && nock_array_nbytes(array) == 0);
  CHECK(nock_array_is_null(array, INT64_MAX - 1) && !nock_array_is_null(array, INT64_MAX));
  nock_array_unref(array);
}

static void runs_of_values_are_appended_at_once(void) {
  int32_t values[100];
  uint8_t bits[14];
  for (int i = 0; i < 100; i++) {
    values[i] = i;
  }
  memset(bits, 0xFF, sizeof bits);
  bits[0] = 0x55;
  nock_array_builder_t *builder = builder_of("i");
  CHECK_OK(nock_array_builder_append_values(builder, values, 100, NULL, 0, ERR));
  CHECK(nock_array_builder_null_count(builder) == 0);
  CHECK_OK(nock_array_builder_append_values(builder, values, 100, bits, 1, ERR));
  CHECK_OK(nock_array_builder_append_values(builder, values, 3, NULL, 0, ERR));
  CHECK_OK(nock_array_builder_append_values(builder, NULL, 0, NULL, 0, ERR));
  CHECK(nock_array_builder_length(builder) == 203 && nock_array_builder_null_count(builder) == 4);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_values(builder, NULL, 1, NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_values(NULL, values, 1, NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY,
               nock_array_builder_append_values(builder, values, SIZE_MAX, NULL, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT,
               nock_array_builder_append_values(builder, values, 1, bits, SIZE_MAX, ERR));
  nock_array_t *array = finish(&builder);
  for (int64_t i = 0; i < 100; i++) {
    int32_t value = -1;
    CHECK_OK(nock_array_get_i32(array, 100 + i, &value, ERR));
    const int valid = bits[(i + 1) / 8] >> ((i + 1) % 8) & 1;
    CHECK(nock_array_is_valid(array, 100 + i) == (valid == 1));
    CHECK(value == (valid ? i : 0));
  }
  nock_array_unref(array);

  static const uint8_t truths[] = {0, 1, 2, 0};
  builder = builder_of("b");
  CHECK_OK(nock_array_builder_append_values(builder, truths, 4, NULL, 0, ERR));
  array = finish(&builder);
  for (int64_t i = 0; i < 4; i++) {
    uint8_t value = 9;
    CHECK_OK(nock_array_get_bool(array, i, &value, ERR));
    CHECK(value == (truths[i] != 0));
  }
  nock_array_unref(array);

  builder = builder_of("u");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_values(builder, values, 1, NULL, 0, ERR));
  nock_array_builder_free(builder);
}

static void arrays_are_appended_with_their_nulls(void) {
  nock_array_builder_t *builder = builder_of("u");
  CHECK_OK(nock_array_builder_append_bytes(builder, "skip", 4, ERR));
  CHECK_OK(nock_array_builder_append_bytes(builder, "ab", 2, ERR));
  CHECK_OK(nock_array_builder_append_null(builder, ERR));
  nock_array_t *whole = finish(&builder);
  nock_array_t *part = NULL;
  CHECK_OK(nock_array_slice(whole, 1, 2, &part, ERR));
  builder = builder_of("u");
  CHECK_OK(nock_array_builder_append_array(builder, part, ERR));
  CHECK_OK(nock_array_builder_append_array(builder, part, ERR));
  nock_array_builder_t *other = builder_of("z");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_array(other, part, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_array(other, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_array(NULL, part, ERR));
  nock_array_builder_free(other);
  nock_array_t *array = finish(&builder);
  CHECK(nock_array_length(array) == 4 && nock_array_null_count(array) == 2);
  check_bytes(array, 2, "ab", 2);
  nock_array_unref(array);
  nock_array_unref(part);
  nock_array_unref(whole);
}

static void nested_types_are_refused_by_name(void) {
  nock_type_t *type = type_of("vu");
  nock_array_builder_t *builder = (nock_array_builder_t *)&type;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_array_builder_new(type, NULL, &builder, ERR));
  CHECK_MESSAGE("string_view");
  CHECK(builder == NULL);
  nock_type_unref(type);
}

static void misuse_is_refused(void) {
  nock_array_builder_t *builder = NULL;
  nock_array_t *array = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_new(NULL, NULL, &builder, ERR));
  nock_type_t *type = type_of("i");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_new(type, NULL, NULL, ERR));
  nock_type_unref(type);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_finish(NULL, &array, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_finish(&builder, &array, ERR));
  builder = builder_of("i");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_finish(&builder, NULL, ERR));
  CHECK(builder == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_null(NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_append_nulls(NULL, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_array_builder_reserve(NULL, 1, 1, ERR));
  CHECK(nock_array_builder_length(NULL) == 0 && nock_array_builder_null_count(NULL) == 0);
  nock_array_builder_free(NULL);
}

static void an_empty_builder_makes_an_empty_array(void) {
  static const char *const formats[] = {"n", "b", "i", "z", "U", "w:0"};
  for (size_t i = 0; i < 6; i++) {
    nock_array_builder_t *builder = builder_of(formats[i]);
    nock_array_t *array = finish(&builder);
    CHECK(nock_array_length(array) == 0 && nock_array_null_count(array) == 0);
    nock_array_unref(array);
  }
}

static void *append_many(void *builder) {
  const int rounds = (int)harness_times(2000, 300);
  for (int i = 0; i < rounds; i++) {
    const nock_status_t status = nock_array_builder_append_i32(builder, i, NULL);
    if (status != NOCK_OK && status != NOCK_ERR_BUSY && status != NOCK_ERR_OUT_OF_MEMORY) {
      return builder;
    }
  }
  return NULL;
}

static void calls_at_the_same_time_are_refused_not_mixed(void) {
  nock_array_builder_t *builder = builder_of("i");
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, append_many, builder) == 0);
  }
  for (int i = 0; i < 4; i++) {
    void *failed = NULL;
    CHECK(pthread_join(threads[i], &failed) == 0);
    CHECK(failed == NULL);
  }
  CHECK(nock_array_builder_length(builder) <= 8000);
  nock_array_t *array = finish(&builder);
  nock_array_unref(array);
}

int main(void) {
  RUN(every_kind_of_number_comes_back);
  RUN(no_builder_and_no_array_are_refused);
  RUN(types_with_a_meaning_take_the_numbers_below_them);
  RUN(a_bool_is_true_when_it_is_not_zero);
  RUN(intervals_come_back_in_parts);
  RUN(bytes_of_any_length_come_back);
  RUN(text_must_be_utf8);
  RUN(bytes_of_fixed_width_must_have_that_width);
  RUN(the_null_type_has_nothing_but_a_length);
  RUN(runs_of_values_are_appended_at_once);
  RUN(arrays_are_appended_with_their_nulls);
  RUN(nested_types_are_refused_by_name);
  RUN(misuse_is_refused);
  RUN(an_empty_builder_makes_an_empty_array);
  RUN(calls_at_the_same_time_are_refused_not_mixed);
  return harness_done();
}
