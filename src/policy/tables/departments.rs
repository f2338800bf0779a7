//! The table of **departments**: each with its first and last day, its parent and its successors.
//! Parents and successors must exist and must not form cycles.

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::policy::assemble::unknown_id;
use crate::policy::columns::SiteTables;
use crate::policy::field::read_cells;
use crate::policy::{Department, Of};
use crate::source::Sources;
use crate::table;
use crate::text::Id;

use super::{katakana, leads_back, rows, unique};

/// Reads `departments.csv`. A missing file is an error.
pub(in crate::policy) fn departments(
    sources: &Sources,
    site: &SiteTables<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Department> {
    let Some(file) = table::single(sources, "departments") else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file("content/departments.csv"),
                message!(ja: "「departments.csv」がありません", en: "`departments.csv` is missing"),
            )
            .with_help(message!(
                ja: "「content」フォルダーに「departments.csv」を作成し、1行目に「id,name」と入力してください",
                en: "create `departments.csv` in `content` with the first row `id,name`",
            )),
        );
        return Vec::new();
    };
    let departments = rows(sources, file, (site.departments(), site), diagnostics, |fields| {
        let id = fields.required_id("id");
        let name = fields.required_localized("name");
        let kana = katakana(fields);
        let parent = fields.id("parent");
        let valid_from = fields.date("valid_from");
        let valid_to = fields.date("valid_to");
        let successors = fields.ids("successor");
        let own = read_cells(fields, site.fields, Of::Department);
        if valid_from.zip(valid_to).is_some_and(|(from, to)| from > to) {
            fields.problem(
                &diagnostic::POLICY_PERIOD,
                "valid_to",
                message!(ja: "終了日が開始日より前になっています", en: "the last day is before the first"),
                message!(ja: "どちらかの日付を訂正してください", en: "correct one of the two dates"),
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
            fields: own,
            place: fields.place(),
            provenance: fields.provenance(),
        })
    });
    let departments = unique(departments, |d| (&d.id, &d.place), diagnostics);
    report_dangling(&departments, diagnostics);
    departments
}

/// Reports parents and successors that are not departments, and departments whose parents or
/// successors lead back to them.
fn report_dangling(departments: &[Department], diagnostics: &mut Diagnostics) {
    let find = |id: &Id| departments.iter().find(|department| department.id == *id);
    for department in departments {
        for reference in department.parent.iter().chain(&department.successors) {
            if find(&reference.value).is_none() {
                let known = departments.iter().map(|department| department.id.as_str());
                diagnostics.push(unknown_id("部局", "department", reference, known));
            }
        }
        let parents = |id: &Id| find(id).map(|found| found.parent.iter()).into_iter().flatten();
        let successors = |id: &Id| find(id).map(|found| &found.successors).into_iter().flatten();
        if leads_back(&department.id, parents) {
            let message = message!(
                ja: "上位部局をたどると、この部局に戻ります",
                en: "the parents of this department lead back to it",
            );
            diagnostics.push(cycle(department, message));
        }
        if leads_back(&department.id, successors) {
            let message = message!(
                ja: "後継部局をたどると、この部局に戻ります",
                en: "the successors of this department lead back to it",
            );
            diagnostics.push(cycle(department, message));
        }
    }
}

fn cycle(department: &Department, message: Message) -> Diagnostic {
    Diagnostic::new(&diagnostic::POLICY_DEPARTMENT_CYCLE, department.place.clone(), message)
        .with_help(message!(
            ja: "上位部局か後継部局を訂正してください",
            en: "correct its parent or its successor",
        ))
}
