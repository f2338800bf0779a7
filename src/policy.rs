//! The **policy** module holds the typed domain of operating policies: departments, topics,
//! policies with their measures and results, indicators, budgets, and the words around them.
//!
//! A policy (運営方針) is one department's plan for one fiscal year; a measure (施策) belongs to one.
//! TOML files and table rows are two spellings of one model: both are first read as
//! written pieces, then assembled.
//!
//! Not in here: datasets (`dataset`), rules over the whole site (`check`), pages.

mod assemble;
mod broken;
mod columns;
mod department;
mod domain;
mod figures;
mod measure;
mod redirect;
mod tables;
mod toml;
mod topic;
mod written;

pub use columns::{BUDGETS, DEPARTMENTS, INDICATORS, MEASURES, POLICIES, REDIRECTS, TOPICS};
pub use department::Department;
pub use domain::{Domain, read};
pub use figures::{Better, Budget, IndicatorYear};
pub use measure::{Measure, MeasureResult, Policy};
pub use redirect::Redirect;
pub use topic::Topic;
