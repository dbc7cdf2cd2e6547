"""Requests that schemathesis generates from our schema: never a server error, and every refusal is one of those listed."""

import os
from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.graphql import nodes
from schemathesis.graphql.checks import GraphQLClientError, GraphQLServerError

IS_SOAK = os.environ.get("CATALOG_SOAK") == "1"
CASES = 5_000 if IS_SOAK else 150
EXCUSED = {
    "ARGUMENT_INVALID": "a code, a range or a pair of arguments that fits its types and means nothing",
    "COST_TOO_HIGH": "lists in lists in lists",
    "NOT_AVAILABLE": "fields and arguments that a later release brings",
    "PAGE_INVALID": "random cursors; first and last together, below 0 or above 100",
    "PROFILE_REQUIRED": "eligibleNow without anybody who asks",
    "FILTER_NOT_ALLOWED": "eligibleNow where a field takes no profile",
    "PROFILE_MUST_BE_VARIABLE": "schemathesis writes every value into the document",
}
"""Codes that are right for generated input, with their reason; any other one fails."""


MISTAKEN = {"GRAPHQL_VALIDATION_FAILED": "PlanGoal"}
"""Codes of documents that schemathesis got wrong, with what the message must name: it knows no @oneOf."""
REFUSALS = (GraphQLClientError, GraphQLServerError)
"""What schemathesis calls any answer with errors; the codes say whether it is right."""


def is_excused(error):
    code = error["extensions"]["code"]
    return code in EXCUSED or (code in MISTAKEN and MISTAKEN[code] in error["message"])


def check(case, response):
    """What all checks of schemathesis find."""
    try:
        case.validate_response(response)
    except FailureGroup as group:
        return group.exceptions
    return ()


@pytest.fixture(scope="module")
def api(target):
    schemathesis.graphql.scalar("Date", st.dates().map(str).map(nodes.String))
    schemathesis.graphql.scalar("DateTime", st.datetimes().map(lambda one: nodes.String(f"{one.isoformat()}-08:00")))
    schemathesis.graphql.scalar("Decimal", st.decimals(-1_000, 10**6, places=2).map(str).map(nodes.String))
    schemathesis.graphql.scalar("Duration", st.sampled_from(["P1Y", "P6W", "PT3H"]).map(nodes.String))
    return schemathesis.graphql.from_url(f"http://127.0.0.1:{target.port}/graphql")


def test_generated_requests_are_answered_or_refused_for_a_reason(api):
    seen: Counter[str] = Counter()

    @given(api.as_strategy())
    @settings(
        max_examples=CASES, deadline=None, database=None, derandomize=not IS_SOAK, suppress_health_check=list(HealthCheck)
    )
    def ask(case):
        response = case.call()
        errors = response.json().get("errors", [])
        codes = {error["extensions"]["code"] for error in errors}
        seen.update(codes or ["answered"])
        assert response.status_code == 200
        assert [one for one in errors if not is_excused(one)] == [], case.body
        assert [one for one in check(case, response) if not errors or type(one) not in REFUSALS] == []

    ask()
    print(sum(seen.values()), dict(seen))  # noqa: T201 - the figures of a soak
    assert seen["answered"] > CASES / 20
