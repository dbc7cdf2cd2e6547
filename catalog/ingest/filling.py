"""Puts what a delivery says together with what its source said before of what the delivery does not speak of.

A missing column leaves its field as it was; a blank cell takes it away. Offerings that have ended stay, whatever a file
leaves out: a list of courses names those to come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from catalog.errors import Issue
from catalog.ingest.before import Before
from catalog.ingest.covering import joined, stated_offering, uncovered
from catalog.model.reading.delivery import Cover, Delivery
from catalog.model.record import Record, content, parse_record
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.offering import Offering
from catalog.model.status import status
from catalog.model.vocabulary import OfferingStatus
from catalog.publishing.incoming import derived_ref
from catalog.publishing.manner import key_of

USUAL = "USUAL"
"""The name under which a cover speaks of what holds for every run."""
ITS_REF = "ref"
"""Covered, it says that a file lists runs; untouched, that it has no row for this one."""
Drafts = Mapping[tuple[str, str], dict[str, Any]]
_ENDED = frozenset({OfferingStatus.ENDED, OfferingStatus.CANCELLED})
_NOTHING = Cover(frozenset())
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filling:
    """What records are filled from. `drafts` are offerings that were rolled over, by (credential, offering)."""

    before: Before
    now: datetime
    complete: bool
    drafts: Drafts = field(default_factory=dict)


def fill(delivery: Delivery, places: Sequence[int], records: list[Record], filling: Filling) -> None:
    """Changes the records at these places of a delivery where something is to be kept, and says where that makes no sense.

    `records` are those records, and are changed with them.
    """
    if delivery.is_exact:
        return
    for place, index in enumerate(places):
        record, cover = records[place], delivery.covers[index]
        old = filling.before.get(key_of(record), {})
        if not old and cover is None:
            continue
        unknown = _unknown_runs(record, cover or _NOTHING, old)
        filled = unknown or _filled(record, cover, old, filling)
        if isinstance(filled, list):
            row = delivery.rows[index]
            delivery.issues += [replace(one, row=row, place=delivery.places.get(row)) for one in filled]
        elif filled is not record:
            records[place] = delivery.records[index] = filled


def _unknown_runs(record: Record, cover: Cover, old: Json) -> list[Issue]:
    """Runs of which only fees or meetings are stated must be known: else somebody mistyped a ref."""
    known = {one.get("ref") for one in old.get("offerings", [])}
    asked = (ref for ref, kept in cover.untouched.items() if ITS_REF in kept and ref != USUAL and ref not in known)
    hint = "give it a row in Offerings, or correct the ref"
    return [
        Issue(
            "OFFERING_UNKNOWN", f"no run has the ref {ref!r}", f"offerings[{ref}]", None, "offerings", ref, hint,
            ref=key_of(record)[1],
        )
        for ref in asked
    ]  # fmt: skip


def _filled(record: Record, cover: Cover | None, old: Json, filling: Filling) -> Record | list[Issue]:
    new = _with_refs(record)
    whole = dict(new) if cover is None else joined(uncovered(old, cover.fields), new)
    if isinstance(record, CredentialRecord):
        whole = {name: value for name, value in whole.items() if name not in ("offerings", "usual")}
        whole |= _stated("usual", _usual(new, cover, old)) | _stated("offerings", _offerings(new, cover, old, filling))
    if whole == new:
        return record
    parsed = parse_record(whole)
    if not isinstance(parsed, list):
        return parsed.model_copy(update={"confirmed_on": record.confirmed_on})
    hint = "with what was said before of columns that the file does not have; send those columns, too"
    return [replace(one, hint=one.hint or hint) for one in parsed]


def _stated(name: str, value: Any) -> Json:
    return {name: value} if value else {}


def _with_refs(record: Record) -> Json:
    """The record as JSON, with the refs that its offerings will be given."""
    new = content(record)
    if isinstance(record, CredentialRecord) and record.offerings:
        for offering, value in zip(record.offerings, new["offerings"], strict=True):
            value.setdefault("ref", derived_ref(offering))
    return new


def _usual(new: Json, cover: Cover | None, old: Json) -> Json:
    """What holds for every run; without a row about it, what was said before."""
    if cover is None:
        return dict(new.get("usual", {}))
    if USUAL in cover.gone:
        return {}
    if USUAL not in cover.untouched and "usual" not in new:
        return dict(old.get("usual", {}))
    return _offering(USUAL, new.get("usual", {}), old.get("usual", {}), cover)


def _offerings(new: Json, cover: Cover | None, old: Json, filling: Filling) -> list[Json]:
    before: dict[str, Json] = {one["ref"]: one for one in old.get("offerings", []) if "ref" in one}
    stated: list[Json] = new.get("offerings", [])
    if cover is None:
        found = stated
    else:
        drafts = {one["ref"]: filling.drafts.get((str(new.get("ref")), one["ref"]), {}) for one in stated}
        found = [_offering(one["ref"], one, before.get(one["ref"]) or drafts[one["ref"]], cover) for one in stated]
    gone = {one["ref"] for one in stated} | (cover.gone if cover else set())
    absent = [one for ref, one in before.items() if ref not in gone]
    if cover is not None and not (filling.complete and ITS_REF in (cover.offerings or ())):
        return _in_order(before, [*found, *absent])
    return _in_order(before, [*found, *(one for one in absent if _has_ended(one, filling.now))])


def _in_order(before: Mapping[str, Json], offerings: list[Json]) -> list[Json]:
    """Those that were stated before in the order in which they were, so that leaving one out moves none."""
    places = {ref: place for place, ref in enumerate(before)}
    return sorted(offerings, key=lambda one: places.get(one["ref"], len(places)))


def _offering(ref: str, new: Json, old: Json, cover: Cover) -> Json:
    return stated_offering(new, old, (cover.offerings or frozenset()) - cover.untouched.get(ref, frozenset()))


def _has_ended(offering: Json, now: datetime) -> bool:
    read = Offering.model_validate(offering, strict=False)
    return status(read, None, None, now) in _ENDED
