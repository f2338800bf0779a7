//! The **corpus**: what of the site can be found, as plain text in fields, and the labels by which
//! results are narrowed.
//!
//! Labels that templates repeat on every page (年度, 予算) stay out: they would make the longest lists
//! and mean nothing.
//!
//! Not in here: tokens (`analyzer`).

use serde::Serialize;

use crate::dataset::Dataset;
use crate::markdown::{Block, blocks};
use crate::site::{FreePage, MeasureEntry, PolicyEntry, Site};
use crate::text::{Language, Localized};

/// What kind of page a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A measure.
    Measure,
    /// A policy.
    Policy,
    /// A dataset.
    Dataset,
    /// A free page.
    Page,
}

impl Kind {
    /// Every kind, in the order of its number in the index.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Measure, "measure"),
        (Self::Policy, "policy"),
        (Self::Dataset, "dataset"),
        (Self::Page, "page"),
    ];
}

/// One page that can be found.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path below the folder of its language.
    pub url: String,
    /// Its title.
    pub title: Localized,
    /// Reading of the title.
    pub kana: Option<String>,
    /// Headings, names of topics and departments.
    pub head: Vec<String>,
    /// Paragraphs.
    pub body: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// The fiscal year that it belongs to.
    pub fiscal_year: Option<i32>,
    /// Index of its department among the labels.
    pub department: Option<usize>,
    /// Index of its rating among the labels.
    pub rating: Option<usize>,
    /// Indices of its topics among the labels.
    pub topics: Vec<usize>,
}

impl Document {
    /// The paragraphs as one text; a line's end keeps words of two of them apart.
    pub fn text(&self) -> String {
        self.body.join("\n")
    }
}

/// A value to narrow by.
#[derive(Clone, Debug, Serialize)]
pub struct Label {
    /// Its id.
    pub id: String,
    /// Its name in the languages of the site.
    pub name: Localized,
    /// Tone of a rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<&'static str>,
}

/// Everything that can be found.
#[derive(Debug)]
pub struct Corpus {
    /// The documents; their order is that of their numbers in the index.
    pub documents: Vec<Document>,
    /// Departments.
    pub departments: Vec<Label>,
    /// Ratings.
    pub ratings: Vec<Label>,
    /// Topics.
    pub topics: Vec<Label>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
}

impl Corpus {
    /// What of `site` can be found: measures, policies, datasets, then free pages.
    pub fn of(site: &Site) -> Self {
        let measures = site.measures.iter().map(|measure| of_measure(site, measure));
        let policies = site.policies.iter().map(|policy| of_policy(site, policy));
        let datasets = site.datasets.iter().map(|dataset| of_dataset(site, dataset));
        // A page in two languages is one document.
        let own = site.config.own_language();
        let pages = site.pages.iter().filter(|page| page.language == own);
        let pages = pages.map(|page| of_page(site, page));
        Self {
            documents: measures.chain(policies).chain(datasets).chain(pages).collect(),
            departments: (site.departments.iter())
                .map(|entry| label(entry.department.id.as_str(), &entry.department.name))
                .collect(),
            ratings: (site.ratings.iter())
                .map(|entry| Label {
                    tone: Some(entry.rating.tone.as_str()),
                    ..label(entry.rating.id.as_str(), &entry.rating.label)
                })
                .collect(),
            topics: (site.topics.iter())
                .map(|entry| label(entry.topic.id.as_str(), &entry.topic.name))
                .collect(),
            synonyms: site.synonyms.clone(),
        }
    }
}

fn label(id: &str, name: &Localized) -> Label {
    Label { id: id.to_owned(), name: name.clone(), tone: None }
}

fn of_measure(site: &Site, measure: &MeasureEntry) -> Document {
    let mut head = vec![];
    add_name(&mut head, &site.departments[measure.department].department.name);
    for &topic in &measure.topics {
        add_name(&mut head, &site.topics[topic].topic.name);
    }
    let mut body = vec![];
    add_text(&mut body, measure.direction.as_ref());
    add_markdown(&mut body, measure.easy.as_deref());
    if let Some(result) = &measure.result {
        add_text(&mut body, result.account.as_ref());
    }
    for indicator in &measure.indicators {
        add_name(&mut body, &indicator.name);
        body.extend(indicator.years.iter().filter_map(|year| year.note.clone()));
    }
    body.extend(measure.budgets.iter().filter_map(|budget| budget.note.clone()));
    Document {
        url: format!("measures/{}.html", measure.id),
        title: measure.title.clone(),
        kana: readings(measure.kana.as_ref(), site, Some(measure.department), &measure.topics),
        head,
        body,
        kind: Kind::Measure,
        fiscal_year: Some(measure.fiscal_year.year()),
        department: Some(measure.department),
        rating: Some(measure.rating),
        topics: measure.topics.clone(),
    }
}

fn of_policy(site: &Site, policy: &PolicyEntry) -> Document {
    let department = &site.departments[policy.department].department;
    let mut head = vec![];
    add_name(&mut head, &department.name);
    if let Some(headline) = &policy.headline {
        add_name(&mut head, headline);
    }
    let mut body = vec![];
    add_text(&mut body, policy.statement.as_ref());
    let year = policy.fiscal_year;
    Document {
        url: format!("policies/{}.html", policy.id),
        title: Localized::with_english(
            format!("{} {}年度の運営方針", department.name.own, year),
            format!("{}, fiscal {year}", department.name.get(Language::En)),
        ),
        kana: department.kana.clone(),
        head,
        body,
        kind: Kind::Policy,
        fiscal_year: Some(year.year()),
        department: Some(policy.department),
        rating: None,
        topics: vec![],
    }
}

fn of_dataset(site: &Site, dataset: &Dataset) -> Document {
    let place = |id: &str| site.departments.iter().position(|d| d.department.id.as_str() == id);
    let topic = |id: &str| site.topics.iter().position(|t| t.topic.id.as_str() == id);
    let department = dataset.department.as_ref().and_then(|id| place(id.value.as_str()));
    let topics: Vec<usize> =
        dataset.topics.iter().filter_map(|id| topic(id.value.as_str())).collect();
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
        url: format!("data/{}.html", dataset.id),
        title: dataset.title.clone(),
        kana: readings(None, site, department, &topics),
        head,
        body,
        kind: Kind::Dataset,
        fiscal_year: None,
        department,
        rating: None,
        topics,
    }
}

fn of_page(site: &Site, page: &FreePage) -> Document {
    let translated = site.pages.iter().find(|other| {
        other.slug == page.slug && other.language == Language::En && page.language != Language::En
    });
    let mut title = Localized::new(page.title.clone());
    title.en = translated.map(|page| page.title.clone());
    let texts = [Some(page), translated].into_iter().flatten().flat_map(|page| blocks(&page.body));
    let (head, body): (Vec<_>, Vec<_>) = texts.partition(|block| block.heading);
    let plain = |blocks: Vec<Block>| blocks.into_iter().map(|block| block.text).collect();
    Document {
        url: format!("{}.html", page.slug),
        title,
        kana: None,
        head: plain(head),
        body: plain(body),
        kind: Kind::Page,
        fiscal_year: None,
        department: None,
        rating: None,
        topics: vec![],
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
    add_markdown(texts, text.map(|text| text.own.as_str()));
    add_markdown(texts, text.and_then(|text| text.en.as_deref()));
}

fn add_markdown(texts: &mut Vec<String>, markdown: Option<&str>) {
    texts.extend(markdown.map(blocks).into_iter().flatten().map(|block| block.text));
}
