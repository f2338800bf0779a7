//! The **templates** by path: those of the theme in use, and below `default/` those of the default
//! theme, so that a theme can extend the template that it replaces.
//!
//! Not in here: the data that templates receive (`html`).

use std::fmt;

use minijinja::value::ValueKind;
use minijinja::{
    AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value, escape_formatter,
};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::{Decimal, phrases};

use super::files::ThemeFile;
use super::query;

/// Creates an environment without templates.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    // A mistake in a template must not leave a gap in a page.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // Debug information lets the message name what is undefined.
    environment.set_debug(true);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_value);
    environment.add_filter("grouped", |count: u64| Decimal::from(count).grouped());
    environment.add_filter("phrases", with_phrases);
    environment.add_filter("in_language", in_language);
    environment.add_filter("lang_attribute", lang_attribute);
    query::add(&mut environment);
    environment
}

/// Inserts `<wbr>` between the phrases of Japanese text, for browsers that do not find phrases
/// themselves. A text with a language is shown as `in_language` shows it.
fn with_phrases(text: &Value) -> Result<Value, Error> {
    match text.kind() {
        ValueKind::Map => {
            let shown = with_breaks(&text.get_attr("text")?);
            Ok(shown_in(&text.get_attr("lang")?, shown))
        }
        _ => Ok(with_breaks(text)),
    }
}

fn with_breaks(text: &Value) -> Value {
    let Some(own) = text.as_str().filter(|_| !text.is_safe()) else { return text.clone() };
    let parts = phrases(own);
    if parts.len() < 2 {
        return text.clone();
    }
    let mut html = String::with_capacity(own.len() + 5 * parts.len());
    for (number, part) in parts.into_iter().enumerate() {
        if number > 0 {
            html.push_str("<wbr>");
        }
        write_escaped(&mut html, part).expect("a string takes every text");
    }
    Value::from_safe_string(html)
}

/// A text of the content, in a `span` with its language where that is not the page's. `text` has
/// the keys `text` and, where the language differs, `lang`.
///
/// A page has dozens of such texts, and a macro costs more than all else that a page does with one.
fn in_language(text: &Value) -> Result<Value, Error> {
    Ok(shown_in(&text.get_attr("lang")?, text.get_attr("text")?))
}

/// `shown`, in a `span` with the language if there is one.
fn shown_in(language: &Value, shown: Value) -> Value {
    if !language.is_true() {
        return shown;
    }
    let mut html = format!("<span{}>", lang_of(language));
    match shown.as_str() {
        Some(own) if !shown.is_safe() => {
            write_escaped(&mut html, own).expect("a string takes every text")
        }
        _ => html.push_str(&shown.to_string()),
    }
    html.push_str("</span>");
    Value::from_safe_string(html)
}

/// The attribute `lang` for an element that shows `text`, with a space before it; nothing where its
/// language is the page's.
fn lang_attribute(text: &Value) -> Result<Value, Error> {
    let language = text.get_attr("lang")?;
    let attribute = if language.is_true() { lang_of(&language) } else { String::new() };
    Ok(Value::from_safe_string(attribute))
}

fn lang_of(language: &Value) -> String {
    let mut html = String::from(" lang=\"");
    write_escaped(&mut html, language.as_str().unwrap_or_default())
        .expect("a string takes every text");
    html.push('"');
    html
}

/// Escapes the characters that HTML requires. The engine's default also escapes every `/`, which
/// makes URLs unreadable and pages longer.
fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => write_escaped(out, text).map_err(Error::from),
        _ => escape_formatter(out, state, value),
    }
}

fn write_escaped(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

/// Adds the template in `file` under `path`; a syntax error is added to `diagnostics`.
pub(super) fn add(
    templates: &mut Environment<'static>,
    path: &str,
    file: &ThemeFile,
    diagnostics: &mut Diagnostics,
) {
    let help = message!(
        ja: "テンプレートを修正するか、削除して既定のテンプレートに戻してください",
        en: "correct the template, or delete it to use the default one",
    );
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_TEMPLATE,
                Place::file(file.place.clone()),
                message!(ja: "テンプレートの文字コードがUTF-8ではありません", en: "the template is not UTF-8"),
            )
            .with_help(help),
        );
        return;
    };
    if let Err(error) = templates.add_template_owned(path.to_owned(), text.to_owned()) {
        let said = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let place = match error.range() {
            Some(range) => Place::text(file.place.clone(), range),
            None => Place::file(file.place.clone()),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_TEMPLATE,
                place,
                message!(ja: "テンプレートの書き方に誤りがあります（{said}）", en: "the template has a syntax error: {said}"),
            )
            .with_help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::environment;

    fn shown(source: &str) -> String {
        let text = minijinja::context! { text => "a < b", lang => "en\"" };
        let plain = minijinja::context! { text => "a < b" };
        let site = minijinja::context! { lang => minijinja::Value::from(()) };
        let mut environment = environment();
        environment.add_template("page.html", source).expect("it can be parsed");
        let page = environment.get_template("page.html").expect("it was added");
        page.render(minijinja::context! { text, plain, site }).expect("every value is defined")
    }

    #[test]
    fn a_text_has_its_language_where_that_is_not_the_pages() {
        assert_eq!(shown("{{ text | in_language }}"), r#"<span lang="en&quot;">a &lt; b</span>"#);
        assert_eq!(shown("{{ text | phrases }}"), shown("{{ text | in_language }}"));
        assert_eq!(shown("{{ plain | in_language }}"), "a &lt; b");
        assert_eq!(
            shown("<b{{ text | lang_attribute }}><i{{ plain | lang_attribute }}>"),
            r#"<b lang="en&quot;"><i>"#
        );
        assert_eq!(shown("<b{{ site | lang_attribute }}>"), "<b>");
    }
}
