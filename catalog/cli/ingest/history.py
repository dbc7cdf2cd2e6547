"""`catalog ingest list` and `catalog ingest show RUN`."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from catalog.cli.settings import opened, read_settings
from catalog.db.transactions import read_snapshot
from catalog.errors import printable
from catalog.ingest.report import differences_of, issues_of
from catalog.ingest.submissions import find_submission, load_submissions

RUN = typer.Argument(help="a run, or at least 8 of its first digits")


def show(
    source: Annotated[str | None, typer.Option(help="only what this source sent")] = None,
) -> None:
    """Show what was sent, the newest first, and what became of it."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        found = load_submissions(connection, source=source)
    for one in found:
        at = one.at.strftime("%Y-%m-%d %H:%M")
        typer.echo(printable(f"{one.id[:8]}  {at}  {one.state:<11}  {one.source or '-'}  {one.format or '-'}  {one.name}"))
    if not found:
        typer.echo("nothing was sent yet", err=True)


def show_one(
    run: Annotated[str, RUN],
) -> None:
    """Show one delivery: its issues, and field by field what it changed."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        one = find_submission(connection, run)
    typer.echo(printable(f"run {one.id}: {one.name}, {one.size} bytes, SHA-256 {one.hash or 'none'}"))
    typer.echo(f"{one.state} for {one.source or 'an unknown source'}, received {one.at:%Y-%m-%d %H:%M} UTC")
    if one.report is None:
        typer.echo("no report is kept of it")
        return
    for line in _told(one.report):
        typer.echo(printable(f"  {line}"))


def _told(report: dict[str, Any]) -> Iterator[str]:
    kinds = ", ".join(f"{count} {kind.lower()}" for kind, count in report["kinds"].items())
    if kinds:
        yield f"{report['records']} records: {kinds} at revision {report['revision']}"
    issues = issues_of(report)
    yield from (f"{issue.severity.lower()}: {issue}" for issue in issues)
    if report["issueCount"] > len(issues):
        yield f"and {report['issueCount'] - len(issues)} more issues"
    yield from map(str, differences_of(report))
    yield from (f"withdrawn: {slug}" for slug in report["withdrawn"])
