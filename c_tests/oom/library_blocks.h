/*
 * Counts the blocks of the C library's allocator that libnock.so took and did not give back, which are its objects, and refuses
 * them on purpose.
 */
#ifndef NOCK_LIBRARY_BLOCKS_H
#define NOCK_LIBRARY_BLOCKS_H

/* How many there are; 0 where a sanitizer has the allocator, which looks for leaks itself. */
long library_blocks(void);

/* How often the library asked for one, or for another size of one; 0 where a sanitizer has the allocator. */
unsigned long library_asked(void);

/* Refuse the n-th such request, counted from 1; 0: none. */
void library_refuse(unsigned long fail_at);

/* How many were refused. */
unsigned long library_refused(void);

#endif /* NOCK_LIBRARY_BLOCKS_H */
