//! **DCAT** (DCAT-AP 3.0.1): the catalogue, its datasets and their files, as a tree of nodes that
//! contains every node that a harvester needs.
//!
//! Not in here: the formats in which the graph is written (`rdf`).

mod extent;
mod series;
mod sources;
mod themes;

use serde_json::{Value, json};

use crate::artifact::FactsByPath;
use crate::config::{Contact, Licence};
use crate::dataset::{Dataset, FileFormat, Period, RelatedDocument, STANDARD_URL, StandardSet};
use crate::site::{Site, file_paths};
use crate::text::{Language, Localized};

use super::{File, files_of};

/// The catalogue as a tree of nodes. `files` are those of each dataset, in the order of the
/// datasets.
///
/// It has no nodes for released versions: harvesters take every dataset of the graph for a dataset
/// of its own.
pub(super) fn catalogue(site: &Site, files: &[Vec<File<'_>>]) -> Value {
    let base = &site.config.base_url;
    let datasets: Vec<Value> = (site.datasets.iter().zip(files).enumerate())
        .map(|(index, (described, files))| {
            let mut value = dataset(site, described, files);
            if let Some(version) = described.released_as() {
                value["dcat:version"] = json!(version);
            }
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
        "dct:license": licence(site.config.licence),
        "dct:language": site.config.languages.iter().map(|l| language(*l)).collect::<Vec<_>>(),
        "dct:spatial": area(site, &site.config.publisher.name),
        "dcat:dataset": datasets,
    });
    if site.topics.iter().any(|entry| entry.topic.theme.is_some()) {
        catalogue["dcat:themeTaxonomy"] = themes::taxonomy();
    }
    if let Some(issued) = site.datasets.iter().filter_map(|dataset| dataset.published).min() {
        catalogue["dct:issued"] = day(&issued.to_string());
    }
    if let Some(updated) = site.updated {
        catalogue["dct:modified"] = day(&updated.to_string());
    }
    if site.datasets.iter().any(|dataset| !dataset.versions.is_empty()) {
        let versions = base.join(file_paths::DCAT_VERSIONS);
        catalogue["rdfs:seeAlso"] = json!({ "@id": versions, "@type": "foaf:Document" });
    }
    catalogue
}

/// The released versions of all datasets as nodes of their own, each related to its dataset and to
/// the version before it. `None` if there are none. `facts` include those of the versions' files.
pub(super) fn versions(site: &Site, facts: &FactsByPath) -> Option<Vec<Value>> {
    let released = site.datasets.iter().filter(|dataset| !dataset.versions.is_empty());
    let nodes = released.map(|described| with_versions(site, described, facts));
    let nodes: Vec<Value> = nodes.collect();
    (!nodes.is_empty()).then_some(nodes)
}

/// The node of the dataset `described` with nothing but its released versions.
fn with_versions(site: &Site, described: &Dataset, facts: &FactsByPath) -> Value {
    let named = |dataset: &Dataset| json!({ "@id": node(site, dataset) });
    let versions = described.versions.iter().enumerate().map(|(number, version)| {
        let mut value = dataset(site, &version.table, &files_of(&version.table, facts));
        value["dcat:version"] = json!(version.name());
        value["dcat:isVersionOf"] = named(described);
        if let Some(note) = &version.note {
            value["adms:versionNotes"] = texts(site, note);
        }
        if let Some(step) = described.step(number) {
            value["dcat:previousVersion"] = named(step.before);
        }
        value
    });
    let mut value = named(described);
    value["dcat:hasVersion"] = versions.collect();
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
    let files: Vec<Value> =
        files.iter().map(|file| distribution(site, &page, dataset, file)).collect();
    let background = &dataset.background;
    let mut described = json!({
        "@id": node(site, dataset),
        "@type": "dcat:Dataset",
        // The page, because datasets of other sites have the same ids.
        "dct:identifier": page,
        "dct:title": texts(site, &dataset.title),
        "dct:description": texts(site, &dataset.plain_description()),
        "dct:publisher": publisher(site),
        "dct:language": languages(site, dataset),
        "dct:spatial": spatial(site, &page, dataset),
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
    if let Some(updated) = dataset.changed() {
        described["dct:modified"] = day(&updated.to_string());
    }
    if let Some(period) = dataset.period {
        described["dct:temporal"] = time(&format!("{page}#period"), period);
    }
    if let Some(code) = dataset.update_frequency.as_ref().and_then(|often| often.authority) {
        described["dct:accrualPeriodicity"] = json!({
            "@id": format!("http://publications.europa.eu/resource/authority/frequency/{code}"),
            "@type": "dct:Frequency",
        });
    }
    let own = background.contact.as_ref().map(|own| contact(site, &page, own));
    if let Some(asked) = own.or_else(|| contact_of_site(site)) {
        described["dcat:contactPoint"] = asked;
    }
    let themes = themes::of(site, dataset);
    if !themes.is_empty() {
        described["dcat:theme"] = json!(themes);
    }
    if !background.authors.is_empty() {
        let agent = |(number, name): (usize, &Localized)| {
            json!({
                "@id": format!("{page}#author-{}", number + 1),
                "@type": "foaf:Agent",
                "foaf:name": texts(site, name),
            })
        };
        described["dct:creator"] = background.authors.iter().enumerate().map(agent).collect();
    }
    if let Some(named) = &dataset.conforms_to {
        described["dct:conformsTo"] = standard(site, named.value.as_str());
    }
    if let Some(doi) = &background.doi {
        described["adms:identifier"] = json!({
            "@id": doi.url(),
            "@type": "adms:Identifier",
            "skos:notation": { "@value": doi.url(), "@type": "xsd:anyURI" },
        });
    }
    if let Some(method) = &background.method {
        described["dct:provenance"] = json!({
            "@id": format!("{page}#method"),
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": texts(site, method),
        });
    }
    if let Some(note) = &background.note {
        described["skos:note"] = texts(site, note);
    }
    if !background.related.is_empty() {
        let document = |document: &RelatedDocument| {
            json!({
                "@id": document.url,
                "@type": "foaf:Document",
                "dct:title": texts(site, &document.title),
            })
        };
        described["foaf:page"] = background.related.iter().map(document).collect();
    }
    let mut origins = sources::of(site, dataset);
    let named = background.sources.iter().enumerate();
    origins.extend(named.map(|(number, source)| {
        sources::named(site, &format!("{page}#source-{}", number + 1), source)
    }));
    if !origins.is_empty() {
        described["prov:wasDerivedFrom"] = origins.into();
    }
    described
}

/// The node `id` of a period. All nodes have names, so that they are the same at every harvest.
fn time(id: &str, period: Period) -> Value {
    let mut time = json!({ "@id": id, "@type": "dct:PeriodOfTime" });
    if let Some(start) = period.start {
        time["dcat:startDate"] = day(&start.to_string());
    }
    if let Some(end) = period.end {
        time["dcat:endDate"] = day(&end.to_string());
    }
    time
}

/// The node of `file` of `dataset`, with its format, size and digest. `page` is the URL of the
/// dataset's page.
fn distribution(site: &Site, page: &str, dataset: &Dataset, file: &File<'_>) -> Value {
    let url = site.config.base_url.join(file.path);
    json!({
        "@id": format!("{url}#distribution"),
        "@type": "dcat:Distribution",
        "dct:title": { "@value": file_title(file.format), "@language": "ja" },
        "dcat:accessURL": { "@id": page, "@type": "rdfs:Resource" },
        "dcat:downloadURL": { "@id": url, "@type": "rdfs:Resource" },
        "dct:description": file_description(file.format),
        "dct:license": licence(site.licence_of(dataset)),
        "dct:language": languages(site, dataset),
        "dcat:mediaType": {
            "@id": format!("https://www.iana.org/assignments/media-types/{}", file.format.media_type()),
            "@type": "dct:MediaType",
        },
        "dct:format": { "@id": file_type(file.format), "@type": "dct:MediaTypeOrExtent" },
        "dcat:byteSize": { "@value": file.facts.bytes.to_string(), "@type": "xsd:nonNegativeInteger" },
        "spdx:checksum": {
            "@id": format!("{url}#checksum"),
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

/// What a file is for, in both languages.
fn file_description(format: FileFormat) -> Value {
    let (ja, en) = match format {
        FileFormat::Csv => (
            "プログラム向けのCSV。見出しは英字の列名",
            "CSV for programs, with English column names",
        ),
        FileFormat::ExcelCsv => {
            ("Excel向けのCSV。見出しは日本語", "CSV for Excel, with Japanese headers")
        }
        FileFormat::TextCsv => {
            ("文章の列。行を区別する列で表と対応", "The long texts, linked by the primary key")
        }
        FileFormat::Workbook => {
            ("項目の説明付きのExcelファイル", "Excel workbook with the dictionary")
        }
        FileFormat::Json => ("項目の説明付きのJSON", "JSON with the dictionary"),
        FileFormat::JsonLines => ("1行に1件のJSON", "JSON, one row a line"),
        FileFormat::Parquet => ("列の型を持つParquet", "Parquet, with the types of the columns"),
        FileFormat::GeoJson => ("地図で使うGeoJSON", "GeoJSON, for maps"),
        FileFormat::Bundle => (
            "表、項目の説明、利用条件をまとめたZIP",
            "ZIP of the table, its dictionary and licence",
        ),
    };
    json!([{ "@value": ja, "@language": "ja" }, { "@value": en, "@language": "en" }])
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
    let mut agent = json!({
        "@id": format!("{}#publisher", site.config.base_url.as_str()),
        "@type": "foaf:Agent",
        "foaf:name": texts(site, &publisher.name),
        "dct:identifier": publisher.code.as_str(),
        "dct:type": concept("http://purl.org/adms/publishertype/LocalAuthority", "Local authority"),
    });
    if let Some(url) = &publisher.url {
        agent["foaf:homepage"] = json!({ "@id": url, "@type": "foaf:Document" });
    }
    agent
}

fn contact_of_site(site: &Site) -> Option<Value> {
    let asked = site.config.publisher.contact.as_ref()?;
    Some(contact(site, site.config.base_url.as_str(), asked))
}

fn contact(site: &Site, page: &str, contact: &Contact) -> Value {
    let mut card = json!({
        "@id": format!("{page}#contact"),
        "@type": "vcard:Kind",
        "vcard:fn": texts(site, &contact.name),
    });
    if let Some(email) = &contact.email {
        card["vcard:hasEmail"] = json!({ "@id": format!("mailto:{email}") });
    }
    if let Some(phone) = &contact.phone {
        let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        card["vcard:hasTelephone"] = json!({ "@id": format!("tel:{number}") });
    }
    if let Some(url) = &contact.form_url {
        card["vcard:hasURL"] = json!({ "@id": url });
    }
    card
}

/// The node of a licence, by its plain address and the title in the registers of catalogues.
fn licence(licence: Licence) -> Value {
    let (kind, label) = match licence {
        Licence::CcBy4 | Licence::Pdl1 => ("Attribution", "Attribution"),
        Licence::Cc0 => ("PublicDomain", "Public domain"),
    };
    json!({
        "@id": licence.address(),
        "@type": "dct:LicenseDocument",
        "dct:title": licence.registered_title(),
        "dct:type": concept(&format!("http://purl.org/adms/licencetype/{kind}"), label),
    })
}

/// A concept of a vocabulary with its label in English.
fn concept(id: &str, label: &str) -> Value {
    json!({
        "@id": id,
        "@type": "skos:Concept",
        "skos:prefLabel": { "@value": label, "@language": "en" },
    })
}

/// The standard with the id `id`; one that Kawaraban does not know is named by its id only.
fn standard(site: &Site, id: &str) -> Value {
    match StandardSet::find(id) {
        Some(set) => json!({
            "@id": format!("{STANDARD_URL}#{}", set.id),
            "@type": "dct:Standard",
            "dct:title": texts(site, &set.full_title()),
            "foaf:page": { "@id": STANDARD_URL, "@type": "foaf:Document" },
        }),
        None => json!({
            "@id": format!("{}#standard-{id}", site.config.base_url.as_str()),
            "@type": "dct:Standard",
            "dct:title": id,
        }),
    }
}

/// The area that a dataset covers: what its declaration names, or the whole area of the publisher;
/// with the box around its positions, if it has any.
fn spatial(site: &Site, page: &str, dataset: &Dataset) -> Value {
    let named = dataset.background.spatial.as_ref();
    let Some((box_around, centre)) = extent::of(dataset) else {
        return match named {
            Some(name) => json!({
                "@id": format!("{page}#area"),
                "@type": "dct:Location",
                "skos:prefLabel": texts(site, name),
            }),
            None => area(site, &site.config.publisher.name),
        };
    };
    json!({
        "@id": format!("{page}#area"),
        "@type": "dct:Location",
        "skos:prefLabel": texts(site, named.unwrap_or(&site.config.publisher.name)),
        "dcat:bbox": { "@value": box_around, "@type": "geo:wktLiteral" },
        "dcat:centroid": { "@value": centre, "@type": "geo:wktLiteral" },
    })
}

/// The area of the publisher, by its code.
fn area(site: &Site, name: &Localized) -> Value {
    json!({
        "@id": format!("{}#area", site.config.base_url.as_str()),
        "@type": "dct:Location",
        "skos:prefLabel": texts(site, name),
        "dct:identifier": site.config.publisher.code.as_str(),
    })
}

/// The languages of the texts of `dataset`.
fn languages(site: &Site, dataset: &Dataset) -> Value {
    match dataset.background.languages.as_slice() {
        [] => language(site.config.own_language()),
        languages => languages.iter().map(|known| linguistic_system(known.authority)).collect(),
    }
}

fn language(language: Language) -> Value {
    let code = match language {
        Language::Ja => "JPN",
        Language::En => "ENG",
    };
    linguistic_system(code)
}

fn linguistic_system(code: &str) -> Value {
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
