/* Times one piece of work and prints a JSON line: the same fields, in the same units, as the peers' programs print, so that one
 * runner can drive them all. */
#ifndef NOCK_BENCH_MEASURE_H
#define NOCK_BENCH_MEASURE_H

#include <stdint.h>

/* One operation of a case. `user` is the case's own state; the result is a checksum, so that no work can be left out. */
typedef uint64_t (*work_fn)(void *user);

/* Which workload and case the command line asks for, and how many samples; 0: only name the cases. */
void measure_begin(const char *workload, int samples, const char *only);

/* Whether a case is asked for: its name contains the command line's third argument. */
int measure_wanted(const char *name);

/* Run `work` until there are enough samples. `operations` and `bytes` are what one call does; `before` (may be NULL) is called
 * before each sample and not timed. */
void measure(const char *name, double operations, double bytes, work_fn work, work_fn before, void *user);

/* Names work of this workload that the library cannot do yet, so that the tables show the gap. */
void not_yet(const char *name);

#endif
