#include "pools.h"

#include <pthread.h>

/* ---- finding pools ---- */

static void the_default_is_one_of_the_backends(void) {
  nock_pool_t *standard = nock_pool_default();
  CHECK(standard != NULL);
  CHECK(standard == nock_pool_default());
  size_t found = 0;
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    const char *name = nock_pool_backend_name_at(i);
    nock_pool_t *pool = NULL;
    CHECK_OK(nock_pool_get(name, &pool, ERR));
    CHECK_TEXT(nock_pool_backend_name(pool), name);
    found += pool == standard;
    nock_pool_unref(pool);
  }
  /* Under c_tests/oom/sweep.c it is a pool of callbacks instead. */
  CHECK(found == 1 || strcmp(nock_pool_backend_name(standard), "callback") == 0);
  CHECK_TEXT(nock_pool_backend_name(NULL), nock_pool_backend_name(standard));
}

static void system_is_always_there(void) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_get("system", &pool, ERR));
  nock_pool_t *again = NULL;
  CHECK_OK(nock_pool_get("system", &again, ERR));
  CHECK(pool == again);
  nock_pool_unref(again);
  nock_pool_unref(pool);
}

static void unknown_backends_are_not_found(void) {
  nock_pool_t *pool = (nock_pool_t *)&pool;
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_pool_get("no such", &pool, ERR));
  CHECK_MESSAGE("no such");
  CHECK(pool == NULL);
  CHECK(nock_pool_backend_count() >= 1);
  CHECK(nock_pool_backend_name_at(nock_pool_backend_count()) == NULL);
  CHECK(nock_pool_backend_name_at(SIZE_MAX) == NULL);
}

static void the_default_can_be_changed_and_given_back(void) {
  nock_pool_t *before = nock_pool_default();
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_get("system", &pool, ERR));
  nock_pool_set_default(pool);
  CHECK(nock_pool_default() == pool);
  CHECK_TEXT(nock_pool_backend_name(NULL), "system");
  nock_pool_unref(pool);

  nock_buffer_t *buffer = NULL;
  uint64_t bytes = nock_total_allocated_bytes();
  CHECK_OK(nock_buffer_alloc(100, NULL, &buffer, ERR));
  CHECK(nock_total_allocated_bytes() == bytes + 128);
  nock_pool_set_default(NULL);
  CHECK(nock_pool_default() == before);
  /* What was allocated stays with its pool. */
  CHECK_OK(nock_pool_get("system", &pool, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == bytes + 128);
  nock_buffer_unref(buffer);
  CHECK(nock_pool_bytes_allocated(pool) == bytes);
  nock_pool_unref(pool);
}

static void any_pool_can_be_the_default(void) {
  nock_pool_t *before = nock_pool_default();
  for (int round = 0; round < 2; round++) {
    nock_pool_t *pool = capped(before, 1000);
    nock_pool_set_default(pool);
    nock_pool_set_default(pool);
    nock_pool_unref(pool);
    CHECK(nock_pool_default() == pool && nock_pool_limit(NULL) == 1000);
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_buffer_alloc(1, NULL, &buffer, ERR));
    CHECK(nock_pool_bytes_allocated(pool) == 64);
    nock_pool_set_default(NULL);
    CHECK(nock_pool_default() == before);
    nock_buffer_unref(buffer);
    /* What was a default once stays. */
    CHECK(nock_pool_bytes_allocated(pool) == 0);
  }
}

/* ---- raw memory ---- */

static void each_backend(void (*test)(nock_pool_t *pool)) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    nock_pool_t *pool = NULL;
    CHECK_OK(nock_pool_get(nock_pool_backend_name_at(i), &pool, ERR));
    test(pool);
    nock_pool_unref(pool);
  }
}

static void check_counters(nock_pool_t *pool, uint64_t live, uint64_t total, uint64_t count) {
  CHECK(nock_pool_bytes_allocated(pool) == live);
  CHECK(nock_pool_total_bytes_allocated(pool) == total);
  CHECK(nock_pool_num_allocations(pool) == count);
  CHECK(nock_pool_max_memory(pool) >= live);
}

