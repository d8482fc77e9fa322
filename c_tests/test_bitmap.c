#include "harness.h"

enum { BYTES = 40, BITS = BYTES * 8 };

static unsigned char first[BYTES], second[BYTES], before[BYTES];

static void make_noise(void) {
  for (int i = 0; i < BYTES; i++) {
    first[i] = (unsigned char)(i * 37 ^ 0x5A);
    second[i] = (unsigned char)(i * 91 + 7);
    before[i] = (unsigned char)(i * 13 ^ 0xC3);
  }
}

static int bit(const unsigned char *bytes, size_t index) { return bytes[index / 8] >> index % 8 & 1; }

static const size_t offsets[] = {0, 1, 7, 8, 13, 64};
static const size_t counts[] = {0, 1, 2, 7, 8, 9, 57, 63, 64, 65, 127, 200};
#define EACH(list, i) for (size_t i = 0; i < sizeof(list) / sizeof((list)[0]); i++)

static void bits_are_read_counted_and_compared(void) {
  EACH(offsets, o) {
    nock_bits_t bits = {first, BYTES, offsets[o]};
    for (size_t i = 0; i < BITS - offsets[o]; i++) {
      CHECK(nock_bitmap_get(&bits, i) == (bit(first, offsets[o] + i) == 1));
    }
    CHECK(!nock_bitmap_get(&bits, BITS - offsets[o]) && !nock_bitmap_get(&bits, SIZE_MAX));
    EACH(counts, c) {
      size_t expected = 0, set = 0;
      for (size_t i = 0; i < counts[c]; i++) {
        expected += (size_t)bit(first, offsets[o] + i);
      }
      CHECK_OK(nock_bitmap_count(&bits, counts[c], &set, ERR));
      CHECK(set == expected);
      unsigned char moved[BYTES];
      memcpy(moved, before, BYTES);
      CHECK_OK(nock_bitmap_copy(&bits, counts[c], moved, BYTES, 5, ERR));
      nock_bits_t copy = {moved, BYTES, 5};
      CHECK(nock_bitmap_equals(&bits, &copy, counts[c]));
      if (counts[c] > 0) {
        size_t last = 5 + counts[c] - 1;
        CHECK_OK(nock_bitmap_set(moved, BYTES, last, !bit(moved, last), ERR));
        CHECK(!nock_bitmap_equals(&bits, &copy, counts[c]));
      }
    }
  }
}

typedef nock_status_t (*unary)(const nock_bits_t *, size_t, void *, size_t, size_t, nock_error_t **);
typedef nock_status_t (*binary)(const nock_bits_t *, const nock_bits_t *, size_t, void *, size_t, size_t,
                                nock_error_t **);

static int expected_bit(int operation, int a, int b) {
  switch (operation) {
    case 0: return a;
    case 1: return !a;
    case 2: return a & b;
    case 3: return a | b;
    case 4: return a ^ b;
    case 5: return a & !b;
    case 6: return 0;
    default: return 1;
  }
}

static void runs_at_every_offset_agree_with_single_bits(void) {
  const unary unaries[] = {nock_bitmap_copy, nock_bitmap_not};
  const binary binaries[] = {nock_bitmap_and, nock_bitmap_or, nock_bitmap_xor, nock_bitmap_and_not};
  for (int operation = 0; operation < 8; operation++) {
    EACH(offsets, a) EACH(offsets, b) EACH(offsets, t) EACH(counts, c) {
      nock_bits_t bits_a = {first, BYTES, offsets[a]};
      nock_bits_t bits_b = {second, BYTES, offsets[b]};
      size_t at = offsets[t], count = counts[c];
      unsigned char target[BYTES];
      memcpy(target, before, BYTES);
      nock_status_t status = operation < 2   ? unaries[operation](&bits_a, count, target, BYTES, at, NULL)
                             : operation < 6 ? binaries[operation - 2](&bits_a, &bits_b, count, target, BYTES, at, NULL)
                                             : nock_bitmap_fill(target, BYTES, at, count, operation == 7, NULL);
      CHECK(status == NOCK_OK);
      for (size_t i = 0; i < BITS; i++) {
        int expected = i < at || i >= at + count
                           ? bit(before, i)
                           : expected_bit(operation, bit(first, offsets[a] + i - at), bit(second, offsets[b] + i - at));
        CHECK(bit(target, i) == expected);
      }
    }
  }
}

