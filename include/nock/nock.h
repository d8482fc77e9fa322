/*
 * nock: Apache Arrow's memory pools, IO streams and IPC behind a plain C interface.
 *
 * This file is generated from the library's sources by tools/gen-header: change those, not this.
 *
 * What it is
 *
 *   Memory pools and buffers, IO streams, the types, arrays and record batches of Apache Arrow, and readers and writers
 *   of Arrow's stream and file formats, in one library; no other Arrow library is needed. arrow_abi.h has the structs
 *   of the C data interface.
 *
 * A complete program
 *
 *   #include <inttypes.h>
 *   #include <nock/nock.h>
 *   #include <stdio.h>
 *
 *   int main(int argc, char **argv) {
 *     nock_stream_t *stream = NULL;
 *     nock_ipc_file_reader_t *reader = NULL;
 *     nock_error_t *error = NULL;
 *     int64_t rows = 0;
 *     nock_status_t status = nock_stream_open_mmap(argc > 1 ? argv[1] : "", NOCK_OPEN_READ, NULL, &stream, &error);
 *     if (status == NOCK_OK) status = nock_ipc_file_reader_open(stream, NULL, NULL, &reader, &error);
 *     for (size_t i = 0; status == NOCK_OK && i < nock_ipc_file_reader_num_batches(reader); i++) {
 *       nock_batch_t *batch = NULL;
 *       status = nock_ipc_file_reader_get_batch(reader, i, &batch, &error);
 *       rows += nock_batch_num_rows(batch);
 *       nock_batch_unref(batch);
 *     }
 *     if (status == NOCK_OK) printf("%" PRId64 " rows\n", rows);
 *     else fprintf(stderr, "%s: %s\n", nock_status_name(status), nock_error_message(error));
 *     nock_error_free(error);
 *     nock_ipc_file_reader_free(reader);
 *     nock_stream_unref(stream);
 *     return status != NOCK_OK;
 *   }
 *
 * Ownership
 *
 *   An object that arrives through a parameter named out or out_... is owned: end it once, with the _unref or _free of
 *   its type. Counted types have _ref and _unref, types with a single owner have _free, and all take NULL. What a function
 *   returns directly is borrowed, and so are addresses, such as text, that arrive through out_...: they are valid as long
 *   as the object that they were asked of. _ref is the exception: it makes a borrowed object an owned one. No function
 *   takes over an object of the caller, save those that take the address of its variable and set that to NULL. Memory
 *   never crosses with plain malloc or free: memory of a pool is returned to the pool, and foreign memory comes with its
 *   own release function.
 *
 * Errors
 *
 *   Every function that can fail returns a nock_status_t and takes a nock_error_t ** as its last argument, which may be
 *   NULL. On failure it receives an owned error with one line of text; on success it is left alone. Outputs that are
 *   objects become NULL on failure, outputs that are numbers stay as they were. NULL arguments, closed streams and bad
 *   bytes give a status, never a crash. Two things are not repeated in each comment: a call that fails while there is no
 *   memory for the details of its error may give NOCK_ERR_OUT_OF_MEMORY instead, and a call that needs memory of a pool of
 *   callbacks gives the status with which these refused it, or NOCK_ERR_CALLBACK. The library installs no signal handlers.
 *   It prints nothing, with two exceptions on stderr: that the environment names an unknown pool, and mistakes that a
 *   debug pool finds.
 *
 * Threads
 *
 *   The comment of every type has one of three words. Shared: any number of threads may call any function at the same
 *   time. Exclusive: may be used on any thread, one call at a time; a concurrent second call returns NOCK_ERR_BUSY.
 *   Immutable: like shared, and never changes. Any thread may release the last reference. There is no thread-local
 *   state.
 *
 * Binary interface
 *
 *   Functions and constants are only added, never changed, while nock_abi_version() stays the same; the SONAME carries
 *   that number. Sized structs grow at the end; initialise them with their _INIT macro. While the major version is 0,
 *   each minor version may have a new interface. Functions without a line "Since" exist since 0.1.
 *
 * Linking
 *
 *   CMake: find_package(nock) and nock::nock (shared) or nock::static. pkg-config: nock, or nock-static with --static.
 *   By hand: -lnock, or libnock.a -lpthread -ldl -lm.
 *
 * Comments
 *
 *   Functions that differ in a word share one comment. What is a function's own stands behind its declaration, or beside
 *   its name in the comment.
 *
 * Contents
 *
 *   version                       The library's version.
 *   status                        Status codes.
 *   error                         Error objects.
 *   ownership                     References to objects, and their end.
 *   pool                          Memory pools.
 *   pool raw                      Raw memory of a pool.
 *   pool statistics               Statistics of pools.
 *   pool backend                  Pools of a backend with options for large blocks.
 *   pool nested                   Pools that take their memory from another pool.
 *   pool logging                  Pools that log each call.
 *   pool debug                    Pools that detect wrong use of their memory.
 *   pool callback                 Pools over the caller's allocator.
 *   buffer                        Buffers.
 *   buffer new                    Buffers of new memory, and of memory of the caller.
 *   buffer derive                 New buffers from the bytes of others.
 *   buffer compare                Equality of buffers.
 *   buffer resize                 Size and mutability of buffers.
 *   buffer open                   Streams over the bytes of buffers.
 *   buffer_builder                Buffer builders.
 *   buffer_builder append         Bytes for buffer builders.
 *   buffer_builder append_number  Single numbers for buffer builders, in the machine's byte order.
 *   bitmap                        Bits in bytes.
 *   bitmap combine                Bits copied and combined.
 *   bitmap_builder                Bitmap builders.
 *   bitmap_builder append         Bits for bitmap builders.
 *   stream                        Streams.
 *   stream open                   Opening files.
 *   stream map                    Mapping files into memory.
 *   stream memory                 Streams over memory.
 *   stream read                   Reading.
 *   stream write                  Writing.
 *   stream flush                  Flushing.
 *   stream resize                 Changing the size of files and maps.
 *   stream state                  Position and state.
 *   text                          Text with a length.
 *   metadata                      Metadata: keys and values.
 *   type                          Types.
 *   type id                       Type numbers.
 *   type unit                     Units of time.
 *   type flag                     Flags of types.
 *   type format                   Types as text.
 *   type simple                   Types without parameters: each exists once and lives as long as the process.
 *   type sized                    Types with numbers, units or time zones as parameters.
 *   type list                     Types of lists, and of maps, which are lists of entries.
 *   type composite                Types with any number of fields: structs and unions.
 *   type encoded                  Types that encode the values of another type.
 *   type parameter                The parameters of types.
 *   field                         Fields.
 *   schema                        Schemas.
 *   schema fields                 The fields of a schema, by index and by name.
 *   validation                    How far data is checked before it is read.
 *   array                         Arrays.
 *   array compare                 Equality of arrays.
 *   array derive                  New arrays, text and checks from arrays.
 *   array from_buffers            Arrays made from buffers.
 *   array get                     Single values of arrays.
 *   array view                    Arrays as plain pointers, for hot loops.
 *   array_builder                 Array builders.
 *   array_builder append          Single values for array builders.
 *   array_builder append_run      Bytes and many values at once for array builders.
 *   batch                         Record batches.
 *   batch derive                  New batches, text and checks from batches.
 *   ipc_write_options             How IPC is written.
 *   ipc_writer                    Writers of the IPC stream format and of the IPC file format.
 *   ipc_read_options              How IPC is read.
 *   ipc_stream_reader             Readers of the IPC stream format.
 *   ipc_file_reader               Readers of the IPC file format.
 *   ipc                           Single IPC messages in buffers.
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

/** The function can fail: look at the status that it returns. */
#define NOCK_FALLIBLE NOCK_API NOCK_NODISCARD

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
typedef struct nock_bitmap_builder_t nock_bitmap_builder_t;
typedef struct nock_stream_t nock_stream_t;
typedef struct nock_metadata_t nock_metadata_t;
typedef struct nock_type_t nock_type_t;
typedef struct nock_field_t nock_field_t;
typedef struct nock_schema_t nock_schema_t;
typedef struct nock_array_t nock_array_t;
typedef struct nock_array_builder_t nock_array_builder_t;
typedef struct nock_batch_t nock_batch_t;
typedef struct nock_ipc_stream_writer_t nock_ipc_stream_writer_t;
typedef struct nock_ipc_file_writer_t nock_ipc_file_writer_t;
typedef struct nock_ipc_stream_reader_t nock_ipc_stream_reader_t;
typedef struct nock_ipc_file_reader_t nock_ipc_file_reader_t;

/* ---- version ----------------------------------------------------------------------------------------------------- */

/**
 * Read the version of the library that is loaded.
 *
 * @return major * 1000000 + minor * 1000 + patch, the same as NOCK_VERSION_NUMBER of the header it was built with
 */
NOCK_API uint32_t nock_version_number(void);

/**
 * Read the version of the library that is loaded, as text.
 *
 * @return static text such as "0.1.0"
 */
NOCK_API const char *nock_version_string(void);

/**
 * Read the version of the binary interface, which changes only with the SONAME.
 *
 * @return the number behind "libnock.so.": the major version, or the minor version while the major version is 0
 */
NOCK_API uint32_t nock_abi_version(void);

/**
 * Read what the library that is loaded was built with.
 *
 * @return static text: one line each for version, pools, codecs, devices and file systems: a name, a colon and values
 *         separated by spaces; newer libraries may have more lines
 */
NOCK_API const char *nock_build_info(void);

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
 */
NOCK_API const char *nock_status_name(nock_status_t status);

/* ---- error ------------------------------------------------------------------------------------------------------- */

/**
 * What went wrong in one call: status, one line of text, and the numbers behind it.
 *
 * *Exclusive*: may move between threads, one call at a time.
 * Get one: pass the address of a `nock_error_t *` as the last argument of any fallible call. Release it: nock_error_free.
 * Read it: nock_error_status, nock_error_message, nock_error_os_code, nock_error_callback_status.
 */
struct nock_error_t;

/**
 * Read a number behind an error.
 *
 *   nock_error_status           what the failing call returned
 *   nock_error_os_code          errno (or GetLastError) of a failed system call, else 0
 *   nock_error_callback_status  what the failing callback returned, else 0
 *
 * @param error  borrowed; may be NULL
 * @return the number named beside the function; 0, which is NOCK_OK, when error is NULL
 */
NOCK_API nock_status_t nock_error_status(const nock_error_t *error);
NOCK_API int32_t nock_error_os_code(const nock_error_t *error);
NOCK_API int32_t nock_error_callback_status(const nock_error_t *error);

/**
 * Read what went wrong, as one line of UTF-8 text.
 *
 * Cost: the first call renders the text, with one allocation.
 *
 * @param error  borrowed; may be NULL
 * @return the text, borrowed until the error is freed; empty text when error is NULL, never NULL
 */
NOCK_API const char *nock_error_message(const nock_error_t *error);

/**
 * Free an error.
 *
 * @param error  consumed; may be NULL
 */
NOCK_API void nock_error_free(nock_error_t *error);

/* ---- ownership --------------------------------------------------------------------------------------------------- */

/**
 * Add a reference to a counted object.
 *
 * @param object  shared (adds a reference); may be NULL
 * @return the same pointer, owned: drop it with the _unref of its type; NULL when object is NULL
 */
NOCK_API nock_pool_t *nock_pool_ref(const nock_pool_t *object);             /* pool */
NOCK_API nock_buffer_t *nock_buffer_ref(const nock_buffer_t *object);       /* buffer */
NOCK_API nock_metadata_t *nock_metadata_ref(const nock_metadata_t *object); /* metadata */
NOCK_API nock_type_t *nock_type_ref(const nock_type_t *object);             /* type */
NOCK_API nock_field_t *nock_field_ref(const nock_field_t *object);          /* field */
NOCK_API nock_schema_t *nock_schema_ref(const nock_schema_t *object);       /* schema */
NOCK_API nock_array_t *nock_array_ref(const nock_array_t *object);          /* array */
NOCK_API nock_batch_t *nock_batch_ref(const nock_batch_t *object);          /* batch */

/**
 * Add a reference to a stream.
 *
 * @param object  shared (adds a reference); may be NULL
 * @return the same pointer, owned: drop it with nock_stream_unref; NULL when object is NULL
 */
NOCK_API nock_stream_t *nock_stream_ref(nock_stream_t *object);

/**
 * Drop a reference to a counted object; the last one ends it.
 *
 * The last one may go on any thread, while no other thread is in a call with it. That of a stream also closes it if it
 * is still open, but cannot report whether that went well: call nock_stream_close before, where it matters.
 *
 * @param object  consumed; may be NULL
 */
NOCK_API void nock_pool_unref(nock_pool_t *object);         /* pool */
NOCK_API void nock_buffer_unref(nock_buffer_t *object);     /* buffer, with its memory unless a slice still needs that */
NOCK_API void nock_stream_unref(nock_stream_t *object);     /* stream */
NOCK_API void nock_metadata_unref(nock_metadata_t *object); /* metadata */
NOCK_API void nock_type_unref(nock_type_t *object);         /* type */
NOCK_API void nock_field_unref(nock_field_t *object);       /* field */
NOCK_API void nock_schema_unref(nock_schema_t *object);     /* schema */
NOCK_API void nock_array_unref(nock_array_t *object);       /* array */
NOCK_API void nock_batch_unref(nock_batch_t *object);       /* batch */

/**
 * End an object that has a single owner.
 *
 * What a writer has not written stays unwritten: its _close comes before.
 *
 * @param object  consumed; may be NULL
 */
NOCK_API void nock_buffer_builder_free(nock_buffer_builder_t *object);       /* builder, with what it collected */
NOCK_API void nock_bitmap_builder_free(nock_bitmap_builder_t *object);       /* builder, with what it collected */
NOCK_API void nock_array_builder_free(nock_array_builder_t *object);         /* builder, with what it collected */
NOCK_API void nock_ipc_stream_writer_free(nock_ipc_stream_writer_t *object); /* writer */
NOCK_API void nock_ipc_file_writer_free(nock_ipc_file_writer_t *object);     /* writer */
NOCK_API void nock_ipc_stream_reader_free(nock_ipc_stream_reader_t *object); /* reader; its batches stay */
NOCK_API void nock_ipc_file_reader_free(nock_ipc_file_reader_t *object);     /* reader; its batches stay */

/* ---- pool -------------------------------------------------------------------------------------------------------- */

/**
 * Allocates the memory of buffers, and counts it. A NULL pool is the default pool in every call.
 *
 * *Shared*: any function, any threads, at once.
 * Get one: nock_pool_default, nock_pool_get, nock_pool_new_backend, nock_pool_new_capped, nock_pool_new_proxy,
 * nock_pool_new_logging, nock_pool_new_logging_stream, nock_pool_new_debug, nock_pool_new_callback. Keep it: nock_pool_ref.
 * Release it: nock_pool_unref. Buffers keep the pool of their memory alive; raw memory from nock_pool_alloc does not.
 * Raw memory: nock_pool_alloc, nock_pool_realloc, nock_pool_dealloc, nock_pool_release_unused. Count:
 * nock_pool_bytes_allocated, nock_pool_max_memory, nock_pool_total_bytes_allocated, nock_pool_num_allocations,
 * nock_pool_limit, nock_pool_cached_bytes, nock_pool_copied_bytes, nock_pool_stats_text. Look for mistakes:
 * nock_pool_fault_count, nock_pool_live_text, nock_pool_set_tag. Also: nock_pool_set_default, nock_pool_backend_name,
 * nock_pool_backend_count, nock_pool_backend_name_at.
 */
struct nock_pool_t;

/**
 * Get the default pool.
 *
 * The environment is read when the pool is first needed. NOCK_DEFAULT_MEMORY_POOL names the backend; if it is not set,
 * ARROW_DEFAULT_MEMORY_POOL does; if neither is set, the backend is the first of nock_pool_backend_name_at. An unknown name
 * is reported once on stderr.
 *
 * @return the pool, borrowed; it lives as long as the process
 */
NOCK_API nock_pool_t *nock_pool_default(void);

/**
 * Make a pool the default for later calls.
 *
 * Memory allocated before stays with its pool. A pool that was once the default is never freed.
 *
 * @param pool  shared (adds a reference); may be NULL, then the environment's choice is the default again
 */
NOCK_API void nock_pool_set_default(nock_pool_t *pool);

/**
 * Get the process-wide pool of a backend.
 *
 * @param name   borrowed; the backend: "system", or another name from nock_pool_backend_name_at
 * @param out    receives the pool, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when this library has no such backend
 *         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_pool_get(const char *name, nock_pool_t **out, nock_error_t **error);

/**
 * Count the backends of this library.
 *
 * @return how many names nock_pool_backend_name_at has, at least 1
 */
NOCK_API size_t nock_pool_backend_count(void);

/**
 * Name a backend.
 *
 * @param index  0 for the preferred one, up to nock_pool_backend_count() - 1
 * @return static text such as "mimalloc"; NULL when index is beyond
 */
NOCK_API const char *nock_pool_backend_name_at(size_t index);

/**
 * Get the name of the backend that a pool takes its memory from.
 *
 * @param pool  borrowed; may be NULL
 * @return static text such as "mimalloc"
 */
NOCK_API const char *nock_pool_backend_name(const nock_pool_t *pool);

/**
 * Return freed memory that a pool keeps for reuse to the system.
 *
 * How much that is depends on the backend. The statistics do not change, except nock_pool_cached_bytes.
 *
 * @param pool  borrowed; may be NULL
 */
NOCK_API void nock_pool_release_unused(nock_pool_t *pool);

/**
 * Read how many bytes of the default pool are in use.
 *
 * @return bytes, as they were asked for
 */
NOCK_API uint64_t nock_total_allocated_bytes(void);

/* ---- pool raw ---------------------------------------------------------------------------------------------------- */

/**
 * Allocate raw memory from a pool.
 *
 * The bytes are uninitialised. Size 0 gives an aligned address that must not be accessed, and costs nothing.
 *
 * Cost: one allocation.
 *
 * @param pool       borrowed; may be NULL
 * @param size       bytes
 * @param alignment  a power of two up to 2 MiB; 0 means 64
 * @param out        receives the address, owned; return it with nock_pool_dealloc, with the same size and alignment
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_CALLBACK when a callback pool fails with a status of its own, or gives a NULL or misaligned address
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or the alignment is no power of two up to 2 MiB
 */
NOCK_FALLIBLE nock_status_t nock_pool_alloc(nock_pool_t *pool, size_t size, size_t alignment, void **out,
    nock_error_t **error);

/**
 * Change the size of raw memory.
 *
 * The bytes that fit into both sizes are kept. On failure the memory is as it was.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param pool       borrowed; may be NULL; the pool that gave the memory
 * @param block      borrowed; the variable with the address, which changes when the memory moves; if it holds NULL,
 *                   old_size is 0 and the call allocates
 * @param old_size   the size it was allocated with
 * @param new_size   the new size
 * @param alignment  the alignment it was allocated with; 0 means 64
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_CALLBACK when a callback pool fails with a status of its own, or gives a NULL or misaligned address
 *         NOCK_ERR_INVALID_ARGUMENT when block is NULL, when it holds NULL and old_size is not 0, when the alignment is no
 *         power of two up to 2 MiB, or when a debug pool finds that the memory has another size or alignment
 */
NOCK_FALLIBLE nock_status_t nock_pool_realloc(nock_pool_t *pool, void **block, size_t old_size, size_t new_size,
    size_t alignment, nock_error_t **error);

/**
 * Return raw memory to its pool.
 *
 * @param pool       borrowed; may be NULL; the pool that gave the memory
 * @param block      consumed; may be NULL; the address
 * @param size       the size it was allocated with
 * @param alignment  the alignment it was allocated with; 0 means 64
 */
NOCK_API void nock_pool_dealloc(nock_pool_t *pool, void *block, size_t size, size_t alignment);

/* ---- pool statistics --------------------------------------------------------------------------------------------- */

/**
 * Read a statistic of a pool.
 *
 * Bytes count as they were asked for; a buffer asks for its padding too. Making memory larger counts as an allocation
 * of the difference, making it smaller counts as none. Cached bytes are freed blocks that the pool keeps for reuse, and
 * that nock_pool_release_unused returns to the system. Cached and copied bytes inside of the backend are not counted.
 *
 *   nock_pool_bytes_allocated        bytes in use
 *   nock_pool_max_memory             the most bytes that were in use at one time
 *   nock_pool_total_bytes_allocated  bytes that were ever given out
 *   nock_pool_num_allocations        how often memory was given out
 *   nock_pool_limit                  the most bytes that may be in use; UINT64_MAX: no limit
 *   nock_pool_cached_bytes           bytes of freed blocks that are kept for reuse
 *   nock_pool_copied_bytes           bytes of large blocks copied because they could not grow
 *   nock_pool_fault_count            mistakes that a debug pool found: this one or one below
 *
 * @param pool  borrowed; may be NULL
 * @return the number named beside the function
 */
