import time

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import parse_address
from catalog.ingest.fetching.answer import Fetched, Outcome
from catalog.ingest.fetching.robots import read_robots, robots_of
from catalog.ingest.fetching.robots_tags import may_be_followed, may_be_listed

AT = parse_address("https://a.example/courses/1?x=y")


def page(*robots, data=b""):
    return Fetched(Outcome.FETCHED, str(AT), data, robots=robots)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("\ufeffUser-agent: *\r\nDisallow: /courses/", False),
        ("User-agent: *\nDisallow: /\nUser-agent: catalog-bc\nAllow: /", True),
        ("User-agent: Catalog-BC\nDisallow: /\nUser-agent: *\nAllow: /", False),
        ("User-agent: otherbot\nUser-agent: *\nDisallow: /courses", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*?x=", False),
        ("User-agent: *\nDisallow: /courses\nAllow: /courses/1", True),
        ("<html>not found</html>", True),
    ],
)
def test_what_may_be_read(text, allowed):
    assert read_robots(text).allows(AT) is allowed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0.0),
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/10s", 10.0),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 6/1m", 10.0),
        ("User-agent: other\nCrawl-delay: 9", 0.0),
        ("User-agent: *\nCrawl-delay: -5\n", 0.0),
        ("User-agent: *\nCrawl-delay: nan\n", 0.0),
    ],
)
def test_how_slowly(text, seconds):
    assert read_robots(text).delay_seconds == seconds


def test_sitemaps():
    assert read_robots("Sitemap: https://a.example/s.xml\nUser-agent: *\nSitemap: /t.xml").sitemaps == [
        "https://a.example/s.xml",
        "/t.xml",
    ]


def test_rules_that_would_take_minutes_are_refused_at_once():
    many = "\n".join(f"User-agent: a{number}" for number in range(12_000)) + "\nDisallow: /x" * 20_000
    began = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        read_robots(many)
    assert (caught.value.code, time.monotonic() - began < 2) == ("ROBOTS_FORBIDDEN", True)


def test_many_patterns_take_little_time():
    rules = read_robots("User-agent: *\n" + "".join(f"Disallow: /{'*a' * 60}{number}*b$\n" for number in range(1_000)))
    began = time.monotonic()
    assert rules.allows(parse_address("https://a.example/" + "a" * 2_000))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 499])
def test_without_rules_all_may_be_read(status):
    assert robots_of(FetchFailed("it answered", code="FETCH_STATUS", status=status)).allows(AT)


@pytest.mark.parametrize("details", [{"status": 500}, {"status": 503, "retry_after_seconds": 5.0}, {"status": 429}, {}])
def test_where_rules_cannot_be_known_nothing_is(details):
    with pytest.raises(FetchFailed) as caught:
        robots_of(FetchFailed("it answered", code="FETCH_STATUS", **details))
    assert (caught.value.message, caught.value.details) == ("it answered; without it nothing is crawled", details)


@pytest.mark.parametrize(
    ("said", "listed", "followed"),
    [
        ((), True, True),
        (("all",), True, True),
        (("noindex",), False, True),
        (("NoIndex , nofollow",), False, False),
        (("nofollow",), True, False),
        (("none",), False, False),
        (("max-snippet: 5, noindex",), False, True),
        (("unavailable_after: 25 Jun 2010 15:00:00 PST, noindex",), False, True),
        (("otherbot: noindex, nofollow",), True, True),
        (("catalog-bc: noindex",), False, True),
        (("otherbot: nofollow, catalog-bc: noindex",), False, True),
        (("otherbot: noindex", "nofollow"), True, False),
        (("noindexing",), True, True),
    ],
)
def test_what_a_page_asks_in_its_headers(said, listed, followed):
    assert (may_be_listed(page(*said)), may_be_followed(page(*said))) == (listed, followed)


@pytest.mark.parametrize(
    ("html", "listed"),
    [
        (b'<html><head><meta name="robots" content="noindex, follow"></head>', False),
        (b"<META CONTENT='none' NAME=Robots>", False),
        (b'<meta name="catalog-bc" content="noindex"/>', False),
        (b'<meta name="otherbot" content="noindex">', True),
        (b'<meta name="robots" content="index">', True),
        (b'<meta name="description" content="noindex">', True),
        (b"x" * 70_000 + b'<meta name="robots" content="noindex">', True),
        (b"{}", True),
    ],
)
def test_what_a_page_asks_in_its_html(html, listed):
    assert may_be_listed(page(data=html)) is listed


def test_strange_html_takes_no_time():
    began = time.monotonic()
    for strange in (
        b"<meta " * 20_000,
        b"<meta name" + b" " * 60_000,
        b"<meta name=robots content=" * 3_000,
        b"<meta " + b'content="' * 10_000,
    ):
        assert may_be_listed(page(data=strange))
    assert time.monotonic() - began < 3
