//! The **arguments** as clap reads them, with their help in English.
//!
//! Not in here: their help in Japanese (`japanese`).

mod names;
mod new;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::calendar::Date;
use crate::config::Host;
use crate::report::ReportFormat;

pub(super) use names::{FormatName, LanguageName};
pub(super) use new::{
    NewArguments, NewCommand, NewDatasetArguments, NewPageArguments, NewTableArguments,
};

/// Kawaraban (瓦版) turns a folder of TOML, CSV and Excel files into an open-data website
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Examples:
  kawaraban new my-city                 create a new site
  kawaraban new measure --root my-city  make tables for the measures of this year
  kawaraban new dataset parks.xlsx      draft a dataset from a table
  kawaraban new dataset --standard aed  make an empty table of a national standard
  kawaraban serve --root my-city        preview it; every saved change shows at once
  kawaraban check --root my-city        check the content only
  kawaraban explain table::spaces       explain a rule, with a wrong and a right example
  kawaraban diff --root my-city         show what a build would change of what is published
  kawaraban build --root my-city        write the site to my-city/public
  kawaraban search ふるさと納税         search the content in the terminal
  kawaraban book --year 2023            write the policies of a year for print
  kawaraban release population          release the present data as a version
  kawaraban diff population             show the changes since the last version
  kawaraban list due --root my-city     list what will be published later, with the dates
  kawaraban rollback --root my-city     bring back the site before the last build
  kawaraban verify my-city/public       check that a copy is complete and unchanged
  kawaraban lake sites/* --out lake --base-url https://data.example.jp/lake
                                        put the tables of many cities into one lake

Exit codes: 0 success; 1 errors in the content, or differences in a copy; 2 wrong usage, or an error of
the system, such as a full disk."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages and help [default: that of the system]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site and write it to a folder
    Build(BuildArguments),
    /// Check the content without writing anything
    Check(CheckArguments),
    /// Explain a rule of the check, with a wrong and a right example
    Explain(ExplainArguments),
    /// Preview the site in a browser, rebuilding it after every change
    Serve(ServeArguments),
    /// Search the content in the terminal
    Search(SearchArguments),
    /// Write the policies of a year into one HTML file for print
    Book(BookArguments),
    /// Release the present data of datasets as versions that stay published
    Release(ReleaseArguments),
    /// Show what a build would change, or compare two versions of a dataset
    Diff(DiffArguments),
    /// Record the addresses of the site's pages, so that none vanishes unnoticed
    Record(RecordArguments),
    /// List drafts, what is not due yet, or what has expired
    List(ListArguments),
    /// Bring the site back that was published before the last build
    Rollback(RollbackArguments),
    /// Compare a published folder, or a copy of one, with its manifest
    Verify(VerifyArguments),
    /// Sign the manifest of a published folder, or make the keys for it
    Sign(SignArguments),
    /// Print the settings of a web server or a service that publishes the site
    Host(HostArguments),
    /// Put the tables of many published sites into one lake
    Lake(LakeArguments),
    /// Create a new site, or a part of one: tables, a dataset, a page, a form
    New(NewArguments),
    /// Read your own sheets: draft a form, or write what forms read as tables
    Forms(FormsArguments),
    /// Print the licences of the libraries in this program, or its bill of materials
    Licences(LicencesArguments),
    /// Print a script that completes commands and flags in a shell
    Completions(CompletionsArguments),
    /// Print a manual page, as `man` reads it
    Man(ManArguments),
}

/// The day that `text` names, in any form that the content may use.
fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| "not a date such as 2027-04-01".to_owned())
}

/// The host with the name `text`.
fn host(text: &str) -> Result<Host, String> {
    let found = Host::CHOICES.into_iter().find(|(name, _)| *name == text);
    found
        .map(|(_, host)| host)
        .ok_or_else(|| format!("not one of {}", Host::CHOICES.map(|(name, _)| name).join(", ")))
}

/// Arguments of most commands.
#[derive(Debug, Args)]
pub(super) struct CommonArguments {
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Include drafts, and what is not to be published yet
    #[arg(long)]
    pub drafts: bool,
    /// Day of the build: what is public on it is published [default: today in Japan]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Format of errors and warnings
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: FormatName,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub common: CommonArguments,
    /// Folder to write to [default: `public` in the site's folder, `preview` with `--drafts`]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Keep the output folder and replace its files one by one, for a folder that cannot be
    /// replaced
    #[arg(long)]
    pub in_place: bool,
    /// URL of the published site, in place of the one in site.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Also write the search index as scripts, so that it works from a file share (file://)
    #[arg(long)]
    pub offline_search: bool,
    /// Write nothing and exit with 1 if there is a warning
    #[arg(long)]
    pub deny_warnings: bool,
    /// Show what would change of what is published, and ask before writing
    #[arg(long)]
    pub ask: bool,
    /// Write the site although the published one would change in a suspicious way
    #[arg(long)]
    pub accept: bool,
    /// Make every file anew, instead of taking over what has not changed since the last build
    #[arg(long)]
    pub fresh: bool,
    /// Number of previous sites to keep for `rollback`
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub keep: u16,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub common: CommonArguments,
    /// Page to write with `--format html`
    #[arg(value_name = "FILE", required_if_eq("format", "html"), requires = "format")]
    pub page: Option<PathBuf>,
    /// Folder to write copies of the faulty tables to, with coloured cells and notes
    #[arg(long, value_name = "DIR")]
    pub mark: Option<PathBuf>,
    /// Exit with 1 if there is a warning
    #[arg(long)]
    pub deny_warnings: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Rule as a report names it, such as `table::spaces`, or its number, such as `L1-06`
    #[arg(value_name = "RULE")]
    pub rule: String,
}

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub common: CommonArguments,
    /// Port to listen on [default: 8000, or the next free port]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changed files every second, where the system does not tell changes
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    #[command(flatten)]
    pub common: CommonArguments,
    /// Words to search for
    #[arg(required_unless_present = "each_line", value_name = "WORDS")]
    pub words: Vec<String>,
    /// Read queries from standard input, one per line
    #[arg(long, conflicts_with = "words")]
    pub each_line: bool,
    /// Number of results to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Print JSON, one line per query
    #[arg(long)]
    pub json: bool,
    /// Show how the score of each result is made up, with tantivy's own explanation
    #[arg(long)]
    pub explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReleaseArguments {
    /// Ids of the datasets, built-in ones included [default: all that have changed]
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// Name of the version [default: the date of the dataset's last change]
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
    /// Note on the version, in the language of the content
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub note: Option<String>,
    /// Note on the version in English
    #[arg(long, value_name = "TEXT", requires = "note", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub note_en: Option<String>,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// Id of the dataset whose versions are compared [default: none; the content is compared with
    /// the published folder]
    #[arg(value_name = "DATASET")]
    pub dataset: Option<String>,
    /// Published folder [default: `public` in the site's folder]
    #[arg(long, value_name = "DIR", conflicts_with = "dataset")]
    pub against: Option<PathBuf>,
    /// Include drafts, and what is not to be published yet
    #[arg(long, conflicts_with = "dataset")]
    pub drafts: bool,
    /// Day of the build: what is public on it is published [default: today in Japan]
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "dataset")]
    pub as_of: Option<Date>,
    /// Add redirects for pages that have moved to `content/redirects.csv`
    #[arg(long, conflicts_with = "dataset")]
    pub write_redirects: bool,
    /// Earlier version [default: the one before `--to`]
    #[arg(long, value_name = "VERSION", requires = "dataset")]
    pub from: Option<String>,
    /// Later version [default: `latest`, the present data]
    #[arg(long, value_name = "VERSION", requires = "dataset")]
    pub to: Option<String>,
    /// Format of the differences, and of errors and warnings
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: DiffFormat,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
    /// Markdown, for a pull request
    Markdown,
    /// A page for the browser
    Html,
}

impl From<DiffFormat> for ReportFormat {
    fn from(name: DiffFormat) -> Self {
        match name {
            DiffFormat::Human | DiffFormat::Markdown | DiffFormat::Html => Self::Human,
            DiffFormat::Json => Self::Json,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct HostArguments {
    /// Host: nginx, apache, cloudflare-pages, netlify, github-pages or s3
    #[arg(value_name = "HOST", value_parser = host)]
    pub host: Host,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RecordArguments {
    /// Day whose site is recorded [default: today in Japan]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// What to list
    #[arg(value_enum, value_name = "STATE")]
    pub state: ListedState,
    /// Day on which it is so [default: today in Japan]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Format of the list
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListedState {
    /// Drafts
    Drafts,
    /// What will be published on a later day
    Due,
    /// What is no longer published
    Expired,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ListFormat {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

#[derive(Debug, Args)]
pub(super) struct RollbackArguments {
    /// Number of the site in the list [default: the newest]
    #[arg(value_name = "NUMBER")]
    pub number: Option<u64>,
    /// List the previous sites that are kept, and change nothing
    #[arg(long, conflicts_with = "number")]
    pub list: bool,
    /// Folder that the site was written to [default: `public` in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Folder that contains `manifest.json`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Do not report files, links and empty folders that the manifest does not list
    #[arg(long)]
    pub ignore_foreign: bool,
    /// Compare with this manifest, obtained in a trusted way, instead of that in the folder
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Also verify the manifest's signature with this public key: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    pub key: Option<PathBuf>,
    /// Also read the content again, and report values that differ from their cells
    #[arg(long)]
    pub sources: bool,
    /// Folder of the site whose content is read with `--sources`
    #[arg(long, value_name = "DIR", default_value = ".", requires = "sources")]
    pub root: PathBuf,
    /// Include drafts with `--sources`
    #[arg(long, requires = "sources")]
    pub drafts: bool,
}

#[derive(Debug, Args)]
pub(super) struct LicencesArguments {
    /// Print a software bill of materials in CycloneDX 1.6 (JSON) instead
    #[arg(long)]
    pub sbom: bool,
}

#[derive(Debug, Args)]
pub(super) struct SignArguments {
    /// Published folder, which contains `manifest.json`
    #[arg(value_name = "DIR", required_unless_present = "new_key")]
    pub folder: Option<PathBuf>,
    /// Secret key
    #[arg(long, value_name = "FILE", required_unless_present = "new_key")]
    pub key: Option<PathBuf>,
    /// Make a pair of keys instead: FILE, and the public key beside it with the extension `.pub`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["folder", "key"])]
    pub new_key: Option<PathBuf>,
    /// Make a secret key without a password
    #[arg(long, requires = "new_key")]
    pub no_password: bool,
}

#[derive(Debug, Args)]
pub(super) struct LakeArguments {
    /// Published folders, or text files that list published folders, one per line
    #[arg(value_name = "SITE", required = true)]
    pub sites: Vec<PathBuf>,
    /// Folder of the lake
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Address at which the lake will be read (https://… or file:///…)
    #[arg(long, value_name = "URL")]
    pub base_url: String,
}

#[derive(Debug, Args)]
pub(super) struct BookArguments {
    #[command(flatten)]
    pub common: CommonArguments,
    /// Fiscal year, such as 2023 or 令和5年度
    #[arg(long, value_name = "YEAR")]
    pub year: String,
    /// Department by id or name; those below it are included [default: all]
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: Option<String>,
    /// File to write [default: book-YEAR.html]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct FormsArguments {
    #[command(subcommand)]
    pub command: FormsCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum FormsCommand {
    /// Draft a form from example workbooks, for you to read and correct
    Guess(GuessArguments),
    /// Write what the forms of the site read as plain tables of its content
    Write(WriteArguments),
}

#[derive(Debug, Args)]
pub(super) struct GuessArguments {
    /// Workbooks of one layout, in `content` of the site
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Id of the form [default: name of the file, or of its folder]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct WriteArguments {
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// Shell that is to read the script
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// Command to print the page of [default: `kawaraban` itself]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
