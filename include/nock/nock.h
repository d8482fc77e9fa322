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
 *   pool             Memory pools.
 *   buffer           Buffers.
 *   buffer_builder   Buffer builders.
 *   stream           Streams.
 *   stream::open     Opening files.
 *   stream::map      Mapping files into memory.
 *   stream::memory   Streams over memory.
 *   stream::read     Reading.
 *   stream::write    Writing.
 *   stream::state    Position and state.
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
typedef struct nock_pool_t nock_pool_t;
typedef struct nock_buffer_t nock_buffer_t;
typedef struct nock_buffer_builder_t nock_buffer_builder_t;
typedef struct nock_stream_t nock_stream_t;

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

/**
 * Read what the library that is loaded was built with.
 *
 * @return static text: lines of a name, a colon and values separated by spaces, for version, pools, codecs, devices and
 *         file systems; more lines may come with newer libraries
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_build_info(void);

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

/* ---- pool -------------------------------------------------------------------------------------------------------- */

/**
 * Where data bytes come from, with statistics. A NULL pool is the default pool in every call.
 *
 * *Shared*: any function, any threads, at once.
 * Get one: nock_pool_default, nock_pool_get. End it: nock_pool_unref. Memory taken from a pool keeps it alive.
 */
struct nock_pool_t;

/**
 * Find the default pool.
 *
 * The environment chooses it when it is first needed: NOCK_DEFAULT_MEMORY_POOL names a backend, or else
 * ARROW_DEFAULT_MEMORY_POOL does, or else the first of nock_pool_backend_name_at is taken. A name that no backend has is
 * reported once on stderr.
 *
 * @return the pool, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
nock_pool_t *nock_pool_default(void);

/**
 * Make a pool the default for later calls.
 *
 * What was allocated before stays with its pool. A pool that was the default once lives as long as the process.
 *
 * @param pool   shared (adds a reference); may be NULL, then the environment's choice is the default again
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK; no NOCK_ERR_INVALID_ARGUMENT, since every pool will do
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_pool_set_default(nock_pool_t *pool,
                                    nock_error_t **error);

/**
 * Find the process-wide pool of a backend.
 *
 * @param name   the backend: "system", or another name from nock_pool_backend_name_at
 * @param out    receives the pool, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when this library has no such backend
 *         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_pool_get(const char *name, nock_pool_t **out, nock_error_t **error);

/**
 * Count the backends of this library.
 *
 * @return how many names nock_pool_backend_name_at has, at least 1
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_pool_backend_count(void);

/**
 * Name a backend.
 *
 * @param index  0 for the preferred one, up to nock_pool_backend_count() - 1
 * @return static text such as "mimalloc"; NULL when there are not so many
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_pool_backend_name_at(size_t index);

/**
 * Take raw memory from a pool.
 *
 * The bytes are uninitialised. Size 0 gives an aligned address that must not be accessed, and costs nothing.
 *
 * @param pool       borrowed; may be NULL
 * @param size       bytes
 * @param alignment  a power of two up to 2 MiB; 0 means 64
 * @param out        receives the address; give it back with nock_pool_dealloc and the same size and alignment
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or the alignment is no power of two up to 2 MiB
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_pool_alloc(nock_pool_t *pool,
                              size_t size,
                              size_t alignment,
                              void **out,
                              nock_error_t **error);

/**
 * Change the size of raw memory.
 *
 * The bytes that fit into both sizes are kept. On failure the memory is as it was.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param pool       borrowed; may be NULL; the pool that gave the memory
 * @param block      the variable with the address, which changes when the memory moves; NULL in it counts as size 0
 * @param old_size   the size it has
 * @param new_size   the size it shall have
 * @param alignment  the alignment it was taken with; 0 means 64
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
 *         NOCK_ERR_INVALID_ARGUMENT when block is NULL, when NULL in it has a size, or when the alignment is no power of
 *         two up to 2 MiB
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_pool_realloc(nock_pool_t *pool,
                                void **block,
                                size_t old_size,
                                size_t new_size,
                                size_t alignment,
                                nock_error_t **error);

/**
 * Give raw memory back to its pool.
 *
 * @param pool       borrowed; may be NULL; the pool that gave the memory
 * @param block      the address; NULL is fine
 * @param size       the size it has
 * @param alignment  the alignment it was taken with; 0 means 64
 *
 * Since: 0.1
 */
NOCK_API
void nock_pool_dealloc(nock_pool_t *pool, void *block, size_t size, size_t alignment);

/**
 * Read how many bytes of a pool are in use.
 *
 * @param pool  borrowed; may be NULL
 * @return bytes, as they were asked for
 *
 * Since: 0.1
 */
NOCK_API
uint64_t nock_pool_bytes_allocated(const nock_pool_t *pool);

/**
 * Read the most bytes of a pool that were ever in use at one time.
 *
 * @param pool  borrowed; may be NULL
 * @return bytes, as they were asked for
 *
 * Since: 0.1
 */
NOCK_API
uint64_t nock_pool_max_memory(const nock_pool_t *pool);

/**
 * Read how many bytes a pool ever gave out.
 *
 * @param pool  borrowed; may be NULL
 * @return bytes; making memory larger counts the difference, making it smaller counts nothing
 *
 * Since: 0.1
 */
NOCK_API
uint64_t nock_pool_total_bytes_allocated(const nock_pool_t *pool);

/**
 * Read how often a pool gave out memory.
 *
 * @param pool  borrowed; may be NULL
 * @return how often; making memory larger counts once, making it smaller does not count
 *
 * Since: 0.1
 */
NOCK_API
uint64_t nock_pool_num_allocations(const nock_pool_t *pool);

/**
 * Name what provides a pool's memory in the end.
 *
 * @param pool  borrowed; may be NULL
 * @return static text such as "mimalloc"
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_pool_backend_name(const nock_pool_t *pool);

/**
 * Return memory that a pool holds for reuse to the system.
 *
 * How much that is depends on the backend. No statistic changes.
 *
 * @param pool  borrowed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_pool_release_unused(nock_pool_t *pool);

/**
 * Add an owner to a pool.
 *
 * @param pool  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when pool is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_pool_t *nock_pool_ref(const nock_pool_t *pool);

/**
 * Give up one owner of a pool.
 *
 * @param pool  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_pool_unref(nock_pool_t *pool);

/**
 * Read how many bytes of the default pool are in use.
 *
 * @return bytes, as they were asked for
 *
 * Since: 0.1
 */
