//! The name of a type in an error message, cut where a hostile type would make it long.
#![forbid(unsafe_code)]

use crate::alloc::Text;
use crate::error::Value;
use crate::schema::DataType;
use std::fmt::{self, Write};

/// Longer names are cut.
const MAX_BYTES: usize = 120;

/// Takes text up to a length and refuses the rest.
struct Short(Text);

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = MAX_BYTES.saturating_sub(self.0.as_bytes().len());
        if text.len() <= room {
            return self.0.write_str(text);
        }
        let end = (0..=room).rev().find(|end| text.is_char_boundary(*end));
        let kept = text.get(..end.unwrap_or_default()).unwrap_or_default();
        self.0.write_str(kept)?;
        self.0.write_str("...")?;
        Err(fmt::Error)
    }
}

/// The name of a type; a mark when there is no memory for it.
#[cold]
pub(crate) fn type_name(data_type: &DataType) -> Value {
    let mut short = Short(Text::new());
    // An error means that the name was cut, or that memory ran out: what is there is what is shown.
    let _ = write!(short, "{data_type}");
    if short.0.is_empty() {
        return Value::Static("?");
    }
    Value::Text(short.0)
}
