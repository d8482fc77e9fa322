//! The first lines of boundary functions: the frame around a fallible one, and its arguments.
//!
//! These are macros so that the unsafe operations of every function, and what they rest on, stand here once. They are for
//! exported functions only, whose callers keep the C contract: handles are NULL or live, outputs are NULL or valid slots,
//! texts are NULL or end in NUL, and runs are NULL or have the length that is passed with them, for the whole call.
//! `tests/boundary.rs` holds that nothing else uses them.

/// Run the body of a fallible function: `guarded!(error, || ...)` gives the status and fills in the caller's error.
macro_rules! guarded {
    ($error:ident, $body:expr) => {{
        // SAFETY: `$error` is NULL or a valid slot (C contract).
        let slot = unsafe { $crate::capi::guard::ErrorSlot::new($error) };
        slot.guard($body)
    }};
}

/// Check an argument: `arg!(borrow(array))` is `guard::borrow(array, "array")`; what the guard says must hold does.
macro_rules! arg {
    ($check:ident($argument:ident $(, $more:expr)*)) => {
        // SAFETY: the argument is what the check requires (C contract).
        unsafe { $crate::capi::guard::$check($argument $(, $more)*, stringify!($argument)) }
    };
}

/// Borrow the caller's pool; NULL is the default pool.
macro_rules! pool {
    ($pool:ident) => {
        // SAFETY: `$pool` is NULL or a live handle (C contract).
        unsafe { $crate::capi::guard::pool($pool) }
    };
}
