/* What the workloads share. Their numbers and case names are those of the peers' programs, and mean the same work. */
#ifndef NOCK_BENCH_WORKLOADS_H
#define NOCK_BENCH_WORKLOADS_H

#include "measure.h"

#include <nock/nock.h>
#include <stddef.h>

/* Ends the program with a message. */
void die(const char *why);

/* Ends the program when a call failed. */
static inline void must(nock_status_t status) {
  if (status != NOCK_OK) die(nock_status_name(status));
}

/* A file of the data folder (PB_DATA), or of the disk folder (PB_DISK) with `disk`. Free the path with free(). */
char *data_path(const char *name, int disk);

void memory_workload(void);       /* W8 */
void small_batches_workload(void); /* W3 */
void wide_schema_workload(void);  /* W4 */
void file_workload(void);         /* W5 */
void random_access_workload(void); /* W6 */
void bits_workload(void);         /* BITS */
void growth_workload(void);       /* GROW */
void allocation_workload(void);   /* ALLOC */

#endif
