//! Every way to read the same bytes.

use super::*;

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
