"""The same data as rows of five tables, for references that keep it so: what the page shows, and nothing else.

Lists of parts that have no table of their own (identifiers, fees) are JSON, and days and moments are already the text
that is shown: less work for the reference, not more.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

COLUMNS = {
    "institution": ("id", "slug", "name", "kind", "url"),
    "skill": ("id", "code", "label"),
    "credential": (
        *("id", "slug", "provider_id", "kind", "title", "summary", "url", "languages", "audiences", "assessed"),
        *("issues_badge", "identifiers", "hours_min", "hours_max", "weeks", "credit_value", "credit_unit", "credit_status"),
    ),
    "credential_skill": ("credential_id", "ordinal", "skill_id"),
    "offering": (
        *("credential_id", "ordinal", "ref", "label", "intake", "mode", "attendance", "starts_on", "starts_precision"),
        *("ends_on", "registration_opens_at", "registration_closes_at", "seats", "price_amount", "price_currency", "fees"),
    ),
}
"""In an order in which foreign keys hold."""

Rows = Iterator[tuple[str, tuple[Any, ...]]]
"""Each with the name of its table; lists and objects are JSON text."""


def rows(database: Path) -> Rows:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for kind, reader in _READERS.items():
            for (body,) in connection.execute("SELECT body FROM document WHERE type = ?", (kind,)):
                yield from reader(orjson.loads(body))


def _institution(one: dict[str, Any]) -> Rows:
    yield "institution", (one["id"], one["slug"], one["name"]["en"], one["kind"], one["url"])


def _skill(one: dict[str, Any]) -> Rows:
    yield "skill", (one["id"], one["code"], one["label"]["en"])


def _credential(one: dict[str, Any]) -> Rows:
    hours, weeks, credit = one["statedHours"], one["weeks"], one["credit"]
    texts = (one["title"]["en"], one["summary"]["en"], one["url"], _json(one["languages"]), _json(one["audiences"]))
    identifiers = [{"scheme": own["scheme"], "value": own["value"]} for own in one["identifiers"]]
    stated = (one["assessed"], one["issuesBadge"], _json(identifiers))
    numbers = (hours["min"], hours["max"], weeks["min"], credit["value"], credit["unit"], credit["status"])
    yield "credential", (one["id"], one["slug"], one["provider"], one["kind"], *texts, *stated, *numbers)
    yield from (("credential_skill", (one["id"], ordinal, skill)) for ordinal, skill in enumerate(one["skills"]))
    yield from (("offering", (one["id"], ordinal, *_offering(run))) for ordinal, run in enumerate(one["offerings"]))


def _offering(run: dict[str, Any]) -> tuple[Any, ...]:
    fees = [
        {"kind": fee["kind"], "residency": fee["residency"], "amount": {"amount": fee["amount"]["amount"]}}
        for fee in run["fees"]
    ]
    texts = (run["ref"], run["label"], run["intake"], run["mode"], _json(run["attendance"]))
    dates = (run["startsOn"]["earliest"], run["startsOn"]["precision"], run["endsOn"]["earliest"])
    registration = (run["registrationOpensAt"], run["registrationClosesAt"])
    return *texts, *dates, *registration, run["seats"], run["price"]["amount"], run["price"]["currency"], _json(fees)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


_READERS = {"institution": _institution, "skill": _skill, "credential": _credential}
