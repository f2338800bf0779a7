//! The **book**: the policies of a fiscal year in one HTML file for print, with the contents, and
//! each measure with its result, its figures and its money (主要な施策の成果に関する説明書).
//!
//! Not in here: writing the file (`cli`).

use minijinja::context;
use minijinja::value::Value;
use serde::Serialize;

use crate::artifact::FactsByPath;
use crate::diagnostic::Diagnostics;
use crate::site::{Page, PageKind, RelatedMeasures, Site, file_paths};
use crate::text::Language;
use crate::theme::Theme;

use super::context::{PageContext, Text, value};
use super::linker::Linker;
use super::scores::Score;
use super::{measure, rendered, templates};

/// A policy in the book.
#[derive(Serialize)]
struct BookPolicy<'s> {
    /// Where the contents lead.
    id: String,
    department: Value,
    headline: Option<Text<'s>>,
    statement: Option<Value>,
    score: Score,
    measures: Vec<BookMeasure<'s>>,
}

#[derive(Serialize)]
struct BookMeasure<'s> {
    id: String,
    title: Text<'s>,
    rating: Value,
    html: Value,
}

/// The book of the year `year` in `language`, an index into the years of `site`; of one department
/// and everything below it if `departments` are given. A template that cannot be rendered is
/// reported in `diagnostics`, and gives `None`.
pub fn book(
    site: &Site,
    theme: &Theme,
    language: Language,
    (year, departments): (usize, Option<&[usize]>),
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let (facts, related) = (FactsByPath::new(), RelatedMeasures::new());
    let profiles = vec![Vec::new(); site.datasets.len()];
    let context = &PageContext::new(site, theme, &facts, &profiles, &related, language);
    let own = site.config.own_language();
    let path = file_paths::localized("book.html", language, own);
    let page = Page { path, key: "book.html".to_owned(), language, kind: PageKind::Years };
    // Links lead to the published site, wherever the book is read.
    let base = site.config.base_url.as_str().to_owned();
    let below = base.clone() + &file_paths::localized("", language, own);
    let context = &context.on(Linker::elsewhere(below, base));
    let linker = &context.linker;
    let of_page = context! { base => &linker.base, root => &linker.root, lang => language.tag() };
    let values = |view: Value| {
        context! {
            site => context.site_value.clone(),
            words => context.words.clone(),
            page => of_page.clone(),
            view => view,
        }
    };
    let is_in = |policy: &usize| {
        departments.is_none_or(|all| all.contains(&site.policies[*policy].department))
    };
    let mut failures = Vec::new();
    let mut policies = Vec::new();
    for policy in site.years[year].policies.iter().copied().filter(is_in) {
        let entry = &site.policies[policy];
        let mut measures = Vec::new();
        for &index in &entry.measures {
            let id = format!("measure-{}", site.measures[index].id);
            let view = measure::measure(context, index).value;
            match rendered(theme, &page, "book.html", values(context! { measure => view })) {
                Ok(html) => measures.push(BookMeasure {
                    html: Value::from_safe_string(with_ids_below(&id, &html)),
                    title: context.text(&site.measures[index].title),
                    rating: context.ratings[site.measures[index].rating].clone(),
                    id,
                }),
                Err(failure) => failures.push(*failure),
            }
        }
        policies.push(BookPolicy {
            id: format!("policy-{}", entry.id),
            department: context.departments[entry.department].clone(),
            headline: entry.headline.as_ref().map(|text| context.text(text)),
            statement: entry.statement.as_ref().map(|text| context.markdown(text, 3)),
            score: context.score(&entry.counts),
            measures,
        });
    }
    let name = site.years[year].fiscal_year.long(language);
    let view = context! {
        title => context.word("book_title").replace("{year}", &name),
        year => name,
        style => Value::from_safe_string(style(theme)),
        policies => value(&policies),
    };
    let whole = rendered(theme, &page, "book.html", values(view));
    let text = whole.map_err(|failure| failures.push(*failure)).ok();
    let is_whole = failures.is_empty();
    diagnostics.extend(templates::problems(failures));
    text.filter(|_| is_whole)
}

/// The style sheets of pages, charts and the book as an element that stands within the file.
fn style(theme: &Theme) -> String {
    let sheet = |name: &str| {
        let path = format!("{}{name}", theme.assets_folder);
        let asset = theme.assets.iter().find(|asset| *asset.path == *path);
        asset.map(|asset| String::from_utf8_lossy(&asset.body.whole()).into_owned())
    };
    let sheets = ["site.css", "chart.css", "book.css"].into_iter().filter_map(sheet);
    // Nothing in a style sheet may end the element that it stands in.
    let rules = sheets.collect::<Vec<_>>().join("\n").replace("</", "<\\/");
    format!("<style>\n{rules}\n</style>")
}

/// `html` with `below` before each id and before each reference to one, since many measures with
/// the same ids stand in one file.
fn with_ids_below(below: &str, html: &str) -> String {
    let mut text = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((at, name)) = ATTRIBUTES
        .iter()
        .filter_map(|name| Some((rest.find(name)?, *name)))
        .min_by_key(|(at, _)| *at)
    {
        let (before, after) = rest.split_at(at + name.len());
        let (ids, following) = after.split_once('"').unwrap_or((after, ""));
        text.push_str(before);
        let ids: Vec<String> = ids.split_whitespace().map(|id| format!("{below}-{id}")).collect();
        text.push_str(&ids.join(" "));
        text.push('"');
        rest = following;
    }
    text.push_str(rest);
    text
}

/// The attributes whose values are ids.
const ATTRIBUTES: [&str; 3] = [" id=\"", " aria-labelledby=\"", " href=\"#"];

#[cfg(test)]
mod tests {
    use super::with_ids_below;

    #[test]
    fn ids_and_what_refers_to_them_stay_together() {
        assert_eq!(
            with_ids_below("m", r##"<svg id="a" aria-labelledby="a-t a-d"><a href="#a">x</a>"##),
            r##"<svg id="m-a" aria-labelledby="m-a-t m-a-d"><a href="#m-a">x</a>"##
        );
        assert_eq!(with_ids_below("m", "<p>none</p>"), "<p>none</p>");
    }
}
