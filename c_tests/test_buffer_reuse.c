/*
 * Freed blocks are kept for reuse: neither numbers, nor bytes, nor kinds of buffers tell that there was another one before.
 *
 * With the process-wide pools, which alone keep small blocks; what they count is compared with what it was.
 */
#include "market.h"

#include <sys/resource.h>

/* Sizes below, at and above every border: one block for object and bytes, small blocks, blocks that are kept by all threads. */
static const size_t SIZES[] = {1,    63,   64,      65,      128,     896,       960,       961,       1024,      4095,
                               4096, 5000, 1 << 16, 65600, 262144, (1 << 20) - 64, 1 << 20, (1 << 20) + 64, 5 << 20};
enum { N_SIZES = sizeof SIZES / sizeof SIZES[0] };

static size_t padded(size_t size) { return (size + 63) / 64 * 64; }

static void each_pool(void (*test)(nock_pool_t *pool)) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    nock_pool_t *pool = NULL;
    CHECK_OK(nock_pool_get(nock_pool_backend_name_at(i), &pool, ERR));
    nock_pool_release_unused(pool);
    test(pool);
    nock_pool_release_unused(pool);
    CHECK(nock_pool_cached_bytes(pool) == 0);
    nock_pool_unref(pool);
  }
}

static nock_buffer_t *of_size(size_t size, nock_pool_t *pool) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc(size, pool, &buffer, ERR));
  return buffer;
}

/* ---- the peak among threads, first of all: while nothing else has raised it ------------------------------------------- */

static size_t size_of_buffer(uint64_t random) {
  static const size_t sizes[] = {64, 128, 960, 1024, 1024, 1024, 4096, 4096, 5056, 8192};
  return sizes[random % (sizeof sizes / sizeof sizes[0])];
}

static nock_status_t allocate_buffer(nock_pool_t *pool, size_t size, void **out) {
  nock_buffer_t *buffer = NULL;
  const nock_status_t status = nock_buffer_alloc(size, pool, &buffer, NULL);
  if (status == NOCK_OK) memset(nock_buffer_mutable_data(buffer), (int)size, size);
  *out = buffer;
  return status;
}

static size_t free_buffer(nock_pool_t *pool, void *buffer) {
  const size_t size = nock_buffer_capacity(buffer);
  (void)pool;
  nock_buffer_unref(buffer);
  return size;
}

static void trade_in(nock_pool_t *pool) {
  const struct wares wares = {size_of_buffer, allocate_buffer, free_buffer, 40000, 6000};
  market_check(pool, &wares);
}

static void threads_raise_the_peak_by_what_they_have(void) { each_pool(trade_in); }

/* ---- numbers ---------------------------------------------------------------------------------------------------------- */

static void count_each(nock_pool_t *pool) {
  const uint64_t live = nock_pool_bytes_allocated(pool);
  for (int round = 0; round < 3; round++) {
    for (size_t i = 0; i < N_SIZES; i++) {
      const uint64_t total = nock_pool_total_bytes_allocated(pool), count = nock_pool_num_allocations(pool);
      nock_buffer_t *first = of_size(SIZES[i], pool), *second = of_size(SIZES[i], pool);
      const size_t room = padded(SIZES[i]);
      CHECK(nock_buffer_size(first) == SIZES[i] && nock_buffer_capacity(first) == room);
      CHECK(nock_buffer_data(first) != nock_buffer_data(second));
      CHECK((uintptr_t)nock_buffer_data(first) % 64 == 0 && (uintptr_t)nock_buffer_data(second) % 64 == 0);
      CHECK(nock_pool_bytes_allocated(pool) == live + 2 * room);
      CHECK(nock_pool_total_bytes_allocated(pool) == total + 2 * room && nock_pool_num_allocations(pool) == count + 2);
      nock_buffer_unref(second);
      CHECK(nock_pool_bytes_allocated(pool) == live + room);
      nock_buffer_unref(first);
      CHECK(nock_pool_bytes_allocated(pool) == live);
    }
  }
}

