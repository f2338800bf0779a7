//! **Blocks** of data in texts: fenced blocks of TOML that show figures of the site. Each is read,
//! checked and filled with its figures once, while the site is assembled.
//!
//! Not in here: drawing them (`html`).

mod chart;
mod classes;
mod columns;
mod map;
mod measures;
mod number;
mod points;
mod table;

pub use chart::{BlockSeries, ChartBlock, SeriesName};
pub use classes::{MapClass, ValuedArea};
pub use map::{Choropleth, MapBlock, MapContent};
pub use measures::MeasuresBlock;
pub use number::{NumberBlock, NumberTime};
pub use table::TableBlock;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{self, Keys};
use crate::markdown::{DATA_FENCES, ReferenceKind, references};
use crate::source::Sources;
use crate::text::{Language, Localized};

use super::{MarkdownText, Site, file_paths};

/// One block of data.
#[derive(Clone, Debug)]
pub struct Block {
    /// The first word of its fence: `chart`, `number`, `table`, `map` or `measures`.
    pub kind: String,
    /// What is written between its fences; empty for the chart of a dataset.
    pub text: String,
    /// The page that shows it, below the folder of its language.
    pub page: String,
    /// The languages of the pages that show it.
    pub languages: Vec<Language>,
    /// Its name in addresses, unique on its page: the one that is written in it, or else its number
    /// among the blocks of the page in these languages, from 1.
    pub name: String,
    /// The title that is written in it.
    pub title: Option<Localized>,
    /// A note below it.
    pub note: Option<Localized>,
    /// What it shows.
    pub content: BlockContent,
    /// Where it is written.
    pub place: Place,
}

/// What a block shows.
#[derive(Clone, Debug)]
pub enum BlockContent {
    /// Figures as lines or bars.
    Chart(ChartBlock),
    /// One big number.
    Number(NumberBlock),
    /// Rows of a dataset.
    Table(TableBlock),
    /// Areas or places on a map.
    Map(MapBlock),
    /// Measures with their ratings.
    Measures(MeasuresBlock),
}

impl Block {
    /// Is it the chart of a dataset on the dataset's page?
    pub fn is_own_chart(&self) -> bool {
        self.text.is_empty()
    }
}

impl Site {
    /// The block with this kind and text in `language`: that of the page `page`, or else, in a
    /// collection of pages such as the book, that of any other page.
    pub fn block(&self, kind: &str, text: &str, page: &str, language: Language) -> Option<usize> {
        let is_meant = |block: &Block| {
            block.kind == kind && block.text == text && block.languages.contains(&language)
        };
        let (first, here) = self.blocks_of(page);
        let here = here.iter().position(is_meant).map(|at| first + at);
        here.or_else(|| self.blocks.iter().position(is_meant))
    }

    /// The chart of the dataset `index` on its page.
    pub fn own_chart(&self, index: usize) -> Option<usize> {
        let (first, here) =
            self.blocks_of(&file_paths::dataset_page(self.datasets[index].id.as_str()));
        here.iter().position(Block::is_own_chart).map(|at| first + at)
    }

    /// Does the page `page` show a block in `language`?
    pub fn has_blocks(&self, page: &str, language: Language) -> bool {
        self.blocks_of(page).1.iter().any(|block| block.languages.contains(&language))
    }

    /// Does the page `page` show a map of places in `language`?
    pub fn has_maps(&self, page: &str, language: Language) -> bool {
        let is_map = |block: &Block| match &block.content {
            BlockContent::Map(map) => matches!(map.content, MapContent::Places(_)),
            _ => false,
        };
        let here = self.blocks_of(page).1.iter();
        here.filter(|block| block.languages.contains(&language)).any(is_map)
    }

    /// The blocks of the page `page`, and the number of the first of them.
    fn blocks_of(&self, page: &str) -> (usize, &[Block]) {
        let first = self.blocks.partition_point(|block| block.page.as_str() < page);
        let count = self.blocks[first..].partition_point(|block| block.page == page);
        (first, &self.blocks[first..first + count])
    }
}

