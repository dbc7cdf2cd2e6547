"""Every file of others is taken by the format that it is of: it yields records, or it is said why not."""

import re

import pytest

from catalog.errors import Severity
from tests.formats.describe import BEGIN, END, PAGE, describe
from tests.formats.samples import (
    FILES,
    NO_RECORDS,
    REFUSED,
    UNKNOWN,
    errors,
    expected_format,
    expected_refusal,
    name_of,
    read_sample,
)

pytestmark = pytest.mark.skipif(not FILES, reason="../shared/samples is not here")
CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")


@pytest.fixture(scope="module")
def deliveries():
    return {name_of(path): read_sample(path) for path in FILES}


def test_each_is_taken_by_its_format(deliveries):
    found = {name: delivery.format for name, delivery in deliveries.items()}
    assert found == {name: expected_format(name) for name in deliveries}


def test_each_that_is_refused_says_why(deliveries):
    found = {name: sorted(set(errors(delivery))) for name, delivery in deliveries.items()}
    assert found == {name: [code] if (code := expected_refusal(name)) else [] for name in deliveries}


def test_each_of_the_others_yields_records(deliveries):
    without = {name for name, one in deliveries.items() if not one.records and not one.is_refused}
    assert {name for name in without if not name.startswith(tuple(NO_RECORDS))} == set()
    assert {start for start in NO_RECORDS if not any(name.startswith(start) for name in without)} == set()


def test_none_is_silent(deliveries):
    assert [name for name, one in deliveries.items() if not (one.records or one.issues)] == []


def test_every_issue_has_a_code_words_and_a_place(deliveries):
    issues = [(name, one) for name, delivery in deliveries.items() for one in delivery.issues]
    assert [(name, one.code) for name, one in issues if not CODE.fullmatch(one.code)] == []
    assert [(name, one.code) for name, one in issues if not one.message.strip() or len(one.message) > 500] == []
    assert [(name, one.code) for name, one in issues if one.row and not one.place] == []
    assert {one.severity for _, one in issues} <= set(Severity)


def test_every_expectation_is_about_a_file():
    names = [name_of(path) for path in FILES]
    assert [start for start in (*UNKNOWN, *REFUSED) if not any(name.startswith(start) for name in names)] == []


def test_the_table_in_the_documentation_is_current(deliveries):
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip()
    assert table == describe(deliveries), "run: python -m tests.formats.describe"
