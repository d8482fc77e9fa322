/*
 * Every kind of pool under eight threads at once.
 *
 * The threads meet in the pools only, without a lock of the test's own, so that what one thread wrote to a block before it
 * gave it back is ordered before what the next owner writes by nothing but the library: a thread sanitizer sees it if not.
 */
#include "crew.h"

/* More where a sanitizer watches; elsewhere the program is run again and again, under valgrind and with memory refused. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { ROUNDS = 120 };
#else
enum { ROUNDS = 32 };
#endif
enum { THREADS = 8, HELD = 4 };

static size_t rounds;

static size_t next(size_t *seed) {
  *seed = *seed * 6364136223846793005U + 1442695040888963407U;
  return *seed >> 33;
}

/* ---- blocks of one pool ---- */

/* Mostly small ones, some that are kept for reuse, some from the kernel. */
static size_t some_size(size_t *seed) {
  static const size_t larges[] = {300 << 10, 512 << 10, 600 << 10, 1 << 20, (1 << 20) + 1, 4 << 20, (4 << 20) - 1, 5 << 20};
  size_t draw = next(seed);
  return draw % 4 == 0 ? larges[draw / 4 % 8] : 1 + draw % 9000;
}

static void mark(unsigned char *block, size_t size, unsigned char with) {
  for (size_t at = 0; at < size; at += 1 << 14) {
    block[at] = with;
  }
  block[size - 1] = with;
}

static int is_marked(const unsigned char *block, size_t size, unsigned char with) {
  for (size_t at = 0; at < size; at += 1 << 14) {
    if (block[at] != with) {
      return 0;
    }
  }
  return block[size - 1] == with;
}

/* Take, change and give back blocks; what the caller holds nobody else writes. */
static const char *churn(void *pool, size_t number) {
  static const size_t alignments[] = {1, 64, 4096, 2 << 20};
  struct {
    void *block;
    size_t size;
    size_t alignment;
  } held[HELD] = {{NULL, 0, 0}};
  const unsigned char mine = (unsigned char)(number + 1);
  size_t seed = number + 1;
  const char *complaint = NULL;
  for (size_t i = 0; i < rounds && complaint == NULL; i++) {
    size_t at = next(&seed) % HELD;
    size_t size = some_size(&seed);
    nock_status_t status = NOCK_OK;
    if (held[at].block == NULL) {
      held[at].alignment = alignments[next(&seed) % 16 == 0 ? next(&seed) % 4 : 1];
      status = RETRIED(nock_pool_alloc(pool, size, held[at].alignment, &held[at].block, NULL));
    } else if (!is_marked(held[at].block, held[at].size, mine)) {
      complaint = "somebody else wrote to a block";
    } else if (next(&seed) % 2 == 0) {
      status = RETRIED(nock_pool_realloc(pool, &held[at].block, held[at].size, size, held[at].alignment, NULL));
    } else {
      nock_pool_dealloc(pool, held[at].block, held[at].size, held[at].alignment);
      held[at].block = NULL;
    }
    if (status == NOCK_OK && held[at].block != NULL) {
      held[at].size = size;
      mark(held[at].block, size, mine);
    } else if (status != NOCK_OK && status != NOCK_ERR_LIMIT) {
      complaint = "a status that does not fit";
    }
    if (i % 32 == number) {
      nock_pool_release_unused(pool);
    }
  }
  for (size_t at = 0; at < HELD; at++) {
    nock_pool_dealloc(pool, held[at].block, held[at].size, held[at].alignment);
  }
  return complaint;
}

/* Look at a pool while the others use it. */
static const char *look_or_churn(void *pool, size_t number) {
  if (number != 0) {
    return churn(pool, number);
  }
  for (size_t i = 0; i < rounds / 8; i++) {
    nock_buffer_t *text = NULL;
    (void)nock_pool_bytes_allocated(pool);
    (void)nock_pool_max_memory(pool);
    (void)nock_pool_num_allocations(pool);
    (void)nock_pool_total_bytes_allocated(pool);
    (void)nock_pool_cached_bytes(pool);
    (void)nock_pool_fault_count(pool);
    if (RETRIED(nock_pool_stats_text(pool, NULL, &text, NULL)) != NOCK_OK) {
      return "no statistics";
    }
    nock_buffer_unref(text);
    nock_pool_release_unused(pool);
  }
  return NULL;
}

