"""The cold page on PostgreSQL against PostGraphile 5 on the same server, with a normalised schema of its own."""

import base64
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path

import orjson

from bench import tuning
from bench.comparing import check_same_values
from bench.copying import copy_catalogue, copy_normalised
from bench.dataset import Dataset
from bench.errors import NotBuilt
from bench.installing import POSTGRAPHILE
from bench.measurement import Measurement, not_measured
from bench.postgres import plain_address, postgres
from bench.questions import PAGE, SIZE, cursor, pages_by_post, places, post
from bench.rounds import Contestant, ask, measure
from bench.servers import free_port, our_server, serving
from catalog.db.engine import open_database
from catalog.db.migrate import migrate
from catalog.model.state import ensure_state

SECONDS = 3.0
WORK = "cold page, 20 of 100,000 credentials, PostgreSQL"
AGAINST = "PostGraphile 5"
GOAL = ">= 1x, aim 2x"
CONNECTIONS = 10
"""As many as node-postgres opens unless told otherwise; more made it no faster."""
CURSOR = (
    "query($slug: String!) { credentials(first: 1, orderBy: [SLUG_ASC], condition: {slug: $slug}) { edges { cursor } } }"
)


def measure_projection(data: Dataset, normalised: Path, node: "Future[Path]", folder: Path) -> list[Measurement]:
    epoch, slugs = places(data.large)
    with ExitStack() as running:
        fresh = running.enter_context(postgres(folder / "postgres"))
        try:
            theirs = _postgraphile(running, fresh, normalised, node, slugs, folder)
        except NotBuilt as error:
            return [not_measured(WORK, AGAINST, GOAL, error)]
        port = running.enter_context(our_server(_catalogue(fresh, data), folder, CATALOG_CACHE_BYTES="0"))
        ours = Contestant(port, pages_by_post("/graphql", PAGE, [cursor(epoch, slug) for slug in slugs]))
        check_same_values(ours, theirs)
        figures = measure({"ours": ours, AGAINST: theirs}, SECONDS)
    own, other = figures["ours"], figures[AGAINST]
    details = {"ours": own.to_json(), "reference": other.to_json()}
    note = "PostGraphile shows ranges, credit, dates and prices as flat fields, a skill inside its link; the values are the same"
    return [Measurement(WORK, own.seconds, other.seconds, AGAINST, GOAL, note, tuning.POSTGRAPHILE, details)]


def _catalogue(fresh: Callable[[], str], data: Dataset) -> str:
    url = fresh()
    database = open_database(url)
    migrate(database, prepare=ensure_state)
    database.dispose()
    copy_catalogue(data.large, plain_address(url))
    return url


def _postgraphile(
    running: ExitStack,
    fresh: Callable[[], str],
    normalised: Path,
    node: "Future[Path]",
    slugs: Sequence[str],
    folder: Path,
) -> Contestant:
    executable, address, port = node.result(), plain_address(fresh()), free_port()
    copy_normalised(normalised, address)
    environment = {
        "GRAPHILE_ENV": "production",
        "NODE_ENV": "production",
        "PORT": str(port),
        "BENCH_DATABASE_URL": address,
        "BENCH_CONNECTIONS": str(CONNECTIONS),
    }
    running.enter_context(serving((str(executable), "server.mjs"), environment, port, "/graphql", folder, POSTGRAPHILE))
    page = (POSTGRAPHILE / "page.graphql").read_text()
    return Contestant(port, [post("/graphql", page, {"first": SIZE, "after": one}) for one in _cursors(port, slugs)])


def _cursors(port: int, slugs: Sequence[str]) -> list[str]:
    """A cursor is the digest of an order with the key in it; one that PostGraphile has made tells the digest."""
    answer = orjson.loads(ask(port, post("/graphql", CURSOR, {"slug": slugs[0]})).body)
    digest, key = orjson.loads(base64.b64decode(answer["data"]["credentials"]["edges"][0]["cursor"]))
    assert key == slugs[0], "a cursor of another form"
    return [base64.b64encode(orjson.dumps([digest, slug])).decode() for slug in slugs]
