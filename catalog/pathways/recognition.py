"""What is kept of credentials elsewhere: for each destination the credit that is given, and what is lost, on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from catalog.model.vocabulary import RecognitionKind

Credits: TypeAlias = Mapping[str, tuple[float, str] | None]
"""By credential: how much, in which unit."""
WITHOUT_CREDIT = frozenset({RecognitionKind.EXEMPTION, RecognitionKind.WAIVER, RecognitionKind.NONE})


@dataclass(frozen=True, slots=True)
class Kept:
    """One credential at one destination. `credit` None: not stated how much."""

    recognition: Mapping[str, Any]
    credential: str
    credit: float | None
    unit: str | None
    is_in_force: bool | None


@dataclass(frozen=True, slots=True)
class Destination:
    """`kept` and `lost` are in `unit`, and None where credit is not stated, decided case by case, or in several units.

    `guaranteed` None: for a part of it nobody says.
    """

    credential: str
    institution: str | None
    items: tuple[Kept, ...]
    kept: float | None
    lost: float | None
    unit: str | None
    guaranteed: bool | None


def destinations(recognitions: Iterable[Mapping[str, Any]], brought: Credits, on: date) -> list[Destination]:
    """`brought` is all that is brought along, as its own listings state it: what is recognised nowhere is lost."""
    by_place: dict[tuple[str, str | None], list[Kept]] = {}
    for one in recognitions:
        own = Kept(one, one["from"], *_credit(one), _in_force(one, on))
        by_place.setdefault((one["to"], one["institution"]), []).append(own)
    return [_destination(to, institution, own, brought) for (to, institution), own in sorted(by_place.items(), key=str)]


def _credit(recognition: Mapping[str, Any]) -> tuple[float | None, str | None]:
    if recognition["kind"] in WITHOUT_CREDIT:
        return 0.0, None
    credit = recognition["credit"] or {}
    return credit.get("value"), credit.get("unit")


def _in_force(recognition: Mapping[str, Any], on: date) -> bool | None:
    """None where neither end is stated: nobody says since when, or until when."""
    since, until = (recognition[key] and date.fromisoformat(recognition[key]) for key in ("effectiveFrom", "effectiveTo"))
    if (since and on < since) or (until and until < on):
        return False
    return True if since or until else None


def _destination(to: str, institution: str | None, items: Sequence[Kept], brought: Credits) -> Destination:
    """What is not in force gives nothing; of several ways for one credential the best counts; unknowns do not add up."""
    valid = [one for one in items if one.is_in_force is not False]
    best: dict[str, float | None] = {}
    for one in valid:
        known = best.get(one.credential, 0.0)
        by_case = one.recognition["kind"] == RecognitionKind.CASE_BY_CASE
        unsure = one.credit is None or by_case or one.is_in_force is None or known is None
        best[one.credential] = None if unsure else max(known or 0.0, one.credit or 0.0)
    units = {one.unit for one in valid if one.unit} | {own[1] for own in brought.values() if own}
    unit = next(iter(units)) if len(units) == 1 else None
    kept = None if None in best.values() or not unit else sum(one or 0.0 for one in best.values())
    whole = [own[0] if own else None for own in brought.values()]
    is_known = kept is not None and None not in whole
    lost = max(sum(one or 0.0 for one in whole) - (kept or 0.0), 0.0) if is_known else None
    answers = {one.recognition["guaranteed"] if one.is_in_force else None for one in valid}
    guaranteed = False if False in answers or not valid else None if None in answers else True
    return Destination(to, institution, tuple(items), kept, lost, unit, guaranteed)
