//! Checks a theme's own **templates** against the values of pages. Every attribute that a template
//! uses must exist, even in branches that no page takes, and a few pages of every kind are
//! rendered. `check` and `build` both do this before any page is written.
//!
//! Not in here: what can be told without the site (`theme`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::{Value, ValueKind};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::site::{Page, Site};
use crate::text::{Language, nearest};
use crate::theme::{NameUse, OwnTemplate, Path, PathStep, Theme, renamed};

/// A page with which a template is tried.
pub(super) struct Sample<'s> {
    pub page: &'s Page,
    pub template: Cow<'static, str>,
    pub values: Value,
}

/// Reports attributes and words that the templates of `theme` use and that no sampled page has.
pub(super) fn check_attributes(
    theme: &Theme,
    samples: &[Sample<'_>],
    diagnostics: &mut Diagnostics,
) {
    let languages: BTreeSet<Language> = samples.iter().map(|sample| sample.page.language).collect();
    for own in &theme.own {
        let mut reported: BTreeSet<(usize, usize)> = BTreeSet::new();
        for path in &own.paths {
            let problem = match path.root.as_str() {
                "words" => word(theme, own, path, &languages),
                _ => attribute(theme, own, path, samples),
            };
            if let Some((name, problem)) = problem
                && reported.insert((name.range.start, name.range.end))
            {
                diagnostics.push(problem);
            }
        }
    }
}

/// Reports pages that choose a template that `theme` does not have.
pub(super) fn check_chosen(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) {
    for chosen in site.pages.iter().filter_map(|page| page.template.as_ref()) {
        let written = &chosen.value;
        let Err(known) = theme.template_of_page(written) else { continue };
        let problem = Diagnostic::new(
            &diagnostic::HTML_TEMPLATE,
            chosen.place.clone(),
            message!(
                ja: "テーマに「{written}」というページのテンプレートはありません",
                en: "the theme has no template `{written}` for pages",
            ),
        );
        diagnostics.push(problem.with_help(match nearest(written, known.iter().copied()) {
            Some(near) => Message::did_you_mean(near),
            None if known.is_empty() => message!(
                ja: "テーマに「page-{written}.html」を作成するか、「template」を削除してください",
                en: "create `page-{written}.html` in the theme, or remove `template`",
            ),
            None => Message::allowed_values(&known),
        }));
    }
}

/// The problem if one of `languages` lacks the text that `path` uses (`words.<name>`), with the use
/// of the name in the template.
fn word<'p>(
    theme: &Theme,
    own: &OwnTemplate,
    path: &'p Path,
    languages: &BTreeSet<Language>,
) -> Option<(&'p NameUse, Diagnostic)> {
    let [PathStep::Field(name), ..] = path.steps.as_slice() else { return None };
    let word = &name.text;
    let lacks = |language: &&Language| !theme.words[*language].contains_key(word);
    let missing = languages.iter().find(lacks)?;
    let place = Place::text(theme.file_of(&own.name), name.range.clone());
    let file = format!("words/{missing}.toml");
    let problem = Diagnostic::new(
        &diagnostic::THEME_VARIABLE,
        place,
        message!(ja: "「{file}」に「{word}」という言葉がありません", en: "there is no word `{word}` in `{file}`"),
    );
    if let Some(help) = renamed(&format!("words.{word}")) {
        return Some((name, problem.with_help(help)));
    }
    let near = nearest(word, theme.words[missing].keys().map(String::as_str));
    let help = match near.filter(|near| *near != word) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "テーマの「{file}」に「{word} = \"…\"」と記入してください。独自の言葉は、項目の名前を「own_」で始めます",
            en: "write `{word} = \"…\"` in the theme's `{file}`; keys of your own begin with `own_`",
        ),
    };
    Some((name, problem.with_help(help)))
}

/// Whether a page has the value that a path leads to.
enum PathOutcome {
    Found,
    /// The step whose name does not exist, and the names that exist in its place.
    Missing {
        step: usize,
        known: Vec<String>,
    },
    /// It cannot be told from this page, for example because a list on the way is empty.
    Unknown,
}

/// Key of the values that content gives to templates under names of its own.
const EXTRA: &str = "extra";

