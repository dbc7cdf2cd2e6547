"""apply: all or nothing, and nothing for nothing."""

import random

import pytest
from sqlalchemy import select, text

from catalog.db.transactions import read_snapshot
from catalog.errors import RecordsRejected
from catalog.model.bulk import table_of
from catalog.model.changes import Position, read_changes
from catalog.model.documents import load_documents
from catalog.model.record import parse_record
from catalog.model.state import read_state
from catalog.model.tables import DocumentRow, RunRow, StatementRow, ThingSlugRow, VersionRow
from catalog.model.viewer import Anonymous, Everything
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from tests.records import NEWS, SOURCE, credential, institution, record, source

ALL_TABLES = [
    "statement",
    "version",
    "document",
    "change",
    "commit",
    "thing",
    "thing_key",
    "thing_slug",
    "thing_identifier",
    "reference",
    "rule_reference",
    "boundary",
    "institution",
    "campus",
    "credential",
    "credential_institution",
    "credential_skill",
    "offering",
    "award_cover",
    "source",
    "seat_event",
    "catalog_state",
]


def contents(database):
    """Every row of every table but run, as text."""
    with read_snapshot(database) as connection:
        return {name: sorted(map(str, connection.execute(text(f'SELECT * FROM "{name}"')))) for name in ALL_TABLES}


def changes(database, viewer=None):
    with read_snapshot(database) as connection:
        return read_changes(connection, Position(), 1_000, viewer or Everything())


def documents(database, type_="credential"):
    with read_snapshot(database) as connection:
        ids = connection.scalars(select(table_of(DocumentRow).c.id).where(table_of(DocumentRow).c.type == type_)).all()
        return {one["slug"]: one for one in load_documents(connection, ids, Everything()).values()}


SOME = [
    credential("b", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": "uni/a"}}], skills=[{"label": "SEO"}]),
    credential("a", offerings=[{"ref": "fall", "startsOn": "2026-09-08", "places": [{"campus": "uni#main"}]}]),
    institution(campuses=[{"ref": "main", "name": "Main", "city": "Victoria", "timeZone": "America/Vancouver"}]),
]


def test_first_apply_creates_everything_in_any_order(database, clock):
    applied = apply_records(database, SOME, SOURCE, clock)
    assert applied.revision == 1
    assert applied.kinds == {ChangeKind.CREATED: 4}  # two credentials, one institution, one implied skill
    assert [change.kind for change in changes(database)] == ["CREATED"] * 4
    found = documents(database)
    assert set(found) == {"uni/a", "uni/b"}
    assert found["uni/b"]["requirements"][0]["rule"]["credential"] == found["uni/a"]["id"]
    assert found["uni/a"]["offerings"][0]["timeZone"] == "America/Vancouver"


def test_the_same_records_again_or_shuffled_write_only_the_runs_row(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    before = contents(database)
    for seed in range(3):
        shuffled = SOME.copy()
        random.Random(seed).shuffle(shuffled)
        applied = apply_records(database, shuffled, SOURCE, clock)
        assert (applied.revision, applied.kinds) == (None, {})
    assert contents(database) == before
    with read_snapshot(database) as connection:
        assert len(connection.execute(select(table_of(RunRow))).all()) == 4


def test_a_confirmation_moves_one_column_and_is_counted(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    before = contents(database)
    applied = apply_records(database, [SOME[1].model_copy(update={"confirmed_on": clock().date()})], SOURCE, clock)
    assert (applied.revision, applied.confirmed) == (None, 1)
    after = contents(database)
    changed = [name for name in ALL_TABLES if after[name] != before[name]]
    assert changed == ["statement", "catalog_state"]
    assert len(set(after["statement"]) - set(before["statement"])) == 1
    assert apply_records(database, [SOME[1]], SOURCE, clock).confirmed == 0


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"provider": "nobody"}, "provider"),
        (
            {"requirements": [{"kind": "PREREQUISITE", "rule": {"any": [{"holds": "uni/none"}]}}]},
            "requirements[0].rule.any[0].holds",
        ),
        ({"offerings": [{"ref": "x", "places": [{"campus": "uni#none"}]}]}, "offerings[x].places[0].campus"),
        ({"occupations": ["10022"]}, "occupations[0]"),
        ({"skills": [{"scheme": "esco", "code": "1"}]}, "skills[0]"),
    ],
)
def test_a_dangling_reference_is_an_issue_with_its_path_and_nothing_is_written(database, clock, fields, path):
    before = contents(database)
    with pytest.raises(RecordsRejected) as rejected:
        apply_records(database, [institution(), credential("a", **fields)], SOURCE, clock)
    assert [(issue.path, issue.row) for issue in rejected.value.issues] == [(path, 2)]
    assert contents(database) == before
    with read_snapshot(database) as connection:
        assert connection.execute(select(table_of(RunRow))).all() == []


