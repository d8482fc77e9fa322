//! An atomically counted owner whose construction can fail, and which passes through C as one thin pointer.
//!
//! Layout: one heap block `{ count, value }`. The raw form (`into_raw`) points at the value, so that a handle can be
//! read without arithmetic. There are no weak references: nothing in the library needs them and a second counter
//! would double the cost of a slice.

use super::{AllocError, object};
use std::alloc::Layout;
use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A value that a `TryArc` can own.
pub trait Counted: Sized {}

/// More references than this is a leak in the caller, stopped before the counter can wrap.
const MAX_COUNT: usize = isize::MAX as usize;

#[derive(Debug)]
#[repr(C)]
struct Inner<T> {
    count: AtomicUsize,
    value: T,
}

/// Shared ownership of a `T`, like `std::sync::Arc`, with fallible construction.
pub struct TryArc<T: Counted> {
    inner: NonNull<Inner<T>>,
    owns: PhantomData<Inner<T>>,
}

// SAFETY: like std's Arc: sharing the value needs Sync, dropping it on another thread needs Send.
unsafe impl<T: Counted + Send + Sync> Send for TryArc<T> {}
// SAFETY: as above.
unsafe impl<T: Counted + Send + Sync> Sync for TryArc<T> {}

impl<T: Counted> TryArc<T> {
    const LAYOUT: Layout = Layout::new::<Inner<T>>();

    /// Move `value` into a new counted block.
    #[inline]
    pub fn try_new(value: T) -> Result<Self, AllocError> {
        Self::try_new_with(|| value)
    }

    /// Take a new counted block, then make the value in it. When there is no memory, `make` is not called, so that what
    /// it would take over stays where it is.
    #[inline(always)]
    pub fn try_new_with(make: impl FnOnce() -> T) -> Result<Self, AllocError> {
        let memory = Memory(object::allocate(Self::LAYOUT)?.cast::<Inner<T>>());
        let inner = Inner {
            count: AtomicUsize::new(1),
            value: make(),
        };
        // SAFETY: freshly allocated for an Inner<T>.
        unsafe { memory.0.as_ptr().write(inner) };
        Ok(TryArc {
            inner: memory.keep(),
            owns: PhantomData,
        })
    }

    /// Take one block for the count, the value, and `tail` bytes that start at a multiple of `ALIGNMENT`; `make` gets
    /// their address. The tail lives as long as the value.
    #[inline(always)]
    pub fn try_new_with_tail<const ALIGNMENT: usize>(
        tail: usize,
        make: impl FnOnce(NonNull<u8>) -> T,
    ) -> Result<Self, AllocError> {
        const {
            assert!(Self::LAYOUT.size() % ALIGNMENT == 0 && ALIGNMENT.is_power_of_two());
            assert!(object::is_plain(Self::LAYOUT) && ALIGNMENT >= size_of::<usize>());
        }
        let block = object::allocate_with_tail(Self::LAYOUT, tail, ALIGNMENT)?;
        let memory = Memory(block.cast::<Inner<T>>());
        // SAFETY: the block has the size of an Inner<T> and then the tail.
        let tail = unsafe { block.add(Self::LAYOUT.size()) };
        let inner = Inner {
            count: AtomicUsize::new(1),
            value: make(tail),
        };
        // SAFETY: freshly allocated, with room for an Inner<T> first.
        unsafe { memory.0.as_ptr().write(inner) };
        Ok(TryArc {
            inner: memory.keep(),
            owns: PhantomData,
        })
    }

    #[inline]
    fn inner(&self) -> &Inner<T> {
        // SAFETY: the block lives as long as any TryArc to it.
        unsafe { self.inner.as_ref() }
    }

    /// The owner as a pointer to its value; the reference moves into the pointer.
    #[inline]
    pub fn into_raw(this: Self) -> *const T {
        let pointer = Self::as_ptr(&this);
        std::mem::forget(this);
        pointer
    }

    /// The value's address; no reference moves.
    #[inline]
    pub fn as_ptr(this: &Self) -> *const T {
        // SAFETY: the block is live, and a field address of a live block is in bounds.
        unsafe { &raw const (*this.inner.as_ptr()).value }
    }

    /// The address of the block that holds count and value.
    pub(crate) fn block(this: &Self) -> *mut u8 {
        this.inner.as_ptr().cast()
    }

