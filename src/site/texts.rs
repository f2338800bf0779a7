//! The **texts** of the site that are Markdown, each with the page that shows it and the place
//! where it is written.

use std::ops::Range;

use crate::diagnostic::Place;
use crate::policy::{FieldContent, FieldType, FieldValues, Of};
use crate::source::{SourceFile, Sources};
use crate::text::{Language, Localized};

use super::{PageKind, Site, file_paths};

/// A text in one language, as it is shown on one page.
#[derive(Clone, Debug)]
pub struct MarkdownText<'s> {
    /// The page that shows it, below the folder of its language.
    pub page: String,
    /// The languages of the pages that show it.
    pub languages: Vec<Language>,
    /// The text.
    pub text: &'s str,
    /// The file, line or cell where it is written, or the record that it belongs to.
    pub place: &'s Place,
    /// The byte of the file at which it begins, if it stands there as it is.
    pub start: Option<usize>,
}

impl Site {
    /// All Markdown texts, in the order of the pages.
    pub fn markdown_texts(&self) -> Vec<MarkdownText<'_>> {
        let mut texts = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            let shows = |language: &&Language| {
                let other = |other: &super::FreePage| {
                    other.slug == page.slug && other.language == **language
                };
                **language == page.language
                    || (page.language == self.config.own_language()
                        && !self.pages.iter().any(other))
            };
            texts.push(MarkdownText {
                page: PageKind::Free(index).key(self),
                languages: self.config.languages.iter().filter(shows).copied().collect(),
                text: &page.body,
                place: &page.place,
                start: Some(page.body_start),
            });
        }
        for policy in &self.policies {
            let page = file_paths::policy_page(&policy.id);
            let mut add = |text| self.add_text(&page, text, &policy.place, &mut texts);
            policy.statement.iter().for_each(&mut add);
            self.in_fields(Of::Policy, &policy.fields).for_each(add);
        }
        for measure in &self.measures {
            let page = file_paths::measure_page(measure.id.as_str());
            let result = measure.result.as_ref();
            let mut add = |text| self.add_text(&page, text, &measure.place, &mut texts);
            measure.direction.iter().chain(&measure.easy).for_each(&mut add);
            result.iter().flat_map(|result| &result.account).for_each(&mut add);
            self.in_fields(Of::Measure, &measure.fields).for_each(&mut add);
            let of_result =
                result.iter().flat_map(|result| self.in_fields(Of::Result, &result.fields));
            of_result.for_each(add);
        }
        for entry in &self.departments {
            let department = &entry.department;
            let page = file_paths::department_page(department.id.as_str());
            self.in_fields(Of::Department, &department.fields)
                .for_each(|text| self.add_text(&page, text, &department.place, &mut texts));
        }
        for entry in &self.nodes {
            let node = &entry.node;
            let page = file_paths::plan_page(node.id.as_str());
            let described = node.description.iter().chain(self.in_fields(Of::Plan, &node.fields));
            described.for_each(|text| self.add_text(&page, text, &node.place, &mut texts));
        }
        for dataset in self.datasets.iter().filter(|dataset| dataset.is_given()) {
            let page = file_paths::dataset_page(dataset.id.as_str());
            self.add_text(&page, &dataset.description, &dataset.place, &mut texts);
        }
        self.add_accessibility(&mut texts);
        texts
    }

    fn add_accessibility<'s>(&'s self, texts: &mut Vec<MarkdownText<'s>>) {
        let Some(known) = &self.accessibility else { return };
        let policy = &known.policy;
        let others = policy.exceptions.iter().chain(&policy.added).chain(&policy.problems);
        for text in std::iter::once(&policy.scope).chain(others) {
            self.add_text(file_paths::ACCESSIBILITY, text, &known.place, texts);
        }
        for result in &known.results {
            let page = file_paths::accessibility_result(result.fiscal_year);
            for text in [&result.scope, &result.selection].into_iter().chain(&result.outlook) {
                self.add_text(&page, text, &result.place, texts);
            }
        }
    }

    /// The Markdown texts among the `values` of the fields of `of`.
    fn in_fields<'s>(
        &'s self,
        of: Of,
        values: &'s FieldValues,
    ) -> impl Iterator<Item = &'s Localized> {
        let markdown = self.fields.of(of).filter(|(_, field)| field.kind == FieldType::Markdown);
        markdown.filter_map(|(index, _)| match &values.get(&index)?.value {
            Some(FieldContent::Text(text)) => Some(text),
            _ => None,
        })
    }

    /// Adds the versions of `localized`, unless it is plain text.
    fn add_text<'s>(
        &self,
        page: &str,
        localized: &'s Localized,
        place: &'s Place,
        texts: &mut Vec<MarkdownText<'s>>,
    ) {
        if localized.plain {
            return;
        }
        let own = self.config.own_language();
        let languages = |translated: bool| {
            let languages = self.config.languages.iter().copied();
            let of = |language: &Language| {
                let is_translated = *language != own && localized.en.is_some();
                is_translated == translated
            };
            languages.filter(of).collect()
        };
        let mut add = |text, translated| {
            let languages = languages(translated);
            texts.push(MarkdownText { page: page.to_owned(), languages, text, place, start: None });
        };
        add(localized.own.as_str(), false);
        if let Some(en) = &localized.en {
            add(en.as_str(), true);
        }
    }
}

impl MarkdownText<'_> {
    /// The place of a range of bytes of the text. Within a value of a TOML file, what stands in the
    /// range is looked for from the beginning of the record on; a cell is a place of its own.
    pub fn place_of(&self, sources: &Sources, range: Range<usize>) -> Place {
        let file = self.place.file_path().clone();
        if let Some(start) = self.start {
            return Place::text(file, start + range.start..start + range.end);
        }
        let from = match self.place {
            Place::Text { start, .. } => *start,
            Place::File { .. } => 0,
            Place::Cell(_) => return self.place.clone(),
        };
        let Some(written) = sources.get(&file).map(SourceFile::text_to_show) else {
            return self.place.clone();
        };
        let wanted = &self.text[range];
        let search = |from: usize| {
            let at = written.get(from..)?.find(wanted.trim_end())? + from;
            Some(Place::text(file.clone(), at..at + wanted.trim_end().len()))
        };
        search(from).or_else(|| search(0)).unwrap_or_else(|| self.place.clone())
    }
}
