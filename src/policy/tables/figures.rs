//! The tables of **figures**: indicators and budgets, one row a year.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::IndicatorKind;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::form::MoneyUnit;
use crate::message;
use crate::policy::assemble::Nodes;
use crate::policy::columns::SiteTables;
use crate::policy::field::read_cells;
use crate::policy::{Better, Budget, IndicatorAbout, IndicatorYear, Of, Status};
use crate::source::Sources;
use crate::table::{RowFields, Table, Unit};
use crate::text::{Id, counted};

use super::{kept_tables_below, tables_below};

/// Reads `indicators/**/*.csv` and the tables that forms have `gathered`.
pub(in crate::policy) fn indicators(
    sources: &Sources,
    site: &SiteTables<'_>,
    kinds: &[IndicatorKind],
    gathered: &[Table],
    diagnostics: &mut Diagnostics,
) -> Vec<IndicatorYear> {
    let owner = |fields: &mut RowFields<'_, '_>| fields.required_id("measure");
    let spec = (site.indicators(), site);
    let read = reader(site, kinds, owner);
    kept_tables_below(sources, ("content/indicators/", gathered), spec, diagnostics, read)
}

/// Reads `plan-indicators/**/*.csv` and the tables that forms have `gathered`. Each row must name
/// one of `nodes`; an unknown node is reported once for each place that names it.
pub(in crate::policy) fn plan_indicators(
    sources: &Sources,
    site: &SiteTables<'_>,
    (nodes, kinds): (&Nodes<'_>, &[IndicatorKind]),
    gathered: &[Table],
    diagnostics: &mut Diagnostics,
) -> Vec<IndicatorYear> {
    let (mut unknown, mut told) = (Vec::new(), BTreeSet::new());
    let owner = |fields: &mut RowFields<'_, '_>| {
        let written = fields.required_located_text("plan")?;
        let found = nodes.find(&written);
        // A worksheet names its node once, for all its figures.
        if found.is_none() && told.insert(written.place.clone()) {
            unknown.push(written.clone());
        }
        found.map(|id| Located::new(id, written.place))
    };
    let spec = (site.plan_indicators(), site);
    let read = reader(site, kinds, owner);
    let rows =
        tables_below(sources, ("content/plan-indicators/", gathered), spec, diagnostics, read);
    for written in &unknown {
        nodes.report(written, diagnostics);
    }
    rows
}

/// A function that reads a row of a table of indicators; `owner` reads what the row belongs to.
fn reader(
    site: &SiteTables<'_>,
    kinds: &[IndicatorKind],
    mut owner: impl FnMut(&mut RowFields<'_, '_>) -> Option<Located<Id>>,
) -> impl FnMut(&mut RowFields<'_, '_>) -> Option<IndicatorYear> {
    let spelt = |spelling: fn(&IndicatorKind) -> &str| -> Vec<(&str, usize)> {
        kinds.iter().enumerate().map(|(index, kind)| (spelling(kind), index)).collect()
    };
    let labels = spelt(|kind| &kind.label.own);
    let also = [spelt(|kind| kind.id.as_str()), spelt(IndicatorKind::short)].concat();
    move |fields: &mut RowFields<'_, '_>| {
        let owner = owner(fields);
        let indicator = fields.required_id("indicator");
        let name = fields.required_localized("name");
        let unit = fields.text("unit");
        let unit_en = fields.text("unit_en");
        let kind = fields.choice("kind", &labels, &also);
        let better = fields.choice("better", &Better::CHOICES, &Better::ALSO);
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let of_row = Unit::of(unit.as_deref());
        let baseline = fields.decimal("baseline", of_row);
        let target = fields.decimal("target", of_row);
        let actual = fields.decimal("actual", of_row);
        let status = status(fields, ["actual", "target"], actual.is_some());
        let about = IndicatorAbout {
            definition: fields.text("definition"),
            formula: fields.text("formula"),
            source: fields.text("source"),
            disaggregation: fields.text("disaggregation"),
        };
        let note = fields.text("note");
        let own = read_cells(fields, site.fields, Of::Indicator);
        Some(IndicatorYear {
            owner: owner?,
            indicator: indicator?.value,
            name: name?,
            unit,
            unit_en,
            kind: kind.map(|kind| kinds[kind].id.clone()),
            better,
            about: (about != IndicatorAbout::default()).then(|| Box::new(about)),
            fiscal_year: fiscal_year?,
            baseline,
            target,
            actual,
            status,
            note,
            fields: own,
            place: fields.place(),
            provenance: fields.provenance(),
        })
    }
}

/// Reports columns of amounts whose header names another unit than the site's `unit`, once a table.
/// Columns with the same wrong unit are one error.
fn check_units(fields: &mut RowFields<'_, '_>, unit: &str) {
    let mut wrong: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for column in ["budget", "settled"] {
        match fields.unit_of_first(column) {
            Some(found) if !Unit::of(Some(unit)).is_named(found) => {
                wrong.entry(found).or_default().push(column);
            }
            _ => {}
        }
    }
    for (found, columns) in wrong {
        let names: Vec<&str> = columns.iter().map(|column| fields.header(column)).collect();
        let (ja, en) = (names.join("」「"), names.join("`, `"));
        fields.problem_of_column(
            &diagnostic::POLICY_UNIT,
            columns[0],
            message!(
                ja: "「{ja}」の単位は、この表では「{found}」、サイトの予算では「{unit}」です",
                en: "the unit of `{en}` is {found} in this table, but the budgets of the site are in {unit}",
            ),
            unit_help(found, unit),
        );
    }
}

/// Reports units of amounts read by forms that are not the site's `unit`.
pub(in crate::policy) fn check_units_of_forms(
    units: &[MoneyUnit],
    unit: &str,
    diagnostics: &mut Diagnostics,
) {
    let is_other = |found: &&MoneyUnit| !Unit::of(Some(unit)).is_named(&found.unit);
    for MoneyUnit { unit: found, place, sheets } in units.iter().filter(is_other) {
        let en = counted(*sheets, "worksheet");
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_UNIT,
                place.clone(),
                message!(
                    ja: "様式で読み取る金額の単位は「{found}」（{sheets}シート）、サイトの予算では「{unit}」です",
                    en: "the amounts that the form reads are in {found} ({en}), but the budgets of the site are in {unit}",
                ),
            )
            .with_help(unit_help(found, unit)),
        );
    }
}

