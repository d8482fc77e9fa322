//! Memory pools.

use super::error::nock_error_t;
use super::guard::{self, ErrorSlot, value};
use super::handle::{self, Handle, Shared};
use super::status::nock_status_t;
use crate::pool::{self, Pool};
use std::ffi::{c_char, c_void};

/// Where data bytes come from, with statistics. A NULL pool is the default pool in every call.
///
/// *Shared*: any function, any threads, at once.
/// Get one: nock_pool_default, nock_pool_get. End it: nock_pool_unref. Memory taken from a pool keeps it alive. Take raw
/// memory: nock_pool_alloc, nock_pool_realloc, nock_pool_dealloc. Ask: nock_pool_bytes_allocated, nock_pool_max_memory,
/// nock_pool_total_bytes_allocated, nock_pool_num_allocations, nock_pool_backend_name. Also: nock_pool_set_default,
/// nock_pool_release_unused.
pub struct nock_pool_t {
    _opaque: [u8; 0],
}

impl Handle for nock_pool_t {
    type Object = Pool;
    type Kind = Shared;
}

/// Find the default pool.
///
/// The environment chooses it when it is first needed: NOCK_DEFAULT_MEMORY_POOL names a backend, or else
/// ARROW_DEFAULT_MEMORY_POOL does, or else the first of nock_pool_backend_name_at is taken. A name that no backend has is
/// reported once on stderr.
///
/// @return the pool, borrowed; it lives as long as the process
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub extern "C" fn nock_pool_default() -> *mut nock_pool_t {
    value(std::ptr::null_mut(), || {
        std::ptr::from_ref(Pool::default_static()).cast_mut().cast()
    })
}

/// Make a pool the default for later calls.
///
/// What was allocated before stays with its pool. A pool that was the default once lives as long as the process.
///
/// @param pool  shared (adds a reference); may be NULL, then the environment's choice is the default again
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_set_default(pool: *mut nock_pool_t) {
    // SAFETY: `pool` is NULL or a live handle (C contract).
    let pool = unsafe { handle::borrow_owner(pool) };
    value((), || Pool::set_default(pool.as_deref()));
}

/// Find the process-wide pool of a backend.
///
/// @param name   borrowed; the backend: "system", or another name from nock_pool_backend_name_at
/// @param out    receives the pool, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when this library has no such backend
///         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_get(
    name: *const c_char,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `name` is NULL or NUL-terminated (C contract).
        let name = unsafe { guard::c_text(name, "name") }?;
        out.put_shared(Pool::get(name.to_bytes())?);
        Ok(())
    })
}

/// Count the backends of this library.
///
/// @return how many names nock_pool_backend_name_at has, at least 1
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub extern "C" fn nock_pool_backend_count() -> usize {
    pool::backend_count()
}

/// Name a backend.
///
/// @param index  0 for the preferred one, up to nock_pool_backend_count() - 1
/// @return static text such as "mimalloc"; NULL when there are not so many
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub extern "C" fn nock_pool_backend_name_at(index: usize) -> *const c_char {
    pool::backend_name_at(index).map_or(std::ptr::null(), |name| name.as_ptr())
}

/// Take raw memory from a pool.
///
/// The bytes are uninitialised. Size 0 gives an aligned address that must not be accessed, and costs nothing.
///
/// @param pool       borrowed; may be NULL
/// @param size       bytes
/// @param alignment  a power of two up to 2 MiB; 0 means 64
/// @param out        receives the address, owned; give it back with nock_pool_dealloc and the same size and alignment
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or the alignment is no power of two up to 2 MiB
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_alloc(
    pool: *mut nock_pool_t,
    size: usize,
    alignment: usize,
    out: *mut *mut c_void,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        let block = pool.allocate(size, pool::alignment_or_default(alignment))?;
        out.put_block(block);
        Ok(())
    })
}

