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
 *   text             Text with a length.
 *   metadata         Metadata: bytes under bytes.
 *   type             Types.
 *   type::simple     Types without parameters: each exists once and lives as long as the process.
 *   type::sized      Types with numbers, units or time zones as parameters.
 *   type::nested     Types that are made of other types.
 *   type::parameter  The parameters of types.
 *   field            Fields.
 *   schema           Schemas.
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
typedef struct nock_metadata_t nock_metadata_t;
typedef struct nock_type_t nock_type_t;
typedef struct nock_field_t nock_field_t;
typedef struct nock_schema_t nock_schema_t;

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

/* ---- text -------------------------------------------------------------------------------------------------------- */

/**
 * Bytes with a length: text that may contain NUL, or bytes that are no text at all. It owns nothing.
 *
 * From the library: borrowed from the object that gave it, and not NULL unless there is no such text. To the library: read
 * during the call only; (NULL, 0) is empty.
 */
typedef struct nock_str_t {
  /** The first byte. */
  const char *data;
  /** The number of bytes. */
  size_t len;
} nock_str_t;

/* ---- metadata ---------------------------------------------------------------------------------------------------- */

/**
 * An ordered list of entries, each a key and a value. Both are bytes; keys may be empty and may repeat. The library keeps
 * entries as they are and interprets none of them.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_metadata_new, nock_field_metadata, nock_schema_metadata. End it: nock_metadata_unref. Read it:
 * nock_metadata_count, nock_metadata_key, nock_metadata_value, nock_metadata_find, nock_metadata_equals.
 */
struct nock_metadata_t;

/**
 * Make metadata from keys and values.
 *
 * Keys and values are copied.
 *
 * Cost: copies all bytes; two allocations for each entry.
 *
 * @param keys    count keys; may be NULL when count is 0
 * @param values  count values, in the order of the keys; may be NULL when count is 0
 * @param count   number of entries
 * @param out     receives the metadata, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or keys, values or the data of one of them is NULL although
 *           something was announced
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the entries
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_metadata_new(const nock_str_t *keys,
                                const nock_str_t *values,
                                size_t count,
                                nock_metadata_t **out,
                                nock_error_t **error);

/**
 * Count the entries.
 *
 * @param metadata  borrowed; may be NULL
 * @return the number of entries; 0 when metadata is NULL
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_metadata_count(const nock_metadata_t *metadata);

/**
 * Read the key of an entry.
 *
 * @param metadata  borrowed; may be NULL
 * @param index     0 to nock_metadata_count - 1
 * @return the key, borrowed until the metadata ends; its data is NULL when metadata is NULL or there is no such entry
 *
 * Since: 0.1
 */
NOCK_API
nock_str_t nock_metadata_key(const nock_metadata_t *metadata,
                             size_t index);

/**
 * Read the value of an entry.
 *
 * @param metadata  borrowed; may be NULL
 * @param index     0 to nock_metadata_count - 1
 * @return the value, borrowed until the metadata ends; its data is NULL when metadata is NULL or there is no such
 *         entry
 *
 * Since: 0.1
 */
NOCK_API
nock_str_t nock_metadata_value(const nock_metadata_t *metadata,
                               size_t index);

/**
 * Find an entry by its key.
 *
 * Cost: looks at the entries one after the other.
 *
 * @param metadata   borrowed
 * @param key        key_len bytes; may be NULL when key_len is 0
 * @param key_len    bytes in the key
 * @param from       the first index to look at; 0 for all entries
 * @param out_index  receives the index of the first entry from there on that has the key
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such entry
 *         NOCK_ERR_INVALID_ARGUMENT when metadata or out_index is NULL, or key is NULL and key_len is not 0
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_metadata_find(const nock_metadata_t *metadata,
                                 const void *key,
                                 size_t key_len,
                                 size_t from,
                                 size_t *out_index,
                                 nock_error_t **error);

/**
 * Compare metadata: the same entries, in any order.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_metadata_equals(const nock_metadata_t *a, const nock_metadata_t *b);

/**
 * Add an owner to metadata.
 *
 * @param metadata  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when metadata is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_metadata_t *nock_metadata_ref(const nock_metadata_t *metadata);

/**
 * Give up one owner of metadata; the last one ends it.
 *
 * @param metadata  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_metadata_unref(nock_metadata_t *metadata);

/* ---- type -------------------------------------------------------------------------------------------------------- */

/**
 * A type of the Arrow format, with its parameters.
 *
 * An extension type is the type that its values are stored as; which extension it is stands in the metadata of a field:
 * nock_field_extension_name.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_type_int32 and the like for types without parameters, nock_type_new_... for types with parameters,
 * nock_type_simple by number, nock_type_from_format, nock_field_type. End it: nock_type_unref. Read it: nock_type_id,
 * nock_type_bit_width, nock_type_byte_width, nock_type_precision, nock_type_scale, nock_type_unit, nock_type_timezone,
 * nock_type_list_size, nock_type_num_fields, nock_type_field, nock_type_union_ids, nock_type_has_sorted_keys,
 * nock_type_dictionary_index, nock_type_dictionary_value, nock_type_is_ordered, nock_type_equals, nock_type_to_text,
 * nock_type_to_format.
 */
