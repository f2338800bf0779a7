//! What is on a worksheet and was **not read**: reported once a label, so that nothing is lost by
//! oversight.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::form::common::CommonTexts;
use crate::form::coverage::Coverage;
use crate::form::definition::Form;
use crate::table::{matching_form, shortened};

use super::{FormPage, Reading};

/// Adds to `coverage` what was not read of a worksheet: texts on most worksheets as labels, and
/// other texts as stray cells. The text after a private or an unread label is passed over.
pub(super) fn note(
    form: &Form,
    reading: &Reading<'_>,
    known: &BTreeSet<String>,
    common: &CommonTexts,
    coverage: &mut Coverage,
) {
    let private: BTreeSet<String> =
        form.private.iter().map(|label| matching_form(&label.value)).collect();
    let view = &reading.page.view;
    let mut row = 0;
    // Is the next text that of a private or an unread label? Then it is not noted itself.
    let mut covered = false;
    let mut labels: BTreeSet<Arc<str>> = BTreeSet::new();
    for cell in &view.cells {
        if cell.row != row {
            row = cell.row;
            covered = false;
        }
        if private.contains(&*cell.form) {
            covered = true;
        } else if reading.seen.contains(&cell.address()) || known.contains(&*cell.form) || covered {
            covered = false;
        } else if common.is_common(&cell.form) || common.is_alone() {
            labels.insert(shortened(view.text(cell.address())).into());
            covered = true;
        } else {
            coverage.stray.push(view.place(cell.address()));
        }
    }
    for label in labels {
        *coverage.unread.entry(label).or_default() += 1;
    }
}

/// The number of private labels that are on any of the worksheets.
pub(super) fn private_found(form: &Form, pages: &[FormPage]) -> usize {
    let found = |label: &str| {
        let label = matching_form(label);
        pages.iter().any(|page| page.view.has(&label))
    };
    form.private.iter().filter(|label| found(&label.value)).count()
}
