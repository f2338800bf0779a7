//! The **data** of the site for templates: lists of measures, policies, departments and so on, from
//! which any template can select. The lists are the same on every page of a language.
//!
//! Only the lists that a template of the theme names are made; the others are empty, and a theme
//! that uses none costs nothing.
//!
//! Not in here: the filters `where` and `order_by` (`theme`).

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use serde::Serialize;

use crate::calendar::{Date, FiscalYear};
use crate::dataset::{ColumnType, Dataset, Rows};
use crate::document::Extra;
use crate::site::{
    DepartmentEntry, MeasureEntry, PageKind, PolicyEntry, TopicEntry, YearEntry, file_paths,
};
use crate::text::{Id, Localized};

use super::context::{OwnText, PageContext, Text, value};
use super::head::DESCRIPTION;

/// Something with an id, a page and a name.
#[derive(Serialize)]
struct EntryData<'s> {
    id: &'s str,
    url: String,
    name: Text<'s>,
    /// How many measures it has.
    count: usize,
}

#[derive(Serialize)]
struct MeasureData<'s> {
    id: &'s str,
    url: String,
    title: Text<'s>,
    year: String,
    fiscal_year: FiscalYear,
    department: Value,
    policy: &'s str,
    rating: Value,
    topics: Vec<Value>,
    published: Option<String>,
    published_iso: Option<Date>,
    updated: Option<String>,
    updated_iso: Option<Date>,
    extra: &'s Extra,
}

#[derive(Serialize)]
struct PolicyData<'s> {
    id: &'s str,
    url: String,
    year: String,
    fiscal_year: FiscalYear,
    department: Value,
    headline: Option<Text<'s>>,
    count: usize,
    published: Option<String>,
    published_iso: Option<Date>,
    updated: Option<String>,
    updated_iso: Option<Date>,
    extra: &'s Extra,
}

#[derive(Serialize)]
struct YearData {
    fiscal_year: FiscalYear,
    url: String,
    year: String,
    count: usize,
}

#[derive(Serialize)]
struct DatasetData<'s> {
    id: &'s str,
    url: String,
    title: Text<'s>,
    description: OwnText,
    department: Option<Value>,
    topics: Vec<Value>,
    row_count: usize,
    updated: Option<String>,
    updated_iso: Option<Date>,
    built_in: bool,
}

#[derive(Serialize)]
struct PageData<'s> {
    id: &'s str,
    url: &'s str,
    title: Text<'s>,
    description: Option<&'s str>,
    template: Option<&'s str>,
    updated: Option<String>,
    updated_iso: Option<Date>,
    extra: &'s Extra,
}

/// The lists that the templates of the theme use, by name; the other lists are empty.
pub(super) fn data(context: &PageContext<'_>) -> Value {
    let uses = &context.theme.data;
    if uses.is_none() {
        return Value::UNDEFINED;
    }
    let list = |name: &'static str, make: &dyn Fn() -> Vec<Value>| {
        (name, if uses.has(name) { Value::from(make()) } else { Value::from(Vec::<Value>::new()) })
    };
    Value::from_pairs([
        list("measures", &|| measures(context)),
        list("policies", &|| policies(context)),
        list("departments", &|| departments(context)),
        list("topics", &|| topics(context)),
        list("ratings", &|| context.ratings.to_vec()),
        list("years", &|| years(context)),
        list("datasets", &|| datasets(context)),
        list("pages", &|| pages(context)),
        ("rows", rows(context)),
    ])
}

fn measures(context: &PageContext<'_>) -> Vec<Value> {
    let (departments, topics) = (departments(context), topics(context));
    let site = context.site;
    let measure = |measure: &MeasureEntry| {
        let published = measure.result.as_ref().and_then(|result| result.published);
        let policy = &site.policies[measure.policy];
        let updated = measure.last_change().or(policy.updated);
        value(&MeasureData {
            id: measure.id.as_str(),
            url: file_paths::measure_page(measure.id.as_str()),
            title: context.text(&measure.title),
            year: measure.fiscal_year.long(context.language),
            fiscal_year: measure.fiscal_year,
            department: departments[measure.department].clone(),
            policy: &policy.id,
            rating: context.ratings[measure.rating].clone(),
            topics: measure.topics.iter().map(|&topic| topics[topic].clone()).collect(),
            published: context.date(published),
            published_iso: published,
            updated: context.date(updated),
            updated_iso: updated,
            extra: &measure.extra,
        })
    };
    site.measures.iter().map(measure).collect()
}

fn policies(context: &PageContext<'_>) -> Vec<Value> {
    let departments = departments(context);
    let policy = |policy: &PolicyEntry| {
        value(&PolicyData {
            id: &policy.id,
            url: file_paths::policy_page(&policy.id),
            year: policy.fiscal_year.long(context.language),
            fiscal_year: policy.fiscal_year,
            department: departments[policy.department].clone(),
            headline: policy.headline.as_ref().map(|text| context.text(text)),
            count: policy.measures.len(),
            published: context.date(policy.published),
            published_iso: policy.published,
            updated: context.date(policy.updated),
            updated_iso: policy.updated,
            extra: &policy.extra,
        })
    };
    context.site.policies.iter().map(policy).collect()
}

