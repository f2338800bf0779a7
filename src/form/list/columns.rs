//! The **columns** of a list, found by their header or their letter, within a block or outside of
//! all blocks.

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place, column_letters};
use crate::form::definition::{Form, YearBlock};
use crate::form::source::{At, parse_column};
use crate::message;
use crate::table::{Table, matching_form};
use crate::text::nearest;

/// The columns of the table that a form names.
pub(super) struct ListColumns {
    outside: BTreeMap<String, usize>,
    /// By block and repetition, both from 0, then by name.
    inside: BTreeMap<(usize, u32), BTreeMap<String, usize>>,
    private: Vec<usize>,
}

impl ListColumns {
    /// Finds all columns that `form` and its `blocks` name. A name that fits no column, or several,
    /// is reported in `diagnostics`.
    pub fn of(
        form: &Form,
        blocks: &[YearBlock],
        table: &Table,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut found =
            Self { outside: BTreeMap::new(), inside: BTreeMap::new(), private: Vec::new() };
        let block_of = |column: u32| {
            blocks
                .iter()
                .filter_map(|block| block.columns.map(|columns| (columns, block.times)))
                .any(|((first, last), times)| {
                    let width = last - first + 1;
                    (first..first + width * times).contains(&column)
                })
        };
        let outside: Vec<usize> = (0..table.header().len())
            .filter(|index| !block_of(table.header()[*index].column - 1))
            .collect();
        let mut wanted: Vec<(String, Place)> = Vec::new();
        for column in &form.columns {
            for leaf in column.source.leaves() {
                if let At::Column(name) = &leaf.at {
                    wanted.push((name.clone(), leaf.declared.clone()));
                }
            }
        }
        for indicator in blocks.iter().flat_map(|block| &block.indicators) {
            for source in indicator.called_by() {
                if let At::Column(name) = &source.at {
                    wanted.push((name.clone(), source.declared.clone()));
                }
            }
        }
        for (name, declared) in wanted {
            if !found.outside.contains_key(&name)
                && let Some(column) = find(table, &outside, &name, &declared, diagnostics)
            {
                found.outside.insert(name, column);
            }
        }
        for (index, block) in blocks.iter().enumerate() {
            found.add_block((index, block), &outside, table, diagnostics);
        }
        // Private columns may be named by their letters, since headers may be repeated.
        let private = form.private.iter().filter_map(|name| {
            let letters = parse_column(&name.value)?;
            table.header().iter().position(|header| header.column == letters + 1)
        });
        found.private = private.collect();
        found
    }

    /// The column outside of all blocks under the header `name`.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.outside.get(name).copied()
    }

    /// The column `name` of the block `block` in its repetition `time`, from 0.
    pub fn in_block(&self, block: usize, time: u32, name: &str) -> Option<usize> {
        self.inside.get(&(block, time))?.get(name).copied()
    }

    /// Is the column named among the private ones by its letters?
    pub fn is_private(&self, column: usize) -> bool {
        self.private.contains(&column)
    }

    /// Finds the columns that the block names, for each of its repetitions: within the columns of
    /// the repetition, or among `outside` if the block has no range of columns.
    fn add_block(
        &mut self,
        (index, block): (usize, &YearBlock),
        outside: &[usize],
        table: &Table,
        diagnostics: &mut Diagnostics,
    ) {
        let mut wanted: Vec<(&str, &Place)> = Vec::new();
        for budget in &block.budgets {
            wanted.push((&budget.column.value, &budget.column.place));
        }
        for total in &block.totals {
            wanted.push((&total.column.value, &total.column.place));
        }
        for indicator in &block.indicators {
            for source in indicator.target.iter().chain(&indicator.actual) {
                if let At::Column(name) = &source.at {
                    wanted.push((name, &source.declared));
                }
            }
        }
        for time in 0..block.times {
            let among: Vec<usize> = match block.columns {
                None => outside.to_vec(),
                Some((first, last)) => {
                    let width = last - first + 1;
                    let columns = first + width * time..first + width * (time + 1);
                    let inside = |at: &usize| columns.contains(&(table.header()[*at].column - 1));
                    (0..table.header().len()).filter(inside).collect()
                }
            };
            let found = self.inside.entry((index, time)).or_default();
            for (name, declared) in &wanted {
                if !found.contains_key(*name)
                    && let Some(column) = find(table, &among, name, declared, diagnostics)
                {
                    found.insert((*name).to_owned(), column);
                }
            }
        }
    }
}

/// The column of `among` that `name` means: by its header, else by the lowest part of its header,
/// else by its letters. None or several are reported.
fn find(
    table: &Table,
    among: &[usize],
    name: &str,
    declared: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let header = |index: usize| &table.header()[index];
    let form = matching_form(name);
    let is_it = |index: &&usize| {
        let header = header(**index);
        let lowest = header.lowest.as_deref().map(matching_form);
        matching_form(&header.text) == form || lowest.as_deref() == Some(&form)
    };
    let exact: Vec<usize> = among
        .iter()
        .filter(|index| matching_form(&header(**index).text) == form)
        .copied()
        .collect();
    let found: Vec<usize> = match exact.is_empty() {
        true => among.iter().filter(is_it).copied().collect(),
        false => exact,
    };
    match found.as_slice() {
        [only] => return Some(*only),
        [one, other, ..] => {
            let (one, other) =
                (column_letters(header(*one).column), column_letters(header(*other).column));
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::FORM_LABEL,
                    declared.clone(),
                    message!(
                        ja: "見出し「{name}」の列が複数あります（{one}列と{other}列）",
                        en: "several columns have the header `{name}`: {one} and {other}",
                    ),
                )
                .with_related(
                    table.header_row_place(),
                    message!(ja: "表の見出し", en: "the header of the table"),
                )
                .with_help(message!(
                    ja: "見出しの代わりに、列の記号を「{one}」のように書いてください",
                    en: "write the letters of the column, such as `{one}`, in place of the header",
                )),
            );
            return None;
        }
        [] => {}
    }
    if let Some(letters) = parse_column(name) {
        let found = among.iter().find(|index| header(**index).column == letters + 1);
        if let Some(found) = found {
            return Some(*found);
        }
    }
    let headers = among.iter().map(|index| &*header(*index).text);
    let help = match nearest(name, headers) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "表の見出しのとおりに書くか、列の記号を書いてください",
            en: "write it as the header of the table has it, or write the letters of the column",
        ),
    };
    let file = table.file();
    diagnostics.push(
        Diagnostic::new(
            &diagnostic::FORM_LABEL,
            declared.clone(),
            message!(
                ja: "「{file}」に、様式が探す列「{name}」がありません",
                en: "`{file}` has no column `{name}`, which the form looks for",
            ),
        )
        .with_related(
            table.header_row_place(),
            message!(ja: "表の見出し", en: "the header of the table"),
        )
        .with_help(help),
    );
    None
}
