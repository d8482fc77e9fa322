/* Buffers, slices and builders under several threads: what may be shared is. */
#include "crew.h"

enum { THREADS = 8, FEW_THREADS = 4, SIZE = 4096 };

static size_t rounds;

static unsigned char byte_at(size_t i) { return (unsigned char)(i * 7 + i / 256); }

static void fill(nock_buffer_t *buffer) {
  unsigned char *bytes = nock_buffer_mutable_data(buffer);
  for (size_t i = 0; i < nock_buffer_size(buffer); i++) {
    bytes[i] = byte_at(i);
  }
}

/* ---- slices of one parent ---- */

static const char *slice_and_end(void *parent, size_t number) {
  for (size_t i = 0; i < rounds; i++) {
    nock_buffer_t *outer = NULL;
    nock_buffer_t *inner = NULL;
    size_t at = (i * 13 + number) % 3000;
    if (RETRIED(nock_buffer_slice(parent, at, 1000, &outer, NULL)) != NOCK_OK ||
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
  nock_buffer_unref(parent);
  return NULL;
}

static void slices_end_on_any_thread(void) {
  for (size_t threads = 2; threads <= THREADS; threads *= 2) {
    const uint64_t before = nock_total_allocated_bytes();
    nock_buffer_t *parent = NULL;
    CHECK_OK(nock_buffer_alloc(SIZE, NULL, &parent, ERR));
    fill(parent);
    for (size_t i = 1; i < threads; i++) {
      CHECK(nock_buffer_ref(parent) == parent);
    }
    together(threads, parent, slice_and_end);
    CHECK(nock_total_allocated_bytes() == before);
  }
}

/* The first thread has its reference only to end it beside the others. */
static const char *slice_often(void *parent, size_t number) {
  for (size_t i = 0; i < 8 * rounds && number != 0; i++) {
    nock_buffer_t *slice = NULL;
    if (RETRIED(nock_buffer_slice(parent, i % 1000, 24, &slice, NULL)) != NOCK_OK) {
      return "no slice";
    }
    const unsigned char *bytes = nock_buffer_data(slice);
    if (bytes[23] != (unsigned char)(i % 1000 + 23)) {
      return "other bytes";
    }
    nock_buffer_unref(slice);
  }
  nock_buffer_unref(parent);
  return NULL;
}

static void the_last_reference_may_end_on_any_thread(void) {
  const uint64_t before = nock_total_allocated_bytes();
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc(1024, NULL, &buffer, ERR));
  for (size_t i = 0; i < 1024; i++) {
    ((unsigned char *)nock_buffer_mutable_data(buffer))[i] = (unsigned char)i;
  }
  for (size_t i = 1; i <= FEW_THREADS; i++) {
    CHECK(nock_buffer_ref(buffer) == buffer);
  }
  together(FEW_THREADS + 1, buffer, slice_often);
  CHECK(nock_total_allocated_bytes() == before);
}

/* Each of two threads writes its own half. */
static const char *write_a_half(void *shared, size_t number) {
  nock_buffer_t *half = ((nock_buffer_t **)shared)[number];
  for (size_t i = 0; i < rounds; i++) {
    memset(nock_buffer_mutable_data(half), (int)(number + 1), SIZE / 2);
  }
  nock_buffer_unref(half);
  return NULL;
}

static void two_threads_write_two_slices(void) {
  nock_buffer_t *parent = NULL;
  nock_buffer_t *halves[2];
  CHECK_OK(nock_buffer_alloc(SIZE, NULL, &parent, ERR));
  for (size_t i = 0; i < 2; i++) {
    CHECK_OK(nock_buffer_slice_mutable(parent, i * SIZE / 2, SIZE / 2, &halves[i], ERR));
  }
  together(2, halves, write_a_half);
  const unsigned char *bytes = nock_buffer_data(parent);
  CHECK(bytes[0] == 1 && bytes[SIZE / 2 - 1] == 1 && bytes[SIZE / 2] == 2 && bytes[SIZE - 1] == 2);
  nock_buffer_unref(parent);
}

/* ---- from builders to readers ---- */

static _Atomic(nock_buffer_t *) handed[THREADS / 2];

static const char *build_and_hand_over(size_t place) {
  for (size_t i = 0; i < rounds / 4; i++) {
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
  for (size_t i = 0; i < rounds; i++) {
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

static const char *build_or_read(void *nothing, size_t number) {
  (void)nothing;
  return number % 2 == 0 ? build_and_hand_over(number / 2) : take_and_read(number / 2);
}

static void what_one_builds_another_reads(void) {
  const uint64_t before = nock_total_allocated_bytes();
  together(THREADS, NULL, build_or_read);
  for (size_t i = 0; i < THREADS / 2; i++) {
    nock_buffer_unref(atomic_exchange(&handed[i], NULL));
  }
  CHECK(nock_total_allocated_bytes() == before);
}

/* Each thread its own builders, of every kind, over one pool. */
static const char *build_bits(void *nothing, size_t number) {
  (void)nothing;
  for (size_t i = 0; i < rounds / 8; i++) {
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

static void builders_do_not_meet(void) { together(THREADS, NULL, build_bits); }

int main(void) {
  rounds = harness_times(400, 16);
  RUN(slices_end_on_any_thread);
  RUN(the_last_reference_may_end_on_any_thread);
  RUN(two_threads_write_two_slices);
  RUN(what_one_builds_another_reads);
  RUN(builders_do_not_meet);
  return harness_done();
}
