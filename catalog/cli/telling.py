"""What the command line says of a delivery."""

from collections.abc import Iterator

from catalog.ingest.report import Report
from catalog.ingest.submissions import SubmissionState
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import Applied

MOST_SHOWN = 50
MOST_ISSUES = 100


def summary(report: Report, *, dry_run: bool) -> str:
    """One line for the file, one for each issue; of a dry run also what each thing would become."""
    lines = [f"{report.name}: {outcome(report, dry_run=dry_run)}"]
    if dry_run and report.applied:
        things = list(each_thing(report.applied))
        lines += _first(things, MOST_SHOWN, "more things")
        changes = [f"    {one}" for one in report.differences if one.path]
        lines += _first(changes, MOST_SHOWN, "more differences")
    issues = [f"  {issue.severity.lower()}: {issue}" for issue in report.issues]
    where = "" if dry_run or not report.run else f"; `catalog ingest show {report.run[:8]}` shows them"
    lines += _first(issues, MOST_ISSUES, f"more issues{where}")
    return "\n".join(lines)


def _first(lines: list[str], most: int, others: str) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"  and {len(lines) - most} {others}"]


def outcome(report: Report, *, dry_run: bool) -> str:
    """What happened, in one line."""
    applied = report.applied
    if report.state is SubmissionState.HELD:
        held = "would be held" if dry_run else f"held for a person as run {report.run}"
        return f"{held}; nothing of it was published"
    if applied is None:
        return f"refused with {len(report.issues)} issue(s); nothing of it was published"
    confirmed = f", {applied.confirmed} confirmed again" if applied.confirmed else ""
    rejected = f", {len(report.rejected_rows)} rejected" if report.rejected_rows else ""
    if dry_run:
        return f"{applied.records} records would make: {kinds(applied) or 'no change'}{confirmed}{rejected}"
    at = f" at revision {applied.revision}" if applied.revision is not None else ""
    return f"{applied.records} records: {kinds(applied) or 'nothing changed'}{confirmed}{rejected}{at}"


def kinds(applied: Applied) -> str:
    """How many things, by kind of change."""
    return ", ".join(f"{applied.kinds[kind]} {kind.lower()}" for kind in ChangeKind if kind in applied.kinds)


def each_thing(applied: Applied) -> Iterator[str]:
    """What became of each thing, the same for every database."""
    order = list(ChangeKind)
    for kind, slug, fields in sorted(applied.things, key=lambda thing: (order.index(thing[0]), thing[1])):
        yield f"  {kind.lower()} {slug}: {', '.join(fields)}"
