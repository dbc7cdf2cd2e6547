"""Who sends a file, as far as options of a command say so."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from sqlalchemy import Connection

from catalog.cli.choices import chosen
from catalog.errors import ArgumentInvalid
from catalog.model.source import Source
from catalog.model.vocabulary import SourceKind
from catalog.publishing.existing import load_source_row, source_of

KIND = Annotated[SourceKind | None, typer.Option(help="kind of a source that is new", parser=chosen(SourceKind))]
FORMATS = (
    *("record/1", "template", "ctdl", "open-badges", "case", "schema.org"),
    *("xcri-cap", "ooapi", "open-edx", "table"),
)
"""The names of `catalog.ingest.formats`, which a help text need not load."""
FORMAT = Annotated[
    str | None,
    typer.Option("--format", help=f"read it as this format, whatever it looks like: {', '.join(FORMATS)}"),
]


@dataclass(frozen=True, slots=True)
class Said:
    """The options of a command that say who sends something; None where nothing was said."""

    key: str | None = None
    name: str | None = None
    kind: SourceKind | None = None
    owner: str | None = None
    complete: bool | None = None
    time_zone: str | None = None
    language: str | None = None

    def fields(self) -> dict[str, Any]:
        """As a declaration writes them."""
        return {
            "name": self.name,
            "kind": self.kind,
            "owner": self.owner,
            "complete": self.complete,
            "defaultTimeZone": self.time_zone,
            "language": self.language,
        }


def declare(connection: Connection, said: Said) -> Source | None:
    """The source as the catalogue knows it, with what is said otherwise now; None where no key is given.

    Raises ArgumentInvalid (SOURCE_UNKNOWN) for a new one that is not declared, or with what is wrong.
    """
    key = said.key
    if key is None:
        return None
    row = load_source_row(connection, key)
    if row is None and (said.name is None or said.kind is None):
        message = f"the source {key} is new: say also --name and --kind, and --owner for whose listings these are"
        raise ArgumentInvalid(message, code="SOURCE_UNKNOWN", argument="source")
    known = source_of(row).model_dump(mode="json", by_alias=True, exclude_none=True) if row else {"key": key}
    declared = known | {field: value for field, value in said.fields().items() if value is not None}
    try:
        return Source.model_validate(declared, strict=False)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][-1]) if first["loc"] else "source"
        raise ArgumentInvalid(f"{field}: {first['msg'].removeprefix('Value error, ')}", argument=field) from None
