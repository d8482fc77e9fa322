/*
 * The rows of test_type.c. A row says in `given` what a constructor is called with, and in the other members what the type says
 * of itself; a member that is not named is 0, which is what a type without that parameter says.
 */
#ifndef NOCK_TYPE_ROWS_H
#define NOCK_TYPE_ROWS_H

typedef struct {
  const char *name;
  constructor *make;
  arguments given;
  nock_type_id_t id;
  size_t bits;
  const char *text, *format;
  const char *equals; /* the row that it equals, where that is another one */
  int32_t precision, scale;
  nock_time_unit_t unit;
  const char *zone;
  int32_t list_size;
  size_t num_children;
  const int8_t *ids;
  uint8_t makes_entries, sorted, ordered;
} made_row;

static const int8_t ids_5_0[] = {5, 0};
static const int8_t ids_0_1[] = {0, 1};
static const int8_t ids_twice[] = {7, 7};
static const int8_t ids_negative[] = {0, -1};

#define LONG_ZONE "a name that is longer than any short string would be"
#define ZONED(zone_name)                                                                                          \
  {"timestamp " zone_name, make_timestamp, {.number = NOCK_TIME_UNIT_MICROSECOND, .zone = zone_name},             \
   .id = NOCK_TYPE_TIMESTAMP, .bits = 64, .unit = NOCK_TIME_UNIT_MICROSECOND, .zone = zone_name,                  \
   .text = "timestamp[us, tz=" zone_name "]", .format = "tsu:" zone_name}
#define FIXED(size, size_text)                                                                                    \
  {"binary of " size_text, make_fixed_size_binary, {.number = size}, .id = NOCK_TYPE_FIXED_SIZE_BINARY,           \
   .bits = (size_t)8 * size, .text = "fixed_size_binary[" size_text "]", .format = "w:" size_text}
#define LIST(kind, kind_id, kind_text, kind_format)                                                               \
  {kind_text, make_##kind, {.fields = {ITEM}}, .id = kind_id, .text = kind_text "<item: int32>", .format = kind_format, \
   .num_children = 1},                                                                                            \
  {kind_text " of element", make_##kind, {.fields = {ELEMENT}}, .id = kind_id, .text = kind_text "<element: int32>",    \
   .format = kind_format, .num_children = 1, .equals = kind_text}
#define UNION(kind, kind_id, kind_text, kind_format)                                                              \
  {kind_text, make_##kind, {.fields = {A, B}, .num_fields = 2, .ids = ids_5_0}, .id = kind_id,                    \
   .text = kind_text "<a: int32=5, b: string not null=0>", .format = kind_format "5,0", .num_children = 2, .ids = ids_5_0}, \
  {kind_text " counted", make_##kind, {.fields = {A, B}, .num_fields = 2}, .id = kind_id,                         \
   .text = kind_text "<a: int32=0, b: string not null=1>", .format = kind_format "0,1", .num_children = 2, .ids = ids_0_1}, \
  {kind_text " of nothing", make_##kind, {.no_list = 1}, .id = kind_id, .text = kind_text "<>", .format = kind_format,  \
   .ids = ids_0_1}
#define DICTIONARY(find, width, index_text, index_format)                                                         \
  {"dictionary " index_text, make_dictionary, {.index = find, .value = nock_type_utf8}, .id = NOCK_TYPE_DICTIONARY,     \
   .bits = width, .text = "dictionary<values=string, indices=" index_text ", ordered=0>", .format = index_format}
#define RUNS(ends, ends_text)                                                                                     \
  {"runs " ends_text, make_run_end_encoded, {.fields = {ends, VALUES}}, .id = NOCK_TYPE_RUN_END_ENCODED,          \
   .text = "run_end_encoded<run_ends: " ends_text ", values: string not null>", .format = "+r", .num_children = 2}

