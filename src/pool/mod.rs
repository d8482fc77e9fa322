//! Where data bytes come from, and how they are counted.
//!
//! The one invariant: a pool may refuse, and a refusal is an error that leaves everything as it was. Statistics are exact
//! whenever no call is under way.
//!
//! Layout: a `Pool` is a set of statistics and a limit over a source of memory. The process-wide pools, one for each backend,
//! are statics over an allocator with a cache (`caching`); `default` picks one of them by environment. The others take their
//! memory from another pool (`nested`, `debug`) or from functions of the caller (`callback`).

mod accounting;
mod caching;
mod callback;
mod debug;
mod default;
mod fixed_text;
mod fork_handler;
mod fork_safe_lock;
mod keep_alive;
mod limits;
mod memory_pool;
mod nested;
#[expect(
    clippy::module_inception,
    reason = "the type that the module is named after"
)]
mod pool;
mod shard;
mod stats_text;

pub use accounting::Statistics;
pub(crate) use caching::MIN_LARGE_BYTES;
pub use caching::{Numa, Policy};
pub use callback::{CallbackPool, EventFn, FaultFn, ReleaseFn};
pub use debug::{Action, FaultReport, StderrReport};
pub use default::{backend_count, backend_name_at};
pub use fixed_text::FixedText;
pub(crate) use keep_alive::PoolKeepAlive;
pub use limits::{
    ALIGNMENT, MAX_ALIGNMENT, MAX_SIZE, alignment_or_default, check_alignment, check_size,
};
pub use memory_pool::{Debugging, Details, MemoryPool};
pub use nested::{Event, EventKind, Log};
pub use pool::{Pool, PoolRef};

#[cfg(test)]
mod tests;