/* Long enough for every loop: whole words at any offset, wide vectors, and what is left of them. */
static void long_runs_agree_with_single_bits(void) {
  enum { LONG = 700, LONG_BITS = LONG * 8 };
  static unsigned char a[LONG], b[LONG], target[LONG];
  static const size_t starts[][3] = {{0, 0, 0}, {8, 16, 24}, {3, 5, 1}, {0, 5, 0}, {3, 3, 3}, {7, 0, 2}, {1, 9, 6}};
  const binary binaries[] = {nock_bitmap_and, nock_bitmap_or, nock_bitmap_xor, nock_bitmap_and_not};
  const unary unaries[] = {nock_bitmap_copy, nock_bitmap_not};
  for (size_t i = 0; i < LONG; i++) {
    a[i] = (unsigned char)(i * 37 ^ i / 7);
    b[i] = (unsigned char)(i * 91 + i / 11);
  }
  EACH(starts, s) {
    for (size_t count = 1023; count < LONG_BITS - 64; count = count * 3 / 2 + 13) {
      nock_bits_t bits_a = {a, LONG, starts[s][0]}, bits_b = {b, LONG, starts[s][1]};
      size_t at = starts[s][2], expected = 0, set = 0;
      for (int operation = 0; operation < 6; operation++) {
        memset(target, 0xC3, LONG);
        CHECK_OK(operation < 2 ? unaries[operation](&bits_a, count, target, LONG, at, ERR)
                               : binaries[operation - 2](&bits_a, &bits_b, count, target, LONG, at, ERR));
        for (size_t i = 0; i < LONG_BITS; i++) {
          int wanted = i < at || i >= at + count
                           ? 0xC3 >> i % 8 & 1
                           : expected_bit(operation, bit(a, bits_a.offset + i - at), bit(b, bits_b.offset + i - at));
          if (bit(target, i) != wanted) {
            fprintf(stderr, "operation %d, case %zu, %zu bits: bit %zu\n", operation, s, count, i);
            CHECK(0);
          }
        }
      }
      for (size_t i = 0; i < count; i++) {
        expected += (size_t)bit(a, bits_a.offset + i);
      }
      CHECK_OK(nock_bitmap_count(&bits_a, count, &set, ERR));
      CHECK(set == expected);
      /* Equal, and unequal by one bit wherever it is. */
      CHECK_OK(nock_bitmap_copy(&bits_a, count, target, LONG, bits_b.offset, ERR));
      nock_bits_t copy = {target, LONG, bits_b.offset};
      CHECK(nock_bitmap_equals(&bits_a, &copy, count));
      for (size_t i = 0; i < count; i += i < 70 || i + 70 > count ? 1 : 97) {
        target[(copy.offset + i) / 8] ^= (unsigned char)(1 << (copy.offset + i) % 8);
        CHECK(!nock_bitmap_equals(&bits_a, &copy, count));
        target[(copy.offset + i) / 8] ^= (unsigned char)(1 << (copy.offset + i) % 8);
      }
    }
  }
}

