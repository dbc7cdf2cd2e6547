"""What the command line says of a delivery."""

from collections.abc import Iterator
from datetime import UTC, datetime

from catalog.ingest.differences import Difference
from catalog.ingest.report import Report
from catalog.ingest.submissions import SubmissionState
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import Applied

MOST_SHOWN = 50
MOST_ISSUES = 100


def summary(report: Report, *, dry_run: bool, names_run: bool = True) -> str:
    """One line for the file, one for each issue; of a dry run also what each thing would become."""
    lines = [f"{report.name}: {outcome(report, dry_run=dry_run, names_run=names_run)}"]
    if dry_run and report.applied:
        lines += _things(report.applied)
        changes = [f"    {one}" for one in report.differences if one.path]
        lines += _first(changes, MOST_SHOWN, "more difference")
    issues = [f"  {issue.severity.lower()}: {issue}" for issue in report.issues]
    where = "" if dry_run or not report.run else f"; `catalog ingest show {report.run[:8]}` shows them"
    lines += _first(issues, MOST_ISSUES, "more issue", where)
    return "\n".join(lines)


def _first(lines: list[str], most: int, other: str, where: str = "") -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"  and {counted(len(lines) - most, other)}{where}"]


def _things(applied: Applied) -> list[str]:
    """Of many the first; `things` may hold fewer than there are, `kinds` counts all."""
    shown = list(each_thing(applied))[:MOST_SHOWN]
    more = sum(applied.kinds.values()) - len(shown)
    return [*shown, f"  and {counted(more, 'more thing')}"] if more > 0 else shown


def counted(number: int, one: str) -> str:
    """`1 record`, `2 records`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def in_utc(moment: datetime) -> str:
    """To the minute."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def difference(found: Difference) -> str:
    """One field, or a thing that is new."""
    return str(found) if found.path else f"{found.type} {found.ref}: {found.new or 'no longer stated'}"


def outcome(report: Report, *, dry_run: bool, names_run: bool = True) -> str:
    """What happened, in one line."""
    applied = report.applied
    if report.state is SubmissionState.HELD:
        held = "would be held" if dry_run else f"held for a person as run {report.run}"
        return f"{held}; nothing of it was published"
    if applied is None:
        return f"refused with {counted(len(report.issues), 'issue')}; nothing of it was published"
    confirmed = f", {applied.confirmed} confirmed again" if applied.confirmed else ""
    rejected = f", {len(report.rejected_rows)} rejected" if report.rejected_rows else ""
    if dry_run:
        return f"{counted(applied.records, 'record')} would make: {kinds(applied) or 'no change'}{confirmed}{rejected}"
    at = published_at(applied, names_run=names_run)
    return f"{counted(applied.records, 'record')}: {kinds(applied) or 'nothing changed'}{confirmed}{rejected}{at}"


def published_at(applied: Applied, *, names_run: bool = True) -> str:
    """The revision, and the run that made it: what can be shown and taken back. Nothing where nothing was published."""
    if applied.revision is None:
        return ""
    return f" at revision {applied.revision}" + (f" (run {applied.run[:8]})" if names_run else "")


def kinds(applied: Applied) -> str:
    """How many things, by kind of change."""
    return ", ".join(f"{applied.kinds[kind]} {kind.lower()}" for kind in ChangeKind if kind in applied.kinds)


def each_thing(applied: Applied) -> Iterator[str]:
    """What became of each thing, the same for every database."""
    order = list(ChangeKind)
    for kind, slug, fields in sorted(applied.things, key=lambda thing: (order.index(thing[0]), thing[1])):
        yield f"  {kind.lower()} {slug}" + (f": {', '.join(fields)}" if fields else "")
