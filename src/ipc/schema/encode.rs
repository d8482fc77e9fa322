//! Schemas to metadata.

use super::types::{encode_int, encode_type};
use crate::alloc::{VecExt, vec_with_capacity};
use crate::err;
use crate::error::Result;
use crate::ipc::format::generated as fb;
use crate::ipc::format::{Builder, Offset};
use crate::schema::{DataType, Endianness, Field, Metadata, Schema};

/// Write key and value pairs.
fn encode_pairs(builder: &mut Builder, metadata: &Metadata) -> Result<Offset> {
    let mut pairs = vec_with_capacity(metadata.len())?;
    for pair in metadata {
        let value = builder.bytes(&pair.value)?;
        let key = builder.bytes(&pair.key)?;
        builder.start_table();
        builder.add_offset(fb::KeyValue::VT_VALUE, value)?;
        builder.add_offset(fb::KeyValue::VT_KEY, key)?;
        pairs.try_push(builder.end_table()?)?;
    }
    builder.offsets(&pairs)
}

/// Pairs, or nothing when there are none.
pub fn encode_some_pairs(builder: &mut Builder, metadata: &Metadata) -> Result<Option<Offset>> {
    if metadata.is_empty() {
        return Ok(None);
    }
    encode_pairs(builder, metadata).map(Some)
}

/// Write a schema as a whole message.
pub fn schema_message(builder: &mut Builder, schema: &Schema) -> Result<()> {
    builder.clear();
    let header = encode_schema(builder, schema)?;
    builder.start_table();
    builder.add_i64(fb::Message::VT_BODY_LENGTH, 0)?;
    builder.add_union(fb::Message::VT_HEADER, fb::MessageHeader::Schema.0, header)?;
    builder.add_i16(fb::Message::VT_VERSION, fb::MetadataVersion::V5.0)?;
    let root = builder.end_table()?;
    builder.finish(root)
}

/// Write a schema.
pub fn encode_schema(builder: &mut Builder, schema: &Schema) -> Result<Offset> {
    let metadata = encode_some_pairs(builder, schema.metadata())?;
    let mut fields = vec_with_capacity(schema.len())?;
    let mut next_id = 0;
    for field in schema.fields() {
        fields.try_push(encode_field(builder, field, &mut next_id)?)?;
    }
    let fields = builder.offsets(&fields)?;
    builder.start_table();
    builder.add_some(fb::Schema::VT_CUSTOM_METADATA, metadata)?;
    builder.add_offset(fb::Schema::VT_FIELDS, fields)?;
    let order = match schema.endianness() {
        Endianness::Little => fb::Endianness::Little,
        Endianness::Big => fb::Endianness::Big,
    };
    builder.add_i16(fb::Schema::VT_ENDIANNESS, order.0)?;
    builder.end_table()
}

/// A field whose children are being written.
struct Open<'a> {
    field: &'a Field,
    children: Vec<Offset>,
}

impl<'a> Open<'a> {
    fn new(field: &'a Field) -> Result<Open<'a>> {
        Ok(Open {
            field,
            children: vec_with_capacity(shown(field.data_type()).num_children())?,
        })
    }
}

/// The type that a field shows in a schema: behind indices, that of the values.
fn shown(type_: &DataType) -> &DataType {
    match type_ {
        DataType::Dictionary(dictionary) => &dictionary.value,
        type_ => type_,
    }
}

/// Write a field, children first, without recursion.
fn encode_field(builder: &mut Builder, root: &Field, next_id: &mut i64) -> Result<Offset> {
    let mut open = Vec::new();
    open.try_push(Open::new(root)?)?;
    loop {
        let Some(current) = open.last_mut() else {
            return Err(err!(Internal, "a field without a root"));
        };
        if let Some(child) = shown(current.field.data_type()).child(current.children.len()) {
            let child = Open::new(child)?;
            open.try_push(child)?;
            continue;
        }
        let field = finish(builder, current, next_id)?;
        open.pop();
        match open.last_mut() {
            Some(parent) => parent.children.try_push(field)?,
            None => return Ok(field),
        }
    }
}

fn finish(builder: &mut Builder, open: &Open<'_>, next_id: &mut i64) -> Result<Offset> {
    let field = open.field;
    let metadata = encode_some_pairs(builder, field.metadata())?;
    // Readers of old refuse a field without the list.
    let children = builder.offsets(&open.children)?;
    let dictionary = match field.data_type() {
        DataType::Dictionary(dictionary) => {
            let index = encode_int(builder, &dictionary.index)?;
            builder.start_table();
            builder.add_i64(fb::DictionaryEncoding::VT_ID, *next_id)?;
            builder.add_offset(fb::DictionaryEncoding::VT_INDEX_TYPE, index)?;
            builder.add_bool(fb::DictionaryEncoding::VT_IS_ORDERED, dictionary.ordered)?;
            *next_id = next_id.saturating_add(1);
            Some(builder.end_table()?)
        }
        _ => None,
    };
    let (code, type_) = encode_type(builder, field.data_type())?;
    let name = builder.bytes(field.name().as_bytes())?;
    builder.start_table();
    builder.add_some(fb::Field::VT_CUSTOM_METADATA, metadata)?;
    builder.add_offset(fb::Field::VT_CHILDREN, children)?;
    builder.add_some(fb::Field::VT_DICTIONARY, dictionary)?;
    builder.add_union(fb::Field::VT_TYPE_, code, type_)?;
    builder.add_offset(fb::Field::VT_NAME, name)?;
    builder.add_bool(fb::Field::VT_NULLABLE, field.is_nullable())?;
    builder.end_table()
}
