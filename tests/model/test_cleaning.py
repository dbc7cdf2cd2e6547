from hypothesis import given
from hypothesis import strategies as st

from catalog.model.cleaning import clean_line, clean_text

ORTHOGRAPHIES = ["Tŝilhqot’in", "SENĆOŦEN", "hən̓q̓əmin̓əm̓", "Kwak̓wala", "nsyilxcən", "Nuučaan̓uł", "Skwxwú7mesh Sníchim"]


def test_indigenous_orthographies_are_kept_exactly():
    for name in ORTHOGRAPHIES:
        assert clean_line(name) == name


def test_decomposed_letters_become_the_composed_form():
    assert clean_line("SENC\u0301OT\u0336EN"[:5]) == "SENĆ"


def test_markup_goes_and_text_stays():
    assert clean_text("<p>First &amp; <b>best</b></p><p>Second</p><script>alert(1)</script>") == "First & best\nSecond"
    assert clean_text("a < b & c") == "a < b & c"
    assert clean_line("one<br>two\x00\u200b") == "one two\u200b"


def test_a_less_than_sign_in_a_sentence_loses_nothing():
    for text in ("Grades <B are not accepted. Apply by May 1.", "If hours<eight per week, part-time. Fee $50.", "x <y> z"):
        assert clean_text(text) == text


def test_markup_hidden_in_entities_goes_too():
    assert "<" not in clean_text("&lt;img src=x onerror=alert(1)&gt;x")
    assert "<img" not in clean_text("&amp;amp;amp;amp;amp;lt;img src=x&gt;")


@given(st.text(max_size=200) | st.text(alphabet="<>&;abc/ ltgmp#", max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)
