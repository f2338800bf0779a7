//! Kawaraban turns a folder of TOML, CSV and Excel content into a static open-data site.
//!
//! Data flows one way, from `source` to `publish`; ARCHITECTURE.md tells the layers, and
//! `tests/architecture` holds them.

// Layer 0: values
pub mod artifact;
pub mod diagnostic;
pub mod text;
// Layer 1: the two doors to the disk, dates, Markdown
pub mod calendar;
pub mod markdown;
pub mod publish;
pub mod source;
// Layer 2: TOML with places; areas of maps; diagnostics as text
pub mod document;
pub mod map;
pub mod report;
// Layer 3: the site's settings and looks; tables with the place of each cell
pub mod config;
pub mod table;
pub mod theme;
// Layer 4: the city's own sheets as tables
pub mod form;
// Layer 5: the typed domain
pub mod accessibility;
pub mod dataset;
pub mod policy;
// Layer 6: everything assembled once
pub mod site;
// Layer 7: siblings that never import each other
pub mod catalog;
pub mod check;
pub mod correction;
pub mod html;
pub mod picture;
pub mod search;
pub mod starter;
// Layer 8: the stages, in order; one table over the sites of many cities
#[cfg(feature = "lake")]
pub mod lake;
pub mod pipeline;
// Layer 9: the preview
pub mod serve;
// Layer 10: flags to a request
pub mod cli;
