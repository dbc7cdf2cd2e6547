"""Folding, queries, marks and order of suggestions: pure functions."""

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import StorageError
from catalog.search.text.edits import edits_allowed, is_within, words_within
from catalog.search.text.folding import fold, words_of
from catalog.search.text.marking import mark
from catalog.search.text.query import LONGEST_QUERY, MOST_WORDS, parse_query
from catalog.search.text.relaxing import least_found
from catalog.search.text.synonyms import Synonyms, make_synonyms, read_synonyms
from tests.served import SYNONYMS

NONE = Synonyms()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SENĆOŦEN", ["sencoten"]),
        ("Tŝilhqot’in", ["tsilhqotin"]),
        ("Tŝilhqot'in", ["tsilhqotin"]),
        ("W̱SÁNEĆ", ["wsanec"]),
        ("xʷməθkʷəy̓əm", ["xwmethkweyem"]),
        ("Kwak̓wala", ["kwakwala"]),
        ("l’environnement d'été", ["environnement", "ete"]),
        ("learner's", ["learners"]),
        ("Cœur naïve", ["coeur", "naive"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
        ("...", []),
        ("U.B.C. and B.C.", ["ubc", "and", "bc"]),
        ("m̓t’an", ["mtan"]),
    ],
)
def test_words_are_compared_as_a_plain_keyboard_types_them(text, words):
    assert words_of(text) == words


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert words_of(" ".join(words_of(text))) == words_of(text)
    assert fold(text) == fold(text.lower())


def test_edits():
    assert [edits_allowed("x" * length) for length in (4, 5, 8, 9)] == [0, 1, 1, 2]
    assert is_within("marketign", "marketing", 1)
    assert not is_within("mraketign", "marketing", 1)
    assert words_within("weldng", ["welding", "wedding", "wending"], 1) == [("welding", 1)]
    assert words_within("web", ["wed"], 0) == []


def clauses(text, synonyms=NONE):
    return [(one.typed, one.is_phrase, one.is_required, one.is_unfinished) for one in parse_query(text, synonyms).clauses]


def test_a_query_is_words_phrases_and_exclusions():
    assert clauses('"social media" marketing -google -"paid ads" seo') == [
        (("marketing",), False, True, False),
        (("seo",), False, True, True),
        (("social", "media"), True, True, False),
    ]
    excluded = parse_query('a -google -"paid ads"', NONE).excluded
    assert [(one.typed, one.is_phrase) for one in excluded] == [(("google",), False), (("paid", "ads"), True)]
    assert clauses("well-being") == [(("well",), False, True, False), (("being",), False, True, True)]
    assert parse_query("part-time work", NONE).clauses[1].ways == (("part", "time"), ("parttime",))
    assert clauses("C ") == clauses("c") == [(("c",), False, True, False)]  # one letter begins too much
    assert clauses('open "quote') == [(("open",), False, True, False), (("quote",), True, True, False)]


def test_the_last_word_is_unfinished_only_where_typing_stopped():
    assert clauses("weld")[0][3]
    assert not clauses("weld ")[0][3]
    assert not clauses("weld.")[0][3] or clauses("weld.")[0][0] == ("weld",)


def test_empty_words_are_left_out_and_common_ones_only_help():
    assert clauses("how do I become a welder") == [(("welder",), False, True, True)]
    assert clauses("welding course") == [(("welding",), False, True, False), (("course",), False, False, True)]
    assert clauses("course") == [(("course",), False, True, True)]
    assert clauses("how to") == [(("how",), False, True, False), (("to",), False, True, True)]


@given(st.text(max_size=2_000))
def test_no_query_fails_and_none_grows(text):
    query = parse_query(text, make_synonyms([["a", "b c"]]))
    words = sum(len(one.typed) for one in (*query.clauses, *query.excluded))
    assert words <= MOST_WORDS
    assert max(len(query.text), len(query.folded)) <= LONGEST_QUERY


def test_synonyms_hold_both_ways_whatever_the_ending():
    synonyms = make_synonyms([["EV", "electric vehicle"], ["EV", "voiture électrique"]])
    assert synonyms.of(("ev",)) == (("electric", "vehicle"), ("voiture", "electrique"))
    assert synonyms.of(("electric", "vehicles")) == (("ev",),)
    assert [one.ways for one in parse_query("used electric vehicle", synonyms).clauses] == [
        (("used",),),
        (("electric", "vehicle"), ("ev",)),
    ]


