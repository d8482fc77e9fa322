/* Large blocks: growth without copies, what is kept for reuse, and who decides about both. */
#include "harness.h"

#include <pthread.h>

static nock_pool_t *backend(const char *name, nock_pool_backend_options_t options) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_backend(name, &options, &pool, ERR));
  return pool;
}

static void each_backend(void (*test)(const char *name)) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    test(nock_pool_backend_name_at(i));
  }
}

static const nock_pool_backend_options_t defaults = NOCK_POOL_BACKEND_OPTIONS_INIT;

static void mark(void *block, size_t size) {
  unsigned char *bytes = block;
  for (size_t at = 0; at < size; at += 1 << 16) {
    bytes[at] = (unsigned char)(at >> 16);
  }
  bytes[size - 1] = 1;
}

static void check_marks(const void *block, size_t size) {
  const unsigned char *bytes = block;
  for (size_t at = 0; at < size; at += 1 << 16) {
    CHECK(bytes[at] == (unsigned char)(at >> 16));
  }
}

static void check_every_size(const char *name) {
  const size_t sizes[] = {1000, 300 << 10, 600 << 10, (4 << 20) - 1, 4 << 20, 9 << 20, 33 << 20};
  const size_t alignments[] = {64, 4096, 2 << 20};
  enum { SIZES = sizeof sizes / sizeof sizes[0] };
  nock_pool_t *pool = backend(name, defaults);
  CHECK_TEXT(nock_pool_backend_name(pool), name);
  /* Half of the sizes are enough where memory is refused: one of each way to keep a block, and to change it for another. */
  const size_t step = harness_times(1, 2);
  for (size_t a = 0; a < 3; a++) {
    for (size_t from = 0; from < SIZES; from += step) {
      for (size_t to = 0; to < SIZES; to += step) {
        void *block = NULL;
        CHECK_OK(nock_pool_alloc(pool, sizes[from], alignments[a], &block, ERR));
        mark(block, sizes[from]);
        CHECK_OK(nock_pool_realloc(pool, &block, sizes[from], sizes[to], alignments[a], ERR));
        CHECK((uintptr_t)block % alignments[a] == 0);
        check_marks(block, sizes[from] < sizes[to] ? sizes[from] : sizes[to]);
        mark(block, sizes[to]);
        CHECK(nock_pool_bytes_allocated(pool) == sizes[to]);
        nock_pool_dealloc(pool, block, sizes[to], alignments[a]);
      }
    }
  }
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  CHECK(nock_pool_cached_bytes(pool) <= 128 << 20);
  nock_pool_release_unused(pool);
  CHECK(nock_pool_cached_bytes(pool) == 0);
  nock_pool_unref(pool);
}

static void every_size_keeps_its_bytes(void) { each_backend(check_every_size); }

static void check_growth(const char *name) {
  nock_pool_t *pool = backend(name, defaults);
  nock_buffer_builder_t *builder = NULL;
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  const size_t total = harness_times(64, 16) << 20;
  for (size_t size = 0; size < total;) {
    void *tail = NULL;
    size_t room = 0;
    CHECK_OK(nock_buffer_builder_reserve(builder, 1, &tail, &room, ERR));
    memset(tail, (int)(size >> 20) & 0xFF, room);
    CHECK_OK(nock_buffer_builder_advance(builder, room, ERR));
    size += room;
  }
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK(nock_buffer_size(buffer) >= total);
  CHECK(((const unsigned char *)nock_buffer_data(buffer))[0] == 0);
  CHECK(((const unsigned char *)nock_buffer_data(buffer))[total - 1] == total >> 21);
#if defined(__linux__)
  /* Only what lies below the first large block is ever copied. */
  CHECK(nock_pool_copied_bytes(pool) < 4 << 20);
#endif
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

static void large_blocks_grow_without_copies(void) { each_backend(check_growth); }

static void check_reuse(const char *name) {
  nock_pool_t *pool = backend(name, defaults);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 8 << 20, 0, &block, ERR));
  CHECK(nock_pool_cached_bytes(pool) == 0);
  void *first = block;
  nock_pool_dealloc(pool, block, 8 << 20, 0);
  CHECK(nock_pool_cached_bytes(pool) == 8 << 20);
  CHECK_OK(nock_pool_alloc(pool, 8 << 20, 0, &block, ERR));
  CHECK(block == first && nock_pool_cached_bytes(pool) == 0);
  nock_pool_dealloc(pool, block, 8 << 20, 0);
  nock_pool_release_unused(pool);
  CHECK(nock_pool_cached_bytes(pool) == 0);
  nock_pool_unref(pool);

  nock_pool_backend_options_t options = defaults;
  options.cache_bytes = 8 << 20;
  pool = backend(name, options);
  void *blocks[3];
  for (size_t i = 0; i < 3; i++) {
    CHECK_OK(nock_pool_alloc(pool, 5 << 20, 0, &blocks[i], ERR));
  }
  for (size_t i = 0; i < 3; i++) {
    nock_pool_dealloc(pool, blocks[i], 5 << 20, 0);
    CHECK(nock_pool_cached_bytes(pool) == 5 << 20);
  }
  /* What is kept when the pool ends goes back too. */
  nock_pool_unref(pool);
  options.flags = NOCK_POOL_BACKEND_NO_CACHE | NOCK_POOL_BACKEND_NO_HUGE_PAGES;
  pool = backend(name, options);
  CHECK_OK(nock_pool_alloc(pool, 5 << 20, 0, &block, ERR));
  nock_pool_dealloc(pool, block, 5 << 20, 0);
  CHECK(nock_pool_cached_bytes(pool) == 0);
  nock_pool_unref(pool);
}

