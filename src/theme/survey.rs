//! A **survey** of a template: the blocks that it has, the templates that it extends and includes,
//! and the names, attributes, filters and assets that it uses. It is made from MiniJinja's own
//! syntax tree, so that mistakes are found even in branches that no page takes.
//!
//! Not in here: finding mistakes (`lint`, and `html` for attributes of views).

mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use minijinja::machinery::ast::Stmt;
use minijinja::machinery::parse;
use minijinja::syntax::SyntaxConfig;

/// A name in a template, with its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// As written.
    pub text: String,
    /// Byte range in the template.
    pub range: Range<usize>,
}

/// A path from a variable to a value, such as `view.topics[].name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// `view`, `page`, `site`, `data` or `words`.
    pub root: String,
    /// The steps from there.
    pub steps: Vec<PathStep>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// An attribute.
    Field(NameUse),
    /// Any item of a list.
    Item,
}

/// What templates use of the site's data: the names of lists, and the datasets whose rows they use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataUse {
    lists: BTreeSet<String>,
    rows: BTreeSet<String>,
    /// Is a list named by an expression?
    any_list: bool,
    /// Is a dataset named by an expression?
    any_rows: bool,
}

impl DataUse {
    /// Do the templates use no data?
    pub fn is_none(&self) -> bool {
        self.lists.is_empty() && !self.any_list
    }

    /// Do they use the list `name`, as far as can be told?
    pub fn has(&self, name: &str) -> bool {
        self.any_list || self.lists.contains(name)
    }

    /// Do they use the rows of the dataset `id`, as far as can be told?
    pub fn has_rows(&self, id: &str) -> bool {
        self.any_list || self.any_rows || self.rows.contains(id)
    }

    /// Adds what another template uses.
    pub(super) fn add(&mut self, other: &Self) {
        self.lists.extend(other.lists.iter().cloned());
        self.rows.extend(other.rows.iter().cloned());
        self.any_list |= other.any_list;
        self.any_rows |= other.any_rows;
    }
}

/// Whether a filter or a test is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CallKind {
    Filter,
    Test,
}

#[derive(Debug)]
pub(super) struct BlockFound {
    pub name: NameUse,
    /// Is it outside of all other blocks?
    pub is_top: bool,
}

/// What a template contains.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The template that it extends, if its name is a literal.
    pub parent: Option<NameUse>,
    /// Does it extend another template, by a literal or computed name?
    pub is_child: bool,
    pub blocks: Vec<BlockFound>,
    /// The templates that it includes and imports.
    pub uses: Vec<NameUse>,
    /// Does it include or extend a template whose name is computed, or that may be missing?
    pub is_dynamic: bool,
    pub calls: Vec<(CallKind, NameUse)>,
    /// Variables that it uses but does not set.
    pub free: Vec<NameUse>,
    /// Variables that it sets.
    pub bound: BTreeSet<String>,
    pub macros: BTreeSet<String>,
    /// Macros of other templates that it calls: the template, and the macro's name.
    pub members: Vec<(String, NameUse)>,
    /// The templates that it imports, by the name that it gives them.
    pub modules: BTreeMap<String, String>,
    /// Attributes of variables that it does not set. The variable may be a template that one of its
    /// parents imports.
    pub members_of_free: Vec<(String, NameUse)>,
    pub paths: Vec<Path>,
    pub data: DataUse,
    /// Content outside of all blocks, in a template that extends another.
    pub outside: Vec<Range<usize>>,
    /// Paths of assets, after `page.assets` or as the argument of `asset`.
    pub assets: Vec<NameUse>,
    /// The ranges of markup between the template's own code.
    pub markup: Vec<Range<usize>>,
}

/// The survey of the template `source`; `None` where it has a syntax error.
pub(super) fn survey(source: &str) -> Option<Survey> {
    let Ok(Stmt::Template(template)) = parse(source, "", SyntaxConfig::default()) else {
        return None;
    };
    Some(walk::walk(source, &template.children))
}

