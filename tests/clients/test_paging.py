"""Every client pages through all credentials, also while others publish."""

from tests.clients.publisher import publisher

ROUNDS = 6
NEW_EACH_ROUND = 3


def ids_of(pages):
    return [node["id"] for page in pages for node in page["nodes"]]


def test_every_credential_is_seen_once(open_pages, server):
    with open_pages(server) as client:
        pages = list(client)
    with publisher(server.database_url) as publishing:
        listed = publishing.listed()
    assert [len(page["nodes"]) for page in pages] == [25] * 8 + [6]
    assert {page["totalCount"] for page in pages} == {206}
    assert sorted(ids_of(pages)) == sorted(listed)


def test_every_credential_is_seen_once_while_others_are_published(open_pages, own_server):
    pages, ahead = [], []
    with publisher(own_server.database_url) as publishing:
        publishing.prepare()
        throughout = publishing.listed()
        with open_pages(own_server) as client:
            for number, page in enumerate(client):
                pages.append(page)
                if number < ROUNDS:
                    ahead += publishing.publish_around(number, page["nodes"][-1]["slug"])
                if number == 2:
                    publishing.rename("first", "aaa/first-renamed")
                    publishing.rename("last", "zzz/last-renamed")
        new = [one for one, slug in publishing.listed().items() if slug in ahead]
    assert len(new) == 2 * ROUNDS
    assert sorted(ids_of(pages)) == sorted([*throughout, *new])
    totals = [page["totalCount"] for page in pages[: ROUNDS + 1]]
    assert totals == [208 + NEW_EACH_ROUND * before for before in range(ROUNDS + 1)]
    assert pages[0]["nodes"][0]["title"] == "Credential first"
    assert [node["title"] for node in pages[-1]["nodes"] if node["slug"] == "zzz/last-renamed"] == ["Renamed last"]
