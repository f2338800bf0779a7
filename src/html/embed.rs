//! The script for **embedding** the search in pages of other sites: a stable address that leads to
//! the search script, whose own address changes with its contents.

use crate::artifact::Artifact;
use crate::site::file_paths;
use crate::theme::{SEARCH_SCRIPT, Theme};

/// The script, which loads the search script of `theme` from the same site.
pub fn embed(theme: &Theme) -> Artifact {
    let address = format!("{}{SEARCH_SCRIPT}", theme.assets_folder);
    let script = format!(
        "{{\n  const script = document.createElement('script');\n  \
         script.src = new URL('{address}', document.currentScript.src).href;\n  \
         document.head.append(script);\n}}\n"
    );
    Artifact::new(file_paths::EMBED.to_owned(), script.into_bytes())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostics, Located, Place};
    use crate::source::Sources;
    use crate::theme;

    #[test]
    fn it_leads_to_a_script_of_the_theme() {
        let name = Located::new("default".to_owned(), Place::file("content/site.toml"));
        let theme = theme::load(&Sources::default(), &name, &mut Diagnostics::new());
        let theme = theme.expect("the default theme is sound");
        let embed = super::embed(&theme);
        let script = String::from_utf8(embed.body.whole().into_owned()).expect("a text");
        let address = script.split("URL('").nth(1).and_then(|rest| rest.split('\'').next());
        assert_eq!(embed.path, "kawaraban.js");
        assert!(theme.assets.iter().any(|asset| Some(asset.path.as_str()) == address), "{script}");
    }
}
