//! **Reads** `content/accessibility.toml`, and reports contradictions in it.

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostics, Message, Place};
use crate::document::{self, Keys, Shape};
use crate::message;
use crate::source::Sources;

use super::{
    Accessibility, AccessibilityPolicy, CRITERIA, CriterionOutcome, Degree, Level, TestResult,
    Verdict,
};

/// Reads `content/accessibility.toml` from `sources`.
///
/// Returns `None` if the file does not exist, is not a well-formed TOML document, or has no
/// complete policy. Test results that are incomplete are left out. Every problem is added to
/// `diagnostics`.
pub fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Accessibility> {
    let file = sources.get("content/accessibility.toml")?;
    let text = file.text(diagnostics)?;
    document::read(&file.path, &text, diagnostics, |keys| {
        let (policy, mut results) = read_parts(keys);
        results.sort_by_key(|result| std::cmp::Reverse(result.fiscal_year));
        Some(Accessibility { policy: policy?, results, place: Place::file(file.path.clone()) })
    })
    .flatten()
}

/// The shape of the file.
pub fn shape() -> Shape {
    document::shape(read_parts)
}

/// Reads the policy, if it is complete, and the results of tests.
fn read_parts(keys: &mut Keys<'_>) -> (Option<AccessibilityPolicy>, Vec<TestResult>) {
    let policy = keys.required_table("policy", read_policy);
    let mut years = Vec::new();
    let results = keys.tables("results", |keys| read_result(keys, &mut years));
    (policy, results.into_iter().flatten().collect())
}

fn read_policy(keys: &mut Keys<'_>) -> Option<AccessibilityPolicy> {
    let level = keys.required_choice("level", &Level::CHOICES);
    let degree = keys.required_choice("degree", &Degree::CHOICES);
    let scope = keys.required_localized("scope");
    let deadline = keys.date("deadline");
    let exceptions = keys.localized("exceptions");
    let added = keys.localized("added");
    let problems = keys.localized("problems");
    let updated = keys.date("updated");
    Some(AccessibilityPolicy {
        level: level?,
        degree: degree?,
        scope: scope?,
        deadline,
        exceptions,
        added,
        problems,
        updated,
    })
}

/// Reads one of `[[results]]`. `years` are the fiscal years of the results read so far; the year of
/// this one is added. Contradictions within the result, and a second result for a year, are
/// reported.
///
/// Returns `None` if a required value is missing or wrong, or if the year already has a result.
fn read_result(keys: &mut Keys<'_>, years: &mut Vec<FiscalYear>) -> Option<TestResult> {
    let fiscal_year = keys.required_fiscal_year("fiscal_year");
    let declared = required_date(keys, "declared");
    let level = keys.required_choice("level", &Level::CHOICES);
    let degree = keys.required_choice("degree", &Degree::CHOICES);
    let scope = keys.required_localized("scope");
    let technologies = required_texts(keys, "technologies");
    let selection = keys.required_localized("selection");
    let pages = required_texts(keys, "pages");
    let start = required_date(keys, "start");
    let end = required_date(keys, "end");
    let outlook = keys.localized("outlook");
    // If the level is unknown, level A is assumed, so that no criterion of level AA is reported as
    // missing.
    let tested = level.unwrap_or(Level::A);
    let verdicts = match keys.has("criteria") {
        true => keys.table("criteria", |keys| read_verdicts(keys, tested)),
        false => keys.missing("criteria"),
    };
    let noted = keys.table("notes", |keys| {
        CRITERIA.iter().map(|criterion| keys.localized(criterion.id)).collect::<Vec<_>>()
    });
    let mut notes = noted.unwrap_or_default().into_iter();
    let found = CRITERIA.iter().zip(verdicts?);
    let outcomes: Vec<CriterionOutcome> = found
        .map(|(criterion, verdict)| (criterion, verdict, notes.next().flatten()))
        .filter_map(|(criterion, verdict, note)| {
            Some(CriterionOutcome { criterion, verdict: verdict?, note })
        })
        .collect();
    let (fiscal_year, degree) = (fiscal_year?, degree?);
    judge(keys, degree, &outcomes, outlook.is_some());
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        contradiction(
            keys,
            "end",
            message!(ja: "試験の終了日が開始日より前になっています", en: "the test ends before it begins"),
            message!(ja: "「start」（開始日）と「end」（終了日）を確認してください", en: "check `start` and `end`"),
        );
    }
    if years.contains(&fiscal_year) {
        contradiction(
            keys,
            "fiscal_year",
            message!(ja: "{fiscal_year}年度の試験結果が2件あります", en: "there are two results for fiscal year {fiscal_year}"),
            message!(ja: "試験結果は年度ごとに1件にまとめてください", en: "keep one result for each fiscal year"),
        );
        return None;
    }
    years.push(fiscal_year);
    Some(TestResult {
        fiscal_year,
        declared: declared?,
        level: level?,
        degree,
        scope: scope?,
        technologies: technologies?.into_iter().map(|text| text.value).collect(),
        selection: selection?,
        pages: pages?,
        start: start?,
        end: end?,
        outlook,
        outcomes,
        place: keys.place(),
    })
}

