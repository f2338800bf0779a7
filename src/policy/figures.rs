//! The **figures** of a measure: its indicators (指標) year by year, and its budgets (予算). A node
//! of the plan has indicators too.

use crate::calendar::FiscalYear;
use crate::diagnostic::{Located, Place, Provenance};
use crate::text::{Decimal, Id, Language, Localized};

use super::{FieldValues, Status};

/// The desired direction of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Better {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// It should stay the same.
    Steady,
}

impl Better {
    /// All directions with their spellings: the English ones, then the Japanese ones.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("higher", Self::Higher),
        ("lower", Self::Lower),
        ("steady", Self::Steady),
        ("高い", Self::Higher),
        ("低い", Self::Lower),
        ("維持", Self::Steady),
    ];

    /// Further spellings that clerks use.
    pub const ALSO: [(&'static str, Self); 21] = [
        ("高いほど良い", Self::Higher),
        ("高いほどよい", Self::Higher),
        ("多いほど良い", Self::Higher),
        ("大きいほど良い", Self::Higher),
        ("増加", Self::Higher),
        ("増やす", Self::Higher),
        ("上昇", Self::Higher),
        ("向上", Self::Higher),
        ("↑", Self::Higher),
        ("低いほど良い", Self::Lower),
        ("低いほどよい", Self::Lower),
        ("少ないほど良い", Self::Lower),
        ("小さいほど良い", Self::Lower),
        ("減少", Self::Lower),
        ("減らす", Self::Lower),
        ("低下", Self::Lower),
        ("↓", Self::Lower),
        ("現状維持", Self::Steady),
        ("横ばい", Self::Steady),
        ("一定", Self::Steady),
        ("→", Self::Steady),
    ];

    /// Its English spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Steady => "steady",
        }
    }
}

/// What describes an indicator, in the words of its row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorAbout {
    /// What is counted, and what is not.
    pub definition: Option<String>,
    /// How the figure is calculated.
    pub formula: Option<String>,
    /// Where the figure is taken from.
    pub source: Option<String>,
    /// By what it is broken down.
    pub disaggregation: Option<String>,
}

impl IndicatorAbout {
    /// The names of the columns of the texts.
    pub const NAMES: [&'static str; 4] = ["definition", "formula", "source", "disaggregation"];

    /// The texts, each with the name of its column.
    pub fn texts(&self) -> [(&'static str, Option<&str>); 4] {
        let texts = [&self.definition, &self.formula, &self.source, &self.disaggregation];
        std::array::from_fn(|index| (Self::NAMES[index], texts[index].as_deref()))
    }
}

/// One indicator of one measure, or of one node of the plan, in one fiscal year. An absent figure
/// is not known; it is never 0.
#[derive(Clone, Debug)]
pub struct IndicatorYear {
    /// Id of the measure or the node that it belongs to.
    pub owner: Located<Id>,
    /// Id of the indicator, the same across years and measures.
    pub indicator: Id,
    /// Name of the indicator.
    pub name: Localized,
    /// Unit of the figures.
    pub unit: Option<String>,
    /// The same in English.
    pub unit_en: Option<String>,
    /// Id of its kind, one of the site's kinds of indicators.
    pub kind: Option<Id>,
    /// The desired direction. Without one, reaching the target cannot be judged.
    pub better: Option<Better>,
    /// Texts that describe it; `None` where its row has none, as in most years.
    pub about: Option<Box<IndicatorAbout>>,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The figure before the measure began.
    pub baseline: Option<Decimal>,
    /// The target.
    pub target: Option<Decimal>,
    /// The actual figure.
    pub actual: Option<Decimal>,
    /// The status of the actual figure.
    pub status: Option<Status>,
    /// A note.
    pub note: Option<String>,
    /// Values of the fields declared for indicators.
    pub fields: FieldValues,
    /// The place of the row.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}

impl IndicatorYear {
    /// Whether the target was reached. `None` if one of the figures or the desired direction is not
    /// known, or if the indicator should stay the same, for which no tolerance is defined.
    pub fn reached(&self) -> Option<bool> {
        let (target, actual) = (self.target.as_ref()?.as_f64(), self.actual.as_ref()?.as_f64());
        match self.better? {
            Better::Higher => Some(actual >= target),
            Better::Lower => Some(actual <= target),
            Better::Steady => None,
        }
    }
}

/// Budget and settlement of one measure in one fiscal year, of one category and from one source, in
/// the site's budget unit.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Id of the measure.
    pub measure: Located<Id>,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The budget.
    pub budget: Option<Decimal>,
    /// The settlement.
    pub settled: Option<Decimal>,
    /// The source of funds, such as 一般財源 or 国庫支出金.
    pub source: Option<String>,
    /// What it is spent on, such as 事業費 or 人件費.
    pub category: Option<String>,
    /// The status of the figures.
    pub status: Option<Status>,
    /// A note.
    pub note: Option<String>,
    /// Values of the fields declared for budgets.
    pub fields: FieldValues,
    /// The place of the row.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}

impl Budget {
    /// The text in published tables in place of a source or a category of money that is not broken
    /// down, in Japanese and in English. In tables that are read, it means the same as a blank
    /// cell.
    pub const UNDIVIDED: [&'static str; 2] = ["区分なし", "not broken down"];

    /// The text of `UNDIVIDED` in `language`.
    pub fn undivided(language: Language) -> &'static str {
        match language {
            Language::Ja => Self::UNDIVIDED[0],
            Language::En => Self::UNDIVIDED[1],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Better, IndicatorYear};
    use crate::calendar::FiscalYear;
    use crate::diagnostic::{Located, Place};
    use crate::text::{Decimal, Id, Localized};

    fn year(better: Better, target: Option<&str>, actual: Option<&str>) -> IndicatorYear {
        let id = Id::parse("visits").expect("an id");
        let number = |text| Decimal::parse(text).expect("a number");
        let place = Place::file("indicators.csv");
        IndicatorYear {
            owner: Located { value: id.clone(), place: place.clone() },
            indicator: id,
            name: Localized::new("訪問"),
            unit: None,
            unit_en: None,
            kind: None,
            better: Some(better),
            about: Default::default(),
            fiscal_year: FiscalYear::new(2023).expect("a year"),
            baseline: None,
            target: target.map(number),
            actual: actual.map(number),
            status: None,
            note: None,
            fields: Default::default(),
            place,
            provenance: Default::default(),
        }
    }

    #[test]
    fn a_target_is_reached_on_its_better_side() {
        let of = |better, target, actual| year(better, Some(target), Some(actual)).reached();
        assert_eq!(of(Better::Higher, "70", "70.0"), Some(true));
        assert_eq!(of(Better::Higher, "70", "69.9"), Some(false));
        assert_eq!(of(Better::Lower, "0", "0"), Some(true));
        assert_eq!(of(Better::Lower, "0", "3"), Some(false));
        assert_eq!(of(Better::Steady, "10", "10"), None);
        assert_eq!(year(Better::Higher, None, Some("1")).reached(), None);
        assert_eq!(year(Better::Higher, Some("1"), None).reached(), None);
    }
}
