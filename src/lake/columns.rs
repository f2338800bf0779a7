//! The **columns** of the tables of a lake: those of all its sites together. A column that only
//! some sites have is blank for the others; a column that has two types is refused.

use std::collections::BTreeMap;

use super::cells::ColumnKind;
use super::folder::SiteFolder;
use super::{LakeError, LakeProblem};

/// The column by which every table is divided first.
pub(super) const CODE: &str = "localgov_code";
/// The column by which tables of yearly rows are divided too.
pub(super) const YEAR: &str = "fiscal_year";

/// The columns of each table with their types, in the order in which the sites have them.
pub(super) type TableColumns = BTreeMap<String, Vec<(String, ColumnKind)>>;

/// Are the rows of a table with these columns divided by fiscal year?
pub(super) fn is_by_year(columns: &[(String, ColumnKind)]) -> bool {
    columns.iter().any(|(name, kind)| name == YEAR && *kind == ColumnKind::Int)
}

/// The columns of every table of `sites`.
///
/// # Errors
///
/// Every column that has another type in one site than in the first that has it.
pub(super) fn united(sites: &[SiteFolder]) -> Result<TableColumns, LakeError> {
    let mut tables = TableColumns::new();
    let mut first: BTreeMap<(&str, &str), &SiteFolder> = BTreeMap::new();
    let mut problems = Vec::new();
    for site in sites {
        for (dataset, state) in &site.state.datasets {
            let code = vec![(CODE.to_owned(), ColumnKind::String)];
            let columns = tables.entry(state.table.clone()).or_insert(code);
            for (name, kind) in &state.columns {
                match columns.iter().find(|(known, _)| known == name) {
                    None => {
                        columns.push((name.clone(), *kind));
                        first.insert((&state.table, name), site);
                    }
                    Some((_, known)) if known == kind => {
                        first.entry((&state.table, name)).or_insert(site);
                    }
                    Some((_, known)) => {
                        let other = first.get(&(&*state.table, &**name)).copied();
                        problems.push(match other {
                            Some(other) => LakeProblem::Types {
                                table: state.table.clone(),
                                column: name.clone(),
                                sites: Box::new([other.label(), site.label()]),
                                types: [known.name(), kind.name()],
                            },
                            None => LakeProblem::UnknownType {
                                folder: site.folder.clone(),
                                dataset: dataset.clone(),
                                column: name.clone(),
                            },
                        });
                    }
                }
            }
        }
    }
    match problems.is_empty() {
        true => Ok(tables),
        false => Err(LakeError::Problems(problems)),
    }
}
