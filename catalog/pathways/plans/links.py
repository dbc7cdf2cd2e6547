"""A plan as text that fits into an address: its steps and their days, and nothing about whoever asked."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import orjson

from catalog.model.identity import is_id

LONGEST = 16_000
MOST_STEPS = 100
FIRST_DAY, LAST_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()


class LinkInvalid(ValueError):
    """Not a plan that we have written."""


@dataclass(frozen=True, slots=True)
class LinkedStep:
    """`offering` None: a step of typical length. Days are ordinals."""

    credential: str
    offering: str | None
    starts: int
    ends: int


def write_link(steps: Iterable[LinkedStep]) -> str:
    listed = [[one.credential, one.offering or "", one.starts, one.ends] for one in steps]
    return base64.urlsafe_b64encode(orjson.dumps(listed)).decode().rstrip("=")


def read_link(text: str) -> list[LinkedStep]:
    """Raises LinkInvalid."""
    if len(text) > LONGEST:
        raise LinkInvalid(f"is longer than {LONGEST} characters")
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        value = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError):
        raise LinkInvalid("is not a plan of this catalogue") from None
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        raise LinkInvalid(f"is not a list of at most {MOST_STEPS} steps")
    steps = [_step(one) for one in value]
    if len({(one.credential, one.offering) for one in steps}) < len(steps):
        raise LinkInvalid("has a step twice")
    return steps


def _step(value: object) -> LinkedStep:
    match value:
        case [str(credential), str(offering), int(starts), int(ends)]:
            is_known = is_id(credential) and (not offering or is_id(offering))
            if is_known and FIRST_DAY <= starts <= ends <= LAST_DAY:
                return LinkedStep(credential, offering or None, starts, ends)
    raise LinkInvalid("has a step that is none")
