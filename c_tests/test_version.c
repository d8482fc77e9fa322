#include "harness.h"

static void parts_make_the_number(void) {
  CHECK(NOCK_VERSION_NUMBER == NOCK_VERSION_MAJOR * 1000000 + NOCK_VERSION_MINOR * 1000 + NOCK_VERSION_PATCH);
  char text[32];
  snprintf(text, sizeof text, "%d.%d.%d", NOCK_VERSION_MAJOR, NOCK_VERSION_MINOR, NOCK_VERSION_PATCH);
  CHECK_TEXT(NOCK_VERSION_STRING, text);
}

static void library_agrees_with_its_header(void) {
  CHECK(nock_version_number() == NOCK_VERSION_NUMBER);
  CHECK_TEXT(nock_version_string(), NOCK_VERSION_STRING);
  CHECK(nock_abi_version() == NOCK_ABI_VERSION);
}

int main(void) {
  RUN(parts_make_the_number);
  RUN(library_agrees_with_its_header);
  return harness_done();
}
