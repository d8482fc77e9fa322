/* Threads that pass memory on within a budget: whatever they do at one time, they never have more, and no peak may say so. */
#ifndef NOCK_TEST_MARKET_H
#define NOCK_TEST_MARKET_H

#include "harness.h"

#include <pthread.h>

enum { MARKET_THREADS = 8, MARKET_PLACES = 32 };

/* What the threads pass on: memory of a pool. */
struct wares {
  /* How many bytes the next one shall have. */
  size_t (*size)(uint64_t random);
  nock_status_t (*allocate)(nock_pool_t *pool, size_t size, void **out);
  /* Free one; its size. */
  size_t (*free)(nock_pool_t *pool, void *ware);
  size_t budget;
  size_t turns;
};

/* Memory that nobody holds, and how many bytes may still be allocated. One lock for both: only the pool is tested. */
static struct {
  const struct wares *wares;
  nock_pool_t *pool;
  pthread_mutex_t lock;
  size_t left;
  void *places[MARKET_PLACES];
} market = {.lock = PTHREAD_MUTEX_INITIALIZER};

static inline int market_may_allocate(size_t size) {
  pthread_mutex_lock(&market.lock);
  const int may = market.left >= size;
  if (may) market.left -= size;
  pthread_mutex_unlock(&market.lock);
  return may;
}

static inline void market_put(size_t place, void *ware) {
  pthread_mutex_lock(&market.lock);
  void *before = market.places[place];
  market.places[place] = ware;
  pthread_mutex_unlock(&market.lock);
  if (before == NULL) return;
  const size_t size = market.wares->free(market.pool, before);
  pthread_mutex_lock(&market.lock);
  market.left += size;
  pthread_mutex_unlock(&market.lock);
}

static inline void *market_trade(void *seed) {
  uint64_t random = (uint64_t)(uintptr_t)seed;
  for (size_t i = 0; i < market.wares->turns; i++) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    const size_t size = market.wares->size(random >> 33);
    void *ware = NULL;
    if (market_may_allocate(size) && RETRIED(market.wares->allocate(market.pool, size, &ware)) != NOCK_OK) {
      return &market;
    }
    market_put((random >> 50) % MARKET_PLACES, ware);
    if (i % 1000 == 999) nock_pool_release_unused(market.pool);
  }
  return NULL;
}

/* All threads trade; then everything is freed. */
static inline void market_check(nock_pool_t *pool, const struct wares *wares) {
  const uint64_t before = nock_pool_bytes_allocated(pool), most = nock_pool_max_memory(pool);
  market.wares = wares;
  market.pool = pool;
  market.left = wares->budget;
  pthread_t threads[MARKET_THREADS];
  for (size_t i = 0; i < MARKET_THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, market_trade, (void *)(i * 77 + 1)) == 0);
  }
  for (size_t i = 0; i < MARKET_THREADS; i++) {
    void *failed = NULL;
    CHECK(pthread_join(threads[i], &failed) == 0 && failed == NULL);
  }
  const uint64_t limit = before + wares->budget > most ? before + wares->budget : most;
  CHECK(nock_pool_max_memory(pool) <= limit);
  CHECK(nock_pool_bytes_allocated(pool) - before == wares->budget - market.left);
  for (size_t i = 0; i < MARKET_PLACES; i++) market_put(i, NULL);
  CHECK(market.left == wares->budget && nock_pool_bytes_allocated(pool) == before);
}

#endif /* NOCK_TEST_MARKET_H */
