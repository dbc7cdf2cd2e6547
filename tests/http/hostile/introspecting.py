"""Introspection as an amplifier."""

from dataclasses import replace

from graphql import get_introspection_query

from tests.http.hostile.request import Hostile, by_get, document, limit, words

BOMB = "GRAPHQL_VALIDATION_FAILED|COST_TOO_HIGH|INTROSPECTION_TOO_DEEP|"
"""What an amplifying question may be answered with: few levels are allowed."""
ALIASED = "INTROSPECTION_TOO_WIDE"


def make_introspection() -> list[Hostile]:
    everything = get_introspection_query(input_value_deprecation=True, specified_by_url=True)
    return [
        replace(document("GraphiQL's introspection", "", everything), seconds=0.5),  # must pass, and is kept afterwards
        replace(by_get("GraphiQL's introspection by GET", "", everything), seconds=0.5),
        document("introspection 10 types deep", "INTROSPECTION_TOO_DEEP|GRAPHQL_VALIDATION_FAILED", _bomb(10)),
        *(
            document(
                f"types and their fields, {one} deep",
                BOMB,
                _bomb(one),
            )
            for one in range(1, 8)
        ),
        document(
            "fields of one type, 7 deep",
            BOMB,
            '{__type(name:"Query")' + _type(6) + "}",
        ),
        document(
            "possible types, 7 deep",
            BOMB,
            '{__type(name:"Node")' + _between(6) + "}",
        ),
        document(
            "arguments and their types",
            BOMB,
            "{__schema{types{fields{args{type{inputFields{type{inputFields{type{inputFields{name}}}}}}}}}}}",
        ),
        document(
            "20 schemas",
            ALIASED,
            "{" + words(20, "a@:__schema{types{fields{name description}}}") + "}",
        ),
        document(
            "60 lists of types",
            ALIASED,
            "{__schema{" + words(60, "a@:types{fields{name}}") + "}}",
        ),
        document(
            "99 descriptions of every field",
            ALIASED,
            "{__schema{types{fields{" + words(99, "a@:description") + "}}}}",
        ),
        document(
            "99 type chains of every field",
            ALIASED,
            "{__schema{types{fields{" + words(99, "a@:type{name}") + "}}}}",
        ),
        document(
            "95 types of every argument",
            ALIASED,
            "{__schema{types{fields{args{" + words(95, "a@:type{name kind}") + "}}}}}",
        ),
        document(
            "20 types by name",
            ALIASED,
            "{" + words(20, 'a@:__type(name:"Credential"){fields{name type{name fields{name}}}}') + "}",
        ),
        document(
            "300 fields of introspection",
            "INTROSPECTION_TOO_WIDE|DOCUMENT_TOO_REPETITIVE",
            "{__schema{types{" + "name " * 150 + "fields{" + "name " * 160 + "}}}}",
        ),
        document(
            "lists of types under other names",
            "COST_TOO_HIGH|",
            "{__schema{types{" + words(limit("introspection_aliases"), "a@:fields{type{fields{name args{name}}}}") + "}}}",
        ),
        document(
            "whole schemas under other names",
            "COST_TOO_HIGH|",
            "{"
            + words(limit("introspection_aliases"), "a@:__schema{types{fields{name args{name type{name}} type{name}}}}")
            + "}",
        ),
        document(
            "introspection through fragments",
            "INTROSPECTION_TOO_DEEP|GRAPHQL_VALIDATION_FAILED",
            "{__schema{types{...a0}}}" + _spread(9),
        ),
    ]


def _bomb(levels: int) -> str:
    return "{__schema{types" + _type(levels) + "}}"


def _type(levels: int) -> str:
    return "{name}" if levels == 0 else "{fields{type" + _type(levels - 1) + "}}"


def _between(levels: int) -> str:
    """To the types of an interface and back."""
    return "{name}" if levels == 0 else "{possibleTypes{interfaces" + _between(levels - 1) + "}}"


def _spread(levels: int) -> str:
    parts = " ".join(f"fragment a{one} on __Type{{fields{{type{{...a{one + 1}}}}}}}" for one in range(levels))
    return f"{parts} fragment a{levels} on __Type{{name}}"