struct nock_type_t;

/**
 * Which type it is, without its parameters: one of the NOCK_TYPE_ values.
 *
 * A newer library may return values that this header does not list.
 */
typedef int32_t nock_type_id_t;

/** Every type of the Arrow format. The numbers are those of Arrow C++ plus one; 0 is no type. */
enum {
  /** No type. */
  NOCK_TYPE_NONE = 0,
  /** Nothing but nulls, without buffers. */
  NOCK_TYPE_NULL = 1,
  /** One bit a value. */
  NOCK_TYPE_BOOLEAN = 2,
  /** Unsigned integers of 8 bits. */
  NOCK_TYPE_UINT8 = 3,
  /** Integers of 8 bits. */
  NOCK_TYPE_INT8 = 4,
  /** Unsigned integers of 16 bits. */
  NOCK_TYPE_UINT16 = 5,
  /** Integers of 16 bits. */
  NOCK_TYPE_INT16 = 6,
  /** Unsigned integers of 32 bits. */
  NOCK_TYPE_UINT32 = 7,
  /** Integers of 32 bits. */
  NOCK_TYPE_INT32 = 8,
  /** Unsigned integers of 64 bits. */
  NOCK_TYPE_UINT64 = 9,
  /** Integers of 64 bits. */
  NOCK_TYPE_INT64 = 10,
  /** IEEE 754 numbers of 16 bits. */
  NOCK_TYPE_FLOAT16 = 11,
  /** IEEE 754 numbers of 32 bits. */
  NOCK_TYPE_FLOAT32 = 12,
  /** IEEE 754 numbers of 64 bits. */
  NOCK_TYPE_FLOAT64 = 13,
  /** UTF-8 text with 32-bit offsets. */
  NOCK_TYPE_UTF8 = 14,
  /** Bytes with 32-bit offsets. */
  NOCK_TYPE_BINARY = 15,
  /** As many bytes in every value: nock_type_byte_width. */
  NOCK_TYPE_FIXED_SIZE_BINARY = 16,
  /** Days since 1970-01-01, in 32 bits. */
  NOCK_TYPE_DATE32 = 17,
  /** Milliseconds since 1970-01-01, whole days, in 64 bits. */
  NOCK_TYPE_DATE64 = 18,
  /** Time since 1970-01-01 00:00 in 64 bits: nock_type_unit, nock_type_timezone. */
  NOCK_TYPE_TIMESTAMP = 19,
  /** Time since midnight in 32 bits, in seconds or milliseconds: nock_type_unit. */
  NOCK_TYPE_TIME32 = 20,
  /** Time since midnight in 64 bits, in microseconds or nanoseconds: nock_type_unit. */
  NOCK_TYPE_TIME64 = 21,
  /** Months, in 32 bits. */
  NOCK_TYPE_INTERVAL_YEAR_MONTH = 22,
  /** Days and milliseconds, 32 bits each. */
  NOCK_TYPE_INTERVAL_DAY_TIME = 23,
  /** Decimal numbers in 128 bits: nock_type_precision, nock_type_scale. */
  NOCK_TYPE_DECIMAL128 = 24,
  /** Decimal numbers in 256 bits. */
  NOCK_TYPE_DECIMAL256 = 25,
  /** Lists with 32-bit offsets; the one field is the item. */
  NOCK_TYPE_LIST = 26,
  /** One value of each field. */
  NOCK_TYPE_STRUCT = 27,
  /** A value of one of the fields; every child has as many values as the union. */
  NOCK_TYPE_SPARSE_UNION = 28,
  /** A value of one of the fields, found by an offset. */
  NOCK_TYPE_DENSE_UNION = 29,
  /** Indices into values: nock_type_dictionary_index, nock_type_dictionary_value. */
  NOCK_TYPE_DICTIONARY = 30,
  /** Lists of entries, which are structs of key and value; the one field is the entries. */
  NOCK_TYPE_MAP = 31,
  /** As many items in every value: nock_type_list_size; the one field is the item. */
  NOCK_TYPE_FIXED_SIZE_LIST = 33,
  /** Elapsed time in 64 bits: nock_type_unit. */
  NOCK_TYPE_DURATION = 34,
  /** UTF-8 text with 64-bit offsets. */
  NOCK_TYPE_LARGE_UTF8 = 35,
  /** Bytes with 64-bit offsets. */
  NOCK_TYPE_LARGE_BINARY = 36,
  /** Lists with 64-bit offsets; the one field is the item. */
  NOCK_TYPE_LARGE_LIST = 37,
  /** Months and days in 32 bits each, and nanoseconds in 64. */
  NOCK_TYPE_INTERVAL_MONTH_DAY_NANO = 38,
  /** Runs of equal values; the two fields are the run ends and the values. */
  NOCK_TYPE_RUN_END_ENCODED = 39,
  /** UTF-8 text as views: short values inline, long ones in further buffers. */
  NOCK_TYPE_UTF8_VIEW = 40,
  /** Bytes as views. */
  NOCK_TYPE_BINARY_VIEW = 41,
  /** Lists with 32-bit offsets and sizes; the one field is the item. */
  NOCK_TYPE_LIST_VIEW = 42,
  /** Lists with 64-bit offsets and sizes; the one field is the item. */
  NOCK_TYPE_LARGE_LIST_VIEW = 43,
  /** Decimal numbers in 32 bits. */
  NOCK_TYPE_DECIMAL32 = 44,
  /** Decimal numbers in 64 bits. */
  NOCK_TYPE_DECIMAL64 = 45
};