static void freed_blocks_are_kept_within_bounds(void) {
#if defined(__linux__)
  each_backend(check_reuse);
#endif
}

/* What is kept of a block when it is given back: all of a large one, and of others nothing where the backend is malloc. */
static uint64_t kept_of(nock_pool_t *pool, size_t size) {
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, size, 0, &block, ERR));
  nock_pool_dealloc(pool, block, size, 0);
  const uint64_t kept = nock_pool_cached_bytes(pool);
  nock_pool_release_unused(pool);
  CHECK(nock_pool_cached_bytes(pool) == 0);
  return kept;
}

static void large_begins_where_it_is_told_to(void) {
#if defined(__linux__)
  const size_t mib = 1 << 20, larges[] = {0, 1 * mib, 8 * mib};
  for (size_t i = 0; i < 3; i++) {
    nock_pool_backend_options_t options = defaults;
    options.large_bytes = larges[i];
    nock_pool_t *pool = backend("system", options);
    const size_t border = larges[i] == 0 ? 4 * mib : larges[i];
    /* Sizes are rounded up to classes, so the last block that is not large is a class below. */
    CHECK(kept_of(pool, border) == border && kept_of(pool, border / 8 * 7) == 0);
    nock_pool_unref(pool);
  }
#endif
}

static nock_status_t take_and_give_back(nock_pool_t *pool, size_t size) {
  void *block = NULL;
  nock_status_t status = nock_pool_alloc(pool, size, 64, &block, NULL);
  if (status == NOCK_OK) nock_pool_dealloc(pool, block, size, 64);
  return status;
}

/* What is kept for reuse gives way where a cap is near. */
static void check_cap(const char *name) {
  const size_t mib = 1 << 20;
  nock_pool_t *pool = backend(name, defaults), *capped = NULL, *watched = NULL;
  CHECK_OK(nock_pool_new_capped(pool, 24 * mib, &capped, ERR));
  CHECK_OK(nock_pool_new_proxy(capped, &watched, ERR));
  CHECK_OK(take_and_give_back(capped, 8 * mib));
  CHECK_OK(take_and_give_back(watched, 12 * mib));
  CHECK(nock_pool_cached_bytes(pool) == 20 * mib);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(watched, 5 * mib, 64, &block, ERR));
  CHECK(nock_pool_cached_bytes(pool) == 20 * mib); /* 5 MiB are no new peak */
  CHECK_OK(take_and_give_back(watched, 10 * mib));
  CHECK(nock_pool_cached_bytes(pool) == 10 * mib); /* 15 and 20 MiB were more than 24 */
  CHECK_STATUS(NOCK_ERR_LIMIT, take_and_give_back(watched, 20 * mib));
  CHECK(nock_pool_cached_bytes(pool) == 0);
  nock_pool_dealloc(watched, block, 5 * mib, 64);
  CHECK(nock_pool_cached_bytes(pool) == 5 * mib);
  nock_pool_unref(watched);
  nock_pool_unref(capped);
  nock_pool_unref(pool);
}

static void kept_blocks_give_way_to_a_cap(void) { each_backend(check_cap); }