static void check_pool(nock_pool_t *pool, nock_pool_t *parent) {
  together(THREADS, pool, look_or_churn);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  CHECK(nock_pool_max_memory(pool) > 0);
  nock_pool_unref(pool);
  CHECK(parent == NULL || nock_pool_bytes_allocated(parent) == 0);
}

static nock_pool_t *backend(const char *name) {
  nock_pool_backend_options_t options = NOCK_POOL_BACKEND_OPTIONS_INIT;
  options.large_bytes = 1 << 20;
  options.cache_bytes = 24 << 20;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_backend(name, &options, &pool, ERR));
  return pool;
}

static void blocks_pass_from_thread_to_thread(void) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    check_pool(backend(nock_pool_backend_name_at(i)), NULL);
  }
}

static void caps_and_proxies_are_shared(void) {
  nock_pool_t *parent = backend("system");
  nock_pool_t *outer = NULL;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(parent, 20 << 20, &outer, ERR));
  CHECK_OK(nock_pool_new_proxy(outer, &pool, ERR));
  check_pool(pool, outer);
  CHECK(nock_pool_max_memory(outer) <= 20 << 20);
  nock_pool_unref(outer);
  nock_pool_unref(parent);
}

static atomic_size_t events[4];

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  (void)user_data, (void)address, (void)old_size, (void)size, (void)alignment;
  atomic_fetch_add(&events[event], 1);
}

static void logs_are_shared(void) {
  nock_pool_t *parent = backend("system");
  nock_pool_t *pool = NULL;
  nock_pool_log_callbacks_t log = NOCK_POOL_LOG_CALLBACKS_INIT;
  log.event = on_event;
  CHECK_OK(nock_pool_new_logging(parent, &log, &pool, ERR));
  check_pool(pool, parent);
  CHECK(events[NOCK_POOL_EVENT_ALLOC] > 0 && events[NOCK_POOL_EVENT_REALLOC] > 0);
  nock_pool_unref(parent);
}

/* As churn, with tags and lists of what is alive. */
static const char *tag_and_list(void *pool, size_t number) {
  static const char *const tags[] = {"read", "parse", "write", ""};
  for (size_t i = 0; i < rounds / 8; i++) {
    nock_buffer_t *text = NULL;
    nock_buffer_t *some = NULL;
    if (RETRIED(nock_pool_set_tag(pool, tags[(i + number) % 4], NULL)) != NOCK_OK ||
        RETRIED(nock_buffer_alloc(100, pool, &some, NULL)) != NOCK_OK ||
        RETRIED(nock_pool_live_text(pool, NULL, &text, NULL)) != NOCK_OK) {
      return "no list";
    }
    nock_buffer_unref(text);
    nock_buffer_unref(some);
  }
  return NULL;
}

static void debug_pools_are_shared(void) {
  nock_pool_t *parent = backend("system");
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_debug(parent, NOCK_POOL_ON_FAULT_ABORT, NULL, &pool, ERR));
  together(THREADS, pool, tag_and_list);
  CHECK(nock_pool_fault_count(pool) == 0);
  check_pool(pool, parent);
  nock_pool_unref(parent);
}

static atomic_long own_blocks;
static atomic_int own_released;

static nock_status_t own_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  if (posix_memalign(out, alignment < sizeof(void *) ? sizeof(void *) : alignment, size) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  atomic_fetch_add(&own_blocks, 1);
  return NOCK_OK;
}

static nock_status_t own_resize(void *user_data, void *block, size_t old_size, size_t new_size, size_t alignment) {
  (void)user_data, (void)block, (void)alignment;
  return new_size <= old_size ? NOCK_OK : NOCK_ERR_UNSUPPORTED;
}

static void own_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data, (void)size, (void)alignment;
  atomic_fetch_sub(&own_blocks, 1);
  free(block);
}

static void own_release(void *user_data) {
  (void)user_data;
  atomic_fetch_add(&own_released, 1);
}

static void own_functions_are_shared(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = own_alloc;
  callbacks.resize = own_resize;
  callbacks.dealloc = own_dealloc;
  callbacks.release = own_release;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  check_pool(pool, NULL);
  CHECK(own_blocks == 0 && own_released == 1);
}

/* ---- the life of a pool ---- */

