/* What operating systems do to programs: interruptions, full disks, closed pipes, limits. None of it kills the host. */
#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mount.h>
#endif
#undef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700

#include "temp_file.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

enum { LARGE = 1 << 20 };
static unsigned char large[LARGE];

static void fill_large(void) {
  uint32_t x = 1;
  for (size_t i = 0; i < LARGE; i++) {
    x = x * 1664525u + 1013904223u;
    large[i] = (unsigned char)(x >> 24);
  }
}

static nock_stream_t *open_fd(int fd) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_fd(fd, NOCK_OPEN_DEFAULT, NULL, &stream, ERR));
  return stream;
}

static nock_stream_t *open_path(const char *path, nock_open_mode_t mode) {
  nock_stream_t *stream = NULL;
  CHECK_OK(nock_stream_open_path(path, mode, NULL, &stream, ERR));
  return stream;
}

static void check_os_code(int expected) { CHECK(nock_error_os_code(harness_error) == expected); }

static int is_pending(int signal) {
  sigset_t set;
  CHECK(sigpending(&set) == 0);
  return sigismember(&set, signal);
}

static int is_blocked(int signal) {
  sigset_t set;
  CHECK(pthread_sigmask(SIG_BLOCK, NULL, &set) == 0);
  return sigismember(&set, signal);
}

/* ---- pipes that nobody reads: SIGPIPE has its deadly default here ---- */

static void write_to_nobody(int reader, int writer) {
  nock_stream_t *stream = open_fd(writer);
  nock_bytes_t runs[2] = {{"ab", 2}, {"c", 1}};
  CHECK_OK(nock_stream_write(stream, "x", 1, ERR));
  CHECK(close(reader) == 0);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(stream, "data", 4, ERR));
  CHECK_MESSAGE("descriptor");
  check_os_code(EPIPE);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write_vectored(stream, runs, 2, ERR));
  check_os_code(EPIPE);
  CHECK(!is_pending(SIGPIPE) && !is_blocked(SIGPIPE));
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
}

static void closed_pipes_and_sockets_do_not_kill(void) {
  int ends[2];
  CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
  CHECK(pipe(ends) == 0);
  write_to_nobody(ends[0], ends[1]);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  write_to_nobody(ends[0], ends[1]);
}

/* A SIGPIPE that waits because the host blocked it is the host's: it is still there afterwards. */
static void a_signal_of_the_host_stays(void) {
  sigset_t set, old;
  int ends[2], taken = 0;
  CHECK(sigemptyset(&set) == 0 && sigaddset(&set, SIGPIPE) == 0);
  CHECK(pthread_sigmask(SIG_BLOCK, &set, &old) == 0);
  CHECK(pipe(ends) == 0);
  nock_stream_t *stream = open_fd(ends[1]);
  CHECK(close(ends[0]) == 0);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(stream, "x", 1, ERR));
  CHECK(!is_pending(SIGPIPE) && is_blocked(SIGPIPE));
  CHECK(pthread_kill(pthread_self(), SIGPIPE) == 0);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(stream, "x", 1, ERR));
  CHECK(is_pending(SIGPIPE) && is_blocked(SIGPIPE));
  CHECK(sigwait(&set, &taken) == 0 && taken == SIGPIPE);
  CHECK(pthread_sigmask(SIG_SETMASK, &old, NULL) == 0);
  nock_stream_unref(stream);
}

/* ---- limits and full devices ---- */

