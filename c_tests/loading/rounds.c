/*
 * Opened, used and closed a thousand times, now on the first thread, now on one that ends. The library stays where it is,
 * and the process stays as large as it was.
 */
#include "library.h"

#include <pthread.h>
#include <unistd.h>

enum { WARM_UP = 100, ROUNDS = 1000, BOUND_KIB = 1024 };

static const char *path;

static void *round_of(void *unused) {
  (void)unused;
  struct library library = library_open(path);
  library_use(&library, SIZE_MAX);
  library_check_empty(&library);
  for (size_t i = 0; i < library.nock_pool_backend_count(); i++) {
    nock_pool_t *pool = NULL;
    CHECK(library.nock_pool_get(library.nock_pool_backend_name_at(i), &pool, NULL) == NOCK_OK);
    library.nock_pool_release_unused(pool);
    library.nock_pool_unref(pool);
  }
  CHECK(dlclose(library.handle) == 0);
  return NULL;
}

static void rounds(int count) {
  for (int i = 0; i < count; i++) {
    if (i % 2 == 0) {
      round_of(NULL);
      continue;
    }
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, round_of, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
  }
}

static long resident_kib(void) {
  long total = 0;
  long resident = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  CHECK(file != NULL);
  CHECK(fscanf(file, "%ld %ld", &total, &resident) == 2);
  CHECK(fclose(file) == 0);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  path = argv[1];
  rounds(WARM_UP);
  const long before = resident_kib();
  rounds(ROUNDS);
  const long growth = resident_kib() - before;
  printf("%ld KiB resident, %ld more after %d rounds\n", before, growth, ROUNDS);
  CHECK(growth <= BOUND_KIB);
  /* A thread that used the library may end after the last dlclose, so the library is not unloaded. */
  CHECK(dlopen(path, RTLD_NOW | RTLD_NOLOAD) != NULL);
  return 0;
}