    /// Take back the reference that `into_raw` moved out.
    ///
    /// # Safety
    /// - `value` came from `into_raw` of a `TryArc<T>`, and that reference was not taken back yet.
    #[inline]
    pub unsafe fn from_raw(value: *const T) -> Self {
        let offset = std::mem::offset_of!(Inner<T>, value);
        // SAFETY: the value lies at this offset inside its Inner block.
        let inner = unsafe { value.byte_sub(offset) }
            .cast::<Inner<T>>()
            .cast_mut();
        // SAFETY: the pointer came from a live, non-null block (contract).
        let inner = unsafe { NonNull::new_unchecked(inner) };
        TryArc {
            inner,
            owns: PhantomData,
        }
    }

    /// End the reference that `into_raw` moved out.
    ///
    /// # Safety
    /// - As for `from_raw`.
    #[inline(always)]
    pub unsafe fn end_raw(value: *const T) {
        // SAFETY: same contract; it is ended here and nowhere else.
        let this = ManuallyDrop::new(unsafe { Self::from_raw(value) });
        if this.give_up() {
            this.drop_value();
        }
    }

    /// Drop the value, and return its memory. The last reference was given up, and must not be used afterwards.
    #[inline(always)]
    fn drop_value(&self) {
        // The memory is returned even if the drop panics.
        let memory = Memory(self.inner);
        // SAFETY: the block is live, and a field address of a live block is in bounds.
        let value = unsafe { &raw mut (*self.inner.as_ptr()).value };
        // SAFETY: the last reference went, so nobody uses the value afterwards.
        unsafe { std::ptr::drop_in_place(value) };
        drop(memory);
    }

    /// The same, where the code of many drops shall stay small.
    #[inline(never)]
    fn drop_value_elsewhere(&self) {
        self.drop_value();
    }

    /// Add a reference to a value that is known only by its address.
    ///
    /// # Safety
    /// - `value` is the address of the value of a live `TryArc<T>`.
    #[inline]
    pub unsafe fn clone_raw(value: *const T) -> Self {
        // SAFETY: same contract; the borrowed reference is not dropped below.
        let borrowed = ManuallyDrop::new(unsafe { Self::from_raw(value) });
        TryArc::clone(&borrowed)
    }

    /// Borrow a reference that is known only by the value's address; the count stays as it is.
    ///
    /// # Safety
    /// - `value` is the address of the value of a `TryArc<T>` that lives for `'a`.
    #[inline]
    pub unsafe fn borrow_raw<'a>(value: *const T) -> ArcBorrow<'a, T> {
        ArcBorrow {
            // SAFETY: same contract; the reference is never dropped.
            arc: ManuallyDrop::new(unsafe { Self::from_raw(value) }),
            lives: PhantomData,
        }
    }

    /// The value, when this is the only reference.
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        if !Self::is_unique(this) {
            return None;
        }
        // SAFETY: the only reference is borrowed mutably, so nobody else can reach the value.
        Some(unsafe { &mut this.inner.as_mut().value })
    }

    /// Drop this reference, unless it is the last one: that one is the result.
    ///
    /// Exactly one of several threads that call it at once receives the last one.
    #[inline(always)]
    pub fn into_last(this: Self) -> Option<Self> {
        let this = ManuallyDrop::new(this);
        if !this.give_up() {
            return None;
        }
        // Nobody else has a reference, so nobody else looks at the count.
        this.inner().count.store(1, Ordering::Relaxed);
        Some(ManuallyDrop::into_inner(this))
    }

    /// Take the value out when this is the last reference; otherwise just drop the reference.
    ///
    /// Exactly one of several threads that call it at once receives the value.
    pub fn into_inner(this: Self) -> Option<T> {
        let last = ManuallyDrop::new(Self::into_last(this)?);
        let _memory = Memory(last.inner);
        // SAFETY: the block is live, and a field address of a live block is in bounds.
        let value = unsafe { &raw const (*last.inner.as_ptr()).value };
        // SAFETY: the last reference is given up here, so this alone owns the value; after this only the memory is left.
        Some(unsafe { value.read() })
    }

    /// Count this reference no longer. True for the last one, which must then end the value.
    #[inline]
    fn give_up(&self) -> bool {
        // The only owner can be joined by nobody, so there is nothing to race with, and the load is much cheaper.
        if self.inner().count.load(Ordering::Acquire) == 1 {
            return true;
        }
        if self.inner().count.fetch_sub(1, Ordering::Release) != 1 {
            return false;
        }
        // Every other owner's last use happened before its decrement. A load, because the thread sanitizer sees no fences.
        self.inner().count.load(Ordering::Acquire);
        true
    }

    /// Whether this is the only reference at this moment.
    #[inline]
    pub fn is_unique(this: &Self) -> bool {
        this.inner().count.load(Ordering::Acquire) == 1
    }

    /// Whether both are references to one value.
    pub fn ptr_eq(a: &Self, b: &Self) -> bool {
        a.inner == b.inner
    }
}

