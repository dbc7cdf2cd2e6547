"""Items that failed and came back as JSON, mended and sent again: each is read as if it had come alone."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from catalog.errors import Issue
from catalog.ingest.joining import Joining
from catalog.model.reading.content import Content, ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Delivery, Told

KEY = "rejected"
Reader = Callable[[Content, Told], Delivery]


def is_sent_again(content: Content) -> bool:
    """Whether a file is one that `write_rejected` of catalog.ingest.rejecting made."""
    value = content.value
    if content.kind is not Kind.JSON or not isinstance(value, Mapping) or set(value) != {"format", KEY}:
        return False
    return isinstance(value[KEY], list) and all(isinstance(one, Mapping) and "item" in one for one in value[KEY])


def read_again(content: Content, told: Told, read: Reader) -> Delivery:
    """A part of what its source states: what it leaves out stays."""
    joining = Joining()
    for number, one in enumerate(content.value[KEY], start=1):
        joining.add(str(one.get("place") or f"item {number}"), _read(one["item"], told, read))
    delivery = joining.joined()
    delivery.format, delivery.is_mended = str(content.value["format"]), True
    return delivery


def _read(item: Any, told: Told, read: Reader) -> Delivery:
    data = item.encode() if isinstance(item, str) else orjson.dumps(item)
    try:
        return read(open_content(data, told), told)
    except ContentRefused as error:
        return Delivery("unknown", issues=[error.issue])
    except orjson.JSONEncodeError as error:
        return Delivery("unknown", issues=[Issue("JSON_INVALID", f"the item cannot be read: {error}")])
