use super::{
    CheckedType, DataType, DictionaryType, EXTENSION_METADATA, EXTENSION_NAME, Field, IntervalUnit,
    MAX_DEPTH, MAX_TYPES, Metadata, Schema, TimeUnit, TypeRef, UnionMode, UnionType,
};
use crate::alloc::{Text, TryArc};
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
        "",
        "x",
        "tsu",
        "tsx:",
        "w:",
        "w:-1",
        "w:+1",
        "w:99999999999",
        "d:10",
        "d:0,0",
        "d:39,0",
        "d:1,1,33",
        "tDx",
        "tt",
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

fn nested(levels: usize, leaf: DataType) -> TypeRef {
    let mut inner = reference(leaf);
    for level in 1..levels {
        let field = Field::try_new("item", inner, true, Metadata::new()).expect("memory");
        inner = reference(match level % 3 {
            0 => DataType::List(field),
            1 => DataType::Struct(vec![field]),
            _ => DataType::Dictionary(DictionaryType {
                index: reference(DataType::Int8),
                value: field.type_ref().clone(),
                ordered: true,
            }),
        });
    }
    inner
}

#[test]
fn depth_has_a_ceiling_and_every_walk_fits_a_small_stack() {
    let worker = std::thread::Builder::new().stack_size(64 << 10).spawn(|| {
        let deepest = nested(MAX_DEPTH, DataType::Int32);
        assert_eq!(deepest.depth(), MAX_DEPTH);
        let field = Field::try_new("item", deepest.clone(), true, Metadata::new()).expect("memory");
        assert_eq!(refused(DataType::List(field)), ErrorKind::Limit);
        assert!(deepest.equals(&nested(MAX_DEPTH, DataType::Int32), true));
        assert!(!deepest.equals(&nested(MAX_DEPTH, DataType::Int64), true));
        let text = deepest.text_with_nul().expect("memory");
        assert!(text.starts_with(b"list<item: dictionary<values=struct<item: list<item: "));
        assert!(text.ends_with(b">\0"));
    });
    worker.expect("a thread").join().expect("no panic");
}

#[test]
fn size_has_a_ceiling_that_sharing_cannot_hide() {
    let mut doubled = reference(DataType::Int32);
    while doubled.types() < MAX_TYPES / 2 {
        let child = || Field::try_new("x", doubled.clone(), true, Metadata::new()).expect("memory");
        let pair = DataType::Struct(vec![child(), child()]);
        doubled = reference(pair);
    }
    let child = || Field::try_new("x", doubled.clone(), true, Metadata::new()).expect("memory");
    assert_eq!(
        refused(DataType::Struct(vec![child(), child()])),
        ErrorKind::Limit
    );
    let schema = Schema::try_new(vec![child(), child()], Metadata::new());
    assert_eq!(schema.expect_err("too large").kind(), ErrorKind::Limit);
    assert!(doubled.equals(&doubled, true));
}

#[test]
fn types_without_parameters_are_shared() {
    for format in [
        "n", "b", "c", "i", "L", "e", "u", "vz", "tdD", "tin", "ttu", "tsn:", "tDm",
    ] {
        let one = reference(DataType::from_format(format).expect(format));
        let other = reference(DataType::from_format(format).expect(format));
        assert!(TryArc::ptr_eq(&one, &other), "{format}");
    }
}

#[test]
fn a_time_zone_is_kept_for_c_and_an_empty_one_is_none() {
    let zoned = |zone: &str| {
        let zone = Text::try_from_str(zone).expect("memory");
        DataType::Timestamp(TimeUnit::Nanosecond, Some(zone)).into_ref()
    };
    let utc = zoned("UTC").expect("acceptable");
    assert_eq!(utc.zone_with_nul(), Some(&b"UTC\0"[..]));
    let none = zoned("").expect("acceptable");
    assert_eq!(none.zone_with_nul(), None);
    assert!(none.equals(&DataType::Timestamp(TimeUnit::Nanosecond, None), true));
    assert!(!none.equals(&utc, true));
    let bad = zoned("a\0b").expect_err("a NUL");
    assert_eq!(bad.kind(), ErrorKind::InvalidArgument);
}

#[test]
fn names_of_any_length_are_kept() {
    for len in [0, 1, 28, 29, 30, 31, 1000] {
        let name = "\u{e4}".repeat(len / 2) + &"x".repeat(len % 2);
        let field = Field::of(&name, DataType::Null, true).expect("memory");
        assert_eq!(field.name(), name);
        assert_eq!(field.name_bytes(), name.as_bytes());
    }
    let field = Field::of("a\0b", DataType::Null, false).expect("memory");
    assert_eq!(field.name(), "a\0b");
    assert_eq!(
        field.text_with_nul().expect("memory"),
        b"a\\0b: null not null\0"
    );
}

