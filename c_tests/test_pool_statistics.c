/* The numbers of a pool, compared with what its users did: exact whenever no call is under way. */
#include "market.h"
#include "pools.h"

#include <pthread.h>

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  (void)user_data, (void)event, (void)address, (void)old_size, (void)size, (void)alignment;
}

static nock_status_t own_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  return nock_pool_alloc(NULL, size, alignment, out, NULL);
}

static void own_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data;
  nock_pool_dealloc(NULL, block, size, alignment);
}

static void each_pool(void (*test)(nock_pool_t *pool)) {
  nock_pool_t *pool = NULL;
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    CHECK_OK(nock_pool_new_backend(nock_pool_backend_name_at(i), NULL, &pool, ERR));
    test(pool);
    nock_pool_unref(pool);
  }
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  test(pool);
  nock_pool_unref(pool);
  CHECK_OK(nock_pool_new_capped(NULL, (uint64_t)1 << 40, &pool, ERR));
  test(pool);
  nock_pool_unref(pool);
  CHECK_OK(nock_pool_new_debug(NULL, NOCK_POOL_ON_FAULT_ABORT, NULL, &pool, ERR));
  test(pool);
  nock_pool_unref(pool);
  nock_pool_log_callbacks_t log = NOCK_POOL_LOG_CALLBACKS_INIT;
  log.event = on_event;
  CHECK_OK(nock_pool_new_logging(NULL, &log, &pool, ERR));
  test(pool);
  nock_pool_unref(pool);
  nock_pool_callbacks_t own = NOCK_POOL_CALLBACKS_INIT;
  own.alloc = own_alloc;
  own.dealloc = own_dealloc;
  CHECK_OK(nock_pool_new_callback(&own, &pool, ERR));
  test(pool);
  nock_pool_unref(pool);
}

static void check(nock_pool_t *pool, uint64_t live, uint64_t most, uint64_t total, uint64_t count) {
  CHECK(nock_pool_bytes_allocated(pool) == live);
  CHECK(nock_pool_max_memory(pool) == most);
  CHECK(nock_pool_total_bytes_allocated(pool) == total);
  CHECK(nock_pool_num_allocations(pool) == count);
}

/* ---- one thread ---- */

static void check_each_step(nock_pool_t *pool) {
  void *a = NULL, *b = NULL;
  check(pool, 0, 0, 0, 0);
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &a, ERR));
  check(pool, 100, 100, 100, 1);
  CHECK_OK(nock_pool_alloc(pool, 50, 0, &b, ERR));
  check(pool, 150, 150, 150, 2);
  nock_pool_dealloc(pool, b, 50, 0);
  check(pool, 100, 150, 150, 2);
  CHECK_OK(nock_pool_realloc(pool, &a, 100, 150, 0, ERR));
  check(pool, 150, 150, 200, 3);
  CHECK_OK(nock_pool_realloc(pool, &a, 150, 50, 0, ERR));
  check(pool, 50, 150, 200, 3);
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, (size_t)1 << 60, 0, &b, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_realloc(pool, &a, 50, (size_t)1 << 60, 0, ERR));
  /* Refused further down: counted first, and then not. */
  const nock_status_t refusal = nock_pool_limit(pool) == UINT64_MAX ? NOCK_ERR_OUT_OF_MEMORY : NOCK_ERR_LIMIT;
  CHECK_STATUS(refusal, nock_pool_alloc(pool, (size_t)1 << 47, 0, &b, ERR));
  CHECK_STATUS(refusal, nock_pool_realloc(pool, &a, 50, (size_t)1 << 47, 0, ERR));
  check(pool, 50, 150, 200, 3);
  nock_pool_dealloc(pool, a, 50, 0);
  nock_pool_release_unused(pool);
  check(pool, 0, 150, 200, 3);
  /* Neither what is kept for reuse nor what comes from there is counted otherwise. */
  for (uint64_t i = 1; i <= 3; i++) {
    CHECK_OK(nock_pool_alloc(pool, 5 << 20, 0, &a, ERR));
    check(pool, 5 << 20, 5 << 20, 200 + i * (5 << 20), 3 + i);
    nock_pool_dealloc(pool, a, 5 << 20, 0);
    check(pool, 0, 5 << 20, 200 + i * (5 << 20), 3 + i);
  }
}

static void numbers_follow_each_step(void) { each_pool(check_each_step); }

/* ---- threads ---- */

enum { THREADS = 8, HELD = 8 };

static size_t rounds;

/* What a thread did and holds. */
struct user {
  pthread_t thread;
  nock_pool_t *pool;
  size_t number;
  struct {
    void *block;
    size_t size;
  } held[HELD];
  uint64_t live, total, count;
  nock_status_t status;
};

static struct user users[THREADS];

/* Take, resize and give back blocks, counting along. */
static void *use(void *argument) {
  struct user *me = argument;
  size_t seed = me->number + 1;
  for (size_t i = 0; i < rounds && me->status == NOCK_OK; i++) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const size_t at = (seed >> 40) % HELD, size = 1 + (seed >> 33) % 3000;
    const size_t before = me->held[at].size;
    if (before != 0 && (seed >> 50) % 2 == 0) {
      nock_pool_dealloc(me->pool, me->held[at].block, before, 0);
      me->held[at].size = 0;
      me->live -= before;
      continue;
    }
    me->status = before == 0 ? RETRIED(nock_pool_alloc(me->pool, size, 0, &me->held[at].block, NULL))
                             : RETRIED(nock_pool_realloc(me->pool, &me->held[at].block, before, size, 0, NULL));
    if (me->status == NOCK_OK) {
      me->held[at].size = size;
      me->live += size - before;
      me->total += size > before ? size - before : 0;
      me->count += size > before;
    }
  }
  return NULL;
}

