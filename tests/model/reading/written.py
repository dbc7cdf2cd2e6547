"""What the tests of the parsers share: a value or its refusal, texts of people and of attackers, and a Record to hold it."""

from hypothesis import strategies as st

from catalog.model.reading.unreadable import Unreadable
from catalog.model.record import content, parse_record

LONG = 200_000
SECONDS = 0.5
WORDS = [
    "1",
    "2",
    "12",
    "40",
    "3,500",
    "7,5",
    "1.200",
    "500.00",
    "six",
    "twenty-five",
    "½",
    "1/2",
    "x",
    "+",
    "-",
    "–",
    "/",
    "(",
    ")",
    ",",
    ";",
    ":",
    ".",
    "$",
    "CAD",
    "US$",
    "€",
    "per",
    "a",
    "each",
    "week",
    "weeks",
    "hours",
    "hrs",
    "days",
    "months",
    "years",
    "or",
    "to",
    "and",
    "over",
    "up",
    "about",
    "from",
    "for",
    "of",
    "domestic",
    "international",
    "GST",
    "incl.",
    "free",
    "2",
    "2026",
    "2026-09-08",
    "09/08/2026",
    "September",
    "Sept.",
    "fall",
    "term",
    "Tues",
    "&",
    "Thurs",
    "pm",
    "online",
    "in-person",
    "hybrid",
    "evening",
    "weekends",
    "English",
    "en_CA",
    "NOC",
    "21231",
    "P6W",
    "PT40H",
    "<b>",
    "&lt;",
    "&amp;",
    "<br>",
    "ſ",
    "ı",
    "Tŝilhqot’in",
    "hən̓q̓əmin̓əm̓",
    "١٢",
]
PHRASES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.lists(st.sampled_from(WORDS), max_size=9).map(
    "".join
)
TEXTS = st.text(max_size=60) | PHRASES
UNITS = (
    "1", "1,", "1 ", "$1 ", "2 x ", "1 or ", "1 week or ", "one-", "twenty-", "P1", "1/2 ", "\u00bd", "noc ", "https://noc/1", "2021 ",
    "jan,", "may/", "1 january ", "per ", "domestic ", "+ gst ", "evening ", "en-", "a-", " ", "\n", "\x00", "<", "<a", "<b>", "<<b>",
    "&lt;", "&amp;amp;", "<script", "<!--", "\u00e9", "\u0301", "\ufb2c", "\ud800", "\u00c3\u00a7", "\u00c9\u00a0", "\u00e2\u20ac\u2122",
)  # fmt: skip
HOSTILE = [(unit * LONG)[:LONG] for unit in UNITS]


def outcome(parse, *values):
    """The value, or the code of the refusal."""
    try:
        return parse(*values)
    except Unreadable as error:
        found = error
    assert 0 < len(str(found)) < 400
    return found.code


def taken(**fields):
    """The fields as a credential has them; fails where a Record does not take them."""
    record = parse_record({"type": "credential", "ref": "x", **fields})
    assert not isinstance(record, list), record
    return {key: value for key, value in content(record).items() if key not in ("type", "ref")}


def offered(**fields):
    """The same of its one offering."""
    found = taken(offerings=[fields])["offerings"][0]
    return {key: value for key, value in found.items() if key != "ref"}
