"""The bundle of open data is a Data Package (v1, https://specs.frictionlessdata.io/data-package/) that keeps what it says."""

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.export.about import About
from catalog.export.bundle import newest_bundle, write_bundle
from catalog.model.state import read_state
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.export.asking import LICENCE, asking, bundle, export, listed, offering_ids
from tests.records import SOURCE, credential, institution

NAME = re.compile(r"[a-z0-9._/-]+")
LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")
TYPES = {"string": str, "number": Decimal, "integer": int}


class Package:
    def __init__(self, data):
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        assert self.archive.testzip() is None
        self.files = {one.filename: self.archive.read(one) for one in self.archive.infolist()}
        self.descriptor = json.loads(self.files["datapackage.json"])
        self.resources = {one["name"]: one for one in self.descriptor["resources"]}
        self.tables = {name: self.rows(one) for name, one in self.resources.items() if "schema" in one}

    def rows(self, resource):
        text = self.files[resource["path"]].decode(resource["encoding"])
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert head == [one["name"] for one in resource["schema"]["fields"]], "every column is described, in order"
        return [dict(zip(head, row, strict=True)) for row in rows]

    def column(self, table, name):
        return [one[name] for one in self.tables[table]]


@pytest.fixture(scope="module")
def package(seed):
    return Package(bundle(seed))


def test_checksums(package):
    stated = dict(reversed(line.split("  ")) for line in package.files["SHA256SUMS"].decode().splitlines())
    assert stated == {name: hashlib.sha256(data).hexdigest() for name, data in package.files.items() if name != "SHA256SUMS"}


def test_resources_have_the_stated_bytes(package):
    paths = [one["path"] for one in package.descriptor["resources"]]
    assert sorted([*paths, "datapackage.json", "SHA256SUMS"]) == sorted(package.files)
    for one in package.descriptor["resources"]:
        data = package.files[one["path"]]
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_the_same_state_gives_the_same_bytes(seed, package):
    with asking(seed) as context:
        state, found = read_state(context.connection), []
        for minute in (0, 0, 1):
            about = About("All", datetime(2026, 11, 23, 12, minute, tzinfo=UTC), state.revision, state.epoch, {}, None)
            file = io.BytesIO()
            write_bundle(file, context.connection, about)
            found.append(file.getvalue())
    assert found[0] == found[1] != found[2]
    assert Package(found[2]).files["credentials.csv"] == Package(found[0]).files["credentials.csv"]
    assert bundle(seed) == bundle(seed)


def test_it_holds_everything_that_is_listed(seed, package):
    api = listed(seed)
    assert package.column("credentials", "id") == [one["id"] for one in api]
    records = [json.loads(line) for line in package.files["credentials.ndjson"].splitlines()]
    assert [one["id"] for one in records] == [one["id"] for one in api]
    assert package.column("offerings", "offering_id") == offering_ids("ndjson", export(seed, "ndjson").data)
    assert (package.descriptor["exported"], package.descriptor["leftOut"]) == (len(api), 0)
    sources = json.loads(export(seed, "json").data)["sources"]
    assert package.column("sources", "key") == [one["key"] for one in sources]
    assert [int(one) for one in package.column("sources", "records")] == [one["count"] for one in sources]


def test_keys_hold(package):
    for name, resource in package.resources.items():
        if "schema" not in resource:
            continue
        keys = package.column(name, resource["schema"]["primaryKey"])
        assert all(keys)
        assert len(keys) == len(set(keys)), name
        for one in resource["schema"].get("foreignKeys", ()):
            target = one["reference"]
            known = set(package.column(target["resource"], target["fields"]))
            assert set(package.column(name, one["fields"])) <= known, "an empty one would be a missing provider"


