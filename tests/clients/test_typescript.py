"""graphql-codegen makes TypeScript of the schema and of operations, and the compiler accepts a front-end that uses it."""

import json
import shutil

import pytest

from tests.clients.node import HERE, run_node
from tests.processes import ROOT

pytestmark = pytest.mark.usefixtures("node")
FRONTEND = ROOT / "tests" / "schema" / "frontend"
DOCUMENTS = {"operations": HERE / "typescript" / "documents", **({"frontend": FRONTEND} if FRONTEND.is_dir() else {})}
SCALARS = dict.fromkeys(("Date", "DateTime", "Decimal", "Duration"), "string")
CHECK = ("tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler")


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """The folder of what graphql-codegen wrote; strictScalars refuses a scalar that is not mapped."""
    folder = tmp_path_factory.mktemp("typescript")
    outputs = {"schema.ts": {"plugins": ["typescript"]}} | {
        f"{name}.ts": {"documents": str(documents / "*.graphql"), "plugins": ["typescript-operations"]}
        for name, documents in DOCUMENTS.items()
    }
    config = {
        "schema": str(ROOT / "catalog" / "schema" / "schema.graphql"),
        "config": {"strictScalars": True, "scalars": SCALARS},
        "generates": {str(folder / name): output for name, output in outputs.items()},
    }
    (folder / "codegen.json").write_text(json.dumps(config))
    run_node("graphql-codegen", "--config", str(folder / "codegen.json"))
    return folder


def test_the_types_of_schema_and_operations_compile_with_their_use(generated):
    shutil.copy(HERE / "typescript" / "usage.ts", generated)
    files = sorted(path.name for path in generated.glob("*.ts"))
    assert {"operations.ts", "schema.ts", "usage.ts"} <= set(files)
    run_node(*CHECK, *files, folder=generated)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_operation_has_a_type(name, generated):
    asked = [
        line
        for path in DOCUMENTS[name].glob("*.graphql")
        for line in path.read_text().splitlines()
        if line.startswith("query ")
    ]
    assert asked != []
    assert (generated / f"{name}.ts").read_text().count("QueryVariables = Exact<") == len(asked)
