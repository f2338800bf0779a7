//! Reads the settings from `site.toml`.

use std::sync::Arc;

use crate::diagnostic::{self, Diagnostics, Located};
use crate::document::{self, Keys, Shape};
use crate::message;
use crate::source::Limits;
use crate::text::{Id, Language, Localized};

use super::checks;
use super::code::CodeProblem;
use super::content_format;
use super::{
    BaseUrl, ChosenHost, Config, Contact, FontName, IndicatorKind, Licence, LocalGovernmentCode,
    MinusSign, PerHead, Pictures, PlanLevel, Publisher, Rating, RatingScale, Selection, Tone,
    Unrated, WantedFormats,
};

/// Whether every page has a twin in Markdown.
const TWINS: [(&str, bool); 2] = [("markdown", true), ("none", false)];

/// The values of `sources.publish`, and whether each publishes the sources of facts.
const SOURCES: [(&str, bool); 2] = [("references", true), ("none", false)];

/// Maximum number of search results per page; more would only cost data volume.
const MAX_SEARCH_PAGE_SIZE: i64 = 100;

/// Reads the settings from `text`, the contents of `file`. Problems are added to `diagnostics`; a
/// missing or wrong setting is replaced by a harmless value, so that the rest of the site can be
/// checked.
pub(super) fn read(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Config {
    document::read(file, text, diagnostics, read_keys).unwrap_or_else(|| {
        // The site has both languages here, so that no page is reported as being in a language that
        // the site does not have.
        let languages = vec![Language::Ja, Language::En];
        let nothing = &mut Diagnostics::new();
        let read = document::read(file, "", nothing, read_keys);
        Config { languages, ..read.expect("an empty document is well formed") }
    })
}

/// The limits that `text`, the content of `site.toml`, sets: they are needed before anything else
/// is read. What is wrong in it is reported when the config is [loaded](super::load).
pub fn limits(text: &str) -> Limits {
    let file = Arc::from("content/site.toml");
    let read = |keys: &mut Keys<'_>| keys.table("limits", read_limits);
    document::read(&file, text, &mut Diagnostics::new(), read).flatten().unwrap_or_default()
}

/// The shape of `site.toml`.
pub fn shape() -> Shape {
    document::shape(read_keys)
}

/// Reads all settings from the top level of `site.toml`. Missing and wrong settings have their
/// defaults or, if they are required, placeholders. Problems are reported.
fn read_keys(keys: &mut Keys<'_>) -> Config {
    content_format::read(keys);
    let title = keys.required_localized("title");
    let description = keys.localized("description");
    let notice = keys.localized("notice");
    let base_url = read_base_url(keys);
    let languages = read_languages(keys);
    let theme = keys.located_text("theme");
    let updated = keys.date("updated");
    let publisher = keys.required_table("publisher", read_publisher);
    let licence = keys.table("licence", |keys| keys.choice("id", &Licence::CHOICES)).flatten();
    let scale_name = keys.localized("ratings_name");
    let grades = read_grades(keys);
    let unrated = keys.table("unrated", read_unrated).unwrap_or_else(|| unrated(None, None));
    let indicator_kinds = read_kinds(keys);
    let plan_levels = keys.table("plan", read_levels).unwrap_or_default();
    let budget_unit = keys.table("budgets", |keys| keys.localized("unit")).flatten();
    let minus = keys.table("numbers", |keys| keys.choice("minus", &MinusSign::CHOICES)).flatten();
    let home_indicators = keys.table("home", |keys| keys.texts("indicators")).unwrap_or_default();
    let population = keys.table("money", |keys| keys.table("population", read_per_head)).flatten();
    let pictures = keys.table("pictures", read_pictures).flatten();
    let search_page_size = keys.table("search", read_page_size).flatten();
    let publishes_sources = keys.table("sources", |keys| keys.choice("publish", &SOURCES));
    let twins = keys.table("pages", |keys| keys.choice("twins", &TWINS));
    let formats = keys.table("data", WantedFormats::read).unwrap_or_default();
    let limits = keys.table("limits", read_limits);
    let host = keys.table("host", ChosenHost::read).flatten();
    let judgement = checks::read(keys);
    Config {
        title: title.unwrap_or_default(),
        description,
        notice,
        base_url: base_url.unwrap_or_else(|| {
            BaseUrl::parse("https://data.city.example/").expect("an address that stands in")
        }),
        selection: Selection::default(),
        offline_search: false,
        without_files: false,
        languages,
        theme: theme.unwrap_or_else(|| Located::new("default".to_owned(), keys.place())),
        updated,
        publisher: publisher.unwrap_or_else(|| Publisher {
            name: Localized::default(),
            kana: None,
            code: LocalGovernmentCode::parse("999997").expect("a code that stands in"),
            url: None,
            contact: None,
        }),
        licence: licence.unwrap_or(Licence::CcBy4),
        ratings: RatingScale { name: scale_name, grades, unrated },
        indicator_kinds,
        plan_levels,
        budget_unit: budget_unit.unwrap_or_else(|| Localized::with_english("千円", "thousand yen")),
        minus: minus.unwrap_or_default(),
        home_indicators,
        population: population.flatten(),
        pictures,
        search_page_size: search_page_size.unwrap_or(10),
        publishes_sources: publishes_sources.flatten().unwrap_or(true),
        has_twins: twins.flatten().unwrap_or(true),
        formats,
        limits: limits.unwrap_or_default(),
        host,
        judgement,
    }
}

fn read_base_url(keys: &mut Keys<'_>) -> Option<BaseUrl> {
    let text = keys.required_text("base_url")?;
    let base_url = BaseUrl::parse(&text);
    if base_url.is_none() {
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            "base_url",
            message!(
                ja: "「{text}」は公開先のURLとして使えません",
                en: "`{text}` cannot be used as the site's URL",
            ),
            message!(
                ja: "「https://data.city.example.jp/」のように記入してください",
                en: "write it as `https://data.city.example.jp/`",
            ),
        );
    }
    base_url
}

