"""`catalog ingest FILE`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress
from typer.core import TyperCommand

from catalog.cli.choices import chosen
from catalog.cli.ingest.declaring import FORMAT, KIND, Said, declare
from catalog.cli.ingest.giving_back import check_place, give_back
from catalog.cli.ingest.owner import may_found, require_owner
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import summary
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.run import ingest, read_arrival
from catalog.model.reading.delivery import Told
from catalog.opening import make_clock

_FILE = typer.Argument(
    metavar="FILE",
    help="workbook, CSV, JSON, XML or page: what it is, its content says",
    exists=True,
    dir_okay=False,
    readable=True,
)


class Failing(StrEnum):
    """`OnError`, as it is written on the command line."""

    REJECT_ALL = "reject-all"
    REJECT_FAILED = "reject-failed"


class OfOneFile(TyperCommand):
    """Told as it is called: the word `file` is left out."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.parent.command_path, "FILE [OPTIONS]")


def file(
    path: Annotated[Path, _FILE],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say all that would happen, and write nothing")] = False,
    source: Annotated[str | None, typer.Option(help="key of who sends it; record JSON says so itself")] = None,
    name: Annotated[str | None, typer.Option(help="name of a source that is new")] = None,
    kind: KIND = None,
    owner: Annotated[str | None, typer.Option(help="slug of the institution whose listings these are")] = None,
    complete: Annotated[
        bool | None, typer.Option("--complete/--partial", help="whether what the file leaves out is no longer offered")
    ] = None,
    part: Annotated[
        bool, typer.Option("--part", help="only some of what the source states: what the file leaves out stays as it is")
    ] = False,
    time_zone: Annotated[str | None, typer.Option(help="zone of days and times without one")] = None,
    language: Annotated[str | None, typer.Option(help="language of its texts")] = None,
    format_: FORMAT = None,
    on_error: Annotated[
        Failing,
        typer.Option(
            help="reject-all: what is wrong stops all of it; reject-failed: the rest is published", parser=chosen(Failing)
        ),
    ] = Failing.REJECT_ALL,
    rejected: Annotated[Path | None, typer.Option(help="where to write rows that failed; else beside the file")] = None,
    break_references: Annotated[
        bool, typer.Option("--break-references", help="withdraw also what others would be left without")
    ] = False,
) -> None:
    """Publish the records of one file: all of them or none, unless --on-error says otherwise."""
    check_place(path, rejected)
    settings = read_settings()
    handling = Handling(
        dry_run=dry_run, may_break=break_references, on_error=OnError[on_error.name], most_bytes=settings.ingest_bytes
    )
    read = read_arrival(path, settings.ingest_bytes)
    with opened(settings) as database, Progress(disable=not sys.stdout.isatty(), transient=True) as progress:
        with read_snapshot(database) as connection:
            require_newest(connection)
            if owner is not None and not may_found(read.data, format_):
                require_owner(connection, owner)
            declared = declare(connection, Said(source, name, kind, owner, complete, time_zone, language))
        progress.add_task(f"Publishing {path.name}", total=None)
        told = Told(provider=owner if declared is None else None, time_zone=time_zone)
        arrival = Arrival(read.name, read.data, declared, format_, told, is_part=part)
        report = ingest(arrival, database, make_clock(settings), handling)
        progress.console.print(summary(report, dry_run=dry_run), highlight=False, markup=False, soft_wrap=True)
    if not dry_run:
        give_back(report, path, rejected)
    if report.is_refused or report.rejected_rows:
        raise typer.Exit(1)
