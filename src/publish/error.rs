//! The reasons why publishing **failed**, with advice. The last good site stays in place in every
//! case.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Message, help_with_open_files};
use crate::message;

use super::key_fault::KeyFault;
use super::mounts::Mounted;

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
    /// A file that this product did not write is in the place of one that it must write.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A folder that must be new, or empty, is not, or lies within the content or the themes.
    NotFresh {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder holds a published site where a preview is to be written, or the reverse.
    HoldsSite {
        /// The folder.
        path: PathBuf,
        /// Does it hold a preview?
        preview: bool,
    },
    /// The manifest of the last build is damaged, so that its files cannot be distinguished from
    /// others.
    Manifest {
        /// The manifest.
        path: PathBuf,
    },
    /// The folder has no manifest to verify it against.
    NoManifest {
        /// Where the manifest should be.
        path: PathBuf,
    },
    /// No previous site is kept that could be brought back.
    NoPrevious {
        /// The output folder.
        path: PathBuf,
        /// The number that was asked for.
        number: Option<u64>,
    },
    /// A file of a previous site is missing or was changed.
    DamagedPrevious {
        /// The file.
        path: PathBuf,
    },
    /// The output folder is shown elsewhere by a mount, where its successor would not be seen.
    Mounted {
        /// The folder.
        path: PathBuf,
        /// How it is mounted.
        mounted: Mounted,
    },
    /// A folder in the output belongs to another user, and its replacement cannot get that owner.
    Owner {
        /// The replacement.
        path: PathBuf,
    },
    /// A key or signature cannot be used.
    Key {
        /// The key or signature.
        path: PathBuf,
        /// The reason.
        fault: KeyFault,
    },
    /// An I/O error.
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// The message of the system.
        reason: String,
        /// The kind of error.
        kind: io::ErrorKind,
        /// What to do about it, where the system itself is short of something.
        help: Option<Message>,
    },
}

