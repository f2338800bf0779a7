//! The **signature** of a manifest proves that the city published the files that it lists: whoever
//! has the city's public key can verify a copy that came by another way.
//!
//! Keys and signatures have the format of minisign (<https://jedisct1.github.io/minisign/>), so
//! that its own program reads them too. The signature is the file [`SIGNATURE`] beside the
//! manifest.
//!
//! Not in here: comparing files with the manifest (`verify`), and asking for a password (`cli`).

use std::fs::{self, File};
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use super::add::put;
use super::key_fault::KeyFault;
use super::manifest::{MANIFEST, SIGNATURE};
use super::{PublishError, now, regular};

/// Makes a pair of keys: the secret key in a new file at `path`, which only its owner can read, and
/// the public key beside it with the extension `pub`. With a `password`, the secret key is
/// encrypted. Returns the path of the public key.
///
/// # Errors
///
/// Where one of the files exists already or cannot be written.
pub fn new_keys(path: &Path, password: Option<String>) -> Result<PathBuf, PublishError> {
    let public = path.with_extension("pub");
    for path in [path, public.as_path()] {
        if fs::symlink_metadata(path).is_ok() {
            return Err(PublishError::Foreign { path: path.to_owned() });
        }
    }
    let made = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let boxes = made.and_then(|pair| Ok((pair.sk.to_box(None)?, pair.pk.to_box()?)));
    let (secret_box, public_box) =
        boxes.map_err(|error| PublishError::io(path, &io::Error::other(error.to_string())))?;
    write_new(path, &secret_box.into_string(), true)?;
    write_new(&public, &public_box.into_string(), false)?;
    Ok(public)
}

/// Writes `text` to a new file; a `secret` one only its owner can read.
fn write_new(path: &Path, text: &str, secret: bool) -> Result<(), PublishError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _inherited_from_the_folder = secret;
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| PublishError::io(path, &error))
}

/// Is the secret key at `path` encrypted?
///
/// # Errors
///
/// Where the file cannot be read or is no secret key.
pub fn is_locked(path: &Path) -> Result<bool, PublishError> {
    Ok(read_secret_key(path)?.1.is_none())
}

/// The secret key at `path` as it is stored, and the key itself if it is not encrypted.
fn read_secret_key(path: &Path) -> Result<(SecretKeyBox, Option<SecretKey>), PublishError> {
    let fault = || PublishError::Key { path: path.to_owned(), fault: KeyFault::NoKey };
    let text = read_text(path)?.ok_or_else(fault)?;
    let stored = SecretKeyBox::from(text.clone());
    match stored.clone().into_unencrypted_secret_key() {
        Ok(key) => Ok((stored, Some(key))),
        Err(_) if is_secret_key(&text) => Ok((stored, None)),
        Err(_) => Err(fault()),
    }
}

/// Has `text` the shape of an encrypted secret key: a comment, and a line with its algorithms?
fn is_secret_key(text: &str) -> bool {
    use base64::Engine as _;
    let line = text.lines().nth(1).unwrap_or_default().trim();
    let bytes = base64::engine::general_purpose::STANDARD.decode(line);
    bytes.is_ok_and(|bytes| SecretKey::from_bytes(&bytes).is_ok() && bytes.starts_with(b"EdScB2"))
}

/// Signs the manifest of the folder `tree` with the secret key at `key`. The comment of the
/// signature, which is signed too, has the time and the product's version. Returns the path of the
/// signature.
///
/// # Errors
///
/// Where the manifest or the key cannot be read, the password is wrong, or the signature cannot be
/// written.
pub fn sign(tree: &Path, key: &Path, password: Option<String>) -> Result<PathBuf, PublishError> {
    let manifest = tree.join(MANIFEST);
    let bytes = read_manifest(&manifest)?;
    let secret = secret_key(key, password)?;
    let seconds = now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let comment =
        format!("timestamp:{seconds}\tfile:{MANIFEST}\tkawaraban {}", env!("CARGO_PKG_VERSION"));
    let signed = minisign::sign(None, &secret, Cursor::new(bytes), Some(&comment), None);
    let path = tree.join(SIGNATURE);
    let refused = |error: minisign::PError| io::Error::other(error.to_string());
    let signed = signed.map_err(|error| PublishError::io(&path, &refused(error)))?;
    let text = signed.into_string();
    put(&path, text.as_bytes())?;
    Ok(path)
}

fn secret_key(path: &Path, password: Option<String>) -> Result<SecretKey, PublishError> {
    let fault = |fault| PublishError::Key { path: path.to_owned(), fault };
    match (read_secret_key(path)?, password) {
        ((_, Some(key)), _) => Ok(key),
        ((_, None), None) => Err(fault(KeyFault::Locked)),
        ((stored, None), Some(password)) => {
            stored.into_secret_key(Some(password)).map_err(|_| fault(KeyFault::Password))
        }
    }
}

/// Verifies the signature beside `manifest`, a file with the content `bytes`, against the public
/// key at `key`: a file, or the key itself (the second line of the file).
///
/// # Errors
///
/// Where the key or the signature is missing or damaged, was made with another key, or is of
/// another content.
pub(super) fn verify_signature(
    manifest: &Path,
    bytes: &[u8],
    key: &Path,
) -> Result<(), PublishError> {
    let public = public_key(key)?;
    let path = manifest.with_file_name(SIGNATURE);
    let fault = |fault| PublishError::Key { path: path.clone(), fault };
    let text = read_text(&path)?.ok_or_else(|| fault(KeyFault::NoSignature))?;
    let signature = SignatureBox::from_string(&text).map_err(|_| fault(KeyFault::NoSignature))?;
    if signature.keynum() != public.keynum() {
        return Err(fault(KeyFault::OtherKey));
    }
    minisign::verify(&public, &signature, Cursor::new(bytes), true, false, false)
        .map_err(|_| fault(KeyFault::Changed))
}

fn public_key(key: &Path) -> Result<PublicKey, PublishError> {
    let fault = || PublishError::Key { path: key.to_owned(), fault: KeyFault::NoKey };
    // A key as the city publishes it on paper or on another site fits into the command line.
    if let Some(Ok(public)) = key.to_str().map(PublicKey::from_base64) {
        return Ok(public);
    }
    let text = read_text(key)?.ok_or_else(fault)?;
    PublicKeyBox::from(text).into_public_key().map_err(|_| fault())
}

/// The bytes of a manifest.
///
/// # Errors
///
/// Where there is none, or it cannot be read.
pub(super) fn read_manifest(path: &Path) -> Result<Vec<u8>, PublishError> {
    match regular::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(PublishError::NoManifest { path: path.to_owned() })
        }
        Err(error) => Err(PublishError::io(path, &error)),
    }
}

/// The text of a key or signature; `None` where it cannot be one.
///
/// # Errors
///
/// Where there is no such file.
fn read_text(path: &Path) -> Result<Option<String>, PublishError> {
    let is_small_file = |found: &fs::Metadata| found.is_file() && found.len() < 10_000;
    match fs::metadata(path) {
        Ok(found) if is_small_file(&found) => Ok(fs::read_to_string(path).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(PublishError::Key { path: path.to_owned(), fault: KeyFault::Missing })
        }
        _ => Ok(None),
    }
}
