/* W11: check and compare 1,000,000 rows: all columns, and one of int64, of int64 with nulls, and of utf8. */
#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>

/* The same rows twice, each in memory of its own. */
struct pair {
  struct batches one;
  struct batches other;
  nock_validation_t level;
};

/* One column of every batch of a pair. */
struct columns {
  nock_array_t **one;
  nock_array_t **other;
  size_t count;
};

static uint64_t check_batches(void *user) {
  const struct pair *pair = user;
  for (size_t i = 0; i < pair->one.count; i++) must(nock_batch_validate(pair->one.list[i], pair->level, NULL));
  return pair->one.count;
}

static uint64_t compare_batches(void *user) {
  const struct pair *pair = user;
  for (size_t i = 0; i < pair->one.count; i++) {
    uint8_t equal;
    must(nock_batch_equals(pair->one.list[i], pair->other.list[i], 0, &equal, NULL));
    if (!equal) die("batches that are equal are not");
  }
  return pair->one.count;
}

static uint64_t check_columns(void *user) {
  const struct columns *columns = user;
  for (size_t i = 0; i < columns->count; i++) must(nock_array_validate(columns->one[i], NOCK_VALIDATE_FULL, NULL));
  return columns->count;
}

static uint64_t compare_columns(void *user) {
  const struct columns *columns = user;
  for (size_t i = 0; i < columns->count; i++) {
    uint8_t equal;
    must(nock_array_equals(columns->one[i], columns->other[i], 0, &equal, NULL));
    if (!equal) die("columns that are equal are not");
  }
  return columns->count;
}

static nock_array_t **column_of(const struct batches *batches, size_t column) {
  nock_array_t **list = calloc(batches->count, sizeof *list);
  if (list == NULL) die("out of memory");
  for (size_t i = 0; i < batches->count; i++) must(nock_batch_column(batches->list[i], column, &list[i], NULL));
  return list;
}

static double bytes_in(const struct columns *columns) {
  double bytes = 0;
  for (size_t i = 0; i < columns->count; i++) {
    for (size_t k = 0; k < nock_array_num_buffers(columns->one[i]); k++) {
      const nock_buffer_t *buffer = nock_array_buffer(columns->one[i], k);
      if (buffer != NULL) bytes += (double)nock_buffer_size(buffer);
    }
  }
  return bytes;
}

static void measure_column(const struct pair *pair, size_t column, const char *name) {
  struct columns columns = {column_of(&pair->one, column), column_of(&pair->other, column), pair->one.count};
  char title[64];
  snprintf(title, sizeof title, "validate_full_%s", name);
  measure(title, 1, bytes_in(&columns), check_columns, NULL, &columns);
  snprintf(title, sizeof title, "equals_%s", name);
  measure(title, 1, bytes_in(&columns), compare_columns, NULL, &columns);
  for (size_t i = 0; i < columns.count; i++) {
    nock_array_unref(columns.one[i]);
    nock_array_unref(columns.other[i]);
  }
  free(columns.one);
  free(columns.other);
}

void checks_workload(void) {
  nock_buffer_t *one = load("w1_none.arrows"), *other = load("w1_none.arrows");
  double bytes = (double)nock_buffer_size(one);
  struct pair pair = {read_batches(one), read_batches(other), NOCK_VALIDATE_FULL};
  measure("validate_full", 1, bytes, check_batches, NULL, &pair);
  pair.level = NOCK_VALIDATE_STRUCTURE;
  measure("validate", 1, 0, check_batches, NULL, &pair);
  measure("equals", 1, bytes, compare_batches, NULL, &pair);
  measure_column(&pair, 0, "i64");
  measure_column(&pair, 3, "i64_nulls");
  measure_column(&pair, 11, "utf8");
  free_batches(&pair.one);
  free_batches(&pair.other);
  nock_buffer_unref(one);
  nock_buffer_unref(other);
}
