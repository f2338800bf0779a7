//! The **starter** site of `kawaraban new`: the smallest site that can be published, with every
//! file that a clerk usually edits first.

use crate::artifact::Artifact;

/// The files of the starter site, with paths below its folder.
pub(super) fn files() -> Vec<Artifact> {
    [
        ("content/site.toml", include_str!("starter/site.toml")),
        ("content/departments.csv", include_str!("starter/departments.csv")),
        ("content/topics.csv", include_str!("starter/topics.csv")),
        ("content/policies/2026/planning.toml", include_str!("starter/planning.toml")),
        ("content/indicators/2026.csv", include_str!("starter/indicators.csv")),
        ("content/budgets/2026.csv", include_str!("starter/budgets.csv")),
        ("content/pages/about.md", include_str!("starter/about.md")),
    ]
    .into_iter()
    .map(|(path, text)| match path.ends_with(".csv") {
        true => Artifact::new(path, for_excel(text)),
        false => Artifact::new(path, text.as_bytes()),
    })
    .collect()
}

/// The table as Excel saves it: with CRLF line ends and a byte order mark, without which Excel
/// would decode it in the code page of the system.
fn for_excel(text: &str) -> Vec<u8> {
    format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
}
