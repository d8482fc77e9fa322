//! Functions that differ in a word are written once.
//!
//! ```text
//! family! {
//!     /// Append one value.
//!     ///
//!     /// @param builder  borrowed; of the type beside the function
//!     /// ...
//!     for ($name:ident, $value:ty, $note:literal) in [
//!         (nock_array_builder_append_i8, i8, "int8"),
//!         (nock_array_builder_append_i16, i16, "int16"),
//!     ]
//!     pub unsafe extern "C" fn $name(
//!         builder: *mut nock_array_builder_t,
//!         value: $value,
//!         error: *mut *mut nock_error_t,
//!     ) -> nock_status_t {
//!         ...
//!     }
//! }
//! ```
//!
//! Each row makes one exported function. The header prints the comment once, then a line for each member with its `$note`
//! behind it. The tests read the same text: tests/capi_source/family.rs expands it for cbindgen and for the rules of
//! tests/boundary.rs, and understands the fragments `ident`, `ty`, `expr` and `literal`, and no repetitions. rustfmt leaves
//! the inside of macros alone; tests/boundary.rs holds the functions to its format.

macro_rules! family {
    ($(#[$meta:meta])* for $parameters:tt in [$($row:tt),+ $(,)?] $($function:tt)+) => {
        macro_rules! member {
            $parameters => {
                $(#[$meta])*
                #[unsafe(no_mangle)]
                #[allow(
                    clippy::undocumented_unsafe_blocks,
                    reason = "clippy looks for the comment in this file; tests/boundary.rs looks where it stands"
                )]
                $($function)+
            };
        }
        $(member! $row;)+
    };
}
