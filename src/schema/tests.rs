use super::{
    DataType, DictionaryType, Field, IntervalUnit, MAX_DEPTH, Metadata, Schema, TimeUnit, TypeRef,
    UnionMode, UnionType,
};
use crate::alloc::Text;
use crate::error::ErrorKind;

fn reference(data_type: DataType) -> TypeRef {
    data_type.into_ref().expect("acceptable")
}

fn refused(data_type: DataType) -> ErrorKind {
    data_type.into_ref().expect_err("not acceptable").kind()
}

#[test]
fn formats_round_trip_for_every_type_without_children() {
    for format in [
        "n",
        "b",
        "c",
        "s",
        "i",
        "l",
        "C",
        "S",
        "I",
        "L",
        "e",
        "f",
        "g",
        "z",
        "Z",
        "vz",
        "u",
        "U",
        "vu",
        "tdD",
        "tdm",
        "tiM",
        "tiD",
        "tin",
        "tts",
        "ttm",
        "ttu",
        "ttn",
        "tDs",
        "tDm",
        "tDu",
        "tDn",
        "tss:",
        "tsm:UTC",
        "tsu:",
        "tsn:Europe/Berlin",
        "w:0",
        "w:16",
        "d:10,2",
        "d:9,-3,32",
        "d:18,0,64",
        "d:76,5,256",
    ] {
        let data_type = DataType::from_format(format).expect(format);
        assert_eq!(data_type.to_format().expect("memory").as_str(), format);
        assert!(data_type.equals(&DataType::from_format(format).expect(format), true));
        assert!(!data_type.equals(&DataType::Struct(Vec::new()), true));
    }
    for format in [
        "", "x", "tsu", "tsx:", "w:", "w:-1", "d:10", "d:0,0", "d:39,0", "d:1,1,33", "tDx", "tt",
    ] {
        assert_eq!(
            DataType::from_format(format).expect_err(format).kind(),
            ErrorKind::InvalidArgument,
            "{format}"
        );
    }
    assert_eq!(
        DataType::from_format("+s").expect_err("nested").kind(),
        ErrorKind::Unsupported
    );
}

#[test]
fn text_is_as_pyarrow_writes_it() {
    let item = |data_type| Field::of("item", data_type, true).expect("memory");
    let zone = Text::try_from_str("UTC").expect("memory");
    let entries = vec![
        Field::of("key", DataType::Utf8, false).expect("memory"),
        item(DataType::Int32),
    ];
    let union = UnionType {
        mode: UnionMode::Dense,
        fields: vec![item(DataType::Null)],
        type_ids: vec![5],
    };
    let dictionary = DictionaryType {
        index: reference(DataType::Int32),
        value: reference(DataType::Utf8),
        ordered: false,
    };
    for (data_type, text) in [
        (
            DataType::Timestamp(TimeUnit::Microsecond, Some(zone)),
            "timestamp[us, tz=UTC]",
        ),
        (
            DataType::Decimal {
                bit_width: 128,
                precision: 10,
                scale: 2,
            },
            "decimal128(10, 2)",
        ),
        (DataType::List(item(DataType::Int32)), "list<item: int32>"),
        (
            DataType::FixedSizeList(item(DataType::Boolean), 3),
            "fixed_size_list<item: bool>[3]",
        ),
        (
            DataType::Interval(IntervalUnit::MonthDayNano),
            "month_day_nano_interval",
        ),
        (DataType::Union(union), "dense_union<item: null=5>"),
        (
            DataType::Dictionary(dictionary),
            "dictionary<values=string, indices=int32, ordered=0>",
        ),
        (
            DataType::Map {
                entries: Field::of("entries", DataType::Struct(entries), false).expect("memory"),
                keys_sorted: false,
            },
            "map<string, int32>",
        ),
    ] {
        assert_eq!(reference(data_type).to_string(), text);
    }
}

