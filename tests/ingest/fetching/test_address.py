import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import parse_address


def refused(text):
    with pytest.raises(FetchFailed) as caught:
        parse_address(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://Feeds.Example.ORG", "http://feeds.example.org/"),
        ("HTTPS://feeds.example.org:443/a?b=c#d", "https://feeds.example.org/a?b=c"),
        ("http://feeds.example.org./a", "http://feeds.example.org/a"),
        (
            "https://feeds.example.org:8443/a%20b/é ü?q=ö&x=%C3%B6",
            "https://feeds.example.org:8443/a%20b/%C3%A9%20%C3%BC?q=%C3%B6&x=%C3%B6",
        ),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("http://8.8.8.8:8080/x", "http://8.8.8.8:8080/x"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("http://a_b.example/a//b/?", "http://a_b.example/a//b/?"),
        ("http://a.example/x\\y", "http://a.example/x%5Cy"),
        ("http://a.example:/", "http://a.example/"),
    ],
)
def test_one_spelling(text, expected):
    assert str(parse_address(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "feed.json", "//a.example/", "http:/a.example/", "http:///x", "http://", "http://?x", " http://a.example/"),
        *("http://user@a.example/", "http://user:pass@a.example/", "http://a.example@127.0.0.1/", "http://@a.example/"),
        *("http://a.example:0/", "http://a.example:65536/", "http://a.example:80:80/", "http://a.example:8o/", "http://a.example:-1/"),
        *("http://a..example/", "http://.example/", "http://a.example../", "http://-a.example/", "http://a-.example/"),
        *("http://%31%32%37.0.0.1/", "http://127.0.0.1%00.example/", "http://a%2eexample/", "http://a b.example/"),
        *("http://a.example\\@127.0.0.1/", "http://127.0.0.1\\.a.example/", "http://a.example;x/", "http://a,b/"),
        *("http://[::1/", "http://::1/", "http://[::1]x/", "http://[v1.x]/", "http://[]/", "http://[1.2.3.4]/"),
        *("http://a.example/\n", "http://a.exa\tmple/", "http://a.example/\x00", "http://a.example/\u202e", "http://a\u00ad.example/"),
        *("http://a.example/\udcff", "http://℀.example/", "http://a／b.example/", "http://a：80/", f"http://{'a' * 64}.example/"),
        *("http://" + "a." * 130 + "example/", "http://" + "é" * 300 + "/", "http://a.example/" + "x" * 4_000),
    ],
)  # fmt: skip
def test_what_is_no_address(text):
    assert refused(text).code == "ADDRESS_INVALID"


@pytest.mark.parametrize(
    "text",
    [
        *("file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "dict://a.example:11211/stats", "jar://x/"),
        *("http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/", "http://127.0.1/", "http://0177.0.0.1/"),
        *("http://127.0.0.01/", "http://1.2.3.4.5/", "http://017700000001/", "http://0x7F.0.0.0x1/", "http://256.1.1.1/"),
        *("http://a.example.1/", "http://0/", "http://0x/", "http://2130706433./", "http://①②⑦.①/", "http://[fe80::1%25eth0]/"),
    ],
)  # fmt: skip
def test_where_no_feed_is(text):
    assert refused(text).code == "ADDRESS_FORBIDDEN"


@pytest.mark.parametrize("text", ["http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127.0.0.1./", "http://１２７.0.0.1/"])
def test_letters_that_look_like_numbers_are_those(text):
    assert parse_address(text).host == "127.0.0.1"


def test_messages_repeat_nothing_of_an_address_that_is_refused():
    failure = refused("https://user:s3cret@feeds.example.org/?token=s3cret")
    assert failure.message == "an address with a user name or password in it is not taken: state a header with a secret"


def test_what_is_shown_has_no_query():
    assert parse_address("https://a.example:8443/feed?token=s3cret#x").shown == "https://a.example:8443/feed"
    assert len(parse_address("https://a.example/" + "x" * 3_000).shown) == 120


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/b", "https://a.example/b"),
        ("b?c=d", "https://a.example/x/b?c=d"),
        ("../b", "https://a.example/b"),
        ("//c.example/b", "https://c.example/b"),
        ("?page=2", "https://a.example/x/y?page=2"),
        ("http://a.example/b", "http://a.example/b"),
    ],
)
def test_links_lead_on_from_where_they_stand(link, expected):
    assert str(parse_address("https://a.example/x/y?z=1").joined(link)) == expected


def test_links_by_http_to_a_host_that_was_asked_by_https_are_taken_as_https():
    here = parse_address("https://a.example/x")
    assert str(here.linked("http://a.example/y?z")) == "https://a.example/y?z"
    assert str(here.linked("http://a.example:8080/y")) == "http://a.example:8080/y"
    assert str(here.linked("http://b.example/y")) == "http://b.example/y"
    assert str(parse_address("http://a.example/").linked("http://a.example/y")) == "http://a.example/y"


@pytest.mark.parametrize(
    "link", ["http://[/", "//[x", "javascript:alert(1)", "mailto:a@b.example", "/\r\nX: y", "http://u@h/"]
)
def test_links_that_lead_nowhere(link):
    with pytest.raises(FetchFailed) as caught:
        parse_address("https://a.example/").joined(link)
    assert caught.value.code in ("ADDRESS_INVALID", "ADDRESS_FORBIDDEN")


PIECES = st.sampled_from(
    [*"/:.@#?%[]-_a10\\\t \0éß。①℀", "//", "..", "::1", "127", "0x7f", "%2e", "xn--", "example", "80", "\u200d", "\ud800"]
)


@given(st.lists(PIECES, max_size=9).map(lambda pieces: "http://" + "".join(pieces)))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_is_refused_or_has_one_spelling(text):
    """And no host that is taken for a name is a number to the system."""
    try:
        address = parse_address(text)
    except FetchFailed:
        return
    assert parse_address(str(address)) == address
    assert str(address).isascii()
    if not address.host.replace(".", "").isdigit() and ":" not in address.host:
        with pytest.raises(OSError, match="illegal"):
            socket.inet_aton(address.host)
