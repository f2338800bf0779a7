//! The domain's things from their files: which files there are, and what their rows mean.

use std::collections::BTreeSet;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::table::{self, Bound, ColumnSpec, Fields};
use crate::text::Id;

use super::written::{WrittenMeasure, WrittenPolicy, WrittenResult};
use super::{
    BUDGETS, Better, Budget, DEPARTMENTS, Department, INDICATORS, IndicatorYear, MEASURES,
    POLICIES, REDIRECTS, Redirect, TOPICS, Topic, toml,
};

/// `departments.csv`
pub(super) fn departments(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Department> {
    let Some(file) = single(sources, "departments") else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file("content/departments.csv"),
                message!(ja: "`departments.csv` がない", en: "there is no `departments.csv`"),
            )
            .with_help(message!(
                ja: "`content` に `departments.csv` を作り、1行目に `id,name` と書く",
                en: "make a `departments.csv` in `content`, its first row `id,name`",
            )),
        );
        return Vec::new();
    };
    let departments = rows(file, DEPARTMENTS, diagnostics, |fields| {
        let id = fields.required_id("id");
        let name = fields.required_localized("name");
        let kana = katakana(fields);
        let parent = fields.id("parent");
        let valid_from = fields.date("valid_from");
        let valid_to = fields.date("valid_to");
        let successors = fields.ids("successor");
        if valid_from.zip(valid_to).is_some_and(|(from, to)| from > to) {
            fields.problem(
                &diagnostic::POLICY_PERIOD,
                "valid_to",
                message!(ja: "終了日が開始日より前である", en: "the last day lies before the first"),
                message!(ja: "どちらかの日付を直す", en: "mend one of the two dates"),
            );
        }
        Some(Department {
            id: id?.value,
            name: name?,
            kana,
            parent,
            valid_from,
            valid_to,
            successors,
            place: fields.place(),
        })
    });
    let departments = unique(departments, |d| (&d.id, &d.place), diagnostics);
    report_dangling(&departments, diagnostics);
    departments
}

