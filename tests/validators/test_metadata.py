"""What the site says of its data, held to the standards by their own validators; each of which can fail."""

import hashlib
import json
import shutil
import tempfile
import unittest
import warnings
from pathlib import Path

import jsonschema
import pyshacl
from csvw import CSVW
from frictionless import Package
from published import OfTheCity, datasets, datasets_of, each, files, sites
from rdflib import OWL, RDF, SH, Graph, Namespace, URIRef
from rdflib.compare import graph_diff, isomorphic
from support import SITE, real_data

DCT = "http://purl.org/dc/terms/"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
PROFILES = "schemas/frictionless-2.0/public/profiles/2.0"


def problems(package: Path) -> list[str]:
    report = Package(str(package)).validate()
    return [error.message for task in report.tasks for error in task.errors] + [error.message for error in report.errors]


def csvw_problems(metadata: Path) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            table = CSVW(str(metadata), validate=True)
            valid = table.is_valid
            found = [str(warning.message) for warning in table.warnings]
        except ValueError as error:
            return [str(error)]
    return found + ([] if valid else ["not valid", *(str(warning.message) for warning in caught)])


class DataPackages(unittest.TestCase):
    site = SITE

    def packages(self):
        return [self.site / "data/datapackage.json", *sorted(self.site.glob("data/*/*/datapackage.json"))]

    def test_frictionless_validates_every_package_and_its_tables(self):
        ids = datasets_of(self.site)
        released = 5 if self.site == SITE else 0
        self.assertGreaterEqual(len(self.packages()), len(ids) + 1 + released, "released versions have packages too")
        # The package of all is read in the site's bundle (`test_schemas.py`): the same tables once more.
        checked = self.packages()[self.site != SITE:]
        for package, found in zip(checked, each(problems, checked)):
            with self.subTest(package=package.relative_to(self.site).as_posix()):
                resources = json.loads(package.read_bytes())["resources"]
                tables = [path for path in package.parent.glob("*.csv" if package.parent.name != "data" else "*/latest/*.csv")
                          if not path.name.endswith((".excel.csv", ".changes.csv"))]
                paths = {path.relative_to(package.parent).as_posix() for path in tables}
                self.assertEqual({resource["path"] for resource in resources}, paths)
                self.assertGreaterEqual(len(paths), len(ids) if package.parent.name == "data" else 1)
                self.assertEqual(found, [])

    def test_every_package_fits_the_official_profile(self):
        profile = json.loads((real_data("schemas/frictionless-2.0") / "public/profiles/2.0/datapackage.json").read_bytes())
        validator = jsonschema.validators.validator_for(profile)(profile)
        for package in self.packages():
            document = json.loads(package.read_bytes())
            self.assertEqual([error.message for error in validator.iter_errors(document)], [], package)
            del document["resources"]
            self.assertNotEqual(list(validator.iter_errors(document)), [])

    def test_sizes_and_digests_are_those_of_the_files(self):
        for package in self.packages():
            for resource in json.loads(package.read_bytes())["resources"]:
                content = (package.parent / resource["path"]).read_bytes()
                self.assertEqual(resource["bytes"], len(content))
                self.assertEqual(resource["hash"], f"sha256:{hashlib.sha256(content).hexdigest()}")

    def test_a_damaged_table_is_noticed(self):
        source = SITE / "data/public-facilities/latest"
        damages = {
            "a flipped byte": lambda text: text[:-10] + bytes([text[-10] ^ 1]) + text[-9:],
            "a dropped column": lambda text: b"\r\n".join(line.split(b",", 1)[-1] for line in text.split(b"\r\n")),
            "a lost line": lambda text: text[:text.rindex(b"\r\n", 0, -2) + 2],
        }
        for name, damage in damages.items():
            with self.subTest(damage=name), tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "latest"
                shutil.copytree(source, copy)
                table = copy / "public-facilities.csv"
                table.write_bytes(damage(table.read_bytes()))
                self.assertNotEqual(problems(copy / "datapackage.json"), [])


class DataPackagesOfTheCity(OfTheCity, DataPackages):
    pass


