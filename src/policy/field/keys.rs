//! The values of fields from the **keys** of a TOML table: `[measures.fields]`.

use crate::diagnostic;
use crate::document::Keys;
use crate::message;
use crate::policy::field::{
    DeclaredFields, Field, FieldContent, FieldType, FieldValue, FieldValues, Of,
};
use crate::text::Decimal;

use super::cells::spelt;

/// Key of the table that holds the values.
const TABLE: &str = "fields";

/// The values in the table `fields` below `keys` for the fields declared for `of`. Fields that are
/// not declared are reported, unless the declaration itself is broken.
pub(in crate::policy) fn read(
    keys: &mut Keys<'_>,
    declared: &DeclaredFields,
    of: Of,
) -> FieldValues {
    if !keys.has(TABLE) {
        return FieldValues::new();
    }
    if declared.broken {
        // Whatever is written may have been declared; the error in `fields.toml` is reported.
        keys.ask(TABLE);
        return FieldValues::new();
    }
    if !declared.any(of) {
        keys.ask(TABLE);
        let of = of.as_str();
        keys.problem(
            &diagnostic::POLICY_FIELD,
            TABLE,
            message!(
                ja: "ここに記入できる独自の項目は定義されていません",
                en: "no field can be given here: none is declared",
            ),
            message!(
                ja: "「content/fields.toml」に「of = \"{of}\"」の項目を定義するか、ここから削除してください",
                en: "declare fields with `of = \"{of}\"` in `content/fields.toml`, or delete this table",
            ),
        );
        return FieldValues::new();
    }
    let values = keys.table(TABLE, |keys| {
        let mut values = FieldValues::new();
        for (index, field) in declared.of(of) {
            if !field.sound {
                field.columns.iter().for_each(|column| keys.ask(&column.name));
                continue;
            }
            let value = value(keys, field);
            let name = format!("{}_reason", field.id);
            let reason = field.reason.then(|| keys.localized(&name)).flatten();
            if value.is_some() || reason.is_some() {
                values.insert(index, FieldValue { value, reason });
            }
        }
        values
    });
    values.unwrap_or_default()
}

/// The value of `field`, read by the type of the field. `None` if its key is missing, or wrong,
/// which is reported.
fn value(keys: &mut Keys<'_>, field: &Field) -> Option<FieldContent> {
    let name = field.id.as_str();
    match field.kind {
        FieldType::Text | FieldType::Markdown => keys.localized(name).map(FieldContent::Text),
        FieldType::Number => number(keys, name).map(FieldContent::Number),
        FieldType::Date => keys.date(name).map(FieldContent::Date),
        FieldType::FiscalYear => keys.fiscal_year(name).map(FieldContent::FiscalYear),
        FieldType::Choice => {
            let mut spellings = spelt(field, |choice| choice.label.own.as_str());
            spellings.extend(spelt(field, |choice| choice.id.as_str()));
            keys.choice(name, &spellings).map(FieldContent::Choice)
        }
        FieldType::List => {
            let items: Vec<String> = keys.texts(name).into_iter().map(|item| item.value).collect();
            (!items.is_empty()).then_some(FieldContent::List(items))
        }
        FieldType::Code => keys.text(name).map(FieldContent::Code),
        FieldType::Url => keys.url(name).map(FieldContent::Url),
        FieldType::YesNo => {
            let given = keys.has(name);
            let flag = keys.flag(name);
            given.then_some(FieldContent::YesNo(flag))
        }
    }
}

fn number(keys: &mut Keys<'_>, name: &str) -> Option<Decimal> {
    let written = keys.bound(name)?.value;
    let number = Decimal::parse(&written);
    if number.is_none() {
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            name,
            message!(ja: "「{written}」は数値ではありません", en: "`{written}` is not a number"),
            message!(
                ja: "単位を付けずに、数字で記入してください",
                en: "write digits, without a unit",
            ),
        );
    }
    number
}
