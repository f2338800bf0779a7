//! The city's declaration of **accessibility**: its policy and the results of its yearly tests, in
//! the form that JIS X 8341-3:2016 and the guidelines of WAIC require
//! (`content/accessibility.toml`).
//!
//! The city is responsible for what it declares. The product never assesses conformance; it only
//! refuses contradictions.
//!
//! Not in here: whether the tested pages exist (`check`), and how the declaration is shown
//! (`html`).

mod criteria;
mod read;

pub use criteria::{CRITERIA, Criterion, Level};
pub use read::{read, shape};

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{Located, Place};
use crate::text::Localized;

/// The policy and the test results.
#[derive(Clone, Debug)]
pub struct Accessibility {
    /// The policy.
    pub policy: AccessibilityPolicy,
    /// The test results, newest first.
    pub results: Vec<TestResult>,
    /// The place of `content/accessibility.toml`.
    pub place: Place,
}

/// The degree of conformance, in the three terms of WAIC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// 準拠: tested; all criteria of the level are met.
    Conformant,
    /// 一部準拠: tested; some criteria are not met, and the next steps are stated.
    Partial,
    /// 配慮: made with the standard in mind; no test is required.
    Considered,
}

impl Degree {
    /// All degrees with their spellings.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("conformant", Self::Conformant),
        ("partial", Self::Partial),
        ("considered", Self::Considered),
        ("準拠", Self::Conformant),
        ("一部準拠", Self::Partial),
        ("配慮", Self::Considered),
    ];

    /// Its spelling in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conformant => "conformant",
            Self::Partial => "partial",
            Self::Considered => "considered",
        }
    }

    /// Its Japanese term in the guidelines.
    pub fn term(self) -> &'static str {
        match self {
            Self::Conformant => "準拠",
            Self::Partial => "一部準拠",
            Self::Considered => "配慮",
        }
    }
}

/// The accessibility policy. Texts are Markdown.
#[derive(Clone, Debug)]
pub struct AccessibilityPolicy {
    /// The target level.
    pub level: Level,
    /// The target degree of conformance.
    pub degree: Degree,
    /// The pages to which it applies.
    pub scope: Localized,
    /// The target date.
    pub deadline: Option<Date>,
    /// Exceptions, with reasons.
    pub exceptions: Option<Localized>,
    /// Criteria in addition to those of the level.
    pub added: Option<Localized>,
    /// Known problems, and how they will be handled.
    pub problems: Option<Localized>,
    /// Date of the last change.
    pub updated: Option<Date>,
}

/// The result of one year's test. Texts are Markdown.
#[derive(Clone, Debug)]
pub struct TestResult {
    /// The year of the test, which is part of its page's URL.
    pub fiscal_year: FiscalYear,
    /// Day of the declaration.
    pub declared: Date,
    /// The tested level.
    pub level: Level,
    /// The declared degree of conformance.
    pub degree: Degree,
    /// The pages to which it applies.
    pub scope: Localized,
    /// Technologies on which the pages rely.
    pub technologies: Vec<String>,
    /// How the tested pages were selected.
    pub selection: Localized,
    /// The tested pages, as paths on this site.
    pub pages: Vec<Located<String>>,
    /// First day of the test.
    pub start: Date,
    /// Last day of the test.
    pub end: Date,
    /// How and when the criteria that are not met will be met.
    pub outlook: Option<Localized>,
    /// The outcome for each criterion of the level, in the order of the standard.
    pub outcomes: Vec<CriterionOutcome>,
    /// The place of its declaration.
    pub place: Place,
}

/// The outcome for one criterion.
#[derive(Clone, Debug)]
pub struct CriterionOutcome {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// The verdict.
    pub verdict: Verdict,
    /// A note on the outcome.
    pub note: Option<Localized>,
}

/// The possible results for a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It applies and is met.
    Met,
    /// It applies and is not met.
    NotMet,
    /// The pages have no content to which it applies.
    NotApplicable,
}

impl Verdict {
    /// All verdicts with their spellings.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("○", Self::Met),
        ("×", Self::NotMet),
        ("－", Self::NotApplicable),
        ("met", Self::Met),
        ("not-met", Self::NotMet),
        ("not-applicable", Self::NotApplicable),
    ];
}
