"""Makes one record of what several sources state: a pure function of the statements and their precedence.

Every field comes whole from its highest source (precedence, then the day it was stated, then the source's key). Texts merge
language by language; campuses and offerings merge by ref and then field by field. What loses stays readable as a Choice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

TEXT_FIELDS = frozenset({"title", "summary", "description", "name", "labels"})
PART_FIELDS = frozenset({"campuses", "offerings"})
UNMERGED = frozenset({"type", "sources"})
NAMES = frozenset({"ref", "slug"})  # what a source calls a thing; it states nothing about it

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one thing, as the content of its record."""

    source: str
    precedence: int
    record: dict[str, Any]
    confirmed_on: date | None = None
    is_provider: bool = False
    """Whether the source is the provider's own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One source's value for one path, and whether the merged record took it."""

    path: str
    statement: Statement
    value: Any
    chosen: bool
    note: Mapping[str, str]
    """Where the value was read: url, statedOn, asOf, words, basis, quality, as far as the source says."""


def merge(statements: list[Statement]) -> dict[str, Any]:
    """The merged record's content, without sources: evidence stays with the statements. Their order does not matter."""
    if len(statements) == 1:
        return {name: value for name, value in statements[0].record.items() if name != "sources"}
    merged: dict[str, Any] = {"type": statements[0].record["type"]}
    for path, value in _winners(statements):
        _put(merged, path, value)
    return merged


def choices(statements: list[Statement]) -> list[Choice]:
    """Every value that any source states, in the order of paths; exactly one of a path is chosen."""
    found: list[Choice] = []
    for path, ranked in _by_path(statements).items():
        if path[-1] in NAMES:
            continue
        for index, (statement, value) in enumerate(ranked):
            note = _evidence(statement.record, path)
            found.append(Choice(path_text(path), statement, value, index == 0, note))
    return found


def confirming_source(statements: list[Statement], ref: str) -> str:
    """Whose confirmation speaks for an offering: the source of its registration windows, else of its intake."""
    by_path = _by_path(statements)
    for name in ("registrationWindows", "intake", "startsOn", "ref"):
        if ranked := by_path.get(("offerings", ref, name)):
            return ranked[0][0].source
    return statements[0].source


def path_text(path: Path) -> str:
    """`offerings[summer-2020].weeks`, `title.en` or `kind`."""
    if path[0] in PART_FIELDS:
        return f"{path[0]}[{path[1]}].{path[2]}"
    return ".".join(path)


def _winners(statements: list[Statement]) -> Iterator[tuple[Path, Any]]:
    for path, ranked in _by_path(statements).items():
        yield path, ranked[0][1]


def _by_path(statements: list[Statement]) -> dict[Path, list[tuple[Statement, Any]]]:
    strongest_first = sorted(statements, key=lambda one: (one.precedence, one.source), reverse=True)
    found: dict[Path, list[tuple[Statement, Any]]] = {}
    for statement in strongest_first:
        for path, value in _paths(statement.record):
            found.setdefault(path, []).append((statement, value))
    for path, ranked in found.items():
        ranked.sort(key=lambda pair, path=path: _rank(pair[0], path), reverse=True)  # type: ignore[misc] # path is bound now
    return found


def _rank(statement: Statement, path: Path) -> tuple[int, str, str]:
    return statement.precedence, _evidence(statement.record, path).get("statedOn") or "", statement.source


def _paths(record: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    for name, value in record.items():
        if name in UNMERGED:
            continue
        if name in TEXT_FIELDS:
            yield from (((name, language), text) for language, text in value.items())
        elif name in PART_FIELDS:
            yield from (((name, part["ref"], key), item) for part in value for key, item in part.items())
        else:
            yield (name,), value


def _evidence(record: dict[str, Any], path: Path) -> Mapping[str, str]:
    """The newest of the most specific source notes that cover the path."""
    sources = record.get("sources") or {}
    for key in _covering(path):
        if notes := sources.get(key):
            newest: Mapping[str, str] = max(notes, key=lambda note: note.get("statedOn") or note.get("asOf") or "")
            return newest
    return {}


def _covering(path: Path) -> Iterator[str]:
    yield path_text(path)
    if path[0] in PART_FIELDS:
        yield f"{path[0]}[{path[1]}]"
    yield path[0]
    yield "*"


def _put(merged: dict[str, Any], path: Path, value: Any) -> None:
    if path[0] in TEXT_FIELDS:
        merged.setdefault(path[0], {})[path[1]] = value
    elif path[0] in PART_FIELDS:
        parts = merged.setdefault(path[0], [])
        part = next((one for one in parts if one["ref"] == path[1]), None)
        if part is None:
            part = {"ref": path[1]}
            parts.append(part)
        part[path[2]] = value
    else:
        merged[path[0]] = value
