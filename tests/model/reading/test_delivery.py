import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import Issue, Severity
from catalog.model.reading.delivery import MOST_ALIKE, MOST_ISSUES, MOST_NAMES, Full, Reading, Told, refused, shown, stated
from catalog.model.reading.lengths import read_length
from catalog.model.reading.numbers import read_number
from catalog.model.record import content
from catalog.model.vocabulary import RecordType

COURSE = {"type": "credential", "ref": "c1", "provider": "uvic", "title": "Welding", "kind": "COURSE"}


def reading(**told):
    return Reading("test", Told(**told))


def listed(delivery):
    return [(issue.code, issue.field, issue.row, issue.severity.value) for issue in delivery.issues]


def test_a_record_is_kept_with_the_row_that_it_came_from():
    one = reading(language="fr")
    one.begin("line 2", {"raw": 1})
    assert one.keep(COURSE | {"summary": "", "offerings": [], "url": None, "weeks": {"text": ""}, "countable": False})
    delivery = one.end()
    assert [content(record) for record in delivery.records] == [COURSE | {"title": {"fr": "Welding"}, "countable": False}]
    assert (delivery.rows, delivery.places, delivery.items) == ([1], {1: "line 2"}, {1: {"raw": 1}})
    assert (delivery.issues, delivery.is_refused) == ([], False)


def test_a_record_that_is_none_is_said_with_its_place():
    one = reading()
    one.begin("line 2")
    assert not one.keep(COURSE | {"colour": "red"})
    delivery = one.end()
    assert (delivery.records, delivery.is_refused) == ([], True)
    assert [(issue.code, issue.row, issue.place) for issue in delivery.issues] == [("FIELD_UNKNOWN", 1, "line 2")]


def test_a_record_that_is_nested_too_deeply_is_said():
    deep = value = {}
    for _ in range(5_000):
        value["a"] = [{}]
        value = value["a"][0]
    value["a"] = 1
    one = reading()
    one.begin("line 2")
    assert not one.keep(COURSE | {"deep": deep})
    assert listed(one.end()) == [("RECORD_INVALID", None, 1, "ERROR")]


def test_an_institution_is_mentioned_once():
    one = reading()
    assert [one.provider(name) for name in ("North College", " North  College", None, " ")] == [
        "north-college",
        "north-college",
        None,
        None,
    ]
    assert [content(record) for record in one.delivery.mentioned] == [
        {
            "type": "institution",
            "ref": "north-college",
            "slug": "north-college",
            "name": {"en": "North College"},
            "kind": "NOT_STATED",
        }
    ]


def test_who_speaks_for_an_institution_needs_no_name():
    assert reading(provider="uvic").provider("Somebody else") == "uvic"


def test_an_institution_that_cannot_be_one_is_never_referred_to():
    one = reading()
    assert [one.provider("<b></b>"), one.provider("<b></b>")] == [None, None]
    assert one.delivery.mentioned == []
    assert [issue.severity for issue in one.end().issues] == [Severity.WARNING]


def test_an_address_that_cannot_be_one_is_left_out():
    one = reading()
    assert [
        one.provider("A", "https://a.example"),
        one.provider("B", "https://b example"),
        one.provider("C", "ftp://c"),
    ] == ["a", "b", "c"]
    assert [content(record).get("url") for record in one.delivery.mentioned] == ["https://a.example", None, None]


def test_a_value_that_cannot_be_read_is_left_out_with_a_warning():
    one = reading()
    one.begin("line 2")
    assert one.take("offerings[0].weeks", read_number, "7,5") is None
    assert [one.take("weeks", read_number, nothing) for nothing in (None, "")] == [None, None]
    assert one.take("weeks", read_number, "7.5") == 7.5
    assert one.take("weeks", read_length, 6) is None
    delivery = one.end()
    assert listed(delivery) == [("DECIMAL_COMMA", "offerings", 1, "WARNING"), ("VALUE_UNREADABLE", "weeks", 1, "WARNING")]
    assert (delivery.issues[0].value, delivery.issues[0].hint) == ("7,5", "write numbers with a point, such as 7.5")


def test_warnings_that_are_alike_are_counted():
    one = reading()
    for _ in range(MOST_ALIKE + 7):
        one.warn("VALUE_UNREADABLE", "again", "weeks")
    delivery = one.end()
    assert len(delivery.issues) == MOST_ALIKE + 1
    assert delivery.issues[-1].message == "weeks: 7 more warnings like those above"


def test_reading_stops_where_nobody_would_read_on():
    one = reading()
    with pytest.raises(Full):
        for _ in range(MOST_ISSUES):
            one.fail("VALUE_INVALID", "again")
    assert one.delivery.issues[-1].code == "TOO_MANY_ISSUES"


def test_what_is_dropped_is_counted_and_never_lost_in_silence():
    one = reading()
    for number in range(MOST_NAMES + 3):
        one.drop("x" * 90 if number < 2 else f"p{number}")
    issues = one.end().issues
    assert len(issues) == MOST_NAMES + 1
    assert (issues[0].code, issues[0].field, issues[0].message) == (
        "FIELD_UNKNOWN",
        "x" * 80,
        "x" * 80 + " is not taken; it stands there 2 times",
    )
    assert issues[-1].message == "2 more properties are not taken"


def test_marks_of_things_that_are_gone_are_kept():
    one = reading()
    one.begin("line 2")
    one.gone(RecordType.CREDENTIAL, "c1")
    assert [(gone.ref, gone.row) for gone in one.end().gone] == [("c1", 1)]


def test_a_file_that_states_nothing_says_so():
    assert listed(reading().end()) == [("NOTHING_FOUND", None, None, "ERROR")]
    assert refused("test", "FILE_EMPTY", "is empty").issues == [Issue("FILE_EMPTY", "is empty")]


def test_values_are_shown_shortened_and_never_whole_records():
    assert [shown(value) for value in (None, {"a": 1}, [1], 7, "x")] == [None, None, None, "7", "x"]
    assert shown("x" * 200) == "x" * 79 + "\u2026"


@given(
    st.recursive(
        st.none() | st.integers() | st.booleans() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
        max_leaves=10,
    )
)
def test_what_is_stated_holds_nothing_empty(value):
    def empties(part):
        if isinstance(part, dict | list):
            return any(
                one in (None, "", [], {}) or empties(one) for one in (part.values() if isinstance(part, dict) else part)
            )
        return False

    assert not empties(stated({"a": value}))
    assert stated(stated({"a": value})) == stated({"a": value})
