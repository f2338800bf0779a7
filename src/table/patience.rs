//! The **patience** with one table: after a hundred thousand errors, its remaining rows are not
//! checked. More errors would not help anybody, and a table that is wrong everywhere is reported
//! within seconds.
//!
//! Not in here: the number of problems of a kind that are kept (`diagnostic`).

use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;

use super::Table;

/// Number of errors after which a table is not read on.
const ERRORS: usize = 100_000;

/// The number of errors before a table was read.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    before: usize,
}

impl Patience {
    /// Starts counting for the table that is read next.
    pub fn new(diagnostics: &Diagnostics) -> Self {
        Self { before: diagnostics.errors() }
    }

    /// Should `table` not be read from its record `row` (from 0) on? If so, this is reported.
    pub fn is_over(self, table: &Table, row: usize, diagnostics: &mut Diagnostics) -> bool {
        if diagnostics.errors() - self.before < ERRORS {
            return false;
        }
        let number = table.row_number(row);
        let problem = Diagnostic::new(
            &diagnostic::TABLE_TOO_LARGE,
            table.row_place(row),
            message!(
                ja: "誤りが{ERRORS}件以上あるため、{number}行目から下は確認していません",
                en: "there are {ERRORS} errors or more, so the rows from row {number} on were not checked",
            ),
        );
        diagnostics.push(problem.with_help(message!(
            ja: "見つかった誤りを直してから、もう一度実行してください",
            en: "correct those that were found, then run this again",
        )));
        true
    }
}