static void a_full_device_is_an_error(void) {
  if (access("/dev/full", W_OK) != 0) {
    return;
  }
  nock_stream_t *stream = open_path("/dev/full", NOCK_OPEN_WRITE);
  uint64_t size = 0;
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(stream, "x", 1, ERR));
  CHECK_MESSAGE("/dev/full");
  check_os_code(ENOSPC);
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_size(stream, &size, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_truncate(stream, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_resize(stream, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_sync(stream, ERR));
  nock_stream_unref(stream);
}

/* SIGXFSZ has its deadly default too. */
static void a_limit_on_file_sizes_is_an_error(void) {
  struct rlimit old, small;
  const char *path = temp_path();
  nock_stream_t *map = NULL, *stream = open_path(path, NOCK_OPEN_WRITE);
  uint64_t position = 0, size = 0;
  CHECK(getrlimit(RLIMIT_FSIZE, &old) == 0);
  small = old;
  small.rlim_cur = 4096;
  CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
  nock_status_t written = nock_stream_write(stream, large, 5000, ERR);
  int written_code = nock_error_os_code(harness_error);
  nock_status_t told = nock_stream_tell(stream, &position, NULL);
  nock_status_t cut = nock_stream_truncate(stream, 10000, NULL);
  nock_status_t grown = nock_stream_resize(stream, 10000, NULL);
  nock_status_t sized = nock_stream_size(stream, &size, NULL);
  nock_status_t mapped = nock_stream_create_mmap(temp_path(), 10000, NULL, &map, NULL);
  nock_status_t fits = nock_stream_write_at(stream, 0, "fits", 4, NULL);
  CHECK(setrlimit(RLIMIT_FSIZE, &old) == 0);
  CHECK(written == NOCK_ERR_IO && written_code == EFBIG);
  CHECK(told == NOCK_OK && position == 4096);
  CHECK(cut == NOCK_ERR_IO && grown == NOCK_ERR_IO && mapped == NOCK_ERR_IO && map == NULL);
  CHECK(sized == NOCK_OK && size == 4096 && fits == NOCK_OK);
  CHECK(!is_pending(SIGXFSZ) && !is_blocked(SIGXFSZ));
  nock_stream_unref(stream);
}

#if defined(__linux__)
/* On a file system of 256 KiB of its own, in a child that may make one. */
static int on_a_small_disk(const char *folder) {
  char path[TEMP_PATH + 8];
  nock_stream_t *stream = NULL, *map = NULL;
  uint64_t number = 0;
  snprintf(path, sizeof path, "%s/file", folder);
  if (unshare(CLONE_NEWNS) != 0 || mkdir(folder, 0700) != 0 ||
      mount("none", "/", "none", MS_REC | MS_PRIVATE, "") != 0 ||
      mount("none", folder, "tmpfs", 0, "size=256k") != 0) {
    rmdir(folder);
    return 77;
  }
  stream = open_path(path, NOCK_OPEN_WRITE);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(stream, large, LARGE, ERR));
  check_os_code(ENOSPC);
  CHECK_MESSAGE("of 1048576 bytes");
  CHECK_OK(nock_stream_tell(stream, &number, ERR));
  CHECK(number > 0 && number <= 256 * 1024);
  CHECK_OK(nock_stream_resize(stream, 100000, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_resize(stream, LARGE, ERR));
  check_os_code(ENOSPC);
  check_file(path, large, 100000);
  nock_stream_unref(stream);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_create_mmap(path, LARGE, NULL, &map, ERR));
  check_os_code(ENOSPC);
  CHECK_FILE(path, "");
  CHECK_OK(nock_stream_create_mmap(path, 100000, NULL, &map, ERR));
  CHECK_OK(nock_stream_write(map, large, 100000, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_resize(map, LARGE, ERR));
  CHECK_OK(nock_stream_size(map, &number, ERR));
  CHECK(number == 100000);
  check_file(path, large, 100000);
  /* A map of a file with a hole: the hole has no space, and the disk has none either. */
  nock_stream_unref(map);
  CHECK(truncate(path, 0) == 0 && truncate(path, LARGE) == 0);
  CHECK_OK(nock_stream_open_mmap(path, NOCK_OPEN_READ_WRITE, NULL, &map, ERR));
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_write(map, large, LARGE, ERR));
  check_os_code(ENOSPC);
  nock_stream_unref(map);
  CHECK(umount(folder) == 0 && rmdir(folder) == 0);
  harness_forget();
  return 0;
}

static void a_full_disk_is_an_error(void) {
  const char *folder = temp_path();
  pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    _exit(on_a_small_disk(folder));
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) {
    printf("SKIPPED: full disk: a file system cannot be mounted here\n");
    return;
  }
  if (WEXITSTATUS(status) != 0) {
    exit(WEXITSTATUS(status));
  }
}
#endif

