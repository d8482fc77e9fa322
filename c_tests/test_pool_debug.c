/* Debug pools: which mistakes they tell of and how, and what is alive in them. */
#include "pools.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* ---- mistakes ---- */

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
               {0, 63, 64, "Wrong size on deallocation: 63 bytes"},
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
  harness_made_again();
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(pool, &stale, 64, 128, 64, ERR));
  const uint64_t mistakes = 10 + (uint64_t)harness_made_again();
  CHECK(strstr(faults.last, "Wrong size on reallocation") != NULL);
  CHECK(nock_pool_fault_count(pool) == mistakes);
  nock_pool_t *above = NULL;
  CHECK_OK(nock_pool_new_proxy(pool, &above, ERR));
  CHECK(nock_pool_fault_count(above) == mistakes && nock_pool_fault_count(NULL) == 0);
  nock_pool_unref(above);
  nock_pool_unref(pool);
}

/* A block that changes its size is looked at as one that ends. */
static void mistakes_are_told_when_a_block_changes(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_t *pool = debug_pool(&faults);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, 64, 64, &block, ERR));
  void *const before = block;
  harness_made_again();
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(pool, &block, 65, 128, 64, ERR));
  CHECK(faults.count == 1 + harness_made_again() && strstr(faults.last, "Wrong size on reallocation") != NULL);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(pool, &block, 64, 128, 128, ERR));
  CHECK(block == before && strstr(faults.last, "aligned to 128") != NULL);
  const int writes[] = {64, -1};
  const char *const words[] = {"byte 1 behind the end of the 64 bytes", "byte 1 before"};
  for (int i = 0; i < 2; i++) {
    ((char *)block)[writes[i]] = 1;
    CHECK_OK(nock_pool_realloc(pool, &block, 64, 100, 64, ERR));
    CHECK(strstr(faults.last, words[i]) != NULL);
    CHECK_OK(nock_pool_realloc(pool, &block, 100, 64, 64, ERR));
  }
  nock_pool_dealloc(pool, block, 64, 64);
  CHECK(nock_pool_bytes_allocated(pool) == 0);
  nock_pool_unref(pool);
}

/* A pool above counts no mistake as memory: what it says is in use and its cap stay right. */
static void mistakes_through_other_pools_are_told_and_not_counted(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_t *debug = debug_pool(&faults), *pool = capped(debug, 1000);
  void *block = NULL, *more = NULL;
  CHECK_OK(nock_pool_alloc(pool, 100, 64, &block, ERR));
  harness_made_again();
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_pool_realloc(pool, &block, 0, 200, 64, ERR));
  CHECK(faults.count == 1 + harness_made_again());
  nock_pool_dealloc(pool, block, 0, 64);
  CHECK(strstr(faults.last, "0 bytes aligned to 64") != NULL && nock_pool_bytes_allocated(pool) == 0);
  nock_pool_dealloc(pool, block, 100, 64);
  CHECK(strstr(faults.last, "given back twice") != NULL && nock_pool_bytes_allocated(pool) == 0);
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_pool_alloc(pool, 1001, 64, &more, ERR));
  const int count = faults.count;
  CHECK_OK(nock_pool_alloc(pool, 0, 64, &more, ERR));
  nock_pool_dealloc(pool, more, 0, 64);
  CHECK(faults.count == count);
  CHECK_OK(nock_pool_set_tag(pool, "above", ERR));
  nock_pool_unref(pool);
  nock_pool_unref(debug);
}

static void a_mistake_names_the_tag(void) {
  struct faults faults = {0, 0, ""};
  nock_pool_t *pool = debug_pool(&faults);
  void *block = NULL;
  CHECK_OK(nock_pool_set_tag(pool, "parse", ERR));
  CHECK_OK(nock_pool_alloc(pool, 64, 64, &block, ERR));
  CHECK_OK(nock_pool_set_tag(pool, "write", ERR));
  ((char *)block)[64] = 1;
  nock_pool_dealloc(pool, block, 64, 64);
  CHECK(faults.count == 1 && strstr(faults.last, "tag 'parse'") != NULL);
  nock_pool_unref(pool);
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

/* ---- what is alive ---- */

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

/* ---- misuse ---- */

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
}

int main(void) {
  RUN(right_use_is_no_mistake);
  RUN(mistakes_are_told);
  RUN(mistakes_are_told_when_a_block_changes);
  RUN(mistakes_through_other_pools_are_told_and_not_counted);
  RUN(a_mistake_names_the_tag);
  RUN(live_memory_is_listed_with_tags);
  RUN(a_debug_pool_must_be_asked_for_rightly);
  RUN(mistakes_end_the_process_if_asked_for);
  return harness_done();
}
