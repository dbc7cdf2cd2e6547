"""The committed schema: what is built, and a superset of the fixed part of the API."""

from pathlib import Path

import pytest
from graphql import build_schema, is_enum_type, is_input_object_type, is_interface_type, is_object_type
from graphql.utilities import find_breaking_changes

from catalog.schema.build import committed_sdl, print_sdl

FIXED = Path(__file__).parents[3] / "shared" / "API.graphql"


@pytest.fixture(scope="module")
def fixed():
    if not FIXED.exists():
        pytest.skip(f"{FIXED} is not here: the fixed part of the API is held elsewhere")
    return build_schema(FIXED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ours():
    return build_schema(committed_sdl())


def test_the_committed_schema_is_what_is_built():
    assert committed_sdl() == print_sdl(), "run `catalog export-schema catalog/schema` and review the difference"


def test_nothing_of_the_fixed_part_is_broken(fixed, ours):
    assert find_breaking_changes(fixed, ours) == []


def test_defaults_of_arguments_and_inputs_agree(fixed, ours):
    compared = 0
    for name, type_ in fixed.type_map.items():
        if name.startswith("__"):
            continue
        if is_object_type(type_) or is_interface_type(type_):
            for field_name, field in type_.fields.items():
                for argument_name, argument in field.args.items():
                    mine = ours.type_map[name].fields[field_name].args[argument_name]
                    assert mine.default_value == argument.default_value, f"{name}.{field_name}({argument_name})"
                    compared += 1
        if is_input_object_type(type_):
            for field_name, field in type_.fields.items():
                assert ours.type_map[name].fields[field_name].default_value == field.default_value, f"{name}.{field_name}"
                compared += 1
    assert compared > 100


def test_one_of_agrees(fixed, ours):
    for name, type_ in fixed.type_map.items():
        if is_input_object_type(type_):
            mine = ours.type_map[name]
            assert _one_of(mine) == _one_of(type_), name


def _one_of(type_):
    directives = type_.ast_node.directives if type_.ast_node else ()
    return any(directive.name.value == "oneOf" for directive in directives)


def test_new_enum_values_come_after_the_fixed_ones(fixed, ours):
    for name, type_ in fixed.type_map.items():
        if is_enum_type(type_) and not name.startswith("__"):
            values = list(type_.values)
            assert list(ours.type_map[name].values)[: len(values)] == values


def test_every_type_says_what_it_is(ours):
    silent = [name for name, type_ in ours.type_map.items() if not name.startswith("__") and not type_.description]
    assert silent == []
