/*
 * Refuses memory to one library: preloaded into a test program, it makes the n-th allocation that libnock.so asks for
 * fail, or that one and all after it. What the program itself or other libraries allocate is not touched.
 *
 * OOM_FAIL_AT   which allocation fails, from 1; 0 or unset: none, they are only counted
 * OOM_FOREVER   1: every later one fails too
 * OOM_COUNT_TO  a file that receives the number of allocations when the program ends
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_uintptr_t library_start;
static atomic_uintptr_t library_end;
static atomic_ulong asked;
static atomic_ulong fail_at;
static atomic_int forever;
static atomic_int ready;

static int find_library(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size;
  (void)unused;
  if (strstr(info->dlpi_name, "libnock.so") == NULL) {
    return 0;
  }
  uintptr_t start = UINTPTR_MAX;
  uintptr_t end = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
    if (segment->p_type == PT_LOAD) {
      uintptr_t from = info->dlpi_addr + segment->p_vaddr;
      start = from < start ? from : start;
      end = from + segment->p_memsz > end ? from + segment->p_memsz : end;
    }
  }
  atomic_store(&library_start, start);
  atomic_store(&library_end, end);
  return 1;
}

static void read_settings(void) {
  const char *at = getenv("OOM_FAIL_AT");
  const char *rest = getenv("OOM_FOREVER");
  atomic_store(&fail_at, at == NULL ? 0 : strtoul(at, NULL, 10));
  atomic_store(&forever, rest != NULL && strcmp(rest, "1") == 0);
}

/* Count an allocation if the library asked for it, and say whether it is to fail. */
static int refuse(void *caller) {
  if (!atomic_exchange(&ready, 1)) {
    read_settings();
  }
  if (atomic_load(&library_end) == 0 && dl_iterate_phdr(find_library, NULL) == 0) {
    return 0;
  }
  uintptr_t address = (uintptr_t)caller;
  if (address < atomic_load(&library_start) || address >= atomic_load(&library_end)) {
    return 0;
  }
  unsigned long number = atomic_fetch_add(&asked, 1) + 1;
  unsigned long first = atomic_load(&fail_at);
  if (first == 0 || number < first || (number > first && !atomic_load(&forever))) {
    return 0;
  }
  errno = ENOMEM;
  return 1;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size) { return refuse(CALLER) ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) { return refuse(CALLER) ? NULL : __libc_calloc(count, size); }

void *realloc(void *block, size_t size) { return refuse(CALLER) ? NULL : __libc_realloc(block, size); }

void *memalign(size_t alignment, size_t size) { return refuse(CALLER) ? NULL : __libc_memalign(alignment, size); }

void *aligned_alloc(size_t alignment, size_t size) { return refuse(CALLER) ? NULL : __libc_memalign(alignment, size); }

int posix_memalign(void **out, size_t alignment, size_t size) {
  if (refuse(CALLER)) {
    return ENOMEM;
  }
  void *block = __libc_memalign(alignment, size);
  if (block == NULL) {
    return ENOMEM;
  }
  *out = block;
  return 0;
}

/* Memory straight from the kernel is an allocation too; a map of a file is not. */
static void *map(void *caller, void *address, size_t len, int protection, int flags, int fd, off_t offset) {
  if ((flags & MAP_ANONYMOUS) != 0 && refuse(caller)) {
    return MAP_FAILED;
  }
  return (void *)syscall(SYS_mmap, address, len, protection, flags, fd, offset);
}

void *mmap(void *address, size_t len, int protection, int flags, int fd, off_t offset) {
  return map(CALLER, address, len, protection, flags, fd, offset);
}

void *mmap64(void *address, size_t len, int protection, int flags, int fd, off_t offset) {
  return map(CALLER, address, len, protection, flags, fd, offset);
}

__attribute__((destructor)) static void write_count(void) {
  const char *path = getenv("OOM_COUNT_TO");
  if (path == NULL) {
    return;
  }
  char text[32];
  int len = snprintf(text, sizeof text, "%lu\n", atomic_load(&asked));
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd >= 0) {
    if (write(fd, text, (size_t)len) != len) {
      _exit(1);
    }
    close(fd);
  }
}
