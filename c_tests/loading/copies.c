/*
 * Four hundred copies of the library in one process, as when that many plugins bring one each. Each copy is a file of its
 * own, or the loader would give back the one that it has; a copy is removed as soon as it is loaded.
 */
#include "library.h"

#include <pthread.h>
#include <unistd.h>

/* No block is so large that a copy would keep it for reuse. */
enum { COPIES = 400, MOST = 70000, PATH = 4096 };

static struct library libraries[COPIES];

static void *read_whole(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  CHECK(file != NULL);
  CHECK(fseek(file, 0, SEEK_END) == 0);
  long end = ftell(file);
  CHECK(end > 0);
  rewind(file);
  void *bytes = malloc((size_t)end);
  CHECK(bytes != NULL);
  CHECK(fread(bytes, 1, (size_t)end, file) == (size_t)end);
  CHECK(fclose(file) == 0);
  *len = (size_t)end;
  return bytes;
}

static void write_whole(const char *path, const void *bytes, size_t len) {
  FILE *file = fopen(path, "wb");
  CHECK(file != NULL);
  CHECK(fwrite(bytes, 1, len, file) == len);
  CHECK(fclose(file) == 0);
}

static void *use_all(void *unused) {
  (void)unused;
  for (size_t i = 0; i < COPIES; i++) {
    library_use(&libraries[i], MOST);
  }
  return NULL;
}

/* The file of the copy that is being loaded, which goes however the program ends. */
static char folder[PATH];
static char copy[PATH + 32];

static void clean_up(void) {
  unlink(copy);
  rmdir(folder);
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  const char *temporary = getenv("TMPDIR");
  const char *parent = temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp";
  int length = snprintf(folder, sizeof folder, "%s/nock-copies-XXXXXX", parent);
  CHECK(length > 0 && length < PATH);
  CHECK(mkdtemp(folder) != NULL);
  CHECK(atexit(clean_up) == 0);

  size_t len = 0;
  void *bytes = read_whole(argv[1], &len);
  for (size_t i = 0; i < COPIES; i++) {
    snprintf(copy, sizeof copy, "%s/copy-%zu.so", folder, i);
    write_whole(copy, bytes, len);
    libraries[i] = library_open(copy);
    CHECK(unlink(copy) == 0);
    for (size_t j = 0; j < i; j++) {
      CHECK(libraries[j].nock_pool_alloc != libraries[i].nock_pool_alloc);
    }
    library_use(&libraries[i], MOST);
  }
  free(bytes);
  /* A thread that comes later, and what it leaves for its end, in each of them. */
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, use_all, NULL) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  use_all(NULL);
  for (size_t i = 0; i < COPIES; i++) {
    library_check_empty(&libraries[i]);
  }
  return 0;
}
