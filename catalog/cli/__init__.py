"""The command line: turns arguments into calls, and errors into messages and exit codes.

Exit codes: 0 done; 1 the catalogue found something wrong with what it was given or holds; 2 the command was called wrongly;
3 database, index or file cannot be used; 130 interrupted.
"""

import sys
from importlib import import_module
from typing import Any

import typer
from sqlalchemy.exc import SQLAlchemyError
from typer.core import TyperGroup

from catalog.errors import ArgumentInvalid, CatalogError, RecordsRejected

COMMANDS = {
    "serve": "serve:serve",
    "work": "serve:work",
    "migrate": "keep:migrate",
    "seed": "data:seed",
    "ingest": "ingest:app",
    "feeds": "feeds:app",
    "likeness": "likeness:app",
    "template": "template:template",
    "rollover": "template:rollover",
    "demand": "demand:app",
    "coverage": "coverage:coverage",
    "export": "export:app",
    "operations": "operations:app",
    "reindex": "keep:reindex",
    "check": "keep:check",
    "export-schema": "schema:export_schema",
}
"""Where each command is written, in the order of the help."""

CALLED_WRONGLY = {
    *("SETTING_INVALID", "SOURCE_UNKNOWN", "TERM_UNKNOWN", "FEED_UNKNOWN", "FEED_EXISTS"),
    *("RUN_UNKNOWN", "RUN_ENDED", "RUN_OVERTAKEN"),
    *("LIKENESS_UNKNOWN", "LIKENESS_DECIDED", "LIKENESS_OVER", "LIKENESS_REJECTED"),
}
"""Codes of what the caller named or asked for, whatever raises them."""


class Commands(TyperGroup):
    """Loads a command when it is called: who ingests a file does not wait for the web server."""

    def list_commands(self, _ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, written = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"catalog.cli.{module}"), written)
        if not isinstance(found, typer.Typer):
            own, found = found, typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            found.command(cmd_name)(own)
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def catalog() -> None:
    """A menu-based, multi-institution micro-credential catalogue. Settings come from CATALOG_* or .env."""


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
        sys.exit(2 if isinstance(error, ArgumentInvalid) or code in CALLED_WRONGLY else 3)
