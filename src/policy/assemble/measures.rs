//! A **measure** from as written to as meant: its id used once, its reading in hiragana, its result complete.

use crate::config::RatingScale;
use crate::diagnostic::{self, Diagnostic, Located};
use crate::message;
use crate::policy::written::{WrittenMeasure, WrittenResult};
use crate::policy::{Measure, MeasureResult};

use super::Assembly;
use super::references::unknown_id;

impl Assembly<'_> {
    /// The measure as meant; `None` where its id is taken.
    pub(super) fn measure(&mut self, written: WrittenMeasure) -> Option<Measure> {
        if let Some(first) = self.first_use.get(&written.id.value) {
            let id = &written.id.value;
            self.diagnostics.push(
                Diagnostic::new(
                    &diagnostic::POLICY_DUPLICATE_ID,
                    written.id.place.clone(),
                    message!(
                        ja: "施策ID `{id}` が二度使われている",
                        en: "the measure id `{id}` is used twice",
                    ),
                )
                .with_help(message!(
                    ja: "年度ごとに別のIDにし、同じ施策は `series` でつなぐ",
                    en: "give each year its own id and tie them by `series`",
                ))
                .with_related(
                    first.clone(),
                    message!(ja: "先に使われた場所", en: "first used here"),
                ),
            );
            return None;
        }
        self.first_use.insert(written.id.value.clone(), written.id.place.clone());
        let topics = written.topics.iter().filter_map(|topic| self.topic(topic)).collect();
        let kana = written.kana.and_then(|kana| self.hiragana(kana));
        let result = written.result.and_then(|result| self.result(result));
        Some(Measure {
            series: written.series.unwrap_or_else(|| written.id.value.clone()),
            id: written.id.value,
            title: written.title,
            kana,
            topics,
            direction: written.direction,
            easy: written.easy,
            updated: written.updated,
            result,
            place: written.place,
        })
    }

    fn result(&mut self, written: WrittenResult) -> Option<MeasureResult> {
        let Some(rating) = written.rating else {
            self.diagnostics.push(
                Diagnostic::new(
                    &diagnostic::POLICY_RESULT_INCOMPLETE,
                    written.place,
                    message!(ja: "実績に達成度がない", en: "the result has no rating"),
                )
                .with_help(message!(
                    ja: "`rating` に達成度を書く。評価しない年は `not-rated`、実績がまだなら実績ごと消す",
                    en: "add `rating`; `not-rated` where the year was not rated; \
                         leave the whole result out while there is none",
                )),
            );
            return None;
        };
        let Some(found) = self.ratings.find(&rating.value) else {
            if !self.broken_ratings.may_hold(&rating.value) {
                let known: Vec<&str> = self.ratings.all().map(|r| r.id.as_str()).collect();
                let problem = unknown_id("達成度", "rating", &rating, known.iter().copied());
                let list = known.join("`, `");
                self.diagnostics.push(problem.with_help(message!(
                    ja: "書けるのは `{list}`",
                    en: "possible are `{list}`",
                )));
            }
            return None;
        };
        if found.id.as_str() == RatingScale::NOT_YET {
            // A clerk may say in so many words that the result is still to come.
            return None;
        }
        let rating = Located::new(found.id.clone(), rating.place);
        Some(MeasureResult { rating, account: written.account, published: written.published })
    }

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
                    ja: "読み `{kana}` にひらがなでない文字がある",
                    en: "the reading `{kana}` is not all hiragana",
                ),
            )
            .with_help(message!(
                ja: "数字や英字も読みのとおりひらがなで書く",
                en: "write it in hiragana, figures and letters too",
            )),
        );
        None
    }
}