/// Help for amounts in the unit `found` where the site has `unit`.
fn unit_help(found: &str, unit: &str) -> Message {
    message!(
        ja: "金額を「{unit}」の単位に直すか、「site.toml」の「[budgets]」に「unit = \"{found}\"」と書いてください",
        en: "give the amounts in {unit}, or write `unit = \"{found}\"` below `[budgets]` in `site.toml`",
    )
}

/// Reads `budgets/**/*.csv` and the tables that forms have `gathered`. `unit` is the budget unit of
/// the site; tables with another unit are reported.
pub(in crate::policy) fn budgets(
    sources: &Sources,
    site: &SiteTables<'_>,
    gathered: &[Table],
    unit: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Budget> {
    let named = unit;
    let unit = Unit::of(Some(unit));
    let read = |fields: &mut RowFields<'_, '_>| {
        let measure = fields.required_id("measure");
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        check_units(fields, named);
        let budget = fields.decimal("budget", unit);
        let settled = fields.decimal("settled", unit);
        let is_part = |text: &String| !Budget::UNDIVIDED.contains(&text.as_str());
        let source = fields.text("source").filter(is_part);
        let category = fields.text("category").filter(is_part);
        let status = status(fields, ["settled", "budget"], settled.is_some());
        let note = fields.text("note");
        let own = read_cells(fields, site.fields, Of::Budget);
        Some(Budget {
            measure: measure?,
            fiscal_year: fiscal_year?,
            budget,
            settled,
            source,
            category,
            status,
            note,
            fields: own,
            place: fields.place(),
            provenance: fields.provenance(),
        })
    };
    let spec = (site.budgets(), site);
    kept_tables_below(sources, ("content/budgets/", gathered), spec, diagnostics, read)
}

/// The status of a row: that of the column `status`, or else what the text in place of the figure
/// in the column `name` means, or the text in `before` if `name` is blank. A declared status is
/// reported if it contradicts that text, or if it says that a figure is missing which is there.
fn status(
    fields: &mut RowFields<'_, '_>,
    [name, before]: [&str; 2],
    has_figure: bool,
) -> Option<Status> {
    let marked = fields.missing_status(name);
    let marked = marked
        .or_else(|| fields.missing_status(before).filter(|_| !has_figure && fields.is_empty(name)));
    let labels = Status::ALL.map(|(status, _, ja, ..)| (ja, status));
    let ids = Status::ALL.map(|(status, id, ..)| (id, status));
    let also: Vec<(&str, Status)> = ids.into_iter().chain(Status::ALSO).collect();
    let Some(status) = fields.choice("status", &labels, &also) else { return marked };
    if let Some(marked) = marked.filter(|marked| *marked != status) {
        let ((ja, en), (own_ja, own_en)) = (status.names(), marked.names());
        fields.problem(
            &diagnostic::POLICY_STATUS,
            name,
            message!(
                ja: "状態は「{ja}」ですが、このセルの文字は「{own_ja}」を表します",
                en: "the status is `{en}`, but the text in this cell means `{own_en}`",
            ),
            message!(ja: "どちらかを訂正してください", en: "correct one of the two"),
        );
    }
    if status.is_missing() && has_figure {
        let (ja, en) = status.names();
        fields.problem(
            &diagnostic::POLICY_STATUS,
            name,
            message!(
                ja: "状態が「{ja}」の行に値が入力されています",
                en: "there is a figure in a row whose status is `{en}`",
            ),
            message!(
                ja: "公開しない値や存在しない値のセルは空欄にするか、「状態」を訂正してください",
                en: "leave the cell blank if the figure is not published or cannot exist, or correct `status`",
            ),
        );
    }
    Some(status)
}
