/* What a user's first program does with an installed nock: reads as C99, C11 and C++17. */
#include <nock/nock.h>

#include <stdio.h>
#include <string.h>

int main(void) {
  if (nock_abi_version() != NOCK_ABI_VERSION || nock_version_number() != NOCK_VERSION_NUMBER) {
    fprintf(stderr, "the header is %s, the library is %s\n", NOCK_VERSION_STRING, nock_version_string());
    return 1;
  }
  if (strcmp(nock_status_name(NOCK_ERR_IO), "NOCK_ERR_IO") != 0) {
    return 1;
  }
  printf("nock %s\n", nock_version_string());
  return 0;
}
