"""Needs ranked by how little serves them: forecast openings a year beside seats that start in one year."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from catalog.coverage.dimensions import Around, CoverageDimension, values_of
from catalog.coverage.measures import Counting, Measures
from catalog.coverage.need import Figure
from catalog.coverage.values import Values
from catalog.coverage.years import Starts, read_fiscal_year, starts_between
from catalog.search.columns.ragged import Mask, Rows, is_among
from catalog.search.narrowing.view import View

NOTE = "Forecast openings, not vacancies."
FEWEST_SKILLS = 2
"""Which a listing that is not filed under an occupation shares with those that are, and half of its own at least."""
NOTHING = Measures()


class MatchBasis(StrEnum):
    """Why a listing serves a need."""

    TAGS = "TAGS"
    SKILLS = "SKILLS"


@dataclass(frozen=True, slots=True)
class Gap:
    """One need. `offered` is filed under it, `through_skills` only teaches what those teach; neither holds the other's."""

    key: str
    figure: Figure
    offered: Measures
    through_skills: Measures
    starts_unknown: int
    """Offerings filed under it that may start in the year, or there, or not; and listings of which no offering is known."""
    regulated: bool | None = None

    @property
    def seats(self) -> int | None:
        """Stated for the year; 0 only where surely nothing starts, None where nobody says how many."""
        if self.offered.seats is None and not (self.offered.offerings or self.starts_unknown):
            return 0
        return self.offered.seats

    @property
    def ratio(self) -> float | None:
        """Yearly openings for each yearly seat; None where there is no seat, or none is known of."""
        return round(self.figure.per_year / self.seats, 2) if self.seats else None

    @property
    def rank(self) -> tuple[bool, int, float, float, str]:
        """Regulated professions do not lead; first what no seat serves, then the most openings a seat, then the unknown."""
        place = 0 if self.seats == 0 else 1 if self.seats else 2
        return (self.regulated is True, place, -(self.ratio or 0.0), -self.figure.per_year, self.key)


@dataclass
class Serving:
    """What is offered for each of some needs. `view` holds every row that is looked at; `regions` are ids, None: anywhere.

    `year` is a fiscal year, such as 2026/27.
    """

    view: View
    by: CoverageDimension
    around: Around
    year: str
    regions: frozenset[str] | None
    check: Callable[[], None] = lambda: None

    def gaps(self, figures: Mapping[str, Figure], is_regulated: Callable[[str], bool | None]) -> list[Gap]:
        """Ranked."""
        keys = list(figures)
        offered = self._measures(keys, self._starting, self._rows_by_tag)
        unsure = {key: self._count_unsure(rows) for key, rows in self._rows_by_tag(keys).items()}
        skilled = self._measures(keys, self._starting, self._rows_by_skill) if self._has_skills else {}
        found = [
            Gap(
                key,
                figures[key],
                offered.get(key, NOTHING),
                skilled.get(key, NOTHING),
                unsure.get(key, 0),
                is_regulated(key),
            )
            for key in keys
        ]
        return sorted(found, key=lambda one: one.rank)

    def rows_for(self, key: str, *, by_skill: bool = False) -> Rows:
        """Of any date and place."""
        found = self._rows_by_skill([key]) if by_skill else self._rows_by_tag([key])
        return found.get(key, np.zeros(0, dtype=np.int64))

    def others_for(self, key: str, *, by_skill: bool = False) -> Rows:
        """Without credentials whose seats are counted already."""
        rows = self.rows_for(key, by_skill=by_skill)
        counted = np.zeros(len(self.view.credentials), dtype=np.bool_)
        counted[self.view.owner[rows[self._starting[rows]]]] = True
        return rows[~counted[self.view.owner[rows]]]

    def everything(self, key: str, figure: Figure) -> list[Gap]:
        """One gap of all there is, whatever it is filed under."""
        rows = np.arange(len(self.view.rows))
        own = self._measures([key], self._starting, lambda _: {key: rows})
        return [Gap(key, figure, own.get(key, NOTHING), NOTHING, self._count_unsure(rows))]

    @property
    def _has_skills(self) -> bool:
        return self.by is CoverageDimension.OCCUPATION

    @cached_property
    def _here(self) -> Mask:
        return self._taught_in(self.regions) if self.regions is not None else np.ones(len(self.view.rows), dtype=np.bool_)

    @cached_property
    def _perhaps_here(self) -> Mask:
        """Where it is taught is not known."""
        return self._taught_in({None}) if self.regions is not None else np.zeros(len(self.view.rows), dtype=np.bool_)

    def _taught_in(self, regions: Collection[str | None]) -> Mask:
        found = np.zeros(len(self.view.rows), dtype=np.bool_)
        codes = [code for code, name in enumerate(self._regions.names) if name in regions]
        found[self._regions.rows[np.isin(self._regions.codes, codes)]] = True
        return found

    @cached_property
    def _regions(self) -> Values:
        return values_of(self.view, CoverageDimension.DELIVERY_REGION, self.around)

    @cached_property
    def _starts(self) -> Starts:
        return starts_between(self.view, *read_fiscal_year(self.year))

    @cached_property
    def _starting(self) -> Mask:
        return self._starts.surely & self._here

    def _count_unsure(self, rows: Rows) -> int:
        return int(np.count_nonzero(self._unsure[rows]))

    @cached_property
    def _unsure(self) -> Mask:
        """In time or in place."""
        possible = (self._starts.surely | self._starts.perhaps) & (self._here | self._perhaps_here)
        return possible & ~self._starting

    def _measures(
        self, keys: Collection[str], kept: Mask, rows_of: Callable[[Collection[str]], Mapping[str, Rows]]
    ) -> dict[str, Measures]:
        self.check()
        found = rows_of(keys)
        named = list(found)
        own = [rows[kept[rows]] for rows in found.values()]
        if not any(len(rows) for rows in own):
            return {}
        cells = np.repeat(np.arange(len(own)), [len(rows) for rows in own])
        measures = Counting(self.view, np.concatenate(own), cells, len(own)).measures()
        return {key: one for key, one in zip(named, measures, strict=True) if one.credentials}

    @cached_property
    def _tagged(self) -> dict[str, Rows]:
        values = values_of(self.view, self.by, self.around)
        order = np.argsort(values.codes, kind="stable")
        begins = np.searchsorted(values.codes[order], np.arange(len(values.names) + 1))
        parts = ((name, order[begins[code] : begins[code + 1]]) for code, name in enumerate(values.names))
        return {name: values.rows[part] for name, part in parts if name is not None}

    def _rows_by_tag(self, keys: Iterable[str]) -> dict[str, Rows]:
        return {key: self._tagged[key] for key in keys if key in self._tagged}

    def _rows_by_skill(self, keys: Iterable[str]) -> dict[str, Rows]:
        """Not filed under it, but teaching mostly what is taught by those that are."""
        found: dict[str, Rows] = {}
        skills, owner = self.view.credential_lists("skills"), self.view.owner
        own = np.bincount(skills.owners, minlength=skills.count)
        for key in keys:
            self.check()
            tagged = self._tagged.get(key)
            if tagged is None:
                continue
            filed = np.zeros(skills.count, dtype=np.bool_)
            filed[owner[tagged]] = True
            taught = np.unique(skills.values[filed[skills.owners]])
            shared = np.bincount(skills.owners[is_among(skills.values, taught)], minlength=skills.count)
            alike = ~filed & (shared >= FEWEST_SKILLS) & (2 * shared >= own)
            if alike.any():
                found[key] = np.flatnonzero(alike[owner])
        return found
