/*
 * What the examples share: one macro, and how they end.
 *
 * Each function that can fail has the form of nock's own: it returns a status, its last argument is the slot for the error,
 * and everything that it owns is given back after the label `done`, whether it succeeded or not. All _unref and _free
 * functions take NULL, so a variable that starts as NULL may always be given back.
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

/* Say what went wrong, as the last line of the program's errors, and give the exit status. */
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
