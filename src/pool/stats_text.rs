//! Statistics for people.
#![forbid(unsafe_code)]

use super::pool::Pool;
use crate::alloc::Text;
use crate::error::{Error, Result};
use std::fmt::Write as _;

impl Pool {
    /// A line for each statistic.
    pub fn stats_text(&self) -> Result<Text> {
        let mut text = Text::new();
        let full = |_| Error::OUT_OF_MEMORY;
        let statistics = self.statistics();
        writeln!(text, "backend: {}", self.backend_name().to_string_lossy()).map_err(full)?;
        let numbers = [
            ("bytes allocated", statistics.bytes_allocated()),
            ("max memory", statistics.max_memory()),
            ("total bytes allocated", statistics.total_bytes_allocated()),
            ("allocations", statistics.num_allocations()),
            ("bytes kept for reuse", self.details().cached_bytes),
            ("bytes copied to grow", self.details().copied_bytes),
        ];
        for (name, number) in numbers {
            writeln!(text, "{name}: {number}").map_err(full)?;
        }
        if statistics.limit() != u64::MAX {
            writeln!(text, "limit: {}", statistics.limit()).map_err(full)?;
        }
        if let Some(debug) = self.debug() {
            writeln!(text, "faults: {}", debug.faults()).map_err(full)?;
        }
        Ok(text)
    }
}
