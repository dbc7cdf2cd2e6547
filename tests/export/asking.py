"""Exports as files in memory, and what stands in them, read without the code that wrote them."""

import csv
import io
import json
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import openpyxl

from catalog.db.transactions import read_snapshot
from catalog.export.items import Items
from catalog.formats.ctdl.read import read
from catalog.model.reading.content import open_content
from catalog.model.reading.delivery import Told
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous
from catalog.schema.exports import Ending, Exporter

LICENCE = "https://licence.example/open"
ENDINGS = [str(one) for one in Ending]
LISTED = """query ($filter: CredentialFilter, $after: String) { credentials(filter: $filter, first: 100, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { id slug offerings(when: ALL) { id status } } } } }"""


@dataclass
class Exported:
    data: bytes
    items: Items


@contextmanager
def asking(served, check=lambda: None):
    """One snapshot, asked as the export routes ask it."""
    deadline = time.monotonic() + 60
    with read_snapshot(served.database, deadline) as connection:
        context = served.service.make_context(connection, read_state(connection), Anonymous(), deadline, check)
        with context.closing:
            yield context


def exporter(served, licence=LICENCE):
    return Exporter(served.service.store.schema, licence)


def export(served, ending, filter=None, check=lambda: None, licence=LICENCE):  # noqa: A002 - as the API calls it
    file = io.BytesIO()
    asked = None if filter is None else json.dumps(filter)
    with asking(served, check) as context:
        items = exporter(served, licence).credentials(context, Ending(ending), asked, file)
    return Exported(file.getvalue(), items)


def bundle(served, check=lambda: None, licence=LICENCE):
    file = io.BytesIO()
    with asking(served, check) as context:
        exporter(served, licence).bundle(context, file)
    return file.getvalue()


def coverage(served, ending, by, *arguments, **more):
    file = io.BytesIO()
    with asking(served) as context:
        exporter(served).coverage(context, Ending(ending), file, by, *arguments, **more)
    return file.getvalue()


def listed(served, filter=None):  # noqa: A002 - as the API calls it
    """The nodes of every page of the GraphQL list."""
    found, after = [], None
    while True:
        page = served.data(LISTED, {"filter": filter, "after": after})["credentials"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found
        after = page["pageInfo"]["endCursor"]


def csv_rows(data):
    """Rows as dictionaries; an empty cell is None."""
    text = data.decode("utf-8-sig")
    return [
        {name: cell or None for name, cell in one.items()}
        for one in csv.DictReader(io.StringIO(text, newline=""), strict=True)
    ]


def sheets(data):
    """Rows of each sheet as dictionaries, by its name."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    found = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    book.close()
    return found


def graph(data):
    return json.loads(data)["@graph"]


def ids(ending, data):
    """Ids of the credentials in a file, in its order; a credential that stands there twice is an error."""
    match ending:
        case "json":
            found = [one["id"] for one in json.loads(data)["credentials"]]
        case "ndjson":
            found = [json.loads(line)["id"] for line in data.splitlines()]
        case "csv":
            found = list(dict.fromkeys(one["id"] for one in csv_rows(data)))
        case "xlsx":
            found = list(dict.fromkeys(one["id"] for one in sheets(data)["Credentials"]))
        case "jsonld":
            found = [one["@id"].removeprefix("urn:uuid:") for one in graph(data)[1:]]
        case "ctdl.json":
            found = list(ctdl_records(data))
    assert len(found) == len(set(found))
    return found


def ctdl_records(data):
    """Credentials as our own reader reads them, by the id in their CTID."""
    told = Told()
    delivery = read(open_content(data, told), told)
    assert [str(one) for one in delivery.issues if one.severity == "ERROR"] == []
    found = {}
    for one in delivery.records:
        if one.type == "credential":
            (ctid,) = (own.value for own in one.identifiers if own.scheme == "ctid")
            found[ctid.removeprefix("ce-")] = one
    return found


def offering_ids(ending, data):
    """Ids of offerings in a file, where the format names them."""
    match ending:
        case "json":
            return [run["id"] for one in json.loads(data)["credentials"] for run in one["offerings"]]
        case "ndjson":
            return [run["id"] for line in data.splitlines() for run in json.loads(line)["offerings"]]
        case "csv":
            return [one["offering_id"] for one in csv_rows(data) if one["offering_id"]]
        case "xlsx":
            return [one["offering_id"] for one in sheets(data)["Credentials"] if one["offering_id"]]
        case "ctdl.json":
            nodes = [one for one in graph(data) if one["@type"] == "ceterms:ScheduledOffering"]
            return [one["@id"].removeprefix("urn:uuid:") for one in nodes]


def moment(text):
    found = datetime.fromisoformat(text)
    assert found.tzinfo is not None
    return found
