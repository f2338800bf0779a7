//! The **faults** of keys and signatures, with advice.
//!
//! Not in here: finding them (`signature`).

use std::path::Path;

use crate::diagnostic::Message;
use crate::message;

/// Why a key or signature cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// There is no such file.
    Missing,
    /// The file is no key of this kind, or is damaged.
    NoKey,
    /// The secret key is encrypted, and no password was given.
    Locked,
    /// The password does not decrypt the secret key.
    Password,
    /// The file is no signature, or is damaged.
    NoSignature,
    /// The signature was made with another key.
    OtherKey,
    /// The manifest is not the one that was signed.
    Changed,
}

impl KeyFault {
    /// What is wrong with the file at `path`.
    pub(super) fn message(self, path: &Path) -> Message {
        let path = path.display();
        match self {
            Self::Missing => message!(ja: "「{path}」がありません", en: "`{path}` does not exist"),
            Self::NoKey => message!(
                ja: "「{path}」は鍵のファイルではないか、壊れています",
                en: "`{path}` is not a key, or is damaged",
            ),
            Self::Locked => message!(
                ja: "鍵「{path}」を使うにはパスワードが必要です",
                en: "the key `{path}` needs its password",
            ),
            Self::Password => message!(
                ja: "鍵「{path}」のパスワードが違います",
                en: "the password of the key `{path}` is wrong",
            ),
            Self::NoSignature => message!(
                ja: "署名「{path}」が壊れています",
                en: "the signature `{path}` is damaged",
            ),
            Self::OtherKey => message!(
                ja: "署名「{path}」は、別の鍵によるものです",
                en: "the signature `{path}` was made with another key",
            ),
            Self::Changed => message!(
                ja: "ファイルの一覧が、署名「{path}」の後に変更されています",
                en: "the manifest was changed after the signature `{path}` was made",
            ),
        }
    }

    /// How to correct it.
    pub(super) fn help(self) -> Message {
        match self {
            Self::Missing => message!(
                ja: "ファイルの場所を確認してください。鍵は「kawaraban sign --new-key」で作成し、署名は「kawaraban sign」で付けます",
                en: "check the path; `kawaraban sign --new-key` makes a key, and `kawaraban sign` a signature",
            ),
            Self::NoKey => message!(
                ja: "署名には「.key」の秘密鍵を、確認には「.pub」の公開鍵を指定してください",
                en: "sign with the secret key (`.key`), and verify with the public key (`.pub`)",
            ),
            Self::Locked | Self::Password => message!(
                ja: "画面で入力するか、環境変数「KAWARABAN_KEY_PASSWORD」に設定してください",
                en: "enter it when asked, or set the environment variable `KAWARABAN_KEY_PASSWORD`",
            ),
            Self::NoSignature => message!(
                ja: "公開元から取得し直すか、公開元で「kawaraban sign」をもう一度実行してください",
                en: "fetch it again from the publisher, or let the publisher run `kawaraban sign` again",
            ),
            Self::OtherKey => message!(
                ja: "公開元の公開鍵を確認してください。鍵が正しい場合、このコピーは公開元のものではありません",
                en: "check the publisher's public key; if it is the right one, this copy is not the publisher's",
            ),
            Self::Changed => message!(
                ja: "このコピーを使わずに、公開元から取得し直してください。公開元では、サイトの作成後に「kawaraban sign」を実行してください",
                en: "do not use this copy, and fetch it again from the publisher; the publisher runs `kawaraban sign` after each build",
            ),
        }
    }
}
