//! The arguments of **`new`**.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::calendar::FiscalYear;

use super::GuessArguments;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::cli) struct NewArguments {
    /// Folder of the new site; in a folder in use, what is missing is listed
    #[arg(value_name = "DIR", required = true)]
    pub folder: Option<PathBuf>,
    /// Name of the city [default: asked for, or an invented one]
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub name: Option<String>,
    /// Local government code, six digits [default: asked for, or an invented one]
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Fiscal year of the first measures [default: asked for, or the current one in Japan]
    #[arg(long, value_name = "YEAR", value_parser = fiscal_year)]
    pub year: Option<FiscalYear>,
    /// Departments, separated by commas; an id may be given as in `planning=企画部`
    #[arg(long, value_name = "NAMES")]
    pub departments: Option<String>,
    /// Write tables as CSV instead of Excel workbooks
    #[arg(long)]
    pub csv: bool,
    /// In a folder in use, write what is missing
    #[arg(long)]
    pub add: bool,
    #[command(subcommand)]
    pub command: Option<NewCommand>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum NewCommand {
    /// Make tables for the measures of a year, their indicators and budgets
    Measure(NewTableArguments),
    /// Make a table for the policies of a year
    Policy(NewTableArguments),
    /// Draft a dataset from a table, for you to read and correct
    Dataset(NewDatasetArguments),
    /// Make a page
    Page(NewPageArguments),
    /// Draft a form from example workbooks, as `forms guess` does
    Form(GuessArguments),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewTableArguments {
    /// Fiscal year [default: the current one in Japan]
    #[arg(long, value_name = "YEAR", value_parser = fiscal_year)]
    pub year: Option<FiscalYear>,
    /// Write CSV instead of an Excel workbook
    #[arg(long)]
    pub csv: bool,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewPageArguments {
    /// Id of the page, which becomes part of its URL
    #[arg(value_name = "ID")]
    pub id: String,
    /// Title of the page [default: its id]
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub title: Option<String>,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewDatasetArguments {
    /// CSV file or workbook; it is copied into `content/datasets`
    #[arg(value_name = "FILE", required_unless_present = "standard")]
    pub file: Option<PathBuf>,
    /// Set of 自治体標準オープンデータセット, such as `aed`; without FILE, an empty table with its
    /// columns is made
    #[arg(long, value_name = "SET")]
    pub standard: Option<String>,
    /// Id of the dataset [default: name of the file, or of the set]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Folder of the site, which contains `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

/// The fiscal year that `text` names, in any form that the content may use.
fn fiscal_year(text: &str) -> Result<FiscalYear, String> {
    FiscalYear::parse(text).map_err(|_| "not a fiscal year such as 2027 or 令和9年度".to_owned())
}
