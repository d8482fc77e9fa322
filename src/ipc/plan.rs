//! A schema compiled for reading and writing: which field nodes and buffers of a message belong to which column.
//!
//! Messages list nodes and buffers of all columns in one row, depth first, so without a plan the last column of a wide
//! schema could only be found by walking all others. Two things depend on the message and are added when a column is
//! looked up: view columns have as many buffers as the message says, and version 4 of the format gives every union one
//! buffer more.

use crate::alloc::{Text, VecExt, vec_with_capacity};
use crate::err;
use crate::error::{Error, Result, Value};
use crate::schema::{DataType, Field, Schema, TypeRef};
use std::fmt::Write as _;

/// One column's place in the messages of a schema.
#[derive(Clone, Debug)]
pub struct ColumnPlan {
    /// Its type.
    pub type_: TypeRef,
    /// Its first field node.
    pub first_node: usize,
    /// Its first buffer, without what the next two add.
    pub first_buffer: usize,
    /// Unions in the columns before, each with a validity bitmap in version 4.
    pub unions_before: usize,
    /// View arrays in the columns before, each with the buffers that its variadic count says.
    pub views_before: usize,
    /// Whether there are arrays of the type.
    pub supported: bool,
}

/// All columns of a schema.
#[derive(Debug)]
pub struct Plan {
    columns: Vec<ColumnPlan>,
    counts: Counts,
}

/// What a part of a schema adds to a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Field nodes.
    pub nodes: usize,
    /// Buffers, without variadic ones.
    pub buffers: usize,
    /// Unions.
    pub unions: usize,
    /// View arrays.
    pub views: usize,
}

impl Plan {
    /// Compile a schema.
    pub fn new(schema: &Schema, max_nesting: usize) -> Result<Plan> {
        let mut columns = vec_with_capacity(schema.fields().len())?;
        let mut counts = Counts::default();
        for field in schema.fields() {
            columns.try_push(ColumnPlan {
                type_: field.type_ref().clone(),
                first_node: counts.nodes,
                first_buffer: counts.buffers,
                unions_before: counts.unions,
                views_before: counts.views,
                supported: is_supported(field.data_type()),
            })?;
            count(field, &mut counts, max_nesting)?;
        }
        Ok(Plan { columns, counts })
    }

    /// Field nodes of a message.
    pub fn num_nodes(&self) -> usize {
        self.counts.nodes
    }

    /// A column.
    pub fn column(&self, index: usize) -> Result<&ColumnPlan> {
        match self.columns.get(index) {
            Some(column) => Ok(column),
            None => Err(err!(
                OutOfRange,
                "column {} of a schema with {} fields",
                index,
                self.columns.len()
            )),
        }
    }

    /// What a batch adds to a message, if all columns can be written.
    pub fn writable(&self, schema: &Schema) -> Result<Counts> {
        for (column, field) in self.columns.iter().zip(schema.fields()) {
            column
                .check()
                .map_err(|error| error.context("field {}", [Value::quoted(field.name())]))?;
        }
        Ok(self.counts)
    }
}

impl ColumnPlan {
    /// Refuse types without arrays.
    pub fn check(&self) -> Result<()> {
        if self.supported {
            return Ok(());
        }
        let mut name = Text::new();
        match write!(name, "{}", *self.type_) {
            Ok(()) => Err(err!(
                Unsupported,
                "there are no arrays of type {} yet",
                name
            )),
            Err(_) => Err(Error::OUT_OF_MEMORY),
        }
    }
}

/// Whether there are arrays of a type.
fn is_supported(type_: &DataType) -> bool {
    !type_.is_nested() && !type_.is_variadic() && !matches!(type_, DataType::Dictionary(_))
}

/// Add what a column has, its children included.
fn count(field: &Field, counts: &mut Counts, max_nesting: usize) -> Result<()> {
    let mut open: Vec<(&DataType, usize)> = Vec::new();
    let mut next = Some(field.data_type());
    loop {
        if let Some(type_) = next.take() {
            counts.add(type_);
            if type_.num_children() > 0 {
                if open.len().saturating_add(1) >= max_nesting {
                    return Err(super::too_deep(max_nesting));
                }
                open.try_push((type_, 0))?;
            }
        }
        let Some((parent, child)) = open.last_mut() else {
            return Ok(());
        };
        next = parent.child(*child).map(|field| field.data_type());
        *child = child.saturating_add(1);
        if next.is_none() {
            open.pop();
        }
    }
}

impl Counts {
    /// Count one array of a type, without its children.
    fn add(&mut self, type_: &DataType) {
        self.nodes = self.nodes.saturating_add(1);
        self.buffers = self.buffers.saturating_add(type_.buffers().len());
        if matches!(type_, DataType::Union(_)) {
            self.unions = self.unions.saturating_add(1);
        }
        if type_.is_variadic() {
            self.views = self.views.saturating_add(1);
        }
    }
}
