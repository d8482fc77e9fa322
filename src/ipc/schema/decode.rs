//! Metadata to schemas.

use super::types::{decode_index_type, decode_type};
use crate::alloc::{Text, VecExt, vec_with_capacity};
use crate::err;
use crate::error::{Error, ErrorKind, Result, Value};
use crate::ipc::format::Table;
use crate::ipc::format::generated as fb;
use crate::ipc::format::table::Tables;
use crate::ipc::too_deep;
use crate::schema::{
    DataType, DictionaryType, Endianness, Field, FieldRef, Metadata, Schema, SchemaRef,
};
use std::fmt::Write as _;

/// Read key and value pairs; an absent key or value is empty.
pub fn decode_pairs(tables: Tables<'_>) -> Result<Metadata> {
    let mut metadata = Metadata::default();
    for table in tables {
        let table = table?;
        let key = table.bytes(fb::KeyValue::VT_KEY, 1)?.unwrap_or_default();
        let value = table.bytes(fb::KeyValue::VT_VALUE, 1)?.unwrap_or_default();
        metadata.append(key, value)?;
    }
    Ok(metadata)
}

/// Read a schema.
pub fn decode_schema(table: &Table<'_>, max_nesting: usize) -> Result<SchemaRef> {
    let order = match fb::Endianness(table.i16_or(fb::Schema::VT_ENDIANNESS, 0)?) {
        fb::Endianness::Little => Endianness::Little,
        fb::Endianness::Big => Endianness::Big,
        other => return Err(err!(Corrupt, "byte order number {}", other.0)),
    };
    if table.vector(fb::Schema::VT_FIELDS, 4)?.is_none() {
        return Err(err!(Corrupt, "a schema without a list of fields"));
    }
    let tables = table.tables(fb::Schema::VT_FIELDS)?;
    let mut fields = vec_with_capacity(tables.len())?;
    for table in tables {
        fields.try_push(decode_field(table?, max_nesting)?)?;
    }
    let metadata = decode_pairs(table.tables(fb::Schema::VT_CUSTOM_METADATA)?)?;
    Schema::try_share(fields, metadata.into_ref()?, order).map_err(corrupt)
}

/// What the schema's own constructors refuse is a fault of the input here.
#[cold]
pub(crate) fn corrupt(error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidArgument {
        return error;
    }
    let mut text = Text::new();
    match write!(text, "{error}") {
        Ok(()) => err!(Corrupt, "{}", text),
        Err(_) => Error::OUT_OF_MEMORY,
    }
}

/// A field whose children are being read.
struct Open<'a> {
    table: Table<'a>,
    left: Tables<'a>,
    children: Vec<FieldRef>,
}

impl<'a> Open<'a> {
    fn new(table: Table<'a>) -> Result<Open<'a>> {
        let left = table.tables(fb::Field::VT_CHILDREN)?;
        Ok(Open {
            table,
            children: vec_with_capacity(left.len())?,
            left,
        })
    }
}

/// Read a field, children first, without recursion.
fn decode_field(root: Table<'_>, max_nesting: usize) -> Result<FieldRef> {
    let mut open = Vec::new();
    open.try_push(Open::new(root)?)?;
    loop {
        let depth = open.len();
        let Some(current) = open.last_mut() else {
            return Err(err!(Internal, "a field without a root"));
        };
        if let Some(child) = current.left.next() {
            if depth >= max_nesting {
                return Err(too_deep(max_nesting));
            }
            open.try_push(Open::new(child?)?)?;
            continue;
        }
        let Some(done) = open.pop() else {
            return Err(err!(Internal, "a field without a root"));
        };
        let field = finish(done)?;
        match open.last_mut() {
            Some(parent) => parent.children.try_push(field)?,
            None => return Ok(field),
        }
    }
}

fn finish(open: Open<'_>) -> Result<FieldRef> {
    let name = open.table.text(fb::Field::VT_NAME)?.unwrap_or_default();
    make(&open.table, name, open.children)
        .map_err(|error| corrupt(error).context("field {}", [Value::quoted(name)]))
}

fn make(table: &Table<'_>, name: &str, children: Vec<FieldRef>) -> Result<FieldRef> {
    let code = table.union_code(fb::Field::VT_TYPE_)?;
    let Some(parameters) = table.table(fb::Field::VT_TYPE_)? else {
        return Err(err!(Corrupt, "no type"));
    };
    let mut type_ = decode_type(code, &parameters, children)?.into_ref()?;
    if let Some(encoding) = table.table(fb::Field::VT_DICTIONARY)? {
        let kind = encoding.i16_or(fb::DictionaryEncoding::VT_KIND, 0)?;
        if kind != fb::DictionaryKind::DenseArray.0 {
            return Err(err!(Unsupported, "a dictionary of unknown kind {}", kind));
        }
        let index = decode_index_type(encoding.table(fb::DictionaryEncoding::VT_INDEX_TYPE)?)?;
        let dictionary = DictionaryType {
            index: index.into_ref()?,
            value: type_,
            ordered: encoding.bool(fb::DictionaryEncoding::VT_IS_ORDERED)?,
        };
        type_ = DataType::Dictionary(dictionary).into_ref()?;
    }
    let nullable = table.bool(fb::Field::VT_NULLABLE)?;
    let metadata = decode_pairs(table.tables(fb::Field::VT_CUSTOM_METADATA)?)?;
    Field::try_new(name, type_, nullable, metadata)
}
