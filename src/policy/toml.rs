//! Reads policies from **TOML**: each file holds a policy or a part of one, with its
//! `[[measures]]`.

use std::sync::Arc;

use crate::config::PublicPeriod;
use crate::diagnostic::Diagnostics;
use crate::document::{self, Keys, Shape};
use crate::text::Localized;

use super::field::{DeclaredFields, Of, read_keys};
use super::written::{WrittenMeasure, WrittenPolicy, WrittenResult};

/// Reads the policy in the `text` of `file`. Returns `None` if its department or its year is not
/// known; problems are added to `diagnostics`.
pub(super) fn read(
    file: &Arc<str>,
    text: &str,
    declared: &DeclaredFields,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenPolicy> {
    document::read(file, text, diagnostics, |keys| read_policy(keys, declared)).flatten()
}

/// The shape of the file of a policy.
pub fn shape() -> Shape {
    document::shape(|keys| read_policy(keys, &DeclaredFields::default()))
}

/// Reads a policy, or a part of one, from the keys of its file. `None` if department or year is
/// missing. All keys are read before, so that every mistake is reported.
fn read_policy(keys: &mut Keys<'_>, declared: &DeclaredFields) -> Option<WrittenPolicy> {
    let department = keys.required_located_text("department");
    let fiscal_year = keys.required_fiscal_year("fiscal_year");
    let headline = keys.localized("headline");
    let statement = keys.localized("statement");
    let period = read_period(keys);
    let updated = keys.date("updated");
    let fields = read_keys(keys, declared, Of::Policy);
    let provenance = keys.provenance();
    let extra = keys.extra();
    let measures = keys.tables("measures", |keys| read_measure(keys, declared));
    let place = keys.place();
    Some(WrittenPolicy {
        department: department?,
        fiscal_year: fiscal_year?,
        headline,
        statement,
        period,
        updated,
        fields,
        extra,
        measures: measures.into_iter().flatten().collect(),
        place,
        provenance,
    })
}

/// Reads one of `[[measures]]`. `None` if id or title is missing. All keys are read before, so that
/// every mistake is reported.
fn read_measure(keys: &mut Keys<'_>, declared: &DeclaredFields) -> Option<WrittenMeasure> {
    let id = keys.required_id("id");
    let series = keys.id("series");
    let title = keys.required_localized("title");
    let kana = keys.located_text("kana");
    let topics = keys.texts("topics");
    let plan = keys.located_text("plan");
    let direction = keys.localized("direction");
    let easy = keys.text("easy").map(Localized::new);
    let updated = keys.date("updated");
    let period = read_period(keys);
    let fields = read_keys(keys, declared, Of::Measure);
    let result = keys.table("result", |keys| read_result(keys, declared));
    let (place, provenance) = (keys.place(), keys.provenance());
    let extra = keys.extra();
    Some(WrittenMeasure {
        id: Some(id?),
        series: series.map(|series| series.value),
        title: title?,
        kana,
        topics,
        plan,
        direction,
        easy,
        updated,
        period,
        fields,
        extra,
        result,
        place,
        provenance,
    })
}

/// Reads when a policy, a measure or a result is public.
fn read_period(keys: &mut Keys<'_>) -> PublicPeriod {
    PublicPeriod {
        draft: keys.flag("draft"),
        published: keys.date("published"),
        expires: keys.date("expires"),
    }
}

fn read_result(keys: &mut Keys<'_>, declared: &DeclaredFields) -> WrittenResult {
    WrittenResult {
        rating: keys.located_text("rating"),
        account: keys.localized("account"),
        period: read_period(keys),
        fields: read_keys(keys, declared, Of::Result),
        place: keys.place(),
        provenance: keys.provenance(),
    }
}