/// Change the size of raw memory.
///
/// The bytes that fit into both sizes are kept. On failure the memory is as it was.
///
/// Cost: copies the bytes when they have to move.
///
/// @param pool       borrowed; may be NULL; the pool that gave the memory
/// @param block      borrowed; the variable with the address, which changes when the memory moves; NULL in it counts as size 0
/// @param old_size   the size it has
/// @param new_size   the size it shall have
/// @param alignment  the alignment it was taken with; 0 means 64
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
///         NOCK_ERR_INVALID_ARGUMENT when block is NULL, when NULL in it has a size, or when the alignment is no power of
///         two up to 2 MiB
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_realloc(
    pool: *mut nock_pool_t,
    block: *mut *mut c_void,
    old_size: usize,
    new_size: usize,
    alignment: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `block` is NULL or a valid slot (C contract).
        let block = unsafe { guard::in_out(block, "block") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        let old = guard::block(*block, old_size, "block")?;
        let alignment = pool::alignment_or_default(alignment);
        // SAFETY: the block came from this pool with this size and alignment (C contract).
        let moved = unsafe { pool.reallocate(old, old_size, new_size, alignment) }?;
        *block = moved.as_ptr().cast();
        Ok(())
    })
}

/// Give raw memory back to its pool.
///
/// @param pool       borrowed; may be NULL; the pool that gave the memory
/// @param block      consumed; may be NULL; the address
/// @param size       the size it has
/// @param alignment  the alignment it was taken with; 0 means 64
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_dealloc(
    pool: *mut nock_pool_t,
    block: *mut c_void,
    size: usize,
    alignment: usize,
) {
    value((), || {
        let Some(block) = std::ptr::NonNull::new(block.cast()) else {
            return;
        };
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        let alignment = pool::alignment_or_default(alignment);
        // SAFETY: the block came from this pool with this size and alignment (C contract).
        unsafe { pool.deallocate(block, size, alignment) };
    });
}

/// Read how many bytes of a pool are in use.
///
/// @param pool  borrowed; may be NULL
/// @return bytes, as they were asked for
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_bytes_allocated(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.statistics().bytes_allocated()
    })
}

/// Read the most bytes of a pool that were ever in use at one time.
///
/// @param pool  borrowed; may be NULL
/// @return bytes, as they were asked for
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_max_memory(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.statistics().max_memory()
    })
}

/// Read how many bytes a pool ever gave out.
///
/// @param pool  borrowed; may be NULL
/// @return bytes; making memory larger counts the difference, making it smaller counts nothing
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_total_bytes_allocated(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.statistics().total_bytes_allocated()
    })
}

/// Read how often a pool gave out memory.
///
/// @param pool  borrowed; may be NULL
/// @return how often; making memory larger counts once, making it smaller does not count
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_num_allocations(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.statistics().num_allocations()
    })
}

/// Name what provides a pool's memory in the end.
///
/// @param pool  borrowed; may be NULL
/// @return static text such as "mimalloc"
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_backend_name(pool: *const nock_pool_t) -> *const c_char {
    value(c"".as_ptr(), || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.backend_name().as_ptr()
    })
}

/// Return memory that a pool holds for reuse to the system.
///
/// How much that is depends on the backend. No statistic changes.
///
/// @param pool  borrowed; may be NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_release_unused(pool: *mut nock_pool_t) {
    value((), || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.release_unused()
    });
}

/// Add an owner to a pool.
///
/// @param pool  shared (adds a reference); may be NULL
/// @return the same pointer, owned; NULL when pool is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_ref(pool: *const nock_pool_t) -> *mut nock_pool_t {
    // SAFETY: `pool` is NULL or a live handle (C contract).
    unsafe { handle::shared_ref(pool) }
}

/// Give up one owner of a pool.
///
/// @param pool  consumed; may be NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_unref(pool: *mut nock_pool_t) {
    // SAFETY: `pool` is NULL or a live handle that is not used afterwards (C contract).
    unsafe { handle::unref(pool) };
}

/// Read how many bytes of the default pool are in use.
///
/// @return bytes, as they were asked for
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub extern "C" fn nock_total_allocated_bytes() -> u64 {
    value(0, || Pool::default_static().statistics().bytes_allocated())
}
