/* GROW: builders through the writable tail, a builder of 1 GiB, and two threads that allocate. */
#define _POSIX_C_SOURCE 200809L
#include "growth.h"
#include "workloads.h"

#include <pthread.h>
#include <string.h>

#define HUGE_SIZE ((size_t)1 << 30)
#define ALLOCATIONS 1000000

uint64_t finish_builder(nock_buffer_builder_t *builder) {
  nock_buffer_t *buffer;
  must(nock_buffer_builder_finish(&builder, &buffer, NULL));
  uint64_t byte = ((const uint8_t *)nock_buffer_data(buffer))[77];
  nock_buffer_unref(buffer);
  return byte;
}

uint64_t build_in_the_tail(size_t size, size_t width, int reserved) {
  size_t i = 0, n = size / width;
  nock_buffer_builder_t *builder;
  uint8_t run[64];
  memset(run, 3, sizeof run);
  must(nock_buffer_builder_new(NULL, &builder, NULL));
  if (reserved) must(nock_buffer_builder_reserve(builder, size, NULL, NULL, NULL));
  while (i < n) {
    void *tail;
    size_t room;
    must(nock_buffer_builder_reserve(builder, width, &tail, &room, NULL));
    uint8_t *to = tail;
    size_t fits = room / width < n - i ? room / width : n - i;
    if (width == 1) {
      for (size_t k = 0; k < fits; k++) to[k] = (uint8_t)(i + k);
    } else {
      for (size_t k = 0; k < fits; k++) {
        run[0] = (uint8_t)(i + k);
        memcpy(to + k * 64, run, 64);
      }
    }
    __asm__ volatile("" : : : "memory");
    must(nock_buffer_builder_advance(builder, fits * width, NULL));
    i += fits;
  }
  return finish_builder(builder);
}

static uint64_t in_the_tail(void *user) { return build_in_the_tail(BUILT, *(const size_t *)user, 0); }
static uint64_t in_the_reserved_tail(void *user) { return build_in_the_tail(BUILT, *(const size_t *)user, 1); }

static uint64_t touch_once(void *user) {
  nock_buffer_t *buffer;
  (void)user;
  must(nock_buffer_alloc(HUGE_SIZE, NULL, &buffer, NULL));
  memset(nock_buffer_mutable_data(buffer), 1, HUGE_SIZE);
  __asm__ volatile("" : : : "memory");
  uint64_t byte = ((const uint8_t *)nock_buffer_data(buffer))[77];
  nock_buffer_unref(buffer);
  return byte;
}

/* The same bytes, with the room doubled whenever it is full. */
static uint64_t grow_in_doublings(void *user) {
  nock_buffer_builder_t *builder;
  size_t built = 0;
  (void)user;
  must(nock_buffer_builder_new(NULL, &builder, NULL));
  while (built < HUGE_SIZE) {
    void *tail;
    size_t room;
    must(nock_buffer_builder_reserve(builder, 1, &tail, &room, NULL));
    if (room > HUGE_SIZE - built) room = HUGE_SIZE - built;
    memset(tail, 1, room);
    __asm__ volatile("" : : : "memory");
    must(nock_buffer_builder_advance(builder, room, NULL));
    built += room;
  }
  return finish_builder(builder);
}

static void *allocate(void *user) {
  (void)user;
  for (int i = 0; i < ALLOCATIONS; i++) {
    nock_buffer_t *buffer;
    must(nock_buffer_alloc(64, NULL, &buffer, NULL));
    *(volatile uint8_t *)nock_buffer_mutable_data(buffer) = 1;
    nock_buffer_unref(buffer);
  }
  return NULL;
}

static uint64_t on_one_thread(void *user) {
  allocate(user);
  return 0;
}

static uint64_t on_two_threads(void *user) {
  pthread_t other;
  if (pthread_create(&other, NULL, allocate, user) != 0) die("no thread");
  allocate(user);
  pthread_join(other, NULL);
  return 0;
}

void growth_workload(void) {
  size_t one = 1, many = 64;
  measure("tail1", (double)BUILT, (double)BUILT, in_the_tail, NULL, &one);
  measure("tail1_reserved", (double)BUILT, (double)BUILT, in_the_reserved_tail, NULL, &one);
  measure("tail64", (double)BUILT / 64, (double)BUILT, in_the_tail, NULL, &many);
  measure("tail64_reserved", (double)BUILT / 64, (double)BUILT, in_the_reserved_tail, NULL, &many);
  measure("touch_1g", 1, (double)HUGE_SIZE, touch_once, NULL, NULL);
  measure("grow_1g", 1, (double)HUGE_SIZE, grow_in_doublings, NULL, NULL);
  measure("alloc_free_64_1t", ALLOCATIONS, 0, on_one_thread, NULL, NULL);
  measure("alloc_free_64_2t", 2.0 * ALLOCATIONS, 0, on_two_threads, NULL, NULL);
}
