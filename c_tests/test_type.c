#include "harness.h"

#include <pthread.h>

static nock_field_t *field_of(const char *name, const nock_type_t *type, uint32_t flags) {
  nock_field_t *field = NULL;
  CHECK_OK(nock_field_new(name, type, flags, NULL, &field, ERR));
  return field;
}

static void check_text(const nock_type_t *type, const char *expected) {
  const char *text = NULL;
  CHECK_OK(nock_type_to_text(type, &text, ERR));
  CHECK_TEXT(text, expected);
}

static void check_format(const nock_type_t *type, const char *expected) {
  const char *text = NULL;
  CHECK_OK(nock_type_to_format(type, &text, ERR));
  CHECK_TEXT(text, expected);
}

static nock_type_t *from_format(const char *format) {
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_from_format(format, &type, ERR));
  CHECK(type != NULL);
  return type;
}

/* What a type without a parameter says about it. */
static void check_no_parameters(const nock_type_t *type) {
  CHECK(nock_type_precision(type) == 0 && nock_type_scale(type) == 0);
  CHECK(nock_type_unit(type) == NOCK_TIME_UNIT_NONE && nock_type_timezone(type) == NULL);
  CHECK(nock_type_list_size(type) == 0);
  CHECK(nock_type_num_fields(type) == 0 && nock_type_field(type, 0) == NULL);
  CHECK(nock_type_union_ids(type) == NULL);
  CHECK(!nock_type_has_sorted_keys(type) && !nock_type_is_ordered(type));
  CHECK(nock_type_dictionary_index(type) == NULL && nock_type_dictionary_value(type) == NULL);
}

/* ---- types without parameters ---- */

static const struct {
  const nock_type_t *(*find)(void);
  nock_type_id_t id;
  size_t bits;
  const char *format;
  const char *text;
} simple[] = {
    {nock_type_null, NOCK_TYPE_NULL, 0, "n", "null"},
    {nock_type_boolean, NOCK_TYPE_BOOLEAN, 1, "b", "bool"},
    {nock_type_int8, NOCK_TYPE_INT8, 8, "c", "int8"},
    {nock_type_int16, NOCK_TYPE_INT16, 16, "s", "int16"},
    {nock_type_int32, NOCK_TYPE_INT32, 32, "i", "int32"},
    {nock_type_int64, NOCK_TYPE_INT64, 64, "l", "int64"},
    {nock_type_uint8, NOCK_TYPE_UINT8, 8, "C", "uint8"},
    {nock_type_uint16, NOCK_TYPE_UINT16, 16, "S", "uint16"},
    {nock_type_uint32, NOCK_TYPE_UINT32, 32, "I", "uint32"},
    {nock_type_uint64, NOCK_TYPE_UINT64, 64, "L", "uint64"},
    {nock_type_float16, NOCK_TYPE_FLOAT16, 16, "e", "halffloat"},
    {nock_type_float32, NOCK_TYPE_FLOAT32, 32, "f", "float"},
    {nock_type_float64, NOCK_TYPE_FLOAT64, 64, "g", "double"},
    {nock_type_date32, NOCK_TYPE_DATE32, 32, "tdD", "date32[day]"},
    {nock_type_date64, NOCK_TYPE_DATE64, 64, "tdm", "date64[ms]"},
    {nock_type_interval_year_month, NOCK_TYPE_INTERVAL_YEAR_MONTH, 32, "tiM", "month_interval"},
    {nock_type_interval_day_time, NOCK_TYPE_INTERVAL_DAY_TIME, 64, "tiD", "day_time_interval"},
    {nock_type_interval_month_day_nano, NOCK_TYPE_INTERVAL_MONTH_DAY_NANO, 128, "tin", "month_day_nano_interval"},
    {nock_type_binary, NOCK_TYPE_BINARY, 0, "z", "binary"},
    {nock_type_large_binary, NOCK_TYPE_LARGE_BINARY, 0, "Z", "large_binary"},
    {nock_type_binary_view, NOCK_TYPE_BINARY_VIEW, 0, "vz", "binary_view"},
    {nock_type_utf8, NOCK_TYPE_UTF8, 0, "u", "string"},
    {nock_type_large_utf8, NOCK_TYPE_LARGE_UTF8, 0, "U", "large_string"},
    {nock_type_utf8_view, NOCK_TYPE_UTF8_VIEW, 0, "vu", "string_view"},
};
enum { NUM_SIMPLE = sizeof simple / sizeof simple[0] };

static void types_without_parameters_exist_once(void) {
  for (int i = 0; i < NUM_SIMPLE; i++) {
    const nock_type_t *type = simple[i].find();
    CHECK(type != NULL && type == simple[i].find());
    CHECK(nock_type_id(type) == simple[i].id);
    CHECK(nock_type_simple(simple[i].id) == type);
    CHECK(nock_type_bit_width(type) == simple[i].bits);
    CHECK(nock_type_byte_width(type) == simple[i].bits / 8);
    check_no_parameters(type);
    check_text(type, simple[i].text);
    check_format(type, simple[i].format);
    nock_type_t *made = from_format(simple[i].format);
    CHECK(made == type);
    nock_type_unref(made);
    for (int k = 0; k < NUM_SIMPLE; k++) {
      CHECK(nock_type_equals(type, simple[k].find()) == (i == k));
      CHECK(nock_type_equals_with_metadata(type, simple[k].find()) == (i == k));
    }
  }
}

