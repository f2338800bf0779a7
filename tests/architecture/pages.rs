//! A page's file is called after its page: the views of the template `x.html` are in
//! `src/html/x.rs` or `src/html/x/`.

use std::fs;
use std::path::Path;

/// Templates whose views are in a file of another name, below `src/html/`, and why.
const ELSEWHERE: [(&str, &str, &str); 12] = [
    ("404", "other.rs", "a page of one line"),
    ("accessibility-result", "accessibility.rs", "beside the policy, whose words it shares"),
    ("comparison", "comparisons.rs", "one of the list"),
    ("dataset", "datasets/dataset.rs", "a room of its own for all pages of datasets"),
    ("missed-year", "missed.rs", "one of the list"),
    ("page", "other.rs", "a page of one line"),
    ("rating", "ratings.rs", "one of the list"),
    ("redirect", "other.rs", "a page of one line"),
    ("rows", "datasets/rows.rs", "a room of its own for all pages of datasets"),
    ("topic", "topics.rs", "one of the list"),
    ("version", "datasets/version.rs", "a room of its own for all pages of datasets"),
    ("year", "years.rs", "one of the list"),
];

/// Templates that are no page: what every page is laid out in.
const NO_PAGE: [&str; 1] = ["base"];

#[test]
fn a_file_is_called_after_its_page() {
    let mut faults = Vec::new();
    for entry in fs::read_dir("themes/default").expect("the default theme is there") {
        let name = entry.expect("the default theme can be listed").file_name();
        let name = name.to_str().expect("names of templates are ASCII");
        let Some(page) = name.strip_suffix(".html").filter(|page| !page.starts_with('_')) else {
            continue;
        };
        if NO_PAGE.contains(&page) {
            continue;
        }
        let module = page.replace('-', "_");
        let expected = [format!("src/html/{module}.rs"), format!("src/html/{module}")];
        let by_name = expected.iter().any(|path| Path::new(path).exists());
        let elsewhere = ELSEWHERE.iter().find(|(template, ..)| *template == page);
        match (by_name, elsewhere) {
            (true, None) => {}
            (true, Some(_)) => {
                faults.push(format!("{page}: has a file of its name, and is excepted"))
            }
            (false, None) => {
                faults.push(format!("{page}: neither {} nor {}/", expected[0], expected[1]))
            }
            (false, Some((_, file, _))) if Path::new("src/html").join(file).exists() => {}
            (false, Some((_, file, _))) => faults.push(format!("{page}: no file src/html/{file}")),
        }
    }
    assert!(faults.is_empty(), "templates without a file of their name:\n{}", faults.join("\n"));
}
