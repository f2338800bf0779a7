//! **Accessibility** as the city declares it: its policy and the results of its yearly tests, in the form that
//! JIS X 8341-3:2016 and the guidelines of WAIC ask for (`content/accessibility.toml`).
//!
//! What is declared is the city's word. The product never judges conformance; it refuses only what contradicts itself.
//!
//! Not in here: whether the pages that were tested are there (`check`), and how it is shown (`html`).

mod criteria;
mod read;

pub use criteria::{CRITERIA, Criterion, Level};
pub use read::read;

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{Located, Place};
use crate::text::Localized;

/// The policy and the tests.
#[derive(Clone, Debug)]
pub struct Accessibility {
    /// What the city aims for.
    pub policy: AccessibilityPolicy,
    /// The results of the tests, the newest first.
    pub results: Vec<TestResult>,
    /// The file.
    pub place: Place,
}

/// How far a site follows the standard, in the three words of WAIC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// 準拠: tested, and every criterion of the level is met.
    Conformant,
    /// 一部準拠: tested, and some are not met; how it goes on is said.
    Partial,
    /// 配慮: made with the standard in mind.
    Considered,
}

impl Degree {
    /// Every degree with its spelling.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("conformant", Self::Conformant),
        ("partial", Self::Partial),
        ("considered", Self::Considered),
        ("準拠", Self::Conformant),
        ("一部準拠", Self::Partial),
        ("配慮", Self::Considered),
    ];

    /// Its spelling for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conformant => "conformant",
            Self::Partial => "partial",
            Self::Considered => "considered",
        }
    }

    /// The word of the guidelines, which are in Japanese.
    pub fn term(self) -> &'static str {
        match self {
            Self::Conformant => "準拠",
            Self::Partial => "一部準拠",
            Self::Considered => "配慮",
        }
    }
}

/// What the city aims for. Texts are Markdown.
#[derive(Clone, Debug)]
pub struct AccessibilityPolicy {
    /// Level to be met.
    pub level: Level,
    /// How far.
    pub degree: Degree,
    /// Which pages it is about.
    pub scope: Localized,
    /// Until when.
    pub deadline: Option<Date>,
    /// What is left out, and why.
    pub exceptions: Option<Localized>,
    /// Criteria beyond the level.
    pub added: Option<Localized>,
    /// What is known to be wrong, and what becomes of it.
    pub problems: Option<Localized>,
    /// When the policy was last changed.
    pub updated: Option<Date>,
}

/// The result of one year's test. Texts are Markdown.
#[derive(Clone, Debug)]
pub struct TestResult {
    /// The year of the test; part of its page's address.
    pub fiscal_year: FiscalYear,
    /// Day of the declaration.
    pub declared: Date,
    /// Level that was tested.
    pub level: Level,
    /// How far it is met, as the city declares.
    pub degree: Degree,
    /// Which pages it is about.
    pub scope: Localized,
    /// Techniques that the pages rely on.
    pub technologies: Vec<String>,
    /// How the tested pages were chosen.
    pub selection: Localized,
    /// The tested pages: paths on this site.
    pub pages: Vec<Located<String>>,
    /// First day of the test.
    pub start: Date,
    /// Last day of the test.
    pub end: Date,
    /// How what is not met will be mended.
    pub outlook: Option<Localized>,
    /// What was found for each criterion of the level, in the order of the standard.
    pub outcomes: Vec<Outcome>,
    /// Where it is written.
    pub place: Place,
}

/// What was found for one criterion.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// What was found.
    pub verdict: Verdict,
    /// A note on it.
    pub note: Option<Localized>,
}

/// What a test can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It applies and is met.
    Met,
    /// It applies and is not met.
    NotMet,
    /// Nothing that it speaks of is there.
    NotApplicable,
}

impl Verdict {
    /// Every verdict with its spellings.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("○", Self::Met),
        ("×", Self::NotMet),
        ("－", Self::NotApplicable),
        ("met", Self::Met),
        ("not-met", Self::NotMet),
        ("not-applicable", Self::NotApplicable),
    ];
}
