/*
 * A pool that refuses memory on purpose and keeps its own books: which blocks are out, with which size and alignment.
 *
 * Fresh bytes and bytes given back are overwritten, so that a read of either shows.
 */
#ifndef NOCK_FAULTY_POOL_H
#define NOCK_FAULTY_POOL_H

#include <nock/nock.h>

#include <stdatomic.h>

enum { FAULTY_MISTAKE_LEN = 256 };

struct faulty_pool {
  /* Which request is refused, counted from 1; 0: none. With `forever` all later ones are refused too. */
  unsigned long fail_at;
  int forever;
  /* Requests for a block, or for another size of one, and how many of them were refused. */
  atomic_ulong asked;
  atomic_ulong refused;
  /* What is out. */
  atomic_long blocks;
  atomic_llong bytes;
  /* The first thing that the library did wrong: a block that is not out, a wrong size, a wrong alignment. */
  atomic_int mistakes;
  char mistake[FAULTY_MISTAKE_LEN];
};

/* Make the pool; the struct must outlive the process' use of it. */
nock_status_t faulty_pool_new(struct faulty_pool *faulty, nock_pool_t **out, nock_error_t **error);

#endif /* NOCK_FAULTY_POOL_H */
