//! The **notes** in the tables to be filled in: what to enter in each column. They are part of a
//! city's content, and therefore in Japanese.

/// What to enter in a column: path of its table, or nothing for every table; name of the column;
/// the note, at most 255 characters.
pub(super) const NOTES: &[(&str, &str, &str)] = &[
    (
        "content/departments.csv",
        "id",
        "ページのURLの一部になる名前です。半角の英小文字、数字、ハイフンで入力します（例：planning）。公開した後は変更しないでください。",
    ),
    ("content/departments.csv", "name", "部局の名称を入力します（例：企画部）。"),
    ("content/departments.csv", "parent", "上位の部局がある場合に、その部局IDを入力します。"),
    ("content/departments.csv", "valid_from", "部局ができた日です。分からない場合は空欄にします。"),
    (
        "content/departments.csv",
        "valid_to",
        "部局がなくなった日です。組織改正でなくなった部局も、行を削除せずに、この日を入力します。",
    ),
    (
        "content/departments.csv",
        "successor",
        "なくなった部局の仕事を引き継いだ部局の部局IDです。2つ以上ある場合は「;」で区切ります。",
    ),
    (
        "content/topics.csv",
        "id",
        "ページのURLの一部になる名前です。半角の英小文字、数字、ハイフンで入力します（例：welfare）。",
    ),
    ("content/topics.csv", "name", "分野の名称を入力します（例：福祉）。"),
    (
        "content/topics.csv",
        "theme",
        "欧州連合の語彙による分類です（例：HEAL、TRAN）。ほかの市と比べるために使います。分からない場合は空欄にします。",
    ),
    ("", "name_kana", "名称の読みを、全角カタカナで入力します。"),
    (
        "content/measures",
        "id",
        "施策を区別する名前で、ページのURLの一部になります。半角の英小文字、数字、ハイフンで、年度ごとに別のものを付けます（例：parks-2026）。公開した後は変更しないでください。",
    ),
    ("", "fiscal_year", "年度を入力します（例：2026、令和8年度）。"),
    ("", "department", "担当する部局を一覧から選びます。"),
    (
        "content/measures",
        "series",
        "前の年度から続く施策を結び付ける名前です。続いている施策には、どの年度でも同じものを入力します（例：parks）。",
    ),
    ("content/measures", "title", "施策の名称を入力します。"),
    ("content/measures", "kana", "施策名の読みを、ひらがなで入力します。検索に使います。"),
    (
        "content/measures",
        "topics",
        "分野を一覧から選びます。2つ以上ある場合は「、」で区切って入力します。最初のものが主な分野です。",
    ),
    (
        "content/measures",
        "plan",
        "総合計画を登録している場合に、計画の項目のIDまたは名称を入力します。",
    ),
    (
        "content/measures",
        "direction",
        "めざす方向を文章で入力します。セルの中の改行はそのまま表示されます。",
    ),
    ("content/measures", "easy", "同じ内容を、やさしい日本語で入力します。なくてもかまいません。"),
    (
        "content/measures",
        "rating",
        "達成度を一覧から選びます。年度の途中で、まだ実績がない場合は空欄にします。",
    ),
    (
        "content/measures",
        "account",
        "取り組んだことと成果を文章で入力します。まだ実績がない場合は空欄にします。",
    ),
    (
        "content/measures",
        "result_published",
        "実績を公開する日です（例：2027-07-01）。この日より前は、実績を公開しません。",
    ),
    ("", "updated", "内容を更新した日です（例：2026-10-01）。"),
    ("", "result_expires", "実績の公開を終える日です。この日まで公開します。"),
    ("", "result_draft", "実績をまだ公開しない行は「○」を選びます。公開する行は空欄にします。"),
    ("", "published", "公開する日です（例：2027-04-01）。この日より前は公開しません。"),
    ("", "expires", "公開を終える日です（例：2032-03-31）。この日まで公開します。"),
    ("", "draft", "まだ公開しない行は「○」を選びます。公開する行は空欄にします。"),
    ("content/policies", "headline", "部局の運営方針の見出しを入力します。"),
    ("content/policies", "statement", "運営方針の本文を入力します。"),
    (
        "content/policies",
        "published",
        "運営方針を公開する日です（例：2026-06-01）。この日より前は公開しません。",
    ),
    ("", "measure", "「施策」の表にある施策IDを入力します。"),
    (
        "content/indicators",
        "indicator",
        "指標を区別する名前です。半角の英小文字、数字、ハイフンで入力します。年度や施策が変わっても、同じ指標には同じものを付けます。",
    ),
    ("content/indicators", "name", "指標の名称を入力します（例：参加者数）。"),
    ("content/indicators", "unit", "数値の単位を入力します（例：人、％）。"),
    ("content/indicators", "kind", "指標の種別を一覧から選びます。"),
    (
        "content/indicators",
        "better",
        "数値が高いほどよい指標は「高い」、低いほどよい指標は「低い」、保つ指標は「維持」を選びます。良し悪しを判断しない指標は空欄にします。",
    ),
    (
        "content/indicators",
        "baseline",
        "比べるもとになる値です。分からない場合は空欄にします（0とは区別されます）。",
    ),
    ("content/indicators", "target", "目標の値です。分からない場合は空欄にします。"),
    (
        "content/indicators",
        "actual",
        "実績の値です。まだない場合は空欄にします（0とは区別されます）。",
    ),
    ("content/indicators", "definition", "何を数えるかを文章で入力します。"),
    ("content/indicators", "formula", "計算の方法を入力します。"),
    ("content/indicators", "source", "数値の出どころを入力します（例：市民意識調査）。"),
    ("content/indicators", "disaggregation", "男女別、地区別など、内訳の区分を入力します。"),
    (
        "content/budgets",
        "budget",
        "予算額を入力します。分からない場合は空欄にします（0とは区別されます）。単位はサイトの設定によります（省略時は千円）。",
    ),
    ("content/budgets", "settled", "決算額を入力します。まだない場合は空欄にします。"),
    (
        "content/budgets",
        "source",
        "財源を入力します（例：一般財源、国庫支出金）。財源ごとに行を分けます。",
    ),
    ("content/budgets", "category", "費目を入力します（例：事業費、人件費）。"),
    ("", "status", "値の状態です（例：速報値、推計値、秘匿）。確定した値では空欄にします。"),
    ("", "note", "数値についての注記を入力します。"),
];

/// The name of the worksheet of the table at `path`, and what to enter in it.
pub(super) fn about(path: &str) -> (&'static str, &'static str) {
    const ABOUT: [(&str, &str, &str); 6] = [
        ("content/departments.csv", "部局", "部局の一覧です。1行に1つの部局を入力します。"),
        ("content/topics.csv", "分野", "施策の分野の一覧です。1行に1つの分野を入力します。"),
        (
            "content/policies",
            "運営方針",
            "部局ごとの運営方針です。1つの部局の1年度分を1行に入力します。",
        ),
        ("content/measures", "施策", "施策の一覧です。1つの施策の1年度分を1行に入力します。"),
        ("content/indicators", "指標", "施策の指標です。1つの指標の1年度分を1行に入力します。"),
        (
            "content/budgets",
            "予算",
            "施策の予算額と決算額です。年度、財源、費目ごとに1行に入力します。",
        ),
    ];
    let found = ABOUT.iter().find(|(of, ..)| *of == path);
    found.map_or(("データ", ""), |(_, sheet, about)| (sheet, about))
}
