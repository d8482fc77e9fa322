//! Fallible growth for `Vec`.
#![forbid(unsafe_code)]

use super::AllocError;

/// The calls of `Vec` that take memory, as calls that can fail.
pub trait VecExt<T> {
    /// Append one element.
    fn try_push(&mut self, value: T) -> Result<(), AllocError>;
    /// Append copies of all elements.
    fn try_extend_from_slice(&mut self, values: &[T]) -> Result<(), AllocError>
    where
        T: Copy;
    /// Grow with copies of `value`, or shrink, to `len` elements.
    fn try_resize(&mut self, len: usize, value: T) -> Result<(), AllocError>
    where
        T: Copy;
}

fn bytes_of<T>(elements: usize) -> AllocError {
    AllocError {
        bytes: elements.saturating_mul(size_of::<T>()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "memory for them was reserved fallibly just before"
)]
impl<T> VecExt<T> for Vec<T> {
    #[inline]
    fn try_push(&mut self, value: T) -> Result<(), AllocError> {
        if self.len() == self.capacity() {
            self.try_reserve(1)
                .map_err(|_| bytes_of::<T>(self.len() + 1))?;
        }
        self.push(value);
        Ok(())
    }

    fn try_extend_from_slice(&mut self, values: &[T]) -> Result<(), AllocError>
    where
        T: Copy,
    {
        self.try_reserve(values.len())
            .map_err(|_| bytes_of::<T>(values.len()))?;
        self.extend_from_slice(values);
        Ok(())
    }

    fn try_resize(&mut self, len: usize, value: T) -> Result<(), AllocError>
    where
        T: Copy,
    {
        if let Some(more) = len.checked_sub(self.len()) {
            self.try_reserve(more).map_err(|_| bytes_of::<T>(more))?;
        }
        self.resize(len, value);
        Ok(())
    }
}

/// An empty vector with room for exactly `capacity` elements.
pub fn vec_with_capacity<T>(capacity: usize) -> Result<Vec<T>, AllocError> {
    let mut vec = Vec::new();
    vec.try_reserve_exact(capacity)
        .map_err(|_| bytes_of::<T>(capacity))?;
    Ok(vec)
}

/// A vector with copies of all elements of a slice.
pub fn vec_from_slice<T: Copy>(values: &[T]) -> Result<Vec<T>, AllocError> {
    let mut vec = vec_with_capacity(values.len())?;
    vec.try_extend_from_slice(values)?;
    Ok(vec)
}

/// A vector of `len` zero bytes.
pub fn vec_zeroed(len: usize) -> Result<Vec<u8>, AllocError> {
    let mut vec = vec_with_capacity(len)?;
    vec.try_resize(len, 0)?;
    Ok(vec)
}
