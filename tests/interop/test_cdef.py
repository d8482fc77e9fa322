"""nock.cdef is what tools without a C preprocessor read: cffi parses all of it and calls the library through it."""

import os
import pathlib
import re

import cffi
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CDEF = (ROOT / "include/nock/nock.cdef").read_text()
SYMBOLS = (ROOT / "c_tests/symbols.txt").read_text().split()


@pytest.fixture(scope="module")
def nock():
    ffi = cffi.FFI()
    ffi.cdef(CDEF)
    return ffi, ffi.dlopen(os.path.join(os.environ["NOCK_BUILD_DIR"], "libnock.so"))


def test_every_function_is_declared_and_found(nock):
    _, lib = nock
    for name in SYMBOLS:
        assert callable(getattr(lib, name)), name


def test_constants_are_the_header_s(nock):
    _, lib = nock
    header = (ROOT / "include/nock/nock.h").read_text()
    constants = re.findall(r"^  (NOCK_[A-Z0-9_]+) = (-?[0-9]+)", header, re.MULTILINE)
    assert constants
    for name, value in constants:
        assert getattr(lib, name) == int(value)


def test_calls_work(nock):
    ffi, lib = nock
    version = ffi.string(lib.nock_version_string()).decode()
    major, minor, patch = map(int, version.split("."))
    assert lib.nock_version_number() == major * 1_000_000 + minor * 1_000 + patch
    assert ffi.string(lib.nock_status_name(lib.NOCK_ERR_CORRUPT)) == b"NOCK_ERR_CORRUPT"
    assert lib.nock_error_status(ffi.NULL) == lib.NOCK_OK