static void new_bitmaps_are_padded_with_zeros(void) {
  nock_buffer_t *hundred = NULL;
  CHECK_OK(nock_bitmap_new(100, 0, NULL, &hundred, ERR));
  CHECK(nock_buffer_size(hundred) == 13 && nock_buffer_capacity(hundred) % 8 == 0);
  nock_buffer_unref(hundred);
  EACH(counts, c) {
    for (int value = 0; value < 2; value++) {
      nock_buffer_t *buffer = NULL;
      CHECK_OK(nock_bitmap_new(counts[c], (uint8_t)(value * 255), NULL, &buffer, ERR));
      CHECK(nock_buffer_size(buffer) == (counts[c] + 7) / 8 && nock_buffer_is_mutable(buffer));
      const unsigned char *bytes = nock_buffer_data(buffer);
      for (size_t i = 0; i < nock_buffer_capacity(buffer) * 8; i++) {
        CHECK(bit(bytes, i) == (value && i < counts[c]));
      }
      nock_buffer_unref(buffer);
    }
  }
  nock_buffer_t *buffer = NULL;
  nock_pool_t *tiny = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, 64, &tiny, ERR));
  CHECK_STATUS(NOCK_ERR_LIMIT, nock_bitmap_new(513, 1, tiny, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_MEMORY, nock_bitmap_new(SIZE_MAX, 1, NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_new(1, 1, NULL, NULL, ERR));
  CHECK(buffer == NULL);
  nock_pool_unref(tiny);
}

static void runs_outside_are_refused(void) {
  const struct {
    size_t offset, count;
  } outside[] = {{0, BITS + 1}, {1, BITS}, {BITS, 1}, {SIZE_MAX, 1}, {1, SIZE_MAX}, {SIZE_MAX, SIZE_MAX}};
  unsigned char target[2 * BYTES] = {0};
  nock_bits_t good = {second, BYTES, 0};
  EACH(outside, i) {
    nock_bits_t bits = {first, BYTES, outside[i].offset};
    size_t count = outside[i].count, set = 99;
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_count(&bits, count, &set, ERR));
    CHECK_MESSAGE("bits");
    CHECK(set == 99 && !nock_bitmap_equals(&bits, &bits, count));
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_copy(&bits, count, target, sizeof target, 0, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_and(&bits, &good, count, target, sizeof target, 0, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_or(&good, &bits, count, target, sizeof target, 0, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_fill(target, BYTES, outside[i].offset, count, 1, ERR));
    CHECK_MESSAGE("target");
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_not(&good, BITS, target, BYTES - 1, 0, ERR));
    CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_xor(&good, &good, BITS, target, BYTES, 1, ERR));
  }
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_set(target, 1, 8, 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_set(target, 0, 0, 1, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_bitmap_set(target, 1, SIZE_MAX, 1, ERR));
  for (size_t i = 0; i < sizeof target; i++) {
    CHECK(target[i] == 0);
  }
}

static void misuse_is_refused(void) {
  unsigned char target[BYTES];
  memcpy(target, before, BYTES);
  nock_bits_t good = {first, BYTES, 0}, nothing = {NULL, 0, 0}, missing = {NULL, 1, 0};
  size_t set = 0;
  CHECK(!nock_bitmap_get(NULL, 0) && !nock_bitmap_get(&missing, 0) && !nock_bitmap_get(&nothing, 0));
  CHECK(!nock_bitmap_equals(NULL, &good, 0) && !nock_bitmap_equals(&good, NULL, 0));
  CHECK(nock_bitmap_equals(&nothing, &good, 0));
  CHECK_OK(nock_bitmap_count(&nothing, 0, &set, ERR));
  CHECK_OK(nock_bitmap_copy(&nothing, 0, NULL, 0, 0, ERR));
  CHECK_OK(nock_bitmap_fill(NULL, 0, 0, 0, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_count(NULL, 0, &set, ERR));
  CHECK_MESSAGE("bits");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_count(&missing, 0, &set, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_count(&good, 0, NULL, ERR));
  CHECK_MESSAGE("out_set");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_copy(NULL, 0, target, BYTES, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_copy(&good, 0, NULL, 1, 0, ERR));
  CHECK_MESSAGE("target");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_not(NULL, 0, target, BYTES, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_and(NULL, &good, 0, target, BYTES, 0, ERR));
  CHECK_MESSAGE("a ");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_or(&good, NULL, 0, target, BYTES, 0, ERR));
  CHECK_MESSAGE("b ");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_xor(&good, &missing, 0, target, BYTES, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_and_not(&good, &good, 0, NULL, 1, 0, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_fill(NULL, 1, 0, 1, 1, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_set(NULL, 1, 0, 1, ERR));
  /* A target that overlaps what it is made from. */
  nock_bits_t same = {target, BYTES, 0}, tail = {target + BYTES - 1, 1, 0};
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_copy(&same, 8, target, BYTES, 0, ERR));
  CHECK_MESSAGE("overlaps");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_bitmap_and(&good, &tail, 8, target, BYTES, 0, ERR));
  CHECK_OK(nock_bitmap_and(&good, &tail, 8, target, BYTES - 1, 0, ERR));
}

int main(void) {
  make_noise();
  RUN(bits_are_read_counted_and_compared);
  RUN(runs_at_every_offset_agree_with_single_bits);
  RUN(long_runs_agree_with_single_bits);
  RUN(new_bitmaps_are_padded_with_zeros);
  RUN(runs_outside_are_refused);
  RUN(misuse_is_refused);
  return harness_done();
}
