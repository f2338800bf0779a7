//! **Facets**: by which results are narrowed and sorted, as numbers of each document.
//!
//! Not in here: the names that the numbers stand for (`corpus::Label`), and how often each is found, which the client
//! counts.

use super::document::{Document, Kind};
use super::postings::add_number;

/// One column after the other: year, department, rating, kind, topics. Labels count from 1, 0 is none.
pub(super) fn facets(documents: &[Document]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let columns: [fn(&Document) -> u32; 4] = [year, department, rating, kind];
    for column in columns {
        for document in documents {
            add_number(&mut bytes, column(document));
        }
    }
    for document in documents {
        add_number(&mut bytes, document.topics.len() as u32);
        for &topic in &document.topics {
            add_number(&mut bytes, number(Some(topic)));
        }
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
    number(Kind::ALL.iter().position(|(kind, _)| *kind == document.kind))
}

fn number(label: Option<usize>) -> u32 {
    label.map_or(0, |index| index as u32 + 1)
}