static void numbers_do_not_tell_old_from_new(void) { each_pool(count_each); }

/* What is kept is not in use: new memory does not raise the peak as long as there was more. */
static void raise_it(nock_pool_t *pool) {
  const uint64_t live = nock_pool_bytes_allocated(pool);
  nock_buffer_t *many[64];
  for (size_t i = 0; i < 64; i++) many[i] = of_size(4096 + 64 * i, pool);
  /* Now as much as ever. */
  nock_buffer_t *rest = NULL;
  const uint64_t in_use = nock_pool_bytes_allocated(pool), most = nock_pool_max_memory(pool);
  if (most > in_use) rest = of_size((size_t)(most - in_use), pool);
  CHECK(nock_pool_bytes_allocated(pool) >= most);
  const uint64_t peak = nock_pool_max_memory(pool);
  uint64_t freed = 0;
  for (size_t i = 0; i < 64; i++) {
    freed += nock_buffer_capacity(many[i]);
    nock_buffer_unref(many[i]);
  }
  nock_buffer_t *one = of_size((size_t)freed, pool);
  CHECK(nock_pool_max_memory(pool) == peak && nock_pool_bytes_allocated(pool) == peak);
  nock_buffer_unref(one);
  nock_buffer_unref(rest);
  CHECK(nock_pool_bytes_allocated(pool) == live);
}

static void what_is_kept_is_not_in_use(void) { each_pool(raise_it); }

/* ---- what is kept ------------------------------------------------------------------------------------------------------ */

enum { FREED = 4, FREED_SIZE = 4096 };

/* Whether small blocks of this pool are kept: leak checkers see each block of the C library's allocator end. */
static int keeps_small_blocks(const nock_pool_t *pool) { return strcmp(nock_pool_backend_name(pool), "system") != 0; }

/* Free some buffers; how many bytes are kept then. */
static uint64_t keep_some(nock_pool_t *pool) {
  nock_buffer_t *held[FREED];
  for (size_t i = 0; i < FREED; i++) held[i] = of_size(FREED_SIZE, pool);
  for (size_t i = 0; i < FREED; i++) nock_buffer_unref(held[i]);
  const uint64_t kept = nock_pool_cached_bytes(pool);
  CHECK(kept % FREED_SIZE == 0 && kept <= FREED * FREED_SIZE);
  CHECK(kept > 0 || !keeps_small_blocks(pool));
  return kept;
}

static void keep_and_go(nock_pool_t *pool) {
  const uint64_t live = nock_pool_bytes_allocated(pool);
  const uint64_t kept = keep_some(pool);
  CHECK(nock_pool_bytes_allocated(pool) == live);
  if (kept > 0) {
    nock_buffer_t *next = of_size(FREED_SIZE, pool);
    CHECK(nock_pool_cached_bytes(pool) == kept - FREED_SIZE);
    nock_buffer_unref(next);
    CHECK(nock_pool_cached_bytes(pool) == kept);
  }
  nock_pool_release_unused(pool);
  CHECK(nock_pool_cached_bytes(pool) == 0 && nock_pool_bytes_allocated(pool) == live);
}

static void blocks_are_kept_until_they_are_wanted_or_released(void) { each_pool(keep_and_go); }

