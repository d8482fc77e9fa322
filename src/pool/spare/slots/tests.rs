use super::{MAX_BYTES, MAX_SMALL_BYTES, Placed, SMALL_SLOTS, Slots, Spare, UNIT, Word, bits_of};
use std::ptr::{NonNull, null_mut};

#[repr(align(64))]
struct Memory([u8; 128]);

fn spare(memory: &mut Memory, size: usize) -> Spare {
    let object = NonNull::from(&mut memory.0).cast();
    // SAFETY: the memory is large enough, aligned, and lives longer than the spare.
    unsafe { Spare::new(object, object, size, true) }
}

#[test]
fn words_keep_address_size_and_count() {
    let mut memory = Memory([0; 128]);
    let mut word = Word(null_mut());
    let mut size = UNIT;
    while size <= MAX_BYTES {
        let spare = spare(&mut memory, size);
        let filled = word.filled(&spare, bits_of(size));
        assert!(filled.has(bits_of(size)) && !filled.is_empty() && filled.size() == size);
        assert!(!filled.has(bits_of(size % MAX_BYTES + UNIT)));
        assert_eq!(filled.spare().map(|found| found.0), Some(spare.0));
        assert_ne!(filled.emptied(), word);
        word = filled.emptied();
        assert!(
            word.is_empty()
                && word.size() == 0
                && !word.has(bits_of(size))
                && !word.has(bits_of(UNIT))
        );
        size += UNIT;
    }
}

/// Look for a size until it counts as one that comes again.
fn want(slots: &Slots, size: usize) {
    assert!(slots.take(size).is_none() && slots.take(size).is_none());
}

fn waits(placed: &Placed) -> bool {
    matches!(placed, Placed::Waits)
}

#[test]
fn a_spare_goes_to_the_next_who_wants_its_size() {
    let slots = Slots::new();
    let mut memory: [Memory; SMALL_SLOTS + 4] = std::array::from_fn(|_| Memory([0; 128]));
    let [first, large, second_large, one_more, small @ ..] = &mut memory;
    assert!(!slots.may_fit(1024));
    want(&slots, 1024);
    assert!(slots.may_fit(1024));
    assert!(waits(&slots.put(spare(first, 1024), 1024)));
    assert_eq!(slots.bytes(), 1024);
    let size = MAX_SMALL_BYTES + UNIT;
    want(&slots, size);
    assert!(waits(&slots.put(spare(large, size), size)));
    assert!(!waits(&slots.put(spare(second_large, size), size)));
    want(&slots, 2048);
    let mut kept = 1;
    for memory in small {
        kept += usize::from(waits(&slots.put(spare(memory, 2048), 2048)));
    }
    assert_eq!(kept, SMALL_SLOTS);
    let (other, other_size) = slots.replace_other(spare(one_more, 2048), 2048);
    assert_eq!((other.size(), other_size), (1024, 1024));
    let (same, same_size) = slots.replace_other(other, 2048);
    assert_eq!((same.size(), same_size), (1024, 2048));
    assert!(slots.take(1024).is_none());
    assert!(slots.take(2048).is_some_and(|spare| spare.size() == 2048));
    let mut left = 0;
    while let Some((spare, size)) = slots.take_any() {
        assert_eq!(spare.size(), size);
        left += 1;
    }
    assert_eq!(
        (left, slots.bytes(), slots.look(|_| ())),
        (SMALL_SLOTS, 0, false)
    );
    assert!(slots.take(2048).is_none());
}

/// Who looks twice sees that something was there in between.
#[test]
fn what_came_and_went_is_seen() {
    let slots = Slots::new();
    let mut memory = Memory([0; 128]);
    want(&slots, 64);
    let look = || {
        let mut words = 0_u64;
        assert!(!slots.look(|word| words = words.rotate_left(13) ^ word));
        words
    };
    let before = look();
    assert_eq!(before, look());
    assert!(waits(&slots.put(spare(&mut memory, 64), 64)));
    assert!(slots.take(64).is_some());
    assert_ne!(before, look());
}

/// What is full of other sizes takes in what somebody looked for.
#[test]
fn what_is_wanted_is_told_from_what_is_not() {
    let slots = Slots::new();
    let mut memory: [Memory; SMALL_SLOTS + 2] = std::array::from_fn(|_| Memory([0; 128]));
    let [one, two, others @ ..] = &mut memory;
    want(&slots, 1024);
    for memory in others {
        assert!(waits(&slots.put(spare(memory, 1024), 1024)));
    }
    assert!(matches!(
        slots.put(spare(one, 1024), 1024),
        Placed::Refused(_)
    ));
    want(&slots, 2048);
    assert!(matches!(
        slots.put(spare(two, 2048), 2048),
        Placed::Wanted(_)
    ));
}

/// A number in the memory of a spare.
fn behind_note(spare: &Spare) -> NonNull<u64> {
    // SAFETY: the memory of the tests has 128 bytes, aligned to 64, and the note takes less than 64.
    unsafe { spare.object().add(64) }.cast()
}

/// What one thread wrote into the memory of a spare is there for the next, and nobody else is.
#[test]
fn threads_hand_spares_over() {
    const SIZE: usize = 2048;
    let slots = Slots::new();
    let mut memory: [Memory; SMALL_SLOTS] = std::array::from_fn(|_| Memory([0; 128]));
    want(&slots, SIZE);
    for memory in &mut memory {
        assert!(waits(&slots.put(spare(memory, SIZE), SIZE)));
    }
    let rounds: u64 = std::thread::scope(|scope| {
        let count_up = || {
            let mut taken = 0;
            for _ in 0..20_000 {
                let Some(spare) = slots.take(SIZE) else {
                    continue;
                };
                // SAFETY: the number lives while the test does, and only the owner of its memory comes here.
                let number = unsafe { behind_note(&spare).as_mut() };
                *number += 1;
                taken += 1;
                assert!(waits(&slots.put(spare, SIZE)));
            }
            taken
        };
        let threads = [(); 4].map(|()| scope.spawn(count_up));
        threads
            .map(|thread| thread.join().expect("no panic"))
            .iter()
            .sum()
    });
    let mut counted = 0;
    while let Some((spare, _)) = slots.take_any() {
        // SAFETY: as above.
        counted += unsafe { behind_note(&spare).read() };
    }
    assert!(counted == rounds && rounds > 0);
}
