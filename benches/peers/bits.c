/* BITS: counting, combining, copying and comparing bits, aligned and not, of 1 MiB and of 64 bits. */
#include "workloads.h"

#include <stdlib.h>
#include <string.h>

#define LARGE_BYTES ((size_t)1 << 20)
#define LARGE_TIMES 100
#define SMALL_TIMES 100000
/* Room behind the bits, so that a run from any of the first eight bits fits. */
#define SPARE 8

static uint8_t *first, *second, *target;

/* Two runs of equal bits: one from bit 0 (or 3), one from bit 0 (or 5). */
struct run {
  size_t bits, a, b, to;
  int times;
};

static size_t bytes_of(const struct run *run) { return run->bits / 8 + SPARE; }

static uint64_t count(void *user) {
  const struct run *run = user;
  nock_bits_t bits = {first, bytes_of(run), run->a};
  uint64_t sum = 0;
  for (int i = 0; i < run->times; i++) {
    size_t set;
    must(nock_bitmap_count(&bits, run->bits, &set, NULL));
    sum += set;
  }
  return sum;
}

static uint64_t and(void *user) {
  const struct run *run = user;
  nock_bits_t a = {first, bytes_of(run), run->a}, b = {second, bytes_of(run), run->b};
  for (int i = 0; i < run->times; i++) must(nock_bitmap_and(&a, &b, run->bits, target, bytes_of(run), run->to, NULL));
  return target[5];
}

static uint64_t xor(void *user) {
  const struct run *run = user;
  nock_bits_t a = {first, bytes_of(run), run->a}, b = {second, bytes_of(run), run->b};
  for (int i = 0; i < run->times; i++) must(nock_bitmap_xor(&a, &b, run->bits, target, bytes_of(run), run->to, NULL));
  return target[5];
}

static uint64_t copy(void *user) {
  const struct run *run = user;
  nock_bits_t a = {first, bytes_of(run), run->a};
  for (int i = 0; i < run->times; i++) must(nock_bitmap_copy(&a, run->bits, target, bytes_of(run), run->to, NULL));
  return target[5];
}

static uint64_t not(void *user) {
  const struct run *run = user;
  nock_bits_t a = {first, bytes_of(run), run->a};
  for (int i = 0; i < run->times; i++) must(nock_bitmap_not(&a, run->bits, target, bytes_of(run), run->to, NULL));
  return target[5];
}

static uint64_t equal(void *user) {
  const struct run *run = user;
  nock_bits_t a = {first, bytes_of(run), run->a}, b = {second, bytes_of(run), run->b};
  uint64_t same = 0;
  for (int i = 0; i < run->times; i++) same += nock_bitmap_equals(&a, &b, run->bits);
  if (same != (uint64_t)run->times) die("bits that are equal are not");
  return same;
}

/* Bit i of the second run is bit i of the first. */
static void make_equal(const struct run *run) {
  nock_bits_t a = {first, bytes_of(run), run->a};
  must(nock_bitmap_copy(&a, run->bits, second, bytes_of(run), run->b, NULL));
}

static void *block(void) {
  void *bytes = aligned_alloc(64, LARGE_BYTES + 64);
  if (bytes == NULL) die("out of memory");
  memset(bytes, 0, LARGE_BYTES + 64);
  return bytes;
}

void bits_workload(void) {
  static const struct {
    const char *name;
    work_fn work;
    size_t a, b, to;
    int large;
  } cases[] = {
      {"count_1m_0", count, 0, 0, 0, 1},   {"count_1m_3", count, 3, 0, 0, 1},   {"and_1m_000", and, 0, 0, 0, 1},
      {"and_1m_351", and, 3, 5, 1, 1},     {"xor_1m_351", xor, 3, 5, 1, 1},     {"not_1m_31", not, 3, 0, 1, 1},
      {"copy_1m_30", copy, 3, 0, 0, 1},    {"copy_1m_31", copy, 3, 0, 1, 1},    {"equal_1m_00", equal, 0, 0, 0, 1},
      {"equal_1m_35", equal, 3, 5, 0, 1},  {"count_64_0", count, 0, 0, 0, 0},   {"count_64_3", count, 3, 0, 0, 0},
      {"and_64_000", and, 0, 0, 0, 0},     {"and_64_351", and, 3, 5, 1, 0},     {"xor_64_351", xor, 3, 5, 1, 0},
      {"not_64_31", not, 3, 0, 1, 0},      {"copy_64_30", copy, 3, 0, 0, 0},    {"copy_64_31", copy, 3, 0, 1, 0},
      {"equal_64_00", equal, 0, 0, 0, 0},  {"equal_64_35", equal, 3, 5, 0, 0},
  };
  first = block(), second = block(), target = block();
  uint32_t noise = 1;
  for (size_t i = 0; i < LARGE_BYTES + SPARE; i++) {
    noise = noise * 1664525 + 1013904223;
    first[i] = (uint8_t)(noise >> 24);
  }
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct run run = {cases[i].large ? LARGE_BYTES * 8 : 64, cases[i].a, cases[i].b, cases[i].to,
                      cases[i].large ? LARGE_TIMES : SMALL_TIMES};
    make_equal(&run);
    measure(cases[i].name, run.times, run.times * (double)(run.bits / 8), cases[i].work, NULL, &run);
  }
  free(first), free(second), free(target);
}
