//! Workbooks from their first state to the site, by the real binary: what it says in both
//! languages, what is declared beside the file, and the data that is published then.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook, Worksheet};
use support::{copy, run, sound_site, temporary, write};
use tempfile::TempDir;

/// A sound site with a dataset `list` whose table is `bytes` under `name`, and with the declaration
/// beside it, where it is not empty.
fn site(name: &str, bytes: &[u8], declaration: &str) -> TempDir {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let dataset = folder.path().join("content/datasets/list");
    let toml =
        "title = \"重点施策\"\ndescription = \"重点施策の一覧。\"\ndepartment = \"planning\"\n";
    write(&dataset.join("dataset.toml"), toml);
    write(&dataset.join(name), bytes);
    if !declaration.is_empty() {
        write(&dataset.join(format!("{name}.toml")), declaration);
    }
    folder
}

/// What a build says of `site` in both languages, Japanese first, without blank lines.
fn said(site: &Path) -> [String; 2] {
    ["ja", "en"].map(|language| {
        let out = site.join("out");
        let (root, out) = (site.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
        let (_, _, said) = run(["build", "--lang", language, "--root", root, "--out", out]);
        let lines = said.lines().filter(|line| !line.trim().is_empty());
        lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
    })
}

/// The rows of the dataset `list` as published, without the byte order mark; `None` where nothing
/// was.
fn published(site: &Path) -> Option<String> {
    let csv = fs::read_to_string(site.join("out/data/list/latest/list.csv")).ok()?;
    Some(csv.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// What a build of `site` says in Japanese and in English, and the rows of the dataset `list` that
/// it publishes: none, where `csv` is empty.
#[track_caller]
fn assert_outcome(site: &Path, ja: &str, en: &str, csv: &str) {
    let [in_ja, in_en] = said(site);
    let found = [in_ja, in_en, published(site).unwrap_or_default()];
    assert_eq!(found, [ja, en, csv].map(|text| text.trim_start().to_owned()));
}

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook in memory")
}

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0u16..).zip(cells) {
        if !cell.is_empty() {
            sheet.write(row, column, *cell).expect("within the sheet");
        }
    }
}

fn figure(sheet: &mut Worksheet, row: u32, column: u16, number: f64, format: &str) {
    let format = Format::new().set_num_format(format);
    sheet.write_with_format(row, column, number, &format).expect("within the sheet");
}

/// A section's programmes: number, name, budget, settled amount, wanted and reached rate.
type Programme = (&'static str, &'static str, f64, f64, f64, f64);

/// A sheet as a clerk sets it out: a title, the unit at the right, a header of two lines, sections
/// merged down, a blank row between them, a subtotal each, a total, notes.
fn department(sheet: &mut Worksheet, name: &str, sections: &[(&str, &[Programme])]) {
    let centred = Format::new().set_align(FormatAlign::Center);
    let merge = |sheet: &mut Worksheet, top, left, bottom, right, text: &str| {
        sheet.merge_range(top, left, bottom, right, text, &centred).expect("within the sheet");
    };
    sheet.set_name(name).expect("a name");
    merge(sheet, 0, 0, 0, 7, &format!("令和6年度　重点施策一覧（{name}）"));
    sheet.write(1, 7, "（単位：千円）").expect("within the sheet");
    for (column, text) in [(0, "課名"), (1, "番号"), (2, "施策名"), (7, "備考")] {
        merge(sheet, 2, column, 3, column, text);
    }
    merge(sheet, 2, 3, 2, 4, "予算額");
    merge(sheet, 2, 5, 2, 6, "達成率");
    texts(sheet, 3, &["", "", "", "当初", "決算", "目標", "実績"]);
    let mut row = 4;
    let mut whole = (0.0, 0.0);
    for (section, programmes) in sections {
        let first = row;
        let mut part = (0.0, 0.0);
        for (number, title, budget, settled, wanted, reached) in *programmes {
            texts(sheet, row, &["", number, title]);
            figure(sheet, row, 3, *budget, "#,##0");
            figure(sheet, row, 4, *settled, "#,##0;\"▲\"#,##0");
            figure(sheet, row, 5, *wanted, "0%");
            figure(sheet, row, 6, *reached, "0.0%");
            part = (part.0 + budget, part.1 + settled);
            row += 1;
        }
        match row - first {
            1 => texts(sheet, first, &[section]),
            _ => merge(sheet, first, 0, row - 1, 0, section),
        }
        texts(sheet, row, &["小計"]);
        for (column, sum) in [(3u16, part.0), (4, part.1)] {
            let letter = if column == 3 { 'D' } else { 'E' };
            let formula = format!("=SUM({letter}{}:{letter}{row})", first + 1);
            let formula = Formula::new(formula).set_result(sum.to_string());
            sheet.write_formula(row, column, formula).expect("within the sheet");
        }
        whole = (whole.0 + part.0, whole.1 + part.1);
        row += 2;
    }
    texts(sheet, row - 1, &["合計"]);
    figure(sheet, row - 1, 3, whole.0, "#,##0");
    figure(sheet, row - 1, 4, whole.1, "#,##0;\"▲\"#,##0");
    texts(sheet, row + 1, &["※ 決算額は見込みです。"]);
    texts(sheet, row + 2, &["出典：企画部調べ"]);
}

/// The list of a clerk's first year: three departments, a sheet each.
fn first_year() -> Vec<u8> {
    book(|workbook| {
        department(
            workbook.add_worksheet(),
            "福祉部",
            &[
                (
                    "高齢福祉課",
                    &[
                        ("①", "見守り訪問", 1200.0, 1180.0, 0.9, 0.925),
                        ("②", "健康教室", 350.0, 340.0, 0.8, 0.763),
                    ],
                ),
                ("こども課", &[("③", "一時預かり", 2400.0, 2390.0, 1.0, 0.98)]),
            ],
        );
        department(
            workbook.add_worksheet(),
            "建設部",
            &[("道路課", &[("④", "通学路の点検", 5600.0, 5610.0, 1.0, 1.0)])],
        );
        department(
            workbook.add_worksheet(),
            "教育部",
            &[(
                "図書館",
                &[
                    ("⑤", "夜間の開館", 800.0, -20.0, 0.6, 0.655),
                    ("⑥", "本の配送", 150.0, 149.0, 0.5, 0.5),
                ],
            )],
        );
    })
}

