//! Checks **references** between parts of the site that are in different files.

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::site::{Site, is_built_in};
use crate::text::nearest;

/// Reports datasets that name unknown departments or topics, and those whose id is reserved for a
/// built-in table. References to departments or topics are not checked if the table of these has
/// errors.
pub(super) fn datasets(site: &Site, diagnostics: &mut Diagnostics) {
    let broken = |file: &str| {
        let prefix = format!("content/{file}.");
        diagnostics.paths_with_errors().iter().any(|path| path.starts_with(&prefix))
    };
    let (no_departments, no_topics) = (broken("departments"), broken("topics"));
    let departments: Vec<&str> =
        site.departments.iter().map(|e| e.department.id.as_str()).collect();
    let topics: Vec<&str> = site.topics.iter().map(|e| e.topic.id.as_str()).collect();
    for dataset in site.datasets.iter().filter(|dataset| dataset.is_given()) {
        let department =
            dataset.department.iter().map(|id| (id, "部局", "department", &departments));
        let topic = dataset.topics.iter().map(|id| (id, "分野", "topic", &topics));
        for (id, ja, en, known) in department.chain(topic) {
            let excused = if en == "topic" { no_topics } else { no_departments };
            if excused || known.contains(&id.as_str()) {
                continue;
            }
            let text = &id.value;
            let problem = Diagnostic::new(
                &diagnostic::POLICY_UNKNOWN_ID,
                id.place.clone(),
                message!(ja: "「{text}」という{ja}はありません", en: "there is no {en} `{text}`"),
            );
            diagnostics.push(problem.with_help(
                match nearest(text.as_str(), known.iter().copied()) {
                    Some(near) => Message::did_you_mean(near),
                    None => message!(
                        ja: "入力の誤りを直すか、先に{ja}を追加してください",
                        en: "correct the spelling, or add the {en} first",
                    ),
                },
            ));
        }
        let id = dataset.id.as_str();
        if is_built_in(site, id) {
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::CHECK_RESERVED_DATASET,
                    dataset.place.clone(),
                    message!(
                        ja: "「{id}」はデータセットのIDとして使えません",
                        en: "the dataset id `{id}` is reserved",
                    ),
                )
                .with_help(message!(
                    ja: "フォルダーの名前を変更してください。「{id}」は、施策などから自動で作成される表のIDです",
                    en: "rename the folder; `{id}` is the id of a built-in table",
                )),
            );
        }
    }
}

/// Warns about policies for years in which their department did not exist.
pub(super) fn department_years(site: &Site, diagnostics: &mut Diagnostics) {
    for policy in &site.policies {
        let department = &site.departments[policy.department].department;
        if department.existed_in(policy.fiscal_year) {
            continue;
        }
        let (name, year) = (&department.name.own, policy.fiscal_year);
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::CHECK_DEPARTMENT_YEAR,
                policy.place.clone(),
                message!(
                    ja: "「{name}」は{year}年度には設置されていません",
                    en: "the department `{name}` did not exist in fiscal year {year}",
                ),
            )
            .with_help(message!(
                ja: "部局か年度、または部局の開始日・終了日を訂正してください",
                en: "correct the department, the fiscal year, or the department's first and last day",
            ))
            .with_related(
                department.place.clone(),
                message!(ja: "部局の期間", en: "the department's period"),
            ),
        );
    }
}