NOCK_API uint64_t nock_pool_bytes_allocated(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_max_memory(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_total_bytes_allocated(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_num_allocations(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_limit(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_cached_bytes(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_copied_bytes(const nock_pool_t *pool);
NOCK_API uint64_t nock_pool_fault_count(const nock_pool_t *pool);

/**
 * Render the statistics of a pool as text.
 *
 * Each statistic is one line: a name, a colon and a number. Newer libraries may have more lines.
 *
 * Cost: one allocation for the text, one for the object.
 *
 * @param pool       borrowed; may be NULL
 * @param text_pool  shared (adds a reference); may be NULL; where the text comes from
 * @param out        receives a buffer with the text followed by a NUL, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *         NOCK_ERR_LIMIT when the limit of text_pool would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_pool_stats_text(const nock_pool_t *pool, nock_pool_t *text_pool, nock_buffer_t **out,
    nock_error_t **error);

/* ---- pool backend ------------------------------------------------------------------------------------------------ */

/** Flags of nock_pool_backend_options_t. */
enum {
  /** Do not ask for huge pages. */
  NOCK_POOL_BACKEND_NO_HUGE_PAGES = 1,
  /** Keep no freed blocks for reuse. */
  NOCK_POOL_BACKEND_NO_CACHE = 2,
  /** Map no blocks from the kernel directly. */
  NOCK_POOL_BACKEND_NO_KERNEL = 4
};

/** On which memory nodes the large blocks of a pool are placed. */
typedef int32_t nock_pool_numa_t;

/** Every policy. All are advice: a system that cannot follow ignores it. */
enum {
  /** The policy of the calling thread. */
  NOCK_POOL_NUMA_DEFAULT = 0,
  /** Interleaved page by page over all nodes. */
  NOCK_POOL_NUMA_INTERLEAVE = 1,
  /** On numa_node if it has memory, else on others. */
  NOCK_POOL_NUMA_PREFER = 2
};

/** How a pool treats large blocks. Start from NOCK_POOL_BACKEND_OPTIONS_INIT. */
typedef struct nock_pool_backend_options_t {
  /** sizeof the struct. */
  uint32_t struct_size;
  /** NOCK_POOL_BACKEND_ flags. */
  uint32_t flags;
  /**
   * Blocks of at least this many bytes come straight from the kernel and grow without a copy, where the system can do that;
   * at least 256 KiB; 0: 4 MiB.
   */
  uint64_t large_bytes;
  /** At most this many bytes of freed blocks are kept for reuse; 0: 128 MiB. */
  uint64_t cache_bytes;
  /** One of NOCK_POOL_NUMA_. */
  nock_pool_numa_t numa;
  /** The node of NOCK_POOL_NUMA_PREFER. */
  uint32_t numa_node;
} nock_pool_backend_options_t;
/** Start value of a nock_pool_backend_options_t: everything default. */
#define NOCK_POOL_BACKEND_OPTIONS_INIT {sizeof(nock_pool_backend_options_t), 0, 0, 0, 0, 0}

/**
 * Make a pool of a backend with its own options for large blocks.
 *
 * It has statistics and freed blocks for reuse of its own.
 *
 * Cost: two small allocations.
 *
 * @param name     borrowed; the backend: "system", or another name from nock_pool_backend_name_at
 * @param options  borrowed; copied; may be NULL
 * @param out      receives the pool, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when this library has no such backend
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL, or options are not valid
 *         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_backend(const char *name, const nock_pool_backend_options_t *options,
    nock_pool_t **out, nock_error_t **error);

/* ---- pool nested ------------------------------------------------------------------------------------------------- */

/**
 * Make a pool with a limit on the bytes in use.
 *
 * A call that would exceed the limit gives NOCK_ERR_LIMIT and changes nothing. The limit holds for all threads together.
 * All memory also counts in the parent, so that limited pools can be nested.
 *
 * Cost: two small allocations.
 *
 * @param parent  shared (adds a reference); may be NULL; gives the memory
 * @param limit   bytes; 0 refuses everything
 * @param out     receives the pool, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_LIMIT when pools are nested more than 64 deep
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_capped(nock_pool_t *parent, uint64_t limit, nock_pool_t **out,
    nock_error_t **error);

/**
 * Make a pool with statistics of its own over another pool.
 *
 * Cost: two small allocations.
 *
 * @param parent  shared (adds a reference); may be NULL; gives the memory
 * @param out     receives the pool, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_LIMIT when pools are nested more than 64 deep
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_proxy(nock_pool_t *parent, nock_pool_t **out, nock_error_t **error);

/* ---- pool logging ------------------------------------------------------------------------------------------------ */

/** What happened in a logging pool. */
typedef int32_t nock_pool_event_t;

/** Every event. A newer library may report others. */
enum {
  /** A block was allocated, or refused. */
  NOCK_POOL_EVENT_ALLOC = 1,
  /** A block was resized, or that was refused. */
  NOCK_POOL_EVENT_REALLOC = 2,
  /** A block is freed. */
  NOCK_POOL_EVENT_DEALLOC = 3
};

/** What a logging pool calls. Start from NOCK_POOL_LOG_CALLBACKS_INIT. */
typedef struct nock_pool_log_callbacks_t {
  /** sizeof the struct. */
  uint32_t struct_size;
  /** 0. */
  uint32_t flags;
  /**
   * Called for each event, on the thread that called the pool. The address is 0 when memory was refused. It must not use
   * the pool, unwind or longjmp.
   */
  void (*event)(void *user_data,
                nock_pool_event_t event,
                uint64_t address,
                size_t old_size,
                size_t size,
                size_t alignment);
  /** Releases user_data, once, on any thread, after the last event. NULL: nothing to release. */
  void (*release)(void *user_data);
  /** The first argument of both. */
  void *user_data;
} nock_pool_log_callbacks_t;
/** Start value of a nock_pool_log_callbacks_t: everything default. */
#define NOCK_POOL_LOG_CALLBACKS_INIT {sizeof(nock_pool_log_callbacks_t), 0, 0, 0, 0}

/**
 * Make a pool that calls a function of the caller for each call.
 *
 * Cost: two small allocations.
 *
 * @param parent     shared (adds a reference); may be NULL; gives the memory
 * @param callbacks  borrowed; copied; release is called if and only if this call succeeds
 * @param out        receives the pool, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_LIMIT when pools are nested more than 64 deep
 *         NOCK_ERR_INVALID_ARGUMENT when callbacks, event in it, or out is NULL
 *         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_logging(nock_pool_t *parent, const nock_pool_log_callbacks_t *callbacks,
    nock_pool_t **out, nock_error_t **error);

/**
 * Make a pool that writes a line about each call to a stream.
 *
 * Lines that cannot be written are dropped; so are lines of calls on several threads at the same time.
 *
 * Cost: two small allocations.
 *
 * @param parent  shared (adds a reference); may be NULL; gives the memory
 * @param stream  shared (adds a reference); must not take its memory from the new pool
 * @param out     receives the pool, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_LIMIT when pools are nested more than 64 deep
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_logging_stream(nock_pool_t *parent, nock_stream_t *stream, nock_pool_t **out,
    nock_error_t **error);

/* ---- pool debug -------------------------------------------------------------------------------------------------- */

/** What a debug pool does after it reported a mistake. */
typedef int32_t nock_pool_on_fault_t;

/** The reactions. */
enum {
  /** Continue. */
  NOCK_POOL_ON_FAULT_CONTINUE = 0,
  /** End the process with SIGABRT. */
  NOCK_POOL_ON_FAULT_ABORT = 1,
  /** Stop with SIGTRAP, where a debugger waits for it. */
  NOCK_POOL_ON_FAULT_TRAP = 2
};

/** What a debug pool calls. Start from NOCK_POOL_FAULT_CALLBACKS_INIT. */
typedef struct nock_pool_fault_callbacks_t {
  /** sizeof the struct. */
  uint32_t struct_size;
  /** 0. */
  uint32_t flags;
  /**
   * Called with a line of text for each fault, on the thread that called the pool. It must not use the pool, unwind or
   * longjmp.
   */
  void (*fault)(void *user_data, const char *text);
  /** Releases user_data, once, on any thread, after the last mistake. NULL: nothing to release. */
  void (*release)(void *user_data);
  /** The first argument of both. */
  void *user_data;
} nock_pool_fault_callbacks_t;
/** Start value of a nock_pool_fault_callbacks_t: everything default. */
#define NOCK_POOL_FAULT_CALLBACKS_INIT {sizeof(nock_pool_fault_callbacks_t), 0, 0, 0, 0}

/**
 * Make a pool that detects wrong use of its memory.
 *
 * Found when memory is freed or resized: writes up to 64 bytes before or behind it, a wrong size or alignment,
 * and memory that is freed twice. The padding of a buffer is its own, so writes there are not found.
 * nock_pool_live_text lists what was never freed. Fresh and freed bytes are filled with patterns. The environment
 * variable ARROW_DEBUG_MEMORY_POOL (abort, trap, warn or none) puts such a pool over each process-wide
 * one, the default pool among them.
 *
 * Cost: a lock for each call, and at least 128 bytes more for each block.
 *
 * @param parent     shared (adds a reference); may be NULL; gives the memory
 * @param on_fault   one of NOCK_POOL_ON_FAULT_
 * @param callbacks  borrowed; copied; may be NULL, then faults are written to stderr; release is called if and only if this
 *                   call succeeds
 * @param out        receives the pool, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_LIMIT when pools are nested more than 64 deep
 *         NOCK_ERR_INVALID_ARGUMENT when out or fault in callbacks is NULL, or on_fault is not one of NOCK_POOL_ON_FAULT_
 *         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_debug(nock_pool_t *parent, nock_pool_on_fault_t on_fault,
    const nock_pool_fault_callbacks_t *callbacks, nock_pool_t **out, nock_error_t **error);

/**
 * Tag the blocks allocated from now on.
 *
 * nock_pool_live_text and the reports of faults show the tag of a block.
 *
 * Cost: compares the tag with all earlier ones; a new one is copied and kept as long as the pool.
 *
 * @param pool   borrowed; may be NULL; a debug pool, or one with a debug pool below it
 * @param tag    borrowed; any text, such as the name of the part of the program that runs; may be NULL for none
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when there is no debug pool
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the tag
 *         NOCK_ERR_INVALID_ARGUMENT when tag is not UTF-8
 */
NOCK_FALLIBLE nock_status_t nock_pool_set_tag(nock_pool_t *pool, const char *tag, nock_error_t **error);

/**
 * List the memory of a debug pool that is still allocated.
 *
 * Cost: one allocation for the text, one for the object, one for the list.
 *
 * @param pool       borrowed; may be NULL; a debug pool, or one with a debug pool below it
 * @param text_pool  shared (adds a reference); may be NULL; where the text comes from
 * @param out        receives a buffer with a line for each block, oldest first, and a NUL behind its end, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when there is no debug pool
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *         NOCK_ERR_LIMIT when the limit of text_pool would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_pool_live_text(const nock_pool_t *pool, nock_pool_t *text_pool, nock_buffer_t **out,
    nock_error_t **error);

/* ---- pool callback ----------------------------------------------------------------------------------------------- */

/**
 * The functions of an allocator. Start from NOCK_POOL_CALLBACKS_INIT.
 *
 * Each function may be called on any thread, by several at once, and must not unwind, longjmp, or use the pool.
 */
typedef struct nock_pool_callbacks_t {
  /** sizeof the struct. */
  uint32_t struct_size;
  /** 0. */
  uint32_t flags;
  /**
   * Allocates size bytes at a multiple of alignment, a power of two up to 2 MiB; size is not 0. If it returns another
   * status than NOCK_OK, the call that needed the memory fails with that status, or with NOCK_ERR_CALLBACK for a number
   * of the caller's own.
   */
  nock_status_t (*alloc)(void *user_data, size_t size, size_t alignment, void **out);
  /**
   * Changes the size of a block in place. If it returns another status than NOCK_OK, the bytes are copied to a new block.
   * May be NULL, then they always are.
   */
  nock_status_t (*resize)(void *user_data,
                          void *block,
                          size_t old_size,
                          size_t new_size,
                          size_t alignment);
  /** Frees a block. */
  void (*dealloc)(void *user_data, void *block, size_t size, size_t alignment);
  /** Returns memory that is held for reuse to the system. NULL: there is none. */
  void (*release_unused)(void *user_data);
  /** Releases user_data, once, after the last block was freed and the last reference to the pool was dropped. NULL: nothing to release. */
  void (*release)(void *user_data);
  /** The first argument of each. */
  void *user_data;
} nock_pool_callbacks_t;
/** Start value of a nock_pool_callbacks_t: everything default. */
#define NOCK_POOL_CALLBACKS_INIT {sizeof(nock_pool_callbacks_t), 0, 0, 0, 0, 0, 0, 0}

/**
 * Make a pool over the caller's allocator.
 *
 * What its functions return is checked: success without an address, or with a misaligned one, counts as a failure.
 *
 * Cost: two small allocations.
 *
 * @param callbacks  borrowed; copied; release is called if and only if this call succeeds
 * @param out        receives the pool, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when callbacks, alloc or dealloc in it, or out is NULL
 *         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_pool_new_callback(const nock_pool_callbacks_t *callbacks, nock_pool_t **out,
    nock_error_t **error);

/* ---- buffer ------------------------------------------------------------------------------------------------------ */

/**
 * A reference-counted run of bytes: memory of a pool, memory of the caller, or a part of another buffer.
 *
 * *Shared*: any function, any threads, at once. The library does not synchronise writes to the bytes with reads on other
 * threads. nock_buffer_resize and nock_buffer_reserve need the only reference and move the bytes: no other thread may be
 * using the address it has read. Memory of a pool is aligned to 64 bytes at least and padded with zeros to a multiple of
 * 64.
 * Get one: nock_buffer_alloc, nock_buffer_alloc_zeroed, nock_buffer_alloc_aligned, nock_buffer_alloc_resizable,
 * nock_buffer_new_copy, nock_buffer_new_foreign, nock_buffer_new_foreign_mutable, nock_buffer_slice,
 * nock_buffer_slice_mutable, nock_buffer_copy_range, nock_buffer_concat, nock_buffer_hex, nock_bitmap_new,
 * nock_buffer_builder_finish, nock_buffer_builder_finish_keep, nock_bitmap_builder_finish, nock_bitmap_builder_finish_keep,
 * nock_stream_finish_buffer, nock_stream_read_buffer, nock_stream_read_all, nock_stream_read_at_buffer, nock_array_buffer,
 * nock_array_to_text, nock_batch_to_text, nock_pool_stats_text, nock_pool_live_text, nock_ipc_serialize_batch,
 * nock_ipc_serialize_schema. Keep it: nock_buffer_ref. Release it: nock_buffer_unref.
 * Read it: nock_buffer_data, nock_buffer_mutable_data, nock_buffer_address, nock_buffer_size, nock_buffer_capacity,
 * nock_buffer_is_cpu, nock_buffer_is_mutable, nock_buffer_is_resizable, nock_buffer_parent, nock_buffer_equals,
 * nock_buffer_equals_prefix. Change it: nock_buffer_resize, nock_buffer_reserve, nock_buffer_freeze. As a stream:
 * nock_buffer_open_reader, nock_buffer_open_writer.
 */
struct nock_buffer_t;

/**
 * Releases the caller's memory of a buffer: called exactly once, on any thread, when the last reference is dropped.
 *
 * It must not unwind or longjmp, and must not use the buffer.
 */
typedef void (*nock_release_fn)(void *user_data);

/**
 * Get the address of the bytes.
 *
 * @param buffer  borrowed; may be NULL
 * @return the first byte, borrowed while the buffer lives and keeps its size; never NULL for a buffer on the CPU, even an
 *         empty one; NULL when buffer is NULL or the CPU cannot read its memory
 */
NOCK_API const void *nock_buffer_data(const nock_buffer_t *buffer);

/**
 * Get the address of the bytes, for writing.
 *
 * @param buffer  borrowed; may be NULL
 * @return the first byte, borrowed while the buffer lives and keeps its size; NULL when buffer is NULL or immutable, or the CPU
 *         cannot write its memory
 */
NOCK_API void *nock_buffer_mutable_data(nock_buffer_t *buffer);

/**
 * Read where the bytes are, or how many there are, as a number.
 *
 *   nock_buffer_address   the address, on whatever device the bytes are
 *   nock_buffer_size      bytes, without the padding
 *   nock_buffer_capacity  bytes with the padding; of a slice up to the end of its parent's
 *
 * @param buffer  borrowed; may be NULL
 * @return the number named beside the function; 0 when buffer is NULL
 */
NOCK_API uint64_t nock_buffer_address(const nock_buffer_t *buffer);
NOCK_API size_t nock_buffer_size(const nock_buffer_t *buffer);
NOCK_API size_t nock_buffer_capacity(const nock_buffer_t *buffer);

/**
 * Ask what may be done with a buffer.
 *
 * @param buffer  borrowed; may be NULL
 * @return whether it is so; false when buffer is NULL
 */
NOCK_API bool nock_buffer_is_cpu(const nock_buffer_t *buffer);       /* the CPU can read the bytes */
NOCK_API bool nock_buffer_is_mutable(const nock_buffer_t *buffer);   /* the bytes may be written */
NOCK_API bool nock_buffer_is_resizable(const nock_buffer_t *buffer); /* the size may change */

/**
 * Get the buffer that a slice was taken from.
 *
 * @param buffer  borrowed; may be NULL
 * @return the parent, borrowed while the buffer lives; NULL when buffer is NULL or is no slice
 */
NOCK_API const nock_buffer_t *nock_buffer_parent(const nock_buffer_t *buffer);

/* ---- buffer new -------------------------------------------------------------------------------------------------- */

/**
 * Make a mutable buffer of new memory.
 *
 * The padding behind its bytes is zero.
 *
 * Cost: at most one allocation for the bytes and one for the object; few bytes of fixed size and the object take one.
 *
 *   nock_buffer_alloc            undefined bytes
 *   nock_buffer_alloc_zeroed     zeros, which are written
 *   nock_buffer_alloc_resizable  undefined bytes; nock_buffer_resize changes the size
 *
 * @param size   bytes; 0 is allowed
 * @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_buffer_alloc(size_t size, nock_pool_t *pool, nock_buffer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_alloc_zeroed(size_t size, nock_pool_t *pool, nock_buffer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_alloc_resizable(size_t size, nock_pool_t *pool, nock_buffer_t **out, nock_error_t **error);

/**
 * Make a mutable buffer with a larger alignment.
 *
 * The bytes are undefined, the padding behind them is zero.
 *
 * Cost: at most one allocation for the bytes and one for the object.
 *
 * @param size       bytes; 0 is allowed
 * @param alignment  a power of two up to 2 MiB; below 64 counts as 64, so does 0
 * @param pool       shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out        receives the buffer, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or the alignment is no power of two up to 2 MiB
 */
NOCK_FALLIBLE nock_status_t nock_buffer_alloc_aligned(size_t size, size_t alignment, nock_pool_t *pool,
    nock_buffer_t **out, nock_error_t **error);

/**
 * Copy bytes into a new mutable buffer.
 *
 * The padding behind them is zero.
 *
 * Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and the copy.
 *
 * @param data   borrowed; the bytes; may be NULL when len is 0
 * @param len    how many
 * @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL and len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_buffer_new_copy(const void *data, size_t len, nock_pool_t *pool, nock_buffer_t **out,
    nock_error_t **error);

/**
 * Make a buffer over memory of the caller, without a copy.
 *
 * The memory stays as it is until release is called: exactly once, on any thread, when the last reference to the
 * buffer and its slices is dropped, and only if this call succeeded.
 *
 * Cost: one allocation for the object.
 *
 *   nock_buffer_new_foreign          immutable
 *   nock_buffer_new_foreign_mutable  mutable
 *
 * @param data       consumed on success: the bytes; may be NULL when len is 0
 * @param len        how many
 * @param release    releases the memory; may be NULL, then the memory must live as long as the process
 * @param user_data  consumed on success: passed to release; may be NULL
 * @param out        receives the buffer, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL and len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_buffer_new_foreign(const void *data, size_t len, nock_release_fn release,
    void *user_data, nock_buffer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_new_foreign_mutable(void *data, size_t len, nock_release_fn release,
    void *user_data, nock_buffer_t **out, nock_error_t **error);

/* ---- buffer derive ----------------------------------------------------------------------------------------------- */

/**
 * Share a part of a buffer without copying.
 *
 * The slice keeps the memory alive and counts against the same pool. What is written to the buffer later shows in the
 * slice. Two slices for writing may overlap: their users agree who writes which bytes when; the library orders nothing.
 *
 * Cost: one small allocation.
 *
 *   nock_buffer_slice          an immutable slice, whatever the buffer is
 *   nock_buffer_slice_mutable  a slice of a mutable buffer for writing
 *
 * @param buffer  shared (adds a reference)
 * @param offset  first byte of the slice
 * @param len     bytes in the slice; 0 is allowed
 * @param out     receives the slice, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or an immutable buffer is to be sliced for writing
 *         NOCK_ERR_BUSY when another thread is resizing the buffer
 */
NOCK_FALLIBLE nock_status_t nock_buffer_slice(const nock_buffer_t *buffer, size_t offset, size_t len,
    nock_buffer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_slice_mutable(nock_buffer_t *buffer, size_t offset, size_t len,
    nock_buffer_t **out, nock_error_t **error);

/**
 * Copy a part of a buffer into a new mutable buffer.
 *
 * The padding behind the copy is zero.
 *
 * Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and the copy.
 *
 * @param buffer  borrowed
 * @param offset  first byte to copy
 * @param len     how many; 0 is allowed
 * @param pool    shared (adds a reference); may be NULL; kept alive by the new buffer
 * @param out     receives the copy, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
 *         NOCK_ERR_BUSY when another thread is resizing the buffer
 */
NOCK_FALLIBLE nock_status_t nock_buffer_copy_range(const nock_buffer_t *buffer, size_t offset, size_t len,
    nock_pool_t *pool, nock_buffer_t **out, nock_error_t **error);

/**
 * Join buffers into a new mutable buffer.
 *
 * Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and the copy.
 *
 * @param buffers      borrowed; num_buffers buffers; may be NULL when num_buffers is 0
 * @param num_buffers  how many
 * @param pool         shared (adds a reference); may be NULL; kept alive by the new buffer
 * @param out          receives the joined bytes, owned
 * @param error        receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory, or the sizes add up to more than an address space
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out or one of the buffers is NULL, or buffers is NULL and num_buffers is not 0
 *         NOCK_ERR_BUSY when another thread is resizing one of the buffers
 */
NOCK_FALLIBLE nock_status_t nock_buffer_concat(const nock_buffer_t *const *buffers, size_t num_buffers,
    nock_pool_t *pool, nock_buffer_t **out, nock_error_t **error);

/**
 * Write the bytes of a buffer as hexadecimal text.
 *
 * Cost: at most one allocation for a short text and its object together, otherwise one for each; and reads the buffer.
 *
 * @param buffer  borrowed
 * @param pool    shared (adds a reference); may be NULL; kept alive by the text
 * @param out     receives a buffer with two upper-case digits for each byte, followed by a NUL, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
 *         NOCK_ERR_BUSY when another thread is resizing the buffer
 */
NOCK_FALLIBLE nock_status_t nock_buffer_hex(const nock_buffer_t *buffer, nock_pool_t *pool, nock_buffer_t **out,
    nock_error_t **error);

/* ---- buffer compare ---------------------------------------------------------------------------------------------- */

/**
 * Compare the bytes of two buffers.
 *
 * Cost: reads both.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether size and bytes are the same; false when one is NULL, or is being resized by another thread
 */
NOCK_API bool nock_buffer_equals(const nock_buffer_t *a, const nock_buffer_t *b);

/**
 * Compare the first bytes of two buffers.
 *
 * Cost: reads them.
 *
 * @param a    borrowed; may be NULL
 * @param b    borrowed; may be NULL
 * @param len  how many bytes
 * @return whether both have len bytes and these are the same; false when one is NULL, or is being resized by another thread
 */
NOCK_API bool nock_buffer_equals_prefix(const nock_buffer_t *a, const nock_buffer_t *b, size_t len);

/* ---- buffer resize ----------------------------------------------------------------------------------------------- */

/** Flags of functions that resize. */
enum {
  /** Return memory that is no longer needed to the pool. */
  NOCK_BUFFER_RESIZE_SHRINK = 1
};

/**
 * Change the size of a resizable buffer.
 *
 * The bytes that fit are kept, new bytes are undefined, the padding is zero. Addresses of the bytes are no longer valid.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param buffer  borrowed; this must be its only reference, and it must have no slices
 * @param size    bytes
 * @param flags   NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
 *         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
 *         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_buffer_resize(nock_buffer_t *buffer, size_t size, uint32_t flags,
    nock_error_t **error);

/**
 * Make room in a resizable buffer without changing its size.
 *
 * Growing up to the capacity then neither allocates nor moves. Addresses of the bytes are no longer valid.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param buffer    borrowed; this must be its only reference, and it must have no slices
 * @param capacity  bytes to have room for in all
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
 *         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
 *         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
 */
NOCK_FALLIBLE nock_status_t nock_buffer_reserve(nock_buffer_t *buffer, size_t capacity, nock_error_t **error);

/**
 * Make a buffer immutable.
 *
 * This cannot be undone. Mutable slices that were taken before stay mutable.
 *
 * @param buffer  borrowed; may be NULL
 */
NOCK_API void nock_buffer_freeze(nock_buffer_t *buffer);

/* ---- buffer open ------------------------------------------------------------------------------------------------- */

/**
 * Read the bytes of a buffer as a stream.
 *
 * The same as nock_stream_open_buffer: buffers read from the stream are parts of this one, nothing is copied.
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
 */
NOCK_FALLIBLE nock_status_t nock_buffer_open_reader(const nock_buffer_t *buffer, nock_stream_t **out,
    nock_error_t **error);

/**
 * Write into the bytes of a mutable buffer as a stream, never beyond its size.
 *
 * The same as nock_stream_new_fixed_writer.
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
 */
NOCK_FALLIBLE nock_status_t nock_buffer_open_writer(nock_buffer_t *buffer, nock_stream_t **out, nock_error_t **error);

/* ---- buffer_builder ---------------------------------------------------------------------------------------------- */

/**
 * Collects bytes and turns them into a buffer. A call that fails leaves it as it was.
 *
 * *Exclusive*: may move between threads, one call at a time.
 * Get one: nock_buffer_builder_new. Release it: nock_buffer_builder_finish, nock_buffer_builder_finish_keep or
 * nock_buffer_builder_free. Fill it: nock_buffer_builder_reserve with nock_buffer_builder_advance,
 * nock_buffer_builder_append, nock_buffer_builder_append_fill, nock_buffer_builder_append_copies,
 * nock_buffer_builder_resize, and one nock_buffer_builder_append_... function for each width of number. Look:
 * nock_buffer_builder_size, nock_buffer_builder_capacity, nock_buffer_builder_data. Back: nock_buffer_builder_rewind,
 * nock_buffer_builder_reset.
 * Single bits: nock_bitmap_builder_t.
 */
struct nock_buffer_builder_t;

/**
 * Make a builder that has collected nothing.
 *
 * Cost: one allocation; memory for bytes is taken when it is needed.
 *
 * @param pool   shared (adds a reference); may be NULL; kept alive by the builder and its buffer
 * @param out    receives the builder, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_new(nock_pool_t *pool, nock_buffer_builder_t **out,
    nock_error_t **error);

/**
 * Read how many bytes a builder has.
 *
 *   nock_buffer_builder_size      bytes collected
 *   nock_buffer_builder_capacity  bytes that fit without another allocation, in all
 *
 * @param builder  borrowed; may be NULL
 * @return the number named beside the function; 0 when builder is NULL or another call is using it
 */
NOCK_API size_t nock_buffer_builder_size(const nock_buffer_builder_t *builder);
NOCK_API size_t nock_buffer_builder_capacity(const nock_buffer_builder_t *builder);

/**
 * Read where the collected bytes are.
 *
 * @param builder  borrowed; may be NULL
 * @return the first byte, borrowed until the next call that appends, resizes or finishes; NULL when nothing was reserved
 *         yet, when builder is NULL, or another call is using it
 */
NOCK_API const void *nock_buffer_builder_data(const nock_buffer_builder_t *builder);

/**
 * Keep the first bytes, and discard those after them.
 *
 * @param builder  borrowed
 * @param size     how many to keep
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when fewer were collected
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_rewind(nock_buffer_builder_t *builder, size_t size,
    nock_error_t **error);

/**
 * Set how many bytes fit without another allocation.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder   borrowed
 * @param capacity  bytes that must fit, those collected included
 * @param flags     NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_OUT_OF_RANGE when more than capacity was collected
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_resize(nock_buffer_builder_t *builder, size_t capacity, uint32_t flags,
    nock_error_t **error);

/**
 * Turn the collected bytes into a mutable, resizable buffer, and end the builder.
 *
 * The padding is zero. If nothing was collected, the buffer is empty.
 *
 * Cost: one small allocation; returning memory copies the bytes when the pool cannot shrink in place.
 *
 *   nock_buffer_builder_finish       returns memory that is not needed to the pool
 *   nock_buffer_builder_finish_keep  keeps its capacity: the buffer can grow without moving
 *
 * @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY
 * @param out      receives the buffer, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
 *         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
 *         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_finish(nock_buffer_builder_t **builder, nock_buffer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_finish_keep(nock_buffer_builder_t **builder, nock_buffer_t **out, nock_error_t **error);

/**
 * Discard everything, and return the memory to the pool.
 *
 * @param builder  borrowed
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_reset(nock_buffer_builder_t *builder, nock_error_t **error);

/* ---- buffer_builder append --------------------------------------------------------------------------------------- */

/**
 * Make room for more bytes and show where they go.
 *
 * What was written to the room counts after nock_buffer_builder_advance. The room stays valid until the next call that
 * appends, resizes or finishes. Growing at least doubles the capacity, so that collecting byte by byte costs the same for
 * each byte; where the pool refuses that, it grows by what is needed.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder     borrowed
 * @param additional  bytes that must fit; 0 shows the room there is
 * @param out_tail    receives the address behind the last byte, borrowed until the next call; may be NULL
 * @param out_room    receives how many bytes fit there, at least additional; may be NULL
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_reserve(nock_buffer_builder_t *builder, size_t additional,
    void **out_tail, size_t *out_room, nock_error_t **error);

/**
 * Count bytes that were written to the reserved room.
 *
 * @param builder  borrowed
 * @param len      how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when the reserved room is smaller
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_advance(nock_buffer_builder_t *builder, size_t len,
    nock_error_t **error);

/**
 * Append bytes.
 *
 * For an array of numbers, len is the number of items times their size.
 *
 * Cost: copies the bytes; when the memory grows it may move.
 *
 * @param builder  borrowed
 * @param data     borrowed; the bytes, none of them in the builder itself; may be NULL when len is 0
 * @param len      how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, data is NULL and len is not 0, or data lies in the builder
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append(nock_buffer_builder_t *builder, const void *data, size_t len,
    nock_error_t **error);

/**
 * Append one byte many times.
 *
 * Cost: writes the bytes; when the memory grows it may move.
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
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_fill(nock_buffer_builder_t *builder, uint8_t byte, size_t count,
    nock_error_t **error);

/**
 * Append a run of bytes many times.
 *
 * For example one value of any width, such as a decimal of 16 or 32 bytes.
 *
 * Cost: writes the bytes; when the memory grows it may move.
 *
 * @param builder  borrowed
 * @param data     borrowed; the bytes, none of them in the builder itself; may be NULL when len is 0
 * @param len      how many bytes the run has
 * @param count    how many times
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, data is NULL and len is not 0, or data lies in the builder
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_copies(nock_buffer_builder_t *builder, const void *data,
    size_t len, size_t count, nock_error_t **error);

/* ---- buffer_builder append_number -------------------------------------------------------------------------------- */

/**
 * Append a number in the machine's byte order.
 *
 * Cost: copies the bytes when they have to move.
 *
 *   nock_buffer_builder_append_i8        8 bits
 *   nock_buffer_builder_append_i16       16 bits
 *   nock_buffer_builder_append_i32       32 bits
 *   nock_buffer_builder_append_i64       64 bits
 *   nock_buffer_builder_append_u8        8 bits, unsigned
 *   nock_buffer_builder_append_u16       16 bits, unsigned
 *   nock_buffer_builder_append_u32       32 bits, unsigned
 *   nock_buffer_builder_append_u64       64 bits, unsigned
 *   nock_buffer_builder_append_f32       32 bits, a float
 *   nock_buffer_builder_append_f64       64 bits, a double
 *   nock_buffer_builder_append_f16_bits  16 bits, an IEEE 754 binary16 given as its bits
 *
 * @param builder  borrowed
 * @param number   the number
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_i8(nock_buffer_builder_t *builder, int8_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_i16(nock_buffer_builder_t *builder, int16_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_i32(nock_buffer_builder_t *builder, int32_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_i64(nock_buffer_builder_t *builder, int64_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_u8(nock_buffer_builder_t *builder, uint8_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_u16(nock_buffer_builder_t *builder, uint16_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_u32(nock_buffer_builder_t *builder, uint32_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_u64(nock_buffer_builder_t *builder, uint64_t number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_f32(nock_buffer_builder_t *builder, float number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_f64(nock_buffer_builder_t *builder, double number, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_f16_bits(nock_buffer_builder_t *builder, uint16_t number, nock_error_t **error);

/**
 * Append a whole number of 128 bits in the machine's byte order.
 *
 * Arrow keeps the values of decimals like this.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder  borrowed
 * @param low      its 64 lowest bits
 * @param high     its 64 highest bits, the sign included
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_i128(nock_buffer_builder_t *builder, uint64_t low, int64_t high,
    nock_error_t **error);

/**
 * Append a whole number of 256 bits in the machine's byte order.
 *
 * Arrow keeps the values of decimals like this.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder  borrowed
 * @param words    borrowed; its four 64-bit parts, the lowest first, the sign in the last
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder or words is NULL, or words is not aligned
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_buffer_builder_append_i256(nock_buffer_builder_t *builder, const uint64_t *words,
    nock_error_t **error);

/* ---- bitmap ------------------------------------------------------------------------------------------------------ */

/** A run of bits in bytes, least significant bit first, as in Arrow's validity bitmaps and boolean arrays. */
typedef struct nock_bits_t {
  /** The bytes; may be NULL when len is 0. */
  const void *data;
  /** How many bytes there are. */
  size_t len;
  /** The offset of the first bit from the least significant bit of the first byte; it may be more than 7. */
  size_t offset;
} nock_bits_t;

/**
 * Read a bit.
 *
 * @param bits   borrowed; may be NULL
 * @param index  which bit, counted from the offset of bits
 * @return whether it is set; false when bits is NULL or the bit lies outside of its bytes
 */
NOCK_API bool nock_bitmap_get(const nock_bits_t *bits, size_t index);

/**
 * Count the bits that are set.
 *
 * Cost: reads them.
 *
 * @param bits     borrowed
 * @param count    how many bits to look at
 * @param out_set  receives how many of them are set
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when bits has fewer than count
 *         NOCK_ERR_INVALID_ARGUMENT when bits or out_set is NULL, or its data is NULL and len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_count(const nock_bits_t *bits, size_t count, size_t *out_set,
    nock_error_t **error);

/**
 * Compare two runs of bits.
 *
 * Cost: reads both.
 *
 * @param a      borrowed; may be NULL
 * @param b      borrowed; may be NULL
 * @param count  how many bits
 * @return whether both have count bits and these are the same; false when one is NULL
 */
NOCK_API bool nock_bitmap_equals(const nock_bits_t *a, const nock_bits_t *b, size_t count);

/**
 * Set or clear a run of bits.
 *
 * The bits around the run stay as they are.
 *
 * @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
 * @param target_len     how many bytes there are
 * @param target_offset  the first bit to write
 * @param count          how many bits
 * @param bit            0 to clear them, anything else to set them
 * @param error          receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when target has fewer bits behind the offset
 *         NOCK_ERR_INVALID_ARGUMENT when target is NULL and target_len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_fill(void *target, size_t target_len, size_t target_offset, size_t count,
    uint8_t bit, nock_error_t **error);

/**
 * Set or clear one bit.
 *
 * @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
 * @param target_len     how many bytes there are
 * @param target_offset  the bit to write
 * @param bit            0 to clear it, anything else to set it
 * @param error          receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when target has no such bit
 *         NOCK_ERR_INVALID_ARGUMENT when target is NULL and target_len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_set(void *target, size_t target_len, size_t target_offset, uint8_t bit,
    nock_error_t **error);

/**
 * Make a mutable buffer of equal bits.
 *
 * The bits after the last one, up to the end of the padding, are zero.
 *
 * Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and writes the bits.
 *
 * @param count  how many bits; the buffer has count / 8 bytes, rounded up
 * @param bit    0 for bits that are not set, anything else for bits that are
 * @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out    receives the buffer, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_new(size_t count, uint8_t bit, nock_pool_t *pool, nock_buffer_t **out,
    nock_error_t **error);

/* ---- bitmap combine ---------------------------------------------------------------------------------------------- */

/**
 * Copy a run of bits from any offset to any offset, as they are or inverted.
 *
 * The bits around the written run stay as they are.
 *
 * Cost: reads and writes the run.
 *
 *   nock_bitmap_copy  as they are
 *   nock_bitmap_not   inverted
 *
 * @param bits           borrowed
 * @param count          how many bits
 * @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
 * @param target_len     how many bytes there are
 * @param target_offset  the first bit to write
 * @param error          receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when bits or target has fewer bits behind its offset
 *         NOCK_ERR_INVALID_ARGUMENT when bits is NULL, its data or target is NULL and target_len is not 0, or target
 *         overlaps bits
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_copy(const nock_bits_t *bits, size_t count, void *target, size_t target_len,
    size_t target_offset, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_bitmap_not(const nock_bits_t *bits, size_t count, void *target, size_t target_len,
    size_t target_offset, nock_error_t **error);

/**
 * Combine two runs of bits, each from any offset.
 *
 * The bits around the written run stay as they are.
 *
 * Cost: reads and writes the runs.
 *
 *   nock_bitmap_and      set when both are
 *   nock_bitmap_or       set when at least one is
 *   nock_bitmap_xor      set when exactly one is
 *   nock_bitmap_and_not  set when that of a is and that of b is not
 *
 * @param a              borrowed
 * @param b              borrowed
 * @param count          how many bits
 * @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
 * @param target_len     how many bytes there are
 * @param target_offset  the first bit to write
 * @param error          receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when a, b or target has fewer bits behind its offset
 *         NOCK_ERR_INVALID_ARGUMENT when a or b is NULL, data or target is NULL and target_len is not 0, or target
 *         overlaps a source
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_and(const nock_bits_t *a, const nock_bits_t *b, size_t count, void *target,
    size_t target_len, size_t target_offset, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_bitmap_or(const nock_bits_t *a, const nock_bits_t *b, size_t count, void *target,
    size_t target_len, size_t target_offset, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_bitmap_xor(const nock_bits_t *a, const nock_bits_t *b, size_t count, void *target,
    size_t target_len, size_t target_offset, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_bitmap_and_not(const nock_bits_t *a, const nock_bits_t *b, size_t count, void *target,
    size_t target_len, size_t target_offset, nock_error_t **error);

/* ---- bitmap_builder ---------------------------------------------------------------------------------------------- */

/**
 * Collects bits, counts those that are not set, and turns them into a buffer. A call that fails leaves it as it was.
 *
 * *Exclusive*: may move between threads, one call at a time.
 * Get one: nock_bitmap_builder_new. Release it: nock_bitmap_builder_finish, nock_bitmap_builder_finish_keep or
 * nock_bitmap_builder_free. Fill it: nock_bitmap_builder_append, nock_bitmap_builder_append_run,
 * nock_bitmap_builder_append_bits, nock_bitmap_builder_append_bytes, nock_bitmap_builder_reserve,
 * nock_bitmap_builder_resize. Look: nock_bitmap_builder_length, nock_bitmap_builder_false_count,
 * nock_bitmap_builder_capacity, nock_bitmap_builder_data, nock_bitmap_builder_get. Back: nock_bitmap_builder_rewind,
 * nock_bitmap_builder_reset.
 */
struct nock_bitmap_builder_t;

/**
 * Make a builder that has collected nothing.
 *
 * Cost: one allocation; memory for bits is taken when it is needed.
 *
 * @param pool   shared (adds a reference); may be NULL; kept alive by the builder and its buffer
 * @param out    receives the builder, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_new(nock_pool_t *pool, nock_bitmap_builder_t **out,
    nock_error_t **error);

/**
 * Read how many bits a builder has.
 *
 *   nock_bitmap_builder_length       bits collected
 *   nock_bitmap_builder_false_count  collected bits that are not set
 *   nock_bitmap_builder_capacity     bits that fit without another allocation, in all
 *
 * @param builder  borrowed; may be NULL
 * @return the number named beside the function; 0 when builder is NULL or another call is using it
 */
NOCK_API size_t nock_bitmap_builder_length(const nock_bitmap_builder_t *builder);
NOCK_API size_t nock_bitmap_builder_false_count(const nock_bitmap_builder_t *builder);
NOCK_API size_t nock_bitmap_builder_capacity(const nock_bitmap_builder_t *builder);

/**
 * Read where the collected bits are.
 *
 * @param builder  borrowed; may be NULL
 * @return the byte with the first bits, borrowed until the next call that appends, resizes or finishes; NULL when nothing
 *         was reserved yet, when builder is NULL, or another call is using it
 */
NOCK_API const void *nock_bitmap_builder_data(const nock_bitmap_builder_t *builder);

/**
 * Read a collected bit.
 *
 * @param builder  borrowed; may be NULL
 * @param index    which
 * @return whether it is set; false beyond the end, when builder is NULL, or another call is using it
 */
NOCK_API bool nock_bitmap_builder_get(const nock_bitmap_builder_t *builder, size_t index);

/**
 * Keep the first bits, and discard those after them.
 *
 * @param builder  borrowed
 * @param length   how many bits to keep
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when fewer were collected
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_rewind(nock_bitmap_builder_t *builder, size_t length,
    nock_error_t **error);

/**
 * Set how many bits fit without another allocation.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder   borrowed
 * @param capacity  bits that must fit, those collected included; rounded up to 512
 * @param flags     NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_OUT_OF_RANGE when more than capacity was collected
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_resize(nock_bitmap_builder_t *builder, size_t capacity, uint32_t flags,
    nock_error_t **error);

/**
 * Turn the collected bits into a mutable, resizable buffer, and end the builder.
 *
 * The bits behind the last one are zero.
 *
 * Cost: one small allocation; returning memory copies the bytes when the pool cannot shrink in place.
 *
 *   nock_bitmap_builder_finish       returns memory that is not needed to the pool
 *   nock_bitmap_builder_finish_keep  keeps its capacity: the buffer can grow without moving
 *
 * @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY
 * @param out      receives the buffer, owned; its size is the number of bits / 8, rounded up
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
 *         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
 *         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_finish(nock_bitmap_builder_t **builder, nock_buffer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_finish_keep(nock_bitmap_builder_t **builder, nock_buffer_t **out, nock_error_t **error);

/**
 * Discard everything, and return the memory to the pool.
 *
 * @param builder  borrowed
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_reset(nock_bitmap_builder_t *builder, nock_error_t **error);

/* ---- bitmap_builder append --------------------------------------------------------------------------------------- */

/**
 * Append one bit.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder  borrowed
 * @param bit      0 for a bit that is not set, anything else for one that is
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_append(nock_bitmap_builder_t *builder, uint8_t bit,
    nock_error_t **error);

/**
 * Append one bit many times.
 *
 * Cost: writes the bits; when the memory grows it may move.
 *
 * @param builder  borrowed
 * @param bit      0 for bits that are not set, anything else for bits that are
 * @param count    how many times
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_append_run(nock_bitmap_builder_t *builder, uint8_t bit, size_t count,
    nock_error_t **error);

/**
 * Append bits from any offset.
 *
 * Cost: copies the bits; when the memory grows it may move.
 *
 * @param builder  borrowed
 * @param bits     borrowed; none of them in the builder itself
 * @param count    how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_OUT_OF_RANGE when bits has fewer than count
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, bits or its data is, or they lie in the builder
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_append_bits(nock_bitmap_builder_t *builder, const nock_bits_t *bits,
    size_t count, nock_error_t **error);

/**
 * Append a bit for each byte.
 *
 * Cost: reads the bytes; when the memory grows it may move.
 *
 * @param builder  borrowed
 * @param values   borrowed; the bytes, none of them in the builder itself: 0 for a bit that is not set, anything else for one
 *                 that is; may be NULL when count is 0
 * @param count    how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, values is NULL and count is not 0, or values lies in the builder
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_append_bytes(nock_bitmap_builder_t *builder, const void *values,
    size_t count, nock_error_t **error);

/**
 * Make room for more bits.
 *
 * The capacity at least doubles when it grows, so that appending a bit has amortised constant cost; if the pool refuses
 * that much, it grows by what is needed.
 *
 * Cost: copies the bytes when they have to move.
 *
 * @param builder     borrowed
 * @param additional  bits that must fit
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_bitmap_builder_reserve(nock_bitmap_builder_t *builder, size_t additional,
    nock_error_t **error);

/* ---- stream ------------------------------------------------------------------------------------------------------ */

/**
 * A source or sink of bytes: a file, a memory map, a buffer.
 *
 * *Shared*: any function, any threads, at once. Calls that use the position of the stream, change its size or close it do
 * not wait for each other: the later one returns NOCK_ERR_BUSY. Calls that take an offset run concurrently with each other
 * and with one that uses the position.
 * Get one: nock_stream_open_path, nock_stream_open_fd, nock_stream_open_mmap, nock_stream_create_mmap,
 * nock_stream_open_buffer, nock_stream_new_buffer_writer, nock_stream_new_fixed_writer, nock_buffer_open_reader,
 * nock_buffer_open_writer. Keep it: nock_stream_ref. Release it: nock_stream_close, then nock_stream_unref.
 * Read: nock_stream_read, nock_stream_read_exact, nock_stream_read_buffer, nock_stream_read_all, nock_stream_skip, and with
 * an offset nock_stream_read_at, nock_stream_read_at_buffer. Write: nock_stream_write, nock_stream_write_buffer,
 * nock_stream_write_vectored, nock_stream_write_at, nock_stream_flush, nock_stream_sync, nock_stream_truncate,
 * nock_stream_resize, nock_stream_finish_buffer. Position: nock_stream_seek, nock_stream_tell, nock_stream_size. Ask:
 * nock_stream_is_closed, nock_stream_is_readable, nock_stream_is_writable, nock_stream_is_seekable,
 * nock_stream_supports_zero_copy, nock_stream_mode, nock_stream_fileno.
 */
struct nock_stream_t;

/**
 * Close a stream and report errors.
 *
 * The stream is closed even if an error is reported; closing it again does nothing. Later calls give NOCK_ERR_CLOSED.
 * Buffers that were read stay valid. Closing does not put data on the storage device: see nock_stream_sync.
 *
 * @param stream  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system reports that data written before was lost
 *         NOCK_ERR_BUSY when another call is using the stream; it is not closed then
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_close(nock_stream_t *stream, nock_error_t **error);

/* ---- stream open ------------------------------------------------------------------------------------------------- */

/** What a stream is opened for: one of the NOCK_OPEN_ values. */
typedef int32_t nock_open_mode_t;

/** The modes. */
enum {
  /** Reading for a path; for a descriptor, what it allows. */
  NOCK_OPEN_DEFAULT = 0,
  /** Reading. */
  NOCK_OPEN_READ = 1,
  /** Writing from the start. A file is created or truncated; a memory map keeps its contents. */
  NOCK_OPEN_WRITE = 2,
  /** Writing at the end. A file is created if there is none. */
  NOCK_OPEN_APPEND = 3,
  /** Reading and writing. The file must exist and keeps its contents, unless flags say otherwise. */
  NOCK_OPEN_READ_WRITE = 4
};

/** The flags of nock_stream_open_options_t. */
enum {
  /** Create the file if there is none, in mode NOCK_OPEN_READ_WRITE too. */
  NOCK_OPEN_FLAG_CREATE = 1,
  /** Create the file; fail if it exists. */
  NOCK_OPEN_FLAG_EXCLUSIVE = 2,
  /** Truncate the file, in mode NOCK_OPEN_READ_WRITE too. */
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
 * @param path     borrowed; NUL-terminated; passed to the operating system as it is
 * @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is NOCK_OPEN_READ
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such file or folder
 *         NOCK_ERR_IO when the operating system refuses, for example for a directory or for lack of permission
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
 *         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, mode or the size of options is not valid, or the flags are
 *         not allowed with the mode
 */
NOCK_FALLIBLE nock_status_t nock_stream_open_path(const char *path, nock_open_mode_t mode,
    const nock_stream_open_options_t *options, nock_stream_t **out, nock_error_t **error);

/**
 * Open what a descriptor refers to.
 *
 * On success the descriptor belongs to the stream, which closes it; with NOCK_OPEN_FLAG_KEEP_DESCRIPTOR, and on failure, it
 * stays the caller's. Reading and writing start at the descriptor's position and move it. The file is never truncated. A
 * read or write on a non-blocking descriptor waits.
 *
 * Cost: three allocations.
 *
 * @param fd       a descriptor of the process: a file, a pipe, a socket, a terminal
 * @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is what the descriptor allows
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system refuses, for example because nothing is open under fd
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, fd is negative or not open for mode, mode or the size of options is
 *         not valid, or options has another flag than NOCK_OPEN_FLAG_KEEP_DESCRIPTOR
 */
NOCK_FALLIBLE nock_status_t nock_stream_open_fd(int32_t fd, nock_open_mode_t mode,
    const nock_stream_open_options_t *options, nock_stream_t **out, nock_error_t **error);

/* ---- stream map -------------------------------------------------------------------------------------------------- */

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
 * Buffers read from the stream point into the map: nothing is copied, and they stay valid after the stream is closed. The
 * file must not be truncated while such a buffer is in use: touching bytes that were cut off kills the process (SIGBUS).
 * Reads into the caller's memory and all writes go through the descriptor; on a truncated file they give NOCK_ERR_IO.
 * Writes cannot go beyond the map, and are visible at once to everybody who maps or reads the file.
 *
 * Cost: maps without reading; four allocations.
 *
 * @param path     borrowed; NUL-terminated; passed to the operating system as it is
 * @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is NOCK_OPEN_READ, NOCK_OPEN_APPEND is not allowed
 * @param options  borrowed; may be NULL, then the whole file
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such file
 *         NOCK_ERR_IO when the operating system refuses
 *         NOCK_ERR_OUT_OF_RANGE when the part is beyond the end of the file, or larger than the address space
 *         NOCK_ERR_UNSUPPORTED when the path is no regular file, or options has bits or fields that this library does
 *         not know
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, the offset is no multiple of the page size, or mode or
 *         the size of options is not valid
 */
NOCK_FALLIBLE nock_status_t nock_stream_open_mmap(const char *path, nock_open_mode_t mode,
    const nock_stream_map_options_t *options, nock_stream_t **out, nock_error_t **error);

/**
 * Create a file of a given size and map it.
 *
 * The file is created or truncated. Its bytes are zero, and its disk space is allocated at once, so that this call fails if
 * the disk is full. The stream can read and write.
 *
 * Cost: allocates the disk space; four allocations of memory.
 *
 * @param path     borrowed; NUL-terminated; passed to the operating system as it is
 * @param size     bytes; 0 is allowed
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the stream, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system refuses, for example for lack of disk space; the file is then empty
 *         NOCK_ERR_NOT_FOUND when there is no such folder
 *         NOCK_ERR_OUT_OF_RANGE when size is larger than the address space
 *         NOCK_ERR_UNSUPPORTED when the path is no regular file, or options has bits or fields that this library does
 *         not know
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, the size of options is not valid, or they have
 *         NOCK_OPEN_FLAG_KEEP_DESCRIPTOR
 */
NOCK_FALLIBLE nock_status_t nock_stream_create_mmap(const char *path, uint64_t size,
    const nock_stream_open_options_t *options, nock_stream_t **out, nock_error_t **error);

/* ---- stream memory ----------------------------------------------------------------------------------------------- */

/**
 * Read a buffer as a stream.
 *
 * Buffers read from the stream are slices of the buffer; nothing is copied.
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
 */
NOCK_FALLIBLE nock_status_t nock_stream_open_buffer(const nock_buffer_t *buffer, nock_stream_t **out,
    nock_error_t **error);

/**
 * Write to a buffer that grows.
 *
 * nock_stream_finish_buffer gives the buffer.
 *
 * Cost: two allocations, and one from the pool for capacity.
 *
 * @param capacity  bytes to make room for at once; 0 is allowed
 * @param pool      shared (adds a reference); may be NULL; kept alive by the stream and the buffer
 * @param out       receives the stream, owned
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_new_buffer_writer(size_t capacity, nock_pool_t *pool, nock_stream_t **out,
    nock_error_t **error);

/**
 * Write into a buffer of fixed size.
 *
 * Writing starts at the first byte of the buffer. A write beyond the last byte gives NOCK_ERR_OUT_OF_RANGE and writes
 * nothing.
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
 */
NOCK_FALLIBLE nock_status_t nock_stream_new_fixed_writer(nock_buffer_t *buffer, nock_stream_t **out,
    nock_error_t **error);

/**
 * Get the buffer of a buffer writer, and close the stream.
 *
 * Called again, or after nock_stream_close, it gives the same buffer.
 *
 * Cost: may copy the bytes when it returns unused capacity to the pool.
 *
 * @param stream  borrowed
 * @param out     receives the buffer, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when the stream is no buffer writer
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory; the stream is not closed then
 *         NOCK_ERR_BUSY when another call is using the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_finish_buffer(nock_stream_t *stream, nock_buffer_t **out, nock_error_t **error);

/* ---- stream read ------------------------------------------------------------------------------------------------- */

/**
 * Read at the position.
 *
 * Files, maps and buffers give cap bytes, and fewer only at their end; pipes, sockets and terminals give what is available,
 * and wait only if there is nothing.
 *
 * @param stream  borrowed
 * @param dst     borrowed; writable for cap bytes; may be NULL when cap is 0
 * @param cap     bytes wanted
 * @param out_n   receives how many were read; 0 only at the end, or when cap is 0
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated; the position of a seekable stream
 *         does not move
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL, or dst is NULL and cap is not 0
 */
NOCK_FALLIBLE nock_status_t nock_stream_read(nock_stream_t *stream, void *dst, size_t cap, size_t *out_n,
    nock_error_t **error);

/**
 * Read exactly len bytes.
 *
 * @param stream  borrowed
 * @param dst     borrowed; writable for len bytes; may be NULL when len is 0
 * @param len     bytes wanted
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the stream ends too early, with OS code 0; dst is undefined and the position at the end then
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or dst is NULL and len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_stream_read_exact(nock_stream_t *stream, void *dst, size_t len, nock_error_t **error);

/**
 * Read at the position into a buffer.
 *
 * A stream over memory (nock_stream_supports_zero_copy) gives a part of it; others give a copy in memory of
 * the pool, which is taken for no more than the stream has, however large len is.
 *
 * Cost: one small allocation for a zero-copy stream; otherwise one more from the pool, and a copy.
 *
 * @param stream  borrowed
 * @param len     bytes wanted; the buffer has fewer only at the end of the stream
 * @param pool    shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out     receives the buffer, owned; empty at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_read_buffer(nock_stream_t *stream, size_t len, nock_pool_t *pool,
    nock_buffer_t **out, nock_error_t **error);

/**
 * Read everything from the position to the end.
 *
 * Otherwise like nock_stream_read_buffer.
 *
 * Cost: as nock_stream_read_buffer.
 *
 * @param stream  borrowed
 * @param pool    shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out     receives the buffer, owned; empty at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_read_all(nock_stream_t *stream, nock_pool_t *pool, nock_buffer_t **out,
    nock_error_t **error);

/**
 * Read at an offset.
 *
 * Does not use the position. Any number of threads may call this at once.
 *
 * @param stream  borrowed
 * @param offset  where to read, from the start
 * @param dst     borrowed; writable for cap bytes; may be NULL when cap is 0
 * @param cap     bytes wanted
 * @param out_n   receives how many were read; fewer than cap only at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset is beyond the end of a buffer or a map; a file gives 0 bytes there
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading, or has no offsets, like pipes and sockets
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL, or dst is NULL and cap is not 0
 */
NOCK_FALLIBLE nock_status_t nock_stream_read_at(const nock_stream_t *stream, uint64_t offset, void *dst, size_t cap,
    size_t *out_n, nock_error_t **error);

/**
 * Read at an offset into a buffer.
 *
 * Does not use the position. Any number of threads may call this at once. A stream over memory
 * (nock_stream_supports_zero_copy) gives a part of it; others give a copy in memory of the pool, which is taken for no more
 * than the stream has, however large len is.
 *
 * Cost: as nock_stream_read_buffer; for a map, also a look at the size of its file.
 *
 * @param stream  borrowed
 * @param offset  where to read, from the start
 * @param len     bytes wanted; the buffer has fewer only at the end of the stream
 * @param pool    shared (adds a reference); may be NULL; kept alive by the buffer
 * @param out     receives the buffer, owned; empty at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when offset is beyond the end of a buffer or a map; a file gives 0 bytes there
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading, or has no offsets, like pipes and sockets
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_read_at_buffer(const nock_stream_t *stream, uint64_t offset, size_t len,
    nock_pool_t *pool, nock_buffer_t **out, nock_error_t **error);

/**
 * Move the position forward.
 *
 * Works on every stream that can be read: those that cannot seek read and discard.
 *
 * @param stream  borrowed
 * @param len     bytes to skip
 * @param out_n   receives how many were skipped; fewer than len only at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_skip(nock_stream_t *stream, uint64_t len, uint64_t *out_n,
    nock_error_t **error);

/* ---- stream write ------------------------------------------------------------------------------------------------ */

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
 * Writes all bytes or fails; a failed write to a file may have written a part, and nock_stream_tell says how much. It
 * raises no SIGPIPE or SIGXFSZ.
 *
 * @param stream  borrowed
 * @param data    borrowed; readable for len bytes; may be NULL when len is 0
 * @param len     bytes
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, for example because the disk is full or the other end of a pipe is
 *         closed, or a mapped file was truncated
 *         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
 *         NOCK_ERR_OUT_OF_MEMORY when a buffer writer has no memory; nothing is written then
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for writing
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or data is NULL and len is not 0, or the buffer of a fixed
 *         writer was made immutable
 */
NOCK_FALLIBLE nock_status_t nock_stream_write(nock_stream_t *stream, const void *data, size_t len,
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
 *         NOCK_ERR_BUSY when another thread is resizing the buffer
 *         NOCK_ERR_INVALID_ARGUMENT when stream or buffer is NULL
 *         any status of nock_stream_write, for the same reason
 */
NOCK_FALLIBLE nock_status_t nock_stream_write_buffer(nock_stream_t *stream, const nock_buffer_t *buffer,
    nock_error_t **error);

/**
 * Write several runs of bytes at the position, in order.
 *
 * Like writev: the runs are not joined in memory. Otherwise like nock_stream_write.
 *
 * Cost: one allocation for the list.
 *
 * @param stream    borrowed
 * @param runs      borrowed; num_runs runs; may be NULL when num_runs is 0
 * @param num_runs  how many
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the list of runs; nothing is written then
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, runs is NULL and num_runs is not 0, or a run has a length but
 *         no data
 *         any status of nock_stream_write, for the same reason
 */
NOCK_FALLIBLE nock_status_t nock_stream_write_vectored(nock_stream_t *stream, const nock_bytes_t *runs, size_t num_runs,
    nock_error_t **error);

/**
 * Write at an offset.
 *
 * The position stays. Any number of threads may do this at once; if two write the same bytes, either result may remain.
 *
 * @param stream  borrowed
 * @param offset  where to write, from the start
 * @param data    borrowed; readable for len bytes; may be NULL when len is 0
 * @param len     bytes
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails, for example because the disk is full or the other end of a pipe is
 *         closed, or a mapped file was truncated
 *         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
 *         NOCK_ERR_UNSUPPORTED when the stream is not open for writing, or has no offsets: pipes, sockets, buffer
 *         writers, and files that are appended to
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size or closing the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or data is NULL and len is not 0, or the buffer of a fixed
 *         writer was made immutable
 */
NOCK_FALLIBLE nock_status_t nock_stream_write_at(nock_stream_t *stream, uint64_t offset, const void *data, size_t len,
    nock_error_t **error);

/* ---- stream flush ------------------------------------------------------------------------------------------------ */

/**
 * Flush the stream: hand what was written to the operating system.
 *
 * No stream of this library buffers writes, so this does nothing today.
 *
 * @param stream  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_flush(nock_stream_t *stream, nock_error_t **error);

/**
 * Put what was written on the storage device (fsync).
 *
 * Does nothing for streams over memory.
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
 */
NOCK_FALLIBLE nock_status_t nock_stream_sync(nock_stream_t *stream, nock_error_t **error);

/* ---- stream resize ----------------------------------------------------------------------------------------------- */

/**
 * Truncate a file, or extend it with zeros.
 *
 * An extension takes no disk space before it is written. The position does not change.
 *
 * @param stream  borrowed
 * @param size    the new size in bytes
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_UNSUPPORTED when the stream is not a file that is open for writing
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_truncate(nock_stream_t *stream, uint64_t size, nock_error_t **error);

/**
 * Change the size of a file or a memory map.
 *
 * Added bytes are zero, and their disk space is allocated at once, so that this call fails if the disk is full. A position
 * beyond the new size moves to the new end.
 *
 * @param stream  borrowed
 * @param size    the new size in bytes
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_BUSY when buffers that are parts of the map are alive, or another call is using the stream
 *         NOCK_ERR_IO when the operating system fails, for example because the disk is full; the size is then as it was
 *         NOCK_ERR_UNSUPPORTED when the stream is not a file or a whole map that is open for writing
 *         NOCK_ERR_OUT_OF_RANGE when size is larger than the address space
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_resize(nock_stream_t *stream, uint64_t size, nock_error_t **error);

/* ---- stream state ------------------------------------------------------------------------------------------------ */

/**
 * Move the position.
 *
 * @param stream    borrowed
 * @param position  bytes from the start
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when a buffer or a map is smaller than position; for a file it may be: reads give 0 bytes
 *         there
 *         NOCK_ERR_UNSUPPORTED when the stream cannot seek: pipes, sockets, buffer writers, and files that are only
 *         written
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_seek(nock_stream_t *stream, uint64_t position, nock_error_t **error);

/**
 * Read the position.
 *
 * @param stream        borrowed
 * @param out_position  receives the bytes from the start; if the stream cannot seek, the bytes read or written so far
 * @param error         receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out_position is NULL
 */
NOCK_FALLIBLE nock_status_t nock_stream_tell(nock_stream_t *stream, uint64_t *out_position, nock_error_t **error);

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
 */
NOCK_FALLIBLE nock_status_t nock_stream_size(const nock_stream_t *stream, uint64_t *out_size, nock_error_t **error);

/**
 * Ask what a stream can do.
 *
 * With zero copy, nock_stream_read_buffer, nock_stream_read_at_buffer and nock_stream_read_all give parts of the
 * stream's memory instead of copies.
 *
 * @param stream  borrowed; may be NULL
 * @return whether it is so; false when stream is NULL
 */
NOCK_API bool nock_stream_is_closed(const nock_stream_t *stream);          /* it was closed */
NOCK_API bool nock_stream_is_readable(const nock_stream_t *stream);        /* it is open, and for reading */
NOCK_API bool nock_stream_is_writable(const nock_stream_t *stream);        /* it is open, and for writing */
NOCK_API bool nock_stream_is_seekable(const nock_stream_t *stream);        /* it is open, and nock_stream_seek works */
NOCK_API bool nock_stream_supports_zero_copy(const nock_stream_t *stream); /* it is open, and reads buffers without a copy */

/**
 * Read what a stream was opened for.
 *
 * @param stream  borrowed; may be NULL
 * @return one of the NOCK_OPEN_ values, NOCK_OPEN_DEFAULT when stream is NULL
 */
NOCK_API nock_open_mode_t nock_stream_mode(const nock_stream_t *stream);

/**
 * Get the file descriptor of a stream.
 *
 * @param stream  borrowed; may be NULL
 * @return the descriptor, borrowed; -1 when the stream has none, is closed or NULL
 */
NOCK_API int32_t nock_stream_fileno(const nock_stream_t *stream);

/* ---- text -------------------------------------------------------------------------------------------------------- */

/**
 * Text or other bytes with a length; they may contain NUL. It owns nothing.
 *
 * As a result it is borrowed from the object; data is NULL only if there is no such text. As an argument it is read during
 * the call only; (NULL, 0) is empty text.
 */
typedef struct nock_str_t {
  /** The first byte. */
  const char *data;
  /** The number of bytes. */
  size_t len;
} nock_str_t;

/* ---- metadata ---------------------------------------------------------------------------------------------------- */

/**
 * An ordered list of entries, each a key and a value. Both are bytes; keys may be empty and may repeat. The library stores
 * the entries unchanged and does not interpret them.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_metadata_new, nock_field_metadata, nock_schema_metadata, nock_batch_metadata,
 * nock_ipc_file_reader_footer_metadata. Keep it: nock_metadata_ref. Release it: nock_metadata_unref. Read it:
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
 * @param keys         borrowed; num_entries keys; may be NULL when num_entries is 0
 * @param values       borrowed; num_entries values, in the order of the keys; may be NULL when num_entries is 0
 * @param num_entries  how many
 * @param out          receives the metadata, owned
 * @param error        receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or keys, values or the data of one of them is NULL and its count or
 *           length is not 0
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the entries
 */
NOCK_FALLIBLE nock_status_t nock_metadata_new(const nock_str_t *keys, const nock_str_t *values, size_t num_entries,
    nock_metadata_t **out, nock_error_t **error);

/**
 * Count the entries.
 *
 * @param metadata  borrowed; may be NULL
 * @return the number of entries; 0 when metadata is NULL
 */
NOCK_API size_t nock_metadata_count(const nock_metadata_t *metadata);

/**
 * Read a part of an entry.
 *
 * @param metadata  borrowed; may be NULL
 * @param index     0 to nock_metadata_count - 1
 * @return the bytes, borrowed while the metadata lives; their data is NULL when metadata is NULL or has no such entry
 */
NOCK_API nock_str_t nock_metadata_key(const nock_metadata_t *metadata, size_t index);   /* the key */
NOCK_API nock_str_t nock_metadata_value(const nock_metadata_t *metadata, size_t index); /* the value */

/**
 * Find an entry by its key.
 *
 * Cost: looks at the entries one after the other.
 *
 * @param metadata   borrowed
 * @param key        borrowed; key_len bytes; may be NULL when key_len is 0
 * @param key_len    bytes in the key
 * @param from       the first index to look at; 0 for all entries
 * @param out_index  receives the index of the first entry from there on that has the key
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such entry
 *         NOCK_ERR_INVALID_ARGUMENT when metadata or out_index is NULL, or key is NULL and key_len is not 0
 */
NOCK_FALLIBLE nock_status_t nock_metadata_find(const nock_metadata_t *metadata, const void *key, size_t key_len,
    size_t from, size_t *out_index, nock_error_t **error);

/**
 * Compare metadata: the same entries, in any order.
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 */
NOCK_API bool nock_metadata_equals(const nock_metadata_t *a, const nock_metadata_t *b);

/* ---- type -------------------------------------------------------------------------------------------------------- */

/**
 * A type of the Arrow format, with its parameters.
 *
 * An extension type is represented by its storage type; the metadata of the field names the extension:
 * nock_field_extension_name.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_type_new_... for types with parameters, nock_type_from_format, nock_field_type, nock_array_type; for types
 * without parameters nock_type_simple by number, or by name nock_type_null, nock_type_boolean, nock_type_int8,
 * nock_type_int16, nock_type_int32, nock_type_int64, nock_type_uint8, nock_type_uint16, nock_type_uint32, nock_type_uint64,
 * nock_type_float16, nock_type_float32, nock_type_float64, nock_type_date32, nock_type_date64,
 * nock_type_interval_year_month, nock_type_interval_day_time, nock_type_interval_month_day_nano, nock_type_binary,
 * nock_type_large_binary, nock_type_binary_view, nock_type_utf8, nock_type_large_utf8, nock_type_utf8_view. Keep it:
 * nock_type_ref. Release it: nock_type_unref. Read it: nock_type_id, nock_type_bit_width, nock_type_byte_width,
 * nock_type_precision, nock_type_scale, nock_type_unit, nock_type_timezone, nock_type_list_size, nock_type_num_fields,
 * nock_type_field, nock_type_union_ids, nock_type_has_sorted_keys, nock_type_dictionary_index, nock_type_dictionary_value,
 * nock_type_is_ordered, nock_type_equals, nock_type_equals_with_metadata, nock_type_to_text, nock_type_to_format.
 */
struct nock_type_t;

/**
 * Compare two types.
 *
 * Names of the fields in the type are compared, except those of list items, map entries, keys and values, and run ends,
 * which have no meaning. The metadata is that of the fields below.
 *
 *   nock_type_equals                metadata aside
 *   nock_type_equals_with_metadata  metadata included, its entries in any order
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 */
NOCK_API bool nock_type_equals(const nock_type_t *a, const nock_type_t *b);
NOCK_API bool nock_type_equals_with_metadata(const nock_type_t *a, const nock_type_t *b);

/* ---- type id ----------------------------------------------------------------------------------------------------- */

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
  /** Only nulls, without buffers. */
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
  /** Bytes, as many in every value: nock_type_byte_width. */
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
  /** Lists of one size: nock_type_list_size; the one field is the item. */
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

/* ---- type unit --------------------------------------------------------------------------------------------------- */

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

/* ---- type flag --------------------------------------------------------------------------------------------------- */

/** Flags of types; the numbers are those of the Arrow C data interface. */
enum {
  /** The order of the dictionary's values is meaningful. */
  NOCK_TYPE_DICTIONARY_ORDERED = 1,
  /** The keys of every value of a map are sorted. */
  NOCK_TYPE_MAP_KEYS_SORTED = 4
};

/* ---- type format ------------------------------------------------------------------------------------------------- */

/**
 * Make a type from a format string of the Arrow C data interface.
 *
 * Types with fields cannot be made from a string alone: nock_type_new_... makes them.
 *
 * @param format  borrowed; such as "i", "tsu:UTC" or "d:10,2"
 * @param out     receives the type, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when format or out is NULL, or format is not a format string
 *         NOCK_ERR_UNSUPPORTED when the format is that of a nested type, since it does not have the fields
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_from_format(const char *format, nock_type_t **out, nock_error_t **error);

/**
 * Render a type as text.
 *
 * A format string says nothing about the fields of a nested type, and of a dictionary it is that of the indices. For
 * people there is text such as "timestamp[us, tz=UTC]" or "list<item: int32 not null>", with control characters in
 * names escaped.
 *
 * Cost: the first call renders the text and keeps it with the object, with two allocations; later calls are O(1).
 *
 *   nock_type_to_format  format string of the C data interface
 *   nock_type_to_text    as pyarrow writes it
 *
 * @param data_type  borrowed
 * @param out_text   receives the text, borrowed while the type lives, NUL-terminated
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when data_type or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 */
NOCK_FALLIBLE nock_status_t nock_type_to_format(const nock_type_t *data_type, const char **out_text, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_to_text(const nock_type_t *data_type, const char **out_text, nock_error_t **error);

/* ---- type simple ------------------------------------------------------------------------------------------------- */

/**
 * Find a type without parameters by its number.
 *
 * @param id  a NOCK_TYPE_ value
 * @return the type, borrowed; it lives as long as the process; NULL when the type has parameters or does not exist
 */
NOCK_API const nock_type_t *nock_type_simple(nock_type_id_t id);

/**
 * Find a type without parameters.
 *
 * @return the type, borrowed; it lives as long as the process
 */
NOCK_API const nock_type_t *nock_type_null(void);                    /* nothing but nulls */
NOCK_API const nock_type_t *nock_type_boolean(void);                 /* truth values */
NOCK_API const nock_type_t *nock_type_int8(void);                    /* integers of 8 bits */
NOCK_API const nock_type_t *nock_type_int16(void);                   /* integers of 16 bits */
NOCK_API const nock_type_t *nock_type_int32(void);                   /* integers of 32 bits */
NOCK_API const nock_type_t *nock_type_int64(void);                   /* integers of 64 bits */
NOCK_API const nock_type_t *nock_type_uint8(void);                   /* unsigned integers of 8 bits */
NOCK_API const nock_type_t *nock_type_uint16(void);                  /* unsigned integers of 16 bits */
NOCK_API const nock_type_t *nock_type_uint32(void);                  /* unsigned integers of 32 bits */
NOCK_API const nock_type_t *nock_type_uint64(void);                  /* unsigned integers of 64 bits */
NOCK_API const nock_type_t *nock_type_float16(void);                 /* IEEE 754 numbers of 16 bits */
NOCK_API const nock_type_t *nock_type_float32(void);                 /* IEEE 754 numbers of 32 bits */
NOCK_API const nock_type_t *nock_type_float64(void);                 /* IEEE 754 numbers of 64 bits */
NOCK_API const nock_type_t *nock_type_date32(void);                  /* dates as days */
NOCK_API const nock_type_t *nock_type_date64(void);                  /* dates as milliseconds */
NOCK_API const nock_type_t *nock_type_interval_year_month(void);     /* intervals of months */
NOCK_API const nock_type_t *nock_type_interval_day_time(void);       /* intervals of days and milliseconds */
NOCK_API const nock_type_t *nock_type_interval_month_day_nano(void); /* intervals of months, days and nanoseconds */
NOCK_API const nock_type_t *nock_type_binary(void);                  /* bytes with 32-bit offsets */
NOCK_API const nock_type_t *nock_type_large_binary(void);            /* bytes with 64-bit offsets */
NOCK_API const nock_type_t *nock_type_binary_view(void);             /* bytes as views */
NOCK_API const nock_type_t *nock_type_utf8(void);                    /* UTF-8 text with 32-bit offsets */
NOCK_API const nock_type_t *nock_type_large_utf8(void);              /* UTF-8 text with 64-bit offsets */
NOCK_API const nock_type_t *nock_type_utf8_view(void);               /* UTF-8 text as views */

/* ---- type sized -------------------------------------------------------------------------------------------------- */

/**
 * Make a type of decimal numbers.
 *
 *   nock_type_new_decimal32   in 32 bits; precision 1 to 9
 *   nock_type_new_decimal64   in 64 bits; precision 1 to 18
 *   nock_type_new_decimal128  in 128 bits; precision 1 to 38
 *   nock_type_new_decimal256  in 256 bits; precision 1 to 76
 *
 * @param precision  decimal digits, at least 1
 * @param scale      digits behind the point; may be negative
 * @param out        receives the type, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is outside its range
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_decimal32(int32_t precision, int32_t scale, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_decimal64(int32_t precision, int32_t scale, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_decimal128(int32_t precision, int32_t scale, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_decimal256(int32_t precision, int32_t scale, nock_type_t **out, nock_error_t **error);

/**
 * Make a type of times of day or of elapsed times.
 *
 * Values of time32 have 32 bits, the others 64.
 *
 *   nock_type_new_time32    times of day: SECOND or MILLISECOND
 *   nock_type_new_time64    times of day: MICROSECOND or NANOSECOND
 *   nock_type_new_duration  elapsed times: all but NONE
 *
 * @param unit   a NOCK_TIME_UNIT_ value named beside the function
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is not one of these
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_time32(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_time64(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_duration(nock_time_unit_t unit, nock_type_t **out, nock_error_t **error);

/**
 * Make a type of instants or wall-clock times.
 *
 * With a time zone the values are instants, without one they are wall-clock times. The zone is not checked.
 *
 * @param unit      a NOCK_TIME_UNIT_ value except NONE
 * @param timezone  borrowed; such as "UTC", "Europe/Berlin" or "+02:00"; may be NULL, which is the same as ""
 * @param out       receives the type, owned
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out is NULL, unit is not one of these, or timezone is not UTF-8
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_timestamp(nock_time_unit_t unit, const char *timezone, nock_type_t **out,
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
 */
NOCK_FALLIBLE nock_status_t nock_type_new_fixed_size_binary(int32_t byte_width, nock_type_t **out,
    nock_error_t **error);

/* ---- type list --------------------------------------------------------------------------------------------------- */

/**
 * Make a type of lists.
 *
 *   nock_type_new_list             32-bit offsets
 *   nock_type_new_large_list       64-bit offsets
 *   nock_type_new_list_view        32-bit offsets and sizes
 *   nock_type_new_large_list_view  64-bit offsets and sizes
 *
 * @param item   shared (adds a reference); usually named "item"
 * @param out    receives the type, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_list(const nock_field_t *item, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_large_list(const nock_field_t *item, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_list_view(const nock_field_t *item, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_large_list_view(const nock_field_t *item, nock_type_t **out, nock_error_t **error);

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
 */
NOCK_FALLIBLE nock_status_t nock_type_new_fixed_size_list(const nock_field_t *item, int32_t list_size,
    nock_type_t **out, nock_error_t **error);

/**
 * Make a map type: lists of keys and values.
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
 */
NOCK_FALLIBLE nock_status_t nock_type_new_map(const nock_field_t *key, const nock_field_t *item, uint32_t flags,
    nock_type_t **out, nock_error_t **error);

/**
 * Make a map type from the field of its entries.
 *
 * @param entries  shared (adds a reference); not nullable, a struct of two fields, the first of them not nullable
 * @param flags    NOCK_TYPE_MAP_KEYS_SORTED or 0
 * @param out      receives the type, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when entries or out is NULL, or entries is not such a field
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_map_from_entries(const nock_field_t *entries, uint32_t flags,
    nock_type_t **out, nock_error_t **error);

/* ---- type composite ---------------------------------------------------------------------------------------------- */

/**
 * Make a struct type.
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
 */
NOCK_FALLIBLE nock_status_t nock_type_new_struct(const nock_field_t *const *fields, size_t num_fields,
    nock_type_t **out, nock_error_t **error);

/**
 * Make a type of values of one of several types.
 *
 *   nock_type_new_sparse_union  every child has as many values as the union
 *   nock_type_new_dense_union   offsets say where in its child a value is
 *
 * @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
 * @param type_ids    borrowed; num_fields ids of the fields, 0 to 127, no two the same; may be NULL for 0, 1, 2 and so on
 * @param num_fields  number of fields, at most 128
 * @param out         receives the type, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, an id is negative or occurs twice, or
 *         there are more than 128 fields
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_sparse_union(const nock_field_t *const *fields, const int8_t *type_ids,
    size_t num_fields, nock_type_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_type_new_dense_union(const nock_field_t *const *fields, const int8_t *type_ids,
    size_t num_fields, nock_type_t **out, nock_error_t **error);

/* ---- type encoded ------------------------------------------------------------------------------------------------ */

/**
 * Make a dictionary type: indices into values.
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
 */
NOCK_FALLIBLE nock_status_t nock_type_new_dictionary(const nock_type_t *index, const nock_type_t *value, uint32_t flags,
    nock_type_t **out, nock_error_t **error);

/**
 * Make a run-end encoded type: runs of equal values.
 *
 * @param run_ends  shared (adds a reference); integers of 16, 32 or 64 bits, not nullable; usually named "run_ends"
 * @param values    shared (adds a reference); usually named "values"
 * @param out       receives the type, owned
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when run_ends, values or out is NULL, or run_ends has another type or is nullable
 *         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
 */
NOCK_FALLIBLE nock_status_t nock_type_new_run_end_encoded(const nock_field_t *run_ends, const nock_field_t *values,
    nock_type_t **out, nock_error_t **error);

/* ---- type parameter ---------------------------------------------------------------------------------------------- */

/**
 * Read a number of a type.
 *
 * A width counts what one value takes in an array's own buffers; there is none when values have different sizes or lie
 * in children. Lists and maps have 1 field, run-end encoding has 2, structs and unions have any number.
 *
 * @param data_type  borrowed; may be NULL
 * @return the number named beside the function; 0 when data_type is NULL or has none
 */
NOCK_API nock_type_id_t nock_type_id(const nock_type_t *data_type);     /* which type it is: a NOCK_TYPE_ value */
NOCK_API size_t nock_type_bit_width(const nock_type_t *data_type);      /* bits of a value, for a dictionary of an index */
NOCK_API size_t nock_type_byte_width(const nock_type_t *data_type);     /* the same in whole bytes */
NOCK_API int32_t nock_type_precision(const nock_type_t *data_type);     /* digits of a decimal */
NOCK_API int32_t nock_type_scale(const nock_type_t *data_type);         /* digits of a decimal behind the point; may be negative */
NOCK_API nock_time_unit_t nock_type_unit(const nock_type_t *data_type); /* NOCK_TIME_UNIT_ value of a time, timestamp or duration */
NOCK_API int32_t nock_type_list_size(const nock_type_t *data_type);     /* items in each value of a fixed-size list */
NOCK_API size_t nock_type_num_fields(const nock_type_t *data_type);     /* fields below it */

/**
 * Ask about the order in a type.
 *
 * @param data_type  borrowed; may be NULL
 * @return whether it is so; false when data_type is NULL or another type
 */
NOCK_API bool nock_type_has_sorted_keys(const nock_type_t *data_type); /* the keys of every value of a map are sorted */
NOCK_API bool nock_type_is_ordered(const nock_type_t *data_type);      /* the order of a dictionary's values means something */

/**
 * Read a part of a type.
 *
 *   nock_type_timezone          the zone of a timestamp, as it was given
 *   nock_type_union_ids         the ids of a union: nock_type_num_fields of them
 *   nock_type_dictionary_index  the type of a dictionary's indices
 *   nock_type_dictionary_value  the type of a dictionary's values
 *
 * @param data_type  borrowed; may be NULL
 * @return what is named beside the function, borrowed while the type lives; NULL when data_type is NULL or has none
 */
NOCK_API const char *nock_type_timezone(const nock_type_t *data_type);
NOCK_API const int8_t *nock_type_union_ids(const nock_type_t *data_type);
NOCK_API const nock_type_t *nock_type_dictionary_index(const nock_type_t *data_type);
NOCK_API const nock_type_t *nock_type_dictionary_value(const nock_type_t *data_type);

/**
 * Get a field of a nested type.
 *
 * @param data_type  borrowed; may be NULL
 * @param index      0 to nock_type_num_fields - 1
 * @return the field, borrowed while the type lives; NULL when data_type is NULL or has no such field
 */
NOCK_API const nock_field_t *nock_type_field(const nock_type_t *data_type, size_t index);

/* ---- field ------------------------------------------------------------------------------------------------------- */

/**
 * A name, a type, whether values may be null, and metadata: a column of a schema, or a child of a nested type.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_field_new, nock_schema_field, nock_schema_field_by_name, nock_type_field. Keep it: nock_field_ref. Release
 * it: nock_field_unref. Read it: nock_field_name, nock_field_type, nock_field_is_nullable, nock_field_metadata,
 * nock_field_extension_name, nock_field_extension_metadata, nock_field_equals, nock_field_equals_with_metadata,
 * nock_field_to_text.
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
 */
NOCK_FALLIBLE nock_status_t nock_field_new(const char *name, const nock_type_t *data_type, uint32_t flags,
    const nock_metadata_t *metadata, nock_field_t **out, nock_error_t **error);

/**
 * Read a text of a field.
 *
 * Those of an extension type are the values of the metadata keys "ARROW:extension:name" and
 * "ARROW:extension:metadata".
 *
 * Cost: for an extension type, looks at the metadata's entries one after the other.
 *
 *   nock_field_name                name, with a NUL behind it; if read, it may contain NUL too
 *   nock_field_extension_name      name of the extension type
 *   nock_field_extension_metadata  parameters of the extension type, in its own form
 *
 * @param field  borrowed; may be NULL
 * @return the text, borrowed while the field lives; its data is NULL when field is NULL or has no such text
 */
NOCK_API nock_str_t nock_field_name(const nock_field_t *field);
NOCK_API nock_str_t nock_field_extension_name(const nock_field_t *field);
NOCK_API nock_str_t nock_field_extension_metadata(const nock_field_t *field);

/**
 * Read the type of a field.
 *
 * @param field  borrowed; may be NULL
 * @return the type, borrowed while the field lives; NULL when field is NULL
 */
NOCK_API const nock_type_t *nock_field_type(const nock_field_t *field);

/**
 * Read whether values may be null.
 *
 * @param field  borrowed; may be NULL
 * @return whether they may; false when field is NULL
 */
NOCK_API bool nock_field_is_nullable(const nock_field_t *field);

/**
 * Read the metadata of a field.
 *
 * @param field  borrowed; may be NULL
 * @return the metadata, borrowed while the field lives, with no entries if the field has none; NULL when field is NULL
 */
NOCK_API const nock_metadata_t *nock_field_metadata(const nock_field_t *field);

/**
 * Compare two fields.
 *
 * Name, type and nullability must be the same. The metadata of the fields below counts with that of the field.
 *
 *   nock_field_equals                metadata aside
 *   nock_field_equals_with_metadata  metadata included, its entries in any order
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 */
NOCK_API bool nock_field_equals(const nock_field_t *a, const nock_field_t *b);
NOCK_API bool nock_field_equals_with_metadata(const nock_field_t *a, const nock_field_t *b);

/**
 * Render a field as text, as pyarrow writes it.
 *
 * For example "a: int32 not null". Control characters in names are escaped.
 *
 * Cost: the first call renders the text and keeps it with the object, with two allocations; later calls are O(1).
 *
 * @param field     borrowed
 * @param out_text  receives the text, borrowed while the field lives, NUL-terminated
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when field or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 */
NOCK_FALLIBLE nock_status_t nock_field_to_text(const nock_field_t *field, const char **out_text, nock_error_t **error);

/* ---- schema ------------------------------------------------------------------------------------------------------ */

/**
 * The fields of a record batch in order, and metadata. Names may be empty and may repeat.
 *
 * *Immutable*: like shared, and never changes.
 * Get one: nock_schema_new, nock_batch_schema, nock_ipc_read_schema, nock_ipc_stream_reader_schema,
 * nock_ipc_file_reader_schema, nock_ipc_stream_writer_schema, nock_ipc_file_writer_schema. Keep it: nock_schema_ref.
 * Release it: nock_schema_unref. Read it: nock_schema_num_fields, nock_schema_field, nock_schema_field_by_name,
 * nock_schema_find, nock_schema_count_name, nock_schema_metadata, nock_schema_endianness, nock_schema_equals,
 * nock_schema_equals_with_metadata, nock_schema_to_text.
 */
struct nock_schema_t;

/** The order of the bytes in numbers: one of the NOCK_ENDIANNESS_ values. */
typedef int32_t nock_endianness_t;

/** Every byte order. */
enum {
  /** As an argument: that of this machine. Never returned. */
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
 *         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, or endianness is not one of these
 *         NOCK_ERR_LIMIT when the schema would be made of more than 16777216 types
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the schema
 */
NOCK_FALLIBLE nock_status_t nock_schema_new(const nock_field_t *const *fields, size_t num_fields,
    const nock_metadata_t *metadata, nock_endianness_t endianness, nock_schema_t **out, nock_error_t **error);

/**
 * Read the metadata of a schema.
 *
 * @param schema  borrowed; may be NULL
 * @return the metadata, borrowed while the schema lives, with no entries if the schema has none; NULL when schema is
 *         NULL
 */
NOCK_API const nock_metadata_t *nock_schema_metadata(const nock_schema_t *schema);

/**
 * Read the byte order of the numbers in the arrays.
 *
 * @param schema  borrowed; may be NULL
 * @return NOCK_ENDIANNESS_LITTLE or NOCK_ENDIANNESS_BIG; 0 when schema is NULL
 */
NOCK_API nock_endianness_t nock_schema_endianness(const nock_schema_t *schema);

/**
 * Compare two schemas.
 *
 * The fields must be equal and in the same order, and the byte order the same. The metadata of the fields counts with
 * that of the schema.
 *
 *   nock_schema_equals                metadata aside
 *   nock_schema_equals_with_metadata  metadata included, its entries in any order
 *
 * @param a  borrowed; may be NULL
 * @param b  borrowed; may be NULL
 * @return whether both are equal; false when a or b is NULL
 */
NOCK_API bool nock_schema_equals(const nock_schema_t *a, const nock_schema_t *b);
NOCK_API bool nock_schema_equals_with_metadata(const nock_schema_t *a, const nock_schema_t *b);

/**
 * Render a schema as text: a line for each field, then the metadata.
 *
 * For example "a: int32 not null". Long values of metadata are cut. The form may change from version to version.
 *
 * Cost: the first call renders the text and keeps it with the object, with two allocations; later calls are O(1).
 *
 * @param schema    borrowed
 * @param out_text  receives the text, borrowed while the schema lives, NUL-terminated
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when schema or out_text is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 */
NOCK_FALLIBLE nock_status_t nock_schema_to_text(const nock_schema_t *schema, const char **out_text,
    nock_error_t **error);

/* ---- schema fields ----------------------------------------------------------------------------------------------- */

/**
 * Count the fields.
 *
 * @param schema  borrowed; may be NULL
 * @return the number of fields; 0 when schema is NULL
 */
NOCK_API size_t nock_schema_num_fields(const nock_schema_t *schema);

/**
 * Read a field.
 *
 * @param schema  borrowed; may be NULL
 * @param index   0 to nock_schema_num_fields - 1
 * @return the field, borrowed while the schema lives; NULL when schema is NULL or has no such field
 */
NOCK_API const nock_field_t *nock_schema_field(const nock_schema_t *schema, size_t index);

/**
 * Read the first field with a name.
 *
 * Cost: the first search in a schema of more than 16 fields sorts its names, with one allocation; later ones are binary
 * searches.
 *
 * @param schema  borrowed; may be NULL
 * @param name    borrowed; may be NULL
 * @return the field, borrowed while the schema lives; NULL when schema or name is NULL or there is no such field
 */
NOCK_API const nock_field_t *nock_schema_field_by_name(const nock_schema_t *schema, const char *name);

/**
 * Count the fields with a name.
 *
 * Cost: the first search in a schema of more than 16 fields sorts its names, with one allocation; later ones are binary
 * searches.
 *
 * @param schema  borrowed; may be NULL
 * @param name    borrowed; may be NULL
 * @return the number of such fields; 0 when schema or name is NULL
 */
NOCK_API size_t nock_schema_count_name(const nock_schema_t *schema, const char *name);

/**
 * Find the index of a field by its name.
 *
 * To find all fields with a name, call it again with from set to the last index plus 1.
 *
 * Cost: the first search in a schema of more than 16 fields sorts its names, with one allocation; later ones are binary
 * searches.
 *
 * @param schema     borrowed
 * @param name       borrowed
 * @param from       the first index to look at; 0 for all fields
 * @param out_index  receives the index of the first field from there on that has the name
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when there is no such field
 *         NOCK_ERR_INVALID_ARGUMENT when schema, name or out_index is NULL, or name is not UTF-8
 */
NOCK_FALLIBLE nock_status_t nock_schema_find(const nock_schema_t *schema, const char *name, size_t from,
    size_t *out_index, nock_error_t **error);

/* ---- validation -------------------------------------------------------------------------------------------------- */

/** A level of checking; each includes those before it. */
typedef int32_t nock_validation_t;

/** Every level. */
enum {
  /** MEMORY. */
  NOCK_VALIDATE_DEFAULT = 0,
  /** Nothing is checked: wrong data then makes the library read outside of the buffers. */
  NOCK_VALIDATE_NONE = 1,
  /** Counts, bounds and lengths against the sizes of the buffers. */
  NOCK_VALIDATE_STRUCTURE = 2,
  /** Also offsets: all reads are within the buffers then. */
  NOCK_VALIDATE_MEMORY = 3,
  /** Also values: UTF-8, the precision of decimals, times within a day, the null count. */
  NOCK_VALIDATE_FULL = 4
};

/* ---- array ------------------------------------------------------------------------------------------------------- */

/**
 * A sequence of values of one type, on buffers; values may be null.
 *
 * *Immutable*: like shared, and never changes. The bytes of its buffers must not be written while it lives.
 * Get one: nock_array_builder_finish, nock_array_new, nock_array_slice, nock_array_concat, nock_batch_column,
 * nock_batch_column_by_name. Keep it: nock_array_ref. Release it: nock_array_unref. Read it one value at a time with
 * nock_array_is_null, nock_array_is_valid and nock_array_get_..., or all at once through the pointers of nock_array_view.
 * Look at it: nock_array_type, nock_array_length, nock_array_null_count, nock_array_offset,
 * nock_array_num_buffers, nock_array_buffer, nock_array_num_children, nock_array_child, nock_array_dictionary,
 * nock_array_nbytes, nock_array_validate, nock_array_equals, nock_array_equals_range, nock_array_equals_approx,
 * nock_array_to_text.
 */
struct nock_array_t;

/**
 * Read the type.
 *
 * @param array  borrowed; may be NULL
 * @return the type, borrowed while the array lives; NULL when array is NULL
 */
NOCK_API const nock_type_t *nock_array_type(const nock_array_t *array);

/**
 * Look up the dictionary that the values are indices into.
 *
 * @param array  borrowed; may be NULL
 * @return the dictionary, borrowed while the array lives; NULL when the type has none or array is NULL
 */
NOCK_API const nock_array_t *nock_array_dictionary(const nock_array_t *array);

/**
 * Read a number of an array.
 *
 * @param array  borrowed; may be NULL
 * @return the number named beside the function; 0 when array is NULL
 */
NOCK_API int64_t nock_array_length(const nock_array_t *array);      /* values, nulls included */
NOCK_API int64_t nock_array_null_count(const nock_array_t *array);  /* nulls; the first call may have to count them */
NOCK_API int64_t nock_array_offset(const nock_array_t *array);      /* where in the buffers the first value is, in values */
NOCK_API size_t nock_array_num_buffers(const nock_array_t *array);  /* buffers of the type, whether they are there or not */
NOCK_API size_t nock_array_num_children(const nock_array_t *array); /* children, which only nested types have */

/**
 * Look up a buffer.
 *
 * An array and its slices share buffers; nock_array_offset is the offset of the first value.
 *
 * @param array  borrowed; may be NULL
 * @param index  0 to nock_array_num_buffers - 1, in the order of the columnar format
 * @return the buffer, borrowed while the array lives; NULL when it is absent, index is outside, or array is NULL
 */
NOCK_API const nock_buffer_t *nock_array_buffer(const nock_array_t *array, size_t index);

/**
 * Look up a child of a nested array.
 *
 * @param array  borrowed; may be NULL
 * @param index  0 to nock_array_num_children - 1
 * @return the child, borrowed while the array lives, without the parent's offset applied; NULL when index is outside or
 *         array is NULL
 */
NOCK_API const nock_array_t *nock_array_child(const nock_array_t *array, size_t index);

/**
 * Ask whether a value is null.
 *
 * @param array  borrowed; may be NULL
 * @param index  which value
 * @return whether it is what is named beside the function; false when index is outside or array is NULL
 */
NOCK_API bool nock_array_is_null(const nock_array_t *array, int64_t index);  /* null */
NOCK_API bool nock_array_is_valid(const nock_array_t *array, int64_t index); /* there, and not null */

/* ---- array compare ----------------------------------------------------------------------------------------------- */

/** What counts as equal among floating-point numbers. Without flags, "not a number" equals nothing and 0.0 equals -0.0. */
enum {
  /** "Not a number" equals itself. */
  NOCK_EQUALS_NANS = 1,
  /** 0.0 and -0.0 differ. */
  NOCK_EQUALS_SIGNED_ZEROS = 2,
  /** Compare metadata too. */
  NOCK_EQUALS_METADATA = 4
};

/**
 * Compare two arrays.
 *
 * They are equal when they have the same type, the same length, nulls in the same places, and equal values elsewhere.
 * Offsets, and the bytes under nulls, make no difference.
 *
 * Cost: reads both arrays up to the first difference.
 *
 * @param array      borrowed
 * @param other      borrowed
 * @param flags      NOCK_EQUALS_ bits; 0: none
 * @param out_equal  receives 1 when they are equal, else 0
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when array, other or out_equal is NULL
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 */
NOCK_FALLIBLE nock_status_t nock_array_equals(const nock_array_t *array, const nock_array_t *other, uint32_t flags,
    uint8_t *out_equal, nock_error_t **error);

/**
 * Compare two arrays with a tolerance for floating-point numbers.
 *
 * Floating-point numbers are equal when they are at most tolerance apart; all other values as in nock_array_equals.
 *
 * Cost: reads both arrays up to the first difference.
 *
 * @param array      borrowed
 * @param other      borrowed
 * @param tolerance  0 or more, and finite
 * @param flags      NOCK_EQUALS_ bits; 0: none
 * @param out_equal  receives 1 when they are equal, else 0
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when array, other or out_equal is NULL, or tolerance is negative or no finite number
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 */
NOCK_FALLIBLE nock_status_t nock_array_equals_approx(const nock_array_t *array, const nock_array_t *other,
    double tolerance, uint32_t flags, uint8_t *out_equal, nock_error_t **error);

/**
 * Compare a part of one array with a part of another.
 *
 * Cost: reads both parts up to the first difference.
 *
 * @param array        borrowed
 * @param start        first value of the part of array
 * @param other        borrowed
 * @param other_start  first value of the part of other
 * @param length       values to compare; 0 is allowed
 * @param flags        NOCK_EQUALS_ bits; 0: none
 * @param out_equal    receives 1 when the types are the same and the parts are equal, else 0
 * @param error        receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when a number is negative or a part exceeds its array
 *         NOCK_ERR_INVALID_ARGUMENT when array, other or out_equal is NULL
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
 */
NOCK_FALLIBLE nock_status_t nock_array_equals_range(const nock_array_t *array, int64_t start, const nock_array_t *other,
    int64_t other_start, int64_t length, uint32_t flags, uint8_t *out_equal, nock_error_t **error);

/* ---- array derive ------------------------------------------------------------------------------------------------ */

/**
 * Share a part of an array without copying.
 *
 * Cost: one small allocation, whatever the length.
 *
 * @param array   shared (adds a reference)
 * @param offset  first value of the part
 * @param length  values in the part; 0 is allowed
 * @param out     receives the slice, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when a number is negative or offset + length exceeds the array
 *         NOCK_ERR_INVALID_ARGUMENT when array or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 */
NOCK_FALLIBLE nock_status_t nock_array_slice(const nock_array_t *array, int64_t offset, int64_t length,
    nock_array_t **out, nock_error_t **error);

/**
 * Join arrays of one type into one.
 *
 * Cost: copies all values; joining a single array copies nothing.
 *
 * @param arrays      num_arrays arrays, each borrowed
 * @param num_arrays  at least 1
 * @param pool        shared (adds a reference); may be NULL; where the new buffers come from
 * @param out         receives the array, owned
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when there is no array, one has another type, or arrays, one of them or out is NULL
 *         NOCK_ERR_LIMIT when the bytes of a binary or string type exceed its offsets, or the pool's limit is reached
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_CORRUPT when an array was never validated and its values lie outside its buffers
 */
NOCK_FALLIBLE nock_status_t nock_array_concat(const nock_array_t *const *arrays, size_t num_arrays, nock_pool_t *pool,
    nock_array_t **out, nock_error_t **error);

/**
 * Check the contents of an array.
 *
 * Cost: reads what the level checks.
 *
 * @param array       borrowed
 * @param validation  a NOCK_VALIDATE_ value; 0: MEMORY
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when the buffers do not hold what type, length, null count and offset say
 *         NOCK_ERR_INVALID_ARGUMENT when array is NULL or validation is not known
 */
NOCK_FALLIBLE nock_status_t nock_array_validate(const nock_array_t *array, nock_validation_t validation,
    nock_error_t **error);

/**
 * Render an array as text for people.
 *
 * Long arrays show their first and last values, and long values are cut. Control characters are escaped. The form of the
 * text may change from version to version.
 *
 * Cost: bounded by max_rows, whatever the array's length.
 *
 * @param array     borrowed
 * @param max_rows  the most values to show; 0: 20
 * @param pool      shared (adds a reference); may be NULL; where the text comes from
 * @param out       receives the text, owned: UTF-8 whose size is that of the buffer, followed by a NUL
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when array or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 */
NOCK_FALLIBLE nock_status_t nock_array_to_text(const nock_array_t *array, size_t max_rows, nock_pool_t *pool,
    nock_buffer_t **out, nock_error_t **error);

/**
 * Compute the bytes that the values of an array take.
 *
 * Of shared buffers, only the part that this array uses counts.
 *
 * @param array  borrowed; may be NULL
 * @return the number; 0 when array is NULL
 */
NOCK_API uint64_t nock_array_nbytes(const nock_array_t *array);

/* ---- array from_buffers ------------------------------------------------------------------------------------------ */

/**
 * Make an array from buffers.
 *
 * The buffers stand in the order of the Arrow columnar format: the validity bitmap, then values, or offsets and bytes. A
 * buffer that is not needed may be NULL: the bitmap of an array without nulls, values of no bytes, offsets of no values.
 * The contents are checked as far as validation says; below the default, wrong offsets make later calls read outside of the buffers.
 *
 * Cost: reads what validation checks; no data is copied.
 *
 * @param data_type    shared (adds a reference)
 * @param length       values in the array
 * @param null_count   nulls among them; 0 drops the bitmap; -1 if it is not known
 * @param offset       offset of the first value in the buffers, in values
 * @param buffers      num_buffers buffers, each shared (adds a reference) or NULL; may be NULL when num_buffers is 0
 * @param num_buffers  0 for the null type, 3 for binary and string types, 2 for all others
 * @param validation   a NOCK_VALIDATE_ value; 0: MEMORY
 * @param out          receives the array, owned
 * @param error        receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when the buffers do not hold what type, length, null_count and offset say
 *         NOCK_ERR_INVALID_ARGUMENT when data_type or out is NULL, or buffers is and num_buffers is not 0, when a number is
 *         negative or validation not known, when num_buffers is not what the type needs, or when offset + length
 *         is more than an array can have
 *         NOCK_ERR_UNSUPPORTED when this version has no arrays of the type; the message names it
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 */
NOCK_FALLIBLE nock_status_t nock_array_new(const nock_type_t *data_type, int64_t length, int64_t null_count,
    int64_t offset, const nock_buffer_t *const *buffers, size_t num_buffers, nock_validation_t validation,
    nock_array_t **out, nock_error_t **error);

/* ---- array get --------------------------------------------------------------------------------------------------- */

/**
 * Read one value of an array.
 *
 * A null reads as 0: nock_array_is_null tells it apart.
 *
 *   nock_array_get_bool      bool, as 0 or 1
 *   nock_array_get_i8        int8
 *   nock_array_get_i16       int16
 *   nock_array_get_i32       int32, date32, time32, month interval
 *   nock_array_get_i64       int64, date64, time64, timestamp, duration
 *   nock_array_get_u8        uint8
 *   nock_array_get_u16       uint16
 *   nock_array_get_u32       uint32
 *   nock_array_get_u64       uint64
 *   nock_array_get_f16_bits  halffloat, as its bits
 *   nock_array_get_f32       float
 *   nock_array_get_f64       double
 *
 * @param array  borrowed; of a type named beside the function
 * @param index  which value
 * @param out    receives the value
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
 *         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or out is NULL
 *         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
 */
NOCK_FALLIBLE nock_status_t nock_array_get_bool(const nock_array_t *array, int64_t index, uint8_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_i8(const nock_array_t *array, int64_t index, int8_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_i16(const nock_array_t *array, int64_t index, int16_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_i32(const nock_array_t *array, int64_t index, int32_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_i64(const nock_array_t *array, int64_t index, int64_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_u8(const nock_array_t *array, int64_t index, uint8_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_u16(const nock_array_t *array, int64_t index, uint16_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_u32(const nock_array_t *array, int64_t index, uint32_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_u64(const nock_array_t *array, int64_t index, uint64_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_f16_bits(const nock_array_t *array, int64_t index, uint16_t *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_f32(const nock_array_t *array, int64_t index, float *out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_get_f64(const nock_array_t *array, int64_t index, double *out, nock_error_t **error);

/**
 * Read an interval of days and milliseconds.
 *
 * A null reads as 0.
 *
 * @param array             borrowed; of type day_time_interval
 * @param index             which value
 * @param out_days          receives the whole days
 * @param out_milliseconds  receives the milliseconds besides them
 * @param error             receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
 *         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
 *         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
 */
NOCK_FALLIBLE nock_status_t nock_array_get_day_time(const nock_array_t *array, int64_t index, int32_t *out_days,
    int32_t *out_milliseconds, nock_error_t **error);

/**
 * Read an interval of months, days and nanoseconds.
 *
 * A null reads as 0.
 *
 * @param array            borrowed; of type month_day_nano_interval
 * @param index            which value
 * @param out_months       receives the whole months
 * @param out_days         receives the days besides them
 * @param out_nanoseconds  receives the nanoseconds besides them
 * @param error            receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
 *         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
 *         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
 */
NOCK_FALLIBLE nock_status_t nock_array_get_month_day_nano(const nock_array_t *array, int64_t index, int32_t *out_months,
    int32_t *out_days, int64_t *out_nanoseconds, nock_error_t **error);

/**
 * Read the bytes of a value.
 *
 * A null reads as no bytes.
 *
 * @param array  borrowed; of any type but null and bool; values of fixed width as they lie in memory
 * @param index  which value
 * @param out    receives the bytes, borrowed from the array; not NUL-terminated, and not aligned for any type
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
 *         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or out is NULL
 *         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
 */
NOCK_FALLIBLE nock_status_t nock_array_get_bytes(const nock_array_t *array, int64_t index, nock_str_t *out,
    nock_error_t **error);

/* ---- array view -------------------------------------------------------------------------------------------------- */

/**
 * How the values of an array lie in memory.
 *
 * A newer library may give values that this header does not list: refuse arrays with such a layout.
 */
typedef int32_t nock_layout_t;

/** Every layout of this version. */
enum {
  /** Not filled in. */
  NOCK_LAYOUT_NONE = 0,
  /** No memory: every value is null. */
  NOCK_LAYOUT_NULL = 1,
  /** One bit for each value, in `values`. */
  NOCK_LAYOUT_BITS = 2,
  /** `value_width` bytes for each value, in `values`. */
  NOCK_LAYOUT_FIXED = 3,
  /** Value i is the bytes from `offsets[i]` to `offsets[i + 1]` of `data`; the offsets are int32_t. */
  NOCK_LAYOUT_BINARY = 4,
  /** The same with offsets of int64_t. */
  NOCK_LAYOUT_LARGE_BINARY = 5
};

/**
 * An array as plain pointers, which stay valid as long as the array.
 *
 * Offsets of slices are already applied: value 0 is the first value of the array. Bits are numbered from the least
 * significant: value i is valid when bit `(i + validity_bit) % 8` of `validity[(i + validity_bit) / 8]` is 1. Pointers are
 * aligned for their type unless the array was made from buffers that were not. Fields that a layout does not use are NULL
 * or 0. Later versions append fields.
 */
typedef struct nock_array_view_t {
  /** sizeof the struct in the caller's header, set by the caller: NOCK_ARRAY_VIEW_INIT does that. */
  uint32_t struct_size;
  /** A NOCK_LAYOUT_ value. */
  nock_layout_t layout;
  /** Values in the array. */
  int64_t length;
  /** Nulls among them. */
  int64_t null_count;
  /** Bytes in each value for the layout FIXED, where it may be 0; 0 for others. */
  uint64_t value_width;
  /** Bytes that the offsets point into. */
  uint64_t data_size;
  /** The bit of the first value in `validity`: 0 to 7. */
  uint32_t validity_bit;
  /** The bit of the first value in `values`: 0 to 7, and 0 unless the layout is BITS. */
  uint32_t values_bit;
  /** The validity bitmap; NULL when no value is null, and for the layout NULL, where all are. */
  const uint8_t *validity;
  /** Values of the layouts FIXED and BITS; never NULL then, even when there are none. */
  const void *values;
  /** Offsets, one more than values; never NULL in layouts that have them. */
  const void *offsets;
  /** The bytes that offsets point into; never NULL in layouts that have offsets. */
  const uint8_t *data;
} nock_array_view_t;
/** Start value of a nock_array_view_t: everything default. */
#define NOCK_ARRAY_VIEW_INIT {sizeof(nock_array_view_t), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * Fill a struct with the addresses of an array's values.
 *
 * Cost: no data is touched, unless the nulls have to be counted first.
 *
 * @param array  borrowed; the pointers are valid as long as it lives
 * @param out    struct_size set by the caller; receives the other fields
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when array or out is NULL, or struct_size is less than that of the first release
 *         NOCK_ERR_CORRUPT when the array was never validated and its values lie outside its buffers
 */
NOCK_FALLIBLE nock_status_t nock_array_view(const nock_array_t *array, nock_array_view_t *out, nock_error_t **error);

/* ---- array_builder ----------------------------------------------------------------------------------------------- */

/**
 * Collects values of one type, and turns them into an array.
 *
 * *Exclusive*: may move between threads, one call at a time. A failed append leaves it as it was.
 * Get one: nock_array_builder_new. Release it: nock_array_builder_finish or nock_array_builder_free. Fill it:
 * nock_array_builder_append_null, nock_array_builder_append_nulls, one nock_array_builder_append_... function for each kind
 * of value, nock_array_builder_append_values, nock_array_builder_append_array, nock_array_builder_reserve. Look at it:
 * nock_array_builder_length, nock_array_builder_null_count.
 */
struct nock_array_builder_t;

/**
 * Make an empty builder.
 *
 * @param data_type  shared (adds a reference)
 * @param pool       shared (adds a reference); may be NULL; kept alive by the builder; where the array's buffers come from
 * @param out        receives the builder, owned
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when this version has no arrays of the type; the message names it
 *         NOCK_ERR_INVALID_ARGUMENT when data_type or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_new(const nock_type_t *data_type, nock_pool_t *pool,
    nock_array_builder_t **out, nock_error_t **error);

/**
 * Turn what was collected into an array, and end the builder.
 *
 * Cost: memory that is not needed is returned to the pool, which may move the bytes once.
 *
 * @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY
 * @param out      receives the array, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the objects; what was collected is gone
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_finish(nock_array_builder_t **builder, nock_array_t **out,
    nock_error_t **error);

/**
 * Make room for values to append.
 *
 * Appending that many needs no further memory, except for the first null, which allocates the bitmap.
 *
 * @param builder     borrowed
 * @param num_values  values that will be appended
 * @param num_bytes   for binary and string types the bytes in all of them; ignored for others
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values or bytes, or the pool's limit would be exceeded
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_reserve(nock_array_builder_t *builder, size_t num_values,
    size_t num_bytes, nock_error_t **error);

/**
 * Read how much was collected.
 *
 * @param builder  borrowed; may be NULL
 * @return the number named beside the function; 0 when builder is NULL or another call is using it
 */
NOCK_API int64_t nock_array_builder_length(const nock_array_builder_t *builder);     /* values, nulls included */
NOCK_API int64_t nock_array_builder_null_count(const nock_array_builder_t *builder); /* nulls */

/* ---- array_builder append ---------------------------------------------------------------------------------------- */

/**
 * Append a null.
 *
 * @param builder  borrowed; of any type
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_null(nock_array_builder_t *builder, nock_error_t **error);

/**
 * Append nulls.
 *
 * @param builder  borrowed; of any type
 * @param count    how many; 0 is allowed
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_nulls(nock_array_builder_t *builder, size_t count,
    nock_error_t **error);

/**
 * Append one value.
 *
 *   nock_array_builder_append_bool      bool: 0 is false, all else true
 *   nock_array_builder_append_i8        int8
 *   nock_array_builder_append_i16       int16
 *   nock_array_builder_append_i32       int32, date32, time32, month interval
 *   nock_array_builder_append_i64       int64, date64, time64, timestamp, duration
 *   nock_array_builder_append_u8        uint8
 *   nock_array_builder_append_u16       uint16
 *   nock_array_builder_append_u32       uint32
 *   nock_array_builder_append_u64       uint64
 *   nock_array_builder_append_f16_bits  halffloat, given as its bits
 *   nock_array_builder_append_f32       float
 *   nock_array_builder_append_f64       double
 *
 * @param builder  borrowed; of a type named beside the function
 * @param value    the value
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_bool(nock_array_builder_t *builder, uint8_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_i8(nock_array_builder_t *builder, int8_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_i16(nock_array_builder_t *builder, int16_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_i32(nock_array_builder_t *builder, int32_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_i64(nock_array_builder_t *builder, int64_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_u8(nock_array_builder_t *builder, uint8_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_u16(nock_array_builder_t *builder, uint16_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_u32(nock_array_builder_t *builder, uint32_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_u64(nock_array_builder_t *builder, uint64_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_f16_bits(nock_array_builder_t *builder, uint16_t value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_f32(nock_array_builder_t *builder, float value, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_array_builder_append_f64(nock_array_builder_t *builder, double value, nock_error_t **error);

/**
 * Append an interval of days and milliseconds.
 *
 * @param builder       borrowed; of type day_time_interval
 * @param days          whole days
 * @param milliseconds  milliseconds besides them
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_day_time(nock_array_builder_t *builder, int32_t days,
    int32_t milliseconds, nock_error_t **error);

/**
 * Append an interval of months, days and nanoseconds.
 *
 * @param builder      borrowed; of type month_day_nano_interval
 * @param months       whole months
 * @param days         days besides them
 * @param nanoseconds  nanoseconds besides them
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_month_day_nano(nock_array_builder_t *builder, int32_t months,
    int32_t days, int64_t nanoseconds, nock_error_t **error);

/* ---- array_builder append_run ------------------------------------------------------------------------------------ */

/**
 * Append a value given as bytes.
 *
 * For binary and string types these are the value; text must be UTF-8. For types of fixed width, such as decimals, they are
 * the value as it lies in memory, and len must be its width.
 *
 * @param builder  borrowed; of any type but null and bool
 * @param data     borrowed; the bytes; may be NULL when len is 0
 * @param len      how many
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when text is not UTF-8, len is not the type's width, the builder has another type, or
 *         builder or data is NULL
 *         NOCK_ERR_LIMIT when 32-bit offsets cannot reach as many bytes, or the pool's limit would be exceeded
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_bytes(nock_array_builder_t *builder, const void *data, size_t len,
    nock_error_t **error);

/**
 * Append a run of values of fixed width.
 *
 * The values are num_values times the type's width of bytes as they lie in memory, for type bool one byte each, where
 * anything but 0 is true. The bytes of null values do not matter.
 *
 * @param builder       borrowed; of a type of fixed width or bool
 * @param values        borrowed; the values; may be NULL when they have no bytes
 * @param num_values    how many
 * @param validity      borrowed; a bitmap, where bit i + validity_bit is 0 when value i is null; may be NULL, then none is
 * @param validity_bit  the bit of the first value in validity
 * @param error         receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or builder or values is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_values(nock_array_builder_t *builder, const void *values,
    size_t num_values, const uint8_t *validity, size_t validity_bit, nock_error_t **error);

/**
 * Append all values of an array of the same type.
 *
 * @param builder  borrowed
 * @param array    borrowed
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when the types differ, or builder or array is NULL
 *         NOCK_ERR_LIMIT when 32-bit offsets cannot reach as many bytes, or the pool's limit would be exceeded
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_CORRUPT when the array was never validated and its values lie outside its buffers
 *         NOCK_ERR_BUSY when another call is using the builder
 */
NOCK_FALLIBLE nock_status_t nock_array_builder_append_array(nock_array_builder_t *builder, const nock_array_t *array,
    nock_error_t **error);

/* ---- batch ------------------------------------------------------------------------------------------------------- */

/**
 * Columns of one length under a schema.
 *
 * *Immutable*: like shared, and never changes. A batch that was read builds a column when it is first asked for, and
 * validates it then: that is why nock_batch_column can fail.
 * Get one: nock_batch_new, nock_batch_slice, nock_batch_select, nock_ipc_stream_reader_next,
 * nock_ipc_file_reader_get_batch, nock_ipc_read_batch. Keep it: nock_batch_ref. Release it: nock_batch_unref. Look at it:
 * nock_batch_schema, nock_batch_num_rows, nock_batch_num_columns, nock_batch_column, nock_batch_column_by_name,
 * nock_batch_metadata, nock_batch_nbytes, nock_batch_validate, nock_batch_equals, nock_batch_to_text.
 */
struct nock_batch_t;

/**
 * Make a batch from columns.
 *
 * @param schema       shared (adds a reference)
 * @param columns      num_columns arrays, each shared (adds a reference); may be NULL when num_columns is 0
 * @param num_columns  as many as the schema has fields
 * @param num_rows     the length of every column
 * @param out          receives the batch, owned
 * @param error        receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when a column does not have the length or the type that it should, when there are more
 *         or fewer columns than fields, when num_rows is negative, or when schema, a column or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 */
NOCK_FALLIBLE nock_status_t nock_batch_new(const nock_schema_t *schema, const nock_array_t *const *columns,
    size_t num_columns, int64_t num_rows, nock_batch_t **out, nock_error_t **error);

/**
 * Read the schema.
 *
 * @param batch  borrowed; may be NULL
 * @return the schema, borrowed while the batch lives; NULL when batch is NULL
 */
NOCK_API const nock_schema_t *nock_batch_schema(const nock_batch_t *batch);

/**
 * Read the size of a batch.
 *
 * @param batch  borrowed; may be NULL
 * @return the number named beside the function; 0 when batch is NULL
 */
NOCK_API int64_t nock_batch_num_rows(const nock_batch_t *batch);   /* rows */
NOCK_API size_t nock_batch_num_columns(const nock_batch_t *batch); /* columns */

/**
 * Read the batch's own metadata, which IPC messages carry apart from the schema's.
 *
 * @param batch  borrowed; may be NULL
 * @return the metadata, borrowed while the batch lives, possibly of no entries; NULL when batch is NULL
 */
NOCK_API const nock_metadata_t *nock_batch_metadata(const nock_batch_t *batch);

/**
 * Get a column.
 *
 * Cost: the first call on a column of a batch that was read builds and validates it; later calls give the same array.
 *
 * @param batch  borrowed
 * @param index  0 to nock_batch_num_columns - 1
 * @param out    receives the column, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when there is no such column
 *         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL
 *         NOCK_ERR_CORRUPT when the batch was read and the column violates its format
 *         NOCK_ERR_UNSUPPORTED when the batch was read and this version has no arrays of the column's type
 *         NOCK_ERR_LIMIT when the batch was read and the limit of the reader's pool would be exceeded
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 */
NOCK_FALLIBLE nock_status_t nock_batch_column(const nock_batch_t *batch, size_t index, nock_array_t **out,
    nock_error_t **error);

/**
 * Get the column with a name.
 *
 * Cost: looks at all names; otherwise as nock_batch_column.
 *
 * @param batch  borrowed
 * @param name   borrowed; compared byte by byte
 * @param out    receives the column, owned
 * @param error  receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_NOT_FOUND when no column has the name
 *         NOCK_ERR_INVALID_ARGUMENT when more than one column has the name, or batch, name or out is NULL, or name is not
 *         UTF-8
 *         NOCK_ERR_CORRUPT when the batch was read and the column violates its format
 *         NOCK_ERR_UNSUPPORTED when the batch was read and this version has no arrays of the column's type
 *         NOCK_ERR_LIMIT when the batch was read and the limit of the reader's pool would be exceeded
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 */
NOCK_FALLIBLE nock_status_t nock_batch_column_by_name(const nock_batch_t *batch, const char *name, nock_array_t **out,
    nock_error_t **error);

/* ---- batch derive ------------------------------------------------------------------------------------------------ */

/**
 * Share a part of the rows without copying.
 *
 * Builds no columns. The slice does not have the batch's own metadata.
 *
 * Cost: one small allocation, one pointer for each column.
 *
 * @param batch   shared (adds a reference)
 * @param offset  first row of the part
 * @param length  rows in the part; 0 is allowed
 * @param out     receives the slice, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when a number is negative or offset + length exceeds the batch
 *         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 */
NOCK_FALLIBLE nock_status_t nock_batch_slice(const nock_batch_t *batch, int64_t offset, int64_t length,
    nock_batch_t **out, nock_error_t **error);

/**
 * Share some of the columns without copying.
 *
 * Builds no columns. The schema's metadata is kept, the batch's own is not.
 *
 * @param batch        shared (adds a reference)
 * @param indices      borrowed; num_indices column indices, in the new order; they may repeat; may be NULL when there are
 *                     none
 * @param num_indices  columns of the new batch
 * @param out          receives the batch, owned
 * @param error        receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when there is no such column
 *         NOCK_ERR_INVALID_ARGUMENT when batch, out or indices is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
 */
NOCK_FALLIBLE nock_status_t nock_batch_select(const nock_batch_t *batch, const size_t *indices, size_t num_indices,
    nock_batch_t **out, nock_error_t **error);

/**
 * Compare two batches.
 *
 * They are equal when they have equal fields, as many rows, and equal columns.
 *
 * Cost: builds and reads the columns of both up to the first difference.
 *
 * @param batch      borrowed
 * @param other      borrowed
 * @param flags      NOCK_EQUALS_ bits; 0: none
 * @param out_equal  receives 1 when they are equal, else 0
 * @param error      receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when batch, other or out_equal is NULL
 *         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known, or for a column as in nock_batch_column
 *         any status of nock_batch_column, when a column cannot be built
 */
NOCK_FALLIBLE nock_status_t nock_batch_equals(const nock_batch_t *batch, const nock_batch_t *other, uint32_t flags,
    uint8_t *out_equal, nock_error_t **error);

/**
 * Check the contents of all columns.
 *
 * Cost: builds every column, and reads what the level checks.
 *
 * @param batch       borrowed
 * @param validation  a NOCK_VALIDATE_ value; 0: MEMORY
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when a column violates its format; the message names it
 *         NOCK_ERR_INVALID_ARGUMENT when batch is NULL or validation is not known
 *         any status of nock_batch_column, when a column cannot be built
 */
NOCK_FALLIBLE nock_status_t nock_batch_validate(const nock_batch_t *batch, nock_validation_t validation,
    nock_error_t **error);

/**
 * Render a batch as text for people.
 *
 * One line for each field, then one for each column with its first and last values; of very many columns only the first are
 * shown. The form of the text may change from version to version.
 *
 * Cost: builds the columns that are shown; otherwise bounded by max_rows.
 *
 * @param batch     borrowed
 * @param max_rows  the most values of a column to show; 0: 20
 * @param pool      shared (adds a reference); may be NULL; where the text comes from
 * @param out       receives the text, owned: UTF-8 whose size is that of the buffer, followed by a NUL
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         any status of nock_batch_column, when a column cannot be built
 */
NOCK_FALLIBLE nock_status_t nock_batch_to_text(const nock_batch_t *batch, size_t max_rows, nock_pool_t *pool,
    nock_buffer_t **out, nock_error_t **error);

/**
 * Compute the bytes that the values of a batch take.
 *
 * Of shared buffers, only the parts that the columns use count.
 *
 * Cost: builds every column.
 *
 * @param batch       borrowed
 * @param out_nbytes  receives the number
 * @param error       receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when batch or out_nbytes is NULL
 *         any status of nock_batch_column, when a column cannot be built
 */
NOCK_FALLIBLE nock_status_t nock_batch_nbytes(const nock_batch_t *batch, uint64_t *out_nbytes, nock_error_t **error);

/* ---- ipc_write_options ------------------------------------------------------------------------------------------- */

/** How messages are laid out. Start from NOCK_IPC_WRITE_OPTIONS_INIT. */
typedef struct nock_ipc_write_options_t {
  /** sizeof the struct in the caller's header. */
  uint32_t struct_size;
  /** None yet: 0. */
  uint32_t flags;
  /** Messages and buffers start at multiples of this many bytes: 8, 16, 32 or 64; 0: 64. */
  uint32_t alignment;
  /** The most levels of a nested type, the innermost included; 0: 64, which is also the maximum. */
  uint32_t max_nesting;
} nock_ipc_write_options_t;
/** Start value of a nock_ipc_write_options_t: everything default. */
#define NOCK_IPC_WRITE_OPTIONS_INIT {sizeof(nock_ipc_write_options_t), 0, 0, 0}

/* ---- ipc_writer -------------------------------------------------------------------------------------------------- */

/**
 * Writes record batches in the Arrow stream format.
 *
 * *Exclusive*: may move between threads, one call at a time. Nothing else may write to its stream meanwhile.
 * Get one: nock_ipc_stream_writer_open. Release it: nock_ipc_stream_writer_close, then nock_ipc_stream_writer_free.
 * Use it: nock_ipc_stream_writer_write_batch. Ask:
 * nock_ipc_stream_writer_schema, nock_ipc_stream_writer_num_messages, nock_ipc_stream_writer_num_batches,
 * nock_ipc_stream_writer_raw_body_bytes, nock_ipc_stream_writer_body_bytes.
 */
struct nock_ipc_stream_writer_t;

/**
 * Writes record batches as an Arrow file: batches that can be read in any order.
 *
 * *Exclusive*: may move between threads, one call at a time. Nothing else may write to its stream meanwhile.
 * Get one: nock_ipc_file_writer_open. Release it: nock_ipc_file_writer_close, then nock_ipc_file_writer_free.
 * Use it: nock_ipc_file_writer_write_batch, nock_ipc_file_writer_set_footer_metadata. Ask:
 * nock_ipc_file_writer_schema, nock_ipc_file_writer_num_messages, nock_ipc_file_writer_num_batches,
 * nock_ipc_file_writer_raw_body_bytes, nock_ipc_file_writer_body_bytes.
 */
struct nock_ipc_file_writer_t;

/**
 * Begin a stream or a file of batches.
 *
 * The schema is written at once, and before it the first bytes of a file. A file that begins behind other bytes of
 * the stream counts its offsets from the start of these, so that the whole opens as a file.
 *
 *   nock_ipc_stream_writer_open  a stream
 *   nock_ipc_file_writer_open    a file
 *
 * @param stream   shared (adds a reference); written from its position on
 * @param schema   shared (adds a reference); the fields of every batch
 * @param pool     shared (adds a reference); may be NULL; for data that has to be copied before it is written
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the writer, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when the stream is not for writing, the schema has a field of a type that this version
 *         cannot write (the message names both), or options has bits or fields that this library does not know
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when a type is nested deeper than options allow, or the pool of the stream has a limit
 *         NOCK_ERR_INVALID_ARGUMENT when stream, schema or out is NULL, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_stream_writer_open(nock_stream_t *stream, const nock_schema_t *schema,
    nock_pool_t *pool, const nock_ipc_write_options_t *options, nock_ipc_stream_writer_t **out, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_ipc_file_writer_open(nock_stream_t *stream, const nock_schema_t *schema,
    nock_pool_t *pool, const nock_ipc_write_options_t *options, nock_ipc_file_writer_t **out, nock_error_t **error);

/**
 * Write a batch.
 *
 * Of a slice only its own values are written. A call that fails before the first byte is written changes nothing; after
 * a failed write the output is incomplete, and every later call returns the same failure.
 *
 * Cost: one gathered write; copies only bits that do not start at a byte, and offsets that do not start at 0.
 *
 *   nock_ipc_stream_writer_write_batch  to a stream
 *   nock_ipc_file_writer_write_batch    to a file
 *
 * @param writer    borrowed
 * @param batch     borrowed; its fields equal the writer's, metadata aside
 * @param metadata  borrowed; key and value pairs of this message; may be NULL, then those of the batch
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_INVALID_ARGUMENT when writer or batch is NULL, the batch has other fields, or a buffer of an array
 *         is too short
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the writer or the stream was closed
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded, or the batch has more bytes than a message can have
 *         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
 *         NOCK_ERR_BUSY when another call is using the writer or the position of the stream
 *         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
 */
NOCK_FALLIBLE nock_status_t nock_ipc_stream_writer_write_batch(nock_ipc_stream_writer_t *writer,
    const nock_batch_t *batch, const nock_metadata_t *metadata, nock_error_t **error);
NOCK_FALLIBLE nock_status_t nock_ipc_file_writer_write_batch(nock_ipc_file_writer_t *writer, const nock_batch_t *batch,
    const nock_metadata_t *metadata, nock_error_t **error);

/**
 * Set the key and value pairs of the footer.
 *
 * @param writer    borrowed
 * @param metadata  shared (adds a reference); may be NULL, then the footer has none
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CLOSED when the writer was closed
 *         NOCK_ERR_IO and others when an earlier write failed: with the status that it gave
 *         NOCK_ERR_BUSY when another call is using the writer
 *         NOCK_ERR_INVALID_ARGUMENT when writer is NULL
 */
NOCK_FALLIBLE nock_status_t nock_ipc_file_writer_set_footer_metadata(nock_ipc_file_writer_t *writer,
    const nock_metadata_t *metadata, nock_error_t **error);

/**
 * Write what ends a stream or a file, and flush.
 *
 * The stream stays open. Closing again does nothing. A reader of a stream without its end mark cannot tell whether
 * something is missing; a file without its footer cannot be opened.
 *
 * @param writer  borrowed
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool of the stream has a limit
 *         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
 *         NOCK_ERR_BUSY when another call is using the writer or the position of the stream
 *         NOCK_ERR_INVALID_ARGUMENT when writer is NULL
 */
NOCK_FALLIBLE nock_status_t nock_ipc_stream_writer_close(nock_ipc_stream_writer_t *writer, nock_error_t **error); /* the end mark */
NOCK_FALLIBLE nock_status_t nock_ipc_file_writer_close(nock_ipc_file_writer_t *writer, nock_error_t **error);     /* the footer */

/**
 * Read the schema.
 *
 * @param writer  borrowed; may be NULL
 * @return the schema, borrowed while the writer lives; NULL when writer is NULL or in use by another call
 */
NOCK_API const nock_schema_t *nock_ipc_stream_writer_schema(const nock_ipc_stream_writer_t *writer); /* of a stream */
NOCK_API const nock_schema_t *nock_ipc_file_writer_schema(const nock_ipc_file_writer_t *writer);     /* of a file */

/**
 * Read how much was written.
 *
 *   nock_ipc_stream_writer_num_messages    messages, the schema included
 *   nock_ipc_stream_writer_num_batches     batches
 *   nock_ipc_stream_writer_raw_body_bytes  bytes in the buffers of all batches
 *   nock_ipc_stream_writer_body_bytes      bytes of their bodies, padding included
 *   nock_ipc_file_writer_num_messages      messages, the schema included
 *   nock_ipc_file_writer_num_batches       batches
 *   nock_ipc_file_writer_raw_body_bytes    bytes in the buffers of all batches
 *   nock_ipc_file_writer_body_bytes        bytes of their bodies, padding included
 *
 * @param writer  borrowed; may be NULL
 * @return the number named beside the function; 0 when writer is NULL or in use by another call
 */
NOCK_API uint64_t nock_ipc_stream_writer_num_messages(const nock_ipc_stream_writer_t *writer);
NOCK_API uint64_t nock_ipc_stream_writer_num_batches(const nock_ipc_stream_writer_t *writer);
NOCK_API uint64_t nock_ipc_stream_writer_raw_body_bytes(const nock_ipc_stream_writer_t *writer);
NOCK_API uint64_t nock_ipc_stream_writer_body_bytes(const nock_ipc_stream_writer_t *writer);
NOCK_API uint64_t nock_ipc_file_writer_num_messages(const nock_ipc_file_writer_t *writer);
NOCK_API uint64_t nock_ipc_file_writer_num_batches(const nock_ipc_file_writer_t *writer);
NOCK_API uint64_t nock_ipc_file_writer_raw_body_bytes(const nock_ipc_file_writer_t *writer);
NOCK_API uint64_t nock_ipc_file_writer_body_bytes(const nock_ipc_file_writer_t *writer);

/* ---- ipc_read_options -------------------------------------------------------------------------------------------- */

/**
 * Limits of a reader, and how far it checks what it reads. Start from NOCK_IPC_READ_OPTIONS_INIT.
 *
 * Lengths in the input are always compared with the size of the input before memory is allocated; these limits apply
 * besides.
 */
typedef struct nock_ipc_read_options_t {
  /** sizeof the struct in the caller's header. */
  uint32_t struct_size;
  /** None yet: 0. */
  uint32_t flags;
  /** The largest metadata of one message, and the largest footer; 0: 256 MiB. It cannot exceed 2 GiB. */
  uint64_t max_metadata_bytes;
  /** The largest body of one message; 0: 1 TiB. */
  uint64_t max_body_bytes;
  /** The most levels of a nested type, the innermost included; 0: 64, which is also the maximum. */
  uint32_t max_nesting;
  /** A NOCK_VALIDATE_ value: how far a column is checked when it is built; 0: MEMORY. */
  nock_validation_t validation;
} nock_ipc_read_options_t;
/** Start value of a nock_ipc_read_options_t: everything default. */
#define NOCK_IPC_READ_OPTIONS_INIT {sizeof(nock_ipc_read_options_t), 0, 0, 0, 0, 0}

/* ---- ipc_stream_reader ------------------------------------------------------------------------------------------- */

/**
 * Reads record batches in the order in which they were written.
 *
 * *Exclusive*: may move between threads, one call at a time. Nothing else may read from its stream meanwhile. Its batches
 * outlive it.
 * Get one: nock_ipc_stream_reader_open. Release it: nock_ipc_stream_reader_free.
 * Use it: nock_ipc_stream_reader_next. Ask: nock_ipc_stream_reader_schema, nock_ipc_stream_reader_has_end_mark,
 * nock_ipc_stream_reader_num_messages, nock_ipc_stream_reader_num_batches, nock_ipc_stream_reader_num_dictionary_batches,
 * nock_ipc_stream_reader_num_columns_built, nock_ipc_stream_reader_num_buffers_copied.
 */
struct nock_ipc_stream_reader_t;

/**
 * Open a stream of batches and read its schema.
 *
 * @param stream   shared (adds a reference); read from its position on
 * @param pool     shared (adds a reference); may be NULL; for data that has to be copied
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the reader, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when the input does not begin with a schema
 *         NOCK_ERR_UNSUPPORTED when the schema has something that this version does not know, the stream is not for
 *         reading, or options has bits or fields that this library does not know
 *         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the position of the stream
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_stream_reader_open(nock_stream_t *stream, nock_pool_t *pool,
    const nock_ipc_read_options_t *options, nock_ipc_stream_reader_t **out, nock_error_t **error);

/**
 * Read the next batch.
 *
 * At the end, and every time after it, the call succeeds with *out == NULL. A batch that cannot be used (it is compressed,
 * or does not match the schema) gives an error, and the next call reads the next batch; after an error inside a message
 * every later call returns the same error.
 *
 * Cost: from a map or a buffer no bytes of the batch are copied; otherwise its body is read. Columns are built and checked
 * when they are asked for.
 *
 * @param reader  borrowed
 * @param out     receives the batch, owned; NULL at the end
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when the input violates the format or ends inside a message
 *         NOCK_ERR_UNSUPPORTED when it has something that this version does not know
 *         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is using the reader or the position of the stream
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when reader or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_ipc_stream_reader_next(nock_ipc_stream_reader_t *reader, nock_batch_t **out,
    nock_error_t **error);

/**
 * Read the schema of all batches.
 *
 * @param reader  borrowed; may be NULL
 * @return the schema, borrowed while the reader lives; NULL when reader is NULL or in use by another call
 */
NOCK_API const nock_schema_t *nock_ipc_stream_reader_schema(const nock_ipc_stream_reader_t *reader);

/**
 * Ask whether the stream ended with a marker.
 *
 * A stream that ends between two messages without one is accepted, but may be truncated.
 *
 * @param reader  borrowed; may be NULL
 * @return whether nock_ipc_stream_reader_next has read the end-of-stream marker; false when reader is NULL or in use by
 *         another call
 */
NOCK_API bool nock_ipc_stream_reader_has_end_mark(const nock_ipc_stream_reader_t *reader);

/**
 * Read how much was read.
 *
 *   nock_ipc_stream_reader_num_messages            messages, the schema included
 *   nock_ipc_stream_reader_num_batches             batches
 *   nock_ipc_stream_reader_num_dictionary_batches  dictionary batches
 *   nock_ipc_stream_reader_num_columns_built       columns built on demand
 *   nock_ipc_stream_reader_num_buffers_copied      buffers copied because they were not aligned
 *
 * @param reader  borrowed; may be NULL
 * @return the number named beside the function; 0 when reader is NULL or in use by another call
 */
NOCK_API uint64_t nock_ipc_stream_reader_num_messages(const nock_ipc_stream_reader_t *reader);
NOCK_API uint64_t nock_ipc_stream_reader_num_batches(const nock_ipc_stream_reader_t *reader);
NOCK_API uint64_t nock_ipc_stream_reader_num_dictionary_batches(const nock_ipc_stream_reader_t *reader);
NOCK_API uint64_t nock_ipc_stream_reader_num_columns_built(const nock_ipc_stream_reader_t *reader);
NOCK_API uint64_t nock_ipc_stream_reader_num_buffers_copied(const nock_ipc_stream_reader_t *reader);

/* ---- ipc_file_reader --------------------------------------------------------------------------------------------- */

/**
 * Reads the record batches of an Arrow file in any order.
 *
 * *Shared*: any function, any threads, at once. It has one owner all the same, who frees it when no thread uses it anymore.
 * Its batches outlive it.
 * Get one: nock_ipc_file_reader_open. Release it: nock_ipc_file_reader_free.
 * Use it: nock_ipc_file_reader_get_batch, nock_ipc_file_reader_count_rows. Ask: nock_ipc_file_reader_schema,
 * nock_ipc_file_reader_num_batches, nock_ipc_file_reader_num_dictionaries, nock_ipc_file_reader_version,
 * nock_ipc_file_reader_footer_metadata, nock_ipc_file_reader_num_batches_read,
 * nock_ipc_file_reader_num_columns_built, nock_ipc_file_reader_num_buffers_copied.
 */
struct nock_ipc_file_reader_t;

/**
 * Open an Arrow file.
 *
 * The reader uses positional reads only, so that the stream may be used for other things meanwhile.
 *
 * Cost: two reads, of the last ten bytes and of the footer, whatever the size of the file.
 *
 * @param stream   shared (adds a reference)
 * @param pool     shared (adds a reference); may be NULL; for data that has to be copied
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the reader, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when this is no Arrow file, or its footer violates the format
 *         NOCK_ERR_UNSUPPORTED when the schema has something that this version does not know, the stream cannot be read at
 *         offsets, or options has bits or fields that this library does not know
 *         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size of the stream or closing it
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_file_reader_open(nock_stream_t *stream, nock_pool_t *pool,
    const nock_ipc_read_options_t *options, nock_ipc_file_reader_t **out, nock_error_t **error);

/**
 * Read a batch by its number.
 *
 * Cost: from a map or a buffer no bytes of the batch are copied; otherwise one read of its metadata and body. Columns are
 * built and checked when they are asked for.
 *
 * @param reader  borrowed
 * @param index   0 to nock_ipc_file_reader_num_batches - 1
 * @param out     receives the batch, owned
 * @param error   receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_RANGE when the file has fewer batches
 *         NOCK_ERR_CORRUPT when the batch violates the format, or the file has become shorter
 *         NOCK_ERR_UNSUPPORTED when it has something that this version does not know
 *         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size of the stream or closing it
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when reader or out is NULL
 */
NOCK_FALLIBLE nock_status_t nock_ipc_file_reader_get_batch(const nock_ipc_file_reader_t *reader, size_t index,
    nock_batch_t **out, nock_error_t **error);

/**
 * Count the rows of all batches.
 *
 * Cost: reads the metadata of every batch, and no bodies.
 *
 * @param reader    borrowed
 * @param out_rows  receives the number
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when a batch violates the format, or the file has become shorter
 *         NOCK_ERR_UNSUPPORTED when it has something that this version does not know
 *         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
 *         NOCK_ERR_IO when the operating system fails
 *         NOCK_ERR_CLOSED when the stream was closed
 *         NOCK_ERR_BUSY when another call is changing the size of the stream or closing it
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_INVALID_ARGUMENT when reader or out_rows is NULL
 */
NOCK_FALLIBLE nock_status_t nock_ipc_file_reader_count_rows(const nock_ipc_file_reader_t *reader, uint64_t *out_rows,
    nock_error_t **error);

/**
 * Read the schema of all batches.
 *
 * @param reader  borrowed; may be NULL
 * @return the schema, borrowed while the reader lives; NULL when reader is NULL
 */
NOCK_API const nock_schema_t *nock_ipc_file_reader_schema(const nock_ipc_file_reader_t *reader);

/**
 * Read the key and value pairs of the footer.
 *
 * @param reader  borrowed; may be NULL
 * @return the pairs, borrowed while the reader lives, empty if there are none; NULL when reader is NULL
 */
NOCK_API const nock_metadata_t *nock_ipc_file_reader_footer_metadata(const nock_ipc_file_reader_t *reader);

/**
 * Read what the footer says, or how much was read so far.
 *
 *   nock_ipc_file_reader_num_batches         batches in the file
 *   nock_ipc_file_reader_num_dictionaries    dictionary batches in the file
 *   nock_ipc_file_reader_version             metadata version, 5 today; 1 if it is left out
 *   nock_ipc_file_reader_num_batches_read    batches that were read
 *   nock_ipc_file_reader_num_columns_built   columns built on demand
 *   nock_ipc_file_reader_num_buffers_copied  buffers copied because they were not aligned
 *
 * @param reader  borrowed; may be NULL
 * @return the number named beside the function; 0 when reader is NULL
 */
NOCK_API size_t nock_ipc_file_reader_num_batches(const nock_ipc_file_reader_t *reader);
NOCK_API size_t nock_ipc_file_reader_num_dictionaries(const nock_ipc_file_reader_t *reader);
NOCK_API int32_t nock_ipc_file_reader_version(const nock_ipc_file_reader_t *reader);
NOCK_API uint64_t nock_ipc_file_reader_num_batches_read(const nock_ipc_file_reader_t *reader);
NOCK_API uint64_t nock_ipc_file_reader_num_columns_built(const nock_ipc_file_reader_t *reader);
NOCK_API uint64_t nock_ipc_file_reader_num_buffers_copied(const nock_ipc_file_reader_t *reader);

/* ---- ipc --------------------------------------------------------------------------------------------------------- */

/**
 * Write one batch into a buffer, as a message without a schema.
 *
 * Cost: one allocation of exactly the size that nock_ipc_batch_size gives, and a copy.
 *
 * @param batch    borrowed
 * @param pool     shared (adds a reference); may be NULL; kept alive by the buffer
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the buffer, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when there is a field of a type that this version cannot write (the message names both), or
 *         options has bits or fields that this library does not know
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when a type is nested deeper than options allow, or the pool's limit would be exceeded
 *         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
 *         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL, a buffer of an array is too short, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_serialize_batch(const nock_batch_t *batch, nock_pool_t *pool,
    const nock_ipc_write_options_t *options, nock_buffer_t **out, nock_error_t **error);

/**
 * Compute how many bytes a batch takes as a message.
 *
 * That is what it adds to a stream or file, and what nock_ipc_serialize_batch gives.
 *
 * Cost: as writing, without the copy.
 *
 * @param batch     borrowed
 * @param options   borrowed; may be NULL, then the defaults
 * @param out_size  receives the bytes
 * @param error     receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_UNSUPPORTED when there is a field of a type that this version cannot write (the message names both), or
 *         options has bits or fields that this library does not know
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when a type is nested deeper than options allow, or the batch was read and the limit of the
 *         reader's pool would be exceeded
 *         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
 *         NOCK_ERR_INVALID_ARGUMENT when batch or out_size is NULL, a buffer of an array is too short, or options are not
 *         valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_batch_size(const nock_batch_t *batch, const nock_ipc_write_options_t *options,
    uint64_t *out_size, nock_error_t **error);

/**
 * Write a schema into a buffer, as a message.
 *
 * @param schema   borrowed
 * @param pool     shared (adds a reference); may be NULL; kept alive by the buffer
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the buffer, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_LIMIT when the pool's limit would be exceeded
 *         NOCK_ERR_UNSUPPORTED when a dictionary has values that are indices into another one, or options has bits or
 *         fields that this library does not know
 *         NOCK_ERR_INVALID_ARGUMENT when schema or out is NULL, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_serialize_schema(const nock_schema_t *schema, nock_pool_t *pool,
    const nock_ipc_write_options_t *options, nock_buffer_t **out, nock_error_t **error);

/**
 * Read the batch that a buffer begins with.
 *
 * The reverse of nock_ipc_serialize_batch.
 *
 * Cost: no bytes of the batch are copied; columns are built and checked when they are asked for.
 *
 * @param buffer   shared (adds a reference); must not change while the batch is in use
 * @param schema   shared (adds a reference); the fields that the batch was written with
 * @param pool     shared (adds a reference); may be NULL; for data that has to be copied
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the batch, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when the buffer does not begin with such a message, or violates the format
 *         NOCK_ERR_UNSUPPORTED when it has something that this version does not know, or options has bits or fields that
 *         this library does not know
 *         NOCK_ERR_LIMIT when a limit of options would be exceeded
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_BUSY when another thread is resizing the buffer
 *         NOCK_ERR_INVALID_ARGUMENT when buffer, schema or out is NULL, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_read_batch(const nock_buffer_t *buffer, const nock_schema_t *schema,
    nock_pool_t *pool, const nock_ipc_read_options_t *options, nock_batch_t **out, nock_error_t **error);

/**
 * Read the schema that a buffer begins with.
 *
 * The reverse of nock_ipc_serialize_schema.
 *
 * @param buffer   borrowed
 * @param options  borrowed; may be NULL, then the defaults
 * @param out      receives the schema, owned
 * @param error    receives details, owned; may be NULL
 * @return NOCK_OK
 *         NOCK_ERR_CORRUPT when the buffer does not begin with such a message, or violates the format
 *         NOCK_ERR_UNSUPPORTED when it has something that this version does not know, or options has bits or fields that
 *         this library does not know
 *         NOCK_ERR_LIMIT when a limit of options would be exceeded
 *         NOCK_ERR_OUT_OF_MEMORY when there is no memory
 *         NOCK_ERR_BUSY when another thread is resizing the buffer
 *         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or options are not valid
 */
NOCK_FALLIBLE nock_status_t nock_ipc_read_schema(const nock_buffer_t *buffer, const nock_ipc_read_options_t *options,
    nock_schema_t **out, nock_error_t **error);

#ifdef __cplusplus
}
#endif

#endif /* NOCK_NOCK_H */
