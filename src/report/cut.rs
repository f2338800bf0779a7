//! A report for people is **cut** to what one can read: at most [`LINES`] lines, errors first, and
//! then the number of problems of each rule.
//!
//! Not in here: joining problems to groups (`groups`).

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity};
use crate::text::Language;

use super::{in_code, severity_caption};

/// Lines of a cut report, without the totals.
const LINES: usize = 150;
/// Rules whose totals are shown.
const RULES: usize = 40;

/// A group of problems as text.
pub(super) struct RenderedGroup {
    pub code: &'static Code,
    pub severity: Severity,
    /// Number of its problems.
    pub count: usize,
    pub text: String,
}

/// The texts of `groups`; if they have too many lines, those that fit, errors first, and the totals
/// of all rules.
pub(super) fn cut(groups: &[RenderedGroup], language: Language) -> String {
    let lines = |group: &RenderedGroup| group.text.lines().count();
    let whole = || groups.iter().map(|group| group.text.as_str()).collect::<String>();
    if groups.iter().map(lines).sum::<usize>() <= LINES {
        return whole();
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|index| groups[*index].severity);
    let mut left = LINES;
    let mut shown = vec![false; groups.len()];
    for index in order {
        match left.checked_sub(lines(&groups[index])) {
            Some(rest) => left = rest,
            None => break,
        }
        shown[index] = true;
    }
    let mut text = String::new();
    let shown_groups = groups.iter().zip(&shown).filter(|(_, shown)| **shown);
    shown_groups.for_each(|(group, _)| text.push_str(&group.text));
    text.push_str(&totals(groups, language));
    text
}

/// The number of problems of each rule, most first within each severity.
fn totals(groups: &[RenderedGroup], language: Language) -> String {
    let mut counts: BTreeMap<(Severity, &str), (usize, &'static Code)> = BTreeMap::new();
    for group in groups {
        counts.entry((group.severity, group.code.id)).or_insert((0, group.code)).0 += group.count;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, id), (count, _))| (*severity, std::cmp::Reverse(*count), *id));
    let mut text = match language {
        Language::Ja => "指摘が多いため、一部だけを表示しました。すべては「check --format html report.html」でページに、「--format json」でプログラム向けに書き出せます。種類ごとの件数：\n",
        Language::En => "too many problems to show here: `check --format html report.html` writes a page of them, `--format json` lists all; by rule:\n",
    }
    .to_owned();
    for ((severity, id), (count, code)) in counts.iter().take(RULES) {
        let caption = severity_caption(*severity, language);
        text.push_str(&format!("{count:>8}  {caption}[{id}]: {}\n", in_code(code, language)));
    }
    if let Some(more) = counts.len().checked_sub(RULES).filter(|more| *more > 0) {
        text.push_str(&match language {
            Language::Ja => format!("          ほか{more}種類\n"),
            Language::En => format!("          and {more} more rules\n"),
        });
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{RenderedGroup, cut};
    use crate::diagnostic::{self, Severity};
    use crate::text::Language;

    #[test]
    fn a_long_report_is_cut_to_its_errors_and_totals() {
        let group = |code: &'static diagnostic::Code, lines: usize| RenderedGroup {
            code,
            severity: code.severity,
            count: 3,
            text: format!("{}\n", code.id).repeat(lines),
        };
        let few = [group(&diagnostic::TABLE_SPACES, 20)];
        assert_eq!(cut(&few, Language::En), few[0].text);
        let mut many: Vec<_> = (0..30).map(|_| group(&diagnostic::TABLE_SPACES, 10)).collect();
        many.extend((0..30).map(|_| group(&diagnostic::TABLE_VALUE, 5)));
        let text = cut(&many, Language::En);
        assert!(text.lines().count() <= 200 && !text.contains("table::spaces\n"), "{text}");
        assert_eq!(text.matches("table::value\n").count(), 150);
        assert!(text.contains("      90  error[table::value]: "), "{text}");
        assert!(text.contains("      90  warning[table::spaces]: "), "{text}");
        assert_eq!(many[0].severity, Severity::Warning);
    }
}
