/*
 * The main of PROGRAM.faulty: a test program run again and again with a faulty pool as its default pool.
 *
 *   PROGRAM.faulty MAX KIND...   refuse one request of these kinds after the other
 *   PROGRAM.faulty KIND N        refuse the N-th of a kind, and show what the program says
 *
 * First the requests for memory are counted. Then each of them is refused, MAX of each kind at most (spread.h says which):
 *
 *   once      one request to the pool
 *   forever   one request to the pool and all after it
 *   object    one request for memory of the library's own, from the C library
 *
 * Each run is a child of its own, forked before the library was touched. The checks of harness.h make a refused call again.
 * So when one request is refused, the program must get to its end: every later check holds, every block of the pool is back,
 * and no more objects are left than without a refusal. Only where a refused call has used something up does the program end
 * early, with HARNESS_OUT_OF_MEMORY. When the pool refuses forever, a program must get to its end or to a check that fails.
 * A signal, a hang, a leak, a wrong size or alignment is a death in every kind.
 */
#define _GNU_SOURCE
#include "child.h"
#include "faulty_pool.h"
#include "library_blocks.h"
#include "spread.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PASSED = 0, FAILED = 1, EARLY = 3, LEFT_BLOCKS = 90, LEFT_OBJECTS, MISTAKE };
enum { SECONDS_PER_SWEEP = 4, MAX_SHOWN = 5 };

enum kind { ONCE, FOREVER, OBJECT, KINDS };
static const char *const kind_names[KINDS] = {"once", "forever", "object"};

/* The program's own main, and the function of the library that some programs call. The linker's --wrap makes the names. */
extern int __real_main(int argc, char **argv);
extern void __real_nock_pool_set_default(nock_pool_t *pool);
int __wrap_main(int argc, char **argv);
void __wrap_nock_pool_set_default(nock_pool_t *pool);
unsigned long harness_refusals(void);

/* What the run without a refusal tells all others. */
static struct base {
  unsigned long asked;
  unsigned long objects_asked;
  long objects_left;
} *base;

static struct faulty_pool faulty;
static nock_pool_t *faulty_default;

/* A test that gives the choice of the default pool back gives it back to this one. */
void __wrap_nock_pool_set_default(nock_pool_t *pool) {
  __real_nock_pool_set_default(pool == NULL ? faulty_default : pool);
}

unsigned long harness_refusals(void) { return atomic_load(&faulty.refused) + library_refused(); }

/* What is wrong although the program is content; PASSED when nothing is. */
static int hidden_fault(void) {
  if (atomic_load(&faulty.blocks) != 0 || atomic_load(&faulty.bytes) != 0) {
    fprintf(stderr, "%ld blocks with %lld bytes are left\n", atomic_load(&faulty.blocks), atomic_load(&faulty.bytes));
    return LEFT_BLOCKS;
  }
  if (library_blocks() > base->objects_left) {
    fprintf(stderr, "%ld blocks of the library's own are left, and %ld without a refusal\n", library_blocks(),
            base->objects_left);
    return LEFT_OBJECTS;
  }
  if (atomic_load(&faulty.mistakes) != 0) {
    fprintf(stderr, "%s\n", faulty.mistake);
    return MISTAKE;
  }
  return PASSED;
}

/* Run the test program in this process with one request refused, none if `fail_at` is 0; the result is its status. */
static int run_here(enum kind kind, unsigned long fail_at, char **argv) {
  faulty.fail_at = kind == OBJECT ? 0 : fail_at;
  faulty.forever = kind == FOREVER;
  if (faulty_pool_new(&faulty, &faulty_default, NULL) != NOCK_OK) {
    return 2;
  }
  __real_nock_pool_set_default(faulty_default);
  /* From here on, so that the numbers of the requests are the program's. */
  unsigned long before = library_asked();
  library_refuse(kind == OBJECT && fail_at != 0 ? before + fail_at : 0);
  int status = __real_main(1, argv);
  if (fail_at == 0) {
    base->asked = atomic_load(&faulty.asked);
    base->objects_asked = library_asked() - before;
    base->objects_left = library_blocks();
  }
  return status == PASSED ? hidden_fault() : status;
}

