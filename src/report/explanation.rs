//! The **explanation** of a rule: what it says, why there is such a rule, and two examples, one
//! that it rejects and one that it accepts. It is the rule's section of `docs/*/diagnostics.md`.
//!
//! Not in here: the report on a problem, and the advice for it.

use crate::diagnostic::{ALL, Code};
use crate::text::Language;

const JA: &str = include_str!("../../docs/ja/diagnostics.md");
const EN: &str = include_str!("../../docs/en/diagnostics.md");

/// The explanation of `code` as Markdown, without a heading.
pub fn explanation(code: &Code, language: Language) -> &'static str {
    let reference = match language {
        Language::Ja => JA,
        Language::En => EN,
    };
    let heading = format!("\n### {}\n", code.id);
    let after = reference.split_once(&heading).map(|(_, after)| after);
    let section = after.unwrap_or_default();
    let end = ["\n### ", "\n## "].iter().filter_map(|next| section.find(next)).min();
    section[..end.unwrap_or(section.len())].trim_matches(['\r', '\n'])
}

/// The rules that `name` names: one by its id, such as `table::spaces`, or those with a number of
/// the government's rules, such as `L1-06`.
pub fn rules(name: &str) -> Vec<&'static Code> {
    let is_it = |code: &&&'static Code| {
        let of_government = code.rule.is_some_and(|rule| rule.eq_ignore_ascii_case(name));
        code.id.eq_ignore_ascii_case(name) || of_government
    };
    ALL.iter().filter(is_it).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::{explanation, rules};
    use crate::diagnostic::ALL;
    use crate::text::Language;

    #[test]
    fn every_rule_has_an_explanation() {
        for code in ALL {
            let [ja, en] = [Language::Ja, Language::En].map(|language| explanation(code, language));
            assert!(ja.contains(code.ja) && ja.contains("理由："), "{}: {ja}", code.id);
            assert!(en.contains(code.en) && en.contains("Why: "), "{}: {en}", code.id);
            assert!(!ja.contains("\n#") && !en.contains("\n## "), "{} goes on", code.id);
        }
    }

    #[test]
    fn a_rule_is_found_by_its_id_or_its_number() {
        let ids = |name: &str| rules(name).iter().map(|code| code.id).collect::<Vec<_>>();
        assert_eq!(ids("Table::Spaces"), ["table::spaces"]);
        assert_eq!(ids("l1-15"), ["table::row-length", "table::quote"]);
        assert!(ids("spaces").is_empty());
    }
}
