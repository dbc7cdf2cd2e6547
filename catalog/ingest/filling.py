"""Puts what a delivery says together with what its source said before of what the delivery does not speak of.

A missing column leaves its field as it was; a blank cell takes it away. Offerings that have ended stay, whatever a file
leaves out: a list of courses names those to come.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.ingest.before import Before, key_of
from catalog.model.reading.delivery import Cover, Delivery
from catalog.model.record import Record, content, parse_record
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.offering import Offering
from catalog.model.status import status
from catalog.model.vocabulary import OfferingStatus
from catalog.publishing.incoming import derived_ref

USUAL = "USUAL"
"""The name under which a cover speaks of what holds for every run."""
_ENDED = frozenset({OfferingStatus.ENDED, OfferingStatus.CANCELLED})


def fill(delivery: Delivery, before: Before, now: datetime, *, complete: bool) -> None:
    """Changes the records of the delivery where something is to be kept."""
    if delivery.is_exact:
        return
    for index, (record, cover) in enumerate(zip(delivery.records, delivery.covers, strict=True)):
        old = before.get(key_of(record))
        if old is not None:
            delivery.records[index] = _filled(record, cover, old, now, complete=complete)


def _filled(record: Record, cover: Cover | None, old: dict[str, Any], now: datetime, *, complete: bool) -> Record:
    new = _with_refs(record)
    whole = dict(new) if cover is None else _joined(_uncovered(old, cover.fields), new)
    if isinstance(record, CredentialRecord):
        offerings = _offerings(new.get("offerings", []), cover, old.get("offerings", []), now, complete=complete)
        whole |= {"offerings": offerings} if offerings else {}
        if cover and cover.offerings is not None and "usual" in new:
            whole["usual"] = _offering({"ref": USUAL, **new["usual"]}, old.get("usual", {}), cover)
            del whole["usual"]["ref"]
    if whole == new:
        return record
    parsed = parse_record(whole)
    # what a source said before may contradict what it says now; then only what it says now counts
    return record if isinstance(parsed, list) else parsed.model_copy(update={"confirmed_on": record.confirmed_on})


def _with_refs(record: Record) -> dict[str, Any]:
    """The record as JSON, with the refs that its offerings will be given."""
    new = content(record)
    if isinstance(record, CredentialRecord) and record.offerings:
        for offering, value in zip(record.offerings, new["offerings"], strict=True):
            value.setdefault("ref", derived_ref(offering))
    return new


def _offerings(
    new: Sequence[dict[str, Any]], cover: Cover | None, old: Sequence[dict[str, Any]], now: datetime, *, complete: bool
) -> list[dict[str, Any]]:
    if cover is not None and cover.offerings is None:
        return list(old)
    known = {one["ref"]: one for one in old if "ref" in one}
    joined = [_offering(one, known.get(one["ref"], {}), cover) for one in new]
    present = {one["ref"] for one in new}
    keeps_open = cover is not None and not complete
    marked = cover.gone if cover else frozenset()
    absent = [one for ref, one in known.items() if ref not in present and ref not in marked]
    return [*joined, *(one for one in absent if keeps_open or _has_ended(one, now))]


def _offering(new: dict[str, Any], old: dict[str, Any], cover: Cover | None) -> dict[str, Any]:
    """One offering; without a cover it is all that is said of it."""
    if cover is None or cover.offerings is None:
        return new
    return _joined(_uncovered(old, cover.offerings - cover.untouched.get(new["ref"], frozenset())), new)


def _has_ended(offering: dict[str, Any], now: datetime) -> bool:
    read = Offering.model_validate(offering, strict=False)
    return status(read, None, None, now) in _ENDED


def _uncovered(value: Mapping[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    """What a file with these fields says nothing of; a path such as `credit.value` names a part of a field."""
    kept: dict[str, Any] = {}
    for name, one in value.items():
        if name in fields:
            continue
        parts = {field.partition(".")[2] for field in fields if field.startswith(f"{name}.")}
        left = {key: part for key, part in one.items() if key not in parts} if parts and isinstance(one, dict) else one
        if left != {}:
            kept[name] = left
    return kept


def _joined(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Both; where both speak, the new, and of fields with parts each part for itself."""
    joined = dict(old)
    for name, one in new.items():
        before = old.get(name)
        joined[name] = {**before, **one} if isinstance(before, dict) and isinstance(one, dict) else one
    return joined
