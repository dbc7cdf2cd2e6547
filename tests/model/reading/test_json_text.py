import codecs
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.json_text import JsonRefused, decode_json, parse_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def refusal(data):
    with pytest.raises(JsonRefused) as caught:
        parse_json(data)
    return caught.value.issue


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b" \n\t", "FILE_EMPTY"),
        (codecs.BOM_UTF8, "FILE_EMPTY"),
        (b'{"a": 1, "a": 2}', "KEY_DUPLICATE"),
        (b'[{"b": {"a": 1, "\\u0061": 2}}]', "KEY_DUPLICATE"),
        (b'{"a": 1', "FILE_TRUNCATED"),
        (b'{"a": "b', "FILE_TRUNCATED"),
        (b"[1,", "FILE_TRUNCATED"),
        (b"[tru", "FILE_TRUNCATED"),
        (b"[-", "FILE_TRUNCATED"),
        (b'["\\u00', "FILE_TRUNCATED"),
        (b'["\\', "FILE_TRUNCATED"),
        (b"[1, 2] 5", "JSON_INVALID"),
        (b"{'a': 1}", "JSON_INVALID"),
        (b"[1,]", "JSON_INVALID"),
        (b'["a\nb"]', "JSON_INVALID"),
        (b'["\\x"]', "JSON_INVALID"),
        (b"[NaN]", "JSON_INVALID"),
        (b"[-Infinity]", "JSON_INVALID"),
        (b"[1e999]", "JSON_INVALID"),
        (b"[" + b"9" * 5_000 + b"]", "JSON_INVALID"),
        (b"[" * 100_000, "JSON_INVALID"),
        (b'{"a":' * 100_000, "JSON_INVALID"),
        (b"[" * 100_000 + b"]" * 100_000, "JSON_INVALID"),
        (b'["\xe9"]', "ENCODING_INVALID"),
        (b'["\x00"]', "ENCODING_INVALID"),
        ('["\u00e9"]'.encode("utf-16-le"), "ENCODING_INVALID"),
    ],
)
def test_what_is_wrong_has_its_code(data, code):
    start = time.process_time()
    assert refusal(data).code == code
    assert time.process_time() - start < 0.5


def test_a_key_that_stands_twice_is_named():
    issue = refusal('{"title": 1, "T\u015dilhqot\u2019in": 1, "T\u015dilhqot\u2019in": 2}')
    assert (issue.field, issue.message) == (
        "T\u015dilhqot\u2019in",
        "the key 'T\u015dilhqot\u2019in' stands twice in one object",
    )
    assert len(refusal(b'{"' + b"x" * 9_000 + b'": 1, "' + b"x" * 9_000 + b'": 2}').message) < 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_are_read_as_they_are(encoding):
    value = {
        "name": "T\u015dilhqot\u2019in",
        "h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313": ["SEN\u0106O\u0166EN", 0.5, None],
    }
    data = json.dumps(value, ensure_ascii=False).encode(encoding)
    assert parse_json(data) == value
    assert decode_json(data).warnings == []


def test_half_a_letter_becomes_the_sign_for_a_lost_one():
    data = rb'["a\ud83d", "\ude00", "\ud83d\ude00", "\\ud83d", "\u00e9"]'
    assert parse_json(data) == ["a\ufffd", "\ufffd", "\U0001f600", "\\ud83d", "\u00e9"]
    assert [issue.code for issue in decode_json(data).warnings] == ["LOSSY_ENCODING"]


def test_broken_letters_are_seen_through_escapes():
    for data in (rb'["Fran\u00c3\u00a7ais"]', '["Fran\u00c3\u00a7ais"]'.encode(), rb'["it\u00e2\u20ac\u2122s"]'):
        assert [issue.code for issue in decode_json(data).warnings] == ["MOJIBAKE"]
    assert decode_json(rb'["Fran\u00e7ais"]').warnings == []


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_json_is_read_back(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert parse_json(text.encode()) == value
    assert parse_json(text) == value


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), st.booleans(), st.data())
def test_every_beginning_of_a_file_is_cut_off(value, ascii_only, data):
    text = json.dumps(value, ensure_ascii=ascii_only)
    end = data.draw(st.integers(0, len(text) - 1))
    assert refusal(text[:end]).code == ("FILE_TRUNCATED" if end else "FILE_EMPTY")


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u0aed8\u00e9 tf-1.', max_size=40).map(lambda text: text.encode()))
def test_whatever_the_bytes_are_there_is_a_value_or_a_code(data):
    try:
        code = json.dumps(parse_json(data), ensure_ascii=False).encode()[:0].decode()
    except JsonRefused as error:
        code = error.issue.code
    assert code in {"", "FILE_EMPTY", "FILE_TRUNCATED", "JSON_INVALID", "KEY_DUPLICATE", "ENCODING_INVALID"}