/* Give back what somebody else holds. */
static void *end_anothers(void *argument) {
  struct user *other = &users[(((struct user *)argument)->number + 3) % THREADS];
  for (size_t i = 0; i < HELD; i++) {
    if (other->held[i].size != 0) {
      nock_pool_dealloc(other->pool, other->held[i].block, other->held[i].size, 0);
      other->live -= other->held[i].size;
      other->held[i].size = 0;
    }
  }
  return NULL;
}

static void together(void *(*work)(void *)) {
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&users[i].thread, NULL, work, &users[i]) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_join(users[i].thread, NULL) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    harness_last_status = users[i].status;
    CHECK(users[i].status == NOCK_OK);
  }
}

static void check_sums(nock_pool_t *pool) {
  uint64_t live = 0, total = 0, count = 0;
  for (size_t i = 0; i < THREADS; i++) {
    live += users[i].live;
    total += users[i].total;
    count += users[i].count;
  }
  CHECK(nock_pool_bytes_allocated(pool) == live);
  CHECK(nock_pool_total_bytes_allocated(pool) == total);
  CHECK(nock_pool_num_allocations(pool) == count);
}

static void check_threads(nock_pool_t *pool) {
  memset(users, 0, sizeof users);
  for (size_t i = 0; i < THREADS; i++) {
    users[i].pool = pool;
    users[i].number = i;
  }
  uint64_t most = 0;
  for (int round = 0; round < 3; round++) {
    together(use);
    check_sums(pool);
    CHECK(nock_pool_max_memory(pool) >= nock_pool_bytes_allocated(pool) && nock_pool_max_memory(pool) >= most);
    most = nock_pool_max_memory(pool);
    together(end_anothers);
    check_sums(pool);
    CHECK(nock_pool_bytes_allocated(pool) == 0 && nock_pool_max_memory(pool) == most);
  }
}

static void numbers_are_the_sum_of_what_threads_did(void) { each_pool(check_threads); }

/* ---- the peak ---- */

static void *take_all(void *argument) {
  struct user *me = argument;
  for (size_t i = 0; i < HELD && me->status == NOCK_OK; i++) {
    const size_t size = 100 + 37 * me->number + i;
    me->status = RETRIED(nock_pool_alloc(me->pool, size, 0, &me->held[i].block, NULL));
    me->held[i].size = me->status == NOCK_OK ? size : 0;
    me->live += me->held[i].size;
  }
  return NULL;
}

/* What one thread gave back another takes again: no more is in use than before, and the peak says so. */
static void check_peak(nock_pool_t *pool) {
  memset(users, 0, sizeof users);
  for (size_t i = 0; i < THREADS; i++) {
    users[i].pool = pool;
    users[i].number = i;
  }
  together(take_all);
  uint64_t most = 0;
  for (size_t i = 0; i < THREADS; i++) {
    most += users[i].live;
  }
  CHECK(nock_pool_bytes_allocated(pool) == most && nock_pool_max_memory(pool) == most);
  together(end_anothers);
  CHECK(nock_pool_bytes_allocated(pool) == 0 && nock_pool_max_memory(pool) == most);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, (size_t)most, 0, &block, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == most && nock_pool_max_memory(pool) == most);
  CHECK_OK(nock_pool_realloc(pool, &block, (size_t)most, (size_t)most + 1, 0, ERR));
  CHECK(nock_pool_max_memory(pool) == most + 1);
  nock_pool_dealloc(pool, block, (size_t)most + 1, 0);
}

static void the_peak_is_what_was_in_use_at_once(void) { each_pool(check_peak); }

/* ---- the peak among threads ---- */

static size_t size_of_block(uint64_t random) { return sizeof(size_t) + random % 900; }

/* Blocks whose first word is their size. */
static nock_status_t allocate_block(nock_pool_t *pool, size_t size, void **out) {
  const nock_status_t status = nock_pool_alloc(pool, size, 0, out, NULL);
  if (status == NOCK_OK) *(size_t *)*out = size;
  return status;
}

static size_t free_block(nock_pool_t *pool, void *block) {
  const size_t size = *(size_t *)block;
  nock_pool_dealloc(pool, block, size, 0);
  return size;
}

static void threads_raise_the_peak_by_what_they_have(void) {
  const struct wares wares = {size_of_block, allocate_block, free_block, 4000, 13 * rounds};
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  market_check(pool, &wares);
  nock_pool_unref(pool);
}

/* ---- as text ---- */

static void statistics_are_text_too(void) {
  nock_pool_t *pool = capped(NULL, 1000);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 300, 0, &block, ERR));
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_pool_stats_text(pool, NULL, &text, ERR));
  CHECK(strlen(nock_buffer_data(text)) == nock_buffer_size(text));
  const char *const parts[] = {"backend: ", "bytes allocated: 300\n", "max memory: 300\n", "allocations: 1\n",
                               "limit: 1000\n"};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    CHECK(strstr(nock_buffer_data(text), parts[i]) != NULL);
  }
  nock_buffer_unref(text);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_stats_text(pool, NULL, NULL, ERR));
  nock_pool_t *tiny = capped(NULL, 10);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_stats_text(pool, tiny, &text, ERR));
  CHECK(text == NULL);
  nock_pool_dealloc(pool, block, 300, 0);
  nock_pool_unref(tiny);
  nock_pool_unref(pool);
}

int main(void) {
  rounds = harness_times(300, 10);
  RUN(numbers_follow_each_step);
  RUN(numbers_are_the_sum_of_what_threads_did);
  RUN(the_peak_is_what_was_in_use_at_once);
  RUN(threads_raise_the_peak_by_what_they_have);
  RUN(statistics_are_text_too);
  return harness_done();
}
