"""Both engines for tests: the embedded one in a folder, and a live Meilisearch where there is one."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from uuid import uuid4

import httpx
import pytest

from catalog.db.transactions import read_snapshot
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery, Moment, find_places
from catalog.model.listing import Slice, list_things
from catalog.model.places import load_campuses
from catalog.model.viewer import Everything
from catalog.model.vocabulary import RecordType
from catalog.search.finder import Finder, Request
from catalog.search.narrowing.order import SearchSort
from catalog.search.opening import open_engine, open_writer
from catalog.search.sync import follow, reindex
from tests.conftest import NOW
from tests.processes import free_port
from tests.served import SYNONYMS

WITHOUT_MEILISEARCH = "needs Meilisearch: set MEILI_URL (and MEILI_MASTER_KEY) or put `meilisearch` on PATH"
MASTER_KEY = "a-master-key-of-the-tests"


@dataclass
class Server:
    """A Meilisearch: where it listens, and the key that may do everything."""

    url: str
    key: str | None
    process: subprocess.Popen | None = None

    def ask(self, method, path, **more):
        headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
        return httpx.request(method, f"{self.url}{path}", headers=headers, timeout=30, **more)

    def key_for(self, url, *actions):
        """A key that may do no more, and only with the indexes of that address."""
        indexes = [f"{url.partition('#')[2]}_*"]
        made = self.ask("POST", "/keys", json={"actions": list(actions), "indexes": indexes, "expiresAt": None}).json()
        return made["key"]


@contextmanager
def meilisearch_server(folder):
    """None where there is none."""
    if url := os.environ.get("MEILI_URL"):
        yield Server(url, os.environ.get("MEILI_MASTER_KEY"))
        return
    program = shutil.which("meilisearch")
    if program is None:
        yield None
        return
    with started(program, folder, free_port()) as server:
        yield server


@contextmanager
def started(program, folder, port):
    """A server of the test's own, on its data in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [program, "--http-addr", f"127.0.0.1:{port}", "--master-key", MASTER_KEY, "--db-path", str(folder / "data")]
    process = subprocess.Popen(
        [*command, "--no-analytics", "--log-level", "ERROR"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", MASTER_KEY, process)
    try:
        wait_healthy(server)
        yield server
    finally:
        process.kill()
        process.wait()


def wait_healthy(server):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if server.ask("GET", "/health").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("Meilisearch does not start")


@dataclass
class Indexed:
    """A catalogue with one engine: publish, then `settle`, then find."""

    database: object
    url: str
    key: str | None = None
    now: datetime = NOW
    finder: Finder = field(init=False)

    def __post_init__(self):
        self.finder = Finder(open_engine(self.url, self.key), SYNONYMS)
        self.writer = open_writer(self.url, self.key)

    def clock(self):
        return self.now

    def settle(self):
        """Follows the change log to its end."""
        for _ in range(50):
            if not follow(self.database, self.writer, self.clock):
                return self.writer.position()
        raise AssertionError("the index never catches up")

    def reindex(self, **more):
        return reindex(self.database, self.writer, self.clock, **more)

    def find(self, text="", sort="RELEVANCE", now=None, widened=None, **conditions):
        """Slugs in order, with what else was found."""
        wanted = CredentialFilter(**conditions)
        with read_snapshot(self.database) as connection:
            query = CredentialQuery(wanted, None, find_places(connection, wanted))
            campuses = {one: own.coordinates for one, own in load_campuses(connection).items() if own.coordinates}
            things = list_things(connection, RecordType.CREDENTIAL, Everything(), Slice(10_000))
        known = dict(things)
        moment = Moment(now or self.now, 400)
        results = self.finder.find(
            Request(text, query, moment, SearchSort(sort), campuses if wanted.near else None, widened)
        )
        found = results.found
        ids = [one.decode() for one in found.results.credential("id")]
        order = [int(place) for place in found.order]
        slugs = {one: known.get(one, f"gone/{one}") for one in ids}
        return SimpleNamespace(
            slugs=[slugs[ids[place]] for place in order],
            ids=[ids[place] for place in order],
            total=found.total,
            widened=results.is_widened,
            offerings={slugs[ids[place]]: found.offerings(place) for place in order},
            values=[found.values[place] for place in order],
            distances={slugs[ids[place]]: float(found.distances[place]) for place in order},
            results=results,
            meant=self.finder.correct(results.query) if not found.total else None,
        )

    def refs(self, text="", **more):
        return [slug.partition("/")[2] for slug in self.find(text, **more).slugs]


def make(engine, database, folder, server, now=NOW):
    if engine == "tantivy":
        return Indexed(database, str(folder / "index"), now=now)
    if server is None:
        pytest.skip(WITHOUT_MEILISEARCH)
    return Indexed(database, f"{server.url}#test_{uuid4().hex[:12]}", server.key, now=now)
