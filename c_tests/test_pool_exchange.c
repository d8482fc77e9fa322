/*
 * Threads that free each other's memory: what one took is grown, sliced and given back by whoever finds it in a slot.
 * NOCK_EXCHANGE_ROUNDS makes it longer.
 */
#include "harness.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS = 8, SLOTS = 16, HEAD = 32, FEW_ROUNDS = 100, ROUNDS = 1000 };

struct slot {
  _Atomic(unsigned char *) block;
  _Atomic(nock_buffer_t *) buffer;
};

static struct slot slots[SLOTS];
static pthread_barrier_t all_there;
static nock_pool_t *pool;
static unsigned long rounds;
static atomic_bool no_memory;
static atomic_ulong freed_for_others;

struct worker {
  pthread_t thread;
  uint64_t number;
  uint64_t random;
};

static char wrong;

static uint64_t next(struct worker *worker) {
  worker->random = worker->random * 6364136223846793005U + 1442695040888963407U;
  return worker->random >> 33;
}

/* Mostly small, some medium, now and then one from the kernel. */
static size_t some_size(struct worker *worker) {
  const uint64_t kind = next(worker) % 256;
  const size_t most = kind == 0 ? (size_t)5 << 20 : kind < 8 ? (size_t)700 << 10 : kind < 64 ? 40000 : 600;
  return HEAD + next(worker) % most;
}

/* A block says at its head how long it is and who made it, and ends in a mark. */
static void mark(unsigned char *block, uint64_t size, uint64_t maker) {
  memcpy(block, &size, 8);
  memcpy(block + 8, &maker, 8);
  block[size - 1] = (unsigned char)size;
}

static uint64_t word(const unsigned char *block, size_t at) {
  uint64_t value = 0;
  memcpy(&value, block + at, 8);
  return value;
}

static bool refused(nock_status_t status) {
  if (status == NOCK_ERR_OUT_OF_MEMORY) {
    atomic_store(&no_memory, true);
  }
  return status != NOCK_OK;
}

static void count_freed(const struct worker *worker, uint64_t maker) {
  if (maker != worker->number) {
    atomic_fetch_add_explicit(&freed_for_others, 1, memory_order_relaxed);
  }
}

static void *give_back(struct worker *worker, unsigned char *block) {
  const size_t size = (size_t)word(block, 0);
  if (block[size - 1] != (unsigned char)size) {
    return &wrong;
  }
  count_freed(worker, word(block, 8));
  nock_pool_dealloc(pool, block, size, 0);
  return NULL;
}

/* Put a block into a slot; what lay there goes, sometimes only after it has grown or shrunk here. */
static void *exchange_block(struct worker *worker) {
  const size_t size = some_size(worker);
  void *block = NULL;
  if (refused(nock_pool_alloc(pool, size, 0, &block, NULL))) {
    return NULL;
  }
  mark(block, size, worker->number);
  unsigned char *found = atomic_exchange(&slots[next(worker) % SLOTS].block, (unsigned char *)block);
  if (found == NULL) {
    return NULL;
  }
  if (next(worker) % 4 == 0) {
    const size_t old_size = (size_t)word(found, 0);
    const uint64_t maker = word(found, 8);
    const size_t new_size = some_size(worker);
    void *moved = found;
    if (found[old_size - 1] != (unsigned char)old_size) {
      return &wrong;
    }
    if (!refused(nock_pool_realloc(pool, &moved, old_size, new_size, 0, NULL))) {
      found = moved;
      if (word(found, 0) != old_size || word(found, 8) != maker) {
        return &wrong;
      }
      mark(found, new_size, maker);
    }
  }
  return give_back(worker, found);
}

static void *drop(struct worker *worker, nock_buffer_t *buffer) {
  const unsigned char *bytes = nock_buffer_data(buffer);
  if (word(bytes, 0) != nock_buffer_size(buffer)) {
    return &wrong;
  }
  count_freed(worker, word(bytes, 8));
  nock_buffer_unref(buffer);
  return NULL;
}

