"""Node, the packages of package.json, and scripts that run on them."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
LONGEST_SECONDS = 60


def require_node():
    """Skips where Node or the packages are absent; fails where CATALOG_REQUIRE_NODE is 1."""
    if shutil.which("node") is None:
        lacking = "node is not installed"
    elif not PACKAGES.is_dir():
        lacking = "tests/clients/node_modules is absent"
    else:
        return
    message = f"{lacking}: install Node 20 or newer; `make test` installs the packages"
    if os.environ.get("CATALOG_REQUIRE_NODE") == "1":
        pytest.fail(message)
    pytest.skip(message)


def run_node(*arguments, folder=HERE):
    """The output of a script, or of a tool in node_modules/.bin."""
    tool = PACKAGES / ".bin" / arguments[0]
    command = [str(tool), *arguments[1:]] if tool.exists() else ["node", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class Paging:
    """A script that shows a page a line, and goes on when told to; at last `requests` holds what it sent."""

    def __init__(self, process, complaints):
        self.process = process
        self.complaints = complaints
        self.requests = None

    def __iter__(self) -> Iterator[dict]:
        while self.requests is None:
            line = self.process.stdout.readline()
            assert line, self._why()
            told = json.loads(line)
            if "requests" in told:
                self.requests = told["requests"]
            else:
                yield told
                self.process.stdin.write("next\n")
                self.process.stdin.flush()

    def _why(self):
        self.complaints.seek(0)
        return f"the client ended early:\n{self.complaints.read()}"


@contextmanager
def paging(script, *arguments):
    with tempfile.TemporaryFile("w+") as complaints:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": complaints}
        with subprocess.Popen(["node", script, *arguments], cwd=HERE, text=True, **pipes) as process:
            watch = Timer(LONGEST_SECONDS, process.kill)
            watch.start()
            try:
                yield Paging(process, complaints)
            finally:
                watch.cancel()
                process.kill()