/** The unit of times, timestamps and durations: one of the NOCK_TIME_UNIT_ values. */
typedef int32_t nock_time_unit_t;

/** Every unit of time. */
enum {
  /** The type has no unit. */
  NOCK_TIME_UNIT_NONE = 0,
  /** Seconds. */
  NOCK_TIME_UNIT_SECOND = 1,
  /** Milliseconds. */
  NOCK_TIME_UNIT_MILLISECOND = 2,
  /** Microseconds. */
  NOCK_TIME_UNIT_MICROSECOND = 3,
  /** Nanoseconds. */
  NOCK_TIME_UNIT_NANOSECOND = 4
};

/** Flags of types; the numbers are those of the Arrow C data interface. */
enum {
  /** The order of a dictionary's values means something. */
  NOCK_TYPE_DICTIONARY_ORDERED = 1,
  /** The keys of every value of a map are sorted. */
  NOCK_TYPE_MAP_KEYS_SORTED = 4
};

/**
 * Make a type from a format string of the Arrow C data interface.
 *
 * Types with fields cannot be made from a string alone: nock_type_new_... makes them.
 *
 * @param format  such as "i", "tsu:UTC" or "d:10,2"
 * @param out     receives the type, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when format or out is NULL, or format is no format string
 *         NOCK_ERR_UNSUPPORTED when the format is that of a nested type, which says nothing about its fields
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_from_format(const char *format,
                                    nock_type_t **out,
                                    nock_error_t **error);

/**
 * Find the format string of the Arrow C data interface.
 *
 * For a dictionary it is that of the indices, for a nested type it says nothing about the fields.
 *
 * Cost: the first call renders the text and keeps it with the object: two allocations; later calls are O(1).
 *
 * @param data_type  borrowed
 * @param out_text   receives the text, borrowed until the type ends, ended by a NUL
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when data_type or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_to_format(const nock_type_t *data_type,
                                  const char **out_text,
                                  nock_error_t **error);

/**
 * Render a type as text, as pyarrow writes it.
 *
 * For example "timestamp[us, tz=UTC]" or "list<item: int32 not null>". A NUL in the name of a field is shown as a
 * space.
 *
 * Cost: the first call renders the text and keeps it with the object: two allocations; later calls are O(1).
 *
 * @param data_type  borrowed
 * @param out_text   receives the text, borrowed until the type ends, ended by a NUL
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when data_type or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_to_text(const nock_type_t *data_type,
                                const char **out_text,
                                nock_error_t **error);

/**
 * Compare two types without their metadata.
 *
 * Names of fields below make a difference, except those of list items, map entries, keys and values, and run ends,
 * which have no meaning.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_type_equals(const nock_type_t *a,
                      const nock_type_t *b);

/**
 * Compare two types and their metadata.
 *
 * The metadata of fields below must have the same entries, in any order.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_type_equals_with_metadata(const nock_type_t *a, const nock_type_t *b);

/**
 * Add an owner to a type.
 *
 * @param data_type  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when data_type is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_type_t *nock_type_ref(const nock_type_t *data_type);

/**
 * Give up one owner of a type; the last one ends it.
 *
 * @param data_type  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_type_unref(nock_type_t *data_type);

/* ---- type::simple ------------------------------------------------------------------------------------------------ */

