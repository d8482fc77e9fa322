/* Caps: what a refusal says, and that the memory below never has one byte more, whatever threads do. */
#include "harness.h"

#include <pthread.h>
#include <stdatomic.h>

static nock_pool_t *capped(nock_pool_t *parent, uint64_t limit) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(parent, limit, &pool, ERR));
  return pool;
}

/* ---- words ---- */

/* Refused by a cap, with these words; an allocation for the words themselves may be refused too. */
#define CHECK_REFUSED(words, call)       \
  do {                                   \
    CHECK_STATUS(NOCK_ERR_LIMIT, call);  \
    CHECK_MESSAGE(words);                \
  } while (0)

static void a_refusal_says_asked_in_use_and_cap(void) {
  nock_pool_t *pool = capped(NULL, 1000);
  void *a = NULL, *b = NULL;
  CHECK_REFUSED("1001 bytes more than the 0 in use exceed the cap of 1000", nock_pool_alloc(pool, 1001, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 600, 0, &a, ERR));
  CHECK_REFUSED("401 bytes more than the 600 in use exceed the cap of 1000", nock_pool_alloc(pool, 401, 0, &b, ERR));
  CHECK_REFUSED("401 bytes more than the 600 in use exceed the cap of 1000",
                nock_pool_realloc(pool, &a, 600, 1001, 0, ERR));
  nock_pool_dealloc(pool, a, 600, 0);
  /* Buffers ask for whole units of 64 bytes. */
  nock_buffer_t *buffer = NULL, *other = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  CHECK_REFUSED("896 bytes more than the 128 in use exceed the cap of 1000", nock_buffer_alloc(873, pool, &other, ERR));
  CHECK_REFUSED("896 bytes more than the 128 in use exceed the cap of 1000", nock_buffer_resize(buffer, 1000, 0, ERR));
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

static void the_cap_that_refuses_is_the_one_that_speaks(void) {
  nock_pool_t *process = capped(NULL, 1000);
  nock_pool_t *one = capped(process, 700), *two = capped(process, 500);
  void *a = NULL, *b = NULL;
  CHECK_OK(nock_pool_alloc(one, 700, 0, &a, ERR));
  CHECK_REFUSED("400 bytes more than the 700 in use exceed the cap of 1000", nock_pool_alloc(two, 400, 0, &b, ERR));
  CHECK_REFUSED("501 bytes more than the 0 in use exceed the cap of 500", nock_pool_alloc(two, 501, 0, &b, ERR));
  CHECK_REFUSED("1 bytes more than the 700 in use exceed the cap of 700", nock_pool_realloc(one, &a, 700, 701, 0, ERR));
  CHECK(nock_pool_bytes_allocated(process) == 700 && nock_pool_bytes_allocated(two) == 0);
  nock_pool_dealloc(one, a, 700, 0);
  nock_pool_unref(one);
  nock_pool_unref(two);
  nock_pool_unref(process);
}

/* ---- threads ---- */

enum { THREADS = 8, OPERATIONS = 2, ROUNDS = 1500, HELD = 16, PROCESS_CAP = 60000, OPERATION_CAP = 40000 };

/* The memory below all caps, which counts for itself. */
static struct {
  atomic_long live;
  atomic_int too_much;
} below;

static nock_status_t below_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  if (posix_memalign(out, alignment < sizeof(void *) ? sizeof(void *) : alignment, size) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  if (atomic_fetch_add(&below.live, (long)size) + (long)size > PROCESS_CAP) {
    atomic_fetch_add(&below.too_much, 1);
  }
  return NOCK_OK;
}

static void below_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data, (void)alignment;
  atomic_fetch_sub(&below.live, (long)size);
  free(block);
}

static struct {
  nock_pool_t *pool;
  atomic_long live;
  atomic_int too_much;
  atomic_int refused;
} operations[OPERATIONS];

/* Counted after memory was taken and before it is given back, so never more than is really in use. */
static void count(size_t operation, long bytes) {
  if (atomic_fetch_add(&operations[operation].live, bytes) + bytes > OPERATION_CAP) {
    atomic_fetch_add(&operations[operation].too_much, 1);
  }
}

static void *hammer(void *number) {
  const size_t mine = (size_t)(uintptr_t)number % OPERATIONS;
  nock_pool_t *pool = operations[mine].pool;
  struct {
    void *block;
    size_t size;
  } held[HELD] = {{NULL, 0}};
  size_t seed = (size_t)(uintptr_t)number + 1;
  void *complaint = NULL;
  for (size_t i = 0; i < ROUNDS && complaint == NULL; i++) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const size_t at = (seed >> 20) % HELD;
    count(mine, -(long)held[at].size);
    nock_pool_dealloc(pool, held[at].block, held[at].size, 0);
    held[at].block = NULL;
    held[at].size = 1 + (seed >> 33) % 5000;
    const nock_status_t status = RETRIED(nock_pool_alloc(pool, held[at].size, 0, &held[at].block, NULL));
    if (status == NOCK_OK) {
      count(mine, (long)held[at].size);
    } else {
      held[at].size = 0;
      atomic_fetch_add(&operations[mine].refused, 1);
      complaint = status == NOCK_ERR_LIMIT ? NULL : "another failure than a limit";
    }
  }
  for (size_t at = 0; at < HELD; at++) {
    count(mine, -(long)held[at].size);
    nock_pool_dealloc(pool, held[at].block, held[at].size, 0);
  }
  return complaint;
}

/* Four threads in each of two operations of one process. */
static void a_tree_of_caps_holds_in_the_memory_below(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = below_alloc;
  callbacks.dealloc = below_dealloc;
  nock_pool_t *memory = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &memory, ERR));
  nock_pool_t *process = capped(memory, PROCESS_CAP);
  for (size_t i = 0; i < OPERATIONS; i++) {
    operations[i].pool = capped(process, OPERATION_CAP);
  }
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, hammer, (void *)(uintptr_t)i) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    void *complaint = NULL;
    CHECK(pthread_join(threads[i], &complaint) == 0);
    CHECK(complaint == NULL);
  }
  CHECK(below.live == 0 && below.too_much == 0);
  CHECK(nock_pool_bytes_allocated(process) == 0 && nock_pool_max_memory(process) <= PROCESS_CAP);
  for (size_t i = 0; i < OPERATIONS; i++) {
    CHECK(operations[i].live == 0 && operations[i].too_much == 0 && operations[i].refused > 0);
    CHECK(nock_pool_bytes_allocated(operations[i].pool) == 0);
    /* Nothing is lost on the way: all of the cap can be had again. */
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(operations[i].pool, OPERATION_CAP, 0, &block, ERR));
    nock_pool_dealloc(operations[i].pool, block, OPERATION_CAP, 0);
    nock_pool_unref(operations[i].pool);
  }
  nock_pool_unref(process);
  nock_pool_unref(memory);
}

int main(void) {
  RUN(a_refusal_says_asked_in_use_and_cap);
  RUN(the_cap_that_refuses_is_the_one_that_speaks);
  RUN(a_tree_of_caps_holds_in_the_memory_below);
  return harness_done();
}