def test_values_have_the_described_type(package):
    filled = set()
    for name, rows in package.tables.items():
        schema = package.resources[name]["schema"]
        assert schema["missingValues"] == [""]
        types = {one["name"]: one["type"] for one in schema["fields"]}
        for row in rows:
            for column, cell in row.items():
                if cell:
                    assert TYPES[types[column]](cell) is not None
                    filled.add(types[column])
        numeric = {one for one, own in types.items() if own == "number"}
        for column in types.keys() - numeric:
            if name == "credentials" and column.endswith(("_min", "_max", "price", "value")):
                pytest.fail(f"{column} is a number, and is described as {types[column]}")
    assert filled == {"string", "number", "integer"}


def test_csv_is_what_the_specification_expects(package):
    """UTF-8 without a mark, lines as the dialect says."""
    for name in package.tables:
        data = package.files[package.resources[name]["path"]]
        assert package.resources[name]["dialect"]["lineTerminator"] == "\r\n"
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")


def test_the_descriptor_has_what_version_1_asks_for(seed, package):
    found = package.descriptor
    assert found["resources"]
    assert NAME.fullmatch(found["name"])
    assert datetime.fromisoformat(found["created"]) == NOW
    assert found["version"] == str(seed.data("{ catalog { revision } }")["catalog"]["revision"])
    assert found["licenses"] == [{"path": LICENCE, "title": LICENCE}]
    assert found["sources"]
    assert all(one["title"] for one in found["sources"])
    assert len({one["name"] for one in found["resources"]}) == len(found["resources"])
    for one in found["resources"]:
        assert NAME.fullmatch(one["name"])
        assert not one["path"].startswith("/")
        assert ".." not in one["path"]
        assert re.fullmatch(r"[^:]+:[a-f0-9]+", one["hash"])
        if "schema" in one:
            assert one["profile"] == "tabular-data-resource"
            assert all(own["name"] and own["type"] in TYPES for own in one["schema"]["fields"])


def test_all_of_a_tabular_package_is_tabular(package):
    """https://specs.frictionlessdata.io/tabular-data-package/: each resource MUST be a Tabular Data Resource."""
    assert package.descriptor["profile"] == "data-package" or len(package.tables) == len(package.resources)


@pytest.mark.parametrize(
    "licence",
    [
        None,
        "OGL-Canada-2.0",
        "https://example.org/licence",
        "Open Government Licence - British Columbia",
    ],
)
def test_a_licence_has_a_name_or_a_path(small, licence):
    apply_records(small.database, [institution(), credential("a")], SOURCE, lambda: NOW)
    (found,) = Package(bundle(small, licence=licence)).descriptor["licenses"]
    assert "name" in found or "path" in found
    assert LICENCE_NAME.fullmatch(found.get("name", "path"))
    assert licence is None or licence in found.values()


def test_an_empty_catalogue_leaves_out_what_may_not_be_empty(small):
    assert Package(bundle(small)).descriptor.get("sources") != []


def test_an_empty_catalogue_has_tables_of_heads(small):
    found = Package(bundle(small))
    assert found.tables == {"institutions": [], "credentials": [], "offerings": [], "sources": []}


def test_providers_that_only_their_listings_show_are_among_the_institutions(small):
    """A provider that is itself unlisted: the foreign key holds."""
    shy = institution("shy", visibility="UNLISTED")
    apply_records(small.database, [shy, credential("a", provider="shy")], SOURCE, lambda: NOW)
    found = Package(bundle(small))
    assert found.column("credentials", "provider_slug") == found.column("institutions", "slug") == ["shy"]


def test_a_check_that_fails_ends_it(small):
    apply_records(small.database, [institution(), credential("a")], SOURCE, lambda: NOW)

    def check():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        bundle(small, check)


def test_the_newest_bundle_is_that_of_the_latest_day(tmp_path):
    assert newest_bundle(tmp_path / "missing") is None
    for name in ("open-data-2026-09-30.zip", "open-data-2026-11-02.zip", ".open-data-x", "other.zip"):
        (tmp_path / name).touch()
    assert newest_bundle(tmp_path).name == "open-data-2026-11-02.zip"
