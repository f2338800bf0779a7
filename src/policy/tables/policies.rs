//! **Policies and measures** as written, from TOML files and from the rows of tables.

use crate::config::PublicPeriod;
use crate::diagnostic::{Diagnostics, Provenance};
use crate::document::Extra;
use crate::policy::columns::SiteTables;
use crate::policy::field::{DeclaredFields, read_cells};
use crate::policy::written::{WrittenMeasure, WrittenPolicy, WrittenResult};
use crate::policy::{FieldValues, Of, toml};
use crate::source::Sources;
use crate::table::{self, RowFields, Table};

use super::{kept_tables_below, rows, unexpected};

/// Reads `policies/**/*.toml`. Files that are neither TOML nor tables are reported.
pub(in crate::policy) fn policies_in_toml(
    sources: &Sources,
    declared: &DeclaredFields,
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenPolicy> {
    let mut policies = Vec::new();
    for file in sources.files_below("content/policies/") {
        if table::is_declaration(sources, &file.path) {
            continue;
        }
        if file.path.to_lowercase().ends_with(".toml") {
            if let Some(text) = file.text(diagnostics) {
                policies.extend(toml::read(&file.path, &text, declared, diagnostics));
            }
        } else if !table::is_table(&file.path) {
            diagnostics.push(unexpected(file));
        }
    }
    policies
}

/// Reads `policies/**/*.csv`: each row is a policy without measures.
pub(in crate::policy) fn policies(
    sources: &Sources,
    site: &SiteTables<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenPolicy> {
    let tables =
        sources.files_below("content/policies/").filter(|file| table::is_table(&file.path));
    let mut policies = Vec::new();
    for file in tables {
        policies.extend(rows(sources, file, (site.policies(), site), diagnostics, |fields| {
            let department = fields.required_located_text("department");
            let fiscal_year = fields.required_fiscal_year("fiscal_year");
            let headline = fields.localized("headline");
            let statement = fields.paragraphs("statement");
            let updated = fields.date("updated");
            let period = PublicPeriod {
                draft: fields.flag("draft"),
                published: fields.date("published"),
                expires: fields.date("expires"),
            };
            let own = read_cells(fields, site.fields, Of::Policy);
            Some(WrittenPolicy {
                department: department?,
                fiscal_year: fiscal_year?,
                headline,
                statement,
                period,
                updated,
                fields: own,
                extra: Extra::new(),
                measures: Vec::new(),
                place: fields.place(),
                provenance: fields.provenance(),
            })
        }));
    }
    policies
}

/// Reads `measures/**/*.csv` and the tables that forms have `gathered`: each row is a piece of a
/// policy with one measure.
pub(in crate::policy) fn measures(
    sources: &Sources,
    site: &SiteTables<'_>,
    gathered: &[Table],
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenPolicy> {
    let spec = (site.measures(), site);
    let read = |fields: &mut RowFields<'_, '_>| read_measure(fields, site.fields);
    kept_tables_below(sources, ("content/measures/", gathered), spec, diagnostics, read)
}

/// Reads a row of a table of measures as a piece of a policy with one measure. `None` if department
/// or year is missing. A measure without id or title is kept, so that the rest of it is checked.
fn read_measure(
    fields: &mut RowFields<'_, '_>,
    declared: &DeclaredFields,
) -> Option<WrittenPolicy> {
    let id = fields.required_id("id");
    let fiscal_year = fields.required_fiscal_year("fiscal_year");
    let department = fields.required_located_text("department");
    let series = fields.id("series");
    let title = fields.required_localized("title").unwrap_or_default();
    let kana = fields.located_text("kana");
    let topics = fields.list("topics");
    let plan = fields.located_text("plan");
    let direction = fields.paragraphs("direction");
    let easy = fields.paragraphs_in_own_language("easy");
    let updated = fields.date("updated");
    let period = PublicPeriod {
        draft: fields.flag("draft"),
        published: fields.date("published"),
        expires: fields.date("expires"),
    };
    let own = read_cells(fields, declared, Of::Measure);
    let provenance = fields.provenance();
    let result = read_result(fields, declared);
    let place = fields.place();
    let measure = WrittenMeasure {
        id,
        series: series.map(|series| series.value),
        title,
        kana,
        topics,
        plan,
        direction,
        easy,
        updated,
        period,
        fields: own,
        extra: Extra::new(),
        result,
        place: place.clone(),
        provenance,
    };
    Some(WrittenPolicy {
        department: department?,
        fiscal_year: fiscal_year?,
        headline: None,
        statement: None,
        period: PublicPeriod::default(),
        updated: None,
        fields: FieldValues::new(),
        extra: Extra::new(),
        measures: vec![measure],
        place,
        // The places of year and department are recorded with the measure.
        provenance: Provenance::default(),
    })
}

fn read_result(fields: &mut RowFields<'_, '_>, declared: &DeclaredFields) -> Option<WrittenResult> {
    let rating = fields.located_text("rating");
    let account = fields.paragraphs("account");
    let period = PublicPeriod {
        draft: fields.flag("result_draft"),
        published: fields.date("result_published"),
        expires: fields.date("result_expires"),
    };
    let own = read_cells(fields, declared, Of::Result);
    // A rating that could not be read has been reported; it is not also a missing rating.
    if fields.is_told("rating") {
        return None;
    }
    if rating.is_none() && account.is_none() && period == PublicPeriod::default() && own.is_empty()
    {
        return None;
    }
    let (place, provenance) = (fields.place(), fields.provenance());
    Some(WrittenResult { rating, account, period, fields: own, place, provenance })
}
