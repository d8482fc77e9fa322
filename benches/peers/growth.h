/* Builders that the workloads share. */
#ifndef NOCK_BENCH_GROWTH_H
#define NOCK_BENCH_GROWTH_H

#include <nock/nock.h>
#include <stddef.h>

#define BUILT ((size_t)64 << 20)

/* Ends a builder by way of its buffer, and gives one of its bytes. */
uint64_t finish_builder(nock_buffer_builder_t *builder);

/* Collects `size` bytes through the writable tail, `width` (1 to 64) at a time; `reserved`: with room for all of them from the start. */
uint64_t build_in_the_tail(size_t size, size_t width, int reserved);

#endif
