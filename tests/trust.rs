//! Whether a copy of a site is complete and the city's own: manifests, signatures, and what is in a
//! folder that is no file of the site.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{copy, run, sound_site, temporary, tree};

/// Runs `verify` of `copy` in English: the exit status, and what it says.
fn verify(copy: &Path, arguments: &[&str]) -> (i32, String) {
    let words = ["verify", "--lang", "en", copy.to_str().expect("a path in UTF-8")];
    let (status, said, errors) = run(words.into_iter().chain(arguments.iter().copied()));
    (status, said + &errors)
}

fn sign(arguments: &[&str]) -> (i32, String) {
    let (status, said, errors) =
        run(["sign", "--lang", "en"].into_iter().chain(arguments.iter().copied()));
    (status, said + &errors)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_signature_tells_a_true_copy_from_a_changed_and_a_forged_one() {
    let folder = temporary();
    let at = |name: &str| folder.path().join(name);
    copy(&sound_site(), &at("site"));
    let (site, out) = (at("site"), at("site/public"));
    assert_eq!(run(["build", "--root", text(&site)]).0, 0);
    let files = tree(&out).len() - 1;
    let (key, public) = (at("city.key"), at("city.pub"));

    let (status, said) = sign(&["--new-key", text(&key), "--no-password"]);
    assert_eq!(status, 0, "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&key).expect("a secret key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only its owner reads a secret key");
    }
    let (status, said) = sign(&["--new-key", text(&key), "--no-password"]);
    assert_eq!(status, 2, "a key is never overwritten: {said}");

    let (status, said) = verify(&out, &["--key", text(&public)]);
    let missing = format!("error: `{}/manifest.json.minisig` does not exist\n", text(&out));
    assert_eq!((status, said.starts_with(&missing)), (2, true), "{said}");
    let (status, said) = sign(&[text(&out), "--key", text(&key)]);
    let signed =
        format!("signed the manifest of {files} files: {}/manifest.json.minisig\n", text(&out));
    assert_eq!((status, said), (0, signed));

    let sound = format!(
        "the signature of the manifest matches the public key\nall {files} files match the manifest\n"
    );
    assert_eq!(verify(&out, &["--key", text(&public)]), (0, sound.clone()));
    // The key as it is printed somewhere, without a file.
    let written = fs::read_to_string(&public).expect("a public key");
    let line = written.lines().nth(1).expect("a key has two lines");
    assert_eq!(verify(&out, &["--key", line]), (0, sound));
    // The signature is not a file that the manifest should list.
    assert_eq!(verify(&out, &[]).0, 0);

    // Changed: a file, and the manifest with it.
    let changed = at("changed");
    copy(&out, &changed);
    let robots = fs::read(changed.join("robots.txt")).expect("a published file");
    fs::write(changed.join("robots.txt"), [robots.as_slice(), b"# more\n"].concat()).expect("edit");
    let (status, said) = verify(&changed, &["--key", text(&public)]);
    assert_eq!(status, 1);
    assert!(said.contains("robots.txt: changed: "), "{said}");
    let manifest = fs::read_to_string(changed.join("manifest.json")).expect("a manifest");
    let bytes = format!("\"bytes\": {}", robots.len());
    assert!(manifest.contains(&bytes), "the manifest has {bytes}");
    let forged = manifest.replace(&bytes, &format!("\"bytes\": {}", robots.len() + 7));
    fs::write(changed.join("manifest.json"), forged).expect("edit");
    let (status, said) = verify(&changed, &["--key", text(&public)]);
    let told = format!(
        "error: the manifest was changed after the signature `{}/manifest.json.minisig` was made\n",
        text(&changed)
    );
    assert_eq!((status, said.starts_with(&told)), (2, true), "{said}");

    // Forged: signed by somebody else, in every respect sound.
    let forged = at("forged");
    copy(&out, &forged);
    let other = at("other.key");
    assert_eq!(sign(&["--new-key", text(&other), "--no-password"]).0, 0);
    assert_eq!(sign(&[text(&forged), "--key", text(&other)]).0, 0);
    assert_eq!(verify(&forged, &["--key", text(&at("other.pub"))]).0, 0);
    let (status, said) = verify(&forged, &["--key", text(&public)]);
    assert_eq!(status, 2);
    assert!(said.contains("was made with another key"), "{said}");

    // Damaged in any byte, a key or signature is refused and nothing panics.
    let signature = fs::read(out.join("manifest.json.minisig")).expect("a signature");
    for at in (0..signature.len()).step_by(7) {
        let mut damaged = signature.clone();
        damaged[at] ^= 0x15;
        fs::write(changed.join("manifest.json.minisig"), damaged).expect("edit");
        fs::write(changed.join("manifest.json"), &manifest).expect("edit");
        let (status, said) = verify(&changed, &["--key", text(&public)]);
        // The first line is a comment that nobody signs.
        let first_line = signature.iter().position(|&byte| byte == b'\n').expect("lines");
        assert!(status == 2 || (at < first_line && status == 1), "byte {at}: {status} {said}");
    }
    for wrong in [&key, &out.join("robots.txt"), &at("none.pub"), folder.path()] {
        let (status, said) = verify(&out, &["--key", text(wrong)]);
        assert_eq!((status, said.contains("help: ")), (2, true), "{said}");
    }

    // The next build has a manifest of its own, which nobody has signed yet.
    fs::write(site.join("content/static/news.txt"), "news")
        .or_else(|_| {
            fs::create_dir_all(site.join("content/static"))?;
            fs::write(site.join("content/static/news.txt"), "news")
        })
        .expect("a new file");
    assert_eq!(run(["build", "--root", text(&site)]).0, 0);
    assert!(!out.join("manifest.json.minisig").exists());
    // A folder that differs from its manifest is not signed.
    fs::remove_file(out.join("news.txt")).expect("a published file");
    let (status, said) = sign(&[text(&out), "--key", text(&key)]);
    assert_eq!(status, 1);
    assert!(said.starts_with("news.txt: missing\nerror: 1 difference from"), "{said}");
    assert!(!out.join("manifest.json.minisig").exists());
}

#[test]
fn a_secret_key_with_a_password_needs_it() {
    let folder = temporary();
    let at = |name: &str| folder.path().join(name);
    copy(&sound_site(), &at("site"));
    assert_eq!(run(["build", "--root", text(&at("site"))]).0, 0);
    let (out, key) = (at("site/public"), at("city.key"));
    let with_password = |password: &str, arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
            .args(["sign", "--lang", "en"])
            .args(arguments)
            .env("KAWARABAN_KEY_PASSWORD", password)
            .output()
            .expect("the binary runs");
        let said = [done.stdout, done.stderr].concat();
        (done.status.code(), String::from_utf8(said).expect("the binary says UTF-8"))
    };
    let (status, said) = with_password("かわら市", &["--new-key", text(&key)]);
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = with_password("河原市", &[text(&out), "--key", text(&key)]);
    assert_eq!(status, Some(2));
    assert!(said.contains("the password of the key"), "{said}");
    let (status, said) = with_password("かわら市", &[text(&out), "--key", text(&key)]);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(verify(&out, &["--key", text(&at("city.pub"))]).0, 0);
}