static void check_statistics(nock_pool_t *pool) {
  const uint64_t live = nock_pool_bytes_allocated(pool);
  const uint64_t total = nock_pool_total_bytes_allocated(pool);
  const uint64_t count = nock_pool_num_allocations(pool);
  void *a = NULL;
  void *b = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 50, 0, &b, ERR));
  check_counters(pool, live + 150, total + 150, count + 2);
  nock_pool_dealloc(pool, b, 50, 0);
  check_counters(pool, live + 100, total + 150, count + 2);
  CHECK_OK(nock_pool_realloc(pool, &a, 100, 150, 0, ERR));
  check_counters(pool, live + 150, total + 200, count + 3);
  CHECK_OK(nock_pool_realloc(pool, &a, 150, 50, 0, ERR));
  check_counters(pool, live + 50, total + 200, count + 3);
  const uint64_t peak = nock_pool_max_memory(pool);
  nock_pool_dealloc(pool, a, 50, 0);
  nock_pool_release_unused(pool);
  check_counters(pool, live, total + 200, count + 3);
  CHECK(nock_pool_max_memory(pool) == peak && peak >= live + 150);
}

static void statistics_are_exact(void) { each_backend(check_statistics); }

static void check_alignments(nock_pool_t *pool) {
  const uint64_t live = nock_pool_bytes_allocated(pool);
  for (size_t alignment = 1; alignment <= (size_t)2 << 20; alignment *= 2) {
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, 77, alignment, &block, ERR));
    CHECK((uintptr_t)block % alignment == 0);
    memset(block, 0xA5, 77);
    CHECK_OK(nock_pool_realloc(pool, &block, 77, 100000, alignment, ERR));
    CHECK((uintptr_t)block % alignment == 0);
    for (size_t i = 0; i < 77; i++) {
      CHECK(((unsigned char *)block)[i] == 0xA5);
    }
    CHECK_OK(nock_pool_realloc(pool, &block, 100000, 5, alignment, ERR));
    CHECK((uintptr_t)block % alignment == 0 && ((unsigned char *)block)[4] == 0xA5);
    nock_pool_dealloc(pool, block, 5, alignment);
  }
  CHECK(nock_pool_bytes_allocated(pool) == live);
}

static void alignments_are_kept_through_growth(void) { each_backend(check_alignments); }

static void check_zero_size(nock_pool_t *pool) {
  const uint64_t count = nock_pool_num_allocations(pool);
  void *a = NULL;
  void *b = NULL;
  CHECK_OK(nock_pool_alloc(pool, 0, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 0, 0, &b, ERR));
  CHECK(a != NULL && a == b && (uintptr_t)a % 64 == 0);
  CHECK(nock_pool_num_allocations(pool) == count);
  CHECK_OK(nock_pool_realloc(pool, &a, 0, 10, 0, ERR));
  memset(a, 1, 10);
  CHECK_OK(nock_pool_realloc(pool, &a, 10, 0, 0, ERR));
  CHECK(a == b);
  nock_pool_dealloc(pool, a, 0, 0);
  /* NULL counts as a block of no bytes. */
  a = NULL;
  CHECK_OK(nock_pool_realloc(pool, &a, 0, 10, 0, ERR));
  nock_pool_dealloc(pool, a, 10, 0);
  nock_pool_dealloc(pool, NULL, 10, 0);
  CHECK(nock_pool_num_allocations(pool) == count + 2);
}

static void zero_size_costs_nothing(void) { each_backend(check_zero_size); }

static void check_refusals(nock_pool_t *pool) {
  const size_t sizes[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / 2 - 63, SIZE_MAX / 2 - 127, (size_t)1 << 62};
  const uint64_t live = nock_pool_bytes_allocated(pool);
  const uint64_t count = nock_pool_num_allocations(pool);
  void *kept = NULL;
  CHECK_OK(nock_pool_alloc(pool, 10, 0, &kept, ERR));
  memcpy(kept, "0123456789", 10);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    void *block = kept;
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, sizes[i], 0, &block, ERR));
    CHECK(block == NULL);
    block = kept;
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_realloc(pool, &block, 10, sizes[i], 0, ERR));
    CHECK(block == kept);
    CHECK_BYTES(kept, "0123456789", 10);
  }
  const size_t alignments[] = {3, 65, (size_t)4 << 20, SIZE_MAX};
  for (size_t i = 0; i < sizeof alignments / sizeof alignments[0]; i++) {
    void *block = NULL;
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_alloc(pool, 8, alignments[i], &block, ERR));
    block = kept;
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(pool, &block, 10, 20, alignments[i], ERR));
    CHECK(block == kept);
  }
  nock_pool_dealloc(pool, kept, 10, 0);
  check_counters(pool, live, nock_pool_total_bytes_allocated(pool), count + 1);
}

