//! A start **by a double click** on Windows, where a person gives the program no words: in a site's
//! folder it opens the preview and the browser, and its window stays until what it says is read.
//!
//! Not in here: the preview (`serve`).

use std::ffi::OsString;
use std::io::stdin;
use std::path::Path;

use crate::text::Language;

/// The file that shows that a folder is that of a site.
const SETTINGS: &str = "content/site.toml";

/// Is the program started by a double click? `words` are its arguments with its own name.
pub(super) fn is_clicked(words: &[OsString], is_windows: bool) -> bool {
    is_windows && words.len() <= 1
}

/// The arguments that a double click in `folder` stands for: the preview with the browser in a
/// site's folder, and elsewhere `words`, to which the answer is the help.
pub(super) fn meant(words: Vec<OsString>, folder: &Path) -> Vec<OsString> {
    match folder.join(SETTINGS).is_file() {
        true => {
            let program = words.into_iter().next().unwrap_or_else(|| "kawaraban".into());
            vec![program, "serve".into(), "--open".into()]
        }
        false => words,
    }
}

/// Waits for the Enter key: the window of a program that was started by a double click closes when
/// the program ends.
pub(super) fn wait(language: Language) {
    eprintln!(
        "\n{}",
        match language {
            Language::Ja => "「Enter」を押すと、このウィンドウを閉じます",
            Language::En => "press Enter to close this window",
        }
    );
    let mut line = String::new();
    // Without an input there is nothing to wait for.
    let _closed = stdin().read_line(&mut line);
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::artifact::Artifact;
    use crate::publish;

    use super::{is_clicked, meant};

    fn words(text: &str) -> Vec<OsString> {
        text.split(' ').map(Into::into).collect()
    }

    #[test]
    fn only_a_start_without_words_on_windows_is_a_click() {
        assert!(is_clicked(&words("kawaraban.exe"), true) && is_clicked(&[], true));
        assert!(!is_clicked(&words("kawaraban"), false));
        assert!(!is_clicked(&words("kawaraban.exe check"), true));
    }

    #[test]
    fn a_click_in_the_folder_of_a_site_opens_the_preview() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clicked = || meant(words("kawaraban.exe"), folder.path());
        assert_eq!(clicked(), words("kawaraban.exe"));
        let add = |path: &str| publish::add(folder.path(), &[Artifact::new(path, Vec::new())]);
        add("content/topics.csv").expect("a new file");
        assert_eq!(clicked(), words("kawaraban.exe"));
        add("content/site.toml").expect("a new file");
        assert_eq!(clicked(), words("kawaraban.exe serve --open"));
        assert_eq!(meant(Vec::new(), folder.path()), words("kawaraban serve --open"));
    }
}
