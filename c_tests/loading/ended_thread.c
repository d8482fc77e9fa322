/*
 * The thread that opens the library ends before anybody uses it; others use it then, and free what it left behind. Each
 * round is a process of its own, ten for each backend of the library.
 */
#include "library.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 10, USERS = 4, BLOCK = 5000, NO_SUCH_BACKEND = 77 };

static const char *path;
static struct library library;

/* What the first thread may leave for others to free. */
static nock_pool_t *pool;
static void *block;
static nock_buffer_t *buffer;

static void *open_it(void *leaves_memory) {
  const char *name = getenv("BACKEND");
  const size_t index = (size_t)strtoul(name, NULL, 10);
  library = library_open(path);
  if (index >= library.nock_pool_backend_count()) {
    exit(NO_SUCH_BACKEND);
  }
  /* Read when the library first needs memory, so objects come from that backend too. */
  CHECK(setenv("NOCK_DEFAULT_MEMORY_POOL", library.nock_pool_backend_name_at(index), 1) == 0);
  if (leaves_memory != NULL) {
    CHECK(library.nock_pool_get(library.nock_pool_backend_name_at(index), &pool, NULL) == NOCK_OK);
    CHECK(library.nock_pool_alloc(pool, BLOCK, 0, &block, NULL) == NOCK_OK);
    CHECK(library.nock_buffer_alloc(BLOCK, pool, &buffer, NULL) == NOCK_OK);
  }
  return NULL;
}

static void *use_it(void *unused) {
  (void)unused;
  for (int i = 0; i < 50; i++) {
    library_use(&library, SIZE_MAX);
  }
  return NULL;
}

static void *free_it(void *unused) {
  (void)unused;
  library.nock_pool_dealloc(pool, block, BLOCK, 0);
  library.nock_buffer_unref(buffer);
  CHECK(library.nock_pool_bytes_allocated(pool) == 0);
  return NULL;
}

static void run(void *(*work)(void *), void *argument) {
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, work, argument) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
}

static int round_of(size_t backend, bool leaves_memory) {
  static char yes;
  char number[24];
  pthread_t users[USERS];
  snprintf(number, sizeof number, "%zu", backend);
  CHECK(setenv("BACKEND", number, 1) == 0);
  run(open_it, leaves_memory ? &yes : NULL);
  if (leaves_memory) {
    run(free_it, NULL);
  }
  run(use_it, NULL);
  for (size_t i = 0; i < USERS; i++) {
    CHECK(pthread_create(&users[i], NULL, use_it, NULL) == 0);
  }
  use_it(NULL);
  for (size_t i = 0; i < USERS; i++) {
    CHECK(pthread_join(users[i], NULL) == 0);
  }
  library_check_empty(&library);
  return 0;
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  path = argv[1];
  for (size_t backend = 0;; backend++) {
    for (int i = 0; i < ROUNDS; i++) {
      fflush(NULL);
      pid_t process = fork();
      CHECK(process >= 0);
      if (process == 0) {
        return round_of(backend, i % 2 == 1);
      }
      int status = 0;
      CHECK(waitpid(process, &status, 0) == process);
      if (WIFEXITED(status) && WEXITSTATUS(status) == NO_SUCH_BACKEND) {
        CHECK(i == 0 && backend > 0);
        return 0;
      }
      if (WIFSIGNALED(status)) {
        fprintf(stderr, "backend %zu, round %d: signal %d\n", backend, i, WTERMSIG(status));
      }
      CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
  }
}
