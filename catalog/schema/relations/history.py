"""Where values come from, and how a thing has changed."""

import re
from collections.abc import Sequence
from typing import Any

import orjson

from catalog.model.history import address_of, count_versions, load_links, load_provenance, load_sources, load_versions
from catalog.model.merge import Choice
from catalog.model.source import CLASSIFICATION
from catalog.model.vocabulary import Basis, SourceQuality
from catalog.schema.context import RequestContext
from catalog.schema.paging import connection, read_cursor

VALUE_LENGTH = 2_000
PART_FIELD = re.compile(r"^(?:offerings|campuses)\[[^\]]+\]\.\w+")


def provenance(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    """Values that name what the viewer may not see are left out."""
    things = [parent["id"] for parent in parents]
    choices = load_provenance(context.connection, things)
    sources = load_sources(context.connection, {one.statement.source for own in choices.values() for one in own})
    links = load_links(context.connection, things)
    shown = context.documents(target for own in links.values() for _, target in own)
    return [
        _rows(
            choices.get(thing, []), sources, {_field(path) for path, target in links.get(thing, []) if target not in shown}
        )
        for thing in things
    ]


def _rows(choices: list[Choice], sources: dict[str, Any], hidden: set[str]) -> list[dict[str, Any]]:
    return [_shown(one, sources[one.statement.source], hide=_field(one.path) in hidden) for one in choices]


def _field(path: str) -> str:
    """`requirements[0].rule.holds` and `requirements` are of one field; a part's field is one of its own."""
    own = PART_FIELD.match(path)
    return own[0] if own else re.split(r"[.\[]", path, maxsplit=1)[0]


def _shown(choice: Choice, source: Any, *, hide: bool) -> dict[str, Any]:
    value = choice.value if isinstance(choice.value, str) else orjson.dumps(choice.value).decode()
    confirmed = choice.statement.confirmed_on
    return {
        "field": choice.path,
        "source": choice.statement.source,
        "sourceName": source.name,
        "sourceKind": source.kind,
        "url": address_of(choice, source.kind, source.url),
        "statedOn": choice.note.get("statedOn"),
        "asOf": choice.note.get("asOf"),
        "basis": Basis.CLASSIFIED if choice.statement.source == CLASSIFICATION else Basis.STATED,
        "words": choice.note.get("words"),
        "evidence": choice.note.get("basis"),
        "quality": SourceQuality(choice.note["quality"]) if "quality" in choice.note else None,
        "confirmedOn": confirmed and confirmed.isoformat(),
        "value": None if hide else value[:VALUE_LENGTH],
        "chosen": choice.chosen,
    }


def classified(parents: Sequence[Any], context: RequestContext) -> list[list[str]]:
    choices = load_provenance(context.connection, [parent["id"] for parent in parents])
    return [
        [one.path for one in choices.get(parent["id"], ()) if one.chosen and one.statement.source == CLASSIFICATION]
        for parent in parents
    ]


def versions(
    parents: Sequence[Any], context: RequestContext, first: int | None = None, after: str | None = None
) -> list[Any]:
    """Newest first."""
    epoch = context.epoch
    page = context.page(first=first, after=after)
    below = read_cursor(epoch, after, "after", (int,))[0] if after else None
    found = load_versions(context.connection, [parent["id"] for parent in parents], below, page.size + 1)
    return [
        connection(epoch, [([one["version"]], one) for one in found.get(parent["id"], [])], page, _thing=parent["id"])
        for parent in parents
    ]


def version_count(parents: Sequence[Any], context: RequestContext) -> list[int]:
    counts = count_versions(context.connection, [parent["_thing"] for parent in parents])
    return [counts.get(parent["_thing"], 0) for parent in parents]
