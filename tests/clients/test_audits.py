"""GraphQL over HTTP, as the audits of graphql-http read it."""

import json

import pytest

from tests.clients.node import run_node

pytestmark = pytest.mark.usefixtures("node")


def test_every_audit_of_graphql_over_http_is_ok(server):
    audits = json.loads(run_node("audits.mjs", server.address))
    assert [one for one in audits if one["status"] != "ok"] == []
    assert len(audits) == 61
