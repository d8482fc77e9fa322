#include "harness.h"

static const struct {
  nock_status_t status;
  const char *name;
} statuses[] = {
    {NOCK_OK, "NOCK_OK"},
    {NOCK_ERR_INVALID_ARGUMENT, "NOCK_ERR_INVALID_ARGUMENT"},
    {NOCK_ERR_OUT_OF_RANGE, "NOCK_ERR_OUT_OF_RANGE"},
    {NOCK_ERR_OUT_OF_MEMORY, "NOCK_ERR_OUT_OF_MEMORY"},
    {NOCK_ERR_LIMIT, "NOCK_ERR_LIMIT"},
    {NOCK_ERR_IO, "NOCK_ERR_IO"},
    {NOCK_ERR_NOT_FOUND, "NOCK_ERR_NOT_FOUND"},
    {NOCK_ERR_CLOSED, "NOCK_ERR_CLOSED"},
    {NOCK_ERR_BUSY, "NOCK_ERR_BUSY"},
    {NOCK_ERR_CORRUPT, "NOCK_ERR_CORRUPT"},
    {NOCK_ERR_UNSUPPORTED, "NOCK_ERR_UNSUPPORTED"},
    {NOCK_ERR_CALLBACK, "NOCK_ERR_CALLBACK"},
    {NOCK_ERR_CANCELLED, "NOCK_ERR_CANCELLED"},
    {NOCK_ERR_INTERNAL, "NOCK_ERR_INTERNAL"},
};

static void every_status_has_its_name(void) {
  for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
    CHECK_TEXT(nock_status_name(statuses[i].status), statuses[i].name);
  }
}

static void stable_numbers_stay(void) {
  for (nock_status_t i = 0; i <= 12; i++) {
    CHECK(statuses[i].status == i);
  }
  CHECK(NOCK_ERR_INTERNAL == 100);
  CHECK(NOCK_CALLBACK_STATUS_BASE == 1000);
}

static void other_numbers_have_a_name_too(void) {
  const nock_status_t unknown[] = {-1, 13, 99, 101, NOCK_CALLBACK_STATUS_BASE, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
    CHECK_TEXT(nock_status_name(unknown[i]), "NOCK_ERR_UNKNOWN");
  }
}

int main(void) {
  RUN(every_status_has_its_name);
  RUN(stable_numbers_stay);
  RUN(other_numbers_have_a_name_too);
  return harness_done();
}
