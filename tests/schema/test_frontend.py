"""Thirty-one queries as front-ends write them: answered, at a known number of statements and a known cost."""

import re

import pytest

from catalog.runtime.cost import count_values
from catalog.settings import Settings
from tests.schema.price import PAGE, describe, frontend_queries, introspection

ANSWERS = {
    # query: statements, something in the answer, its value
    "breadcrumbs": (6, "credential.pathways.edges.0.node.title", "Zero Carbon Building Solutions"),
    "career-page": (14, "demand.edges.0.node.value", 6650.0),
    "changed-things": (4, "nodes.2.title", "Essentials of Net-Zero and Passive House Construction"),
    "changes-follower": (2, "changes.edges.0.node.slug", "nechako"),
    "compare": (4, "nodes.1.price.min.amount", "1230.00"),
    "credential-list": (9, "credentials.totalCount", 86),
    "credential-page": (23, "credential.offerings.0.fees.0.amount.amount", "799.41"),
    "demand-table": (6, "demand.totalCount", 5),
    "filter-options": (12, "occupations.totalCount", 142),
    "first-look": (8, "institutions.edges.0.node.credentials.edges.0.node.offerings.1.label", "Summer 2020"),
    "french-labels": (
        13,
        "credentials.edges.0.node.occupations.0.title",
        "Directeurs/directrices de la publicité, du marketing et des relations publiques",
    ),
    "funding-awards": (12, "fundingAwards.totalCount", 15),
    "grant-page": (10, "fundingProgram.rule.rules.2.rules.0.text", "age 19 or over"),
    "header-counts": (7, "catalog.offerings", 92),
    "home": (16, "catalog.credentials", 206),
    "institution-page": (15, "institution.credentials.totalCount", 11),
    "institutions-map": (7, "institutions.totalCount", 74),
    "menu-page": (9, "menu.sections.0.items.0.slug", "ubc/zero-carbon-building-solutions"),
    "near-me": (10, "credentials.totalCount", 5),
    "offerings-calendar": (8, "credentials.edges.1.node.offerings.0.startsOn.precision", "SEASON"),
    "pathway-page": (12, "pathway.parts.0.pick.min", 4.0),
    "publishing-desk": (11, "credentials.totalCount", 21),
    "search-box": (2, "suggest.0.text", "digital literacy"),
    "search-results": (9, "search.facets.6.values.0.label", "Ended"),
    "shared-curriculum": (9, "equivalences.edges.0.node.basis", "SHARED_CURRICULUM"),
    "sitemap": (9, "pathways.edges.0.node.slug", "bc-ece-registry/ece-assistant-certificate"),
    "skills-a-to-z": (4, "skills.totalCount", 168),
    "static-pages": (13, "credentials.totalCount", 206),
    "traced-number": (12, "credential.fundingAwards.0.amount.amount", "250000"),
    "transfer-guide": (8, "recognitions.totalCount", 44),
    "version-history": (10, "credential.history.edges.0.node.version", 2),
    "introspection": (1, "__schema.queryType.name", "Query"),
}
EMPTY = {
    "credential-page": {
        "credential.equivalents",
        "credential.fundingPrograms",
        "credential.pathwaysTo",
        "credential.recognitions",
    },
}
"""Connections of an answer that hold nothing, since the seed says nothing of it."""


@pytest.fixture
def answers(seeded):
    """Each query's answer and how many statements it took, nothing being remembered from the one before."""
    found = {}
    for query in [*frontend_queries(), introspection()]:
        seeded.service.library.forget()
        with seeded.statements() as sent:
            answer = seeded.ask(query.text, query.variables)
        assert "errors" not in answer, (query.name, answer["errors"])
        found[query.name] = answer, len(sent)
    return found


def value_at(data, path):
    for step in path.split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def connections(data, path=""):
    """Every connection in it with its path, without the places in lists, and whether it holds anything."""
    if isinstance(data, list):
        for one in data:
            yield from connections(one, path)
    elif isinstance(data, dict):
        if "edges" in data:
            yield path, bool(data["edges"])
        for name, value in data.items():
            yield from connections(value, path if name in {"edges", "node"} else f"{path}.{name}".lstrip("."))


def test_every_query_is_answered_with_something(answers):
    found = {name: value_at(answers[name][0]["data"], path) for name, (_, path, _) in ANSWERS.items()}
    assert found == {name: value for name, (_, _, value) in ANSWERS.items()}


def test_statements_are_exact(answers):
    assert {name: sent for name, (_, sent) in answers.items()} == {name: sent for name, (sent, *_) in ANSWERS.items()}


def test_no_field_at_the_top_is_null_and_no_connection_is_empty(answers):
    nulls, empty = [], {}
    for name, (answer, _) in answers.items():
        nulls += [(name, field) for field, value in answer["data"].items() if value is None or value == []]
        nulls += [(name, "nodes") for one in answer["data"].get("nodes", []) if one is None]
        seen = list(connections(answer["data"]))
        if hollow := {path for path, _ in seen} - {path for path, is_filled in seen if is_filled}:
            empty[name] = hollow
    assert nulls == []
    assert empty == EMPTY


def test_costs_are_those_of_the_list_and_cover_the_answer(answers):
    rows = re.findall(
        r"^\| (?:\[)?([a-z-]+)(?:\]\(.*?\))? \| .+ \| ([\d,]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    listed = {name: int(cost.replace(",", "")) for name, cost in rows}
    costs = {name: answer["extensions"]["cost"]["estimated"] for name, (answer, _) in answers.items()}
    assert costs == listed
    assert max(costs.values()) < Settings.model_fields["cost"].default
    assert {name: costs[name] for name, (answer, _) in answers.items() if costs[name] < count_values(answer["data"])} == {}


def test_the_list_is_what_is_made_anew():
    assert PAGE.read_text(encoding="utf-8") == describe(), "run `python -m tests.schema.price`"


def test_there_are_thirty_one_queries_each_a_named_operation_that_says_who_asks():
    queries = frontend_queries()
    assert len(queries) == 31
    for query in queries:
        assert query.text.startswith("# "), query.name
        title = "".join(word.capitalize() for word in query.name.split("-"))
        assert [one for kind, one in re.findall(r"^(\w+) (\w+)", query.text, re.MULTILINE) if kind != "fragment"] == [title]