static void check_policies(const char *name) {
  const int32_t numas[] = {NOCK_POOL_NUMA_DEFAULT, NOCK_POOL_NUMA_INTERLEAVE, NOCK_POOL_NUMA_PREFER};
  for (uint32_t flags = 0; flags < 8; flags++) {
    for (size_t n = 0; n < 3; n++) {
      nock_pool_backend_options_t options = defaults;
      options.flags = flags;
      options.large_bytes = 1 << 20;
      options.numa = numas[n];
      options.numa_node = (uint32_t)n * 1000;
      nock_pool_t *pool = backend(name, options);
      void *block = NULL;
      CHECK_OK(nock_pool_alloc(pool, 1 << 20, 0, &block, ERR));
      mark(block, 1 << 20);
      CHECK_OK(nock_pool_realloc(pool, &block, 1 << 20, 3 << 20, 0, ERR));
      check_marks(block, 1 << 20);
      nock_pool_dealloc(pool, block, 3 << 20, 0);
      nock_pool_unref(pool);
    }
  }
}

static void every_policy_works(void) { each_backend(check_policies); }

static void refused_sizes_are_statuses(void) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    nock_pool_t *pool = backend(nock_pool_backend_name_at(i), defaults);
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, 5 << 20, 0, &block, ERR));
    nock_pool_dealloc(pool, block, 5 << 20, 0);
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, (size_t)1 << 47, 0, &block, ERR));
    /* What was kept was given up before the call failed. */
    CHECK(nock_pool_cached_bytes(pool) == 0);
    CHECK_OK(nock_pool_alloc(pool, 5 << 20, 0, &block, ERR));
    mark(block, 5 << 20);
    CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_realloc(pool, &block, 5 << 20, (size_t)1 << 47, 0, ERR));
    check_marks(block, 5 << 20);
    nock_pool_dealloc(pool, block, 5 << 20, 0);
    CHECK(nock_pool_max_memory(pool) == 5 << 20);
    nock_pool_unref(pool);
  }
}

static void wrong_options_are_refused(void) {
  nock_pool_t *pool = NULL;
  nock_pool_backend_options_t options = defaults;
  CHECK_STATUS(NOCK_ERR_NOT_FOUND, nock_pool_new_backend("no such", NULL, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_backend(NULL, NULL, &pool, ERR));
  CHECK_MESSAGE("name");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_backend("system", NULL, NULL, ERR));
  options.large_bytes = 1000;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_backend("system", &options, &pool, ERR));
  CHECK_MESSAGE("large_bytes");
  options = defaults;
  options.numa = 3;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_backend("system", &options, &pool, ERR));
  CHECK_MESSAGE("numa");
  options = defaults;
  options.flags = 8;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_backend("system", &options, &pool, ERR));
  options = defaults;
  options.struct_size = 8;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_backend("system", &options, &pool, ERR));
  CHECK(pool == NULL);
  CHECK_OK(nock_pool_new_backend("system", NULL, &pool, ERR));
  nock_pool_unref(pool);
}

enum { THREADS = 4 };

static void *work(void *pool) {
  size_t seed = (size_t)(uintptr_t)&seed;
  const size_t rounds = harness_times(300, 10);
  for (size_t i = 0; i < rounds; i++) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    size_t size = ((size_t)1 << 20) << (seed >> 60) % 4;
    void *block = NULL;
    if (RETRIED(nock_pool_alloc(pool, size, 0, &block, NULL)) != NOCK_OK) {
      return "no memory";
    }
    ((volatile size_t *)block)[0] = seed;
    if (RETRIED(nock_pool_realloc(pool, &block, size, 2 * size, 0, NULL)) != NOCK_OK) {
      return "no memory";
    }
    if (((volatile size_t *)block)[0] != seed) {
      return "somebody else's block";
    }
    nock_pool_dealloc(pool, block, 2 * size, 0);
  }
  return NULL;
}

static void check_threads(const char *name) {
  nock_pool_t *pool = backend(name, defaults);
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, work, pool) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    CHECK(result == NULL);
  }
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
}

static void threads_share_what_is_kept(void) { each_backend(check_threads); }

static void numbers_are_text_too(void) {
  nock_pool_t *pool = backend("system", defaults);
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_pool_stats_text(pool, NULL, &text, ERR));
  CHECK(strstr(nock_buffer_data(text), "bytes kept for reuse: 0\n") != NULL);
  CHECK(strstr(nock_buffer_data(text), "bytes copied to grow: 0\n") != NULL);
  nock_buffer_unref(text);
  nock_pool_unref(pool);
}

int main(void) {
  RUN(every_size_keeps_its_bytes);
  RUN(large_blocks_grow_without_copies);
  RUN(freed_blocks_are_kept_within_bounds);
  RUN(large_begins_where_it_is_told_to);
  RUN(kept_blocks_give_way_to_a_cap);
  RUN(every_policy_works);
  RUN(refused_sizes_are_statuses);
  RUN(wrong_options_are_refused);
  RUN(threads_share_what_is_kept);
  RUN(numbers_are_text_too);
  return harness_done();
}