class CsvOnTheWeb(unittest.TestCase):
    def test_every_csv_is_as_its_metadata_say(self):
        every = datasets()
        for dataset, found in zip(every, each(csvw_problems, [dataset.file("csv-metadata.json") for dataset in every])):
            with self.subTest(dataset=dataset.name):
                self.assertEqual(found, [])
                columns = json.loads(dataset.file("csv-metadata.json").read_bytes())["tableSchema"]["columns"]
                self.assertEqual([column["name"] for column in columns], dataset.rows(dataset.plain)[0])

    def test_so_is_every_table_of_texts(self):
        narrative = [dataset for dataset in datasets() if dataset.text_columns()]
        self.assertGreaterEqual(len(narrative), 3)
        for dataset in narrative:
            with self.subTest(dataset=dataset.name):
                metadata = dataset.texts.with_name(f"{dataset.id}_text.csv-metadata.json")
                self.assertEqual(csvw_problems(metadata), [])
                columns = json.loads(metadata.read_bytes())["tableSchema"]["columns"]
                self.assertEqual([column["name"] for column in columns], dataset.rows(dataset.texts)[0])

    def test_so_is_every_released_one(self):
        released = [path for path in sorted(SITE.glob("data/*/*/*.csv-metadata.json")) if path.parent.name != "latest"]
        self.assertGreaterEqual(len(released), 5)
        for metadata in released:
            with self.subTest(metadata=metadata.relative_to(SITE).as_posix()):
                self.assertEqual(csvw_problems(metadata), [])

    def test_all_tables_refer_to_each_other_as_their_metadata_say(self):
        for site in sites():
            with self.subTest(site=site.name):
                described = json.loads((site / "data/csv-metadata.json").read_bytes())
                tables = {table["url"]: table for table in described["tables"]}
                paths = [path for dataset in datasets_of(site) for path in (dataset.plain, dataset.texts) if path.exists()]
                self.assertEqual(set(tables), {path.relative_to(site / "data").as_posix() for path in paths})
                references = {name: [key["reference"]["resource"] for key in table["tableSchema"].get("foreignKeys", [])]
                              for name, table in tables.items()}
                self.assertEqual(references["measures/latest/measures_text.csv"], ["measures/latest/measures.csv"])
                self.assertEqual(references["results/latest/results.csv"],
                                 ["measures/latest/measures.csv", "ratings/latest/ratings.csv"])
                self.assertEqual(csvw_problems(site / "data/csv-metadata.json"), [])

    def test_every_table_has_its_page_and_its_dates_as_rdf_too(self):
        """The terms are those of the vocabulary: `dc` and `dcat` are prefixes that the standard defines."""
        dated = 0
        for site in sites():
            catalog = json.loads((site / "catalog.json").read_bytes())
            of_all = json.loads((site / "data/csv-metadata.json").read_bytes())["tables"]
            for dataset in catalog["datasets"]:
                address = f"{dataset['id']}/latest/{dataset['id']}"
                states = [(site / f"data/{address}.csv-metadata.json", dataset["url"], dataset["published"], dataset["updated"])]
                states += [(site / f"data/{dataset['id']}/{version['version']}/{dataset['id']}.csv-metadata.json",
                            version["url"], None, None) for version in dataset["versions"]]
                for number, (path, page, published, updated) in enumerate(states):
                    with self.subTest(site=site.name, metadata=path.relative_to(site).as_posix()):
                        tables = [json.loads(path.read_bytes())]
                        if number == 0:
                            tables += [table for table in of_all if table["url"] in (f"{address}.csv", f"{address}_text.csv")]
                        for table in tables:
                            self.assertEqual(table["dcat:landingPage"], {"@id": page})
                            self.assertTrue((site / page.removeprefix(catalog["url"])).exists(), page)
                            if number == 0:
                                self.assertEqual(table.get("dc:issued", {}).get("@value"), published)
                                self.assertEqual(table.get("dc:modified", {}).get("@value"), updated or published)
                            for term in {"dc:issued", "dc:modified"} & table.keys():
                                self.assertEqual(table[term]["@type"], "xsd:date")
                                dated += 1
        self.assertGreater(dated, 40)

    def test_a_reference_to_nothing_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "data"
            shutil.copytree(SITE / "data", copy)
            table = copy / "measure-topics/latest/measure-topics.csv"
            header, first, *rest = table.read_bytes().decode("utf-8").split("\r\n")
            cells = first.split(",")
            cells[header.split(",").index("measure")] = "nowhere"
            table.write_text("\r\n".join([header, ",".join(cells), *rest]), encoding="utf-8", newline="")
            self.assertNotEqual(csvw_problems(copy / "csv-metadata.json"), [])

    def test_a_cell_of_another_type_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "latest"
            shutil.copytree(SITE / "data/population/latest", copy)
            table = copy / "population.csv"
            header, first, *rest = table.read_bytes().decode("utf-8").split("\r\n")
            numeric = [column["name"] for column in json.loads((copy / "population.json").read_bytes())["columns"]
                       if column["type"] == "integer"][0]
            cells = first.split(",")
            cells[header.split(",").index(numeric)] = "many"
            table.write_text("\r\n".join([header, ",".join(cells), *rest]), encoding="utf-8", newline="")
            self.assertNotEqual(csvw_problems(copy / "population.csv-metadata.json"), [])


