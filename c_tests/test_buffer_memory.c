/* Whose memory a buffer is: which pool it counts against, who may write it, what lies behind its end, who releases it. */
#include "ipc_data.h"

#include <pthread.h>

static nock_buffer_t *copy_of(const char *text, nock_pool_t *pool) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(text, strlen(text), pool, &buffer, ERR));
  return buffer;
}

/* Every byte from the end to the end of its padding is 0. */
static void check_padding(const nock_buffer_t *buffer) {
  const unsigned char *bytes = nock_buffer_data(buffer);
  const size_t size = nock_buffer_size(buffer);
  CHECK(nock_buffer_capacity(buffer) >= (size + 63) / 64 * 64);
  for (size_t i = size; i < (size + 63) / 64 * 64; i++) {
    CHECK(bytes[i] == 0);
  }
}

/* ---- sizes ---- */

static void capacities_follow_the_sizes(void) {
  const struct {
    size_t size;
    uint32_t flags;
    size_t capacity;
  } bytes[] = {{0, 1, 0}, {100, 1, 128}, {200, 1, 256}, {50, 1, 64}, {100, 1, 128}, {50, 0, 128}},
    doubles[] = {{800, 1, 832}, {1600, 1, 1600}, {400, 1, 448}, {800, 1, 832}, {400, 0, 832}};
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(10, NULL, &buffer, ERR));
  for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
    CHECK_OK(nock_buffer_resize(buffer, bytes[i].size, bytes[i].flags, ERR));
    CHECK(nock_buffer_size(buffer) == bytes[i].size && nock_buffer_capacity(buffer) == bytes[i].capacity);
  }
  CHECK_OK(nock_buffer_resize(buffer, 0, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++) {
    CHECK_OK(nock_buffer_resize(buffer, doubles[i].size, doubles[i].flags, ERR));
    CHECK(nock_buffer_size(buffer) == doubles[i].size && nock_buffer_capacity(buffer) == doubles[i].capacity);
  }
  nock_buffer_unref(buffer);

  /* 1000 bytes made none: there is still an address, and the memory is back before the buffer ends. */
  const uint64_t before = nock_total_allocated_bytes();
  CHECK_OK(nock_buffer_alloc_resizable(1000, NULL, &buffer, ERR));
  CHECK(nock_total_allocated_bytes() >= before + 1000);
  CHECK_OK(nock_buffer_resize(buffer, 0, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  CHECK(nock_buffer_data(buffer) != NULL && nock_total_allocated_bytes() < before + 1000);
  nock_buffer_unref(buffer);
  CHECK(nock_total_allocated_bytes() == before);
}

static void padding_is_zero_after_every_change(void) {
  nock_buffer_t *buffer = NULL;
  const size_t sizes[] = {100, 1, 63, 64, 65, 3, 500, 129, 7, 0, 31};
  for (uint32_t flags = 0; flags < 2; flags++) {
    CHECK_OK(nock_buffer_alloc_resizable(512, NULL, &buffer, ERR));
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
      /* Whatever was there before: all bytes are set, also where the next, smaller size has its padding. */
      memset(nock_buffer_mutable_data(buffer), 0xEE, nock_buffer_size(buffer));
      CHECK_OK(nock_buffer_resize(buffer, sizes[i], flags, ERR));
      check_padding(buffer);
      CHECK_OK(nock_buffer_reserve(buffer, sizes[i] + 1000, ERR));
      check_padding(buffer);
    }
    nock_buffer_freeze(buffer);
    check_padding(buffer);
    nock_buffer_unref(buffer);
  }
  /* A builder that once had more, finished in both ways. */
  for (int keep = 0; keep < 2; keep++) {
    nock_buffer_builder_t *builder = NULL;
    CHECK_OK(nock_buffer_builder_new(NULL, &builder, ERR));
    CHECK_OK(nock_buffer_builder_append_fill(builder, 0xEE, 1000, ERR));
    CHECK_OK(nock_buffer_builder_rewind(builder, 70, ERR));
    CHECK_OK(keep ? nock_buffer_builder_finish_keep(&builder, &buffer, ERR)
                  : nock_buffer_builder_finish(&builder, &buffer, ERR));
    CHECK(nock_buffer_size(buffer) == 70 && nock_buffer_capacity(buffer) == (keep ? 1024 : 128));
    check_padding(buffer);
    nock_buffer_unref(buffer);
    nock_bitmap_builder_t *bits = NULL;
    CHECK_OK(nock_bitmap_builder_new(NULL, &bits, ERR));
    CHECK_OK(nock_bitmap_builder_append_run(bits, 1, 5000, ERR));
    CHECK_OK(nock_bitmap_builder_rewind(bits, 77, ERR));
    CHECK_OK(keep ? nock_bitmap_builder_finish_keep(&bits, &buffer, ERR)
                  : nock_bitmap_builder_finish(&bits, &buffer, ERR));
    CHECK(nock_buffer_size(buffer) == 10 && ((const unsigned char *)nock_buffer_data(buffer))[9] == 0x1F);
    check_padding(buffer);
    nock_buffer_unref(buffer);
  }
}

/* A message with one column of three numbers, which are the start of larger memory. */
static nock_buffer_t *message_of_a_slice(unsigned char behind) {
  const int32_t numbers[3] = {1, 2, 3};
  nock_buffer_t *memory = NULL, *slice = NULL, *message = NULL;
  CHECK_OK(nock_buffer_alloc(64, NULL, &memory, ERR));
  memset(nock_buffer_mutable_data(memory), behind, 64);
  memcpy(nock_buffer_mutable_data(memory), numbers, sizeof numbers);
  CHECK_OK(nock_buffer_slice(memory, 0, sizeof numbers, &slice, ERR));
  /* Behind a slice lies its parent's memory. */
  CHECK(nock_buffer_capacity(slice) == 64 && ((const unsigned char *)nock_buffer_data(slice))[12] == behind);
  const nock_type_t *types[1] = {nock_type_int32()};
  const nock_buffer_t *buffers[2] = {NULL, slice};
  nock_schema_t *schema = ipc_schema_of(types, 1);
  nock_array_t *array = NULL;
  nock_batch_t *batch = NULL;
  CHECK_OK(nock_array_new(types[0], 3, 0, 0, buffers, 2, NOCK_VALIDATE_FULL, &array, ERR));
  const nock_array_t *columns[1] = {array};
  CHECK_OK(nock_batch_new(schema, columns, 1, 3, &batch, ERR));
  CHECK_OK(nock_ipc_serialize_batch(batch, NULL, NULL, &message, ERR));
  nock_batch_unref(batch);
  nock_array_unref(array);
  nock_schema_unref(schema);
  nock_buffer_unref(slice);
  nock_buffer_unref(memory);
  return message;
}

static void what_lies_behind_a_slice_is_never_written(void) {
  nock_buffer_t *a = message_of_a_slice(0xEE), *b = message_of_a_slice(0x11);
  CHECK(nock_buffer_equals(a, b));
  check_padding(a);
  nock_buffer_unref(a);
  nock_buffer_unref(b);
}

/* ---- who may write ---- */

static void wrapped_memory_is_shared_both_ways(void) {
  char memory[] = "some data!";
  nock_buffer_t *buffer = NULL, *again = NULL, *constant = NULL;
  CHECK_OK(nock_buffer_new_foreign_mutable(memory, 10, NULL, NULL, &buffer, ERR));
  CHECK_OK(nock_buffer_new_foreign_mutable(memory, 10, NULL, NULL, &again, ERR));
  CHECK_OK(nock_buffer_new_foreign(memory + 5, 4, NULL, NULL, &constant, ERR));
  CHECK(nock_buffer_address(buffer) == (uintptr_t)memory && nock_buffer_address(again) == (uintptr_t)memory);
  memory[5] = 'D';
  CHECK_BYTES(nock_buffer_data(buffer), "some Data!", 10);
  ((char *)nock_buffer_mutable_data(again))[6] = 'A';
  CHECK_BYTES(nock_buffer_data(constant), "DAta", 4);
  CHECK(!nock_buffer_is_mutable(constant) && nock_buffer_mutable_data(constant) == NULL);
  nock_buffer_unref(buffer);
  nock_buffer_unref(again);
  nock_buffer_unref(constant);
}

static void slices_see_what_is_written_to_their_parent(void) {
  nock_buffer_t *buffer = copy_of("some data!", NULL), *reader = NULL, *writer = NULL, *inner = NULL;
  CHECK_OK(nock_buffer_slice(buffer, 2, 6, &reader, ERR));
  CHECK_OK(nock_buffer_slice_mutable(buffer, 5, 5, &writer, ERR));
  CHECK_OK(nock_buffer_slice_mutable(writer, 1, 2, &inner, ERR));
  CHECK(nock_buffer_parent(inner) == writer && nock_buffer_parent(writer) == buffer);
  CHECK(!nock_buffer_is_mutable(reader) && nock_buffer_is_mutable(writer) && nock_buffer_is_mutable(inner));
  memcpy(nock_buffer_mutable_data(buffer), "SOME", 4);
  CHECK_BYTES(nock_buffer_data(reader), "ME dat", 6);
  memcpy(nock_buffer_mutable_data(writer), "DATA!", 5);
  memcpy(nock_buffer_mutable_data(inner), "-+", 2);
  CHECK_BYTES(nock_buffer_data(reader), "ME D-+", 6);
  CHECK_BYTES(nock_buffer_data(buffer), "SOME D-+A!", 10);
  /* An immutable slice has no mutable part, and freezing ends the making of writers, not the writers. */
  nock_buffer_t *refused = NULL;
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice_mutable(reader, 0, 1, &refused, ERR));
  nock_buffer_freeze(writer);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_slice_mutable(writer, 0, 1, &refused, ERR));
  CHECK(nock_buffer_is_mutable(inner) && nock_buffer_is_mutable(buffer));
  ((char *)nock_buffer_mutable_data(inner))[0] = '*';
  CHECK_BYTES(nock_buffer_data(writer), "D*+A!", 5);
  nock_buffer_unref(inner);
  nock_buffer_unref(writer);
  nock_buffer_unref(reader);
  nock_buffer_unref(buffer);
}

