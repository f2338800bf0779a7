//! **Lint**: finds mistakes in a theme's own templates that would not be visible, or only on some
//! pages: blocks that no parent has, templates, filters and variables that do not exist, content
//! outside of blocks, and templates that nothing includes.
//!
//! Not in here: attributes of views, which need the site (`html`).

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Environment;

use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::text::nearest;

use super::files::ThemeFile;
use super::renamed::renamed;
use super::survey::{CallKind, DataUse, NameUse, Path, Survey, survey};

/// Variables that every template is given.
const GIVEN: [&str; 5] = ["data", "page", "site", "view", "words"];
/// Names with a meaning in the template language itself.
const LANGUAGE: [&str; 5] = ["loop", "self", "super", "caller", "namespace"];
/// The filters of MiniJinja and of the product; for suggestions.
const FILTERS: [&str; 43] = [
    "abs",
    "attr",
    "batch",
    "bool",
    "chain",
    "count",
    "default",
    "dictsort",
    "escape",
    "first",
    "float",
    "format",
    "groupby",
    "grouped",
    "in_language",
    "indent",
    "int",
    "items",
    "join",
    "lang_attribute",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "order_by",
    "phrases",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
];
/// Further filters, and the tests.
const MORE_FILTERS: [&str; 7] = ["title", "tojson", "trim", "unique", "upper", "where", "zip"];
const TESTS: [&str; 20] = [
    "boolean",
    "defined",
    "divisibleby",
    "endingwith",
    "even",
    "false",
    "float",
    "in",
    "integer",
    "iterable",
    "lower",
    "mapping",
    "none",
    "number",
    "odd",
    "sequence",
    "startingwith",
    "string",
    "true",
    "undefined",
];

/// A template of the site's own themes, with what can only be checked against the site.
#[derive(Debug)]
pub struct OwnTemplate {
    /// Path in the theme.
    pub name: String,
    /// The attributes that it uses.
    pub paths: Vec<Path>,
    /// The templates of pages for which it is used.
    pub pages: BTreeSet<String>,
}

/// The templates of a theme by name, with those that they can extend.
pub(super) struct Templates<'t> {
    pub all: &'t BTreeMap<String, ThemeFile>,
    surveys: BTreeMap<String, Survey>,
}

impl<'t> Templates<'t> {
    pub fn new(all: &'t BTreeMap<String, ThemeFile>) -> Self {
        let survey = |file: &ThemeFile| survey(std::str::from_utf8(&file.bytes).ok()?);
        let surveys = all.iter().filter_map(|(name, file)| Some((name.clone(), survey(file)?)));
        let surveys = surveys.collect();
        Self { all, surveys }
    }

    pub fn survey(&self, name: &str) -> Option<&Survey> {
        self.surveys.get(name)
    }

    /// The text of the template at the root of the templates that `base.html` extends.
    pub fn base(&self) -> Option<&str> {
        let parents = self.parents("base.html");
        let last = parents.last().copied().unwrap_or("base.html");
        std::str::from_utf8(&self.all.get(last)?.bytes).ok()
    }

    /// What the templates use of the site's data.
    pub fn data(&self) -> DataUse {
        let mut all = DataUse::default();
        self.surveys.values().for_each(|survey| all.add(&survey.data));
        all
    }

    fn place(&self, name: &str, found: &NameUse) -> Place {
        Place::text(self.all[name].place.clone(), found.range.clone())
    }

    /// The templates that `name` extends, the nearest first.
    fn parents<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let mut parents: Vec<&str> = Vec::new();
        let mut at = name;
        while let Some(parent) = self.surveys.get(at).and_then(|survey| survey.parent.as_ref()) {
            if parents.contains(&parent.text.as_str()) || parent.text == name {
                break;
            }
            at = &parent.text;
            parents.push(at);
        }
        parents
    }

    /// `name` and every template that it extends, includes or imports, directly or indirectly.
    fn reach(&self, name: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> =
            self.surveys.get_key_value(name).map(|(name, _)| &**name).into_iter().collect();
        while let Some(name) = open.pop() {
            if !reached.insert(name) {
                continue;
            }
            let Some(survey) = self.surveys.get(name) else { continue };
            open.extend(survey.uses.iter().chain(&survey.parent).map(|used| used.text.as_str()));
        }
        reached
    }
}

