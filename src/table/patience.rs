//! The **patience** with one table: after a hundred thousand errors its other rows are not looked
//! at. Whoever corrects these does not read more of them, and a table that is wrong everywhere is
//! told in seconds.
//!
//! Not in here: how many problems of a kind are kept (`diagnostic`).

use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;

use super::Table;

/// Errors after which a table is not read on.
const ERRORS: usize = 100_000;

/// How many errors there were before a table was read.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    before: usize,
}

impl Patience {
    /// With the table that is read next.
    pub fn new(diagnostics: &Diagnostics) -> Self {
        Self { before: diagnostics.errors() }
    }

    /// Is `table` not to be read from its data row `row` (from 0) on? That is reported.
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
