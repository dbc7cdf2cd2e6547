"""The real server on a copy of the seeded database."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.gql_pages import gql_pages
from tests.clients.node import paging, require_node
from tests.clients.relay_compiler import compile_relay
from tests.clients.sgqlc_pages import generate_types, sgqlc_pages
from tests.processes import environment, free_port, running, wait_until_ready


@dataclass(frozen=True)
class Server:
    address: str
    database_url: str


@contextmanager
def serving(seed, folder) -> Iterator[Server]:
    shutil.copy(seed, folder / "catalog.db")
    url, port = f"sqlite:///{folder / 'catalog.db'}", free_port()
    env = environment(url, folder, CATALOG_PORT=str(port))
    with running(["serve", "--no-worker"], env, folder) as process:
        wait_until_ready(port, process)
        yield Server(f"http://127.0.0.1:{port}/graphql", url)


@pytest.fixture(scope="session")
def node():
    require_node()


@pytest.fixture(scope="session")
def server(sqlite_seed, tmp_path_factory) -> Iterator[Server]:
    """One server for all clients that only read."""
    with serving(sqlite_seed, tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture
def own_server(sqlite_seed, tmp_path) -> Iterator[Server]:
    """A server whose database the test may change."""
    with serving(sqlite_seed, tmp_path) as started:
        yield started


@pytest.fixture(scope="session")
def relay_artifacts(node, tmp_path_factory) -> Path:
    return compile_relay(tmp_path_factory.mktemp("relay"))


@pytest.fixture(params=["apollo", "urql", "relay", "gql", "sgqlc"])
def open_pages(request, tmp_path) -> Callable[[Server], AbstractContextManager[Iterable[dict]]]:
    """How each client pages through all credentials: totalCount and nodes of a page after the other."""
    if request.param == "gql":
        return lambda server: gql_pages(server.address)
    if request.param == "sgqlc":
        return lambda server: nullcontext(sgqlc_pages(server.address, generate_types(server.address, tmp_path)))
    request.getfixturevalue("node")
    more = str(request.getfixturevalue("relay_artifacts")) if request.param == "relay" else "plain"
    return lambda server: paging(f"{request.param}.mjs", server.address, more)