/// `topics.csv`
pub(super) fn topics(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Topic> {
    let Some(file) = single(sources, "topics") else { return Vec::new() };
    let topics = rows(file, TOPICS, diagnostics, |fields| {
        let id = fields.required_id("id");
        let name = fields.required_localized("name");
        let kana = katakana(fields);
        Some(Topic { id: id?.value, name: name?, kana, place: fields.place() })
    });
    unique(topics, |topic| (&topic.id, &topic.place), diagnostics)
}

/// `synonyms.csv`: groups of words, without header.
pub(super) fn synonyms(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let Some(file) = sources.get("content/synonyms.csv") else { return Vec::new() };
    table::read_groups(file, diagnostics)
}

/// `redirects.csv`
pub(super) fn redirects(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Redirect> {
    let Some(file) = single(sources, "redirects") else { return Vec::new() };
    rows(file, REDIRECTS, diagnostics, |fields| {
        let from = fields.required_located_text("from");
        let to = fields.located_text("to");
        let date = fields.date("date");
        let note = fields.text("note");
        let paths = [("from", from.as_ref()), ("to", to.as_ref())];
        for (name, path) in paths.into_iter().filter_map(|(name, path)| Some((name, path?))) {
            if path.split('/').all(|part| Id::parse(part).is_some()) {
                continue;
            }
            let written = &path.value;
            fields.problem(
                &diagnostic::TABLE_VALUE,
                name,
                message!(
                    ja: "`{written}` はページのパスでない",
                    en: "`{written}` is not the path of a page",
                ),
                message!(
                    ja: "`measures/old-id` のように、`.html` を付けずに書く",
                    en: "write it as `measures/old-id`, without `.html`",
                ),
            );
            return None;
        }
        Some(Redirect { from: from?.value, to, date, note, place: fields.place() })
    })
}

/// `policies/**/*.toml`
pub(super) fn policies_in_toml(
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenPolicy> {
    let mut policies = Vec::new();
    for file in sources.files_below("content/policies/") {
        if file.path.to_lowercase().ends_with(".toml") {
            if let Some(text) = file.text(diagnostics) {
                policies.extend(toml::read(&file.path, &text, diagnostics));
            }
        } else if !table::is_table(&file.path) {
            diagnostics.push(unexpected(file));
        }
    }
    policies
}

/// `policies/**/*.csv`
pub(super) fn policies(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<WrittenPolicy> {
    let tables =
        sources.files_below("content/policies/").filter(|file| table::is_table(&file.path));
    let mut policies = Vec::new();
    for file in tables {
        policies.extend(rows(file, POLICIES, diagnostics, |fields| {
            let department = fields.required_located_text("department");
            let fiscal_year = fields.required_fiscal_year("fiscal_year");
            let headline = fields.localized("headline");
            let statement = fields.localized("statement");
            let published = fields.date("published");
            let updated = fields.date("updated");
            let draft = fields.flag("draft");
            Some(WrittenPolicy {
                department: department?,
                fiscal_year: fiscal_year?,
                headline,
                statement,
                published,
                updated,
                draft,
                measures: Vec::new(),
                place: fields.place(),
            })
        }));
    }
    policies
}

/// `measures/**/*.csv`: each row a piece of a policy with one measure.
pub(super) fn measures(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<WrittenPolicy> {
    tables_below(sources, "content/measures/", MEASURES, diagnostics, read_measure)
}

fn read_measure(fields: &mut Fields<'_, '_>) -> Option<WrittenPolicy> {
    let id = fields.required_id("id");
    let fiscal_year = fields.required_fiscal_year("fiscal_year");
    let department = fields.required_located_text("department");
    let series = fields.id("series");
    let title = fields.required_localized("title");
    let kana = fields.located_text("kana");
    let topics = fields.list("topics");
    let direction = fields.localized("direction");
    let easy = fields.text("easy");
    let updated = fields.date("updated");
    let draft = fields.flag("draft");
    let result = read_result(fields);
    let place = fields.place();
    let measure = WrittenMeasure {
        id: id?,
        series: series.map(|series| series.value),
        title: title?,
        kana,
        topics,
        direction,
        easy,
        updated,
        draft,
        result,
        place: place.clone(),
    };
    Some(WrittenPolicy {
        department: department?,
        fiscal_year: fiscal_year?,
        headline: None,
        statement: None,
        published: None,
        updated: None,
        draft: false,
        measures: vec![measure],
        place,
    })
}

fn read_result(fields: &mut Fields<'_, '_>) -> Option<WrittenResult> {
    let rating = fields.located_text("rating");
    let account = fields.localized("account");
    let published = fields.date("result_published");
    if rating.is_none() && account.is_none() && published.is_none() {
        return None;
    }
    Some(WrittenResult { rating, account, published, place: fields.place() })
}

/// `indicators/**/*.csv`
pub(super) fn indicators(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<IndicatorYear> {
    tables_below(sources, "content/indicators/", INDICATORS, diagnostics, |fields| {
        let measure = fields.required_id("measure");
        let indicator = fields.required_id("indicator");
        let name = fields.required_localized("name");
        let unit = fields.text("unit");
        let better = fields.required_choice("better", &Better::CHOICES);
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let baseline = fields.decimal("baseline");
        let target = fields.decimal("target");
        let actual = fields.decimal("actual");
        let note = fields.text("note");
        Some(IndicatorYear {
            measure: measure?,
            indicator: indicator?.value,
            name: name?,
            unit,
            better: better?,
            fiscal_year: fiscal_year?,
            baseline,
            target,
            actual,
            note,
            place: fields.place(),
        })
    })
}

/// `budgets/**/*.csv`
pub(super) fn budgets(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Budget> {
    tables_below(sources, "content/budgets/", BUDGETS, diagnostics, |fields| {
        let measure = fields.required_id("measure");
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let budget = fields.decimal("budget");
        let settled = fields.decimal("settled");
        let source = fields.text("source");
        let note = fields.text("note");
        Some(Budget {
            measure: measure?,
            fiscal_year: fiscal_year?,
            budget,
            settled,
            source,
            note,
            place: fields.place(),
        })
    })
}

/// The table `content/<name>` with any of the endings of tables.
fn single<'s>(sources: &'s Sources, name: &str) -> Option<&'s SourceFile> {
    table::ENDINGS.iter().find_map(|ending| sources.get(&format!("content/{name}{ending}")))
}

/// The rows of every table below `folder`.
fn tables_below<T>(
    sources: &Sources,
    folder: &str,
    specs: &'static [ColumnSpec],
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut Fields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for file in sources.files_below(folder) {
        if table::is_table(&file.path) {
            found.extend(rows(file, specs, diagnostics, &mut read));
        } else {
            diagnostics.push(unexpected(file));
        }
    }
    found
}

fn rows<T>(
    file: &SourceFile,
    specs: &'static [ColumnSpec],
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut Fields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let Some(table) = table::read(file, None, diagnostics) else { return Vec::new() };
    let Some(bound) = Bound::bind(&table, specs, diagnostics) else { return Vec::new() };
    bound.rows(diagnostics, |fields| read(fields))
}

fn unexpected(file: &SourceFile) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_UNEXPECTED,
        Place::file(file.path.clone()),
        message!(
            ja: "このフォルダーには置けない種類のファイルである",
            en: "a file of this kind does not belong into this folder",
        ),
    )
    .with_help(message!(
        ja: "公開するファイルは `content/static` に置き、要らないものは消す",
        en: "put files to be published into `content/static`, and remove what is not needed",
    ))
}

fn katakana(fields: &mut Fields<'_, '_>) -> Option<String> {
    let kana = fields.text("name_kana")?;
    if kana.chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | ' ' | '　' | '・')) {
        return Some(kana);
    }
    fields.problem(
        &diagnostic::POLICY_READING,
        "name_kana",
        message!(
            ja: "読み `{kana}` に全角カタカナでない文字がある",
            en: "the reading `{kana}` is not all full-width katakana",
        ),
        message!(
            ja: "数字や英字も読みのとおりカタカナで書く",
            en: "write it in katakana, figures and letters too",
        ),
    );
    None
}

/// Each id once; a second use is an error.
fn unique<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> (&Id, &Place),
    diagnostics: &mut Diagnostics,
) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let (id, place) = key(&item);
        let Some(first) = kept.iter().map(&key).find(|(other, _)| *other == id) else {
            kept.push(item);
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_ID,
                place.clone(),
                message!(ja: "ID `{id}` が二度使われている", en: "the id `{id}` is used twice"),
            )
            .with_help(message!(ja: "どちらかのIDを変える", en: "change one of the two"))
            .with_related(first.1.clone(), message!(ja: "先に使われた場所", en: "first used here")),
        );
    }
    kept
}

