//! Buffers that are read, grow, or are written in place.

use super::*;

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
