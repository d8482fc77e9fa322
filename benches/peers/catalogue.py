"""The workloads and what the tables say of them: add a workload, or a case that has another name in a peer's program, here.

The rows of a table are the cases that bench_nock names, in its order. A case of a peer belongs to the row of the same name.

As a program: the names of the workloads that a list such as W3,W5 chooses.
"""

import sys

# The peers in the order of the columns. "raw" is no peer but the limit of the machine for the same bytes.
PEERS = {"nock": "nock", "cpp": "Arrow C++", "nano": "nanoarrow", "rs": "arrow-rs", "raw": "raw limit"}

# The titles. Those that begin with a W and a number are the shared workloads; programs for the others are in this folder.
WORKLOADS = {
    "W1": "write 1,000,000 rows of 10 int64 and 2 utf8 columns as a stream",
    "W2": "read that stream from memory",
    "W3": "10,000 batches of 100 rows of 4 int32 columns: one batch",
    "W4": "one batch of 10,000 int32 columns",
    "W5": "a file of 10,000,000 int32 in 1,000 batches",
    "W6": "batches of a mapped file of 10,000 batches, in random order",
    "W7": "dictionaries and lists of structs",
    "W8": "allocate and free, slices, builders",
    "W9": "streams without IPC",
    "W10": "C data interface: 1,000 columns",
    "W11": "check and compare 1,000,000 rows",
    "ALLOC": "buffers as programs take them: one buffer, or one batch",
    "BITS": "bitmaps of 1 MiB and of 64 bits, from the named bit offsets",
    "GROW": "builders through the writable tail, 1 GiB, two threads",
}

# (workload, case, peer) -> the names of the same work in that peer's program, besides the case's own: the fastest counts.
VARIANTS = {
    # Arrow C++ with and without its threads.
    ("W2", "none_zc_noval", "cpp"): ["none_zc_noval_st"],
    ("W3", "read_zc", "cpp"): ["read_zc_st"],
    ("W6", "get_random", "cpp"): ["get_random_st"],
    # Appends with the type known at compile time.
    ("W8", "append1", "cpp"): ["append1_typed"],
    ("W8", "append1", "rs"): ["append1_typed"],
    # A file with a buffer of the language's own in front.
    ("W5", "write_shm", "rs"): ["write_buffered_shm"],
    ("W5", "write_disk", "rs"): ["write_buffered_disk"],
    # The limits: the best of what one thread can do.
    ("W1", "none_reused", "raw"): ["none_reused_nt"],
    ("W1", "none_fresh", "raw"): ["none_fresh_thp"],
    ("W5", "write_shm", "raw"): ["write_1m_shm"],
    ("W5", "write_disk", "raw"): ["write_1m_disk"],
    ("W5", "osfile_readall_shm", "raw"): ["pread_reused_shm"],
    ("W5", "osfile_readall_disk", "raw"): ["pread_reused_disk"],
    ("W5", "mmap_readall_sum_shm", "raw"): ["mmap_sum_populate_shm"],
    ("W5", "mmap_readall_sum_disk", "raw"): ["mmap_sum_populate_disk"],
    ("W8", "alloc_free_64", "raw"): ["alloc_free_64_mimalloc64"],
    ("W8", "alloc_free_4k", "raw"): ["alloc_free_4k_mimalloc64"],
    ("W8", "alloc_free_1m", "raw"): ["alloc_free_1m_mimalloc64"],
    ("W8", "alloc_free_64m", "raw"): ["alloc_free_64m_mimalloc64"],
    ("W8", "alloc_touch_free_1m", "raw"): ["alloc_touch_free_1m_mimalloc64"],
    ("W8", "alloc_touch_free_64m", "raw"): ["alloc_touch_free_64m_mimalloc64", "alloc_touch_free_64m_thp"],
}

# The small cases of which instructions are counted too.
COUNTED = {
    "W3": ["write_reused", "read_zc"],
    "W4": ["open_file", "batch_all", "batch_proj1"],
    "W6": ["get_random"],
    "W8": ["alloc_free_64", "alloc_free_4k", "slice_release", "pool_alloc_free_64"],
    "ALLOC": ["mix_log", "live1000_log"],
    "BITS": ["count_64_0", "and_64_000", "and_64_351", "equal_64_00"],
}
# Of Arrow C++ without its threads, which callgrind cannot tell from the work.
COUNTED_AS = {("W3", "read_zc", "cpp"): "read_zc_st", ("W6", "get_random", "cpp"): "get_random_st"}


def programs(workload, peer):
    """The names that a peer's program for a workload may have; the first that exists is the one."""
    if workload[0] == "W":
        return [f"bench_{peer}"]
    return [f"bench_{peer}_{workload.lower()}", f"bench_{peer}_more"]


def names_in(workload, case, peer):
    """The cases of a peer's program that are the work of a row."""
    return [case] + VARIANTS.get((workload, case, peer), [])


def chosen(text):
    """The workloads of a list such as "W3,W5", in the catalogue's order; all for an empty one."""
    names = [name for name in text.replace(" ", "").split(",") if name]
    unknown = [name for name in names if name not in WORKLOADS]
    if unknown:
        sys.exit(f"no workload {', '.join(unknown)}; there are {', '.join(WORKLOADS)}")
    return [name for name in WORKLOADS if not names or name in names]


if __name__ == "__main__":
    print(" ".join(chosen(sys.argv[1] if len(sys.argv) > 1 else "")))