static int run(enum kind kind, unsigned long fail_at, char **argv) {
  pid_t child = child_start();
  if (child == 0) {
    exit(run_here(kind, fail_at, argv));
  }
  return child_wait(child);
}

static struct tally {
  unsigned long runs, passed, early, failed, deaths;
} tallies[KINDS];

static void judge(enum kind kind, unsigned long fail_at, int status) {
  struct tally *tally = &tallies[kind];
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  tally->runs++;
  if (code == PASSED) {
    tally->passed++;
  } else if (code == EARLY) {
    tally->early++;
  } else if (code == FAILED) {
    tally->failed++;
  } else {
    tally->deaths++;
  }
  int is_expected = code == PASSED || code == EARLY || (code == FAILED && kind == FOREVER);
  if (!is_expected && tally->failed + tally->deaths <= MAX_SHOWN) {
    printf("  %s %lu: %s %d\n", kind_names[kind], fail_at, code < 0 ? "signal" : "status",
           code < 0 ? WTERMSIG(status) : code);
    child_log_show();
  }
}

static int kind_of(const char *name) {
  int kind = 0;
  while (kind < KINDS && strcmp(name, kind_names[kind]) != 0) {
    kind++;
  }
  return kind;
}

/* All kinds of one sweep; the result is whether nothing was found. */
static int sweep(unsigned long max, double seconds, char **argv) {
  int is_clean = 1;
  double start = now();
  for (char **name = argv + 2; *name != NULL; name++) {
    int kind = kind_of(*name);
    unsigned long total = kind == OBJECT ? base->objects_asked : base->asked;
    unsigned long runs = runs_of(total, max, seconds, SECONDS_PER_SWEEP);
    for (unsigned long i = 0; i < runs; i++) {
      unsigned long fail_at = nth(i, runs, total);
      judge((enum kind)kind, fail_at, run((enum kind)kind, fail_at, argv));
    }
    const struct tally *tally = &tallies[kind];
    printf("%s: %lu requests, %lu runs: %lu passed, %lu ended early, %lu failed a check, %lu deaths\n", kind_names[kind],
           total, tally->runs, tally->passed, tally->early, tally->failed, tally->deaths);
    is_clean = is_clean && tally->deaths == 0 && (tally->failed == 0 || kind == FOREVER);
  }
  printf("%.1f s\n", now() - start);
  return is_clean;
}

static int usage(const char *program) {
  fprintf(stderr, "usage: %s MAX KIND... | KIND N, with a KIND of once, forever, object\n", program);
  return 2;
}

int __wrap_main(int argc, char **argv) {
  if (argc < 3) {
    return usage(argv[0]);
  }
  int only = kind_of(argv[1]);
  for (int i = 2; only == KINDS && i < argc; i++) {
    if (kind_of(argv[i]) == KINDS) {
      return usage(argv[0]);
    }
  }
  base = mmap(NULL, sizeof *base, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) {
    perror("mmap");
    return 2;
  }
  base->objects_left = LONG_MAX;
  children_begin(argv[0]);
  double start = now();
  int status = run(ONCE, 0, argv);
  double seconds = now() - start;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != PASSED) {
    printf("%s fails with nothing refused\n", argv[0]);
    child_log_show();
    children_end();
    return 1;
  }
  if (only < KINDS) {
    /* A check that fails ends this process. */
    children_end();
    return run_here((enum kind)only, strtoul(argv[2], NULL, 10), argv);
  }
  int is_clean = sweep(strtoul(argv[1], NULL, 10), seconds, argv);
  children_end();
  return !is_clean;
}
