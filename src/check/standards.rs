//! Compares the columns of datasets with the **standard set** that they name.

use crate::dataset::{Dataset, STANDARD_SETS, StandardDifference, StandardSet};
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::site::Site;
use crate::text::{Id, nearest};

/// Warns about columns that differ from the standard, and tells which ones a table leaves out. An
/// id that is nearly that of a standard is reported; other unknown ids are agreements of cities
/// among themselves.
pub(super) fn standards(site: &Site, diagnostics: &mut Diagnostics) {
    for dataset in &site.datasets {
        let Some(named) = &dataset.conforms_to else { continue };
        match StandardSet::find(named.value.as_str()) {
            Some(set) => compare(dataset, set, &named.place, diagnostics),
            None => diagnostics.extend(misspelt(&named.value, &named.place)),
        }
    }
}

fn misspelt(id: &Id, place: &Place) -> Option<Diagnostic> {
    let near = nearest(id.as_str(), STANDARD_SETS.iter().map(|set| set.id))?;
    let problem = Diagnostic::new(
        &diagnostic::DATASET_STANDARD,
        place.clone(),
        message!(ja: "「{id}」という標準はありません", en: "there is no standard `{id}`"),
    );
    Some(problem.with_help(Message::did_you_mean(near)))
}

/// One message for each kind of difference, so that a table of another layout does not give dozens.
fn compare(dataset: &Dataset, set: &StandardSet, place: &Place, diagnostics: &mut Diagnostics) {
    let differences = set.differences(dataset);
    let mut push = |code: &'static Code, message: Message, help: Message| {
        diagnostics.push(Diagnostic::new(code, place.clone(), message).with_help(help));
    };
    let id = set.id;
    let missing = |wanted: bool| {
        let left_out = differences.iter().filter_map(move |difference| match difference {
            StandardDifference::Missing { title, required } if *required == wanted => Some(*title),
            _ => None,
        });
        left_out.collect::<Vec<_>>()
    };
    let required = missing(true);
    if !required.is_empty() {
        let Message { ja, en } = Message::list(&required);
        push(
            &diagnostic::DATASET_STANDARD,
            message!(
                ja: "標準「{id}」で必須の列がありません：{ja}",
                en: "columns that the standard `{id}` requires are missing: {en}",
            ),
            message!(
                ja: "表と「[[columns]]」に、標準の見出しで列を追加してください",
                en: "add them to the table and to `[[columns]]`, with the titles of the standard",
            ),
        );
    }
    for difference in &differences {
        let (message, help) = match difference {
            StandardDifference::Missing { .. } => continue,
            StandardDifference::Renamed { written, title } => (
                message!(
                    ja: "列「{written}」は、標準「{id}」では「{title}」です",
                    en: "the column `{written}` is called `{title}` in the standard `{id}`",
                ),
                message!(
                    ja: "「title = \"{title}\"」とし、表の見出しが違うときは「header = \"{written}\"」を残してください",
                    en: "write `title = \"{title}\"`, and `header = \"{written}\"` if the table keeps its header",
                ),
            ),
            StandardDifference::Order { title, after } => (
                message!(
                    ja: "標準「{id}」では、列「{title}」は「{after}」より前です",
                    en: "in the standard `{id}`, the column `{title}` comes before `{after}`",
                ),
                message!(
                    ja: "「[[columns]]」の順序を標準にそろえてください。表の列の順序は変えなくてもかまいません",
                    en: "order `[[columns]]` like the standard; the columns of the table itself may stay as they are",
                ),
            ),
            StandardDifference::Type { title, is, should } => {
                let (is, should) = (is.as_str(), should.as_str());
                (
                    message!(
                        ja: "列「{title}」の型は、標準「{id}」では「{should}」ですが、「{is}」になっています",
                        en: "the column `{title}` is of type `{is}`, but of type `{should}` in the standard `{id}`",
                    ),
                    message!(
                        ja: "「type = \"{should}\"」としてください",
                        en: "write `type = \"{should}\"`",
                    ),
                )
            }
        };
        push(&diagnostic::DATASET_STANDARD, message, help);
    }
    let optional = missing(false);
    if !optional.is_empty() {
        let Message { ja, en } = Message::list(&optional);
        push(
            &diagnostic::DATASET_STANDARD_LEFT_OUT,
            message!(
                ja: "標準「{id}」の列のうち、この表にないもの：{ja}",
                en: "columns of the standard `{id}` that the table leaves out: {en}",
            ),
            message!(
                ja: "値がない場合も、標準の様式どおりにそろえるときは空欄の列を追加してください",
                en: "to have the whole layout of the standard, add them as blank columns",
            ),
        );
    }
}
