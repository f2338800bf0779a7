//! The city's **plan** (総合計画): a tree of nodes, such as policies, programmes and groups of
//! measures, which measures belong to.
//!
//! Not in here: operating policies (`measure`), which are the plans of departments for a year.

use crate::diagnostic::{Located, Place, Provenance};
use crate::form::PATH_SIGN;
use crate::text::{Id, Localized};

use super::field::FieldValues;

/// A node of the plan.
#[derive(Clone, Debug)]
pub struct PlanNode {
    /// The id of the node.
    pub id: Id,
    /// The node above it; `None` at the top.
    pub parent: Option<Located<Id>>,
    /// The id of its level, where the site names levels.
    pub level: Option<Id>,
    /// Its code in the plan, such as `01`; unique below its parent.
    pub code: Option<String>,
    /// Its title.
    pub title: Localized,
    /// What it is about.
    pub description: Option<Localized>,
    /// Values of the fields declared for nodes of the plan.
    pub fields: FieldValues,
    /// Where it is written.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}

/// Index of the node that `written` names, `None` if there is none. `written` is its id, or the
/// path to it from the top, each level by its code, by its title, or by both (`01
/// 安全に暮らせるまち`). If a code is given, it decides.
pub(super) fn find(nodes: &[PlanNode], written: &str) -> Option<usize> {
    if let Some(index) = nodes.iter().position(|node| node.id.as_str() == written) {
        return Some(index);
    }
    let mut above: Option<usize> = None;
    for part in written.split(PATH_SIGN).map(str::trim) {
        let parent = above.map(|index| &nodes[index].id);
        let below = |node: &&PlanNode| node.parent.as_ref().map(|parent| &parent.value) == parent;
        let find = |wanted: &dyn Fn(&PlanNode) -> bool| {
            nodes.iter().position(|node| below(&node) && wanted(node))
        };
        let code = part.split_once(char::is_whitespace).map_or(part, |(code, _)| code);
        let title = part.split_once(char::is_whitespace).map_or("", |(_, title)| title.trim());
        let by_code = find(&|node| node.code.as_deref() == Some(code));
        let by_title = || find(&|node| node.title.own == part);
        let by_rest = || find(&|node| !title.is_empty() && node.title.own == title);
        above = Some(by_code.or_else(by_title).or_else(by_rest)?);
    }
    above
}

#[cfg(test)]
mod tests {
    use super::{FieldValues, PlanNode, find};
    use crate::diagnostic::{Located, Place};
    use crate::text::{Id, Localized};

    #[test]
    fn a_node_is_found_by_its_id_and_by_the_way_down_to_it() {
        let place = || Place::file("content/plan.csv");
        let id = |text: &str| Id::parse(text).expect("an id");
        let node = |own: &str, parent: Option<&str>, code: Option<&str>, title: &str| PlanNode {
            id: id(own),
            parent: parent.map(|parent| Located::new(id(parent), place())),
            level: None,
            code: code.map(str::to_owned),
            title: Localized::new(title),
            description: None,
            fields: FieldValues::new(),
            place: place(),
            provenance: Default::default(),
        };
        let nodes = [
            node("safe", None, Some("01"), "安全に暮らせるまち"),
            node("sea", None, Some("02"), "海と山のなりわい"),
            node("roads", Some("safe"), Some("02"), "交通安全の推進"),
            node("surface", Some("roads"), None, "道路の安全"),
        ];
        for (written, found) in [
            ("roads", Some(2)),
            ("安全に暮らせるまち › 交通安全の推進", Some(2)),
            ("01 安全に暮らせるまち › 02 交通安全の推進 › 道路の安全", Some(3)),
            ("01 古い名称›02", Some(2)),
            ("海と山のなりわい › 交通安全の推進", None),
            ("交通安全の推進", None),
            ("", None),
        ] {
            assert_eq!(find(&nodes, written), found, "{written}");
        }
    }
}
