"""What a whole country would cost, from the figures of `benches/lake`.

The formulas are those of `docs/en/scale.md`, which explains each. `CITIES`, `PROGRAMMES` and `YEARS` are
the country; `CORES` are those of the cluster, `LATENCY` is that of a request to a host on the internet,
`PARALLEL` how many requests an engine has on the way at once, `BANDWIDTH` what the reader receives.
"""

CITIES, PROGRAMMES, YEARS = 1_741, 400, 10
CORES = 64
LATENCY, PARALLEL, BANDWIDTH = 0.02, 5, 100e6 / 8


def estimate(report: dict) -> list[dict]:
    """The rows of the estimate: what, its value, and as it is shown."""
    per_city, years = PROGRAMMES * YEARS, report["years"]
    measures, fits, sizes = CITIES * per_city, report["fits"], report["sizes"]
    steps = {step["name"]: step for step in report["steps"]}
    queries = {query["name"]: query for query in report["queries"]}

    def whole(name: str) -> float:
        return CITIES * (fits[name]["city"] + fits[name]["measure"] * per_city)

    # How much of the time that two cores had was spent in builds.
    use = min(1.0, fits["seconds"]["sum"] / 2 / steps["Spark job: every city, then the lake"]["map_seconds"])
    core_seconds, site_bytes = whole("seconds"), whole("bytes")
    # A city has one data file for each table, and one more for each further year of a yearly one.
    grown = CITIES / report["cities"] * YEARS / years
    data_files = sizes["data files"]["files"] * grown
    data_bytes = sizes["data files"]["bytes"] * measures / report["measures"]
    lists = sizes["lists"]["bytes"] * grown
    lake_seconds = steps["lake: every site but one"]["seconds"] * site_bytes / sizes["sites"]["bytes"]
    changed = steps["lake: one site changed"]["seconds"] * grown
    query = queries["DuckDB over HTTP: national-ratings"]
    requests = query["requests"] * grown
    sent = query["bytes"] * measures / report["measures"]
    # One after the other: which files are read is known only from those before.
    one = queries["DuckDB over HTTP: one-city"]
    files = queries["DuckDB, folders: national-ratings"]["seconds"] * grown
    start = queries["Spark: start of a session"]["seconds"]
    spark = start + (queries["Spark job: every national table"]["seconds"] - start) * grown
    rows = [
        ("measures", measures, f"{measures / 1e6:.1f} million"),
        ("build every city, one core", core_seconds, hours(core_seconds)),
        (f"build every city, {CORES} cores", core_seconds / CORES / use, hours(core_seconds / CORES / use)),
        ("one city, one core", core_seconds / CITIES, f"{core_seconds / CITIES:.0f} s"),
        ("bytes of the sites", site_bytes, gigabytes(site_bytes)),
        ("files of the sites", whole("files"), f"{whole('files') / 1e6:.1f} million"),
        ("the lake, first time", lake_seconds, hours(lake_seconds)),
        ("the lake, one city changed", changed, hours(changed)),
        ("data files", data_files, f"{data_files:,.0f}"),
        ("bytes of the data files", data_bytes, gigabytes(data_bytes)),
        ("bytes of the lists", lists, gigabytes(lists)),
        ("national ratings over HTTP: requests", requests, f"{requests:,.0f}"),
        ("national ratings over HTTP: bytes", sent, gigabytes(sent)),
        ("national ratings over HTTP: time", *over_http(requests, sent)),
        ("one city over HTTP: time", *over_http(one["requests"] * YEARS / years * PARALLEL, one["bytes"] * grown)),
        ("national ratings, files of this machine", files, hours(files)),
        ("national tables by Spark, two cores", spark, hours(spark)),
    ]
    return [{"what": what, "value": round(value, 1), "shown": shown} for what, value, shown in rows]


def over_http(requests: float, sent: float) -> tuple[float, str]:
    seconds = requests * LATENCY / PARALLEL + sent / BANDWIDTH
    return seconds, hours(seconds)


def hours(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def gigabytes(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count < 100e9 else f"{count / 1e9:.0f} GB"
