"""What coverage means, said once more in SQL over the tables alone: one SELECT for each dimension, and plain counts of them.

Each SELECT gives (credential, delivery, value) and reads `counted`. Deliveries without a value have NULL: Unknown.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COUNTED = """
  SELECT credential.id AS credential, credential.provider, credential.kind, credential.credit_status,
         credential.hours_min, credential.hours_max, COALESCE(delivery.id, '') AS delivery,
         COALESCE(delivery.is_offering, FALSE) AS is_offering, delivery.mode, delivery.price_min_cents AS price_min,
         delivery.price_max_cents AS price_max, delivery.starts_earliest, delivery.starts_latest
  FROM credential LEFT JOIN delivery ON delivery.credential = credential.id
  WHERE credential.listed AND credential.countable AND NOT credential.illustration
"""
"""What is counted: a row for each delivery, and one with '' for a credential that has none."""

PRICES = [
    (0, 0, "0-0"),
    (1, 24_999, "0.01-249.99"),
    (25_000, 49_999, "250-499.99"),
    (50_000, 99_999, "500-999.99"),
    (100_000, 249_999, "1000-2499.99"),
    (250_000, 499_999, "2500-4999.99"),
    (500_000, None, "5000-"),
]
HOURS = [
    (0, 9.99, "0-9.99"),
    (10, 19.99, "10-19.99"),
    (20, 39.99, "20-39.99"),
    (40, 79.99, "40-79.99"),
    (80, 149.99, "80-149.99"),
    (150, 299.99, "150-299.99"),
    (300, None, "300-"),
]


def own(value: str) -> str:
    """Something that `counted` says itself."""
    return f"SELECT credential, delivery, {value} AS value FROM counted"


def joined(value: str, table: str, on: str) -> str:
    return f"SELECT counted.credential, counted.delivery, {value} AS value FROM counted LEFT JOIN {table} ON {on}"


def tagged(kind: str) -> str:
    return joined("tag.value", "credential_tag tag", f"tag.credential = counted.credential AND tag.kind = '{kind}'")


def delivered(kind: str, value: str = "tag.value") -> str:
    return joined(value, "delivery_tag tag", f"tag.delivery = counted.delivery AND tag.kind = '{kind}'")


def placed(value: str) -> str:
    """A place that is not known is Unknown, also where another place of the same delivery is known."""
    return f"""
      SELECT counted.credential, counted.delivery, CASE WHEN place.is_online THEN 'ONLINE' ELSE {value} END AS value
      FROM counted LEFT JOIN delivery_place place ON place.delivery = counted.delivery
        LEFT JOIN campus ON campus.id = place.campus LEFT JOIN document region ON region.id = campus.region
        LEFT JOIN (SELECT city_key, MIN(city) AS city FROM campus GROUP BY city_key) called
          ON called.city_key = place.community_key"""


def started(name: str) -> str:
    """What the first and the last possible day have in common; `name` takes a {day}."""
    first, last = name.format(day="starts_earliest"), name.format(day="starts_latest")
    return own(f"CASE WHEN {first} = {last} THEN {first} END")


def year_after(months: int) -> str:
    """A year that begins so many months after January, as 2026/27."""
    return (
        f"STRFTIME('%Y', {{day}}, '-{months} months') || '/' || SUBSTR(STRFTIME('%Y', {{day}}, '{12 - months} months'), 3)"
    )


def banded(least: str, most: str, bands: Sequence[tuple[float, float | None, str]]) -> str:
    """The band that holds everything between both; without an upper end only where the last band holds the lower one."""
    cases = [
        f"WHEN {least} >= {begin} THEN '{name}'"
        if end is None
        else f"WHEN {least} >= {begin} AND {most} <= {end} THEN '{name}'"
        for begin, end, name in reversed(bands)
    ]
    return own(f"CASE {' '.join(cases)} END")


FUNDER = "JSON_EXTRACT(partner.value, '$.role') = 'FUNDER' AND JSON_EXTRACT(partner.value, '$.institution') IS NOT NULL"
PAYING = f"""(
  SELECT cover.credential, cover.offering, JSON_EXTRACT(award.body, '$.funder') AS funder
  FROM award_cover cover JOIN document award ON award.id = cover.award
  WHERE award.visibility IN ('PUBLIC', 'UNLISTED')
  UNION SELECT listing.id, '', JSON_EXTRACT(partner.value, '$.institution')
  FROM document listing JOIN JSON_EACH(listing.body, '$.partnerships') partner
  WHERE listing.type = 'credential' AND {FUNDER}
  UNION SELECT listing.id, JSON_EXTRACT(offering.value, '$.id'), JSON_EXTRACT(partner.value, '$.institution')
  FROM document listing JOIN JSON_EACH(listing.body, '$.offerings') offering
    JOIN JSON_EACH(offering.value, '$.partnerships') partner
  WHERE listing.type = 'credential' AND {FUNDER}) paying"""
"""Who pays for a credential, or for one offering of it: by an award, or named as a partner."""

DIMENSIONS = {
    "INSTITUTION": joined("tie.institution", "credential_institution tie", "tie.credential = counted.credential"),
    "INSTITUTION_KIND": joined("NULLIF(institution.kind, 'NOT_STATED')", "institution", "institution.id = counted.provider"),
    "REGION": """
      SELECT counted.credential, counted.delivery, JSON_EXTRACT(region.body, '$.code') AS value
      FROM counted LEFT JOIN institution ON institution.id = counted.provider
        LEFT JOIN document region ON region.id = institution.region""",
    "DELIVERY_REGION": placed("JSON_EXTRACT(region.body, '$.code')"),
    "CITY": placed("COALESCE(campus.city, called.city)"),
    "SECTOR": """
      SELECT counted.credential, counted.delivery, JSON_EXTRACT(sector.body, '$.code') AS value
      FROM counted JOIN document listing ON listing.id = counted.credential
        LEFT JOIN JSON_EACH(listing.body, '$.sectors') stated ON TRUE LEFT JOIN document sector ON sector.id = stated.value""",
    "OCCUPATION": tagged("occupation"),
    "TEER": joined(
        "SUBSTR(tag.value, 2, 1)",
        "credential_tag tag",
        "tag.credential = counted.credential AND tag.kind = 'occupation' AND tag.value GLOB '[0-9][0-9]*'",
    ),
    "SKILL": joined("tie.skill", "credential_skill tie", "tie.credential = counted.credential"),
    "KIND": own("kind"),
    "MODE": own("mode"),
    "ATTENDANCE": delivered("attendance"),
    "LANGUAGE": delivered("language", "SUBSTR(tag.value, 1, INSTR(tag.value || '-', '-') - 1)"),
    "CREDIT_STATUS": own("NULLIF(credit_status, 'NOT_STATED')"),
    "FUNDER": joined(
        "paying.funder", PAYING, "paying.credential = counted.credential AND paying.offering IN ('', counted.delivery)"
    ),
    "FUNDING_PROGRAM": joined("spent.program", "funding_designation spent", "spent.credential = counted.credential"),
    "START_MONTH": started("SUBSTR({day}, 1, 7)"),
    "FISCAL_YEAR": started(year_after(3)),
    "ACADEMIC_YEAR": started(year_after(8)),
    "PRICE_BAND": banded("price_min", "price_max", PRICES),
    "HOURS_BAND": banded("hours_min", "hours_max", HOURS),
    "AUDIENCE": tagged("audience"),
    "LIFECYCLE": joined(
        "NULLIF(JSON_EXTRACT(listing.body, '$.lifecycle'), 'UNKNOWN')",
        "document listing",
        "listing.id = counted.credential",
    ),
    "THEME": tagged("theme"),
}
COUNTS = """
  COUNT(DISTINCT counted.credential) AS credentials,
  COUNT(DISTINCT CASE WHEN counted.is_offering THEN counted.delivery END) AS offerings,
  COUNT(DISTINCT open_offering.id) AS openOfferings,
  COUNT(DISTINCT provided.institution) AS institutions
  FROM counted LEFT JOIN open_offering ON open_offering.id = counted.delivery
  LEFT JOIN credential_institution provided ON provided.credential = counted.credential
