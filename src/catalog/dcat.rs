//! **DCAT** (DCAT-AP 3.0.1) as JSON-LD: the catalogue, its datasets and their files. The graph
//! contains every node that a harvester needs.

mod series;
mod sources;

use serde_json::{Value, json};

use crate::artifact::FactsByPath;
use crate::dataset::{Dataset, FileFormat, Period};
use crate::site::{Site, file_paths};
use crate::text::{Language, Localized};

use super::{File, files_of, pretty};

/// `catalog.jsonld`. `files` are those of each dataset, in the order of the datasets; `facts`
/// include those of the files of released versions.
pub(super) fn render(site: &Site, files: &[Vec<File<'_>>], facts: &FactsByPath) -> Vec<u8> {
    let base = &site.config.base_url;
    let datasets: Vec<Value> = (site.datasets.iter().zip(files).enumerate())
        .map(|(index, (dataset, files))| {
            let mut value = with_versions(site, dataset, files, facts);
            series::add(site, index, &mut value);
            value
        })
        .collect();
    let mut catalogue = json!({
        "@id": base.join(file_paths::DCAT),
        "@type": "dcat:Catalog",
        "dct:title": texts(site, &site.config.title),
        "dct:description": texts(site, site.config.description.as_ref().unwrap_or(&site.config.title)),
        "dct:publisher": publisher(site),
        "foaf:homepage": { "@id": base.as_str(), "@type": "foaf:Document" },
        "dct:license": licence(site.config.licence.url()),
        "dct:language": site.config.languages.iter().map(|l| language(*l)).collect::<Vec<_>>(),
        "dcat:dataset": datasets,
    });
    if let Some(updated) = site.updated {
        catalogue["dct:modified"] = day(&updated.to_string());
    }
    catalogue["@context"] = json!({
        "adms": "http://www.w3.org/ns/adms#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    });
    pretty(&catalogue)
}

/// The node of the dataset `described`, with its released versions as nodes of their own.
fn with_versions(
    site: &Site,
    described: &Dataset,
    files: &[File<'_>],
    facts: &FactsByPath,
) -> Value {
    let mut value = dataset(site, described, files);
    let node = |dataset: &Dataset| json!({ "@id": node(site, dataset) });
    let versions = described.versions.iter().enumerate().map(|(number, version)| {
        let mut value = dataset(site, &version.table, &files_of(&version.table, facts));
        value["dct:identifier"] = json!(format!("{}/{}", described.id, version.name()));
        value["dcat:version"] = json!(version.name());
        value["dcat:isVersionOf"] = node(described);
        if let Some(note) = &version.note {
            value["adms:versionNotes"] = texts(site, note);
        }
        if let Some(step) = described.step(number) {
            value["dcat:previousVersion"] = node(step.before);
        }
        value
    });
    let versions: Vec<Value> = versions.collect();
    if !versions.is_empty() {
        value["dcat:hasVersion"] = json!(versions);
    }
    value
}

/// The identifier of the node of a dataset.
fn node(site: &Site, dataset: &Dataset) -> String {
    format!("{}#dataset", site.config.base_url.join(&file_paths::page_of(dataset)))
}

/// The node of one state of a dataset with its `files`. Optional properties, such as dates and
/// contact, are left out if they are not known.
fn dataset(site: &Site, dataset: &Dataset, files: &[File<'_>]) -> Value {
    let page = site.config.base_url.join(&file_paths::page_of(dataset));
    let terms = site.licence_of(dataset).url();
    let files: Vec<Value> =
        files.iter().map(|file| distribution(site, &page, terms, file)).collect();
    let mut described = json!({
        "@id": node(site, dataset),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.id,
        "dct:title": texts(site, &dataset.title),
        "dct:description": texts(site, &dataset.plain_description()),
        "dct:publisher": publisher(site),
        "dct:language": language(site.config.own_language()),
        "dcat:landingPage": { "@id": page, "@type": "foaf:Document" },
        "dcat:distribution": files,
    });
    if !dataset.keywords.is_empty() {
        let tag = site.config.own_language().tag();
        let keywords =
            dataset.keywords.iter().map(|word| json!({ "@value": word, "@language": tag }));
        described["dcat:keyword"] = keywords.collect();
    }
    if let Some(published) = dataset.published {
        described["dct:issued"] = day(&published.to_string());
    }
    if let Some(updated) = dataset.updated {
        described["dct:modified"] = day(&updated.to_string());
    }
    if let Some(period) = dataset.period {
        described["dct:temporal"] = time(period);
    }
    if let Some(code) = dataset.update_frequency.as_ref().and_then(|often| often.authority) {
        described["dct:accrualPeriodicity"] = json!({
            "@id": format!("http://publications.europa.eu/resource/authority/frequency/{code}"),
            "@type": "dct:Frequency",
        });
    }
    if let Some(contact) = contact(site) {
        described["dcat:contactPoint"] = contact;
    }
    let origins = sources::of(site, dataset);
    if !origins.is_empty() {
        described["prov:wasDerivedFrom"] = origins.into();
    }
    described
}

fn time(period: Period) -> Value {
    let mut time = json!({ "@type": "dct:PeriodOfTime" });
    if let Some(start) = period.start {
        time["dcat:startDate"] = day(&start.to_string());
    }
    if let Some(end) = period.end {
        time["dcat:endDate"] = day(&end.to_string());
    }
    time
}

/// The node of `file`, with its format, size and digest. `page` is the URL of the dataset's page,
/// and `terms` that of its licence.
fn distribution(site: &Site, page: &str, terms: &str, file: &File<'_>) -> Value {
    let url = site.config.base_url.join(file.path);
    json!({
        "@id": format!("{url}#distribution"),
        "@type": "dcat:Distribution",
        "dct:title": { "@value": file_title(file.format), "@language": "ja" },
        "dcat:accessURL": { "@id": page, "@type": "rdfs:Resource" },
        "dcat:downloadURL": { "@id": url, "@type": "rdfs:Resource" },
        "dct:license": licence(terms),
        "dct:language": language(site.config.own_language()),
        "dcat:mediaType": {
            "@id": format!("https://www.iana.org/assignments/media-types/{}", file.format.media_type()),
            "@type": "dct:MediaType",
        },
        "dct:format": { "@id": file_type(file.format), "@type": "dct:MediaTypeOrExtent" },
        "dcat:byteSize": { "@value": file.facts.bytes.to_string(), "@type": "xsd:nonNegativeInteger" },
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm" },
            "spdx:checksumValue": { "@value": file.facts.sha256, "@type": "xsd:hexBinary" },
        },
    })
}

fn file_title(format: FileFormat) -> String {
    match format {
        FileFormat::ExcelCsv => "CSV（Excel用）".to_owned(),
        FileFormat::TextCsv => "CSV（文章）".to_owned(),
        format => format.name().to_owned(),
    }
}

/// The URI of the format in the EU's authority table of file types, which harvesters use.
fn file_type(format: FileFormat) -> String {
    let name = match format {
        FileFormat::Csv | FileFormat::ExcelCsv | FileFormat::TextCsv => "CSV",
        FileFormat::Json => "JSON",
        FileFormat::JsonLines => "JSON_L",
        FileFormat::Parquet => "PARQUET",
        FileFormat::Workbook => "XLSX",
        FileFormat::GeoJson => "GEOJSON",
        FileFormat::Bundle => "ZIP",
    };
    format!("http://publications.europa.eu/resource/authority/file-type/{name}")
}

fn publisher(site: &Site) -> Value {
    let publisher = &site.config.publisher;
    json!({
        "@id": format!("{}#publisher", site.config.base_url.as_str()),
        "@type": "foaf:Agent",
        "foaf:name": texts(site, &publisher.name),
    })
}

fn contact(site: &Site) -> Option<Value> {
    let contact = site.config.publisher.contact.as_ref()?;
    let mut card = json!({ "@type": "vcard:Kind", "vcard:fn": contact.name.own });
    if let Some(email) = &contact.email {
        card["vcard:hasEmail"] = json!({ "@id": format!("mailto:{email}") });
    }
    Some(card)
}

fn licence(url: &str) -> Value {
    json!({ "@id": url, "@type": "dct:LicenseDocument" })
}

fn language(language: Language) -> Value {
    let code = match language {
        Language::Ja => "JPN",
        Language::En => "ENG",
    };
    json!({
        "@id": format!("http://publications.europa.eu/resource/authority/language/{code}"),
        "@type": "dct:LinguisticSystem",
    })
}

fn texts(site: &Site, text: &Localized) -> Value {
    let own = json!({ "@value": text.own, "@language": site.config.own_language().tag() });
    match &text.en {
        Some(english) => json!([own, { "@value": english, "@language": "en" }]),
        None => own,
    }
}

fn day(date: &str) -> Value {
    json!({ "@value": date, "@type": "xsd:date" })
}
