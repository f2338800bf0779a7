//! The **documents**: what of each kind of page is searched. Labels that templates repeat on every page
//! (年度, 予算) stay out: they would make the longest lists and mean nothing.
//!
//! Not in here: rows of datasets (`row_documents`).

use crate::dataset::Dataset;
use crate::markdown::{Block, blocks, escaped};
use crate::policy::{FieldType, FieldValues, Of, Value};
use crate::site::{FreePage, MeasureEntry, PolicyEntry, Site, file_paths};
use crate::text::{Decimal, Language, Localized};

use super::document::{Document, Kind};
use super::own_facets::{self, OwnFacet};

pub(super) fn of_measure(site: &Site, facets: &[OwnFacet], measure: &MeasureEntry) -> Document {
    let mut head = vec![];
    add_name(&mut head, &site.departments[measure.department].department.name);
    for &topic in &measure.topics {
        add_name(&mut head, &site.topics[topic].topic.name);
    }
    let mut body = vec![];
    add_text(&mut body, measure.direction.as_ref());
    add_text(&mut body, measure.easy.as_ref());
    if let Some(result) = &measure.result {
        add_text(&mut body, result.account.as_ref());
        add_fields(&mut body, site, Of::Result, &result.fields);
    }
    add_fields(&mut body, site, Of::Measure, &measure.fields);
    for indicator in &measure.indicators {
        add_name(&mut body, &indicator.name);
        body.extend(indicator.years.iter().filter_map(|year| year.note.clone()));
        for year in &indicator.years {
            add_fields(&mut body, site, Of::Indicator, &year.fields);
        }
    }
    body.extend(measure.budgets.iter().filter_map(|budget| budget.note.clone()));
    for budget in &measure.budgets {
        add_fields(&mut body, site, Of::Budget, &budget.fields);
    }
    Document {
        url: file_paths::measure_page(measure.id.as_str()),
        title: measure.title.clone(),
        within: None,
        kana: readings(measure.kana.as_ref(), site, Some(measure.department), &measure.topics),
        head,
        body,
        kind: Kind::Measure,
        fiscal_year: Some(measure.fiscal_year.year()),
        department: Some(measure.department),
        rating: Some(measure.rating),
        topics: measure.topics.clone(),
        own: own_facets::of_measure(site, facets, measure),
        budget: (measure.own_budgets())
            .filter_map(|budget| budget.budget.as_ref())
            .map(Decimal::as_f64)
            .reduce(|sum, budget| sum + budget),
    }
}

pub(super) fn of_policy(site: &Site, policy: &PolicyEntry) -> Document {
    let department = &site.departments[policy.department].department;
    let mut head = vec![];
    add_name(&mut head, &department.name);
    if let Some(headline) = &policy.headline {
        add_name(&mut head, headline);
    }
    let mut body = vec![];
    add_text(&mut body, policy.statement.as_ref());
    add_fields(&mut body, site, Of::Policy, &policy.fields);
    let year = policy.fiscal_year;
    Document {
        url: file_paths::policy_page(&policy.id),
        title: Localized::with_english(
            format!("{} {}年度の運営方針", department.name.own, year),
            format!("{}, fiscal {year}", department.name.get(Language::En)),
        ),
        within: None,
        kana: department.kana.clone(),
        head,
        body,
        kind: Kind::Policy,
        fiscal_year: Some(year.year()),
        department: Some(policy.department),
        rating: None,
        topics: vec![],
        own: vec![],
        budget: None,
    }
}

pub(super) fn of_dataset(site: &Site, dataset: &Dataset) -> Document {
    let department = site.department_of(dataset);
    let topics = site.topics_of(dataset);
    let mut head = dataset.keywords.clone();
    if let Some(department) = department {
        add_name(&mut head, &site.departments[department].department.name);
    }
    for &topic in &topics {
        add_name(&mut head, &site.topics[topic].topic.name);
    }
    let mut body = vec![];
    add_text(&mut body, Some(&dataset.description));
    for column in &dataset.columns {
        add_name(&mut body, &column.title);
        if let Some(description) = &column.description {
            add_name(&mut body, description);
        }
    }
    Document {
        url: file_paths::dataset_page(dataset.id.as_str()),
        title: dataset.title.clone(),
        within: None,
        kana: readings(None, site, department, &topics),
        head,
        body,
        kind: Kind::Dataset,
        fiscal_year: None,
        department,
        rating: None,
        topics,
        own: vec![],
        budget: None,
    }
}

pub(super) fn of_page(site: &Site, page: &FreePage) -> Document {
    let translated = site.pages.iter().find(|other| {
        other.slug == page.slug && other.language == Language::En && page.language != Language::En
    });
    let mut title = Localized::new(page.title.clone());
    title.en = translated.map(|page| page.title.clone());
    let texts = [Some(page), translated].into_iter().flatten().flat_map(|page| blocks(&page.body));
    let (head, body): (Vec<_>, Vec<_>) = texts.partition(|block| block.heading);
    let plain = |blocks: Vec<Block>| blocks.into_iter().map(|block| block.text).collect();
    Document {
        url: file_paths::named_page(&page.slug),
        title,
        within: None,
        kana: None,
        head: plain(head),
        body: plain(body),
        kind: Kind::Page,
        fiscal_year: None,
        department: None,
        rating: None,
        topics: vec![],
        own: vec![],
        budget: None,
    }
}

/// Readings of a title, a department and topics; a line's end keeps them apart.
fn readings(
    title: Option<&String>,
    site: &Site,
    department: Option<usize>,
    topics: &[usize],
) -> Option<String> {
    let department = department.and_then(|d| site.departments[d].department.kana.as_ref());
    let topics = topics.iter().filter_map(|&t| site.topics[t].topic.kana.as_ref());
    let all: Vec<&str> =
        title.into_iter().chain(department).chain(topics).map(String::as_str).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

fn add_name(texts: &mut Vec<String>, name: &Localized) {
    texts.push(name.own.clone());
    texts.extend(name.en.clone());
}

fn add_text(texts: &mut Vec<String>, text: Option<&Localized>) {
    let Some(text) = text else { return };
    for written in [Some(&text.own), text.en.as_ref()].into_iter().flatten() {
        match text.plain {
            // Its lines may have been broken for the width of a cell, within a word.
            true => add_markdown(texts, &escaped(written).replace("\\\n", "\n")),
            false => add_markdown(texts, written),
        }
    }
}

/// The texts, choices and reasons of the fields that are searched. A text that stands there already, as
/// that of an indicator in every year, is not added again.
fn add_fields(texts: &mut Vec<String>, site: &Site, of: Of, values: &FieldValues) {
    for (index, field) in site.fields.of(of).filter(|(_, field)| field.search) {
        let Some(said) = values.get(&index) else { continue };
        let mut found = Vec::new();
        match &said.value {
            Some(Value::Text(text)) if field.kind == FieldType::Markdown => {
                add_text(&mut found, Some(text));
            }
            Some(value) => {
                field.named(value).iter().for_each(|named| add_name(&mut found, &named.name));
            }
            None => {}
        }
        if let Some(reason) = &said.reason {
            add_name(&mut found, reason);
        }
        found.retain(|text| !texts.contains(text));
        texts.extend(found);
    }
}

fn add_markdown(texts: &mut Vec<String>, markdown: &str) {
    texts.extend(blocks(markdown).into_iter().map(|block| block.text));
}
