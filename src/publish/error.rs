//! Why publishing **failed**, with the fix. The last good site stands in every case.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;
use crate::message;

/// Why publishing failed.
#[derive(Debug)]
pub enum PublishError {
    /// An artifact's path cannot be a path below the output folder.
    Path {
        /// The path.
        path: String,
    },
    /// The folder cannot be an output folder.
    Output {
        /// The folder.
        path: PathBuf,
    },
    /// A file that this product did not write stands where it must write.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The manifest of the last build is damaged, so that its files cannot be told from others.
    Manifest {
        /// The manifest.
        path: PathBuf,
    },
    /// There is nothing to verify a folder by.
    NoManifest {
        /// Where the manifest should be.
        path: PathBuf,
    },
    /// The machine refused.
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// What the machine said.
        reason: String,
        /// The kind of refusal.
        kind: io::ErrorKind,
    },
}

impl PublishError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), reason: error.to_string(), kind: error.kind() }
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Path { path } => message!(
                ja: "`{path}` には書き出せない（ほかのファイルとぶつかるか、出力先の外になる）",
                en: "`{path}` cannot be written: it collides with another file or leaves the output folder",
            ),
            Self::Output { path } => {
                let path = path.display();
                message!(
                    ja: "`{path}` は出力先にできない",
                    en: "`{path}` cannot be the output folder",
                )
            }
            Self::Foreign { path } => {
                let path = path.display();
                message!(
                    ja: "`{path}` はkawarabanが書いたものではないので、上書きしない",
                    en: "`{path}` was not written by kawaraban and is not overwritten",
                )
            }
            Self::Manifest { path } => {
                let path = path.display();
                message!(
                    ja: "前回の一覧 `{path}` が壊れていて、どれが前回のファイルか分からない",
                    en: "the last build's list `{path}` is damaged, so its files cannot be told from others",
                )
            }
            Self::NoManifest { path } => {
                let path = path.display();
                message!(
                    ja: "一覧 `{path}` がない",
                    en: "there is no list `{path}`",
                )
            }
            Self::Io { path, reason, .. } => {
                let path = path.display();
                message!(ja: "`{path}` に書き出せない（{reason}）", en: "`{path}` cannot be written: {reason}")
            }
        }
    }

    /// How to mend it.
    pub fn help(&self) -> Message {
        match self {
            Self::Path { .. } => message!(
                ja: "IDか `content/static` のファイル名を変える",
                en: "change an id, or the name of a file in `content/static`",
            ),
            Self::Output { .. } => message!(
                ja: "`--out` に、サイトのフォルダーとは別の、空のフォルダーを指定する",
                en: "choose an empty folder, other than the site's own, by `--out`",
            ),
            Self::Foreign { .. } => message!(
                ja: "そのファイルを移すか消すか、`--out` に別のフォルダーを指定する",
                en: "move or remove that file, or choose another folder by `--out`",
            ),
            Self::Manifest { .. } => message!(
                ja: "出力先のフォルダーを移すか消してから、もう一度実行する",
                en: "move or remove the output folder, then build again",
            ),
            Self::NoManifest { .. } => message!(
                ja: "`kawaraban build` で作ったフォルダー、またはその写しを指定する",
                en: "name a folder that `kawaraban build` made, or a copy of one",
            ),
            Self::Io { kind: io::ErrorKind::StorageFull, .. } => message!(
                ja: "ディスクの空きを増やす。前回のサイトはそのまま残っている",
                en: "make room on the disk; the last site stands as it was",
            ),
            Self::Io { kind: io::ErrorKind::PermissionDenied, .. } => message!(
                ja: "出力先とその親フォルダーに書き込む権限を確かめる",
                en: "check that you may write the output folder and the folder above it",
            ),
            Self::Io {
                kind: io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices, ..
            } => message!(
                ja: "出力先がマウントポイントなら、その中のフォルダーを `--out` に指定する",
                en: "if the output is a mount point, choose a folder inside it by `--out`",
            ),
            Self::Io { .. } => message!(
                ja: "出力先のフォルダーを確かめる。前回のサイトはそのまま残っている",
                en: "check the output folder; the last site stands as it was",
            ),
        }
    }
}