fn departments(context: &PageContext<'_>) -> Vec<Value> {
    let department = |entry: &DepartmentEntry| {
        let DepartmentEntry { department, counts, .. } = entry;
        let url = file_paths::department_page(department.id.as_str());
        let count = counts.iter().map(|count| count.count).sum();
        entry_value(context, &department.id, url, &department.name, count)
    };
    context.site.departments.iter().map(department).collect()
}

fn topics(context: &PageContext<'_>) -> Vec<Value> {
    let topic = |TopicEntry { topic, measures, .. }: &TopicEntry| {
        let url = file_paths::topic_page(topic.id.as_str());
        entry_value(context, &topic.id, url, &topic.name, measures.len())
    };
    context.site.topics.iter().map(topic).collect()
}

/// A thing with a page and a number of measures.
fn entry_value(
    context: &PageContext<'_>,
    id: &Id,
    url: String,
    name: &Localized,
    count: usize,
) -> Value {
    value(&EntryData { id: id.as_str(), url, name: context.text(name), count })
}

fn years(context: &PageContext<'_>) -> Vec<Value> {
    let year = |entry: &YearEntry| {
        value(&YearData {
            fiscal_year: entry.fiscal_year,
            url: file_paths::year_page(entry.fiscal_year),
            year: entry.fiscal_year.long(context.language),
            count: entry.measures.len(),
        })
    };
    context.site.years.iter().map(year).collect()
}

fn datasets(context: &PageContext<'_>) -> Vec<Value> {
    let (departments, topics) = (departments(context), topics(context));
    let site = context.site;
    let dataset = |dataset: &Dataset| {
        value(&DatasetData {
            id: dataset.id.as_str(),
            url: file_paths::dataset_page(dataset.id.as_str()),
            title: context.text(&dataset.title),
            description: context.summary(&dataset.description, DESCRIPTION),
            department: site.department_of(dataset).map(|index| departments[index].clone()),
            topics: site.topics_of(dataset).iter().map(|&topic| topics[topic].clone()).collect(),
            row_count: dataset.rows.len(),
            updated: context.date(dataset.changed()),
            updated_iso: dataset.changed(),
            built_in: dataset.built_in,
        })
    };
    site.datasets.iter().map(dataset).collect()
}

/// The free pages that are shown in the language of the context, in the order of the site.
fn pages(context: &PageContext<'_>) -> Vec<Value> {
    let site = context.site;
    let shown = site.plan.pages.iter().filter(|page| page.language == context.language);
    let mut shown: Vec<(usize, &str)> = shown
        .filter_map(|page| match page.kind {
            PageKind::Free(index) => Some((index, page.key.as_str())),
            _ => None,
        })
        .collect();
    shown.sort_unstable();
    let page = |(index, url): (usize, &str)| {
        let page = &site.pages[index];
        let lang = (page.language != context.language).then(|| page.language.tag());
        value(&PageData {
            id: &page.slug,
            url,
            title: Text { text: &page.title, lang },
            description: page.description.as_deref(),
            template: page.template.as_ref().map(|name| name.value.as_str()),
            updated: context.date(page.updated),
            updated_iso: page.updated,
            extra: &page.extra,
        })
    };
    shown.into_iter().map(page).collect()
}

/// The rows of each dataset by its id. Datasets whose rows no template names have none.
fn rows(context: &PageContext<'_>) -> Value {
    let rows = |dataset: &Dataset| {
        let id = dataset.id.to_string();
        match context.theme.data.has_rows(&id) {
            true => (id, Value::from_object(RowsData::of(dataset))),
            false => (id, Value::from(Vec::<Value>::new())),
        }
    };
    Value::from_pairs(context.site.datasets.iter().map(rows))
}

/// The rows of a dataset. Each is made into a map when a template asks for it.
#[derive(Debug)]
struct RowsData {
    columns: Vec<(Arc<str>, ColumnType)>,
    rows: Rows,
}

impl RowsData {
    fn of(dataset: &Dataset) -> Self {
        let columns = dataset.columns.iter();
        let columns = columns.map(|column| (column.name.as_str().into(), column.kind)).collect();
        Self { columns, rows: dataset.rows.clone() }
    }
}

impl Object for RowsData {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let row = key.as_usize().filter(|row| *row < self.rows.len())?;
        let cells = self.columns.iter().zip(self.rows.row(row));
        Some(Value::from_pairs(cells.map(|((name, kind), text)| (name.clone(), cell(text, *kind)))))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.rows.len())
    }
}

/// Most digits that a number of 64 bits gives back as they were.
const EXACT_DIGITS: usize = 15;

/// A cell as a template compares and shows it: numbers as numbers, if they keep all their digits,
/// and blank cells as none.
fn cell(text: &str, kind: ColumnType) -> Value {
    let is_number = matches!(
        kind,
        ColumnType::Integer
            | ColumnType::Number
            | ColumnType::FiscalYear
            | ColumnType::Latitude
            | ColumnType::Longitude
    );
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.is_empty() {
        return Value::from(());
    }
    if is_number && let Ok(number) = text.parse::<i64>() {
        return Value::from(number);
    }
    match text.parse::<f64>() {
        Ok(number) if is_number && digits <= EXACT_DIGITS => Value::from(number),
        _ => Value::from(text),
    }
}
