//! The built-in datasets of **departments and policies**: who answers, and what each has set itself for a year.

use crate::dataset::{Column, Dataset, Rows};
use crate::policy::Of;
use crate::site::Site;

use super::columns::{code, columns, date, fiscal_year, text};
use super::{About, dataset, field_cells, field_columns, iso, optional, own};

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
        text("successors", "後継部局", "Successor departments")
            .described("IDを「;」で区切って記載", "Ids, separated by ;")
            .blank("後継部局なし", "no successor"),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Department)));
    let publisher = &site.config.publisher;
    let mut rows = Rows::new(columns.len());
    for entry in &site.departments {
        let department = &entry.department;
        let successors: Vec<&str> =
            department.successors.iter().map(|successor| successor.as_str()).collect();
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
            &successors.join(";"),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let about = About {
        id: "departments",
        title: ("部局一覧", "Departments"),
        description: (
            "運営方針を定める部局の一覧。組織改正で廃止された部局と、その後継の部局も含みます。",
            "The departments that publish operating policies, dissolved ones and their successors included.",
        ),
        keywords: &["部局", "組織"],
        key: &["id"],
    };
    dataset(site, &about, columns, rows)
}

pub(super) fn policies(site: &Site) -> Dataset {
    let own_columns = [
        code("id", "運営方針ID", "Policy id").required(),
        fiscal_year(),
        code("department", "部局ID", "Department id").required(),
        text("department_name", "部局名", "Department").required(),
        text("headline", "見出し", "Headline"),
        Column::narrative("statement", "方針", "Statement"),
        date("published", "公表日", "Published"),
        date("updated", "更新日", "Updated"),
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
            own(&policy.statement),
            &iso(policy.published),
            &iso(policy.updated),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let about = About {
        id: "policies",
        title: ("運営方針一覧", "Operating policies"),
        description: (
            "部局が年度ごとに定めた運営方針の一覧。1行が1部局・1年度です。",
            "The operating policies of the departments, one row for a department and a fiscal year.",
        ),
        keywords: &["運営方針", "計画"],
        key: &["id"],
    };
    dataset(site, &about, columns, rows)
}