#[test]
fn the_list_of_a_first_year_is_published_after_one_answer() {
    let site = site("R6.xlsx", &first_year(), "");
    assert_outcome(
        site.path(),
        r#"
お知らせ[table::understood]: シート「福祉部」「建設部」「教育部」を一つの表として読みました。全シート共通：3行目から4行目までを見出しとして読みました。単位「千円」をセルH2から読み取りました。「[[columns]]」がないため、列を次のように読みました：「課名」＝文字列、「番号」＝コード、「施策名」＝文字列、「予算額・当初」＝整数（千円）、「予算額・決算」＝整数（千円）、「達成率・目標」＝整数（%）、「達成率・実績」＝数値（%）、「備考」＝文字列。シート「福祉部」：見出しの上の「令和6年度 重点施策一覧（福祉部）」は公開しません。「課名」の結合されたセル1か所は、どの行も同じ値として読みました。小計2行（7、10行目）は公開しません。11行目の合計は公開しません。注記2行（13、14行目）は公開しません。シート「建設部」：見出しの上の「令和6年度 重点施策一覧（建設部）」は公開しません。6行目の小計は公開しません。7行目の合計は公開しません。注記2行（9、10行目）は公開しません。シート「教育部」：見出しの上の「令和6年度 重点施策一覧（教育部）」は公開しません。「課名」の結合されたセル1か所は、どの行も同じ値として読みました。7行目の小計は公開しません。8行目の合計は公開しません。注記2行（10、11行目）は公開しません
  content/datasets/list/R6.xlsx（シート「福祉部」、3行目）
お知らせ[table::understood]: パーセント表示のセルは、表示されている数値（45.5%なら45.5）で読み取りました（この列の6セル）
  content/datasets/list/R6.xlsx（シート「福祉部」、セルF5、「達成率・目標」の列）
お知らせ[table::understood]: パーセント表示のセルは、表示されている数値（45.5%なら45.5）で読み取りました（この列の6セル）
  content/datasets/list/R6.xlsx（シート「福祉部」、セルG5、「達成率・実績」の列）
エラー[table::sheet]: データの入ったシートが複数あります：「福祉部」「建設部」「教育部」
  content/datasets/list/R6.xlsx
  直し方: 「dataset.toml」に、同じ見出しのシートを一つの表にするなら「sheets = "all"」、一部だけなら「sheets = ["福祉部"]」と書いてください
警告[table::platform-character]: 「①」に機種依存文字があります
  content/datasets/list/R6.xlsx（シート「福祉部」、セルB5、「番号」の列）
  B6：「②」に機種依存文字があります
  B9：「③」に機種依存文字があります
  ほかに3か所：シート「建設部」のB5、シート「教育部」のB5～B6
  直し方: 「①」は「(1)」、「㈱」は「(株)」、「㎡」は「平方メートル」、「Ⅲ」は「III」のように入力してください
警告[table::empty-row]: 8行目が空白です
  content/datasets/list/R6.xlsx（シート「福祉部」、8行目）
  直し方: 空白の行を削除してください（今回は読み飛ばしました）
エラー 1件、警告 7件（1ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: worksheets `福祉部`, `建設部`, `教育部` read as one table; all of them: header in rows 3 to 4; unit 千円 taken from H2; without `[[columns]]`, the columns are taken as: `課名` text, `番号` code, `施策名` text, `予算額・当初` whole number (千円), `予算額・決算` whole number (千円), `達成率・目標` whole number (%), `達成率・実績` number (%), `備考` text; worksheet `福祉部`: `令和6年度 重点施策一覧（福祉部）` above the header left out; 1 merged cell of `課名` read as the same value in each row; 2 subtotals in rows 7, 10 left out; total in row 11 left out; 2 notes in rows 13, 14 left out; worksheet `建設部`: `令和6年度 重点施策一覧（建設部）` above the header left out; subtotal in row 6 left out; total in row 7 left out; 2 notes in rows 9, 10 left out; worksheet `教育部`: `令和6年度 重点施策一覧（教育部）` above the header left out; 1 merged cell of `課名` read as the same value in each row; subtotal in row 7 left out; total in row 8 left out; 2 notes in rows 10, 11 left out
  content/datasets/list/R6.xlsx (sheet `福祉部`, row 3)
note[table::understood]: a percentage is read as it is shown, 45.5% as 45.5 (6 cells of this column)
  content/datasets/list/R6.xlsx (sheet `福祉部`, cell F5, column `達成率・目標`)
note[table::understood]: a percentage is read as it is shown, 45.5% as 45.5 (6 cells of this column)
  content/datasets/list/R6.xlsx (sheet `福祉部`, cell G5, column `達成率・実績`)
error[table::sheet]: several worksheets have data: `福祉部`, `建設部`, `教育部`
  content/datasets/list/R6.xlsx
  help: write into `dataset.toml`: `sheets = "all"` if they have the same header and are one table, or name those of the table, as in `sheets = ["福祉部"]`
warning[table::platform-character]: `①` contains a platform-dependent character
  content/datasets/list/R6.xlsx (sheet `福祉部`, cell B5, column `番号`)
  B6: `②` contains a platform-dependent character
  B9: `③` contains a platform-dependent character
  3 more: sheet `建設部` B5, sheet `教育部` B5–B6
  help: write ① as (1), ㈱ as (株), ㎡ as 平方メートル, Ⅲ as III
warning[table::empty-row]: row 8 is empty
  content/datasets/list/R6.xlsx (sheet `福祉部`, row 8)
  help: delete the empty rows; they were skipped this time
1 error, 7 warnings in 1 file; nothing was written"#,
        "",
    );
    let declaration = site.path().join("content/datasets/list/R6.xlsx.toml");
    write(&declaration, "sheets = \"all\"\n");
    assert_outcome(
        site.path(),
        r#"
お知らせ[table::understood]: シート「福祉部」「建設部」「教育部」を一つの表として読みました。全シート共通：3行目から4行目までを見出しとして読みました。単位「千円」をセルH2から読み取りました。「[[columns]]」がないため、列を次のように読みました：「課名」＝文字列、「番号」＝コード、「施策名」＝文字列、「予算額・当初」＝整数（千円）、「予算額・決算」＝整数（千円）、「達成率・目標」＝整数（%）、「達成率・実績」＝数値（%）、「備考」＝文字列。シート「福祉部」：見出しの上の「令和6年度 重点施策一覧（福祉部）」は公開しません。「課名」の結合されたセル1か所は、どの行も同じ値として読みました。小計2行（7、10行目）は公開しません。11行目の合計は公開しません。注記2行（13、14行目）は公開しません。シート「建設部」：見出しの上の「令和6年度 重点施策一覧（建設部）」は公開しません。6行目の小計は公開しません。7行目の合計は公開しません。注記2行（9、10行目）は公開しません。シート「教育部」：見出しの上の「令和6年度 重点施策一覧（教育部）」は公開しません。「課名」の結合されたセル1か所は、どの行も同じ値として読みました。7行目の小計は公開しません。8行目の合計は公開しません。注記2行（10、11行目）は公開しません
  content/datasets/list/R6.xlsx（シート「福祉部」、3行目）
お知らせ[table::understood]: パーセント表示のセルは、表示されている数値（45.5%なら45.5）で読み取りました（この列の6セル）
  content/datasets/list/R6.xlsx（シート「福祉部」、セルF5、「達成率・目標」の列）
お知らせ[table::understood]: パーセント表示のセルは、表示されている数値（45.5%なら45.5）で読み取りました（この列の6セル）
  content/datasets/list/R6.xlsx（シート「福祉部」、セルG5、「達成率・実績」の列）
警告[table::platform-character]: 「①」に機種依存文字があります
  content/datasets/list/R6.xlsx（シート「福祉部」、セルB5、「番号」の列）
  B6：「②」に機種依存文字があります
  B9：「③」に機種依存文字があります
  ほかに3か所：シート「建設部」のB5、シート「教育部」のB5～B6
  直し方: 「①」は「(1)」、「㈱」は「(株)」、「㎡」は「平方メートル」、「Ⅲ」は「III」のように入力してください
警告[table::empty-row]: 8行目が空白です
  content/datasets/list/R6.xlsx（シート「福祉部」、8行目）
  直し方: 空白の行を削除してください（今回は読み飛ばしました）
警告 7件（1ファイル）"#,
        r#"
note[table::understood]: worksheets `福祉部`, `建設部`, `教育部` read as one table; all of them: header in rows 3 to 4; unit 千円 taken from H2; without `[[columns]]`, the columns are taken as: `課名` text, `番号` code, `施策名` text, `予算額・当初` whole number (千円), `予算額・決算` whole number (千円), `達成率・目標` whole number (%), `達成率・実績` number (%), `備考` text; worksheet `福祉部`: `令和6年度 重点施策一覧（福祉部）` above the header left out; 1 merged cell of `課名` read as the same value in each row; 2 subtotals in rows 7, 10 left out; total in row 11 left out; 2 notes in rows 13, 14 left out; worksheet `建設部`: `令和6年度 重点施策一覧（建設部）` above the header left out; subtotal in row 6 left out; total in row 7 left out; 2 notes in rows 9, 10 left out; worksheet `教育部`: `令和6年度 重点施策一覧（教育部）` above the header left out; 1 merged cell of `課名` read as the same value in each row; subtotal in row 7 left out; total in row 8 left out; 2 notes in rows 10, 11 left out
  content/datasets/list/R6.xlsx (sheet `福祉部`, row 3)
note[table::understood]: a percentage is read as it is shown, 45.5% as 45.5 (6 cells of this column)
  content/datasets/list/R6.xlsx (sheet `福祉部`, cell F5, column `達成率・目標`)
note[table::understood]: a percentage is read as it is shown, 45.5% as 45.5 (6 cells of this column)
  content/datasets/list/R6.xlsx (sheet `福祉部`, cell G5, column `達成率・実績`)
warning[table::platform-character]: `①` contains a platform-dependent character
  content/datasets/list/R6.xlsx (sheet `福祉部`, cell B5, column `番号`)
  B6: `②` contains a platform-dependent character
  B9: `③` contains a platform-dependent character
  3 more: sheet `建設部` B5, sheet `教育部` B5–B6
  help: write ① as (1), ㈱ as (株), ㎡ as 平方メートル, Ⅲ as III
warning[table::empty-row]: row 8 is empty
  content/datasets/list/R6.xlsx (sheet `福祉部`, row 8)
  help: delete the empty rows; they were skipped this time
7 warnings in 1 file"#,
        r#"
column_01,column_02,column_03,column_04,column_05,column_06,column_07,column_08
高齢福祉課,①,見守り訪問,1200,1180,90,92.5,
高齢福祉課,②,健康教室,350,340,80,76.3,
こども課,③,一時預かり,2400,2390,100,98,
道路課,④,通学路の点検,5600,5610,100,100,
図書館,⑤,夜間の開館,800,-20,60,65.5,
図書館,⑥,本の配送,150,149,50,50,
"#,
    );
}

