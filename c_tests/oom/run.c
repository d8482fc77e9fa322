/*
 * run SHIM MAX PROGRAM: run a test program again and again, each time with another allocation of the library refused.
 *
 * First the allocations are counted; then each of them fails once, and then each of them and all after it, MAX of each kind
 * at most, spread evenly over the later ones. Up to a MAX of 1000 a slow program gets fewer runs, so that it ends in time. A
 * run may end well, or with a check that reports that memory ran out, or with a check of the program's own that cannot see
 * the reason. It may not end by a signal or hang: that is a death, and one is enough to fail.
 */
#define _GNU_SOURCE
#include "child.h"
#include "spread.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORTED = 3, SECONDS_PER_KIND = 30, MAX_SHOWN = 5 };

static const char *shim;
static const char *program;
static char count_path[4096];
static unsigned long passed, reported, other, deaths;

/* Run the program once. */
static int run(unsigned long fail_at, int forever) {
  pid_t child = child_start();
  if (child == 0) {
    char number[32];
    snprintf(number, sizeof number, "%lu", fail_at);
    setenv("OOM_FAIL_AT", number, 1);
    setenv("OOM_FOREVER", forever ? "1" : "0", 1);
    if (fail_at == 0) {
      setenv("OOM_COUNT_TO", count_path, 1);
    }
    setenv("LD_PRELOAD", shim, 1);
    execl(program, program, (char *)NULL);
    _exit(127);
  }
  return child_wait(child);
}

static void judge(unsigned long fail_at, int forever, int status) {
  const char *mode = forever ? "from here on" : "once";
  if (WIFSIGNALED(status) || WEXITSTATUS(status) == 127) {
    deaths++;
    printf("  death: allocation %lu refused %s: signal %d\n", fail_at, mode, WTERMSIG(status));
    child_log_show();
  } else if (WEXITSTATUS(status) == REPORTED) {
    reported++;
  } else if (WEXITSTATUS(status) == 0) {
    passed++;
  } else {
    other++;
    if (other <= MAX_SHOWN) {
      printf("  another failure: allocation %lu refused %s: status %d\n", fail_at, mode, WEXITSTATUS(status));
      child_log_show();
    }
  }
}

static unsigned long count(void) {
  int status = run(0, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    printf("%s fails with no allocation refused\n", program);
    child_log_show();
    exit(1);
  }
  unsigned long total = 0;
  FILE *file = fopen(count_path, "r");
  if (file == NULL || fscanf(file, "%lu", &total) != 1) {
    printf("the shim did not count\n");
    exit(1);
  }
  fclose(file);
  return total;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: run SHIM MAX PROGRAM\n");
    return 2;
  }
  shim = argv[1];
  unsigned long max = strtoul(argv[2], NULL, 10);
  program = argv[3];
  snprintf(count_path, sizeof count_path, "%s.%d.oom-count", program, (int)getpid());
  children_begin(program);

  double start = now();
  unsigned long total = count();
  unsigned long runs = runs_of(total, max, now() - start, SECONDS_PER_KIND);
  for (int forever = 0; forever <= 1; forever++) {
    for (unsigned long i = 0; i < runs; i++) {
      unsigned long fail_at = nth(i, runs, total);
      judge(fail_at, forever, run(fail_at, forever));
    }
  }
  unlink(count_path);
  children_end();
  printf("%lu allocations, %lu runs: %lu passed, %lu reported it, %lu failed otherwise, %lu deaths\n", total, 2 * runs,
         passed, reported, other, deaths);
  return deaths == 0 ? 0 : 1;
}
