/* Types, as tables: what each constructor makes of its arguments, and what it refuses. */
#include "harness.h"

/* ---- fields that the rows name by number; 0 is no field ---- */

enum { NONE, A, B, UNNAMED, ITEM, ELEMENT, FLAG, KEY, OPEN_KEY, VALUE, VALUES, ENDS8, ENDS16, ENDS32, ENDS64, OPEN_ENDS, NUM_PLAIN };
/* Made of structs of the fields above. */
enum { ENTRIES = NUM_PLAIN, OTHER_ENTRIES, OPEN_ENTRIES, OPEN_KEY_ENTRIES, WIDE_ENTRIES, NUM_FIELDS };

static nock_field_t *fields[NUM_FIELDS];

static void make_fields(void) {
  static const struct {
    const char *name;
    const nock_type_t *(*type)(void);
    uint32_t flags;
  } plain[NUM_PLAIN] = {
      [A] = {"a", nock_type_int32, 0},
      [B] = {"b", nock_type_utf8, NOCK_FIELD_NOT_NULL},
      [UNNAMED] = {"", nock_type_utf8, NOCK_FIELD_NOT_NULL},
      [ITEM] = {"item", nock_type_int32, 0},
      [ELEMENT] = {"element", nock_type_int32, 0},
      [FLAG] = {"item", nock_type_boolean, NOCK_FIELD_NOT_NULL},
      [KEY] = {"key", nock_type_utf8, NOCK_FIELD_NOT_NULL},
      [OPEN_KEY] = {"key", nock_type_utf8, 0},
      [VALUE] = {"value", nock_type_int32, 0},
      [VALUES] = {"values", nock_type_utf8, NOCK_FIELD_NOT_NULL},
      [ENDS8] = {"run_ends", nock_type_int8, NOCK_FIELD_NOT_NULL},
      [ENDS16] = {"run_ends", nock_type_int16, NOCK_FIELD_NOT_NULL},
      [ENDS32] = {"run_ends", nock_type_int32, NOCK_FIELD_NOT_NULL},
      [ENDS64] = {"run_ends", nock_type_int64, NOCK_FIELD_NOT_NULL},
      [OPEN_ENDS] = {"run_ends", nock_type_int32, 0},
  };
  static const struct {
    const char *name;
    int parts[3];
    size_t num_parts;
    uint32_t flags;
  } made[NUM_FIELDS] = {
      [ENTRIES] = {"entries", {KEY, VALUE}, 2, NOCK_FIELD_NOT_NULL},
      [OTHER_ENTRIES] = {"other name", {KEY, VALUE}, 2, NOCK_FIELD_NOT_NULL},
      [OPEN_ENTRIES] = {"entries", {KEY, VALUE}, 2, 0},
      [OPEN_KEY_ENTRIES] = {"entries", {OPEN_KEY, VALUE}, 2, NOCK_FIELD_NOT_NULL},
      [WIDE_ENTRIES] = {"entries", {KEY, VALUE, VALUE}, 3, NOCK_FIELD_NOT_NULL},
  };
  for (int i = 1; i < NUM_PLAIN; i++) {
    CHECK_OK(nock_field_new(plain[i].name, plain[i].type(), plain[i].flags, NULL, &fields[i], ERR));
  }
  for (int i = NUM_PLAIN; i < NUM_FIELDS; i++) {
    const nock_field_t *parts[3];
    for (size_t k = 0; k < made[i].num_parts; k++) {
      parts[k] = fields[made[i].parts[k]];
    }
    nock_type_t *type = NULL;
    CHECK_OK(nock_type_new_struct(parts, made[i].num_parts, &type, ERR));
    CHECK_OK(nock_field_new(made[i].name, type, made[i].flags, NULL, &fields[i], ERR));
    nock_type_unref(type);
  }
}

static void release_fields(void) {
  for (int i = 0; i < NUM_FIELDS; i++) {
    nock_field_unref(fields[i]);
  }
}

/* ---- every constructor, called in one way ---- */

/* The arguments of a constructor: each takes those that it has. */
typedef struct {
  int fields[4];
  size_t num_fields;
  const int8_t *ids;
  int32_t number, scale;
  const char *zone;
  const nock_type_t *(*index)(void);
  const nock_type_t *(*value)(void);
  uint32_t flags;
  uint8_t no_list; /* NULL instead of the list of fields */
} arguments;

typedef nock_status_t constructor(const arguments *given, nock_type_t **out, nock_error_t **error);

