"""Commands that keep the catalogue in order."""

from pathlib import Path
from typing import Annotated

import typer

from catalog.app import make_clock
from catalog.cli.settings import opened, read_settings
from catalog.db import migrate as migrations
from catalog.db.transactions import read_snapshot
from catalog.model.documents import has_outdated_documents
from catalog.model.state import ensure_state
from catalog.publishing.check import check as run_check
from catalog.publishing.rebuild import rebuild as run_rebuild
from catalog.search.sync import reindex as run_reindex
from catalog.search.tantivy_writer import TantivyWriter


def migrate(
    target: Annotated[str, typer.Argument(help="a revision, or base to undo everything")] = "head",
) -> None:
    """Bring the database to the newest schema; safe when several processes start at once."""
    settings = read_settings()
    with opened(settings) as database:
        migrations.migrate(database, target, prepare=ensure_state if target == "head" else None)
        with database.write.connect() as connection:
            typer.echo(f"the database is at {migrations.current_revision(connection) or 'base'}")
            outdated = target == "head" and has_outdated_documents(connection)
        if outdated:  # written by an earlier release: what is stored no longer follows from the records
            typer.echo(f"rebuilt {run_rebuild(database, make_clock(settings))} thing(s) for this release")


def reindex() -> None:
    """Build the search index anew beside the live one, and put it in its place."""
    settings = read_settings()
    with opened(settings) as database:
        count = run_reindex(database, TantivyWriter(Path(settings.search_url)))
    typer.echo(f"indexed {count} credentials")


def check(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="make Documents and tables anew from what sources state")
    ] = False,
) -> None:
    """Compare everything stored with what must follow from it; name what is inconsistent."""
    settings = read_settings()
    with opened(settings) as database:
        if rebuild:
            typer.echo(f"rebuilt {run_rebuild(database, make_clock(settings))} thing(s)")
        with read_snapshot(database, primary=True) as connection:
            migrations.require_newest(connection)
            findings = run_check(connection)
    for finding in findings:
        typer.echo(str(finding))
    if not findings:
        typer.echo("nothing is inconsistent")
        return
    if any(finding.mendable for finding in findings):
        typer.echo("`catalog check --rebuild` mends Documents and tables")
    raise typer.Exit(1)
