//! The **site** is everything that is published, assembled once and then immutable: entries that
//! refer to each other by index, the datasets (including the built-in ones), and the plan, which
//! gives each output path one owner.
//!
//! Not in here: checks (`check`), layout (`html`), file formats (`catalog`).

mod assemble;
mod blocks;
mod builtin;
mod citation;
mod comparison;
mod entries;
pub mod file_paths;
mod history;
mod imprint;
mod links;
mod measure_table;
mod page_sizes;
mod pages;
mod places;
mod plan;
pub mod served;
mod sources;
mod spending;
mod texts;

pub use assemble::{Parts, assemble};
pub use blocks::{
    Block, BlockContent, BlockSeries, ChartBlock, Choropleth, MapBlock, MapClass, MapContent,
    MeasuresBlock, NumberBlock, NumberTime, SeriesName, TableBlock, ValuedArea,
};
pub use builtin::is_built_in;
pub use citation::Citation;
pub use comparison::{Comparison, Followed};
pub use entries::{
    DepartmentEntry, IndicatorEntry, MeasureEntry, NodeEntry, PolicyEntry, RatingCount,
    RatingEntry, RelatedMeasures, Relation, SeriesEntry, TopicEntry, YearEntry,
};
pub use history::{BudgetYear, IndicatorHistory, by_year};
pub use imprint::Imprint;
pub use links::{Destination, LINKED_KINDS, NoDestination};
pub use measure_table::{
    ID_COLUMN, MeasureTable, PLAN_COLUMN, RATING_COLUMN, SEPARATOR, TITLE_COLUMN, TOPICS_COLUMN,
    filters, measure_table, said_of,
};
pub use page_sizes::{
    EXPLORED_ROWS, MISSED_ON_A_PAGE, ROWS_ON_A_PAGE, ROWS_ON_PAGES, is_explored, row_pages,
};
pub use pages::{FreePage, StaticFile, read_free_pages, read_static_files};
pub use places::PagesByPlace;
pub use plan::{ADDRESSES_IN_A_SITEMAP, Page, PageKind, SitePlan};
pub use sources::{FactSource, PublishedSource, joined, sheets, source_files};
pub use spending::{MoneyPart, Spending};
pub use texts::MarkdownText;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::accessibility::Accessibility;
use crate::calendar::Date;
use crate::config::{Config, Licence, Tone, Withheld};
use crate::dataset::Dataset;
use crate::map::Areas;
use crate::policy::{DeclaredFields, PublishedAddress, Redirect};
use crate::text::Id;

/// Everything that is published. Lists refer to each other by index.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The fields that the site declares.
    pub fields: DeclaredFields,
    /// Departments, in the order of `departments.csv`.
    pub departments: Vec<DepartmentEntry>,
    /// Topics, in the order of `topics.csv`.
    pub topics: Vec<TopicEntry>,
    /// Nodes of the city's plan, in the order of `plan.csv`.
    pub nodes: Vec<NodeEntry>,
    /// Ratings: the grades best first, then "not rated" and "not yet".
    pub ratings: Vec<RatingEntry>,
    /// Fiscal years, newest first.
    pub years: Vec<YearEntry>,
    /// Policies: newest year first, then in the order of the departments.
    pub policies: Vec<PolicyEntry>,
    /// Measures, in the order of their policies, then of priority.
    pub measures: Vec<MeasureEntry>,
    /// Datasets: the clerk's own by id, then the built-in ones.
    pub datasets: Vec<Dataset>,
    /// Series of datasets, by id.
    pub series: Vec<SeriesEntry>,
    /// Free pages: those of the navigation in its order, then the others by address.
    pub pages: Vec<FreePage>,
    /// The blocks of data in texts, in the order of their pages.
    pub blocks: Vec<Block>,
    /// The city's accessibility policy and test results.
    pub accessibility: Option<Accessibility>,
    /// Files copied as they are.
    pub static_files: Vec<StaticFile>,
    /// The areas of maps, by name.
    pub areas: Vec<Arc<Areas>>,
    /// Groups of words that mean the same, for search.
    pub synonyms: Vec<Vec<String>>,
    /// Addresses of renamed and removed pages.
    pub redirects: Vec<Redirect>,
    /// The addresses that were published, by the registry.
    pub addresses: Vec<PublishedAddress>,
    /// What of the content is withheld from the public, in the order of the kinds.
    pub withheld: Vec<Withheld>,
    /// The files that published facts were read from, by path; empty where the site does not
    /// publish them.
    pub source_files: Vec<PublishedSource>,
    /// Paths of the workbooks that forms read.
    pub form_files: BTreeSet<Arc<str>>,
    /// Paths of the files and folders with errors. What they would define is missing here, and is
    /// not reported as unknown where something refers to it.
    pub broken: BTreeSet<String>,
    /// Date of the last change of anything on the site; `None` where no date is known.
    pub updated: Option<Date>,
    /// The pages and files of the site, with their paths.
    pub plan: SitePlan,
}

