//! A **field** (独自の項目) is what the sheets of one city hold beyond the common model: a text, a
//! figure, an assessment with its reason. `content/fields.toml` declares it once; every stage
//! derives what it needs from the declaration: columns of the tables that are read
//! ([`Field::columns`]), values ([`FieldValues`]), pages, search, published columns.
//!
//! Not in here: how values are shown (`html`), and the columns that are published (`site`).

mod cells;
mod declaration;
mod declared;
mod keys;
mod named;
mod reserved;
mod values;

pub(super) use cells::read as read_cells;
pub(super) use declaration::read;
pub use declaration::shape as fields_shape;
pub use declared::{Choice, DeclaredFields, Field, FieldColumn, FieldPlace, FieldType, Of};
pub(super) use keys::read as read_keys;
pub use named::Named;
pub use reserved::published;
pub use values::{FieldContent, FieldValue, FieldValues};