def test_the_synonyms_of_the_seed_can_be_read():
    synonyms = read_synonyms(SYNONYMS)
    assert ("search", "engine", "optimization") in synonyms.of(("seo",))
    assert ("electric", "vehicle") in synonyms.of(("ev",))
    assert len(synonyms.others) > 150


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "groups"),
        ('{"groups": [["a", "b"], ["one"]]}', "group 2"),
        ('{"groups": [["a", "?!"]]}', "group 1"),
        ('{"groups": ["ab"]}', "group 1"),
    ],
)
def test_synonyms_that_make_no_sense_are_named(tmp_path, text, message):
    path = tmp_path / "synonyms.json"
    path.write_text(text)
    with pytest.raises(StorageError) as refused:
        read_synonyms(path)
    assert refused.value.code == "SYNONYMS_INVALID"
    assert message in refused.value.message
    assert read_synonyms(tmp_path / "none.json").of(("seo",)) == ()


def test_where_few_results_hold_everything_most_is_enough():
    assert [least_found(number) for number in range(1, 8)] == [1, 1, 2, 2, 3, 3, 4]


@pytest.mark.parametrize(
    ("texts", "query", "marked"),
    [
        (["Digital Marketing"], "marketing", [["Digital <mark>Marketing</mark>"]]),
        (["Forests"], "forest", [["<mark>Forests</mark>"]]),
        (["Études en forêt"], "foret", [["Études en <mark>forêt</mark>"]]),
        (["SENĆOŦEN & more"], "sencoten", [["<mark>SENĆOŦEN</mark> &amp; more"]]),
        (["the Tŝilhqot’in Nation"], "tsilhqotin", [["the <mark>Tŝilhqot’in</mark> Nation"]]),
        (["W̱SÁNEĆ"], "wsanec", [["<mark>W̱SÁNEĆ</mark>"]]),
        (["Management"], "manag", [["<mark>Management</mark>"]]),
        (["Digital Marketing"], "digtal", [["<mark>Digital</mark> Marketing"]]),
        (["Search engine optimization"], "seo", [["<mark>Search</mark> <mark>engine</mark> <mark>optimization</mark>"]]),
        (["engine search"], "seo", [[]]),
        (["social media, media social"], '"social media"', [["<mark>social</mark> <mark>media</mark>, media social"]]),
        (["<script>alert(1)</script> welding"], "welding", [["&lt;script&gt;alert(1)&lt;/script&gt; <mark>welding</mark>"]]),
        (["<b>weld</b>"], "weld", [["&lt;b&gt;<mark>weld</mark>&lt;/b&gt;"]]),
        (["welding", "wedding"], "welding", [["<mark>welding</mark>"], []]),
        (["nothing"], "welding", [[]]),
        (["any"], "", [[]]),
    ],
)  # fmt: skip
def test_marks_show_what_was_found_as_safe_html(texts, query, marked):
    assert mark(texts, parse_query(query, make_synonyms([["SEO", "search engine optimization"]]))) == marked


def test_long_texts_become_fragments_of_whole_words():
    text = " ".join(f"word{n}" for n in range(300)) + " welding & more " + " ".join(f"word{n}" for n in range(300))
    ((fragment,),) = mark([text], parse_query("welding", NONE))
    assert len(fragment) < 250
    assert re.fullmatch(r"…word\d+ .*<mark>welding</mark> &amp; more .* word\d+…", fragment)
    many = " ".join(["welding", *["filler"] * 60] * 6)
    ((*fragments,),) = mark([many], parse_query("welding", NONE))
    assert len(fragments) == 3


@given(st.text(alphabet="ab<>&\"' é’-", max_size=600), st.text(alphabet="ab é", max_size=10))
def test_marks_are_the_text_and_nothing_else(text, query):
    for fragment in mark([text], parse_query(query, NONE))[0]:
        bare = fragment.replace("<mark>", "").replace("</mark>", "").removeprefix("…").removesuffix("…")
        assert "<" not in bare.replace("&lt;", "")
        assert unescape(bare) in text


@pytest.mark.parametrize("text", ["a" + "'" * 20_000, "a" + "\u0301" * 20_000, "a’" * 10_000, "word " * 4_000])
def test_no_text_takes_long_to_mark(text):
    begun = time.perf_counter()
    mark([text], parse_query(" ".join(f"word{n}x" for n in range(20)), NONE))
    assert time.perf_counter() - begun < 0.5


def test_letters_that_fold_to_many_do_not_make_a_query_long():
    query = parse_query('"' + "\ufdfa" * 498 + '"', NONE)
    assert sum(len(one.typed) for one in query.clauses) <= MOST_WORDS
    assert len(query.folded) <= LONGEST_QUERY


def test_words_that_only_look_common_keep_their_meaning():
    synonyms = make_synonyms([["coding", "programming"]])
    assert synonyms.of(("programming",)) == (("coding",),)
    assert synonyms.of(("program",)) == ()
