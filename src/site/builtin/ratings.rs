//! The built-in dataset of **ratings**: the scale by which results are graded, and the two values
//! that are no grades.

use crate::config::Tone;
use crate::dataset::{Column, ColumnType, Dataset, Rows};
use crate::site::{Site, file_paths};
use crate::text::Localized;

use super::columns::{code, columns, flag, text, url};
use super::{AboutTable, dataset, filled, optional, page};

/// The table of ratings, one row for a rating: the grades best first, then the two values that are
/// no grades. Columns of English texts are left out where they are blank.
pub(super) fn ratings(site: &Site) -> Dataset {
    let order = Column::new("order", "順番", "Order", ColumnType::Integer);
    let mut tone = code("tone", "評価の区分", "Tone").required().described(
        "目標をどこまで達成したかを、どの自治体にも共通の4種類で表した区分",
        "How far the goal was reached, in the same four words for the scale of any city",
    );
    tone.values = Tone::CHOICES.map(|(spelling, _)| spelling.to_owned()).to_vec();
    let label = |(ja, en): (&str, &str)| Localized::with_english(ja, en);
    let labels = [
        ("達成", "met"),
        ("おおむね達成", "nearly met"),
        ("未達成", "missed"),
        ("良し悪しの判断なし", "no judgement"),
    ];
    tone.labels = labels.map(label).to_vec();
    let columns = columns([
        code("id", "達成度ID", "Rating id").required(),
        order.required().described(
            "良い順。段階でない値は最後",
            "Best first; the values that are no grades come last",
        ),
        text("label", "名称", "Name").required(),
        text("label_english", "名称_英字", "Name in English"),
        text("meaning", "意味", "Meaning").required(),
        text("meaning_english", "意味_英字", "Meaning in English"),
        tone,
        flag("is_grade", "段階", "Grade").required().described(
            "評価の段階はtrue、評価なしと評価前はfalse",
            "True for the grades of the scale, false where nothing was graded, or not yet",
        ),
        url(),
    ]);
    let mut rows = Rows::new(columns.len());
    for (index, entry) in site.ratings.iter().enumerate() {
        let rating = &entry.rating;
        // Where nothing is rated, a rating has no page of its own: this table tells of it.
        let tells = match site.measures.is_empty() {
            true => file_paths::dataset_page("ratings"),
            false => file_paths::rating_page(rating.id.as_str()),
        };
        let is_grade = site.config.ratings.grades.iter().any(|grade| grade.id == rating.id);
        rows.push_row([
            site.config.publisher.code.as_str(),
            rating.id.as_str(),
            &(index + 1).to_string(),
            &rating.label.own,
            optional(&rating.label.en),
            &rating.meaning.own,
            optional(&rating.meaning.en),
            rating.tone.as_str(),
            if is_grade { "true" } else { "false" },
            &page(site, &tells),
        ]);
    }
    let (columns, rows) = filled(columns, rows, &["label_english", "meaning_english"]);
    let about = AboutTable {
        id: "ratings",
        title: ("達成度の段階", "Ratings"),
        description: (
            "施策の達成度の段階とその意味の一覧。1行が1段階です。評価なしと評価前も含みます。",
            "The scale by which results are graded, one row for a rating, with those that are not graded and those that are not yet.",
        ),
        keywords: &["達成度", "評価"],
        key: &["id"],
        refers: &[],
    };
    dataset(site, &about, columns, rows)
}