enum { PART = 1000, ROUNDS = 200 };

static void *write_part(void *argument) {
  nock_buffer_t *slice = argument;
  for (int round = 1; round <= ROUNDS; round++) {
    memset(nock_buffer_mutable_data(slice), round, nock_buffer_size(slice));
  }
  nock_buffer_unref(slice);
  return NULL;
}

/* Parts that do not overlap may be written by different threads at once, without a word to the library. */
static void threads_write_parts_of_one_buffer(void) {
  nock_buffer_t *buffer = NULL, *parts[2] = {NULL, NULL};
  pthread_t threads[2];
  CHECK_OK(nock_buffer_alloc_zeroed(2 * PART, NULL, &buffer, ERR));
  /* The border is inside of a cache line and of a word. */
  CHECK_OK(nock_buffer_slice_mutable(buffer, 0, PART + 3, &parts[0], ERR));
  CHECK_OK(nock_buffer_slice_mutable(buffer, PART + 3, PART - 3, &parts[1], ERR));
  for (int i = 0; i < 2; i++) {
    CHECK(pthread_create(&threads[i], NULL, write_part, parts[i]) == 0);
  }
  for (int i = 0; i < 2; i++) {
    CHECK(pthread_join(threads[i], NULL) == 0);
  }
  const unsigned char *bytes = nock_buffer_data(buffer);
  for (size_t i = 0; i < 2 * PART; i++) {
    CHECK(bytes[i] == ROUNDS);
  }
  nock_buffer_unref(buffer);
}

