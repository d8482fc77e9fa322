/* What a user's first program does with an installed nock: reads as C99, C11 and C++17. */
#include <nock/nock.h>

#include <stdio.h>
#include <string.h>

int main(void) {
  if (nock_abi_version() != NOCK_ABI_VERSION || nock_version_number() != NOCK_VERSION_NUMBER) {
    fprintf(stderr, "the header is %s, the library is %s\n", NOCK_VERSION_STRING, nock_version_string());
    return 1;
  }
  nock_buffer_t *buffer = NULL;
  nock_error_t *error = NULL;
  if (nock_buffer_new_copy("arrow", 5, NULL, &buffer, &error) != NOCK_OK) {
    fprintf(stderr, "%s\n", nock_error_message(error));
    nock_error_free(error);
    return 1;
  }
  int same = memcmp(nock_buffer_data(buffer), "arrow", nock_buffer_size(buffer)) == 0;
  nock_buffer_unref(buffer);
  if (!same || nock_pool_bytes_allocated(nock_pool_default()) != 0) {
    return 1;
  }
  printf("nock %s\n", nock_version_string());
  return 0;
}
