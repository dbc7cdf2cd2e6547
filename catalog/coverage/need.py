"""Forecast openings a year: figures of an outlook, for occupations, industries and regions as it publishes them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from catalog.model.bulk import table_of
from catalog.model.tables import DemandRegionRow, DemandRow, DocumentRow

DEMAND = table_of(DemandRow).c
SHARED_BY = table_of(DemandRegionRow).c
DOCUMENT = table_of(DocumentRow).c
PROVINCE = "british-columbia"
"""The code of the region that is all of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Openings a year, in all of these regions together (ids)."""

    id: str
    per_year: float
    regions: frozenset[str]


@dataclass
class Need:
    """Figures by occupation and industry, each None for all of them."""

    province: str | None = None
    figures: dict[tuple[str | None, str | None], list[Figure]] = field(default_factory=lambda: defaultdict(list))

    def of(self, occupation: str | None, sector: str | None, region: str | None) -> Figure | None:
        """What is published for just this; never split, and never added up. Without a region the whole province."""
        wanted = region or self.province
        return next((one for one in self.figures.get((occupation, sector), ()) if wanted in one.regions), None)

    def occupations(self, region: str | None) -> dict[str, Figure]:
        """By code: those that have a figure there."""
        codes = [occupation for occupation, sector in self.figures if occupation is not None and sector is None]
        found = ((code, self.of(code, None, region)) for code in codes)
        return {code: figure for code, figure in found if figure is not None}

    def sectors(self, region: str | None) -> dict[str, Figure]:
        codes = [sector for occupation, sector in self.figures if sector is not None and occupation is None]
        found = ((code, self.of(None, code, region)) for code in codes)
        return {code: figure for code, figure in found if figure is not None}

    def regions(self) -> dict[str, Figure]:
        """Of everything that is forecast there, by region (ids); several may share one figure. Not the whole province."""
        figures = self.figures.get((None, None), ())
        return {region: own for own in reversed(figures) for region in own.regions if region != self.province}


def load_need(connection: Connection) -> Need:
    """Three statements. Where a forecast says only what it comes to in all, a year is as long a part of it as another."""
    regions: dict[str, set[str]] = defaultdict(set)
    for demand, region in connection.execute(select(SHARED_BY.demand, SHARED_BY.region)):
        regions[demand].add(region)
    province = connection.scalar(select(DOCUMENT.id).where(DOCUMENT.type == "region", DOCUMENT.slug == PROVINCE))
    need = Need(province)
    columns = (DEMAND.id, DEMAND.occupation, DEMAND.sector, DEMAND.from_year, DEMAND.to_year, DEMAND.value, DEMAND.per_year)
    for one in connection.execute(select(*columns).order_by(DEMAND.from_year.desc(), DEMAND.id)):
        years = max(one.to_year - one.from_year, 1)
        per_year = one.value / years if one.per_year is None else one.per_year
        figure = Figure(one.id, round(per_year, 2), frozenset(regions[one.id]))
        need.figures[one.occupation, one.sector].append(figure)
    return need


def shared_with(figure: Figure, region: str | None) -> Iterable[str]:
    """The other regions that a figure is for, too."""
    return sorted(figure.regions - {region})