/// An evaluation sheet: labels, and boxes for what is written beside them.
fn evaluation_sheet(sheet: &mut Worksheet) {
    let plain = Format::new();
    sheet.set_name("評価シート").expect("a name");
    texts(sheet, 0, &["事務事業評価シート（令和6年度）"]);
    for (row, left, right) in [
        (2, ("事務事業名", "見守り訪問"), ("整理番号", "001")),
        (3, ("所管部", "福祉部"), ("所管課", "高齢福祉課")),
        (4, ("開始年度", "平成30年度"), ("根拠法令", "介護保険法")),
        (5, ("対象", "75歳以上の方"), ("実施方法", "直営")),
    ] {
        texts(sheet, row, &[left.0]);
        sheet.merge_range(row, 1, row, 3, left.1, &plain).expect("within the sheet");
        texts(sheet, row, &["", "", "", "", right.0]);
        sheet.merge_range(row, 5, row, 7, right.1, &plain).expect("within the sheet");
    }
    texts(sheet, 7, &["事業費（千円）", "R5決算", "R6予算"]);
    texts(sheet, 8, &["国庫支出金"]);
    figure(sheet, 8, 1, 100.0, "0");
    figure(sheet, 8, 2, 120.0, "0");
}

#[test]
fn an_evaluation_sheet_among_tables_is_one_error() {
    let bytes = book(|workbook| evaluation_sheet(workbook.add_worksheet()));
    let site = temporary();
    copy(&sound_site(), site.path());
    write(&site.path().join("content/measures/001.xlsx"), &bytes);
    assert_outcome(
        site.path(),
        r#"
エラー[table::layout]: 項目名の横に記入欄がある様式（評価シートなど）で、1行に1件の表ではありません
  content/measures/001.xlsx（シート「評価シート」、1行目）
  直し方: どの欄に何があるかを「content/forms」のファイルに定義すると、様式のまま読み取れます。表として読む場合は、結合を解除し、1行に1件で入力してください
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
error[table::layout]: this worksheet is a form, with labels beside their values, not a table with one record in each row
  content/measures/001.xlsx (sheet `評価シート`, row 1)
  help: describe in a file below `content/forms` where each fact stands, and the sheet is read as it is; or set it out as a table, one record in each row, without merged cells
1 error in 1 file; nothing was written"#,
        "",
    );
    let site = self::site("001.xlsm", &bytes, "");
    assert_outcome(
        site.path(),
        r#"
エラー[table::layout]: 項目名の横に記入欄がある様式（評価シートなど）で、1行に1件の表ではありません
  content/datasets/list/001.xlsm（シート「評価シート」、1行目）
  直し方: どの欄に何があるかを「content/forms」のファイルに定義すると、様式のまま読み取れます。表として読む場合は、結合を解除し、1行に1件で入力してください
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
error[table::layout]: this worksheet is a form, with labels beside their values, not a table with one record in each row
  content/datasets/list/001.xlsm (sheet `評価シート`, row 1)
  help: describe in a file below `content/forms` where each fact stands, and the sheet is read as it is; or set it out as a table, one record in each row, without merged cells
1 error in 1 file; nothing was written"#,
        "",
    );
}