struct bit_part {
  unsigned char *bytes;
  size_t from, count;
};

static void *write_bits(void *argument) {
  const struct bit_part *part = argument;
  for (int round = 1; round <= ROUNDS; round++) {
    if (nock_bitmap_fill(part->bytes, PART, part->from, part->count, round % 2, NULL) != NOCK_OK) {
      return argument;
    }
  }
  return NULL;
}

/* The bytes that have no bit of a run are not even read: another thread may be writing them. */
static void threads_write_bits_of_one_bitmap(void) {
  static const size_t counts[] = {3, 40, 64, 70, 2000};
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
    unsigned char bytes[PART] = {0};
    const size_t border = (counts[i] + 5 + 7) / 8 * 8;
    struct bit_part parts[2] = {{bytes, 5, counts[i]}, {bytes, border, counts[i]}};
    pthread_t thread;
    void *complaint = NULL;
    CHECK(pthread_create(&thread, NULL, write_bits, &parts[0]) == 0);
    CHECK(write_bits(&parts[1]) == NULL);
    CHECK(pthread_join(thread, &complaint) == 0 && complaint == NULL);
  }
}

static pthread_t released_on;
static int released;
static void on_release(void *user_data) {
  released_on = pthread_self();
  released += *(int *)user_data;
}

static void *end_it(void *buffer) {
  nock_buffer_unref(buffer);
  return NULL;
}

