/*
 * Promises about cost that can be counted: allocations of a slice, bytes copied to grow, bytes read to open a file, pool bytes
 * of a mapped batch, blocks that are kept for reuse when memory runs out.
 *
 * The program brings its own malloc, which counts and passes on to glibc's; the library's objects come from it because the
 * environment asks for the system allocator before the first call.
 */
#define _DEFAULT_SOURCE
#include "ipc_data.h"
#include "temp_file.h"

#include <fcntl.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define CAN_COUNT 0
#else
#define CAN_COUNT 1

extern void *__libc_malloc(size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static size_t g_allocations;
/* Whether there is memory only when the default pool keeps none for reuse. */
static int g_kept_is_all;

static int is_used_up(void) { return g_kept_is_all && nock_pool_cached_bytes(NULL) != 0; }

void *malloc(size_t size) {
  __atomic_fetch_add(&g_allocations, 1, __ATOMIC_RELAXED);
  return is_used_up() ? NULL : __libc_malloc(size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  __atomic_fetch_add(&g_allocations, 1, __ATOMIC_RELAXED);
  *out = is_used_up() ? NULL : __libc_memalign(alignment, size);
  return *out == NULL ? 12 : 0;
}
#endif

static void slice_is_one_allocation(void) {
#if CAN_COUNT
  enum { SLICES = 1000 };
  nock_buffer_t *parent = NULL;
  if (getenv("NOCK_UNDER_VALGRIND") != NULL) {
    printf("SKIPPED: allocations of a slice: valgrind has a malloc of its own\n");
    return;
  }
  CHECK_OK(nock_buffer_alloc_zeroed(4096, NULL, &parent, ERR));
  const size_t before = __atomic_load_n(&g_allocations, __ATOMIC_RELAXED);
  for (size_t i = 0; i < SLICES; i++) {
    nock_buffer_t *slice = NULL;
    CHECK_OK(nock_buffer_slice(parent, i, 64, &slice, ERR));
    nock_buffer_unref(slice);
  }
  const size_t after = __atomic_load_n(&g_allocations, __ATOMIC_RELAXED);
  CHECK(after - before == SLICES);
  nock_buffer_unref(parent);
#endif
}

/* A builder that doubles up to 1 GiB moves its pages, not its bytes; only the small blocks at the start are copied. */
static void growing_copies_next_to_nothing(void) {
  enum { MOST_COPIED = 4 << 20 };
  const size_t end = (size_t)1 << 30;
  nock_pool_t *pool = nock_pool_default();
  const uint64_t before = nock_pool_copied_bytes(pool);
  nock_buffer_builder_t *builder = NULL;
  nock_buffer_t *buffer = NULL;
  size_t built = 0, doublings = 0;
  CHECK_OK(nock_buffer_builder_new(pool, &builder, ERR));
  CHECK_OK(nock_buffer_builder_reserve(builder, 64, NULL, NULL, ERR));
  while (built < end) {
    void *tail = NULL;
    size_t room = 0;
    CHECK_OK(nock_buffer_builder_reserve(builder, 1, &tail, &room, ERR));
    /* One byte stands for all: the others of a fresh page are whatever they are. */
    *(unsigned char *)tail = (unsigned char)(doublings + 1);
    if (room > end - built) {
      room = end - built;
    }
    CHECK_OK(nock_buffer_builder_advance(builder, room, ERR));
    built += room;
    doublings++;
  }
  CHECK(doublings >= 25 && nock_buffer_builder_size(builder) == end);
  const uint64_t copied = nock_pool_copied_bytes(pool) - before;
  CHECK_OK(nock_buffer_builder_finish(&builder, &buffer, ERR));
  if (copied >= MOST_COPIED) {
    fprintf(stderr, "%llu bytes were copied\n", (unsigned long long)copied);
  }
  CHECK(copied < MOST_COPIED && nock_pool_copied_bytes(pool) - before == copied);
  const unsigned char *bytes = nock_buffer_data(buffer);
  size_t at = 64;
  CHECK(bytes[0] == 1);
  for (size_t i = 1; i < doublings; i++, at *= 2) {
    CHECK(bytes[at] == i + 1);
  }
  nock_buffer_unref(buffer);
}

/* Blocks that are kept for reuse go before anything of the pool is refused, buffers that lie with their object included. */
static void kept_blocks_go_before_a_refusal(void) {
#if CAN_COUNT
  const size_t sizes[] = {1, 900, 5000};
  if (getenv("NOCK_UNDER_VALGRIND") != NULL) {
    printf("SKIPPED: kept blocks when memory runs out: valgrind has a malloc of its own\n");
    return;
  }
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    void *block = NULL;
    nock_buffer_t *buffer = NULL;
    nock_pool_release_unused(NULL);
    CHECK_OK(nock_pool_alloc(NULL, 8 << 20, 0, &block, ERR));
    nock_pool_dealloc(NULL, block, 8 << 20, 0);
    CHECK(nock_pool_cached_bytes(NULL) == 8 << 20);
    g_kept_is_all = 1;
    const nock_status_t status = nock_buffer_alloc(sizes[i], NULL, &buffer, NULL);
    g_kept_is_all = 0;
    CHECK(status == NOCK_OK && nock_pool_cached_bytes(NULL) == 0);
    nock_buffer_unref(buffer);
  }
  /* Also when a small block grows, which the allocator itself does. */
  void *block = NULL, *small = NULL;
  CHECK_OK(nock_pool_alloc(NULL, 100, 0, &small, ERR));
  CHECK_OK(nock_pool_alloc(NULL, 8 << 20, 0, &block, ERR));
  nock_pool_dealloc(NULL, block, 8 << 20, 0);
  g_kept_is_all = 1;
  const nock_status_t status = nock_pool_realloc(NULL, &small, 100, 1000, 0, NULL);
  g_kept_is_all = 0;
  CHECK(status == NOCK_OK && nock_pool_cached_bytes(NULL) == 0);
  nock_pool_dealloc(NULL, small, 1000, 0);
#endif
}

/* Bytes that this process has read through system calls so far; -1 where the kernel does not say. */
static long long bytes_read(void) {
  char text[512];
  long long value = -1;
  const int fd = open("/proc/self/io", O_RDONLY);
  if (fd < 0) {
    return -1;
  }
  const ssize_t len = read(fd, text, sizeof text - 1);
  close(fd);
  if (len > 0) {
    text[len] = '\0';
    const char *at = strstr(text, "rchar: ");
    value = at == NULL ? -1 : strtoll(at + 7, NULL, 10);
  }
  return value;
}

enum { BATCHES = 200, ROWS = 1000 };

/* Write a file and give the length of its footer, which its last ten bytes tell. */
static size_t write_file(const char *path) {
  nock_schema_t *schema = ipc_schema();
  nock_stream_t *stream = NULL;
  nock_ipc_file_writer_t *writer = NULL;
  CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_WRITE, NULL, &stream, ERR));
  CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  for (int32_t i = 0; i < BATCHES; i++) {
    nock_batch_t *batch = ipc_batch(schema, i * ROWS, ROWS);
    CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
    nock_batch_unref(batch);
  }
  CHECK_OK(nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  nock_schema_unref(schema);

  uint64_t size = 0;
  uint8_t tail[10];
  size_t n = 0;
  CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_OK(nock_stream_size(stream, &size, ERR));
  CHECK_OK(nock_stream_read_at(stream, size - sizeof tail, tail, sizeof tail, &n, ERR));
  CHECK(n == sizeof tail);
  nock_stream_unref(stream);
  return (size_t)tail[0] | (size_t)tail[1] << 8 | (size_t)tail[2] << 16 | (size_t)tail[3] << 24;
}

