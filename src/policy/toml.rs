//! Reads policies from **TOML**: each file holds a policy or a part of one, with its
//! `[[measures]]`.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::document::{self, Keys};
use crate::text::Localized;

use super::written::{WrittenMeasure, WrittenPolicy, WrittenResult};

/// Reads the policy in the `text` of `file`. Returns `None` if its department or its year is not
/// known; problems are added to `diagnostics`.
pub(super) fn read(
    file: &Arc<str>,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenPolicy> {
    document::read(file, text, diagnostics, read_policy).flatten()
}

fn read_policy(keys: &mut Keys<'_>) -> Option<WrittenPolicy> {
    let department = keys.required_located_text("department");
    let fiscal_year = keys.required_fiscal_year("fiscal_year");
    let headline = keys.localized("headline");
    let statement = keys.localized("statement");
    let published = keys.date("published");
    let updated = keys.date("updated");
    let draft = keys.flag("draft");
    let measures = keys.tables("measures", read_measure);
    let place = keys.place();
    Some(WrittenPolicy {
        department: department?,
        fiscal_year: fiscal_year?,
        headline,
        statement,
        published,
        updated,
        draft,
        measures: measures.into_iter().flatten().collect(),
        place,
    })
}

fn read_measure(keys: &mut Keys<'_>) -> Option<WrittenMeasure> {
    let id = keys.required_id("id");
    let series = keys.id("series");
    let title = keys.required_localized("title");
    let kana = keys.located_text("kana");
    let topics = keys.texts("topics");
    let direction = keys.localized("direction");
    let easy = keys.text("easy").map(Localized::new);
    let updated = keys.date("updated");
    let draft = keys.flag("draft");
    let result = keys.table("result", read_result);
    let place = keys.place();
    Some(WrittenMeasure {
        id: id?,
        series: series.map(|series| series.value),
        title: title?,
        kana,
        topics,
        direction,
        easy,
        updated,
        draft,
        result,
        place,
    })
}

fn read_result(keys: &mut Keys<'_>) -> WrittenResult {
    WrittenResult {
        rating: keys.located_text("rating"),
        account: keys.localized("account"),
        published: keys.date("published"),
        place: keys.place(),
    }
}
