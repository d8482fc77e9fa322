/* Which of many allocations are refused when there is no time for all of them, and how the time is kept. */
#ifndef NOCK_OOM_SPREAD_H
#define NOCK_OOM_SPREAD_H

#include <time.h>

/* Up to so many runs, a slow program gets fewer of them. */
enum { MAX_OF_THE_HURRIED = 1000 };

static inline double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* How many of `total` allocations are refused one after the other, when one run takes so many seconds of those there are. */
static inline unsigned long runs_of(unsigned long total, unsigned long max, double seconds, double there_are) {
  double affordable = there_are / seconds;
  unsigned long runs = total < max ? total : max;
  if (max <= MAX_OF_THE_HURRIED && affordable < (double)runs) {
    runs = (unsigned long)affordable + 1;
  }
  return runs;
}

/* The first half of the runs takes the first allocations one by one, the second half is spread over the rest. */
static inline unsigned long nth(unsigned long index, unsigned long runs, unsigned long total) {
  unsigned long one_by_one = runs < total ? runs / 2 : total;
  if (index < one_by_one) {
    return index + 1;
  }
  return one_by_one + 1 + (index - one_by_one) * (total - one_by_one) / (runs - one_by_one);
}

#endif /* NOCK_OOM_SPREAD_H */
