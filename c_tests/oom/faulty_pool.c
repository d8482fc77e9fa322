#include "faulty_pool.h"

#include "block_table.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The blocks that are out. */
static struct block_table out_there;
static pthread_mutex_t books = PTHREAD_MUTEX_INITIALIZER;

static void mistake(struct faulty_pool *faulty, const char *what, const struct block_entry *known, size_t size, size_t alignment) {
  if (atomic_fetch_add(&faulty->mistakes, 1) == 0) {
    snprintf(faulty->mistake, sizeof faulty->mistake, "%s: %zu bytes aligned to %zu, where %zu aligned to %zu are", what,
             size, alignment, known == NULL ? 0 : known->size, known == NULL ? 0 : known->alignment);
  }
}

/* The entry of a block that the library names, or NULL after a complaint. The books are locked. */
static struct block_entry *known(struct faulty_pool *faulty, const char *what, const void *block, size_t size,
                           size_t alignment) {
  struct block_entry *entry = block_find(&out_there, block);
  if (entry == NULL || entry->block == NULL) {
    mistake(faulty, what, NULL, size, alignment);
    return NULL;
  }
  if (entry->size != size || entry->alignment != alignment) {
    mistake(faulty, what, entry, size, alignment);
  }
  return entry;
}

static int refuses(struct faulty_pool *faulty) {
  unsigned long number = atomic_fetch_add(&faulty->asked, 1) + 1;
  if (faulty->fail_at == 0 || number < faulty->fail_at || (number > faulty->fail_at && !faulty->forever)) {
    return 0;
  }
  atomic_fetch_add(&faulty->refused, 1);
  return 1;
}

static nock_status_t on_alloc(void *user_data, size_t size, size_t alignment, void **out) {
  struct faulty_pool *faulty = user_data;
  if (refuses(faulty)) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  if (size == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
    mistake(faulty, "alloc", NULL, size, alignment);
    return NOCK_ERR_INVALID_ARGUMENT;
  }
  void *block = NULL;
  if (posix_memalign(&block, alignment < sizeof(void *) ? sizeof(void *) : alignment, size) != 0) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  memset(block, 0xA5, size);
  pthread_mutex_lock(&books);
  struct block_entry *entry = block_find(&out_there, block);
  if (entry != NULL) {
    *entry = (struct block_entry){block, size, alignment};
  }
  pthread_mutex_unlock(&books);
  if (entry == NULL) {
    fprintf(stderr, "more blocks than the faulty pool can list\n");
    abort();
  }
  atomic_fetch_add(&faulty->blocks, 1);
  atomic_fetch_add(&faulty->bytes, (long long)size);
  *out = block;
  return NOCK_OK;
}

/* Smaller where it is; larger never. */
static nock_status_t on_resize(void *user_data, void *block, size_t old_size, size_t new_size, size_t alignment) {
  struct faulty_pool *faulty = user_data;
  if (refuses(faulty)) {
    return NOCK_ERR_OUT_OF_MEMORY;
  }
  pthread_mutex_lock(&books);
  struct block_entry *entry = known(faulty, "resize", block, old_size, alignment);
  int fits = entry != NULL && new_size != 0 && new_size <= entry->size;
  if (fits) {
    memset((char *)block + new_size, 0xDD, entry->size - new_size);
    atomic_fetch_sub(&faulty->bytes, (long long)(entry->size - new_size));
    entry->size = new_size;
  }
  pthread_mutex_unlock(&books);
  return fits ? NOCK_OK : NOCK_ERR_UNSUPPORTED;
}

static void on_dealloc(void *user_data, void *block, size_t size, size_t alignment) {
  struct faulty_pool *faulty = user_data;
  pthread_mutex_lock(&books);
  struct block_entry *entry = known(faulty, "dealloc", block, size, alignment);
  size_t had = entry == NULL ? 0 : entry->size;
  if (entry != NULL) {
    block_erase(&out_there, entry);
  }
  pthread_mutex_unlock(&books);
  if (entry == NULL) {
    return;
  }
  memset(block, 0xDD, had);
  atomic_fetch_sub(&faulty->blocks, 1);
  atomic_fetch_sub(&faulty->bytes, (long long)had);
  free(block);
}

nock_status_t faulty_pool_new(struct faulty_pool *faulty, nock_pool_t **out, nock_error_t **error) {
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = on_alloc;
  callbacks.resize = on_resize;
  callbacks.dealloc = on_dealloc;
  callbacks.user_data = faulty;
  return nock_pool_new_callback(&callbacks, out, error);
}