#[test]
fn a_number_that_excel_has_cut_is_one_error_whatever_its_header_says() {
    let bytes = book(|workbook| {
        let sheet = workbook.add_worksheet();
        texts(sheet, 0, &["名称", "法人番号"]);
        texts(sheet, 1, &["見本会", "1234567890124"]);
        texts(sheet, 2, &["例示会"]);
        figure(sheet, 2, 1, 1_234_567_890_123_456.0, "0");
    });
    let site = site("d.xlsx", &bytes, "");
    assert_outcome(
        site.path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「名称」＝文字列、「法人番号」＝コード
  content/datasets/list/d.xlsx（シート「Sheet1」、1行目）
警告[table::known-code]: 「1234567890124」は法人番号（検査数字を含む13桁）として正しくありません
  content/datasets/list/d.xlsx（シート「Sheet1」、セルB2、「法人番号」の列）
  直し方: 元の資料で確かめてください。別の番号の列なら、見出しを変えてください
エラー[table::lost-digits]: 「1234567890123460」は16桁以上の数値なので、Excelで16桁目から先が失われています
  content/datasets/list/d.xlsx（シート「Sheet1」、セルB3、「法人番号」の列）
  直し方: セルの表示形式を「文字列」にしてから、元の資料のとおりに入力し直してください
エラー 1件、警告 1件（1ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `名称` text, `法人番号` code
  content/datasets/list/d.xlsx (sheet `Sheet1`, row 1)
warning[table::known-code]: `1234567890124` is not a corporate number of 13 digits with its check digit
  content/datasets/list/d.xlsx (sheet `Sheet1`, cell B2, column `法人番号`)
  help: check it against the original; if the column holds other numbers, change its header
error[table::lost-digits]: `1234567890123460` is a number of more than 15 digits, and Excel has lost the rest of them
  content/datasets/list/d.xlsx (sheet `Sheet1`, cell B3, column `法人番号`)
  help: format the cell as text, then type the digits again from the original
1 error, 1 warning in 1 file; nothing was written"#,
        "",
    );
}

/// Measures as a clerk keeps them: a sheet a department, what the office needs beside what is
/// published.
fn measures_of_a_first_year(workbook: &mut Workbook) {
    for (name, department, rows) in [
        (
            "企画部",
            "企画部",
            [
                ("library-2024", "図書館の夜間開館", "met"),
                ("web-2024", "ウェブサイトの見直し", "not-met"),
            ],
        ),
        (
            "福祉部",
            "福祉部",
            [("visit-2024", "見守り訪問", "目標どおり達成"), ("class-2024", "健康教室", "未達成")],
        ),
    ] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name");
        texts(sheet, 0, &[&format!("令和6年度 施策一覧（{name}）")]);
        texts(
            sheet,
            2,
            &["番号", "施策ID", "年度", "部局", "施策名", "めざす方向", "達成度", "実績", "備考"],
        );
        for (line, (number, (id, title, rating))) in (3..).zip(["①", "②"].into_iter().zip(rows))
        {
            let account = "・回数を増やした\n・場所を増やした";
            texts(
                sheet,
                line,
                &[
                    number,
                    id,
                    "令和6年度",
                    department,
                    title,
                    "広く使われるようにします。",
                    rating,
                    account,
                    "要確認",
                ],
            );
        }
        texts(sheet, 6, &["※ 達成度は見込みです。"]);
    }
}

