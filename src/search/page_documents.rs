//! Makes the **documents** of pages: chooses which texts of each kind of page are searched. Labels
//! that templates repeat on every page (年度, 予算) are left out: they would make the longest lists
//! and distinguish nothing.
//!
//! Not in here: rows of datasets (`row_documents`).

use crate::dataset::Dataset;
use crate::markdown::{TextBlock, blocks, escaped};
use crate::policy::{FieldContent, FieldType, FieldValues, Of};
use crate::site::{FreePage, IndicatorEntry, MeasureEntry, PolicyEntry, Site, file_paths};
use crate::text::{Decimal, Language, Localized};

use super::document::{Document, DocumentKind, IndicatorFigure, Paragraphs};
use super::own_facets::{self, OwnFacet};

/// The document of a measure. Head: its id and the names of its department, topics and nodes. Body:
/// its texts, searched fields, indicators and the notes of its budgets. It joins the document
/// before it unless it is the newest of its series. The budget is the sum over its own year.
pub(super) fn of_measure(site: &Site, facets: &[OwnFacet], measure: &MeasureEntry) -> Document {
    let mut head = vec![measure.id.as_str().to_owned()];
    add_name(&mut head, &site.departments[measure.department].department.name);
    for &topic in &measure.topics {
        add_name(&mut head, &site.topics[topic].topic.name);
    }
    for node in measure.node.map(|node| site.path_of_node(node)).unwrap_or_default() {
        add_name(&mut head, &site.nodes[node].node.title);
    }
    let mut body = Paragraphs::default();
    body.add_text(measure.direction.as_ref());
    body.add_text(measure.easy.as_ref());
    if let Some(result) = &measure.result {
        body.add_text(result.account.as_ref());
        body.add_fields(site, Of::Result, &result.fields);
    }
    body.add_fields(site, Of::Measure, &measure.fields);
    body.add_indicators(site, &measure.indicators);
    body.own.extend(measure.budgets.iter().filter_map(|budget| budget.note.clone()));
    for budget in &measure.budgets {
        body.add_fields(site, Of::Budget, &budget.fields);
    }
    Document {
        url: file_paths::measure_page(measure.id.as_str()),
        title: measure.title.clone(),
        within: None,
        kana: readings(measure.kana.as_ref(), site, Some(measure.department), &measure.topics),
        head,
        body,
        joins: measure
            .in_other_years
            .first()
            .is_some_and(|&newest| site.measures[newest].id != measure.id),
        answer: figure(&measure.indicators),
        kind: DocumentKind::Measure,
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

/// The document of a department's policy for one year. Its title is made of the department and the
/// year; the headline is in the head, the statement and searched fields are in the body.
pub(super) fn of_policy(site: &Site, policy: &PolicyEntry) -> Document {
    let department = &site.departments[policy.department].department;
    let mut head = vec![];
    add_name(&mut head, &department.name);
    if let Some(headline) = &policy.headline {
        add_name(&mut head, headline);
    }
    let mut body = Paragraphs::default();
    body.add_text(policy.statement.as_ref());
    body.add_fields(site, Of::Policy, &policy.fields);
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
        joins: false,
        answer: None,
        kind: DocumentKind::Policy,
        fiscal_year: Some(year.year()),
        department: Some(policy.department),
        rating: None,
        topics: vec![],
        own: vec![],
        budget: None,
    }
}

/// The document of a dataset's page, without its rows. Head: keywords and the names of department
/// and topics. Body: its description, and the titles and descriptions of its columns.
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
    let mut body = Paragraphs::default();
    body.add_text(Some(&dataset.description));
    for column in &dataset.columns {
        body.add(&column.title);
        if let Some(description) = &column.description {
            body.add(description);
        }
    }
    Document {
        url: file_paths::dataset_page(dataset.id.as_str()),
        title: dataset.title.clone(),
        within: None,
        kana: readings(None, site, department, &topics),
        head,
        body,
        joins: false,
        answer: None,
        kind: DocumentKind::Dataset,
        fiscal_year: None,
        department,
        rating: None,
        topics,
        own: vec![],
        budget: None,
    }
}

