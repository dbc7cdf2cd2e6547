"""What stands in one cell, as a value of a Record. Every function raises Unreadable for what it cannot take."""

import hashlib
import re
from typing import Any

from catalog.model.reading.days import read_date
from catalog.model.reading.numbers import read_number
from catalog.model.reading.occupations import read_noc
from catalog.model.reading.unreadable import Unreadable

_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")
_URL = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f]{1,990}")
_COMPACT_DAY = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)(?:T\d{4,6}Z?)?")
_CIP = re.compile(r"(\d\d)\.?(\d{4})")
_YES = frozenset({"1", "true", "t", "yes", "y", "oui"})
_NO = frozenset({"0", "false", "f", "no", "n", "non"})
_KINDS = {
    "MICRO_CREDENTIAL": "microcredential microcertification",
    "COURSE": "course cours",
    "CERTIFICATE": "certificate professionalcertificate",
    "ASSOCIATE_CERTIFICATE": "associatecertificate",
    "GRADUATE_CERTIFICATE": "graduatecertificate postbaccalaureatecertificate",
    "STATEMENT": "certificateofcompletion statementofcompletion certificateofattendance",
    "DIPLOMA": "diploma advanceddiploma",
    "ASSOCIATE_DEGREE": "associatedegree associatesdegree",
    "DEGREE": "degree bachelors bachelorsdegree masters mastersdegree doctorate",
    "LICENCE": "licence license",
    "APPRENTICESHIP": "apprenticeship",
    "OTHER": "other",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
HASH_LENGTH = 10
SHORTEST_CIP, LONGEST_IDENTIFIER = 4, 200


def unquoted(cell: str) -> str:
    """The text of a cell. One that was quoted more than once loses its quotes."""
    text = cell.strip()
    for _ in range(3):
        inner = text[1:-1]
        if len(text) < 3 or text[0] != '"' or text[-1] != '"' or '"' in inner.replace('""', ""):  # noqa: PLR2004 - two quotes
            break
        text = inner.replace('""', '"').strip()
    return text


def local_ref(text: str) -> str:
    """The id itself where a Record can have it; else its letters and digits with a short hash of the whole."""
    if _REF.fullmatch(text):
        return text
    letters = re.sub(r"[^A-Za-z0-9]+", "-", text[:400]).strip("-")[:80].strip("-")
    code = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:HASH_LENGTH]
    return f"{letters}-{code}" if letters else f"n-{code}"


def identifier(scheme: str, text: str) -> dict[str, str] | None:
    """None where it is too long, or has signs that no identifier has."""
    fits = len(text) <= LONGEST_IDENTIFIER and text.isprintable() and not re.search(r"[<>]", text)
    return {"scheme": scheme, "value": text} if fits else None


def read_url(text: str) -> str:
    if not _URL.fullmatch(text):
        raise Unreadable(f"is no web address: {text[:60]!r}", hint="write it with https:// and without spaces")
    return text


def read_amount(text: str) -> float:
    """Hours or weeks; none takes no time at all."""
    number = read_number(text)
    if number == 0:
        raise Unreadable("is 0, which says nothing of a listing; it is taken as not stated")
    return number


def read_table_date(text: str, time_zone: str | None) -> dict[str, Any]:
    """As read_date, and ISO 8601 without signs, such as 20220222T133000: its day as it is written."""
    compact = _COMPACT_DAY.fullmatch(text)
    return read_date("-".join(compact.groups()) if compact else text, time_zone)


def read_cip(text: str) -> str:
    """Two digits, a point and four."""
    found = _CIP.fullmatch(text)
    if found:
        return f"{found[1]}.{found[2]}"
    digits = text.replace(".", "")
    if digits.isdecimal() and SHORTEST_CIP <= len(digits) < SHORTEST_CIP + 2:
        raise Unreadable(
            f"has {len(digits)} digits where CIP has six: {text!r}", "LEADING_ZERO_LOST", "format codes as text"
        )
    raise Unreadable(f"is no code of CIP: {text[:40]!r}", hint="write it as 52.0201")


def read_nocs(text: str) -> list[str]:
    return [read_noc(one) for one in re.split(r"[;,|]", text) if one.strip()]


def read_yes(text: str) -> bool:
    word = text.lower()
    if word not in _YES | _NO:
        raise Unreadable(f"is neither yes nor no: {text[:40]!r}")
    return word in _YES


def read_kind(text: str) -> str:
    kind = _KIND_OF.get(re.sub(r"[^a-z]", "", text.lower()))
    if kind is None:
        raise Unreadable(f"is no kind of credential that we know: {text[:60]!r}", hint="one of " + ", ".join(_KINDS))
    return kind


def read_currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise Unreadable(f"is no currency: {text[:40]!r}", hint="three letters, such as CAD")
    return text.upper()
