//! A **chart** in a text: figures of a dataset along one of its columns, in one or several series.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{ChartKind, Dataset};
use crate::diagnostic::{self, Located, Message};
use crate::document::Keys;
use crate::message;
use crate::site::Site;
use crate::text::Decimal;

use super::columns::{
    added_ratio, column, dataset, number_column, rows, sum, time_column, times_of_key,
};
use super::points::{values_of, without_gaps};

/// A chart of one dataset.
#[derive(Clone, Debug)]
pub struct ChartBlock {
    /// Index of the dataset.
    pub dataset: usize,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Index of the column along which it is drawn.
    pub x: usize,
    /// The cells of that column, in order, each once.
    pub points: Vec<String>,
    /// The series, at least one.
    pub series: Vec<BlockSeries>,
    /// The unit of all figures.
    pub unit: Option<String>,
    /// A target, drawn as a line.
    pub target: Option<Decimal>,
    /// Does a figure stand for several rows, whose sum it is?
    pub is_sum: bool,
}

impl ChartBlock {
    /// The number of decimals of all its figures, which are in one unit.
    pub fn decimals(&self) -> usize {
        let all = self.series.iter().flat_map(|series| series.values.iter().flatten());
        Decimal::most_decimals(all.chain(&self.target))
    }
}

/// The figures of one line, or of the bars of one look.
#[derive(Clone, Debug)]
pub struct BlockSeries {
    /// What it is.
    pub name: SeriesName,
    /// The figure at each point; `None` where it is not known.
    pub values: Vec<Option<Decimal>>,
}

/// The name of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesName {
    /// The title of the column with this index.
    Column(usize),
    /// A value of the column with this index.
    Value(usize, String),
}

/// Most series in one drawing, which still can be told apart, and most small charts.
const SERIES: usize = 6;
const SMALL: usize = 24;
/// Most points, for which a bar is still wider than a hair on a phone.
const BARS: usize = 60;
const POINTS: usize = 600;
/// Most lines in one drawing that nobody has arranged, and fewest points that show a course.
const TOGETHER: usize = 3;
const SHORTEST: usize = 3;

