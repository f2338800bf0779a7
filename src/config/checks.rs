//! `[checks]`: which rules are errors or warnings on this site, and which are not applied.

use crate::diagnostic::{self, Code, Judgement, Located, Message, RuleVerdict};
use crate::document::Keys;
use crate::message;
use crate::text::nearest;

/// Reads `[checks]`. A rule that does not exist, that cannot be decided on, or that has an unknown
/// value is reported and left as it is.
pub(super) fn read(keys: &mut Keys<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for (rule, value) in keys.named_texts("checks") {
        let name = &rule.value;
        let named: Vec<&'static Code> = Code::named(name).collect();
        let open: Vec<&'static Code> =
            named.iter().copied().filter(|code| code.is_open()).collect();
        let verdict = RuleVerdict::CHOICES.iter().find(|(spelling, _)| *spelling == value.value);
        match verdict {
            _ if named.is_empty() => unknown(keys, &rule),
            None => problem(
                keys,
                &value,
                value_message(&value.value),
                Message::allowed_values(RuleVerdict::CHOICES.map(|(spelling, _)| spelling)),
            ),
            Some(_) if open.is_empty() && value.value != "error" => problem(
                keys,
                &rule,
                message!(
                    ja: "「{name}」は、公開できない内容についての規則のため、変更できません",
                    en: "`{name}` cannot be changed: what it reports cannot be published",
                ),
                message!(ja: "この行を削除してください", en: "delete this line"),
            ),
            Some((_, verdict)) => open.into_iter().for_each(|code| judgement.set(code, *verdict)),
        }
    }
    judgement
}

fn value_message(value: &str) -> Message {
    message!(
        ja: "「{value}」は、規則の扱いとして使えません",
        en: "`{value}` is not a severity of a rule",
    )
}

fn unknown(keys: &mut Keys<'_>, rule: &Located<String>) {
    let name = &rule.value;
    let ids = diagnostic::ALL.iter().flat_map(|code| [Some(code.id), code.rule]).flatten();
    let help = match nearest(name, ids) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "警告に表示される名前（「table::spaces」など）か、規則の番号（「L1-06」など）を記入してください",
            en: "write the name that a warning shows, such as `table::spaces`, or the number of a rule, such as `L1-06`",
        ),
    };
    problem(
        keys,
        rule,
        message!(ja: "「{name}」という規則はありません", en: "there is no rule `{name}`"),
        help,
    );
}

fn problem(keys: &mut Keys<'_>, at: &Located<String>, message: Message, help: Message) {
    let problem = diagnostic::Diagnostic::new(&diagnostic::CONFIG_CHECK, at.place.clone(), message);
    keys.push(problem.with_help(help));
}
