/* Buffers that several test programs make, and what a fresh one is like. */
#ifndef NOCK_TEST_BUFFERS_H
#define NOCK_TEST_BUFFERS_H

#include "harness.h"

static inline nock_buffer_t *copy_of(const char *text) {
  nock_buffer_t *buffer = NULL;
  CHECK_OK(nock_buffer_new_copy(text, strlen(text), NULL, &buffer, ERR));
  return buffer;
}

static inline void check_fresh(const nock_buffer_t *buffer, size_t size) {
  CHECK(nock_buffer_size(buffer) == size);
  CHECK(nock_buffer_capacity(buffer) == (size + 63) / 64 * 64);
  CHECK(nock_buffer_data(buffer) != NULL);
  CHECK((uintptr_t)nock_buffer_data(buffer) % 64 == 0);
  CHECK(nock_buffer_address(buffer) == (uintptr_t)nock_buffer_data(buffer));
  CHECK(nock_buffer_is_cpu(buffer) && nock_buffer_is_mutable(buffer));
  CHECK(nock_buffer_parent(buffer) == NULL);
  const unsigned char *bytes = nock_buffer_data(buffer);
  for (size_t i = size; i < nock_buffer_capacity(buffer); i++) {
    CHECK(bytes[i] == 0);
  }
}

#endif /* NOCK_TEST_BUFFERS_H */
