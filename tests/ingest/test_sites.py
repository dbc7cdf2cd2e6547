"""Sites that are crawled: their pages with schema.org in them are one delivery, and what was not seen is not withdrawn."""

import json

import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.errors import Severity
from catalog.ingest.feeds.feed import How
from catalog.ingest.fetching import crawl_limits
from catalog.ingest.formats import read_delivery
from catalog.ingest.pages import write_pages
from catalog.model.reading.delivery import Told
from catalog.publishing.apply import apply_records
from tests.ingest.fetching.serving import moved, reply
from tests.ingest.fetching.test_sitemap import urlset
from tests.ingest.publishing_site import Clock, add, count, found_institution, outcomes, publishing, pulled, titles
from tests.records import SOURCE, credential

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    found_institution(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def clock():
    return Clock()


def course(server, name, title=None, **more):
    own = {"@type": "Course", "name": title or name.title(), "url": server.at(f"/courses/{name}")}
    return {"@context": "https://schema.org", **own, "provider": {"@type": "Organization", "name": "Institution uni"}} | more


def page(*listings):
    blocks = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in listings)
    return reply(f"<!DOCTYPE html><html><head>{blocks}</head><body><p>Come</p></body></html>", headers=HTML)


@pytest.fixture
def server():
    """Three courses, each on a page, and a page that is about none."""
    with publishing() as found:
        names = ("baking", "rivets", "welding")
        found.paths |= {f"/courses/{one}": page(course(found, one)) for one in names}
        found.paths |= {"/about": page({"@context": "https://schema.org", "@type": "Organization", "name": "Uni"})}
        found.paths["/sitemap.xml"] = reply(urlset("/about", *(f"/courses/{one}" for one in names)))
        yield found


def crawl(database, server, clock, *, complete=True, told=None):
    add(database, server, "/", How.SITEMAP, source={"complete": complete}, told=told)
    return pulled(database, server, clock)


def again(database, server, clock):
    clock.moved(hours=1)
    return pulled(database, server, clock)


def said(report, *codes):
    return [(one.code, one.message, one.place) for one in report.issues if not codes or one.code in codes]


def test_the_pages_of_a_site_are_one_delivery(database, server, clock):
    report = crawl(database, server, clock)
    assert (report.state, report.format, report.records) == ("PUBLISHED", "schema.org", 3)
    assert titles(database) == ["Baking", "Rivets", "Welding"]
    assert count(database, "submission") == 1
    assert server.targets() == [
        *("/robots.txt", "/sitemap.xml", "/about"),
        *("/courses/baking", "/courses/rivets", "/courses/welding"),
    ]
    assert clock.slept == [1.0] * 5
    assert again(database, server, clock).outcome == "SAME"


def test_issues_name_the_page_they_are_about(database, server, clock):
    server.paths["/courses/rivets"] = page(course(server, "rivets", inLanguage="Martian!!"))
    report = crawl(database, server, clock)
    (place,) = {one.place for one in report.issues if one.row}
    assert place.startswith(server.at("/courses/rivets "))


def test_a_pattern_says_which_pages(database, server, clock):
    report = crawl(database, server, clock, told={"pattern": "/courses/[br]*"})
    assert (report.records, titles(database)) == (2, ["Baking", "Rivets"])
    assert "/about" not in server.targets()


def test_what_is_no_longer_in_the_sitemap_is_no_longer_offered(database, server, clock):
    crawl(database, server, clock)
    server.paths["/sitemap.xml"] = reply(urlset("/about", "/courses/baking", "/courses/rivets"))
    report = again(database, server, clock)
    assert (report.state, report.applied.withdrawn) == ("PUBLISHED", 1)
    assert titles(database) == ["Baking", "Rivets"]


def test_robots_txt_is_obeyed_and_what_it_hides_is_not_withdrawn(database, server, clock):
    crawl(database, server, clock)
    server.paths["/robots.txt"] = reply("User-agent: *\nDisallow: /courses/w\nCrawl-delay: 3\n")
    server.asked.clear()
    clock.slept.clear()
    report = again(database, server, clock)
    assert "/courses/welding" not in server.targets()
    assert clock.slept in ([1.0, 3.0, 3.0, 3.0], [3.0] * 4)
    message = "1 of the pages: robots.txt does not let them be read; nothing is withdrawn because it is missing"
    assert said(report) == [("PAGES_MISSING", message, None)]
    assert titles(database) == ["Baking", "Rivets", "Welding"]


