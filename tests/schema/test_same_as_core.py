"""The real schema through our executor and through graphql-core: the same data."""

import pytest

from catalog.db.transactions import read_snapshot
from catalog.model.documents import Library
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous
from catalog.schema.build import build_schema
from catalog.schema.context import RequestContext
from catalog.search.finder import Finder
from catalog.search.tantivy.engine import TantivyEngine
from tests.conftest import NOW
from tests.runtime.compare import run_core, run_ours
from tests.served import SYNONYMS

FRAGMENTS = """
fragment Where on Campus { id name city region { code name } latitude timeZone }
fragment Run on Offering { __typename id ref label status intake startsOn { earliest latest precision text recurs } endsOn { text }
  registrationClosesAt timeZone timeZoneBasis weeks { min max text basis } mode attendance campus { ...Where } languages seats seatsLeft
  meetings { days } fees { kind amount { amount } coveredFor } price { amount currency } partnerships { role amount { amount } institution { slug } }
  outcomes { measure value count basis period source } credential { slug } }
fragment Listing on Credential { __typename id slug kind lifecycle title fr: title(language: "fr") summary url languages provider { slug ...Who }
  partnerships { role text note institution { name } amount { amount currency } } identifiers { scheme value } statedHours { min max basis }
  weeks { min } credit { status } assessed issuesBadge audiences price { min { amount } } skills { label scheme code } occupations { code }
  sectors { code } status offerings(when: ALL) { ...Run } usual { mode campus { ...Where } languages fees { kind } price { amount } }
  requirementsStated requirements { kind at text original rule { __typename text ... on Holds { credential { title } within } ... on TextRule { french: text(language: "fr") } } nodes { id parentId outcome rule { __typename } } }
  version updatedAt provenance { field source chosen value statedOn confirmedOn url } history { totalCount edges { node { version changedFields at } } } }
fragment Who on Institution { name shortName kind region { name } url campuses { ...Where } }
"""
QUESTIONS = {
    "all credentials": "{ credentials(first: 100) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ...Listing } } } }",
    "all institutions": "{ institutions(first: 100) { totalCount edges { node { ...Who credentials(first: 3) { totalCount edges { node { slug ...Listing } } } } } } }",
    "one and errors": '{ credential(slug: "uvic/climate-action-planning") { ...Listing } pathways { totalCount } institution(slug: "ubc") { ...Who } credentials(first: -1) { totalCount } }',
    "changes": "{ changes(first: 100) { epoch edges { cursor node { kind type id slug version changedFields revision } } } }",
    "search": '{ search(query: "course") { totalCount indexRevision edges { score cursor node { ...Listing } } } }',
    "introspection": '{ __typename __schema { types { name } } __type(name: "Credential") { fields { name } } catalog { credentials } }',
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_real_schema_answers_as_graphql_core_does(seeded, name):
    used = {word for word in ("Where", "Run", "Listing", "Who") if f"...{word}" in QUESTIONS[name]}
    text = QUESTIONS[name] + (FRAGMENTS if used else "")
    if used == {"Who"}:
        text = QUESTIONS[name] + "".join(
            part for part in FRAGMENTS.splitlines(keepends=True) if part.startswith(("fragment Who", "fragment Where"))
        )
    with read_snapshot(seeded.database) as connection:

        def context():
            return RequestContext(
                connection,
                read_state(connection),
                NOW,
                Anonymous(),
                Finder(TantivyEngine(seeded.index), SYNONYMS),
                Library(1_000_000),
            )

        ours, core = run_ours(build_schema(), text, None, context()), run_core(build_schema(), text, None, context())
    assert ours.data == core.data
    assert sorted((str(e.path), e.message) for e in ours.errors or ()) == sorted(
        (str(e.path), e.message) for e in core.errors or ()
    )
    assert ours.data