#[test]
fn a_copy_is_held_against_a_manifest_that_came_another_way() {
    let folder = temporary();
    let at = |name: &str| folder.path().join(name);
    copy(&sound_site(), &at("site"));
    assert_eq!(run(["build", "--root", text(&at("site"))]).0, 0);
    let out = at("site/public");
    let trusted = at("trusted.json");
    fs::copy(out.join("manifest.json"), &trusted).expect("a copy");
    assert_eq!(verify(&out, &["--manifest", text(&trusted)]).0, 0);
    // Forged as a whole: another file, and a manifest that fits.
    let manifest = fs::read_to_string(out.join("manifest.json")).expect("a manifest");
    fs::remove_file(out.join("robots.txt")).expect("a published file");
    let mut value: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    let list = value["files"].as_array_mut().expect("a list");
    list.retain(|file| file["path"] != "robots.txt");
    fs::write(out.join("manifest.json"), value.to_string()).expect("edit");
    assert_eq!(verify(&out, &[]).0, 0);
    let (status, said) = verify(&out, &["--manifest", text(&trusted)]);
    assert_eq!(status, 1);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("manifest.json: changed: "), "{said}");
    assert_eq!(lines[1], "robots.txt: missing");
    assert!(lines[2].starts_with("2 differences from the "), "{said}");
}

#[cfg(unix)]
#[test]
fn links_pipes_and_empty_folders_are_named_and_never_opened() {
    use std::os::unix::fs::symlink;

    let folder = temporary();
    let at = |name: &str| folder.path().join(name);
    copy(&sound_site(), &at("site"));
    assert_eq!(run(["build", "--root", text(&at("site"))]).0, 0);
    let out = at("site/public");
    // A link to the same bytes, in the place of a file and of a folder.
    fs::rename(out.join("robots.txt"), at("robots.txt")).expect("moved");
    symlink(at("robots.txt"), out.join("robots.txt")).expect("a link");
    fs::rename(out.join("schemas"), at("schemas")).expect("moved");
    symlink(at("schemas"), out.join("schemas")).expect("a link");
    let pipe = |path: &str| {
        let made = Command::new("mkfifo").arg(out.join(path)).status().expect("mkfifo runs");
        assert!(made.success());
    };
    fs::remove_file(out.join("feed.xml")).expect("a published file");
    pipe("feed.xml");
    pipe("other");
    symlink("/etc", out.join("elsewhere")).expect("a link");
    fs::create_dir_all(out.join("empty/inside")).expect("a new folder");
    let told = "elsewhere: a symbolic link that is not in the manifest\n\
                empty/inside: an empty folder\n\
                feed.xml: not a regular file\n\
                other: not a regular file, and not in the manifest\n\
                robots.txt: a symbolic link instead of a file or folder\n\
                schemas: a symbolic link instead of a file or folder\n\
                6 differences from the ";
    let (status, said) = verify(&out, &[]);
    assert_eq!((status, said.starts_with(told)), (1, true), "{said}");
    let (status, said) = verify(&out, &["--ignore-foreign"]);
    assert_eq!(status, 1);
    assert!(said.contains("3 differences from the "), "{said}");
}