static const made_row made[] = {
    {"decimal128", make_decimal128, {.number = 10, .scale = 2}, .id = NOCK_TYPE_DECIMAL128, .bits = 128, .precision = 10,
     .scale = 2, .text = "decimal128(10, 2)", .format = "d:10,2"},
    {"decimal32", make_decimal32, {.number = 9, .scale = -3}, .id = NOCK_TYPE_DECIMAL32, .bits = 32, .precision = 9,
     .scale = -3, .text = "decimal32(9, -3)", .format = "d:9,-3,32"},
    {"decimal64", make_decimal64, {.number = 18}, .id = NOCK_TYPE_DECIMAL64, .bits = 64, .precision = 18,
     .text = "decimal64(18, 0)", .format = "d:18,0,64"},
    {"decimal256", make_decimal256, {.number = 76}, .id = NOCK_TYPE_DECIMAL256, .bits = 256, .precision = 76,
     .text = "decimal256(76, 0)", .format = "d:76,0,256"},
    ZONED("UTC"),
    ZONED("utc"),
    ZONED("Europe/Berlin"),
    ZONED("+02:00"),
    ZONED("no such place"),
    ZONED(LONG_ZONE),
    {"timestamp local", make_timestamp, {.number = NOCK_TIME_UNIT_SECOND}, .id = NOCK_TYPE_TIMESTAMP, .bits = 64,
     .unit = NOCK_TIME_UNIT_SECOND, .text = "timestamp[s]", .format = "tss:"},
    {"timestamp of an empty zone", make_timestamp, {.number = NOCK_TIME_UNIT_SECOND, .zone = ""}, .id = NOCK_TYPE_TIMESTAMP,
     .bits = 64, .unit = NOCK_TIME_UNIT_SECOND, .text = "timestamp[s]", .format = "tss:", .equals = "timestamp local"},
    FIXED(0, "0"),
    FIXED(1, "1"),
    FIXED(16, "16"),
    FIXED(2147483647, "2147483647"),
    LIST(list, NOCK_TYPE_LIST, "list", "+l"),
    LIST(large_list, NOCK_TYPE_LARGE_LIST, "large_list", "+L"),
    LIST(list_view, NOCK_TYPE_LIST_VIEW, "list_view", "+vl"),
    LIST(large_list_view, NOCK_TYPE_LARGE_LIST_VIEW, "large_list_view", "+vL"),
    {"list of 3", make_fixed_size_list, {.fields = {FLAG}, .number = 3}, .id = NOCK_TYPE_FIXED_SIZE_LIST, .list_size = 3,
     .text = "fixed_size_list<item: bool not null>[3]", .format = "+w:3", .num_children = 1},
    {"list of none", make_fixed_size_list, {.fields = {FLAG}}, .id = NOCK_TYPE_FIXED_SIZE_LIST,
     .text = "fixed_size_list<item: bool not null>[0]", .format = "+w:0", .num_children = 1},
    {"struct of 3", make_struct, {.fields = {A, UNNAMED, A}, .num_fields = 3}, .id = NOCK_TYPE_STRUCT,
     .text = "struct<a: int32, : string not null, a: int32>", .format = "+s", .num_children = 3},
    {"struct of 2", make_struct, {.fields = {A, UNNAMED}, .num_fields = 2}, .id = NOCK_TYPE_STRUCT,
     .text = "struct<a: int32, : string not null>", .format = "+s", .num_children = 2},
    {"struct of nothing", make_struct, {.no_list = 1}, .id = NOCK_TYPE_STRUCT, .text = "struct<>", .format = "+s"},
    UNION(sparse_union, NOCK_TYPE_SPARSE_UNION, "sparse_union", "+us:"),
    UNION(dense_union, NOCK_TYPE_DENSE_UNION, "dense_union", "+ud:"),
    {"map", make_map, {.fields = {KEY, VALUE}}, .id = NOCK_TYPE_MAP, .text = "map<string, int32>", .format = "+m",
     .num_children = 1, .makes_entries = 1},
    {"map of entries", make_map_from_entries, {.fields = {ENTRIES}}, .id = NOCK_TYPE_MAP, .text = "map<string, int32>",
     .format = "+m", .num_children = 1, .equals = "map"},
    {"sorted map", make_map, {.fields = {KEY, VALUE}, .flags = NOCK_TYPE_MAP_KEYS_SORTED}, .id = NOCK_TYPE_MAP, .sorted = 1,
     .text = "map<string, int32, keys_sorted>", .format = "+m", .num_children = 1, .makes_entries = 1},
    {"sorted map of entries", make_map_from_entries, {.fields = {OTHER_ENTRIES}, .flags = NOCK_TYPE_MAP_KEYS_SORTED},
     .id = NOCK_TYPE_MAP, .sorted = 1, .text = "map<string, int32, keys_sorted>", .format = "+m", .num_children = 1,
     .equals = "sorted map"},
    DICTIONARY(nock_type_int8, 8, "int8", "c"),
    DICTIONARY(nock_type_int16, 16, "int16", "s"),
    DICTIONARY(nock_type_int32, 32, "int32", "i"),
    DICTIONARY(nock_type_int64, 64, "int64", "l"),
    DICTIONARY(nock_type_uint8, 8, "uint8", "C"),
    DICTIONARY(nock_type_uint16, 16, "uint16", "S"),
    DICTIONARY(nock_type_uint32, 32, "uint32", "I"),
    DICTIONARY(nock_type_uint64, 64, "uint64", "L"),
    {"ordered dictionary", make_dictionary,
     {.index = nock_type_int8, .value = nock_type_utf8, .flags = NOCK_TYPE_DICTIONARY_ORDERED}, .id = NOCK_TYPE_DICTIONARY,
     .bits = 8, .ordered = 1, .text = "dictionary<values=string, indices=int8, ordered=1>", .format = "c"},
    {"dictionary of dictionaries", make_dictionary, {.index = nock_type_uint16, .value = small_dictionary},
     .id = NOCK_TYPE_DICTIONARY, .bits = 16, .format = "S",
     .text = "dictionary<values=dictionary<values=string, indices=int8, ordered=0>, indices=uint16, ordered=0>"},
    RUNS(ENDS16, "int16"),
    RUNS(ENDS32, "int32"),
    RUNS(ENDS64, "int64"),
};