/**
 * Find a type without parameters by its number.
 *
 * @param id  a NOCK_TYPE_ value
 * @return the type, borrowed; it lives as long as the process; NULL when the type has parameters or does not exist
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_simple(nock_type_id_t id);

/**
 * Find the type of nulls only.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_null(void);

/**
 * Find the type of truth values.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_boolean(void);

/**
 * Find the type of integers of 8 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_int8(void);

/**
 * Find the type of integers of 16 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_int16(void);

/**
 * Find the type of integers of 32 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_int32(void);

/**
 * Find the type of integers of 64 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_int64(void);

/**
 * Find the type of unsigned integers of 8 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_uint8(void);

/**
 * Find the type of unsigned integers of 16 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_uint16(void);

/**
 * Find the type of unsigned integers of 32 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_uint32(void);

/**
 * Find the type of unsigned integers of 64 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_uint64(void);

/**
 * Find the type of IEEE 754 numbers of 16 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_float16(void);

/**
 * Find the type of IEEE 754 numbers of 32 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_float32(void);

/**
 * Find the type of IEEE 754 numbers of 64 bits.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_float64(void);

/**
 * Find the type of dates as days.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_date32(void);

/**
 * Find the type of dates as milliseconds.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_date64(void);

/**
 * Find the type of intervals of months.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_interval_year_month(void);

/**
 * Find the type of intervals of days and milliseconds.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_interval_day_time(void);

/**
 * Find the type of intervals of months, days and nanoseconds.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_interval_month_day_nano(void);

/**
 * Find the type of bytes with 32-bit offsets.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_binary(void);

/**
 * Find the type of bytes with 64-bit offsets.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_large_binary(void);

/**
 * Find the type of bytes as views.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_binary_view(void);

/**
 * Find the type of UTF-8 text with 32-bit offsets.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_utf8(void);

/**
 * Find the type of UTF-8 text with 64-bit offsets.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_large_utf8(void);

/**
 * Find the type of UTF-8 text as views.
 *
 * @return the type, borrowed; it lives as long as the process
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_utf8_view(void);

/* ---- type::sized ------------------------------------------------------------------------------------------------- */

/**
 * Make a type of decimal numbers in 32 bits.
 *
 * @param precision  decimal digits, 1 to 9
 * @param scale      digits behind the point; may be negative
 * @param out        receives the type, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 9
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_decimal32(int32_t precision,
                                      int32_t scale,
                                      nock_type_t **out,
                                      nock_error_t **error);

/**
 * Make a type of decimal numbers in 64 bits.
 *
 * @param precision  decimal digits, 1 to 18
 * @param scale      digits behind the point; may be negative
 * @param out        receives the type, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 18
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_decimal64(int32_t precision,
                                      int32_t scale,
                                      nock_type_t **out,
                                      nock_error_t **error);

/**
 * Make a type of decimal numbers in 128 bits.
 *
 * @param precision  decimal digits, 1 to 38
 * @param scale      digits behind the point; may be negative
 * @param out        receives the type, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 38
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_decimal128(int32_t precision,
                                       int32_t scale,
                                       nock_type_t **out,
                                       nock_error_t **error);

/**
 * Make a type of decimal numbers in 256 bits.
 *
 * @param precision  decimal digits, 1 to 76
 * @param scale      digits behind the point; may be negative
 * @param out        receives the type, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 76
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_decimal256(int32_t precision,
                                       int32_t scale,
                                       nock_type_t **out,
                                       nock_error_t **error);

/**
 * Make a type of times of day in 32 bits.
 *
 * @param unit   NOCK_TIME_UNIT_SECOND or NOCK_TIME_UNIT_MILLISECOND
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is another number
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_time32(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error);

/**
 * Make a type of times of day in 64 bits.
 *
 * @param unit   NOCK_TIME_UNIT_MICROSECOND or NOCK_TIME_UNIT_NANOSECOND
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is another number
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_time64(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error);

/**
 * Make a type of elapsed times in 64 bits.
 *
 * @param unit   a NOCK_TIME_UNIT_ value except NONE
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is another number
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_duration(nock_time_unit_t unit,
                                     nock_type_t **out,
                                     nock_error_t **error);

/**
 * Make a type of instants or wall-clock times.
 *
 * With a time zone the values are instants, without one they are wall-clock times. The zone is kept as it is, whether
 * or not it exists.
 *
 * @param unit      a NOCK_TIME_UNIT_ value except NONE
 * @param timezone  such as "UTC", "Europe/Berlin" or "+02:00"; may be NULL, which is the same as ""
 * @param out       receives the type, owned
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, unit is another number, or timezone is not UTF-8
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_timestamp(nock_time_unit_t unit,
                                      const char *timezone,
                                      nock_type_t **out,
                                      nock_error_t **error);

/**
 * Make a type of values with the same number of bytes.
 *
 * @param byte_width  bytes of each value, 0 or more
 * @param out         receives the type, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or byte_width is negative
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_fixed_size_binary(int32_t byte_width,
                                              nock_type_t **out,
                                              nock_error_t **error);

/* ---- type::nested ------------------------------------------------------------------------------------------------ */