def dcat_ap() -> Graph:
    """The official shapes."""
    return Graph().parse(real_data("dcat-ap-shacl") / "releases_3.0.1_shacl_dcat-ap-SHACL.ttl")


class Catalogue(unittest.TestCase):
    site = SITE

    def test_the_catalogue_conforms_to_dcat_ap(self):
        shapes = dcat_ap()
        graph = Graph().parse(self.site / "catalog.jsonld", format="json-ld")
        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
        self.assertTrue(conforms, text)
        if self.site != SITE:
            return
        # With the released versions, which are datasets too.
        both = Graph() + graph
        both.parse(self.site / "catalog-versions.jsonld", format="json-ld")
        conforms, _, text = pyshacl.validate(both, shacl_graph=shapes)
        self.assertTrue(conforms, text)
        # Without the title of a dataset it does not.
        dataset = next(graph.subjects(None, URIRef("http://www.w3.org/ns/dcat#Dataset")))
        graph.remove((dataset, URIRef(f"{DCT}title"), None))
        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
        self.assertFalse(conforms, text)

    def versions(self) -> list[tuple[str, list[dict]]]:
        """The released versions of each dataset that has any."""
        path = self.site / "catalog-versions.jsonld"
        if not path.exists():
            return []
        return [(node["@id"], node["dcat:hasVersion"]) for node in json.loads(path.read_bytes())["@graph"]]

    def test_every_form_is_the_same_graph(self):
        graph = Graph().parse(self.site / "catalog.jsonld", format="json-ld")
        self.assertGreater(len(graph), 1000)
        for name, form in (("catalog.ttl", "turtle"), ("catalog.rdf", "xml")):
            with self.subTest(form=form):
                other = Graph().parse(self.site / name, format=form)
                self.assertTrue(isomorphic(graph, other), [sorted(part)[:5] for part in graph_diff(graph, other)[1:]])
        other.remove(next(iter(other)))
        self.assertFalse(isomorphic(graph, other))

    def test_the_recommended_shapes_miss_only_what_the_content_does_not_know(self):
        shapes = Graph().parse(real_data("dcat-ap-shacl") / "releases_3.0.1_html_shacl_shapes_recommended.ttl")
        shapes.remove((None, OWL.imports, None))
        graph = Graph().parse(self.site / "catalog.jsonld", format="json-ld")
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
        missed: dict[str, set] = {}
        for result in report.subjects(RDF.type, SH.ValidationResult):
            path = report.value(result, SH.resultPath)
            if "#author-" in str(report.value(result, SH.focusNode)):
                continue  # Whether an author is a person or an office is not said.
            missed.setdefault(str(path).rsplit("/", 1)[-1].rsplit("#", 1)[-1], set()).add(report.value(result, SH.focusNode))
        # No city says for how long files will be kept, and not every table has a period, keywords or a topic.
        unknown = {"availability", "temporal", "keyword", "theme", "bbox", "centroid", "startDate", "endDate"}
        if self.site != SITE:
            unknown |= {"contactPoint", "modified", "issued", "themeTaxonomy"}
        self.assertEqual(set(missed) - unknown, set(), {name: sorted(missed[name])[:3] for name in set(missed) - unknown})
        if self.site == SITE:
            own = {URIRef(f"{dataset['url']}#dataset") for dataset in json.loads((SITE / "catalog.json").read_bytes())["datasets"]
                   if not dataset["built_in"]}
            self.assertEqual({name: missed.get(name, set()) & own for name in ("temporal", "keyword", "theme")},
                             {"temporal": set(), "keyword": set(), "theme": set()}, "the sample's own datasets have all three")

    def test_licences_have_their_plain_addresses(self):
        graph = Graph().parse(self.site / "catalog.jsonld", format="json-ld")
        licences = {str(licence) for licence in graph.objects(None, URIRef(f"{DCT}license"))}
        self.assertEqual(licences, {"https://creativecommons.org/licenses/by/4.0/"})

    def test_it_lists_every_data_file_with_its_size_and_digest(self):
        catalogue = json.loads((self.site / "catalog.jsonld").read_bytes())
        base = json.loads((self.site / "catalog.json").read_bytes())["url"]
        found = {}
        current = catalogue["dcat:dataset"]
        self.assertEqual([dataset for dataset in current if "dcat:hasVersion" in dataset], [])
        released = [version for _, versions in self.versions() for version in versions]
        if self.site == SITE:
            self.assertGreaterEqual(len(released), 5, "the sample has released versions")
        for dataset in current + released:
            for file in dataset["dcat:distribution"]:
                found[file["dcat:downloadURL"]["@id"].removeprefix(base)] = (
                    int(file["dcat:byteSize"]["@value"]), file["spdx:checksum"]["spdx:checksumValue"]["@value"])
        metadata = (".html", ".md", "datapackage.json", "csv-metadata.json", ".bib", ".ris", ".sql", ".changes.csv")
        expected = {path: (file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest())
                    for path, file in files(self.site).items() if path.startswith("data/") and not path.endswith(metadata) and path != "data/open-data.zip"}
        self.assertEqual(found, expected)

    def test_versions_follow_one_another(self):
        for dataset, versions in self.versions():
            for version in versions:
                self.assertEqual(version["dcat:isVersionOf"]["@id"], dataset)
                self.assertTrue(version["@id"].endswith(f"/{version['dcat:version']}/#dataset"))
            chain = [version.get("dcat:previousVersion", {}).get("@id") for version in versions]
            self.assertEqual(chain, [None, *(version["@id"] for version in versions)][:len(versions)])