/// Reads `languages`, in the order written. Unknown and repeated languages are reported and left
/// out; Japanese is the only language if none remains.
fn read_languages(keys: &mut Keys<'_>) -> Vec<Language> {
    let mut languages = Vec::new();
    let mut wrong = Vec::new();
    for tag in keys.texts("languages") {
        match Language::parse(&tag) {
            Some(language) if !languages.contains(&language) => languages.push(language),
            Some(_) | None => wrong.push(tag.value),
        }
    }
    for tag in wrong {
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            "languages",
            message!(
                ja: "「languages」に「{tag}」は使えません",
                en: "`{tag}` is not an allowed value of `languages`",
            ),
            message!(
                ja: "使える値：ja、en（それぞれ1回まで）",
                en: "allowed values: `ja`, `en`, each at most once",
            ),
        );
    }
    if languages.is_empty() {
        languages.push(Language::Ja);
    }
    languages
}

fn read_publisher(keys: &mut Keys<'_>) -> Option<Publisher> {
    let name = keys.required_localized("name");
    let kana = keys.text("name_kana");
    let code = read_code(keys);
    let url = keys.url("url");
    let contact = keys.table("contact", Contact::read).flatten();
    Some(Publisher { name: name?, kana, code: code?, url, contact })
}

/// Reads the required key `code`. A code that is not valid is reported, together with the code that
/// was probably meant, and gives `None`.
fn read_code(keys: &mut Keys<'_>) -> Option<LocalGovernmentCode> {
    let text = keys.required_text("code")?;
    let problem = match LocalGovernmentCode::parse(&text) {
        Ok(code) => return Some(code),
        Err(problem) => problem,
    };
    let help = match problem {
        CodeProblem::Shape => message!(
            ja: "半角数字6桁（最後の1桁は検査数字）を「\"」で囲んで記入してください",
            en: "write six digits, the last of which is the check digit, in double quotes",
        ),
        other => other.help(),
    };
    keys.problem(
        &diagnostic::CONFIG_CODE,
        "code",
        message!(
            ja: "「{text}」は全国地方公共団体コードではありません",
            en: "`{text}` is not a local government code (全国地方公共団体コード)",
        ),
        help,
    );
    None
}

