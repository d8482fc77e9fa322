/* Builders belong to one thread at a time: a second call beside another one is told so, and harms nothing. */
#include "harness.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

enum { LARGE = 1 << 20, SECONDS = 60 };

static atomic_bool stop, full, no_memory;
static char wrong;
enum { MOST_VALUES = 1 << 23 };
static int64_t values[LARGE / 8];

/* Keep a builder busy. */
static void *fill_bytes(void *builder) {
  while (!atomic_load(&stop)) {
    nock_status_t status = nock_buffer_builder_append_fill(builder, 1, LARGE, NULL);
    if (status == NOCK_OK) {
      status = nock_buffer_builder_rewind(builder, 0, NULL);
    }
    if (status == NOCK_ERR_OUT_OF_MEMORY) {
      atomic_store(&no_memory, true);
    } else if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      return &wrong;
    }
  }
  return NULL;
}

/* Like fill_bytes; a builder of values cannot be rewound, so it ends once it is large. */
static void *fill_values(void *builder) {
  while (!atomic_load(&stop) && nock_array_builder_length(builder) < MOST_VALUES) {
    nock_status_t status = nock_array_builder_append_values(builder, values, LARGE / 8, NULL, 0, NULL);
    if (status == NOCK_ERR_OUT_OF_MEMORY) {
      atomic_store(&no_memory, true);
    } else if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      atomic_store(&full, true);
      return &wrong;
    }
  }
  atomic_store(&full, true);
  return NULL;
}

/* Try until another thread is in the way; it is let on, since it may be the one that waits for a processor. */
#define UNTIL_BUSY(call)                                                        \
  do {                                                                          \
    const time_t start = time(NULL);                                            \
    nock_status_t status = NOCK_OK;                                             \
    while ((status = (call)) != NOCK_ERR_BUSY && !atomic_load(&no_memory) &&     \
           time(NULL) - start < SECONDS) {                                      \
      sched_yield();                                                            \
    }                                                                           \
    harness_last_status = atomic_load(&no_memory) ? NOCK_ERR_OUT_OF_MEMORY : status; \
    CHECK(status == NOCK_ERR_BUSY);                                             \
  } while (0)