class CatalogueOfTheCity(OfTheCity, Catalogue):
    pass


class Series(unittest.TestCase):
    def test_series_have_their_datasets_in_order_and_the_shapes_look_at_them(self):
        graph = Graph().parse(SITE / "catalog.jsonld", format="json-ld")
        listed = json.loads((SITE / "catalog.json").read_bytes())
        pages = {dataset["id"]: URIRef(f"{dataset['url']}#dataset") for dataset in listed["datasets"]}
        series = set(graph.subjects(RDF.type, DCAT.DatasetSeries))
        self.assertEqual(len(series), len(listed["series"]))
        for described in listed["series"]:
            members = [pages[name] for name in described["datasets"]]
            self.assertGreaterEqual(len(members), 3)
            [node] = {value for member in members for value in graph.objects(member, DCAT.inSeries)}
            self.assertEqual((graph.value(node, DCAT.first), graph.value(node, DCAT.last)), (members[0], members[-1]))
            self.assertEqual(set(graph.objects(node, DCAT.seriesMember)), set(members))
            for earlier, later in zip([None, *members], members):
                self.assertEqual(graph.value(later, DCAT.prev), earlier)
            for earlier, later in zip(members, [*members[1:], None]):
                self.assertEqual(graph.value(earlier, DCAT.next), later)
            starts = [graph.value(graph.value(member, URIRef(f"{DCT}temporal")), DCAT.startDate).toPython() for member in members]
            self.assertEqual(starts, sorted(set(starts)))
        # A series without description, or one that is no series, does not conform.
        shapes, node = dcat_ap(), series.pop()
        for predicate, value in ((URIRef(f"{DCT}description"), None), (RDF.type, DCAT.DatasetSeries)):
            damaged = Graph() + graph
            damaged.remove((node, predicate, value))
            conforms, _, text = pyshacl.validate(damaged, shacl_graph=shapes)
            self.assertFalse(conforms, text)