/**
 * Make a type of lists with 32-bit offsets.
 *
 * @param item   shared (adds a reference); usually named "item"
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_list(const nock_field_t *item,
                                 nock_type_t **out,
                                 nock_error_t **error);

/**
 * Make a type of lists with 64-bit offsets.
 *
 * @param item   shared (adds a reference); usually named "item"
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_large_list(const nock_field_t *item,
                                       nock_type_t **out,
                                       nock_error_t **error);

/**
 * Make a type of lists with 32-bit offsets and sizes.
 *
 * @param item   shared (adds a reference); usually named "item"
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_list_view(const nock_field_t *item,
                                      nock_type_t **out,
                                      nock_error_t **error);

/**
 * Make a type of lists with 64-bit offsets and sizes.
 *
 * @param item   shared (adds a reference); usually named "item"
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_large_list_view(const nock_field_t *item,
                                            nock_type_t **out,
                                            nock_error_t **error);

/**
 * Make a type of lists with the same number of items.
 *
 * @param item       shared (adds a reference); usually named "item"
 * @param list_size  items in each list, 0 or more
 * @param out        receives the type, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL, or list_size is negative
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_fixed_size_list(const nock_field_t *item,
                                            int32_t list_size,
                                            nock_type_t **out,
                                            nock_error_t **error);

/**
 * Make a type of values that have one value for each field.
 *
 * Names may be empty and may repeat.
 *
 * @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
 * @param num_fields  number of fields
 * @param out         receives the type, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_struct(const nock_field_t *const *fields,
                                   size_t num_fields,
                                   nock_type_t **out,
                                   nock_error_t **error);

/**
 * Make a type of values of one of several types, with a sparse layout.
 *
 * Every child has as many values as the union.
 *
 * @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
 * @param type_ids    num_fields ids of the fields, 0 to 127, no two the same; may be NULL for 0, 1, 2 and so on
 * @param num_fields  number of fields, at most 128
 * @param out         receives the type, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, an id is negative or occurs twice, or
 *           there are more than 128 fields
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_sparse_union(const nock_field_t *const *fields,
                                         const int8_t *type_ids,
                                         size_t num_fields,
                                         nock_type_t **out,
                                         nock_error_t **error);

/**
 * Make a type of values of one of several types, with a dense layout.
 *
 * Offsets say where in its child a value is.
 *
 * @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
 * @param type_ids    num_fields ids of the fields, 0 to 127, no two the same; may be NULL for 0, 1, 2 and so on
 * @param num_fields  number of fields, at most 128
 * @param out         receives the type, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, an id is negative or occurs twice, or
 *           there are more than 128 fields
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_dense_union(const nock_field_t *const *fields,
                                        const int8_t *type_ids,
                                        size_t num_fields,
                                        nock_type_t **out,
                                        nock_error_t **error);

/**
 * Make a type of lists of keys and values.
 *
 * The entries get the name "entries".
 *
 * @param key    shared (adds a reference); not nullable; usually named "key"
 * @param item   shared (adds a reference); usually named "value"
 * @param flags  NOCK_TYPE_MAP_KEYS_SORTED or 0
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when key, item or out is NULL, or key is nullable
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_map(const nock_field_t *key,
                                const nock_field_t *item,
                                uint32_t flags,
                                nock_type_t **out,
                                nock_error_t **error);

/**
 * Make a type of lists of keys and values from the field of its entries.
 *
 * @param entries  shared (adds a reference); not nullable, a struct of two fields, the first of them not nullable
 * @param flags    NOCK_TYPE_MAP_KEYS_SORTED or 0
 * @param out      receives the type, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when entries or out is NULL, or entries is another field
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_map_from_entries(const nock_field_t *entries,
                                             uint32_t flags,
                                             nock_type_t **out,
                                             nock_error_t **error);

/**
 * Make a type of indices into values.
 *
 * @param index  shared (adds a reference); an integer type
 * @param value  shared (adds a reference); the type of the values
 * @param flags  NOCK_TYPE_DICTIONARY_ORDERED or 0
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when index, value or out is NULL, or index is no integer type
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_dictionary(const nock_type_t *index,
                                       const nock_type_t *value,
                                       uint32_t flags,
                                       nock_type_t **out,
                                       nock_error_t **error);

/**
 * Make a type of runs of equal values.
 *
 * @param run_ends  shared (adds a reference); integers of 16, 32 or 64 bits, not nullable; usually named "run_ends"
 * @param values    shared (adds a reference); usually named "values"
 * @param out       receives the type, owned
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when run_ends, values or out is NULL, or run_ends is another field
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_type_new_run_end_encoded(const nock_field_t *run_ends,
                                            const nock_field_t *values,
                                            nock_type_t **out,
                                            nock_error_t **error);

/* ---- type::parameter --------------------------------------------------------------------------------------------- */

