//! **Headings**: their levels on the page and their ids, so that a link can lead to each of them.

use std::collections::BTreeSet;

use comrak::nodes::NodeValue;

use super::parse::{Node, text_of};
use super::surroundings::Surroundings;

/// A heading as it is on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingMark {
    /// Its level, 1 to 6.
    pub level: usize,
    /// Its id on the page.
    pub id: String,
    /// The id that its text alone would give it, or the one that is written in braces.
    pub slug: String,
    /// Its text, without markup.
    pub text: String,
    /// The classes that are written in braces, such as `grid`.
    pub classes: Vec<String>,
}

/// The marks of all headings of a text, in order.
pub(super) struct HeadingMarks {
    list: Vec<HeadingMark>,
}

impl HeadingMarks {
    /// The mark of the heading at `place` among all headings.
    pub fn at(&self, place: usize) -> Option<&HeadingMark> {
        self.list.get(place)
    }

    /// The id of the heading that `fragment` names.
    pub fn id_of(&self, fragment: &str) -> Option<&str> {
        let mark = self.list.iter().find(|mark| mark.slug == fragment || mark.id == fragment);
        mark.map(|mark| mark.id.as_str())
    }

    pub fn into_list(self) -> Vec<HeadingMark> {
        self.list
    }
}

/// HeadingMarks every heading below `root`: the highest level becomes `first_level`, none is
/// skipped, and each has an id.
pub(super) fn mark(
    root: Node<'_>,
    first_level: usize,
    surroundings: &dyn Surroundings,
) -> HeadingMarks {
    let found: Vec<(Node<'_>, usize)> = root
        .descendants()
        .filter_map(|node| match &node.data().value {
            NodeValue::Heading(heading) => Some((node, usize::from(heading.level))),
            _ => None,
        })
        .collect();
    let highest = found.iter().map(|(_, level)| *level).min().unwrap_or(1);
    let mut last = first_level - 1;
    let mut slugs = BTreeSet::new();
    let marks = found.into_iter().map(|(node, level)| {
        last = (first_level + level - highest).min(last + 1).min(6);
        let text = text_of(node).trim().to_owned();
        let data = node.data();
        let attributes = data.attrs.as_deref();
        let wanted = attributes.and_then(|found| found.id.clone());
        let wanted = wanted.unwrap_or_else(|| heading_slug(&text));
        let slug = unique(wanted, &mut slugs);
        HeadingMark {
            level: last,
            id: surroundings.id(&slug).unwrap_or_else(|| slug.clone()),
            slug,
            text,
            classes: attributes.map(|found| found.classes.clone()).unwrap_or_default(),
        }
    });
    HeadingMarks { list: marks.collect() }
}

fn unique(wanted: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut free = std::iter::once(wanted.clone()).chain(numbered);
    let id = free.find(|id| !taken.contains(id)).unwrap_or(wanted);
    taken.insert(id.clone());
    id
}

/// The id for a heading of this `text`: its letters and digits of any script, in lower case;
/// hyphens for spaces; nothing for other signs.
pub fn heading_slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '-') => slug.push(c),
            c if c.is_whitespace() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::heading_slug;

    #[test]
    fn a_heading_gives_its_own_id_in_any_script() {
        assert_eq!(heading_slug("何が載っているか"), "何が載っているか");
        assert_eq!(heading_slug("１．「ごみ」の 出し方！"), "１ごみの-出し方");
        assert_eq!(heading_slug("How To  Use"), "how-to-use");
        assert_eq!(heading_slug("！？"), "section");
    }
}
