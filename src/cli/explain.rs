//! `explain`: prints what a rule says, why there is such a rule, and a wrong and a right example.
//!
//! Not in here: the texts (`report::explanation`).

use crate::diagnostic::ALL;
use crate::message;
use crate::report::{explanation, rules};
use crate::text::{Language, nearest};

use super::arguments::ExplainArguments;
use super::commands::refuse;
use super::{CommandOutcome, say};

/// `kawaraban explain`: prints the explanation of the rules that a name names. Refused where there
/// is no such rule.
pub(super) fn explain(arguments: &ExplainArguments, language: Language) -> CommandOutcome {
    let name = arguments.rule.as_str();
    let found = rules(name);
    if found.is_empty() {
        let near = nearest(name, ALL.iter().map(|code| code.id));
        let near = near.unwrap_or("table::spaces");
        return refuse(
            language,
            &message!(ja: "「{name}」という規則はありません", en: "there is no rule `{name}`"),
            Some(&message!(
                ja: "指摘の［ ］の中の文字か、「L1-06」のような番号を入力してください。例：「kawaraban explain {near}」",
                en: "give what stands in brackets in the report, or a number such as `L1-06`; for example `kawaraban explain {near}`",
            )),
        );
    }
    let explained =
        found.iter().map(|code| format!("{}\n\n{}\n", code.id, explanation(code, language)));
    say(explained.collect::<Vec<_>>().join("\n").trim_end());
    CommandOutcome::Fine
}
