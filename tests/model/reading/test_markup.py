import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.markup import read_markup, read_title
from tests.model.reading.written import TEXTS, taken

MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "<<b>", "<br/>", "<script>", "</script>", "<!--", "-->", "&lt;", "&amp;", "a", " ", "\n", ">", "<a href='", "'", "\ud800"]),
    max_size=30,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("<p>First &amp; <b>best</b></p><p>Second</p>", "First & best\nSecond"),
        ("one<br/>two", "one\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("x<script>alert(1)</script>y<style>p{}</style>z", "x y z"),
        ("x<!-- hidden -->y", "x y"),
        ("x<script>never closed", "x"),
        ("&lt;img src=x onerror=alert(1)&gt;x", "x"),
        ("Grades <B are not accepted", "Grades <B are not accepted"),
        ("a < b & c", "a < b & c"),
        (
            "T\u015dilhqot\u2019in <i>h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313</i>",
            "T\u015dilhqot\u2019in h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313",
        ),
        ("half \ud83d a letter", "half \ufffd a letter"),
        ("<\ud800b>", "<\ufffdb>"),
        ("<b></b>", ""),
    ],
)
def test_markup_goes_and_words_stay(written, plain):
    assert read_markup(written) == (plain, False)


def test_a_title_is_one_line():
    assert read_title("<h1>Welding</h1>\n<p>one</p>") == ("Welding one", False)


def test_what_is_too_long_is_cut_between_words_and_said():
    plain, is_cut = read_markup("word " * 10_000)
    assert (len(plain), plain[-6:], is_cut) == (19_995, " word\u2026", True)
    title, is_cut = read_title("word " * 100)
    assert (len(title), title[-5:], is_cut) == (295, "word\u2026", True)


def test_one_long_word_keeps_what_fits():
    assert read_title("a " + "w" * 400) == ("a " + "w" * 297 + "\u2026", True)


def test_a_letter_keeps_its_marks():
    title, _ = read_title("m\u0313" * 200)
    assert title == "m\u0313" * 149 + "\u2026"


def test_what_is_cut_before_it_shrinks_is_said_too():
    assert read_markup("&amp;" * 12_000) == ("&" * 8_000, True)
    assert read_markup("x" + " " * 300_000)[1]


@given(TEXTS | MARKUP)
def test_whatever_is_written_a_record_takes_the_text(text):
    for read, field in ((read_markup, "description"), (read_title, "title")):
        plain, is_cut = read(text)
        assert not is_cut
        if plain:
            assert taken(**{field: plain}) == {field: {"en": plain}}


@pytest.mark.parametrize(
    "unit",
    ["<b>", "<<b>", "<<<b>b>b>", "&lt;b&gt;", "<script ", "<script>", "</script ", "<!--", "</p ", "< ", "<a ", "&amp;amp;"],
)
def test_nested_and_broken_markup_takes_no_longer_than_its_length(unit):
    start = time.process_time()
    plain, _ = read_markup(unit * (200_000 // len(unit)))
    assert time.process_time() - start < 0.5
    assert len(plain) <= 20_000