static void foreign_memory_is_released_by_whoever_is_last(void) {
  static char memory[100];
  int one = 1;
  nock_buffer_t *buffer = NULL, *slice = NULL;
  pthread_t thread;
  released = 0;
  CHECK_OK(nock_buffer_new_foreign(memory, sizeof memory, on_release, &one, &buffer, ERR));
  CHECK_OK(nock_buffer_slice(buffer, 10, 10, &slice, ERR));
  nock_buffer_unref(buffer);
  CHECK(released == 0);
  CHECK(pthread_create(&thread, NULL, end_it, slice) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(released == 1 && pthread_equal(released_on, thread));
}

/* ---- pools ---- */

static void on_fault(void *user_data, const char *text) {
  (void)text;
  ++*(int *)user_data;
}

static void on_event(void *user_data, nock_pool_event_t event, uint64_t address, size_t old_size, size_t size,
                     size_t alignment) {
  (void)event, (void)address, (void)old_size, (void)size, (void)alignment;
  ++*(int *)user_data;
}

static nock_status_t own_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  ++*(int *)user_data;
  return posix_memalign(out, alignment < 64 ? 64 : alignment, size) == 0 ? NOCK_OK : NOCK_ERR_OUT_OF_MEMORY;
}

static void own_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  (void)size, (void)alignment;
  --*(int *)user_data;
  free(block);
}

