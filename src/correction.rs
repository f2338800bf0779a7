//! The **correction** sheet: a report as a page, which shows the tables as their clerk knows them,
//! with the faulty cells marked and what to do beside them.
//!
//! Not in here: reports for terminals and programs (`report`).

mod page;
mod problems;
mod rows;
mod sheet;
mod style;

pub use page::page;

/// `text` within HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
