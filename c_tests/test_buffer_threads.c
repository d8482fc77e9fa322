/* Buffers, slices and builders under several threads: what may be shared is, and what may not is told so. */
#include "harness.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

/* MOST_ROUNDS: how often threads try to meet before they have failed to. */
enum { THREADS = 8, RESIZERS = 2, ROUNDS = 400, MOST_ROUNDS = 100 * ROUNDS, SIZE = 4096 };

typedef const char *(*work_t)(size_t number);

static struct {
  work_t work;
  size_t threads;
  atomic_size_t waiting;
} crew;

static void *one_of_the_crew(void *number) {
  atomic_fetch_add(&crew.waiting, 1);
  while (atomic_load(&crew.waiting) < crew.threads) {
    sched_yield();
  }
  return (void *)crew.work((size_t)(uintptr_t)number);
}

/* Do the work on so many threads, started together. */
static void together(size_t count, work_t work) {
  pthread_t threads[THREADS];
  crew.work = work;
  crew.threads = count;
  atomic_store(&crew.waiting, 0);
  for (size_t i = 0; i < count; i++) {
    CHECK(pthread_create(&threads[i], NULL, one_of_the_crew, (void *)(uintptr_t)i) == 0);
  }
  const char *complaint = NULL;
  for (size_t i = 0; i < count; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    complaint = result == NULL ? complaint : result;
  }
  if (complaint != NULL) {
    harness_fail(__FILE__, __LINE__, complaint);
  }
}

static unsigned char byte_at(size_t i) { return (unsigned char)(i * 7 + i / 256); }

static void fill(nock_buffer_t *buffer) {
  unsigned char *bytes = nock_buffer_mutable_data(buffer);
  for (size_t i = 0; i < nock_buffer_size(buffer); i++) {
    bytes[i] = byte_at(i);
  }
}

/* ---- slices of one parent ---- */

static nock_buffer_t *shared;

static const char *slice_and_end(size_t number) {
  for (size_t i = 0; i < ROUNDS; i++) {
    nock_buffer_t *outer = NULL;
    nock_buffer_t *inner = NULL;
    size_t at = (i * 13 + number) % 3000;
    if (RETRIED(nock_buffer_slice(shared, at, 1000, &outer, NULL)) != NOCK_OK ||
        RETRIED(nock_buffer_slice(outer, 500, 10, &inner, NULL)) != NOCK_OK) {
      return "no slice";
    }
    nock_buffer_unref(outer);
    const unsigned char *bytes = nock_buffer_data(inner);
    if (bytes[9] != byte_at(at + 509) || nock_buffer_is_mutable(inner)) {
      return "other bytes";
    }
    nock_buffer_unref(inner);
  }
  nock_buffer_unref(shared);
  return NULL;
}

static void slices_end_on_any_thread(void) {
  for (size_t threads = 2; threads <= THREADS; threads *= 2) {
    const uint64_t before = nock_total_allocated_bytes();
    CHECK_OK(nock_buffer_alloc(SIZE, NULL, &shared, ERR));
    fill(shared);
    for (size_t i = 1; i < threads; i++) {
      CHECK(nock_buffer_ref(shared) == shared);
    }
    together(threads, slice_and_end);
    CHECK(nock_total_allocated_bytes() == before);
  }
}

/* Each of two threads writes its own half. */
static nock_buffer_t *halves[2];

static const char *write_a_half(size_t number) {
  for (size_t i = 0; i < ROUNDS; i++) {
    memset(nock_buffer_mutable_data(halves[number]), (int)(number + 1), SIZE / 2);
  }
  nock_buffer_unref(halves[number]);
  return NULL;
}

static void two_threads_write_two_slices(void) {
  nock_buffer_t *parent = NULL;
  CHECK_OK(nock_buffer_alloc(SIZE, NULL, &parent, ERR));
  for (size_t i = 0; i < 2; i++) {
    CHECK_OK(nock_buffer_slice_mutable(parent, i * SIZE / 2, SIZE / 2, &halves[i], ERR));
  }
  together(2, write_a_half);
  const unsigned char *bytes = nock_buffer_data(parent);
  CHECK(bytes[0] == 1 && bytes[SIZE / 2 - 1] == 1 && bytes[SIZE / 2] == 2 && bytes[SIZE - 1] == 2);
  nock_buffer_unref(parent);
}

/* ---- from builders to readers ---- */

static _Atomic(nock_buffer_t *) handed[THREADS / 2];

static const char *build_and_hand_over(size_t place) {
  for (size_t i = 0; i < ROUNDS / 4; i++) {
    nock_buffer_builder_t *builder = NULL;
    nock_buffer_t *buffer = NULL;
    if (RETRIED(nock_buffer_builder_new(NULL, &builder, NULL)) != NOCK_OK) {
      return "no builder";
    }
    for (int64_t k = 0; k < 100; k++) {
      if (RETRIED(nock_buffer_builder_append_i64(builder, k, NULL)) != NOCK_OK) {
        return "no memory for a number";
      }
    }
    if (nock_buffer_builder_finish(&builder, &buffer, NULL) != NOCK_OK &&
        RETRIED(nock_buffer_alloc_zeroed(800, NULL, &buffer, NULL)) != NOCK_OK) {
      return "no buffer";
    }
    /* The reader may take it before the last one was taken; then this thread ends that one. */
    nock_buffer_unref(atomic_exchange_explicit(&handed[place], buffer, memory_order_acq_rel));
  }
  return NULL;
}

