"""The command line: turns arguments into calls, and errors into messages and exit codes.

Exit codes: 0 done; 1 the catalogue found something wrong with what it was given or holds; 2 the command was called wrongly;
3 database, index or file cannot be used; 130 interrupted.
"""

import sys

import typer
from sqlalchemy.exc import SQLAlchemyError

from catalog.cli import data, demand, keep, operations, schema, serve
from catalog.errors import CatalogError, RecordsRejected

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A menu-based, multi-institution micro-credential catalogue. Settings come from CATALOG_* or .env.",
)
app.command()(serve.serve)
app.command()(serve.work)
app.command()(keep.migrate)
app.command()(data.seed)
app.command()(data.ingest)
app.add_typer(demand.app, name="demand")
app.add_typer(operations.app, name="operations")
app.command()(keep.reindex)
app.command()(keep.check)
app.command("export-schema")(schema.export_schema)


def main() -> None:
    """Only here do errors become messages."""
    try:
        app()
    except RecordsRejected as error:
        for issue in error.issues:
            print(issue, file=sys.stderr)  # noqa: T201 - the command line speaks
        sys.exit(1)
    except SQLAlchemyError as error:
        code = "DATABASE_FAILED"
        print(f"catalog: {code}: {type(error).__name__}; is this a database of the catalogue?", file=sys.stderr)  # noqa: T201 - the command line speaks
        sys.exit(3)
    except (CatalogError, OSError) as error:
        code = error.code if isinstance(error, CatalogError) else type(error).__name__
        print(f"catalog: {code}: {error}", file=sys.stderr)  # noqa: T201 - the command line speaks
        sys.exit(2 if code == "SETTING_INVALID" else 3)
