/*
 * What every C test program uses: checks that name their line, and a slot for errors.
 *
 * A test program is a list of functions run by RUN from main, which ends with `return harness_done();`. What is done with
 * many arguments is a table and a loop over it (NEXT_ROW). The first check that fails ends the program with status 1, or
 * with status 3 when the last error was that memory ran out, which is what the tests under c_tests/oom expect to see.
 */
#ifndef NOCK_HARNESS_H
#define NOCK_HARNESS_H

#include <nock/nock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HARNESS_OUT_OF_MEMORY = 3 };

static nock_error_t *harness_error;
static nock_status_t harness_last_status;
static const char *harness_running = "main";
static const char *harness_row;

/* How often this process was refused memory on purpose. Programs that refuse it (c_tests/oom/sweep.c) have a real one. */
__attribute__((weak)) unsigned long harness_refusals(void) { return 0; }

/*
 * How often something is done again and again: less often where each request for memory is refused in a run of its own
 * (c_tests/oom), so that all runs end in time. Both numbers lead through the same code.
 */
static inline size_t harness_times(size_t usual, size_t swept) { return getenv("HARNESS_SWEPT") != NULL ? swept : usual; }

/* Forget the error of the call before. */
static inline void harness_forget(void) {
  nock_error_free(harness_error);
  harness_error = NULL;
}

static inline nock_error_t **harness_slot(void) {
  harness_forget();
  return &harness_error;
}

/* Pass this as the last argument of a fallible call: an empty slot whose text the checks print. */
#define ERR harness_slot()

/* The text of the last error. */
#define ERR_MESSAGE nock_error_message(harness_error)

/* End the program with a status of its own. */
static inline void harness_end(const char *file, int line, const char *what, int status) {
  const char *row = harness_row;
  fprintf(stderr, "%s:%d: in %s%s%s: %s\n", file, line, harness_running, row == NULL ? "" : ", row ", row == NULL ? "" : row, what);
  if (harness_error != NULL) {
    fprintf(stderr, "  last error: %s: %s\n", nock_status_name(nock_error_status(harness_error)), ERR_MESSAGE);
    harness_forget();
  }
  exit(status);
}

static inline void harness_fail(const char *file, int line, const char *what) {
  int out_of_memory = nock_error_status(harness_error) == NOCK_ERR_OUT_OF_MEMORY ||
                      harness_last_status == NOCK_ERR_OUT_OF_MEMORY ||
                      strcmp(ERR_MESSAGE, "out of memory") == 0;
  harness_end(file, line, what, out_of_memory ? HARNESS_OUT_OF_MEMORY : 1);
}

