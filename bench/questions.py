"""The page as requests: one GraphQL document, and every page of the list in an order without order."""

import base64
import json
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson

PAGE = (Path(__file__).parent / "page.graphql").read_text()
SIZE = 20
JSON_HEADERS = {"content-type": "application/json", "accept": "application/json"}


def places(database: Path) -> tuple[str, list[str]]:
    """The epoch, and the slugs before each full page, shuffled: what one page leaves in a cache is of no use to the next."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (epoch,) = connection.execute("SELECT epoch FROM catalog_state").fetchone()
        slugs = [slug for (slug,) in connection.execute("SELECT slug FROM credential WHERE listed ORDER BY slug")]
    starts = slugs[: len(slugs) - SIZE : SIZE]
    random.Random(0).shuffle(starts)
    return epoch, starts


def cursor(epoch: str, slug: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([epoch, slug])).decode().rstrip("=")


def post(path: str, query: str, variables: dict[str, Any]) -> bytes:
    body = json.dumps({"query": query, "variables": variables}).encode()
    return _request("POST", path, {**JSON_HEADERS, "content-length": str(len(body))}) + body


def get(path: str, parameters: dict[str, Any], headers: dict[str, str] | None = None) -> bytes:
    address = f"{path}?{urlencode(parameters)}" if parameters else path
    return _request("GET", address, {"accept": "application/json", **(headers or {})})


def pages_by_post(path: str, query: str, cursors: Sequence[str]) -> list[bytes]:
    return [post(path, query, {"first": SIZE, "after": one}) for one in cursors]


def _request(method: str, address: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {address} HTTP/1.1", "host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()
