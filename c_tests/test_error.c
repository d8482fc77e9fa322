#include "harness.h"

static void no_error_reads_as_success(void) {
  CHECK(nock_error_status(NULL) == NOCK_OK);
  CHECK_TEXT(nock_error_message(NULL), "");
  CHECK(nock_error_os_code(NULL) == 0);
  CHECK(nock_error_callback_status(NULL) == 0);
}

static void freeing_nothing_is_fine(void) { nock_error_free(NULL); }

int main(void) {
  RUN(no_error_reads_as_success);
  RUN(freeing_nothing_is_fine);
  return harness_done();
}
