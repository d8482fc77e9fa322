/* Blocks of memory by their address: hashed, with open addressing, in static memory. Not locked. */
#ifndef NOCK_BLOCK_TABLE_H
#define NOCK_BLOCK_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum { BLOCK_BITS = 18, BLOCK_PLACES = 1 << BLOCK_BITS };

struct block_entry {
  const void *block;
  size_t size;
  size_t alignment;
};

struct block_table {
  struct block_entry entries[BLOCK_PLACES];
};

static inline size_t block_home(const void *block) {
  return (size_t)(((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15U >> (64 - BLOCK_BITS));
}

/* The entry of a block, an empty one if it is not there, NULL if it is not there and the table is full. */
static inline struct block_entry *block_find(struct block_table *table, const void *block) {
  size_t place = block_home(block);
  for (size_t step = 0; step < BLOCK_PLACES; step++) {
    struct block_entry *entry = &table->entries[(place + step) % BLOCK_PLACES];
    if (entry->block == block || entry->block == NULL) {
      return entry;
    }
  }
  return NULL;
}

/* Empty an entry, and close the gap: what was pushed further by it moves back. */
static inline void block_erase(struct block_table *table, struct block_entry *entry) {
  size_t gap = (size_t)(entry - table->entries);
  for (size_t at = (gap + 1) % BLOCK_PLACES; table->entries[at].block != NULL; at = (at + 1) % BLOCK_PLACES) {
    size_t distance = (at - block_home(table->entries[at].block)) % BLOCK_PLACES;
    if (distance >= (at - gap) % BLOCK_PLACES) {
      table->entries[gap] = table->entries[at];
      gap = at;
    }
  }
  table->entries[gap].block = NULL;
}

#endif /* NOCK_BLOCK_TABLE_H */
