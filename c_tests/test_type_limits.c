/* Types: metadata below, limits of depth and size, references, threads, misuse. */
#include "harness.h"

#include <pthread.h>

static nock_field_t *field_of(const char *name, const nock_type_t *type, uint32_t flags) {
  nock_field_t *field = NULL;
  CHECK_OK(nock_field_new(name, type, flags, NULL, &field, ERR));
  return field;
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
  nock_type_t *type = NULL;
  CHECK_OK(nock_type_from_format("tss:UTC", &type, ERR));
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
  CHECK(nock_type_precision(NULL) == 0 && nock_type_scale(NULL) == 0);
  CHECK(nock_type_unit(NULL) == NOCK_TIME_UNIT_NONE && nock_type_timezone(NULL) == NULL);
  CHECK(nock_type_list_size(NULL) == 0);
  CHECK(nock_type_num_fields(NULL) == 0 && nock_type_field(NULL, 0) == NULL);
  CHECK(nock_type_union_ids(NULL) == NULL);
  CHECK(!nock_type_has_sorted_keys(NULL) && !nock_type_is_ordered(NULL));
  CHECK(nock_type_dictionary_index(NULL) == NULL && nock_type_dictionary_value(NULL) == NULL);
  CHECK(!nock_type_equals(NULL, type) && !nock_type_equals(type, NULL) && !nock_type_equals(NULL, NULL));
  CHECK(!nock_type_equals_with_metadata(NULL, type) && !nock_type_equals_with_metadata(type, NULL));
  CHECK(nock_type_ref(NULL) == NULL);
  nock_type_unref(NULL);
}

int main(void) {
  RUN(metadata_below_counts_on_request);
  RUN(the_deepest_type_fits_a_small_stack);
  RUN(depth_is_limited_everywhere);
  RUN(sharing_does_not_hide_the_size);
  RUN(references_are_counted);
  RUN(threads_may_share_one);
  RUN(null_is_answered);
  return harness_done();
}
