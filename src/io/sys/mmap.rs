//! Memory maps of files.

use super::descriptor::Descriptor;
use super::errno::SysResult;
use crate::buffer::{Buffer, BufferOwner, BufferRef};
use crate::error::Result;
use memmap2::{MmapOptions, MmapRaw};
use std::ptr::NonNull;

/// A memory map, which lives as long as the buffers over it.
struct Mapping {
    #[expect(dead_code, reason = "held for its drop, which ends the map")]
    map: MmapRaw,
}

impl BufferOwner for Mapping {}

/// Map `size` bytes of a file for reading, as an immutable buffer. The inner failure is that of mmap.
pub(in crate::io) fn map_file(
    fd: &Descriptor,
    offset: u64,
    size: usize,
) -> Result<SysResult<BufferRef>> {
    if size == 0 {
        // mmap refuses a length of 0.
        return Buffer::empty().map(Ok);
    }
    // With a length given, the crate does not look at the file and has no errors of its own, which it would allocate.
    let mapped = MmapOptions::new()
        .offset(offset)
        .len(size)
        .map_raw_read_only(fd.raw());
    let map = match mapped {
        Ok(map) => map,
        Err(error) => return Ok(Err(error.raw_os_error().unwrap_or(libc::EINVAL))),
    };
    let Some(start) = NonNull::new(map.as_mut_ptr()) else {
        return Ok(Err(libc::EINVAL));
    };
    let owner = Buffer::keep(Mapping { map })?;
    // SAFETY: the map has `size` readable bytes from `start` on while the owner lives.
    unsafe { Buffer::from_owner(start, size, false, owner) }.map(Ok)
}

/// The size of a page, which offsets of memory maps must be multiples of.
pub(in crate::io) fn page_size() -> u64 {
    // SAFETY: no memory is passed.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(size).unwrap_or(4096).max(1)
}