static const char *take_and_read(size_t place) {
  for (size_t i = 0; i < ROUNDS; i++) {
    nock_buffer_t *buffer = atomic_exchange_explicit(&handed[place], NULL, memory_order_acq_rel);
    if (buffer == NULL) {
      sched_yield();
      continue;
    }
    const int64_t *numbers = nock_buffer_data(buffer);
    if (nock_buffer_size(buffer) != 800 || (numbers[99] != 99 && numbers[99] != 0)) {
      return "other numbers";
    }
    nock_buffer_freeze(buffer);
    nock_buffer_unref(buffer);
  }
  return NULL;
}

static const char *build_or_read(size_t number) {
  return number % 2 == 0 ? build_and_hand_over(number / 2) : take_and_read(number / 2);
}

static void what_one_builds_another_reads(void) {
  const uint64_t before = nock_total_allocated_bytes();
  together(THREADS, build_or_read);
  for (size_t i = 0; i < THREADS / 2; i++) {
    nock_buffer_unref(atomic_exchange(&handed[i], NULL));
  }
  CHECK(nock_total_allocated_bytes() == before);
}

/* Each thread its own builders, of every kind, over one pool. */
static const char *build_bits(size_t number) {
  for (size_t i = 0; i < ROUNDS / 8; i++) {
    nock_bitmap_builder_t *builder = NULL;
    if (RETRIED(nock_bitmap_builder_new(NULL, &builder, NULL)) != NOCK_OK ||
        RETRIED(nock_bitmap_builder_append_run(builder, 1, 1000 + number, NULL)) != NOCK_OK ||
        RETRIED(nock_bitmap_builder_append_run(builder, 0, 77, NULL)) != NOCK_OK) {
      return "no memory for bits";
    }
    if (nock_bitmap_builder_false_count(builder) != 77 || nock_bitmap_builder_length(builder) != 1077 + number) {
      return "other bits";
    }
    nock_bitmap_builder_free(builder);
  }
  return NULL;
}

static void builders_do_not_meet(void) { together(THREADS, build_bits); }

/* ---- reads that a resize is in the way of ---- */

static nock_buffer_t *resized;
/* Calls that were busy because another one was inside, not because of a slice. */
static atomic_size_t met;

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

static nock_status_t read_somehow(size_t how, nock_buffer_t **out, nock_error_t **error) {
  const nock_buffer_t *twice[] = {resized, resized};
  switch (how % 6) {
    case 0: return nock_buffer_slice(resized, 0, 64, out, error);
    case 1: return nock_buffer_copy_range(resized, 0, 64, NULL, out, error);
    case 2: return nock_buffer_concat(twice, 2, NULL, out, error);
    case 3: return nock_buffer_hex(resized, NULL, out, error);
    case 4: return nock_buffer_equals(resized, resized) ? NOCK_OK : NOCK_ERR_BUSY;
    default: return nock_buffer_equals_prefix(resized, resized, 64) ? NOCK_OK : NOCK_ERR_BUSY;
  }
}

static nock_status_t one_round(size_t number, size_t i, nock_buffer_t **out, nock_error_t **error) {
  nock_error_free(*error);
  *error = NULL;
  return number >= RESIZERS ? read_somehow(i + number, out, error)
         : i % 5 == 0       ? nock_buffer_reserve(resized, 100 + i * 64, error)
                            : nock_buffer_resize(resized, 64 + i * 64 % 20000, i % 2, error);
}

/* Beyond the usual rounds, until one call met another: others run first, so that whoever has a slice can end it. */
static int goes_on(size_t i) {
  if (i < ROUNDS) {
    return 1;
  }
  sched_yield();
  return i < MOST_ROUNDS && atomic_load(&met) == 0;
}

static const char *read_or_resize(size_t number) {
  nock_error_t *error = NULL;
  const char *complaint = NULL;
  for (size_t i = 0; complaint == NULL && goes_on(i); i++) {
    nock_buffer_t *out = NULL;
    nock_status_t status = RETRIED(one_round(number, i, &out, &error));
    nock_buffer_unref(out);
    if (status == NOCK_ERR_BUSY && strstr(nock_error_message(error), "another call") != NULL) {
      atomic_fetch_add(&met, 1);
    } else if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      complaint = "a status that does not fit";
    }
  }
  nock_error_free(error);
  return complaint;
}

/* Wrong, and therefore told so; never memory that is gone. */
static void resizes_and_reads_exclude_each_other(void) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = zeroed_alloc;
  callbacks.dealloc = zeroed_dealloc;
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  CHECK_OK(nock_buffer_alloc_resizable(64, pool, &resized, ERR));
  nock_pool_unref(pool);
  memset(nock_buffer_mutable_data(resized), 1, 64);
  together(THREADS, read_or_resize);
  CHECK(atomic_load(&met) > 0);
  CHECK(nock_buffer_size(resized) >= 64);
  CHECK(((const char *)nock_buffer_data(resized))[63] == 1);
  /* Nobody is left inside. */
  CHECK_OK(nock_buffer_resize(resized, 10, 0, ERR));
  nock_buffer_unref(resized);
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
  RUN(slices_end_on_any_thread);
  RUN(two_threads_write_two_slices);
  RUN(what_one_builds_another_reads);
  RUN(builders_do_not_meet);
  RUN(resizes_and_reads_exclude_each_other);
  RUN(a_resize_beside_a_slice_is_busy);
  return harness_done();
}