NOCK_API
uint64_t nock_total_allocated_bytes(void);

/* ---- buffer ------------------------------------------------------------------------------------------------------ */

/**
 * A run of bytes with an owner: memory of a pool, memory of the caller, or a part of another buffer.
 *
 * *Shared*: any function, any threads, at once. The library does not order writes to the bytes with other threads' reads.
 * nock_buffer_resize and nock_buffer_reserve need the only reference and move the bytes: no other thread may be using the
 * address it has read. Memory of a pool is aligned to 64 bytes at least and padded with zeros to a multiple of 64.
 * Get one: nock_buffer_alloc, nock_buffer_alloc_zeroed, nock_buffer_alloc_aligned, nock_buffer_alloc_resizable,
 * nock_buffer_new_copy, nock_buffer_new_foreign, nock_buffer_new_foreign_mutable, nock_buffer_slice,
 * nock_buffer_slice_mutable, nock_buffer_copy_range, nock_buffer_concat, nock_buffer_builder_finish.
 * End it: nock_buffer_unref. Read it: nock_buffer_data, nock_buffer_mutable_data, nock_buffer_address, nock_buffer_size,
 * nock_buffer_capacity, nock_buffer_is_cpu, nock_buffer_is_mutable, nock_buffer_is_resizable, nock_buffer_parent,
 * nock_buffer_equals, nock_buffer_equals_prefix, nock_buffer_hex. Change it: nock_buffer_resize, nock_buffer_reserve,
 * nock_buffer_freeze.
 */
struct nock_buffer_t;

/**
 * Ends the caller's memory behind a buffer: called exactly once, on any thread, when the last reference goes.
 *
 * It must not unwind or longjmp, and must not use the buffer.
 */
typedef void (*nock_release_fn)(void *user_data);

/** Flags of calls that change how much memory is held. */
enum {
  /** Give memory that is no longer needed back to the pool. */
  NOCK_BUFFER_RESIZE_SHRINK = 1
};

/**
 * Make a mutable buffer whose bytes are undefined.
 *
 * The padding behind them is zero.
 *
 * Cost: one allocation for the bytes, one for the object.
 *
 * @param size   bytes; 0 is allowed
 * @param pool   borrowed; may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_alloc(size_t size,
                                nock_pool_t *pool,
                                nock_buffer_t **out,
                                nock_error_t **error);

/**
 * Make a mutable buffer of zero bytes.
 *
 * The padding behind them is zero too.
 *
 * Cost: one allocation for the bytes, one for the object.
 *
 * @param size   bytes; 0 is allowed
 * @param pool   borrowed; may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_alloc_zeroed(size_t size,
                                       nock_pool_t *pool,
                                       nock_buffer_t **out,
                                       nock_error_t **error);

/**
 * Make a mutable buffer with a larger alignment.
 *
 * The bytes are undefined, the padding behind them is zero.
 *
 * Cost: one allocation for the bytes, one for the object.
 *
 * @param size       bytes; 0 is allowed
 * @param alignment  a power of two up to 2 MiB; below 64 counts as 64, so does 0
 * @param pool   borrowed; may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or the alignment is no power of two up to 2 MiB
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_alloc_aligned(size_t size,
                                        size_t alignment,
                                        nock_pool_t *pool,
                                        nock_buffer_t **out,
                                        nock_error_t **error);

/**
 * Make a mutable buffer whose size can change.
 *
 * The bytes are undefined, the padding behind them is zero. See nock_buffer_resize.
 *
 * Cost: one allocation for the bytes, one for the object.
 *
 * @param size   bytes; 0 is allowed
 * @param pool   borrowed; may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_alloc_resizable(size_t size,
                                          nock_pool_t *pool,
                                          nock_buffer_t **out,
                                          nock_error_t **error);

/**
 * Copy bytes into a new mutable buffer.
 *
 * The padding behind them is zero.
 *
 * Cost: one allocation for the bytes, one for the object.
 *
 * @param data   the bytes; may be NULL when len is 0
 * @param len    how many
 * @param pool   borrowed; may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL with a len
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_new_copy(const void *data,
                                   size_t len,
                                   nock_pool_t *pool,
                                   nock_buffer_t **out,
                                   nock_error_t **error);

/**
 * Make an immutable buffer over memory of the caller, without a copy.
 *
 * The memory stays as it is until release is called: exactly once, on any thread, when the last reference to the buffer and
 * its slices goes, and only if this call succeeded.
 *
 * Cost: one allocation for the object.
 *
 * @param data       the bytes; may be NULL when len is 0
 * @param len        how many
 * @param release    ends the memory; may be NULL, then the memory must live as long as the process
 * @param user_data  passed to release; may be NULL
 * @param out        receives the buffer, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL with a len
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_new_foreign(const void *data,
                                      size_t len,
                                      nock_release_fn release,
                                      void *user_data,
                                      nock_buffer_t **out,
                                      nock_error_t **error);

/**
 * Make a mutable buffer over memory of the caller, without a copy.
 *
 * The memory stays as it is until release is called: exactly once, on any thread, when the last reference to the buffer and
 * its slices goes, and only if this call succeeded.
 *
 * Cost: one allocation for the object.
 *
 * @param data       the bytes; may be NULL when len is 0
 * @param len        how many
 * @param release    ends the memory; may be NULL, then the memory must live as long as the process
 * @param user_data  passed to release; may be NULL
 * @param out        receives the buffer, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL with a len
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_new_foreign_mutable(void *data,
                                              size_t len,
                                              nock_release_fn release,
                                              void *user_data,
                                              nock_buffer_t **out,
                                              nock_error_t **error);

/**
 * Read where the bytes are.
 *
 * @param buffer  borrowed; may be NULL
 * @return the first byte, borrowed while the buffer lives and keeps its size; never NULL for a buffer on the CPU, even one of
 *         no bytes; NULL when buffer is NULL or the CPU cannot read its memory
 *
 * Since: 0.1
 */
NOCK_API
const void *nock_buffer_data(const nock_buffer_t *buffer);

