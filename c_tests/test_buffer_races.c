/* Several threads in one resizable buffer, which is wrong: some are told that it is busy, and nothing is harmed. */
#include "crew.h"

/* MOST_ROUNDS: how often threads try to meet before they have failed to. */
enum { THREADS = 8, RESIZERS = 2, FEW_THREADS = 4, MOST_ROUNDS = 300000 };

static size_t rounds;

/* Calls that were busy because another one was inside, not because of a slice. */
static atomic_size_t met;
/* One thread has something to complain about; the others need not wait to meet it. */
static atomic_bool given_up;

static bool goes_on(size_t i, size_t usual) {
  return i < usual || (i < MOST_ROUNDS && atomic_load(&met) == 0 && !atomic_load(&given_up));
}

typedef nock_status_t (*use_t)(nock_buffer_t *buffer, size_t number, size_t i, nock_buffer_t **out, nock_error_t **error);

static nock_status_t forget_and_use(use_t use, nock_buffer_t *buffer, size_t number, size_t i, nock_buffer_t **out,
                                    nock_error_t **error) {
  nock_error_free(*error);
  *error = NULL;
  return use(buffer, number, i, out, error);
}

/*
 * Use a buffer so often, and on, until one call met another. Others run before each of the further rounds, so that whoever
 * has a slice can end it.
 */
static const char *use_often(use_t use, nock_buffer_t *buffer, size_t number, size_t usual) {
  nock_error_t *error = NULL;
  const char *complaint = NULL;
  for (size_t i = 0; complaint == NULL && goes_on(i, usual); i++) {
    nock_buffer_t *out = NULL;
    if (i >= usual) {
      sched_yield();
    }
    nock_status_t status = RETRIED(forget_and_use(use, buffer, number, i, &out, &error));
    nock_buffer_unref(out);
    if (status == NOCK_ERR_BUSY && strstr(nock_error_message(error), "another call") != NULL) {
      atomic_fetch_add(&met, 1);
    } else if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      complaint = "a status that does not fit";
      atomic_store(&given_up, true);
    }
  }
  nock_error_free(error);
  return complaint;
}

static void check_that_calls_meet(nock_pool_callbacks_t memory, size_t threads, work_t work, nock_buffer_t **out) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&memory, &pool, ERR));
  CHECK_OK(nock_buffer_alloc_resizable(64, pool, out, ERR));
  nock_pool_unref(pool);
  memset(nock_buffer_mutable_data(*out), 1, 64);
  atomic_store(&met, 0);
  atomic_store(&given_up, false);
  together(threads, *out, work);
  CHECK(atomic_load(&met) > 0);
}

/* ---- several that resize ---- */

/* The default pool's memory; whoever asks for some lets the others run first, who then meet a call that waits. */
static nock_status_t yielding_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  sched_yield();
  return nock_pool_alloc(nock_pool_default(), size, alignment, out, NULL);
}

static void yielding_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data;
  nock_pool_dealloc(nock_pool_default(), block, size, alignment);
}

static nock_status_t resize_slice_or_copy(nock_buffer_t *buffer, size_t number, size_t i, nock_buffer_t **out,
                                          nock_error_t **error) {
  (void)number;
  return i % 3 == 0   ? nock_buffer_resize(buffer, 64 + i * 7 % 4096, i % 2, error)
         : i % 3 == 1 ? nock_buffer_slice(buffer, i % 64, 1, out, error)
                      : nock_buffer_copy_range(buffer, 0, 64, NULL, out, error);
}

static const char *misuse(void *buffer, size_t number) {
  return use_often(resize_slice_or_copy, buffer, number, 8 * rounds);
}

static void racing_resizes_are_busy(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = yielding_alloc;
  callbacks.dealloc = yielding_dealloc;
  nock_buffer_t *buffer = NULL;
  check_that_calls_meet(callbacks, FEW_THREADS, misuse, &buffer);
  nock_buffer_unref(buffer);
}

/* ---- reads that a resize is in the way of ---- */

/*
 * Memory that is zero from the start, so that what a resize adds may be read. Whoever asks for some lets the others run
 * first, who then meet a call that waits.
 */
static nock_status_t zeroed_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  (void)user_data;
  sched_yield();
  if (posix_memalign(out, alignment < sizeof(void *) ? sizeof(void *) : alignment, size) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  memset(*out, 0, size);
  return NOCK_OK;
}

static void zeroed_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)user_data, (void)size, (void)alignment;
  free(block);
}

static nock_status_t read_or_resize(nock_buffer_t *buffer, size_t number, size_t i, nock_buffer_t **out,
                                    nock_error_t **error) {
  const nock_buffer_t *twice[] = {buffer, buffer};
  if (number < RESIZERS) {
    return i % 5 == 0 ? nock_buffer_reserve(buffer, 100 + i * 64, error)
                      : nock_buffer_resize(buffer, 64 + i * 64 % 20000, i % 2, error);
  }
  switch ((i + number) % 6) {
    case 0: return nock_buffer_slice(buffer, 0, 64, out, error);
    case 1: return nock_buffer_copy_range(buffer, 0, 64, NULL, out, error);
    case 2: return nock_buffer_concat(twice, 2, NULL, out, error);
    case 3: return nock_buffer_hex(buffer, NULL, out, error);
    case 4: return nock_buffer_equals(buffer, buffer) ? NOCK_OK : NOCK_ERR_BUSY;
    default: return nock_buffer_equals_prefix(buffer, buffer, 64) ? NOCK_OK : NOCK_ERR_BUSY;
  }
}

static const char *read_and_resize(void *buffer, size_t number) {
  return use_often(read_or_resize, buffer, number, rounds);
}

/* Wrong, and therefore told so; never memory that is gone. */
static void resizes_and_reads_exclude_each_other(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = zeroed_alloc;
  callbacks.dealloc = zeroed_dealloc;
  nock_buffer_t *buffer = NULL;
  check_that_calls_meet(callbacks, THREADS, read_and_resize, &buffer);
  CHECK(nock_buffer_size(buffer) >= 64);
  CHECK(((const char *)nock_buffer_data(buffer))[63] == 1);
  /* Nobody is left inside. */
  CHECK_OK(nock_buffer_resize(buffer, 10, 0, ERR));
  nock_buffer_unref(buffer);
}

/* A slice keeps a buffer from being resized, for as long as it lives and no longer. */
static void a_resize_beside_a_slice_is_busy(void) {
  nock_buffer_t *buffer = NULL;
  nock_buffer_t *slice = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(100, NULL, &buffer, ERR));
  CHECK_OK(nock_buffer_slice(buffer, 10, 20, &slice, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_resize(buffer, 1000, 0, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_reserve(buffer, 1000, ERR));
  nock_buffer_unref(slice);
  CHECK_OK(nock_buffer_resize(buffer, 1000, 0, ERR));
  nock_buffer_unref(buffer);
}

int main(void) {
  rounds = harness_times(400, 16);
  RUN(racing_resizes_are_busy);
  RUN(resizes_and_reads_exclude_each_other);
  RUN(a_resize_beside_a_slice_is_busy);
  return harness_done();
}
