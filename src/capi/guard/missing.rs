//! What must be there and is not.

use crate::err;
use crate::error::{Error, Result};

#[cold]
#[inline(never)]
pub(super) fn null(name: &'static str) -> Error {
    err!(InvalidArgument, "{} must not be NULL", name)
}

/// A function that a set of callbacks must have.
pub(in crate::capi) fn function<F>(function: Option<F>, name: &'static str) -> Result<F> {
    function.ok_or_else(|| null(name))
}