static void names_and_numbers_agree(void) {
  CHECK(nock_type_null() == nock_type_simple(NOCK_TYPE_NULL));
  CHECK(nock_type_boolean() == nock_type_simple(NOCK_TYPE_BOOLEAN));
  CHECK(nock_type_int8() == nock_type_simple(NOCK_TYPE_INT8));
  CHECK(nock_type_int16() == nock_type_simple(NOCK_TYPE_INT16));
  CHECK(nock_type_int32() == nock_type_simple(NOCK_TYPE_INT32));
  CHECK(nock_type_int64() == nock_type_simple(NOCK_TYPE_INT64));
  CHECK(nock_type_uint8() == nock_type_simple(NOCK_TYPE_UINT8));
  CHECK(nock_type_uint16() == nock_type_simple(NOCK_TYPE_UINT16));
  CHECK(nock_type_uint32() == nock_type_simple(NOCK_TYPE_UINT32));
  CHECK(nock_type_uint64() == nock_type_simple(NOCK_TYPE_UINT64));
  CHECK(nock_type_float16() == nock_type_simple(NOCK_TYPE_FLOAT16));
  CHECK(nock_type_float32() == nock_type_simple(NOCK_TYPE_FLOAT32));
  CHECK(nock_type_float64() == nock_type_simple(NOCK_TYPE_FLOAT64));
  CHECK(nock_type_date32() == nock_type_simple(NOCK_TYPE_DATE32));
  CHECK(nock_type_date64() == nock_type_simple(NOCK_TYPE_DATE64));
  CHECK(nock_type_interval_year_month() == nock_type_simple(NOCK_TYPE_INTERVAL_YEAR_MONTH));
  CHECK(nock_type_interval_day_time() == nock_type_simple(NOCK_TYPE_INTERVAL_DAY_TIME));
  CHECK(nock_type_interval_month_day_nano() == nock_type_simple(NOCK_TYPE_INTERVAL_MONTH_DAY_NANO));
  CHECK(nock_type_binary() == nock_type_simple(NOCK_TYPE_BINARY));
  CHECK(nock_type_large_binary() == nock_type_simple(NOCK_TYPE_LARGE_BINARY));
  CHECK(nock_type_binary_view() == nock_type_simple(NOCK_TYPE_BINARY_VIEW));
  CHECK(nock_type_utf8() == nock_type_simple(NOCK_TYPE_UTF8));
  CHECK(nock_type_large_utf8() == nock_type_simple(NOCK_TYPE_LARGE_UTF8));
  CHECK(nock_type_utf8_view() == nock_type_simple(NOCK_TYPE_UTF8_VIEW));
}

static void numbers_with_parameters_are_no_simple_types(void) {
  int found = 0;
  for (nock_type_id_t id = -2; id < 100; id++) {
    const nock_type_t *type = nock_type_simple(id);
    CHECK(type == NULL || nock_type_id(type) == id);
    found += type != NULL;
  }
  CHECK(found == NUM_SIMPLE);
  CHECK(nock_type_simple(INT32_MAX) == NULL && nock_type_simple(INT32_MIN) == NULL);
}

/* ---- numbers, units, time zones ---- */

typedef nock_status_t new_decimal(int32_t precision, int32_t scale, nock_type_t **out, nock_error_t **error);

static void decimals_keep_their_digits(void) {
  static const struct {
    new_decimal *make;
    nock_type_id_t id;
    int32_t most;
    size_t bytes;
  } widths[] = {
      {nock_type_new_decimal32, NOCK_TYPE_DECIMAL32, 9, 4},
      {nock_type_new_decimal64, NOCK_TYPE_DECIMAL64, 18, 8},
      {nock_type_new_decimal128, NOCK_TYPE_DECIMAL128, 38, 16},
      {nock_type_new_decimal256, NOCK_TYPE_DECIMAL256, 76, 32},
  };
  for (int i = 0; i < 4; i++) {
    nock_type_t *type = NULL;
    for (int32_t precision = 1; precision <= widths[i].most; precision++) {
      const int32_t scales[] = {0, 2, -3, INT32_MAX, INT32_MIN};
      for (int k = 0; k < 5; k++) {
        CHECK_OK(widths[i].make(precision, scales[k], &type, ERR));
        CHECK(nock_type_id(type) == widths[i].id);
        CHECK(nock_type_precision(type) == precision && nock_type_scale(type) == scales[k]);
        CHECK(nock_type_byte_width(type) == widths[i].bytes && nock_type_bit_width(type) == 8 * widths[i].bytes);
        nock_type_unref(type);
      }
    }
    const int32_t bad[] = {0, -1, widths[i].most + 1, 256 + widths[i].most, INT32_MAX, INT32_MIN};
    for (int k = 0; k < 6; k++) {
      CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, widths[i].make(bad[k], 0, &type, ERR));
      CHECK_MESSAGE("precision");
      CHECK(type == NULL);
    }
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, widths[i].make(1, 0, NULL, ERR));
    CHECK_MESSAGE("out");
  }
  nock_type_t *type = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_decimal64(19, 0, &type, NULL));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_decimal256(77, 0, &type, NULL));
  CHECK_OK(nock_type_new_decimal128(10, 2, &type, ERR));
  check_text(type, "decimal128(10, 2)");
  check_format(type, "d:10,2");
  nock_type_unref(type);
  CHECK_OK(nock_type_new_decimal32(9, -3, &type, ERR));
  check_text(type, "decimal32(9, -3)");
  check_format(type, "d:9,-3,32");
  nock_type_unref(type);
}

