import gzip
from dataclasses import replace
from functools import partial

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.crawl import Crawl
from catalog.ingest.fetching.crawl_limits import CrawlLimits
from catalog.ingest.fetching.skipped import Skipped
from tests.ingest.fetching.serving import QUICK, Server, moved, outside, reply
from tests.ingest.fetching.test_sitemap import urlset

gzipped = partial(gzip.compress, mtime=0)
"""The same bytes each time, so that tests are named alike in every process."""

LIMITS = CrawlLimits(fetch=QUICK, pages=10, sitemaps=5, total_seconds=1_000.0)


class Time:
    """Passes only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


def site(paths):
    """A server of fixed answers, which are found by path or given as they are."""

    def answer(asked):
        found = paths.get(asked.target, reply(b"", 404))
        return found if isinstance(found, bytes) else found(asked)

    return Server(answer)


def index(*locations):
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{one}</loc></sitemap>' for one in locations)}</sitemapindex>".encode()


def crawling(server, target="/", limits=LIMITS, time=None, **more):
    time = time or Time()
    world = outside({"feeds.intranet": ["127.0.0.1"]}, clock=time)
    hosts = server.hosts | {"feeds.intranet"}
    return Crawl(server.at(target), limits, allowed_hosts=hosts, outside=world, sleep=time.sleep, **more)


def crawled(server, *arguments, **more):
    crawl = crawling(server, *arguments, **more)
    return (
        [(address.replace(server.at(""), ""), page.data) for address, page in crawl.pages()],
        dict(crawl.skipped),
        crawl.failures,
    )


def refused(server, *arguments, **more):
    with pytest.raises(FetchFailed) as caught:
        crawled(server, *arguments, **more)
    return caught.value


def test_the_pages_of_a_sitemap_in_its_order_and_each_once():
    paths = {"/sitemap.xml": reply(urlset("/b", "/a", "/b", "/a#x")), "/a": reply(b"A"), "/b": reply(b"B")}
    with site(paths) as server:
        assert crawled(server) == ([("/b", b"B"), ("/a", b"A")], {}, [])
    assert server.targets() == ["/robots.txt", "/sitemap.xml", "/b", "/a"]
    assert {one.headers["user-agent"] for one in server.asked} == {"catalog-bc"}


def test_pages_come_one_by_one():
    with site({"/sitemap.xml": reply(urlset("/a", "/b")), "/a": reply(b"A"), "/b": reply(b"B")}) as server:
        pages = crawling(server).pages()
        next(pages)
        assert server.targets() == ["/robots.txt", "/sitemap.xml", "/a"]
        pages.close()


def test_at_most_one_request_in_a_second():
    time = Time()
    with site({"/sitemap.xml": reply(urlset("/a", "/b")), "/a": reply(b"A"), "/b": reply(b"B")}) as server:
        crawled(server, time=time)
    assert time.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("said", "seconds"), [("5", 5.0), ("0.1", 1.0), ("3600", 30.0), ("soon", 1.0)])
def test_what_robots_txt_says_of_the_pace(said, seconds):
    time = Time()
    robots = reply(f"User-agent: *\nCrawl-delay: {said}\n")
    with site(
        {"/robots.txt": robots, "/sitemap.xml": reply(urlset("/a", "/b")), "/a": reply(b"A"), "/b": reply(b"B")}
    ) as server:
        crawled(server, time=time)
    assert time.slept[-2:] == [seconds, seconds]


def test_a_redirect_is_a_request_and_waits():
    time = Time()
    paths = {"/sitemap.xml": reply(urlset("/a")), "/a": moved("/b"), "/b": reply(b"B")}
    with site(paths) as server:
        assert crawled(server, time=time)[0] == [("/a", b"B")]
    assert time.slept == [1.0, 1.0, 1.0]


def test_sitemaps_that_robots_txt_names():
    with site({}) as server:
        paths = {
            "/robots.txt": reply(
                f"Sitemap: {server.at('/one.xml')}\nSitemap: http://elsewhere.example/two.xml\nSitemap: /three.xml"
            ),
            "/one.xml": reply(urlset("/a")),
            "/three.xml": reply(urlset("/b")),
            "/a": reply(b"A"),
            "/b": reply(b"B"),
        }
        server.answer = lambda asked: paths.get(asked.target, reply(b"", 404))
        assert crawled(server) == ([("/a", b"A"), ("/b", b"B")], {Skipped.OTHER_HOST: 1}, [])


def test_an_index_of_sitemaps_some_of_them_compressed():
    paths = {
        "/maps/index.xml": reply(index("/maps/1.xml.gz", "/maps/2.xml", "/maps/index.xml")),
        "/maps/1.xml.gz": reply(gzipped(urlset("/a")), headers={"Content-Type": "application/gzip"}),
        "/maps/2.xml": reply(gzipped(gzipped(urlset("/b"))), headers={"Content-Encoding": "gzip"}),
        "/a": reply(b"A"),
        "/b": reply(b"B"),
    }
    with site(paths) as server:
        assert crawled(server, "/maps/index.xml")[0] == [("/a", b"A"), ("/b", b"B")]
    assert server.targets() == ["/robots.txt", "/maps/index.xml", "/maps/1.xml.gz", "/a", "/maps/2.xml", "/b"]


def test_only_this_host_and_only_what_fits_the_pattern():
    others = [
        "http://elsewhere.example/courses/x",
        "http://127.0.0.1:1/courses/x",
        "http://169.254.169.254/courses/",
        "http://feeds.intranet/courses/",
    ]
    broken = ["file:///courses/x", "http://u:p@x/", "http://0x7f.1/courses/"]
    paths = {"/sitemap.xml": reply(urlset(*others, *broken, "/news/1", "/courses/1?a=b")), "/courses/1?a=b": reply(b"A")}
    with site(paths) as server:
        found = crawled(server, pattern="/courses/*")
    assert found == ([("/courses/1?a=b", b"A")], {Skipped.OTHER_HOST: 4, Skipped.INVALID: 3, Skipped.NOT_CHOSEN: 1}, [])


def test_robots_txt_is_kept_to_by_pages_redirects_and_sitemaps():
    robots = reply("User-agent: *\nDisallow: /private")
    paths = {
        "/robots.txt": robots,
        "/sitemap.xml": reply(urlset("/private/1", "/a", "/b")),
        "/a": moved("/private/2"),
        "/b": reply(b"B"),
    }
    with site(paths) as server:
        pages, skipped, failures = crawled(server)
        assert (pages, skipped) == ([("/b", b"B")], {Skipped.ROBOTS: 1, Skipped.FAILED: 1})
        assert [failure.code for failure in failures] == ["FETCH_REDIRECTS"]
        assert refused(server, "/private/sitemap.xml").code == "ROBOTS_FORBIDDEN"
        assert not any(target.startswith("/private") for target in server.targets())


@pytest.mark.parametrize(("answer", "code"), [(reply(b"", 500), "FETCH_STATUS"), (reply(b"", 503), "FETCH_STATUS"), (b"", "FETCH_UNREACHABLE"),
                                              (reply(b"#" * 500_001), "FETCH_TOO_LARGE")])  # fmt: skip
def test_without_robots_txt_nothing_is_asked(answer, code):
    with site({"/robots.txt": answer, "/sitemap.xml": reply(urlset("/a"))}) as server:
        failure = refused(server)
    assert (failure.code, failure.message.endswith("without it nothing is crawled")) == (code, True)
    assert server.targets() == ["/robots.txt"]


def test_a_redirect_of_a_page_to_another_host_is_not_followed():
    with (
        site({}) as other,
        site({"/sitemap.xml": reply(urlset("/a")), "/a": lambda _asked: moved(other.at("/a"))}) as server,
    ):
        pages, skipped, (failure,) = crawled(server)
    assert (pages, skipped, failure.code) == ([], {Skipped.FAILED: 1}, "FETCH_REDIRECTS")
    assert other.asked == []


def test_pages_that_want_to_be_in_no_index_are_left_out():
    paths = {
        "/sitemap.xml": reply(urlset("/a", "/b", "/c"), headers={"X-Robots-Tag": "noindex, follow"}),
        "/a": reply(b"A", headers={"X-Robots-Tag": "noindex"}),
        "/b": reply(b"<meta name=robots content=noindex>"),
        "/c": reply(b"C", headers={"X-Robots-Tag": "nofollow"}),
    }
    with site(paths) as server:
        assert crawled(server) == ([("/c", b"C")], {Skipped.NOINDEX: 2}, [])


def test_a_sitemap_that_wants_not_to_be_followed_is_not():
    with site({"/sitemap.xml": reply(urlset("/a"), headers={"X-Robots-Tag": "none"}), "/a": reply(b"A")}) as server:
        assert crawled(server) == ([], {Skipped.NOFOLLOW: 1}, [])


def test_a_page_that_fails_is_left_out_and_told():
    paths = {
        "/sitemap.xml": reply(urlset("/a", "/b", "/c")),
        "/a": reply(b"", 404),
        "/b": b"nonsense\r\n\r\n",
        "/c": reply(b"C"),
    }
    with site(paths) as server:
        pages, skipped, failures = crawled(server)
    assert (pages, skipped) == ([("/c", b"C")], {Skipped.FAILED: 2})
    assert [failure.message.replace(server.at(""), "") for failure in failures] == [
        "/a: it answered 404",
        "/b: the answer is no HTTP, or ended before it was complete",
    ]


def test_too_many_failures_end_it():
    with site({"/sitemap.xml": reply(urlset("/a", "/b", "/c", "/d"))}) as server:
        assert refused(server, limits=replace(LIMITS, failures=2)).details == {"status": 404}
    assert server.targets()[2:] == ["/a", "/b", "/c"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_wants_to_be_left_alone_is(status):
    with site({"/sitemap.xml": reply(urlset("/a", "/b")), "/a": reply(b"", status, {"Retry-After": "60"})}) as server:
        assert refused(server).details == {"status": status, "retry_after_seconds": 60.0}
    assert server.targets()[-1] == "/a"


def test_no_more_pages_than_are_taken():
    paths = {"/sitemap.xml": reply(urlset("/a", "/b", "/c")), "/a": reply(b"A"), "/b": reply(b"", 404)}
    with site(paths) as server:
        pages, skipped, _ = crawled(server, limits=replace(LIMITS, pages=2))
    assert (pages, skipped) == ([("/a", b"A")], {Skipped.FAILED: 1, Skipped.OVER_CAP: 1})


def test_no_more_sitemaps_than_are_taken():
    with site(
        {"/sitemap.xml": lambda _asked: reply(index(*(f"/{number}.xml" for number in range(9))))}
        | {f"/{n}.xml": reply(urlset()) for n in range(9)}
    ) as server:
        assert crawled(server) == ([], {Skipped.OVER_CAP: 1}, [])
    assert server.targets()[2:] == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]


def test_sitemaps_that_lead_to_ever_new_sitemaps():
    numbers = iter(range(1, 1_000))
    with Server(
        lambda asked: reply(b"", 404) if asked.target == "/robots.txt" else reply(index(f"/{next(numbers)}.xml"))
    ) as server:
        assert crawled(server) == ([], {Skipped.OVER_CAP: 1}, [])


@pytest.mark.parametrize(
    "answer", [reply(b"", 404), reply(b"<html/>"), reply(gzipped(b"\0" * 3_000_000)), reply(b"\x1f\x8bx")]
)
def test_a_sitemap_that_cannot_be_read_ends_it(answer):
    with site({"/sitemap.xml": reply(index("/bad.xml")), "/bad.xml": answer}) as server:
        failure = refused(server)
    assert failure.code in ("FETCH_STATUS", "SITEMAP_INVALID", "FETCH_TOO_LARGE", "FETCH_ENCODING")
    assert failure.message.startswith(server.at("/bad.xml: "))


def test_pages_share_time_and_bytes():
    sitemap = urlset(*(f"/{n}" for n in range(9)))
    paths = {"/sitemap.xml": reply(sitemap)} | {f"/{n}": reply(b"x" * 1_000) for n in range(9)}
    with site(paths) as server:
        assert refused(server, limits=replace(LIMITS, total_seconds=4.5)).code == "FETCH_TIMEOUT"
        assert server.targets()[-1] == "/2"
        assert refused(server, limits=replace(LIMITS, total_bytes=len(sitemap) + 1_500)).code == "FETCH_TOO_LARGE"
        assert server.targets()[-1] == "/1"
        assert refused(server, limits=replace(LIMITS, total_bytes=len(sitemap) + 2_000)).code == "FETCH_TOO_LARGE"
        assert server.targets()[-1] == "/1"


def test_a_page_behind_an_address_that_changed_since_is_forbidden():
    """The name leads inside only once the sitemap has been read."""
    with site({"/sitemap.xml": reply(urlset("/a")), "/a": reply(b"inside")}) as server:
        world = outside({"feeds.example.org": [["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]]})
        named = frozenset({f"feeds.example.org:{server.port}"})
        crawl = Crawl(
            server.at("/", "feeds.example.org"), LIMITS, allowed_hosts=named, outside=world, sleep=lambda _seconds: None
        )
        assert list(crawl.pages()) == []
    assert [failure.code for failure in crawl.failures] == ["ADDRESS_FORBIDDEN"]
    assert server.targets() == ["/robots.txt", "/sitemap.xml"]


def test_secrets_go_only_to_the_site():
    with site({"/sitemap.xml": reply(urlset("/a")), "/a": reply(b"A")}) as server:
        crawled(server, headers={"Authorization": "s3cret"})
    assert {one.headers["authorization"] for one in server.asked} == {"s3cret"}
