"""`catalog ingest FILE`, and what can be done afterwards with what was sent."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from catalog.cli.ingest.decided import discard, release, rollback
from catalog.cli.ingest.file import OfOneFile, file
from catalog.cli.ingest.history import show, show_one

DEFAULT = "file"


class FileFirst(TyperGroup):
    """What is no command of this group is the file to publish."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words = [one for one in args if not one.startswith("-")]
        if words and words[0] not in self.commands:
            self._look_for_a_slip(ctx, args[0])
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def _look_for_a_slip(self, ctx: Any, word: str) -> None:
        """A word that is no file, but nearly a command."""
        near = get_close_matches(word, self.commands, n=1, cutoff=0.7)
        if near and "." not in word and not Path(word).exists():
            ctx.fail(f"there is no file {word!r}; did you mean `catalog ingest {near[0]}`?")

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(
            ctx.command_path, "FILE [OPTIONS] | list | show RUN | release RUN | discard RUN | rollback RUN"
        )


HELP = """Publish a file of any format we read; options follow FILE: `catalog ingest file --help` describes them.

catalog ingest courses.xlsx --source uvic/courses --dry-run

catalog ingest courses.xlsx --source uvic/courses --on-error reject-failed
"""
app = typer.Typer(cls=FileFirst, no_args_is_help=True, add_completion=False, help=HELP)
app.command(DEFAULT, cls=OfOneFile)(file)
app.command("list")(show)
app.command("show")(show_one)
app.command("release")(release)
app.command("discard")(discard)
app.command("rollback")(rollback)


@app.callback()
def main() -> None:
    """What every command of the group begins with: nothing."""