#[cfg(test)]
mod tests {
    use super::{PathStep, survey};

    /// The paths as a person writes them.
    fn paths(source: &str) -> Vec<String> {
        let found = survey(source).expect("the template is sound").paths;
        let text = |step: &PathStep| match step {
            PathStep::Field(name) => format!(".{}", name.text),
            PathStep::Item => "[]".to_owned(),
        };
        let whole = |path: &super::Path| {
            path.root.clone() + &path.steps.iter().map(text).collect::<String>()
        };
        found.iter().map(whole).collect()
    }

    #[test]
    fn paths_follow_loops_and_variables() {
        let source = "{% for t in view.topics %}{{ t.name }}{% endfor %}\
                      {% set u = page.feed %}{{ u.url | upper }}{{ words['search'] }}";
        assert_eq!(
            paths(source),
            ["view.topics", "view.topics[].name", "page.feed", "page.feed.url", "words.search"]
        );
    }

    #[test]
    fn filters_that_choose_items_keep_the_path() {
        let source = "{% for m in data.measures | where(year=1) | order_by('title') %}{{ m.titel }}{% endfor %}\
                      {{ (data.topics | first).name }}";
        let found = ["data.measures", "data.measures[].titel", "data.topics", "data.topics[].name"];
        assert_eq!(paths(source), found);
    }

    #[test]
    fn only_what_is_named_is_used_of_the_data() {
        let used = |source: &str| {
            let data = survey(source).expect("the template is sound").data;
            let lists = ["measures", "topics", "rows"].map(|name| data.has(name));
            (lists, ["halls", "schools"].map(|id| data.has_rows(id)))
        };
        assert!(survey("{{ view.data }}").is_some_and(|found| found.data.is_none()));
        assert_eq!(used("{{ data.topics }}"), ([false, true, false], [false, false]));
        assert_eq!(used("{{ data['measures'] | default([]) }}").0, [true, false, false]);
        assert_eq!(used("{{ data.rows.halls }}"), ([false, false, true], [true, false]));
        assert_eq!(used("{{ data.rows['schools'][0].name }}").1, [false, true]);
        assert_eq!(used("{{ data.rows[view.id] }}").1, [true, true]);
        assert_eq!(used("{% set rows = data.rows %}{{ rows.halls }}").1, [true, true]);
        assert_eq!(used("{% set d = data %}{{ d.topics }}"), ([true; 3], [true; 2]));
        assert_eq!(used("{{ data[view.list] }}").0, [true; 3]);
        assert_eq!(used("{% for data in view.x %}{{ data.topics }}{% endfor %}").0, [false; 3]);
    }

    #[test]
    fn what_is_asked_for_may_be_absent() {
        assert!(paths("{{ view.a is defined }}{{ view.b | default('') }}").is_empty());
        assert!(paths("{% macro m(view) %}{{ view.a }}{% endmacro %}").is_empty());
    }

    #[test]
    fn places_are_those_of_the_names() {
        let source = "{% extends \"base.html\" %}\nlost {% block side %}{{ a | shout }}{% block x %}{% endblock %}{% endblock %}<link href=\"{{ page.assets }}own/a.css\">{{ asset(\"b.svg\") }}";
        let found = survey(source).expect("the template is sound");
        let at = |range: &std::ops::Range<usize>| &source[range.clone()];
        assert_eq!(found.parent.as_ref().map(|name| at(&name.range)), Some("base.html"));
        let blocks: Vec<(&str, bool)> =
            found.blocks.iter().map(|block| (at(&block.name.range), block.is_top)).collect();
        assert_eq!(blocks, [("side", true), ("x", false)]);
        assert_eq!(at(&found.calls[0].1.range), "shout");
        assert_eq!(at(&found.free[0].range), "a");
        let assets: Vec<&str> = found.assets.iter().map(|asset| at(&asset.range)).collect();
        assert_eq!(assets, ["own/a.css", "b.svg"]);
        assert_eq!(at(&found.outside[0]), "lost");
    }
}
