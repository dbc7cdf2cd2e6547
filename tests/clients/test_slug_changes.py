"""A slug that changes while a client pages, across the page that it has come to."""

from tests.clients.gql_pages import gql_pages
from tests.clients.publisher import publisher


def test_a_credential_whose_slug_passes_the_reader_is_seen_once(own_server):
    ids = []
    with publisher(own_server.database_url) as publishing, gql_pages(own_server.address) as client:
        publishing.prepare()
        throughout = publishing.listed()
        for number, page in enumerate(client):
            ids += [node["id"] for node in page["nodes"]]
            if number == 2:
                publishing.rename("first", "zzz/was-first")
                publishing.rename("last", "aaa/was-last")
    assert {throughout[one]: ids.count(one) for one in throughout if ids.count(one) != 1} == {}
