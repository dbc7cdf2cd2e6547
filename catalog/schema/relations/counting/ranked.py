"""All gaps of one question in their order, and what would serve each from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalog.coverage.dimensions import Around, CoverageDimension
from catalog.coverage.gaps import Gap, MatchBasis, Serving
from catalog.coverage.nearest import Alternative, alternatives
from catalog.coverage.need import Figure, Need
from catalog.coverage.short_training import teer_of
from catalog.model.documents import find_ids_by_slug
from catalog.model.unmet import UnmetDemand, load_unmet
from catalog.model.vocabulary import RecordType
from catalog.schema.context import RequestContext, Touch
from catalog.schema.relations.counting.names import Named, names_of
from catalog.schema.relations.counting.shown import show_key, show_measures
from catalog.search.narrowing.view import View
from catalog.search.text.folding import words_of
from catalog.search.text.stems import stem

By = CoverageDimension
MOST_NEAREST = 3


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