/// Reads the grades from `[[ratings]]`, in the order written, which is best first. A grade with a
/// missing or wrong value is left out, and so is one whose id is reserved or already used; each is
/// reported.
fn read_grades(keys: &mut Keys<'_>) -> Vec<Rating> {
    let mut seen: Vec<Id> = Vec::new();
    let found = keys.tables("ratings", |keys| {
        let id = keys.required_id("id");
        let label = keys.required_localized("label");
        let meaning = keys.required_localized("meaning");
        let tone = keys.required_choice("tone", &Tone::CHOICES);
        let id = id?;
        let reserved = [RatingScale::NOT_YET, RatingScale::NOT_RATED].contains(&id.as_str());
        if reserved || seen.contains(&id) {
            let text = id.as_str();
            keys.problem(
                &diagnostic::CONFIG_RATING,
                "id",
                message!(
                    ja: "達成度のID「{text}」はすでに使われています",
                    en: "the rating id `{text}` is already used",
                ),
                message!(
                    ja: "別のIDにしてください（「not-yet」と「not-rated」は使えません）",
                    en: "choose another id (`not-yet` and `not-rated` are reserved)",
                ),
            );
            return None;
        }
        seen.push(id.value.clone());
        Some(Rating { id: id.value, label: label?, meaning: meaning?, tone: tone? })
    });
    found.into_iter().flatten().collect()
}

fn read_kinds(keys: &mut Keys<'_>) -> Vec<IndicatorKind> {
    if !keys.has("indicator_kinds") {
        return IndicatorKind::defaults();
    }
    let kinds = read_names(keys, "indicator_kinds", ("指標の種別", "kind"));
    kinds.into_iter().map(|(id, label)| IndicatorKind { id, label }).collect()
}

fn read_levels(keys: &mut Keys<'_>) -> Vec<PlanLevel> {
    let levels = read_names(keys, "levels", ("計画の階層", "level"));
    levels.into_iter().map(|(id, label)| PlanLevel { id, label }).collect()
}

/// Reads the array of tables `key` as ids with their labels. An entry whose id or label is already
/// used is reported and left out. `ja` and `en` name the kind of entry in messages.
fn read_names(
    keys: &mut Keys<'_>,
    key: &'static str,
    (ja, en): (&str, &str),
) -> Vec<(Id, Localized)> {
    let mut names: Vec<(Id, Localized)> = Vec::new();
    keys.tables(key, |keys| {
        let id = keys.required_id("id");
        let label = keys.required_localized("label");
        let Some((id, label)) = id.zip(label) else { return };
        let same = |(other, name): &(Id, Localized)| *other == id.value || name.own == label.own;
        if names.iter().any(same) {
            let (text, label) = (id.as_str(), &label.own);
            keys.problem(
                &diagnostic::CONFIG_KIND,
                "id",
                message!(
                    ja: "{ja}「{label}」（{text}）のIDか名称がすでに使われています",
                    en: "the id or the label of the {en} `{text}` (`{label}`) is already used",
                ),
                message!(ja: "別のIDと名称にしてください", en: "choose another id and label"),
            );
            return;
        }
        names.push((id.value, label));
    });
    names
}

fn read_unrated(keys: &mut Keys<'_>) -> Unrated {
    let not_yet = keys.localized("not_yet");
    let not_rated = keys.localized("not_rated");
    unrated(not_yet, not_rated)
}

