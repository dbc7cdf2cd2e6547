"""Publishes the labour market outlook from a folder of its tables."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from catalog.db.engine import Database
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.formats.workbc.read import ADDRESS, read_outlook
from catalog.ingest.run import Report
from catalog.model.source import Expected, Source
from catalog.publishing.apply import apply_records

SOURCE = Source.model_validate(
    {
        "key": "workbc/outlook-2025",
        "name": "WorkBC: labour market outlook 2025 to 2035 (bcgov/workbc-ssot, Apache-2.0)",
        "kind": "GOVERNMENT",
        "url": ADDRESS,
    },
    strict=False,
)
EXPECTED = Expected(min=3_000, max=8_000)
"""Records of a whole set of tables; half a set is no outlook."""


def import_demand(
    folder: Path, database: Database, clock: Callable[[], datetime], *, largest_bytes: int, dry_run: bool = False
) -> Report:
    """All of it or nothing; what is published already stays as it is."""
    outlook = read_outlook(folder, largest_bytes)
    if any(issue.severity is Severity.ERROR for issue in outlook.issues):
        return Report(folder, SOURCE.key, None, tuple(outlook.issues))
    count = len(outlook.records)
    if not EXPECTED.fits(count):
        message = f"the tables make {count} records; {EXPECTED.min} to {EXPECTED.max} are expected"
        return Report(folder, SOURCE.key, None, (*outlook.issues, Issue("COUNT_UNEXPECTED", message)))
    try:
        applied = apply_records(database, outlook.records, SOURCE, clock, dry_run=dry_run)
    except RecordsRejected as error:
        return Report(folder, SOURCE.key, None, tuple(error.issues))
    return Report(folder, SOURCE.key, applied, (*outlook.issues, *applied.warnings))
