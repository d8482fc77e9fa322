/* One run of a test program in a child process: its output goes to a log, which can be shown, and it cannot hang. */
#ifndef NOCK_OOM_CHILD_H
#define NOCK_OOM_CHILD_H

#include <sys/types.h>

/* Before the first run and after the last. The log lies beside the program; HARNESS_SWEPT is set for all runs. */
void children_begin(const char *program);
void children_end(void);

/* Fork. The result is 0 in the child, whose output goes to the log and which has a limited time from here on. */
pid_t child_start(void);

/* Wait for the child; the result is what waitpid says of it. */
int child_wait(pid_t child);

/* Print the first lines of the log, indented. */
void child_log_show(void);

#endif /* NOCK_OOM_CHILD_H */