#define NO_FIELD(kind, word) {#kind " without " word, make_##kind, {.num_fields = 0}, NOCK_ERR_INVALID_ARGUMENT, word}

static const struct {
  const char *name;
  constructor *make;
  arguments given;
  nock_status_t status;
  const char *word; /* what the message says */
} refused[] = {
    {"decimal64 of 19 digits", make_decimal64, {.number = 19}, NOCK_ERR_INVALID_ARGUMENT, "precision"},
    {"decimal256 of 77 digits", make_decimal256, {.number = 77}, NOCK_ERR_INVALID_ARGUMENT, "precision"},
    {"time32 of nanoseconds", make_time32, {.number = NOCK_TIME_UNIT_NANOSECOND}, NOCK_ERR_INVALID_ARGUMENT, "nanoseconds"},
    {"time64 of seconds", make_time64, {.number = NOCK_TIME_UNIT_SECOND}, NOCK_ERR_INVALID_ARGUMENT, "not seconds"},
    {"duration of no unit", make_duration, {.number = NOCK_TIME_UNIT_NONE}, NOCK_ERR_INVALID_ARGUMENT, "unit"},
    {"timestamp of no unit", make_timestamp, {.number = NOCK_TIME_UNIT_NONE}, NOCK_ERR_INVALID_ARGUMENT, "unit"},
    {"time zone that is no text", make_timestamp, {.number = NOCK_TIME_UNIT_SECOND, .zone = "\xff"},
     NOCK_ERR_INVALID_ARGUMENT, "timezone"},
    {"binary of -1", make_fixed_size_binary, {.number = -1}, NOCK_ERR_INVALID_ARGUMENT, "-1"},
    NO_FIELD(list, "item"),
    NO_FIELD(large_list, "item"),
    NO_FIELD(list_view, "item"),
    NO_FIELD(large_list_view, "item"),
    {"list of -1", make_fixed_size_list, {.fields = {FLAG}, .number = -1}, NOCK_ERR_INVALID_ARGUMENT, "-1"},
    {"list of 1 without item", make_fixed_size_list, {.number = 1}, NOCK_ERR_INVALID_ARGUMENT, "item"},
    {"struct with a hole", make_struct, {.fields = {A, B, A}, .num_fields = 4}, NOCK_ERR_INVALID_ARGUMENT, "field 3"},
    {"struct without a list", make_struct, {.no_list = 1, .num_fields = 1}, NOCK_ERR_INVALID_ARGUMENT, "fields"},
    {"sparse ids twice", make_sparse_union, {.fields = {A, B}, .num_fields = 2, .ids = ids_twice}, NOCK_ERR_INVALID_ARGUMENT, "7"},
    {"dense ids twice", make_dense_union, {.fields = {A, B}, .num_fields = 2, .ids = ids_twice}, NOCK_ERR_INVALID_ARGUMENT, "7"},
    {"sparse id below 0", make_sparse_union, {.fields = {A, B}, .num_fields = 2, .ids = ids_negative},
     NOCK_ERR_INVALID_ARGUMENT, "-1"},
    {"dense id below 0", make_dense_union, {.fields = {A, B}, .num_fields = 2, .ids = ids_negative}, NOCK_ERR_INVALID_ARGUMENT,
     "-1"},
    {"sparse without a list", make_sparse_union, {.no_list = 1, .num_fields = 2, .ids = ids_5_0}, NOCK_ERR_INVALID_ARGUMENT,
     "fields"},
    {"dense without a list", make_dense_union, {.no_list = 1, .num_fields = 2, .ids = ids_5_0}, NOCK_ERR_INVALID_ARGUMENT,
     "fields"},
    {"sparse with a hole", make_sparse_union, {.num_fields = 1, .ids = ids_5_0}, NOCK_ERR_INVALID_ARGUMENT, "field 0"},
    {"dense with a hole", make_dense_union, {.num_fields = 1, .ids = ids_5_0}, NOCK_ERR_INVALID_ARGUMENT, "field 0"},
    {"map with nullable keys", make_map, {.fields = {OPEN_KEY, VALUE}}, NOCK_ERR_INVALID_ARGUMENT, "keys"},
    {"map with unknown flags", make_map, {.fields = {KEY, VALUE}, .flags = NOCK_TYPE_DICTIONARY_ORDERED},
     NOCK_ERR_UNSUPPORTED, "flags"},
    {"map without key", make_map, {.fields = {NONE, VALUE}}, NOCK_ERR_INVALID_ARGUMENT, "key"},
    {"map without item", make_map, {.fields = {KEY}}, NOCK_ERR_INVALID_ARGUMENT, "item"},
    {"map of nullable entries", make_map_from_entries, {.fields = {OPEN_ENTRIES}}, NOCK_ERR_INVALID_ARGUMENT, "entries"},
    {"map of a string", make_map_from_entries, {.fields = {KEY}}, NOCK_ERR_INVALID_ARGUMENT, "struct"},
    {"map of entries with nullable keys", make_map_from_entries, {.fields = {OPEN_KEY_ENTRIES}}, NOCK_ERR_INVALID_ARGUMENT,
     "keys"},
    {"map of entries of 3", make_map_from_entries, {.fields = {WIDE_ENTRIES}}, NOCK_ERR_INVALID_ARGUMENT, "3"},
    {"map of entries with unknown flags", make_map_from_entries, {.fields = {ENTRIES}, .flags = 2}, NOCK_ERR_UNSUPPORTED, "flags"},
    NO_FIELD(map_from_entries, "entries"),
    {"dictionary of floats", make_dictionary, {.index = nock_type_float32, .value = nock_type_utf8}, NOCK_ERR_INVALID_ARGUMENT,
     "integers"},
    {"dictionary with unknown flags", make_dictionary,
     {.index = nock_type_int8, .value = nock_type_utf8, .flags = NOCK_TYPE_MAP_KEYS_SORTED}, NOCK_ERR_UNSUPPORTED, "flags"},
    {"dictionary without index", make_dictionary, {.value = nock_type_utf8}, NOCK_ERR_INVALID_ARGUMENT, "index"},
    {"dictionary without value", make_dictionary, {.index = nock_type_int8}, NOCK_ERR_INVALID_ARGUMENT, "value"},
    {"runs that end in int8", make_run_end_encoded, {.fields = {ENDS8, VALUES}}, NOCK_ERR_INVALID_ARGUMENT, "run ends"},
    {"runs with nullable ends", make_run_end_encoded, {.fields = {OPEN_ENDS, VALUES}}, NOCK_ERR_INVALID_ARGUMENT, "nullable"},
    {"runs without ends", make_run_end_encoded, {.fields = {NONE, VALUES}}, NOCK_ERR_INVALID_ARGUMENT, "run_ends"},
    {"runs without values", make_run_end_encoded, {.fields = {ENDS32}}, NOCK_ERR_INVALID_ARGUMENT, "values"},
};

