//! The **declaration** of fields: `content/fields.toml`.

use crate::config::{RatingLook, Tone};
use crate::diagnostic::{self, Diagnostics, Message};
use crate::document::{self, Keys, Shape};
use crate::message;
use crate::policy::columns;
use crate::source::Sources;
use crate::text::{Id, Localized};

use super::{Choice, DeclaredFields, Field, FieldColumn, FieldPlace, FieldType, Of, published};

/// Where fields are declared.
const FILE: &str = "content/fields.toml";

/// Columns of the page's table of measures, which the published tables do not have.
const IN_THE_TABLE_OF_MEASURES: [&str; 5] = ["rating", "budget", "settled", "indicators", "plan"];

/// Reads the declaration; no fields where there is no file.
pub(in crate::policy) fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> DeclaredFields {
    let Some(file) = sources.get(FILE) else { return DeclaredFields::default() };
    let before = diagnostics.has_errors_in(FILE);
    let mut all: Vec<Field> = Vec::new();
    let read = file.text(diagnostics).and_then(|text| {
        document::read(&file.path, &text, diagnostics, |keys| {
            let known = keys.tables("fields", |keys| {
                let Some(field) = read_field(keys) else { return false };
                // A field whose columns collide with others has been reported and is left out.
                if is_unique(keys, &field, &all) {
                    all.push(field);
                }
                true
            });
            known.into_iter().all(|known| known)
        })
    });
    // An unknown key may be a misspelt one, and a field without id or label may be any field.
    let broken = before || read != Some(true);
    DeclaredFields { all, broken }
}

/// The shape of the file.
pub fn shape() -> Shape {
    document::shape(|keys| keys.tables("fields", read_field))
}

/// Reads one field. `None` if its id, its label or its owner (`of`) is missing. A field with
/// another mistake is not `sound`.
fn read_field(keys: &mut Keys<'_>) -> Option<Field> {
    let id = keys.required_id("id");
    let of = keys.required_choice("of", &Of::CHOICES);
    let label = keys.required_localized("label");
    let kind = keys.required_choice("type", &FieldType::CHOICES);
    let unit = keys.localized("unit");
    let choices = read_choices(keys);
    let reason = keys.flag("reason");
    let group = keys.localized("group");
    let place_given = keys.has("place");
    let place = keys.choice("place", &FieldPlace::CHOICES);
    let search = keys.flag("search");
    let filter = keys.flag("filter");
    let description = keys.localized("description");
    let sound = kind.is_some() && choices.is_some() && (place.is_some() || !place_given);
    let kind = kind.unwrap_or(FieldType::Text);
    let mut field = Field {
        id: id?.value,
        of: of?,
        label: label?,
        kind,
        unit,
        choices: choices.unwrap_or_default(),
        reason,
        group,
        place: place.unwrap_or(FieldPlace::Body),
        search,
        filter,
        description,
        columns: Vec::new(),
        sound,
    };
    field.columns = columns_of(&field);
    field.sound &= fits(keys, &field);
    Some(field)
}

/// Reads the choices. `None` if one of them is wrong, which is reported.
fn read_choices(keys: &mut Keys<'_>) -> Option<Vec<Choice>> {
    let mut seen: Vec<String> = Vec::new();
    let read = keys.tables("choices", |keys| {
        let id = keys.required_id("id");
        let label = keys.required_localized("label");
        let tone = match keys.has("tone") {
            true => keys.choice("tone", &Tone::CHOICES),
            false => Some(Tone::None),
        };
        let (id, label) = (id?.value, label?);
        for spelling in [id.as_str(), label.own.as_str()] {
            if seen.iter().any(|seen| seen == spelling) {
                let spelling = spelling.to_owned();
                keys.problem(
                    &diagnostic::POLICY_FIELD,
                    if spelling == id.as_str() { "id" } else { "label" },
                    message!(
                        ja: "選択肢「{spelling}」が2回定義されています",
                        en: "the choice `{spelling}` is declared twice",
                    ),
                    message!(ja: "どちらかを変更してください", en: "change one of the two"),
                );
                return None;
            }
        }
        seen.extend([id.as_str().to_owned(), label.own.clone()]);
        Some((id, label, tone?))
    });
    let read: Vec<(Id, Localized, Tone)> = read.into_iter().collect::<Option<_>>()?;
    let looks = RatingLook::of_scale(read.iter().map(|(_, _, tone)| *tone));
    let choice = |((id, label, _), look)| Choice { id, label, look };
    Some(read.into_iter().zip(looks).map(choice).collect())
}

/// The columns of the tables that hold `field`.
fn columns_of(field: &Field) -> Vec<FieldColumn> {
    let (id, label) = (&field.id, &field.label.own);
    let column = |name: String, title: String, narrative| FieldColumn { name, title, narrative };
    let mut columns =
        vec![column(id.to_string(), label.clone(), field.kind == FieldType::Markdown)];
    if field.kind.is_prose() {
        let narrative = field.kind == FieldType::Markdown;
        columns.push(column(format!("{id}_en"), format!("{label}_英字"), narrative));
    }
    if field.reason {
        columns.push(column(format!("{id}_reason"), format!("{label}の理由"), true));
        columns.push(column(format!("{id}_reason_en"), format!("{label}の理由_英字"), true));
    }
    columns
}

