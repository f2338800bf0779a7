//! **References** of policies and measures to departments and topics, by id or by name.
//!
//! Not in here: parents and successors of departments (`tables`).

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::form::PATH_SIGN;
use crate::message;
use crate::policy::broken::Broken;
use crate::policy::{Department, PlanNode, plan};
use crate::source::Sources;
use crate::text::{Id, nearest};

use super::Assembly;

impl Assembly<'_> {
    /// May one of the `broken` files define what is `written`?
    pub(super) fn may_hold(&self, broken: &Broken, written: &Located<String>) -> bool {
        broken.may_hold(&written.value, &written.place, self.diagnostics)
    }

    /// Index of the department with the id or the name `written`, or with the name of its parent
    /// and its own, as sheets have it (総務部防災課). Of several with the same name, the one that
    /// existed in `year` is preferred. An unknown one is reported.
    pub(super) fn department(
        &mut self,
        written: &Located<String>,
        year: FiscalYear,
    ) -> Option<usize> {
        let by_id = self.departments.iter().position(|d| d.id.as_str() == written.value);
        let named = |d: &&Department| d.name.own == written.value;
        let by_name = || {
            self.departments
                .iter()
                .position(|d| named(&d) && d.existed_in(year))
                .or_else(|| self.departments.iter().position(|d| named(&d)))
        };
        let below_parent = |d: &&Department| {
            let parent = d
                .parent
                .as_ref()
                .and_then(|id| self.departments.iter().find(|parent| parent.id == id.value));
            let rest = parent.and_then(|parent| written.value.strip_prefix(&*parent.name.own));
            rest.is_some_and(|rest| rest.trim() == d.name.own)
        };
        let by_both = || {
            self.departments
                .iter()
                .position(|d| below_parent(&d) && d.existed_in(year))
                .or_else(|| self.departments.iter().position(|d| below_parent(&d)))
        };
        let found = by_id.or_else(by_name).or_else(by_both);
        if found.is_none() && !self.may_hold(&self.broken_departments, written) {
            let problem = unknown_id("部局", "department", written, std::iter::empty());
            let help = self.near_department(&written.value);
            self.diagnostics.push(match help {
                Some(help) => problem.with_help(help),
                None => problem,
            });
        }
        found
    }

    /// Help for the unknown department `written`: a department with a similar name or id, or else
    /// one with whose name it begins (企画部 for 企画部企画課).
    fn near_department(&self, written: &str) -> Option<Message> {
        let names = self.departments.iter().map(|d| d.name.own.as_str());
        let ids = self.departments.iter().map(|d| d.id.as_str());
        if let Some(near) = self.nearest.find(written, names.clone().chain(ids)) {
            return Some(Message::did_you_mean(near));
        }
        let above = names.filter(|name| !name.is_empty() && written.starts_with(name));
        let above = above.max_by_key(|name| name.len())?;
        Some(message!(
            ja: "「{above}」の施策なら「{above}」と入力してください。「{written}」を別に載せるなら、先に部局の表（content/departments）に追加してください",
            en: "write `{above}` if that is meant; to list `{written}` by itself, add it to the departments (content/departments) first",
        ))
    }

    /// The node of the plan with the id `written`, or with that path from the top. An unknown one
    /// is reported.
    pub(super) fn node(&mut self, written: &Located<String>) -> Option<Id> {
        let found = self.nodes.find(written);
        if found.is_none() {
            self.nodes.report(written, self.diagnostics);
        }
        found
    }

    /// The topic with the id or the name `written`. An unknown one is reported.
    pub(super) fn topic(&mut self, written: &Located<String>) -> Option<Located<Id>> {
        let found = self
            .topics
            .iter()
            .find(|t| t.id.as_str() == written.value || t.name.own == written.value);
        if found.is_none() && !self.may_hold(&self.broken_topics, written) {
            let names = self.topics.iter().map(|t| t.name.own.as_str());
            let known = names.chain(self.topics.iter().map(|t| t.id.as_str()));
            self.diagnostics.push(unknown_id("分野", "topic", written, known));
        }
        found.map(|topic| Located::new(topic.id.clone(), written.place.clone()))
    }
}

/// The nodes of the plan, for resolving references to them.
pub(in crate::policy) struct Nodes<'a> {
    all: &'a [PlanNode],
    broken: Broken,
}

impl<'a> Nodes<'a> {
    /// The nodes `all`, read from `sources`.
    pub fn of(all: &'a [PlanNode], sources: &Sources, diagnostics: &Diagnostics) -> Self {
        Self { all, broken: Broken::among(&["content/plan."], sources, diagnostics) }
    }

    /// The node with the id `written`, or with that path from the top.
    pub fn find(&self, written: &Located<String>) -> Option<Id> {
        plan::find(self.all, &written.value).map(|index| self.all[index].id.clone())
    }

    /// Reports that there is no node `written`, unless the table of the plan has errors and may
    /// hold it.
    pub fn report(&self, written: &Located<String>, diagnostics: &mut Diagnostics) {
        if !self.broken.may_hold(&written.value, &written.place, diagnostics) {
            let file = written.place.file_path();
            diagnostics.push_with(&diagnostic::POLICY_UNKNOWN_ID, file, || {
                unknown_node(written, self.all)
            });
        }
    }
}

/// The problem that the plan has no node `written`, with the node that was probably meant.
fn unknown_node(written: &Located<String>, nodes: &[PlanNode]) -> Diagnostic {
    let text = &written.value;
    let last = text.rsplit(PATH_SIGN).next().unwrap_or_default().trim();
    let known = nodes.iter().flat_map(|node| [node.title.own.as_str(), node.id.as_str()]);
    let problem = Diagnostic::new(
        &diagnostic::POLICY_UNKNOWN_ID,
        written.place.clone(),
        message!(
            ja: "「{text}」という計画の項目はありません",
            en: "there is no node `{text}` of the plan",
        ),
    );
    match nearest(last, known) {
        Some(near) if near != last => problem.with_help(Message::did_you_mean(near)),
        _ => problem.with_help(message!(
            ja: "IDか、最上位からの名称（「安全なまち › 防災」のように）を書き、項目がなければ「plan.csv」に追加してください",
            en: "write its id, or the titles from the top as in `安全なまち › 防災`; if it is missing, add it to `plan.csv`",
        )),
    }
}

/// The problem that the id `written` is unknown, with the one of `known` that was probably meant.
/// `ja` and `en` say what it is the id of.
pub(in crate::policy) fn unknown_id<'a>(
    ja: &str,
    en: &str,
    written: &Located<impl std::fmt::Display>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let text = written.value.to_string();
    let problem = Diagnostic::new(
        &diagnostic::POLICY_UNKNOWN_ID,
        written.place.clone(),
        message!(ja: "「{text}」という{ja}はありません", en: "there is no {en} `{text}`"),
    );
    match nearest(&text, known) {
        Some(near) => problem.with_help(Message::did_you_mean(near)),
        None => problem.with_help(message!(
            ja: "入力の誤りを直すか、先に{ja}を追加してください",
            en: "correct the spelling, or add the {en} first",
        )),
    }
}