/* Named by the text that they show. */
static const struct {
  const char *name;
  const nock_type_t *(*find)(void);
  nock_type_id_t id;
  size_t bits;
  const char *format;
} simple[] = {
    {"null", nock_type_null, NOCK_TYPE_NULL, 0, "n"},
    {"bool", nock_type_boolean, NOCK_TYPE_BOOLEAN, 1, "b"},
    {"int8", nock_type_int8, NOCK_TYPE_INT8, 8, "c"},
    {"int16", nock_type_int16, NOCK_TYPE_INT16, 16, "s"},
    {"int32", nock_type_int32, NOCK_TYPE_INT32, 32, "i"},
    {"int64", nock_type_int64, NOCK_TYPE_INT64, 64, "l"},
    {"uint8", nock_type_uint8, NOCK_TYPE_UINT8, 8, "C"},
    {"uint16", nock_type_uint16, NOCK_TYPE_UINT16, 16, "S"},
    {"uint32", nock_type_uint32, NOCK_TYPE_UINT32, 32, "I"},
    {"uint64", nock_type_uint64, NOCK_TYPE_UINT64, 64, "L"},
    {"halffloat", nock_type_float16, NOCK_TYPE_FLOAT16, 16, "e"},
    {"float", nock_type_float32, NOCK_TYPE_FLOAT32, 32, "f"},
    {"double", nock_type_float64, NOCK_TYPE_FLOAT64, 64, "g"},
    {"date32[day]", nock_type_date32, NOCK_TYPE_DATE32, 32, "tdD"},
    {"date64[ms]", nock_type_date64, NOCK_TYPE_DATE64, 64, "tdm"},
    {"month_interval", nock_type_interval_year_month, NOCK_TYPE_INTERVAL_YEAR_MONTH, 32, "tiM"},
    {"day_time_interval", nock_type_interval_day_time, NOCK_TYPE_INTERVAL_DAY_TIME, 64, "tiD"},
    {"month_day_nano_interval", nock_type_interval_month_day_nano, NOCK_TYPE_INTERVAL_MONTH_DAY_NANO, 128, "tin"},
    {"binary", nock_type_binary, NOCK_TYPE_BINARY, 0, "z"},
    {"large_binary", nock_type_large_binary, NOCK_TYPE_LARGE_BINARY, 0, "Z"},
    {"binary_view", nock_type_binary_view, NOCK_TYPE_BINARY_VIEW, 0, "vz"},
    {"string", nock_type_utf8, NOCK_TYPE_UTF8, 0, "u"},
    {"large_string", nock_type_large_utf8, NOCK_TYPE_LARGE_UTF8, 0, "U"},
    {"string_view", nock_type_utf8_view, NOCK_TYPE_UTF8_VIEW, 0, "vu"},
};

