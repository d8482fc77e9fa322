/* Pools over other pools and pools of the caller's functions. */
#include "harness.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static nock_pool_t *system_pool(void) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_get("system", &pool, ERR));
  return pool;
}

static nock_pool_t *capped(nock_pool_t *parent, uint64_t limit) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(parent, limit, &pool, ERR));
  return pool;
}

/* ---- capped and proxy ---- */

static void a_cap_holds_to_the_byte(void) {
  nock_pool_t *pool = capped(NULL, 1000);
  CHECK(nock_pool_limit(pool) == 1000 && nock_pool_limit(NULL) == UINT64_MAX);
  void *a = NULL;
  void *b = NULL;
  CHECK_OK(nock_pool_alloc(pool, 600, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 400, 0, &b, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 1000);
  void *c = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 1, 0, &c, ERR));
  CHECK_MESSAGE("cap of 1000");
  nock_pool_dealloc(pool, b, 400, 0);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 401, 0, &b, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, (size_t)1 << 56, 0, &b, ERR));
  CHECK(b == NULL);
  CHECK(nock_pool_bytes_allocated(pool) == 600 && nock_pool_total_bytes_allocated(pool) == 1000);
  CHECK(nock_pool_num_allocations(pool) == 2 && nock_pool_max_memory(pool) == 1000);
  memset(a, 7, 600);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_realloc(pool, &a, 600, 1001, 0, ERR));
  CHECK(((unsigned char *)a)[599] == 7 && nock_pool_bytes_allocated(pool) == 600);
  CHECK_OK(nock_pool_realloc(pool, &a, 600, 1000, 0, ERR));
  CHECK_OK(nock_pool_realloc(pool, &a, 1000, 10, 0, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 10);
  nock_pool_dealloc(pool, a, 10, 0);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
}

