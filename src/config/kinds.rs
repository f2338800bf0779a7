//! The **kinds** of indicators (指標の種別) of a site, which say whether an indicator measures
//! activity, outcome or input, and the levels of the city's plan.

use crate::text::{Id, Localized};

/// A kind of indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorKind {
    /// Its id in data.
    pub id: Id,
    /// Its name.
    pub label: Localized,
}

/// A level of the city's plan (計画の階層), such as 政策 or 施策.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLevel {
    /// Its id in data.
    pub id: Id,
    /// Its name.
    pub label: Localized,
}

impl IndicatorKind {
    /// The kinds of a site whose `site.toml` defines none: activity, outcome and input.
    pub fn defaults() -> Vec<Self> {
        let kind = |(id, ja, en): (&str, &str, &str)| Self {
            id: Id::parse(id).expect("a built-in id is well formed"),
            label: Localized::with_english(ja, en),
        };
        [
            ("activity", "活動指標", "Activity"),
            ("outcome", "成果指標", "Outcome"),
            ("input", "投入指標", "Input"),
        ]
        .map(kind)
        .to_vec()
    }

    /// The label without a trailing 指標 (indicator), as clerks write it in a column of kinds: 活動
    /// for 活動指標.
    pub fn short(&self) -> &str {
        let short = self.label.own.trim_end_matches("指標");
        if short.is_empty() { &self.label.own } else { short }
    }
}
