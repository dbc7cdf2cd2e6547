"""The facts that the seed is made from, where they lie beside the project, and how each record is held to them."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.served import SEED

FACTS = Path(__file__).parents[3] / "shared" / "facts"
WORKBC = FACTS.parent / "data" / "workbc"
SCHEME = "catalogue-fact"


@cache
def seed_files() -> dict[str, dict[str, Any]]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SEED}


def seed_records(*types: str) -> list[tuple[str, dict[str, Any]]]:
    """(file, record) of these types, or of all."""
    return [
        (name, record)
        for name, content in seed_files().items()
        for record in content["records"]
        if not types or record["type"] in types
    ]


@cache
def load_facts(name: str) -> list[dict[str, Any]]:
    if not FACTS.exists():
        pytest.skip(f"{FACTS} is not here: the facts are held elsewhere")
    return json.loads((FACTS / name).read_text(encoding="utf-8"))


def read_table(name: str) -> list[list[str]]:
    """A table of the outlook; these files have no header."""
    if not WORKBC.exists():
        pytest.skip(f"{WORKBC} is not here: the outlook's tables are held elsewhere")
    with (WORKBC / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def fact_ids(record: dict[str, Any]) -> list[str]:
    """`pw-07.2` is the second record that one fact became."""
    return [one["value"].partition(".")[0] for one in record.get("identifiers", []) if one["scheme"] == SCHEME]


def words_of(facts: list[dict[str, Any]]) -> str:
    """All that facts say, in small letters, with plain spaces and without separators of thousands."""
    text = json.dumps(facts, ensure_ascii=False).lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text).replace('\\"', '"')
    return re.sub(r"\b(20)(\d\d)/(\d\d)\b", r"\1\2/\3 \1\3", text)  # 2022/23 also names 2023


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, f"{path}.{key}" if path else key)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item, f"{path}[]")]
    return [(path, value)]


NUMBER_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def numbers_in(text: str) -> set[str]:
    """Numbers in digits, and small ones in words."""
    spelt = {str(n) for n, word in enumerate(NUMBER_WORDS, start=1) if re.search(rf"\b{word}\b", text.lower())}
    found = re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", text))
    return spelt | {one.rstrip("0").rstrip(".") if "." in one else one for one in found}


def number_text(value: float) -> str:
    return f"{value:g}" if float(value) != int(value) else str(int(value))
