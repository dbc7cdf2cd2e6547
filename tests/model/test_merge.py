"""Merge: pure, the same in any order, and nothing that a source says is lost."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.model.merge import Statement, choices, merge

values = st.integers(0, 3)
records = st.fixed_dictionaries(
    {"type": st.just("credential")},
    optional={
        "weeks": values,
        "url": values,
        "title": st.dictionaries(st.sampled_from(["en", "fr"]), st.text(min_size=1, max_size=3), min_size=1),
        "offerings": st.lists(
            st.fixed_dictionaries({"ref": st.sampled_from(["a", "b"])}, optional={"weeks": values, "mode": values}),
            unique_by=lambda one: one["ref"],
            min_size=1,
            max_size=2,
        ),
        "sources": st.fixed_dictionaries({"*": st.just([{"url": "http://x", "statedOn": "2020-01-01"}])}),
    },
)
statements = st.lists(
    st.builds(Statement, st.sampled_from(["a", "b", "c"]), st.integers(0, 2), records),
    min_size=1,
    max_size=3,
    unique_by=lambda s: s.source,
)


def normal(record):
    offerings = sorted(record.get("offerings", []), key=lambda one: one["ref"])
    return {**record, **({"offerings": offerings} if offerings else {})}


@given(statements, st.randoms())
def test_the_order_of_statements_does_not_matter(stated, random):
    shuffled = stated.copy()
    random.shuffle(shuffled)
    assert normal(merge(shuffled)) == normal(merge(stated))


@given(statements)
def test_exactly_one_value_of_a_path_is_chosen_and_it_is_what_was_merged(stated):
    merged = merge(stated)
    by_path = {}
    for choice in choices(stated):
        by_path.setdefault(choice.path, []).append(choice)
    for path, own in by_path.items():
        assert [choice.chosen for choice in own].count(True) == 1
        if "[" not in path and "." not in path:
            assert merged[path] == next(choice.value for choice in own if choice.chosen)


def test_precedence_then_day_then_key_decide():
    def say(source, precedence, weeks, day=None):
        sources = {"sources": {"weeks": [{"statedOn": day}]}} if day else {}
        return Statement(source, precedence, {"type": "credential", "weeks": weeks, **sources})

    assert merge([say("a", 1, 6), say("b", 2, 8)])["weeks"] == 8
    assert merge([say("a", 1, 6, "2020-02-01"), say("b", 1, 8, "2020-01-01")])["weeks"] == 6
    assert merge([say("a", 1, 6), say("b", 1, 8)])["weeks"] == 8


def test_texts_merge_by_language_and_offerings_by_ref_and_field():
    one = Statement("a", 2, {"type": "credential", "title": {"en": "A"}, "offerings": [{"ref": "x", "weeks": 6}]})
    two = Statement(
        "b",
        1,
        {
            "type": "credential",
            "title": {"en": "B", "fr": "C"},
            "offerings": [{"ref": "x", "weeks": 8, "mode": 1}, {"ref": "y"}],
        },
    )
    merged = merge([one, two])
    assert merged["title"] == {"en": "A", "fr": "C"}
    assert merged["offerings"] == [{"ref": "x", "weeks": 6, "mode": 1}, {"ref": "y"}]