/* ---- interruptions and short transfers ---- */

static volatile sig_atomic_t alarms;

static void on_alarm(int signal) {
  (void)signal;
  alarms++;
}

static void storm(int on) {
  struct sigaction action;
  struct itimerval timer = {{0, on ? 2000 : 0}, {0, on ? 2000 : 0}};
  memset(&action, 0, sizeof action);
  action.sa_handler = on ? on_alarm : SIG_IGN;
  CHECK(sigaction(SIGALRM, &action, NULL) == 0);
  CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
}

/* The other end of a pipe: moves all of `large` in small pieces with pauses, and is not interrupted itself. */
static void *trickle_in(void *argument) {
  int fd = *(int *)argument;
  for (size_t done = 0; done < LARGE;) {
    size_t piece = LARGE - done < 10000 ? LARGE - done : 10000;
    ssize_t n = write(fd, large + done, piece);
    if (n > 0) {
      done += (size_t)n;
      usleep(500);
    } else if (n < 0 && errno != EAGAIN) {
      break;
    }
  }
  close(fd);
  return NULL;
}

static unsigned char received[LARGE];

static void *trickle_out(void *argument) {
  int fd = *(int *)argument;
  size_t done = 0;
  while (done < LARGE) {
    ssize_t n = read(fd, received + done, LARGE - done < 10000 ? LARGE - done : 10000);
    if (n > 0) {
      done += (size_t)n;
      usleep(500);
    } else if (n == 0 || errno != EAGAIN) {
      break;
    }
  }
  close(fd);
  return NULL;
}

static pthread_t start(void *(*work)(void *), int *fd) {
  pthread_t thread;
  sigset_t all, old;
  CHECK(sigfillset(&all) == 0 && pthread_sigmask(SIG_SETMASK, &all, &old) == 0);
  CHECK(pthread_create(&thread, NULL, work, fd) == 0);
  CHECK(pthread_sigmask(SIG_SETMASK, &old, NULL) == 0);
  return thread;
}

static void read_through(int reader, int writer) {
  pthread_t thread = start(trickle_in, &writer);
  nock_stream_t *stream = open_fd(reader);
  nock_buffer_t *part = NULL;
  uint64_t skipped = 0;
  unsigned char some[100];
  size_t n = 0;
  CHECK_OK(nock_stream_read(stream, some, sizeof some, &n, ERR));
  CHECK(n > 0 && n <= sizeof some);
  CHECK_BYTES(some, large, n);
  CHECK_OK(nock_stream_skip(stream, 20000 - n, &skipped, ERR));
  CHECK(skipped == 20000 - n);
  CHECK_OK(nock_stream_read_exact(stream, received, 300000, ERR));
  CHECK_BYTES(received, large + 20000, 300000);
  CHECK_OK_ONCE(nock_stream_read_buffer(stream, 200000, NULL, &part, ERR));
  CHECK(nock_buffer_size(part) == 200000);
  CHECK_BYTES(nock_buffer_data(part), large + 320000, 200000);
  nock_buffer_unref(part);
  CHECK_OK_ONCE(nock_stream_read_all(stream, NULL, &part, ERR));
  CHECK(nock_buffer_size(part) == LARGE - 520000);
  CHECK_BYTES(nock_buffer_data(part), large + 520000, LARGE - 520000);
  nock_buffer_unref(part);
  CHECK_OK(nock_stream_read(stream, some, sizeof some, &n, ERR));
  CHECK(n == 0);
  nock_stream_unref(stream);
  CHECK(pthread_join(thread, NULL) == 0);
}

static void write_through(int reader, int writer) {
  nock_bytes_t runs[3] = {{large, 1000}, {large + 1000, LARGE - 2000}, {large + LARGE - 1000, 1000}};
  uint64_t position = 0;
  memset(received, 0, sizeof received);
  pthread_t thread = start(trickle_out, &reader);
  nock_stream_t *stream = open_fd(writer);
  CHECK_OK(nock_stream_write_vectored(stream, runs, 3, ERR));
  CHECK_OK(nock_stream_tell(stream, &position, ERR));
  CHECK(position == LARGE);
  CHECK_OK(nock_stream_close(stream, ERR));
  nock_stream_unref(stream);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK_BYTES(received, large, LARGE);
}

