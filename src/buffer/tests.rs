use super::{Buffer, BufferBuilder, BufferRef, reserve_borrowed, resize, slice, slice_mutable};
use crate::error::ErrorKind;
use crate::pool::{Pool, PoolRef};
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};

fn pool() -> PoolRef {
    Pool::default_pool()
}

#[test]
fn allocations_are_aligned_padded_and_zero_behind_the_end() {
    let buffer = Buffer::allocate(&pool(), 100).expect("memory");
    assert_eq!((buffer.len(), buffer.capacity()), (100, 128));
    assert_eq!(buffer.as_ptr().addr() % 64, 0);
    // SAFETY: the capacity is 128, and a fresh allocation of 100 bytes is in it.
    let memory = unsafe { std::slice::from_raw_parts(buffer.as_ptr(), 128) };
    assert!(memory[100..].iter().all(|byte| *byte == 0));
    assert!(buffer.is_mutable() && buffer.parent().is_none());
    assert_eq!(
        Buffer::allocate_aligned(&pool(), 5, 1024)
            .expect("memory")
            .as_ptr()
            .addr()
            % 1024,
        0
    );
}

#[test]
fn slices_name_their_parent_and_keep_it() {
    let buffer = Buffer::copy_of(b"some data!", &pool()).expect("memory");
    let part = slice(&buffer, 2, 4).expect("in range");
    assert_eq!(part.as_slice(), b"me d");
    assert!(
        part.parent()
            .is_some_and(|parent| BufferRef::ptr_eq(parent, &buffer))
    );
    drop(buffer);
    assert_eq!(part.as_slice(), b"me d");
    for (offset, len) in [(5, 0), (0, 5), (usize::MAX, 1), (3, usize::MAX - 2)] {
        assert_eq!(
            slice(&part, offset, len).expect_err("out of range").kind(),
            ErrorKind::OutOfRange
        );
    }
    assert_eq!(
        slice_mutable(&part, 0, 1).expect_err("immutable").kind(),
        ErrorKind::InvalidArgument
    );
}

#[test]
fn a_long_chain_of_slices_ends_without_recursion() {
    let mut buffer = Buffer::copy_of(b"x", &pool()).expect("memory");
    for _ in 0..1_000_000 {
        buffer = slice(&buffer, 0, 1).expect("in range");
    }
    assert_eq!(buffer.as_slice(), b"x");
}

#[test]
fn foreign_memory_is_released_once() {
    static RELEASED: AtomicUsize = AtomicUsize::new(0);
    unsafe extern "C" fn release(user_data: *mut c_void) {
        assert_eq!(user_data.addr(), 77);
        RELEASED.fetch_add(1, Ordering::Relaxed);
    }
    let text = b"abc";
    let user_data = std::ptr::without_provenance_mut(77);
    // SAFETY: the text is static.
    let buffer = unsafe { Buffer::foreign(text.as_ptr(), 3, false, Some(release), user_data) }
        .expect("memory");
    let part = slice(&buffer, 1, 2).expect("in range");
    drop(buffer);
    assert_eq!(
        (part.as_slice(), RELEASED.load(Ordering::Relaxed)),
        (&b"bc"[..], 0)
    );
    drop(part);
    assert_eq!(RELEASED.load(Ordering::Relaxed), 1);
    // SAFETY: no bytes.
    let empty = unsafe { Buffer::foreign(std::ptr::null(), 0, false, None, std::ptr::null_mut()) };
    assert!(empty.expect("memory").is_empty());
}

#[test]
fn resizing_follows_the_capacity_rules() {
    let mut buffer = Buffer::allocate_resizable(&pool(), 0).expect("memory");
    let mut step = |len, shrink| {
        resize(&mut buffer, len, shrink).expect("memory");
        (buffer.len(), buffer.capacity())
    };
    assert_eq!(
        [step(100, true), step(200, true), step(50, true)],
        [(100, 128), (200, 256), (50, 64)]
    );
    assert_eq!([step(100, true), step(50, false)], [(100, 128), (50, 128)]);
    // SAFETY: nobody has looked at the bytes.
    unsafe { reserve_borrowed(&buffer, 300) }.expect("memory");
    assert_eq!((buffer.len(), buffer.capacity()), (50, 320));
    let part = slice(&buffer, 0, 1).expect("in range");
    assert_eq!(
        resize(&mut buffer, 10, true).expect_err("sliced").kind(),
        ErrorKind::Busy
    );
    drop(part);
    assert_eq!(
        resize(&mut buffer, isize::MAX as usize - 63, true)
            .expect_err("huge")
            .kind(),
        ErrorKind::OutOfMemory
    );
    assert_eq!((buffer.len(), buffer.capacity()), (50, 320));
}

#[test]
fn builders_grow_and_finish() {
    let mut builder = BufferBuilder::new(&pool());
    builder.append(b"some data").expect("memory");
    builder.append(b"some data").expect("memory");
    assert_eq!((builder.len(), builder.capacity()), (18, 64));
    builder.reserve(1024).expect("memory");
    let buffer = builder.finish(false).expect("memory");
    assert_eq!(
        (buffer.as_slice(), buffer.capacity() >= 1024),
        (&b"some datasome data"[..], true)
    );
    assert_eq!(builder.finish(true).expect("memory").len(), 0);
    builder.append_fill(7, 3).expect("memory");
    builder.rewind(2).expect("shorter");
    assert_eq!(
        builder.rewind(3).expect_err("longer").kind(),
        ErrorKind::OutOfRange
    );
    let buffer = builder.finish(true).expect("memory");
    assert_eq!((buffer.as_slice(), buffer.capacity()), (&[7_u8, 7][..], 64));
}