static void buffers_keep_their_pool(void) {
  nock_pool_t *pool = capped(NULL, 256);
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc(100, pool, &buffer, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 128);
  nock_buffer_t *other = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc(129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc_zeroed(129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc_aligned(129, 128, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_alloc_resizable(129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_new_copy(pool, 129, pool, &other, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_hex(buffer, pool, &other, ERR));
  CHECK_OK(nock_buffer_copy_range(buffer, 0, 64, pool, &other, ERR));
  nock_buffer_unref(other);
  const nock_buffer_t *twice[] = {buffer, buffer};
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_concat(twice, 2, pool, &other, ERR));
  CHECK(other == NULL);
  nock_buffer_t *slice = NULL;
  CHECK_OK(nock_buffer_slice(buffer, 0, 10, &slice, ERR));
  nock_pool_unref(pool);
  nock_buffer_unref(buffer);
  CHECK(nock_buffer_size(slice) == 10);
  nock_buffer_unref(slice);
}

static void a_refused_builder_keeps_its_bytes(void) {
  nock_pool_t *pool = capped(NULL, 128);
  nock_buffer_builder_t *builder = NULL;
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, "kept", 4, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append_fill(builder, 1, 200, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_reserve(builder, 200, NULL, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_resize(builder, 200, 0, ERR));
  char big[200] = {0};
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_builder_append(builder, big, sizeof big, ERR));
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_resize(buffer, 200, 0, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_reserve(buffer, 200, ERR));
  CHECK(nock_buffer_size(buffer) == 4);
  CHECK_BYTES(nock_buffer_data(buffer), "kept", 4);
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

static void caps_nest(void) {
  nock_pool_t *process = capped(NULL, 1000);
  nock_pool_t *a = capped(process, 800);
  nock_pool_t *b = capped(process, 800);
  void *in_a = NULL;
  void *in_b = NULL;
  CHECK_OK(nock_pool_alloc(a, 700, 0, &in_a, ERR));
  /* The inner cap would allow it, the outer one does not; then nothing is counted anywhere. */
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(b, 400, 0, &in_b, ERR));
  CHECK_MESSAGE("cap of 1000");
  CHECK(nock_pool_bytes_allocated(b) == 0 && nock_pool_max_memory(b) == 0 && nock_pool_num_allocations(b) == 0);
  CHECK(nock_pool_bytes_allocated(process) == 700);
  CHECK_OK(nock_pool_alloc(b, 300, 0, &in_b, ERR));
  CHECK(nock_pool_bytes_allocated(process) == 1000);
  nock_pool_dealloc(a, in_a, 700, 0);
  nock_pool_dealloc(b, in_b, 300, 0);
  CHECK(nock_pool_bytes_allocated(process) == 0);
  /* Each keeps its parent. */
  nock_pool_unref(process);
  CHECK_OK(nock_pool_alloc(a, 800, 0, &in_a, ERR));
  nock_pool_dealloc(a, in_a, 800, 0);
  nock_pool_unref(a);
  nock_pool_unref(b);
}

static void nesting_has_a_bound(void) {
  nock_pool_t *pool = system_pool();
  nock_status_t status = NOCK_OK;
  int depth = 0;
  while (status == NOCK_OK) {
    nock_pool_t *inner = NULL;
    status = nock_pool_new_proxy(pool, &inner, NULL);
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

enum { THREADS = 8, ROUNDS = 3000, CAP = 40000 };

static struct {
  nock_pool_t *pool;
  uint64_t in_use;
  uint64_t most;
  uint64_t refused;
  pthread_mutex_t lock;
} hammered = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Counted before memory is given back and after it was taken, so never more than is really in use. */
static void count(int64_t bytes) {
  pthread_mutex_lock(&hammered.lock);
  hammered.in_use += (uint64_t)bytes;
  if (hammered.in_use > hammered.most) {
    hammered.most = hammered.in_use;
  }
  pthread_mutex_unlock(&hammered.lock);
}

static void *hammer(void *argument) {
  struct {
    void *block;
    size_t size;
  } held[16] = {{NULL, 0}};
  size_t seed = (size_t)(uintptr_t)argument;
  size_t refused = 0;
  void *result = NULL;
  for (size_t i = 0; i < ROUNDS && result == NULL; i++) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    size_t place = (seed >> 20) % 16;
    count(-(int64_t)held[place].size);
    nock_pool_dealloc(hammered.pool, held[place].block, held[place].size, 0);
    held[place].block = NULL;
    size_t size = 1 + (seed >> 33) % 9000;
    nock_status_t status = RETRIED(nock_pool_alloc(hammered.pool, size, 0, &held[place].block, NULL));
    if (status == NOCK_OK) {
      held[place].size = size;
      count((int64_t)size);
    } else {
      held[place].size = 0;
      refused++;
      result = status == NOCK_ERR_LIMIT ? NULL : "another failure than the limit";
    }
  }
  for (size_t i = 0; i < 16; i++) {
    count(-(int64_t)held[i].size);
    nock_pool_dealloc(hammered.pool, held[i].block, held[i].size, 0);
  }
  pthread_mutex_lock(&hammered.lock);
  hammered.refused += refused;
  pthread_mutex_unlock(&hammered.lock);
  return result;
}

static void threads_never_exceed_a_cap_together(void) {
  hammered.pool = capped(NULL, CAP);
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, hammer, (void *)(uintptr_t)(i + 1)) == 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    CHECK(result == NULL);
  }
  CHECK(hammered.most <= CAP && hammered.refused > 0);
  CHECK(nock_pool_max_memory(hammered.pool) <= CAP);
  CHECK(nock_pool_bytes_allocated(hammered.pool) == 0);
  nock_pool_unref(hammered.pool);
}

/* ---- logging ---- */

struct log {
  int events[4];
  uint64_t last_address;
  size_t last_old_size, last_size, last_alignment;
  int released;
};

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  struct log *log = user_data;
  log->events[event]++;
  log->last_address = address;
  log->last_old_size = old_size;
  log->last_size = size;
  log->last_alignment = alignment;
}

static void on_log_release(void *user_data) { ((struct log *)user_data)->released++; }

static void each_call_is_told(void) {
  struct log log = {{0}, 0, 0, 0, 0, 0};
  nock_pool_log_callbacks_t callbacks = NOCK_POOL_LOG_CALLBACKS_INIT;
  callbacks.event = on_event;
  callbacks.release = on_log_release;
  callbacks.user_data = &log;
  nock_pool_t *parent = capped(NULL, 1000);
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_logging(parent, &callbacks, &pool, ERR));
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 256, &block, ERR));
  CHECK((uintptr_t)block % 256 == 0);
  CHECK(log.events[NOCK_POOL_EVENT_ALLOC] == 1 && log.last_address == (uintptr_t)block);
  CHECK(log.last_old_size == 0 && log.last_size == 100 && log.last_alignment == 256);
  CHECK_OK(nock_pool_realloc(pool, &block, 100, 200, 256, ERR));
  CHECK(log.events[NOCK_POOL_EVENT_REALLOC] == 1 && log.last_address == (uintptr_t)block);
  CHECK(log.last_old_size == 100 && log.last_size == 200);
  void *refused = NULL;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 2000, 0, &refused, ERR));
  CHECK(log.events[NOCK_POOL_EVENT_ALLOC] == 2 && log.last_address == 0);
  nock_pool_dealloc(pool, block, 200, 256);
  CHECK(log.events[NOCK_POOL_EVENT_DEALLOC] == 1 && log.last_old_size == 200 && log.last_size == 0);
  nock_pool_unref(pool);
  CHECK(log.released == 1);

  /* Refused before it was made: release is not called. */
  nock_pool_log_callbacks_t bad = callbacks;
  bad.event = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, &bad, &pool, ERR));
  CHECK_MESSAGE("event");
  bad = callbacks;
  bad.struct_size = 4;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, &bad, &pool, ERR));
  bad = callbacks;
  bad.flags = 1;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_logging(parent, &bad, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, NULL, &pool, ERR));
  CHECK_MESSAGE("callbacks");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging(parent, &callbacks, NULL, ERR));
  CHECK(pool == NULL && log.released == 1);
  nock_pool_unref(parent);
}

