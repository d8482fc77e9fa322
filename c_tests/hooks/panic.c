/*
 * A bug inside the library costs one call, not the process: a panic comes back as NOCK_ERR_INTERNAL, and nothing is
 * printed. Runs against a build with the cargo feature test-hooks.
 */
#include "../harness.h"

#include <pthread.h>
#include <unistd.h>

nock_status_t nock_test_hooks_panic(nock_error_t **error);
nock_status_t nock_test_hooks_panic_twice(nock_error_t **error);
int32_t nock_test_hooks_panic_in_getter(int32_t fallback);

static void panics_become_statuses(void) {
  CHECK_STATUS(NOCK_ERR_INTERNAL, nock_test_hooks_panic(ERR));
  CHECK_MESSAGE("bug");
  CHECK(nock_test_hooks_panic(NULL) == NOCK_ERR_INTERNAL);
  CHECK_STATUS(NOCK_ERR_INTERNAL, nock_test_hooks_panic_twice(ERR));
  CHECK(nock_test_hooks_panic_in_getter(-7) == -7);
}

static void *on_a_thread(void *unused) {
  (void)unused;
  CHECK(nock_test_hooks_panic(NULL) == NOCK_ERR_INTERNAL);
  return NULL;
}

static void panics_on_small_stacks_too(void) {
  pthread_attr_t attributes;
  pthread_t thread;
  CHECK(pthread_attr_init(&attributes) == 0);
  CHECK(pthread_attr_setstacksize(&attributes, 64 * 1024) == 0);
  CHECK(pthread_create(&thread, &attributes, on_a_thread, NULL) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(pthread_attr_destroy(&attributes) == 0);
}

int main(void) {
  /* The standard library prints panics here, with a backtrace, unless the library keeps it from doing so. */
  CHECK(setenv("RUST_BACKTRACE", "1", 1) == 0);
  FILE *printed = tmpfile();
  CHECK(printed != NULL);
  int out = dup(STDOUT_FILENO);
  int err = dup(STDERR_FILENO);
  CHECK(out >= 0 && err >= 0);
  CHECK(dup2(fileno(printed), STDOUT_FILENO) >= 0);
  CHECK(dup2(fileno(printed), STDERR_FILENO) >= 0);

  RUN(panics_become_statuses);
  RUN(panics_on_small_stacks_too);

  CHECK(fflush(NULL) == 0);
  CHECK(dup2(out, STDOUT_FILENO) >= 0);
  CHECK(dup2(err, STDERR_FILENO) >= 0);
  CHECK(fseek(printed, 0, SEEK_END) == 0);
  CHECK(ftell(printed) == 0);
  CHECK(fclose(printed) == 0);
  CHECK(close(out) == 0);
  CHECK(close(err) == 0);
  return harness_done();
}
