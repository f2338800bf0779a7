//! The **policy** module holds the domain of operating policies: departments, topics, policies with
//! their measures and results, indicators, budgets, synonyms and redirects.
//!
//! A policy (運営方針) is the plan of one department for one fiscal year; a measure (施策) belongs
//! to one policy. TOML files and tables are two notations of the same model: both are first read as
//! written pieces (`written`), then assembled.
//!
//! Not in here: datasets (`dataset`), rules that concern the whole site (`check`), and pages
//! (`html`).

mod assemble;
mod broken;
mod columns;
mod data_theme;
mod department;
mod domain;
mod field;
mod figures;
mod measure;
mod plan;
mod redirect;
mod tables;
mod toml;
mod topic;
mod written;

pub use columns::{
    ADDRESSES, BUDGETS, DEPARTMENTS, INDICATORS, MEASURES, PLAN, PLAN_INDICATORS, POLICIES,
    REDIRECTS, TOPICS,
};
pub use data_theme::DataTheme;
pub use department::Department;
pub use domain::{Domain, read};
pub use field::{
    Choice, DeclaredFields, Field, FieldContent, FieldPlace, FieldType, FieldValue, FieldValues,
    Named, Of, fields_shape, published,
};
pub use figures::{Better, Budget, IndicatorAbout, IndicatorYear};
pub use measure::{Measure, MeasureResult, Policy};
pub use plan::PlanNode;
pub use redirect::{PublishedAddress, Redirect};
pub use toml::shape;
pub use topic::Topic;

pub use crate::table::Status;
