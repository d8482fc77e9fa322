#define _GNU_SOURCE
#include "library_blocks.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

long library_blocks(void) { return 0; }
unsigned long library_asked(void) { return 0; }
void library_refuse(unsigned long number) { (void)number; }
unsigned long library_refused(void) { return 0; }

#else

#include "block_table.h"

#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static uintptr_t library_start;
static uintptr_t library_end;
static atomic_long taken;
static atomic_ulong asked;
static atomic_ulong refused;
static atomic_ulong fail_at;

static int find_library(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size;
  (void)unused;
  if (strstr(info->dlpi_name, "libnock.so") == NULL) {
    return 0;
  }
  library_start = UINTPTR_MAX;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
    if (segment->p_type == PT_LOAD) {
      uintptr_t from = info->dlpi_addr + segment->p_vaddr;
      library_start = from < library_start ? from : library_start;
      library_end = from + segment->p_memsz > library_end ? from + segment->p_memsz : library_end;
    }
  }
  return 1;
}

/* Before main: the library does nothing until it is called. */
__attribute__((constructor)) static void look(void) { dl_iterate_phdr(find_library, NULL); }

static int is_library(const void *caller) {
  uintptr_t address = (uintptr_t)caller;
  return address >= library_start && address < library_end;
}

/* Whether a request is refused. */
static int refuses(const void *caller) {
  if (!is_library(caller) || atomic_fetch_add(&asked, 1) + 1 != atomic_load(&fail_at)) {
    return 0;
  }
  atomic_fetch_add(&refused, 1);
  errno = ENOMEM;
  return 1;
}

/* A list of them and not a number alone: a jump at the end of a function hides who called. */
static struct block_table out_there;
static pthread_mutex_t books = PTHREAD_MUTEX_INITIALIZER;

static void enter(const void *block) {
  pthread_mutex_lock(&books);
  struct block_entry *entry = block_find(&out_there, block);
  if (entry == NULL) {
    abort();
  }
  entry->block = block;
  pthread_mutex_unlock(&books);
  atomic_fetch_add(&taken, 1);
}

/* Whether the block was the library's. */
static int leave(const void *block) {
  pthread_mutex_lock(&books);
  struct block_entry *entry = block_find(&out_there, block);
  int found = entry != NULL && entry->block != NULL;
  if (found) {
    block_erase(&out_there, entry);
    atomic_fetch_sub(&taken, 1);
  }
  pthread_mutex_unlock(&books);
  return found;
}

static void *counted(const void *caller, void *block) {
  if (block != NULL && is_library(caller)) {
    enter(block);
  }
  return block;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size) { return refuses(CALLER) ? NULL : counted(CALLER, __libc_malloc(size)); }

void *calloc(size_t items, size_t size) { return refuses(CALLER) ? NULL : counted(CALLER, __libc_calloc(items, size)); }

void *realloc(void *block, size_t size) {
  if (refuses(CALLER)) {
    return NULL;
  }
  if (block == NULL) {
    return counted(CALLER, __libc_malloc(size));
  }
  int was_the_librarys = leave(block);
  void *moved = __libc_realloc(block, size);
  if (was_the_librarys) {
    enter(moved == NULL ? block : moved);
  }
  return moved;
}

void *memalign(size_t alignment, size_t size) {
  return refuses(CALLER) ? NULL : counted(CALLER, __libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
  return refuses(CALLER) ? NULL : counted(CALLER, __libc_memalign(alignment, size));
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  void *block = refuses(CALLER) ? NULL : counted(CALLER, __libc_memalign(alignment, size));
  if (block == NULL) {
    return ENOMEM;
  }
  *out = block;
  return 0;
}

void free(void *block) {
  if (block != NULL) {
    leave(block);
  }
  __libc_free(block);
}

long library_blocks(void) { return atomic_load(&taken); }
unsigned long library_asked(void) { return atomic_load(&asked); }
void library_refuse(unsigned long number) { atomic_store(&fail_at, number); }
unsigned long library_refused(void) { return atomic_load(&refused); }

#endif
