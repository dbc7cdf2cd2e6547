"""Damage done to a feed: to its bytes, its signs, its cells and its structure. The same seed does the same damage."""

import copy
import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

from tests.ingest.mutated.feeds import FEEDS, JSON_FEEDS

DEEP = 3_000
SIGNS = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud83d", b"\xe2\x80\xae", b"\x1b[2J", b"\r", b'"', b"'", b"<", b">",
    b"&", b"&a;", b"<!DOCTYPE a>", b"]]>", b"<!--", b"{", b"}", b"[", b"]", b",", b";", b"\t", b"\xc3\x83\xc2\xa9", b"\xef\xbf\xbd",
    b"\\u0000", b"\xf4\x90\x80\x80", b"e\xcc\x81" * 200, b"1" * 5_000, b"x" * 70_000, b"[" * DEEP, b'{"a":' * DEEP, b"<a>" * DEEP,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, -1e308, 10**30, 2**63, "", " ", "x", "x" * 30_000, "\0", "\ud800", "\u202e", "a\nb", [], {},
    [None], [[]], [{}], {"": ""}, {"@value": "x", "@language": "xx-yy-zz"}, {"@id": "urn:x"}, {"en": 7}, {"en": ["a", 1]}, "NaN", "1e400",
    "-0", "1,5", "$", "9" * 400, "9999-99-99", "0000-01-01", "2026-02-30", "10000-01-01", "2027-03-01T25:61:61Z", "31/12/26", "P1Y2M",
    "PT99999999999H", "P-6W", "-P1D", "http://[", "https://x.example:99999/", "javascript:alert(1)", "//x", "en_US_POSIX", "<b>x</b>",
    "<script>", "'; DROP TABLE thing; --", "=1+1", "../../etc/passwd", "uni/../x", "#", "uni", "R-1", "example-1", "USUAL", "NONE", "DELETE",
    "UNCHANGED", "FREE", "\u0130", "\u1e9e", "\U0001f600" * 200, "\u0301" * 500, "٣", "Ⅷ", "½",
)  # fmt: skip
NAMESPACES = (
    "http://xcri.org/profiles/catalog", "http://xcri.org/profiles/1.2/catalog", "http://purl.org/dc/elements/1.1/", "https://schema.org",
    "http://www.w3.org/1999/xhtml", "https://credreg.net/ctdl/schema/context/json", "https://w3id.org/openbadges/v2", "urn:x", "",
)  # fmt: skip
_NAMESPACE = re.compile(rb"https?://[a-z0-9./_-]+", re.IGNORECASE)
_NUMBER = re.compile(rb"\d[\d.-]*")
_ELEMENT = re.compile(rb"<[^<>]*>")


def mutant(name: str, random: Random) -> bytes:
    """A feed with one to four kinds of damage."""
    data = FEEDS[name]
    if name in JSON_FEEDS and random.random() < 0.7:
        data = _json(JSON_FEEDS[name], random)
        return data if random.random() < 0.8 else _bytes(data, random)
    if name == "template XLSX" and random.random() < 0.8:
        return _workbook(data, random)
    if name in ("template CSV", "table") and random.random() < 0.7:
        data = _cells(data, random)
    for _ in range(random.randint(1, 3)):
        data = _bytes(data, random)
    return data