/**
 * Read where the bytes are, to write them.
 *
 * @param buffer  borrowed; may be NULL
 * @return the first byte, borrowed while the buffer lives and keeps its size; NULL when buffer is NULL or immutable, or the CPU
 *         cannot write its memory
 *
 * Since: 0.1
 */
NOCK_API
void *nock_buffer_mutable_data(nock_buffer_t *buffer);

/**
 * Read the address of the bytes as a number, on whatever device they are.
 *
 * @param buffer  borrowed; may be NULL
 * @return the address; 0 when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
uint64_t nock_buffer_address(const nock_buffer_t *buffer);

/**
 * Read how many bytes a buffer has.
 *
 * @param buffer  borrowed; may be NULL
 * @return bytes, without the padding; 0 when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_buffer_size(const nock_buffer_t *buffer);

/**
 * Read how many bytes of memory a buffer has, padding included.
 *
 * @param buffer  borrowed; may be NULL
 * @return bytes, at least the size; 0 when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_buffer_capacity(const nock_buffer_t *buffer);

/**
 * Tell whether the CPU can read the bytes.
 *
 * @param buffer  borrowed; may be NULL
 * @return whether it can; false when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_buffer_is_cpu(const nock_buffer_t *buffer);

/**
 * Tell whether the bytes may be written.
 *
 * @param buffer  borrowed; may be NULL
 * @return whether they may; false when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_buffer_is_mutable(const nock_buffer_t *buffer);

/**
 * Tell whether the size may change.
 *
 * @param buffer  borrowed; may be NULL
 * @return whether it may; false when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_buffer_is_resizable(const nock_buffer_t *buffer);

/**
 * Find the buffer that a slice was taken from.
 *
 * @param buffer  borrowed; may be NULL
 * @return the parent, borrowed; NULL when buffer is NULL or is no slice
 *
 * Since: 0.1
 */
NOCK_API
const nock_buffer_t *nock_buffer_parent(const nock_buffer_t *buffer);

/**
 * Share a part of a buffer without copying.
 *
 * The slice keeps the memory alive and counts against the same pool. It is immutable, whatever the buffer is; what is
 * written to the buffer later shows in the slice.
 *
 * Cost: one small allocation.
 *
 * @param buffer  shared (adds a reference)
 * @param offset  first byte of the slice
 * @param len     bytes in the slice; 0 is allowed
 * @param out     receives the slice, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
 *         NOCK_ERR_BUSY when another thread is just resizing the buffer
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_slice(const nock_buffer_t *buffer,
                                size_t offset,
                                size_t len,
                                nock_buffer_t **out,
                                nock_error_t **error);

/**
 * Share a part of a mutable buffer without copying, for writing.
 *
 * The slice keeps the memory alive and counts against the same pool. Two slices may overlap: which thread writes which bytes
 * when is their users' business; the library orders nothing.
 *
 * Cost: one small allocation.
 *
 * @param buffer  shared (adds a reference)
 * @param offset  first byte of the slice
 * @param len     bytes in the slice; 0 is allowed
 * @param out     receives the slice, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or the buffer is immutable
 *         NOCK_ERR_BUSY when another thread is just resizing the buffer
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_slice_mutable(nock_buffer_t *buffer,
                                        size_t offset,
                                        size_t len,
                                        nock_buffer_t **out,
                                        nock_error_t **error);

/**
 * Change the size of a resizable buffer.
 *
 * The bytes that fit are kept, new ones are undefined, the padding is zero. Addresses that were read before are no longer
 * valid.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param buffer  borrowed; this must be its only reference, and no slice of it may live
 * @param size    bytes
 * @param flags   NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
 *         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
 *         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_resize(nock_buffer_t *buffer,
                                 size_t size,
                                 uint32_t flags,
                                 nock_error_t **error);

/**
 * Make room in a resizable buffer without changing its size.
 *
 * Growing up to the capacity then neither allocates nor moves. Addresses that were read before are no longer valid.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param buffer  borrowed; this must be its only reference, and no slice of it may live
 * @param capacity bytes to have room for in all
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
 *         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
 *         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_reserve(nock_buffer_t *buffer,
                                  size_t capacity,
                                  nock_error_t **error);

/**
 * Make a buffer immutable for good.
 *
 * Slices for writing that were taken before stay writable.
 *
 * @param buffer  borrowed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_buffer_freeze(nock_buffer_t *buffer);

/**
 * Compare the bytes of two buffers.
 *
 * Cost: reads both.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether size and bytes are the same; false when one is NULL, or is just being resized by another thread
 *
 * Since: 0.1
 */
NOCK_API
bool nock_buffer_equals(const nock_buffer_t *a,
                        const nock_buffer_t *b);

/**
 * Compare the first bytes of two buffers.
 *
 * Cost: reads them.
 *
 * @param a    borrowed; may be NULL
 * @param b    borrowed; may be NULL
 * @param len  how many bytes
 * @return whether both have so many bytes and they are the same; false when one is NULL, or is just being resized by another
 *         thread
 *
 * Since: 0.1
 */
NOCK_API
bool nock_buffer_equals_prefix(const nock_buffer_t *a,
                               const nock_buffer_t *b,
                               size_t len);

/**
 * Copy a part of a buffer into a new mutable buffer.
 *
 * The padding behind the copy is zero.
 *
 * Cost: one allocation for the bytes, one for the object, and the copy.
 *
 * @param buffer  borrowed
 * @param offset  first byte to copy
 * @param len     how many; 0 is allowed
 * @param pool    borrowed; may be NULL; kept alive by the new buffer
 * @param out     receives the copy, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
 *         NOCK_ERR_BUSY when another thread is just resizing the buffer
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_copy_range(const nock_buffer_t *buffer,
                                     size_t offset,
                                     size_t len,
                                     nock_pool_t *pool,
                                     nock_buffer_t **out,
                                     nock_error_t **error);

/**
 * Join buffers into a new mutable buffer.
 *
 * Cost: one allocation for the bytes, one for the object, and the copy.
 *
 * @param buffers  borrowed; an array of count buffers; may be NULL when count is 0
 * @param count    how many
 * @param pool     borrowed; may be NULL; kept alive by the new buffer
 * @param out      receives the joined bytes, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory, or the sizes add up to more than an address space
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out or one of the buffers is NULL, or buffers is NULL with a count
 *         NOCK_ERR_BUSY when another thread is just resizing one of the buffers
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_concat(const nock_buffer_t *const *buffers,
                                 size_t count,
                                 nock_pool_t *pool,
                                 nock_buffer_t **out,
                                 nock_error_t **error);

/**
 * Write the bytes of a buffer as hexadecimal text.
 *
 * Cost: one allocation for the text, one for the object.
 *
 * @param buffer  borrowed
 * @param pool    borrowed; may be NULL; kept alive by the text
 * @param out     receives a buffer with two upper-case digits for each byte, and a NUL behind its end, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
 *         NOCK_ERR_BUSY when another thread is just resizing the buffer
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_hex(const nock_buffer_t *buffer,
                              nock_pool_t *pool,
                              nock_buffer_t **out,
                              nock_error_t **error);

/**
 * Add an owner to a buffer.
 *
 * @param buffer  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when buffer is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_buffer_t *nock_buffer_ref(const nock_buffer_t *buffer);

/**
 * Give up one owner of a buffer; the last one ends its memory.
 *
 * @param buffer  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_buffer_unref(nock_buffer_t *buffer);

/* ---- buffer_builder ---------------------------------------------------------------------------------------------- */

