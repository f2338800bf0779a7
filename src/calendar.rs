//! The **calendar** of Japanese administration: dates in eras and in ISO 8601, and fiscal years.
//!
//! A [`Date`] is a day of the proleptic Gregorian calendar. A [`FiscalYear`] (年度) begins on 1
//! April of the year after which it is named. Eras change on a certain day, not at New Year: 平成
//! ended on 2019-04-30.
//!
//! Not in here: the clock. A build does not use the current date.

mod date;
mod era;
mod fiscal_year;
mod numerals;

pub use date::{Date, DateProblem};
pub use era::{ERAS, Era};
pub use fiscal_year::{FiscalYear, FiscalYearProblem};
