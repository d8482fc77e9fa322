//! bench_rs_more WORKLOAD [SAMPLES [CASE]]: arrow-rs for the workloads that the shared peer programs do not have.
//!
//! Its cases do what the cases of the same names do in allocation.c, bits.c and growth.c, as far as arrow-rs has the operation.

mod allocation;
mod bits;
mod growth;
mod measure;

use measure::Bench;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let workload = arguments.get(1).map_or("", String::as_str);
    let samples = arguments
        .get(2)
        .and_then(|text| text.parse().ok())
        .unwrap_or(7);
    let bench = Bench::new(workload, samples, arguments.get(3).map(String::as_str));
    match workload {
        "ALLOC" => allocation::run(&bench),
        "BITS" => bits::run(&bench),
        "GROW" => growth::run(&bench),
        _ => {
            eprintln!("usage: bench_rs_more ALLOC|BITS|GROW [SAMPLES [CASE]]");
            std::process::exit(1);
        }
    }
}