typedef nock_status_t new_time(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error);

static nock_status_t new_local_timestamp(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error) {
  return nock_type_new_timestamp(unit, NULL, out, error);
}

static void times_keep_their_unit(void) {
  static const struct {
    new_time *make;
    nock_type_id_t id;
    nock_time_unit_t first, last;
    size_t bytes;
    const char *name;
    const char *format;
  } kinds[] = {
      {nock_type_new_time32, NOCK_TYPE_TIME32, NOCK_TIME_UNIT_SECOND, NOCK_TIME_UNIT_MILLISECOND, 4, "time32", "tt"},
      {nock_type_new_time64, NOCK_TYPE_TIME64, NOCK_TIME_UNIT_MICROSECOND, NOCK_TIME_UNIT_NANOSECOND, 8, "time64", "tt"},
      {nock_type_new_duration, NOCK_TYPE_DURATION, NOCK_TIME_UNIT_SECOND, NOCK_TIME_UNIT_NANOSECOND, 8, "duration", "tD"},
      {new_local_timestamp, NOCK_TYPE_TIMESTAMP, NOCK_TIME_UNIT_SECOND, NOCK_TIME_UNIT_NANOSECOND, 8, "timestamp", "ts"},
  };
  static const char *const units[] = {"", "s", "ms", "us", "ns"};
  for (int i = 0; i < 4; i++) {
    nock_type_t *type = NULL;
    for (nock_time_unit_t unit = -1; unit <= 6; unit++) {
      if (unit < kinds[i].first || unit > kinds[i].last) {
        CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(unit, &type, ERR));
        CHECK(type == NULL);
        continue;
      }
      CHECK_OK(kinds[i].make(unit, &type, ERR));
      CHECK(nock_type_id(type) == kinds[i].id);
      CHECK(nock_type_unit(type) == unit && nock_type_timezone(type) == NULL);
      CHECK(nock_type_byte_width(type) == kinds[i].bytes);
      char text[32];
      snprintf(text, sizeof text, "%s[%s]", kinds[i].name, units[unit]);
      check_text(type, text);
      snprintf(text, sizeof text, "%s%c%s", kinds[i].format, units[unit][0], kinds[i].make == new_local_timestamp ? ":" : "");
      check_format(type, text);
      nock_type_unref(type);
    }
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(kinds[i].first, NULL, ERR));
    CHECK_MESSAGE("out");
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(0, &type, NULL));
  }
}

static void units_must_fit(void) {
  nock_type_t *type = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_time32(NOCK_TIME_UNIT_NANOSECOND, &type, ERR));
  CHECK_MESSAGE("nanoseconds");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_time64(NOCK_TIME_UNIT_SECOND, &type, ERR));
  CHECK_MESSAGE("not seconds");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_duration(NOCK_TIME_UNIT_NONE, &type, ERR));
  CHECK_MESSAGE("unit");
}

static void time_zones_are_kept_as_they_are(void) {
  static const char *const zones[] = {"UTC", "Europe/Berlin", "+02:00", "no such place",
                                      "a name that is longer than any short string would be"};
  for (int i = 0; i < 5; i++) {
    nock_type_t *type = NULL;
    CHECK_OK(nock_type_new_timestamp(NOCK_TIME_UNIT_MICROSECOND, zones[i], &type, ERR));
    CHECK_TEXT(nock_type_timezone(type), zones[i]);
    char text[128];
    snprintf(text, sizeof text, "timestamp[us, tz=%s]", zones[i]);
    check_text(type, text);
    snprintf(text, sizeof text, "tsu:%s", zones[i]);
    check_format(type, text);
    nock_type_t *same = from_format(text);
    CHECK(nock_type_equals(type, same));
    nock_type_t *other = from_format("tsu:utc");
    CHECK(!nock_type_equals(type, other));
    nock_type_unref(type);
    nock_type_unref(same);
    nock_type_unref(other);
  }
  nock_type_t *none = NULL;
  nock_type_t *empty = NULL;
  CHECK_OK(nock_type_new_timestamp(NOCK_TIME_UNIT_SECOND, NULL, &none, ERR));
  CHECK_OK(nock_type_new_timestamp(NOCK_TIME_UNIT_SECOND, "", &empty, ERR));
  CHECK(nock_type_timezone(none) == NULL && nock_type_timezone(empty) == NULL);
  CHECK(nock_type_equals(none, empty));
  nock_type_unref(none);
  nock_type_unref(empty);
  nock_type_t *type = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_timestamp(NOCK_TIME_UNIT_SECOND, "\xff", &type, ERR));
  CHECK_MESSAGE("timezone");
}

static void fixed_sizes_are_kept(void) {
  nock_type_t *type = NULL;
  const int32_t widths[] = {0, 1, 16, INT32_MAX};
  for (int i = 0; i < 4; i++) {
    CHECK_OK(nock_type_new_fixed_size_binary(widths[i], &type, ERR));
    CHECK(nock_type_id(type) == NOCK_TYPE_FIXED_SIZE_BINARY);
    CHECK(nock_type_byte_width(type) == (size_t)widths[i]);
    nock_type_unref(type);
  }
  CHECK_OK(nock_type_new_fixed_size_binary(16, &type, ERR));
  check_text(type, "fixed_size_binary[16]");
  check_format(type, "w:16");
  nock_type_unref(type);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_fixed_size_binary(-1, &type, ERR));
  CHECK(type == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_fixed_size_binary(1, NULL, ERR));
  CHECK_MESSAGE("out");
}

