//! Assembles a **measure**: its id is used once, its reading is in hiragana, its result is
//! complete.

use crate::config::RatingScale;
use crate::diagnostic::{self, Diagnostic, Located, Message};
use crate::message;
use crate::policy::written::{WrittenMeasure, WrittenResult};
use crate::policy::{Measure, MeasureResult};
use crate::text::Id;

use super::Assembly;
use super::references::unknown_id;

impl Assembly<'_> {
    /// Assembles a measure. `None` if it has no id, or one that is already used; the rest of it is
    /// checked all the same.
    pub(super) fn measure(&mut self, written: WrittenMeasure) -> Option<Measure> {
        let id = written.id.filter(|id| self.is_first(id));
        let topics = written.topics.iter().filter_map(|topic| self.topic(topic)).collect();
        let plan = written.plan.and_then(|plan| self.node(&plan));
        let kana = written.kana.and_then(|kana| self.hiragana(kana));
        let result = written.result.and_then(|result| self.result(result));
        let id = id?.value;
        Some(Measure {
            series: written.series.unwrap_or_else(|| id.clone()),
            id,
            title: written.title,
            kana,
            topics,
            plan,
            direction: written.direction,
            easy: written.easy,
            updated: written.updated,
            fields: written.fields,
            extra: written.extra,
            result,
            place: written.place,
            provenance: written.provenance,
        })
    }

    /// Is `id` used for the first time? A second use is reported.
    fn is_first(&mut self, id: &Located<Id>) -> bool {
        let Located { value: id, place, .. } = id;
        let Some(first) = self.first_use.get(id) else {
            self.first_use.insert(id.clone(), place.clone());
            return true;
        };
        self.diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_ID,
                place.clone(),
                message!(
                    ja: "施策ID「{id}」が2回使われています",
                    en: "the measure id `{id}` is used twice",
                ),
            )
            .with_help(message!(
                ja: "施策IDは年度ごとに別のものにし、同じ施策は「系列」（series）でつないでください",
                en: "give the measure of each fiscal year its own id, and link them with `series`",
            ))
            .with_related(first.clone(), message!(ja: "先に使われた場所", en: "first used here")),
        );
        false
    }

    /// Assembles a result. `None` if its rating is missing or unknown, which is reported, if the
    /// rating says that the result is still to come, or if it is withheld.
    fn result(&mut self, written: WrittenResult) -> Option<MeasureResult> {
        if !self.selection.shows(self.selection.state_of(written.period)) {
            return None;
        }
        let Some(rating) = written.rating else {
            let not_rated = &self.ratings.unrated.not_rated.label.own;
            self.diagnostics.push(
                Diagnostic::new(
                    &diagnostic::POLICY_RESULT_INCOMPLETE,
                    written.place,
                    message!(ja: "実績に達成度がありません", en: "the result has no rating"),
                )
                .with_help(message!(
                    ja: "達成度（rating）を記入してください。評価しない年度は「{not_rated}」とし、実績がまだない場合は、実績をすべて空欄にしてください",
                    en: "add `rating`: `not-rated` for a year without a rating; leave the whole result out until there is one",
                )),
            );
            return None;
        };
        let Some(found) = self.ratings.find(&rating.value) else {
            if !self.may_hold(&self.broken_ratings, &rating) {
                let problem = unknown_id("達成度の区分", "rating", &rating, std::iter::empty());
                // Both labels and ids are accepted; clerks know the labels.
                let labels = self.ratings.all().map(|known| known.label.own.as_str());
                let ids = self.ratings.all().map(|known| known.id.as_str());
                self.diagnostics.push(problem.with_help(Message {
                    ja: Message::allowed_values(labels).ja,
                    en: Message::allowed_values(ids).en,
                }));
            }
            return None;
        };
        if found.id.as_str() == RatingScale::NOT_YET {
            // A result may state explicitly that it is still to come.
            return None;
        }
        let rating = Located::new(found.id.clone(), rating.place);
        Some(MeasureResult {
            rating,
            account: written.account,
            published: written.period.published,
            fields: written.fields,
            provenance: written.provenance,
        })
    }

    /// The reading of a title. One that is not in hiragana is reported, and left out.
    fn hiragana(&mut self, written: Located<String>) -> Option<String> {
        if written.value.chars().all(|c| {
            matches!(c, 'ぁ'..='ゖ' | 'ー' | ' ' | '　' | '・' | '、' | '。' | '「' | '」')
        }) {
            return Some(written.value);
        }
        let kana = &written.value;
        self.diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_READING,
                written.place.clone(),
                message!(
                    ja: "読み「{kana}」にひらがな以外の文字があります",
                    en: "the reading `{kana}` has characters other than hiragana",
                ),
            )
            .with_help(message!(
                ja: "数字や英字も、読みのとおりにひらがなで入力してください",
                en: "write it all in hiragana, including digits and letters",
            )),
        );
        None
    }
}