/// What keeps a chart from being drawn: the key that has to be changed, what is wrong, and what
/// helps.
type Hindrance = (&'static str, Message, Message);

/// Reads a chart of the dataset that it names.
pub(super) fn read(site: &Site, keys: &mut Keys<'_>) -> Option<ChartBlock> {
    let found = dataset(site, keys);
    read_of(site, found, keys)
}

/// Reads a chart of the dataset `found`; `None` if that is unknown, which has been reported.
pub(super) fn read_of(
    site: &Site,
    found: Option<usize>,
    keys: &mut Keys<'_>,
) -> Option<ChartBlock> {
    let x = keys.required_located_text("x");
    let y = keys.text_or_texts("y").unwrap_or_default();
    let by = keys.located_text("by");
    let kind = keys.choice("kind", &ChartKind::CHOICES);
    let is_known_kind = kind.is_some() || !keys.has("kind");
    let target = keys.bound("target");
    let last = keys.count("last", 1);
    if y.is_empty() && !keys.has("y") {
        keys.missing::<()>("y");
    }
    let Some(index) = found else {
        keys.ask("where");
        return None;
    };
    let dataset = &site.datasets[index];
    let rows = rows(dataset, keys);
    let x = x.and_then(|x| column(dataset, &x, keys));
    let y: Vec<Option<usize>> = y.iter().map(|y| number_column(dataset, y, keys)).collect();
    let by = by.map(|by| column(dataset, &by, keys));
    let target = target.map(|target| target_of(&target, keys));
    let y: Option<Vec<usize>> = y.into_iter().collect();
    let y = y.filter(|y| !y.is_empty());
    let (rows, x, y) = (rows?, x?, y?);
    let target = target.map_or(Some(None), |target| target.map(Some))?;
    let by = by.map_or(Some(None), |by| by.map(Some))?;
    if !is_known_kind {
        return None;
    }
    let filled = fill(dataset, &rows, x, &y, by).and_then(|mut chart| {
        (chart.dataset, chart.kind) = (index, kind.unwrap_or(ChartKind::Line));
        chart.target = target;
        if let Some(last) = last {
            let from = chart.points.len().saturating_sub(last as usize);
            chart.points.drain(..from);
            chart.series.iter_mut().for_each(|series| drop(series.values.drain(..from)));
        }
        can_be_drawn(chart, by.is_some())
    });
    filled.map_err(|(key, said, help)| keys.problem(&diagnostic::SITE_BLOCK, key, said, help)).ok()
}

/// The chart of a dataset over time that declares none: its first column of numbers, with a line or
/// a small chart for each value of the column that tells the rows of one time apart. `None` where
/// the time does not tell rows apart, where the primary key has other columns besides, or where
/// there is too little to draw or too much.
pub(super) fn proposed(site: &Site, index: usize) -> Option<ChartBlock> {
    let dataset = &site.datasets[index];
    let x = course_column(dataset)?;
    let rows: Vec<usize> = (0..dataset.rows.len()).collect();
    let differs = |column: &usize| {
        rows.iter().any(|&row| dataset.rows.cell(row, *column) != dataset.rows.cell(0, *column))
    };
    let y = dataset
        .columns
        .iter()
        .position(|column| column.kind.is_quantity() && column.values.is_empty());
    let others: Vec<usize> = (dataset.primary_key.iter().copied())
        .filter(|&index| index != x && differs(&index) && !is_told_by(dataset, index, x))
        .collect();
    let by = match others[..] {
        [] => None,
        [only] if !dataset.columns[only].kind.is_quantity() => Some(only),
        _ => return None,
    };
    let mut chart = fill(dataset, &rows, x, &[y?], by).ok()?;
    chart.dataset = index;
    if chart.series.len() > TOGETHER {
        chart.kind = ChartKind::SmallMultiples;
    }
    let is_course = chart.points.len() >= SHORTEST && !chart.is_sum;
    can_be_drawn(chart, by.is_some()).ok().filter(|_| is_course)
}

/// The column along which a dataset has a course: of its primary key the column of times with the
/// most values, such as the month beside the year; of a dataset without one its only column of
/// times.
fn course_column(dataset: &Dataset) -> Option<usize> {
    if dataset.primary_key.is_empty() {
        return time_column(dataset);
    }
    let values = |index: &usize| {
        let cells = (0..dataset.rows.len()).map(|row| dataset.rows.cell(row, *index));
        cells.collect::<BTreeSet<&str>>().len()
    };
    times_of_key(dataset).max_by_key(values)
}

/// Does every value of the column `by` have one value of the column `index`, as every month has one
/// year?
fn is_told_by(dataset: &Dataset, index: usize, by: usize) -> bool {
    let mut told: BTreeMap<&str, &str> = BTreeMap::new();
    (0..dataset.rows.len()).all(|row| {
        let cell = dataset.rows.cell(row, index);
        *told.entry(dataset.rows.cell(row, by)).or_insert(cell) == cell
    })
}

fn target_of(written: &Located<String>, keys: &mut Keys<'_>) -> Option<Decimal> {
    let target = Decimal::parse(&written.value);
    if target.is_none() {
        let text = &written.value;
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            "target",
            message!(ja: "「{text}」は数値ではありません", en: "`{text}` is not a number"),
            message!(ja: "「target = 5000」のように記入してください", en: "write it as `target = 5000`"),
        );
    }
    target
}