/* ---- types made of others ---- */

typedef nock_status_t new_list(const nock_field_t *item, nock_type_t **out, nock_error_t **error);

static void lists_have_an_item(void) {
  static const struct {
    new_list *make;
    nock_type_id_t id;
    const char *text;
    const char *format;
  } kinds[] = {
      {nock_type_new_list, NOCK_TYPE_LIST, "list<item: int32>", "+l"},
      {nock_type_new_large_list, NOCK_TYPE_LARGE_LIST, "large_list<item: int32>", "+L"},
      {nock_type_new_list_view, NOCK_TYPE_LIST_VIEW, "list_view<item: int32>", "+vl"},
      {nock_type_new_large_list_view, NOCK_TYPE_LARGE_LIST_VIEW, "large_list_view<item: int32>", "+vL"},
  };
  nock_field_t *item = field_of("item", nock_type_int32(), 0);
  nock_field_t *element = field_of("element", nock_type_int32(), 0);
  for (int i = 0; i < 4; i++) {
    nock_type_t *type = NULL;
    CHECK_OK(kinds[i].make(item, &type, ERR));
    CHECK(nock_type_id(type) == kinds[i].id);
    CHECK(nock_type_num_fields(type) == 1);
    CHECK(nock_type_field(type, 0) == item && nock_type_field(type, 1) == NULL);
    CHECK(nock_type_bit_width(type) == 0);
    check_text(type, kinds[i].text);
    check_format(type, kinds[i].format);
    nock_type_t *named = NULL;
    CHECK_OK(kinds[i].make(element, &named, ERR));
    CHECK(nock_type_equals(type, named) && nock_type_equals_with_metadata(type, named));
    nock_type_unref(named);
    nock_type_unref(type);
    type = (nock_type_t *)nock_type_int8();
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(NULL, &type, ERR));
    CHECK_MESSAGE("item");
    CHECK(type == NULL);
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(item, NULL, ERR));
    CHECK_MESSAGE("out");
  }
  nock_field_unref(item);
  nock_field_unref(element);
}

static void fixed_size_lists_have_a_size(void) {
  nock_field_t *item = field_of("item", nock_type_boolean(), NOCK_FIELD_NOT_NULL);
  nock_type_t *type = NULL;
  nock_type_t *other = NULL;
  CHECK_OK(nock_type_new_fixed_size_list(item, 3, &type, ERR));
  CHECK_OK(nock_type_new_fixed_size_list(item, 0, &other, ERR));
  CHECK(nock_type_id(type) == NOCK_TYPE_FIXED_SIZE_LIST);
  CHECK(nock_type_list_size(type) == 3 && nock_type_list_size(other) == 0);
  CHECK(nock_type_field(type, 0) == item && nock_type_num_fields(type) == 1);
  CHECK(!nock_type_equals(type, other));
  check_text(type, "fixed_size_list<item: bool not null>[3]");
  check_format(type, "+w:3");
  nock_type_unref(type);
  nock_type_unref(other);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_fixed_size_list(item, -1, &type, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_fixed_size_list(NULL, 1, &type, ERR));
  CHECK_MESSAGE("item");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_fixed_size_list(item, 1, NULL, ERR));
  CHECK_MESSAGE("out");
  nock_field_unref(item);
}

static void structs_have_fields(void) {
  nock_field_t *a = field_of("a", nock_type_int32(), 0);
  nock_field_t *b = field_of("", nock_type_utf8(), NOCK_FIELD_NOT_NULL);
  const nock_field_t *const fields[] = {a, b, a, NULL};
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_new_struct(fields, 3, &type, ERR));
  CHECK(nock_type_id(type) == NOCK_TYPE_STRUCT && nock_type_num_fields(type) == 3);
  CHECK(nock_type_field(type, 0) == a && nock_type_field(type, 1) == b && nock_type_field(type, 2) == a);
  CHECK(nock_type_field(type, 3) == NULL && nock_type_field(type, SIZE_MAX) == NULL);
  check_text(type, "struct<a: int32, : string not null, a: int32>");
  check_format(type, "+s");
  nock_type_t *shorter = NULL;
  CHECK_OK(nock_type_new_struct(fields, 2, &shorter, ERR));
  CHECK(!nock_type_equals(type, shorter) && !nock_type_equals(shorter, type));
  nock_type_unref(shorter);
  nock_type_unref(type);
  CHECK_OK(nock_type_new_struct(NULL, 0, &type, ERR));
  CHECK(nock_type_num_fields(type) == 0);
  check_text(type, "struct<>");
  nock_type_unref(type);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_struct(fields, 4, &type, ERR));
  CHECK_MESSAGE("field 3");
  CHECK(type == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_struct(NULL, 1, &type, ERR));
  CHECK_MESSAGE("fields");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_struct(fields, 1, NULL, ERR));
  CHECK_MESSAGE("out");
  nock_field_unref(a);
  nock_field_unref(b);
}

typedef nock_status_t new_union(const nock_field_t *const *fields, const int8_t *type_ids, size_t num_fields,
                                nock_type_t **out, nock_error_t **error);

