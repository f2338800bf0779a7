//! **Facets**: by which results are narrowed and sorted, as numbers of each document.
//!
//! Not in here: the names that the numbers stand for (`corpus::Label`), and how often each is
//! found, which the client counts.

use super::document::{Document, DocumentKind};
use super::postings::add_number;

/// One column after the other: year, department, rating, kind, topics, and so many facets of the
/// site's own. Labels count from 1, 0 is none.
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

/// How many documents each result has, one after the other: the years of a measure, the rows of a
/// dataset.
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

/// The fiscal year; 0 is none.
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

fn number(label: Option<usize>) -> u32 {
    label.map_or(0, |index| index as u32 + 1)
}
