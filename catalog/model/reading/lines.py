"""What somebody wrote into one short field: one line, without markup, held to a size before anything looks at it."""

import re
from typing import Any

from catalog.model.cleaning import clean_line
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a letter, as texts have it that were cut inside one: no file and no database can hold it."""


def one_line(value: Any, meaning: str) -> str:
    """The words with single spaces between them, at most 300 characters, as a Record takes them.

    `meaning` is what they should say, such as "a price". Raises Unreadable for what is no text, empty or longer.
    """
    if not isinstance(value, str):
        raise Unreadable(f"is no text, where {meaning} was expected")
    plain = _held(value, meaning)
    if LONE_SURROGATE.search(plain):
        raise Unreadable("holds half of a letter: it was cut inside one")
    return _held(clean_line(plain), meaning)


def _held(text: str, meaning: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise Unreadable("is empty")
    if len(line) > LINE_LENGTH:
        raise Unreadable(f"has {len(line)} characters where {meaning} was expected")
    return line
