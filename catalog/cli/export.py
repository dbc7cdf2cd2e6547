"""Commands that write files out: credentials, coverage, the bundle of open data."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from catalog.app import make_finder, make_service
from catalog.cli.choices import chosen
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import counted
from catalog.db.migrate import require_newest
from catalog.db.transactions import deadline_check, read_snapshot
from catalog.export.whole import whole_file
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous
from catalog.schema.context import RequestContext
from catalog.schema.exports import Ending, Exporter
from catalog.settings import Settings

Filter = Annotated[str | None, typer.Option("--filter", help='a CredentialFilter as JSON, such as {"regions": ["cariboo"]}')]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="file to write; absent: standard output")]


@contextmanager
def asking(settings: Settings, seconds: float) -> Iterator[tuple[RequestContext, Exporter]]:
    """One snapshot of the catalogue, asked as the API asks it."""
    deadline = time.monotonic() + seconds

    message = f"it took longer than {seconds:g} seconds (CATALOG_EXPORT_SECONDS): narrow the filter"
    check = deadline_check(deadline, message)
    with opened(settings) as database:
        service = make_service(settings, database, make_finder(settings))
        with read_snapshot(database, deadline) as connection:
            require_newest(connection)
            context = service.make_context(connection, read_state(connection), Anonymous(), deadline, check)
            with context.closing:
                yield context, Exporter(service.store.schema, settings.export_licence)


@contextmanager
def writing(output: Path | None) -> Iterator[IO[bytes]]:
    """The file appears whole, or not at all."""
    if output is None:
        yield sys.stdout.buffer
        return
    with whole_file(output, f".{output.name}.") as file:
        yield file


app = typer.Typer(no_args_is_help=True, help="Write credentials, or the bundle of open data, to files.")


@app.callback()
def export() -> None:
    """Write credentials, or the bundle of open data, to files."""


@app.command()
def credentials(
    output: Output = None,
    format_: Annotated[
        Ending | None,
        typer.Option("--format", help="absent: by the ending of --output, else ndjson", parser=chosen(Ending)),
    ] = None,
    filter_: Filter = None,
) -> None:
    """Write credentials with their offerings and sources, as far as their providers allow."""
    settings = read_settings()
    ending = format_ or _ending_of(output)
    with (
        asking(settings, settings.export_seconds) as (context, exporter),
        told(f"Writing {ending}"),
        writing(output) as file,
    ):
        items = exporter.credentials(context, ending, filter_, file)
    left_out = f", {items.left_out} left out: their providers do not allow it" if items.left_out else ""
    typer.echo(f"{counted(items.exported, 'credential')}{left_out}", err=output is None)


@app.command()
def bundle(
    output: Annotated[Path, typer.Argument(help="ZIP file to write")],
) -> None:
    """Write all open data as a Frictionless Data Package with checksums (nightly by itself: CATALOG_BUNDLE_PATH)."""
    settings = read_settings()
    with (
        asking(settings, settings.export_seconds) as (context, exporter),
        told("Writing the bundle"),
        writing(output) as file,
    ):
        written = exporter.bundle(context, file)
    for one in written:
        typer.echo(f"{one.sha256}  {one.path}  {one.bytes} bytes")


def _ending_of(output: Path | None) -> Ending:
    """The longest that fits: `.ctdl.json` before `.json`."""
    name = output.name if output else ""
    return next((one for one in sorted(Ending, key=len, reverse=True) if name.endswith(f".{one}")), Ending.NDJSON)


@contextmanager
def told(what: str) -> Iterator[None]:
    """A sign of life on a terminal while it lasts."""
    with Progress(disable=not sys.stderr.isatty(), transient=True, console=Console(stderr=True)) as progress:
        progress.add_task(what, total=None)
        yield
