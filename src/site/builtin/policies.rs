//! The built-in datasets of **departments and policies**: the responsible departments, their
//! successions, and their policies for each year.

use crate::dataset::{Column, Dataset, Rows};
use crate::policy::Of;
use crate::site::{Site, file_paths};

use super::columns::{code, columns, date, fiscal_year, text, url};
use super::{
    AboutTable, dataset, english, field_cells, field_columns, filled, iso, optional, own, page,
    refers, with_english_filled,
};

/// The table of departments, one row for a department, including dissolved ones, in the order of
/// [`Site::departments`].
pub(super) fn departments(site: &Site) -> Dataset {
    let own_columns = [
        code("id", "ID", "Id").required(),
        text("localgov_name", "地方公共団体名", "Local government"),
        text("name", "名称", "Name").required(),
        text("name_kana", "名称_カナ", "Name in kana"),
        text("name_english", "名称_英字", "Name in English"),
        code("parent", "上位部局", "Parent department")
            .blank("上位部局なし", "no parent department"),
        date("valid_from", "開始日", "First day"),
        date("valid_to", "終了日", "Last day").blank("存続中の部局", "the department still exists"),
        url(),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Department)));
    let publisher = &site.config.publisher;
    let mut rows = Rows::new(columns.len());
    for entry in &site.departments {
        let department = &entry.department;
        let fields = field_cells(site, Of::Department, &department.fields);
        let cells = [
            publisher.code.as_str(),
            department.id.as_str(),
            &publisher.name.own,
            &department.name.own,
            optional(&department.kana),
            optional(&department.name.en),
            department.parent.as_ref().map_or("", |parent| parent.as_str()),
            &iso(department.valid_from),
            &iso(department.valid_to),
            &page(site, &file_paths::department_page(department.id.as_str())),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let (columns, rows) = with_english_filled(site, Of::Department, columns, rows);
    let about = AboutTable {
        id: "departments",
        title: ("部局一覧", "Departments"),
        description: (
            "運営方針を定める部局の一覧。組織改正で廃止された部局と、その後継の部局も含みます。",
            "The departments that publish operating policies, dissolved ones and their successors included.",
        ),
        keywords: &["部局", "組織"],
        key: &["id"],
        refers: &[refers(&["parent"], "departments")],
    };
    dataset(site, &about, columns, rows)
}

/// The successors of departments, one row for a department and a successor; `None` where there are
/// none.
pub(super) fn successions(site: &Site) -> Option<Dataset> {
    let columns = columns([
        code("department", "部局ID", "Department id").required(),
        code("successor", "後継部局ID", "Successor department id").required(),
        url(),
    ]);
    let mut rows = Rows::new(columns.len());
    for entry in &site.departments {
        let department = entry.department.id.as_str();
        let url = page(site, &file_paths::department_page(department));
        for &successor in &entry.successors {
            let successor = site.departments[successor].department.id.as_str();
            rows.push_row([site.config.publisher.code.as_str(), department, successor, &url]);
        }
    }
    let about = AboutTable {
        id: "department-successions",
        title: ("部局の後継", "Successions of departments"),
        description: (
            "組織改正で業務を引き継いだ部局の一覧。1行が、引き継がれた部局とその後継部局の1組です。",
            "Which department took over the work of which, one row for a department and one of its successors.",
        ),
        keywords: &["部局", "組織改正"],
        key: &["department", "successor"],
        refers: &[refers(&["department"], "departments"), refers(&["successor"], "departments")],
    };
    (!rows.is_empty()).then(|| dataset(site, &about, columns, rows))
}

/// The table of policies, one row for a department and a fiscal year, in the order of
/// [`Site::policies`].
pub(super) fn policies(site: &Site) -> Dataset {
    let own_columns = [
        code("id", "運営方針ID", "Policy id").required(),
        fiscal_year(),
        code("department", "部局ID", "Department id").required(),
        text("department_name", "部局名", "Department").required(),
        text("headline", "見出し", "Headline"),
        text("headline_english", "見出し_英字", "Headline in English"),
        Column::narrative("statement", "方針", "Statement"),
        Column::narrative("statement_english", "方針_英字", "Statement in English"),
        date("published", "公表日", "Published"),
        date("updated", "更新日", "Updated"),
        url(),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Policy)));
    let mut rows = Rows::new(columns.len());
    for policy in &site.policies {
        let department = &site.departments[policy.department].department;
        let fields = field_cells(site, Of::Policy, &policy.fields);
        let cells = [
            site.config.publisher.code.as_str(),
            &policy.id,
            &policy.fiscal_year.to_string(),
            department.id.as_str(),
            &department.name.own,
            own(&policy.headline),
            english(&policy.headline),
            own(&policy.statement),
            english(&policy.statement),
            &iso(policy.published),
            &iso(policy.updated),
            &page(site, &file_paths::policy_page(&policy.id)),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let (columns, rows) = filled(columns, rows, &["headline_english", "statement_english"]);
    let (columns, rows) = with_english_filled(site, Of::Policy, columns, rows);
    let about = AboutTable {
        id: "policies",
        title: ("運営方針一覧", "Operating policies"),
        description: (
            "部局が年度ごとに定めた運営方針の一覧。1行が1部局・1年度です。",
            "The operating policies of the departments, one row for a department and a fiscal year.",
        ),
        keywords: &["運営方針", "計画"],
        key: &["id"],
        refers: &[refers(&["department"], "departments")],
    };
    dataset(site, &about, columns, rows)
}
