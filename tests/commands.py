"""Our commands inside the process of the tests: what a shell would see of them, without the seconds that a start takes.

What is about processes (signals, children, several at once, the installed program itself) is in tests/processes.py.
"""

import io
import os
import sys
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest import mock

from typer import rich_utils

from catalog import cli

PROCESSES = {"serve", "work"}
"""They set signal handlers and logs for the whole process: tests.processes.running starts them."""


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(arguments, env, folder, expect=0):
    """Runs `catalog` with exactly these variables, in this folder, with nothing on standard input.

    An exception that a shell would see as a traceback is raised here: no test expects one.
    """
    assert arguments[0] not in PROCESSES
    out, err = _stream("surrogateescape"), _stream("backslashreplace")
    with ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, env, clear=True))
        stack.enter_context(mock.patch.object(sys, "argv", ["catalog", *arguments]))
        stack.enter_context(mock.patch.object(sys, "stdin", io.StringIO()))
        stack.enter_context(mock.patch.object(sys, "excepthook", sys.excepthook))  # typer puts its own there
        stack.enter_context(mock.patch.multiple(rich_utils, FORCE_TERMINAL=None, MAX_WIDTH=None))  # read at its import
        stack.enter_context(chdir(folder))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        code = _exit_code()
    done = Done(code, _text(out), _text(err))
    assert done.returncode == expect, done
    return done


def _exit_code():
    try:
        cli.main()
    except SystemExit as left:
        return {None: 0}.get(left.code, left.code)
    return 0


def _stream(errors):
    """As Python opens them where no locale is set: UTF-8, and no terminal."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, write_through=True)


def _text(stream):
    return stream.buffer.getvalue().decode("utf-8").replace("\r\n", "\n")