impl PublishError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::told(path, error, Some(error))
    }

    /// An `error` of the system at `path`, which a library tells as `reason`.
    pub(super) fn told(path: &Path, reason: &dyn Display, error: Option<&io::Error>) -> Self {
        Self::Io {
            path: path.to_owned(),
            reason: reason.to_string(),
            kind: error.map_or(io::ErrorKind::Other, io::Error::kind),
            help: error.and_then(help_with_open_files),
        }
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Path { path } => message!(
                ja: "「{path}」には書き出せません（ほかのファイルと重なるか、出力先の外になります）",
                en: "`{path}` cannot be written: it collides with another file or leaves the output folder",
            ),
            Self::Output { path } => {
                let path = path.display();
                message!(
                    ja: "「{path}」は出力先に指定できません",
                    en: "`{path}` cannot be the output folder",
                )
            }
            Self::Foreign { path } => {
                let path = path.display();
                message!(
                    ja: "「{path}」はKawarabanが作成したものではないため、上書きしません",
                    en: "`{path}` was not written by Kawaraban and is not overwritten",
                )
            }
            Self::NotFresh { path } => {
                let path = path.display();
                message!(
                    ja: "「{path}」は新しいフォルダーではないため、書き出しません",
                    en: "`{path}` is not a new folder, and nothing was written to it",
                )
            }
            Self::HoldsSite { path, preview: false } => {
                let path = path.display();
                message!(
                    ja: "「{path}」には公開用のサイトがあるため、プレビューを書き出しません",
                    en: "`{path}` holds a published site and is not replaced by a preview",
                )
            }
            Self::HoldsSite { path, preview: true } => {
                let path = path.display();
                message!(
                    ja: "「{path}」には下書きを含むプレビューがあるため、公開用のサイトを書き出しません",
                    en: "`{path}` holds a preview with drafts and is not replaced by the site",
                )
            }
            Self::Manifest { path } => {
                let path = path.display();
                message!(
                    ja: "前回のファイルの一覧「{path}」が壊れているため、前回のファイルを見分けられません",
                    en: "`{path}`, the manifest of the previous build, is damaged, so its files cannot be told from others",
                )
            }
            Self::NoManifest { path } => {
                let path = path.display();
                message!(
                    ja: "ファイルの一覧「{path}」がありません",
                    en: "the manifest `{path}` is missing",
                )
            }
            Self::NoPrevious { path, number: None } => {
                let path = path.display();
                message!(
                    ja: "「{path}」の以前のサイトは保存されていません",
                    en: "no previous site of `{path}` is kept",
                )
            }
            Self::NoPrevious { path, number: Some(number) } => {
                let path = path.display();
                message!(
                    ja: "「{path}」の以前のサイトに、{number}番はありません",
                    en: "`{path}` has no previous site number {number}",
                )
            }
            Self::DamagedPrevious { path } => {
                let path = path.display();
                message!(
                    ja: "以前のサイトのファイル「{path}」がないか、保存した後に変更されています",
                    en: "`{path}`, a file of the previous site, is missing or was changed after it was kept",
                )
            }
            Self::Mounted { path, mounted: Mounted::Point(point) } => {
                let (path, point) = (path.display(), point.display());
                message!(
                    ja: "出力先「{path}」は入れ替えられません（「{point}」がマウントポイントです）",
                    en: "the output folder `{path}` cannot be replaced: `{point}` is a mount point",
                )
            }
            Self::Mounted { path, mounted: Mounted::Shown(point) } => {
                let (path, point) = (path.display(), point.display());
                message!(
                    ja: "出力先「{path}」は「{point}」にもマウントされています。入れ替えると、そちらのサイトが空になります",
                    en: "the output folder `{path}` is also mounted at `{point}`; replacing it would empty the site there",
                )
            }
            Self::Owner { path } => {
                let path = path.display();
                message!(
                    ja: "「{path}」の所有者を、現在の出力先と同じにできません",
                    en: "`{path}` cannot get the same owner as in the current output folder",
                )
            }
            Self::Key { path, fault } => fault.message(path),
            Self::Io { path, reason, .. } => {
                let path = path.display();
                message!(ja: "「{path}」に書き出せません（{reason}）", en: "cannot write `{path}`: {reason}")
            }
        }
    }

    /// How to correct it.
    pub fn help(&self) -> Message {
        match self {
            Self::Path { .. } => message!(
                ja: "IDか、「content/static」のファイルの名前を変更してください",
                en: "change an id, or the name of a file in `content/static`",
            ),
            Self::Output { .. } => message!(
                ja: "「--out」に、サイトのフォルダーとは別の空のフォルダーを指定してください",
                en: "choose an empty folder other than the site's own with `--out`",
            ),
            Self::Foreign { .. } => message!(
                ja: "そのファイルを移動または削除するか、「--out」に別のフォルダーを指定してください",
                en: "move or delete the file, or choose another folder with `--out`",
            ),
            Self::NotFresh { .. } => message!(
                ja: "「content」と「themes」の外の、まだないフォルダーか、空のフォルダーを指定してください",
                en: "name a folder that does not exist yet, or an empty one, outside of `content` and `themes`",
            ),
            Self::HoldsSite { preview: false, .. } => message!(
                ja: "「--out」に別のフォルダーを指定してください。省略すると「preview」フォルダーに書き出します",
                en: "choose another folder with `--out`; without it, a preview is written to `preview`",
            ),
            Self::HoldsSite { preview: true, .. } => message!(
                ja: "プレビューのフォルダーを削除するか、「--out」に別のフォルダーを指定してください",
                en: "delete the preview's folder, or choose another folder with `--out`",
            ),
            Self::Manifest { .. } => message!(
                ja: "出力先のフォルダーを移動または削除してから、もう一度実行してください",
                en: "move or delete the output folder, then build again",
            ),
            Self::NoManifest { .. } => message!(
                ja: "「kawaraban build」で作成したフォルダーか、そのコピーを指定してください",
                en: "name a folder made by `kawaraban build`, or a copy of one",
            ),
            Self::NoPrevious { .. } => message!(
                ja: "「kawaraban rollback --list」で、保存されているサイトを確認できます。「build」は、直前のサイトを保存してから入れ替えます（「--in-place」と「--keep 0」では保存しません）",
                en: "`kawaraban rollback --list` shows those that are kept; `build` keeps the last one, except with `--in-place` or `--keep 0`",
            ),
            Self::DamagedPrevious { .. } => message!(
                ja: "このサイトには戻せません。「kawaraban rollback --list」で別のサイトを選ぶか、以前の入力データから「kawaraban build」を実行してください",
                en: "this site cannot be brought back; choose another one of `kawaraban rollback --list`, or build again from the earlier content",
            ),
            Self::Mounted { .. } => message!(
                ja: "「--in-place」を付けると、フォルダーを残してファイルを一つずつ入れ替えます。または、マウントされていないフォルダーを「--out」に指定してください",
                en: "add `--in-place` to keep the folder and replace its files one by one, or choose a folder with `--out` that is not mounted",
            ),
            Self::Owner { .. } => message!(
                ja: "出力先のフォルダーの所有者として実行するか、「--in-place」を付けてください。現在のサイトはそのまま残っています",
                en: "run the build as the owner of the output folder, or add `--in-place`; the current site is unchanged",
            ),
            Self::Key { fault, .. } => fault.help(),
            Self::Io { help: Some(help), .. } => help.clone(),
            Self::Io { kind: io::ErrorKind::StorageFull, .. } => message!(
                ja: "ディスクの空き容量を増やしてください。前回のサイトはそのまま残っています",
                en: "free some disk space; the previous site is unchanged",
            ),
            Self::Io { kind: io::ErrorKind::PermissionDenied, .. } => message!(
                ja: "出力先とその上のフォルダーに書き込む権限があるか確認してください",
                en: "check that you have permission to write to the output folder and its parent folder",
            ),
            Self::Io {
                kind: io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices, ..
            } => message!(
                ja: "出力先がマウントポイントの場合は、「--in-place」を付けるか、その中のフォルダーを「--out」に指定してください",
                en: "if the output folder is a mount point, add `--in-place`, or choose a folder inside it with `--out`",
            ),
            Self::Io { .. } => message!(
                ja: "出力先のフォルダーを確認してください。前回のサイトはそのまま残っています",
                en: "check the output folder; the previous site is unchanged",
            ),
        }
    }
}