/**
 * Collects bytes of unknown number and turns them into a buffer. A call that fails leaves it as it was.
 *
 * *Exclusive*: may move between threads, one call at a time.
 * Get one: nock_buffer_builder_new. End it: nock_buffer_builder_finish or nock_buffer_builder_free. Fill it:
 * nock_buffer_builder_reserve with nock_buffer_builder_advance, nock_buffer_builder_append,
 * nock_buffer_builder_append_fill, and one nock_buffer_builder_append_ function for each width of number.
 */
struct nock_buffer_builder_t;

/**
 * Make a builder that has collected nothing.
 *
 * Cost: one allocation; memory for bytes is taken when it is needed.
 *
 * @param pool   borrowed; may be NULL; kept alive by the builder and its buffer
 * @param out    receives the builder, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_new(nock_pool_t *pool,
                                      nock_buffer_builder_t **out,
                                      nock_error_t **error);

/**
 * Make room for more bytes and show where they go.
 *
 * What was written to the room counts after nock_buffer_builder_advance. The room stays valid until the next call that
 * collects, resizes or finishes. Growing at least doubles, so that collecting byte by byte costs the same for each byte.
 *
 * Cost: copies what was collected when it has to move.
 *
 * @param builder     borrowed
 * @param additional  bytes that must fit; 0 shows the room there is
 * @param out_tail    receives the address behind the last byte; may be NULL
 * @param out_room    receives how many bytes fit there, at least additional; may be NULL
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_reserve(nock_buffer_builder_t *builder,
                                          size_t additional,
                                          void **out_tail,
                                          size_t *out_room,
                                          nock_error_t **error);

/**
 * Count bytes that were written to the reserved room.
 *
 * @param builder  borrowed
 * @param len      how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when there is not so much room
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_advance(nock_buffer_builder_t *builder,
                                          size_t len,
                                          nock_error_t **error);

/**
 * Append bytes.
 *
 * @param builder  borrowed
 * @param data     the bytes, none of them in the builder itself; may be NULL when len is 0
 * @param len      how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, or data is NULL with a len
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append(nock_buffer_builder_t *builder,
                                         const void *data,
                                         size_t len,
                                         nock_error_t **error);

/**
 * Append one byte many times.
 *
 * @param builder  borrowed
 * @param byte     the byte
 * @param count    how many times
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_fill(nock_buffer_builder_t *builder,
                                              uint8_t byte,
                                              size_t count,
                                              nock_error_t **error);

/**
 * Append an int8_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_i8(nock_buffer_builder_t *builder,
                                            int8_t number,
                                            nock_error_t **error);

/**
 * Append an int16_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_i16(nock_buffer_builder_t *builder,
                                             int16_t number,
                                             nock_error_t **error);

/**
 * Append an int32_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_i32(nock_buffer_builder_t *builder,
                                             int32_t number,
                                             nock_error_t **error);

/**
 * Append an int64_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_i64(nock_buffer_builder_t *builder,
                                             int64_t number,
                                             nock_error_t **error);

/**
 * Append a uint8_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_u8(nock_buffer_builder_t *builder,
                                            uint8_t number,
                                            nock_error_t **error);

/**
 * Append a uint16_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_u16(nock_buffer_builder_t *builder,
                                             uint16_t number,
                                             nock_error_t **error);

/**
 * Append a uint32_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_u32(nock_buffer_builder_t *builder,
                                             uint32_t number,
                                             nock_error_t **error);

/**
 * Append a uint64_t in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_u64(nock_buffer_builder_t *builder,
                                             uint64_t number,
                                             nock_error_t **error);

/**
 * Append a float in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_f32(nock_buffer_builder_t *builder,
                                             float number,
                                             nock_error_t **error);

/**
 * Append a double in the machine's byte order.
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_append_f64(nock_buffer_builder_t *builder,
                                             double number,
                                             nock_error_t **error);

/**
 * Read how many bytes were collected.
 *
 * @param builder  borrowed; may be NULL
 * @return bytes; 0 when builder is NULL, or another call is using it
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_buffer_builder_size(const nock_buffer_builder_t *builder);

/**
 * Read how many bytes fit without another allocation.
 *
 * @param builder  borrowed; may be NULL
 * @return bytes, those collected included; 0 when builder is NULL, or another call is using it
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_buffer_builder_capacity(const nock_buffer_builder_t *builder);

/**
 * Read where the collected bytes are.
 *
 * @param builder  borrowed; may be NULL
 * @return the first byte, borrowed until the next call that collects, resizes or finishes; NULL when nothing was reserved yet,
 *         when builder is NULL, or another call is using it
 *
 * Since: 0.1
 */
NOCK_API
const void *nock_buffer_builder_data(const nock_buffer_builder_t *builder);

