use super::{Policy, Pool, backend_name_at};
use crate::alloc::Allocator;

#[test]
fn pools_and_objects_know_the_same_backends_and_prefer_the_same() {
    for name in [&b"system"[..], b"mimalloc", b"jemalloc", b"", b"no such"] {
        let as_pool = Pool::get(name).is_ok();
        assert_eq!(Allocator::named(name).is_some(), as_pool, "{name:?}");
        assert_eq!(Pool::new_backend(name, Policy::DEFAULT).is_ok(), as_pool);
    }
    for (index, allocator) in Allocator::ALL.iter().enumerate() {
        assert_eq!(backend_name_at(index), Some(allocator.name()));
    }
}