"""
MEASURES = ("credentials", "offerings", "openOfferings", "institutions")


@dataclass
class Plain:
    """Counts of a catalogue in a SQLite file, which is only read."""

    connection: sqlite3.Connection

    def prepare(self, open_offerings: Iterable[str]) -> None:
        """Which offerings are open is not a matter of counting: it is told."""
        self.connection.execute(f"CREATE TEMP TABLE counted AS {COUNTED}")
        self.connection.execute("CREATE TEMP TABLE open_offering (id TEXT PRIMARY KEY)")
        self.connection.executemany("INSERT INTO open_offering VALUES (?)", [(one,) for one in open_offerings])
        for name, query in DIMENSIONS.items():
            self.connection.execute(f"CREATE TEMP TABLE by_{name} AS SELECT DISTINCT * FROM ({query})")
            self.connection.execute(f"CREATE INDEX temp.ix_{name} ON by_{name} (credential, delivery)")

    def totals(self):
        return dict(zip(MEASURES, self.connection.execute(f"SELECT {COUNTS}").fetchone(), strict=True))

    def cells(self, by: Sequence[str]):
        """Counts by values."""
        values, joins = _joined(by)
        rows = self.connection.execute(f"SELECT {values}, {COUNTS} {joins} GROUP BY {values}")
        return {row[: len(by)]: dict(zip(MEASURES, row[len(by) :], strict=True)) for row in rows}

    def credentials(self, by: Sequence[str]):
        """Sets of ids by values."""
        values, joins = _joined(by)
        found: dict[tuple[str | None, ...], set[str]] = {}
        for *key, one in self.connection.execute(f"SELECT DISTINCT {values}, counted.credential FROM counted {joins}"):
            found.setdefault(tuple(key), set()).add(one)
        return found


def _joined(by: Sequence[str]) -> tuple[str, str]:
    values = ", ".join(f"by_{one}.value" for one in by)
    on = "by_{0}.credential = counted.credential AND by_{0}.delivery = counted.delivery"
    return values, " ".join(f"JOIN by_{one} ON {on.format(one)}" for one in by)