/**
 * Forget everything after the first bytes.
 *
 * @param builder  borrowed
 * @param size     how many to keep
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when fewer were collected
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_rewind(nock_buffer_builder_t *builder,
                                         size_t size,
                                         nock_error_t **error);

/**
 * Set how many bytes fit without another allocation.
 *
 * Cost: copies what was collected when it has to move.
 *
 * @param builder   borrowed
 * @param capacity  bytes that must fit, those collected included
 * @param flags     NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory beyond the capacity
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_OUT_OF_RANGE when more than capacity was collected
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_resize(nock_buffer_builder_t *builder,
                                         size_t capacity,
                                         uint32_t flags,
                                         nock_error_t **error);

/**
 * Turn the collected bytes into a mutable, resizable buffer.
 *
 * Room that is not needed goes back to the pool. The padding is zero. Without a byte collected the buffer is empty.
 *
 * Cost: one small allocation; copies the bytes when the pool cannot shrink in place.
 *
 * @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY and a NULL argument
 * @param out      receives the buffer, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
 *         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
 *         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_finish(nock_buffer_builder_t **builder,
                                         nock_buffer_t **out,
                                         nock_error_t **error);

/**
 * Turn the collected bytes into a mutable, resizable buffer that keeps its room.
 *
 * The capacity stays as it is, so that the buffer can grow without moving. The padding is zero. Without a byte collected the buffer is empty.
 *
 * Cost: one small allocation.
 *
 * @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY and a NULL argument
 * @param out      receives the buffer, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
 *         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
 *         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_finish_keep(nock_buffer_builder_t **builder,
                                              nock_buffer_t **out,
                                              nock_error_t **error);

/**
 * Forget everything and give the memory back.
 *
 * @param builder  borrowed
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_buffer_builder_reset(nock_buffer_builder_t *builder, nock_error_t **error);

/**
 * End a builder and what it collected.
 *
 * @param builder  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_buffer_builder_free(nock_buffer_builder_t *builder);

/* ---- stream ------------------------------------------------------------------------------------------------------ */

/**
 * A source or sink of bytes: a file, a memory map, a buffer.
 *
 * *Shared*: any function, any threads, at once. Calls that use the position of the stream, and calls that change its size or
 * close it, do not wait for each other: the later one gets NOCK_ERR_BUSY. Calls with an offset of their own run side by
 * side with each other and with one that uses the position.
 * Get one: nock_stream_open_path, nock_stream_open_fd, nock_stream_open_mmap, nock_stream_create_mmap,
 * nock_stream_open_buffer, nock_stream_new_buffer_writer, nock_stream_new_fixed_writer. End it: nock_stream_close, then
 * nock_stream_unref.
 * Read: nock_stream_read, nock_stream_read_exact, nock_stream_read_buffer, nock_stream_read_all, nock_stream_skip, and with
 * an offset nock_stream_read_at, nock_stream_read_at_buffer. Write: nock_stream_write, nock_stream_write_buffer,
 * nock_stream_write_vectored, nock_stream_write_at, nock_stream_flush, nock_stream_sync, nock_stream_truncate,
 * nock_stream_resize, nock_stream_finish_buffer. Position: nock_stream_seek, nock_stream_tell, nock_stream_size. Ask:
 * nock_stream_is_closed, nock_stream_is_readable, nock_stream_is_writable, nock_stream_is_seekable,
 * nock_stream_supports_zero_copy, nock_stream_mode, nock_stream_fileno.
 */
struct nock_stream_t;

/**
 * Close a stream and learn whether all went well.
 *
 * The stream is closed even if an error is reported; closing it again does nothing. Later calls give NOCK_ERR_CLOSED.
 * Buffers that were read stay valid. Closing does not put data on the storage device: see nock_stream_sync.
 *
 * @param stream  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system reports that something written before was lost
 *         NOCK_ERR_BUSY when another call is using the stream; it is not closed then
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_close(nock_stream_t *stream,
                                nock_error_t **error);

/**
 * Add an owner to a stream.
 *
 * @param stream  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_stream_t *nock_stream_ref(nock_stream_t *stream);

/**
 * Give up one owner of a stream.
 *
 * The last owner closes the stream if it is still open, and cannot learn whether that went well: call nock_stream_close
 * before, where it matters. No other thread may be in a call on the last reference.
 *
 * @param stream  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_stream_unref(nock_stream_t *stream);

/* ---- stream::open ------------------------------------------------------------------------------------------------ */

/** What a stream is opened for: one of the NOCK_OPEN_ values. */
typedef int32_t nock_open_mode_t;

/** The modes. */
enum {
  /** Reading for a path; for a descriptor, what it allows. */
  NOCK_OPEN_DEFAULT = 0,
  /** Reading. */
  NOCK_OPEN_READ = 1,
  /** Writing from the start. A file is made, or emptied; a memory map keeps what is there. */
  NOCK_OPEN_WRITE = 2,
  /** Writing behind what is there. A file is made if there is none. */
  NOCK_OPEN_APPEND = 3,
  /** Reading and writing. The file must exist and keeps what is in it, unless flags say otherwise. */
  NOCK_OPEN_READ_WRITE = 4
};

/** The flags of nock_stream_open_options_t. */
enum {
  /** Make the file if there is none, in mode NOCK_OPEN_READ_WRITE too. */
  NOCK_OPEN_FLAG_CREATE = 1,
  /** Refuse a file that exists. */
  NOCK_OPEN_FLAG_EXCLUSIVE = 2,
  /** Empty the file, in mode NOCK_OPEN_READ_WRITE too. */
  NOCK_OPEN_FLAG_TRUNCATE = 4,
  /** Refuse a path that ends in a symbolic link. */
  NOCK_OPEN_FLAG_NO_FOLLOW = 8,
  /** Leave the caller's descriptor open when the stream is closed; for nock_stream_open_fd. */
  NOCK_OPEN_FLAG_KEEP_DESCRIPTOR = 16
};

/** How files are opened. Start from NOCK_STREAM_OPEN_OPTIONS_INIT. */
typedef struct nock_stream_open_options_t {
  /** sizeof the struct in the caller's header. */
  uint32_t struct_size;
  /** NOCK_OPEN_FLAG_ bits. */
  uint32_t flags;
  /** Permissions of a new file, before the umask; 0: 0666. */
  uint32_t permissions;
  /** 0. */
  uint32_t reserved;
} nock_stream_open_options_t;
/** Start value of a nock_stream_open_options_t: everything default. */
#define NOCK_STREAM_OPEN_OPTIONS_INIT {sizeof(nock_stream_open_options_t), 0, 0, 0}