static size_t occurrences(const char *text, const char *words) {
  size_t found = 0;
  for (text = strstr(text, words); text != NULL; text = strstr(text + 1, words)) {
    found++;
  }
  return found;
}

static void calls_are_written_to_a_stream(void) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_new_buffer_writer(0, NULL, &stream, ERR));
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_logging_stream(NULL, stream, &pool, ERR));
  void *a = NULL;
  void *b = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &a, ERR));
  CHECK_OK(nock_pool_alloc(pool, 100, 0, &b, ERR));
  CHECK_OK(nock_pool_realloc(pool, &a, 100, 200, 0, ERR));
  nock_pool_dealloc(pool, a, 200, 0);
  nock_pool_dealloc(pool, b, 100, 0);
  nock_pool_unref(pool);
  CHECK_OK(nock_stream_write(stream, "", 1, ERR));
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_stream_finish_buffer(stream, &text, ERR));
  CHECK(occurrences(nock_buffer_data(text), "Allocate: size = 100, alignment = 64") == 2);
  CHECK(occurrences(nock_buffer_data(text), "Reallocate: old_size = 100, new_size = 200") == 1);
  CHECK(occurrences(nock_buffer_data(text), "Free: size = ") == 2);
  nock_buffer_unref(text);
  nock_stream_unref(stream);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_logging_stream(NULL, NULL, &pool, ERR));
  CHECK_MESSAGE("stream");
  CHECK(pool == NULL);
}

/* ---- debug ---- */

struct faults {
  int count;
  int released;
  char last[256];
};

static void on_fault_text(void *user_data, const char *text) {
  struct faults *faults = user_data;
  faults->count++;
  snprintf(faults->last, sizeof faults->last, "%s", text);
}

static void on_faults_release(void *user_data) { ((struct faults *)user_data)->released++; }

static nock_pool_t *debug_pool(struct faults *faults) {
  nock_pool_fault_callbacks_t callbacks = NOCK_POOL_FAULT_CALLBACKS_INIT;
  callbacks.fault = on_fault_text;
  callbacks.release = on_faults_release;
  callbacks.user_data = faults;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_debug(NULL, NOCK_POOL_ON_FAULT_CONTINUE, &callbacks, &pool, ERR));
  return pool;
}

static void right_use_is_no_mistake(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_t *pool = debug_pool(&faults);
  for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, 100, alignment, &block, ERR));
    CHECK((uintptr_t)block % alignment == 0);
    memset(block, 1, 100);
    CHECK_OK(nock_pool_realloc(pool, &block, 100, 1000, alignment, ERR));
    CHECK(((char *)block)[99] == 1 && (uintptr_t)block % alignment == 0);
    nock_pool_dealloc(pool, block, 1000, alignment);
  }
  nock_buffer_builder_t *builder = NULL;
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_buffer_builder_append_fill(builder, 1, 1000, ERR));
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  nock_buffer_unref(buffer);
  CHECK(faults.count == 0 && nock_pool_fault_count(pool) == 0 && nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
  CHECK(faults.released == 1);
}

