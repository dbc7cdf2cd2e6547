import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.pages import PageLimits, Paging, fetch_pages
from tests.ingest.fetching.serving import QUICK, Server, moved, outside, reply

LIMITS = PageLimits(fetch=QUICK, pages=10, total_bytes=100_000, total_seconds=4.0)


def as_json(value, **more):
    return reply(json.dumps(value), headers={"Content-Type": "application/json"}, **more)


def query(asked):
    return {name: values[0] for name, values in parse_qs(urlsplit(asked.target).query).items()}


def whole(server, target, paging, limits=LIMITS, **more):
    return fetch_pages(server.at(target), paging, limits, allowed_hosts=server.hosts, **more)


def refused(answer, paging, limits=LIMITS, target="/courses", **more):
    with Server(answer) as server, pytest.raises(FetchFailed) as caught:
        whole(server, target, paging, limits, **more)
    return caught.value.code, caught.value.message.replace(server.at(""), "")


def ooapi(pages):
    def answer(asked):
        number = int(query(asked).get("pageNumber", "1"))
        page = {"pageSize": 2, "pageNumber": number, "hasPreviousPage": number > 1, "hasNextPage": number < len(pages)}
        return as_json({**page, "items": pages[number - 1], "totalPages": len(pages)})

    return answer


def openedx(pages, at):
    """Each page names the next one, `at` being what addresses begin with."""

    def answer(asked):
        number = int(query(asked).get("page", "1"))
        following = at(number + 1) if number < len(pages) else None
        return as_json({"count": 5, "next": following, "previous": None, "results": pages[number - 1]})

    return answer


def test_ooapi_from_the_first_page_to_the_last():
    with Server(ooapi([[{"a": "é"}, 2], [3, 1.50], [12345678901234567890]])) as server:
        found = whole(server, "/courses?pageSize=2&q=a%26b", Paging.OOAPI)
    assert server.targets() == [
        "/courses?pageSize=2&q=a%26b",
        "/courses?pageSize=2&q=a%26b&pageNumber=2",
        "/courses?pageSize=2&q=a%26b&pageNumber=3",
    ]
    assert json.loads(found.data) == {
        "pageSize": 2,
        "pageNumber": 1,
        "hasPreviousPage": False,
        "hasNextPage": False,
        "items": [{"a": "é"}, 2, 3, 1.5, 12345678901234567890],
        "totalPages": 3,
    }
    assert (found.parts, found.media_type, found.charset, found.validators) == (3, "application/json", "utf-8", None)
    assert found.address == server.at("/courses?pageSize=2&q=a%26b")


def test_ooapi_from_a_page_that_the_address_names():
    with Server(ooapi([[1], [2], [3]])) as server:
        found = whole(server, "/courses?pageNumber=2", Paging.OOAPI)
    assert json.loads(found.data)["items"] == [2, 3]
    assert server.targets() == ["/courses?pageNumber=2", "/courses?pageNumber=3"]


@pytest.mark.parametrize("paging", Paging)
@pytest.mark.parametrize("text", ['{"courseId": "1.10", "next": "/other"}', "[1, 2]", "3", '{"items": [], "results": []}'])
def test_what_has_no_pages_is_handed_on_byte_by_byte(paging, text):
    with Server(lambda _asked: reply(text)) as server:
        found = whole(server, "/courses/1", paging)
    assert (found.data, found.parts, len(server.asked)) == (text.encode(), 1, 1)


def test_open_edx_by_its_links():
    with Server(openedx([[1, 2], [3], []], lambda number: server.at(f"/courses/?page={number}&limit=2"))) as server:
        found = whole(server, "/courses/?limit=2", Paging.OPENEDX)
    assert json.loads(found.data) == {"count": 5, "next": None, "previous": None, "results": [1, 2, 3]}
    assert server.targets() == ["/courses/?limit=2", "/courses/?page=2&limit=2", "/courses/?page=3&limit=2"]


def test_open_edx_with_links_under_pagination():
    def answer(asked):
        number = int(query(asked).get("page", "1"))
        pagination = {"count": 2, "next": f"?page={number + 1}" if number < 2 else None, "num_pages": 2}
        return as_json({"pagination": pagination, "results": [number]})

    with Server(answer) as server:
        found = whole(server, "/api/courses/v1/courses/", Paging.OPENEDX)
    assert json.loads(found.data) == {"pagination": {"count": 2, "next": None, "num_pages": 2}, "results": [1, 2]}


@pytest.mark.parametrize("link", ["http://elsewhere.example/?page=2", "https://127.0.0.1/?page=2", "//elsewhere.example/"])
def test_a_link_to_another_server_is_not_followed(link):
    code, message = refused(openedx([[1], [2]], lambda _number: link), Paging.OPENEDX)
    assert code == "FETCH_PAGES"
    assert message.startswith("/courses: the page leads on to another server, http")
    assert "page=2" not in message


@pytest.mark.parametrize("link", ["file:///etc/passwd", "http://2130706433/", "javascript:x", "http://u:p@127.0.0.1/"])
def test_a_link_that_leads_nowhere(link):
    code, _ = refused(openedx([[1], [2]], lambda _number: link), Paging.OPENEDX)
    assert code in ("ADDRESS_INVALID", "ADDRESS_FORBIDDEN")


