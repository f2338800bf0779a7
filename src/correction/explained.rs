//! The rules that the page names, **explained**: below the problems, so that the page is enough on
//! a computer without a network.
//!
//! Not in here: the texts (`report::explanation`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::Diagnostic;
use crate::markdown::{Alone, to_html};
use crate::report::explanation;
use crate::text::Language;

/// Appends an explanation of each rule that one of `problems` violates; its anchor is `rule-<id>`.
pub(super) fn explained(problems: &[&Diagnostic], language: Language, html: &mut String) {
    let rules: BTreeMap<&str, _> =
        problems.iter().map(|problem| (problem.code.id, problem.code)).collect();
    if rules.is_empty() {
        return;
    }
    let title = match language {
        Language::Ja => "規則の説明",
        Language::En => "The rules explained",
    };
    let _ = writeln!(html, "<section>\n<h2>{title}</h2>");
    for (id, code) in rules {
        let text = to_html(explanation(code, language), 4, &Alone);
        let _ = writeln!(html, "<h3 id=\"rule-{id}\">{id}</h3>\n{text}");
    }
    html.push_str("</section>\n");
}