static void mistakes_are_told(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_t *pool = debug_pool(&faults);
  const struct {
    int write_at;
    size_t size;
    size_t alignment;
    const char *words;
  } cases[] = {{64, 64, 64, "Wrong size on deallocation"},
               {64, 64, 64, "byte 1 behind the end of the 64 bytes"},
               {127, 64, 64, "byte 64 behind"},
               {-1, 64, 64, "byte 1 before"},
               {-64, 64, 64, "byte 64 before"},
               {0, 65, 64, "Wrong size on deallocation: 65 bytes"},
               {0, 64, 128, "aligned to 128"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, 64, 64, &block, ERR));
    ((char *)block)[cases[i].write_at] = 1;
    faults.count = 0;
    nock_pool_dealloc(pool, block, cases[i].size, cases[i].alignment);
    CHECK(faults.count == 1);
    CHECK(strstr(faults.last, cases[i].words) != NULL);
    CHECK(nock_pool_bytes_allocated(pool) == 0);
  }
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 64, 64, &block, ERR));
  void *stale = block;
  nock_pool_dealloc(pool, block, 64, 64);
  nock_pool_dealloc(pool, stale, 64, 64);
  CHECK(strstr(faults.last, "given back twice") != NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(pool, &stale, 64, 128, 64, ERR));
  CHECK(strstr(faults.last, "Wrong size on reallocation") != NULL);
  CHECK(nock_pool_fault_count(pool) == 9);
  nock_pool_t *above = NULL;
  CHECK_OK(nock_pool_new_proxy(pool, &above, ERR));
  CHECK(nock_pool_fault_count(above) == 9 && nock_pool_fault_count(NULL) == 0);
  nock_pool_unref(above);
  nock_pool_unref(pool);
}

static void live_memory_is_listed_with_tags(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_t *pool = debug_pool(&faults);
  void *a = NULL;
  void *b = NULL;
  void *c = NULL;
  CHECK_OK(nock_pool_alloc(pool, 10, 0, &a, ERR));
  CHECK_OK(nock_pool_set_tag(pool, "parse", ERR));
  CHECK_OK(nock_pool_alloc(pool, 20, 0, &b, ERR));
  CHECK_OK(nock_pool_set_tag(pool, NULL, ERR));
  CHECK_OK(nock_pool_alloc(pool, 30, 0, &c, ERR));
  nock_buffer_t *text = NULL;
  CHECK_OK(nock_pool_live_text(pool, NULL, &text, ERR));
  const char *list = nock_buffer_data(text);
  CHECK(occurrences(list, "\n") == 3 && occurrences(list, "tag ''") == 2 && occurrences(list, "tag 'parse'") == 1);
  CHECK(strncmp(list, "10 bytes at 0x", 14) == 0);
  nock_buffer_unref(text);
  nock_pool_dealloc(pool, a, 10, 0);
  nock_pool_dealloc(pool, b, 20, 0);
  nock_pool_dealloc(pool, c, 30, 0);
  CHECK_OK(nock_pool_live_text(pool, NULL, &text, ERR));
  CHECK(nock_buffer_size(text) == 0);
  nock_buffer_unref(text);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_set_tag(pool, "\xff", ERR));
  CHECK_MESSAGE("tag");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_live_text(pool, NULL, NULL, ERR));
  nock_pool_t *tiny = capped(NULL, 0);
  CHECK_OK(nock_pool_alloc(pool, 10, 0, &a, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_live_text(pool, tiny, &text, ERR));
  nock_pool_dealloc(pool, a, 10, 0);
  nock_pool_unref(tiny);
  nock_pool_unref(pool);

  pool = system_pool();
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_set_tag(pool, "x", ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_live_text(pool, NULL, &text, ERR));
  CHECK(text == NULL);
  nock_pool_unref(pool);
}

static void a_debug_pool_must_be_asked_for_rightly(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_fault_callbacks_t callbacks = NOCK_POOL_FAULT_CALLBACKS_INIT;
  callbacks.release = on_faults_release;
  callbacks.user_data = &faults;
  nock_pool_t *pool = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_debug(NULL, 0, &callbacks, &pool, ERR));
  CHECK_MESSAGE("fault");
  callbacks.fault = on_fault_text;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_debug(NULL, 3, &callbacks, &pool, ERR));
  CHECK_MESSAGE("on_fault");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_debug(NULL, -1, &callbacks, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_debug(NULL, 0, &callbacks, NULL, ERR));
  callbacks.flags = 8;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_debug(NULL, 0, &callbacks, &pool, ERR));
  CHECK(pool == NULL && faults.released == 0);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_capped(NULL, 1, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_proxy(NULL, NULL, ERR));
}

