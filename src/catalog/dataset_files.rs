//! The **files of a dataset**: its table in every format that the site wants and that can hold it,
//! and the bundle of the tables.
//!
//! Not in here: the formats, one module each, and what describes the files (`data_package`, …).

use rayon::prelude::*;

use crate::artifact::{Artifact, Body, FileFacts, FileOrigin, Sink};
use crate::dataset::{Dataset, FileFormat, Version};
use crate::site::{Imprint, Site, file_paths};

#[cfg(feature = "parquet")]
use super::parquet;
#[cfg(feature = "excel")]
use super::workbook;
use super::{File, bundle, csv, geojson, json};

/// Everything that the files of one dataset are made from.
#[derive(Hash)]
pub(super) struct DatasetFiles<'d> {
    /// The dataset, which may be a released version.
    dataset: &'d Dataset,
    imprint: Imprint<'d>,
    /// The names of all topics of each measure, which the workbook of the measures has.
    topics: Option<Vec<String>>,
    /// The file of a released version that is not made anew, by its format.
    stored: Vec<(FileFormat, &'d [u8])>,
}

/// A dataset whose files have been written.
pub(super) struct WrittenDataset {
    /// Its files in every format that can hold it, the bundle last.
    pub files: Vec<(FileFormat, String, FileFacts)>,
    /// The bundle itself, from which the site's bundle is made; `None` for a site without bundles.
    pub bundle: Option<Body>,
}

impl WrittenDataset {
    /// The files as the catalogue describes them.
    pub fn files(&self) -> Vec<File<'_>> {
        let files = self.files.iter();
        files
            .map(|(format, path, facts)| File { path, format: *format, facts: facts.clone() })
            .collect()
    }
}

impl<'d> DatasetFiles<'d> {
    /// The files of `dataset`. Those that are stored with a released `version` stay as they are.
    pub fn of(site: &'d Site, dataset: &'d Dataset, version: Option<&'d Version>) -> Self {
        let stored = version.map(|version| {
            let lines = version.lines.as_deref().map(|lines| (FileFormat::JsonLines, lines));
            [(FileFormat::Csv, &*version.csv)].into_iter().chain(lines).collect()
        });
        Self {
            dataset,
            imprint: Imprint::of(site, dataset),
            topics: topics_of_rows(site, dataset),
            stored: stored.unwrap_or_default(),
        }
    }

    /// Writes the files into `sink`, each as soon as it is made, unless the sink has those of the
    /// same origin. The bundle, which contains the tables, is the last.
    pub fn write(&self, sink: &dyn Sink) -> WrittenDataset {
        let formats: Vec<FileFormat> = FileFormat::of(self.dataset, self.imprint.formats).collect();
        let origin = FileOrigin::of("files of a dataset", self);
        self.again(&formats, &origin, sink).unwrap_or_else(|| self.anew(&formats, &origin, sink))
    }

    /// Takes the files of `origin` over from the last site; `None` if it has not all of them.
    fn again(
        &self,
        formats: &[FileFormat],
        origin: &FileOrigin,
        sink: &dyn Sink,
    ) -> Option<WrittenDataset> {
        let bundle = match formats.contains(&FileFormat::Bundle) {
            true => {
                let path = file_paths::file_of(self.dataset, FileFormat::Bundle);
                Some(sink.body_again(origin, &path)?)
            }
            false => None,
        };
        let known = sink.again(origin)?;
        let file = |format| {
            let path = file_paths::file_of(self.dataset, format);
            let (_, facts) = known.iter().find(|(known, _)| *known == path)?;
            Some((format, path, facts.clone()))
        };
        let is_bundle = |format: &FileFormat| *format == FileFormat::Bundle;
        let (bundles, tables): (Vec<_>, Vec<_>) = formats.iter().copied().partition(is_bundle);
        let files = tables.into_iter().chain(bundles).filter_map(file).collect();
        Some(WrittenDataset { files, bundle })
    }

    /// Makes the files.
    fn anew(&self, formats: &[FileFormat], origin: &FileOrigin, sink: &dyn Sink) -> WrittenDataset {
        let bundled = formats.contains(&FileFormat::Bundle);
        let take = |format, body| {
            let path = file_paths::file_of(self.dataset, format);
            let facts = sink.take_made(Artifact::new(path.clone(), body), origin);
            (format, path, facts)
        };
        let write = |format: FileFormat| {
            let body = self.body(format)?;
            let table = (bundled && format.is_bundled()).then(|| (format, body.clone()));
            Some((take(format, body), table))
        };
        let written: Vec<_> = formats.par_iter().copied().filter_map(write).collect();
        let (mut files, tables): (Vec<_>, Vec<_>) = written.into_iter().unzip();
        let bundle = bundled.then(|| {
            let tables: Vec<(FileFormat, Body)> = tables.into_iter().flatten().collect();
            let bundle = Body::from(bundle::render(&self.imprint, self.dataset, &tables));
            files.push(take(FileFormat::Bundle, bundle.clone()));
            bundle
        });
        WrittenDataset { files, bundle }
    }

    /// The file in `format`. `None` for the bundle, which is made of others, and for formats that
    /// were not compiled.
    fn body(&self, format: FileFormat) -> Option<Body> {
        if let Some((_, bytes)) = self.stored.iter().find(|(stored, _)| *stored == format) {
            return Some(bytes.to_vec().into());
        }
        let Self { dataset, imprint, .. } = self;
        Some(match format {
            FileFormat::Csv => csv::render(dataset, csv::Dialect::Plain),
            FileFormat::ExcelCsv => csv::render(dataset, csv::Dialect::Excel),
            FileFormat::TextCsv => csv::texts(dataset),
            FileFormat::Json => json::render(imprint, dataset),
            FileFormat::JsonLines => json::render_lines(dataset),
            #[cfg(feature = "parquet")]
            FileFormat::Parquet => parquet::render(imprint, dataset),
            #[cfg(feature = "excel")]
            FileFormat::Workbook => {
                workbook::render(imprint, dataset, self.topics.as_deref()).into()
            }
            FileFormat::GeoJson => geojson::render(dataset),
            _ => return None,
        })
    }
}

/// The names of all topics of each measure, if `dataset` is the built-in one of the measures of
/// `site`, and `site` has topics.
fn topics_of_rows(site: &Site, dataset: &Dataset) -> Option<Vec<String>> {
    let is_of_measures = dataset.built_in
        && dataset.version.is_none()
        && dataset.id.as_str() == "measures"
        && dataset.rows.len() == site.measures.len();
    let names = |topics: &[usize]| {
        let names = topics.iter().map(|&topic| site.topics[topic].topic.name.own.as_str());
        names.collect::<Vec<_>>().join("、")
    };
    (is_of_measures && !site.topics.is_empty())
        .then(|| site.measures.iter().map(|measure| names(&measure.topics)).collect())
}
