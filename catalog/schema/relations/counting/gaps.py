"""The root fields `gaps` and `oversupply`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from catalog.model.zones import day_in
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
ZONE = "America/Vancouver"
"""Whose days a fiscal year of the Province has."""
MOST_NEAREST = 3
NONE_LISTED = "Which professions are regulated is not known here."
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
    knows_regulated = context.short_training.regulated is not None or wanted is not By.OCCUPATION
    note = " ".join([NOTE, *([] if ranked.by_key else [NO_FIGURES]), *([] if knows_regulated else [NONE_LISTED])])
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
        return fiscal_year(day_in(context.now, ZONE))
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
    if region is not None and named and region.lower() != named[0].lower():
        message = "region and filter.regions name different regions"
        raise ArgumentInvalid(message, argument="region")
    code = region if region is not None else named[0] if named else None
    if code is None:
        return None
    found = find_ids_by_slug(context.connection, RecordType.REGION, [code])
    if code not in found:
        message = f"there is no region {code!r}; `regions` lists their codes"
        raise ArgumentInvalid(message, argument="region" if region is not None else "filter.regions")
    return found[code]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Alternatives, and why they serve the need."""

    found: Sequence[Alternative] = ()
    through: MatchBasis | None = None


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
    _servings: dict[frozenset[str] | None, Serving] = field(default_factory=dict)
    _nearest: dict[str, Nearest] = field(default_factory=dict)

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
            found = []
            for regions, figures in self._by_regions.items():
                found += self._serving_in(regions).gaps(figures, self._is_regulated)
        return {one.key: one for one in sorted(found, key=lambda one: one.rank)}

    def _of_region(self, region: str, figure: Figure) -> list[Gap]:
        """Seats of all regions that share the figure: it is not split, so they are not either."""
        return self._serving_in(figure.regions).everything(region, figure)

    @cached_property
    def _by_regions(self) -> dict[frozenset[str] | None, dict[str, Figure]]:
        """Seats are counted where a figure is for: its region, with those that share it; None: anywhere."""
        found: dict[frozenset[str] | None, dict[str, Figure]] = {}
        for key, figure in self._figures.items():
            found.setdefault(None if self.region is None else figure.regions, {})[key] = figure
        return found

    def _serving_in(self, regions: frozenset[str] | None) -> Serving:
        if regions not in self._servings:
            self._servings[regions] = Serving(self.rows, self.by, self.around, self.year, regions, self.context.check)
        return self._servings[regions]

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

    def show(self, key: str) -> dict[str, Any]:
        gap = self.by_key[key]
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
            "_ranked": self,
            "_key": key,
        }

    def unmet_askers(self, key: str) -> int | None:
        """Of topics all of whose stems stand in what the need is called: of a topic the kind that most had."""
        named = {stem(word, "en") for word in words_of(self._names[key].label)}
        found: dict[tuple[str, str | None], int] = {}
        for one in self._unmet:
            if set(one.topic.split()) <= named and (self.region is None or one.region in self._region_codes):
                found[one.topic, one.region] = max(found.get((one.topic, one.region), 0), one.askers)
        return sum(found.values()) or None

    @cached_property
    def _unmet(self) -> list[UnmetDemand]:
        self.context.touched.add(Touch.ELSEWHERE)
        return load_unmet(self.context.connection)

    @cached_property
    def _region_codes(self) -> set[str | None]:
        """The region's, and none: who asked without a region asked for any."""
        return {None, *(one["code"] for one in self.context.documents([self.region or ""]).values())}

    def nearest(self, key: str) -> Nearest:
        """Filed under it, else taught through skills; what is counted already is no alternative."""
        if key not in self._nearest:
            self._nearest[key] = self._find_nearest(self.by_key[key])
        return self._nearest[key]

    def _find_nearest(self, gap: Gap) -> Nearest:
        if self.by in (By.REGION, By.DELIVERY_REGION):
            return Nearest()
        serving = self._serving_in(None if self.region is None else gap.figure.regions)
        for through in MatchBasis:
            rows = serving.others_for(gap.key, by_skill=through is MatchBasis.SKILLS)
            if found := alternatives(self.rows, rows, self.around, serving.regions, MOST_NEAREST, self.context.check):
                return Nearest(found, through)
        return Nearest()


def nearest(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    """Documents of those that can be shown; one statement for all."""
    ids = [[one.credential for one in own.found] for own in _nearest(parents)]
    found = context.documents(one for own in ids for one in own)
    return [[found[one] for one in own if one in found] for own in ids]


def nearest_through(parents: Sequence[Any], _context: RequestContext) -> list[Any]:
    return [own.through and str(own.through) for own in _nearest(parents)]


def nearest_km(parents: Sequence[Any], _context: RequestContext) -> list[float | None]:
    return [next((one.km for one in own.found if one.km is not None), None) for own in _nearest(parents)]


def nearest_online(parents: Sequence[Any], _context: RequestContext) -> list[bool]:
    return [any(one.is_online for one in own.found) for own in _nearest(parents)]


def unmet_askers(parents: Sequence[Any], _context: RequestContext) -> list[int | None]:
    return [parent["_ranked"].unmet_askers(parent["_key"]) for parent in parents]


def _nearest(parents: Sequence[Any]) -> list[Nearest]:
    return [parent["_ranked"].nearest(parent["_key"]) for parent in parents]


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
