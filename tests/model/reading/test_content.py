import codecs
import contextlib
import gzip
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.content import ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Told

TOLD = Told()


def workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (workbook(), Kind.ZIP),
        (b'{"a": 1}', Kind.JSON),
        (codecs.BOM_UTF8 + b" [1]", Kind.JSON),
        ('{"a": "\u00e9"}'.encode("utf-16"), Kind.JSON),
        (b" " * 10_000 + b"{}", Kind.JSON),
        (b"<catalog/>", Kind.XML),
        (b'<?xml version="1.0"?>\n<!-- by hand -->\n<catalog/>', Kind.XML),
        (b"<catalog><description><div>Hello</div></description></catalog>", Kind.XML),
        (b"<!-- " + b"licence " * 2_000 + b"--><catalog/>", Kind.XML),
        ('<?xml version="1.0" encoding="utf-16"?><catalog/>'.encode("utf-16"), Kind.XML),
        (b"<!-- never closed", Kind.XML),
        (b"<!DOCTYPE html><title>x</title>", Kind.HTML),
        (b"\n\n<HTML lang=en>", Kind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y"/>', Kind.HTML),
        (b"<!-- x --><script type='application/ld+json'>{}</script>", Kind.HTML),
        (b"<div itemscope></div>", Kind.HTML),
        (b"id,title\n1,Welding\n", Kind.TEXT),
        (b"id;description\n1;<div>x</div>\n", Kind.TEXT),
    ],
)
def test_kinds(data, kind):
    assert open_content(data, TOLD).kind is kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b" \r\n" * 5_000, "FILE_EMPTY"),
        (codecs.BOM_UTF8, "FILE_EMPTY"),
        (codecs.BOM_UTF16_LE + b" \x00", "FILE_EMPTY"),
        ("\u00a0\u2028".encode(), "FILE_EMPTY"),
        (b'{"a": ', "FILE_TRUNCATED"),
        (b'{"a": 1, "a": 2}', "KEY_DUPLICATE"),
        (b"[1, NaN]", "JSON_INVALID"),
        (b'{"a": "\xe9"}', "ENCODING_INVALID"),
        (b"[" * 100_000, "JSON_INVALID"),
        (b"%PDF-1.7 ...", "FORMAT_UNKNOWN"),
        (gzip.compress(b"x", mtime=0), "FORMAT_UNKNOWN"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "FORMAT_UNKNOWN"),
        (b"PK\x05\x06" + b"\x00" * 18, "FORMAT_UNKNOWN"),
        (b"\x89PNG\r\n\x1a\n\x00", "FORMAT_UNKNOWN"),
    ],
)
def test_what_no_format_can_read_is_refused_with_its_code(data, code):
    with pytest.raises(ContentRefused) as caught:
        open_content(data, TOLD)
    assert caught.value.issue.code == code


def test_json_has_its_text_and_what_is_wrong_with_its_letters():
    found = open_content('{"name": "Fran\u00c3\u00a7ais"}'.encode(), TOLD)
    assert (found.value, found.text) == ({"name": "Fran\u00c3\u00a7ais"}, '{"name": "Fran\u00c3\u00a7ais"}')
    assert [issue.code for issue in found.warnings] == ["MOJIBAKE"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-15"?><a>\u20ac</a>'.encode("iso-8859-15"), TOLD),
        ('<html><meta charset="koi8-r">\u20ac'.replace("\u20ac", "\u0440").encode("koi8-r"), TOLD),
        ("a,\u20ac".encode("iso-8859-15"), Told(charset="iso-8859-15")),
    ],
)
def test_the_encoding_that_is_declared_is_used(data, told):
    found = open_content(data, told)
    assert found.warnings == []
    assert {"\u20ac", "\u0440"} & set(found.text)


def test_a_table_of_windows_is_read_with_a_warning():
    found = open_content("titre\nFran\u00e7ais \u2013 T\u00eate\n".encode("cp1252"), TOLD)
    assert found.text == "titre\nFran\u00e7ais \u2013 T\u00eate\n"
    assert [issue.code for issue in found.warnings] == ["ENCODING_GUESSED"]


def test_what_says_that_it_is_hexadecimal_is_read_all_the_same():
    found = open_content(b'<?xml version="1.0" encoding="hex"?><a/>', TOLD)
    assert (found.kind, found.warnings) == (Kind.XML, [])


@given(
    st.binary(max_size=120) | st.text(alphabet="<!-?>{}[] \ufeffhtml\u00e9,", max_size=60).map(lambda text: text.encode())
)
def test_whatever_the_bytes_are_there_is_content_or_a_code(data):
    try:
        found = open_content(data, TOLD)
    except ContentRefused as error:
        code = error.issue.code
    else:
        code = "" if (found.text == "") == (found.kind is Kind.ZIP) else "no text"
    assert code in {
        "",
        "FILE_EMPTY",
        "FILE_TRUNCATED",
        "JSON_INVALID",
        "KEY_DUPLICATE",
        "ENCODING_INVALID",
        "FORMAT_UNKNOWN",
    }


@pytest.mark.parametrize(
    "unit",
    [
        b"<!-- -->",
        b"<!--",
        b"<?x?>",
        b"<?",
        b" ",
        b"\n",
        b"charset=",
        b"charset =",
        b"<a ",
        b"{",
        b"[1,",
        b"\xc3\xa9",
        b"\xe9",
        b"\xc9\x99",
    ],
)
def test_its_time_grows_with_its_length_only(unit):
    start = time.process_time()
    with contextlib.suppress(ContentRefused):
        open_content(unit * (200_000 // len(unit)), TOLD)
    assert time.process_time() - start < 0.5
