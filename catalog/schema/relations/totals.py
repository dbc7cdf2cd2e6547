"""How many things each list of a level has: one statement for lists of one sort."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.model import listing, related
from catalog.model.vocabulary import RecordType
from catalog.schema.context import RequestContext


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every thing of a type; `narrowed` are further conditions on its row of `document`."""

    record_type: RecordType
    narrowed: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedTo:
    wanted: related.Wanted
    thing: str


@dataclass(frozen=True, slots=True)
class Given:
    """A list that was counted when it was made."""

    number: int


def total_count(parents: Sequence[Any], context: RequestContext) -> list[int]:
    """Each page says under `_count` what its list is."""
    lists = [parent["_count"] for parent in parents]
    found: dict[int, int] = {}
    for kind, count in _COUNTERS.items():
        own = [one for one in lists if isinstance(one, kind)]
        found |= {id(one): number for one, number in zip(own, count(own, context) if own else (), strict=True)}
    return [found[id(one)] for one in lists]


def _credentials(lists: list[listing.Wanted], context: RequestContext) -> list[int]:
    return listing.count_credentials(context.connection, lists)


def _things(lists: list[AllOf], context: RequestContext) -> list[int]:
    return [listing.count_things(context.connection, one.record_type, context.viewer, one.narrowed) for one in lists]


def _related(lists: list[RelatedTo], context: RequestContext) -> list[int]:
    counts: dict[int, dict[str, int]] = {}
    for one in {id(one.wanted): one.wanted for one in lists}.values():
        things = [other.thing for other in lists if other.wanted is one]
        counts[id(one)] = related.count_related(context.connection, one, things, context.viewer)
    return [counts[id(one.wanted)].get(one.thing, 0) for one in lists]


_COUNTERS: dict[type, Callable[[Any, RequestContext], list[int]]] = {
    listing.Wanted: _credentials,
    AllOf: _things,
    RelatedTo: _related,
    Given: lambda lists, _context: [one.number for one in lists],
}