/**
 * Open a file.
 *
 * Children of the process do not inherit the descriptor. Streams that are only written or appended to cannot seek;
 * NOCK_OPEN_READ_WRITE can. Opening a named pipe waits for its other end.
 *
 * Cost: opens the file; three allocations.
 *
 * @param path     NUL-terminated, as the operating system takes it
 * @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is NOCK_OPEN_READ
 * @param options  may be NULL, then the defaults
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such file or folder
 *         NOCK_ERR_IO when the operating system refuses, for example for a directory or for lack of permission
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
 *         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, or mode or the size of options is not valid
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_open_path(const char *path,
                                    nock_open_mode_t mode,
                                    const nock_stream_open_options_t *options,
                                    nock_stream_t **out,
                                    nock_error_t **error);

/**
 * Open what a descriptor refers to.
 *
 * On success the descriptor belongs to the stream, which closes it; with NOCK_OPEN_FLAG_KEEP_DESCRIPTOR, and on
 * failure, it stays the caller's. Reading and writing start at the descriptor's position and move it. What the
 * descriptor has is never emptied. A descriptor without blocking is waited for.
 *
 * Cost: three allocations.
 *
 * @param fd       a descriptor of the process: a file, a pipe, a socket, a terminal
 * @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is what the descriptor allows
 * @param options  may be NULL, then the defaults
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system refuses, for example because nothing is open under fd
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, fd is negative or not open for mode, or mode or the size of
 *         options is not valid
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_open_fd(int32_t fd,
                                  nock_open_mode_t mode,
                                  const nock_stream_open_options_t *options,
                                  nock_stream_t **out,
                                  nock_error_t **error);

/* ---- stream::map ------------------------------------------------------------------------------------------------- */

/** The flags of nock_stream_map_options_t. */
enum {
  /** Refuse a path that ends in a symbolic link. */
  NOCK_MAP_FLAG_NO_FOLLOW = 1
};

/** Which part of a file is mapped. Start from NOCK_STREAM_MAP_OPTIONS_INIT. */
typedef struct nock_stream_map_options_t {
  /** sizeof the struct in the caller's header. */
  uint32_t struct_size;
  /** NOCK_MAP_FLAG_ bits. */
  uint32_t flags;
  /** Where the part starts in the file; a multiple of the page size. */
  uint64_t offset;
  /** Bytes of the part; 0: up to the end of the file. */
  uint64_t length;
} nock_stream_map_options_t;
/** Start value of a nock_stream_map_options_t: everything default. */
#define NOCK_STREAM_MAP_OPTIONS_INIT {sizeof(nock_stream_map_options_t), 0, 0, 0}

/**
 * Map a file into memory.
 *
 * Buffers that are read from the stream are parts of the map: nothing is copied, and they stay valid after the stream
 * is closed. The file must not be cut while such a buffer is in use: touching what is gone kills the process (SIGBUS).
 * Reads into the caller's memory and all writes go through the descriptor instead, and give NOCK_ERR_IO then. Writes
 * are within the size of the map, and seen at once by everybody who maps or reads the file.
 *
 * Cost: maps without reading; four allocations.
 *
 * @param path     NUL-terminated, as the operating system takes it
 * @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is NOCK_OPEN_READ, NOCK_OPEN_APPEND is not for maps
 * @param options  may be NULL, then the whole file
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such file
 *         NOCK_ERR_IO when the operating system refuses
 *         NOCK_ERR_OUT_OF_RANGE when the part is beyond the file, or larger than memory can be
 *         NOCK_ERR_UNSUPPORTED when the path is no regular file, or options has bits or fields that this library does
 *         not know
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, the offset is no multiple of the page size, or mode or
 *         the size of options is not valid
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_open_mmap(const char *path,
                                    nock_open_mode_t mode,
                                    const nock_stream_map_options_t *options,
                                    nock_stream_t **out,
                                    nock_error_t **error);

/**
 * Make a file of a given size and map it.
 *
 * The file is made, or what is in it is forgotten; its bytes are zero, and its disk space is taken at once, so that a
 * full disk shows here and not later. The stream is for reading and writing.
 *
 * Cost: takes the disk space; four allocations.
 *
 * @param path     NUL-terminated, as the operating system takes it
 * @param size     bytes; 0 is allowed
 * @param options  may be NULL, then the defaults
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system refuses, for example for lack of disk space; the file is then empty
 *         NOCK_ERR_NOT_FOUND when there is no such folder
 *         NOCK_ERR_OUT_OF_RANGE when size is larger than memory can be
 *         NOCK_ERR_UNSUPPORTED when the path is no regular file, or options has bits or fields that this library does
 *         not know
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, or the size of options is not valid
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_create_mmap(const char *path,
                                      uint64_t size,
                                      const nock_stream_open_options_t *options,
                                      nock_stream_t **out,
                                      nock_error_t **error);

/* ---- stream::memory ---------------------------------------------------------------------------------------------- */

/**
 * Read a buffer as a stream.
 *
 * Buffers that are read from the stream are parts of the buffer; nothing is copied.
 *
 * Cost: two allocations.
 *
 * @param buffer  shared (adds a reference)
 * @param out     receives the stream, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_UNSUPPORTED when the CPU cannot read the buffer
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_open_buffer(const nock_buffer_t *buffer,
                                      nock_stream_t **out,
                                      nock_error_t **error);

/**
 * Collect what is written in a buffer.
 *
 * The memory grows as needed. nock_stream_finish_buffer gives what was collected.
 *
 * Cost: two allocations, and one from the pool for capacity.
 *
 * @param capacity  bytes to make room for at once; 0 is allowed
 * @param pool      borrowed; may be NULL; kept alive by the stream and the buffer
 * @param out       receives the stream, owned
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_new_buffer_writer(size_t capacity,
                                            nock_pool_t *pool,
                                            nock_stream_t **out,
                                            nock_error_t **error);

/**
 * Write into a buffer of fixed size.
 *
 * Writing starts at the first byte of the buffer, and gives NOCK_ERR_OUT_OF_RANGE, with nothing written, where it
 * would go beyond the last.
 *
 * Cost: two allocations.
 *
 * @param buffer  shared (adds a reference); mutable
 * @param out     receives the stream, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_UNSUPPORTED when the CPU cannot write the buffer
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or the buffer is immutable
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_new_fixed_writer(nock_buffer_t *buffer,
                                           nock_stream_t **out,
                                           nock_error_t **error);

/**
 * Take what a buffer writer collected.
 *
 * The stream is closed by it. Asked again, or after nock_stream_close, it gives the same buffer.
 *
 * Cost: may copy, when the collected bytes fill their memory only in part.
 *
 * @param stream  borrowed
 * @param out     receives the buffer, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when the stream is no buffer writer
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory; the stream is not closed then
 *         NOCK_ERR_BUSY when another call is using the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_finish_buffer(nock_stream_t *stream,
                                        nock_buffer_t **out,
                                        nock_error_t **error);

/* ---- stream::read ------------------------------------------------------------------------------------------------ */

