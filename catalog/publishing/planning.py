"""Works out what a call of apply will write: diff, identity, merge, links, zones. Reads only."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from catalog.errors import Issue, RecordsRejected, Severity
from catalog.model.links import links
from catalog.model.record import Record
from catalog.model.source import Source
from catalog.model.state import read_state
from catalog.model.vocabulary import RecordType, SourceKind
from catalog.publishing import existing
from catalog.publishing.assembling import assemble
from catalog.publishing.derived import derive
from catalog.publishing.drafting import Draft, draft_things
from catalog.publishing.existing import Said
from catalog.publishing.identify import identify
from catalog.publishing.incoming import Incoming, prepare
from catalog.publishing.manner import PLAIN, Key, Manner
from catalog.publishing.names import taken_names
from catalog.publishing.overtaken import source_ran
from catalog.publishing.plan import Plan, PlannedThing
from catalog.publishing.resolve import Candidate, resolve
from catalog.publishing.shown_through import find_dependents
from catalog.publishing.soundness import unsound
from catalog.publishing.still_referenced import still_referenced
from catalog.publishing.vocabulary_types import VOCABULARY
from catalog.publishing.zones import find_rezoned


class RecordsStale(Exception):
    """The records were completed from what their source said, and it has said something else since."""


@dataclass(frozen=True, slots=True)
class Diff:
    """How a call differs from what its source said last. `replaced` and `absent` map statement ids to things."""

    changed: list[Incoming]
    replaced: dict[str, str]
    absent: dict[str, str]
    absent_types: list[RecordType]
    confirmations: tuple[tuple[str, date], ...]

    @property
    def ending(self) -> dict[str, str]:
        return self.replaced | self.absent


def plan_apply(connection: Connection, records: Sequence[Record], source: Source, manner: Manner = PLAIN) -> Plan:
    """Raises RecordsRejected with every issue found, and RecordsStale; nothing is written either way."""
    if manner.filled_at is not None and source_ran(connection, manner.filled_at, source.key):
        raise RecordsStale
    if source.complete and not (records or manner.gone or manner.spared or manner.is_part):
        hint = "state what is still offered, or complete: false"
        raise RecordsRejected(
            [Issue("DELIVERY_EMPTY", "a complete delivery without records would withdraw everything", "records", hint=hint)]
        )
    incoming, issues = prepare(records, manner.mentioned)
    raise_errors(issues)
    old_source = existing.load_source_row(connection, source.key)
    base = read_state(connection).revision
    diff = _diff(connection, source, incoming, manner)
    identified = identify(connection, source.key, diff.changed)
    raise_errors([*issues, *identified.issues])
    changed = {identified.things[one.key]: one for one in diff.changed if one.key not in identified.dropped}
    issues += [*_leave_erased(connection, changed), *_source_changed(old_source, source)]
    rekeyed, shared = _rekeyed(connection, source, changed, incoming, manner.others)
    ending = diff.ending | rekeyed
    source_is_new = old_source != existing.source_row(source)
    affected = {*changed, *ending.values(), *_resettled(connection, old_source, source)}
    taken_back = set(diff.absent.values()) - changed.keys() if source.kind is SourceKind.PROVIDER else set()
    things, problems = plan_things(
        connection, source, affected, changed, identified.slugs, ending, taken_back, may_break=manner.may_break
    )
    raise_errors([*issues, *shared, *problems])
    return Plan(
        base_revision=base,
        source=source,
        new_statements=tuple((one, thing) for thing, one in changed.items()),
        closed_statements=tuple(sorted(ending)),
        absent=tuple(diff.absent_types),
        confirmations=diff.confirmations,
        things=tuple(things),
        derived=derive(things),
        source_is_new=source_is_new,
        warnings=tuple(issue for issue in [*issues, *problems] if issue.severity is Severity.WARNING),
        records=len(records),
    )


def _rekeyed(
    connection: Connection,
    source: Source,
    changed: Mapping[str, Incoming],
    incoming: Sequence[Incoming],
    others: Container[Key],
) -> tuple[dict[str, str], list[Issue]]:
    """Statements of this source under another ref that the new ones replace; an issue where both refs are in the call."""
    present = {one.key for one in incoming if not one.implied}
    replaced: dict[str, str] = {}
    issues: list[Issue] = []
    for thing, own in existing.load_own(connection, source.key, changed).items():
        for statement, key in own.items():
            if key == changed[thing].key:
                continue
            if key in present or key in others:
                issues.append(_shared(changed[thing], key[1]))
            replaced[statement] = thing
    return replaced, issues


def _shared(one: Incoming, other: str) -> Issue:
    message = f"the refs {one.ref!r} and {other!r} of this source speak of the same {one.type}"
    return Issue("THING_SHARED", message, "ref", one.row, "ref", one.ref, "state one record for each thing")


def _source_changed(old: Mapping[str, object] | None, source: Source) -> list[Issue]:
    """Who speaks decides who is believed: a changed declaration is pointed out."""
    new = existing.source_row(source)
    changed = [name for name in ("name", "kind", "precedence", "owner") if old is not None and old[name] != new[name]]
    if not changed or old is None:
        return []
    message = f"the source {source.key} was declared otherwise before: " + ", ".join(f"{n} {old[n]!r}" for n in changed)
    hint = "if this is another source, give it a key of its own"
    return [Issue("SOURCE_CHANGED", message, "source", hint=hint, severity=Severity.WARNING)]


def _leave_erased(connection: Connection, changed: dict[str, Incoming]) -> list[Issue]:
    """Takes out what was erased: a feed that still carries it must not bring it back, nor be stopped by it."""
    found = existing.load_things(connection, changed)
    erased = [one for one in found.values() if one.state == "ERASED"]
    return [_erased(changed.pop(one.id)) for one in erased]


def _erased(one: Incoming) -> Issue:
    message = f"{one.ref!r} was erased and is not published again"
    return Issue("THING_ERASED", message, "ref", one.row, "ref", one.ref, "take it out of the feed", Severity.WARNING)


def plan_things(
    connection: Connection,
    source: Source | None,
    affected: Collection[str],
    new: Mapping[str, Incoming],
    slugs: Mapping[str, str],
    ending: Mapping[str, str],
    taken_back: Collection[str] = (),
    *,
    keep_idle: bool = False,
    may_break: bool = False,
) -> tuple[list[PlannedThing], list[Issue]]:
    """The affected things as they will be, and everything that forbids it. `ending` maps statement ids to things.

    `keep_idle` plans also what comes out as it was, for checks that compare it with what is stored.
    """
    restated = set(affected) if keep_idle else new.keys() | set(ending.values())
    drafts, issues = draft_things(connection, source, sorted(affected), new, slugs, set(ending), taken_back)
    rezoned, rezone_issues = draft_things(connection, source, sorted(find_rezoned(connection, drafts)), {}, {}, set(ending))
    drafts |= rezoned
    dependents, dependent_issues = draft_things(
        connection, source, sorted(find_dependents(connection, drafts)), {}, {}, set(ending)
    )
    drafts |= dependents
    resolved = resolve(connection, [_candidate(one, new.get(one.id)) for one in drafts.values()])
    held = still_referenced(connection, source.key if source else None, drafts, resolved.links)
    issues += [*rezone_issues, *dependent_issues, *taken_names(connection, drafts), *resolved.issues, *held]
    if any(issue.severity is Severity.ERROR for issue in issues):
        return [], issues
    issues += unsound(connection, drafts, new, resolved, may_break=may_break)
    if any(issue.severity is Severity.ERROR for issue in issues):
        return [], issues
    return assemble(connection, source, drafts, resolved, restated), issues


def _candidate(draft: Draft, incoming: Incoming | None) -> Candidate:
    strict = frozenset(link.key for link in links(incoming.record)) if incoming else frozenset()
    return Candidate(draft.id, draft.type, draft.slug, draft.row, draft.record, strict)


def raise_errors(issues: list[Issue]) -> None:
    if any(issue.severity is Severity.ERROR for issue in issues):
        raise RecordsRejected(issues)


def _diff(connection: Connection, source: Source, incoming: list[Incoming], manner: Manner) -> Diff:
    refs = [*(one.ref for one in incoming), *(ref for _, ref in manner.gone)]
    said = existing.load_said(connection, source.key, None if source.complete else refs)
    changed = [one for one in incoming if one.key not in said or said[one.key].hash != one.hash]
    replaced = {said[one.key].id: said[one.key].thing for one in changed if one.key in said and not one.implied}
    changed = [one for one in changed if not (one.implied and one.key in said)]
    absent = _absent(source, incoming, said, manner)
    things = {said[key].id: said[key].thing for key in absent}
    return Diff(changed, replaced, things, [type_ for type_, _ in absent], _confirmations(incoming, said))


def _absent(source: Source, incoming: list[Incoming], said: Mapping[Key, Said], manner: Manner) -> list[Key]:
    """What is marked as gone, and what a complete delivery leaves out.

    Codes of a vocabulary are not listings: absence never withdraws them.
    """
    present = {one.key for one in incoming}
    gone = [key for key in dict.fromkeys(manner.gone) if key in said and key not in present]
    if not (source.complete and manner.withdraws):
        return gone
    kept = present.union(manner.spared, gone)
    return [*gone, *(key for key in said if key not in kept and key[0] not in VOCABULARY)]


def _confirmations(incoming: list[Incoming], said: Mapping[Key, Said]) -> tuple[tuple[str, date], ...]:
    """Unchanged statements that were confirmed again, later than before."""
    found: list[tuple[str, date]] = []
    for one in incoming:
        before = said.get(one.key)
        if before is None or before.hash != one.hash or one.confirmed_on is None:
            continue
        if before.confirmed_on is None or one.confirmed_on > before.confirmed_on:
            found.append((before.id, one.confirmed_on))
    return tuple(found)


def _resettled(connection: Connection, old: Mapping[str, object] | None, source: Source) -> set[str]:
    """Everything the source speaks of, when the source itself is now believed or placed otherwise."""
    new = existing.source_row(source)
    if old is None or all(old[name] == new[name] for name in ("precedence", "default_time_zone")):
        return set()
    said = existing.load_said(connection, source.key, None)
    things = existing.load_things(connection, [one.thing for one in said.values()])
    return {one.id for one in things.values() if one.state == "ACTIVE"}
