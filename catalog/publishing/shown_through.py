"""Things that make no sense without what they are about: they are never more visible than it.

A pathway is about its award, a recognition about both its ends, an equivalence about at least two of its members.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, select

from catalog.model.bulk import chunks, table_of
from catalog.model.links import Link
from catalog.model.tables import ReferenceRow, ThingRow
from catalog.model.vocabulary import RecordType, Visibility
from catalog.publishing.drafting import Draft
from catalog.publishing.existing import Thing, load_things

ESSENTIAL = {
    RecordType.PATHWAY: ("award",),
    RecordType.RECOGNITION: ("from", "to"),
    RecordType.EQUIVALENCE: ("members",),
}
"""The fields whose targets must be shown."""
FEWEST_MEMBERS = 2
REFERENCE = table_of(ReferenceRow).c
THING = table_of(ThingRow).c

LEVELS = tuple(Visibility)
"""From what everybody sees to what nobody does without a referral."""

Links = tuple[tuple[Link, str], ...]


def level_of(thing: Thing) -> Visibility:
    """What is withdrawn or erased is as good as hidden."""
    return Visibility(thing.visibility) if thing.state == "ACTIVE" else Visibility.BY_REFERRAL


def stricter(one: Visibility, other: Visibility) -> Visibility:
    return max(one, other, key=LEVELS.index)


def _level_to_be(draft: Draft) -> Visibility:
    return (draft.record.visibility or Visibility.PUBLIC) if draft.record else Visibility.BY_REFERRAL


def find_dependents(connection: Connection, drafts: Mapping[str, Draft]) -> set[str]:
    """Things outside the call that are about something which it hides or shows."""
    turned = [one.id for one in drafts.values() if one.old and level_of(one.old) is not _level_to_be(one)]
    return find_about(connection, turned) - drafts.keys()


def find_about(connection: Connection, targets: Iterable[str]) -> set[str]:
    """The active things that are about any of these."""
    found: set[str] = set()
    for chunk in chunks(targets):
        query = _essential_references().where(REFERENCE.target.in_(chunk), THING.state == "ACTIVE")
        rows = connection.execute(query)
        found |= {row.thing for row in rows if _is_essential(RecordType(row.type), row.path)}
    return found


def find_targets(connection: Connection, thing: str) -> list[str]:
    """What a published thing is about."""
    rows = connection.execute(_essential_references().where(REFERENCE.thing == thing))
    return [row.target for row in rows if _is_essential(RecordType(row.type), row.path)]


def _essential_references() -> Select[Any]:
    columns = (REFERENCE.thing, REFERENCE.target, REFERENCE.path, THING.type)
    return select(*columns).join(table_of(ThingRow), REFERENCE.thing == THING.id).where(THING.type.in_(ESSENTIAL))


def _is_essential(record_type: RecordType, path: str) -> bool:
    return path.partition("[")[0] in ESSENTIAL.get(record_type, ())


def find_caps(connection: Connection, drafts: Mapping[str, Draft], links: Mapping[str, Links]) -> dict[str, Visibility]:
    """How visible each of these things can be at most, for those that are about something."""
    about = {one.id: _about(one, links[one.id]) for one in drafts.values() if one.record and one.type in ESSENTIAL}
    targets = {target for own in about.values() for target in own}
    levels = {one: _level_to_be(drafts[one]) for one in targets & drafts.keys()}
    levels |= {one.id: level_of(one) for one in load_things(connection, targets - drafts.keys()).values()}
    return {one: cap(drafts[one].type, [levels[target] for target in own]) for one, own in about.items()}


def _about(draft: Draft, links: Links) -> list[str]:
    return [target for link, target in links if not link.in_rule and _is_essential(draft.type, link.path)]


def cap(record_type: RecordType, levels: Iterable[Visibility]) -> Visibility:
    """The strictest of what it is about; of an equivalence the second most visible member."""
    ranked = sorted(levels, key=LEVELS.index)
    if record_type is not RecordType.EQUIVALENCE:
        return ranked[-1]
    return ranked[FEWEST_MEMBERS - 1] if len(ranked) >= FEWEST_MEMBERS else Visibility.BY_REFERRAL
