//! Link options of the shared library that cargo itself makes, for those who use no CMake.
//!
//! The SONAME follows docs/abi.md; `nodelete` keeps the library mapped after dlclose, since a thread that used it may still
//! run its thread-local destructors.
#![expect(
    clippy::disallowed_macros,
    reason = "a build script talks to cargo by printing"
)]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_linux = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux");
    if is_linux {
        let major = env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
        let minor = env::var("CARGO_PKG_VERSION_MINOR").unwrap_or_default();
        let version = if major == "0" {
            format!("0.{minor}")
        } else {
            major
        };
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libnock.so.{version}");
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