static void unions_have_ids(void) {
  static const struct {
    new_union *make;
    nock_type_id_t id;
    const char *text;
    const char *format;
  } kinds[] = {
      {nock_type_new_sparse_union, NOCK_TYPE_SPARSE_UNION, "sparse_union<a: int32=5, b: string not null=0>", "+us:5,0"},
      {nock_type_new_dense_union, NOCK_TYPE_DENSE_UNION, "dense_union<a: int32=5, b: string not null=0>", "+ud:5,0"},
  };
  nock_field_t *a = field_of("a", nock_type_int32(), 0);
  nock_field_t *b = field_of("b", nock_type_utf8(), NOCK_FIELD_NOT_NULL);
  const nock_field_t *fields[129];
  for (int i = 0; i < 129; i++) {
    fields[i] = i % 2 == 0 ? a : b;
  }
  const int8_t ids[] = {5, 0};
  const int8_t twice[] = {7, 7};
  const int8_t negative[] = {0, -1};
  for (int i = 0; i < 2; i++) {
    nock_type_t *type = NULL;
    CHECK_OK(kinds[i].make(fields, ids, 2, &type, ERR));
    CHECK(nock_type_id(type) == kinds[i].id && nock_type_num_fields(type) == 2);
    CHECK(nock_type_field(type, 1) == b);
    CHECK_BYTES(nock_type_union_ids(type), ids, 2);
    check_text(type, kinds[i].text);
    check_format(type, kinds[i].format);
    nock_type_t *counted = NULL;
    CHECK_OK(kinds[i].make(fields, NULL, 2, &counted, ERR));
    CHECK(!nock_type_equals(type, counted));
    nock_type_unref(counted);
    nock_type_unref(type);

    CHECK_OK(kinds[i].make(fields, NULL, 128, &type, ERR));
    for (int k = 0; k < 128; k++) {
      CHECK(nock_type_union_ids(type)[k] == k);
    }
    nock_type_unref(type);
    CHECK_OK(kinds[i].make(NULL, NULL, 0, &type, ERR));
    CHECK(nock_type_num_fields(type) == 0);
    nock_type_unref(type);

    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(fields, NULL, 129, &type, ERR));
    CHECK_MESSAGE("128");
    CHECK(type == NULL);
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(fields, twice, 2, &type, ERR));
    CHECK_MESSAGE("7");
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(fields, negative, 2, &type, ERR));
    CHECK_MESSAGE("-1");
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(NULL, ids, 2, &type, ERR));
    CHECK_MESSAGE("fields");
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(fields, ids, 2, NULL, ERR));
    CHECK_MESSAGE("out");
    const nock_field_t *const hollow[] = {NULL};
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, kinds[i].make(hollow, ids, 1, &type, ERR));
    CHECK_MESSAGE("field 0");
  }
  nock_field_unref(a);
  nock_field_unref(b);
}

static void maps_have_keys(void) {
  nock_field_t *key = field_of("key", nock_type_utf8(), NOCK_FIELD_NOT_NULL);
  nock_field_t *open_key = field_of("key", nock_type_utf8(), 0);
  nock_field_t *item = field_of("value", nock_type_int32(), 0);
  nock_type_t *type = NULL;
  nock_type_t *sorted = NULL;
  CHECK_OK(nock_type_new_map(key, item, 0, &type, ERR));
  CHECK_OK(nock_type_new_map(key, item, NOCK_TYPE_MAP_KEYS_SORTED, &sorted, ERR));
  CHECK(nock_type_id(type) == NOCK_TYPE_MAP);
  CHECK(!nock_type_has_sorted_keys(type) && nock_type_has_sorted_keys(sorted));
  CHECK(!nock_type_equals(type, sorted));
  CHECK(nock_type_num_fields(type) == 1);
  const nock_field_t *entries = nock_type_field(type, 0);
  CHECK_TEXT(nock_field_name(entries).data, "entries");
  CHECK(!nock_field_is_nullable(entries));
  CHECK(nock_type_field(nock_field_type(entries), 0) == key && nock_type_field(nock_field_type(entries), 1) == item);
  check_text(type, "map<string, int32>");
  check_text(sorted, "map<string, int32, keys_sorted>");
  check_format(type, "+m");

  nock_type_t *same = NULL;
  CHECK_OK(nock_type_new_map_from_entries(entries, 0, &same, ERR));
  CHECK(nock_type_field(same, 0) == entries);
  CHECK(nock_type_equals_with_metadata(type, same));
  nock_type_unref(same);
  nock_field_t *named = field_of("other name", nock_field_type(entries), NOCK_FIELD_NOT_NULL);
  CHECK_OK(nock_type_new_map_from_entries(named, NOCK_TYPE_MAP_KEYS_SORTED, &same, ERR));
  CHECK(nock_type_equals(sorted, same));
  nock_type_unref(same);
  nock_field_unref(named);

  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map(open_key, item, 0, &same, ERR));
  CHECK_MESSAGE("keys");
  CHECK(same == NULL);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_type_new_map(key, item, NOCK_TYPE_DICTIONARY_ORDERED, &same, ERR));
  CHECK_MESSAGE("flags");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map(NULL, item, 0, &same, ERR));
  CHECK_MESSAGE("key");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map(key, NULL, 0, &same, ERR));
  CHECK_MESSAGE("item");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map(key, item, 0, NULL, ERR));
  CHECK_MESSAGE("out");

  nock_field_t *open_entries = field_of("entries", nock_field_type(entries), 0);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map_from_entries(open_entries, 0, &same, ERR));
  CHECK_MESSAGE("entries");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map_from_entries(key, 0, &same, ERR));
  CHECK_MESSAGE("struct");
  nock_field_unref(open_entries);
  const nock_field_t *const three[] = {key, item, item};
  nock_type_t *wide = NULL;
  CHECK_OK(nock_type_new_struct(three, 3, &wide, ERR));
  nock_field_t *wide_entries = field_of("entries", wide, NOCK_FIELD_NOT_NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map_from_entries(wide_entries, 0, &same, ERR));
  CHECK_MESSAGE("3");
  nock_field_unref(wide_entries);
  nock_type_unref(wide);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_type_new_map_from_entries(entries, 2, &same, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map_from_entries(NULL, 0, &same, ERR));
  CHECK_MESSAGE("entries");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_map_from_entries(entries, 0, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK(same == NULL);
  nock_type_unref(type);
  nock_type_unref(sorted);
  nock_field_unref(key);
  nock_field_unref(open_key);
  nock_field_unref(item);
}