/* The list of fields; the memory is the caller's. */
static const nock_field_t *const *list_of(const arguments *given, const nock_field_t *list[4]) {
  for (size_t i = 0; i < 4; i++) {
    list[i] = fields[given->fields[i]];
  }
  return given->no_list ? NULL : list;
}

#define CONSTRUCTOR(name, function, ...)                                                       \
  static nock_status_t name(const arguments *given, nock_type_t **out, nock_error_t **error) { \
    const nock_field_t *list[4];                                                               \
    const nock_field_t *const *all = list_of(given, list);                                     \
    (void)all;                                                                                 \
    return function(__VA_ARGS__, out, error);                                                  \
  }
#define INDEX(find) ((find) == NULL ? NULL : (find)())

CONSTRUCTOR(make_decimal32, nock_type_new_decimal32, given->number, given->scale)
CONSTRUCTOR(make_decimal64, nock_type_new_decimal64, given->number, given->scale)
CONSTRUCTOR(make_decimal128, nock_type_new_decimal128, given->number, given->scale)
CONSTRUCTOR(make_decimal256, nock_type_new_decimal256, given->number, given->scale)
CONSTRUCTOR(make_time32, nock_type_new_time32, given->number)
CONSTRUCTOR(make_time64, nock_type_new_time64, given->number)
CONSTRUCTOR(make_duration, nock_type_new_duration, given->number)
CONSTRUCTOR(make_timestamp, nock_type_new_timestamp, given->number, given->zone)
CONSTRUCTOR(make_fixed_size_binary, nock_type_new_fixed_size_binary, given->number)
CONSTRUCTOR(make_list, nock_type_new_list, list[0])
CONSTRUCTOR(make_large_list, nock_type_new_large_list, list[0])
CONSTRUCTOR(make_list_view, nock_type_new_list_view, list[0])
CONSTRUCTOR(make_large_list_view, nock_type_new_large_list_view, list[0])
CONSTRUCTOR(make_fixed_size_list, nock_type_new_fixed_size_list, list[0], given->number)
CONSTRUCTOR(make_struct, nock_type_new_struct, all, given->num_fields)
CONSTRUCTOR(make_sparse_union, nock_type_new_sparse_union, all, given->ids, given->num_fields)
CONSTRUCTOR(make_dense_union, nock_type_new_dense_union, all, given->ids, given->num_fields)
CONSTRUCTOR(make_map, nock_type_new_map, list[0], list[1], given->flags)
CONSTRUCTOR(make_map_from_entries, nock_type_new_map_from_entries, list[0], given->flags)
CONSTRUCTOR(make_dictionary, nock_type_new_dictionary, INDEX(given->index), INDEX(given->value), given->flags)
CONSTRUCTOR(make_run_end_encoded, nock_type_new_run_end_encoded, list[0], list[1])

static const nock_type_t *dictionary_in_dictionary; /* made before the rows that have it as their values */
static const nock_type_t *small_dictionary(void) { return dictionary_in_dictionary; }

#include "type_rows.h"

/* ---- what the rows say ---- */

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

/* Every getter gives what the row says, and nothing for parameters that the type has not. */
static void check_parameters(const nock_type_t *type, const made_row *row) {
  CHECK(nock_type_id(type) == row->id);
  CHECK(nock_type_bit_width(type) == row->bits && nock_type_byte_width(type) == row->bits / 8);
  CHECK(nock_type_precision(type) == row->precision && nock_type_scale(type) == row->scale);
  CHECK(nock_type_unit(type) == row->unit);
  const char *zone = nock_type_timezone(type);
  CHECK(row->zone == NULL ? zone == NULL : zone != NULL && strcmp(zone, row->zone) == 0);
  CHECK(nock_type_list_size(type) == row->list_size);
  CHECK(nock_type_num_fields(type) == row->num_children);
  for (size_t i = 0; i < row->num_children; i++) {
    /* A map makes the field of its entries itself, unless it is given one. */
    CHECK(row->makes_entries ? nock_type_field(type, i) != NULL : nock_type_field(type, i) == fields[row->given.fields[i]]);
  }
  CHECK(nock_type_field(type, row->num_children) == NULL && nock_type_field(type, SIZE_MAX) == NULL);
  const int8_t *ids = nock_type_union_ids(type);
  CHECK(row->ids == NULL ? ids == NULL : ids != NULL && memcmp(ids, row->ids, row->num_children) == 0);
  CHECK(nock_type_has_sorted_keys(type) == row->sorted && nock_type_is_ordered(type) == row->ordered);
  CHECK(nock_type_dictionary_index(type) == INDEX(row->given.index));
  CHECK(nock_type_dictionary_value(type) == INDEX(row->given.value));
}