/// Collects the figures of `rows`: a series for each of the columns `y`, or for each value of the
/// column `by`.
fn fill(
    dataset: &Dataset,
    rows: &[usize],
    x: usize,
    y: &[usize],
    by: Option<usize>,
) -> Result<ChartBlock, Hindrance> {
    let found = match (by, y) {
        (Some(_), [_, _, ..]) => Some((
            "by",
            message!(
                ja: "「by」と、複数の「y」は同時に使えません",
                en: "`by` and several columns in `y` cannot be used together",
            ),
            message!(ja: "「y」の列を一つにしてください", en: "name one column in `y`"),
        )),
        _ if y.iter().any(|&one| dataset.columns[one].unit != dataset.columns[y[0]].unit) => {
            Some((
                "y",
                message!(
                    ja: "単位の異なる列は、一つの図に描けません",
                    en: "columns with different units cannot be drawn in one chart",
                ),
                message!(ja: "単位ごとに図を分けてください", en: "make a chart for each unit"),
            ))
        }
        _ => None,
    };
    if let Some(found) = found {
        return Err(found);
    }
    let along = values_of(dataset, x, rows);
    let groups = by.map(|by| (by, values_of(dataset, by, rows)));
    // The rows at each point, in each group.
    let mut at: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for &row in rows {
        let group = by.map_or("", |by| dataset.rows.cell(row, by));
        at.entry((dataset.rows.cell(row, x), group)).or_default().push(row);
    }
    let points = without_gaps(dataset.columns[x].kind, &along);
    let series_of = |column: usize, group: &str, name: SeriesName| {
        let rows = points.iter().map(|point| at.get(&(point.as_str(), group)));
        let value = |rows: Option<&Vec<usize>>| rows.and_then(|rows| sum(dataset, column, rows));
        BlockSeries { name, values: rows.map(value).collect() }
    };
    let series = match &groups {
        Some((by, groups)) => (groups.iter())
            .map(|&group| series_of(y[0], group, SeriesName::Value(*by, group.to_owned())))
            .collect(),
        None => y.iter().map(|&y| series_of(y, "", SeriesName::Column(y))).collect(),
    };
    let is_shown =
        |(point, group): &(&str, &str)| !point.is_empty() && (by.is_none() || !group.is_empty());
    let is_sum = at.iter().any(|(place, rows)| is_shown(place) && rows.len() > 1);
    let ratio = y.iter().map(|&column| &dataset.columns[column]).find(|column| column.is_ratio());
    if let (true, Some(ratio)) = (is_sum, ratio) {
        let (said, help) = added_ratio(ratio);
        return Err(("y", said, help));
    }
    let unit = dataset.columns[y[0]].said_unit().map(str::to_owned);
    let kind = ChartKind::Line;
    Ok(ChartBlock { dataset: 0, kind, x, points, series, unit, target: None, is_sum })
}

/// `chart`, unless nobody could read it.
fn can_be_drawn(chart: ChartBlock, has_by: bool) -> Result<ChartBlock, Hindrance> {
    let most = if chart.kind == ChartKind::SmallMultiples { SMALL } else { SERIES };
    let bars = matches!(chart.kind, ChartKind::Bar | ChartKind::Stacked);
    let points = if bars { BARS } else { POINTS };
    let (series, along) = (chart.series.len(), chart.points.len());
    let values = || chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let (key, message, help) = if values().next().is_none() {
        (
            "y",
            message!(ja: "描く数値がありません", en: "there is no figure to draw"),
            message!(ja: "「where」の条件を確かめてください", en: "check the conditions in `where`"),
        )
    } else if series > most {
        (
            if has_by { "by" } else { "y" },
            message!(
                ja: "{series}本の線や棒は、一つの図では見分けられません（{most}本まで）",
                en: "{series} lines or bars cannot be told apart in one chart; at most {most} can",
            ),
            message!(
                ja: "「where」で減らすか、「kind = \"small-multiples\"」にしてください",
                en: "select fewer with `where`, or use `kind = \"small-multiples\"`",
            ),
        )
    } else if along > points {
        (
            "x",
            message!(
                ja: "横に{along}個は並べられません（{points}個まで）",
                en: "{along} places do not fit side by side; at most {points} do",
            ),
            message!(
                ja: "「last」か「where」で減らすか、「kind = \"line\"」にしてください",
                en: "select fewer with `last` or `where`, or use `kind = \"line\"`",
            ),
        )
    } else if chart.kind == ChartKind::Stacked && values().any(|value| value.as_f64() < 0.0) {
        (
            "kind",
            message!(
                ja: "マイナスの数値は積み上げられません",
                en: "negative figures cannot be stacked",
            ),
            message!(ja: "「kind = \"bar\"」にしてください", en: "use `kind = \"bar\"`"),
        )
    } else {
        return Ok(chart);
    };
    Err((key, message, help))
}
