"""Compiles the small Relay application in relay/."""

import json
import shutil

from tests.clients.node import HERE, run_node
from tests.processes import ROOT

CONFIG = {
    "src": "source",
    "schema": "schema.graphql",
    "language": "javascript",
    "artifactDirectory": "artifacts",
    "eagerEsModules": False,  # Node cannot follow the imports of the other kind, which bundlers complete
}


def compile_relay(folder):
    """The folder of what relay-compiler wrote."""
    shutil.copytree(HERE / "relay", folder / "source")
    shutil.copy(ROOT / "catalog" / "schema" / "schema.graphql", folder)
    (folder / "artifacts").mkdir()
    (folder / "relay.json").write_text(json.dumps(CONFIG))
    run_node("relay-compiler", "relay.json", folder=folder)
    return folder / "artifacts"
