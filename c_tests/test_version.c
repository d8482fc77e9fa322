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

static void build_info_names_version_and_pools(void) {
  char line[64];
  snprintf(line, sizeof line, "version: %s\n", NOCK_VERSION_STRING);
  CHECK(strncmp(nock_build_info(), line, strlen(line)) == 0);
  const char *pools = strstr(nock_build_info(), "\npools: ");
  CHECK(pools != NULL);
  pools += strlen("\npools:");
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    snprintf(line, sizeof line, " %s", nock_pool_backend_name_at(i));
    CHECK(strncmp(pools, line, strlen(line)) == 0);
    pools += strlen(line);
  }
  CHECK(*pools == '\n');
}

int main(void) {
  RUN(parts_make_the_number);
  RUN(library_agrees_with_its_header);
  RUN(build_info_names_version_and_pools);
  return harness_done();
}