/* The system has no more addresses for this process: what is kept goes before a request is refused, also one to grow a block. */
static void ask_for_too_much(nock_pool_t *pool) {
  const size_t much = (size_t)512 << 20;
  if (!keeps_small_blocks(pool)) return;
  void *block = NULL, *small = NULL;
  /* The peak is high enough, so that nothing has to go for its sake. */
  CHECK_OK(nock_pool_alloc(pool, 2 * much, 0, &block, ERR));
  nock_pool_dealloc(pool, block, 2 * much, 0);
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &small, ERR));
  struct rlimit whole;
  CHECK(getrlimit(RLIMIT_AS, &whole) == 0);
  const struct rlimit little = {(rlim_t)64 << 20, whole.rlim_max};
  for (int grow = 0; grow < 2; grow++) {
    CHECK(keep_some(pool) > 0);
    CHECK(setrlimit(RLIMIT_AS, &little) == 0);
    const nock_status_t status =
        grow ? nock_pool_realloc(pool, &small, 100, much, 0, NULL) : nock_pool_alloc(pool, much, 0, &block, NULL);
    CHECK(setrlimit(RLIMIT_AS, &whole) == 0);
    CHECK(status == NOCK_ERR_OUT_OF_MEMORY && nock_pool_cached_bytes(pool) == 0);
  }
  nock_pool_dealloc(pool, small, 100, 0);
}

static void what_is_kept_goes_before_a_refusal(void) { each_pool(ask_for_too_much); }

/* Small blocks of the pool below give way to a cap as large ones do: when it refuses, and when it would be exceeded. */
static void cap_it(nock_pool_t *pool) {
  enum { CAP = 1 << 20 };
  if (!keeps_small_blocks(pool)) return;
  nock_pool_t *capped = NULL;
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_pool_new_capped(pool, CAP, &capped, ERR));
  CHECK(keep_some(pool) > 0 && nock_pool_cached_bytes(capped) == nock_pool_cached_bytes(pool));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc(CAP + 1, capped, &buffer, ERR));
  CHECK(nock_pool_cached_bytes(pool) == 0);
  CHECK(keep_some(pool) > 0);
  CHECK_OK(nock_buffer_alloc(CAP, capped, &buffer, ERR));
  CHECK(nock_pool_cached_bytes(pool) == 0);
  nock_buffer_unref(buffer);
  nock_pool_unref(capped);
}

static void kept_blocks_give_way_to_a_cap(void) { each_pool(cap_it); }

/* ---- bytes and kinds --------------------------------------------------------------------------------------------------- */

static void zero_after_dirt(nock_pool_t *pool) {
  for (size_t i = 0; i < N_SIZES; i++) {
    const size_t room = padded(SIZES[i]);
    nock_buffer_t *dirty = of_size(room, pool), *clean = NULL;
    memset(nock_buffer_mutable_data(dirty), 0xEE, room);
    nock_buffer_unref(dirty);
    clean = of_size(SIZES[i], pool);
    const unsigned char *bytes = nock_buffer_data(clean);
    for (size_t at = SIZES[i]; at < room; at++) CHECK(bytes[at] == 0);
    memset(nock_buffer_mutable_data(clean), 0xEE, SIZES[i]);
    nock_buffer_unref(clean);
    CHECK_OK(nock_buffer_alloc_zeroed(SIZES[i], pool, &clean, ERR));
    bytes = nock_buffer_data(clean);
    for (size_t at = 0; at < room; at++) CHECK(bytes[at] == 0);
    nock_buffer_unref(clean);
  }
}

static void padding_and_zeros_are_new(void) { each_pool(zero_after_dirt); }

