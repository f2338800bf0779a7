//! The **judgement** of a site on kinds of problems: which of them are errors, warnings, or not
//! reported (`[checks]` in `site.toml`).
//!
//! Not in here: reading the setting (`config`).

use std::collections::BTreeMap;

use super::{ALL, Code, Severity};

/// What a site decides on a kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVerdict {
    /// It is reported with this severity.
    Report(Severity),
    /// It is not reported.
    Off,
}

impl RuleVerdict {
    /// Every verdict with its spelling in `site.toml`.
    pub const CHOICES: [(&'static str, Self); 3] = [
        ("error", Self::Report(Severity::Error)),
        ("warning", Self::Report(Severity::Warning)),
        ("off", Self::Off),
    ];
}

/// The verdicts of a site. Kinds without one keep their own severity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    verdicts: BTreeMap<&'static str, RuleVerdict>,
}

impl Judgement {
    /// Decides on the kind `code`.
    pub fn set(&mut self, code: &'static Code, verdict: RuleVerdict) {
        self.verdicts.insert(code.id, verdict);
    }

    /// The severity of a problem of the kind `code`; `None` if it is not reported.
    pub fn severity(&self, code: &'static Code) -> Option<Severity> {
        match self.verdicts.get(code.id) {
            Some(RuleVerdict::Report(severity)) => Some(*severity),
            Some(RuleVerdict::Off) => None,
            None => Some(code.severity),
        }
    }
}

impl Code {
    /// May a site decide on this kind? Without what an error is about, there is nothing that could
    /// be published.
    pub fn is_open(&self) -> bool {
        self.severity != Severity::Error
    }

    /// The kinds that `text` names: by its id (`table::spaces`), or by the number of its rule
    /// (`L1-06`), which may have several.
    pub fn named(text: &str) -> impl Iterator<Item = &'static Self> {
        ALL.iter().copied().filter(move |code| code.id == text || code.rule == Some(text))
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Place, Severity};
    use crate::message;

    use super::{Judgement, RuleVerdict};

    #[test]
    fn a_site_decides_on_its_warnings() {
        let mut found = Diagnostics::new();
        for code in [&diagnostic::TABLE_SPACES, &diagnostic::TABLE_DITTO, &diagnostic::TABLE_VALUE]
        {
            let text = message!(ja: "誤り", en: "wrong");
            found.push(Diagnostic::new(code, Place::file("content/t.csv"), text));
        }
        let mut judgement = Judgement::default();
        judgement.set(&diagnostic::TABLE_SPACES, RuleVerdict::Off);
        judgement.set(&diagnostic::TABLE_DITTO, RuleVerdict::Report(Severity::Error));
        found.judge(&judgement);
        found.judge(&judgement);
        assert_eq!((found.errors(), found.count(Severity::Error)), (2, 2));
        assert_eq!(found.count(Severity::Warning), 0);
        assert_eq!(found.iter().count(), 2);
    }

    #[test]
    fn a_rule_is_named_by_its_number_too() {
        let ids: Vec<&str> = Code::named("L1-06").map(|code| code.id).collect();
        assert_eq!(ids, ["table::spaces"]);
        assert_eq!(Code::named("table::spaces").count(), 1);
        assert_eq!(Code::named("L9-99").count(), 0);
        assert!(!diagnostic::TABLE_VALUE.is_open() && diagnostic::TABLE_SPACES.is_open());
    }
}
