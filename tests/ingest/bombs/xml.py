"""XML that grows when it is read, that asks for what is elsewhere, or that never ends."""

from functools import partial

from tests.ingest.bombs.texts import DEEP, Build, filled

LISTING = b'<i itemscope itemtype="https://schema.org/Course"><b itemprop=name>x</b></i>'
CAP = "http://xcri.org/profiles/1.2/catalog"
ROOT = f'<catalog xmlns="{CAP}" xmlns:dc="http://purl.org/dc/elements/1.1/"><provider><course>'.encode()
BODY = f'<catalog xmlns="{CAP}"><provider><course><identifier>&a9;</identifier></course></provider></catalog>'
LAUGHS = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
QUADRATIC = f'<!ENTITY a9 "{"x" * 100_000}">'


def entities() -> dict[str, Build]:
    """Each in UTF-8, and in UTF-16 with and without a byte order mark."""
    kinds = {
        "billion laughs": f'<!ENTITY a0 "lol">{LAUGHS}',
        "quadratic entities": QUADRATIC,
        "external entity": '<!ENTITY a9 SYSTEM "file:///etc/passwd">',
        "entity of the network": '<!ENTITY a9 SYSTEM "http://127.0.0.1:9/secret">',
        "parameter entity": '<!ENTITY % a9 SYSTEM "file:///etc/hostname"> %a9;',
    }
    texts = {name: f'<?xml version="1.0"?><!DOCTYPE catalog [{kind}]>{BODY}' for name, kind in kinds.items()}
    texts["quadratic entities"] = texts["quadratic entities"].replace("&a9;", "&a9;" * 10_000)
    texts["lower doctype"] = texts["billion laughs"].replace("<!DOCTYPE", "<!doctype")
    texts["laughs behind a comment"] = texts["billion laughs"].replace("?>", "?><!-- > -->", 1)
    texts["laughs in a page"] = texts["billion laughs"].replace("<catalog", "<html").replace("</catalog", "</html")
    texts["external type"] = f'<!DOCTYPE catalog SYSTEM "file:///etc/passwd">{BODY}'
    texts["entity without a type"] = BODY
    found: dict[str, Build] = {}
    for name, text in texts.items():
        found[name] = partial(text.encode)
        found[f"{name}, UTF-16"] = partial(text.encode, "utf-16")
        found[f"{name}, UTF-16 unmarked"] = partial(text.encode, "utf-16-le")
    return found


def endless() -> dict[str, tuple[bytes, bytes]]:
    """(what is repeated, what stands before it) by name."""
    return {
        "elements in a course": (b"<a>", ROOT),
        "empty elements in a course": (b"<a/>", ROOT),
        "empty elements in a catalog": (b"<a/>", f'<catalog xmlns="{CAP}">'.encode()),
        "empty courses": (b"<course/>", f'<catalog xmlns="{CAP}"><provider>'.encode()),
        "empty providers": (b"<provider/>", f'<catalog xmlns="{CAP}">'.encode()),
        "text in a course": (b"x", ROOT + b"<dc:title>"),
        "spaces in a tag": (b" ", ROOT + b"<dc:title"),
        "a name of an element": (b"x", b"<catalog"),
        "an attribute": (b"x", f'<catalog xmlns="{CAP}" a="'.encode()),
        "open CDATA": (b"]", ROOT + b"<dc:title><![CDATA["),
        "an open comment": (b"-", ROOT + b"<!--"),
        "characters as numbers": (b"&#120;", ROOT + b"<dc:title>"),
        "spaces behind a declaration": (b" ", b'<?xml version="1.0"?>'),
    }


def many() -> dict[str, Build]:
    page = b"<!doctype html><body"
    block = b'<script type="application/ld+json">{"@context":"https://schema.org","@type":"Course"}</script>'
    return {
        "a million attributes": lambda: ROOT + b"<a%s/>" % _numbered(b' a%d="1"'),
        "a million namespaces": lambda: ROOT + b"<a%s/>" % _numbered(b' xmlns:a%d="urn:x"'),
        "a million attributes in a page": lambda: page + _numbered(b' a%d="1"') + b">",
        "5 MB of attributes in a page, quoted": lambda: page + b"".join(b' a%d=">"' % n for n in range(400_000)) + b">",
        "5 MB of attributes in a page, badly quoted": lambda: (
            page + b' a=x"' + b"".join(b' a%d=">"' % n for n in range(400_000)) + b">"
        ),
        "deep elements in a course": lambda: ROOT + b"<a>" * DEEP + b"</a>" * DEEP,
        "64 MB: blocks of JSON-LD": lambda: filled(block, page + b">"),
        "64 MB: listings": lambda: filled(LISTING, page + b">"),
        "5 MB of blocks of JSON-LD": lambda: page + b">" + block * 50_000,
        "5 MB of listings": lambda: page + b">" + LISTING * 65_000,
        "5 MB of elements of a page": lambda: page + b">" + b"<p>" * 1_600_000,
        "5 MB of text in a page": lambda: page + b">" + b"x " * 2_400_000,
    }


def _numbered(form: bytes) -> bytes:
    return b"".join(form % number for number in range(1_000_000))