/**
 * Read which type it is.
 *
 * @param data_type  borrowed; may be NULL
 * @return a NOCK_TYPE_ value; NOCK_TYPE_NONE when data_type is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_type_id_t nock_type_id(const nock_type_t *data_type);

/**
 * Read the bits of one value in an array's own buffers.
 *
 * @param data_type  borrowed; may be NULL
 * @return the bits, for a dictionary those of an index; 0 when data_type is NULL, values have different sizes, or they
 *         lie in children
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_type_bit_width(const nock_type_t *data_type);

/**
 * Read the bytes of one value in an array's own buffers.
 *
 * @param data_type  borrowed; may be NULL
 * @return the bytes, for a dictionary those of an index; 0 when data_type is NULL, values have different sizes or are
 *         no whole bytes, or they lie in children
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_type_byte_width(const nock_type_t *data_type);

/**
 * Read the digits of a decimal type.
 *
 * @param data_type  borrowed; may be NULL
 * @return the digits; 0 when data_type is NULL or no decimal
 *
 * Since: 0.1
 */
NOCK_API
int32_t nock_type_precision(const nock_type_t *data_type);

/**
 * Read the digits behind the point of a decimal type.
 *
 * @param data_type  borrowed; may be NULL
 * @return the digits, which may be negative; 0 when data_type is NULL or no decimal
 *
 * Since: 0.1
 */
NOCK_API
int32_t nock_type_scale(const nock_type_t *data_type);

/**
 * Read the unit of a time, timestamp or duration.
 *
 * @param data_type  borrowed; may be NULL
 * @return a NOCK_TIME_UNIT_ value; NOCK_TIME_UNIT_NONE when data_type is NULL or another type
 *
 * Since: 0.1
 */
NOCK_API
nock_time_unit_t nock_type_unit(const nock_type_t *data_type);

/**
 * Read the time zone of a timestamp.
 *
 * @param data_type  borrowed; may be NULL
 * @return the zone as it was given, borrowed until the type ends; NULL when data_type is NULL, another type, or has no
 *         zone
 *
 * Since: 0.1
 */
NOCK_API
const char *nock_type_timezone(const nock_type_t *data_type);

/**
 * Read the items of each value of a fixed-size list.
 *
 * @param data_type  borrowed; may be NULL
 * @return the items; 0 when data_type is NULL or another type
 *
 * Since: 0.1
 */
NOCK_API
int32_t nock_type_list_size(const nock_type_t *data_type);

/**
 * Count the fields below a type.
 *
 * @param data_type  borrowed; may be NULL
 * @return 1 for lists and maps, 2 for run-end encoding, any number for structs and unions; 0 when data_type is NULL or
 *         another type
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_type_num_fields(const nock_type_t *data_type);

/**
 * Read a field below a type.
 *
 * @param data_type  borrowed; may be NULL
 * @param index      0 to nock_type_num_fields - 1
 * @return the field, borrowed until the type ends; NULL when data_type is NULL or has no such field
 *
 * Since: 0.1
 */
NOCK_API
const nock_field_t *nock_type_field(const nock_type_t *data_type, size_t index);

/**
 * Read the ids of the fields of a union.
 *
 * @param data_type  borrowed; may be NULL
 * @return nock_type_num_fields ids, borrowed until the type ends; NULL when data_type is NULL or no union
 *
 * Since: 0.1
 */
NOCK_API
const int8_t *nock_type_union_ids(const nock_type_t *data_type);

/**
 * Read whether the keys of every value of a map are sorted.
 *
 * @param data_type  borrowed; may be NULL
 * @return whether they are; false when data_type is NULL or no map
 *
 * Since: 0.1
 */
NOCK_API
bool nock_type_has_sorted_keys(const nock_type_t *data_type);

/**
 * Read the type of the indices of a dictionary.
 *
 * @param data_type  borrowed; may be NULL
 * @return the type, borrowed until the dictionary type ends; NULL when data_type is NULL or no dictionary
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_dictionary_index(const nock_type_t *data_type);

/**
 * Read the type of the values of a dictionary.
 *
 * @param data_type  borrowed; may be NULL
 * @return the type, borrowed until the dictionary type ends; NULL when data_type is NULL or no dictionary
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_type_dictionary_value(const nock_type_t *data_type);

/**
 * Read whether the order of a dictionary's values means something.
 *
 * @param data_type  borrowed; may be NULL
 * @return whether it does; false when data_type is NULL or no dictionary
 *
 * Since: 0.1
 */
NOCK_API
bool nock_type_is_ordered(const nock_type_t *data_type);

/* ---- field ------------------------------------------------------------------------------------------------------- */

/**
 * A name, a type, whether values may be null, and metadata: a column of a schema, or a child of a nested type.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_field_new, nock_schema_field, nock_type_field. End it: nock_field_unref. Read it: nock_field_name,
 * nock_field_type, nock_field_is_nullable, nock_field_metadata, nock_field_extension_name, nock_field_extension_metadata,
 * nock_field_equals, nock_field_to_text.
 */
struct nock_field_t;

/** Flags of fields. */
enum {
  /** No value is null. */
  NOCK_FIELD_NOT_NULL = 1
};