static void dictionaries_have_indices(void) {
  const nock_type_t *(*const integers[])(void) = {nock_type_int8,  nock_type_int16,  nock_type_int32,  nock_type_int64,
                                                  nock_type_uint8, nock_type_uint16, nock_type_uint32, nock_type_uint64};
  nock_type_t *type = NULL;
  for (int i = 0; i < 8; i++) {
    CHECK_OK(nock_type_new_dictionary(integers[i](), nock_type_utf8(), 0, &type, ERR));
    CHECK(nock_type_id(type) == NOCK_TYPE_DICTIONARY);
    CHECK(nock_type_dictionary_index(type) == integers[i]());
    CHECK(nock_type_dictionary_value(type) == nock_type_utf8());
    CHECK(nock_type_bit_width(type) == nock_type_bit_width(integers[i]()));
    CHECK(nock_type_num_fields(type) == 0);
    CHECK(!nock_type_is_ordered(type));
    const char *format = NULL;
    CHECK_OK(nock_type_to_format(integers[i](), &format, ERR));
    check_format(type, format);
    nock_type_unref(type);
  }
  nock_type_t *ordered = NULL;
  CHECK_OK(nock_type_new_dictionary(nock_type_int8(), nock_type_utf8(), 0, &type, ERR));
  CHECK_OK(nock_type_new_dictionary(nock_type_int8(), nock_type_utf8(), NOCK_TYPE_DICTIONARY_ORDERED, &ordered, ERR));
  CHECK(nock_type_is_ordered(ordered) && !nock_type_equals(type, ordered));
  check_text(type, "dictionary<values=string, indices=int8, ordered=0>");
  check_text(ordered, "dictionary<values=string, indices=int8, ordered=1>");
  nock_type_t *nested = NULL;
  CHECK_OK(nock_type_new_dictionary(nock_type_uint16(), type, 0, &nested, ERR));
  check_text(nested, "dictionary<values=dictionary<values=string, indices=int8, ordered=0>, indices=uint16, ordered=0>");
  nock_type_unref(nested);
  nock_type_unref(ordered);
  nock_type_unref(type);

  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_dictionary(nock_type_float32(), nock_type_utf8(), 0, &type, ERR));
  CHECK_MESSAGE("integers");
  CHECK(type == NULL);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED,
               nock_type_new_dictionary(nock_type_int8(), nock_type_utf8(), NOCK_TYPE_MAP_KEYS_SORTED, &type, ERR));
  CHECK_MESSAGE("flags");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_dictionary(NULL, nock_type_utf8(), 0, &type, ERR));
  CHECK_MESSAGE("index");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_dictionary(nock_type_int8(), NULL, 0, &type, ERR));
  CHECK_MESSAGE("value");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_dictionary(nock_type_int8(), nock_type_utf8(), 0, NULL, ERR));
  CHECK_MESSAGE("out");
}

static void runs_have_ends(void) {
  const nock_type_t *(*const ends[])(void) = {nock_type_int16, nock_type_int32, nock_type_int64};
  nock_field_t *values = field_of("values", nock_type_utf8(), NOCK_FIELD_NOT_NULL);
  nock_type_t *type = NULL;
  for (int i = 0; i < 3; i++) {
    nock_field_t *run_ends = field_of("run_ends", ends[i](), NOCK_FIELD_NOT_NULL);
    CHECK_OK(nock_type_new_run_end_encoded(run_ends, values, &type, ERR));
    CHECK(nock_type_id(type) == NOCK_TYPE_RUN_END_ENCODED && nock_type_num_fields(type) == 2);
    CHECK(nock_type_field(type, 0) == run_ends && nock_type_field(type, 1) == values);
    CHECK(nock_type_field(type, 2) == NULL);
    check_format(type, "+r");
    nock_field_unref(run_ends);
    if (i == 1) {
      check_text(type, "run_end_encoded<run_ends: int32, values: string not null>");
    }
    nock_type_unref(type);
  }
  nock_field_t *good = field_of("run_ends", nock_type_int32(), NOCK_FIELD_NOT_NULL);
  nock_field_t *narrow = field_of("run_ends", nock_type_int8(), NOCK_FIELD_NOT_NULL);
  nock_field_t *nullable = field_of("run_ends", nock_type_int32(), 0);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_run_end_encoded(narrow, values, &type, ERR));
  CHECK_MESSAGE("run ends");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_run_end_encoded(nullable, values, &type, ERR));
  CHECK_MESSAGE("nullable");
  CHECK(type == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_run_end_encoded(NULL, values, &type, ERR));
  CHECK_MESSAGE("run_ends");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_run_end_encoded(good, NULL, &type, ERR));
  CHECK_MESSAGE("values");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_new_run_end_encoded(good, values, NULL, ERR));
  CHECK_MESSAGE("out");
  nock_field_unref(values);
  nock_field_unref(good);
  nock_field_unref(narrow);
  nock_field_unref(nullable);
}

