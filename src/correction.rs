//! The **correction** sheet: a report as a page, which shows the tables as their clerk knows them,
//! with the faulty cells marked, what to do beside them, and an explanation of each rule below.
//! Or as copies of the tables, marked in the same way.
//!
//! Not in here: reports for terminals and programs (`report`).

mod explained;
#[cfg(feature = "excel")]
mod marked;
mod page;
mod problems;
mod rows;
mod sheet;
mod style;

#[cfg(feature = "excel")]
pub use marked::marked;
pub use page::page;

/// `text` within HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
