"""How a call of apply is meant, besides what its records say."""

from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from catalog.model.record import Record
from catalog.model.vocabulary import RecordType

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from catalog.publishing.plan import Plan

Key: TypeAlias = tuple[RecordType, str]
Guard: TypeAlias = "Callable[[Connection, Plan], None]"


def key_of(record: Record) -> Key:
    """By which a source finds its own statement again."""
    return record.kind_of_thing, str(record.ref or record.slug)


def _let_pass(_connection: "Connection", _plan: "Plan") -> None:
    """Asks nothing of a plan."""


@dataclass(frozen=True, slots=True)
class Manner:
    """`guard` looks at the plan before anything is written, and stops it by raising.

    `mentioned` are institutions that listings only name: they become things where nobody knows them. `gone` is marked as
    no longer offered, whether the source is complete or not. `spared` stays although a complete delivery leaves it out:
    what was sent but could not be taken. Without `withdraws` absence withdraws nothing at all.
    """

    may_break: bool = False
    mentioned: Sequence[Record] = ()
    gone: Collection[Key] = ()
    spared: Collection[Key] = ()
    withdraws: bool = True
    others: Container[Key] = frozenset()
    """What other batches of a larger call state; `is_part` marks the batches of one."""
    is_part: bool = False
    filled_at: int | None = None
    """The revision that the records were completed from, where they were: a run of their source since makes them stale."""
    guard: Guard = _let_pass


PLAIN = Manner()