/// The two ratings that are not grades, with the given labels or, for `None`, the default ones.
fn unrated(not_yet: Option<Localized>, not_rated: Option<Localized>) -> Unrated {
    let rating =
        |id: &str, label: Option<Localized>, ja: &str, en: &str, meaning: Localized| Rating {
            id: Id::parse(id).expect("a reserved id is well formed"),
            label: label.unwrap_or_else(|| Localized::with_english(ja, en)),
            meaning,
            tone: Tone::None,
        };
    Unrated {
        not_yet: rating(
            RatingScale::NOT_YET,
            not_yet,
            "実績公表前",
            "Results not published yet",
            Localized::with_english(
                "年度の途中か、実績がまだ公表されていません。",
                "The year is still running, or its results have not been published yet.",
            ),
        ),
        not_rated: rating(
            RatingScale::NOT_RATED,
            not_rated,
            "評価対象外",
            "Not rated this year",
            Localized::with_english(
                "この年度は達成度の評価を行っていません。",
                "No rating was given for this year.",
            ),
        ),
    }
}

fn read_per_head(keys: &mut Keys<'_>) -> Option<PerHead> {
    let dataset = required(keys, "dataset");
    let column = required(keys, "column");
    let date = required(keys, "date");
    Some(PerHead { dataset: dataset?, column: column?, date: date? })
}

fn required(keys: &mut Keys<'_>, key: &'static str) -> Option<Located<String>> {
    if !keys.has(key) {
        return keys.missing(key);
    }
    keys.located_text(key)
}

fn read_pictures(keys: &mut Keys<'_>) -> Option<Pictures> {
    let mut names = |key: &str| {
        let name = |text: Located<String>| Located::new(FontName::parse(&text.value), text.place);
        keys.texts(key).into_iter().map(name).collect::<Vec<_>>()
    };
    let (fonts, title_fonts) = (names("fonts"), names("title_fonts"));
    if !keys.has("fonts") {
        return keys.missing("fonts");
    }
    // An empty list, or a value of another type, has already been reported.
    let place = keys.place_of("fonts");
    (!fonts.is_empty()).then_some(Pictures { fonts, title_fonts, place })
}

/// Reads the limits on the size of tables. The defaults apply to absent keys and to values below 1,
/// which are reported.
fn read_limits(keys: &mut Keys<'_>) -> Limits {
    let mut limits = Limits::default();
    for (key, limit) in [
        ("file", &mut limits.file),
        ("toml", &mut limits.toml),
        ("markdown", &mut limits.markdown),
        ("font", &mut limits.font),
        ("content", &mut limits.content),
        ("unpacked", &mut limits.unpacked),
        ("cells", &mut limits.cells),
        ("columns", &mut limits.columns),
        ("cell", &mut limits.cell),
        ("repeated", &mut limits.repeated),
    ] {
        let Some(most) = keys.integer(key) else { continue };
        match u64::try_from(most).ok().filter(|most| *most > 0) {
            Some(most) => *limit = most,
            None => keys.problem(
                &diagnostic::DOCUMENT_VALUE,
                key,
                message!(
                    ja: "「limits.{key}」に「{most}」は使えません",
                    en: "`{most}` is not an allowed value of `limits.{key}`",
                ),
                message!(
                    ja: "1以上の整数を記入してください",
                    en: "write a whole number of 1 or more",
                ),
            ),
        }
    }
    limits
}

fn read_page_size(keys: &mut Keys<'_>) -> Option<usize> {
    let size = keys.integer("page_size")?;
    if (1..=MAX_SEARCH_PAGE_SIZE).contains(&size) {
        return usize::try_from(size).ok();
    }
    keys.problem(
        &diagnostic::DOCUMENT_VALUE,
        "page_size",
        message!(
            ja: "「search.page_size」に「{size}」は使えません",
            en: "`{size}` is not an allowed value of `search.page_size`",
        ),
        message!(
            ja: "1から{MAX_SEARCH_PAGE_SIZE}までの整数を記入してください",
            en: "write a whole number from 1 to {MAX_SEARCH_PAGE_SIZE}",
        ),
    );
    None
}