#[test]
fn measures_of_a_first_year_are_published_after_one_answer() {
    let bytes = book(measures_of_a_first_year);
    let site = temporary();
    copy(&sound_site(), site.path());
    let table = site.path().join("content/measures/R6.xlsm");
    write(&table, &bytes);
    assert_outcome(
        site.path(),
        r#"
お知らせ[table::understood]: シート「企画部」「福祉部」を一つの表として読みました。全シート共通：3行目を見出しとして読みました。7行目の注記は公開しません。シート「企画部」：見出しの上の「令和6年度 施策一覧（企画部）」は公開しません。シート「福祉部」：見出しの上の「令和6年度 施策一覧（福祉部）」は公開しません
  content/measures/R6.xlsm（シート「企画部」、3行目）
エラー[table::sheet]: データの入ったシートが複数あります：「企画部」「福祉部」
  content/measures/R6.xlsm
  直し方: 「R6.xlsm.toml」に、同じ見出しのシートを一つの表にするなら「sheets = "all"」、一部だけなら「sheets = ["企画部"]」と書いてください
エラー[table::unknown-column]: 「番号」「備考」は施策の表では使えない列です
  content/measures/R6.xlsm（シート「企画部」、セルA3）
  直し方: 公開しない列なら、「R6.xlsm.toml」に「unpublished = ["番号", "備考"]」と書いてください。この市だけの項目として公開する列なら、「content/fields.toml」に定義してください。ほかに使える列：「系列」「施策名_英字」「施策名_かな」「分野」「計画」「めざす方向_英字」「やさしい日本語」「実績_英字」「実績公表日」「実績公開終了日」「実績下書き」「公表日」「公開終了日」「更新日」「下書き」
エラー 2件（1ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: worksheets `企画部`, `福祉部` read as one table; all of them: header in row 3; note in row 7 left out; worksheet `企画部`: `令和6年度 施策一覧（企画部）` above the header left out; worksheet `福祉部`: `令和6年度 施策一覧（福祉部）` above the header left out
  content/measures/R6.xlsm (sheet `企画部`, row 3)
error[table::sheet]: several worksheets have data: `企画部`, `福祉部`
  content/measures/R6.xlsm
  help: write into `R6.xlsm.toml`: `sheets = "all"` if they have the same header and are one table, or name those of the table, as in `sheets = ["企画部"]`
error[table::unknown-column]: `番号`, `備考` are not columns of the table of measures
  content/measures/R6.xlsm (sheet `企画部`, cell A3)
  help: if it is not to be published, write `unpublished = ["番号", "備考"]` into `R6.xlsm.toml`; if it is a field of your own, declare it in `content/fields.toml`; other columns that can be used: `系列`, `施策名_英字`, `施策名_かな`, `分野`, `計画`, `めざす方向_英字`, `やさしい日本語`, `実績_英字`, `実績公表日`, `実績公開終了日`, `実績下書き`, `公表日`, `公開終了日`, `更新日`, `下書き`
2 errors in 1 file; nothing was written"#,
        "",
    );
    let answer = "sheets = \"all\"\nunpublished = [\"番号\", \"備考\"]\n";
    write(&site.path().join("content/measures/R6.xlsm.toml"), answer);
    assert_outcome(
        site.path(),
        r#"
お知らせ[table::understood]: シート「企画部」「福祉部」を一つの表として読みました。全シート共通：3行目を見出しとして読みました。7行目の注記は公開しません。シート「企画部」：見出しの上の「令和6年度 施策一覧（企画部）」は公開しません。シート「福祉部」：見出しの上の「令和6年度 施策一覧（福祉部）」は公開しません
  content/measures/R6.xlsm（シート「企画部」、3行目）"#,
        r#"
note[table::understood]: worksheets `企画部`, `福祉部` read as one table; all of them: header in row 3; note in row 7 left out; worksheet `企画部`: `令和6年度 施策一覧（企画部）` above the header left out; worksheet `福祉部`: `令和6年度 施策一覧（福祉部）` above the header left out
  content/measures/R6.xlsm (sheet `企画部`, row 3)"#,
        "",
    );
    let csv = fs::read_to_string(site.path().join("out/data/measures/latest/measures.csv"))
        .expect("measures");
    for id in ["library-2024", "web-2024", "visit-2024", "class-2024"] {
        assert!(csv.contains(id), "{csv}");
    }
    assert!(!csv.contains("要確認") && !csv.contains('①'), "{csv}");
}

/// Facilities of two wards on a sheet each, whose columns stand in another order, and a sheet that
/// is none of the table.
fn facilities() -> Vec<u8> {
    book(|workbook| {
        let east = workbook.add_worksheet().set_name("東地区").expect("a name");
        texts(east, 0, &["番号", "名称", "担当者", "定員"]);
        texts(east, 1, &["01", "東公民館", "田中", "80"]);
        texts(east, 2, &["02", "東図書館", "鈴木", "-"]);
        let west = workbook.add_worksheet().set_name("西地区").expect("a name");
        texts(west, 0, &["名称", "番号", "定員", "担当者"]);
        texts(west, 1, &["西公民館", "03", "x", "佐藤"]);
        texts(west, 2, &["西体育館", "04", "120", "高橋"]);
        let memo = workbook.add_worksheet().set_name("控え").expect("a name");
        texts(memo, 0, &["更新日", "更新者"]);
        texts(memo, 1, &["2024-04-01", "田中"]);
    })
}

