"""`catalog ingest FILE`, and what can be done afterwards with what was sent."""

from typing import Any

import typer
from typer.core import TyperGroup

from catalog.cli.ingest.decided import discard, release, rollback
from catalog.cli.ingest.file import file
from catalog.cli.ingest.history import show, show_one

DEFAULT = "file"


class FileFirst(TyperGroup):
    """What is no command of this group is the file to publish."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words = [one for one in args if not one.startswith("-")]
        if words and words[0] not in self.commands:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(
            ctx.command_path, "FILE [OPTIONS] | list | show RUN | release RUN | discard RUN | rollback RUN"
        )


app = typer.Typer(cls=FileFirst, no_args_is_help=True, add_completion=False, help="Publish a file of any format we read.")
app.command(DEFAULT)(file)
app.command("list")(show)
app.command("show")(show_one)
app.command("release")(release)
app.command("discard")(discard)
app.command("rollback")(rollback)


@app.callback()
def main() -> None:
    """Publish a file of any format we read; `catalog ingest FILE --help` shows how."""
