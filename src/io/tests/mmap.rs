//! Memory maps.

use super::*;

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