/// Checks the templates `own`, which are not those of the default theme. Returns them with what can
/// only be checked against the site.
pub(super) fn check(
    templates: &Templates<'_>,
    own: &[String],
    environment: &Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<OwnTemplate> {
    let is_page = |name: &&String| !name.contains('/') && !name.starts_with('_');
    let pages: Vec<(&String, BTreeSet<&str>)> =
        (templates.all.keys().filter(is_page)).map(|name| (name, templates.reach(name))).collect();
    let is_dynamic = templates.surveys.values().any(|survey| survey.is_dynamic);
    let bound: BTreeSet<&str> =
        templates.surveys.values().flat_map(|survey| &survey.bound).map(String::as_str).collect();
    let globals: Vec<&str> = environment.globals().map(|(name, _)| name).collect();
    let mut checked = Vec::new();
    for name in own {
        let Some(survey) = templates.surveys.get(name) else { continue };
        let check = TemplateCheck { templates, name, survey, environment };
        check.templates_used(diagnostics);
        check.blocks(diagnostics);
        check.calls(diagnostics);
        check.members(diagnostics);
        check.variables(&bound, &globals, diagnostics);
        let used = pages.iter().filter(|(_, reach)| reach.contains(name.as_str()));
        let used: BTreeSet<String> = used.map(|(page, _)| (*page).clone()).collect();
        if used.is_empty() && !is_dynamic {
            check.unused(diagnostics);
        }
        checked.push(OwnTemplate { name: name.clone(), paths: survey.paths.clone(), pages: used });
    }
    checked
}

struct TemplateCheck<'c, 't> {
    templates: &'c Templates<'t>,
    name: &'c str,
    survey: &'c Survey,
    environment: &'c Environment<'c>,
}

impl TemplateCheck<'_, '_> {
    fn problem(&self, code: &'static Code, found: &NameUse, message: Message) -> Diagnostic {
        Diagnostic::new(code, self.templates.place(self.name, found), message)
    }

    /// Reports templates that are extended, included or imported but do not exist, and a template
    /// that uses itself.
    fn templates_used(&self, diagnostics: &mut Diagnostics) {
        for used in self.survey.uses.iter().chain(&self.survey.parent) {
            let name = &used.text;
            if name == self.name {
                let message = message!(
                    ja: "テンプレートが自分自身を使っています",
                    en: "the template extends or includes itself",
                );
                let problem = self.problem(&diagnostic::THEME_TEMPLATE_MISSING, used, message);
                diagnostics.push(problem.with_help(message!(
                    ja: "既定のテンプレートを使うには「default/{name}」と記入してください",
                    en: "write `default/{name}` for the template of the default theme",
                )));
            } else if !self.templates.all.contains_key(name) {
                let message = message!(
                    ja: "「{name}」というテンプレートはありません",
                    en: "there is no template `{name}`",
                );
                let problem = self.problem(&diagnostic::THEME_TEMPLATE_MISSING, used, message);
                let near = nearest(name, self.templates.all.keys().map(String::as_str));
                diagnostics.push(problem.with_help(near.map_or_else(
                    || message!(
                        ja: "このテーマのファイルか、「default/measure.html」のように既定のテーマのファイルを指定してください",
                        en: "name a file of this theme, or one of the default theme, such as `default/measure.html`",
                    ),
                    Message::did_you_mean,
                )));
            }
        }
    }

    /// Reports the top-level blocks that none of the template's parents has, and the first content
    /// outside of blocks. Checks nothing where a parent is missing or faulty, or its name is
    /// computed.
    fn blocks(&self, diagnostics: &mut Diagnostics) {
        let parents = self.templates.parents(self.name);
        let surveys = parents.iter().map(|parent| self.templates.surveys.get(*parent));
        // A parent that is missing or faulty is reported elsewhere; its blocks are unknown.
        let Some(surveys) = surveys.collect::<Option<Vec<&Survey>>>() else { return };
        if surveys.is_empty()
            || surveys.iter().any(|survey| survey.is_child && survey.parent.is_none())
        {
            return;
        }
        let known: BTreeSet<&str> = (surveys.iter())
            .flat_map(|survey| &survey.blocks)
            .map(|block| block.name.text.as_str())
            .collect();
        for block in self.survey.blocks.iter().filter(|block| block.is_top) {
            let name = &block.name.text;
            if known.contains(name.as_str()) {
                continue;
            }
            let parent = parents[0];
            let message = message!(
                ja: "「{parent}」に「{name}」というブロックがないため、このブロックの内容はどのページにも表示されません",
                en: "`{parent}` has no block `{name}`, so the content of this block appears on no page",
            );
            // The template that a block belongs to is named without the theme.
            let base = parent.rsplit('/').next().unwrap_or(parent);
            let renamed = renamed(&format!("blocks.{base}.{name}"));
            let help = match (renamed, nearest(name, known.iter().copied())) {
                (Some(help), _) => help,
                (None, Some(near)) => Message::did_you_mean(near),
                (None, None) => {
                    let Message { ja, en } = Message::list(&known);
                    message!(ja: "使えるブロック：{ja}", en: "available blocks: {en}")
                }
            };
            let problem = self.problem(&diagnostic::THEME_BLOCK, &block.name, message);
            diagnostics.push(problem.with_help(help));
        }
        for range in self.survey.outside.iter().take(1) {
            let place = Place::text(self.templates.all[self.name].place.clone(), range.clone());
            let message = message!(
                ja: "ブロックの外に書かれた内容は表示されません",
                en: "content outside of blocks is not shown",
            );
            let problem = Diagnostic::new(&diagnostic::THEME_OUTSIDE, place, message);
            diagnostics.push(problem.with_help(message!(
                ja: "「{{% block … %}}」と「{{% endblock %}}」の間に移してください",
                en: "move it between `{{% block … %}}` and `{{% endblock %}}`",
            )));
        }
    }

    /// Does MiniJinja know the filter or test `name`?
    fn is_known(&self, kind: CallKind, name: &str) -> bool {
        let test = match kind {
            CallKind::Filter => "name is filter",
            CallKind::Test => "name is test",
        };
        let asked = self.environment.compile_expression(test);
        let answer = asked.and_then(|asked| asked.eval(minijinja::context! { name }));
        answer.is_ok_and(|answer| answer.is_true())
    }

    /// Reports filters and tests that MiniJinja does not know.
    fn calls(&self, diagnostics: &mut Diagnostics) {
        for (kind, found) in &self.survey.calls {
            let name = &found.text;
            if self.is_known(*kind, name) {
                continue;
            }
            let (message, near) = match kind {
                CallKind::Filter => (
                    message!(
                        ja: "「{name}」というフィルターはありません",
                        en: "there is no filter `{name}`",
                    ),
                    nearest(name, FILTERS.into_iter().chain(MORE_FILTERS)),
                ),
                CallKind::Test => (
                    message!(
                        ja: "「is」の後に書ける「{name}」というテストはありません",
                        en: "there is no test `{name}` for `is`",
                    ),
                    nearest(name, TESTS.into_iter()),
                ),
            };
            let problem = self.problem(&diagnostic::THEME_FILTER, found, message);
            diagnostics.push(problem.with_help(near.map_or_else(
                || message!(
                    ja: "使えるものは、MiniJinjaのものと「grouped」「in_language」「lang_attribute」「order_by」「phrases」「where」です",
                    en: "available are those of MiniJinja, and the filters `grouped`, `in_language`, `lang_attribute`, `order_by`, `phrases` and `where`",
                ),
                Message::did_you_mean,
            )));
        }
    }

    /// Reports macros that the template calls, of a template that it or one of its parents imports,
    /// but that the other template does not have.
    fn members(&self, diagnostics: &mut Diagnostics) {
        let parents = self.templates.parents(self.name);
        let parents: Vec<&Survey> =
            parents.iter().filter_map(|parent| self.templates.surveys.get(*parent)).collect();
        let of_parents = self.survey.members_of_free.iter().filter_map(|(name, found)| {
            Some((parents.iter().find_map(|parent| parent.modules.get(name))?, found))
        });
        let own = self.survey.members.iter().map(|(module, found)| (module, found));
        for (module, found) in own.chain(of_parents) {
            let Some(survey) = self.templates.surveys.get(module) else { continue };
            let name = &found.text;
            if survey.macros.contains(name) || survey.bound.contains(name) {
                continue;
            }
            let message = message!(
                ja: "「{module}」に「{name}」というマクロはありません",
                en: "`{module}` has no macro `{name}`",
            );
            let problem = self.problem(&diagnostic::THEME_VARIABLE, found, message);
            let macros = survey.macros.iter().map(String::as_str);
            diagnostics.push(problem.with_help(match nearest(name, macros.clone()) {
                Some(near) => Message::did_you_mean(near),
                None => Message::allowed_values(macros),
            }));
        }
    }

    /// Reports variables that do not exist. A block sees the variables of the templates that it is
    /// part of, so every variable that any template sets (`bound`) is allowed.
    fn variables(&self, bound: &BTreeSet<&str>, globals: &[&str], diagnostics: &mut Diagnostics) {
        for found in &self.survey.free {
            let name = found.text.as_str();
            let known = [GIVEN.as_slice(), &LANGUAGE, globals].concat();
            if known.contains(&name) || bound.contains(name) {
                continue;
            }
            let message = message!(ja: "「{name}」という変数はありません", en: "there is no variable `{name}`");
            let problem = self.problem(&diagnostic::THEME_VARIABLE, found, message);
            let near = nearest(name, known.iter().copied().chain(bound.iter().copied()));
            diagnostics.push(problem.with_help(match near {
                Some(near) => Message::did_you_mean(near),
                None => Message::allowed_values(GIVEN),
            }));
        }
    }

    fn unused(&self, diagnostics: &mut Diagnostics) {
        let file = self.templates.all[self.name].place.clone();
        let problem = Diagnostic::new(
            &diagnostic::THEME_TEMPLATE_UNUSED,
            Place::file(file),
            message!(
                ja: "このテンプレートは、どのテンプレートからも読み込まれていません",
                en: "no template includes, imports or extends this one",
            ),
        );
        let name = self.name;
        diagnostics.push(problem.with_help(message!(
            ja: "「{{% include \"{name}\" %}}」のように読み込むか、削除してください",
            en: "use it, as in `{{% include \"{name}\" %}}`, or delete it",
        )));
    }
}

#[cfg(test)]
mod tests {
    use super::{FILTERS, MORE_FILTERS, TESTS};

    #[test]
    fn what_is_suggested_exists() {
        let environment = crate::theme::templates::environment();
        for (names, test) in [
            ([FILTERS.as_slice(), &MORE_FILTERS].concat(), "name is filter"),
            (TESTS.to_vec(), "name is test"),
        ] {
            for name in names {
                let asked = environment.compile_expression(test).expect("an expression");
                let answer = asked.eval(minijinja::context! { name }).expect("an answer");
                assert!(answer.is_true(), "{name}");
            }
        }
    }
}
