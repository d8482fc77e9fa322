/*
 * Shared by the examples: a macro for error handling, and the exit status.
 *
 * Each function that can fail looks like those of nock: it returns a status, and its last argument receives the error. What
 * it owns is released after the label `done`, on success and on failure. All _unref and _free functions accept NULL, so a
 * variable that starts as NULL can always be released.
 */
#ifndef NOCK_EXAMPLE_H
#define NOCK_EXAMPLE_H

#include <nock/nock.h>

#include <stdio.h>

/* Go to `done` with the status of a call that failed. */
#define TRY(call)                 \
  do {                            \
    status = (call);              \
    if (status != NOCK_OK) {      \
      goto done;                  \
    }                             \
  } while (0)

/* Print the error, if there is one, as the last line on stderr, and return the exit status. */
static inline int example_end(nock_status_t status, nock_error_t *error) {
  if (status == NOCK_OK) {
    return 0;
  }
  fflush(stdout);
  fprintf(stderr, "%s: %s\n", nock_status_name(status), nock_error_message(error));
  nock_error_free(error);
  return 1;
}

#endif /* NOCK_EXAMPLE_H */