static void opening_reads_the_footer_alone(void) {
  const char *path = temp_path();
  const size_t footer = write_file(path);
  nock_stream_t *stream = NULL;
  nock_ipc_file_reader_t *reader = NULL;
  const long long first = bytes_read(), second = bytes_read();
  if (first < 0) {
    printf("SKIPPED: bytes read to open a file: the kernel does not count them\n");
  } else {
    CHECK_OK(nock_stream_open_path(path, NOCK_OPEN_READ, NULL, &stream, ERR));
    CHECK_OK(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
    const long long third = bytes_read();
    /* The two readings of the counter cost as much as the two before; numbers in it may have grown by a digit. */
    CHECK(third - second - (second - first) <= (long long)footer + 10 + 64);
    CHECK(nock_ipc_file_reader_num_batches(reader) == BATCHES);
    nock_ipc_file_reader_free(reader);
    nock_stream_unref(stream);
  }
}

static void mapped_batch_takes_nothing_from_the_pool(void) {
  const char *path = temp_path();
  nock_stream_t *map = NULL;
  nock_ipc_file_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  write_file(path);
  const uint64_t before = nock_pool_total_bytes_allocated(nock_pool_default());
  CHECK_OK(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &map, ERR));
  CHECK_OK(nock_ipc_file_reader_open(map, NULL, NULL, &reader, ERR));
  CHECK_OK(nock_ipc_file_reader_get_batch(reader, BATCHES / 2, &batch, ERR));
  for (size_t i = 0; i < nock_batch_num_columns(batch); i++) {
    nock_array_t *column = NULL;
    nock_array_view_t view = NOCK_ARRAY_VIEW_INIT;
    CHECK_OK(nock_batch_column(batch, i, &column, ERR));
    CHECK_OK(nock_array_view(column, &view, ERR));
    CHECK(view.length == ROWS);
    nock_array_unref(column);
  }
  CHECK(nock_pool_total_bytes_allocated(nock_pool_default()) == before);
  nock_batch_unref(batch);
  nock_ipc_file_reader_free(reader);
  nock_stream_unref(map);
}

int main(void) {
  setenv("NOCK_DEFAULT_MEMORY_POOL", "system", 1);
  RUN(slice_is_one_allocation);
  RUN(growing_copies_next_to_nothing);
  RUN(kept_blocks_go_before_a_refusal);
  RUN(opening_reads_the_footer_alone);
  RUN(mapped_batch_takes_nothing_from_the_pool);
  return harness_done();
}
