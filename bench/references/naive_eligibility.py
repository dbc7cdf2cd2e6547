"""Eligibility as it is first written: one query for each credential, its rule read and walked through."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, create_engine, select


class NaiveCredential(SQLModel, table=True):
    id: str = Field(primary_key=True)
    rule: str


class Naive:
    """A database of its own with the rules as JSON."""

    def __init__(self, path: Path, rules: dict[str, str], held: Iterable[str]) -> None:
        self.engine: Engine = create_engine(f"sqlite:///{path}")
        SQLModel.metadata.tables["naivecredential"].create(self.engine)
        self.held = frozenset(held)
        with Session(self.engine) as session:
            session.add_all(NaiveCredential(id=name, rule=rule) for name, rule in rules.items())
            session.commit()
        self.session = Session(self.engine)

    def evaluate_all(self, credentials: Iterable[str]) -> None:
        for one in credentials:
            self.evaluate(one)

    def evaluate(self, credential: str) -> int:
        """2 where it is met, else 0."""
        found = self.session.exec(select(NaiveCredential).where(NaiveCredential.id == credential)).one()
        rule = json.loads(found.rule)
        return 2 if rule is None or self._holds(rule) else 0

    def _holds(self, rule: dict[str, Any]) -> bool:
        if rule["__typename"] == "Holds":
            return rule["credential"] in self.held
        return (all if rule["__typename"] == "AllOf" else any)(self._holds(one) for one in rule["rules"])