impl Site {
    /// Whether the dataset `id` has been left out because of errors in its folder.
    pub(crate) fn is_broken_dataset(&self, id: &str) -> bool {
        self.is_broken(&format!("content/datasets/{id}"))
    }

    /// Whether the areas `name` have been left out because of errors in their file.
    pub(crate) fn are_broken_areas(&self, name: &str) -> bool {
        self.is_broken(&format!("content/areas/{name}"))
    }

    /// Whether the file `path` without its ending, or a file in the folder `path`, has errors.
    fn is_broken(&self, path: &str) -> bool {
        self.broken.iter().any(|broken| {
            let rest = broken.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        })
    }

    /// The path of the file that the host reads from the published folder; `None` if it reads none,
    /// or the city has one of its own among the static files.
    pub fn settings_path(&self) -> Option<&'static str> {
        let path = self.config.host.as_ref()?.host.settings_file()?;
        (!self.static_files.iter().any(|file| file.path == path)).then_some(path)
    }

    /// The licence of `dataset`: its own, or else the site's.
    pub fn licence_of(&self, dataset: &Dataset) -> Licence {
        dataset.licence.unwrap_or(self.config.licence)
    }

    /// Index of the department that is responsible for `dataset`.
    pub fn department_of(&self, dataset: &Dataset) -> Option<usize> {
        let id = &dataset.department.as_ref()?.value;
        self.departments.iter().position(|entry| entry.department.id == *id)
    }

    /// The path in the city's plan from the top down to the node `index`, which is the last
    /// element.
    pub fn path_of_node(&self, index: usize) -> Vec<usize> {
        let mut path = vec![index];
        while let Some(above) = self.nodes[path[0]].parent.filter(|above| !path.contains(above)) {
            path.insert(0, above);
        }
        path
    }

    /// Does the scale have a grade for missed goals? Without one there are no pages of missed
    /// goals.
    pub fn can_miss(&self) -> bool {
        self.config.ratings.grades.iter().any(|rating| rating.tone == Tone::Poor)
    }

    /// Does every yearly figure of every measure's indicators have a desired direction?
    pub fn is_judged_throughout(&self) -> bool {
        let indicators = self.measures.iter().flat_map(|measure| &measure.indicators);
        indicators.flat_map(|entry| &entry.years).all(|year| year.better.is_some())
    }

    /// Does the dataset `id` have the column `name`? Optional columns that are blank in every row
    /// are left out.
    pub fn has_column(&self, id: &str, name: &str) -> bool {
        let dataset = self.datasets.iter().find(|dataset| dataset.id.as_str() == id);
        dataset.is_some_and(|dataset| dataset.columns.iter().any(|column| column.name == name))
    }

    /// The series that the dataset `index` belongs to, and its position among the datasets of the
    /// series.
    pub fn series_of(&self, index: usize) -> Option<(&SeriesEntry, usize)> {
        self.series.iter().find_map(|entry| {
            let place = entry.datasets.iter().position(|&member| member == index)?;
            Some((entry, place))
        })
    }

    /// Indices of the topics of `dataset`.
    pub fn topics_of(&self, dataset: &Dataset) -> Vec<usize> {
        let place = |id: &Id| self.topics.iter().position(|entry| entry.topic.id == *id);
        dataset.topics.iter().filter_map(|id| place(&id.value)).collect()
    }
}
