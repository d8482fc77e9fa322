/* Threads that start their work together. */
#ifndef NOCK_TEST_CREW_H
#define NOCK_TEST_CREW_H

#include "harness.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MOST_OF_THE_CREW = 8 };

/* One thread's part of the work on what all of them share; the result is a complaint, NULL when there is none. */
typedef const char *(*work_t)(void *shared, size_t number);

static struct {
  work_t work;
  void *shared;
  size_t threads;
  atomic_size_t waiting;
} crew;

static inline void *one_of_the_crew(void *number) {
  atomic_fetch_add(&crew.waiting, 1);
  while (atomic_load(&crew.waiting) < crew.threads) {
    sched_yield();
  }
  return (void *)crew.work(crew.shared, (size_t)(uintptr_t)number);
}

/* Do the work on so many threads; the first of them has the number 0. */
static inline void together(size_t threads, void *shared, work_t work) {
  pthread_t handles[MOST_OF_THE_CREW];
  CHECK(threads <= MOST_OF_THE_CREW);
  crew.work = work;
  crew.shared = shared;
  crew.threads = threads;
  atomic_store(&crew.waiting, 0);
  for (size_t i = 0; i < threads; i++) {
    CHECK(pthread_create(&handles[i], NULL, one_of_the_crew, (void *)(uintptr_t)i) == 0);
  }
  const char *complaint = NULL;
  for (size_t i = 0; i < threads; i++) {
    void *result = NULL;
    CHECK(pthread_join(handles[i], &result) == 0);
    complaint = result == NULL ? complaint : result;
  }
  if (complaint != NULL) {
    harness_fail(__FILE__, __LINE__, complaint);
  }
}

#endif /* NOCK_TEST_CREW_H */
