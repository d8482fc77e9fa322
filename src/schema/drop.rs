//! How types end: in a loop, since a tree may end on a thread with a small stack.

use super::walk::Stack;
use super::{CheckedType, DataType, FieldRef, TypeRef};
use crate::alloc::TryArc;

/// What a type that ended held and what may therefore end too.
enum Held {
    Fields(Vec<FieldRef>),
    Pair(Option<FieldRef>, Option<FieldRef>),
    Type(Option<TypeRef>),
}

impl Held {
    fn by(data_type: DataType) -> Held {
        match data_type {
            DataType::List(field)
            | DataType::LargeList(field)
            | DataType::ListView(field)
            | DataType::LargeListView(field)
            | DataType::FixedSizeList(field, _)
            | DataType::Map { entries: field, .. } => Held::Pair(Some(field), None),
            DataType::RunEndEncoded { run_ends, values } => {
                Held::Pair(Some(run_ends), Some(values))
            }
            DataType::Struct(fields) => Held::Fields(fields),
            DataType::Union(union) => Held::Fields(union.fields),
            DataType::Dictionary(dictionary) => Held::Type(Some(dictionary.value)),
            _ => Held::Type(None),
        }
    }

    fn next(&mut self) -> Option<Next> {
        match self {
            Held::Fields(fields) => fields.pop().map(Next::Field),
            Held::Pair(first, second) => first.take().or_else(|| second.take()).map(Next::Field),
            Held::Type(data_type) => data_type.take().map(Next::Type),
        }
    }
}

enum Next {
    Field(FieldRef),
    Type(TypeRef),
}

/// Types end in a loop: a tree may end on a thread with a small stack.
impl Drop for CheckedType {
    fn drop(&mut self) {
        if self.depth == 1 {
            return;
        }
        let mut stack = Stack::new();
        stack.push(Held::by(std::mem::replace(
            &mut self.data_type,
            DataType::Null,
        )));
        while let Some(top) = stack.top() {
            let ended = match top.next() {
                None => {
                    stack.pop();
                    continue;
                }
                Some(Next::Type(data_type)) => TryArc::into_inner(data_type),
                Some(Next::Field(field)) => {
                    let field = TryArc::into_inner(field);
                    field.and_then(|field| TryArc::into_inner(field.into_type()))
                }
            };
            if let Some(mut ended) = ended
                && ended.depth > 1
            {
                ended.depth = 1;
                let data_type = std::mem::replace(&mut ended.data_type, DataType::Null);
                stack.push(Held::by(data_type));
            }
        }
    }
}
