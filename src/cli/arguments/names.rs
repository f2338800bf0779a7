//! The **names** of formats of reports and of languages, as they are written after an option.
//!
//! Not in here: the options (`arguments`).

use clap::ValueEnum;

use crate::report::ReportFormat;
use crate::text::Language;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum FormatName {
    /// For people, with the line in question
    Human,
    /// One line each
    Short,
    /// One JSON object per line
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// A page for the browser (`check` only)
    Html,
}

impl From<FormatName> for ReportFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human | FormatName::Html => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
            FormatName::Github => Self::Github,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum LanguageName {
    /// Japanese
    Ja,
    /// English
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Ja => Self::Ja,
            LanguageName::En => Self::En,
        }
    }
}
