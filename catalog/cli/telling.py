"""What the command line says of a delivery."""

from catalog.ingest.report import Report
from catalog.ingest.submissions import SubmissionState
from catalog.publishing.apply import Applied

MOST_SHOWN = 50


def summary(report: Report, *, dry_run: bool) -> str:
    """One line for the file, one for each issue; of a dry run also what each thing would become."""
    lines = [f"{report.name}: {outcome(report, dry_run=dry_run)}"]
    if dry_run and report.applied:
        lines += [
            f"  {kind.lower()} {slug}: {', '.join(fields)}" for kind, slug, fields in report.applied.things[:MOST_SHOWN]
        ]
        lines += [f"    {one}" for one in report.differences[:MOST_SHOWN] if one.path]
    lines += [f"  {issue.severity.lower()}: {issue}" for issue in report.issues]
    return "\n".join(lines)


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
    return ", ".join(f"{count} {kind.lower()}" for kind, count in applied.kinds.items())
