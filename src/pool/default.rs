//! The process-wide pools and which of them is the default.
//!
//! `ARROW_DEFAULT_MEMORY_POOL` names a backend, `NOCK_DEFAULT_MEMORY_POOL` wins over it; both are read once, when the
//! default pool is first needed. An empty value counts as unset. An unknown name is reported once on stderr, the only
//! place where the library writes there unasked, and the built-in order decides: mimalloc, jemalloc, system, as far as
//! this build has them.
//! `ARROW_DEBUG_MEMORY_POOL` puts a debug pool over each of them; it is read once too.

use super::source::{self, Source};
use super::{Action, FaultReport, Line, Policy, Pool, PoolRef, StderrReport};
use crate::alloc::environment::{chosen_backend, variable};
use crate::alloc::{ArcBorrow, StaticArc, TryArc};
use crate::err;
use crate::error::{Error, Result, Value};
use std::ffi::CStr;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

static SYSTEM: StaticArc<Pool> = StaticArc::new(Pool::new_static(Source::system(Policy::DEFAULT)));
#[cfg(feature = "mimalloc")]
static MIMALLOC: StaticArc<Pool> =
    StaticArc::new(Pool::new_static(Source::mimalloc(Policy::DEFAULT)));
#[cfg(feature = "jemalloc")]
static JEMALLOC: StaticArc<Pool> =
    StaticArc::new(Pool::new_static(Source::jemalloc(Policy::DEFAULT)));

struct Backend {
    name: &'static CStr,
    pool: &'static StaticArc<Pool>,
    /// What everybody gets of it: the pool, or the debug pool over it that the environment asks for.
    given: OnceLock<&'static Pool>,
}

impl Backend {
    const fn new(name: &'static CStr, pool: &'static StaticArc<Pool>) -> Self {
        Backend {
            name,
            pool,
            given: OnceLock::new(),
        }
    }

    fn give(&self) -> &'static Pool {
        self.given.get_or_init(|| checked(self.pool))
    }
}

const N_BACKENDS: usize =
    1 + cfg!(feature = "mimalloc") as usize + cfg!(feature = "jemalloc") as usize;

/// The backends of this build, the preferred one first.
static BACKENDS: [Backend; N_BACKENDS] = [
    #[cfg(feature = "mimalloc")]
    Backend::new(c"mimalloc", &MIMALLOC),
    #[cfg(feature = "jemalloc")]
    Backend::new(c"jemalloc", &JEMALLOC),
    Backend::new(c"system", &SYSTEM),
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
    Some(BACKENDS.get(index)?.name)
}

fn find(name: &[u8]) -> Option<&'static Backend> {
    BACKENDS
        .iter()
        .find(|backend| backend.name.to_bytes() == name)
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
                Value::quoted_bytes(backend.name.to_bytes())
            )?;
        }
        Ok(())
    }
}

fn warn_unknown(variable: &CStr, value: &CStr) {
    StderrReport.fault(&Line::of(format_args!(
        "Unsupported backend '{}' specified in {}; this build has {BackendNames}, and takes the first",
        Value::quoted_bytes(value.to_bytes()),
        Value::quoted_bytes(variable.to_bytes())
    )));
}

fn choose() -> Option<&'static Backend> {
    let built_in = BACKENDS.first();
    let Some((variable, value)) = chosen_backend() else {
        return built_in;
    };
    let chosen = find(value.to_bytes());
    if chosen.is_none() {
        warn_unknown(variable, value);
    }
    chosen.or(built_in)
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
            StderrReport.fault(&Line::of(format_args!(
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
        let pool = *CHOICE.get_or_init(|| choose().map_or(SYSTEM.value(), Backend::give));
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

    /// A pool of a backend with a policy of its own.
    pub fn new_backend(name: &[u8], policy: Policy) -> Result<PoolRef> {
        match name {
            b"system" => Pool::new_counted(|| source::system_tiers(policy), u64::MAX, 0),
            #[cfg(feature = "mimalloc")]
            b"mimalloc" => Pool::new_counted(|| source::mimalloc_tiers(policy), u64::MAX, 0),
            #[cfg(feature = "jemalloc")]
            b"jemalloc" => Pool::new_counted(|| source::jemalloc_tiers(policy), u64::MAX, 0),
            _ => Err(no_backend(name)),
        }
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