/* The buffer's reference to the pool may be the last one, on any thread. */
static const char *end_a_buffer(void *pool, size_t number) {
  nock_buffer_t *buffer = NULL;
  (void)number;
  if (RETRIED(nock_buffer_alloc(1000, pool, &buffer, NULL)) != NOCK_OK) {
    return "no memory";
  }
  nock_pool_unref(pool);
  memset(nock_buffer_mutable_data(buffer), 1, 1000);
  nock_buffer_unref(buffer);
  return NULL;
}

static void any_thread_may_end_a_pool(void) {
  atomic_store(&own_released, 0);
  for (int i = 0; i < (int)rounds / 2; i++) {
    nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
    callbacks.alloc = own_alloc;
    callbacks.dealloc = own_dealloc;
    callbacks.release = own_release;
    nock_pool_t *inner = NULL;
    nock_pool_t *pool = NULL;
    CHECK_OK(nock_pool_new_callback(&callbacks, &inner, ERR));
    CHECK_OK(nock_pool_new_debug(inner, NOCK_POOL_ON_FAULT_ABORT, NULL, &pool, ERR));
    nock_pool_unref(inner);
    for (size_t k = 1; k < THREADS; k++) {
      CHECK(nock_pool_ref(pool) == pool);
    }
    together(THREADS, pool, end_a_buffer);
    CHECK(own_released == i + 1 && own_blocks == 0);
  }
}

/* ---- the default ---- */

static nock_pool_t *defaults[2];

static const char *use_the_default(void *pool, size_t number) {
  (void)pool;
  for (size_t i = 0; i < rounds; i++) {
    nock_buffer_t *buffer = NULL;
    if (number < 2) {
      nock_pool_set_default(i % 3 == 2 ? NULL : defaults[(i + number) % 2]);
      continue;
    }
    nock_pool_t *found = nock_pool_default();
    if (found == NULL || nock_pool_backend_name(found) == NULL) {
      return "no default";
    }
    if (RETRIED(nock_buffer_alloc_resizable(1 + i, NULL, &buffer, NULL)) != NOCK_OK ||
        RETRIED(nock_buffer_resize(buffer, 3000, 0, NULL)) != NOCK_OK) {
      return "no memory";
    }
    memset(nock_buffer_mutable_data(buffer), 1, 3000);
    nock_buffer_unref(buffer);
  }
  return NULL;
}

static void the_default_changes_under_its_users(void) {
  for (size_t i = 0; i < 2; i++) {
    CHECK_OK(nock_pool_new_proxy(nock_pool_default(), &defaults[i], ERR));
  }
  together(THREADS, NULL, use_the_default);
  nock_pool_set_default(NULL);
  for (size_t i = 0; i < 2; i++) {
    CHECK(nock_pool_bytes_allocated(defaults[i]) == 0);
    nock_pool_unref(defaults[i]);
  }
}

/* ---- requests that nobody can meet ---- */

static const char *ask_for_everything(void *pool, size_t number) {
  void *some = NULL;
  if (RETRIED(nock_pool_alloc(pool, 100 + number, 0, &some, NULL)) != NOCK_OK) {
    return "no memory";
  }
  for (size_t i = 0; i < 2 * rounds; i++) {
    void *block = NULL;
    size_t size = i % 3 == 0 ? SIZE_MAX / 2 - (4 << 20) : i % 3 == 1 ? SIZE_MAX / 4 : (size_t)1 << 47;
    if (nock_pool_alloc(pool, size, 64, &block, NULL) != NOCK_ERR_OUT_OF_MEMORY ||
        nock_pool_realloc(pool, &some, 100 + number, size, 0, NULL) != NOCK_ERR_OUT_OF_MEMORY) {
      return "a status that does not fit";
    }
  }
  nock_pool_dealloc(pool, some, 100 + number, 0);
  return NULL;
}

static void refusals_add_up_to_nothing(void) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  together(THREADS, pool, ask_for_everything);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  CHECK(nock_pool_num_allocations(pool) == THREADS);
  nock_pool_unref(pool);
}

int main(void) {
  rounds = harness_times(ROUNDS, 8);
  RUN(blocks_pass_from_thread_to_thread);
  RUN(caps_and_proxies_are_shared);
  RUN(logs_are_shared);
  RUN(debug_pools_are_shared);
  RUN(own_functions_are_shared);
  RUN(any_thread_may_end_a_pool);
  RUN(the_default_changes_under_its_users);
  RUN(refusals_add_up_to_nothing);
  return harness_done();
}
