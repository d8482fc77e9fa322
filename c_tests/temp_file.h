/*
 * A file of its own for a test, and what is in it as the operating system sees it.
 *
 * Files, and folders made in their place, are removed when the program exits, whether it passed or not.
 */
#ifndef NOCK_TEMP_FILE_H
#define NOCK_TEMP_FILE_H

#include "harness.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMP_MAX = 64, TEMP_PATH = 256 };

static char temp_paths[TEMP_MAX][TEMP_PATH];
static int temp_count;

static inline void temp_remove_all(void) {
  for (int i = 0; i < temp_count; i++) {
    if (unlink(temp_paths[i]) != 0) {
      rmdir(temp_paths[i]);
    }
  }
}

/* A path where there is no file yet, with this at its end. */
static inline const char *temp_path_named(const char *end) {
  const char *folder = getenv("TMPDIR");
  if (temp_count == 0) {
    CHECK(atexit(temp_remove_all) == 0);
  }
  CHECK(temp_count < TEMP_MAX);
  char *path = temp_paths[temp_count];
  int length = snprintf(path, TEMP_PATH, "%s/nock-%ld-%d%s", folder == NULL ? "/tmp" : folder, (long)getpid(), temp_count,
                        end);
  CHECK(length > 0 && length < TEMP_PATH);
  temp_count++;
  unlink(path);
  return path;
}

static inline const char *temp_path(void) { return temp_path_named(""); }

/* A new file with these bytes. */
static inline const char *temp_file(const void *bytes, size_t len) {
  const char *path = temp_path();
  FILE *file = fopen(path, "wb");
  CHECK(file != NULL);
  CHECK(fwrite(bytes, 1, len, file) == len);
  CHECK(fclose(file) == 0);
  return path;
}

static inline const char *temp_text(const char *text) { return temp_file(text, strlen(text)); }

/* Check what a file has, through the C library. */
static inline void check_file(const char *path, const void *expected, size_t len) {
  struct stat status;
  CHECK(stat(path, &status) == 0);
  CHECK((size_t)status.st_size == len);
  FILE *file = fopen(path, "rb");
  CHECK(file != NULL);
  char *found = malloc(len + 1);
  CHECK(found != NULL);
  CHECK(fread(found, 1, len + 1, file) == len);
  CHECK_BYTES(found, expected, len);
  free(found);
  CHECK(fclose(file) == 0);
}

#define CHECK_FILE(path, text) check_file((path), (text), strlen(text))

#endif /* NOCK_TEMP_FILE_H */