/// Follows `path` through `values`. The first item of a list stands for all of its items. Whether
/// an extra value exists cannot be told: any page may have it, or none.
fn follow(values: &Value, path: &Path) -> PathOutcome {
    let Ok(mut value) = values.get_attr(&path.root) else { return PathOutcome::Unknown };
    for (step, wanted) in path.steps.iter().enumerate() {
        value = match wanted {
            PathStep::Item if matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable) => {
                match value.try_iter().ok().and_then(|mut items| items.next()) {
                    Some(item) => item,
                    None => return PathOutcome::Unknown,
                }
            }
            PathStep::Field(name) if value.kind() == ValueKind::Map => {
                let keys = value.try_iter().into_iter().flatten();
                let known: Vec<String> = keys.map(|key| key.to_string()).collect();
                let is_extra =
                    |step: &PathStep| matches!(step, PathStep::Field(name) if name.text == EXTRA);
                if path.steps[..step].iter().any(is_extra) {
                    return PathOutcome::Unknown;
                }
                if !known.contains(&name.text) {
                    return PathOutcome::Missing { step, known };
                }
                match value.get_attr(&name.text) {
                    Ok(value) => value,
                    Err(_) => return PathOutcome::Unknown,
                }
            }
            _ => return PathOutcome::Unknown,
        };
    }
    PathOutcome::Found
}

/// The problem if no sampled page has the value that `path` leads to, with the use of the first
/// missing name in the template. `None` if one page has the value, or may have it. If the pages end
/// at different steps, the farthest counts, and the names known there are suggested.
fn attribute<'p>(
    theme: &Theme,
    own: &OwnTemplate,
    path: &'p Path,
    samples: &[Sample<'_>],
) -> Option<(&'p NameUse, Diagnostic)> {
    let mut missing: Option<(usize, BTreeSet<String>)> = None;
    for sample in samples.iter().filter(|sample| own.pages.contains(&*sample.template)) {
        match follow(&sample.values, path) {
            PathOutcome::Found => return None,
            PathOutcome::Missing { step, known } => match &mut missing {
                Some((farthest, all)) if *farthest == step => all.extend(known),
                Some((farthest, _)) if *farthest > step => {}
                _ => missing = Some((step, known.into_iter().collect())),
            },
            // A page whose root value is empty says nothing about the others.
            PathOutcome::Unknown if has_no(&sample.values, &path.root) => {}
            PathOutcome::Unknown => return None,
        }
    }
    let (step, known) = missing?;
    let PathStep::Field(name) = &path.steps[step] else { return None };
    let written = written(path, step);
    let problem = Diagnostic::new(
        &diagnostic::THEME_VARIABLE,
        Place::text(theme.file_of(&own.name), name.range.clone()),
        message!(ja: "「{written}」という値はありません", en: "there is no value `{written}`"),
    );
    let near = nearest(&name.text, known.iter().map(String::as_str));
    let old = (own.pages.iter().map(|page| format!("{page} {written}")))
        .chain([written.clone(), format!("shapes.{}", name.text)]);
    let help = match (old.into_iter().find_map(|old| renamed(&old)), near) {
        (Some(help), _) => help,
        (None, Some(near)) => Message::did_you_mean(near),
        (None, None) => Message::allowed_values(&known),
    };
    Some((name, problem.with_help(help)))
}

/// Is the value `root` there, but none or undefined?
fn has_no(values: &Value, root: &str) -> bool {
    values.get_attr(root).is_ok_and(|value| value.is_none() || value.is_undefined())
}

/// The path up to and including `step`, written as in `view.topics[].nmae`.
fn written(path: &Path, step: usize) -> String {
    let mut text = path.root.clone();
    for step in &path.steps[..=step] {
        match step {
            PathStep::Field(name) => {
                text.push('.');
                text.push_str(&name.text);
            }
            PathStep::Item => text.push_str("[]"),
        }
    }
    text
}

/// A page that cannot be rendered, with what is wrong.
pub(super) struct Failure<'s> {
    pub page: &'s Page,
    /// Where the template is wrong.
    pub place: Place,
    /// What is wrong.
    pub said: Message,
}

/// One diagnostic for each mistake, however many pages it affects: the first page is named, and the
/// others are counted.
pub(super) fn problems(failures: Vec<Failure<'_>>) -> Vec<Diagnostic> {
    let mut by_mistake: BTreeMap<(Place, Message), (&Page, usize)> = BTreeMap::new();
    for Failure { page, place, said } in failures {
        by_mistake.entry((place, said)).or_insert((page, 0)).1 += 1;
    }
    let problem = |((place, said), (page, count)): ((Place, Message), (&Page, usize))| {
        let (path, others) = (&page.path, count - 1);
        let Message { ja, en } = said;
        let message = match others {
            0 => message!(
                ja: "「{path}」のページを作成できません（{ja}）",
                en: "the page `{path}` cannot be rendered: {en}",
            ),
            _ => message!(
                ja: "「{path}」とほかの{others}ページを作成できません（{ja}）",
                en: "the page `{path}` and {others} others cannot be rendered: {en}",
            ),
        };
        Diagnostic::new(&diagnostic::HTML_RENDER, place, message).with_help(message!(
            ja: "テンプレートを修正するか、削除して既定のテンプレートに戻してください",
            en: "correct the template, or delete it to use the default one",
        ))
    };
    by_mistake.into_iter().map(problem).collect()
}
