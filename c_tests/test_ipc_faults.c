/* What readers and writers of IPC say when the system fails under them, and when two threads use one of them. */
#include "ipc_data.h"
#include "temp_file.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

/* ---- a stream whose descriptor somebody closed ---- */

static nock_stream_t *stream_on(int fd, nock_open_mode_t mode) {
  const nock_stream_open_options_t keep = {sizeof keep, NOCK_OPEN_FLAG_KEEP_DESCRIPTOR, 0, 0};
  nock_stream_t *stream = NULL;
  CHECK(fd >= 0);
  CHECK_OK(nock_stream_open_fd(fd, mode, &keep, &stream, ERR));
  return stream;
}

#define CHECK_IO(call)                                 \
  do {                                                 \
    CHECK_STATUS(NOCK_ERR_IO, call);                   \
    CHECK(nock_error_os_code(harness_error) == EBADF); \
  } while (0)

/* What a stream itself says then. */
static void streams_report_the_system(void) {
  const char *path = temp_text("0123456789");
  int fd = open(path, O_RDWR);
  nock_stream_t *stream = stream_on(fd, NOCK_OPEN_READ_WRITE);
  nock_buffer_t *bytes = NULL;
  uint64_t number = 77;
  CHECK_OK(nock_buffer_new_copy("x", 1, NULL, &bytes, ERR));
  CHECK(close(fd) == 0);
  CHECK_IO(nock_stream_size(stream, &number, ERR));
  CHECK_IO(nock_stream_sync(stream, ERR));
  CHECK_IO(nock_stream_write_buffer(stream, bytes, ERR));
  CHECK(number == 77);
  nock_buffer_unref(bytes);
  nock_stream_unref(stream);
}

static const char *file_of(nock_buffer_t *bytes) {
  const char *path = temp_file(nock_buffer_data(bytes), nock_buffer_size(bytes));
  nock_buffer_unref(bytes);
  return path;
}