/// Do the keys of `field` fit its type and its owner? Each that does not is reported.
fn fits(keys: &mut Keys<'_>, field: &Field) -> bool {
    let kind = field.kind;
    let of_measure = matches!(field.of, Of::Measure | Of::Result);
    let mut sound = true;
    let mut wrong = |wrong: bool, key: &str, message: Message, help: Message| {
        if wrong {
            sound = false;
            keys.problem(&diagnostic::POLICY_FIELD, key, message, help);
        }
    };
    let spelt = kind.as_str();
    wrong(
        kind == FieldType::Choice && field.choices.is_empty(),
        "type",
        message!(ja: "「choice」の項目に選択肢がありません", en: "a field of the type `choice` has no choices"),
        message!(
            ja: "「choices = [{{ id = \"high\", label = \"高い\" }}, …]」のように記入してください",
            en: "write them as `choices = [{{ id = \"high\", label = \"High\" }}, …]`",
        ),
    );
    wrong(
        kind != FieldType::Choice && !field.choices.is_empty(),
        "choices",
        message!(
            ja: "「{spelt}」の項目に選択肢は定義できません",
            en: "a field of the type `{spelt}` cannot have choices",
        ),
        message!(
            ja: "「type = \"choice\"」にするか、「choices」を削除してください",
            en: "write `type = \"choice\"`, or delete `choices`",
        ),
    );
    wrong(
        kind != FieldType::Number && field.unit.is_some(),
        "unit",
        message!(
            ja: "「{spelt}」の項目に単位は付けられません",
            en: "a field of the type `{spelt}` cannot have a unit",
        ),
        message!(
            ja: "「type = \"number\"」にするか、「unit」を削除してください",
            en: "write `type = \"number\"`, or delete `unit`",
        ),
    );
    wrong(
        field.filter && (!of_measure || matches!(kind, FieldType::Markdown | FieldType::Url)),
        "filter",
        message!(
            ja: "この項目で施策を絞り込むことはできません",
            en: "measures cannot be filtered by this field",
        ),
        message!(
            ja: "「filter」は、「of」が「measure」か「result」で、「type」が「markdown」「url」以外の項目に使えます",
            en: "`filter` is for fields of `measure` and `result` whose type is neither `markdown` nor `url`",
        ),
    );
    wrong(
        field.search && field.of == Of::Plan,
        "search",
        message!(
            ja: "計画の項目は検索の対象にできません",
            en: "fields of the plan cannot be searched",
        ),
        message!(
            ja: "「search」を削除してください。計画の名称は施策とともに検索されます",
            en: "delete `search`; titles of the plan are found with their measures",
        ),
    );
    wrong(
        field.search && field.of == Of::Department,
        "search",
        message!(
            ja: "部局の項目は検索の対象にできません",
            en: "fields of departments cannot be searched",
        ),
        message!(
            ja: "「search」を削除してください。部局の名称は施策とともに検索されます",
            en: "delete `search`; names of departments are found with their measures",
        ),
    );
    sound
}

/// Is `field` free of collisions with other fields and with built-in columns? The first collision
/// of its id, its columns or its headers is reported.
fn is_unique(keys: &mut Keys<'_>, field: &Field, others: &[Field]) -> bool {
    let id = &field.id;
    if others.iter().any(|other| other.id == *id) {
        keys.problem(
            &diagnostic::POLICY_FIELD,
            "id",
            message!(
                ja: "項目のID「{id}」が2回使われています",
                en: "the field id `{id}` is used twice",
            ),
            message!(
                ja: "「of」が違っていても、項目のIDはすべて別のものにしてください",
                en: "give each field its own id, whatever it is `of`",
            ),
        );
        return false;
    }
    let table = columns::of_fields(field.of);
    let neighbours = || others.iter().filter(|other| columns::of_fields(other.of) == table);
    let named = |name: &str| {
        table.columns.iter().any(|column| column.name == name)
            || published(field.of).contains(&name.replace('-', "_").as_str())
            || (field.filter && IN_THE_TABLE_OF_MEASURES.contains(&name))
            || neighbours().flat_map(|other| &other.columns).any(|column| column.name == name)
    };
    let titled = |title: &str| {
        table.columns.iter().any(|column| column.title == title)
            || neighbours().flat_map(|other| &other.columns).any(|column| column.title == title)
    };
    let published_by_others = |name: &str| {
        let all = others.iter().filter(|other| other.of == field.of);
        all.flat_map(published_names).any(|other| other == name)
    };
    let name = field.columns.iter().map(|column| &column.name).find(|name| named(name)).cloned();
    let name = name.or_else(|| published_names(field).find(|name| published_by_others(name)));
    if let Some(name) = name {
        keys.problem(
            &diagnostic::POLICY_FIELD,
            "id",
            message!(
                ja: "「{name}」という列がすでにあるため、項目のIDに「{id}」は使えません",
                en: "`{id}` cannot be the id of a field: there is already a column `{name}`",
            ),
            message!(ja: "別のIDにしてください", en: "choose another id"),
        );
        return false;
    }
    if let Some(column) = field.columns.iter().find(|column| titled(&column.title)) {
        let (title, label, ja) = (&column.title, &field.label.own, table.ja);
        let en = table.en;
        keys.problem(
            &diagnostic::POLICY_FIELD,
            "label",
            message!(
                ja: "{ja}には「{title}」の列がすでにあるため、項目の名称に「{label}」は使えません",
                en: "`{label}` cannot be the label of a field: {en} already has a column `{title}`",
            ),
            message!(ja: "別の名称にしてください", en: "choose another label"),
        );
        return false;
    }
    true
}

/// The columns in which `field` is published, as far as names may collide.
fn published_names(field: &Field) -> impl Iterator<Item = String> {
    let name = field.name();
    let behind = [
        ("", true),
        ("_en", field.kind.is_prose()),
        ("_label", field.kind == FieldType::Choice),
        ("_label_en", field.kind == FieldType::Choice),
        ("_reason", field.reason),
        ("_reason_en", field.reason),
    ];
    let has = behind.into_iter().filter(|(_, has)| *has);
    has.map(move |(behind, _)| format!("{name}{behind}"))
}
