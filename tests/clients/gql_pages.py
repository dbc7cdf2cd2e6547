"""gql pages through all credentials."""

from collections.abc import Iterator
from contextlib import contextmanager

from gql import Client, GraphQLRequest
from gql.transport.httpx import HTTPXTransport

PAGES = """
query GqlPages($after: String) {
  credentials(first: 25, after: $after) {
    totalCount
    edges { node { id slug title provider { name } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""


@contextmanager
def gql_pages(address) -> Iterator[Iterator[dict]]:
    client = Client(transport=HTTPXTransport(url=address), fetch_schema_from_transport=True)
    with client as session:
        yield _pages(session)


def _pages(session) -> Iterator[dict]:
    after, has_more = None, True
    while has_more:
        page = session.execute(GraphQLRequest(PAGES, variable_values={"after": after}))["credentials"]
        yield {"totalCount": page["totalCount"], "nodes": [edge["node"] for edge in page["edges"]]}
        after, has_more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