static void refusals_change_nothing(void) { each_backend(check_refusals); }

/* ---- misuse ---- */

static void null_arguments_are_named(void) {
  nock_pool_t *pool = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_get(NULL, &pool, ERR));
  CHECK_MESSAGE("name");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_get("system", NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_alloc(NULL, 1, 0, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(NULL, NULL, 0, 1, 0, ERR));
  CHECK_MESSAGE("block");
  void *nothing = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(NULL, &nothing, 8, 16, 0, ERR));
  CHECK_MESSAGE("block");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_get(NULL, NULL, NULL));
  CHECK(nock_pool_ref(NULL) == NULL);
  nock_pool_unref(NULL);
}

static void null_is_the_default_pool(void) {
  nock_pool_t *pool = nock_pool_default();
  CHECK(nock_pool_bytes_allocated(NULL) == nock_pool_bytes_allocated(pool));
  CHECK(nock_pool_bytes_allocated(NULL) == nock_total_allocated_bytes());
  CHECK(nock_pool_max_memory(NULL) == nock_pool_max_memory(pool));
  CHECK(nock_pool_total_bytes_allocated(NULL) == nock_pool_total_bytes_allocated(pool));
  CHECK(nock_pool_num_allocations(NULL) == nock_pool_num_allocations(pool));
  nock_pool_release_unused(NULL);
  nock_pool_t *same = nock_pool_ref(pool);
  CHECK(same == pool);
  nock_pool_unref(same);
}

/* ---- threads ---- */

enum { THREADS = 4 };

static size_t rounds;

/* Blocks on their way from the thread that took them to the one that gives them back. */
static struct {
  pthread_mutex_t lock;
  nock_pool_t *pool;
  void *blocks[THREADS * 8];
  size_t sizes[THREADS * 8];
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *exchange(void *argument) {
  size_t seed = (size_t)(uintptr_t)argument;
  for (size_t i = 0; i < rounds; i++) {
    seed = seed * 1103515245 + 12345;
    size_t size = 1 + (seed >> 16) % 5000;
    size_t place = (seed >> 8) % (THREADS * 8);
    void *mine = NULL;
    if (RETRIED(nock_pool_alloc(shared.pool, size, 0, &mine, NULL)) != NOCK_OK) {
      return "no memory";
    }
    memset(mine, (int)size & 0xFF, size);
    pthread_mutex_lock(&shared.lock);
    void *other = shared.blocks[place];
    size_t other_size = shared.sizes[place];
    shared.blocks[place] = mine;
    shared.sizes[place] = size;
    pthread_mutex_unlock(&shared.lock);
    if (other != NULL && ((unsigned char *)other)[other_size - 1] != (other_size & 0xFF)) {
      return "somebody else wrote to the block";
    }
    nock_pool_dealloc(shared.pool, other, other_size, 0);
  }
  return NULL;
}

static void check_threads(nock_pool_t *pool) {
  const uint64_t live = nock_pool_bytes_allocated(pool);
  const uint64_t count = nock_pool_num_allocations(pool);
  pthread_t threads[THREADS];
  shared.pool = pool;
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, exchange, (void *)(uintptr_t)(i + 1)) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    CHECK(result == NULL);
  }
  for (size_t i = 0; i < THREADS * 8; i++) {
    nock_pool_dealloc(pool, shared.blocks[i], shared.sizes[i], 0);
    shared.blocks[i] = NULL;
  }
  CHECK(nock_pool_bytes_allocated(pool) == live);
  CHECK(nock_pool_num_allocations(pool) == count + THREADS * rounds);
}

static void threads_free_each_others_memory(void) { each_backend(check_threads); }

int main(void) {
  rounds = harness_times(2000, 50);
  RUN(the_default_is_one_of_the_backends);
  RUN(system_is_always_there);
  RUN(unknown_backends_are_not_found);
  RUN(the_default_can_be_changed_and_given_back);
  RUN(any_pool_can_be_the_default);
  RUN(statistics_are_exact);
  RUN(alignments_are_kept_through_growth);
  RUN(zero_size_costs_nothing);
  RUN(refusals_change_nothing);
  RUN(null_arguments_are_named);
  RUN(null_is_the_default_pool);
  RUN(threads_free_each_others_memory);
  return harness_done();
}