#define CHECK(condition)                              \
  do {                                                \
    if (!(condition)) {                               \
      harness_fail(__FILE__, __LINE__, #condition);   \
    }                                                 \
  } while (0)

/*
 * The status of a call that is made once more when memory was refused to it on purpose: the refused call must have left
 * everything as it was. For calls outside of the checks, in threads, too; the call must not change its own arguments.
 */
#define RETRIED(call) (harness_was_refused(call) ? (harness_again = (call)) : harness_again)

#ifdef __cplusplus
#define HARNESS_THREAD_LOCAL thread_local
#else
#define HARNESS_THREAD_LOCAL _Thread_local
#endif
static HARNESS_THREAD_LOCAL nock_status_t harness_again;
static HARNESS_THREAD_LOCAL int harness_retried;
static HARNESS_THREAD_LOCAL int harness_calls_again;

static inline int harness_was_refused(nock_status_t status) {
  harness_again = status;
  harness_retried = status == NOCK_ERR_OUT_OF_MEMORY && harness_refusals() > 0;
  harness_calls_again += harness_retried;
  return harness_retried;
}

/* How many calls this thread has made once more since it asked last: what counts its calls has counted these, too. */
static inline int harness_made_again(void) {
  const int times = harness_calls_again;
  harness_calls_again = 0;
  return times;
}

static inline void harness_check_status(const char *file, int line, const char *call, nock_status_t expected,
                                        nock_status_t actual) {
  harness_last_status = actual;
  if (harness_retried && actual == NOCK_ERR_INVALID_ARGUMENT && actual != expected && strstr(call, "_finish") != NULL) {
    /* What the refused call consumed cannot be finished again. */
    harness_last_status = NOCK_ERR_OUT_OF_MEMORY;
  }
  if (actual != expected) {
    char text[512];
    snprintf(text, sizeof text, "%.400s gave %s, expected %s", call, nock_status_name(actual),
             nock_status_name(expected));
    harness_fail(file, line, text);
  }
  /* What the slot holds, if it was used at all, agrees with the status, also where memory ran out beside another failure. */
  if (actual == NOCK_OK && harness_error != NULL) {
    harness_end(file, line, "a call that succeeded left an error", 1);
  }
  if (harness_error != NULL && (nock_error_status(harness_error) != actual || ERR_MESSAGE[0] == '\0')) {
    harness_end(file, line, "the error does not say what the status says", 1);
  }
}

/* CHECK_STATUS(NOCK_ERR_CLOSED, nock_stream_flush(stream, ERR)); */
#define CHECK_STATUS(expected, call) \
  (harness_forget(), harness_check_status(__FILE__, __LINE__, #call, (expected), RETRIED(call)))
#define CHECK_OK(call) CHECK_STATUS(NOCK_OK, call)

/* CHECK_OK for a call that takes something even when it fails, such as bytes from a pipe: it is never made again. */
#define CHECK_OK_ONCE(call)                                                                        \
  (harness_retried = 0, harness_forget(), harness_check_status(__FILE__, __LINE__, #call, NOCK_OK, (call)))

/* The last error's message contains a text, such as the name of the argument that was wrong. */
#define CHECK_MESSAGE(text)                                                 \
  do {                                                                      \
    if (strstr(ERR_MESSAGE, (text)) == NULL && !harness_lacks_text()) {     \
      harness_fail(__FILE__, __LINE__, "the message does not say " #text);  \
    }                                                                       \
  } while (0)

/* Whether memory for the text was refused on purpose: a name in it is a ?, or all of it says so. The status was right. */
static inline int harness_lacks_text(void) {
  return harness_refusals() > 0 && (strchr(ERR_MESSAGE, '?') != NULL || strcmp(ERR_MESSAGE, "out of memory") == 0);
}

#define CHECK_TEXT(actual, expected)                                                          \
  do {                                                                                        \
    const char *harness_text = (actual);                                                      \
    if (harness_text == NULL || strcmp(harness_text, (expected)) != 0) {                      \
      fprintf(stderr, "  found:    %s\n", harness_text == NULL ? "(NULL)" : harness_text);    \
      fprintf(stderr, "  expected: %s\n", (expected));                                        \
      harness_fail(__FILE__, __LINE__, #actual " is not " #expected);                         \
    }                                                                                         \
  } while (0)

#define CHECK_BYTES(actual, expected, len) CHECK(memcmp((actual), (expected), (len)) == 0)

#define RUN(function)              \
  do {                             \
    harness_running = #function;   \
    function();                    \
    harness_forget();              \
    harness_row = NULL;            \
  } while (0)

/*
 * A table of cases is an array of structs with a member `name`. A check that fails in the loop over it names the row:
 *
 *   for (size_t i = 0; NEXT_ROW(i, cases); i++) {
 *     CHECK_STATUS(cases[i].status, nock_type_from_format(cases[i].format, &type, ERR));
 *   }
 */
#define ROWS(table) (sizeof(table) / sizeof(table)[0])
#define NEXT_ROW(i, table) harness_next_row((i) < ROWS(table) ? (table)[i].name : NULL)

static inline int harness_next_row(const char *name) {
  harness_row = name;
  return name != NULL;
}

/* The status of a program that got to its end. Every byte of the default pool must be back. */
static inline int harness_done(void) {
  harness_running = "the end";
  harness_row = NULL;
  harness_forget();
  harness_last_status = NOCK_OK;
  uint64_t left = nock_pool_bytes_allocated(nock_pool_default());
  if (left != 0) {
    fprintf(stderr, "%llu bytes of the default pool are still in use\n", (unsigned long long)left);
    return 1;
  }
  return 0;
}

#endif /* NOCK_HARNESS_H */
