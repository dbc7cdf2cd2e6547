"""`catalog template` and `catalog rollover`: files for institutions to fill in."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import counted
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.formats.template.cell import Cell
from catalog.formats.template.columns import CREDENTIALS
from catalog.formats.template.example import EXAMPLE_ROWS
from catalog.formats.template.write import write_rows
from catalog.formats.template.write_plain import OF_RUNS, flatten, write_csv, write_json
from catalog.formats.template.write_workbook import write_workbook
from catalog.ingest.rollover import roll_over
from catalog.ingest.stated import known_source, stated_credentials
from catalog.opening import make_clock

Rows = Mapping[str, Sequence[Mapping[str, Cell]]]


class Form(StrEnum):
    """In which form the template is written."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


_OUT = typer.Option("--out", "-o", help="the file to write; its ending says the form: .xlsx, .csv or .json")


def template(
    out: Annotated[Path, _OUT] = Path("template.xlsx"),
    source: Annotated[str | None, typer.Option(help="fill it with what this source states now")] = None,
) -> None:
    """Write the template: instructions, lists to choose from and a filled example, or what a source states now."""
    if source is None:
        _write(out, EXAMPLE_ROWS)
        typer.echo(f"{out}: an example shows how; fill in rows of your own, its rows are not sent. {_then(out)}")
        typer.echo("for a source that is new also --name, --kind and --owner: catalog ingest file --help")
    else:
        with opened(read_settings()) as database, read_snapshot(database) as connection:
            require_newest(connection)
            declared = known_source(connection, source)
            rows: Rows = write_rows(stated_credentials(connection, source), declared.language)
        _write(out, rows)
        typer.echo(f"{out}: {counted(sum(map(len, rows.values())), 'row')} of {source}. {_then(out, source)}")


def rollover(
    source: Annotated[str, typer.Option(help="key of the source whose offerings are copied")],
    old: Annotated[str, typer.Option("--from", help="the term that is copied, such as 'Fall 2026'")],
    new: Annotated[str, typer.Option("--to", help="the term that it is copied to, such as 'Winter 2027'")],
    out: Annotated[Path, _OUT] = Path("next-term.xlsx"),
) -> None:
    """Copy a term's offerings to the next: drafts without dates, and a file to fill the dates in."""
    settings = read_settings()
    with opened(settings) as database:
        with read_snapshot(database) as connection:
            require_newest(connection)
            language = known_source(connection, source).language
        found = roll_over(database, source, old, new, make_clock(settings))
    rows = {**write_rows(found.records, language), CREDENTIALS: []}
    _write(out, rows, OF_RUNS)
    for credential, offering in found.skipped:
        typer.echo(f"{credential}#{offering} is there already and was left as it is")
    made = f"{counted(found.offerings, 'offering')} of {counted(len(found.records), 'credential')}"
    typer.echo(f"{out}: {made}; fill in the dates. {_then(out, source)}")


def _then(out: Path, source: str = "KEY") -> str:
    return f"Then: catalog ingest {out} --source {source} --dry-run"


def _write(path: Path, rows: Rows, names: Sequence[str] | None = None) -> None:
    """`names` are the columns of a CSV."""
    form = path.suffix.lower().removeprefix(".")
    if form not in set(Form):
        raise typer.BadParameter("ends with none of .xlsx, .csv, .json", param_hint="--out")
    match Form(form):
        case Form.XLSX:
            path.write_bytes(write_workbook(rows))
        case Form.CSV:
            path.write_bytes(write_csv(flatten(rows), names))
        case Form.JSON:
            path.write_bytes(write_json(rows))