#[test]
fn parameters_are_checked() {
    let field = |data_type, nullable| Field::of("x", data_type, nullable).expect("memory");
    for bad in [
        DataType::Time32(TimeUnit::Nanosecond),
        DataType::Time64(TimeUnit::Second),
        DataType::FixedSizeBinary(-1),
        DataType::FixedSizeList(field(DataType::Null, true), -1),
        DataType::Decimal {
            bit_width: 16,
            precision: 1,
            scale: 0,
        },
        DataType::Decimal {
            bit_width: 32,
            precision: 10,
            scale: 0,
        },
        DataType::RunEndEncoded {
            run_ends: field(DataType::Int8, false),
            values: field(DataType::Null, true),
        },
        DataType::RunEndEncoded {
            run_ends: field(DataType::Int32, true),
            values: field(DataType::Null, true),
        },
        DataType::Map {
            entries: field(DataType::Int8, false),
            keys_sorted: false,
        },
        DataType::Union(UnionType {
            mode: UnionMode::Sparse,
            fields: Vec::new(),
            type_ids: vec![1],
        }),
        DataType::Union(UnionType {
            mode: UnionMode::Sparse,
            fields: vec![field(DataType::Null, true), field(DataType::Null, true)],
            type_ids: vec![1, 1],
        }),
        DataType::Dictionary(DictionaryType {
            index: reference(DataType::Float32),
            value: reference(DataType::Utf8),
            ordered: false,
        }),
    ] {
        assert_eq!(refused(bad), ErrorKind::InvalidArgument);
    }
}

#[test]
fn depth_has_a_ceiling_and_ends_on_a_small_stack() {
    // Frames of an unoptimised build are several times as large.
    let stack = if cfg!(debug_assertions) {
        512 << 10
    } else {
        64 << 10
    };
    let worker = std::thread::Builder::new().stack_size(stack).spawn(|| {
        let mut inner = reference(DataType::Int32);
        for _ in 1..MAX_DEPTH {
            let field = Field::try_new("item", inner, true, Metadata::new()).expect("memory");
            inner = reference(DataType::List(field));
        }
        assert_eq!(inner.depth(), MAX_DEPTH);
        let field = Field::try_new("item", inner.clone(), true, Metadata::new()).expect("memory");
        assert_eq!(refused(DataType::List(field)), ErrorKind::Limit);
        assert!(inner.equals(&inner, true));
        assert!(inner.to_string().starts_with("list<item: list<"));
    });
    worker.expect("a thread").join().expect("no panic");
}

#[test]
fn metadata_keeps_bytes_order_and_duplicates() {
    let mut metadata = Metadata::new();
    for (key, value) in [(&b"k"[..], &b"\0\xFF"[..]), (b"", b""), (b"k", b"2")] {
        metadata.append(key, value).expect("memory");
    }
    assert_eq!(
        (metadata.len(), metadata.find(b"k"), metadata.find(b"x")),
        (3, Some(0), None)
    );
    let mut other = Metadata::new();
    for pair in metadata.iter().rev() {
        other.append(&pair.key, &pair.value).expect("memory");
    }
    assert!(metadata.same_entries(&other) && metadata != other);
    assert_eq!(metadata.try_clone().expect("memory"), metadata);
}

#[test]
fn schemas_compare_with_and_without_metadata() {
    let fields = || {
        vec![
            Field::of("a", DataType::Int32, true).expect("memory"),
            Field::of("", DataType::Utf8, false).expect("memory"),
        ]
    };
    let mut metadata = Metadata::new();
    metadata.append(b"k", b"v").expect("memory");
    let plain = Schema::try_new(fields(), Metadata::new()).expect("memory");
    let noted = Schema::try_new(fields(), metadata).expect("memory");
    assert!(plain.equals(&noted, false) && !plain.equals(&noted, true));
    assert_eq!((plain.find("", 0), plain.find("a", 1)), (Some(1), None));
    assert_eq!(
        noted.to_string(),
        "a: int32\n: string not null\n-- schema metadata --\n'k': 'v'"
    );
}
