//! The library's version.

use std::ffi::c_char;

/// Numbers are read from Cargo.toml, which is the only place that states them.
const fn number(digits: &str) -> u32 {
    let bytes = digits.as_bytes();
    let mut value = 0;
    let mut index = 0;
    while index < bytes.len() {
        value = value * 10 + (bytes[index] - b'0') as u32;
        index += 1;
    }
    value
}

const MAJOR: u32 = number(env!("CARGO_PKG_VERSION_MAJOR"));
const MINOR: u32 = number(env!("CARGO_PKG_VERSION_MINOR"));
const PATCH: u32 = number(env!("CARGO_PKG_VERSION_PATCH"));

/// Read the version of the library that is loaded.
///
/// @return major * 1000000 + minor * 1000 + patch, the same as NOCK_VERSION_NUMBER of the header it was built with
#[unsafe(no_mangle)]
pub extern "C" fn nock_version_number() -> u32 {
    MAJOR * 1_000_000 + MINOR * 1_000 + PATCH
}

/// Read the version of the library that is loaded, as text.
///
/// @return static text such as "0.1.0"
#[unsafe(no_mangle)]
pub extern "C" fn nock_version_string() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Read the version of the binary interface, which changes only with the SONAME.
///
/// @return the number behind "libnock.so.": the major version, or the minor version while the major version is 0
#[unsafe(no_mangle)]
pub extern "C" fn nock_abi_version() -> u32 {
    if MAJOR == 0 { MINOR } else { MAJOR }
}

const POOLS: &str = match (cfg!(feature = "mimalloc"), cfg!(feature = "jemalloc")) {
    (true, true) => "mimalloc jemalloc system",
    (true, false) => "mimalloc system",
    (false, true) => "jemalloc system",
    (false, false) => "system",
};

/// The parts of `INFO` in order; nothing in it depends on the machine the library runs on.
const INFO_PARTS: [&str; 5] = [
    "version: ",
    env!("CARGO_PKG_VERSION"),
    "\npools: ",
    POOLS,
    "\ncodecs:\ndevices: cpu\nfile systems: local\n\0",
];

const INFO_LEN: usize = {
    let mut len = 0;
    let mut part = 0;
    while part < INFO_PARTS.len() {
        len += INFO_PARTS[part].len();
        part += 1;
    }
    len
};

static INFO: [u8; INFO_LEN] = {
    let mut text = [0; INFO_LEN];
    let mut len = 0;
    let mut part = 0;
    while part < INFO_PARTS.len() {
        let bytes = INFO_PARTS[part].as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            text[len] = bytes[index];
            len += 1;
            index += 1;
        }
        part += 1;
    }
    text
};

/// Read what the library that is loaded was built with.
///
/// @return static text: one line each for version, pools, codecs, devices and file systems: a name, a colon and values
///         separated by spaces; newer libraries may have more lines
#[unsafe(no_mangle)]
pub extern "C" fn nock_build_info() -> *const c_char {
    INFO.as_ptr().cast()
}