/// The verdict for each of [`CRITERIA`], in their order. Missing verdicts are reported for criteria
/// that `level` includes; those of other criteria are optional. `None` stands for a missing or
/// wrong verdict.
fn read_verdicts(keys: &mut Keys<'_>, level: Level) -> Vec<Option<Verdict>> {
    CRITERIA
        .iter()
        .map(|criterion| match criterion.level <= level {
            true => keys.required_choice(criterion.id, &Verdict::CHOICES),
            false => keys.choice(criterion.id, &Verdict::CHOICES),
        })
        .collect()
}

/// Reports contradictions between the declared degree of conformance and the outcomes: a degree
/// that they rule out, partial conformance without an outlook, and criteria that are not met and
/// have no note.
fn judge(keys: &mut Keys<'_>, degree: Degree, outcomes: &[CriterionOutcome], has_outlook: bool) {
    let not_met: Vec<&CriterionOutcome> =
        outcomes.iter().filter(|outcome| outcome.verdict == Verdict::NotMet).collect();
    let Message { ja, en } = Message::list(not_met.iter().map(|outcome| outcome.criterion.id));
    if degree == Degree::Conformant && !not_met.is_empty() {
        contradiction(
            keys,
            "degree",
            message!(ja: "「準拠」としていますが、満たしていない達成基準があります：{ja}", en: "full conformance is declared, but these criteria are not met: {en}"),
            message!(
                ja: "「degree」を「一部準拠」にして「outlook」に今後の対応方針を記入するか、試験の結果を確認してください",
                en: "change `degree` to `partial` and describe the next steps in `outlook`, or check the test results",
            ),
        );
    }
    if degree == Degree::Partial && not_met.is_empty() {
        contradiction(
            keys,
            "degree",
            message!(ja: "「一部準拠」としていますが、満たしていない達成基準がありません", en: "partial conformance is declared, but every criterion is met"),
            message!(ja: "「degree」と「criteria」を確認してください", en: "check `degree` and `criteria`"),
        );
    }
    if degree == Degree::Partial && !not_met.is_empty() && !has_outlook {
        contradiction(
            keys,
            "degree",
            message!(ja: "「一部準拠」としていますが、今後の対応方針がありません", en: "partial conformance is declared, but `outlook` is missing"),
            message!(ja: "「outlook = \"…\"」に、達成基準を満たすための対応と時期を記入してください", en: "state in `outlook = \"…\"` what will be done and by when"),
        );
    }
    for outcome in not_met.iter().filter(|outcome| outcome.note.is_none()) {
        let id = outcome.criterion.id;
        contradiction(
            keys,
            "criteria",
            message!(ja: "満たしていない達成基準「{id}」に注記がありません", en: "criterion `{id}` is not met, but no note explains why"),
            message!(ja: "「[results.notes]」に「\"{id}\" = \"…\"」の形で理由を記入してください", en: "add `\"{id}\" = \"…\"` to `[results.notes]`"),
        );
    }
}

fn contradiction(
    keys: &mut Keys<'_>,
    key: &str,
    message: diagnostic::Message,
    help: diagnostic::Message,
) {
    keys.problem(&diagnostic::ACCESSIBILITY_CONTRADICTION, key, message, help);
}

fn required_date(keys: &mut Keys<'_>, key: &str) -> Option<crate::calendar::Date> {
    if keys.has(key) {
        return keys.date(key);
    }
    keys.date(key);
    keys.missing(key)
}

fn required_texts(keys: &mut Keys<'_>, key: &str) -> Option<Vec<diagnostic::Located<String>>> {
    let had = keys.has(key);
    let texts = keys.texts(key);
    match (had, texts.is_empty()) {
        (false, _) => keys.missing(key),
        (true, true) => None,
        _ => Some(texts),
    }
}
