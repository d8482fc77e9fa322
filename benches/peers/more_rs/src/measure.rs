//! Times one piece of work and prints a JSON line: the same fields, in the same units, as the other programs print.

use std::hint::black_box;
use std::time::Duration;

/// A sample shorter than this is repeated until it lasts this long.
const SHORTEST_SAMPLE: f64 = 4e6;

pub struct Bench<'a> {
    workload: &'a str,
    samples: usize,
    only: Option<&'a str>,
}

impl<'a> Bench<'a> {
    pub fn new(workload: &'a str, samples: usize, only: Option<&'a str>) -> Self {
        Bench {
            workload,
            samples: samples.max(1),
            only,
        }
    }

    fn wants(&self, case: &str) -> bool {
        match self.only {
            None => true,
            Some(only) if std::env::var_os("PB_EXACT").is_some() => case == only,
            Some(only) => case.contains(only),
        }
    }

    /// Runs `work`, one call of which does `operations` on `bytes`, until there are enough samples.
    pub fn case(&self, case: &str, operations: f64, bytes: f64, mut work: impl FnMut() -> u64) {
        if !self.wants(case) {
            return;
        }
        let fixed = std::env::var("PB_INNER")
            .ok()
            .and_then(|text| text.parse::<f64>().ok());
        let mut once = time(&mut work).0;
        if fixed.is_none() && once < SHORTEST_SAMPLE {
            once = time(&mut work).0;
        }
        let inner = fixed.unwrap_or((SHORTEST_SAMPLE / (once + 1.0)).clamp(1.0, 2000.0).floor());
        let (operations, bytes) = (operations * inner, bytes * inner);
        let (machine, own, start) = (
            machine_seconds(),
            clock(libc::CLOCK_PROCESS_CPUTIME_ID),
            clock(libc::CLOCK_MONOTONIC),
        );
        let (mut wall, mut cpu): (Vec<f64>, Vec<f64>) = (0..self.samples)
            .map(|_| {
                time(|| {
                    (0..inner as usize).fold(0u64, |sum, _| sum.wrapping_add(black_box(work())))
                })
            })
            .map(|(wall, cpu)| (wall / operations, cpu / operations))
            .unzip();
        let span = (clock(libc::CLOCK_MONOTONIC) - start) / 1e9;
        let own = (clock(libc::CLOCK_PROCESS_CPUTIME_ID) - own) / 1e9;
        let other = (machine_seconds() - machine - own) / span.max(0.02);
        let (ns, cpu) = (median(&mut wall), median(&mut cpu));
        let rate = if bytes > 0.0 {
            bytes / (ns * operations)
        } else {
            0.0
        };
        println!(
            "{{\"peer\":\"rs\",\"w\":\"{}\",\"case\":\"{case}\",\"ns\":{ns:.4},\"min\":{:.4},\"max\":{:.4},\"cpu\":{cpu:.4},\
             \"n\":{},\"ops\":{operations},\"bytes\":{bytes},\"gbps\":{rate:.4},\"other\":{other:.3},\"span\":{span:.3},\
             \"note\":\"\"}}",
            self.workload,
            wall[0],
            wall[wall.len() - 1],
            wall.len(),
        );
    }
}

/// Nanoseconds of the clock on the wall and of the processors.
fn time(work: impl FnOnce() -> u64) -> (f64, f64) {
    let (cpu, wall) = (
        clock(libc::CLOCK_PROCESS_CPUTIME_ID),
        clock(libc::CLOCK_MONOTONIC),
    );
    black_box(work());
    let wall = clock(libc::CLOCK_MONOTONIC) - wall;
    (wall, clock(libc::CLOCK_PROCESS_CPUTIME_ID) - cpu)
}

fn clock(which: libc::clockid_t) -> f64 {
    let mut now = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `now` is a live timespec, which the call fills.
    unsafe { libc::clock_gettime(which, &mut now) };
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32).as_nanos() as f64
}

/// Processor seconds that the whole machine has spent, stolen ones included.
fn machine_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks: Vec<f64> = text
        .lines()
        .next()
        .unwrap_or("")
        .split_whitespace()
        .skip(1)
        .filter_map(|word| word.parse().ok())
        .collect();
    [0, 1, 2, 5, 6, 7]
        .iter()
        .filter_map(|&i| ticks.get(i))
        .sum::<f64>()
        / 100.0
}

/// Sorts the values.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        0.5 * (values[middle - 1] + values[middle])
    }
}