/// The memory of a counted value, without the value; returned when this is dropped.
struct Memory<T: Counted>(NonNull<Inner<T>>);

impl<T: Counted> Memory<T> {
    /// The memory, which stays.
    fn keep(self) -> NonNull<Inner<T>> {
        ManuallyDrop::new(self).0
    }
}

impl<T: Counted> Drop for Memory<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: every block of a TryArc was allocated with this layout, with or without a tail (`try_new_with`,
        // `try_new_with_tail`); the value is gone or was never there.
        unsafe { object::deallocate(self.0.cast(), TryArc::<T>::LAYOUT) };
    }
}

/// A `&'a TryArc<T>` made from the value's address.
#[derive(Debug)]
pub struct ArcBorrow<'a, T: Counted> {
    arc: ManuallyDrop<TryArc<T>>,
    lives: PhantomData<&'a TryArc<T>>,
}

impl<T: Counted> Deref for ArcBorrow<'_, T> {
    type Target = TryArc<T>;
    #[inline]
    fn deref(&self) -> &TryArc<T> {
        &self.arc
    }
}

/// A counted value that lives as long as the process and needs no allocation.
#[derive(Debug)]
pub struct StaticArc<T> {
    inner: Inner<T>,
}

impl<T: Counted + Sync> StaticArc<T> {
    /// The static itself holds one reference, which is never given up.
    pub const fn new(value: T) -> Self {
        StaticArc {
            inner: Inner {
                count: AtomicUsize::new(1),
                value,
            },
        }
    }

    /// One more owner.
    pub fn get(&'static self) -> TryArc<T> {
        self.inner.count.fetch_add(1, Ordering::Relaxed);
        TryArc {
            inner: NonNull::from(&self.inner),
            owns: PhantomData,
        }
    }

    /// The value.
    pub fn value(&'static self) -> &'static T {
        &self.inner.value
    }
}

impl<T: Counted> Clone for TryArc<T> {
    #[inline]
    fn clone(&self) -> Self {
        let before = self.inner().count.fetch_add(1, Ordering::Relaxed);
        if before > MAX_COUNT {
            // The counter is about to wrap, which would free memory in use. Nothing can report this any more.
            std::process::abort();
        }
        TryArc {
            inner: self.inner,
            owns: PhantomData,
        }
    }
}

impl<T: Counted> Drop for TryArc<T> {
    #[inline]
    fn drop(&mut self) {
        if self.give_up() {
            self.drop_value_elsewhere();
        }
    }
}

impl<T: Counted> Deref for TryArc<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T: Counted + fmt::Debug> fmt::Debug for TryArc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, TryArc};

    impl Counted for u64 {}
    impl Counted for u8 {}

    #[test]
    fn raw_round_trip_keeps_the_count() {
        let a = TryArc::try_new(7_u64).expect("memory");
        let b = a.clone();
        let raw = TryArc::into_raw(b);
        // SAFETY: raw came from into_raw just above.
        let c = unsafe { TryArc::clone_raw(raw) };
        assert_eq!((*a, *c), (7, 7));
        drop(c);
        // SAFETY: the reference in raw has not been taken back yet.
        drop(unsafe { TryArc::from_raw(raw) });
        assert!(TryArc::is_unique(&a));
        assert_eq!(TryArc::into_inner(a), Some(7));
    }

    #[test]
    fn only_the_last_reference_gives_the_value() {
        let a = TryArc::try_new(1_u8).expect("memory");
        let b = a.clone();
        assert!(TryArc::into_inner(a).is_none());
        assert!(TryArc::is_unique(&b));
    }
}
