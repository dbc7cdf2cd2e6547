"""Writes the rows that failed beside the file that they came in."""

import os
from pathlib import Path

import typer

from catalog.ingest.report import Report


def check_place(file: Path, chosen: Path | None) -> None:
    """Before anything is published: rows that failed must be able to be written. Raises BadParameter."""
    if chosen is None:
        return
    if chosen.resolve() == file.resolve():
        raise typer.BadParameter("is the file itself; name another one", param_hint="--rejected")
    if not chosen.parent.is_dir() or not os.access(chosen.parent, os.W_OK) or chosen.is_dir():
        raise typer.BadParameter(f"{chosen.parent} is no folder that can be written to", param_hint="--rejected")


def give_back(report: Report, file: Path, chosen: Path | None = None) -> None:
    """Where some rows failed. What has no form of its own to be given back in is JSON, whatever the file was."""
    if report.rejected is None:
        return
    ending = ".json" if report.rejected.startswith(b"{") else file.suffix
    path = chosen or file.with_name(f"{file.stem}.rejected{ending}")
    path.write_bytes(report.rejected)
    count = len(report.rejected_rows)
    stand = "row that failed stands" if count == 1 else "rows that failed stand"
    typer.echo(f"{count} {stand} in {path}, with what is wrong: mend and send it again")