/* What is made of a buffer counts where it should, and the pool lives as long as a part of its memory. */
static void check_pool(nock_pool_t *pool) {
  const uint64_t elsewhere = nock_total_allocated_bytes();
  nock_buffer_t *buffer = NULL, *slice = NULL, *copy = NULL, *joined = NULL, *text = NULL, *fixed = NULL;
  const uint64_t own = nock_pool_bytes_allocated(pool);
  CHECK(own == 0);
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 128);
  memset(nock_buffer_mutable_data(buffer), 'x', 100);
  CHECK_OK(nock_buffer_resize(buffer, 300, 0, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 320 && *(const char *)nock_buffer_data(buffer) == 'x');
  CHECK_OK(nock_buffer_resize(buffer, 10, NOCK_BUFFER_RESIZE_SHRINK, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 64);
  CHECK_OK(nock_buffer_slice(buffer, 2, 5, &slice, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 64);
  CHECK_OK(nock_buffer_copy_range(slice, 1, 2, pool, &copy, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 128);
  const nock_buffer_t *parts[] = {buffer, slice, copy};
  CHECK_OK(nock_buffer_concat(parts, 3, pool, &joined, ERR));
  CHECK(nock_buffer_size(joined) == 17 && nock_pool_bytes_allocated(pool) == 192);
  CHECK_OK(nock_buffer_hex(copy, pool, &text, ERR));
  CHECK_TEXT(nock_buffer_data(text), "7878");
  CHECK_OK(nock_buffer_alloc_aligned(70, 256, pool, &fixed, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 64 * 4 + 128);
  /* NULL is the default pool, not the source's. */
  nock_buffer_t *away = NULL;
  CHECK_OK(nock_buffer_copy_range(buffer, 0, 3, NULL, &away, ERR));
  CHECK(nock_pool_bytes_allocated(pool) == 64 * 4 + 128);
  nock_buffer_unref(away);
  /* Too much for any of them: nothing changes. */
  nock_buffer_unref(slice);
  CHECK(nock_buffer_resize(buffer, SIZE_MAX / 2, 0, NULL) == NOCK_ERR_OUT_OF_MEMORY);
  CHECK(nock_buffer_size(buffer) == 10 && ((const char *)nock_buffer_data(buffer))[9] == 'x');
  nock_buffer_unref(buffer);
  nock_buffer_unref(copy);
  nock_buffer_unref(joined);
  nock_buffer_unref(fixed);
  CHECK(nock_pool_bytes_allocated(pool) == 64 && nock_total_allocated_bytes() >= elsewhere);
  /* The last buffer outlives the caller's reference to the pool. */
  nock_pool_unref(pool);
  CHECK_TEXT(nock_buffer_data(text), "7878");
  nock_buffer_unref(text);
}

static void every_kind_of_pool_is_kept(void) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, 100000, &pool, ERR));
  check_pool(pool);
  CHECK_OK(nock_pool_new_proxy(NULL, &pool, ERR));
  check_pool(pool);
  CHECK_OK(nock_pool_new_backend("system", NULL, &pool, ERR));
  check_pool(pool);
  int mistakes = 0, blocks = 0, calls = 0;
  nock_pool_log_callbacks_t log = NOCK_POOL_LOG_CALLBACKS_INIT;
  log.event = on_event;
  log.user_data = &calls;
  CHECK_OK(nock_pool_new_logging(NULL, &log, &pool, ERR));
  check_pool(pool);
  CHECK(calls > 0);
  nock_pool_fault_callbacks_t faults = NOCK_POOL_FAULT_CALLBACKS_INIT;
  faults.fault = on_fault;
  faults.user_data = &mistakes;
  CHECK_OK(nock_pool_new_debug(NULL, NOCK_POOL_ON_FAULT_CONTINUE, &faults, &pool, ERR));
  check_pool(pool);
  CHECK(mistakes == 0);
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = own_alloc;
  callbacks.dealloc = own_dealloc;
  callbacks.user_data = &blocks;
  CHECK_OK(nock_pool_new_callback(&callbacks, &pool, ERR));
  check_pool(pool);
  CHECK(blocks == 0);
}

/* A resize that a limit refuses midway leaves size, bytes, padding and statistics, and later ones work. */
static void a_refused_resize_changes_nothing(void) {
  nock_pool_t *pool = NULL;
  nock_buffer_t *buffer = NULL, *other = NULL;
  CHECK_OK(nock_pool_new_capped(NULL, 512, &pool, ERR));
  CHECK_OK(nock_buffer_alloc_resizable(100, pool, &buffer, ERR));
  memset(nock_buffer_mutable_data(buffer), 7, 100);
  CHECK_OK(nock_buffer_alloc(256, pool, &other, ERR));
  const uint64_t count = nock_pool_num_allocations(pool), most = nock_pool_max_memory(pool);
  for (size_t size = 257; size < 5000; size += 331) {
    CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_resize(buffer, size, NOCK_BUFFER_RESIZE_SHRINK, ERR));
    CHECK_STATUS(NOCK_ERR_LIMIT, nock_buffer_reserve(buffer, size, ERR));
    CHECK(nock_buffer_size(buffer) == 100 && nock_buffer_capacity(buffer) == 128);
    CHECK(nock_pool_bytes_allocated(pool) == 384 && nock_pool_num_allocations(pool) == count &&
          nock_pool_max_memory(pool) == most);
    const unsigned char *bytes = nock_buffer_data(buffer);
    for (size_t i = 0; i < 100; i++) {
      CHECK(bytes[i] == 7);
    }
    check_padding(buffer);
  }
  nock_buffer_unref(other);
  CHECK_OK(nock_buffer_resize(buffer, 500, 0, ERR));
  CHECK(((const unsigned char *)nock_buffer_data(buffer))[99] == 7);
  check_padding(buffer);
  nock_buffer_unref(buffer);
  nock_pool_unref(pool);
}

