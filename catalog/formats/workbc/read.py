"""Reads the labour market outlook into records: occupations, industries, and forecast openings.

Traps of these tables, and what is done about them: NOC codes are text and some are written with a #; N/A is not zero;
North Coast and Nechako share one figure, which stays one; wholesale and retail have wrong NAICS codes, which are
corrected; 00018 stands for all senior managers. Wages are not read: some columns mix hourly and annual amounts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import Issue
from catalog.formats.workbc.tables import Tables
from catalog.model.record import Record, parse_record

FROM_YEAR, TO_YEAR = 2025, 2035
ADDRESS = "https://github.com/bcgov/workbc-ssot/tree/e616ec4/migration/load"
PROVINCE = "british-columbia"
UNIT_GROUP = "5"
SHARED = ("nechako", "north-coast")
CORRECTED = {"wholesale_trade": ["41"], "retail_trade": ["44", "45"]}
"""NAICS Canada; the file gives wholesale the codes of both and retail none."""
CORRECTION = (
    "the file gives wholesale 41 to 45 and retail nothing; NAICS Canada has wholesale 41 and retail 44-45: corrected"
)
PSEUDO_CODES = {"00018": "a pseudo-code of the outlook: senior managers of all sectors together"}
RANGES = {"31_32_33": "31-33", "44_45": "44-45", "48_49": "48-49"}
"""Sectors whose NAICS code is a range."""
REGIONS = {
    4: ("cariboo",),
    8: ("kootenay",),
    12: ("mainland-southwest",),
    16: SHARED,
    20: ("northeast",),
    24: ("thompson-okanagan",),
    28: ("vancouver-island-coast",),
}
"""Column of career_regional.csv with the openings of ten years, and the regions it is for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """With issues of severity ERROR nothing of it may be published."""

    records: list[Record]
    issues: list[Issue]


def read_outlook(folder: Path, largest_bytes: int) -> Outlook:
    """Never raises for what is in the files: whatever is wrong is an issue naming file, row and column."""
    tables = Tables(folder, largest_bytes)
    sectors = dict(_sectors(tables))
    values = [*_reference(tables, sectors), *_demand(tables, sectors)]
    records: list[Record] = []
    for value in values:
        parsed = parse_record(value)
        if isinstance(parsed, list):
            tables.issues += parsed
        else:
            records.append(parsed)
    return Outlook(records, tables.issues)


def _sectors(tables: Tables) -> Iterator[tuple[str, tuple[str, str]]]:
    """Key of an industry to its code and name."""
    for _, (key, name, _, naics) in tables.rows("industries.csv", 4):
        joined = "_".join(CORRECTED.get(key) or sorted(naics.split(",")))
        yield key, (RANGES.get(joined, joined), name)


def _reference(tables: Tables, sectors: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    yield _record(
        "region", PROVINCE, "regional_labour_market_outlook.csv", scheme="province", code=PROVINCE, labels="British Columbia"
    )
    for key, (code, name) in sectors.items():
        sector = _record("sector", key, "industries.csv", scheme="naics", code=code, labels=name)
        if key in CORRECTED:
            sector["sources"]["code"] = [{"basis": CORRECTION}]
        yield sector
    for row, cells in tables.rows("nocs.csv", 9):
        noc = tables.code("nocs.csv", row, cells[0]) if cells[5] == UNIT_GROUP else None
        if noc:
            labels = {"en": cells[1], "fr": cells[3]}
            stated = {language: label for language, label in labels.items() if label}
            occupation = _record("occupation", f"noc-{noc}", "nocs.csv", scheme="noc-2021", code=noc, labels=stated)
            if noc in PSEUDO_CODES:
                occupation["sources"]["code"] = [{"basis": PSEUDO_CODES[noc]}]
            yield occupation


def _demand(tables: Tables, sectors: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    yield from _totals(tables, sectors)
    yield from _by_region(tables)
    yield from _by_industry(tables, sectors)
    name = "high_opportunity_occupations.csv"
    for row, cells in tables.rows(name, 15):
        code = tables.code(name, row, cells[11])
        value = tables.number(name, row, "openings_forecast", cells[1])
        if cells[14] == "British Columbia" and code and value is not None:
            note = "on the list of high-opportunity occupations"
            yield _figure(f"occupation-{code}", [PROVINCE], value, name, occupation=code, note=note)


def _totals(tables: Tables, sectors: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    name = "lmo_report_2025_job_openings_regions.csv"
    for row, cells in tables.rows(name, 9):
        key = cells[2].replace("_", "-")
        regions = list(SHARED) if key == "north-coast-nechako" else [key]
        shared = {"note": "North Coast and Nechako share one figure"} if len(regions) > 1 else {}
        if (value := tables.number(name, row, "openings", cells[8])) is not None:
            yield _figure(f"region-{key}", regions, value, name, **shared)
    name = "lmo_report_2025_job_openings_industries.csv"
    for row, cells in tables.rows(name, 10):
        value = tables.number(name, row, "openings", cells[6])
        if cells[2] not in sectors:
            tables.refuse(name, row, "key", cells[2], "is no industry of industries.csv")
        elif value is not None:
            yield _figure(f"industry-{cells[2].replace('_', '-')}", [PROVINCE], value, name, sector=sectors[cells[2]][0])


def _by_region(tables: Tables) -> Iterator[dict[str, Any]]:
    name = "career_regional.csv"
    for row, cells in tables.rows(name, 29):
        code = tables.code(name, row, cells[0])
        for column, regions in REGIONS.items():
            value = tables.number(name, row, f"openings of {' and '.join(regions)}", cells[column])
            if code and value is not None:
                yield _figure(f"occupation-{code}-{'-'.join(regions)}", list(regions), value, name, occupation=code)


def _by_industry(tables: Tables, sectors: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    name = "openings_industry.csv"
    by_name = {title.casefold(): (key, code) for key, (code, title) in sectors.items()}
    for row, (industry, noc, _, openings) in tables.rows(name, 4):
        code = tables.code(name, row, noc)
        value = tables.number(name, row, "openings", openings)
        if industry.casefold() not in by_name:
            tables.issues.append(
                Issue("VALUE_INVALID", "is no industry of industries.csv", name, row, "industry", industry[:80])
            )
        elif code and value is not None:
            key, sector = by_name[industry.casefold()]
            ref = f"occupation-{code}-industry-{key.replace('_', '-')}"
            yield _figure(ref, [PROVINCE], value, name, occupation=code, sector=sector)


def _figure(ref: str, regions: list[str], value: int, file: str, **more: Any) -> dict[str, Any]:
    years = {"from": FROM_YEAR, "to": TO_YEAR}
    return _record("demand", ref, file, regions=regions, value=value, **years, **more)


def _record(record_type: str, ref: str, file: str, **fields: Any) -> dict[str, Any]:
    sources = {"*": [{"url": f"{ADDRESS}/{file}", "asOf": "2025"}]}
    return {"type": record_type, "ref": ref, **fields, "sources": sources}