/**
 * Make a field.
 *
 * Cost: one allocation for names of less than 30 bytes, else two.
 *
 * @param name       borrowed; any UTF-8, may be empty
 * @param data_type  shared (adds a reference)
 * @param flags      NOCK_FIELD_NOT_NULL or 0, which means that values may be null
 * @param metadata   shared (adds a reference); may be NULL
 * @param out        receives the field, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when name, data_type or out is NULL, or name is not UTF-8
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the field
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_field_new(const char *name,
                             const nock_type_t *data_type,
                             uint32_t flags,
                             const nock_metadata_t *metadata,
                             nock_field_t **out,
                             nock_error_t **error);

/**
 * Read the name of a field.
 *
 * @param field  borrowed; may be NULL
 * @return the name, borrowed until the field ends, with a NUL behind its end; it may contain NUL if it was read from a
 *         file or stream; its data is NULL when field is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_str_t nock_field_name(const nock_field_t *field);

/**
 * Read the type of a field.
 *
 * @param field  borrowed; may be NULL
 * @return the type, borrowed until the field ends; NULL when field is NULL
 *
 * Since: 0.1
 */
NOCK_API
const nock_type_t *nock_field_type(const nock_field_t *field);

/**
 * Read whether values may be null.
 *
 * @param field  borrowed; may be NULL
 * @return whether they may; false when field is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_field_is_nullable(const nock_field_t *field);

/**
 * Read the metadata of a field.
 *
 * @param field  borrowed; may be NULL
 * @return the metadata, borrowed until the field ends, with no entries if the field has none; NULL when field is NULL
 *
 * Since: 0.1
 */
NOCK_API
const nock_metadata_t *nock_field_metadata(const nock_field_t *field);

/**
 * Read the name of the extension type of a field.
 *
 * It is the value of the metadata key "ARROW:extension:name".
 *
 * Cost: looks at the metadata's entries one after the other.
 *
 * @param field  borrowed; may be NULL
 * @return the name, borrowed until the field ends; its data is NULL when field is NULL or of no extension type
 *
 * Since: 0.1
 */
NOCK_API
nock_str_t nock_field_extension_name(const nock_field_t *field);

/**
 * Read the parameters of the extension type of a field.
 *
 * They are the value of the metadata key "ARROW:extension:metadata", in the form that the extension defines.
 *
 * Cost: looks at the metadata's entries one after the other.
 *
 * @param field  borrowed; may be NULL
 * @return the parameters, borrowed until the field ends; their data is NULL when field is NULL or has none
 *
 * Since: 0.1
 */
NOCK_API
nock_str_t nock_field_extension_metadata(const nock_field_t *field);

/**
 * Compare two fields without their metadata.
 *
 * Name, type and nullability must be the same.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_field_equals(const nock_field_t *a, const nock_field_t *b);

/**
 * Compare two fields and their metadata.
 *
 * The metadata must have the same entries, in any order, as must that of the fields below.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_field_equals_with_metadata(const nock_field_t *a, const nock_field_t *b);

/**
 * Render a field as text, as pyarrow writes it.
 *
 * For example "a: int32 not null". A NUL in a name is shown as a space.
 *
 * Cost: the first call renders the text and keeps it with the object: two allocations; later calls are O(1).
 *
 * @param field     borrowed
 * @param out_text  receives the text, borrowed until the field ends, ended by a NUL
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when field or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_field_to_text(const nock_field_t *field,
                                 const char **out_text,
                                 nock_error_t **error);

/**
 * Add an owner to a field.
 *
 * @param field  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when field is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_field_t *nock_field_ref(const nock_field_t *field);

/**
 * Give up one owner of a field; the last one ends it.
 *
 * @param field  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_field_unref(nock_field_t *field);

/* ---- schema ------------------------------------------------------------------------------------------------------ */

/**
 * The fields of a record batch in order, and metadata. Names may be empty and may repeat.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_schema_new, nock_batch_schema, or from a reader. End it: nock_schema_unref. Read it:
 * nock_schema_num_fields, nock_schema_field, nock_schema_field_by_name, nock_schema_find, nock_schema_count_name,
 * nock_schema_metadata, nock_schema_endianness, nock_schema_equals, nock_schema_to_text.
 */
struct nock_schema_t;

/** The order of the bytes in numbers: one of the NOCK_ENDIANNESS_ values. */
typedef int32_t nock_endianness_t;

/** Every byte order. */
enum {
  /** To the library: that of this machine. The library itself never gives it. */
  NOCK_ENDIANNESS_NATIVE = 0,
  /** The least significant byte first. */
  NOCK_ENDIANNESS_LITTLE = 1,
  /** The most significant byte first. */
  NOCK_ENDIANNESS_BIG = 2
};

