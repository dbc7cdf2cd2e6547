"""`catalog feeds`: where sources publish by themselves."""

import typer

from catalog.cli.feeds.add import add
from catalog.cli.feeds.changing import pause, remove, resume
from catalog.cli.feeds.history import history, show
from catalog.cli.feeds.pull import pull

app = typer.Typer(no_args_is_help=True, help="Where sources publish by themselves; the worker pulls what is due.")
app.command("add")(add)
app.command("list")(show)
app.command("pull")(pull)
app.command("pause")(pause)
app.command("resume")(resume)
app.command("remove")(remove)
app.command("history")(history)
