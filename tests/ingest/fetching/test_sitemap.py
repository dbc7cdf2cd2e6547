import time

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.sitemap import Sitemap, read_sitemap

NAMESPACE = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*locations):
    return f"<?xml version='1.0'?><urlset {NAMESPACE}>{''.join(f'<url><loc>{one}</loc></url>' for one in locations)}</urlset>".encode()


def refused(data):
    with pytest.raises(FetchFailed) as caught:
        read_sitemap(data)
    assert caught.value.code == "SITEMAP_INVALID"
    return caught.value.message


def test_pages():
    extra = "<lastmod>2026-01-01</lastmod><image:image><image:loc>https://a.example/i.png</image:loc></image:image>"
    data = f"<urlset {NAMESPACE}><!-- x --><url><loc> https://a.example/1?a&amp;b </loc>{extra}</url><url/><url><loc/></url></urlset>"
    assert read_sitemap(data.encode()) == Sitemap(is_index=False, locations=["https://a.example/1?a&b"])


def test_an_index():
    data = f"<sitemapindex {NAMESPACE}><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(data.encode()) == Sitemap(is_index=True, locations=["https://a.example/s.xml"])


def test_without_a_namespace_and_in_utf16():
    assert read_sitemap(b"<urlset><url><loc>/a</loc></url></urlset>").locations == ["/a"]
    assert read_sitemap("<urlset><url><loc>/é</loc></url></urlset>".encode("utf-16")).locations == ["/é"]


def test_no_more_than_the_protocol_has():
    assert len(read_sitemap(urlset(*("/x" for _ in range(50_010)))).locations) == 50_000


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body/></html>", b"{}", b"https://a.example/1\n", b"<urlset><url>", b"<urlset></urls>", b"\x1f\x8b\x08", b"\0" * 50,
     b"<rss><channel/></rss>", b"<urlset>" + b"<a>" * 100_000, b"<urlset>&undefined;</urlset>"],
)  # fmt: skip
def test_what_is_no_sitemap(data):
    began = time.monotonic()
    refused(data)
    assert time.monotonic() - began < 2


def laughs():
    lines = ['<!ENTITY a "haha">', *(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(10))]
    return f"<!DOCTYPE urlset [{''.join(lines)}]><urlset><url><loc>&k;</loc></url></urlset>"


@pytest.mark.parametrize(
    "text",
    [
        laughs(),
        '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
        '<!DOCTYPE urlset SYSTEM "http://127.0.0.1:1/x.dtd"><urlset/>',
        '<!DOCTYPE urlset [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><urlset/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_a_dtd_is_refused(text, encoding):
    assert "DTD" in refused(text.encode(encoding))


def test_a_dtd_in_an_encoding_that_hides_it():
    """The letters are those of EBCDIC, which the parser below knows by itself."""
    data = (
        '<?xml version="1.0" encoding="cp037"?><!DOCTYPE urlset [<!ENTITY x "y">]><urlset><url><loc>&x;</loc></url></urlset>'
    )
    refused(data.encode("cp037"))


def test_inclusions_are_not_followed():
    data = b'<urlset xmlns:xi="http://www.w3.org/2001/XInclude"><url><loc><xi:include href="file:///etc/passwd"/></loc></url></urlset>'
    assert read_sitemap(data).locations == []