static nock_type_t *type_of(const made_row *row) {
  nock_type_t *type = NULL;
  CHECK_OK(row->make(&row->given, &type, ERR));
  CHECK(type != NULL);
  return type;
}

static void types_are_what_they_were_made_of(void) {
  for (size_t i = 0; NEXT_ROW(i, made); i++) {
    nock_type_t *type = type_of(&made[i]);
    check_parameters(type, &made[i]);
    check_text(type, made[i].text);
    check_format(type, made[i].format);
    nock_type_unref(type);
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, made[i].make(&made[i].given, NULL, ERR));
    CHECK_MESSAGE("out");
  }
}

static void equality_is_by_kind_and_parameters(void) {
  for (size_t i = 0; NEXT_ROW(i, made); i++) {
    nock_type_t *type = type_of(&made[i]);
    for (size_t k = 0; k < harness_times(ROWS(made), 3); k++) {
      const char *mine = made[i].equals != NULL ? made[i].equals : made[i].name;
      const char *others = made[k].equals != NULL ? made[k].equals : made[k].name;
      nock_type_t *other = type_of(&made[k]);
      CHECK(nock_type_equals(type, other) == (strcmp(mine, others) == 0));
      CHECK(nock_type_equals_with_metadata(type, other) == (strcmp(mine, others) == 0));
      nock_type_unref(other);
    }
    nock_type_unref(type);
  }
}

static void format_strings_make_the_same_types(void) {
  for (size_t i = 0; NEXT_ROW(i, made); i++) {
    if (made[i].format[0] == '+' || made[i].id == NOCK_TYPE_DICTIONARY) {
      continue;
    }
    nock_type_t *type = type_of(&made[i]);
    nock_type_t *same = NULL;
    CHECK_OK(nock_type_from_format(made[i].format, &same, ERR));
    CHECK(nock_type_equals_with_metadata(type, same));
    nock_type_unref(same);
    nock_type_unref(type);
  }
}

static void wrong_arguments_are_refused(void) {
  for (size_t i = 0; NEXT_ROW(i, refused); i++) {
    /* The slot is emptied, whatever it held. */
    nock_type_t *type = (nock_type_t *)nock_type_int8();
    CHECK_STATUS(refused[i].status, refused[i].make(&refused[i].given, &type, ERR));
    CHECK_MESSAGE(refused[i].word);
    CHECK(type == NULL);
    CHECK_STATUS(refused[i].status, refused[i].make(&refused[i].given, &type, NULL));
  }
}

/* ---- types without parameters ---- */

static void types_without_parameters_exist_once(void) {
  for (size_t i = 0; NEXT_ROW(i, simple); i++) {
    const nock_type_t *type = simple[i].find();
    CHECK(type != NULL && type == simple[i].find() && nock_type_simple(simple[i].id) == type);
    const made_row row = {.id = simple[i].id, .bits = simple[i].bits};
    check_parameters(type, &row);
    check_text(type, simple[i].name);
    check_format(type, simple[i].format);
    nock_type_t *same = NULL;
    CHECK_OK(nock_type_from_format(simple[i].format, &same, ERR));
    CHECK(same == type);
    nock_type_unref(same);
    for (size_t k = 0; k < ROWS(simple); k++) {
      CHECK(nock_type_equals(type, simple[k].find()) == (i == k));
      CHECK(nock_type_equals_with_metadata(type, simple[k].find()) == (i == k));
    }
  }
}

static void numbers_with_parameters_are_no_simple_types(void) {
  size_t found = 0;
  for (nock_type_id_t id = -2; id < 100; id++) {
    const nock_type_t *type = nock_type_simple(id);
    CHECK(type == NULL || nock_type_id(type) == id);
    found += type != NULL;
  }
  CHECK(found == ROWS(simple));
  CHECK(nock_type_simple(INT32_MAX) == NULL && nock_type_simple(INT32_MIN) == NULL);
}

/* ---- ranges of numbers ---- */

