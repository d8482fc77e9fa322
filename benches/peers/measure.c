#define _POSIX_C_SOURCE 200809L
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_SAMPLES 64
/* A sample shorter than this is repeated until it lasts this long. */
#define SHORTEST_SAMPLE_NS 4e6

static const char *g_workload;
static const char *g_only;
static int g_samples;
static volatile uint64_t g_sink;

static double clock_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* Processor seconds that the whole machine has spent, stolen ones included. */
static double machine_seconds(void) {
  unsigned long long v[8] = {0};
  FILE *file = fopen("/proc/stat", "r");
  if (file == NULL) return 0;
  int n = fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
  fclose(file);
  return n < 8 ? 0 : (double)(v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) / (double)sysconf(_SC_CLK_TCK);
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int n) {
  qsort(values, (size_t)n, sizeof *values, by_size);
  return n % 2 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

void measure_begin(const char *workload, int samples, const char *only) {
  g_workload = workload;
  g_samples = samples < 0 ? 1 : samples > MAX_SAMPLES ? MAX_SAMPLES : samples;
  g_only = only;
}

int measure_wanted(const char *name) {
  if (g_only == NULL) return 1;
  return getenv("PB_EXACT") ? strcmp(name, g_only) == 0 : strstr(name, g_only) != NULL;
}

void not_yet(const char *name) {
  if (!measure_wanted(name)) return;
  printf("{\"peer\":\"nock\",\"w\":\"%s\",\"case\":\"%s\",\"na\":\"not yet\"}\n", g_workload, name);
}

void measure(const char *name, double operations, double bytes, work_fn work, work_fn before, void *user) {
  double wall[MAX_SAMPLES], cpu[MAX_SAMPLES];
  if (!measure_wanted(name)) return;
  if (g_samples == 0) {
    printf("{\"peer\":\"nock\",\"w\":\"%s\",\"case\":\"%s\"}\n", g_workload, name);
    return;
  }
  double start = clock_ns(CLOCK_MONOTONIC);
  if (before) before(user);
  g_sink += work(user);
  double once = clock_ns(CLOCK_MONOTONIC) - start;
  const char *fixed = getenv("PB_INNER");
  int inner = fixed ? atoi(fixed) : 1;
  if (!fixed && !before && once < SHORTEST_SAMPLE_NS) {
    start = clock_ns(CLOCK_MONOTONIC);
    g_sink += work(user);
    once = clock_ns(CLOCK_MONOTONIC) - start;
    double wanted = SHORTEST_SAMPLE_NS / (once + 1);
    inner = wanted > 2000 ? 2000 : wanted < 1 ? 1 : (int)wanted;
  }
  operations *= inner;
  bytes *= inner;
  double machine = machine_seconds(), own = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
  start = clock_ns(CLOCK_MONOTONIC);
  for (int i = 0; i < g_samples; i++) {
    if (before) before(user);
    double c = clock_ns(CLOCK_PROCESS_CPUTIME_ID), t = clock_ns(CLOCK_MONOTONIC);
    for (int j = 0; j < inner; j++) g_sink += work(user);
    wall[i] = (clock_ns(CLOCK_MONOTONIC) - t) / operations;
    cpu[i] = (clock_ns(CLOCK_PROCESS_CPUTIME_ID) - c) / operations;
  }
  double span = (clock_ns(CLOCK_MONOTONIC) - start) / 1e9;
  double others = (machine_seconds() - machine - (clock_ns(CLOCK_PROCESS_CPUTIME_ID) - own) / 1e9) / (span > 0.02 ? span : 0.02);
  double middle = median(wall, g_samples);
  printf("{\"peer\":\"nock\",\"w\":\"%s\",\"case\":\"%s\",\"ns\":%.4f,\"min\":%.4f,\"max\":%.4f,\"cpu\":%.4f,\"n\":%d,"
         "\"ops\":%.0f,\"bytes\":%.0f,\"gbps\":%.4f,\"other\":%.3f,\"span\":%.3f,\"note\":\"\"}\n",
         g_workload, name, middle, wall[0], wall[g_samples - 1], median(cpu, g_samples), g_samples, operations, bytes,
         bytes > 0 ? bytes / (middle * operations) : 0.0, others, span);
  fflush(stdout);
}
