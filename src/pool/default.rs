//! The process-wide pools and which of them is the default.
//!
//! `ARROW_DEFAULT_MEMORY_POOL` names a backend, `NOCK_DEFAULT_MEMORY_POOL` wins over it; both are read once, when the
//! default pool is first needed. An empty value counts as unset. An unknown name is reported once on stderr, the only
//! place where the library writes there unasked, and the built-in order decides: mimalloc, jemalloc, system, as far as
//! this build has them.
//! `ARROW_DEBUG_MEMORY_POOL` puts a debug pool over each of them; it is read once too.

use super::caching::{CachingAllocator, Policy};
use super::debug::{Action, FaultReport, StderrReport};
use super::fixed_text::FixedText;
use super::pool::{Pool, PoolRef};
use crate::alloc::environment::{chosen_backend, variable};
use crate::alloc::{Allocator, ArcBorrow, StaticArc, TryArc};
use crate::err;
use crate::error::{Error, Result, Value};
use std::ffi::CStr;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The process-wide pool of an allocator.
struct Backend {
    allocator: Allocator,
    pool: StaticArc<Pool>,
    /// What everybody gets of it: the pool, or the debug pool over it that the environment asks for.
    given: OnceLock<&'static Pool>,
}

impl Backend {
    const fn new(allocator: Allocator) -> Self {
        let caching = CachingAllocator::new(allocator, Policy::DEFAULT);
        Backend {
            allocator,
            pool: StaticArc::new(Pool::new_static(caching)),
            given: OnceLock::new(),
        }
    }

    fn give(&'static self) -> &'static Pool {
        self.given.get_or_init(|| checked(&self.pool))
    }
}

const N_BACKENDS: usize = Allocator::ALL.len();

/// The backends of this build, the preferred one first.
static BACKENDS: [Backend; N_BACKENDS] = [
    #[cfg(feature = "mimalloc")]
    Backend::new(Allocator::Mimalloc),
    #[cfg(feature = "jemalloc")]
    Backend::new(Allocator::Jemalloc),
    Backend::new(Allocator::System),
];

/// The chosen default; null until it was first asked for, and when the environment shall choose again.
static DEFAULT: AtomicPtr<Pool> = AtomicPtr::new(std::ptr::null_mut());

/// The pools that were a default once, newest first. Whoever asked for the default may still use one of them, so they
/// are never given up. The list holds the addresses of their blocks, so that a leak checker finds them.
static KEPT: AtomicPtr<u8> = AtomicPtr::new(std::ptr::null_mut());

/// How many backends this build has.
pub fn backend_count() -> usize {
    BACKENDS.len()
}

/// The name of a backend; the order is the order of preference.
pub fn backend_name_at(index: usize) -> Option<&'static CStr> {
    Some(BACKENDS.get(index)?.allocator.name())
}

fn find(name: &[u8]) -> Option<&'static Backend> {
    let allocator = Allocator::named(name)?;
    BACKENDS
        .iter()
        .find(|backend| backend.allocator == allocator)
}

/// The names of the backends of this build, for messages.
struct BackendNames;

impl fmt::Display for BackendNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, backend) in BACKENDS.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(
                f,
                "{separator}'{}'",
                Value::quoted_bytes(backend.allocator.name().to_bytes())
            )?;
        }
        Ok(())
    }
}

fn warn_unknown(variable: &CStr, value: &CStr) {
    StderrReport.fault(&FixedText::of(format_args!(
        "Unsupported backend '{}' specified in {}; this build has {BackendNames}, and takes the first",
        Value::quoted_bytes(value.to_bytes()),
        Value::quoted_bytes(variable.to_bytes())
    )));
}

fn choose() -> &'static Backend {
    let [preferred, ..] = &BACKENDS;
    let Some((variable, value)) = chosen_backend() else {
        return preferred;
    };
    find(value.to_bytes()).unwrap_or_else(|| {
        warn_unknown(variable, value);
        preferred
    })
}

/// What `ARROW_DEBUG_MEMORY_POOL` asks for; read once.
fn debug_action() -> Option<Action> {
    static ACTION: OnceLock<Option<Action>> = OnceLock::new();
    *ACTION.get_or_init(read_debug_action)
}