#[test]
fn control_characters_in_names_are_escaped() {
    let text = |name: &str| {
        let field = Field::of(name, DataType::Null, true).expect("memory");
        let parent = reference(DataType::Struct(vec![field.clone()]));
        assert_eq!(parent.to_string(), format!("struct<{field}>"));
        field.to_string()
    };
    assert_eq!(text("a\nb: int32"), "a\\nb: int32: null");
    assert_eq!(text("\u{1b}[31m\u{7f}"), "\\u{1b}[31m\\u{7f}: null");
    assert_eq!(
        text("\u{e4} \"q\" 'q' \\ \u{20ac}"),
        "\u{e4} \"q\" 'q' \\ \u{20ac}: null"
    );
    let zone = Text::try_from_str("U\nTC").expect("memory");
    let zoned = reference(DataType::Timestamp(TimeUnit::Second, Some(zone)));
    assert_eq!(zoned.to_string(), "timestamp[s, tz=U\\nTC]");
}

#[test]
fn wide_schemas_stay_small() {
    // What a column costs in memory, besides its name if that is long.
    assert!(size_of::<Field>() <= 72, "{}", size_of::<Field>());
    assert!(
        size_of::<CheckedType>() <= 160,
        "{}",
        size_of::<CheckedType>()
    );
}

#[test]
fn descriptions_are_made_from_their_parameters() {
    let decimal = |width, precision| DataType::decimal(width, precision, -2);
    let made = reference(decimal(128, 38).expect("in range"));
    assert_eq!(
        (made.precision(), made.scale(), made.bit_width()),
        (Some(38), Some(-2), Some(128))
    );
    for (width, precision) in [(128, 0), (128, 39), (128, 294), (128, -1), (16, 1)] {
        let refused = decimal(width, precision).expect_err("out of range");
        assert_eq!(refused.kind(), ErrorKind::InvalidArgument);
    }
    let field = |name, nullable| Field::of(name, DataType::Int8, nullable).expect("memory");
    let fields = |count| (0..count).map(|_| field("x", true)).collect::<Vec<_>>();
    let union = DataType::union(UnionMode::Dense, fields(128), None).expect("room");
    assert_eq!(
        reference(union)
            .union_ids()
            .and_then(|ids| ids.last().copied()),
        Some(127)
    );
    let refused = DataType::union(UnionMode::Dense, fields(129), None).expect_err("no room");
    assert_eq!(refused.kind(), ErrorKind::InvalidArgument);
    let map = DataType::map_of(field("key", false), field("value", true), true);
    let map = reference(map.expect("memory"));
    assert!(map.has_sorted_keys());
    assert_eq!(map.to_string(), "map<int8, int8, keys_sorted>");
}

#[test]
fn names_are_found_in_narrow_and_wide_schemas() {
    for width in [0, 3, 16, 17, 1000] {
        let fields = (0..width)
            .map(|index| Field::of(&format!("f{}", index % 7), DataType::Int8, true).expect("ok"))
            .collect::<Vec<_>>();
        let schema = Schema::try_new(fields, Metadata::new()).expect("memory");
        for name in ["f0", "f3", "f6", "f7", "", "g"] {
            let all = (0..width).filter(|index| format!("f{}", index % 7) == name);
            let all = all.collect::<Vec<usize>>();
            assert_eq!(schema.count(name), all.len());
            for from in [0, 1, 6, 7, 8, 500, 999, 1000, 2000, usize::MAX] {
                let expected = all.iter().find(|index| **index >= from);
                assert_eq!(schema.find(name, from), expected.copied(), "{name} {from}");
            }
        }
    }
}

#[test]
fn extensions_are_metadata() {
    let mut metadata = Metadata::new();
    for (key, value) in [
        (EXTENSION_NAME, &b"arrow.uuid"[..]),
        (EXTENSION_METADATA, b""),
    ] {
        metadata.append(key, value).expect("memory");
    }
    let plain = Field::of("id", DataType::FixedSizeBinary(16), true).expect("memory");
    let uuid = plain.with_metadata(metadata).expect("memory");
    assert_eq!(uuid.extension_name(), Some(&b"arrow.uuid"[..]));
    assert_eq!(uuid.extension_metadata(), Some(&b""[..]));
    assert_eq!(
        (plain.extension_name(), plain.extension_metadata()),
        (None, None)
    );
    assert!(uuid.equals(&plain, false) && !uuid.equals(&plain, true));
}

#[test]
fn names_of_items_have_no_meaning_but_names_of_children_do() {
    let field = |name, nullable| Field::of(name, DataType::Int8, nullable).expect("memory");
    let list = |name, nullable| reference(DataType::List(field(name, nullable)));
    assert!(list("item", true).equals(&list("element", true), true));
    assert!(!list("item", true).equals(&list("item", false), false));
    let pair = |name| reference(DataType::Struct(vec![field(name, true)]));
    assert!(!pair("a").equals(&pair("b"), false));
    let dictionary = |value: TypeRef, index| {
        reference(DataType::Dictionary(DictionaryType {
            index: reference(index),
            value,
            ordered: false,
        }))
    };
    let one = dictionary(list("a", true), DataType::Int8);
    assert!(one.equals(&dictionary(list("b", true), DataType::Int8), true));
    assert!(!one.equals(&dictionary(list("b", true), DataType::UInt8), true));
    assert!(!one.equals(&dictionary(pair("b"), DataType::Int8), true));
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