def test_pages_in_a_circle():
    assert refused(openedx([[1], [2], [3]], lambda number: f"?page={number % 2 + 1}"), Paging.OPENEDX) == (
        "FETCH_PAGES",
        "/courses: the page leads back to one before it",
    )
    assert refused(openedx([[1], [2]], lambda _number: "/courses"), Paging.OPENEDX)[0] == "FETCH_PAGES"


def test_a_server_that_gives_its_first_page_for_ever():
    assert refused(lambda _asked: as_json({"items": [1], "hasNextPage": True}), Paging.OOAPI) == (
        "FETCH_PAGES",
        "/courses: the page has the same items as one before it",
    )


def test_more_pages_than_are_taken():
    assert refused(ooapi([[number] for number in range(11)]), Paging.OOAPI) == (
        "FETCH_TOO_LARGE",
        "the feed has more than 10 pages",
    )
    with Server(ooapi([[number] for number in range(10)])) as server:
        assert whole(server, "/courses", Paging.OOAPI).parts == 10
    assert refused(ooapi([[1], [2]]), Paging.OOAPI, replace(LIMITS, pages=1))[0] == "FETCH_TOO_LARGE"


def test_pages_share_the_bytes():
    answer = ooapi([["x" * 40_000], ["y" * 40_000], ["z" * 40_000]])
    code, message = refused(answer, Paging.OOAPI)
    assert code == "FETCH_TOO_LARGE"
    assert message.startswith("/courses: the answer has 4")


def test_pages_share_the_time():
    ticks = iter(range(0, 1_000, 1))
    code, message = refused(
        ooapi([[number] for number in range(9)]), Paging.OOAPI, outside=outside(clock=lambda: next(ticks) / 10)
    )
    assert code == "FETCH_TIMEOUT"
    assert "4 s" in message


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ('{"items": 5}', "has no list 'items'"),
        ('{"error": "x"}', "has no list 'items'"),
        ("[]", "has no list 'items'"),
        ('{"items": [1', "cannot be read: the file ends in the middle"),
        ('{"items": [1], "items": [2]}', "cannot be read: the key 'items' stands twice"),
        ("", "cannot be read: the file is empty"),
        ("<html>", "cannot be read: the file is not JSON"),
        ('{"items": [NaN]}', "cannot be read"),
        ('{"items": ' + "[" * 100_000, "cannot be read: the file is nested too deeply"),
    ],
)
def test_one_page_that_cannot_be_read_spoils_all(second, says):
    def answer(asked):
        return reply(second) if "pageNumber" in asked.target else as_json({"items": [0], "hasNextPage": True})

    code, message = refused(answer, Paging.OOAPI, replace(LIMITS, total_bytes=1_000_000))
    assert (code, says in message) == ("FETCH_PAGES", True)


def test_depths_up_to_what_can_be_read_make_no_trouble():
    for depth in (900, 985, 990, 995, 1_000):
        deep = "[" * depth + "]" * depth

        def answer(asked, deep=deep):
            more = "false" if "pageNumber" in asked.target else "true"
            return reply(f'{{"items": [{deep}, {more}], "hasNextPage": {more}}}')

        with Server(answer) as server:
            assert outcome(server) in (2, "FETCH_PAGES")


def outcome(server):
    try:
        return whole(server, "/courses", Paging.OOAPI).parts
    except FetchFailed as failure:
        return failure.code


def test_a_page_that_is_refused_spoils_all_and_is_named():
    def answer(asked):
        return (
            reply(b"", 503, {"Retry-After": "9"})
            if "pageNumber" in asked.target
            else as_json({"items": [0], "hasNextPage": True})
        )

    with Server(answer) as server, pytest.raises(FetchFailed) as caught:
        whole(server, "/courses", Paging.OOAPI)
    assert caught.value.message == f"{server.at('/courses')}: it answered 503"
    assert caught.value.details == {"status": 503, "retry_after_seconds": 9.0}


def test_letters_that_no_encoding_has_make_no_trouble():
    def answer(asked):
        more = "pageNumber" not in asked.target
        return reply(json.dumps({"items": ["\ud800", more], "hasNextPage": more}))

    with Server(answer) as server:
        items = json.loads(whole(server, "/courses", Paging.OOAPI).data)["items"]
    assert (items[0] == items[2], items[1], items[3]) == (True, True, False)


def test_secrets_go_to_every_page_of_the_server_and_to_no_other():
    """The first page sends us to another server, whose links then lead on there."""
    secret = {"Authorization": "Bearer s3cret", "Accept": "application/json"}
    with Server(openedx([[1], [2]], lambda number: f"/courses?page={number}")) as other:
        with Server(lambda _asked: moved(other.at("/courses"))) as server:
            hosts = server.hosts | other.hosts
            found = fetch_pages(server.at("/courses"), Paging.OPENEDX, LIMITS, headers=secret, allowed_hosts=hosts)
        assert json.loads(found.data)["results"] == [1, 2]
        assert [one.headers.get("authorization") for one in other.asked] == [None, None]
        assert [one.headers["accept"] for one in other.asked] == ["application/json"] * 2
    with Server(ooapi([[1], [2]])) as server:
        whole(server, "/courses", Paging.OOAPI, headers=secret)
    assert [one.headers["authorization"] for one in server.asked] == ["Bearer s3cret"] * 2
