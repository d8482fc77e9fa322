//! Files, descriptors and pipes.

use super::*;
use std::io::{Read as _, Write as _};
use std::os::fd::IntoRawFd as _;

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
    let bufs: Vec<&[u8]> = numbers.iter().map(|bytes| &bytes[..]).collect();
    stream.write_vectored(&bufs).expect("write");
    assert_eq!(temp.bytes(), numbers.concat());
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
