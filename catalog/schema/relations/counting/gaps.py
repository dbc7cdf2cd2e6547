"""The root fields `gaps` and `oversupply`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from catalog.coverage.dimensions import Around, CoverageDimension
from catalog.coverage.gaps import NOTE, Gap, MatchBasis, Serving
from catalog.coverage.nearest import Alternative, alternatives
from catalog.coverage.need import Figure, Need, load_need
from catalog.coverage.oversupply import Group, find_groups
from catalog.coverage.short_training import TEERS, teer_of
from catalog.coverage.years import fiscal_year, read_fiscal_year
from catalog.errors import ArgumentInvalid
from catalog.model.bulk import table_of
from catalog.model.documents import find_ids_by_slug
from catalog.model.related import COUNTING
from catalog.model.tables import EquivalenceRow
from catalog.model.unmet import UnmetDemand, load_unmet
from catalog.model.vocabulary import RecordType
from catalog.schema.context import RequestContext, Touch
from catalog.schema.relations.counting.asked import around, find_rows
from catalog.schema.relations.counting.names import Named, names_of
from catalog.schema.relations.counting.pages import credential_pages, page_of
from catalog.schema.relations.counting.shown import show_key, show_measures
from catalog.search.narrowing.view import View
from catalog.search.text.folding import words_of
from catalog.search.text.stems import stem

By = CoverageDimension
NEEDED = (By.OCCUPATION, By.SECTOR, By.REGION, By.DELIVERY_REGION)
MOST_NEAREST = 3
NO_FIGURES = "None are published for this question: `catalog demand import` takes them in."
EQUIVALENCE = table_of(EquivalenceRow).c


def gaps(
    parents: Sequence[Any],
    context: RequestContext,
    by: Any,
    filter: Any = None,
    region: str | None = None,
    year: str | None = None,
    teers: list[str] | None = None,
    **asked: Any,
) -> list[Any]:
    wanted = By(by)
    if wanted not in NEEDED:
        names = ", ".join(NEEDED)
        message = f"there are figures of forecast openings for {names}; not for {wanted}"
        raise ArgumentInvalid(message, argument="by")
    _check_teers(teers)
    need, asked_year = load_need(context.connection), _read_year(year, context)
    place = _region(region, filter, context)
    if place is not None and wanted in (By.REGION, By.DELIVERY_REGION):
        message = "by regions, every region is looked at: leave region out"
        raise ArgumentInvalid(message, argument="region")
    rows = find_rows(context, _anywhere(filter)).view
    ranked = Ranked(context, wanted, need, rows, around(context), asked_year, place, None if teers is None else set(teers))
    page = page_of(list(ranked.by_key), context.page(**asked), context, "gap", ranked.show)
    note = NOTE if ranked.by_key else f"{NOTE} {NO_FIGURES}"
    return [page | {"note": note, "year": asked_year, "teers": ranked.teers_shown, "_region": place}] * len(parents)


def _anywhere(filter: Any) -> Any:
    """Seats are counted where they are taught; what is taught elsewhere is an alternative, so no place is left out yet."""
    return {name: value for name, value in (filter or {}).items() if name != "regions"}


def _check_teers(teers: Sequence[str] | None) -> None:
    if teers is not None and not (teers and set(teers) <= set(TEERS)):
        message = f"teers takes one or more of {', '.join(TEERS)}"
        raise ArgumentInvalid(message, argument="teers")


def _read_year(year: str | None, context: RequestContext) -> str:
    if year is None:
        return fiscal_year(context.now.date())
    try:
        read_fiscal_year(year)
    except ValueError as error:
        raise ArgumentInvalid(str(error), argument="year") from error
    return year


def _region(region: str | None, filter: Any, context: RequestContext) -> str | None:
    """The id of the one region that is asked about. Raises ArgumentInvalid."""
    named = (filter or {}).get("regions") or []
    if region is None and len(named) > 1:
        message = "figures are for one region at a time, or for the whole province: name one"
        raise ArgumentInvalid(message, argument="filter.regions")
    code = region if region is not None else named[0] if named else None
    if code is None:
        return None
    found = find_ids_by_slug(context.connection, RecordType.REGION, [code])
    if code not in found:
        message = f"there is no region {code!r}; `regions` lists their codes"
        raise ArgumentInvalid(message, argument="region" if region is not None else "filter.regions")
    return found[code]


@dataclass
class Ranked:
    """All gaps of one question, in order."""

    context: RequestContext
    by: By
    need: Need
    rows: View
    around: Around
    year: str
    region: str | None
    teers: set[str] | None

    @property
    def teers_shown(self) -> list[str]:
        if self.by is not By.OCCUPATION:
            return []
        return sorted(self.context.short_training.teers if self.teers is None else self.teers)

    @cached_property
    def by_key(self) -> dict[str, Gap]:
        if self.by in (By.REGION, By.DELIVERY_REGION):
            found = [gap for one, figure in self._figures.items() for gap in self._of_region(one, figure)]
        else:
            found = self._serving(self._regions(next(iter(self._figures.values()), None))).gaps(
                self._figures, self._is_regulated
            )
        return {one.key: one for one in sorted(found, key=lambda one: one.rank)}

    def _of_region(self, region: str, figure: Figure) -> list[Gap]:
        """Seats of all regions that share the figure: it is not split, so they are not either."""
        return self._serving(figure.regions).everything(region, figure)

    def _regions(self, figure: Figure | None) -> frozenset[str] | None:
        """Where seats are counted: the region, with those that its figures are for, too."""
        if self.region is None:
            return None
        return figure.regions if figure else frozenset({self.region})

    def _serving(self, regions: frozenset[str] | None) -> Serving:
        return Serving(self.rows, self.by, self.around, self.year, regions, self.context.check)

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        """By what columns hold: codes of occupations, ids of industries and regions."""
        match self.by:
            case By.OCCUPATION:
                short = self.context.short_training
                found = self.need.occupations(self.region)
                return {one: own for one, own in found.items() if short.serves(one, self.teers)}
            case By.SECTOR:
                found = self.need.sectors(self.region)
                ids = {code: self._sectors.get(code) for code in found}
                return {one: found[code] for code, one in ids.items() if one is not None}
            case _:
                return self.need.regions()

    @cached_property
    def _sectors(self) -> dict[str, str]:
        return find_ids_by_slug(self.context.connection, RecordType.SECTOR, list(self.need.sectors(self.region)))

    def _is_regulated(self, key: str) -> bool | None:
        return self.context.short_training.is_regulated(key) if self.by is By.OCCUPATION else None

    @cached_property
    def _names(self) -> dict[str | None, Named]:
        return {one.counted: one for one in names_of(self.context, self.by, list(self.by_key), whole=False)}

    @cached_property
    def _alternatives(self) -> Serving:
        return self._serving(self._regions(next(iter(self._figures.values()), None)))

    def show(self, key: str) -> dict[str, Any]:
        gap = self.by_key[key]
        nearest, through = self._nearest(gap)
        return {
            "key": show_key(self.by, self._names[key]),
            "openingsPerYear": gap.figure.per_year,
            "regions": sorted(gap.figure.regions),
            "seatsPerYear": gap.seats,
            "ratio": gap.ratio,
            "offered": show_measures(gap.offered) | {"_sharedBy": []},
            "throughSkills": show_measures(gap.through_skills) | {"_sharedBy": []},
            "startsUnknown": gap.starts_unknown,
            "teer": teer_of(key) if self.by is By.OCCUPATION else None,
            "regulated": gap.regulated,
            "unmetAskers": self._unmet_askers(key),
            "nearest": [one.credential for one in nearest],
            "nearestThrough": through,
            "nearestKm": next((one.km for one in nearest if one.km is not None), None),
            "nearestOnline": any(one.is_online for one in nearest),
        }

    def _unmet_askers(self, key: str) -> int | None:
        """Of topics all of whose stems stand in what the need is called, asked for in its region or without one."""
        named = {stem(word, "en") for word in words_of(self._names[key].label)}
        regions = self._region_codes
        matching = [one.askers for one in self._unmet if set(one.topic.split()) <= named and one.region in regions]
        return sum(matching) or None

    @cached_property
    def _unmet(self) -> list[UnmetDemand]:
        self.context.touched.add(Touch.ELSEWHERE)
        return load_unmet(self.context.connection)

    @cached_property
    def _region_codes(self) -> set[str | None]:
        if self.region is None:
            return {None}
        return {None, *(one["code"] for one in self.context.documents([self.region]).values())}

    def _nearest(self, gap: Gap) -> tuple[list[Alternative], str | None]:
        """Filed under it, else taught through skills; what is counted already is no alternative."""
        if self.by in (By.REGION, By.DELIVERY_REGION):
            return [], None
        serving = self._alternatives
        for through in MatchBasis:
            rows = serving.rows_for(gap.key, by_skill=through is MatchBasis.SKILLS)
            others = rows[~serving.counted[rows]]
            if found := alternatives(self.rows, others, self.around, serving.regions, MOST_NEAREST):
                return found, str(through)
        return [], None


def oversupply(parents: Sequence[Any], context: RequestContext, filter: Any = None, **asked: Any) -> list[Any]:
    rows = find_rows(context, filter).view
    groups = find_groups(rows, around(context), _equivalents(context), context.check)
    by_key = {(one.region, *one.credentials): one for one in groups}
    names = {one.counted: one for one in names_of(context, By.DELIVERY_REGION, {one.region for one in groups}, whole=False)}

    def show(key: tuple[str, ...]) -> dict[str, Any]:
        return _show_group(by_key[key], names)

    page = page_of(list(by_key), context.page(**asked), context, "group", show)
    return [page] * len(parents)


def _show_group(group: Group, names: Mapping[str | None, Named]) -> dict[str, Any]:
    return {
        "region": show_key(By.DELIVERY_REGION, names[group.region]),
        "likeness": str(group.likeness),
        "_credentials": group.credentials,
        "measures": show_measures(group.measures) | {"_sharedBy": []},
    }


def group_credentials(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
    return list(credential_pages([parent["_credentials"] for parent in parents], context.page(**asked), context))


def _equivalents(context: RequestContext) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    query = select(EQUIVALENCE.equivalence, EQUIVALENCE.member).where(EQUIVALENCE.basis.in_(COUNTING))
    for row in context.connection.execute(query.order_by(EQUIVALENCE.equivalence, EQUIVALENCE.member)):
        found.setdefault(row.equivalence, []).append(row.member)
    return list(found.values())
