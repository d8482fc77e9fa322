"""nock makes and writes one column of each type (examples_c/every_type.c); pyarrow finds the values that were agreed on."""

import struct

import pyarrow as pa
import pytest

from support import Contents, program, run

MASK = (1 << 64) - 1
DAY = 86400


def mix(row):
    return row * 0x9E3779B97F4A7C15 & MASK


def wrapped(code):
    size = struct.calcsize("<" + code)
    return lambda row: mix(row).to_bytes(8, "little")[:size]


def below(code, limit):
    return lambda row: struct.pack("<" + code, mix(row) % limit)


def decimal(size, limit):
    return lambda row: (mix(row) % limit * (-1 if row % 2 else 1)).to_bytes(size, "little", signed=True)


def text(row):
    return bytes(ord("a") + (row + i) % 26 for i in range(row % 11))


def data(row):
    return bytes(row * i & 255 for i in range(row % 11))


# The name of each column, its type, and the value of a row as it lies in memory.
COLUMNS = [
    ("n", pa.null(), lambda row: None),
    ("b", pa.bool_(), lambda row: row % 3 == 0),
    ("c", pa.int8(), wrapped("b")),
    ("s", pa.int16(), wrapped("h")),
    ("i", pa.int32(), wrapped("i")),
    ("l", pa.int64(), wrapped("q")),
    ("C", pa.uint8(), wrapped("B")),
    ("S", pa.uint16(), wrapped("H")),
    ("I", pa.uint32(), wrapped("I")),
    ("L", pa.uint64(), wrapped("Q")),
    ("e", pa.float16(), wrapped("H")),
    ("f", pa.float32(), lambda row: struct.pack("<f", row / 8 - 3)),
    ("g", pa.float64(), lambda row: struct.pack("<d", row / 1024 - 7)),
    ("d:9,2,32", pa.decimal32(9, 2), decimal(4, 10**9)),
    ("d:18,-3,64", pa.decimal64(18, -3), decimal(8, 10**18)),
    ("d:38,10", pa.decimal128(38, 10), decimal(16, 10**18)),
    ("d:76,0,256", pa.decimal256(76, 0), decimal(32, 10**18)),
    ("tdD", pa.date32(), wrapped("i")),
    ("tdm", pa.date64(), lambda row: struct.pack("<q", mix(row) % 40000 * DAY * 1000)),
    ("tts", pa.time32("s"), below("i", DAY)),
    ("ttm", pa.time32("ms"), below("i", DAY * 1000)),
    ("ttu", pa.time64("us"), below("q", DAY * 1000000)),
    ("ttn", pa.time64("ns"), below("q", DAY * 1000000000)),
    ("tss:", pa.timestamp("s"), wrapped("q")),
    ("tsm:UTC", pa.timestamp("ms", "UTC"), wrapped("q")),
    ("tsu:Europe/Paris", pa.timestamp("us", "Europe/Paris"), wrapped("q")),
    ("tsn:+05:30", pa.timestamp("ns", "+05:30"), wrapped("q")),
    ("tDs", pa.duration("s"), wrapped("q")),
    ("tDm", pa.duration("ms"), wrapped("q")),
    ("tDu", pa.duration("us"), wrapped("q")),
    ("tDn", pa.duration("ns"), wrapped("q")),
    ("tiM", "month_interval", wrapped("i")),
    ("tiD", "day_time_interval", lambda row: struct.pack("<ii", row, -row * 1000)),
    ("tin", pa.month_day_nano_interval(), lambda row: struct.pack("<iiQ", row, -row, mix(row))),
    ("w:5", pa.binary(5), lambda row: bytes(row * i & 255 for i in range(5))),
    ("z", pa.binary(), data),
    ("Z", pa.large_binary(), data),
    ("u", pa.utf8(), text),
    ("U", pa.large_utf8(), text),
]


def expected(value, rows):
    return [None if row % 7 == 3 else value(row) for row in rows]


@pytest.mark.parametrize("format", ["stream", "file"])
def test_pyarrow_finds_the_values_that_were_agreed_on(format, tmp_path):
    path = tmp_path / "out"
    assert run(program("every_type"), format, str(path)) == (0, "", "")
    found = Contents.read(path.read_bytes(), format)
    assert found.fields == [
        (name, str(kind), True, [(b"format", name.encode())]) for name, kind, _ in COLUMNS
    ]
    assert found.metadata == [(b"written by", b"every_type\0\xff")]
    assert found.footer == ([(b"footer", b"of every_type")] if format == "file" else [])
    batches = [range(100), range(13, 53), range(13, 13)]
    assert [rows for rows, _ in found.batches] == [len(rows) for rows in batches]
    for rows, (_, columns) in zip(batches, found.batches):
        for (name, _, value), column in zip(COLUMNS, columns):
            assert column == expected(value, rows), name
