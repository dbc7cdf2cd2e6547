"""Publishes the labour market outlook from a folder of its tables."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from catalog.db.engine import Database
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.formats.workbc.read import ADDRESS, read_outlook
from catalog.ingest.report import Report
from catalog.ingest.submissions import SubmissionState
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
        return _refused(folder, outlook.issues)
    count = len(outlook.records)
    if not EXPECTED.fits(count):
        message = f"the tables make {count} records; {EXPECTED.min} to {EXPECTED.max} are expected"
        return _refused(folder, [*outlook.issues, Issue("COUNT_UNEXPECTED", message)])
    try:
        applied = apply_records(database, outlook.records, SOURCE, clock, dry_run=dry_run)
    except RecordsRejected as error:
        return _refused(folder, error.issues)
    state = SubmissionState.UNCHANGED if applied.revision is None else SubmissionState.PUBLISHED
    issues = (*outlook.issues, *applied.warnings)
    return Report(folder.name, state, applied.run, SOURCE.key, records=count, applied=applied, issues=issues)


def _refused(folder: Path, issues: Sequence[Issue]) -> Report:
    return Report(folder.name, SubmissionState.REFUSED, source=SOURCE.key, issues=tuple(issues))
