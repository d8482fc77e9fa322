/*
 * nock: Apache Arrow's memory, IO streams and IPC behind a plain C interface.
 *
 * This file is generated from the library's sources by tools/gen-header: change those, not this.
 *
 * A complete program
 *
 *   #include <nock/nock.h>
 *   #include <stdio.h>
 *
 *   int main(void) {
 *     if (nock_abi_version() != NOCK_ABI_VERSION) {
 *       fprintf(stderr, "built for another nock than %s\n", nock_version_string());
 *       return 1;
 *     }
 *     printf("nock %s\n", nock_version_string());
 *     return 0;
 *   }
 *
 * Ownership
 *
 *   A pointer that arrives through a parameter named out or out_... is owned: give it back with the one _unref or _free
 *   function of its type. Counted types have _ref and _unref, types with a single owner have _free. A pointer that a
 *   function returns directly is borrowed: it lives as long as the object it was asked of; _ref is the exception. No
 *   function takes over a handle of the caller, save those that take a pointer to the handle and set it to NULL. Memory
 *   never crosses with plain malloc or free: foreign memory comes with its own release function.
 *
 * Errors
 *
 *   Every function that can fail returns a nock_status_t and takes a nock_error_t ** as its last argument, which may be
 *   NULL. On failure it receives an owned error with one line of text; on success it is left alone. Outputs that are
 *   objects become NULL on failure, outputs that are numbers stay as they were. NULL arguments, closed streams and bad
 *   bytes give a status, never a crash. The library prints nothing and installs no signal handlers.
 *
 * Threads
 *
 *   Every type has one of three lines in its comment. Shared: any function, any threads, at once. Exclusive: may move
 *   between threads, one call at a time; a second call at the same time gives NOCK_ERR_BUSY. Immutable: like shared, and
 *   never changes. The last _unref may come from any thread. There is no thread-local state.
 *
 * Binary interface
 *
 *   Functions and constants are only added, never changed, while nock_abi_version() stays the same; the SONAME carries
 *   that number. Sized structs grow at the end and are started from their _INIT macro. While the major version is 0,
 *   each minor version may be a new interface.
 *
 * Linking
 *
 *   CMake: find_package(nock) and nock::nock (shared) or nock::static. pkg-config: nock, or nock-static with --static.
 *   By hand: -lnock, or libnock.a -lpthread -ldl -lm.
 *
 * Contents
 *
 *   version          The library's version.
 *   status           Status codes.
 *   error            Error objects.
 */
#ifndef NOCK_NOCK_H
#define NOCK_NOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arrow_abi.h"

/* ---- version ------------------------------------------------------------------------------------------------- */

#define NOCK_VERSION_MAJOR 0
#define NOCK_VERSION_MINOR 1
#define NOCK_VERSION_PATCH 0
/** major * 1000000 + minor * 1000 + patch */
#define NOCK_VERSION_NUMBER 1000
#define NOCK_VERSION_STRING "0.1.0"
/** What nock_abi_version() of a library that fits this header returns. */
#define NOCK_ABI_VERSION 1

/* ---- marks on declarations ----------------------------------------------------------------------------------- */

#if defined(_WIN32) && !defined(NOCK_STATIC)
#define NOCK_API __declspec(dllimport)
#elif defined(__GNUC__)
#define NOCK_API __attribute__((visibility("default")))
#else
#define NOCK_API
#endif

/** The result of the call must be looked at. */
#if defined(__GNUC__)
#define NOCK_NODISCARD __attribute__((warn_unused_result))
#else
#define NOCK_NODISCARD
#endif

/** The function goes away with the next SONAME. Define NOCK_NO_DEPRECATED to silence the warning. */
#if defined(__GNUC__) && !defined(NOCK_NO_DEPRECATED)
#define NOCK_DEPRECATED(note) __attribute__((deprecated(note)))
#else
#define NOCK_DEPRECATED(note)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- objects: their fields are private, their comments stand in the chapters below ---- */

typedef struct nock_error_t nock_error_t;

/* ---- version ----------------------------------------------------------------------------------------------------- */

/**
 * Read the version of the library that is loaded.
 *
 * @return major * 1000000 + minor * 1000 + patch, the same as NOCK_VERSION_NUMBER of the header it was built with
 *
 * Since: 0.1
 */
