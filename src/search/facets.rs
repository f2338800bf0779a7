//! **Facets** are what results are filtered and sorted by, stored as numbers of each document.
//!
//! Not in here: the names behind the numbers (`label`), and the number of results of each, which
//! the client counts.

use super::document::{Document, DocumentKind};
use super::postings::add_number;

/// The facets of all documents as variable-length numbers, column by column: year, department,
/// rating, kind, topics, then the `own` facets of the site. Labels count from 1; 0 is none. A
/// column that allows several labels has their number before them.
pub(super) fn facets(documents: &[Document], own: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let columns: [fn(&Document) -> u32; 4] = [year, department, rating, kind];
    for column in columns {
        for document in documents {
            add_number(&mut bytes, column(document));
        }
    }
    let mut several = |labels: &[usize]| {
        add_number(&mut bytes, labels.len() as u32);
        for &label in labels {
            add_number(&mut bytes, number(Some(label)));
        }
    };
    for document in documents {
        several(&document.topics);
    }
    for facet in 0..own {
        for document in documents {
            several(document.own.get(facet).map(Vec::as_slice).unwrap_or_default());
        }
    }
    bytes
}

/// The number of documents of each result, in order: the years of a measure, the rows of a dataset.
pub(super) fn groups(documents: &[Document]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for group in documents.chunk_by(|_, next| next.joins) {
        add_number(&mut bytes, group.len() as u32);
    }
    bytes
}

/// Each document's budget, in the site's unit.
pub(super) fn budgets(documents: &[Document]) -> Vec<Option<f64>> {
    documents.iter().map(|document| document.budget).collect()
}

/// The fiscal year; 0 where the document has none.
pub(super) fn year(document: &Document) -> u32 {
    document.fiscal_year.and_then(|year| u32::try_from(year).ok()).unwrap_or(0)
}

/// Number of the department.
pub(super) fn department(document: &Document) -> u32 {
    number(document.department)
}

/// Number of the rating.
pub(super) fn rating(document: &Document) -> u32 {
    number(document.rating)
}

/// Number of the kind.
pub(super) fn kind(document: &Document) -> u32 {
    number(DocumentKind::ALL.iter().position(|(kind, _)| *kind == document.kind))
}

/// Index of a label to its number, which counts from 1; 0 is none.
fn number(label: Option<usize>) -> u32 {
    label.map_or(0, |index| index as u32 + 1)
}
