//! Writes src/ipc/format/generated.rs from src/ipc/format/format.fbs.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The 64-bit FNV-1a hash that ties the generated code to the text; ipc::format's test computes it too.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("src/ipc/format");
    let text = fs::read(folder.join("format.fbs"))?;
    let out = env::temp_dir().join(format!("nock-gen-format-{}", std::process::id()));
    fs::create_dir_all(&out)?;
    let status = Command::new(flatc_fork::flatc())
        .args(["--rust", "--filename-suffix", "", "-o"])
        .arg(&out)
        .arg(folder.join("format.fbs"))
        .status()?;
    if !status.success() {
        return Err(format!("flatc: {status}").into());
    }
    let code = fs::read_to_string(out.join("format.rs"))?;
    fs::remove_dir_all(&out)?;
    let header = format!("// Made by tools/gen-format from format.fbs with FNV-1a hash {:016x}; do not edit.\n", fnv1a(&text));
    let path = folder.join("generated.rs");
    fs::write(&path, header + &code)?;
    println!("{}", path.display());
    Ok(())
}