static const struct {
  const char *name;
  constructor *make;
  nock_type_id_t id;
  int32_t most; /* digits */
  size_t bits;
} decimals[] = {
    {"decimal32", make_decimal32, NOCK_TYPE_DECIMAL32, 9, 32},
    {"decimal64", make_decimal64, NOCK_TYPE_DECIMAL64, 18, 64},
    {"decimal128", make_decimal128, NOCK_TYPE_DECIMAL128, 38, 128},
    {"decimal256", make_decimal256, NOCK_TYPE_DECIMAL256, 76, 256},
};

static const struct {
  const char *name;
  constructor *make;
  nock_type_id_t id;
  nock_time_unit_t first, last;
  size_t bits;
  const char *format, *suffix;
} times[] = {
    {"time32", make_time32, NOCK_TYPE_TIME32, NOCK_TIME_UNIT_SECOND, NOCK_TIME_UNIT_MILLISECOND, 32, "tt", ""},
    {"time64", make_time64, NOCK_TYPE_TIME64, NOCK_TIME_UNIT_MICROSECOND, NOCK_TIME_UNIT_NANOSECOND, 64, "tt", ""},
    {"duration", make_duration, NOCK_TYPE_DURATION, NOCK_TIME_UNIT_SECOND, NOCK_TIME_UNIT_NANOSECOND, 64, "tD", ""},
    {"timestamp", make_timestamp, NOCK_TYPE_TIMESTAMP, NOCK_TIME_UNIT_SECOND, NOCK_TIME_UNIT_NANOSECOND, 64, "ts", ":"},
};

