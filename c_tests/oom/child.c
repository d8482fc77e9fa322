#define _GNU_SOURCE
#include "child.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A run that takes longer hangs. */
enum { SECONDS_PER_RUN = 120, LINES_SHOWN = 12 };

static char log_path[4096];

void children_begin(const char *program) {
  snprintf(log_path, sizeof log_path, "%s.%d.log", program, (int)getpid());
  setenv("HARNESS_SWEPT", "1", 1);
}

void children_end(void) { unlink(log_path); }

pid_t child_start(void) {
  /* What is buffered would be written by both. */
  fflush(NULL);
  pid_t child = fork();
  if (child < 0) {
    perror("fork");
    exit(2);
  }
  if (child == 0) {
    int log = open(log_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (log < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0) {
      _exit(127);
    }
    close(log);
    alarm(SECONDS_PER_RUN);
  }
  return child;
}

int child_wait(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child) {
    perror("waitpid");
    exit(2);
  }
  return status;
}

void child_log_show(void) {
  char line[512];
  FILE *log = fopen(log_path, "r");
  for (int i = 0; log != NULL && i < LINES_SHOWN && fgets(line, sizeof line, log) != NULL; i++) {
    printf("    %s%s", line, strchr(line, '\n') == NULL ? "\n" : "");
  }
  if (log != NULL) {
    fclose(log);
  }
}