class StructuredData(unittest.TestCase):
    def of(self, path: Path) -> list[dict]:
        text = path.read_text(encoding="utf-8")
        begin = text.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
        known = json.loads(text[begin:text.index("</script>", begin)])
        return known if isinstance(known, list) else [known]

    def test_every_dataset_page_describes_its_dataset_and_where_it_stands(self):
        for dataset in datasets_of(SITE):
            for page in (SITE / f"data/{dataset.id}.html", SITE / f"en/data/{dataset.id}.html"):
                with self.subTest(page=page.relative_to(SITE).as_posix()):
                    trail, known = self.of(page)
                    self.assertEqual(known["@type"], "Dataset")
                    self.assertTrue(50 <= len(known["description"]) <= 5000, known["description"])
                    self.assertEqual(known["license"], "https://creativecommons.org/licenses/by/4.0/")
                    self.assertEqual(known["publisher"]["@type"], "GovernmentOrganization")
                    base = json.loads((SITE / "catalog.json").read_bytes())["url"]
                    offered = {file["contentUrl"].removeprefix(base) for file in known["distribution"]}
                    self.assertTrue(offered <= set(files()) and len(offered) >= 5, offered)
                    self.assertEqual(known["includedInDataCatalog"]["url"], base)
                    self.assertEqual(known["identifier"], f"{base}data/{dataset.id}.html")
                    for file in known["distribution"]:
                        content = files()[file["contentUrl"].removeprefix(base)].read_bytes()
                        self.assertEqual(file["sha256"], hashlib.sha256(content).hexdigest())
                    positions = [item["position"] for item in trail["itemListElement"]]
                    self.assertEqual(positions, [1, 2, 3])
                    for item in trail["itemListElement"]:
                        path = item["item"].removeprefix(base)
                        self.assertIn(f"{path}index.html" if path in ("", "en/", "data/", "en/data/") else path, files())

    def test_every_released_version_describes_itself(self):
        listed = json.loads((SITE / "catalog.json").read_bytes())
        versions = [(dataset, version) for dataset in listed["datasets"] for version in dataset["versions"]]
        self.assertGreaterEqual(len(versions), 5)
        for dataset, version in versions:
            with self.subTest(version=version["url"]):
                known = self.of(SITE / version["url"].removeprefix(listed["url"]) / "index.html")[-1]
                self.assertEqual(known["@type"], "Dataset")
                self.assertEqual((known["version"], known["identifier"]), (version["version"], version["url"]))
                self.assertEqual({file["contentUrl"] for file in known["distribution"]}, {file["url"] for file in version["files"]})

    def test_the_background_of_a_dataset_is_in_every_description(self):
        page = (SITE / "data/aed-locations.html").read_text(encoding="utf-8")
        known = self.of(SITE / "data/aed-locations.html")[-1]
        package = json.loads((SITE / "data/aed-locations/latest/datapackage.json").read_bytes())
        source, author, day = "かわら市AED設置台帳", "かわら市消防本部救急課", "2023-10-01"
        self.assertEqual(known["isBasedOn"], [{"@type": "CreativeWork", "name": source, "version": day}])
        self.assertEqual([creator["name"] for creator in known["creator"]], [author])
        self.assertEqual(package["sources"], [{"title": source, "version": day}])
        self.assertIn({"title": author, "roles": ["creator"]}, package["contributors"])
        graph = Graph().parse(SITE / "catalog.ttl")
        node = next(graph.subjects(DCAT.landingPage, URIRef(known["url"])))
        texts = {str(text) for _, _, text in graph.triples((None, None, None))}
        self.assertTrue({source, author} <= texts)
        standard = graph.value(node, URIRef(f"{DCT}conformsTo"))
        self.assertIn("自治体標準オープンデータセット AED設置箇所一覧", {str(title) for title in graph.objects(standard, URIRef(f"{DCT}title"))})
        for text in (source, author, "2023年10月1日（令和5年）現在", "AED設置箇所一覧", "総務省消防庁"):
            self.assertTrue(text in page, text)

    def test_every_measure_says_where_it_stands(self):
        for page in sorted((SITE / "measures").glob("*.html")):
            # An old address stands nowhere; it leads on.
            if page.name != "index.html" and "noindex" not in page.read_text(encoding="utf-8"):
                [trail] = self.of(page)
                self.assertEqual(trail["@type"], "BreadcrumbList")
