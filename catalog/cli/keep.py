"""Commands that keep the catalogue in order."""

import sys
from collections import Counter
from typing import Annotated

import typer
from rich.progress import Progress

from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import counted
from catalog.db import migrate as migrations
from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import SearchUnavailable
from catalog.model.documents import find_slugs, has_outdated_documents
from catalog.model.state import ensure_state
from catalog.opening import make_clock, secret
from catalog.publishing.check import check as run_check
from catalog.publishing.rebuild import rebuild as run_rebuild
from catalog.search.opening import open_writer
from catalog.search.port import SearchWriter
from catalog.search.sync import compare, index_lag_seconds
from catalog.search.sync import reindex as run_reindex
from catalog.settings import Settings

MOST_SHOWN = 20
DIFFERS, SETTINGS_DIFFER = "INDEX_DIFFERS", "INDEX_SETTINGS_DIFFER"


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
            typer.echo(f"rebuilt {counted(run_rebuild(database, make_clock(settings)), 'thing')} for this release")


def reindex(
    force: Annotated[
        bool, typer.Option("--force", help="also where the new index would hold over a fifth fewer credentials")
    ] = False,
) -> None:
    """Build the search index anew beside the live one, and put it in its place; searches go on meanwhile."""
    settings = read_settings()
    with opened(settings) as database, Progress(disable=not sys.stdout.isatty(), transient=True) as progress:
        with read_snapshot(database) as connection:
            migrations.require_newest(connection)
        task = progress.add_task("Indexing", total=None)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        count = run_reindex(database, _writer(settings), make_clock(settings), is_forced=force, tell=show)
    typer.echo(f"indexed {counted(count, 'credential')}")


def _writer(settings: Settings) -> SearchWriter:
    return open_writer(settings.search_url, secret(settings.search_key))


def check(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="make Documents and tables anew from what sources state")
    ] = False,
    index: Annotated[bool, typer.Option("--index", help="compare the search index too, thing by thing")] = False,
    lag: Annotated[
        float | None,
        typer.Option("--lag", min=0, help="only say whether the search index is at most so many seconds behind"),
    ] = None,
) -> None:
    """Compare everything stored with what must follow from it; name what is inconsistent."""
    settings = read_settings()
    if lag is not None:
        _check_lag(settings, lag)
        return
    with opened(settings) as database:
        if rebuild:
            typer.echo(f"rebuilt {counted(run_rebuild(database, make_clock(settings)), 'thing')}")
        with read_snapshot(database, primary=True) as connection:
            migrations.require_newest(connection)
            findings = run_check(connection)
        wrong = _check_settings(settings)
        wrong += _check_index(settings, database) if index else []
    for finding in findings:
        typer.echo(str(finding))
    for line in wrong:
        typer.echo(line)
    if wrong:
        typer.echo("the worker follows the catalogue; `catalog reindex` builds the index anew and applies the settings")
    if not findings and not wrong:
        typer.echo("nothing is inconsistent")
        return
    if any(finding.mendable for finding in findings):
        typer.echo("`catalog check --rebuild` mends Documents and tables")
    raise typer.Exit(1)


def _check_lag(settings: Settings, most: float) -> None:
    with opened(settings) as database:
        behind = index_lag_seconds(database, _writer(settings))
    typer.echo("there is no index yet" if behind is None else f"the search index is {behind:.1f} seconds behind")
    if behind is None or behind > most:
        raise typer.Exit(1)


def _check_settings(settings: Settings) -> list[str]:
    """A line for each setting of the search engine that drifted; where it does not answer, that."""
    try:
        return [f"{SETTINGS_DIFFER} {one}" for one in _writer(settings).drift()]
    except SearchUnavailable as error:
        return [f"{error.code} {error.message}"]


def _check_index(settings: Settings, database: Database) -> list[str]:
    """Where the index stands, the first things that differ, by slug, and how many there are of each kind."""
    found = compare(database, _writer(settings), make_clock(settings))
    with read_snapshot(database) as connection:
        slugs = find_slugs(connection, [one.thing for one in found[:MOST_SHOWN]])
    lines = [f"{DIFFERS} {slugs.get(one.thing, one.thing)} {one.what}" for one in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        counts = Counter(one.what for one in found)
        lines.append(f"{DIFFERS} in all: " + "; ".join(f"{number} {what}" for what, number in counts.most_common()))
    return lines
