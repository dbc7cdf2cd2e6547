"""`catalog ingest list` and `catalog ingest show RUN`."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import counted, difference, in_utc
from catalog.db.transactions import read_snapshot
from catalog.errors import printable
from catalog.ingest.report import differences_of, issues_of
from catalog.ingest.stated import known_source
from catalog.ingest.submissions import MOST_SHOWN, find_submission, load_submissions

RUN = typer.Argument(help="a run, or at least 8 of its first digits")


def show(
    source: Annotated[str | None, typer.Option(help="only what this source sent")] = None,
    most: Annotated[int, typer.Option(help="how many", min=1, max=MOST_SHOWN)] = 50,
) -> None:
    """Show what was sent, the newest first, and what became of it."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        found = load_submissions(connection, source=source)
        if source is not None and not found:
            known_source(connection, source)
    if not found:
        typer.echo("nothing was sent yet", err=True)
        return
    typer.echo(f"{'RUN':<8}  {'RECEIVED':<20}  {'STATE':<11}  SOURCE  FORMAT  NAME")
    for one in found[:most]:
        told = (one.id[:8], in_utc(one.at), f"{one.state:<11}", one.source or "-", one.format or "-", one.name)
        typer.echo(printable("  ".join(told)))
    if len(found) > most:
        typer.echo(f"there are older ones: --most {MOST_SHOWN} shows up to {MOST_SHOWN}", err=True)


def show_one(
    run: Annotated[str, RUN],
) -> None:
    """Show one delivery: its issues, and field by field what it changed."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        one = find_submission(connection, run)
    typer.echo(printable(f"run {one.id}: {one.name}, {one.size} bytes, SHA-256 {one.hash or 'none'}"))
    typer.echo(f"{one.state} for {one.source or 'an unknown source'}, received {in_utc(one.at)}")
    if one.report is None:
        typer.echo("no report is kept of it")
        return
    for line in _told(one.report):
        typer.echo(printable(f"  {line}"))


def _told(report: dict[str, Any]) -> Iterator[str]:
    kinds = ", ".join(f"{count} {kind.lower()}" for kind, count in report["kinds"].items())
    if kinds:
        yield f"{counted(report['records'], 'record')}: {kinds} at revision {report['revision']}"
    issues = issues_of(report)
    yield from (f"{issue.severity.lower()}: {issue}" for issue in issues)
    if report["issueCount"] > len(issues):
        yield f"and {counted(report['issueCount'] - len(issues), 'more issue')}"
    yield from map(difference, differences_of(report))
    yield from (f"withdrawn: {slug}" for slug in report["withdrawn"])
