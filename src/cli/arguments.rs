//! The **arguments** as clap reads them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report::Format;
use crate::text::Language;

/// Kawaraban (瓦版) turns a folder of TOML, CSV and Excel files into an open-data website.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Examples:
  kawaraban new my-city                 a new site to begin with
  kawaraban serve --root my-city        preview it, with every change as it is saved
  kawaraban check --root my-city        only look for mistakes
  kawaraban build --root my-city        write the site to my-city/public
  kawaraban search ふるさと納税           search the content in the terminal
  kawaraban release population          keep what stands now as a version
  kawaraban diff population             what is new since the last version
  kawaraban verify my-city/public       check that a copy is whole and unchanged

Exit codes: 0 fine, 1 errors in the content or differences in a copy, 2 wrong usage or the machine refused."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the site
    Build(BuildArguments),
    /// Look for mistakes without writing anything
    Check(CheckArguments),
    /// Preview the site on this machine, with every change as it is saved
    Serve(ServeArguments),
    /// Search the content in the terminal
    Search(SearchArguments),
    /// Keep datasets as they stand now as versions that stay published for ever
    Release(ReleaseArguments),
    /// Show what differs between two versions of a dataset
    Diff(DiffArguments),
    /// Hold a published folder, or a copy of one, against its manifest
    Verify(VerifyArguments),
    /// Make a new site
    New(NewArguments),
}

/// What most commands ask.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Folder of the site, in which `content` lies
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// How mistakes are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: FormatName,
    /// Language of the messages [default: that of the environment]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
    /// Threads to work with [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub common: Common,
    /// Folder to write the site to [default: `public` below the site's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Address of the published site, in place of that in site.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Also write the search index as scripts, so that it works from a file share (file://)
    #[arg(long)]
    pub offline_search: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub common: Common,
    /// Port to listen on [default: 8000, or the next free one]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    #[command(flatten)]
    pub common: Common,
    /// What to search for
    #[arg(required_unless_present = "each_line", value_name = "WORDS")]
    pub words: Vec<String>,
    /// Take every line of the standard input for a query
    #[arg(long, conflicts_with = "words")]
    pub each_line: bool,
    /// How many results to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Show as JSON, one line a query
    #[arg(long)]
    pub json: bool,
    /// Show for every result what its score is made of, and tantivy's own explanation
    #[arg(long)]
    pub explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReleaseArguments {
    /// Ids of the datasets, built-in ones too [default: all that have changed]
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// Name of the version [default: the day on which the dataset was last changed]
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
    /// What is to be said of the version, in the content's own language
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub note: Option<String>,
    /// The same in English
    #[arg(long, value_name = "TEXT", requires = "note", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub note_en: Option<String>,
    /// Folder of the site, in which `content` lies
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Language of the messages [default: that of the environment]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
}

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// Id of the dataset
    #[arg(value_name = "DATASET")]
    pub dataset: String,
    /// The earlier version [default: the one before]
    #[arg(long, value_name = "VERSION")]
    pub from: Option<String>,
    /// The later version [default: `latest`, what stands now]
    #[arg(long, value_name = "VERSION")]
    pub to: Option<String>,
    /// How the difference, and mistakes, are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: DiffFormat,
    /// Folder of the site, in which `content` lies
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Language of the messages [default: that of the environment]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
}

impl From<DiffFormat> for Format {
    fn from(name: DiffFormat) -> Self {
        match name {
            DiffFormat::Human => Self::Human,
            DiffFormat::Json => Self::Json,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Folder with a `manifest.json`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Say nothing of files that the manifest does not list
    #[arg(long)]
    pub ignore_foreign: bool,
    /// Language of the messages [default: that of the environment]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
}

#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// Folder of the new site; it must be empty or not there yet
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Language of the messages [default: that of the environment]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FormatName {
    /// With the line at fault, for people
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
            FormatName::Github => Self::Github,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LanguageName {
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