def _json(value: Any, random: Random) -> bytes:
    whole = copy.deepcopy(value)
    for _ in range(random.randint(1, 3)):
        places = list(_places(whole))
        if not places:
            break
        holder, key = random.choice(places)
        random.choice(_ON_NODES)(holder, key, random, places)
    text = json.dumps(whole, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.1:
        text = re.sub(r'"([a-zA-Z:]+)": ', r'"\1": null, "\1": ', text, count=1)
    if random.random() < 0.05:
        text = text.replace("null", "[" * DEEP + "]" * DEEP, 1)
    if random.random() < 0.05:
        text = text.replace(": 1", ": 1" + "0" * 5_000, 1)
    return text.encode("utf-8", "surrogatepass")


def _places(value: Any) -> Any:
    """(holder, key) of every node."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def _delete(holder: Any, key: Any, _random: Random, _places: Any) -> None:
    del holder[key]


def _retype(holder: Any, key: Any, random: Random, _places: Any) -> None:
    holder[key] = copy.deepcopy(random.choice(VALUES))


def _wrap(holder: Any, key: Any, random: Random, _places: Any) -> None:
    for _ in range(random.choice((1, 2, 150))):
        holder[key] = [holder[key]] if random.random() < 0.5 else {"a": holder[key]}


def _repeat(holder: Any, key: Any, random: Random, _places: Any) -> None:
    holder[key] = [copy.deepcopy(holder[key]) for _ in range(random.choice((2, 3, 300)))]


def _replace(holder: Any, key: Any, random: Random, places: Any) -> None:
    other, name = random.choice(places)
    holder[key] = copy.deepcopy(other[name])


def _rename(holder: Any, key: Any, random: Random, _places: Any) -> None:
    if isinstance(holder, dict):
        holder[random.choice(("x", "", "@id", "id", "type", "@type", "name", "ref", "\0", "x" * 5_000, key.upper()))] = (
            holder.pop(key)
        )


_ON_NODES: tuple[Callable[[Any, Any, Random, Any], None], ...] = (
    _delete,
    _retype,
    _retype,
    _retype,
    _wrap,
    _repeat,
    _replace,
    _rename,
)


def _cells(data: bytes, random: Random) -> bytes:
    rows = [line.split(b",") for line in data.splitlines()]
    for _ in range(random.randint(1, 4)):
        row = random.choice(rows)
        at = random.randrange(len(row))
        choice = random.random()
        if choice < 0.6:
            row[at] = str(random.choice(VALUES)).encode("utf-8", "surrogatepass")
        elif choice < 0.7:
            del row[at]
            row.append(b"")
        elif choice < 0.8:
            row.insert(at, random.choice(row))
        elif choice < 0.9:
            rows.append(list(row))
        else:
            rows.remove(row)
            rows.append(row)
    end = random.choice((b"\n", b"\n", b"\n", b"\r\n", b"\r"))
    between = random.choice((b",", b",", b",", b";", b"\t", b"|"))
    return end.join(between.join(row) for row in rows)


def _workbook(data: bytes, random: Random) -> bytes:
    """One part of the archive is damaged, left out or doubled."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice([*parts, *(one for one in parts if "sheet" in one or "Strings" in one)])
    if random.random() < 0.1:
        del parts[name]
    else:
        parts[name] = _bytes(parts[name], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return out.getvalue()


def _bytes(data: bytes, random: Random) -> bytes:
    return random.choice(_ON_BYTES)(data, random) if data else random.choice(SIGNS)


def _flip(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 40))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))] if random.random() < 0.7 else data[random.randrange(len(data)) :]


def _span(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data))
    return start, min(start + random.choice((1, 8, 60, 400)), len(data))


def _leave_out(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def _double(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 50)) + data[end:]


def _swap(data: bytes, random: Random) -> bytes:
    a, b, c, d = sorted([*_span(data, random), *_span(data, random)])
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.choice((0, len(data), random.randrange(len(data)), random.randrange(len(data))))
    return data[:at] + random.choice(SIGNS) + data[at:]


def _one(pattern: re.Pattern[bytes], data: bytes, random: Random, text: bytes) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = random.choice(found)
    return data[: one.start()] + text + data[one.end() :]


def _namespace(data: bytes, random: Random) -> bytes:
    return _one(_NAMESPACE, data, random, random.choice(NAMESPACES).encode())


def _number(data: bytes, random: Random) -> bytes:
    return _one(_NUMBER, data, random, str(random.choice(VALUES)).encode("utf-8", "replace"))


def _element(data: bytes, random: Random) -> bytes:
    found = _ELEMENT.findall(data)
    return _one(_ELEMENT, data, random, random.choice([*found, b"", b"<a>", b"</course>", b"<x:y>"])) if found else data


def _encode(data: bytes, random: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(
        random.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "utf-8-sig")), "replace"
    )


_ON_BYTES = (
    _flip,
    _flip,
    _cut,
    _leave_out,
    _double,
    _swap,
    _insert,
    _insert,
    _namespace,
    _number,
    _number,
    _element,
    _encode,
)
