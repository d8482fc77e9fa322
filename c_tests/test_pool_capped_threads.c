/* Caps under threads: neither what the threads have nor the memory below ever has one byte more than the cap. */
#include "pools.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 8, HELD = 16, OPERATIONS = 2, PROCESS_CAP = 60000, OPERATION_CAP = 40000 };

/* Some threads' work in one capped pool. */
struct operation {
  nock_pool_t *pool;
  size_t rounds;
  size_t largest;
  atomic_long live;
  atomic_int too_much;
  atomic_int refused;
};

/* Counted after memory was taken and before it is given back, so never more than is really in use. */
static void count(struct operation *operation, long bytes) {
  if (atomic_fetch_add(&operation->live, bytes) + bytes > OPERATION_CAP) {
    atomic_fetch_add(&operation->too_much, 1);
  }
}

/* What a thread holds at one place. */
struct piece {
  void *block;
  size_t size;
};

/* Change a block's size. What it loses is counted before the call, what it gains after it. */
static nock_status_t change(struct operation *operation, struct piece *piece, size_t size) {
  const long more = (long)size - (long)piece->size;
  count(operation, more < 0 ? more : 0);
  const nock_status_t status = RETRIED(nock_pool_realloc(operation->pool, &piece->block, piece->size, size, 0, NULL));
  if (status == NOCK_OK) {
    count(operation, more > 0 ? more : 0);
    piece->size = size;
  } else {
    count(operation, more < 0 ? -more : 0);
  }
  return status;
}

/* Give a block back, and take another one. */
static nock_status_t replace(struct operation *operation, struct piece *piece, size_t size) {
  count(operation, -(long)piece->size);
  nock_pool_dealloc(operation->pool, piece->block, piece->size, 0);
  piece->block = NULL;
  const nock_status_t status = RETRIED(nock_pool_alloc(operation->pool, size, 0, &piece->block, NULL));
  piece->size = status == NOCK_OK ? size : 0;
  count(operation, (long)piece->size);
  return status;
}

struct hammer {
  struct operation *operation;
  size_t seed;
  pthread_t thread;
};

static void *hammer(void *argument) {
  const struct hammer *me = argument;
  struct operation *operation = me->operation;
  struct piece held[HELD] = {{NULL, 0}};
  size_t seed = me->seed;
  void *complaint = NULL;
  for (size_t i = 0; i < operation->rounds && complaint == NULL; i++) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    struct piece *piece = &held[(seed >> 20) % HELD];
    const size_t size = 1 + (seed >> 33) % operation->largest;
    const nock_status_t status = (seed >> 50) % 3 == 0 ? change(operation, piece, size) : replace(operation, piece, size);
    if (status != NOCK_OK) {
      atomic_fetch_add(&operation->refused, 1);
      complaint = status == NOCK_ERR_LIMIT ? NULL : "another failure than a limit";
    }
  }
  for (size_t at = 0; at < HELD; at++) {
    count(operation, -(long)held[at].size);
    nock_pool_dealloc(operation->pool, held[at].block, held[at].size, 0);
  }
  return complaint;
}

/* All threads at once, spread over the operations. */
static void together(struct operation *operations, size_t number) {
  struct hammer hammers[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    hammers[i] = (struct hammer){.operation = &operations[i % number], .seed = i + 1};
    CHECK(pthread_create(&hammers[i].thread, NULL, hammer, &hammers[i]) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    void *complaint = NULL;
    CHECK(pthread_join(hammers[i].thread, &complaint) == 0);
    CHECK(complaint == NULL);
  }
}

static void threads_never_exceed_a_cap_together(void) {
  struct operation one = {.pool = capped(NULL, OPERATION_CAP), .rounds = harness_times(3000, 60), .largest = 9000};
  together(&one, 1);
  CHECK(one.live == 0 && one.too_much == 0 && one.refused > 0);
  CHECK(nock_pool_max_memory(one.pool) <= OPERATION_CAP);
  CHECK(nock_pool_bytes_allocated(one.pool) == 0);
  nock_pool_unref(one.pool);
}

/* ---- a tree of caps ---- */

/* The memory below all caps, which counts for itself. */
static struct {
  atomic_long live;
  atomic_int too_much;
} below;

static void count_below(long bytes) {
  if (atomic_fetch_add(&below.live, bytes) + bytes > PROCESS_CAP) {
    atomic_fetch_add(&below.too_much, 1);
  }
}

/* Each block has room for the largest, so that none has to move, and be there twice meanwhile, when its size changes. */
static nock_status_t below_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  if (posix_memalign(out, alignment < sizeof(void *) ? sizeof(void *) : alignment, OPERATION_CAP) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  count_below((long)size);
  return NOCK_OK;
}

static nock_status_t below_resize(void *user_data, void *block, size_t old_size, size_t new_size, size_t alignment) {
  (void)user_data, (void)block, (void)alignment;
  count_below((long)new_size - (long)old_size);
  return NOCK_OK;
}

static void below_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data, (void)alignment;
  atomic_fetch_sub(&below.live, (long)size);
  free(block);
}

/* Four threads in each of two operations of one process. */
static void a_tree_of_caps_holds_in_the_memory_below(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = below_alloc;
  callbacks.resize = below_resize;
  callbacks.dealloc = below_dealloc;
  nock_pool_t *memory = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &memory, ERR));
  nock_pool_t *process = capped(memory, PROCESS_CAP);
  struct operation operations[OPERATIONS];
  for (size_t i = 0; i < OPERATIONS; i++) {
    operations[i] = (struct operation){
        .pool = capped(process, OPERATION_CAP), .rounds = harness_times(1500, 120), .largest = 5000};
  }
  together(operations, OPERATIONS);
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
  RUN(threads_never_exceed_a_cap_together);
  RUN(a_tree_of_caps_holds_in_the_memory_below);
  return harness_done();
}
