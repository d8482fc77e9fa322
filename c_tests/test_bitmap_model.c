/*
 * Bitmaps against a model that knows single bits only: random calls with sources and targets of exactly as many bytes as are
 * announced, runs that end with the last bit, and numbers that overflow. What lies around a run, and everything after a
 * refused call, is compared too.
 */
#include "harness.h"

enum { MOST_BYTES = 100, MOST_BITS = 1 << 17, ROOM = 2000 };

static uint64_t seed = 88172645463325252U;

static size_t draw(size_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (size_t)(seed >> 11) % below;
}

/* Numbers whose sums and products leave size_t. */
static size_t overflowing(void) {
  static const size_t numbers[] = {SIZE_MAX,     SIZE_MAX - 7,     SIZE_MAX / 2,      SIZE_MAX / 2 + 1,
                                   SIZE_MAX / 8, SIZE_MAX / 8 + 1, SIZE_MAX - 8 * 64, SIZE_MAX / 4};
  return numbers[draw(8)];
}

static size_t some_bits(void) {
  static const size_t below[] = {10, 80, 130, 700};
  return draw(below[draw(4)]);
}

static int get(const unsigned char *bytes, size_t at) { return bytes[at / 8] >> (at % 8) & 1; }

static void put(unsigned char *bytes, size_t at, int bit) {
  bytes[at / 8] = (unsigned char)((bytes[at / 8] & ~(1 << at % 8)) | bit << at % 8);
}

/* Whether a run of bits lies in so many bytes. */
static int has(size_t bytes, size_t offset, size_t count) { return count <= 8 * bytes && offset <= 8 * bytes - count; }

/* On the heap, of the exact size: what is one byte further is nobody's. */
static unsigned char *noise(size_t size) {
  unsigned char *bytes = malloc(size == 0 ? 1 : size);
  CHECK(bytes != NULL);
  for (size_t i = 0; i < size; i++) {
    bytes[i] = (unsigned char)(draw(3) == 0 ? 0 - draw(2) : draw(256));
  }
  return bytes;
}

/* The calls that make bits of bits, and what they make of two. */
typedef nock_status_t (*pair_t)(const nock_bits_t *a, const nock_bits_t *b, size_t count, void *target, size_t target_len,
                                size_t target_offset, nock_error_t **error);
static const pair_t pairs[] = {nock_bitmap_and, nock_bitmap_or, nock_bitmap_xor, nock_bitmap_and_not};
enum { PAIRS = 4, COPY = PAIRS, NOT, FILL, SET, CALLS };

static int made_of(size_t call, int a, int b) {
  switch (call) {
    case 0: return a & b;
    case 1: return a | b;
    case 2: return a ^ b;
    case 3: return a & !b;
    case NOT: return !a;
    default: return a;
  }
}

static void check_call(nock_bits_t a, nock_bits_t b, size_t count, size_t size, size_t at) {
  unsigned char *target = noise(size);
  unsigned char *expected = noise(size);
  memcpy(expected, target, size);
  const size_t call = draw(CALLS);
  const int bit = (int)draw(2);
  count = call == SET ? 1 : count;
  int fits = has(size, at, count);
  fits = fits && (call == FILL || call == SET || has(a.len, a.offset, count));
  fits = fits && (call >= PAIRS || has(b.len, b.offset, count));
  for (size_t i = 0; fits && i < count; i++) {
    int from_a = call == FILL || call == SET ? bit : get(a.data, a.offset + i);
    put(expected, at + i, made_of(call, from_a, call < PAIRS ? get(b.data, b.offset + i) : 0));
  }
  CHECK_STATUS(fits ? NOCK_OK : NOCK_ERR_OUT_OF_RANGE,
               call < PAIRS   ? pairs[call](&a, &b, count, target, size, at, ERR)
               : call == COPY ? nock_bitmap_copy(&a, count, target, size, at, ERR)
               : call == NOT  ? nock_bitmap_not(&a, count, target, size, at, ERR)
               : call == FILL ? nock_bitmap_fill(target, size, at, count, bit ? 0xA0 : 0, ERR)
                              : nock_bitmap_set(target, size, at, bit ? 0xA0 : 0, ERR));
  CHECK_BYTES(target, expected, size);
  free(expected);
  free(target);
}

static void check_look(nock_bits_t a, nock_bits_t b, size_t count) {
  const int in_a = has(a.len, a.offset, count);
  const int in_both = in_a && has(b.len, b.offset, count);
  size_t ones = 0;
  int same = in_both;
  for (size_t i = 0; in_a && i < count; i++) {
    ones += (size_t)get(a.data, a.offset + i);
    same = same && get(a.data, a.offset + i) == get(b.data, b.offset + i);
  }
  size_t counted = 77;
  CHECK_STATUS(in_a ? NOCK_OK : NOCK_ERR_OUT_OF_RANGE, nock_bitmap_count(&a, count, &counted, ERR));
  CHECK(counted == (in_a ? ones : 77));
  CHECK(nock_bitmap_equals(&a, &b, count) == same);
  CHECK(nock_bitmap_equals(&a, &a, count) == in_a);
  CHECK(nock_bitmap_get(&a, count) == (count < SIZE_MAX && has(a.len, a.offset, count + 1) && get(a.data, a.offset + count)));
}

