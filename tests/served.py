"""A catalogue with data in it, and questions put to it without a server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import event

from catalog.app import make_finder, make_service
from catalog.db.engine import Database
from catalog.http.messages import Question
from catalog.http.service import GraphQLService
from catalog.ingest.run import ingest_file
from catalog.model.viewer import Anonymous
from catalog.search.sync import reindex
from catalog.search.tantivy.writer import TantivyWriter
from catalog.settings import Settings

ROOT = Path(__file__).parents[1]
SYNONYMS = ROOT / "seed" / "synonyms.json"
SEED = sorted((ROOT / "seed").glob("[0-9]*.json"))


@dataclass
class Served:
    database: Database
    service: GraphQLService
    index: Path

    def ask(self, query, variables=None, viewer=None):
        answer = self.service.answer(Question(query, variables=variables or {}), viewer or Anonymous())
        return json.loads(answer.body)

    def data(self, query, variables=None, viewer=None):
        answer = self.ask(query, variables, viewer)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def codes(self, query, variables=None):
        return [error["extensions"]["code"] for error in self.ask(query, variables)["errors"]]

    def index_all(self):
        reindex(self.database, TantivyWriter(self.index), self.service.clock)

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The statements sent meanwhile, without what opens and bounds the transaction."""
        sent: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("SET ", "BEGIN")):
                sent.append(statement)

        event.listen(self.database.read, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(self.database.read, "before_cursor_execute", note)


def serve(database: Database, index: Path, now: datetime, **more) -> Served:
    settings = Settings(_env_file=None, now=now, search_url=str(index), **more)
    return Served(database, make_service(settings, database, make_finder(settings)), index)


def publish_seed(database: Database, now: datetime) -> None:
    for path in SEED:
        report = ingest_file(path, database, lambda: now, largest_bytes=10_000_000)
        assert not report.is_refused, [str(issue) for issue in report.issues]