/**
 * Make a schema.
 *
 * @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
 * @param num_fields  number of fields
 * @param metadata    shared (adds a reference); may be NULL
 * @param endianness  a NOCK_ENDIANNESS_ value; 0: that of this machine
 * @param out         receives the schema, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, or endianness is another number
 *         NOCK_ERR_LIMIT when the schema would be made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the schema
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_schema_new(const nock_field_t *const *fields,
                              size_t num_fields,
                              const nock_metadata_t *metadata,
                              nock_endianness_t endianness,
                              nock_schema_t **out,
                              nock_error_t **error);

/**
 * Count the fields.
 *
 * @param schema  borrowed; may be NULL
 * @return the number of fields; 0 when schema is NULL
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_schema_num_fields(const nock_schema_t *schema);

/**
 * Read a field.
 *
 * @param schema  borrowed; may be NULL
 * @param index   0 to nock_schema_num_fields - 1
 * @return the field, borrowed until the schema ends; NULL when schema is NULL or has no such field
 *
 * Since: 0.1
 */
NOCK_API
const nock_field_t *nock_schema_field(const nock_schema_t *schema, size_t index);

/**
 * Read the first field with a name.
 *
 * Cost: the first look into a schema of more than 16 fields sorts its names, with one allocation; later ones search
 * them.
 *
 * @param schema  borrowed; may be NULL
 * @param name    borrowed; may be NULL
 * @return the field, borrowed until the schema ends; NULL when schema or name is NULL or there is no such field
 *
 * Since: 0.1
 */
NOCK_API
const nock_field_t *nock_schema_field_by_name(const nock_schema_t *schema,
                                              const char *name);

/**
 * Count the fields with a name.
 *
 * Cost: the first look into a schema of more than 16 fields sorts its names, with one allocation; later ones search
 * them.
 *
 * @param schema  borrowed; may be NULL
 * @param name    borrowed; may be NULL
 * @return the number of such fields; 0 when schema or name is NULL
 *
 * Since: 0.1
 */
NOCK_API
size_t nock_schema_count_name(const nock_schema_t *schema,
                              const char *name);

/**
 * Find the index of a field by its name.
 *
 * To find all fields with a name, call it again from one behind the last index.
 *
 * Cost: the first look into a schema of more than 16 fields sorts its names, with one allocation; later ones search
 * them.
 *
 * @param schema     borrowed
 * @param name       borrowed
 * @param from       the first index to look at; 0 for all fields
 * @param out_index  receives the index of the first field from there on that has the name
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such field
 *         NOCK_ERR_INVALID_ARGUMENT when schema, name or out_index is NULL, or name is not UTF-8
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_schema_find(const nock_schema_t *schema,
                               const char *name,
                               size_t from,
                               size_t *out_index,
                               nock_error_t **error);

/**
 * Read the metadata of a schema.
 *
 * @param schema  borrowed; may be NULL
 * @return the metadata, borrowed until the schema ends, with no entries if the schema has none; NULL when schema is
 *         NULL
 *
 * Since: 0.1
 */
NOCK_API
const nock_metadata_t *nock_schema_metadata(const nock_schema_t *schema);

/**
 * Read the byte order of the numbers in the arrays.
 *
 * @param schema  borrowed; may be NULL
 * @return NOCK_ENDIANNESS_LITTLE or NOCK_ENDIANNESS_BIG; 0 when schema is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_endianness_t nock_schema_endianness(const nock_schema_t *schema);

/**
 * Compare two schemas without their metadata.
 *
 * The fields must be equal and in the same order, and the byte order the same.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_schema_equals(const nock_schema_t *a, const nock_schema_t *b);

/**
 * Compare two schemas and their metadata.
 *
 * The metadata of both, and of their fields, must have the same entries, in any order.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 *
 * Since: 0.1
 */
NOCK_API
bool nock_schema_equals_with_metadata(const nock_schema_t *a, const nock_schema_t *b);

/**
 * Render a schema as text: a line for each field, then the metadata.
 *
 * For example "a: int32 not null". Long values of metadata are cut. The form may change from version to version.
 *
 * Cost: the first call renders the text and keeps it with the object: two allocations; later calls are O(1).
 *
 * @param schema    borrowed
 * @param out_text  receives the text, borrowed until the schema ends, ended by a NUL
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when schema or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *
 * Since: 0.1
 */
NOCK_API NOCK_NODISCARD
nock_status_t nock_schema_to_text(const nock_schema_t *schema,
                                  const char **out_text,
                                  nock_error_t **error);

/**
 * Add an owner to a schema.
 *
 * @param schema  shared (adds a reference); may be NULL
 * @return the same pointer, owned; NULL when schema is NULL
 *
 * Since: 0.1
 */
NOCK_API
nock_schema_t *nock_schema_ref(const nock_schema_t *schema);

/**
 * Give up one owner of a schema; the last one ends it.
 *
 * @param schema  consumed; may be NULL
 *
 * Since: 0.1
 */
NOCK_API
void nock_schema_unref(nock_schema_t *schema);

#ifdef __cplusplus
}
#endif

#endif /* NOCK_NOCK_H */