def test_two_sources_that_disagree_are_both_kept(database, clock):
    apply_records(database, [institution(), credential("a", weeks=6)], SOURCE, clock)
    applied = apply_records(database, [record({"type": "credential", "ref": "x", "slug": "uni/a", "weeks": 8})], NEWS, clock)
    assert applied.kinds == {ChangeKind.UPDATED: 1}
    assert documents(database)["uni/a"]["weeks"]["min"] == 6
    assert changes(database)[-1].changed_fields == ["provenance"]
    louder = NEWS.model_copy(update={"precedence": 900})
    apply_records(database, [record({"type": "credential", "ref": "x", "slug": "uni/a", "weeks": 8})], louder, clock)
    assert documents(database)["uni/a"]["weeks"]["min"] == 8
    with read_snapshot(database) as connection:
        assert (
            len(connection.execute(select(table_of(StatementRow)).where(table_of(StatementRow).c.ref.in_(["a", "x"]))).all())
            == 2
        )


def test_renaming_an_institution_rewrites_one_document(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    applied = apply_records(
        database,
        [
            institution(
                name="New name",
                campuses=[{"ref": "main", "name": "Main", "city": "Victoria", "timeZone": "America/Vancouver"}],
            )
        ],
        SOURCE,
        clock,
    )
    assert applied.kinds == {ChangeKind.UPDATED: 1}
    assert changes(database)[-1].changed_fields == ["name"]


def test_moving_a_campus_to_another_zone_renders_its_offerings_anew_without_versions(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    apply_records(
        database,
        [institution(campuses=[{"ref": "main", "name": "Main", "city": "Victoria", "timeZone": "America/Edmonton"}])],
        SOURCE,
        clock,
    )
    found = documents(database)["uni/a"]
    assert found["offerings"][0]["timeZone"] == "America/Edmonton"
    assert found["version"] == 1
    latest = {(change.slug, *change.changed_fields) for change in changes(database) if change.revision == 2}
    assert latest == {("uni", "campuses"), ("uni/a", "offerings")}


def test_a_complete_source_withdraws_what_it_leaves_out_and_restores_it(database, clock):
    full = source(complete=True)
    apply_records(database, [institution(), credential("a"), credential("b", skills=[{"label": "SEO"}])], full, clock)
    applied = apply_records(database, [institution(), credential("a")], full, clock)
    assert applied.kinds == {ChangeKind.WITHDRAWN: 1}
    assert set(documents(database)) == {"uni/a"}
    applied = apply_records(
        database, [institution(), credential("a"), credential("b", skills=[{"label": "SEO"}])], full, clock
    )
    assert applied.kinds == {ChangeKind.RESTORED: 1}
    assert set(documents(database)) == {"uni/a", "uni/b"}
    assert (
        apply_records(
            database, [institution(), credential("a"), credential("b", skills=[{"label": "SEO"}])], full, clock
        ).kinds
        == {}
    )


def test_what_a_source_itself_refers_to_cannot_be_withdrawn_alone(database, clock):
    full = source(complete=True)
    apply_records(database, SOME, full, clock)
    with pytest.raises(RecordsRejected) as rejected:
        apply_records(database, [SOME[0], SOME[2]], full, clock)
    assert [issue.code for issue in rejected.value.issues] == ["STILL_REFERENCED"]
    assert "uni/b still refers to it in requirements[0].rule.holds" in rejected.value.issues[0].message


def test_another_publishers_reference_does_not_keep_a_provider_from_withdrawing(database, clock):
    full = source(complete=True)
    apply_records(database, [institution(), credential("a"), credential("b")], full, clock)
    other = credential("c", slug="uni/c", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": "uni/a"}}])
    apply_records(database, [other], NEWS, clock)
    assert rejected_codes(database, clock, [institution(), credential("b")], full) == {"STILL_REFERENCED", "COMPONENT_LOST"}
    applied = apply_records(database, [institution(), credential("b")], full, clock, may_break=True)
    assert applied.kinds == {ChangeKind.WITHDRAWN: 1}
    found = [(issue.code, issue.severity) for issue in applied.warnings]
    assert found == [("STILL_REFERENCED", "WARNING"), ("COMPONENT_LOST", "WARNING")]
    assert set(documents(database)) == {"uni/b", "uni/c"}
    with read_snapshot(database) as connection:
        assert check(connection) == []


def test_a_mirror_does_not_keep_open_what_its_provider_withdrew(database, clock):
    full = source(complete=True)
    apply_records(database, [institution(), credential("a")], full, clock)
    apply_records(database, [credential("mirrored", slug="uni/a")], NEWS.model_copy(update={"key": "test/mirror"}), clock)
    assert apply_records(database, [institution()], full, clock).kinds == {ChangeKind.WITHDRAWN: 1}
    assert apply_records(database, [institution(), credential("a")], full, clock).kinds == {ChangeKind.RESTORED: 1}


def test_our_own_classification_does_not_keep_a_listing(database, clock):
    full = source(complete=True)
    apply_records(database, [institution(), credential("a")], full, clock)
    classification = NEWS.model_copy(update={"key": "catalogue/classification"})
    apply_records(
        database, [record({"type": "credential", "ref": "x", "slug": "uni/a", "cip": "52.14"})], classification, clock
    )
    assert apply_records(database, [institution()], full, clock).kinds == {ChangeKind.WITHDRAWN: 1}


def test_a_title_is_no_identity(database, clock):
    plain = {"type": "institution", "name": "Native Education College", "kind": "OTHER"}
    for ref, own in (("1", SOURCE), ("9", NEWS), ("17", NEWS)):
        apply_records(database, [record({**plain, "ref": ref})], own, clock)
    college = "native-education-college"
    assert set(documents(database, "institution")) == {college, f"{college}-9", f"{college}-17"}
    basics = {"type": "credential", "provider": college, "title": "Leadership", "kind": "COURSE"}
    leadership = [record({**basics, "ref": ref}) for ref in ("L100", "L200")]
    apply_records(database, leadership, SOURCE, clock)
    assert set(documents(database)) == {f"{college}/leadership", f"{college}/leadership-l200"}
    assert apply_records(database, leadership[::-1], SOURCE, clock).revision is None


def test_an_identifier_that_was_taken_back_captures_nothing(database, clock):
    def identified(ref, value):
        return credential(ref, identifiers=[{"scheme": "ctid", "value": value}])

    apply_records(database, [institution(), identified("a", "ce-B")], SOURCE, clock)
    apply_records(database, [identified("a", "ce-A")], SOURCE, clock)
    apply_records(database, [identified("b", "ce-B")], NEWS, clock)
    assert set(documents(database)) == {"uni/a", "uni/b"}


def test_an_empty_list_states_nothing(database, clock):
    apply_records(database, [institution(), credential("a", languages=["fr"])], NEWS, clock)
    apply_records(database, [credential("x", slug="uni/a", languages=[])], SOURCE, clock)
    assert documents(database)["uni/a"]["languages"] == ["fr"]
    assert apply_records(database, [credential("x", slug="uni/a")], SOURCE, clock).revision is None


def test_a_publisher_can_give_a_thing_another_ref(database, clock):
    apply_records(database, [institution(), credential("old", slug="uni/a", skills=[{"label": "SEO"}])], SOURCE, clock)
    apply_records(database, [credential("new", slug="uni/a", weeks=3)], SOURCE, clock)
    labels = "Search engine optimization"
    explicit = record({"type": "skill", "ref": "s17", "scheme": "local", "code": "seo", "labels": labels})
    mentioning = credential("new", slug="uni/a", weeks=3, skills=[{"label": "SEO"}])
    for _ in range(2):
        apply_records(database, [explicit, mentioning], SOURCE, clock)
    assert documents(database, "skill")["local:seo"]["label"] == {"en": labels}
    with read_snapshot(database) as connection:
        rows = select(table_of(StatementRow).c.ref).where(table_of(StatementRow).c.until_commit.is_(None))
        assert sorted(connection.scalars(rows)) == ["new", "s17", "uni"]
    with pytest.raises(RecordsRejected) as rejected:
        apply_records(database, [credential("new", slug="uni/a", weeks=4), credential("third", slug="uni/a")], SOURCE, clock)
    assert rejected.value.issues[0].code == "THING_SHARED"


def test_plain_text_is_in_the_sources_language(database, clock):
    parsed = parse_record({"type": "institution", "ref": "u", "name": "Université", "kind": "OTHER"}, language="fr")
    apply_records(database, [parsed], source(language="fr"), clock)
    assert documents(database, "institution")["universite"]["name"] == {"fr": "Université"}


def test_a_changed_declaration_of_a_source_is_a_commit_and_a_warning(database, clock):
    apply_records(database, [institution()], SOURCE, clock)
    applied = apply_records(database, [institution()], source(precedence=900), clock)
    assert applied.revision == 2
    assert [issue.code for issue in applied.warnings] == ["SOURCE_CHANGED"]


def test_an_empty_complete_delivery_is_refused(database, clock):
    with pytest.raises(RecordsRejected) as rejected:
        apply_records(database, [], source(complete=True), clock)
    assert rejected.value.issues[0].code == "DELIVERY_EMPTY"


def test_old_slugs_keep_leading_to_the_thing(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    apply_records(
        database,
        [credential("a", slug="uni/renamed", offerings=[{"ref": "fall", "startsOn": "2026-09-08"}])],
        SOURCE,
        clock,
    )
    apply_records(
        database, [credential("d", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": "uni/a"}}])], SOURCE, clock
    )
    found = documents(database)
    assert found["uni/d"]["requirements"][0]["rule"]["credential"] == found["uni/renamed"]["id"]
    with read_snapshot(database) as connection:
        rows = connection.execute(
            select(table_of(ThingSlugRow).c.slug).where(table_of(ThingSlugRow).c.thing == found["uni/renamed"]["id"])
        )
        assert sorted(rows.scalars()) == ["uni/a", "uni/renamed"]


def test_versions_record_what_changed(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    apply_records(database, [credential("b", title="Renamed", skills=[{"label": "SEO"}])], SOURCE, clock)
    with read_snapshot(database) as connection:
        thing = documents(database)["uni/b"]["id"]
        rows = connection.execute(select(table_of(VersionRow)).where(table_of(VersionRow).c.thing == thing)).all()
        assert [(row.version, row.changed_fields) for row in rows][1] == (2, ["requirements", "title"])
        assert read_state(connection).revision == read_state(connection).content_revision == 2


def test_restricted_things_are_announced_to_those_who_could_see_them(database, clock):
    apply_records(database, SOME, SOURCE, clock)
    count = len(changes(database, Anonymous()))
    apply_records(database, [credential("b", visibility="BY_REFERRAL")], SOURCE, clock)
    assert len(changes(database, Anonymous())) == count + 1
    apply_records(database, [credential("b", visibility="BY_REFERRAL", title="Hidden")], SOURCE, clock)
    assert len(changes(database, Anonymous())) == count + 1
    with read_snapshot(database) as connection:
        assert load_documents(connection, [documents(database)["uni/b"]["id"]], Anonymous()) == {}


CAMPUS = {"campuses": [{"ref": "main", "name": "Main", "city": "Victoria", "timeZone": "America/Vancouver"}]}
FULL = source(complete=True)


def rejected_codes(database, clock, records, own):
    with pytest.raises(RecordsRejected) as rejected:
        apply_records(database, records, own, clock)
    return {issue.code for issue in rejected.value.issues}


def test_a_provider_with_campuses_cannot_go_under_its_listings(database, clock):
    apply_records(database, [institution(**CAMPUS), credential("a"), institution("x")], SOURCE, clock)
    assert "STILL_REFERENCED" in rejected_codes(database, clock, [credential("a"), institution("x")], FULL)
    assert set(documents(database, "institution")) == {"uni", "x"}


def test_a_listing_that_another_source_keeps_holds_its_provider(database, clock):
    news = NEWS.model_copy(update={"complete": True})
    other = NEWS.model_copy(update={"key": "test/other"})
    apply_records(database, [institution(**CAMPUS), credential("a"), institution("x")], news, clock)
    apply_records(database, [credential("n", slug="uni/a")], other, clock)
    assert "STILL_REFERENCED" in rejected_codes(database, clock, [institution("x")], news)


def test_a_campus_that_an_offering_names_cannot_go(database, clock):
    run = {"offerings": [{"ref": "o", "places": [{"campus": "uni#main"}]}]}
    apply_records(database, [institution(**CAMPUS), credential("a", **run)], SOURCE, clock)
    assert rejected_codes(database, clock, [institution()], SOURCE) == {"STILL_REFERENCED"}
    apply_records(database, [institution(), credential("a", offerings=[{"ref": "o"}])], SOURCE, clock)
    assert documents(database)["uni/a"]["offerings"][0]["campus"] is None


def test_a_rule_can_be_pointed_elsewhere_while_what_it_named_goes(database, clock):
    def needs(ref):
        return credential("b", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": f"uni/{ref}"}}])

    apply_records(database, [institution(), credential("a"), credential("c"), needs("a")], FULL, clock)
    assert apply_records(database, [institution(), credential("c"), needs("c")], FULL, clock).kinds == {
        ChangeKind.WITHDRAWN: 1,
        ChangeKind.UPDATED: 1,
    }


def test_what_is_left_of_a_withdrawn_listing_does_not_bring_it_back(database, clock):
    one = NEWS.model_copy(update={"key": "m/1"})
    two = NEWS.model_copy(update={"key": "m/2", "complete": True})
    apply_records(database, [institution(), credential("a"), credential("b")], FULL, clock)
    apply_records(database, [credential("zz", slug="uni/a")], one, clock)
    apply_records(database, [credential("zz", slug="uni/a"), credential("q", slug="uni/b")], two, clock)
    apply_records(database, [institution(), credential("b")], FULL, clock)
    apply_records(database, [credential("q", slug="uni/b")], two, clock)
    apply_records(
        database, [credential("zz", slug="uni/a")], one.model_copy(update={"default_time_zone": "America/Edmonton"}), clock
    )
    assert set(documents(database)) == {"uni/b"}


def test_an_identifier_that_moves_on_takes_no_listing_with_it(database, clock):
    known = [{"scheme": "d", "value": "1"}]
    listing = record(
        {"type": "credential", "ref": "a", "slug": "uni/a", "provider": known[0], "title": "A", "kind": "COURSE"}
    )
    apply_records(database, [institution(identifiers=known), institution("other"), listing], SOURCE, clock)
    provider = documents(database)["uni/a"]["provider"]
    apply_records(database, [institution()], SOURCE, clock)
    apply_records(database, [institution("other", identifiers=known)], SOURCE, clock)
    assert documents(database)["uni/a"]["provider"] == provider
    with read_snapshot(database) as connection:
        assert check(connection) == []


def test_a_weaker_source_cannot_make_a_providers_record_contradict_itself(database, clock):
    apply_records(database, [institution()], SOURCE, clock)
    run = {"ref": "o", "endsOn": "2026-12-01"}
    apply_records(
        database,
        [credential("a", requirements=[{"kind": "ADMISSION", "rule": {"text": "x"}}], offerings=[run])],
        NEWS,
        clock,
    )
    own = credential("p", slug="uni/a", requirementsStated="NONE", offerings=[{"ref": "o", "startsOn": "2027-01-05"}])
    assert apply_records(database, [own], SOURCE, clock).kinds == {ChangeKind.UPDATED: 1}


def test_somebody_elses_dangling_reference_rejects_nobody_else(database, clock):
    partner = source(key="p/own", complete=True)
    apply_records(database, [institution("partner"), institution("keep")], partner, clock)
    apply_records(
        database,
        [institution(), credential("a", partnerships=[{"role": "CO_PROVIDER", "institution": "partner"}])],
        SOURCE,
        clock,
    )
    apply_records(database, [institution("keep")], partner, clock)
    summary = record({"type": "credential", "ref": "n", "slug": "uni/a", "summary": "S"})
    assert apply_records(database, [summary], NEWS, clock).kinds == {ChangeKind.UPDATED: 1}
    with read_snapshot(database) as connection:
        assert check(connection) == []
