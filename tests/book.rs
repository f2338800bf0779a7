//! `kawaraban book`: the policies of a year in one file for print.

#![allow(clippy::disallowed_methods, reason = "tests read what the product made")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{root, run, temporary};

/// The values of the attribute `name` in `html`.
fn values<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_year_is_one_file_whose_contents_lead_to_its_measures() {
    let folder = temporary();
    let out = folder.path().join("book.html");
    let (site, file) = (root(), out.to_str().expect("a path that is a text").to_owned());
    let site = site.to_str().expect("a path that is a text");
    let book = |extra: &[&str]| {
        let fixed = ["book", "--lang", "en", "--root", site, "--out", &file];
        let (status, said, errors) = run(fixed.iter().chain(extra));
        assert_eq!(status, 0, "{errors}");
        assert!(said.contains(&file), "{said}");
        fs::read_to_string(&out).expect("the book")
    };
    let whole = book(&["--year", "2022"]);
    let ids = values(&whole, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
    let inside: Vec<&str> =
        values(&whole, "href").into_iter().filter_map(|to| to.strip_prefix('#')).collect();
    assert!(inside.len() > 30 && inside.iter().all(|to| ids.contains(to)), "{inside:?}");
    for named in values(&whole, "aria-labelledby").iter().flat_map(|names| names.split(' ')) {
        assert!(ids.contains(&named), "{named} names nothing");
    }
    assert!(whole.contains("ごみの減量と資源化の推進") && whole.contains("<svg class=\"chart\""));
    assert!(!whole.contains("src=\"") && whole.contains("<style>"), "it stands alone");
    let part = book(&["--year", "令和4年度", "--department", "総合政策部"]);
    assert!(part.len() < whole.len() / 2 && part.contains("デジタル推進室"));
    assert!(!part.contains("ごみの減量と資源化の推進"));
}

#[test]
fn what_there_is_is_said_where_a_year_or_a_department_is_unknown() {
    let site = root();
    let site = site.to_str().expect("a path that is a text");
    let refused = |extra: &[&str]| {
        let fixed = ["book", "--lang", "en", "--root", site];
        let (status, _, errors) = run(fixed.iter().chain(extra));
        assert_eq!(status, 2, "{errors}");
        errors
    };
    let year = refused(&["--year", "1999"]);
    assert!(year.contains("`1999`") && year.contains("2023, 2022, 2021, 2020"), "{year}");
    let department = refused(&["--year", "2022", "--department", "総合政策局"]);
    assert!(department.contains("did you mean `総合政策部`"), "{department}");
}