static void decimals_keep_their_digits(void) {
  for (size_t i = 0; NEXT_ROW(i, decimals); i++) {
    nock_type_t *type = NULL;
    for (int32_t precision = 1; precision <= decimals[i].most; precision++) {
      const int32_t scales[] = {0, 2, -3, INT32_MAX, INT32_MIN};
      for (int k = 0; k < 5; k++) {
        const arguments given = {.number = precision, .scale = scales[k]};
        CHECK_OK(decimals[i].make(&given, &type, ERR));
        const made_row row = {.id = decimals[i].id, .bits = decimals[i].bits, .precision = precision, .scale = scales[k]};
        check_parameters(type, &row);
        nock_type_unref(type);
      }
    }
    const int32_t bad[] = {0, -1, decimals[i].most + 1, 256 + decimals[i].most, INT32_MAX, INT32_MIN};
    for (int k = 0; k < 6; k++) {
      const arguments given = {.number = bad[k]};
      CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, decimals[i].make(&given, &type, ERR));
      CHECK_MESSAGE("precision");
      CHECK(type == NULL);
    }
  }
}

static void units_must_fit(void) {
  static const char *const units[] = {"", "s", "ms", "us", "ns"};
  for (size_t i = 0; NEXT_ROW(i, times); i++) {
    for (nock_time_unit_t unit = -1; unit <= 6; unit++) {
      const arguments given = {.number = unit};
      nock_type_t *type = NULL;
      if (unit < times[i].first || unit > times[i].last) {
        CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, times[i].make(&given, &type, ERR));
        CHECK(type == NULL);
        continue;
      }
      CHECK_OK(times[i].make(&given, &type, ERR));
      const made_row row = {.id = times[i].id, .bits = times[i].bits, .unit = unit};
      check_parameters(type, &row);
      char text[32];
      snprintf(text, sizeof text, "%s[%s]", times[i].name, units[unit]);
      check_text(type, text);
      snprintf(text, sizeof text, "%s%c%s", times[i].format, units[unit][0], times[i].suffix);
      check_format(type, text);
      nock_type_unref(type);
    }
  }
}

static void unions_have_at_most_128_fields(void) {
  const nock_field_t *many[129];
  for (int i = 0; i < 129; i++) {
    many[i] = fields[i % 2 == 0 ? A : B];
  }
  for (size_t i = 0; NEXT_ROW(i, unions); i++) {
    nock_type_t *type = NULL;
    CHECK_OK(unions[i].make(many, NULL, 128, &type, ERR));
    for (int k = 0; k < 128; k++) {
      CHECK(nock_type_union_ids(type)[k] == k);
    }
    nock_type_unref(type);
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, unions[i].make(many, NULL, 129, &type, ERR));
    CHECK_MESSAGE("128");
    CHECK(type == NULL);
  }
}

static void maps_make_their_entries(void) {
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_new_map(fields[KEY], fields[VALUE], 0, &type, ERR));
  const nock_field_t *entries = nock_type_field(type, 0);
  CHECK_TEXT(nock_field_name(entries).data, "entries");
  CHECK(!nock_field_is_nullable(entries));
  CHECK(nock_type_field(nock_field_type(entries), 0) == fields[KEY]);
  CHECK(nock_type_field(nock_field_type(entries), 1) == fields[VALUE]);
  nock_type_unref(type);
}

/* ---- format strings ---- */

static void format_strings_are_checked(void) {
  for (size_t i = 0; NEXT_ROW(i, formats); i++) {
    nock_type_t *type = NULL;
    CHECK_STATUS(formats[i].status, nock_type_from_format(formats[i].name, &type, ERR));
    if (formats[i].status == NOCK_OK) {
      check_format(type, formats[i].shown != NULL ? formats[i].shown : formats[i].name);
      nock_type_unref(type);
    } else {
      CHECK(type == NULL);
      CHECK_MESSAGE(formats[i].word != NULL ? formats[i].word : formats[i].name);
    }
  }
}

int main(void) {
  RUN(make_fields);
  nock_type_t *small = NULL;
  CHECK_OK(nock_type_new_dictionary(nock_type_int8(), nock_type_utf8(), 0, &small, ERR));
  dictionary_in_dictionary = small;
  RUN(types_are_what_they_were_made_of);
  RUN(equality_is_by_kind_and_parameters);
  RUN(format_strings_make_the_same_types);
  RUN(wrong_arguments_are_refused);
  RUN(types_without_parameters_exist_once);
  RUN(numbers_with_parameters_are_no_simple_types);
  RUN(decimals_keep_their_digits);
  RUN(units_must_fit);
  RUN(unions_have_at_most_128_fields);
  RUN(maps_make_their_entries);
  RUN(format_strings_are_checked);
  nock_type_unref(small);
  release_fields();
  return harness_done();
}