/* ---- as streams ---- */

static void buffers_are_read_and_written_as_streams(void) {
  nock_buffer_t *buffer = copy_of("some data to read", NULL), *lent = NULL;
  nock_stream_t *stream = NULL;
  uint64_t size = 0;
  size_t n = 0;
  char text[8];
  CHECK_OK(nock_buffer_open_reader(buffer, &stream, ERR));
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  CHECK(size == 17);
  CHECK_OK(nock_stream_read_at(stream, 5, text, 4, &n, ERR));
  CHECK(n == 4);
  CHECK_BYTES(text, "data", 4);
  CHECK_OK(nock_stream_read_at_buffer(stream, 5, 4, NULL, &lent, ERR));
  CHECK(nock_buffer_address(lent) == nock_buffer_address(buffer) + 5);
  nock_stream_unref(stream);
  nock_buffer_unref(buffer);
  CHECK_BYTES(nock_buffer_data(lent), "data", 4);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_open_writer(lent, &stream, ERR));
  CHECK_MESSAGE("immutable");
  CHECK(stream == NULL);
  nock_buffer_unref(lent);

  CHECK_OK(nock_buffer_alloc(9, NULL, &buffer, ERR));
  CHECK_OK(nock_buffer_open_writer(buffer, &stream, ERR));
  CHECK_OK(nock_stream_write(stream, "some data", 9, ERR));
  CHECK_STATUS(NOCK_ERR_OUT_OF_RANGE, nock_stream_write(stream, "!", 1, ERR));
  CHECK_OK(nock_stream_close(stream, ERR));
  CHECK_BYTES(nock_buffer_data(buffer), "some data", 9);
  check_padding(buffer);
  nock_stream_unref(stream);
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_open_reader(NULL, &stream, ERR));
  CHECK_MESSAGE("buffer");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_open_reader(buffer, NULL, ERR));
  CHECK_MESSAGE("out");
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_open_writer(NULL, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_INVALID_ARGUMENT, nock_buffer_open_writer(buffer, NULL, ERR));
  nock_buffer_unref(buffer);
}

/* A stream is a reference: the buffer keeps its size meanwhile. */
static void a_stream_keeps_the_size_of_its_buffer(void) {
  nock_buffer_t *buffer = NULL;
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_buffer_alloc_resizable(10, NULL, &buffer, ERR));
  CHECK_OK(nock_buffer_open_writer(buffer, &stream, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_buffer_resize(buffer, 20, 0, ERR));
  nock_stream_unref(stream);
  CHECK_OK(nock_buffer_resize(buffer, 20, 0, ERR));
  nock_buffer_unref(buffer);
}

int main(void) {
  RUN(capacities_follow_the_sizes);
  RUN(padding_is_zero_after_every_change);
  RUN(what_lies_behind_a_slice_is_never_written);
  RUN(wrapped_memory_is_shared_both_ways);
  RUN(slices_see_what_is_written_to_their_parent);
  RUN(threads_write_parts_of_one_buffer);
  RUN(threads_write_bits_of_one_bitmap);
  RUN(foreign_memory_is_released_by_whoever_is_last);
  RUN(every_kind_of_pool_is_kept);
  RUN(a_refused_resize_changes_nothing);
  RUN(buffers_are_read_and_written_as_streams);
  RUN(a_stream_keeps_the_size_of_its_buffer);
  return harness_done();
}