/* ---- format strings ---- */

static void format_strings_are_checked(void) {
  static const char *const good[] = {"tts", "ttm", "ttu", "ttn", "tDs", "tDn", "tss:", "tsn:UTC", "w:0", "d:1,0", "d:76,-76,256"};
  static const char *const bad[] = {"",     "x",      "ii",    " i",     "ts",    "tsx:",   "tsu",   "w:",   "w:-1", "w:+1",
                                    "w: 1", "w:9999999999", "d:",   "d:1",   "d:0,0",  "d:39,0", "d:1,1,16", "d:1,1,128,1", "td",
                                    "ti",   "tt",     "tD",    "v",      "zz",    "d:1,99999999999"};
  static const char *const nested[] = {"+l", "+L", "+vl", "+vL", "+w:3", "+s", "+m", "+us:0,1", "+ud:", "+r", "+?"};
  nock_type_t *type = NULL;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    type = from_format(good[i]);
    check_format(type, good[i]);
    nock_type_unref(type);
  }
  type = from_format("d:10,2,128");
  check_format(type, "d:10,2");
  nock_type_unref(type);
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_from_format(bad[i], &type, ERR));
    CHECK(type == NULL);
  }
  for (size_t i = 0; i < sizeof nested / sizeof nested[0]; i++) {
    CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_type_from_format(nested[i], &type, ERR));
    CHECK_MESSAGE(nested[i]);
    CHECK(type == NULL);
  }
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_from_format("\xff", &type, ERR));
  CHECK_MESSAGE("UTF-8");
}

/* ---- metadata below ---- */

static void metadata_below_counts_on_request(void) {
  const nock_str_t keys[] = {{"k", 1}};
  nock_metadata_t *metadata = NULL;
  CHECK_OK(nock_metadata_new(keys, keys, 1, &metadata, ERR));
  nock_field_t *plain = field_of("a", nock_type_int32(), 0);
  nock_field_t *noted = NULL;
  CHECK_OK(nock_field_new("a", nock_type_int32(), 0, metadata, &noted, ERR));
  const nock_field_t *const plain_fields[] = {plain};
  const nock_field_t *const noted_fields[] = {noted};
  nock_type_t *a = NULL;
  nock_type_t *b = NULL;
  CHECK_OK(nock_type_new_struct(plain_fields, 1, &a, ERR));
  CHECK_OK(nock_type_new_struct(noted_fields, 1, &b, ERR));
  CHECK(nock_type_equals(a, b) && !nock_type_equals_with_metadata(a, b));
  nock_type_unref(a);
  nock_type_unref(b);
  nock_field_unref(plain);
  nock_field_unref(noted);
  nock_metadata_unref(metadata);
}

/* ---- limits ---- */

enum { MAX_LEVELS = 64 };

static nock_type_t *nested(int levels) {
  nock_type_t *type = nock_type_ref(nock_type_int32());
  for (int level = 1; level < levels; level++) {
    nock_field_t *item = field_of("item", type, 0);
    nock_type_unref(type);
    CHECK_OK(nock_type_new_list(item, &type, ERR));
    nock_field_unref(item);
  }
  return type;
}

static void *use_the_deepest(void *data) {
  nock_type_t *a = nested(MAX_LEVELS);
  nock_type_t *b = nested(MAX_LEVELS);
  const char *text = NULL;
  CHECK(nock_type_equals_with_metadata(a, b));
  CHECK_OK(nock_type_to_text(a, &text, ERR));
  CHECK(strncmp(text, "list<item: list<item: ", 22) == 0);
  nock_type_unref(a);
  nock_type_unref(b);
  return data;
}

