import pytest

from catalog.errors import LimitExceeded
from catalog.runtime.limits import DocumentLimits
from catalog.runtime.operation import Document, Invalid, OperationStore
from tests.runtime import nasty


def store(**limits):
    return OperationStore(nasty.SCHEMA, DocumentLimits(**limits), size=2)


def test_a_document_is_parsed_and_validated_once():
    kept = store()
    first = kept.get("{ one { number } }")
    assert isinstance(first, Document)
    assert kept.get("{ one { number } }") is first


def test_the_least_recently_used_is_forgotten():
    kept = store()
    first = kept.get("{ one { number } }")
    kept.get("{ two { number } }")
    kept.get("{ one { text } }")
    assert kept.get("{ one { number } }") is not first


@pytest.mark.parametrize(
    "text", ["{ nothingKnown }", "{", "", "{ one { number ", "query A { one { number } } query A { one { number } }"]
)
def test_what_is_invalid_says_why_and_is_not_kept(text):
    found = store().get(text)
    assert isinstance(found, Invalid)
    assert found.errors


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{" + " number" * 200 + "}", "DOCUMENT_TOO_LONG"),
        ("{a" * 5_000, "DOCUMENT_TOO_DEEP"),
        ("{ one { echo(word: " + "[" * 5_000, "DOCUMENT_TOO_DEEP"),
    ],
)
def test_limits_hold_before_anything_is_parsed(text, code):
    with pytest.raises(LimitExceeded) as refused:
        store(tokens=100 if code == "DOCUMENT_TOO_LONG" else 100_000, depth=20).get(text)
    assert refused.value.code == code


def test_text_in_a_string_counts_as_one_token():
    assert isinstance(store(tokens=20, depth=5).get('{ one { echo(word: "{{{{{{{{{{{{{{{{{") } }'), Document)


def test_documents_are_kept_by_what_their_plans_can_take(monkeypatch):
    monkeypatch.setattr("catalog.runtime.operation.MOST_BYTES", 190_000)
    kept = OperationStore(nasty.SCHEMA, DocumentLimits())
    small = "{ one { number } }"
    kept.get(small)
    for number in range(3):  # each some 80 kB: fragments that are spread often make large plans of short texts
        kept.get(f"{{ a{number}: one {{ {' ...F' * 10} }} }} fragment F on Leaf {{ number text odd broken colour }}")
    assert len(kept._documents) == 2
    assert kept._bytes == sum(one.bytes for one in kept._documents.values()) <= 190_000