#[test]
fn sheets_that_are_named_are_one_table_and_others_stay_out() {
    let bytes = facilities();
    let outcome = |declaration: &str| site("R6.xlsx", &bytes, declaration);
    let all = outcome("sheets = \"all\"\n");
    assert_outcome(
        all.path(),
        r#"
エラー[table::sheet]: シート「控え」の見出しがシート「東地区」と違います（ない列: 「番号」, 「名称」, 「担当者」, 「定員」、余分な列: 「更新日」, 「更新者」）
  content/datasets/list/R6.xlsx（シート「控え」、1行目）
  直し方: 見出しをそろえるか、同じ表のシートだけを「sheets = ["…"]」に書いてください
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
error[table::sheet]: the header of worksheet `控え` differs from that of `東地区` (missing: `番号`, `名称`, `担当者`, `定員`; added: `更新日`, `更新者`)
  content/datasets/list/R6.xlsx (sheet `控え`, row 1)
  help: give both the same headers, or name only the sheets of one table in `sheets = ["…"]`
1 error in 1 file; nothing was written"#,
        "",
    );
    let misspelt = outcome("sheets = [\"東地区\", \"南地区\"]\n");
    assert_outcome(
        misspelt.path(),
        r#"
エラー[table::sheet]: 「content/datasets/list/R6.xlsx」にシート「南地区」はありません
  content/datasets/list/R6.xlsx.toml:1:18
    1 | sheets = ["東地区", "南地区"]
      |                     ^^^^^^^^
  直し方: あるシート：「東地区」「西地区」「控え」
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
error[table::sheet]: content/datasets/list/R6.xlsx has no worksheet `南地区`
  content/datasets/list/R6.xlsx.toml:1:18
    1 | sheets = ["東地区", "南地区"]
      |                     ^^^^^^^^
  help: its worksheets: `東地区`, `西地区`, `控え`
1 error in 1 file; nothing was written"#,
        "",
    );
    let named = outcome(
        "sheets = [\"東地区\", \"西地区\"]\nunpublished = [\"担当者\"]\nmissing = [\"-\", \"x\"]\nunit = \"人\"\n",
    );
    assert_outcome(
        named.path(),
        r#"
お知らせ[table::understood]: シート「東地区」「西地区」を一つの表として読みました。「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「定員」＝整数（人）
  content/datasets/list/R6.xlsx（シート「東地区」、1行目）"#,
        r#"
note[table::understood]: worksheets `東地区`, `西地区` read as one table; without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `定員` whole number (人)
  content/datasets/list/R6.xlsx (sheet `東地区`, row 1)"#,
        r#"
column_01,column_02,column_03
01,東公民館,80
02,東図書館,
03,西公民館,
04,西体育館,120
"#,
    );
}

#[test]
fn columns_that_are_not_published_and_missing_values_are_declared_for_csv_too() {
    let csv = "番号,名称,担当者,定員\n01,東公民館,田中,80\n02,東図書館,鈴木,-\n";
    let misspelt = site("R6.csv", csv.as_bytes(), "unpublished = [\"担当\"]\nmissing = [\"-\"]\n");
    assert_outcome(
        misspelt.path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「担当者」＝文字列、「定員」＝整数
  content/datasets/list/R6.csv:1（1行目）
    1 | 番号,名称,担当者,定員
      | ^^^^^^^^^^^^^^^^^^^^^
エラー[document::value]: 「unpublished」の「担当」という列は表にありません
  content/datasets/list/R6.csv.toml:1:16
    1 | unpublished = ["担当"]
      |                ^^^^^^
  直し方: 「担当者」の誤りではありませんか
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `担当者` text, `定員` whole number
  content/datasets/list/R6.csv:1 (row 1)
    1 | 番号,名称,担当者,定員
      | ^^^^^^^^^^^^^^^^^^^^^
error[document::value]: `unpublished` names `担当`, which is not a column of the table
  content/datasets/list/R6.csv.toml:1:16
    1 | unpublished = ["担当"]
      |                ^^^^^^
  help: did you mean `担当者`?
1 error in 1 file; nothing was written"#,
        "",
    );
    let declared = "unpublished = [\"担当者\"]\nmissing = [\"-\"]\n";
    let site = site("R6.csv", csv.as_bytes(), declared);
    assert_outcome(
        site.path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「定員」＝整数
  content/datasets/list/R6.csv:1（1行目）
    1 | 番号,名称,担当者,定員
      | ^^^^^^^^^^^^^^^^^^^^^"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `定員` whole number
  content/datasets/list/R6.csv:1 (row 1)
    1 | 番号,名称,担当者,定員
      | ^^^^^^^^^^^^^^^^^^^^^"#,
        r#"
column_01,column_02,column_03
01,東公民館,80
02,東図書館,
"#,
    );
}

#[test]
fn header_and_skipped_rows_are_those_that_are_declared() {
    let tsv = "区分\t区分\t人口\t人口\n番号\t地区\t男\t女\n1\t東\t10\t11\n2\t西\t20\t21\n9\t計算用\t0\t0\n";
    let declared = "header = \"2\"\nskip = [1, 5]\nunit = \"人\"\n";
    assert_outcome(
        site("R6.tsv", tsv.as_bytes(), declared).path(),
        r#"
お知らせ[table::understood]: 2行目を見出しとして読みました。見出しの上の「区分」は公開しません。「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「地区」＝文字列、「男」＝整数（人）、「女」＝整数（人）
  content/datasets/list/R6.tsv:2（2行目）
    2 | 番号 地区 男 女
      | ^^^^^^^^^^^^^^^"#,
        r#"
note[table::understood]: header in row 2; `区分` above the header left out; without `[[columns]]`, the columns are taken as: `番号` code, `地区` text, `男` whole number (人), `女` whole number (人)
  content/datasets/list/R6.tsv:2 (row 2)
    2 | 番号 地区 男 女
      | ^^^^^^^^^^^^^^^"#,
        r#"
column_01,column_02,column_03,column_04
1,東,10,11
2,西,20,21
"#,
    );
    let bytes = book(|workbook| {
        for (name, last) in [("東地区", "計算用"), ("西地区", "西体育館")] {
            let sheet = workbook.add_worksheet().set_name(name).expect("a name");
            texts(sheet, 0, &["施設", "", "人数"]);
            texts(sheet, 1, &["番号", "名称", "定員"]);
            texts(sheet, 2, &["01", "公民館", "80"]);
            texts(sheet, 3, &["02", last, "90"]);
        }
    });
    let declared = "sheets = \"all\"\nheader = \"1-2\"\nskip = [\"東地区!4\"]\nunit = \"人\"\n";
    assert_outcome(
        site("R6.xlsx", &bytes, declared).path(),
        r#"
お知らせ[table::understood]: シート「東地区」「西地区」を一つの表として読みました。全シート共通：1行目から2行目までを見出しとして読みました。「[[columns]]」がないため、列を次のように読みました：「施設・番号」＝コード、「施設・名称」＝文字列、「人数・定員」＝整数（人）
  content/datasets/list/R6.xlsx（シート「東地区」、1行目）"#,
        r#"
note[table::understood]: worksheets `東地区`, `西地区` read as one table; all of them: header in rows 1 to 2; without `[[columns]]`, the columns are taken as: `施設・番号` code, `施設・名称` text, `人数・定員` whole number (人)
  content/datasets/list/R6.xlsx (sheet `東地区`, row 1)"#,
        r#"
column_01,column_02,column_03
01,公民館,80
01,公民館,80
02,西体育館,90
"#,
    );
}