/* What a process that writes behind its memory ends with. */
static int end_of_child(nock_pool_on_fault_t on_fault) {
  fflush(NULL);
  pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    struct faults faults = {0, 0, ""};
    nock_pool_fault_callbacks_t callbacks = NOCK_POOL_FAULT_CALLBACKS_INIT;
    callbacks.fault = on_fault_text;
    callbacks.user_data = &faults;
    nock_pool_t *pool = NULL;
    void *block = NULL;
    if (nock_pool_new_debug(NULL, on_fault, &callbacks, &pool, NULL) == NOCK_OK &&
        nock_pool_alloc(pool, 64, 0, &block, NULL) == NOCK_OK) {
      ((char *)block)[64] = 1;
      nock_pool_dealloc(pool, block, 64, 0);
      nock_pool_unref(pool);
    }
    _exit(0);
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void mistakes_end_the_process_if_asked_for(void) {
  CHECK(end_of_child(NOCK_POOL_ON_FAULT_CONTINUE) == 0);
  CHECK(end_of_child(NOCK_POOL_ON_FAULT_ABORT) == SIGABRT);
  CHECK(end_of_child(NOCK_POOL_ON_FAULT_TRAP) == SIGTRAP);
}

/* ---- the caller's functions ---- */

struct own {
  int live;
  int released;
  int resized;
  int unused_released;
  int lie;
  nock_status_t status;
};

enum { HONEST, NO_ADDRESS, MISALIGNED };

static nock_status_t own_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  struct own *own = user_data;
  if (own->status != NOCK_OK) {
    return own->status;
  }
  if (own->lie == NO_ADDRESS) {
    *out = NULL;
    return NOCK_OK;
  }
  void *block = NULL;
  if (posix_memalign(&block, alignment < 64 ? 64 : alignment, size + 1) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  own->live++;
  *out = own->lie == MISALIGNED ? (char *)block + 1 : block;
  return NOCK_OK;
}

static nock_status_t own_resize(void *user_data, void *block, size_t old_size, size_t new_size, size_t alignment) {
  struct own *own = user_data;
  (void)block;
  (void)alignment;
  if (new_size > old_size) {
    return NOCK_ERR_UNSUPPORTED;
  }
  own->resized++;
  return NOCK_OK;
}

static void own_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  struct own *own = user_data;
  (void)size;
  own->live--;
  free((uintptr_t)block % alignment == 0 ? block : (char *)block - 1);
}

static void own_release_unused(void *user_data) { ((struct own *)user_data)->unused_released++; }
static void own_release(void *user_data) { ((struct own *)user_data)->released++; }

static nock_pool_callbacks_t own_callbacks(struct own *own) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = own_alloc;
  callbacks.resize = own_resize;
  callbacks.dealloc = own_dealloc;
  callbacks.release_unused = own_release_unused;
  callbacks.release = own_release;
  callbacks.user_data = own;
  return callbacks;
}

static void own_functions_give_the_memory(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_TEXT(nock_pool_backend_name(pool), "callback");
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  CHECK(own.live == 1 && nock_pool_bytes_allocated(pool) == 128);
  memset(nock_buffer_mutable_data(buffer), 3, 100);
  CHECK_OK(nock_buffer_resize(buffer, 10000, 0, ERR));
  CHECK(own.live == 1 && own.resized == 0 && ((const char *)nock_buffer_data(buffer))[99] == 3);
  CHECK_OK(nock_buffer_resize(buffer, 50, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  CHECK(own.live == 1 && own.resized == 1 && nock_pool_bytes_allocated(pool) == 64);
  nock_pool_release_unused(pool);
  CHECK(own.unused_released == 1);
  /* The buffer is the last owner of the pool. */
  nock_pool_unref(pool);
  CHECK(own.released == 0);
  nock_buffer_unref(buffer);
  CHECK(own.live == 0 && own.released == 1);
}

static void optional_functions_may_be_missing(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  callbacks.resize = NULL;
  callbacks.release_unused = NULL;
  callbacks.release = NULL;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 10, 1, &block, ERR));
  memcpy(block, "0123456789", 10);
  CHECK_OK(nock_pool_realloc(pool, &block, 10, 5, 1, ERR));
  CHECK_BYTES(block, "01234", 5);
  nock_pool_release_unused(pool);
  nock_pool_dealloc(pool, block, 5, 1);
  nock_pool_unref(pool);
  CHECK(own.live == 0 && own.resized == 0);
}

