//! The **figures** of a measure: its indicators (指標) year by year, and its budgets (予算).

use crate::calendar::FiscalYear;
use crate::diagnostic::{Located, Place};
use crate::text::{Decimal, Id, Localized};

/// Which way an indicator should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// It should stay as it is.
    Steady,
}

impl Better {
    /// Every way with its spellings: physical, then Japanese.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("higher", Self::Higher),
        ("lower", Self::Lower),
        ("steady", Self::Steady),
        ("高い", Self::Higher),
        ("低い", Self::Lower),
        ("維持", Self::Steady),
    ];

    /// Its physical spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Steady => "steady",
        }
    }
}

/// One indicator of one measure in one fiscal year. A figure that is absent is not known, never 0.
#[derive(Clone, Debug)]
pub struct IndicatorYear {
    /// Whose it is.
    pub measure: Located<Id>,
    /// Which indicator: the same across years and measures.
    pub indicator: Id,
    /// What is counted.
    pub name: Localized,
    /// In which unit.
    pub unit: Option<String>,
    /// Which way it should go.
    pub better: Better,
    /// In which year.
    pub fiscal_year: FiscalYear,
    /// Where it stood before.
    pub baseline: Option<Decimal>,
    /// What was aimed at.
    pub target: Option<Decimal>,
    /// What was reached.
    pub actual: Option<Decimal>,
    /// A remark.
    pub note: Option<String>,
    /// The row.
    pub place: Place,
}

impl IndicatorYear {
    /// Is the actual figure at the target, or on its better side? `None` where one of them is not known, and where
    /// the figure is to be kept steady: how steady is nowhere written.
    pub fn reached(&self) -> Option<bool> {
        let (target, actual) = (self.target.as_ref()?.as_f64(), self.actual.as_ref()?.as_f64());
        match self.better {
            Better::Higher => Some(actual >= target),
            Better::Lower => Some(actual <= target),
            Better::Steady => None,
        }
    }
}

/// The money of one measure in one fiscal year, from one source, in the site's unit of budgets.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Whose it is.
    pub measure: Located<Id>,
    /// In which year.
    pub fiscal_year: FiscalYear,
    /// What was planned.
    pub budget: Option<Decimal>,
    /// What was spent.
    pub settled: Option<Decimal>,
    /// Where the money comes from (一般財源, 国庫支出金 …).
    pub source: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The row.
    pub place: Place,
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
            measure: Located { value: id.clone(), place: place.clone() },
            indicator: id,
            name: Localized::new("訪問"),
            unit: None,
            better,
            fiscal_year: FiscalYear::new(2023).expect("a year"),
            baseline: None,
            target: target.map(number),
            actual: actual.map(number),
            note: None,
            place,
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