/* The same with a buffer; half of them as a slice, which is then the last owner of the whole. */
static void *exchange_buffer(struct worker *worker) {
  const size_t size = some_size(worker) + HEAD;
  nock_buffer_t *buffer = NULL;
  if (refused(nock_buffer_alloc(size, pool, &buffer, NULL))) {
    return NULL;
  }
  const bool whole = next(worker) % 2 == 0;
  const uint64_t seen = whole ? size : size - HEAD;
  unsigned char *bytes = nock_buffer_mutable_data(buffer);
  memcpy(bytes + (size - seen), &seen, 8);
  memcpy(bytes + (size - seen) + 8, &worker->number, 8);
  if (!whole) {
    nock_buffer_t *slice = NULL;
    if (refused(nock_buffer_slice(buffer, HEAD, size - HEAD, &slice, NULL))) {
      nock_buffer_unref(buffer);
      return NULL;
    }
    nock_buffer_unref(buffer);
    buffer = slice;
  }
  nock_buffer_t *found = atomic_exchange(&slots[next(worker) % SLOTS].buffer, buffer);
  return found == NULL ? NULL : drop(worker, found);
}

static void *work(void *argument) {
  struct worker *worker = argument;
  void *complaint = NULL;
  pthread_barrier_wait(&all_there);
  for (unsigned long i = 0; i < rounds && complaint == NULL && !atomic_load(&no_memory); i++) {
    if (i % 16 == 0) {
      sched_yield();
    }
    complaint = exchange_block(worker);
    if (complaint == NULL) {
      complaint = exchange_buffer(worker);
    }
  }
  return complaint;
}

/* What is left in the slots goes on this thread. */
static void empty_slots(void) {
  struct worker me = {.number = THREADS};
  for (size_t i = 0; i < SLOTS; i++) {
    unsigned char *block = atomic_exchange(&slots[i].block, NULL);
    nock_buffer_t *buffer = atomic_exchange(&slots[i].buffer, NULL);
    CHECK(block == NULL || give_back(&me, block) == NULL);
    CHECK(buffer == NULL || drop(&me, buffer) == NULL);
  }
}

static void exchange(const char *backend) {
  struct worker workers[THREADS];
  CHECK_OK(nock_pool_get(backend, &pool, ERR));
  const uint64_t before = nock_pool_bytes_allocated(pool);
  const uint64_t count_before = nock_pool_num_allocations(pool);
  atomic_store(&freed_for_others, 0);
  CHECK(pthread_barrier_init(&all_there, NULL, THREADS) == 0);
  for (size_t i = 0; i < THREADS; i++) {
    workers[i].number = i;
    workers[i].random = 88172645463325252U + i;
    CHECK(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0);
  }
  bool all_right = true;
  for (size_t i = 0; i < THREADS; i++) {
    void *complaint = NULL;
    CHECK(pthread_join(workers[i].thread, &complaint) == 0);
    all_right = all_right && complaint == NULL;
  }
  CHECK(pthread_barrier_destroy(&all_there) == 0);
  empty_slots();
  CHECK(all_right);
  CHECK(nock_pool_bytes_allocated(pool) == before);
  harness_last_status = atomic_load(&no_memory) ? NOCK_ERR_OUT_OF_MEMORY : NOCK_OK;
  CHECK(!atomic_load(&no_memory));
  CHECK(nock_pool_num_allocations(pool) - count_before >= 2 * THREADS * rounds);
  CHECK(nock_pool_max_memory(pool) > before);
  /* Even threads that ran one after the other found what those before them had left. */
  CHECK(atomic_load(&freed_for_others) >= THREADS);
  nock_pool_release_unused(pool);
  nock_pool_unref(pool);
}

static void threads_free_each_others_memory(void) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    exchange(nock_pool_backend_name_at(i));
  }
}

int main(void) {
  const char *asked = getenv("NOCK_EXCHANGE_ROUNDS");
  const size_t usual = getenv("NOCK_UNDER_VALGRIND") != NULL ? FEW_ROUNDS : ROUNDS;
  rounds = asked != NULL ? strtoul(asked, NULL, 10) : harness_times(usual, FEW_ROUNDS);
  RUN(threads_free_each_others_memory);
  return harness_done();
}
