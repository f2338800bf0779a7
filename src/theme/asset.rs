//! **`asset`** is the function with which templates name a file of the theme: `asset("crest.svg")`
//! is the address that leads from the page to `assets/crest.svg`. The address changes with the
//! assets, and a file that does not exist is an error.
//!
//! Not in here: names that are written as they are, which are checked without rendering (`markup`).

use std::collections::BTreeSet;

use minijinja::{Environment, Error, State};

use crate::message;
use crate::text::nearest;

use super::told::problem;

/// The name of the function.
pub(super) const NAME: &str = "asset";

/// Adds the function to `environment`. `published` are the paths of the assets, relative to their
/// folder.
pub(super) fn add(environment: &mut Environment<'static>, published: BTreeSet<String>) {
    environment.add_function(NAME, move |state: &State<'_, '_>, path: &str| {
        address(state, path, &published)
    });
}

/// The address of the asset `path` for the page that `state` renders.
fn address(
    state: &State<'_, '_>,
    path: &str,
    published: &BTreeSet<String>,
) -> Result<String, Error> {
    if !published.contains(path) {
        return Err(problem(match nearest(path, published.iter().map(String::as_str)) {
            Some(near) => message!(
                ja: "「assets」フォルダーに「{path}」がありません。「{near}」の誤りではありませんか",
                en: "there is no `{path}` in `assets/`; did you mean `{near}`?",
            ),
            None => message!(
                ja: "「assets」フォルダーに「{path}」がありません",
                en: "there is no `{path}` in `assets/`",
            ),
        }));
    }
    let page = state.lookup("page").unwrap_or_default();
    let folder = page.get_attr("assets").unwrap_or_default();
    match folder.as_str() {
        Some(folder) => Ok(format!("{folder}{path}")),
        // A template may have set a variable of that name.
        None => Err(problem(message!(
            ja: "「asset」は変数「page」を使いますが、ここでは「page」に別の値が設定されています",
            en: "`asset` uses the variable `page`, which has been set to another value here",
        ))),
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use crate::theme::templates::environment;

    fn said(template: &str) -> String {
        let mut environment = environment();
        super::add(&mut environment, ["crest.svg".to_owned(), "own/a.css".to_owned()].into());
        let page = context! { assets => "../assets/0/" };
        match environment.render_str(template, context! { page, name => "crest" }) {
            Ok(text) => text,
            Err(error) => error.detail().unwrap_or("no detail").to_owned(),
        }
    }

    #[test]
    fn an_asset_is_named_by_its_path() {
        assert_eq!(said("{{ asset('own/a.css') }}"), "../assets/0/own/a.css");
        assert_eq!(said("{{ asset(name ~ '.svg') }}"), "../assets/0/crest.svg");
        assert_eq!(
            said("{% macro a() %}{{ asset('crest.svg') }}{% endmacro %}{{ a() }}"),
            "../assets/0/crest.svg"
        );
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        assert_eq!(
            said("{{ asset(name ~ '.svgg') }}"),
            "there is no `crest.svgg` in `assets/`; did you mean `crest.svg`?"
        );
        assert_eq!(said("{{ asset('') }}"), "there is no `` in `assets/`");
        assert_eq!(
            said("{% set page = 1 %}{{ asset('crest.svg') }}"),
            "`asset` uses the variable `page`, which has been set to another value here"
        );
    }
}