fn read_debug_action() -> Option<Action> {
    let value = variable(c"ARROW_DEBUG_MEMORY_POOL")?;
    match value.to_bytes() {
        b"none" => None,
        b"warn" => Some(Action::GoOn),
        b"abort" => Some(Action::Abort),
        b"trap" => Some(Action::Trap),
        other => {
            StderrReport.fault(&FixedText::of(format_args!(
                "Invalid value for ARROW_DEBUG_MEMORY_POOL: '{}'. Valid values are 'abort', 'trap', 'warn', 'none'.",
                Value::quoted_bytes(other)
            )));
            None
        }
    }
}

/// The pool itself, or a debug pool over it if the environment asks for one and there is memory for it.
fn checked(backend: &'static StaticArc<Pool>) -> &'static Pool {
    let debug = debug_action()
        .and_then(|action| Pool::new_debug(&backend.get(), action, || StderrReport).ok());
    match debug {
        None => backend.value(),
        Some(pool) => {
            keep(&pool);
            // SAFETY: the pool has just become immortal.
            unsafe { &*TryArc::as_ptr(&pool) }
        }
    }
}

/// Give one reference to the pool away for good.
fn keep(pool: &PoolRef) {
    if pool.immortal.swap(true, Ordering::AcqRel) {
        return;
    }
    let kept = TryArc::block(pool);
    std::mem::forget(pool.clone());
    let mut first = KEPT.load(Ordering::Relaxed);
    loop {
        pool.next_kept.store(first, Ordering::Relaxed);
        match KEPT.compare_exchange_weak(first, kept, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(newer) => first = newer,
        }
    }
}

impl Pool {
    /// The default pool, which lives as long as the process.
    #[inline]
    pub fn default_static() -> &'static Pool {
        let chosen = DEFAULT.load(Ordering::Acquire);
        if chosen.is_null() {
            return Self::choose_default();
        }
        // SAFETY: only addresses of immortal pools are ever stored.
        unsafe { &*chosen }
    }

    #[cold]
    fn choose_default() -> &'static Pool {
        static CHOICE: OnceLock<&'static Pool> = OnceLock::new();
        let pool = *CHOICE.get_or_init(|| choose().give());
        let address = std::ptr::from_ref(pool).cast_mut();
        // A default that was set meanwhile stays.
        let stored = DEFAULT.compare_exchange(
            std::ptr::null_mut(),
            address,
            Ordering::AcqRel,
            Ordering::Acquire,
        );
        match stored {
            Ok(_) => pool,
            // SAFETY: only addresses of immortal pools are ever stored.
            Err(other) => unsafe { &*other },
        }
    }

    /// Make a pool the default; `None` gives the choice back to the environment. The pool lives from now on as long as
    /// the process.
    pub fn set_default(pool: Option<&PoolRef>) {
        let address = match pool {
            None => std::ptr::null_mut(),
            Some(pool) => {
                keep(pool);
                TryArc::as_ptr(pool).cast_mut()
            }
        };
        DEFAULT.store(address, Ordering::Release);
    }

    /// The default pool, borrowed.
    #[inline]
    pub fn borrow_default<'a>() -> ArcBorrow<'a, Pool> {
        // SAFETY: every Pool lives inside a counted block, and the default one as long as the process.
        unsafe { PoolRef::borrow_raw(Self::default_static()) }
    }

    /// The default pool as one more owner.
    pub fn default_pool() -> PoolRef {
        // SAFETY: every Pool lives inside a counted block, and the default one as long as the process.
        unsafe { PoolRef::clone_raw(Self::default_static()) }
    }

    /// The process-wide pool of a backend.
    pub fn get(name: &[u8]) -> Result<PoolRef> {
        let backend = find(name).ok_or_else(|| no_backend(name))?;
        // SAFETY: every Pool lives inside a counted block, and these as long as the process.
        Ok(unsafe { PoolRef::clone_raw(backend.give()) })
    }

    /// A pool of a backend with a policy of its own. It keeps no small blocks, so that the policy's limit bounds all that it keeps.
    pub fn new_backend(name: &[u8], policy: Policy) -> Result<PoolRef> {
        let allocator = Allocator::named(name).ok_or_else(|| no_backend(name))?;
        let policy = Policy {
            keeps_small: false,
            ..policy
        };
        Pool::new_caching(|| CachingAllocator::new(allocator, policy))
    }
}

#[cold]
fn no_backend(name: &[u8]) -> Error {
    err!(
        NotFound,
        "no memory pool backend is named {}",
        Value::quoted_bytes(name)
    )
}
