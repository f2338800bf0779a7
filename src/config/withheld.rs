//! What of the content is **withheld** from the public: drafts, what is not due yet, and what has
//! expired.
//!
//! Not in here: reading these marks (`policy`, `dataset`, `site`), and showing them (`html`,
//! `cli`).

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::{Id, Localized};

/// When a part of the content is public, as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicPeriod {
    /// Whether it is marked as a draft.
    pub draft: bool,
    /// The first day on which it is public.
    pub published: Option<Date>,
    /// The last day on which it is public.
    pub expires: Option<Date>,
}

impl PublicPeriod {
    /// Reports that the period ends before it begins, at `place`.
    pub fn check(&self, place: &Place, diagnostics: &mut Diagnostics) {
        let (Some(published), Some(expires)) = (self.published, self.expires) else { return };
        if expires >= published {
            return;
        }
        let message = message!(
            ja: "公開終了日（{expires}）が公開日（{published}）より前になっています",
            en: "the last day ({expires}) is before the day of publication ({published})",
        );
        diagnostics.push(
            Diagnostic::new(&diagnostic::POLICY_PERIOD, place.clone(), message).with_help(
                message!(
                    ja: "「published」（公表日）と「expires」（公開終了日）を確認してください",
                    en: "check `published` and `expires`",
                ),
            ),
        );
    }
}

/// Whether a part of the content is public on the day of a build. The later variants outweigh the
/// earlier ones where several parts make up one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublicState {
    /// It is public.
    #[default]
    Public,
    /// It will be public from this day on.
    NotDue(Date),
    /// This was the last day on which it was public.
    Expired(Date),
    /// It is a draft.
    Draft,
}

/// The kinds of content that can be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WithheldKind {
    /// A policy.
    Policy,
    /// A measure.
    Measure,
    /// The result of a measure; its page is that of the measure.
    Result,
    /// A dataset.
    Dataset,
    /// A Markdown page.
    Page,
}

impl WithheldKind {
    /// Its name in Japanese and English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Policy => ("運営方針", "policy"),
            Self::Measure => ("施策", "measure"),
            Self::Result => ("実績", "result"),
            Self::Dataset => ("データセット", "dataset"),
            Self::Page => ("ページ", "page"),
        }
    }

    /// The code of the notice that something of this kind is not due yet.
    fn not_due(self) -> &'static Code {
        match self {
            Self::Policy | Self::Measure => &diagnostic::POLICY_NOT_DUE,
            Self::Result => &diagnostic::POLICY_RESULT_NOT_DUE,
            Self::Dataset => &diagnostic::DATASET_NOT_DUE,
            Self::Page => &diagnostic::SITE_NOT_DUE,
        }
    }
}

/// A part of the content that is not public on the day of the build.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// What it is.
    pub kind: WithheldKind,
    /// The path of its page without its ending, such as `measures/roads-2024`.
    pub address: String,
    /// Its title; that of a policy is the name of the department.
    pub title: Localized,
    /// The department that it belongs to.
    pub department: Option<Id>,
    /// The fiscal year that it belongs to.
    pub fiscal_year: Option<FiscalYear>,
    /// Why it is withheld.
    pub state: PublicState,
    /// Whether the state is written at this part itself, and not at the policy that it belongs to.
    pub own: bool,
    /// Where it is written.
    pub place: Place,
}

impl Withheld {
    /// Adds the notice that it is not due yet, if that is so, is written at this part itself, and
    /// it is not `shown`.
    pub fn tell(&self, shown: bool, diagnostics: &mut Diagnostics) {
        let PublicState::NotDue(day) = self.state else { return };
        if !self.own || shown {
            return;
        }
        let (ja, en) = self.kind.name();
        let message = message!(
            ja: "この{ja}は、公開日（{day}）の前のため、まだ公開しません",
            en: "this {en} is not published before {day}",
        );
        let notice = Diagnostic::new(self.kind.not_due(), self.place.clone(), message);
        diagnostics.push(notice.with_help(message!(
            ja: "公開日以降に「build」を実行すると公開されます。「--as-of {day}」を付けると、その日のサイトを確認できます",
            en: "a build on that day or later publishes it; `--as-of {day}` shows the site of that day",
        )));
    }
}