/* A buffer is what it was asked to be, whatever had its memory before. */
static void ask_anew(nock_pool_t *pool) {
  for (size_t i = 0; i < N_SIZES; i++) {
    const size_t size = SIZES[i];
    nock_buffer_t *buffer = of_size(size, pool), *part = NULL;
    nock_buffer_freeze(buffer);
    CHECK_OK(nock_buffer_slice(buffer, 0, size, &part, ERR));
    nock_buffer_unref(buffer);
    nock_buffer_unref(part);
    buffer = of_size(size, pool);
    CHECK(nock_buffer_is_mutable(buffer) && !nock_buffer_is_resizable(buffer) && nock_buffer_parent(buffer) == NULL);
    CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_resize(buffer, size + 1, 0, ERR));
    nock_buffer_unref(buffer);

    CHECK_OK(nock_buffer_alloc_resizable(size, pool, &buffer, ERR));
    CHECK_OK(nock_buffer_resize(buffer, 2 * size, 0, ERR));
    memset(nock_buffer_mutable_data(buffer), 1, 2 * size);
    nock_buffer_unref(buffer);
    buffer = of_size(2 * size, pool);
    CHECK(!nock_buffer_is_resizable(buffer) && nock_buffer_capacity(buffer) == padded(2 * size));
    memset(nock_buffer_mutable_data(buffer), 2, 2 * size);
    nock_buffer_unref(buffer);

    CHECK_OK(nock_buffer_alloc_aligned(size, 4096, pool, &buffer, ERR));
    CHECK((uintptr_t)nock_buffer_data(buffer) % 4096 == 0);
    nock_buffer_unref(buffer);
    CHECK_OK(nock_buffer_alloc_aligned(size, 4096, pool, &buffer, ERR));
    CHECK((uintptr_t)nock_buffer_data(buffer) % 4096 == 0);
    nock_buffer_unref(buffer);

    CHECK_OK(nock_buffer_alloc_aligned(size, 2 << 20, pool, &buffer, ERR));
    CHECK((uintptr_t)nock_buffer_data(buffer) % (2 << 20) == 0);
    nock_buffer_unref(buffer);
    buffer = of_size(size, pool);
    memset(nock_buffer_mutable_data(buffer), 4, size);
    nock_buffer_unref(buffer);

    nock_buffer_builder_t *builder = NULL;
    CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
    CHECK_OK(nock_buffer_builder_append_fill(builder, 7, size, ERR));
    CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
    nock_buffer_unref(buffer);
    buffer = of_size(size, pool);
    CHECK(!nock_buffer_is_resizable(buffer));
    memset(nock_buffer_mutable_data(buffer), 3, size);
    nock_buffer_unref(buffer);
  }
}

static void kinds_are_as_asked(void) { each_pool(ask_anew); }

/* ---- many sizes in turn ------------------------------------------------------------------------------------------------ */

/* More buffers than are kept, in changing order, each with its own content. */
static void mix(nock_pool_t *pool) {
  enum { HELD = 20 };
  nock_buffer_t *held[HELD] = {NULL};
  uint64_t random = 5;
  uint64_t live = nock_pool_bytes_allocated(pool);
  for (int i = 0; i < 4000; i++) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    const size_t at = (random >> 33) % HELD, size = SIZES[(random >> 40) % (N_SIZES - 1)];
    if (held[at] != NULL) {
      const unsigned char *bytes = nock_buffer_data(held[at]);
      const size_t last = nock_buffer_size(held[at]) - 1;
      CHECK(bytes[0] == (unsigned char)at && bytes[last / 2] == (unsigned char)at && bytes[last] == (unsigned char)at);
      live -= nock_buffer_capacity(held[at]);
      nock_buffer_unref(held[at]);
    }
    held[at] = of_size(size, pool);
    live += padded(size);
    memset(nock_buffer_mutable_data(held[at]), (int)at, size);
    CHECK(nock_pool_bytes_allocated(pool) == live);
  }
  for (size_t i = 0; i < HELD; i++) nock_buffer_unref(held[i]);
}

static void many_sizes_keep_apart(void) { each_pool(mix); }

int main(void) {
  RUN(threads_raise_the_peak_by_what_they_have);
  RUN(numbers_do_not_tell_old_from_new);
  RUN(what_is_kept_is_not_in_use);
  RUN(blocks_are_kept_until_they_are_wanted_or_released);
  RUN(what_is_kept_goes_before_a_refusal);
  RUN(kept_blocks_give_way_to_a_cap);
  RUN(padding_and_zeros_are_new);
  RUN(kinds_are_as_asked);
  RUN(many_sizes_keep_apart);
  return harness_done();
}