static void buffer_builders(void) {
  nock_buffer_builder_t *builder = NULL;
  pthread_t thread;
  void *tail = NULL;
  size_t room = 0;
  void *complaint = NULL;
  CHECK_OK(nock_buffer_builder_new(NULL, &builder, ERR));
  atomic_store(&stop, false);
  CHECK(pthread_create(&thread, NULL, fill_bytes, builder) == 0);
  UNTIL_BUSY(nock_buffer_builder_reserve(builder, 1, &tail, &room, NULL));
  UNTIL_BUSY(nock_buffer_builder_advance(builder, 0, NULL));
  UNTIL_BUSY(nock_buffer_builder_append(builder, "x", 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_fill(builder, 1, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_i8(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_i16(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_i32(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_i64(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_u8(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_u16(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_u32(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_u64(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_f32(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_f64(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_f16_bits(builder, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_i128(builder, 1, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_i256(builder, (const uint64_t *)values, NULL));
  UNTIL_BUSY(nock_buffer_builder_append_copies(builder, "ab", 2, 1, NULL));
  UNTIL_BUSY(nock_buffer_builder_rewind(builder, 0, NULL));
  UNTIL_BUSY(nock_buffer_builder_resize(builder, 2 * LARGE, 0, NULL));
  UNTIL_BUSY(nock_buffer_builder_reset(builder, NULL));
  atomic_store(&stop, true);
  CHECK(pthread_join(thread, &complaint) == 0);
  CHECK(complaint == NULL);
  /* It works as before. */
  CHECK_OK(nock_buffer_builder_reset(builder, ERR));
  CHECK_OK(nock_buffer_builder_append(builder, "arrow", 5, ERR));
  CHECK(nock_buffer_builder_size(builder) == 5);
  nock_buffer_builder_free(builder);
}

/* Like fill_bytes. */
static void *fill_bits(void *builder) {
  while (!atomic_load(&stop)) {
    nock_status_t status = nock_bitmap_builder_append_run(builder, 1, 8 * LARGE, NULL);
    if (status == NOCK_OK) {
      status = nock_bitmap_builder_rewind(builder, 0, NULL);
    }
    if (status == NOCK_ERR_OUT_OF_MEMORY) {
      atomic_store(&no_memory, true);
    } else if (status != NOCK_OK && status != NOCK_ERR_BUSY) {
      return &wrong;
    }
  }
  return NULL;
}

static void bitmap_builders(void) {
  nock_bitmap_builder_t *builder = NULL;
  nock_bits_t bits = {values, sizeof values, 3};
  pthread_t thread;
  void *complaint = NULL;
  CHECK_OK(nock_bitmap_builder_new(NULL, &builder, ERR));
  atomic_store(&stop, false);
  CHECK(pthread_create(&thread, NULL, fill_bits, builder) == 0);
  UNTIL_BUSY(nock_bitmap_builder_append(builder, 1, NULL));
  UNTIL_BUSY(nock_bitmap_builder_append_run(builder, 1, 1, NULL));
  UNTIL_BUSY(nock_bitmap_builder_append_bits(builder, &bits, 1, NULL));
  UNTIL_BUSY(nock_bitmap_builder_append_bytes(builder, "x", 1, NULL));
  UNTIL_BUSY(nock_bitmap_builder_reserve(builder, 1, NULL));
  UNTIL_BUSY(nock_bitmap_builder_rewind(builder, 0, NULL));
  UNTIL_BUSY(nock_bitmap_builder_resize(builder, 16 * LARGE, 0, NULL));
  UNTIL_BUSY(nock_bitmap_builder_reset(builder, NULL));
  atomic_store(&stop, true);
  CHECK(pthread_join(thread, &complaint) == 0);
  CHECK(complaint == NULL);
  CHECK_OK(nock_bitmap_builder_reset(builder, ERR));
  CHECK_OK(nock_bitmap_builder_append(builder, 0, ERR));
  CHECK(nock_bitmap_builder_length(builder) == 1 && nock_bitmap_builder_false_count(builder) == 1);
  nock_bitmap_builder_free(builder);
}

/* Every call that a builder of this type can take. */
typedef nock_status_t (*use_t)(nock_array_builder_t *builder);

#define USE(name, ...)                                                      \
  static nock_status_t use_##name(nock_array_builder_t *builder) {          \
    return nock_array_builder_append_##name(builder, __VA_ARGS__, NULL);    \
  }
USE(bool, 1)
USE(i8, 1)
USE(i16, 1)
USE(i32, 1)
USE(i64, 1)
USE(u8, 1)
USE(u16, 1)
USE(u32, 1)
USE(u64, 1)
USE(f16_bits, 1)
USE(f32, 1)
USE(f64, 1)
USE(day_time, 1, 2)
USE(month_day_nano, 1, 2, 3)
USE(bytes, "x", 1)
USE(nulls, 1)
USE(values, values, 1, NULL, 0)
static nock_status_t use_null(nock_array_builder_t *builder) { return nock_array_builder_append_null(builder, NULL); }
static nock_status_t use_reserve(nock_array_builder_t *builder) {
  return nock_array_builder_reserve(builder, 1, 0, NULL);
}
static const nock_array_t *empty;
static nock_status_t use_array(nock_array_builder_t *builder) {
  return nock_array_builder_append_array(builder, empty, NULL);
}

/* Call beside a thread that fills a builder, until the builder is large; whether the thread was ever in the way. */
static bool meets_the_thread(use_t use) {
  nock_array_builder_t *builder = NULL;
  pthread_t thread;
  void *complaint = NULL;
  nock_status_t status = NOCK_OK;
  CHECK_OK(nock_array_builder_new(nock_type_int64(), NULL, &builder, ERR));
  atomic_store(&stop, false);
  atomic_store(&full, false);
  CHECK(pthread_create(&thread, NULL, fill_values, builder) == 0);
  const time_t start = time(NULL);
  while ((status = use(builder)) != NOCK_ERR_BUSY && !atomic_load(&full) && !atomic_load(&no_memory) &&
         time(NULL) - start < SECONDS) {
    sched_yield();
  }
  atomic_store(&stop, true);
  CHECK(pthread_join(thread, &complaint) == 0);
  CHECK(complaint == NULL);
  nock_array_builder_free(builder);
  return status == NOCK_ERR_BUSY;
}

static void array_builders(void) {
  static const use_t uses[] = {use_bool, use_i8, use_i16, use_i32, use_i64, use_u8, use_u16, use_u32, use_u64, use_f16_bits,
                               use_f32, use_f64, use_day_time, use_month_day_nano, use_bytes, use_nulls, use_values,
                               use_null, use_reserve, use_array};
  nock_array_builder_t *builder = NULL;
  nock_array_t *array = NULL;
  CHECK_OK(nock_array_builder_new(nock_type_int64(), NULL, &builder, ERR));
  CHECK_OK(nock_array_builder_finish(&builder, &array, ERR));
  empty = array;
  /* Calls that do not fit the type make an error in each turn; a few of them are enough where its memory is refused. */
  const size_t step = harness_times(1, 4);
  for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i += step) {
    /* One builder can be full before the two have met, above all where threads take turns, as under valgrind. */
    const time_t start = time(NULL);
    bool met = false;
    while (!(met = meets_the_thread(uses[i])) && !atomic_load(&no_memory) && time(NULL) - start < SECONDS) {
    }
    harness_last_status = met ? NOCK_ERR_BUSY : atomic_load(&no_memory) ? NOCK_ERR_OUT_OF_MEMORY : NOCK_OK;
    CHECK(met);
  }
  nock_array_unref(array);
}

int main(void) {
  RUN(buffer_builders);
  RUN(bitmap_builders);
  RUN(array_builders);
  return harness_done();
}