/// Reads the blocks of all texts of `site`, in the order of their pages, and reports what is wrong
/// in them.
pub(super) fn read(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let mut pages: BTreeMap<String, Vec<Block>> = BTreeMap::new();
    // Few texts have a fence, and only those need to be parsed.
    let is_fenced = |text: &MarkdownText<'_>| ["```", "~~~"].iter().any(|f| text.text.contains(f));
    for text in site.markdown_texts().into_iter().filter(is_fenced) {
        for reference in references(text.text) {
            let ReferenceKind::Fence { kind, text: written } = reference.kind else { continue };
            if !DATA_FENCES.contains(&kind.as_str()) {
                continue;
            }
            let place = text.place_of(sources, reference.range);
            let Some(read) = read_block(site, &kind, &written, &place, diagnostics) else {
                continue;
            };
            let MarkdownText { page, languages, .. } = &text;
            // A translated text has its own title, in its own language.
            let own = site.config.own_language();
            let translated = !languages.contains(&own);
            let said = |text: Option<Localized>| {
                text.map(|text| match translated && text.en.is_none() {
                    true => Localized { en: Some(text.own.clone()), ..text },
                    false => text,
                })
            };
            let blocks = pages.entry(page.clone()).or_default();
            let same = |block: &&Block| block.languages.iter().any(|l| languages.contains(l));
            let number = blocks.iter().filter(same).count() + 1;
            blocks.push(Block {
                name: read.id.unwrap_or_else(|| number.to_string()),
                kind,
                text: written,
                page: page.clone(),
                languages: languages.clone(),
                title: said(read.title),
                note: said(read.note),
                content: read.content,
                place,
            });
        }
    }
    for index in 0..site.datasets.len() {
        let chart = own_chart(sources, site, index, diagnostics);
        chart
            .into_iter()
            .for_each(|chart| pages.entry(chart.page.clone()).or_default().push(chart));
    }
    pages.into_values().flatten().collect()
}

/// The chart of the dataset `index`: the one that it declares, or one that shows its course.
fn own_chart(
    sources: &Sources,
    site: &Site,
    index: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Block> {
    let dataset = &site.datasets[index];
    if dataset.built_in {
        return None;
    }
    let written = match dataset.has_chart {
        true => {
            let file = sources.get(dataset.place.file_path())?;
            let text = file.text(&mut Diagnostics::new())?;
            let mut found = Diagnostics::new();
            let read = document::read_table(&file.path, &text, "chart", &mut found, |keys| {
                let title = keys.localized("title");
                let note = keys.localized("note");
                let content = BlockContent::Chart(chart::read_of(site, Some(index), keys)?);
                Some(WrittenBlock { id: None, title, note, content })
            });
            let is_sound = !found.has_errors();
            diagnostics.extend(found.iter().cloned());
            read.flatten().filter(|_| is_sound)?
        }
        false => {
            let content = BlockContent::Chart(chart::proposed(site, index)?);
            WrittenBlock { id: None, title: None, note: None, content }
        }
    };
    Some(Block {
        kind: "chart".to_owned(),
        text: String::new(),
        page: file_paths::dataset_page(dataset.id.as_str()),
        languages: site.config.languages.clone(),
        name: "chart".to_owned(),
        title: written.title,
        note: written.note,
        content: written.content,
        place: dataset.place.clone(),
    })
}

/// What is written in a block.
struct WrittenBlock {
    id: Option<String>,
    title: Option<Localized>,
    note: Option<Localized>,
    content: BlockContent,
}

/// Reads one block, which stands at `place`. In the cell of a table, every problem is at the cell.
fn read_block(
    site: &Site,
    kind: &str,
    text: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenBlock> {
    let mut found = Diagnostics::new();
    let start = if let Place::Text { start, .. } = place { *start } else { 0 };
    let read = document::read_at(place.file_path(), text, start, &mut found, |keys| {
        let id = keys.id("id").map(|id| id.value.to_string());
        let title = keys.localized("title");
        let note = keys.localized("note");
        Some(WrittenBlock { id, title, note, content: read_content(site, kind, keys)? })
    });
    let placed = |problem: &Diagnostic| match place {
        Place::Text { .. } => problem.clone(),
        _ => {
            let mut problem = problem.clone();
            problem.place = place.clone();
            problem
        }
    };
    let is_sound = !found.has_errors();
    diagnostics.extend(found.iter().map(placed));
    read.flatten().filter(|_| is_sound)
}

fn read_content(site: &Site, kind: &str, keys: &mut Keys<'_>) -> Option<BlockContent> {
    match kind {
        "chart" => chart::read(site, keys).map(BlockContent::Chart),
        "number" => number::read(site, keys).map(BlockContent::Number),
        "table" => table::read(site, keys).map(BlockContent::Table),
        "map" => map::read(site, keys).map(BlockContent::Map),
        _ => measures::read(site, keys).map(BlockContent::Measures),
    }
}