def test_a_page_that_fails_spoils_no_other_and_is_not_withdrawn(database, server, clock):
    crawl(database, server, clock)
    server.paths["/courses/baking"] = page(course(server, "baking", "Bread"))
    server.paths["/courses/welding"] = reply(b"", 500)
    report = again(database, server, clock)
    assert report.state == "PUBLISHED"
    assert titles(database) == ["Bread", "Rivets", "Welding"]
    where = server.at("/courses/welding")
    assert said(report) == [("PAGES_MISSING", f"{where}: it answered 500; nothing is withdrawn because it is missing", None)]
    server.paths["/courses/welding"] = reply(b"", 404)
    server.paths["/sitemap.xml"] = reply(urlset("/courses/baking", "/courses/rivets"))
    assert again(database, server, clock).applied.withdrawn == 1


BROKEN = {
    "empty": reply(b"", headers=HTML),
    "spaces": reply(b"  \n ", headers=HTML),
    "no text": reply(b"<html>\x00\x01\x02\x03 schema.org", headers=HTML),
    "cut": reply(
        '<html><script type="application/ld+json">{"@type": "Course", "@context": "https://schema.org', headers=HTML
    ),
    "without name": page({"@context": "https://schema.org", "@type": "Course", "url": "/courses/welding"}),
    "json": reply('{"@context": "https://schema.org", "@type": "Course", ', headers={"Content-Type": "application/ld+json"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_page_that_is_broken_spoils_no_other_and_is_not_withdrawn(database, server, clock, name):
    crawl(database, server, clock)
    server.paths["/courses/baking"] = page(course(server, "baking", "Bread"))
    server.paths["/courses/welding"] = BROKEN[name]
    report = again(database, server, clock)
    assert report.state == "PUBLISHED"
    assert titles(database) == ["Bread", "Rivets", "Welding"]
    assert [one for one in report.issues if server.at("/courses/welding") in f"{one.place} {one.message}"], report.issues
    assert again(database, server, clock).outcome == "SAME"


def test_a_listing_that_cannot_be_taken_is_left_out_alone(database, server, clock):
    one, other = (course(server, "welding", title, **{"@id": "https://uni.example/#w"}) for title in ("Welding", "Brazing"))
    server.paths["/courses/welding"] = page(one, other, course(server, "soldering"))
    report = crawl(database, server, clock)
    assert [one.code for one in report.issues if one.severity is Severity.ERROR] == ["REF_DUPLICATE"]
    assert report.state == "PUBLISHED"
    assert titles(database) == ["Baking", "Rivets", "Soldering", "Welding"]


def test_more_pages_than_are_read(database, server, clock, monkeypatch):
    crawl(database, server, clock)
    monkeypatch.setattr("catalog.ingest.feeds.getting.CrawlLimits", lambda limits: crawl_limits.CrawlLimits(limits, pages=2))
    report = again(database, server, clock)
    message = "the site has more pages than are read of one; nothing is withdrawn because it is missing"
    assert said(report) == [("PAGES_MISSING", message, None)]
    assert titles(database) == ["Baking", "Rivets", "Welding"]


def test_what_its_owner_wants_in_no_index_is_no_longer_listed(database, server, clock):
    crawl(database, server, clock)
    welding = b'<html><head><meta name="robots" content="noindex"></head></html>'
    server.paths["/courses/welding"] = reply(welding, headers=HTML)
    assert again(database, server, clock).applied.withdrawn == 1
    assert titles(database) == ["Baking", "Rivets"]


def test_other_files_that_a_sitemap_names_are_no_pages(database, server, clock):
    server.paths["/guide.pdf"] = reply(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    server.paths["/sitemap.xml"] = reply(urlset("/guide.pdf", "/courses/baking"))
    report = crawl(database, server, clock)
    assert (report.state, said(report)) == ("PUBLISHED", [])


@pytest.mark.parametrize(
    ("sitemap", "code", "words"),
    [
        (urlset(), "FETCH_EMPTY", "its sitemap names no page"),
        (urlset("/gone"), "FETCH_EMPTY", "1 failed"),
        (b"<html>", "SITEMAP_INVALID", "no XML"),
    ],
)
def test_a_site_without_pages_is_a_failure(database, server, clock, sitemap, code, words):
    crawl(database, server, clock)
    server.paths["/sitemap.xml"] = reply(sitemap)
    done = again(database, server, clock)
    assert done.outcome == code
    assert words in done.message
    assert len(titles(database)) == 3


def test_a_site_that_says_nothing_of_courses_is_told(database, server, clock):
    server.paths["/sitemap.xml"] = reply(urlset("/about"))
    report = crawl(database, server, clock)
    assert [one.code for one in report.issues] == ["NOTHING_FOUND"]
    assert report.state == "REFUSED"


def test_a_site_that_wants_to_be_left_alone_is(database, server, clock):
    server.paths["/courses/rivets"] = reply(b"", 429, {"Retry-After": "3600"})
    done = crawl(database, server, clock)
    assert done.outcome == "FETCH_STATUS"
    assert "/courses/welding" not in server.targets()
    assert outcomes(database) == ["FETCH_STATUS"]


STEWARD = {"community": "A Nation", "authority": "Its council", "consentOn": "2026-01-01"}


def govern(database, server, clock, name, spelling=None):
    """The community states the listing itself."""
    url = spelling or server.at(f"/courses/{name}/")
    record = credential(f"nation-{name}", title="Ours", url=url, stewardship=STEWARD)
    apply_records(database, [record], SOURCE.model_copy(update={"key": "nation/own"}), clock)


def test_what_a_community_governs_is_neither_asked_for_nor_stated(database, server, clock):
    govern(database, server, clock, "welding")
    report = crawl(database, server, clock)
    assert "/courses/welding" not in server.targets()
    assert titles(database) == ["Baking", "Ours", "Rivets"]
    assert said(report) == []


def test_nor_where_another_page_speaks_of_it_or_leads_to_it(database, server, clock):
    govern(database, server, clock, "welding")
    server.paths["/courses/rivets"] = page(course(server, "rivets"), course(server, "welding"))
    server.paths["/about"] = moved(server.at("/courses/welding"))
    report = crawl(database, server, clock)
    assert titles(database) == ["Baking", "Ours", "Rivets"]
    assert [one[0] for one in said(report)] == ["STEWARDED_SKIPPED"]


def test_with_consent_it_is_read(database, server, clock):
    govern(database, server, clock, "welding")
    crawl(database, server, clock, told={"stewarded": True})
    assert "/courses/welding" in server.targets()
    assert titles(database) == ["Baking", "Ours", "Rivets", "Welding"]


def test_what_was_stated_before_a_community_governed_it_is_not_withdrawn(database, server, clock):
    crawl(database, server, clock)
    govern(database, server, clock, "welding")
    server.paths["/courses/baking"] = page(course(server, "baking", "Bread"))
    assert again(database, server, clock).state == "PUBLISHED"
    assert titles(database) == ["Bread", "Ours", "Rivets", "Welding"]


def reading(pages, missing=()):
    return read_delivery(write_pages(pages, missing), Told(provider="uni"))


def jsonld(**course):
    listing = {"@context": "https://schema.org", "@type": "Course", **course}
    return f'<html><head><script type="application/ld+json">{json.dumps(listing)}</script></head></html>'


def test_of_several_pages_that_show_a_listing_its_own_speaks():
    url = "https://uni.example/courses/welding"
    short = jsonld(name="Welding", url=url)
    own = jsonld(name="Welding", url=url, description="All of it.")
    found = reading({"https://uni.example/courses": short, url + "/": own, "https://uni.example/x": short})
    assert [one.description for one in found.records] == [{"en": "All of it."}]
    found = reading({"https://uni.example/a": own, url: short, "https://uni.example/b": own})
    assert [one.description for one in found.records] == [None], "its own page is believed, even where it says less"
    found = reading({"https://uni.example/a": short, "https://uni.example/b": own})
    assert [one.description for one in found.records] == [{"en": "All of it."}], "else the one that says most"


def test_pages_in_other_encodings_are_read_as_they_were():
    text = jsonld(name="Pâtisserie", url="https://uni.example/p").replace("<head>", '<head><meta charset="iso-8859-1">')
    text = text.replace("\\u00e2", "â")
    assert "â" in text
    assert [one.title for one in reading({"https://uni.example/p": text}).records] == [{"en": "Pâtisserie"}]


def test_a_warning_that_all_pages_give_is_given_twenty_times_and_counted():
    pages = {
        f"https://uni.example/{number}": jsonld(name=f"C{number}", url=f"https://uni.example/{number}", telephone="1")
        for number in range(50)
    }
    found = reading(pages)
    assert len(found.records) == 50
    assert [one.message for one in found.issues if one.field == "telephone"][20:] == [
        "telephone: 30 more warnings like those above"
    ]
    assert {one.severity for one in found.issues} == {Severity.WARNING}


def test_the_same_pages_are_the_same_bytes():
    pages = {"b": "2", "a": "1"}
    assert write_pages(pages, [("", "y"), ("", "x")]) == write_pages(dict(reversed(pages.items())), [("", "x"), ("", "y")])


@pytest.mark.parametrize(
    "value", [{}, {"pages": None}, {"pages": [1, None, {}, {"address": 5, "text": None}], "missing": 7}, {"missing": [{}]}]
)
def test_a_collection_that_somebody_made_up_is_survived(value):
    found = read_delivery(json.dumps({"format": "pages/1", **value}).encode(), Told())
    assert not found.records
    assert found.issues


def test_the_pages_are_kept_as_one_file(database, server, clock):
    crawl(database, server, clock)
    with read_snapshot(database) as connection:
        assert connection.exec_driver_sql("SELECT count(DISTINCT hash) FROM staged").scalar_one() == 1