/// Parents and successors must be departments, and must not lead back to where they began.
fn report_dangling(departments: &[Department], diagnostics: &mut Diagnostics) {
    let find = |id: &Id| departments.iter().find(|department| department.id == *id);
    for department in departments {
        for reference in department.parent.iter().chain(&department.successors) {
            if find(&reference.value).is_none() {
                let known = departments.iter().map(|department| department.id.as_str());
                diagnostics.push(super::assemble::unknown_id(
                    "部局",
                    "department",
                    reference,
                    known,
                ));
            }
        }
        let parents = |department: &Department| department.parent.iter().cloned().collect();
        let successors = |department: &Department| department.successors.clone();
        if leads_back(department, departments, parents) {
            let message = message!(
                ja: "上位部局をたどると自分自身に戻る",
                en: "the parents of this department lead back to it",
            );
            diagnostics.push(cycle(department, message));
        }
        if leads_back(department, departments, successors) {
            let message = message!(
                ja: "後継部局をたどると自分自身に戻る",
                en: "the successors of this department lead back to it",
            );
            diagnostics.push(cycle(department, message));
        }
    }
}

/// Does `next`, followed from `start` as far as it goes, come back to it?
fn leads_back(
    start: &Department,
    departments: &[Department],
    next: impl Fn(&Department) -> Vec<Located<Id>>,
) -> bool {
    let mut to_visit = next(start);
    let mut visited: BTreeSet<Id> = BTreeSet::new();
    while let Some(Located { value: id, .. }) = to_visit.pop() {
        if id == start.id {
            return true;
        }
        if let Some(found) = departments.iter().find(|department| department.id == id)
            && visited.insert(id)
        {
            to_visit.extend(next(found));
        }
    }
    false
}

fn cycle(department: &Department, message: Message) -> Diagnostic {
    Diagnostic::new(&diagnostic::POLICY_DEPARTMENT_CYCLE, department.place.clone(), message)
        .with_help(message!(
            ja: "上位部局か後継部局を直す",
            en: "mend its parent or its successor",
        ))
}
