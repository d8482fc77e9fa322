/* What the kernel was told about large blocks, as it says itself. */
#define _DEFAULT_SOURCE
#include "harness.h"

#if defined(__linux__)
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LARGE = 16 << 20, LINE = 4096 };

static nock_pool_t *pool_with(nock_pool_backend_options_t options) {
  nock_pool_t *pool = NULL;
  CHECK_OK(nock_pool_new_backend("system", &options, &pool, ERR));
  return pool;
}

static const nock_pool_backend_options_t defaults = NOCK_POOL_BACKEND_OPTIONS_INIT;

/* Whether the mapping that has an address carries a flag (proc(5), VmFlags); -1 when the kernel does not say. */
static int has_flag(const void *address, const char *flag) {
  char line[LINE];
  FILE *file = fopen("/proc/self/smaps", "r");
  int is_here = 0, found = -1;
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    unsigned long long start = 0, end = 0;
    if (sscanf(line, "%llx-%llx ", &start, &end) == 2) {
      is_here = (uintptr_t)address >= start && (uintptr_t)address < end;
    } else if (is_here && strncmp(line, "VmFlags:", 8) == 0) {
      found = strstr(line, flag) != NULL;
    }
  }
  if (file != NULL) {
    fclose(file);
  }
  return found;
}

static void huge_pages_are_asked_for_unless_refused(void) {
  if (access("/sys/kernel/mm/transparent_hugepage/enabled", R_OK) != 0) {
    printf("SKIPPED: advice about huge pages: this kernel has none\n");
    return;
  }
  for (int refuse = 0; refuse < 2; refuse++) {
    nock_pool_backend_options_t options = defaults;
    options.flags = refuse ? NOCK_POOL_BACKEND_NO_HUGE_PAGES : 0;
    nock_pool_t *pool = pool_with(options);
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, LARGE, 0, &block, ERR));
    CHECK((uintptr_t)block % (2 << 20) == 0);
    const int found = has_flag(block, " hg");
    if (found < 0) {
      printf("SKIPPED: advice about huge pages: the kernel does not say what it was told\n");
    } else {
      CHECK(found == !refuse);
      /* The advice moves along with the pages. */
      CHECK_OK(nock_pool_realloc(pool, &block, LARGE, 2 * LARGE, 0, ERR));
      CHECK((uintptr_t)block % (2 << 20) == 0 && has_flag(block, " hg") == !refuse);
      CHECK(has_flag((char *)block + 2 * LARGE - 1, " hg") == !refuse);
    }
    nock_pool_dealloc(pool, block, found < 0 ? LARGE : 2 * LARGE, 0);
    nock_pool_unref(pool);
  }
}

/* The policy of the mapping that has an address, such as "prefer:0"; empty when the kernel does not say. */
static void read_policy(const void *address, char *policy, size_t room) {
  char line[LINE];
  FILE *file = fopen("/proc/self/numa_maps", "r");
  policy[0] = '\0';
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    unsigned long long start = 0;
    char found[64];
    if (sscanf(line, "%llx %63s", &start, found) == 2 && start <= (uintptr_t)address) {
      snprintf(policy, room, "%s", found);
    }
  }
  if (file != NULL) {
    fclose(file);
  }
}

/* Whether a process may say where its pages shall lie at all; containers often forbid it. */
static int may_choose_nodes(void) {
  enum { PAGE = 1 << 16, PREFERRED = 1 };
  const unsigned long first_node = 1;
  void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) {
    return 0;
  }
  const long status = syscall(SYS_mbind, page, PAGE, PREFERRED, &first_node, 8 * sizeof first_node, 0);
  munmap(page, PAGE);
  return status == 0;
}

static void nodes_are_chosen_by_the_policy(void) {
  if (access("/proc/self/numa_maps", R_OK) != 0 || !may_choose_nodes()) {
    printf("SKIPPED: memory nodes: this kernel has none, or does not let a process choose\n");
    return;
  }
  const struct {
    int32_t numa;
    const char *policy;
  } cases[] = {{NOCK_POOL_NUMA_DEFAULT, "default"}, {NOCK_POOL_NUMA_INTERLEAVE, "interleave"}, {NOCK_POOL_NUMA_PREFER, "prefer"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char policy[64];
    nock_pool_backend_options_t options = defaults;
    options.numa = cases[i].numa;
    nock_pool_t *pool = pool_with(options);
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, LARGE, 0, &block, ERR));
    read_policy(block, policy, sizeof policy);
    CHECK(strncmp(policy, cases[i].policy, strlen(cases[i].policy)) == 0);
    CHECK_OK(nock_pool_realloc(pool, &block, LARGE, 2 * LARGE, 0, ERR));
    read_policy((char *)block + 2 * LARGE - 1, policy, sizeof policy);
    CHECK(strncmp(policy, cases[i].policy, strlen(cases[i].policy)) == 0);
    nock_pool_dealloc(pool, block, 2 * LARGE, 0);
    nock_pool_unref(pool);
  }
}

/* Pages that have moved are the same pages: the kernel counts no new ones. */
static long long faults(void) {
  char text[1024];
  FILE *file = fopen("/proc/self/stat", "r");
  long long count = -1;
  if (file != NULL && fgets(text, sizeof text, file) != NULL && strrchr(text, ')') != NULL) {
    /* After the name in parentheses: state, six numbers, then the minor faults. */
    if (sscanf(strrchr(text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %lld", &count) != 1) {
      count = -1;
    }
  }
  if (file != NULL) {
    fclose(file);
  }
  return count;
}

static void growing_touches_no_page(void) {
  nock_pool_backend_options_t options = defaults;
  options.flags = NOCK_POOL_BACKEND_NO_HUGE_PAGES;
  nock_pool_t *pool = pool_with(options);
  void *block = NULL;
  CHECK_OK(nock_pool_alloc(pool, LARGE, 0, &block, ERR));
  memset(block, 3, LARGE);
  const long long before = faults();
  CHECK_OK(nock_pool_realloc(pool, &block, LARGE, 2 * LARGE, 0, ERR));
  CHECK_OK(nock_pool_realloc(pool, &block, 2 * LARGE, 4 * LARGE, 0, ERR));
  const long long after = faults();
  if (before < 0 || getenv("NOCK_UNDER_VALGRIND") != NULL) {
    printf("SKIPPED: page faults of growing: nobody counts them for this program alone\n");
  } else {
    /* A copy would touch each page of its target: 4096 of them and more. */
    CHECK(after - before < LARGE / 4096 / 4);
  }
  CHECK(nock_pool_copied_bytes(pool) == 0);
  for (size_t at = 0; at < LARGE; at += 1 << 12) {
    CHECK(((const char *)block)[at] == 3);
  }
  nock_pool_dealloc(pool, block, 4 * LARGE, 0);
  nock_pool_unref(pool);
}

int main(void) {
  RUN(huge_pages_are_asked_for_unless_refused);
  RUN(nodes_are_chosen_by_the_policy);
  RUN(growing_touches_no_page);
  return harness_done();
}
#else
int main(void) {
  printf("SKIPPED: large blocks from the kernel: they are Linux's\n");
  return harness_done();
}
#endif