static const struct {
  const char *name;
  nock_status_t (*make)(const nock_field_t *const *fields, const int8_t *ids, size_t num_fields, nock_type_t **out,
                        nock_error_t **error);
} unions[] = {{"sparse", nock_type_new_sparse_union}, {"dense", nock_type_new_dense_union}};

#define GOOD(format) {format, NOCK_OK, NULL, NULL}
#define BAD(format) {format, NOCK_ERR_INVALID_ARGUMENT, NULL, ""}
#define NESTED(format) {format, NOCK_ERR_UNSUPPORTED, NULL, NULL}

/* Named by the format string. */
static const struct {
  const char *name;
  nock_status_t status;
  const char *shown; /* the format that the type shows, where it is another one */
  const char *word;  /* what the message says, where that is not the format */
} formats[] = {
    GOOD("tts"), GOOD("ttm"), GOOD("ttu"), GOOD("ttn"), GOOD("tDs"), GOOD("tDn"), GOOD("tss:"), GOOD("tsn:UTC"), GOOD("w:0"),
    GOOD("d:1,0"), GOOD("d:76,-76,256"), {"d:10,2,128", NOCK_OK, "d:10,2", NULL},
    BAD(""), BAD("x"), BAD("ii"), BAD(" i"), BAD("ts"), BAD("tsx:"), BAD("tsu"), BAD("w:"), BAD("w:-1"), BAD("w:+1"),
    BAD("w: 1"), BAD("w:9999999999"), BAD("d:"), BAD("d:1"), BAD("d:0,0"), BAD("d:39,0"), BAD("d:1,1,16"), BAD("d:1,1,128,1"),
    BAD("td"), BAD("ti"), BAD("tt"), BAD("tD"), BAD("v"), BAD("zz"), BAD("d:1,99999999999"),
    NESTED("+l"), NESTED("+L"), NESTED("+vl"), NESTED("+vL"), NESTED("+w:3"), NESTED("+s"), NESTED("+m"), NESTED("+us:0,1"),
    NESTED("+ud:"), NESTED("+r"), NESTED("+?"),
    {"\xff", NOCK_ERR_INVALID_ARGUMENT, NULL, "UTF-8"},
};

#endif /* NOCK_TYPE_ROWS_H */
