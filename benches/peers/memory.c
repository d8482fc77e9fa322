/* W8: allocate and free, slices, the builder. */
#define _POSIX_C_SOURCE 200809L
#include "growth.h"
#include "workloads.h"

#include <pthread.h>
#include <string.h>

#define SLICES 1000000

struct allocation {
  size_t size;
  int count;
};

static uint64_t allocate_and_free(void *user) {
  const struct allocation *what = user;
  uint64_t sum = 0;
  for (int i = 0; i < what->count; i++) {
    nock_buffer_t *buffer;
    must(nock_buffer_alloc(what->size, NULL, &buffer, NULL));
    *(volatile uint8_t *)nock_buffer_mutable_data(buffer) = 1;
    sum += (uintptr_t)nock_buffer_data(buffer) & 63;
    nock_buffer_unref(buffer);
  }
  return sum;
}

static uint64_t allocate_a_thousand(void *user) {
  static nock_buffer_t *live[1000];
  uint64_t sum = 0;
  (void)user;
  for (int round = 0; round < 200; round++) {
    for (int i = 0; i < 1000; i++) {
      must(nock_buffer_alloc(64, NULL, &live[i], NULL));
      sum += (uintptr_t)nock_buffer_data(live[i]);
    }
    for (int i = 0; i < 1000; i++) nock_buffer_unref(live[i]);
  }
  return sum;
}

static uint64_t allocate_and_touch(void *user) {
  const struct allocation *what = user;
  uint64_t sum = 0;
  for (int i = 0; i < what->count; i++) {
    nock_buffer_t *buffer;
    must(nock_buffer_alloc(what->size, NULL, &buffer, NULL));
    memset(nock_buffer_mutable_data(buffer), i + 1, what->size);
    __asm__ volatile("" : : : "memory");
    sum += ((const uint8_t *)nock_buffer_data(buffer))[5];
    nock_buffer_unref(buffer);
  }
  return sum;
}

static uint64_t pool_allocate(void *user) {
  uint64_t sum = 0;
  (void)user;
  for (int i = 0; i < 200000; i++) {
    void *block;
    must(nock_pool_alloc(NULL, 64, 64, &block, NULL));
    *(volatile uint8_t *)block = 1;
    sum += (uintptr_t)block & 63;
    nock_pool_dealloc(NULL, block, 64, 64);
  }
  return sum;
}

static uint64_t slices(nock_buffer_t *parent, int count) {
  uint64_t sum = 0;
  for (int i = 0; i < count; i++) {
    nock_buffer_t *slice;
    must(nock_buffer_slice(parent, (size_t)(i & 1023) * 64, 64, &slice, NULL));
    sum += (uintptr_t)nock_buffer_data(slice);
    nock_buffer_unref(slice);
  }
  return sum;
}

static uint64_t slice_and_release(void *user) { return slices(user, SLICES); }

static void *half_of_the_slices(void *user) {
  slices(user, SLICES / 2);
  return NULL;
}

static uint64_t slice_on_two_threads(void *user) {
  pthread_t other;
  if (pthread_create(&other, NULL, half_of_the_slices, user) != 0) die("no thread");
  half_of_the_slices(user);
  pthread_join(other, NULL);
  return 0;
}

static uint64_t ref_and_unref(void *user) {
  uint64_t sum = 0;
  for (int i = 0; i < SLICES; i++) {
    nock_buffer_t *more = nock_buffer_ref(user);
    sum += nock_buffer_size(more);
    nock_buffer_unref(more);
  }
  return sum;
}

static uint64_t append(void *user) {
  size_t width = *(const size_t *)user;
  nock_buffer_builder_t *builder;
  uint8_t run[64];
  memset(run, 3, sizeof run);
  must(nock_buffer_builder_new(NULL, &builder, NULL));
  for (size_t i = 0; i < BUILT / width; i++) {
    run[0] = (uint8_t)i;
    must(nock_buffer_builder_append(builder, run, width, NULL));
  }
  return finish_builder(builder);
}

static uint64_t append_reserved(void *user) { return build_in_the_tail(BUILT, *(const size_t *)user, 1); }

void memory_workload(void) {
  struct allocation sizes[] = {{64, 200000}, {4096, 200000}, {(size_t)1 << 20, 20000}, {(size_t)64 << 20, 2000}};
  const char *names[] = {"alloc_free_64", "alloc_free_4k", "alloc_free_1m", "alloc_free_64m"};
  for (int i = 0; i < 4; i++) measure(names[i], sizes[i].count, 0, allocate_and_free, NULL, &sizes[i]);
  measure("alloc_free_64_batch1000", 200000, 0, allocate_a_thousand, NULL, NULL);
  measure("pool_alloc_free_64", 200000, 0, pool_allocate, NULL, NULL);
  struct allocation touch_1m = {(size_t)1 << 20, 2000}, touch_64m = {(size_t)64 << 20, 1};
  measure("alloc_touch_free_1m", 2000, 2000.0 * (1 << 20), allocate_and_touch, NULL, &touch_1m);
  measure("alloc_touch_free_64m", 1, 64 << 20, allocate_and_touch, NULL, &touch_64m);

  nock_buffer_t *parent;
  must(nock_buffer_alloc_zeroed((size_t)1 << 20, NULL, &parent, NULL));
  measure("slice_release", SLICES, 0, slice_and_release, NULL, parent);
  measure("clone_release", SLICES, 0, ref_and_unref, NULL, parent);
  measure("slice_release_2t", SLICES, 0, slice_on_two_threads, NULL, parent);
  nock_buffer_unref(parent);

  size_t one = 1, many = 64;
  measure("append1", (double)BUILT, (double)BUILT, append, NULL, &one);
  measure("append1_unsafe_reserved", (double)BUILT, (double)BUILT, append_reserved, NULL, &one);
  measure("append64", (double)BUILT / 64, (double)BUILT, append, NULL, &many);
  measure("append64_unsafe_reserved", (double)BUILT / 64, (double)BUILT, append_reserved, NULL, &many);
}
