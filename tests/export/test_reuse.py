"""What may be handed on: what providers do not allow, what is governed and what is restricted stays inside."""

import io
import json
import zipfile

import pytest

from catalog.ingest.demo import publish_demo
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.export.asking import ENDINGS, bundle, csv_rows, export, ids, listed, sheets
from tests.records import SOURCE, credential, institution

STEWARDED = {"stewardship": {"community": "A Nation", "contact": "office"}}
KINDS = {
    "silent": {},
    "open": {"reuse": "OPEN"},
    "display": {"reuse": "DISPLAY_ONLY"},
    "none": {"reuse": "NO_EXPORT"},
    "governed": STEWARDED,
    "governed-display": {**STEWARDED, "reuse": "DISPLAY_ONLY"},
    "governed-none": {**STEWARDED, "reuse": "NO_EXPORT"},
    "governed-open": {**STEWARDED, "reuse": "OPEN"},
}
ALLOWED = ["uni/governed-open", "uni/open", "uni/silent"]


def publish(served, *records):
    applied = apply_records(served.database, [institution(), *records], SOURCE, lambda: NOW)
    assert applied.revision
    return served


def told(ending, data):
    """All that a reader of the file can find in it, as text."""
    if ending != "xlsx":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def allowing(small):
    return publish(small, *(credential(ref, title=f"Title of {ref}.", **more) for ref, more in KINDS.items()))


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_what_may_be_handed_on_is_exported(allowing, ending):
    slugs = {one["id"]: one["slug"] for one in listed(allowing)}
    assert len(slugs) == len(KINDS), "all of them are shown"
    written = export(allowing, ending)
    assert [slugs[one] for one in ids(ending, written.data)] == ALLOWED
    assert (written.items.exported, written.items.left_out) == (3, 5)
    text = told(ending, written.data)
    for ref in KINDS:
        assert (f"Title of {ref}." in text) == (f"uni/{ref}" in ALLOWED), ref


def test_what_is_left_out_is_counted(allowing):
    found = json.loads(export(allowing, "json").data)
    assert (found["exported"], found["leftOut"]) == (3, 5)
    about = {one["what"]: one["value"] for one in sheets(export(allowing, "xlsx").data)["About"]}
    assert (about["exported"], about["left out"]) == (3, 5)
    narrowed = export(allowing, "csv", {"kinds": ["COURSE"]})
    assert (narrowed.items.exported, narrowed.items.left_out) == (0, 0)
    package = json.loads(unpacked(bundle(allowing))["datapackage.json"])
    assert (package["exported"], package["leftOut"]) == (3, 5)


def test_what_is_left_out_speaks_for_no_source(small):
    other = SOURCE.model_copy(update={"key": "test/other", "name": "Another feed"})
    publish(small, credential("open"))
    apply_records(small.database, [credential("none", reuse="NO_EXPORT")], other, lambda: NOW)
    found = json.loads(export(small, "json").data)
    assert [(one["name"], one["count"]) for one in found["sources"]] == [("Test University feed", 1)]


@pytest.mark.parametrize("level", ["BY_REFERRAL", "UNLISTED"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_restricted_is_neither_there_nor_counted(small, ending, level):
    publish(small, credential("open"), credential("shy", title="Hidden title", visibility=level, reuse="OPEN"))
    written = export(small, ending)
    assert (written.items.exported, written.items.left_out) == (1, 0)
    assert ids(ending, written.data) == [one["id"] for one in listed(small)]
    assert not any(one in told(ending, written.data) for one in ("Hidden", "uni/shy"))


def naming(small, **more):
    """A public credential that names another in every way: part, predecessor, requirement."""
    rule = {"kind": "PREREQUISITE", "rule": {"holds": "uni/shy"}}
    terms = {"components": ["uni/shy"], "supersedes": "uni/shy", "requirementsStated": "LISTED", "requirements": [rule]}
    shy = credential("shy", title="Hidden title", url="https://hidden.example", **more)
    publish(small, shy, credential("open", **terms))
    return small


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_of_what_needs_a_referral_do_not_come_in_by_what_names_it(small, ending):
    naming(small, visibility="BY_REFERRAL")
    assert not any(one in told(ending, export(small, ending).data).lower() for one in ("hidden", "uni/shy"))


SPEAKING = ["json", "ndjson", "jsonld", "ctdl.json"]


@pytest.mark.parametrize("more", [{"visibility": "UNLISTED"}, {"reuse": "NO_EXPORT"}], ids=str)
@pytest.mark.parametrize("ending", SPEAKING)
def test_nor_do_names_of_what_is_unlisted_or_not_to_be_exported(small, ending, more):
    naming(small, **more)
    assert not any(one in told(ending, export(small, ending).data).lower() for one in ("hidden", "uni/shy"))


@pytest.mark.parametrize("ending", ["json", "ndjson"])
def test_nor_do_ids_of_what_needs_a_referral(small, ending):
    publish(small, credential("shy", title="Hidden title"))
    (own,) = (one["id"] for one in listed(small))
    naming(small, visibility="BY_REFERRAL")
    assert own not in told(ending, export(small, ending).data)


def test_the_illustration_is_not_exported(small):
    publish(small, credential("open"))
    publish_demo(small.database, lambda: NOW)
    for ending in ENDINGS:
        written = export(small, ending)
        assert (written.items.exported, written.items.left_out) == (1, 4)
        assert "illustration)" not in told(ending, written.data), ending
    files = unpacked(bundle(small))
    assert len(csv_rows(files["credentials.csv"].encode())) == 1
    assert csv_rows(files["offerings.csv"].encode()) == []
    assert len(files["credentials.ndjson"].splitlines()) == 1


def test_nor_is_its_institution_in_the_bundle(small):
    publish(small, credential("open"))
    publish_demo(small.database, lambda: NOW)
    assert [one["slug"] for one in csv_rows(unpacked(bundle(small))["institutions.csv"].encode())] == ["uni"]


def test_an_unlisted_institution_that_provides_nothing_listed_is_not_in_the_bundle(small):
    publish(small, credential("open"), institution("shy", visibility="UNLISTED"))
    assert "shy" not in [one["slug"] for one in csv_rows(unpacked(bundle(small))["institutions.csv"].encode())]