static void the_deepest_type_fits_a_small_stack(void) {
  pthread_attr_t attributes;
  CHECK(pthread_attr_init(&attributes) == 0);
  CHECK(pthread_attr_setstacksize(&attributes, (size_t)64 << 10) == 0);
  pthread_t thread;
  CHECK(pthread_create(&thread, &attributes, use_the_deepest, NULL) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(pthread_attr_destroy(&attributes) == 0);
}

static void depth_is_limited_everywhere(void) {
  nock_type_t *deepest = nested(MAX_LEVELS);
  nock_field_t *field = field_of("x", deepest, 0);
  nock_field_t *key = field_of("key", deepest, NOCK_FIELD_NOT_NULL);
  nock_field_t *run_ends = field_of("run_ends", nock_type_int32(), NOCK_FIELD_NOT_NULL);
  const nock_field_t *const fields[] = {field};
  nock_type_t *type = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_list(field, &type, ERR));
  CHECK_MESSAGE("64");
  CHECK(type == NULL);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_large_list(field, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_list_view(field, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_large_list_view(field, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_fixed_size_list(field, 1, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_struct(fields, 1, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_sparse_union(fields, NULL, 1, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_dense_union(fields, NULL, 1, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_map(key, field, 0, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_dictionary(nock_type_int8(), deepest, 0, &type, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_run_end_encoded(run_ends, field, &type, ERR));
  CHECK(type == NULL);
  nock_field_unref(field);
  nock_field_unref(key);
  nock_field_unref(run_ends);
  nock_type_unref(deepest);

  nock_type_t *below = nested(MAX_LEVELS - 1);
  key = field_of("key", below, NOCK_FIELD_NOT_NULL);
  const nock_field_t *const pair[] = {key, key};
  nock_type_t *entries_type = NULL;
  CHECK_OK(nock_type_new_struct(pair, 2, &entries_type, ERR));
  nock_field_t *entries = field_of("entries", entries_type, NOCK_FIELD_NOT_NULL);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_type_new_map_from_entries(entries, 0, &type, ERR));
  nock_field_unref(entries);
  nock_type_unref(entries_type);
  nock_field_unref(key);
  nock_type_unref(below);
}

static void sharing_does_not_hide_the_size(void) {
  nock_type_t *type = nock_type_ref(nock_type_int8());
  nock_status_t status = NOCK_OK;
  int levels = 0;
  while (status == NOCK_OK) {
    nock_field_t *field = field_of("x", type, 0);
    const nock_field_t *const twice[] = {field, field};
    nock_type_unref(type);
    status = nock_type_new_struct(twice, 2, &type, ERR);
    nock_field_unref(field);
    levels++;
  }
  CHECK_STATUS(NOCK_ERR_LIMIT, status);
  CHECK(levels == 24);
  CHECK(type == NULL);
}

/* ---- ownership, threads, misuse ---- */

static void references_are_counted(void) {
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_new_decimal128(38, 5, &type, ERR));
  nock_type_t *other = nock_type_ref(type);
  CHECK(other == type);
  nock_type_unref(type);
  CHECK(nock_type_precision(other) == 38);
  nock_type_unref(other);
  for (int i = 0; i < 3; i++) {
    nock_type_t *same = nock_type_ref(nock_type_int32());
    CHECK(same == nock_type_int32());
    nock_type_unref(same);
  }
}

static void *use(void *data) {
  const nock_type_t *type = data;
  for (int i = 0; i < 1000; i++) {
    nock_type_t *mine = nock_type_ref(type);
    const char *text = NULL;
    if (nock_type_to_text(mine, &text, NULL) == NOCK_OK && strcmp(text, "timestamp[s, tz=UTC]") != 0) {
      return data;
    }
    if (nock_type_to_format(mine, &text, NULL) == NOCK_OK && strcmp(text, "tss:UTC") != 0) {
      return data;
    }
    nock_type_unref(mine);
  }
  return NULL;
}

static void threads_may_share_one(void) {
  nock_type_t *type = from_format("tss:UTC");
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_create(&threads[i], NULL, use, type) == 0);
  }
  for (int i = 0; i < 4; i++) {
    void *wrong = NULL;
    CHECK(pthread_join(threads[i], &wrong) == 0);
    CHECK(wrong == NULL);
  }
  nock_type_unref(type);
}

static void null_is_answered(void) {
  const nock_type_t *type = nock_type_int32();
  nock_type_t *out = nock_type_ref(type);
  nock_type_unref(out);
  const char *text = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_from_format(NULL, &out, ERR));
  CHECK_MESSAGE("format");
  CHECK(out == NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_from_format("i", NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_to_format(NULL, &text, ERR));
  CHECK_MESSAGE("data_type");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_to_format(type, NULL, ERR));
  CHECK_MESSAGE("out_text");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_to_text(NULL, &text, ERR));
  CHECK_MESSAGE("data_type");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_type_to_text(type, NULL, NULL));
  CHECK(text == NULL);
  CHECK(nock_type_id(NULL) == NOCK_TYPE_NONE);
  CHECK(nock_type_bit_width(NULL) == 0 && nock_type_byte_width(NULL) == 0);
  check_no_parameters(NULL);
  CHECK(!nock_type_equals(NULL, type) && !nock_type_equals(type, NULL) && !nock_type_equals(NULL, NULL));
  CHECK(!nock_type_equals_with_metadata(NULL, type) && !nock_type_equals_with_metadata(type, NULL));
  CHECK(nock_type_ref(NULL) == NULL);
  nock_type_unref(NULL);
}

int main(void) {
  RUN(types_without_parameters_exist_once);
  RUN(names_and_numbers_agree);
  RUN(numbers_with_parameters_are_no_simple_types);
  RUN(decimals_keep_their_digits);
  RUN(times_keep_their_unit);
  RUN(units_must_fit);
  RUN(time_zones_are_kept_as_they_are);
  RUN(fixed_sizes_are_kept);
  RUN(lists_have_an_item);
  RUN(fixed_size_lists_have_a_size);
  RUN(structs_have_fields);
  RUN(unions_have_ids);
  RUN(maps_have_keys);
  RUN(dictionaries_have_indices);
  RUN(runs_have_ends);
  RUN(format_strings_are_checked);
  RUN(metadata_below_counts_on_request);
  RUN(the_deepest_type_fits_a_small_stack);
  RUN(depth_is_limited_everywhere);
  RUN(sharing_does_not_hide_the_size);
  RUN(references_are_counted);
  RUN(threads_may_share_one);
  RUN(null_is_answered);
  return harness_done();
}
