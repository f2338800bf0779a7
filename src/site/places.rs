//! The **pages by place**: which page shows what is written at a place of the content, for a person
//! who reads of a problem there.
//!
//! Not in here: the places of published facts (`sources`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Place, Position, Provenance};

use super::{Site, file_paths};

/// A position within a file or worksheet: the row of a table, or the byte of a text.
type PlacePosition = u64;

/// Rows of tables: file, worksheet, and number.
type WantedRows<'d> = BTreeSet<(&'d str, Option<&'d str>, u32)>;

/// The pages that show the content of each file and worksheet.
#[derive(Clone, Debug, Default)]
pub struct PagesByPlace {
    /// The pages of each file and worksheet, by position.
    pages: BTreeMap<(String, String), BTreeMap<PlacePosition, String>>,
    /// The files that are about one page as a whole, or folders of such.
    whole: BTreeMap<String, String>,
}

impl PagesByPlace {
    /// The pages of `site`, in the language of its content. Of tables, only the rows in which
    /// there is a problem: a table may have a million.
    pub fn of(site: &Site, diagnostics: &Diagnostics) -> Self {
        let mut found = Self::default();
        let places = diagnostics.iter().map(|problem| &problem.place);
        let wanted: WantedRows<'_> = places
            .filter_map(|place| match place {
                Place::Cell(cell) => Some((&*cell.file, cell.sheet.as_deref(), cell.row)),
                _ => None,
            })
            .collect();
        for policy in &site.policies {
            found.add(&policy.place, &file_paths::policy_page(&policy.id));
        }
        for measure in &site.measures {
            let page = file_paths::measure_page(measure.id.as_str());
            found.add(&measure.place, &page);
            let years = measure.indicators.iter().flat_map(|indicator| &indicator.years);
            years.for_each(|year| found.add_rows(&year.provenance, &wanted, &page));
            measure.budgets.iter().for_each(|row| found.add_rows(&row.provenance, &wanted, &page));
        }
        for node in &site.nodes {
            found.add(&node.node.place, &file_paths::plan_page(node.node.id.as_str()));
        }
        for entry in &site.departments {
            let department = &entry.department;
            found.add(&department.place, &file_paths::department_page(department.id.as_str()));
        }
        for dataset in site.datasets.iter().filter(|dataset| dataset.is_given()) {
            let page = file_paths::dataset_page(dataset.id.as_str());
            found.whole.insert(format!("content/datasets/{}", dataset.id), page);
        }
        for dataset in site.datasets.iter().filter(|dataset| dataset.joins.is_some()) {
            found.add(&dataset.place, &file_paths::dataset_page(dataset.id.as_str()));
        }
        for page in &site.pages {
            found.whole.insert(page.place.path().to_owned(), file_paths::named_page(&page.slug));
        }
        found
    }

    /// The page that shows what is written at `place`: the one whose row it is, or the last one
    /// that begins before it in a text. `None` where no page shows it.
    pub fn find(&self, place: &Place) -> Option<&str> {
        let path = place.path();
        let whole = || {
            let folder = path.match_indices('/').map(|(end, _)| &path[..end]);
            folder.chain([path]).find_map(|path| self.whole.get(path)).map(String::as_str)
        };
        let (sheet, at) = match place {
            Place::File { .. } => return whole(),
            Place::Text { start, .. } => ("", *start as PlacePosition),
            Place::Cell(cell) => (cell.sheet.as_deref().unwrap_or_default(), cell.row.into()),
        };
        let pages = self.pages.get(&(path.to_owned(), sheet.to_owned()));
        let page = pages.and_then(|pages| match place {
            Place::Cell(_) => pages.get(&at),
            _ => pages.range(..=at).next_back().map(|(_, page)| page),
        });
        page.map(String::as_str).or_else(whole)
    }

    fn add(&mut self, place: &Place, page: &str) {
        let (sheet, at) = match place {
            Place::File { .. } => ("", 0),
            Place::Text { start, .. } => ("", *start as PlacePosition),
            Place::Cell(cell) => (cell.sheet.as_deref().unwrap_or_default(), cell.row.into()),
        };
        self.insert(place.path(), sheet, at, page);
    }

    /// Adds the `wanted` rows of tables in which the facts of a record are.
    fn add_rows(&mut self, provenance: &Provenance, wanted: &WantedRows<'_>, page: &str) {
        for fact in provenance.facts() {
            let Position::Cell { row, .. } = fact.position else { continue };
            let (file, sheet) = (&*fact.kind.file, fact.kind.sheet.as_deref());
            if wanted.contains(&(file, sheet, row)) {
                self.insert(file, sheet.unwrap_or_default(), row.into(), page);
            }
        }
    }

    fn insert(&mut self, path: &str, sheet: &str, at: PlacePosition, page: &str) {
        let pages = self.pages.entry((path.to_owned(), sheet.to_owned())).or_default();
        pages.entry(at).or_insert_with(|| page.to_owned());
    }
}