/// The document of a free page and its English translation, if there is one with the same slug.
/// Headings go to the head, all other blocks to the body.
pub(super) fn of_page(site: &Site, page: &FreePage) -> Document {
    let translated = site.pages.iter().find(|other| {
        other.slug == page.slug && other.language == Language::En && page.language != Language::En
    });
    let mut title = Localized::new(page.title.clone());
    title.en = translated.map(|page| page.title.clone());
    let plain = |page: Option<&FreePage>| {
        let blocks = page.into_iter().flat_map(|page| blocks(&page.body));
        let (head, body): (Vec<TextBlock>, Vec<TextBlock>) =
            blocks.partition(|block| block.heading);
        let text = |blocks: Vec<TextBlock>| {
            blocks.into_iter().map(|block| block.text).collect::<Vec<String>>()
        };
        (text(head), text(body))
    };
    let (mut head, own) = plain(Some(page));
    let (head_en, en) = plain(translated);
    head.extend(head_en);
    let body = Paragraphs { own, en, shown: None };
    Document::page(file_paths::named_page(&page.slug), title, head, body)
}

/// The document of the node at `index` of the plan. Measures below the node are documents of their
/// own.
pub(super) fn of_node(site: &Site, index: usize) -> Document {
    let entry = &site.nodes[index];
    let node = &entry.node;
    let mut head: Vec<String> = node.code.iter().cloned().collect();
    for &above in &site.path_of_node(index) {
        if above != index {
            add_name(&mut head, &site.nodes[above].node.title);
        }
    }
    let mut body = Paragraphs::default();
    body.add_text(node.description.as_ref());
    body.add_fields(site, Of::Plan, &node.fields);
    body.add_indicators(site, &entry.indicators);
    let url = file_paths::plan_page(node.id.as_str());
    let answer = figure(&entry.indicators);
    Document { answer, ..Document::page(url, node.title.clone(), head, body) }
}

/// The readings of a title, a department and topics, one per line; `None` where there is none.
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

/// Adds a name in both languages.
fn add_name(texts: &mut Vec<String>, name: &Localized) {
    texts.push(name.own.clone());
    texts.extend(name.en.clone());
}

impl Paragraphs {
    /// Adds a name in both languages.
    fn add(&mut self, name: &Localized) {
        self.own.push(name.own.clone());
        self.en.extend(name.en.clone());
    }

    /// Adds the paragraphs of a text in both languages.
    fn add_text(&mut self, text: Option<&Localized>) {
        let Some(text) = text else { return };
        self.own.extend(paragraphs(&text.own, text.plain));
        self.en.extend(text.en.iter().flat_map(|en| paragraphs(en, text.plain)));
    }

    fn add_indicators(&mut self, site: &Site, indicators: &[IndicatorEntry]) {
        for indicator in indicators {
            self.add(&indicator.name);
            self.own.extend(indicator.years.iter().filter_map(|year| year.note.clone()));
            for year in &indicator.years {
                self.add_fields(site, Of::Indicator, &year.fields);
            }
        }
    }

    /// Adds the texts, choices and reasons of those fields that are searched. A text that is
    /// present already, such as one that an indicator repeats every year, is not added again.
    fn add_fields(&mut self, site: &Site, of: Of, values: &FieldValues) {
        for (index, field) in site.fields.of(of).filter(|(_, field)| field.search) {
            let Some(said) = values.get(&index) else { continue };
            let mut found = Self::default();
            match &said.value {
                Some(FieldContent::Text(text)) if field.kind == FieldType::Markdown => {
                    found.add_text(Some(text));
                }
                Some(value) => field.named(value).iter().for_each(|named| found.add(&named.name)),
                None => {}
            }
            if let Some(reason) = &said.reason {
                found.add(reason);
            }
            found.own.retain(|text| !self.own.contains(text));
            found.en.retain(|text| !self.en.contains(text));
            self.own.extend(found.own);
            self.en.extend(found.en);
        }
    }
}

/// The paragraphs of a text, which is plain text or Markdown, as plain text.
fn paragraphs(text: &str, plain: bool) -> impl Iterator<Item = String> + use<> {
    // Lines of a plain text may have been broken for the width of a cell, even within a word.
    let found = match plain {
        true => blocks(&escaped(text).replace("\\\n", "\n")),
        false => blocks(text),
    };
    found.into_iter().map(|block| block.text)
}

/// The newest actual value of the first indicator that has one.
fn figure(indicators: &[IndicatorEntry]) -> Option<IndicatorFigure> {
    indicators.iter().find_map(|indicator| {
        let mut years = indicator.years.iter().rev();
        let (year, actual) =
            years.find_map(|year| Some((year.fiscal_year, year.actual.as_ref()?)))?;
        Some(IndicatorFigure {
            name: indicator.name.clone(),
            value: actual.grouped(),
            unit: indicator.unit.clone(),
            year: year.year(),
        })
    })
}