#[test]
fn texts_below_a_table_are_notes_where_it_is_declared() {
    let csv = "番号,名称,定員\n01,東公民館,80\n\n令和6年4月1日現在\n企画部企画課\n";
    assert_outcome(
        site("R6.csv", csv.as_bytes(), "").path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「定員」＝整数
  content/datasets/list/R6.csv:1（1行目）
    1 | 番号,名称,定員
      | ^^^^^^^^^^^^^^
エラー[table::layout]: 4行目の「令和6年4月1日現在」は、表の下の注記か、ほかの欄が空いたデータの行か、判断できません（ほかに1行）
  content/datasets/list/R6.csv:4（セルA4）
    4 | 令和6年4月1日現在
      | ^^^^^^^^^^^^^^^^^
  直し方: 注記なら「dataset.toml」に「notes = "below"」と書いてください。データの行なら、上の空の行を削除してください
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `定員` whole number
  content/datasets/list/R6.csv:1 (row 1)
    1 | 番号,名称,定員
      | ^^^^^^^^^^^^^^
error[table::layout]: row 4, `令和6年4月1日現在`, may be a note below the table or a row of data with blanks (as may the row below it)
  content/datasets/list/R6.csv:4 (cell A4)
    4 | 令和6年4月1日現在
      | ^^^^^^^^^^^^^^^^^
  help: if it is a note, write `notes = "below"` into `dataset.toml`; if it is data, delete the blank row above it
1 error in 1 file; nothing was written"#,
        "",
    );
    let declared = "notes = \"below\"\nunit = \"人\"\n";
    assert_outcome(
        site("R6.csv", csv.as_bytes(), declared).path(),
        r#"
お知らせ[table::understood]: 注記2行（4、5行目）は公開しません。「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「定員」＝整数（人）
  content/datasets/list/R6.csv:1（1行目）
    1 | 番号,名称,定員
      | ^^^^^^^^^^^^^^"#,
        r#"
note[table::understood]: 2 notes in rows 4, 5 left out; without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `定員` whole number (人)
  content/datasets/list/R6.csv:1 (row 1)
    1 | 番号,名称,定員
      | ^^^^^^^^^^^^^^"#,
        r#"
column_01,column_02,column_03
01,東公民館,80
"#,
    );
    let bytes = book(|workbook| {
        let sheet = workbook.add_worksheet();
        for (row, line) in (0..).zip(csv.lines()) {
            texts(sheet, row, &line.split(',').collect::<Vec<_>>());
        }
    });
    assert_outcome(
        site("R6.xlsx", &bytes, declared).path(),
        r#"
お知らせ[table::understood]: 注記2行（4、5行目）は公開しません。「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「定員」＝整数（人）
  content/datasets/list/R6.xlsx（シート「Sheet1」、1行目）"#,
        r#"
note[table::understood]: 2 notes in rows 4, 5 left out; without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `定員` whole number (人)
  content/datasets/list/R6.xlsx (sheet `Sheet1`, row 1)"#,
        r#"
column_01,column_02,column_03
01,東公民館,80
"#,
    );
}

#[test]
fn hidden_rows_and_columns_are_left_out_or_published_as_declared() {
    let bytes = book(|workbook| {
        let sheet = workbook.add_worksheet();
        texts(sheet, 0, &["番号", "名称", "担当者"]);
        texts(sheet, 1, &["01", "東公民館", "田中"]);
        texts(sheet, 2, &["02", "旧図書館", "鈴木"]);
        texts(sheet, 3, &["03", "西公民館", "佐藤"]);
        sheet.set_row_hidden(2).expect("a row");
        sheet.set_column_hidden(2).expect("a column");
    });
    let outcome = |declaration: &str| site("R6.xlsx", &bytes, declaration);
    assert_outcome(
        outcome("").path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「担当者」＝文字列
  content/datasets/list/R6.xlsx（シート「Sheet1」、1行目）
エラー[table::hidden]: 非表示の列（C）、非表示の行（3）に値があります
  content/datasets/list/R6.xlsx（シート「Sheet1」、セルC1）
  直し方: 公開しないものはファイルから削除してください。残すときは、「dataset.toml」に「hidden = "leave-out"」（除いて公開）か「hidden = "publish"」（含めて公開）と書いてください
エラー 1件（1ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `担当者` text
  content/datasets/list/R6.xlsx (sheet `Sheet1`, row 1)
error[table::hidden]: there are values in hidden columns (C) and hidden rows (3)
  content/datasets/list/R6.xlsx (sheet `Sheet1`, cell C1)
  help: delete what is not to be published; to keep it in the file, write `hidden = "leave-out"` or `hidden = "publish"` into `dataset.toml`
1 error in 1 file; nothing was written"#,
        "",
    );
    assert_outcome(
        outcome("hidden = \"leave-out\"\n").path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列
  content/datasets/list/R6.xlsx（シート「Sheet1」、1行目）"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text
  content/datasets/list/R6.xlsx (sheet `Sheet1`, row 1)"#,
        r#"
column_01,column_02
01,東公民館
03,西公民館
"#,
    );
    assert_outcome(
        outcome("hidden = \"publish\"\n").path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「担当者」＝文字列
  content/datasets/list/R6.xlsx（シート「Sheet1」、1行目）"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `担当者` text
  content/datasets/list/R6.xlsx (sheet `Sheet1`, row 1)"#,
        r#"
column_01,column_02,column_03
01,東公民館,田中
02,旧図書館,鈴木
03,西公民館,佐藤
"#,
    );
    assert_outcome(
        outcome("hidden = \"remove\"\n").path(),
        r#"
お知らせ[table::understood]: 「[[columns]]」がないため、列を次のように読みました：「番号」＝コード、「名称」＝文字列、「担当者」＝文字列
  content/datasets/list/R6.xlsx（シート「Sheet1」、1行目）
エラー[document::value]: 「hidden」に「remove」は使えません
  content/datasets/list/R6.xlsx.toml:1:10
    1 | hidden = "remove"
      |          ^^^^^^^^
  直し方: 使える値：leave-out、publish
エラー[table::hidden]: 非表示の列（C）、非表示の行（3）に値があります
  content/datasets/list/R6.xlsx（シート「Sheet1」、セルC1）
  直し方: 公開しないものはファイルから削除してください。残すときは、「R6.xlsx.toml」に「hidden = "leave-out"」（除いて公開）か「hidden = "publish"」（含めて公開）と書いてください
エラー 2件（2ファイル）。サイトは書き出していません"#,
        r#"
note[table::understood]: without `[[columns]]`, the columns are taken as: `番号` code, `名称` text, `担当者` text
  content/datasets/list/R6.xlsx (sheet `Sheet1`, row 1)
error[document::value]: `remove` is not an allowed value of `hidden`
  content/datasets/list/R6.xlsx.toml:1:10
    1 | hidden = "remove"
      |          ^^^^^^^^
  help: allowed values: `leave-out`, `publish`
error[table::hidden]: there are values in hidden columns (C) and hidden rows (3)
  content/datasets/list/R6.xlsx (sheet `Sheet1`, cell C1)
  help: delete what is not to be published; to keep it in the file, write `hidden = "leave-out"` or `hidden = "publish"` into `R6.xlsx.toml`
2 errors in 2 files; nothing was written"#,
        "",
    );
}

