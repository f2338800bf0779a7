//! **Blocks** of data as pages show them: drawing, text, folded table, download and the code with
//! which another site embeds them.
//!
//! Not in here: which figures a block shows (`site::blocks`).

mod drawing;
mod map;
mod rows;

use serde::Serialize;

use crate::artifact::Artifact;
use crate::site::{Block, BlockContent, MapContent, NumberBlock, NumberTime, Site, file_paths};
use crate::text::{Decimal, Language, Localized, is_formula, one_line};

use super::PageView;
use super::context::{MeasureItem, OwnText, PageContext, Text, value};
use super::map::MapView;
use super::units::{unit_in, unit_text};
use drawing::{DrawnChart, drawn};
use rows::{BlockRows, rows_of};

/// A block, for `_block.html`.
#[derive(Serialize)]
struct BlockView<'s> {
    /// The word of its fence.
    kind: &'s str,
    /// The id of its heading, unique on the page.
    id: String,
    title: OwnText,
    unit: Option<Text<'s>>,
    note: Option<Text<'s>>,
    /// The day or year of a map's figures.
    when: Option<String>,
    /// The drawing of a chart.
    chart: Option<DrawnChart>,
    number: Option<NumberView<'s>>,
    map: Option<MapView<'s>>,
    /// The figures as a table; folded below a chart or number.
    table: BlockRows,
    measures: Vec<MeasureItem<'s>>,
    /// What is left out, in words.
    rest: Option<String>,
    /// The page that shows all of it, after `page.base`, and its name.
    source: Option<SourceLink<'s>>,
    /// Path of its figures as CSV, after `page.base`.
    csv: String,
    /// The element by which another site embeds it; `None` where it is embedded.
    embed: Option<String>,
}

#[derive(Serialize)]
struct SourceLink<'s> {
    url: String,
    name: Text<'s>,
}

#[derive(Serialize)]
struct NumberView<'s> {
    value: String,
    unit: Option<Text<'s>>,
    is_sum: bool,
    when: Option<String>,
    /// The difference to the year before, in words, and its direction: `up`, `down`, `same`.
    change: Option<String>,
    direction: &'static str,
    target: Option<String>,
    reached: Option<bool>,
}

/// The block `index` within a text of the page at hand, as HTML.
pub(super) fn in_text(context: &PageContext<'_>, index: usize) -> String {
    let mut view = view(context, index);
    if context.site.blocks[index].is_own_chart() {
        // The chart of a dataset stands on the page to which the link would lead.
        view.source = None;
    }
    let view = minijinja::context! { block => value(&view) };
    let page = minijinja::context! {
        base => context.linker.base.clone(), root => context.linker.root.clone(),
    };
    let values = minijinja::context! {
        view => view, page => page, words => context.words.clone(),
        site => context.site_value.clone(),
    };
    let template = context.theme.templates.get_template("_block.html");
    // A faulty template of a theme is reported where the page of the block itself is rendered.
    template.and_then(|template| template.render(values)).unwrap_or_default()
}

/// The page of the block `index` by itself.
pub(super) fn embed(context: &PageContext<'_>, index: usize) -> PageView {
    let block = &context.site.blocks[index];
    let view = BlockView { embed: None, ..view(context, index) };
    let title = view.title.text.clone();
    PageView {
        title,
        description: None,
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            block => value(&view),
            page => block.page.clone(),
        },
    }
}

/// The figures of the block `index` as CSV, which Excel opens.
pub(super) fn csv(context: &PageContext<'_>, index: usize) -> Artifact {
    let block = &context.site.blocks[index];
    let rows = rows_of(context, block);
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in std::iter::once(rows.names()).chain(rows.rows()) {
        let safe = row.iter().map(|cell| match is_formula(cell) {
            true => format!("'{}", one_line(cell)),
            false => one_line(cell),
        });
        writer.write_record(safe).expect(WRITTEN);
    }
    let bytes = writer.into_inner().expect(WRITTEN);
    Artifact::new(csv_path(context.site, block, context.language), bytes)
}

/// The message for errors of writing, which cannot occur.
const WRITTEN: &str = "writing to memory cannot fail";

/// The path of the figures of `block` as CSV on the pages in `language`.
fn csv_path(site: &Site, block: &Block, language: Language) -> String {
    let key = file_paths::embed_csv(&block.page, &block.name);
    file_paths::localized(&key, language, site.config.own_language())
}

/// The block whose figures have the path `path`, and the language of their names.
pub(super) fn with_csv(site: &Site, path: &str) -> Option<(usize, Language)> {
    let each = site.blocks.iter().enumerate();
    let mut all = each.flat_map(|(index, block)| block.languages.iter().map(move |&l| (index, l)));
    all.find(|&(index, language)| csv_path(site, &site.blocks[index], language) == path)
}

