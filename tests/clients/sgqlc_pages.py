"""sgqlc pages through all credentials, with types that it generates from the server's introspection."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator

from sgqlc.endpoint.http import HTTPEndpoint
from sgqlc.operation import Operation


def generate_types(address, folder):
    """The module that sgqlc-codegen writes."""
    told, module = folder / "introspection.json", folder / "catalog_types.py"
    _run("sgqlc.introspection", address, told)
    _run("sgqlc.codegen", "schema", told, module)
    spec = importlib.util.spec_from_file_location(module.stem, module)
    types = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(types)
    return types


def sgqlc_pages(address, types) -> Iterator[dict]:
    endpoint = HTTPEndpoint(address)
    after, has_more = None, True
    while has_more:
        operation = _page(types, after)
        answer = endpoint(operation)
        assert "errors" not in answer, answer["errors"]
        page = (operation + answer).credentials
        nodes = [{"id": edge.node.id, "slug": edge.node.slug, "title": edge.node.title} for edge in page.edges]
        yield {"totalCount": page.total_count, "nodes": nodes}
        after, has_more = page.page_info.end_cursor, page.page_info.has_next_page


def _page(types, after):
    operation = Operation(types.Query)
    page = operation.credentials(first=25, after=after)
    page.total_count()
    page.edges.node.__fields__("id", "slug", "title")
    page.page_info.__fields__("has_next_page", "end_cursor")
    return operation


def _run(module, *arguments):
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