/**
 * Read at the position.
 *
 * Files, maps and buffers give all cap bytes, fewer only before their end; pipes, sockets and terminals give what is
 * there and wait only while there is nothing.
 *
 * @param stream  borrowed
 * @param dst     writable for cap bytes; may be NULL when cap is 0
 * @param cap     bytes wanted
 * @param out_n   receives how many were read; 0 only at the end, or when cap is 0
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut; the position is then where it was,
 *         unless the stream cannot seek
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL, or dst is NULL and cap is not 0
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_read(nock_stream_t *stream,
                               void *dst,
                               size_t cap,
                               size_t *out_n,
                               nock_error_t **error);

/**
 * Read exactly as many bytes as wanted.
 *
 * @param stream  borrowed
 * @param dst     writable for len bytes; may be NULL when len is 0
 * @param len     bytes wanted
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the stream ends before, with OS code 0; dst then has undefined contents and the position is
 *         at the end
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or dst is NULL and len is not 0
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_read_exact(nock_stream_t *stream,
                                     void *dst,
                                     size_t len,
                                     nock_error_t **error);

/**
 * Read at the position into a buffer.
 *
 * A stream that lends its memory (nock_stream_supports_zero_copy) gives a part of it; others give a copy in memory of
 * the pool, which is taken for no more than the stream has, however large len is.
 *
 * Cost: one small allocation without a copy; otherwise one more from the pool.
 *
 * @param stream  borrowed
 * @param len     bytes wanted; the buffer has fewer only at the end of the stream
 * @param pool    borrowed; may be NULL; kept alive by the buffer
 * @param out     receives the buffer, owned; empty at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_read_buffer(nock_stream_t *stream,
                                      size_t len,
                                      nock_pool_t *pool,
                                      nock_buffer_t **out,
                                      nock_error_t **error);

/**
 * Read everything from the position to the end.
 *
 * What nock_stream_read_buffer says holds here too.
 *
 * Cost: as nock_stream_read_buffer.
 *
 * @param stream  borrowed
 * @param pool    borrowed; may be NULL; kept alive by the buffer
 * @param out     receives the buffer, owned; empty at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_read_all(nock_stream_t *stream,
                                   nock_pool_t *pool,
                                   nock_buffer_t **out,
                                   nock_error_t **error);

/**
 * Read at an offset.
 *
 * The position stays. Any number of threads may do this at once.
 *
 * @param stream  borrowed
 * @param offset  where to read, from the start
 * @param dst     writable for cap bytes; may be NULL when cap is 0
 * @param cap     bytes wanted
 * @param out_n   receives how many were read; fewer than cap only at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset is beyond the end of a buffer or a map; a file reads nothing there
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading, or has no offsets, like pipes and sockets
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL, or dst is NULL and cap is not 0
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_read_at(const nock_stream_t *stream,
                                  uint64_t offset,
                                  void *dst,
                                  size_t cap,
                                  size_t *out_n,
                                  nock_error_t **error);

/**
 * Read at an offset into a buffer.
 *
 * The position stays. Any number of threads may do this at once. A stream that lends its memory
 * (nock_stream_supports_zero_copy) gives a part of it; others give a copy in memory of the pool, which is taken for no
 * more than the stream has, however large len is.
 *
 * Cost: as nock_stream_read_buffer; a map is asked whether its file still has the bytes.
 *
 * @param stream  borrowed
 * @param offset  where to read, from the start
 * @param len     bytes wanted; the buffer has fewer only at the end of the stream
 * @param pool    borrowed; may be NULL; kept alive by the buffer
 * @param out     receives the buffer, owned; empty at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset is beyond the end of a buffer or a map; a file reads nothing there
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading, or has no offsets, like pipes and sockets
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_read_at_buffer(const nock_stream_t *stream,
                                         uint64_t offset,
                                         size_t len,
                                         nock_pool_t *pool,
                                         nock_buffer_t **out,
                                         nock_error_t **error);

/**
 * Move the position forward.
 *
 * Works on every stream that can be read: those that cannot seek read and forget.
 *
 * @param stream  borrowed
 * @param len     bytes to skip
 * @param out_n   receives how many were skipped; fewer than len only at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was cut
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_skip(nock_stream_t *stream,
                               uint64_t len,
                               uint64_t *out_n,
                               nock_error_t **error);

/* ---- stream::write ----------------------------------------------------------------------------------------------- */

/** A run of the caller's bytes. */
typedef struct nock_bytes_t {
  /** The first byte; may be NULL when len is 0. */
  const void *data;
  /** How many there are. */
  size_t len;
} nock_bytes_t;

