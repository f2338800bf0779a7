//! The **calendar** of Japanese administration: dates in eras and in ISO 8601, and fiscal years.
//!
//! A [`Date`] is a day of the proleptic Gregorian calendar; a [`FiscalYear`] (年度) begins on 1 April
//! of the year that names it. Eras change on a day, not at New Year: 平成 ends on 2019-04-30.
//!
//! Not in here: the clock. A build knows no today.

mod date;
mod era;
mod fiscal_year;
mod numerals;

pub use date::{Date, DateProblem};
pub use era::{ERAS, Era};
pub use fiscal_year::{FiscalYear, FiscalYearProblem};
