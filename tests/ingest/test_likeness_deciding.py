"""What a person decides is published, remembered, and not asked again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError, RecordsRejected
from catalog.ingest.deciding import roll_back_run
from catalog.ingest.likeness import deciding
from catalog.ingest.likeness.deciding import accept, reject
from catalog.ingest.likeness.following import LikenessFollower
from catalog.ingest.likeness.groups import are_connected, load_reviewed, merge
from catalog.ingest.likeness.proposals import LikenessState, load_proposals, pair_of
from catalog.ingest.submissions import load_submissions
from catalog.model.bulk import table_of
from catalog.model.documents import find_things, load_documents
from catalog.model.listing import Slice
from catalog.model.related import Related, Wanted, list_related
from catalog.model.tables import EquivalenceRow
from catalog.model.viewer import Anonymous
from catalog.model.vocabulary import RecordType
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from catalog.publishing.manner import Manner
from tests.conftest import NOW
from tests.ingest.likenesses import followed, ids, pairs, proposed
from tests.records import SOURCE, credential, institution

OFFICE = "Articulation office"
ALL = ["one/ev", "two/ev", "three/ev", "four/ev"]


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    names = ("one", "two", "three", "four")
    apply_records(opened, [*map(institution, names), *map(ev, names)], SOURCE, lambda: NOW)
    assert followed(opened) == pairs(ALL)
    yield opened
    with read_snapshot(opened) as connection:
        assert check(connection) == []
    opened.dispose()


def ev(at, **fields):
    basics = {"provider": at, "slug": f"{at}/ev", "title": "Electric Vehicle Maintenance"}
    return credential(f"{at}-ev", **{**basics, **fields})


def change(database, *records, gone=()):
    apply_records(database, records, SOURCE, lambda: NOW, manner=Manner(gone=[("credential", ref) for ref in gone]))


def accepted(database, *slugs, **more):
    return accept(database, ids(database, *slugs), OFFICE, lambda: NOW, **more)


def rejected(database, *slugs, now=NOW):
    reject(database, pair_of(*ids(database, *slugs)), OFFICE, lambda: now)


def equivalences(database):
    with read_snapshot(database) as connection:
        found = connection.scalars(select(table_of(EquivalenceRow).c.equivalence).distinct()).all()
        documents = load_documents(connection, found, Anonymous()).values()
        members = {one: own for own in documents for one in own["members"]}
        slugs = find_things(connection, RecordType.CREDENTIAL, members, Anonymous())
    return [(sorted(slugs[one] for one in own["members"]), own["basis"], own["reviewedBy"], own["on"]) for own in documents]


def refused(code, act, *arguments, **more):
    with pytest.raises(CatalogError) as caught:
        act(*arguments, **more)
    assert caught.value.code == code
    return str(caught.value)


def test_accepting_publishes_an_equivalence_that_counts(database):
    done = accepted(database, "two/ev", "one/ev")
    assert (done.slugs, done.implied, done.applied.revision) == (("one/ev", "two/ev"), (), 2)
    assert equivalences(database) == [(["one/ev", "two/ev"], "REVIEWED", OFFICE, "2026-11-23")]
    one, two = ids(database, "one/ev", "two/ev")
    with read_snapshot(database) as connection:
        equal = list_related(connection, Wanted(Related.EQUIVALENTS), [one], Anonymous(), Slice(10))
        (row,) = load_proposals(connection, LikenessState.ACCEPTED)
        (submission,) = load_submissions(connection)
    assert equal == {one: [(two, "two/ev")]}
    assert (row.decided_by, row.decided_at) == (OFFICE, NOW)
    assert (submission.source, submission.state, submission.id) == ("catalogue/equivalences", "PUBLISHED", done.applied.run)
    assert followed(database) == pairs(ALL) - pairs(["one/ev", "two/ev"])


def test_a_dry_run_writes_nothing(database):
    done = accepted(database, "one/ev", "two/ev", dry_run=True)
    assert ([kind for kind, _, _ in done.applied.things], done.applied.revision) == (["CREATED"], None)
    assert (equivalences(database), proposed(database)) == ([], pairs(ALL))


def test_pairs_that_share_a_member_become_one_group(database):
    accepted(database, "one/ev", "two/ev")
    assert accepted(database, "two/ev", "three/ev").slugs == ("one/ev", "three/ev", "two/ev")
    assert [members for members, *_ in equivalences(database)] == [["one/ev", "three/ev", "two/ev"]]
    assert proposed(database, LikenessState.ACCEPTED) == pairs(["one/ev", "two/ev", "three/ev"])
    assert proposed(database) == pairs(ALL) - pairs(["one/ev", "two/ev", "three/ev"])


def test_several_at_once_and_two_groups_become_one(database):
    accepted(database, "one/ev", "two/ev")
    accepted(database, "three/ev", "four/ev")
    assert len(equivalences(database)) == 2
    done = accepted(database, "one/ev", "four/ev")
    assert [members for members, *_ in equivalences(database)] == [sorted(ALL)]
    assert {str(kind): count for kind, count in done.applied.kinds.items()} == {"UPDATED": 1, "WITHDRAWN": 1}
    with read_snapshot(database) as connection:
        assert {ref: len(own) for ref, own in load_reviewed(connection).items()} == {"four/ev": 4}
    assert proposed(database, LikenessState.ACCEPTED) == pairs(ALL)


def test_all_four_at_once(database):
    accepted(database, *ALL)
    assert [members for members, *_ in equivalences(database)] == [sorted(ALL)]
    assert followed(database) == set()


def test_what_comes_along_unproposed_is_named(database):
    change(database, ev("two", weeks=4, statedHours=50), ev("one", statedHours=20), ev("three", statedHours=100))
    assert followed(database) == pairs(ALL) - pairs(["one/ev", "three/ev"])
    (implied,) = accepted(database, "one/ev", "two/ev", "three/ev").implied
    assert sorted(implied) == ["one/ev", "three/ev"]
    assert proposed(database, LikenessState.ACCEPTED) == pairs(["one/ev", "two/ev"], ["two/ev", "three/ev"])


def test_a_rejected_pair_is_not_made_the_same_by_way_of_a_third(database):
    rejected(database, "one/ev", "two/ev")
    accepted(database, "one/ev", "three/ev")
    message = refused("LIKENESS_REJECTED", accepted, database, "two/ev", "three/ev")
    assert "two/ev" in message
    assert OFFICE in message
    assert [members for members, *_ in equivalences(database)] == [["one/ev", "three/ev"]]


def test_a_rejection_is_remembered_until_a_title_changes(database):
    rejected(database, "one/ev", "two/ev")
    assert "one/ev" in refused("LIKENESS_DECIDED", rejected, database, "one/ev", "two/ev")
    change(database, ev("one", summary="Other words.", weeks=4))
    assert followed(database) == pairs(ALL) - pairs(["one/ev", "two/ev"])
    change(database, ev("one", title="ELECTRIC vehicle maintenance"))
    assert followed(database) == pairs(ALL) - pairs(["one/ev", "two/ev"])
    change(database, ev("one", title="Electric Vehicle (EV) Maintenance Training"))
    later = NOW + timedelta(days=1)
    assert followed(database, later) == pairs(ALL)
    with read_snapshot(database) as connection:
        (again,) = load_proposals(connection, among=ids(database, "one/ev", "two/ev"))
    assert (again.state, again.proposed_at, again.decided_by, again.decided_at) == ("PROPOSED", later, OFFICE, NOW)


def test_a_rejected_pair_whose_listings_change_entirely_stays_rejected(database):
    rejected(database, "one/ev", "two/ev")
    change(database, ev("one", title="Something else"))
    followed(database)
    assert proposed(database, LikenessState.REJECTED) == pairs(["one/ev", "two/ev"])


def test_what_was_accepted_can_be_taken_back_and_is_not_asked_again(database):
    accepted(database, "one/ev", "two/ev")
    run = accepted(database, "two/ev", "three/ev").applied.run
    roll_back_run(database, run, lambda: NOW)
    assert [members for members, *_ in equivalences(database)] == [["one/ev", "two/ev"]]
    assert followed(database) == pairs(ALL) - pairs(["one/ev", "two/ev", "three/ev"])


def test_only_what_is_proposed_can_be_decided(database):
    change(database, credential("other", provider="two", slug="two/other", title="Another subject"))
    assert "two/other" in refused("LIKENESS_UNKNOWN", accepted, database, "one/ev", "two/other")
    refused("LIKENESS_UNKNOWN", accepted, database, "one/ev", "two/ev", "two/other")
    refused("LIKENESS_UNKNOWN", rejected, database, "one/ev", "two/other")
    accepted(database, "one/ev", "two/ev")
    assert "accepted by Articulation office on 2026-11-23" in refused(
        "LIKENESS_DECIDED", accepted, database, "one/ev", "two/ev"
    )


@pytest.mark.parametrize(
    "stated", [{"stewardship": {"community": "A Nation"}}, {"title": "Else"}, {"visibility": "UNLISTED"}]
)
def test_what_changed_since_it_was_proposed_is_not_accepted(database, stated):
    change(database, ev("two", **stated))
    refused("LIKENESS_OVER", accepted, database, "one/ev", "two/ev")
    change(database, gone=["three-ev"])
    refused("LIKENESS_OVER", accepted, database, "one/ev", "three/ev")
    assert equivalences(database) == []


def test_who_decides_meanwhile_is_not_overwritten(database, monkeypatch):
    apply = deciding.apply_records

    def after_another(*arguments, **more):
        rejected(database, "one/ev", "two/ev")
        return apply(*arguments, **more)

    monkeypatch.setattr(deciding, "apply_records", after_another)
    refused("LIKENESS_DECIDED", accepted, database, "one/ev", "two/ev")
    assert (equivalences(database), proposed(database, LikenessState.REJECTED)) == ([], pairs(["one/ev", "two/ev"]))


def test_two_who_accept_at_once_make_no_two_groups(database, monkeypatch):
    apply = deciding.apply_records

    def after_another(*arguments, **more):
        monkeypatch.setattr(deciding, "apply_records", apply)
        accepted(database, "two/ev", "three/ev")
        return apply(*arguments, **more)

    monkeypatch.setattr(deciding, "apply_records", after_another)
    refused("WRITE_CONFLICT", accepted, database, "one/ev", "two/ev")
    assert [members for members, *_ in equivalences(database)] == [["three/ev", "two/ev"]]


def test_a_member_that_was_withdrawn_stays_in_its_group_and_does_not_stop_it_from_growing(database):
    accepted(database, "one/ev", "two/ev")
    change(database, gone=["one-ev"])
    followed(database)
    accepted(database, "two/ev", "three/ev")
    assert [members for members, *_ in equivalences(database)] == [["one/ev", "three/ev", "two/ev"]]


def test_a_group_has_at_most_a_hundred_members(database):
    slugs = [f"i{number}" for number in range(101)]
    change(database, *map(institution, slugs), *map(ev, slugs))
    LikenessFollower(database, lambda: NOW).follow()
    with pytest.raises(RecordsRejected) as caught:
        accepted(database, *(f"{one}/ev" for one in slugs))
    assert [one.code for one in caught.value.issues] == ["TOO_MANY"]


def test_groups_are_plain_sets():
    groups = {"a": frozenset("ab"), "c": frozenset("cd"), "x": frozenset("xy")}
    merged = merge("bc", groups)
    assert (merged.members, merged.ref, merged.gone) == (frozenset("abcd"), "a", ("c",))
    assert merge("pq", groups).ref is None
    assert are_connected("abc", [("a", "b"), ("b", "c")])
    assert not are_connected("abcd", [("a", "b"), ("c", "d")])
