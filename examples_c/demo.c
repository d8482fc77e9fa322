/* Says which library runs. */
#include <nock/nock.h>

#include <stdio.h>

int main(void) {
  if (nock_abi_version() != NOCK_ABI_VERSION) {
    fprintf(stderr, "built for another nock than %s\n", nock_version_string());
    return 1;
  }
  printf("nock %s\n", nock_version_string());
  return 0;
}