NOCK_API
uint32_t nock_version_number(void);

/**
 * Read the version of the library that is loaded, as text.
 *
 * @return static text such as "0.1.0"
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_version_string(void);

/**
 * Read the version of the binary interface, which changes only with the SONAME.
 *
 * @return the number behind "libnock.so.": the major version, or the minor version while the major version is 0
 *
 * Since: 0.1
 */
NOCK_API
uint32_t nock_abi_version(void);

/* ---- status ------------------------------------------------------------------------------------------------------ */

/**
 * The result of a call: NOCK_OK or one of the NOCK_ERR_ values.
 *
 * A newer library may return values that this header does not list: treat them as failures.
 */
typedef int32_t nock_status_t;

/** Every status. Numbers below 100 are stable; retired ones stay reserved. */
enum {
  /** Success. */
  NOCK_OK = 0,
  /** An argument is not acceptable; the message names it. */
  NOCK_ERR_INVALID_ARGUMENT = 1,
  /** An index or range lies outside the object. */
  NOCK_ERR_OUT_OF_RANGE = 2,
  /** The allocator had no memory; nothing changed. */
  NOCK_ERR_OUT_OF_MEMORY = 3,
  /** A limit of a pool or of the options would be exceeded; nothing changed. */
  NOCK_ERR_LIMIT = 4,
  /** The operating system or the other end failed; nock_error_os_code has its number. */
  NOCK_ERR_IO = 5,
  /** There is no such file, name or item. */
  NOCK_ERR_NOT_FOUND = 6,
  /** The object was closed before. */
  NOCK_ERR_CLOSED = 7,
  /** Another call is using the object, or something still refers to it. */
  NOCK_ERR_BUSY = 8,
  /** Input violates its format; the message says where, what was expected and what was found. */
  NOCK_ERR_CORRUPT = 9,
  /** The library cannot do this with this object, or not at all. */
  NOCK_ERR_UNSUPPORTED = 10,
  /** A callback failed; nock_error_callback_status has what it returned. */
  NOCK_ERR_CALLBACK = 11,
  /** The operation was cancelled. */
  NOCK_ERR_CANCELLED = 12,
  /** A bug in the library: the call had no effect that can be relied on. */
  NOCK_ERR_INTERNAL = 100,
  /** Statuses of the caller's callbacks start here; they come back as NOCK_ERR_CALLBACK. */
  NOCK_CALLBACK_STATUS_BASE = 1000
};

/**
 * Name a status.
 *
 * @param status  any number
 * @return static text such as "NOCK_ERR_IO"; "NOCK_ERR_UNKNOWN" for a number that this library does not know
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_status_name(nock_status_t status);

/* ---- error ------------------------------------------------------------------------------------------------------- */

/**
 * What went wrong in one call: status, one line of text, and the numbers behind it.
 *
 * *Exclusive*: may move between threads, one call at a time.
 * Get one: pass the address of a `nock_error_t *` as the last argument of any fallible call. End it: nock_error_free.
 */
struct nock_error_t;

/**
 * Read the status of an error.
 *
 * @param error  borrowed; may be NULL
 * @return the status that the failing call returned; NOCK_OK when error is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_status_t nock_error_status(const nock_error_t *error);

/**
 * Read what went wrong, as one line of UTF-8 text.
 *
 * Cost: the first call renders the text, with one allocation.
 *
 * @param error  borrowed; may be NULL
 * @return the text, borrowed until the error is freed; empty text when error is NULL, never NULL
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_error_message(const nock_error_t *error);

/**
 * Read the operating system's error number.
 *
 * @param error  borrowed; may be NULL
 * @return errno (GetLastError on Windows) of the failed system call; 0 when there was none
 *
 * Since: 0.1
 */
NOCK_API
int32_t nock_error_os_code(const nock_error_t *error);

/**
 * Read what the caller's own callback returned.
 *
 * @param error  borrowed; may be NULL
 * @return the status that the failing callback returned; 0 when no callback failed
 *
 * Since: 0.1
 */
NOCK_API
int32_t nock_error_callback_status(const nock_error_t *error);

/**
 * End an error.
 *
 * @param error  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_error_free(nock_error_t *error);

#ifdef __cplusplus
}
#endif

#endif /* NOCK_NOCK_H */
