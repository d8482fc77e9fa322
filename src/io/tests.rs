#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]

use super::*;
use crate::buffer::{Buffer, BufferRef};
use crate::error::{Error, ErrorKind};
use crate::pool::{Pool, PoolRef};
use std::ffi::{CStr, CString};
use std::io::{Read as _, Write as _};
use std::os::fd::IntoRawFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

fn pool() -> PoolRef {
    Pool::default_pool()
}

/// A path of its own that is removed at the end.
struct Temp {
    path: PathBuf,
    text: CString,
}

impl Temp {
    fn new() -> Temp {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("nock-io-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let text = CString::new(path.as_os_str().as_bytes()).expect("no NUL");
        Temp { path, text }
    }

    fn with(bytes: &[u8]) -> Temp {
        let temp = Temp::new();
        std::fs::write(&temp.path, bytes).expect("written");
        temp
    }

    fn c(&self) -> &CStr {
        &self.text
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("readable")
    }

    fn open(&self, mode: Mode) -> StreamRef {
        open_path(self.c(), mode, OpenOptions::default()).expect("opens")
    }

    fn map(&self, mode: Mode) -> StreamRef {
        open_mmap(self.c(), mode, MapOptions::default()).expect("maps")
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn kind<T>(result: crate::error::Result<T>) -> ErrorKind {
    error(result).kind()
}

fn error<T>(result: crate::error::Result<T>) -> Error {
    match result {
        Ok(_) => panic!("should have failed"),
        Err(error) => error,
    }
}

fn buffer(bytes: &[u8]) -> BufferRef {
    Buffer::copy_of(bytes, &pool()).expect("memory")
}

/// Every way to read `bytes`.
fn sources(bytes: &[u8]) -> (Temp, Vec<StreamRef>) {
    let temp = Temp::with(bytes);
    let streams = vec![
        temp.open(Mode::Read),
        temp.open(Mode::ReadWrite),
        temp.map(Mode::Read),
        temp.map(Mode::ReadWrite),
        open_buffer(buffer(bytes)).expect("opens"),
    ];
    (temp, streams)
}

#[test]
fn all_sources_read_the_same() {
    let (_temp, streams) = sources(b"0123456789");
    for stream in streams {
        let mut four = [0; 4];
        assert_eq!(stream.size().expect("size"), 10);
        stream.read_exact(&mut four).expect("read");
        assert_eq!((&four, stream.tell().expect("position")), (b"0123", 4));
        assert_eq!(stream.read(&mut []).expect("read"), 0);
        assert_eq!(stream.read_at(8, &mut four).expect("short"), 2);
        assert_eq!(&four[..2], b"89");
        let part = stream.read_at_buffer(1, 3, &pool()).expect("read");
        assert_eq!(part.as_slice(), b"123");
        assert_eq!(part.parent().is_some(), stream.supports_zero_copy());
        assert_eq!(stream.tell().expect("position"), 4);
        assert_eq!(stream.skip(2).expect("skipped"), 2);
        let rest = stream.read_all(&pool()).expect("read");
        assert_eq!(rest.as_slice(), b"6789");
        assert_eq!(stream.read(&mut four).expect("end"), 0);
        assert_eq!(stream.skip(2).expect("end"), 0);
        assert!(stream.read_buffer(9, &pool()).expect("end").is_empty());
        stream.seek(7).expect("in range");
        let rest = stream.read_buffer(usize::MAX, &pool()).expect("read");
        assert_eq!(rest.as_slice(), b"789");
        stream.seek(8).expect("in range");
        assert_eq!(kind(stream.read_exact(&mut four)), ErrorKind::Io);
        assert_eq!(stream.read_at(10, &mut four).expect("end"), 0);
        assert!(stream.is_readable() && stream.is_seekable() && !stream.is_closed());
        stream.close().expect("closes");
        stream.close().expect("closing again does nothing");
        assert!(!stream.is_readable() && !stream.is_seekable() && stream.is_closed());
        assert!(stream.descriptor().is_none());
        for result in [
            stream.read(&mut four).map(|_| ()),
            stream.read_at(0, &mut four).map(|_| ()),
            stream.read_at_buffer(0, 1, &pool()).map(|_| ()),
            stream.seek(0),
            stream.tell().map(|_| ()),
            stream.size().map(|_| ()),
            stream.flush(),
            stream.sync(),
            stream.write(b"x"),
            stream.resize(1),
            stream.truncate(1),
        ] {
            assert_eq!(kind(result), ErrorKind::Closed);
        }
        assert_eq!(rest.as_slice(), b"789");
    }
}

#[test]
fn a_claimed_length_costs_nothing() {
    let (_temp, streams) = sources(&[7; 100_000]);
    for stream in streams {
        let all = stream.read_buffer(usize::MAX, &pool()).expect("read");
        assert_eq!(all.len(), 100_000);
        assert!(all.capacity() <= 100_032);
        let all = stream.read_at_buffer(1, usize::MAX, &pool()).expect("read");
        assert_eq!(all.len(), 99_999);
    }
    // A file without a size of its own.
    let stream = open_path(c"/proc/self/maps", Mode::Read, OpenOptions::default()).expect("opens");
    assert!(stream.read_all(&pool()).expect("read").len() > 100);
    assert_eq!(
        kind(open_mmap(
            c"/proc/self/maps",
            Mode::Read,
            MapOptions::default()
        )),
        ErrorKind::Unsupported
    );
}

#[test]
fn files_write_in_every_mode() {
    let temp = Temp::with(b"old contents");
    let stream = temp.open(Mode::Write);
    assert_eq!(temp.bytes(), b"");
    stream.write(b"test").expect("write");
    stream
        .write_vectored(&[b"da", b"", b"t", b"a"])
        .expect("write");
    assert_eq!(stream.tell().expect("position"), 8);
    stream.write_at(0, b"T").expect("write");
    assert_eq!(stream.size().expect("size"), 8);
    assert_eq!(temp.bytes(), b"Testdata");
    let mut byte = [0];
    assert_eq!(kind(stream.read(&mut byte)), ErrorKind::Unsupported);
    assert_eq!(kind(stream.seek(0)), ErrorKind::Unsupported);
    stream.truncate(4).expect("truncate");
    assert_eq!(temp.bytes(), b"Test");
    drop(stream);

    let stream = temp.open(Mode::Append);
    assert_eq!(stream.tell().expect("position"), 4);
    stream.write(b"data").expect("write");
    assert_eq!(stream.tell().expect("position"), 8);
    assert_eq!(kind(stream.write_at(0, b"x")), ErrorKind::Unsupported);
    stream.sync().expect("sync");
    assert_eq!(temp.bytes(), b"Testdata");

    let stream = temp.open(Mode::ReadWrite);
    stream.seek(6).expect("seek");
    stream.write(b"TAil").expect("write");
    stream.seek(0).expect("seek");
    let all = stream.read_all(&pool()).expect("read");
    assert_eq!(all.as_slice(), b"TestdaTAil");
    stream.resize(5).expect("resize");
    assert_eq!(stream.tell().expect("position"), 5);
    stream.resize(7).expect("resize");
    assert_eq!(temp.bytes(), b"Testd\0\0");
    stream.seek(100).expect("beyond the end");
    assert_eq!(stream.read(&mut byte).expect("end"), 0);
    assert_eq!(kind(stream.seek(u64::MAX)), ErrorKind::OutOfRange);
}

#[test]
fn opening_follows_the_options() {
    let temp = Temp::new();
    let open = |mode, options| open_path(temp.c(), mode, options);
    let missing = error(open(Mode::Read, OpenOptions::default()));
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    assert_eq!(missing.os_code(), libc::ENOENT);
    assert!(missing.to_string().contains("nock-io-"));
    assert_eq!(
        kind(open(Mode::ReadWrite, OpenOptions::default())),
        ErrorKind::NotFound
    );
    let options = OpenOptions {
        create: true,
        permissions: 0o600,
        ..OpenOptions::default()
    };
    let stream = open(Mode::ReadWrite, options).expect("made");
    stream.write(b"abc").expect("write");
    let options = OpenOptions {
        exclusive: true,
        ..OpenOptions::default()
    };
    assert_eq!(error(open(Mode::Write, options)).os_code(), libc::EEXIST);
    let options = OpenOptions {
        truncate: true,
        ..OpenOptions::default()
    };
    let stream = open(Mode::ReadWrite, options).expect("opens");
    assert_eq!(stream.size().expect("size"), 0);
    let link = Temp::new();
    std::os::unix::fs::symlink(&temp.path, &link.path).expect("linked");
    let options = OpenOptions {
        no_follow: true,
        ..OpenOptions::default()
    };
    assert_eq!(
        error(open_path(link.c(), Mode::Read, options)).os_code(),
        libc::ELOOP
    );
    for mode in [Mode::Read, Mode::Write, Mode::ReadWrite] {
        let found = error(open_path(c"/", mode, OpenOptions::default()));
        assert_eq!(found.os_code(), libc::EISDIR);
    }
    let found = error(open_mmap(c"/", Mode::Read, MapOptions::default()));
    assert_eq!(found.os_code(), libc::EISDIR);
    let descriptor = stream.descriptor().expect("open");
    // SAFETY: no memory is passed.
    let flags = unsafe { libc::fcntl(descriptor, libc::F_GETFD) };
    assert_eq!(flags & libc::FD_CLOEXEC, libc::FD_CLOEXEC);
}

#[test]
fn descriptors_are_taken_over_or_left() {
    let temp = Temp::with(b"testdata");
    let mut file = std::fs::File::open(&temp.path).expect("opens");
    let mut four = [0; 4];
    file.read_exact(&mut four).expect("read");
    let fd = file.into_raw_fd();
    let keep = OpenOptions {
        keep_descriptor: true,
        ..OpenOptions::default()
    };
    let is_open = || {
        // SAFETY: no memory is passed.
        unsafe { libc::fcntl(fd, libc::F_GETFD) >= 0 }
    };
    for mode in [Mode::Write, Mode::Append, Mode::ReadWrite] {
        assert_eq!(
            kind(open_fd(fd, Some(mode), OpenOptions::default())),
            ErrorKind::InvalidArgument
        );
    }
    assert!(is_open());
    let stream = open_fd(fd, None, keep).expect("opens");
    assert_eq!(stream.tell().expect("position"), 4);
    stream.close().expect("closes");
    drop(stream);
    assert!(is_open());
    let stream = open_fd(fd, None, OpenOptions::default()).expect("opens");
    let rest = stream.read_all(&pool()).expect("read");
    assert_eq!((rest.as_slice(), stream.mode()), (&b"data"[..], Mode::Read));
    drop(stream);
    assert!(!is_open());
    assert_eq!(
        kind(open_fd(-1, None, OpenOptions::default())),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        error(open_fd(fd, None, OpenOptions::default())).os_code(),
        libc::EBADF
    );
}

#[test]
fn pipes_stream_and_a_closed_one_is_an_error() {
    let (read, mut write) = std::io::pipe().expect("pipe");
    let stream = open_fd(read.into_raw_fd(), None, OpenOptions::default()).expect("opens");
    assert!(!stream.is_seekable() && stream.is_readable() && !stream.is_writable());
    assert_eq!(kind(stream.seek(0)), ErrorKind::Unsupported);
    assert_eq!(kind(stream.size()), ErrorKind::Unsupported);
    assert_eq!(kind(stream.read_at(0, &mut [0])), ErrorKind::Unsupported);
    assert_eq!(
        kind(stream.read_at_buffer(0, 1, &pool())),
        ErrorKind::Unsupported
    );
    let writer = std::thread::spawn(move || {
        for i in 0..30_000_u32 {
            write.write_all(&i.to_le_bytes()).expect("write");
        }
    });
    let mut some = [0; 16];
    assert!(stream.read(&mut some).expect("read") > 0);
    let skipped = stream.tell().expect("position");
    stream.skip(1000 - skipped).expect("skip");
    let part = stream.read_buffer(100_000, &pool()).expect("read");
    assert_eq!(part.len(), 100_000);
    assert_eq!(part.as_slice()[..4], 250_u32.to_le_bytes());
    let rest = stream.read_all(&pool()).expect("read");
    assert_eq!(rest.len(), 120_000 - 101_000);
    assert_eq!(stream.tell().expect("position"), 120_000);
    writer.join().expect("written");

    let (read, write) = std::io::pipe().expect("pipe");
    drop(read);
    let stream = open_fd(write.into_raw_fd(), None, OpenOptions::default()).expect("opens");
    // The test harness may ignore SIGPIPE; then this only shows the status.
    let found = error(stream.write(b"data"));
    assert_eq!(
        (found.kind(), found.os_code()),
        (ErrorKind::Io, libc::EPIPE)
    );
}

#[test]
fn a_full_device_is_an_error_and_a_long_gather_write_is_whole() {
    let stream = open_path(c"/dev/full", Mode::Write, OpenOptions::default()).expect("opens");
    assert_eq!(error(stream.write(b"x")).os_code(), libc::ENOSPC);
    let temp = Temp::new();
    let stream = temp.open(Mode::Write);
    let numbers: Vec<[u8; 4]> = (0..5000_u32).map(u32::to_le_bytes).collect();
    let runs: Vec<&[u8]> = numbers.iter().map(|bytes| &bytes[..]).collect();
    stream.write_vectored(&runs).expect("write");
    assert_eq!(temp.bytes(), numbers.concat());
}

#[test]
fn maps_write_grow_and_shrink() {
    let temp = Temp::new();
    let stream = create_mmap(temp.c(), 10, OpenOptions::default()).expect("made");
    assert_eq!(kind(stream.write(b"hello world")), ErrorKind::OutOfRange);
    assert_eq!(stream.tell().expect("position"), 0);
    stream.write(b"hello").expect("write");
    let other = temp.map(Mode::ReadWrite);
    let seen = other.read_buffer(5, &pool()).expect("read");
    assert_eq!(seen.as_slice(), b"hello");
    stream.write_at(0, b"J").expect("write");
    assert_eq!(seen.as_slice(), b"Jello");
    assert_eq!(kind(other.resize(4)), ErrorKind::Busy);
    drop(seen);
    other.resize(4).expect("resize");
    assert_eq!(
        (other.tell().expect("position"), temp.bytes().len()),
        (4, 4)
    );
    assert_eq!(kind(stream.read_at(0, &mut [0; 10])), ErrorKind::Io);
    assert_eq!(kind(stream.read_at_buffer(0, 10, &pool())), ErrorKind::Io);
    assert_eq!(kind(stream.write_at(3, b"xx")), ErrorKind::Io);
    let whole = stream.read_at_buffer(0, 4, &pool()).expect("still there");
    assert_eq!(whole.as_slice(), b"Jell");
    other.resize(0).expect("resize");
    assert_eq!(other.size().expect("size"), 0);
    assert_eq!(other.read_at(0, &mut [0]).expect("empty"), 0);
    other.resize(10_000).expect("resize");
    other.write(b"again").expect("write");
    let all = other.read_at_buffer(0, 6, &pool()).expect("read");
    assert_eq!(all.as_slice(), b"again\0");
    assert_eq!(kind(other.truncate(1)), ErrorKind::Unsupported);
    other.close().expect("closes");
    drop(other);
    assert_eq!(all.as_slice(), b"again\0");

    let stream = temp.map(Mode::Write);
    stream.write(b"foo").expect("write");
    assert_eq!(kind(stream.read(&mut [0])), ErrorKind::Unsupported);
    assert_eq!(
        kind(stream.read_at_buffer(0, 1, &pool())),
        ErrorKind::Unsupported
    );
    assert_eq!(temp.bytes().len(), 10_000);
    assert_eq!(
        kind(temp.map(Mode::Read).write(b"x")),
        ErrorKind::Unsupported
    );
    assert_eq!(kind(temp.map(Mode::Read).resize(1)), ErrorKind::Unsupported);
    assert_eq!(
        kind(open_mmap(temp.c(), Mode::Append, MapOptions::default())),
        ErrorKind::InvalidArgument
    );
}

#[test]
fn a_part_of_a_file_is_mapped() {
    let page = usize::try_from(sys::page_size()).expect("small");
    let mut bytes = vec![1; page];
    bytes.extend(vec![2; page]);
    bytes.extend(vec![3; 10]);
    let temp = Temp::with(&bytes);
    let map = |offset: usize, length: usize, mode| {
        let options = MapOptions {
            offset: offset as u64,
            length: length as u64,
            no_follow: false,
        };
        open_mmap(temp.c(), mode, options)
    };
    assert_eq!(
        kind(map(page / 2, 10, Mode::Read)),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        kind(map(page, page + 11, Mode::Read)),
        ErrorKind::OutOfRange
    );
    assert_eq!(kind(map(page * 3, 0, Mode::Read)), ErrorKind::OutOfRange);
    assert_eq!(kind(map(0, usize::MAX, Mode::Read)), ErrorKind::OutOfRange);
    let rest = map(2 * page, 0, Mode::Read).expect("maps");
    assert_eq!(rest.size().expect("size"), 10);
    let stream = map(page, page, Mode::ReadWrite).expect("maps");
    assert_eq!(stream.size().expect("size"), page as u64);
    let all = stream.read_all(&pool()).expect("read");
    assert!(all.len() == page && all.as_slice().iter().all(|byte| *byte == 2));
    assert_eq!(kind(stream.write(b"x")), ErrorKind::OutOfRange);
    stream.write_at(page as u64 - 1, b"x").expect("write");
    assert_eq!(temp.bytes()[2 * page - 1..2 * page + 1], [b'x', 3]);
    drop(all);
    assert_eq!(kind(stream.resize(1)), ErrorKind::Unsupported);
    let empty = Temp::with(b"");
    let stream = empty.map(Mode::ReadWrite);
    assert_eq!(stream.size().expect("size"), 0);
    assert!(stream.read_all(&pool()).expect("read").is_empty());
}

#[test]
fn buffers_are_read_in_place() {
    let source = buffer(b"data123456");
    let stream = open_buffer(source.clone()).expect("opens");
    stream.seek(10).expect("the end");
    stream.seek(9).expect("in range");
    assert_eq!(kind(stream.seek(11)), ErrorKind::OutOfRange);
    assert_eq!(stream.tell().expect("position"), 9);
    assert_eq!(kind(stream.read_at(20, &mut [0; 4])), ErrorKind::OutOfRange);
    let part = stream.read_at_buffer(4, 3, &pool()).expect("read");
    assert!(
        part.parent()
            .is_some_and(|parent| BufferRef::ptr_eq(parent, &source))
    );
    drop(stream);
    drop(source);
    assert_eq!(part.as_slice(), b"123");
    let empty = open_buffer(Buffer::empty().expect("memory")).expect("opens");
    assert_eq!(
        (
            empty.size().expect("size"),
            empty.read(&mut [0]).expect("end")
        ),
        (0, 0)
    );
}

#[test]
fn buffer_writers_collect() {
    let stream = new_buffer_writer(&pool(), 0).expect("memory");
    for _ in 0..1000 {
        stream.write(b"0123456789").expect("write");
    }
    assert_eq!(
        (
            stream.tell().expect("position"),
            stream.size().expect("size")
        ),
        (10_000, 10_000)
    );
    let all = stream.finish_buffer().expect("finish");
    assert_eq!((all.len(), all.capacity()), (10_000, 10_048));
    assert_eq!(kind(stream.write(b"x")), ErrorKind::Closed);
    assert!(stream.is_closed());
    let again = stream.finish_buffer().expect("again");
    assert!(BufferRef::ptr_eq(&all, &again));

    let stream = new_buffer_writer(&pool(), 0).expect("memory");
    stream.reserve(1_000_000).expect("memory");
    stream.write(&[1; 1_000_000]).expect("write");
    assert_eq!(kind(stream.reserve(u64::MAX)), ErrorKind::OutOfMemory);
    assert_eq!(kind(stream.seek(0)), ErrorKind::Unsupported);
    assert_eq!(kind(stream.write_at(0, b"x")), ErrorKind::Unsupported);
    stream.close().expect("closes");
    assert_eq!(stream.finish_buffer().expect("finish").len(), 1_000_000);
}

#[test]
fn fixed_writers_stay_inside() {
    let memory = Buffer::allocate_zeroed(&pool(), 10).expect("memory");
    let stream = new_fixed_writer(memory.clone()).expect("opens");
    stream.write(b"0123456789").expect("fits");
    assert_eq!(kind(stream.write(b"x")), ErrorKind::OutOfRange);
    stream.write(b"").expect("nothing");
    stream.seek(4).expect("in range");
    assert_eq!(kind(stream.seek(11)), ErrorKind::OutOfRange);
    stream.write_vectored(&[b"ab", b"c"]).expect("fits");
    assert_eq!(
        kind(stream.write_vectored(&[b"1234", b"x"])),
        ErrorKind::OutOfRange
    );
    stream.write_at(9, b"!").expect("fits");
    assert_eq!(kind(stream.write_at(9, b"!!")), ErrorKind::OutOfRange);
    assert_eq!(kind(stream.write_at(u64::MAX, b"!")), ErrorKind::OutOfRange);
    assert_eq!(memory.as_slice(), b"0123abc78!");
    assert_eq!(
        (
            stream.tell().expect("position"),
            stream.size().expect("size")
        ),
        (7, 10)
    );
    assert_eq!(kind(stream.read(&mut [0])), ErrorKind::Unsupported);
    assert_eq!(kind(stream.finish_buffer()), ErrorKind::Unsupported);
    memory.freeze();
    assert_eq!(kind(stream.write_at(0, b"x")), ErrorKind::InvalidArgument);
    assert_eq!(kind(new_fixed_writer(memory)), ErrorKind::InvalidArgument);
}

#[test]
fn positional_reads_run_side_by_side() {
    let bytes: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
    let (_temp, streams) = sources(&bytes);
    for stream in streams {
        std::thread::scope(|scope| {
            for thread in 0..3_u32 {
                let stream = &stream;
                scope.spawn(move || {
                    for i in 0..3000_u32 {
                        let at = (i * 7 + thread) % 20_000;
                        let mut found = [0; 4];
                        let got = stream.read_at(u64::from(at) * 4, &mut found);
                        assert_eq!((got.expect("read"), u32::from_le_bytes(found)), (4, at));
                        let lent = stream
                            .read_at_buffer(u64::from(at) * 4, 4, &pool())
                            .expect("read");
                        assert_eq!(lent.as_slice(), at.to_le_bytes());
                    }
                });
            }
        });
    }
}

#[test]
fn files_beyond_four_gibibytes() {
    let temp = Temp::with(b"");
    let far = (1_u64 << 32) + 5;
    let stream = temp.open(Mode::ReadWrite);
    stream.seek(far).expect("seek");
    stream.write(b"mark\n").expect("write");
    assert_eq!(
        (
            stream.size().expect("size"),
            stream.tell().expect("position")
        ),
        (far + 5, far + 5)
    );
    for stream in [stream, temp.map(Mode::ReadWrite)] {
        stream.seek(far).expect("seek");
        let mark = stream.read_buffer(5, &pool()).expect("read");
        assert_eq!(mark.as_slice(), b"mark\n");
        assert_eq!(
            stream
                .read_at_buffer(far, 5, &pool())
                .expect("read")
                .as_slice(),
            b"mark\n"
        );
        stream.write_at(far + 1, b"A").expect("write");
        stream.write_at(far + 1, b"a").expect("write");
    }
}