static void calls_agree_with_single_bits(void) {
  const size_t rounds = harness_times(3000, 150);
  for (size_t i = 0; i < rounds; i++) {
    const size_t sizes[3] = {draw(MOST_BYTES), draw(MOST_BYTES), draw(MOST_BYTES)};
    unsigned char *from[2] = {noise(sizes[0]), noise(sizes[1])};
    nock_bits_t a = {from[0], sizes[0], some_bits()};
    nock_bits_t b = {from[1], sizes[1], some_bits()};
    size_t at = some_bits();
    size_t count = some_bits();
    if (draw(3) == 0 && 8 * sizes[0] > a.offset) {
      count = 8 * sizes[0] - a.offset;
    }
    if (draw(3) == 0 && count <= 8 * sizes[2]) {
      at = 8 * sizes[2] - count;
    }
    if (draw(8) == 0) {
      size_t *const numbers[] = {&a.offset, &b.offset, &at, &count};
      *numbers[draw(4)] = overflowing();
    }
    check_call(a, b, count, sizes[2], at);
    check_look(a, b, count);
    free(from[0]);
    free(from[1]);
  }
}

/* ---- the builder ---- */

static unsigned char collected[MOST_BITS / 8];
static size_t length;

static void collect(int bit) { put(collected, length++, bit); }

static void check_builder(const nock_bitmap_builder_t *builder) {
  size_t zeros = 0;
  for (size_t i = 0; i < length; i++) {
    zeros += !get(collected, i);
    CHECK(nock_bitmap_builder_get(builder, i) == get(collected, i));
  }
  CHECK(nock_bitmap_builder_length(builder) == length && nock_bitmap_builder_capacity(builder) >= length);
  CHECK(nock_bitmap_builder_false_count(builder) == zeros);
  CHECK(!nock_bitmap_builder_get(builder, length) && !nock_bitmap_builder_get(builder, SIZE_MAX));
}

/* The bits, then zeros up to the end of the padding. */
static void check_finished(const nock_buffer_t *buffer) {
  const unsigned char *bytes = nock_buffer_data(buffer);
  CHECK(nock_buffer_size(buffer) == (length + 7) / 8);
  for (size_t i = 0; i < (length + 511) / 512 * 512 && i < 8 * nock_buffer_capacity(buffer); i++) {
    CHECK(get(bytes, i) == (i < length && get(collected, i)));
  }
}

static void append_somehow(nock_bitmap_builder_t *builder) {
  const size_t size = draw(MOST_BYTES);
  const size_t count = some_bits();
  const int bit = (int)draw(2);
  unsigned char *bytes = noise(size);
  nock_bits_t bits = {bytes, size, draw(10) == 0 ? overflowing() : some_bits()};
  switch (draw(5)) {
    case 0:
      CHECK_OK(nock_bitmap_builder_append(builder, bit ? 0xA0 : 0, ERR));
      collect(bit);
      break;
    case 1:
      CHECK_OK(nock_bitmap_builder_append_run(builder, bit ? 0xA0 : 0, count, ERR));
      for (size_t i = 0; i < count; i++) {
        collect(bit);
      }
      break;
    case 2:
      CHECK_OK(nock_bitmap_builder_append_bytes(builder, bytes, size, ERR));
      for (size_t i = 0; i < size; i++) {
        collect(bytes[i] != 0);
      }
      break;
    case 3:
      CHECK_STATUS(has(size, bits.offset, count) ? NOCK_OK : NOCK_ERR_OUT_OF_RANGE,
                   nock_bitmap_builder_append_bits(builder, &bits, count, ERR));
      for (size_t i = 0; has(size, bits.offset, count) && i < count; i++) {
        collect(get(bytes, bits.offset + i));
      }
      break;
    default:
      CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_bitmap_builder_append_run(builder, 1, overflowing(), ERR));
      CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_bitmap_builder_reserve(builder, overflowing(), ERR));
      CHECK_OK(nock_bitmap_builder_reserve(builder, count, ERR));
      CHECK(nock_bitmap_builder_capacity(builder) >= length + count);
  }
  free(bytes);
}

static void builders_agree_with_single_bits(void) {
  const size_t rounds = harness_times(40, 6);
  for (size_t i = 0; i < rounds; i++) {
    nock_bitmap_builder_t *builder = NULL;
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_bitmap_builder_new(NULL, &builder, ERR));
    length = 0;
    for (size_t calls = draw(60); calls > 0 && length < MOST_BITS - ROOM; calls--) {
      append_somehow(builder);
      if (draw(10) == 0) {
        size_t to = draw(length + 10);
        CHECK_STATUS(to <= length ? NOCK_OK : NOCK_ERR_OUT_OF_RANGE, nock_bitmap_builder_rewind(builder, to, ERR));
        length = to < length ? to : length;
      }
    }
    check_builder(builder);
    CHECK_OK(i % 2 == 0 ? nock_bitmap_builder_finish(&builder, &buffer, ERR)
                        : nock_bitmap_builder_finish_keep(&builder, &buffer, ERR));
    check_finished(buffer);
    nock_buffer_unref(buffer);
  }
}

int main(void) {
  RUN(calls_agree_with_single_bits);
  RUN(builders_agree_with_single_bits);
  return harness_done();
}
