"""Counts of what is offered, on the terminal, in a file, or beside a published table."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from catalog.cli.choices import chosen
from catalog.cli.export import Filter, asking, told, writing
from catalog.cli.settings import read_settings
from catalog.cli.telling import counted as plural
from catalog.coverage.compare import Difference, PublishedTable, read_published
from catalog.coverage.dimensions import CoverageDimension
from catalog.schema.comparing import compare
from catalog.schema.context import RequestContext
from catalog.schema.exports import Ending, Exporter
from catalog.schema.relations.counting.coverage import Counted

MOST_BY = 3
CAPTION = "Totals are distinct counts, not sums. An empty cell: not known. Openings are a forecast, not vacancies."
WIDE = 200
"""Characters of a line where nobody looks at a terminal."""
SHOWN = ("credentials", "offerings", "institutions", "seats", "seats unknown", "price", "funded", "forecast openings a year")


def coverage(
    by: Annotated[
        list[CoverageDimension] | None,
        typer.Option("--by", help="a dimension; up to three times", case_sensitive=False, parser=chosen(CoverageDimension)),
    ] = None,
    filter_: Filter = None,
    at: Annotated[
        datetime | None, typer.Option(help="a moment of the past, in UTC", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="also cells in which nothing lies")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="a .csv or .xlsx file; absent: a table on the terminal")
    ] = None,
    compare_with: Annotated[
        Path | None,
        typer.Option(
            "--compare", help="a CSV of counts or a list (docs/COVERAGE.md): say where it differs, and why", exists=True
        ),
    ] = None,
) -> None:
    """Count what is offered by one to three dimensions: the numbers of the API's `coverage`."""
    if compare_with and (output or empty):
        raise typer.BadParameter("a comparison is told on the terminal, cell by cell", param_hint="--compare")
    if (by is None) == (compare_with is None):
        raise typer.BadParameter("name one to three dimensions, or a table to compare with", param_hint="--by")
    settings, moment = read_settings(), at.replace(tzinfo=UTC) if at else None
    published = read_published(compare_with.read_bytes()) if compare_with else None
    with asking(settings, settings.export_seconds) as (context, exporter):
        if published is not None:
            found = compare(context, exporter, published, filter_, moment)
            _show_differences(published, found)
            raise typer.Exit(1 if found else 0)
        if output is None:
            with told("Counting"):
                counted = exporter.count(context, by or [], filter_, moment, with_empty=empty)
            _show(counted)
            return
        _write(context, exporter, by or [], filter_, moment, output, empty=empty)


def _write(
    context: RequestContext,
    exporter: Exporter,
    by: Sequence[CoverageDimension],
    filter_: str | None,
    at: datetime | None,
    output: Path,
    *,
    empty: bool,
) -> None:
    ending = output.suffix.lstrip(".")
    if ending not in (Ending.CSV, Ending.XLSX):
        raise typer.BadParameter("coverage is written as .csv or .xlsx", param_hint="--output")
    with told("Counting"), writing(output) as file:
        counted = exporter.coverage(context, Ending(ending), file, by, filter_, at, with_empty=empty)
    typer.echo(f"{plural(len(counted.keys), 'row')} written to {output}")


def _show(counted: Counted) -> None:
    table = Table(caption=CAPTION)
    for dimension in counted.matrix.by:
        table.add_column(dimension.replace("_", " ").lower())
    for name in SHOWN:
        table.add_column(name, justify="right", no_wrap=True)
    for key in counted.keys:
        cell = counted.show(key)
        table.add_row(*(escape(one["label"]) for one in cell["keys"]), *_numbers(cell["measures"]))
    table.add_section()
    table.add_row("Total (distinct)", *[""] * (len(counted.matrix.by) - 1), *_numbers(counted.show_totals()))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)


def _numbers(own: dict[str, object]) -> Iterator[str]:
    price, funded = own["price"], own["fundedAmount"]
    shown = (
        own["credentials"],
        own["offerings"],
        own["institutions"],
        own["seats"],
        own["seatsUnknown"] or None,
        price and f"{price['min']['amount']} to {price['max']['amount']}",  # type: ignore[index] # as shown_measures gives it
        funded and funded["amount"],  # type: ignore[index] # the same
        own["openingsPerYear"],
    )
    return ("" if one is None else str(one) for one in shown)


def _show_differences(published: PublishedTable, found: Sequence[Difference]) -> None:
    typer.echo(f"{plural(len(published.rows), 'row')} compared, {plural(len(found), 'difference')}")
    for one in found:
        where = f"row {one.row}" if one.row else "not in the table"
        typer.echo(f"{where}: {one.what}: published {one.published or 'nothing'}, catalogue {one.ours or 'nothing'}")
        for reason in one.reasons:
            typer.echo(f"    {reason}")
