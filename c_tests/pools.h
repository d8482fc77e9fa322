/* Pools that several test programs make, and what their texts say. */
#ifndef NOCK_TEST_POOLS_H
#define NOCK_TEST_POOLS_H

#include "harness.h"

static inline nock_pool_t *system_pool(void) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_get("system", &pool, ERR));
  return pool;
}

static inline nock_pool_t *capped(nock_pool_t *parent, uint64_t limit) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(parent, limit, &pool, ERR));
  return pool;
}

static inline size_t occurrences(const char *text, const char *words) {
  size_t found = 0;
  for (text = strstr(text, words); text != NULL; text = strstr(text + 1, words)) {
    found++;
  }
  return found;
}

#endif /* NOCK_TEST_POOLS_H */
