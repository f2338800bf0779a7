//! `sign` and `verify`: whether a published folder, or a copy of it, is complete and the city's
//! own.
//!
//! Not in here: `verify --sources` ([`sources`](super::sources)), and what keys and signatures are
//! (`publish`).

use std::path::Path;

use crate::message;
use crate::publish::{self, FileDifference, KeyFault, PublishError, Trust, Verified};
use crate::report::ReportFormat;
use crate::text::{Language, counted};

use super::arguments::{SignArguments, VerifyArguments};
use super::commands::refuse;
use super::{CommandOutcome, say, style};

/// The environment variable with the password of the secret key, where nobody can be asked.
const PASSWORD: &str = "KAWARABAN_KEY_PASSWORD";

/// `kawaraban sign`: makes keys, or verifies a published folder and signs its manifest.
pub(super) fn sign(arguments: &SignArguments, language: Language) -> CommandOutcome {
    let done = match arguments {
        SignArguments { new_key: Some(path), no_password, .. } => {
            new_keys(path, *no_password, language)
        }
        SignArguments { folder: Some(folder), key: Some(key), .. } => {
            sign_folder(folder, key, language)
        }
        _ => unreachable!("clap asks for a folder and a key, or for a new key"),
    };
    done.unwrap_or_else(|error| refuse(language, &error.message(), Some(&error.help())))
}

fn new_keys(
    path: &Path,
    no_password: bool,
    language: Language,
) -> Result<CommandOutcome, PublishError> {
    let password = match no_password {
        true => None,
        false => Some(password(path, true, language)?),
    };
    let public = publish::new_keys(path, password)?;
    let (path, public) = (path.display(), public.display());
    say(match language {
        Language::Ja => format!(
            "秘密鍵「{path}」と公開鍵「{public}」を作成しました。秘密鍵は公開せず、安全な場所に保管してください。公開鍵は、サイトとは別の場所（市の広報や公式サイト）で公開してください"
        ),
        Language::En => format!(
            "made the secret key {path} and the public key {public}; keep the secret key in a safe \
             place, and publish the public key elsewhere than on the site"
        ),
    });
    Ok(CommandOutcome::Fine)
}

fn sign_folder(
    folder: &Path,
    key: &Path,
    language: Language,
) -> Result<CommandOutcome, PublishError> {
    let Verified { files, mut differences } = publish::verify(folder, Trust::default())?;
    differences.retain(|_, difference| !difference.is_beside());
    if !differences.is_empty() {
        for (path, difference) in &differences {
            say(format_args!("{path}: {}", difference_text(difference, language)));
        }
        let count = differences.len();
        let differ = counted(count, "difference");
        return Ok(refuse_content(
            language,
            &message!(
                ja: "ファイルの一覧と{count}件の違いがあるため、署名していません",
                en: "{differ} from the manifest, so nothing was signed",
            ),
            &message!(
                ja: "「kawaraban build」でサイトを作成し直してください",
                en: "build the site again with `kawaraban build`",
            ),
        ));
    }
    let password = match publish::is_locked(key)? {
        true => Some(password(key, false, language)?),
        false => None,
    };
    let signature = publish::sign(folder, key, password)?;
    let signature = signature.display();
    say(match language {
        Language::Ja => format!("{files}ファイルの一覧に署名しました：{signature}"),
        Language::En => format!("signed the manifest of {files} files: {signature}"),
    });
    Ok(CommandOutcome::Fine)
}

/// Refuses for the content of a folder: as [`refuse`], with the exit code for differences.
fn refuse_content(
    language: Language,
    message: &crate::diagnostic::Message,
    help: &crate::diagnostic::Message,
) -> CommandOutcome {
    refuse(language, message, Some(help));
    CommandOutcome::ContentErrors
}

/// The password of the key at `path`: that of the environment variable, or what is entered; a `new`
/// one is entered twice.
///
/// # Errors
///
/// Where nobody can be asked, nothing is entered, or the two entries differ.
fn password(path: &Path, new: bool, language: Language) -> Result<String, PublishError> {
    if let Some(password) = std::env::var(PASSWORD).ok().filter(|password| !password.is_empty()) {
        return Ok(password);
    }
    let fault = |fault| PublishError::Key { path: path.to_owned(), fault };
    let ask = |ja, en| {
        let prompt = match language {
            Language::Ja => ja,
            Language::En => en,
        };
        rpassword::prompt_password(prompt)
            .ok()
            .filter(|password| !password.is_empty())
            .ok_or_else(|| fault(KeyFault::Locked))
    };
    let entered = ask("鍵のパスワード：", "Password of the key: ")?;
    if new && ask("もう一度入力してください：", "Once more: ")? != entered {
        return Err(fault(KeyFault::Password));
    }
    Ok(entered)
}

/// `kawaraban verify`: compares a folder with its manifest and prints each difference, then their
/// number.
pub(super) fn verify(arguments: &VerifyArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    let trust = Trust { manifest: arguments.manifest.as_deref(), key: arguments.key.as_deref() };
    let verified = match publish::verify(&arguments.folder, trust) {
        Ok(verified) => verified,
        Err(error) => return refuse(style.language, &error.message(), Some(&error.help())),
    };
    let Verified { files, mut differences } = verified;
    if arguments.ignore_foreign {
        differences.retain(|_, difference| !difference.is_beside());
    }
    for (path, difference) in &differences {
        say(format_args!("{path}: {}", difference_text(difference, style.language)));
    }
    let count = differences.len();
    if arguments.key.is_some() {
        say(match style.language {
            Language::Ja => "ファイルの一覧の署名は、公開鍵と一致しています",
            Language::En => "the signature of the manifest matches the public key",
        });
    }
    say(match (style.language, count) {
        (Language::Ja, 0) => format!("{files}ファイルすべてが一覧と一致しています"),
        (Language::En, 0) => format!("all {files} files match the manifest"),
        (Language::Ja, _) => format!("一覧の{files}ファイルと比べて、異なる点が{count}件あります"),
        (Language::En, 1) => format!("1 difference from the {files} files in the manifest"),
        (Language::En, _) => {
            format!("{count} differences from the {files} files in the manifest")
        }
    });
    if count == 0 { CommandOutcome::Fine } else { CommandOutcome::ContentErrors }
}

fn difference_text(difference: &FileDifference, language: Language) -> String {
    let (ja, en) = match difference {
        FileDifference::Missing => ("ファイルがありません", "missing"),
        FileDifference::Size { listed, found } => {
            return match language {
                Language::Ja => {
                    format!("内容が異なります（一覧では{listed}バイト、実際は{found}バイト）")
                }
                Language::En => format!("changed: {found} bytes instead of {listed}"),
            };
        }
        FileDifference::Digest => {
            ("内容が異なります（SHA-256が一致しません）", "changed: the SHA-256 differs")
        }
        FileDifference::Link => (
            "ファイルやフォルダーの代わりにリンクがあります",
            "a symbolic link instead of a file or folder",
        ),
        FileDifference::Special => ("通常のファイルではありません", "not a regular file"),
        FileDifference::EmptyFolder => ("空のフォルダーです", "an empty folder"),
        FileDifference::Foreign => ("一覧にないファイルです", "not in the manifest"),
        FileDifference::ForeignLink => {
            ("一覧にないリンクです", "a symbolic link that is not in the manifest")
        }
        FileDifference::ForeignSpecial => (
            "一覧になく、通常のファイルではありません",
            "not a regular file, and not in the manifest",
        ),
    };
    match language {
        Language::Ja => ja.to_owned(),
        Language::En => en.to_owned(),
    }
}
