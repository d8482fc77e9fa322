/* Proxies: they count what goes through them, and pools stand on pools up to a bound. */
#include "pools.h"

static void a_proxy_counts_what_goes_through_it(void) {
  nock_pool_t *parent = capped(NULL, UINT64_MAX);
  nock_pool_t *proxy = NULL;
  CHECK_OK(nock_pool_new_proxy(parent, &proxy, ERR));
  void *direct = NULL;
  void *through = NULL;
  CHECK_OK(nock_pool_alloc(parent, 100, 0, &direct, ERR));
  CHECK_OK(nock_pool_alloc(proxy, 300, 0, &through, ERR));
  CHECK(nock_pool_bytes_allocated(proxy) == 300 && nock_pool_bytes_allocated(parent) == 400);
  nock_pool_dealloc(proxy, through, 300, 0);
  CHECK(nock_pool_bytes_allocated(proxy) == 0 && nock_pool_bytes_allocated(parent) == 100);
  CHECK(nock_pool_max_memory(proxy) == 300 && nock_pool_num_allocations(proxy) == 1);
  nock_pool_dealloc(parent, direct, 100, 0);
  nock_pool_unref(proxy);
  nock_pool_unref(parent);
}

static void nesting_has_a_bound(void) {
  nock_pool_t *pool = system_pool();
  nock_status_t status = NOCK_OK;
  int depth = 0;
  while (status == NOCK_OK) {
    nock_pool_t *inner = NULL;
    status = RETRIED(nock_pool_new_proxy(pool, &inner, NULL));
    if (status == NOCK_OK) {
      nock_pool_unref(pool);
      pool = inner;
      depth++;
    }
  }
  CHECK(status == NOCK_ERR_LIMIT && depth == 64);
  nock_pool_t *out = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_new_capped(pool, 1, &out, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_new_debug(pool, 0, NULL, &out, ERR));
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &block, ERR));
  nock_pool_dealloc(pool, block, 100, 0);
  CHECK_TEXT(nock_pool_backend_name(pool), "system");
  nock_pool_release_unused(pool);
  nock_pool_unref(pool);
}

static void a_proxy_needs_a_place_for_the_pool(void) {
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_proxy(NULL, NULL, ERR));
  CHECK_MESSAGE("out");
}

int main(void) {
  RUN(a_proxy_counts_what_goes_through_it);
  RUN(nesting_has_a_bound);
  RUN(a_proxy_needs_a_place_for_the_pool);
  return harness_done();
}
