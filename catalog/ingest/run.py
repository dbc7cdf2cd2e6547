"""One file from reading to publishing, with a report of all that happened."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalog.db.engine import Database
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.formats.record_json.read import read_ingest_file
from catalog.publishing.apply import Applied, apply_records


@dataclass(frozen=True, slots=True)
class Report:
    """`applied` is None when the file was refused; then nothing of it is in the catalogue."""

    path: Path
    source: str | None
    applied: Applied | None
    issues: tuple[Issue, ...]

    @property
    def is_refused(self) -> bool:
        return self.applied is None


def ingest_file(
    path: Path,
    database: Database,
    clock: Callable[[], datetime],
    *,
    largest_bytes: int,
    dry_run: bool = False,
    may_break: bool = False,
) -> Report:
    """`may_break`: it may withdraw what others would then be left without. Raises OSError when the file cannot be read."""
    size = path.stat().st_size
    if size > largest_bytes:
        message = f"the file has {size} bytes; at most {largest_bytes} are taken"
        return Report(path, None, None, (Issue("FILE_TOO_LARGE", message, hint="CATALOG_INGEST_BYTES sets the limit"),))
    read = read_ingest_file(path.read_bytes())
    refs = [record.ref or record.slug for record in read.records]
    key = read.source.key if read.source else None
    if read.source is None or any(issue.severity is Severity.ERROR for issue in read.issues):
        return Report(path, key, None, tuple(read.issues))
    expected = read.source.expected
    if expected and not expected.fits(len(read.records)):
        message = f"the file has {len(read.records)} records; its source expects {expected.min} to {expected.max}"
        return Report(path, key, None, (Issue("COUNT_UNEXPECTED", message, "source.expected"),))
    try:
        applied = apply_records(database, read.records, read.source, clock, dry_run=dry_run, may_break=may_break)
    except RecordsRejected as error:
        return Report(path, key, None, _in_file_order(error.issues, refs))
    return Report(path, key, applied, _in_file_order([*read.issues, *applied.warnings], refs))


def _in_file_order(issues: list[Issue], refs: list[str | None]) -> tuple[Issue, ...]:
    return tuple(_named(issue, refs) for issue in sorted(issues, key=lambda one: (one.row or 0, one.path)))


def _named(issue: Issue, refs: list[str | None]) -> Issue:
    return issue if issue.row is None else replace(issue, ref=refs[issue.row - 1])
