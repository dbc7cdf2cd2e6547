import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.encodings import BinaryContent, decode, lossy, mojibake

NAMES = "T\u015dilhqot\u2019in, SEN\u0106O\u0166EN, h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313, Nuu\u010daan\u0313u\u0142, \u1e34wak\u0313wala, Fran\u00e7ais"


def codes(found):
    return [issue.code for issue in found.warnings]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_goes_before_what_is_declared(mark, encoding):
    found = decode(mark + NAMES.encode(encoding), "windows-1252")
    assert (found.text, found.encoding, found.warnings) == (NAMES, encoding, [])


def test_utf_8_is_tried_before_windows_1252():
    for declared in (None, "utf-8", "iso-8859-1", "us-ascii", "no such thing"):
        found = decode(NAMES.encode(), declared)
        assert (found.text, found.encoding, found.warnings) == (NAMES, "utf-8", [])


def test_windows_1252_is_a_guess_unless_it_is_declared():
    data = "Fran\u00e7ais \u201c\u20ac5\u201d".encode("cp1252")
    for declared in ("windows-1252", "ISO-8859-1", "latin1", " cp1252 "):
        found = decode(data, declared)
        assert (found.text, found.encoding, found.warnings) == ("Fran\u00e7ais \u201c\u20ac5\u201d", "cp1252", [])
    for declared in (None, "utf-8"):
        found = decode(data, declared)
        assert (found.text, found.encoding, codes(found)) == (
            "Fran\u00e7ais \u201c\u20ac5\u201d",
            "cp1252",
            ["ENCODING_GUESSED"],
        )


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("Shift_JIS", "\u6f22\u5b57"),
        ("koi8-r", "\u0440\u0443\u0441"),
        ("iso-8859-15", "\u20ac \u00e9"),
        ("macintosh", "\u00e9t\u00e9"),
    ],
)
def test_what_is_declared_is_used(declared, text):
    assert decode(text.encode(declared), declared).text == text


@pytest.mark.parametrize(
    "declared",
    [
        "hex",
        "zip",
        "rot13",
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "utf-7",
        "a\0b",
        "\u00e9",
        "x" * 500,
        "",
        "utf-16",
    ],
)
def test_declarations_that_no_text_has_are_as_good_as_none(declared):
    found = decode(b"\xe9 \\u0041 xn--", declared)
    assert (found.text, codes(found)) == ("\u00e9 \\u0041 xn--", ["ENCODING_GUESSED"])


def test_bytes_are_no_text():
    for data in (b"\x00\x01", b"abc\x00", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(BinaryContent):
            decode(data)


def test_without_guessing_what_is_no_utf_8_is_an_error():
    with pytest.raises(UnicodeDecodeError):
        decode(b"\xe9", guess=False)
    with pytest.raises(UnicodeDecodeError):
        decode(codecs.BOM_UTF8 + b"\xe9", guess=False)


@pytest.mark.parametrize(
    "text",
    [
        NAMES,
        "CAF\u00c9\u2019s \u201cR\u00c9SUM\u00c9\u201d",
        "ACTIVIT\u00c9\u00a0: \u00abCAF\u00c9\u00bb, CAF\u00c9\u00ae",
        "LUNED\u00cc\u201d \u2013 \u00c9\u2014\u00c9\u2026",
        "Stra\u00dfe \u00c4\u00d6\u00dc, \u00c5ngstr\u00f6m \u00e0 l\u2019\u00e2ge",
        "20\u00a0\u00b0C \u00a9 \u00ae \u2122 \u20ac",
        "\u0e44\u0e17\u0e22 \u6f22\u5b57 \U0001f600",
        "",
    ],
)
def test_whole_letters_are_no_mojibake(text):
    assert mojibake(text) is None
    assert lossy(text) is None


@pytest.mark.parametrize(
    "word",
    [
        "Fran\u00e7ais",
        "it\u2019s",
        "na\u00efve",
        "T\u00caTE",
        "5\u00a0km",
        "\u00a9",
        "h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313",
        "SEN\u0106O\u0166EN",
        "\u1e34wak\u0313wala",
        "\U0001f600",
    ],
)
def test_letters_broken_by_windows_1252_are_reported_and_not_repaired(word):
    broken = "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in word.encode())
    found = decode(f"before {broken} after".encode())
    assert found.text == f"before {broken} after"
    assert codes(found) == ["MOJIBAKE"]
    assert broken in found.warnings[0].value


def test_lost_letters_are_reported():
    found = decode("T\ufffdilhqot\u2019in".encode())
    assert codes(found) == ["LOSSY_ENCODING"]
    assert "U+FFFD" in found.warnings[0].message
    assert codes(decode(b"a\x81b", "latin1")) == ["LOSSY_ENCODING"]


@given(
    st.binary(max_size=200),
    st.none() | st.text(max_size=20) | st.sampled_from(["utf-8", "utf-16", "cp1252", "big5", "gb18030", "euc_kr"]),
)
def test_whatever_the_bytes_are_there_is_text_or_none(data, declared):
    try:
        found = decode(data, declared)
    except BinaryContent:
        return
    assert found.text.encode("utf-8") is not None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_text_in_utf_8_is_read_back(text):
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text
