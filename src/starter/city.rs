//! The **city** of a new site, as a person has named it, and the **choices** of drop-down lists.

use crate::calendar::FiscalYear;
use crate::config::{IndicatorKind, LocalGovernmentCode, RatingScale};
use crate::text::Id;

/// The city of a new site.
#[derive(Clone, Debug)]
pub struct City {
    /// Its name: 見本市.
    pub name: String,
    /// Its local government code.
    pub code: LocalGovernmentCode,
    /// The fiscal year of the first measures.
    pub year: FiscalYear,
    /// Its departments, at least one.
    pub departments: Vec<CityDepartment>,
}

/// A department of a new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityDepartment {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// Names of departments that most cities have, with an id.
const USUAL: [(&str, &str); 22] = [
    ("危機管理", "crisis-management"),
    ("企画", "planning"),
    ("政策", "policy"),
    ("総務", "general-affairs"),
    ("財政", "finance"),
    ("財務", "finance"),
    ("税務", "tax"),
    ("市民", "citizens"),
    ("環境", "environment"),
    ("こども", "children"),
    ("子ども", "children"),
    ("保健", "health"),
    ("健康", "health"),
    ("福祉", "welfare"),
    ("産業", "industry"),
    ("経済", "economy"),
    ("観光", "tourism"),
    ("都市", "urban-development"),
    ("建設", "construction"),
    ("教育", "education"),
    ("消防", "fire"),
    ("水道", "waterworks"),
];

impl CityDepartment {
    /// Reads departments as a person writes them: 企画部, or `planning=企画部` with an id. Without
    /// one, the id follows from the name where that is a usual one; otherwise it is `department-1`
    /// and so on. The error is the text whose id cannot be one, or is used twice.
    ///
    /// # Errors
    ///
    /// Returns the text that has no name, or whose id cannot be one or is used twice.
    pub fn read_all<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Vec<Self>, String> {
        let mut all: Vec<Self> = Vec::new();
        for text in texts.into_iter().map(str::trim).filter(|text| !text.is_empty()) {
            let (id, name) = match text.split_once(['=', '＝']) {
                Some((id, name)) => (Id::parse(id.trim()), name.trim()),
                None => (Some(suggested(text, &all)), text),
            };
            let id = id.filter(|id| all.iter().all(|known| known.id != *id));
            match id.filter(|_| !name.is_empty()) {
                Some(id) => all.push(Self { id, name: name.to_owned() }),
                None => return Err(text.to_owned()),
            }
        }
        Ok(all)
    }
}

/// An id for the department `name` that none of `known` has.
fn suggested(name: &str, known: &[CityDepartment]) -> Id {
    let usual = USUAL.iter().find(|(word, _)| name.contains(word));
    let usual = usual.and_then(|(_, id)| Id::parse(id)).or_else(|| Id::suggest(name));
    let numbered = (1..).filter_map(|number| Id::parse(&format!("department-{number}")));
    let free = |id: &Id| known.iter().all(|other| other.id != *id);
    usual.into_iter().chain(numbered).find(free).expect("numbers do not end")
}

/// What drop-down lists offer.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Names of the departments.
    pub departments: Vec<String>,
    /// Names of the topics.
    pub topics: Vec<String>,
    /// Labels of the ratings, best first.
    pub ratings: Vec<String>,
    /// Labels of the kinds of indicators.
    pub kinds: Vec<String>,
}

impl Choices {
    /// The choices of a site: its departments and topics, and its ratings and kinds of indicators.
    pub fn of<'s>(
        departments: impl Iterator<Item = &'s str>,
        topics: impl Iterator<Item = &'s str>,
        ratings: &RatingScale,
        kinds: &[IndicatorKind],
    ) -> Self {
        let grades = ratings.grades.iter().chain([&ratings.unrated.not_rated]);
        Self {
            departments: departments.map(str::to_owned).collect(),
            topics: topics.map(str::to_owned).collect(),
            ratings: grades.map(|rating| rating.label.own.clone()).collect(),
            kinds: kinds.iter().map(|kind| kind.label.own.clone()).collect(),
        }
    }
}

impl City {
    /// The invented city of which a site is made if nobody names another, in `year`.
    pub fn invented(year: FiscalYear) -> Self {
        let departments = CityDepartment::read_all(["企画部", "市民部", "建設部"]);
        Self {
            name: "見本市".to_owned(),
            code: LocalGovernmentCode::parse("999997").expect("a code of no city"),
            year,
            departments: departments.expect("usual names"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CityDepartment;

    #[test]
    fn departments_get_ids_of_their_names() {
        let read = |texts: &[&str]| {
            let all = CityDepartment::read_all(texts.iter().copied());
            all.map(|all| all.iter().map(|one| one.id.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(
            read(&["企画部", "企画調整課", "ふるさと課", "dx=デジタル推進課", "Parks"]),
            Ok(["planning", "department-1", "department-2", "dx", "parks"].map(Into::into).into())
        );
        assert_eq!(read(&["a=企画部", "a=総務部"]), Err("a=総務部".to_owned()));
        assert_eq!(read(&["企画 部=企画部"]), Err("企画 部=企画部".to_owned()));
        assert_eq!(read(&["planning="]), Err("planning=".to_owned()));
    }
}
