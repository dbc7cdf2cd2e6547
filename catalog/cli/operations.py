"""Which operations may be asked where only listed ones are answered."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from catalog.app import document_limits
from catalog.cli.settings import opened, read_settings
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError, Issue, LimitExceeded, RecordsRejected
from catalog.model.operations import Listed, add_operations, load_operations, remove_operations
from catalog.opening import make_clock
from catalog.runtime.operation import Invalid, hash_of, read_document
from catalog.schema.build import build_schema
from catalog.settings import Settings

SHORTEST = 8  # digits of a hash that name an operation

app = typer.Typer(no_args_is_help=True, help="The operations that CATALOG_ONLY_LISTED=true allows.")


@app.command("add")
def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            help="a .graphql document, or a manifest in JSON: Apollo's, or an object from hash to document",
        ),
    ],
) -> None:
    """List the documents of files, byte for byte, under their SHA-256; all of them, or none where one is wrong."""
    settings = read_settings()
    found: list[Listed] = []
    issues: list[Issue] = []
    for path in files:
        for place, text in _documents(path):
            checked = _check(text, place, settings)
            found += [checked] if isinstance(checked, Listed) else []
            issues += [checked] if isinstance(checked, Issue) else []
    if issues:
        raise RecordsRejected(issues)
    with opened(settings) as database, write_transaction(database) as connection:
        new = add_operations(connection, {one.hash: one for one in found}.values(), make_clock(settings)())
    for one in found:
        typer.echo(f"{one.hash}  {one.name or 'anonymous'}")
    typer.echo(f"{new} new, {len(found) - new} listed before")
    if not settings.only_listed:
        typer.echo("any other operation is still answered: set CATALOG_ONLY_LISTED=true to answer only these")


@app.command("list")
def show() -> None:
    """Show what is listed."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        listed = load_operations(connection)
    for one in listed:
        typer.echo(f"{one.hash}  {one.name or 'anonymous'}")
    if not listed:
        typer.echo("nothing is listed", err=True)


@app.command("remove")
def remove(
    hashes: Annotated[list[str], typer.Argument(help=f"hashes, or at least {SHORTEST} of their first digits")],
) -> None:
    """Take operations off the list; servers follow within a second."""
    with opened(read_settings()) as database, write_transaction(database) as connection:
        known = [one.hash for one in load_operations(connection)]
        gone = [_named(one.lower(), known) for one in hashes]
        remove_operations(connection, gone)
    typer.echo(f"{len(set(gone))} removed")


def _named(start: str, known: list[str]) -> str:
    """Raises CatalogError (OPERATION_NOT_LISTED) unless exactly one is meant."""
    meant = [one for one in known if len(start) >= SHORTEST and one.startswith(start)]
    if len(meant) != 1:
        raise CatalogError(f"{start!r} names {len(meant)} of the listed operations", code="OPERATION_NOT_LISTED")
    return meant[0]


def _documents(path: Path) -> list[tuple[str, str]]:
    """Where each document of a file stands, and its text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".json":
        return [(str(path), text)]
    try:
        manifest = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RecordsRejected([Issue("JSON_INVALID", str(error), str(path))]) from None
    operations = manifest.get("operations") if isinstance(manifest, dict) else None
    if isinstance(operations, list):
        pairs = [(one.get("id"), one.get("body")) for one in operations if isinstance(one, dict)]
    else:
        pairs = list(manifest.items()) if isinstance(manifest, dict) else []
    documents = [(f"{path} {name}", body) for name, body in pairs if isinstance(body, str)]
    if not documents or len(documents) < len(pairs):
        message = "is neither Apollo's manifest nor an object from hash to document"
        raise RecordsRejected([Issue("FORMAT_UNKNOWN", message, str(path))])
    for name, body in pairs:
        if isinstance(body, str) and name != hash_of(body):
            hint = 'Relay: "algorithm": "SHA256"; Apollo: leave createOperationId out'
            message = "the id is not the SHA-256 of its document, by which clients must ask for it"
            raise RecordsRejected([Issue("PERSISTED_QUERY_MISMATCH", message, f"{path} {name}", hint=hint)])
    return documents


def _check(text: str, place: str, settings: Settings) -> Listed | Issue:
    try:
        document = read_document(build_schema(), text, document_limits(settings))
    except LimitExceeded as error:
        return Issue(error.code, error.message, place)
    if isinstance(document, Invalid):
        return Issue("GRAPHQL_VALIDATION_FAILED", document.errors[0].message, place)
    names = [name for name in document.operations if name]
    return Listed(hash_of(text), names[0] if len(document.operations) == 1 and names else None, text)
