"""Things that make no sense without what they are about: they are hidden with it, and shown again with it.

A pathway is about its award, a recognition about both its ends, an equivalence about at least two of its members.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

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

Links = tuple[tuple[Link, str], ...]


def is_shown(thing: Thing) -> bool:
    return thing.state == "ACTIVE" and thing.visibility != Visibility.BY_REFERRAL


def will_be_shown(draft: Draft) -> bool:
    return draft.record is not None and draft.record.visibility is not Visibility.BY_REFERRAL


def find_dependents(connection: Connection, drafts: Mapping[str, Draft]) -> set[str]:
    """Things outside the call that are about something which it hides or shows."""
    turned = [one.id for one in drafts.values() if one.old and is_shown(one.old) != will_be_shown(one)]
    return find_about(connection, turned) - drafts.keys()


def find_about(connection: Connection, targets: Iterable[str]) -> set[str]:
    """The active things that are about any of these."""
    found: set[str] = set()
    for chunk in chunks(targets):
        query = (
            select(REFERENCE.thing, REFERENCE.path, THING.type)
            .join(table_of(ThingRow), REFERENCE.thing == THING.id)
            .where(REFERENCE.target.in_(chunk), THING.type.in_(ESSENTIAL), THING.state == "ACTIVE")
        )
        found |= {thing for thing, path, kind in connection.execute(query) if _is_essential(RecordType(kind), path)}
    return found


def _is_essential(record_type: RecordType, path: str) -> bool:
    return path.partition("[")[0] in ESSENTIAL.get(record_type, ())


def find_hidden(connection: Connection, drafts: Mapping[str, Draft], links: Mapping[str, Links]) -> set[str]:
    """Which of these things are hidden with what they are about."""
    about = {one.id: _about(one, links[one.id]) for one in drafts.values() if one.record and one.type in ESSENTIAL}
    targets = {target for own in about.values() for target in own}
    shown = {one for one in targets & drafts.keys() if will_be_shown(drafts[one])}
    shown |= {one.id for one in load_things(connection, targets - drafts.keys()).values() if is_shown(one)}
    return {one for one, own in about.items() if not _is_whole(drafts[one].type, own, shown)}


def _about(draft: Draft, links: Links) -> list[str]:
    return [target for link, target in links if not link.in_rule and _is_essential(draft.type, link.path)]


def _is_whole(record_type: RecordType, about: list[str], shown: set[str]) -> bool:
    if record_type is RecordType.EQUIVALENCE:
        return len(shown.intersection(about)) >= FEWEST_MEMBERS
    return shown.issuperset(about)
