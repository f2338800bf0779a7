//! A **code** identifies a kind of problem. The list is complete: `docs/*/diagnostics.md` is
//! generated from it, and `tests/errors` has a case for each code.
//!
//! Not in here: the messages of single problems (worded where they are found).

use super::Severity::{self, Error, Notice, Warning};

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable identifier, `module::kind`.
    pub id: &'static str,
    /// The severity of all problems of this kind.
    pub severity: Severity,
    /// Description in Japanese, one sentence without 。.
    pub ja: &'static str,
    /// Description in English, one sentence in lower case without a full stop.
    pub en: &'static str,
    /// Number of the rule of 「行政データにおける機械可読性に関するルール」 that the problem
    /// violates, such as `L2-01`.
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
        ja "必要なファイルがありません" en "a file that the site needs is missing";
    SOURCE_UNREADABLE "source::unreadable" Error
        ja "ファイルを読み取れません" en "a file cannot be read";
    SOURCE_TOO_LARGE "source::too-large" Error
        ja "ファイルが大きすぎます" en "a file is too large";
    SOURCE_UNEXPECTED "source::unexpected-file" Error
        ja "この場所には置けないファイルがあります" en "a file is in a place where it does not belong";
    SOURCE_NAME "source::name" Error
        ja "ファイルの名前が、公開先のパスに使えません" en "a file name cannot be used in a published path";
    SOURCE_PASSED_OVER "source::passed-over" Notice
        ja "「content/static」フォルダーに、公開しないファイルがあります" en "files in `content/static` are not published";
    SOURCE_ENCODING "source::encoding" Error
        ja "文字コードを判別できないか、壊れた文字があります" en "the encoding of a text is not known, or the text is damaged";

    // document: TOML
    DOCUMENT_SYNTAX "document::syntax" Error
        ja "TOMLファイルの書き方に誤りがあります" en "a TOML file has a syntax error";
    DOCUMENT_CONTROL "document::control-character" Notice
        ja "制御文字を取り除きました" en "control characters were taken out";
    DOCUMENT_UNKNOWN_KEY "document::unknown-key" Error
        ja "使えない項目があります" en "a key is not known";
    DOCUMENT_MISSING_KEY "document::missing-key" Error
        ja "必要な項目がありません" en "a required key is missing";
    DOCUMENT_TYPE "document::type" Error
        ja "値の種類が違います" en "a value has the wrong type";
    DOCUMENT_VALUE "document::value" Error
        ja "この項目に使えない値です" en "a value is not allowed for its key";
    DOCUMENT_EMPTY "document::empty" Error
        ja "必要な値が空欄です" en "a value is empty but must not be";

    // config: site.toml
    CONFIG_CODE "config::local-government-code" Error
        rule "L3-06" ja "全国地方公共団体コードに誤りがあります" en "a local government code is wrong";
    CONFIG_RATING "config::rating" Error
        ja "達成度の区分のIDが重複しています" en "two ratings have the same id";
    CONFIG_KIND "config::kind" Error
        ja "指標の種別が重複しています" en "two kinds of indicators have the same id or label";
    CONFIG_CHECK "config::check" Error
        ja "規則の扱いの指定に誤りがあります" en "a decision on a rule is wrong";

    // table: CSV and Excel
    TABLE_UNDERSTOOD "table::understood" Notice
        ja "表をどのように読み取ったか" en "how a table was understood";
    TABLE_UNREADABLE "table::unreadable" Error
        rule "L1-01" ja "表として読み取れません" en "the file cannot be read as a table";
    TABLE_TOO_LARGE "table::too-large" Error
        ja "表が設定された上限を超えています" en "a table is larger than the settings allow";
    TABLE_HIDDEN "table::hidden" Error
        ja "表示されていない行や列に値があります" en "hidden rows or columns contain values";
    TABLE_OBJECTS "table::objects" Notice
        rule "L1-10" ja "コメントや図形は公開しません" en "comments and drawings are not published";
    TABLE_SHOWN "table::shown-value" Error
        ja "表示されている値と保存されている値が違います" en "a cell displays a different value from the one it stores";
    TABLE_NO_RESULT "table::no-result" Error
        ja "数式の結果が保存されていません" en "a workbook does not hold the result of a formula";
    TABLE_DIGITS "table::lost-digits" Error
        ja "Excelで桁や先頭の0が失われています" en "digits or leading zeros were lost in Excel";
    TABLE_DOUBTFUL "table::doubtful-code" Warning
        ja "番号がExcelで別の形に変わった可能性があります" en "a text looks like what Excel makes of a code";
    TABLE_INVISIBLE "table::invisible-character" Notice
        ja "目に見えない文字を取り除きました" en "invisible characters were taken out";
    TABLE_LOST_CHARACTER "table::lost-character" Warning
        ja "保存のときに文字が失われた可能性があります" en "a character was probably lost when a file was saved";
    TABLE_PRIVATE_CHARACTER "table::private-character" Warning
        ja "外字があります" en "a private-use character means nothing on other computers";
    TABLE_POSITION "table::position" Error
        ja "緯度と経度の組に誤りがあります" en "a latitude and longitude do not belong together";
    TABLE_ABROAD "table::position-abroad" Warning
        ja "日本の外の位置です" en "a position is outside Japan";
    TABLE_KNOWN_CODE "table::known-code" Warning
        ja "番号の形が見出しの番号のものではありません" en "a code is not what its header says";
    TABLE_STRUCK "table::struck-out" Warning
        rule "L1-11" ja "取り消し線の引かれた文字があります" en "a text is struck out";
    TABLE_NO_HEADER "table::no-header" Error
        rule "L3-01" ja "見出しの行がありません" en "the table has no header row";
    TABLE_EMPTY_HEADER "table::empty-header" Error
        rule "L1-05" ja "見出しが空欄の列があります" en "a column has no header";
    TABLE_DUPLICATE_HEADER "table::duplicate-header" Error
        rule "L2-03" ja "同じ見出しの列が2つ以上あります" en "two columns have the same header";
    TABLE_UNKNOWN_COLUMN "table::unknown-column" Error
        ja "この表では使えない列があります" en "a column is not known";
    TABLE_MISSING_COLUMN "table::missing-column" Error
        ja "必要な列がありません" en "a required column is missing";
    TABLE_HEADER_LINES "table::header-line-break" Warning
        rule "L1-05" ja "見出しの中に改行があります" en "a header contains a line break";
    TABLE_EMPTY_ROW "table::empty-row" Warning
        rule "L1-02" ja "表の途中に空白の行があります" en "a blank row interrupts the table";
    TABLE_EMPTY_COLUMN "table::empty-column" Warning
        rule "L1-03" ja "表の途中に空白の列があります" en "a blank column divides the table";
    TABLE_TOTAL_ROW "table::total-row" Error
        rule "L1-04" ja "合計に見える行の数値が、上の行の合計と一致しません" en "a row that looks like a total is not the sum of the rows above it";
    TABLE_SPACES "table::spaces" Warning
        rule "L1-06" ja "空白文字で体裁を整えています" en "spaces are used for layout";
    TABLE_SEVERAL_VALUES "table::several-values" Warning
        rule "L1-07" ja "1つのセルに複数の値があります" en "a cell holds several values";
    TABLE_PLATFORM_CHARACTER "table::platform-character" Warning
        rule "L1-08" ja "機種依存文字があります" en "a character is platform-dependent";
    TABLE_LINE_BREAK "table::line-break" Warning
        rule "L1-14" ja "セルの中に改行があります" en "a cell contains a line break";
    TABLE_DITTO "table::ditto" Warning
        rule "L2-02" ja "同じ値が省略されています" en "a repeated value is omitted";
    TABLE_OTHER_DETAIL "table::other-detail" Warning
        rule "L2-05" ja "「その他」とその詳細が1つのセルにあります" en "“other” and its detail are in one cell";
    TABLE_MOJIBAKE "table::mojibake" Warning
        ja "文字化けの可能性があります" en "a text looks garbled";
    TABLE_SHEET "table::sheet" Error
        rule "L1-02" ja "読み取るシートが1つに決まりません" en "it is not clear which sheet to read";
    TABLE_ROW_LENGTH "table::row-length" Error
        rule "L1-15" ja "行のセルの数が見出しより多くなっています" en "a row has more cells than the header";
    TABLE_QUOTE "table::quote" Error
        rule "L1-15" ja "引用符（「\"」）が閉じられていません" en "a quotation mark is not closed";
    TABLE_MERGED "table::merged-cells" Error
        rule "L1-12" ja "セルが結合されています" en "cells are merged";
    TABLE_LAYOUT "table::layout" Error
        rule "L3-01" ja "見出しか、注記か、データの行かを判断できません" en "it is not clear whether a row is header, note or data";
    TABLE_SECOND "table::second-table" Error
        rule "L1-02" ja "1つのシートに2つ目の表があります" en "a sheet holds a second table";
    TABLE_FORMULA_ERROR "table::formula-error" Error
        rule "L2-06" ja "セルの数式がエラーになっています" en "a formula gives an error";
    TABLE_MISSING_VALUE "table::missing-value" Error
        rule "L1-09" ja "必要なセルが空欄です" en "a required cell is empty";
    TABLE_NOT_A_NUMBER "table::not-a-number" Error
        rule "L2-01" ja "数値の列に、数値ではないセルがあります" en "a cell in a column of numbers is not a number";
    TABLE_NOT_A_DATE "table::not-a-date" Error
        rule "L3-05" ja "日付の列に、日付ではないセルがあります" en "a cell in a column of dates is not a date";
    TABLE_NOT_A_YEAR "table::not-a-fiscal-year" Error
        rule "L3-05" ja "年度の列に、年度ではないセルがあります" en "a cell in a column of fiscal years is not a fiscal year";
    TABLE_VALUE "table::value" Error
        rule "L2-04" ja "この列に使えない値です" en "a value is not allowed in its column";
    TABLE_DUPLICATE_KEY "table::duplicate-key" Error
        ja "行を区別する列の値が同じ行が2つ以上あります"
        en "two rows have the same values in the columns that tell rows apart";

    // map: files of areas
    MAP_FORMAT "map::format" Error
        ja "区域のファイルを読み取れません" en "a file of areas is neither GeoJSON nor TopoJSON";
    MAP_SHAPE "map::shape" Error
        ja "区域の形に誤りがあります" en "an area has no shape, or one that is none";
    MAP_POSITION "map::position" Error
        ja "区域の座標に誤りがあります" en "a position of an area is wrong or outside Japan";

    // form: the city's own sheets
    FORM_DEFINITION "form::definition" Error
        ja "様式の定義に誤りがあります" en "the definition of a form contradicts itself or says too little";
    FORM_FILES "form::files" Error
        ja "様式で読み取るファイルがないか、年度が分かりません" en "a form has no file to read, or the fiscal year of one is not known";
    FORM_SHEET "form::sheet" Error
        ja "どの様式で読み取るシートか決まりません" en "no form, or more than one, takes a worksheet";
    FORM_LABEL "form::label" Error
        ja "様式にある項目名や年度が、シートに見つからないか、複数あります" en "what a form looks for is not found, or is found more than once";
    FORM_MOVED "form::moved" Error
        ja "値が、ほかのシートと違う列にあります" en "a value stands in another column than on the other worksheets";
    FORM_MARK "form::mark" Error
        ja "選択肢の印が、一つではありません" en "not exactly one of the choices is marked";
    FORM_TOTAL "form::total" Error
        ja "合計が、内訳の和と一致しません" en "a total is not the sum of its parts";
    FORM_DRAFT "form::draft" Warning
        ja "様式が下書きのままです" en "a form is still a draft, and does nothing";
    FORM_READ "form::read" Notice
        ja "様式で読み取った範囲です" en "what was read by a form";
    FORM_NOT_READ "form::not-read" Notice
        ja "様式で読み取らない項目があります" en "what stands on the worksheets and is not read by the form";

    // policy: departments, topics, policies, measures and their figures
    POLICY_DUPLICATE_ID "policy::duplicate-id" Error
        ja "同じIDが2回使われています" en "an id is used twice";
    POLICY_UNKNOWN_ID "policy::unknown-id" Error
        ja "参照先がありません" en "a reference names something that does not exist";
    POLICY_DUPLICATE_FACT "policy::duplicate-fact" Error
        ja "同じ内容が2か所に記入されています" en "the same fact is given in two places";
    POLICY_PERIOD "policy::period" Error
        ja "期間の終わりが始まりより前になっています" en "a period ends before it begins";
    POLICY_PLAN_CYCLE "policy::plan-cycle" Error
        ja "計画の上位の項目が循環しています" en "the parents of a node of the plan lead back to it";
    POLICY_DEPARTMENT_CYCLE "policy::department-cycle" Error
        ja "上位部局や後継部局が循環しています" en "a department is its own parent or successor";
    POLICY_RESULT_INCOMPLETE "policy::result-incomplete" Error
        ja "実績に達成度がありません" en "a result has no rating";
    POLICY_NOT_DUE "policy::not-due" Notice
        ja "公開日の前の運営方針や施策は、まだ公開しません" en "a policy or a measure is not published before its date of publication";
    POLICY_RESULT_NOT_DUE "policy::result-not-due" Notice
        ja "公開日の前の実績は、まだ公開しません" en "a result is not published before its date of publication";
    POLICY_FIELD "policy::field" Error
        ja "独自の項目の定義に誤りがあります" en "the declaration of a field is wrong";
    POLICY_TOTAL "policy::total" Error
        ja "予算の表に、内訳と合計の両方の行があります" en "a table of budgets has a total beside its parts";
    POLICY_STATUS "policy::status" Error
        ja "値がないはずの行に値があります" en "there is a figure where its status says that there is none";
    POLICY_UNIT "policy::unit" Error
        rule "L3-04" ja "表の単位が、サイトの予算の単位と違います" en "a table of budgets is in another unit than the site";
    POLICY_READING "policy::reading" Error
        ja "読みがかなではありません" en "a reading is not in kana";

    // dataset: dataset.toml and its table
    DATASET_FILE "dataset::file" Error
        rule "L1-01" ja "データセットの表がないか、1つに決まりません" en "a dataset has no table, or it is not clear which is its table";
    DATASET_NOT_DUE "dataset::not-due" Notice
        ja "公開日の前のデータセットは、まだ公開しません" en "a dataset is not published before its date of publication";
    DATASET_COLUMN "dataset::column" Error
        ja "列の定義に誤りがあります" en "the declaration of a column is wrong";
    DATASET_UNIT "dataset::unit" Warning
        rule "L3-04" ja "数値の列に単位がありません" en "a column of numbers has no unit";
    DATASET_STANDARD "dataset::standard" Warning
        rule "L3-06" ja "列が、データセットの従う標準と違います" en "the columns differ from the standard that a dataset names";
    DATASET_STANDARD_LEFT_OUT "dataset::standard-left-out" Notice
        ja "標準の列のうち、表にないものがあります" en "a table leaves out columns of the standard that it names";
    DATASET_DUPLICATE_VALUE "dataset::duplicate-value" Error
        ja "重複してはならない値が重複しています" en "a value that must be unique appears twice";
    DATASET_FORMAT "dataset::format-left-out" Notice
        ja "データセットを収められない形式のファイルは作成しません" en "a format that cannot hold the dataset is left out";

    // accessibility: the policy and the results of tests
    ACCESSIBILITY_CONTRADICTION "accessibility::contradiction" Error
        ja "アクセシビリティの試験結果に食い違いがあります" en "the declared result of an accessibility test contradicts its details";
    ACCESSIBILITY_PAGE "accessibility::unknown-page" Error
        ja "試験したページがこのサイトにありません" en "a page named in an accessibility test is not on the site";

    // version: the store of released versions
    VERSION_NAME "version::name" Error
        ja "版の保存先のフォルダーの名前に誤りがあります" en "a folder in the version store has an invalid name";
    VERSION_MISSING "version::missing-file" Error
        ja "公開した版のファイルがありません" en "a file of a released version is missing";
    VERSION_EDITED "version::edited" Error
        ja "公開した版が書き換えられています" en "a released version has been changed";
    VERSION_DICTIONARY "version::dictionary" Error
        ja "公開した版の項目の説明が、その表と一致しません" en "the dictionary of a released version does not match its table";
    VERSION_NO_DATASET "version::no-dataset" Error
        ja "公開した版のデータセットがありません" en "released versions belong to a dataset that does not exist";

    // site: the whole, and its output paths
    SITE_PAGE_HEAD "site::page-head" Error
        ja "ページに設定欄がありません" en "a page has no front matter";
    SITE_NOT_DUE "site::not-due" Notice
        ja "公開日の前のページは、まだ公開しません" en "a page is not published before its date of publication";
    SITE_SUPERSEDED "site::superseded" Notice
        ja "前の年度の表の値が、後の年度の表の値と異なります" en "a figure of an earlier year's sheet is not what a later sheet says";
    SITE_PATH_CONFLICT "site::path-conflict" Error
        ja "2つのものが同じ公開先のパスを使っています" en "two files have the same output path";

    // check: the whole site
    CHECK_RESERVED_DATASET "check::reserved-dataset" Error
        ja "使えないデータセットのIDです" en "a reserved dataset id is used";
    CHECK_REFERENCE "check::reference" Error
        ja "参照先のデータセットや列がありません" en "a foreign key names a dataset or column that does not exist";
    CHECK_MISSING_ROW "check::missing-row" Error
        ja "参照先に、その値の行がありません" en "a foreign key refers to a row that does not exist";
    CHECK_SERIES "check::series" Error
        ja "系列の中で、データセットの対象期間が不明か、重なっています" en "a dataset in a series has no period, or its period overlaps another's";
    CHECK_SERIES_COLUMNS "check::series-columns" Warning
        rule "L3-07" ja "系列の中で、年によって列が異なります" en "the columns of a series differ from year to year";
    CHECK_SERIES_TABLE "check::series-table" Warning
        ja "系列の全期間の表を作成できません" en "a series has no table of all periods";
    CHECK_REDIRECT "check::redirect" Error
        ja "移動先のページがありません" en "a redirect leads to a page that does not exist";
    CHECK_REDIRECT_LOOP "check::redirect-loop" Error
        ja "移動先が自身になっているか、たどると元のページに戻ります" en "a redirect leads to itself, or redirects lead in a circle";
    CHECK_ADDRESS "check::address" Error
        ja "公開したページが、転送の行がないままなくなっています" en "a page that was published has vanished without a redirect";
    CHECK_DEPARTMENT_YEAR "check::department-year" Warning
        ja "部局が設置されていない年度の運営方針があります" en "a policy is for a year in which its department did not exist";
    CHECK_RATING_FIGURES "check::rating-contradicts-figures" Warning
        ja "達成度と指標の値が食い違っています" en "a rating contradicts its indicators";
    CHECK_FAR_YEAR "check::far-year" Warning
        ja "年度が、ほかの年度から大きく離れています" en "a fiscal year is far from the others";
    SITE_BLOCK_TABLE "site::block-table" Error
        ja "文章の中の図や表が、ないデータを指しています" en "a block of data names a dataset, indicator or id that does not exist";
    SITE_BLOCK_COLUMN "site::block-column" Error
        ja "文章の中の図や表が、ない列を指しています" en "a block of data names a column that does not exist or does not fit";
    SITE_BLOCK_VALUE "site::block-value" Error
        ja "文章の中の図や表に、示す値がありません" en "a block of data selects a value that does not exist";
    SITE_BLOCK "site::block" Error
        ja "文章の中の図や表を描けません" en "a block of data cannot be shown as it is written";
    SITE_MAP_NAMES "site::map-names" Warning
        ja "地図の区域と、表の行の名前が合いません" en "rows name an area that a map does not have, or the other way round";
    CHECK_LINK "check::link" Error
        ja "文章の中のリンク先がありません" en "a link in a text names something that does not exist";
    CHECK_FRAGMENT "check::link-heading" Error
        ja "リンク先のページに、その見出しがありません" en "a link in a text leads to a heading that its page does not have";
    CHECK_PICTURE "check::picture" Error
        ja "文章の中の画像がありません" en "a picture in a text is not part of the site";
    CHECK_PICTURE_TEXT "check::picture-text" Warning
        ja "文章の中の画像に、代わりの文がありません" en "a picture in a text has no alternative text";
    CHECK_NOTE "check::note" Error
        ja "文章の中の注に、その文がありません" en "a footnote in a text has no text";

    CHECK_UNUSED_FILE "check::unused-file" Notice
        ja "どのページからもリンクされていないファイルがあります" en "no page leads to a file in `content/static`";
    CHECK_SCRIPT "check::script" Warning
        ja "「content/static」フォルダーのファイルにスクリプトがあります" en "a file in `content/static` contains a script";
    CHECK_HOST_LIMIT "check::host-limit" Warning
        ja "サイトが、公開先の上限を超えています" en "the site is more than its host takes";
    CHECK_SAME_DATA "check::same-data" Warning
        ja "系列の中に、別の期間のデータと内容が同じデータセットがあります" en "a dataset has the same rows as another period of its series";
    CHECK_PERSONAL "check::personal" Warning
        ja "個人に関わると思われる列があります" en "columns of a dataset look personal";
    CHECK_MY_NUMBER "check::my-number" Error
        ja "マイナンバー（個人番号）と思われる番号があります" en "a column looks like individual numbers";

    // theme and html: templates, words, pages
    THEME_UNKNOWN "theme::unknown" Error
        ja "テーマがありません" en "a theme does not exist";
    THEME_CIRCLE "theme::circular" Error
        ja "テーマが自分自身を継承しています" en "a theme extends itself by way of others";
    THEME_VERSION "theme::made-for" Warning
        ja "テーマが、より新しいバージョン用に作られています" en "a theme is made for a later version";
    THEME_FILE "theme::unexpected-file" Error
        ja "テーマに、どこからも使われないファイルがあります" en "a theme contains a file that is not used";
    THEME_TEMPLATE "theme::template" Error
        ja "テンプレートに誤りがあります" en "a template has a syntax error";
    THEME_TEMPLATE_MISSING "theme::missing-template" Error
        ja "テンプレートが、存在しないテンプレートを使っています" en "a template extends or includes one that does not exist";
    THEME_TEMPLATE_UNUSED "theme::unused-template" Warning
        ja "どのテンプレートからも使われないテンプレートがあります" en "no template includes a template of the theme";
    THEME_BLOCK "theme::unknown-block" Error
        ja "親のテンプレートにないブロックがあります" en "a template fills a block that no parent has";
    THEME_OUTSIDE "theme::outside-blocks" Warning
        ja "ブロックの外に、表示されない内容があります" en "a template that extends another has content outside of blocks";
    THEME_FILTER "theme::unknown-filter" Error
        ja "テンプレートに、存在しないフィルターやテストがあります" en "a template uses a filter or test that does not exist";
    THEME_VARIABLE "theme::unknown-variable" Error
        ja "テンプレートに、存在しない値や言葉があります" en "a template uses a variable, attribute or word that does not exist";
    THEME_POLICY "theme::policy" Error
        ja "ページのセキュリティーポリシーで使えないものがあります" en "a theme uses what the security policy of the pages forbids";
    THEME_ASSET "theme::missing-asset" Error
        ja "テンプレートやスタイルシートが、存在しないファイルを使っています" en "a template or style sheet uses an asset that does not exist";
    THEME_ADDRESS "theme::address" Error
        ja "テンプレートのURLが、ページによって別の場所を指しています" en "an address in a template leads to different places on different pages";
    THEME_STYLE "theme::style" Error
        ja "スタイルシートに誤りがあります" en "a style sheet has an error";
    THEME_PROPERTY "theme::unknown-property" Warning
        ja "スタイルシートが、定義されていない値を使っています" en "a style sheet uses a custom property that is declared nowhere";
    THEME_COLOUR "theme::colour" Error
        ja "色として使えない値が記入されています" en "the value of a colour is not a colour";
    THEME_SCRIPT "theme::script" Error
        ja "スクリプトに誤りがあります" en "a script of the theme has an error";
    THEME_WORDS "theme::words" Error
        ja "画面の言葉を読み取れません" en "the words of the user interface cannot be read";
    THEME_WORD "theme::unknown-word" Error
        ja "画面にない言葉が記入されています" en "a theme gives a word that the user interface does not have";
    THEME_CONTRAST "theme::contrast" Warning
        ja "テーマの色のコントラストが足りません" en "two colours of a theme have too little contrast";
    HTML_TEMPLATE "html::unknown-template" Error
        ja "ページの設定に、テーマにないテンプレートが記入されています" en "a page names a template that the theme does not have";
    HTML_RENDER "html::render" Error
        ja "ページを作成できません" en "a page cannot be rendered";

    // picture: what stands for a measure where it is shared
    PICTURE_NO_FONT "picture::no-font" Warning
        ja "共有用の画像のフォントがありません" en "none of the fonts for pictures is installed";
    PICTURE_FONT "picture::font" Error
        ja "共有用の画像のフォントを使えません" en "a font for pictures cannot be used";
    PICTURE_GLYPH "picture::glyph" Warning
        ja "共有用の画像のフォントにない文字があります" en "the fonts for pictures lack a character";

    // search
    SEARCH_INDEX "search::index" Error
        ja "検索の索引を作成できません" en "the search index cannot be built";

    // published: what a build would change of the published site
    PUBLISHED_GONE "published::gone" Error
        ja "公開済みの施策、データ、または列が、まとまってなくなります" en "many published measures, rows or columns would be gone";
    PUBLISHED_WORSE "published::worse" Error
        ja "公開済みの評価の多くが下がります" en "most of the published ratings would become worse";
    PUBLISHED_LAST_YEAR "published::last-year" Error
        ja "最も新しい年度の実績が、前年度と同じ文章です" en "the accounts of the newest year are those of the year before";
}
