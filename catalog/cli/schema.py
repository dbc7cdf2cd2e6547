"""The command that writes the schemas."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from catalog.model.record import ingest_json_schema
from catalog.schema.build import print_sdl


def export_schema(
    folder: Annotated[Path, typer.Argument(help="where to write", file_okay=False)] = Path(),
) -> None:
    """Write schema.graphql (the API) and record.schema.json (what publishers send)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "schema.graphql").write_text(print_sdl(), encoding="utf-8")
    schema = orjson.dumps(ingest_json_schema(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    (folder / "record.schema.json").write_bytes(schema + b"\n")
    typer.echo(f"wrote {folder / 'schema.graphql'} and {folder / 'record.schema.json'}")
