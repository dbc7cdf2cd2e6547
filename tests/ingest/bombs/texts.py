"""Files of text that are made to take all memory or all time: one sign for ever, and what never stops nesting."""

from collections.abc import Callable

LARGEST = 64_000_000
DEEP = 100_000
Build = Callable[[], bytes]
ROWS = 10_000_000
PAGE = b'<!doctype html><html><body><script type="application/ld+json">%s</script></body></html>'
RECORD = b'{"format":"record/1","source":%s,"records":[%s]}'
ITEM = b'<div itemscope itemprop="a" itemtype="https://schema.org/Course">'


def filled(unit: bytes, head: bytes = b"") -> bytes:
    """As large as a file may be, and no larger."""
    return head + unit * ((LARGEST - len(head)) // len(unit))


def deep(opening: bytes, closing: bytes, inner: bytes = b"1") -> bytes:
    return opening * DEEP + inner + closing * DEEP


def same_sign() -> dict[str, tuple[bytes, bytes]]:
    """(what is repeated, what stands before it) by name."""
    signs = {
        "braces": b"{",
        "brackets": b"[",
        "angles": b"<",
        "quotes": b'"',
        "apostrophes": b"'",
        "commas": b",",
        "semicolons": b";",
        "tabs": b"\t",
        "spaces": b" ",
        "newlines": b"\n",
        "returns": b"\r",
        "NULs": b"\0",
        "digits": b"9",
        "ampersands": b"&",
        "elements": b"<a>",
        "ends of CDATA": b"]]>",
        "letters": b"x",
        "bytes that are no UTF-8": b"\xff",
        "letters of two bytes": "é".encode(),
        "broken letters": "Ã©".encode(),
        "half letters": b"\\ud800",
        "escaped letters": b"\\u00e9",
        "comments": b"<!-- -->",
        "open comments": b"<!--",
        "instructions": b"<?a?>",
        "encodings": b"encoding=",
    }
    return {name: (unit, b"") for name, unit in signs.items()}


def beginnings() -> dict[str, tuple[bytes, bytes]]:
    """What is as it should be at first."""
    return {
        "spaces, then JSON": (b" ", b"{"),
        "a string of JSON": (b"x", b'{"format": "'),
        "backslashes in JSON": (b"\\\\", b'{"format": "'),
        "a number of JSON": (b"9", b'{"records": '),
        "half letters in JSON": (b"\\ud800", b'{"format": "'),
        "escaped letters in JSON": (b"\\u00e9", b'{"format": "'),
        "empty objects": (b"{},", b"["),
        "empty lists": (b"[],", b"["),
        "empty texts": (b'"",', b"["),
        "numbers": (b"0,", b"["),
        "keys": (b'"":0,', b"{"),
        "records of nothing": (b"{},", b'{"format":"record/1","records":['),
        "template rows of nothing": (b"{},", b'{"format":"template/1","Credentials":['),
        "a line of names": (b"title,", b"ref,"),
        "names of columns that no one knows": (b"a,", b"id,title,"),
        "rows without a ref": (b",\n", b"ref,title\n"),
        "ragged rows": (b"1,2,3,4\n", b"ref,title\n"),
        "ragged rows of a stranger": (b"1,2,3,4\n", b"id,name\n"),
        "quotes in cells": (b'"', b'ref,title\n1,"'),
        "quotes in cells of a stranger": (b'"', b'id,name\n1,"'),
        "one cell": (b"x", b"ref,title\n1,"),
        "one cell of a stranger": (b"x", b"id,name\n1,"),
        "one row": (b"1;", b"ref;title\n"),
        "semicolons in a cell": (b";", b"ref,title,skills\n1,"),
        "one ref": (b"1,x\n", b"ref,title\n"),
    }


def rows_of_commas() -> dict[str, Build]:
    return {
        "10 million rows of one comma": lambda: b",\n" * ROWS,
        "10 million rows of five commas": lambda: b",,,,,\n" * ROWS,
        "10 million rows of commas below the template's names": lambda: b"ref,title,kind\n" + b",,\n" * ROWS,
        "10 million rows of commas below a stranger's names": lambda: b"id,name,type\n" + b",,\n" * ROWS,
        "10 million rows of spaces and commas": lambda: b"ref,title\n" + b" , \n" * ROWS,
    }


def nested() -> dict[str, Build]:
    """JSON, 100,000 deep, by itself and in what carries it."""
    kinds = {
        "deep lists": (b"[", b"]"),
        "deep objects": (b'{"a":', b"}"),
        "deep lists and objects": (b'[{"@graph":', b"}]"),
    }
    found: dict[str, Build] = {}
    for name, pair in kinds.items():
        value = deep(*pair)
        found |= {
            name: lambda value=value: value,
            f"{name} in a page": lambda value=value: PAGE % value,
            f"{name} in a record": lambda value=value: RECORD % (value, value),
        }
    quoted = deep(*kinds["deep objects"]).replace(b'"', b'""')
    return found | {
        "deep objects in a cell": lambda: b'ref,title,kind\n1,"%s",COURSE\n' % quoted,
        "deep objects in a cell of a stranger": lambda: b'id,name,type\n1,"%s",COURSE\n' % quoted,
        "deep lists without an end": lambda: b"[" * DEEP,
        "deep items of microdata": lambda: b"<!doctype html><body>" + ITEM * DEEP,
        "deep elements of a page": lambda: b"<!doctype html><body>" + b"<div>" * DEEP,
        "64 MB: deep elements of a page": lambda: filled(b"<div>", b"<!doctype html><body>"),
        "64 MB: flat elements of a page": lambda: filled(b"<p>", b"<!doctype html><body>"),
    }


def wrong_kinds() -> dict[str, Build]:
    return {
        "gzip": lambda: filled(b"\0", b"\x1f\x8b\x08\0\0\0\0\0"),
        "PDF": lambda: filled(b"x", b"%PDF-1.7\n"),
        "an old workbook": lambda: filled(b"\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "bzip2": lambda: filled(b"\xa5", b"BZh91AY&SY"),
        "xz": lambda: filled(b"\0", b"\xfd7zXZ\0"),
        "zstandard": lambda: filled(b"\x01", b"\x28\xb5\x2f\xfd"),
        "a picture": lambda: filled(b"\x05", b"\x89PNG\r\n\x1a\n"),
        "a program": lambda: filled(b"\x02", b"\x7fELF"),
        "a database": lambda: filled(b"\0", b"SQLite format 3\0"),
        "UTF-32": lambda: filled("<".encode("utf-32-le"), b"\xff\xfe\0\0"),
        "UTF-16": lambda: filled("{".encode("utf-16-le"), b"\xff\xfe"),
    }
