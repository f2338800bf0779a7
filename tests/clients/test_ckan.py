"""A harvester of CKAN takes the catalogue in: each dataset once, with its licence and its files."""

import json
import unittest

import harvester
from support import SITE

FORMS = {"catalog.jsonld": "json-ld", "catalog.ttl": "turtle", "catalog.rdf": "xml"}


class Harvest(unittest.TestCase):
    def setUp(self):
        self.catalog = json.loads((SITE / "catalog.json").read_bytes())

    def test_every_form_gives_as_many_datasets_as_the_site_has(self):
        wanted = {dataset["url"] for dataset in self.catalog["datasets"]}
        released = [version for dataset in self.catalog["datasets"] for version in dataset["versions"]]
        self.assertGreaterEqual(len(released), 5, "released versions would count as datasets")
        for name, form in FORMS.items():
            with self.subTest(catalogue=name):
                found = harvester.datasets(SITE / name, form)
                self.assertEqual(len(found), len(wanted))
                extras = [{extra["key"]: extra["value"] for extra in dataset["extras"]} for dataset in found]
                self.assertEqual({each.get("identifier") for each in extras}, wanted)
                self.assertEqual({dataset["license_id"] for dataset in found}, {"CC-BY-4.0"})

    def test_titles_and_files_are_those_of_the_site(self):
        found = {dataset["title"]: dataset for dataset in harvester.datasets(SITE / "catalog.jsonld", "json-ld")}
        for dataset in self.catalog["datasets"]:
            with self.subTest(dataset=dataset["id"]):
                harvested = found[dataset["title"]]
                urls = {resource["download_url"] for resource in harvested["resources"]}
                self.assertEqual(urls, {file["url"] for file in dataset["files"]})
                sizes = {resource["download_url"]: resource["size"] for resource in harvested["resources"]}
                self.assertEqual(sizes, {file["url"]: file["bytes"] for file in dataset["files"]})

    def test_a_released_version_with_the_type_of_a_dataset_would_be_one_more(self):
        versions = harvester.datasets(SITE / "catalog-versions.jsonld", "json-ld")
        released = sum(len(dataset["versions"]) for dataset in self.catalog["datasets"])
        self.assertEqual(len(versions), released)


if __name__ == "__main__":
    unittest.main()
