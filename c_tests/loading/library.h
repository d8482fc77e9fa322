/*
 * The library as a program sees it that opens it while it runs: nothing here is linked with nock.
 *
 * A test program takes the path of the library as its argument. The first check that fails ends the process with status 1.
 */
#ifndef NOCK_LOADING_LIBRARY_H
#define NOCK_LOADING_LIBRARY_H

#include <nock/nock.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);         \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

#define FUNCTIONS(X)            \
  X(nock_version_number)        \
  X(nock_pool_backend_count)    \
  X(nock_pool_backend_name_at)  \
  X(nock_pool_backend_name)     \
  X(nock_pool_get)              \
  X(nock_pool_unref)            \
  X(nock_pool_alloc)            \
  X(nock_pool_realloc)          \
  X(nock_pool_dealloc)          \
  X(nock_pool_release_unused)   \
  X(nock_pool_bytes_allocated)  \
  X(nock_buffer_alloc)          \
  X(nock_buffer_slice)          \
  X(nock_buffer_mutable_data)   \
  X(nock_buffer_unref)

#define MEMBER(name) __typeof__(&name) name;

/* One copy of the library: its functions, under their own names. */
struct library {
  void *handle;
  FUNCTIONS(MEMBER)
};

#define FIND(name)                                          \
  do {                                                      \
    void *found = dlsym(library.handle, #name);             \
    CHECK(found != NULL);                                   \
    memcpy(&library.name, &found, sizeof found);            \
  } while (0);

static inline struct library library_open(const char *path) {
  struct library library;
  library.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library.handle == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  FUNCTIONS(FIND)
  CHECK(library.nock_version_number() == NOCK_VERSION_NUMBER);
  return library;
}

/*
 * Memory of one backend in every way: blocks that grow up to `most` bytes, and so through the tiers below that; a buffer; a
 * slice that outlives it.
 */
static inline void library_use_backend(const struct library *library, size_t index, size_t most) {
  static const size_t sizes[] = {24, 1000, 70000, 600 << 10, 5 << 20};
  const char *name = library->nock_pool_backend_name_at(index);
  nock_pool_t *pool = NULL;
  CHECK(name != NULL);
  CHECK(library->nock_pool_get(name, &pool, NULL) == NOCK_OK);
  CHECK(strcmp(library->nock_pool_backend_name(pool), name) == 0);
  for (size_t i = 0; i + 1 < sizeof sizes / sizeof sizes[0] && sizes[i + 1] <= most; i++) {
    void *block = NULL;
    CHECK(library->nock_pool_alloc(pool, sizes[i], 0, &block, NULL) == NOCK_OK);
    memset(block, (int)i + 1, sizes[i]);
    CHECK(library->nock_pool_realloc(pool, &block, sizes[i], sizes[i + 1], 0, NULL) == NOCK_OK);
    const unsigned char *bytes = block;
    CHECK(bytes[0] == i + 1 && bytes[sizes[i] - 1] == i + 1);
    library->nock_pool_dealloc(pool, block, sizes[i + 1], 0);
  }
  nock_buffer_t *buffer = NULL;
  nock_buffer_t *slice = NULL;
  CHECK(library->nock_buffer_alloc(300, pool, &buffer, NULL) == NOCK_OK);
  memset(library->nock_buffer_mutable_data(buffer), 7, 300);
  CHECK(library->nock_buffer_slice(buffer, 10, 20, &slice, NULL) == NOCK_OK);
  library->nock_buffer_unref(buffer);
  library->nock_buffer_unref(slice);
  library->nock_pool_unref(pool);
}

/* Every byte of every backend is back; for when nobody else uses the library. */
static inline void library_check_empty(const struct library *library) {
  for (size_t i = 0; i < library->nock_pool_backend_count(); i++) {
    nock_pool_t *pool = NULL;
    CHECK(library->nock_pool_get(library->nock_pool_backend_name_at(i), &pool, NULL) == NOCK_OK);
    CHECK(library->nock_pool_bytes_allocated(pool) == 0);
    library->nock_pool_unref(pool);
  }
}

static inline void library_use(const struct library *library, size_t most) {
  for (size_t i = 0; i < library->nock_pool_backend_count(); i++) {
    library_use_backend(library, i, most);
  }
}

#endif /* NOCK_LOADING_LIBRARY_H */