static void do_not_block(int ends[2]) {
  CHECK(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) | O_NONBLOCK) == 0);
}

static void interruptions_change_nothing(void) {
  int ends[2];
  storm(1);
  CHECK(pipe(ends) == 0);
  read_through(ends[0], ends[1]);
  CHECK(pipe(ends) == 0);
  write_through(ends[0], ends[1]);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  read_through(ends[0], ends[1]);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  write_through(ends[0], ends[1]);

  const char *path = temp_path();
  nock_stream_t *stream = open_path(path, NOCK_OPEN_WRITE);
  CHECK_OK(nock_stream_write(stream, large, LARGE, ERR));
  CHECK_OK(nock_stream_resize(stream, 4 * LARGE, ERR));
  CHECK_OK(nock_stream_resize(stream, LARGE, ERR));
  CHECK_OK(nock_stream_sync(stream, ERR));
  nock_stream_unref(stream);
  nock_stream_t *map = NULL;
  CHECK_OK(nock_stream_open_mmap(path, NOCK_OPEN_READ, NULL, &map, ERR));
  CHECK_OK(nock_stream_read_exact(map, received, LARGE, ERR));
  CHECK_BYTES(received, large, LARGE);
  nock_stream_unref(map);
  storm(0);
  CHECK(alarms > 0);
}

static void descriptors_without_blocking_are_waited_for(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  do_not_block(ends);
  read_through(ends[0], ends[1]);
  CHECK(pipe(ends) == 0);
  do_not_block(ends);
  write_through(ends[0], ends[1]);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  do_not_block(ends);
  write_through(ends[0], ends[1]);
}

/* What pipes cannot do. */
static void pipes_have_no_offsets(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  nock_stream_t *in = open_fd(ends[0]), *out = open_fd(ends[1]);
  nock_buffer_t *buffer = NULL;
  uint64_t number = 0;
  char byte;
  size_t n = 0;
  CHECK(nock_stream_mode(in) == NOCK_OPEN_READ && nock_stream_mode(out) == NOCK_OPEN_WRITE);
  CHECK(!nock_stream_is_seekable(in) && !nock_stream_supports_zero_copy(in));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_seek(in, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_size(in, &number, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_at(in, 0, &byte, 1, &n, ERR));
  CHECK_MESSAGE("no offsets");
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_read_at_buffer(in, 0, 1, NULL, &buffer, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_write_at(out, 0, "x", 1, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_truncate(out, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_resize(out, 0, ERR));
  CHECK_STATUS(NOCK_ERR_UNSUPPORTED, nock_stream_sync(out, ERR));
  /* What was written is there before anything else is done. */
  CHECK_OK(nock_stream_write(out, "ab", 2, ERR));
  CHECK_OK(nock_stream_read(in, &byte, 1, &n, ERR));
  CHECK(n == 1 && byte == 'a');
  CHECK_OK(nock_stream_tell(in, &number, ERR));
  CHECK(number == 1);
  CHECK_OK(nock_stream_flush(out, ERR));
  nock_stream_unref(out);
  CHECK_STATUS(NOCK_ERR_IO, nock_stream_read_exact(in, received, 5, ERR));
  CHECK_MESSAGE("after 1 of 5 bytes");
  nock_stream_unref(in);
}

int main(void) {
  fill_large();
  RUN(closed_pipes_and_sockets_do_not_kill);
  RUN(a_signal_of_the_host_stays);
  RUN(a_full_device_is_an_error);
  RUN(a_limit_on_file_sizes_is_an_error);
#if defined(__linux__)
  RUN(a_full_disk_is_an_error);
#endif
  RUN(interruptions_change_nothing);
  RUN(descriptors_without_blocking_are_waited_for);
  RUN(pipes_have_no_offsets);
  return harness_done();
}