static void failures_and_lies_are_statuses(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  void *kept = NULL;
  CHECK_OK(nock_pool_alloc(pool, 10, 0, &kept, ERR));
  void *block = NULL;
  own.status = NOCK_ERR_OUT_OF_MEMORY;
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_pool_alloc(pool, 10, 0, &block, ERR));
  own.status = NOCK_ERR_LIMIT;
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 10, 0, &block, ERR));
  own.status = NOCK_CALLBACK_STATUS_BASE + 7;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  CHECK(nock_error_callback_status(harness_error) == NOCK_CALLBACK_STATUS_BASE + 7);
  CHECK_MESSAGE("alloc");
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_realloc(pool, &kept, 10, 20, 0, ERR));
  nock_buffer_t *buffer = NULL;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_buffer_alloc(10, pool, &buffer, ERR));
  CHECK(buffer == NULL && nock_error_callback_status(harness_error) == NOCK_CALLBACK_STATUS_BASE + 7);
  own.status = NOCK_ERR_IO;
  CHECK_STATUS(NOCK_ERR_IO, nock_buffer_alloc(10, pool, &buffer, ERR));
  own.status = -5;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  own.status = NOCK_OK;
  own.lie = NO_ADDRESS;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  CHECK_MESSAGE("no address");
  own.lie = MISALIGNED;
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_alloc(pool, 10, 0, &block, ERR));
  CHECK_MESSAGE("not aligned");
  CHECK_STATUS(NOCK_ERR_CALLBACK, nock_pool_realloc(pool, &kept, 10, 20, 0, ERR));
  CHECK(block == NULL && own.live == 1);
  CHECK(nock_pool_bytes_allocated(pool) == 10 && nock_pool_max_memory(pool) == 10);
  CHECK(nock_pool_num_allocations(pool) == 1);
  nock_pool_dealloc(pool, kept, 10, 0);
  nock_pool_unref(pool);
  CHECK(own.live == 0 && own.released == 1);
}

static void own_functions_must_be_complete(void) {
  struct own own = {0, 0, 0, 0, HONEST, NOCK_OK};
  nock_pool_callbacks_t callbacks = own_callbacks(&own);
  nock_pool_t *pool = NULL;
  callbacks.alloc = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_MESSAGE("alloc");
  callbacks = own_callbacks(&own);
  callbacks.dealloc = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_MESSAGE("dealloc");
  callbacks = own_callbacks(&own);
  callbacks.flags = 1U << 31;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_callback(&callbacks, &pool, ERR));
  callbacks = own_callbacks(&own);
  callbacks.struct_size -= 1;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, &pool, ERR));
  callbacks = own_callbacks(&own);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(NULL, &pool, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_new_callback(&callbacks, NULL, ERR));
  /* A newer program's longer struct: zeros are fine, anything else is a request that this library does not know. */
  struct {
    nock_pool_callbacks_t known;
    uint64_t newer;
  } longer = {own_callbacks(&own), 1};
  longer.known.struct_size = sizeof longer;
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_pool_new_callback(&longer.known, &pool, ERR));
  CHECK(pool == NULL && own.released == 0);
  longer.newer = 0;
  CHECK_OK(nock_pool_new_callback(&longer.known, &pool, ERR));
  nock_pool_unref(pool);
  CHECK(own.released == 1);
}

int main(void) {
  RUN(a_cap_holds_to_the_byte);
  RUN(buffers_keep_their_pool);
  RUN(a_refused_builder_keeps_its_bytes);
  RUN(caps_nest);
  RUN(nesting_has_a_bound);
  RUN(a_proxy_counts_what_goes_through_it);
  RUN(statistics_are_text_too);
  RUN(any_pool_can_be_the_default);
  RUN(threads_never_exceed_a_cap_together);
  RUN(each_call_is_told);
  RUN(calls_are_written_to_a_stream);
  RUN(right_use_is_no_mistake);
  RUN(mistakes_are_told);
  RUN(live_memory_is_listed_with_tags);
  RUN(a_debug_pool_must_be_asked_for_rightly);
  RUN(mistakes_end_the_process_if_asked_for);
  RUN(own_functions_give_the_memory);
  RUN(optional_functions_may_be_missing);
  RUN(failures_and_lies_are_statuses);
  RUN(own_functions_must_be_complete);
  return harness_done();
}
