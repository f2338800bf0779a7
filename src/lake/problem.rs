//! The **problems** for which a lake is not written, with advice. The lake stays as it was in every
//! case.

use std::path::PathBuf;

use crate::diagnostic::Message;
use crate::message;

/// Why a lake was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LakeProblem {
    /// The address of the lake cannot be used.
    Address {
        /// The address as it was given.
        text: String,
    },
    /// No folder is named: the lists of folders are empty.
    NoSites,
    /// The folder is no published site.
    NoSite {
        /// The folder.
        folder: PathBuf,
    },
    /// Files of the site are missing or differ from its manifest.
    HalfCopy {
        /// The folder.
        folder: PathBuf,
        /// The number of these files.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// A dataset has no Parquet file.
    NoParquet {
        /// The folder.
        folder: PathBuf,
        /// The id of the dataset.
        dataset: String,
    },
    /// Two folders are of the same city.
    SameCode {
        /// The code of the city.
        code: String,
        /// Both folders.
        folders: [PathBuf; 2],
    },
    /// A column has two types.
    Types {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Names and codes of the cities.
        sites: Box<[String; 2]>,
        /// The type of each.
        types: [&'static str; 2],
    },
    /// A column has a type that a lake cannot have.
    UnknownType {
        /// The folder.
        folder: PathBuf,
        /// The dataset.
        dataset: String,
        /// The column.
        column: String,
    },
    /// A dataset conforms to a standard that has the id of a built-in table of any site, or of the
    /// folder of the Iceberg tables.
    TakenStandard {
        /// The folder.
        folder: PathBuf,
        /// The dataset.
        dataset: String,
        /// The id of the standard.
        standard: String,
    },
    /// A file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The message of the system.
        reason: String,
    },
    /// The output folder holds a published site.
    NoLake {
        /// The folder.
        out: PathBuf,
    },
    /// A file of the lake is missing or damaged.
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The lake was written for another address.
    OtherAddress {
        /// The folder of the lake.
        out: PathBuf,
        /// Its address.
        before: String,
        /// The address that was given.
        now: String,
    },
}

/// The address of a lake, without a slash at the end.
///
/// # Errors
///
/// Where `text` is no absolute address to which paths can be added.
pub(super) fn address(text: &str) -> Result<String, LakeProblem> {
    let whole = text.trim_end_matches('/');
    let good = match whole.split_once("://") {
        Some((scheme, rest)) => {
            !scheme.is_empty()
                && scheme.chars().all(|c| c.is_ascii_alphanumeric())
                && !rest.is_empty()
                && !rest.contains(['?', '#', '"', '\\'])
                && !rest.contains(char::is_whitespace)
        }
        None => false,
    };
    match good {
        true => Ok(whole.to_owned()),
        false => Err(LakeProblem::Address { text: text.to_owned() }),
    }
}