static void file_readers_report_the_system(void) {
  const char *path = file_of(ipc_file(2, NULL));
  int fd = open(path, O_RDONLY);
  nock_stream_t *stream = stream_on(fd, NOCK_OPEN_READ);
  nock_ipc_file_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  uint64_t rows = 0;
  CHECK_OK(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK(close(fd) == 0);
  CHECK_IO(nock_ipc_file_reader_get_batch(reader, 0, &batch, ERR));
  CHECK(batch == NULL);
  CHECK_IO(nock_ipc_file_reader_count_rows(reader, &rows, ERR));
  nock_ipc_file_reader_free(reader);
  CHECK_IO(nock_ipc_file_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK(reader == NULL);
  nock_stream_unref(stream);
}

static void stream_readers_report_the_system(void) {
  const char *path = file_of(ipc_stream(2, NULL));
  int fd = open(path, O_RDONLY);
  nock_stream_t *stream = stream_on(fd, NOCK_OPEN_READ);
  nock_ipc_stream_reader_t *reader = NULL;
  nock_batch_t *batch = NULL;
  CHECK_OK_ONCE(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK(close(fd) == 0);
  CHECK_IO(nock_ipc_stream_reader_next(reader, &batch, ERR));
  CHECK(batch == NULL);
  nock_ipc_stream_reader_free(reader);
  CHECK_IO(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK(reader == NULL);
  nock_stream_unref(stream);
}

static void stream_writers_report_the_system(void) {
  int fd = open(temp_path(), O_WRONLY | O_CREAT, 0600);
  nock_stream_t *stream = stream_on(fd, NOCK_OPEN_WRITE);
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  nock_ipc_stream_writer_t *writer = NULL;
  nock_ipc_stream_writer_t *other = NULL;
  CHECK_OK(nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  CHECK_OK(nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_OK(nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &other, ERR));
  CHECK_OK(nock_ipc_stream_writer_write_batch(other, batch, NULL, ERR));
  CHECK(close(fd) == 0);
  CHECK_IO(nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR));
  /* A writer that failed stays failed: what it wrote ends in the middle. */
  CHECK_STATUS(NOCK_ERR_IO, nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_ipc_stream_writer_close(writer, ERR));
  CHECK_IO(nock_ipc_stream_writer_close(other, ERR));
  nock_ipc_stream_writer_free(other);
  nock_ipc_stream_writer_free(writer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_stream_unref(stream);
}

static void file_writers_report_the_system(void) {
  int fd = open(temp_path(), O_WRONLY | O_CREAT, 0600);
  nock_stream_t *stream = stream_on(fd, NOCK_OPEN_WRITE);
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  nock_metadata_t *metadata = ipc_metadata("key", "value");
  nock_ipc_file_writer_t *writer = NULL;
  CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &writer, ERR));
  CHECK_OK(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK(close(fd) == 0);
  CHECK_IO(nock_ipc_file_writer_write_batch(writer, batch, NULL, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_ipc_file_writer_set_footer_metadata(writer, metadata, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_ipc_file_writer_close(writer, ERR));
  nock_ipc_file_writer_free(writer);
  nock_metadata_unref(metadata);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_stream_unref(stream);
}

static void a_full_disk_is_reported(void) {
  nock_stream_t *stream = NULL;
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = ipc_batch(schema, 0, 10);
  nock_ipc_stream_writer_t *writer = NULL;
  CHECK_OK(nock_stream_open_path("/dev/full", NOCK_OPEN_WRITE, NULL, &stream, ERR));
  nock_status_t status = nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &writer, ERR);
  if (status == NOCK_OK) {
    status = nock_ipc_stream_writer_write_batch(writer, batch, NULL, ERR);
  }
  harness_last_status = status;
  CHECK(status == NOCK_ERR_IO && nock_error_os_code(harness_error) == ENOSPC);
  nock_ipc_stream_writer_free(writer);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
  nock_stream_unref(stream);
}

/* ---- two threads ---- */

static char wrong, no_memory;

static void *verdict(nock_status_t status) {
  return status == NOCK_OK ? NULL : status == NOCK_ERR_OUT_OF_MEMORY ? &no_memory : &wrong;
}

static void check_thread(pthread_t thread) {
  void *complaint = NULL;
  CHECK(pthread_join(thread, &complaint) == 0);
  CHECK_STATUS(NOCK_OK, complaint == &no_memory ? NOCK_ERR_OUT_OF_MEMORY : NOCK_OK);
  CHECK(complaint == NULL);
}

/* Wait until another thread is inside a call on the stream. */
static void wait_until_busy(nock_stream_t *stream) {
  nock_status_t status = NOCK_OK;
  for (int i = 0; i < 5000 && status != NOCK_ERR_BUSY; i++) {
    uint64_t position = 0;
    const struct timespec wait = {0, 1000000};
    nanosleep(&wait, NULL);
    status = nock_stream_tell(stream, &position, NULL);
  }
  CHECK(status == NOCK_ERR_BUSY);
}

static void *read_next(void *reader) {
  nock_batch_t *batch = NULL;
  nock_status_t status = nock_ipc_stream_reader_next(reader, &batch, NULL);
  if (status == NOCK_OK && nock_batch_num_rows(batch) != 10) {
    return &wrong;
  }
  nock_batch_unref(batch);
  return verdict(status);
}

static void a_stream_reader_in_use_is_busy(void) {
  int ends[2];
  nock_buffer_t *bytes = ipc_stream(1, NULL);
  nock_buffer_t *head = NULL;
  nock_schema_t *schema = ipc_schema();
  CHECK_OK(nock_ipc_serialize_schema(schema, NULL, NULL, &head, ERR));
  nock_schema_unref(schema);
  const size_t start = nock_buffer_size(head);
  const char *data = nock_buffer_data(bytes);
  nock_buffer_unref(head);
  CHECK(pipe(ends) == 0);
  CHECK(write(ends[1], data, start) == (ssize_t)start);
  nock_stream_t *stream = NULL;
  nock_ipc_stream_reader_t *reader = NULL;
  nock_ipc_stream_reader_t *other = NULL;
  nock_batch_t *batch = NULL;
  pthread_t thread;
  CHECK_OK(nock_stream_open_fd(ends[0], NOCK_OPEN_READ, NULL, &stream, ERR));
  CHECK_OK_ONCE(nock_ipc_stream_reader_open(stream, NULL, NULL, &reader, ERR));
  CHECK(pthread_create(&thread, NULL, read_next, reader) == 0);
  wait_until_busy(stream);
  CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_stream_reader_next(reader, &batch, ERR));
  CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_stream_reader_open(stream, NULL, NULL, &other, ERR));
  CHECK(batch == NULL && other == NULL);
  const size_t rest = nock_buffer_size(bytes) - start;
  CHECK(write(ends[1], data + start, rest) == (ssize_t)rest);
  check_thread(thread);
  CHECK_OK(nock_ipc_stream_reader_next(reader, &batch, ERR));
  CHECK(batch == NULL);
  nock_ipc_stream_reader_free(reader);
  nock_stream_unref(stream);
  nock_buffer_unref(bytes);
  CHECK(close(ends[1]) == 0);
}

/* A batch that no pipe takes at once. */
static nock_batch_t *large_batch(const nock_schema_t *schema) { return ipc_batch(schema, 0, 20000); }

typedef struct job {
  nock_ipc_stream_writer_t *stream_writer;
  nock_ipc_file_writer_t *file_writer;
  nock_batch_t *batch;
} job_t;

static void *write_batch(void *argument) {
  const job_t *job = argument;
  if (job->stream_writer != NULL) {
    return verdict(nock_ipc_stream_writer_write_batch(job->stream_writer, job->batch, NULL, NULL));
  }
  return verdict(nock_ipc_file_writer_write_batch(job->file_writer, job->batch, NULL, NULL));
}

static void *drain(void *argument) {
  static char bytes[65536];
  const int fd = *(const int *)argument;
  while (read(fd, bytes, sizeof bytes) > 0) {
  }
  return NULL;
}

static void writers_in_use_are_busy(void) {
  nock_schema_t *schema = ipc_schema();
  nock_batch_t *batch = large_batch(schema);
  nock_metadata_t *metadata = ipc_metadata("key", "value");
  for (int is_file = 0; is_file <= 1; is_file++) {
    int ends[2];
    pthread_t writer, drainer;
    nock_stream_t *stream = NULL;
    nock_ipc_stream_writer_t *other = NULL;
    nock_ipc_file_writer_t *other_file = NULL;
    job_t job = {NULL, NULL, batch};
    CHECK(pipe(ends) == 0);
    CHECK_OK(nock_stream_open_fd(ends[1], NOCK_OPEN_WRITE, NULL, &stream, ERR));
    if (is_file) {
      CHECK_OK(nock_ipc_file_writer_open(stream, schema, NULL, NULL, &job.file_writer, ERR));
    } else {
      CHECK_OK(nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &job.stream_writer, ERR));
    }
    CHECK(pthread_create(&writer, NULL, write_batch, &job) == 0);
    wait_until_busy(stream);
    if (is_file) {
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_file_writer_write_batch(job.file_writer, batch, NULL, ERR));
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_file_writer_set_footer_metadata(job.file_writer, metadata, ERR));
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_file_writer_close(job.file_writer, ERR));
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_file_writer_open(stream, schema, NULL, NULL, &other_file, ERR));
    } else {
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_stream_writer_write_batch(job.stream_writer, batch, NULL, ERR));
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_stream_writer_close(job.stream_writer, ERR));
      CHECK_STATUS(NOCK_ERR_BUSY, nock_ipc_stream_writer_open(stream, schema, NULL, NULL, &other, ERR));
    }
    CHECK(other == NULL && other_file == NULL);
    nock_buffer_t *bytes = NULL;
    const nock_bytes_t run = {"x", 1};
    CHECK_OK(nock_buffer_new_copy("x", 1, NULL, &bytes, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_write_buffer(stream, bytes, ERR));
    CHECK_STATUS(NOCK_ERR_BUSY, nock_stream_write_vectored(stream, &run, 1, ERR));
    nock_buffer_unref(bytes);
    CHECK(pthread_create(&drainer, NULL, drain, &ends[0]) == 0);
    check_thread(writer);
    if (is_file) {
      CHECK_OK(nock_ipc_file_writer_close(job.file_writer, ERR));
    } else {
      CHECK_OK(nock_ipc_stream_writer_close(job.stream_writer, ERR));
    }
    nock_ipc_file_writer_free(job.file_writer);
    nock_ipc_stream_writer_free(job.stream_writer);
    nock_stream_unref(stream);
    CHECK(pthread_join(drainer, NULL) == 0);
    CHECK(close(ends[0]) == 0);
  }
  nock_metadata_unref(metadata);
  nock_batch_unref(batch);
  nock_schema_unref(schema);
}

int main(void) {
  RUN(streams_report_the_system);
  RUN(file_readers_report_the_system);
  RUN(stream_readers_report_the_system);
  RUN(stream_writers_report_the_system);
  RUN(file_writers_report_the_system);
  RUN(a_full_disk_is_reported);
  RUN(a_stream_reader_in_use_is_busy);
  RUN(writers_in_use_are_busy);
  return harness_done();
}