/**
 * Write at the position.
 *
 * All bytes are written, or the call fails; a file may then have a part of them, and nock_stream_tell says how far.
 * The host gets no SIGPIPE or SIGXFSZ from it.
 *
 * @param stream  borrowed
 * @param data    readable for len bytes; may be NULL when len is 0
 * @param len     bytes
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, such as for a full disk or a pipe that nobody reads, or a
 *         mapped file was cut
 *         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
 *         NOCK_ERR_OUT_OF_MEMORY when a buffer writer has no memory; nothing is written then
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for writing
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or data is NULL and len is not 0, or the buffer of a fixed
 *         writer was made immutable
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_write(nock_stream_t *stream,
                                const void *data,
                                size_t len,
                                nock_error_t **error);

/**
 * Write the bytes of a buffer at the position.
 *
 * Otherwise like nock_stream_write.
 *
 * @param stream  borrowed
 * @param buffer  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, such as for a full disk or a pipe that nobody reads, or a
 *         mapped file was cut
 *         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
 *         NOCK_ERR_OUT_OF_MEMORY when a buffer writer has no memory; nothing is written then
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for writing
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or buffer is NULL, or the buffer of a fixed writer was made immutable
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_write_buffer(nock_stream_t *stream,
                                       const nock_buffer_t *buffer,
                                       nock_error_t **error);

/**
 * Write many runs at the position, one behind the other.
 *
 * The runs are not put together in memory before. Otherwise like nock_stream_write.
 *
 * Cost: one allocation for the list.
 *
 * @param stream  borrowed
 * @param runs    an array of count runs, borrowed; may be NULL when count is 0
 * @param count   runs
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, such as for a full disk or a pipe that nobody reads, or a
 *         mapped file was cut
 *         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
 *         NOCK_ERR_OUT_OF_MEMORY when a buffer writer has no memory, or there is none for the list of runs; nothing is
 *         written then
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for writing
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, runs is NULL and count is not 0, or a run has no data but a
 *         length, or the buffer of a fixed writer was made immutable
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_write_vectored(nock_stream_t *stream,
                                         const nock_bytes_t *runs,
                                         size_t count,
                                         nock_error_t **error);

/**
 * Write at an offset.
 *
 * The position stays. Any number of threads may do this at once; writing the same bytes from two of them leaves either
 * in them.
 *
 * @param stream  borrowed
 * @param offset  where to write, from the start
 * @param data    readable for len bytes; may be NULL when len is 0
 * @param len     bytes
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, such as for a full disk or a pipe that nobody reads, or a
 *         mapped file was cut
 *         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for writing, or has no offsets: pipes, sockets, buffer
 *         writers, and files that are appended to
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or data is NULL and len is not 0, or the buffer of a fixed
 *         writer was made immutable
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_write_at(nock_stream_t *stream,
                                   uint64_t offset,
                                   const void *data,
                                   size_t len,
                                   nock_error_t **error);

/**
 * Hand everything that was written to the operating system.
 *
 * Other programs see it then. The streams of this library that are not buffered have done so when a write returns.
 *
 * @param stream  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_flush(nock_stream_t *stream,
                                nock_error_t **error);

/**
 * Put everything that was written on the storage device.
 *
 * It then survives a loss of power. Does nothing for streams over memory.
 *
 * Cost: waits for the device.
 *
 * @param stream  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_UNSUPPORTED when the stream has no storage device: pipes, sockets and devices
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_sync(nock_stream_t *stream, nock_error_t **error);

/**
 * Cut a file, or extend it with zeros.
 *
 * What is added takes no disk space before it is written. The position stays.
 *
 * @param stream  borrowed
 * @param size    bytes that it shall have
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_UNSUPPORTED when the stream is not a file that is open for writing
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_truncate(nock_stream_t *stream, uint64_t size, nock_error_t **error);

/**
 * Change the size of a file or a memory map.
 *
 * What is added is zero, and its disk space is taken at once, so that a full disk shows here and not later. A position
 * beyond the new size moves to it.
 *
 * @param stream  borrowed
 * @param size    bytes that it shall have
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_BUSY when buffers that the map lent are alive, or another call is using the stream
 *         NOCK_ERR_IO when the operating system fails, such as for a full disk; the size is then as it was
 *         NOCK_ERR_UNSUPPORTED when the stream is not a file or a whole map that is open for writing
 *         NOCK_ERR_OUT_OF_RANGE when size is larger than memory can map
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_resize(nock_stream_t *stream,
                                 uint64_t size,
                                 nock_error_t **error);

/* ---- stream::state ----------------------------------------------------------------------------------------------- */

/**
 * Move the position.
 *
 * @param stream    borrowed
 * @param position  bytes from the start
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when a buffer or a map is smaller than position; a file may be, and then reads nothing
 *         there
 *         NOCK_ERR_UNSUPPORTED when the stream cannot seek: pipes, sockets, buffer writers, and files that are only
 *         written
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_seek(nock_stream_t *stream,
                               uint64_t position,
                               nock_error_t **error);

/**
 * Read the position.
 *
 * @param stream        borrowed
 * @param out_position  receives the bytes from the start; what was moved so far if the stream cannot seek
 * @param error         receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_position is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_tell(nock_stream_t *stream,
                               uint64_t *out_position,
                               nock_error_t **error);

/**
 * Read how many bytes the stream has in all.
 *
 * @param stream    borrowed
 * @param out_size  receives the bytes
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when it has no size: pipes, sockets and devices
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_size is NULL
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_stream_size(const nock_stream_t *stream,
                               uint64_t *out_size,
                               nock_error_t **error);

/**
 * Ask whether a stream was closed.
 *
 * @param stream  borrowed; may be NULL
 * @return whether it was; false when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_stream_is_closed(const nock_stream_t *stream);

/**
 * Ask whether a stream can be read.
 *
 * @param stream  borrowed; may be NULL
 * @return whether it is open, and for reading; false when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_stream_is_readable(const nock_stream_t *stream);

/**
 * Ask whether a stream can be written.
 *
 * @param stream  borrowed; may be NULL
 * @return whether it is open, and for writing; false when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_stream_is_writable(const nock_stream_t *stream);

/**
 * Ask whether the position can be moved.
 *
 * @param stream  borrowed; may be NULL
 * @return whether nock_stream_seek works; false when the stream is closed or NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_stream_is_seekable(const nock_stream_t *stream);

/**
 * Ask whether a stream lends its memory.
 *
 * @param stream  borrowed; may be NULL
 * @return whether nock_stream_read_buffer, nock_stream_read_at_buffer and nock_stream_read_all give parts of the
 *         stream's own memory instead of copies; false when the stream is closed or NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_stream_supports_zero_copy(const nock_stream_t *stream);

/**
 * Read what a stream was opened for.
 *
 * @param stream  borrowed; may be NULL
 * @return one of the NOCK_OPEN_ values, NOCK_OPEN_DEFAULT when stream is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_open_mode_t nock_stream_mode(const nock_stream_t *stream);

/**
 * Read the descriptor behind a stream.
 *
 * @param stream  borrowed; may be NULL
 * @return the descriptor, which stays the stream's; -1 when the stream has none, is closed or NULL
 *
 * Since: 0.1
 */
NOCK_API
int32_t nock_stream_fileno(const nock_stream_t *stream);

#ifdef __cplusplus
}
#endif

#endif /* NOCK_NOCK_H */