fn view<'s>(context: &PageContext<'s>, index: usize) -> BlockView<'s> {
    let site = context.site;
    let block = &site.blocks[index];
    let language = context.language;
    let title = title_of(context, block);
    let id = context.linker.id(&format!("block-{}", block.name));
    let table = rows_of(context, block);
    let own = site.config.own_language();
    let address = site.config.base_url.join(&file_paths::localized(
        &file_paths::embed_page(&block.page, &block.name),
        language,
        own,
    ));
    let height = match &block.content {
        BlockContent::Number(_) => 220,
        BlockContent::Map(_) => 640,
        _ => 480,
    };
    let embed = format!(
        "<iframe src=\"{address}\" title=\"{}\" width=\"100%\" height=\"{height}\" \
         loading=\"lazy\"></iframe>",
        title.text.replace('&', "&amp;").replace('"', "&quot;")
    );
    let dataset_link = |dataset: usize| SourceLink {
        url: file_paths::dataset_page(site.datasets[dataset].id.as_str()),
        name: context.text(&site.datasets[dataset].title),
    };
    let mut view = BlockView {
        kind: &block.kind,
        title,
        unit: None,
        note: block.note.as_ref().map(|note| context.text(note)),
        when: None,
        chart: None,
        number: None,
        map: None,
        measures: Vec::new(),
        rest: None,
        source: None,
        csv: file_paths::embed_csv(&block.page, &block.name),
        embed: Some(embed),
        table,
        id,
    };
    match &block.content {
        BlockContent::Chart(chart) => {
            view.unit = chart.unit.as_deref().map(|unit| unit_text(unit, language));
            view.chart = Some(drawn(context, chart, &view.id, &view.title));
            view.source = Some(dataset_link(chart.dataset));
        }
        BlockContent::Number(number) => {
            view.number = Some(number_view(context, number));
            let (url, name) = (number.page.key(site), context.text(&number.page_title));
            view.source = Some(SourceLink { url, name });
        }
        BlockContent::Map(shown) => {
            view.map = map::drawn(context, shown, &view.id, &view.title);
            if let MapContent::Areas(areas) = &shown.content {
                let column = &site.datasets[shown.dataset].columns[areas.value];
                view.unit = column.said_unit().map(|unit| unit_text(unit, language));
                view.when = areas.when.as_ref().map(|when| time(when, language));
            }
            view.source = Some(dataset_link(shown.dataset));
        }
        BlockContent::Table(table) => {
            view.rest = rest(context, table.rows.len(), table.total, "block_rows");
            view.source = Some(dataset_link(table.dataset));
        }
        BlockContent::Measures(list) => {
            view.measures =
                list.measures.iter().map(|&index| context.measure_item(index)).collect();
            view.rest = rest(context, list.measures.len(), list.total, "block_measures");
            view.source = list
                .of
                .as_ref()
                .map(|(page, name)| SourceLink { url: page.clone(), name: context.text(name) });
        }
    }
    view
}

/// Says how many of all are shown; `None` if all are.
fn rest(context: &PageContext<'_>, shown: usize, total: usize, word: &str) -> Option<String> {
    (shown < total).then(|| {
        let said = context.word(word).replace("{shown}", &shown.to_string());
        said.replace("{total}", &total.to_string())
    })
}

/// The title that is written, or what the figures are called.
fn title_of(context: &PageContext<'_>, block: &Block) -> OwnText {
    let site = context.site;
    let of = |localized: &Localized| context.own_text(localized);
    if let Some(title) = &block.title {
        return of(title);
    }
    match &block.content {
        BlockContent::Chart(chart) => of(&site.datasets[chart.dataset].title),
        BlockContent::Number(number) => of(&number.name),
        BlockContent::Table(table) => of(&site.datasets[table.dataset].title),
        BlockContent::Map(map) => of(&site.datasets[map.dataset].title),
        BlockContent::Measures(_) => OwnText { text: context.word("measures"), lang: None },
    }
}

fn number_view<'s>(context: &PageContext<'s>, number: &'s NumberBlock) -> NumberView<'s> {
    let language = context.language;
    let change = number.before.as_ref().and_then(|(_, before)| {
        let digits = Decimal::most_decimals([&number.value, before]);
        Decimal::rounded(number.value.as_f64() - before.as_f64(), digits)
    });
    let direction = match change.as_ref().map(Decimal::as_f64) {
        Some(change) if change > 0.0 => "up",
        Some(change) if change < 0.0 => "down",
        Some(_) => "same",
        None => "",
    };
    let unit = number.unit.as_ref().map(|unit| unit_in(unit, language));
    let said = change.map(|change| {
        let amount = change.grouped();
        let amount = amount.trim_start_matches('-');
        let unit = match unit.as_ref().filter(|unit| unit.lang.is_none()).map(|unit| unit.text) {
            // A share changes by percentage points.
            Some("%" | "％") => context.word("block_points"),
            unit => unit.unwrap_or_default().to_owned(),
        };
        let word = context.word(&format!("block_change_{direction}"));
        word.replace("{amount}", &format!("{amount}{unit}"))
    });
    NumberView {
        value: context.number(&number.value),
        is_sum: number.is_sum,
        when: number.when.as_ref().map(|when| time(when, language)),
        change: said,
        direction,
        target: number.target.as_ref().map(|target| context.number(target)),
        reached: number.reached,
        unit,
    }
}

/// A time in words.
fn time(when: &NumberTime, language: Language) -> String {
    match when {
        NumberTime::Day(date) => date.long(language),
        NumberTime::Year(year) => year.long(language),
        NumberTime::Text(text) => text.clone(),
    }
}
