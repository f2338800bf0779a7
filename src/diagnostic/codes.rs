//! A **code** names a kind of problem. This is the whole list; `docs/*/diagnostics.md` is generated
//! from it and `tests/errors` holds a case for each.
//!
//! Not in here: the wording of single problems (whoever finds one words it).

use super::Severity::{self, Error, Warning};

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `module::kind`, stable, for machines and searches.
    pub id: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is, in Japanese.
    pub ja: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// The rule of 「行政データにおける機械可読性に関するルール」 behind it, if any, such as `L2-01`.
    pub rule: Option<&'static str>,
}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $(rule $rule:literal)? ja $ja:literal en $en:literal;)+) => {
        $(
            #[doc = $en]
            pub static $name: Code = Code {
                id: $id,
                severity: $severity,
                ja: $ja,
                en: $en,
                rule: codes!(@rule $($rule)?),
            };
        )+

        /// Every code, in the order of the pipeline.
        pub static ALL: &[&Code] = &[$(&$name),+];
    };
    (@rule) => { None };
    (@rule $rule:literal) => { Some($rule) };
}

codes! {
    // source: files and their bytes
    SOURCE_MISSING "source::missing" Error
        ja "必要なファイルがない" en "a file that the site needs is missing";
    SOURCE_UNREADABLE "source::unreadable" Error
        ja "ファイルを読み取れない" en "a file cannot be read";
    SOURCE_UNEXPECTED "source::unexpected-file" Error
        ja "この場所に置けないファイルがある" en "a file stands where no such file belongs";
    SOURCE_NAME "source::name" Error
        ja "ファイル名を公開先のパスに使えない" en "a file's name cannot be part of a published path";
    SOURCE_ENCODING "source::encoding" Error
        ja "文字コードを判別できない、または壊れた文字がある" en "a text is in no known encoding, or is damaged";

    // document: TOML
    DOCUMENT_SYNTAX "document::syntax" Error
        ja "TOMLの書き方に誤りがある" en "the TOML is not well formed";
    DOCUMENT_UNKNOWN_KEY "document::unknown-key" Error
        ja "知らないキーがある" en "a key is unknown";
    DOCUMENT_MISSING_KEY "document::missing-key" Error
        ja "必要なキーがない" en "a required key is missing";
    DOCUMENT_TYPE "document::type" Error
        ja "値の型が違う" en "a value is of the wrong type";
    DOCUMENT_VALUE "document::value" Error
        ja "値がこのキーに許されたものでない" en "a value is not one that the key allows";
    DOCUMENT_EMPTY "document::empty" Error
        ja "空であってはならない値が空である" en "a value that must not be empty is empty";

    // config: site.toml
    CONFIG_CODE "config::local-government-code" Error
        rule "L3-06" ja "全国地方公共団体コードに誤りがある" en "a local government code is wrong";
    CONFIG_RATING "config::rating" Error
        ja "達成度の段階のIDが重なっている" en "the id of a rating is taken";

    // table: CSV and Excel
    TABLE_UNREADABLE "table::unreadable" Error
        rule "L1-01" ja "表として読み取れない" en "the file cannot be read as a table";
    TABLE_NO_HEADER "table::no-header" Error
        rule "L3-01" ja "見出し行がない" en "the table has no header row";
    TABLE_EMPTY_HEADER "table::empty-header" Error
        rule "L1-05" ja "見出しが空の列がある" en "a column has no header";
    TABLE_DUPLICATE_HEADER "table::duplicate-header" Error
        rule "L2-03" ja "同じ見出しの列が二つ以上ある" en "two columns have the same header";
    TABLE_UNKNOWN_COLUMN "table::unknown-column" Error
        ja "知らない列がある" en "a column is unknown";
    TABLE_MISSING_COLUMN "table::missing-column" Error
        ja "必要な列がない" en "a required column is missing";
    TABLE_HEADER_LINES "table::header-line-break" Warning
        rule "L1-05" ja "見出しの中に改行がある" en "a header has a line break in it";
    TABLE_EMPTY_ROW "table::empty-row" Warning
        rule "L1-02" ja "表の途中に空の行がある" en "a blank row stands in the table";
    TABLE_TOTAL_ROW "table::total-row" Warning
        rule "L1-04" ja "データの中に合計の行がある" en "a row of totals stands among the data";
    TABLE_SPACES "table::spaces" Warning
        rule "L1-06" ja "空白で体裁を整えている" en "spaces only make a cell look tidy";
    TABLE_SEVERAL_VALUES "table::several-values" Warning
        rule "L1-07" ja "一つのセルにいくつかの値がある" en "one cell holds several values";
    TABLE_PLATFORM_CHARACTER "table::platform-character" Warning
        rule "L1-08" ja "機種依存文字がある" en "a character is one that not every platform knows";
    TABLE_LINE_BREAK "table::line-break" Warning
        rule "L1-14" ja "セルの中に改行がある" en "a cell has line breaks in it";
    TABLE_DITTO "table::ditto" Warning
        rule "L2-02" ja "同じ値が省かれている" en "a repeated value is left out";
    TABLE_OTHER_DETAIL "table::other-detail" Warning
        rule "L2-05" ja "「その他」とその詳細が一つのセルにある" en "“other” and its detail stand in one cell";
    TABLE_MOJIBAKE "table::mojibake" Warning
        ja "文字化けしているように見える" en "a text looks garbled";
    TABLE_SHEET "table::sheet" Error
        rule "L1-02" ja "読むシートが一つに決まらない" en "it cannot be told which sheet to read";
    TABLE_ROW_LENGTH "table::row-length" Error
        rule "L1-15" ja "行のセルの数が見出しより多い" en "a row has more cells than the header";
    TABLE_QUOTE "table::quote" Error
        rule "L1-15" ja "引用符が閉じていない" en "a quotation mark is not closed";
    TABLE_MERGED "table::merged-cells" Error
        rule "L1-12" ja "セルが結合されている" en "cells are merged";
    TABLE_TITLE_ROW "table::title-row" Error
        rule "L3-01" ja "見出しより上に表題や注記の行がある" en "a title or a note stands above the header";
    TABLE_FORMULA_ERROR "table::formula-error" Error
        rule "L2-06" ja "セルの数式がエラーになっている" en "a cell's formula ends in an error";
    TABLE_MISSING_VALUE "table::missing-value" Error
        rule "L1-09" ja "必要なセルが空である" en "a required cell is empty";
    TABLE_NOT_A_NUMBER "table::not-a-number" Error
        rule "L2-01" ja "数であるべきセルが数でない" en "a cell that must be a number is not";
    TABLE_NOT_A_DATE "table::not-a-date" Error
        rule "L3-05" ja "日付であるべきセルが日付でない" en "a cell that must be a date is not";
    TABLE_NOT_A_YEAR "table::not-a-fiscal-year" Error
        rule "L3-05" ja "年度であるべきセルが年度でない" en "a cell that must be a fiscal year is not";
    TABLE_VALUE "table::value" Error
        rule "L2-04" ja "値がこの列に許されたものでない" en "a value is not one that the column allows";
    TABLE_DUPLICATE_KEY "table::duplicate-key" Error
        ja "同じキーの行が二つ以上ある" en "two rows have the same key";

    // policy: departments, topics, policies, measures and their figures
    POLICY_DUPLICATE_ID "policy::duplicate-id" Error
        ja "同じIDが二度使われている" en "an id is used twice";
    POLICY_UNKNOWN_ID "policy::unknown-id" Error
        ja "参照先のIDがない" en "a reference leads nowhere";
    POLICY_DUPLICATE_FACT "policy::duplicate-fact" Error
        ja "同じ事実が二か所に書かれている" en "the same fact is given twice";
    POLICY_PERIOD "policy::period" Error
        ja "期間が前後している" en "a period ends before it begins";
    POLICY_DEPARTMENT_CYCLE "policy::department-cycle" Error
        ja "上位部局や後継部局が循環している" en "departments are their own parents or successors";
    POLICY_RESULT_INCOMPLETE "policy::result-incomplete" Error
        ja "実績に達成度がない" en "a result has no rating";
    POLICY_READING "policy::reading" Error
        ja "読みがかなでない" en "a reading is not in kana";

    // dataset: dataset.toml and its table
    DATASET_FILE "dataset::file" Error
        rule "L1-01" ja "データセットの表が一つに決まらない" en "a dataset has no table, or it cannot be told which";
    DATASET_COLUMN "dataset::column" Error
        ja "列の定義に誤りがある" en "the declaration of a column is wrong";
    DATASET_UNIT "dataset::unit" Warning
        rule "L3-04" ja "数の列に単位がない" en "a column of numbers has no unit";
    DATASET_DUPLICATE_VALUE "dataset::duplicate-value" Error
        ja "重複してはならない値が重複している" en "a value that must be unique stands twice";

    // accessibility: the policy and the results of tests
    ACCESSIBILITY_CONTRADICTION "accessibility::contradiction" Error
        ja "アクセシビリティの試験結果が食い違っている" en "the result of an accessibility test contradicts itself";
    ACCESSIBILITY_PAGE "accessibility::unknown-page" Error
        ja "試験したページがこのサイトにない" en "a page that was tested is not on the site";

    // version: the store of released versions
    VERSION_NAME "version::name" Error
        ja "版の置き場のフォルダー名に誤りがある" en "a folder in the store of versions has a wrong name";
    VERSION_MISSING "version::missing-file" Error
        ja "リリースした版のファイルがない" en "a file of a released version is missing";
    VERSION_EDITED "version::edited" Error
        ja "リリースした版が書き換えられている" en "a released version has been changed";
    VERSION_DICTIONARY "version::dictionary" Error
        ja "リリースした版の説明が、その表と合わない" en "what is recorded of a released version does not fit its table";
    VERSION_NO_DATASET "version::no-dataset" Error
        ja "リリースした版のデータセットがない" en "versions were released of a dataset that there is not";

    // site: the whole, and its output paths
    SITE_PAGE_HEAD "site::page-head" Error
        ja "ページに見出し部がない" en "a page has no head";
    SITE_PATH_CONFLICT "site::path-conflict" Error
        ja "二つのものが同じ公開先のパスを使う" en "two things claim the same output path";

    // check: the whole site
    CHECK_RESERVED_DATASET "check::reserved-dataset" Error
        ja "予約されたデータセットのIDが使われている" en "a reserved dataset id is used";
    CHECK_REFERENCE "check::reference" Error
        ja "外部キーの参照先のデータセットや列がない" en "a foreign key leads to no dataset or column";
    CHECK_MISSING_ROW "check::missing-row" Error
        ja "外部キーの参照先に、その値の行がない" en "a foreign key leads to a row that there is not";
    CHECK_SERIES "check::series" Error
        ja "系列の中で、データの期間が分からないか重なっている" en "a dataset of a series has no period, or one that another has too";
    CHECK_SERIES_COLUMNS "check::series-columns" Warning
        rule "L3-07" ja "系列の中で、年によって列が違う" en "the columns of a series differ from year to year";
    CHECK_REDIRECT "check::redirect" Error
        ja "移動先のページがない" en "a redirect leads nowhere";
    CHECK_DEPARTMENT_YEAR "check::department-year" Warning
        ja "部局が置かれていない年度の運営方針がある" en "a policy is for a year in which its department did not exist";
    CHECK_RATING_FIGURES "check::rating-contradicts-figures" Warning
        ja "達成度と指標の値が食い違っている" en "a rating contradicts the figures";
    CHECK_FAR_YEAR "check::far-year" Warning
        ja "年度が、ほかの年度から遠く離れている" en "a fiscal year is far from all others";

    // theme and html: templates, words, pages
    THEME_UNKNOWN "theme::unknown" Error
        ja "テーマがない" en "there is no such theme";
    THEME_FILE "theme::unexpected-file" Error
        ja "テーマに、どこからも使われないファイルがある" en "a theme holds a file that nothing would use";
    THEME_TEMPLATE "theme::template" Error
        ja "テンプレートに誤りがある" en "a template is wrong";
    THEME_SCRIPT "theme::script" Error
        ja "検索のスクリプトに誤りがある" en "a script of the search is wrong";
    THEME_WORDS "theme::words" Error
        ja "画面の言葉を読めない" en "the words of the user interface cannot be read";
    THEME_WORD "theme::unknown-word" Error
        ja "画面にない言葉が書かれている" en "a theme words something that the user interface does not say";
    THEME_CONTRAST "theme::contrast" Warning
        ja "テーマの色の差が足りず、読みにくい" en "two colours of a theme are too alike to be read";
    HTML_RENDER "html::render" Error
        ja "ページを作れない" en "a page cannot be made";

    // picture: what stands for a measure where it is shared
    PICTURE_NO_FONT "picture::no-font" Warning
        ja "共有用の画像のフォントがない" en "none of the fonts of the pictures is there";
    PICTURE_FONT "picture::font" Error
        ja "共有用の画像のフォントを使えない" en "a font of the pictures cannot be used";
    PICTURE_GLYPH "picture::glyph" Warning
        ja "共有用の画像のフォントにない文字がある" en "the fonts of the pictures lack a character";

    // search
    SEARCH_INDEX "search::index" Error
        ja "検索の索引を作れない" en "the search index cannot be made";
}
