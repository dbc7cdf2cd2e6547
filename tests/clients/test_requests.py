"""How the clients of JavaScript ask: plainly, and with automatic persisted queries over GET."""

import pytest

from tests.clients.node import paging

pytestmark = pytest.mark.usefixtures("node")
HASH_ALONE = ("GET", True, False)


def page_through(client, way, server):
    """The number of credentials seen, of different ones, and (method, with a hash, with a query) of each request."""
    with paging(f"{client}.mjs", server.address, way) as pages:
        ids = [node["id"] for page in pages for node in page["nodes"]]
        return len(ids), len(set(ids)), [(one["method"], one["hashed"], one["queried"]) for one in pages.requests]


@pytest.mark.parametrize(("client", "method"), [("apollo", "POST"), ("urql", "GET")])
def test_a_client_as_it_comes(client, method, server):
    assert page_through(client, "plain", server) == (206, 206, [(method, False, True)] * 9)


@pytest.mark.parametrize(("client", "registers_by"), [("apollo", "POST"), ("urql", "GET")])
def test_persisted_queries_cost_a_refusal_and_a_registration_once(client, registers_by, server):
    requests = [HASH_ALONE, (registers_by, True, True), *[HASH_ALONE] * 8]
    assert page_through(client, "persisted", server) == (206, 206, requests)