impl LakeProblem {
    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Address { text } => message!(
                ja: "「--base-url」の「{text}」は、データを置く場所のURLとして使えません",
                en: "`{text}` (`--base-url`) cannot be the address of the lake",
            ),
            Self::NoSites => message!(
                ja: "指定したファイルに、サイトのフォルダーが1つも書かれていません",
                en: "the given lists name no folder of a site",
            ),
            Self::NoSite { folder } => {
                let folder = folder.display();
                message!(
                    ja: "「{folder}」は公開済みのサイトのフォルダーではありません",
                    en: "`{folder}` is not the folder of a published site",
                )
            }
            Self::HalfCopy { folder, count, first } => {
                let folder = folder.display();
                message!(
                    ja: "「{folder}」のファイルのうち{count}件が、ないか一覧と異なります（例：「{first}」）",
                    en: "files of `{folder}` are missing or differ from its manifest: {count}, such as `{first}`",
                )
            }
            Self::NoParquet { folder, dataset } => {
                let folder = folder.display();
                message!(
                    ja: "「{folder}」のデータセット「{dataset}」には、Parquet形式のファイルがありません",
                    en: "the dataset `{dataset}` of `{folder}` has no Parquet file",
                )
            }
            Self::SameCode { code, folders: [one, two] } => {
                let (one, two) = (one.display(), two.display());
                message!(
                    ja: "「{one}」と「{two}」は、どちらも全国地方公共団体コードが「{code}」です",
                    en: "`{one}` and `{two}` have the same local government code `{code}`",
                )
            }
            Self::Types { table, column, sites, types: [first, second] } => {
                let [one, two] = &**sites;
                message!(
                    ja: "表「{table}」の列「{column}」の型が、「{one}」では{first}、「{two}」では{second}です",
                    en: "the column `{column}` of the table `{table}` has the type {first} in `{one}` and {second} in `{two}`",
                )
            }
            Self::UnknownType { folder, dataset, column } => {
                let folder = folder.display();
                message!(
                    ja: "「{folder}」のデータセット「{dataset}」の列「{column}」は、まとめられない型です",
                    en: "the column `{column}` of the dataset `{dataset}` in `{folder}` has a type that a lake cannot have",
                )
            }
            Self::TakenStandard { folder, dataset, standard } => {
                let folder = folder.display();
                message!(
                    ja: "「{folder}」のデータセット「{dataset}」の標準「{standard}」は、サイトに元からある表などと同じ名前です",
                    en: "the standard `{standard}` of the dataset `{dataset}` in `{folder}` has the name of a built-in table or folder",
                )
            }
            Self::Unreadable { path, reason } => {
                let path = path.display();
                message!(ja: "「{path}」を読み込めません（{reason}）", en: "cannot read `{path}`: {reason}")
            }
            Self::NoLake { out } => {
                let out = out.display();
                message!(
                    ja: "「{out}」には別の公開データがあるため、書き出しません",
                    en: "`{out}` contains something else that Kawaraban has published and is not overwritten",
                )
            }
            Self::Damaged { path } => {
                let path = path.display();
                message!(ja: "「{path}」がないか、壊れています", en: "`{path}` is missing or damaged")
            }
            Self::OtherAddress { out, before, now } => {
                let out = out.display();
                message!(
                    ja: "「{out}」のURLは「{before}」で、「--base-url」の「{now}」とは異なります",
                    en: "the lake in `{out}` has the address `{before}`, not `{now}` (`--base-url`)",
                )
            }
        }
    }

    /// How to correct it.
    pub fn help(&self) -> Message {
        match self {
            Self::Address { .. } => message!(
                ja: "「https://data.example.jp/lake」のように、「://」を含むURLを指定してください",
                en: "give an absolute address such as `https://data.example.jp/lake` or `file:///srv/lake`",
            ),
            Self::NoSites | Self::NoSite { .. } => message!(
                ja: "「kawaraban build」で作成したフォルダーか、そのフォルダーを1行に1つ書いたファイルを指定してください",
                en: "name a folder made by `kawaraban build`, or a text file that lists such folders, one per line",
            ),
            Self::HalfCopy { folder, .. } => {
                let folder = folder.display();
                message!(
                    ja: "フォルダー全体をコピーし直してください。「kawaraban verify {folder}」で、異なるファイルをすべて確認できます",
                    en: "copy the whole folder again; `kawaraban verify {folder}` lists all of them",
                )
            }
            Self::NoParquet { .. } => message!(
                ja: "Parquet形式に対応した「kawaraban」（配布版など）で、サイトを作成し直してください。「site.toml」で形式を選んでいる場合は「parquet」を加えてください",
                en: "build the site with a program that writes Parquet files, such as a released one, and with `parquet` among its formats",
            ),
            Self::SameCode { .. } => message!(
                ja: "どちらか一方だけを指定してください。コードが誤っている場合は、「site.toml」を直してサイトを作成し直してください",
                en: "name one of them only; if a code is wrong, correct it in `site.toml` and build the site again",
            ),
            Self::Types { .. } => message!(
                ja: "一方の市の列の名前か型を変更してサイトを作成し直すか、その市を除いてください",
                en: "give the column of one city another name or type and build its site again, or leave that city out",
            ),
            Self::UnknownType { .. } | Self::Unreadable { .. } => message!(
                ja: "現在の「kawaraban」でサイトを作成し直してください",
                en: "build the site again with the present version of `kawaraban`",
            ),
            Self::TakenStandard { .. } => message!(
                ja: "「dataset.toml」の「conforms_to」を別のIDに変更して、サイトを作成し直してください",
                en: "change `conforms_to` in `dataset.toml` to another id and build the site again",
            ),
            Self::NoLake { .. } => message!(
                ja: "「--out」に別のフォルダーを指定してください",
                en: "choose another folder with `--out`",
            ),
            Self::Damaged { .. } => message!(
                ja: "フォルダーを公開先のコピーから戻すか、「--out」に新しいフォルダーを指定してください",
                en: "restore the folder from the published copy, or choose a new folder with `--out`",
            ),
            Self::OtherAddress { .. } => message!(
                ja: "同じURLを指定するか、「--out」に新しいフォルダーを指定してください。URLは書き出したすべての一覧に含まれます",
                en: "give the same address, or choose a new folder with `--out`; every list of files in the lake contains the address",
            ),
        }
    }
}