/// Table Schema and CSV on the Web have no 24:00 among their times; a column that has one is a text
/// of that form, and the column beside it stays a time.
#[test]
fn the_end_of_a_day_is_no_time_in_the_metadata() {
    let site = site("hours.csv", "id,open,close\n1,9:00,24:00\n2,９：００,17:30\n".as_bytes(), "");
    let columns = ["id", "open", "close"].map(|name| {
        let kind = if name == "id" { "code" } else { "time" };
        format!("[[columns]]\nname = \"{name}\"\ntype = \"{kind}\"\n")
    });
    let toml =
        format!("title = \"開館時間\"\ndescription = \"施設の開館時間。\"\n{}", columns.concat());
    write(&site.path().join("content/datasets/list/dataset.toml"), toml);
    said(site.path());
    assert_eq!(
        published(site.path()).as_deref(),
        Some("id,open,close\n1,09:00,24:00\n2,09:00,17:30\n")
    );
    let read = |name: &str| -> serde_json::Value {
        let path = site.path().join("out/data/list/latest").join(name);
        serde_json::from_str(&fs::read_to_string(path).expect("metadata")).expect("JSON")
    };
    let package = read("datapackage.json");
    let resources = package["resources"].as_array().expect("resources");
    let fields = resources.iter().find_map(|r| r["schema"]["fields"].as_array()).expect("fields");
    let form = "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";
    assert_eq!((&fields[1]["type"], &fields[1]["format"]), (&"time".into(), &"%H:%M".into()));
    assert_eq!((&fields[2]["type"], &fields[2]["format"]), (&"string".into(), &().into()));
    assert_eq!(fields[2]["constraints"]["pattern"], form);
    let csvw = read("list.csv-metadata.json");
    let columns = csvw["tableSchema"]["columns"].as_array().expect("columns");
    assert_eq!(columns[1]["datatype"]["base"], "time");
    assert_eq!(columns[2]["datatype"]["base"], "string");
    assert_eq!(columns[2]["datatype"]["format"], format!("^{form}$"));
}

/// A person reads one message on ten thousand equal faults, and a program each of them.
#[test]
fn ten_thousand_equal_faults_are_one_message_and_ten_thousand_lines_of_json() {
    let mut csv = "番号,定員\n".to_owned();
    (0..10_000).for_each(|row| csv += &format!("{row:05},約{row}人\n"));
    let site = site("halls.csv", csv.as_bytes(), "");
    let toml = "title = \"公民館\"\ndescription = \"公民館の一覧。\"\n[[columns]]\nname = \"no\"\nheader = \"番号\"\ntype = \"code\"\n[[columns]]\nname = \"capacity\"\nheader = \"定員\"\ntype = \"integer\"\nunit = \"人\"\n";
    write(&site.path().join("content/datasets/list/dataset.toml"), toml);
    let checked = |format: &str, language: &str| {
        let root = site.path().to_str().expect("UTF-8");
        let (_, out, errors) =
            run(["check", "--lang", language, "--format", format, "--root", root]);
        if format == "json" { out } else { errors }
    };
    let ja = r#"エラー[table::not-a-number]: 「約0人」は数値ではありません
  content/datasets/list/halls.csv:2（セルB2、「定員」の列）
    2 | 00000,約0人
      |       ^^^^^
  B3：「約1人」は数値ではありません
  B4：「約2人」は数値ではありません
  ほかに9997か所：B5～B10001
  直し方: この列の単位は「人」です。「人」での値を、数だけで書いてください（規則 L2-01）

エラー 10000件（1ファイル）
"#;
    assert_eq!(checked("human", "ja"), ja);
    let en = r#"error[table::not-a-number]: `約0人` is not a number
  content/datasets/list/halls.csv:2 (cell B2, column `定員`)
    2 | 00000,約0人
      |       ^^^^^
  B3: `約1人` is not a number
  B4: `約2人` is not a number
  9997 more: B5–B10001
  help: this column is in 人; write the value in 人, digits only (rule L2-01)

10000 errors in 1 file
"#;
    assert_eq!(checked("human", "en"), en);
    let json = checked("json", "en");
    assert_eq!(json.lines().filter(|line| line.contains("table::not-a-number")).count(), 10_000);
}
