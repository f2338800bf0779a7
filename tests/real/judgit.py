"""What the two converters of the 行政事業レビュー have in common: ministries and their ids."""

MINISTRIES = {
    "カジノ管理委員会": "casino",
    "こども家庭庁": "kodomo",
    "デジタル庁": "digital",
    "個人情報保護委員会": "ppc",
    "公正取引委員会": "jftc",
    "内閣官房": "cas",
    "内閣府": "cao",
    "厚生労働省": "mhlw",
    "原子力規制委員会": "nra",
    "国土交通省": "mlit",
    "外務省": "mofa",
    "復興庁": "reconstruction",
    "文部科学省": "mext",
    "消費者庁": "caa",
    "環境省": "env",
    "経済産業省": "meti",
    "総務省": "soumu",
    "警察庁": "npa",
    "財務省": "mof",
    "農林水産省": "maff",
    "金融庁": "fsa",
    "防衛省": "mod",
    "法務省": "moj",
}

# The parts of a programme's number that are not ASCII: the ministry's short name, and 新 (new).
SHORT_NAMES = {
    "カジノ": "casino",
    "こども": "kodomo",
    "デジ": "digital",
    "個情": "ppc",
    "公取": "jftc",
    "官房": "cas",
    "府": "cao",
    "厚労": "mhlw",
    "原規": "nra",
    "国交": "mlit",
    "外務": "mofa",
    "復興": "reconstruction",
    "文科": "mext",
    "消費": "caa",
    "環境": "env",
    "経産": "meti",
    "総務": "soumu",
    "警察": "npa",
    "財務": "mof",
    "農水": "maff",
    "金融": "fsa",
    "防衛": "mod",
    "法務": "moj",
}


def measure_id(number: str) -> str:
    """`2022-デジ-新23-0001-12` becomes `2022-digital-new23-0001-12`; different numbers, different ids."""
    year, ministry, *rest = number.split("-")
    return "-".join([year, SHORT_NAMES[ministry], *(part.replace("新", "new") for part in rest)])


def departments(names) -> list[dict]:
    """Rows of `departments.csv` for the ministries `names`, in the order of MINISTRIES."""
    return [{"id": MINISTRIES[name], "name": name} for name in MINISTRIES if name in names]


def paragraphs(*texts) -> str:
    """The texts that there are, as paragraphs."""
    return "\n\n".join(text.strip() for text in texts if text and text.strip())


def described(**facts) -> str:
    """`担当: …` lines for the facts that there are, as a Markdown list."""
    return "\n".join(f"- {name}: {' '.join(value.split())}" for name, value in facts.items() if value)
