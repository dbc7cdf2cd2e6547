"""Installs what references need, into folders of their own that git ignores."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.errors import NotBuilt

REFERENCES = Path(__file__).parent / "references"
POSTGRAPHILE = REFERENCES / "postgraphile"
SECONDS = 600


def install_python() -> Path:
    """The Python of the references' venv. Raises NotBuilt."""
    venv, wanted = REFERENCES / ".venv", REFERENCES / "requirements.txt"
    python = venv / "bin" / "python"
    if _is_done(venv, wanted):
        return python
    _run([sys.executable, "-m", "venv", str(venv)])
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(wanted)])
    _mark_done(venv, wanted)
    return python


def install_postgraphile() -> Path:
    """The node that runs PostGraphile. Raises NotBuilt."""
    modules, wanted = POSTGRAPHILE / "node_modules", POSTGRAPHILE / "package.json"
    node = modules / ".bin" / "node"
    if _is_done(modules, wanted):
        return node
    _run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], POSTGRAPHILE)
    _run([str(node), "--version"])
    _mark_done(modules, wanted)
    return node


def _is_done(folder: Path, wanted: Path) -> bool:
    done = folder / ".installed"
    return done.is_file() and done.read_bytes() == wanted.read_bytes()


def _mark_done(folder: Path, wanted: Path) -> None:
    (folder / ".installed").write_bytes(wanted.read_bytes())


def _run(command: Sequence[str], folder: Path = REFERENCES) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuilt(command, str(error)) from error
    if done.returncode:
        raise NotBuilt(command, done.stdout + done.stderr)
