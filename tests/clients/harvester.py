"""CKAN's parser of DCAT (ckanext-dcat) without a CKAN: what the parser imports from it, and no more.

Parsing needs only a register of licences, the formats of resources and a few helpers; database, web
server and configuration stay away.
"""

import re
import sys
import types
from unittest import mock

# The register of licences that CKAN ships with, as far as local governments use it.
LICENCES = {
    "cc-by": ("Creative Commons Attribution", "http://www.opendefinition.org/licenses/cc-by"),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc-zero": ("Creative Commons CCZero", "http://www.opendefinition.org/licenses/cc-zero"),
}


class Licence:
    def __init__(self, name: str):
        self.id, (self.title, self.url) = name, LICENCES[name]


class LicenseRegister(dict):
    def __init__(self):
        super().__init__({name: Licence(name) for name in LICENCES})


class Absent(types.ModuleType):
    """A module of CKAN of which nothing is called while a catalogue is parsed."""

    __path__: list[str] = []

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return mock.MagicMock(name=f"{self.__name__}.{name}")


def module(name: str, **members: object) -> None:
    made = Absent(name)
    for key, value in members.items():
        setattr(made, key, value)
    sys.modules[name] = made


def as_list(value: object) -> list:
    return value.split() if isinstance(value, str) else list(value or [])


def as_bool(value: object) -> bool:
    return str(value).lower() in ("true", "1", "yes")


class Interface:
    pass


def prepare() -> None:
    helpers = {"config": {"ckan.locale_default": "ja"}, "asbool": as_bool, "aslist": as_list, "ObjectNotFound": KeyError}
    module("ckantoolkit", **helpers)
    for name in ("ckan", "ckan.lib", "ckan.model", "ckan.views", "ckan.views.home", "ckan.views.dataset",
                 "ckan.exceptions", "ckan.logic"):
        module(name)
    module("ckan.plugins", Interface=Interface, PluginImplementations=lambda _: [])
    module("ckan.plugins.interfaces", Interface=Interface)
    module("ckan.plugins.toolkit", Invalid=ValueError, **helpers)
    module("ckan.exceptions", HelperError=RuntimeError)
    module("ckan.lib.helpers", resource_formats=dict)
    module("ckan.lib.munge", munge_tag=lambda tag: re.sub(r"\s+", "-", tag.strip().lower()))
    module("ckan.model.license", LicenseRegister=LicenseRegister)


prepare()

from ckanext.dcat.processors import RDFParser  # noqa: E402


def datasets(path, form: str) -> list[dict]:
    """The datasets that a harvester makes of the catalogue in a file."""
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(path.read_bytes(), form)
    return list(parser.datasets())
