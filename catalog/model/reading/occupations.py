"""Codes of the National Occupational Classification: 2021 has five digits, and 2016's four are never taken for it."""

import re

from catalog.model.reading.lines import one_line
from catalog.model.reading.unreadable import Unreadable

_NAME = r"(?:(?:noc|cnp)[\s:_#-]*)?"
_CODE = re.compile(
    rf"(?:https?://\S*(?:noc|cnp)\S*[/#=])?{_NAME}"
    rf"(?:(?P<edition>2021|2016|2011|2006|2001)(?:[ .]?v?[0-9](?:\.[0-9])?)?[\s:_-]+)?{_NAME}"
    rf"(?P<code>[0-9]{{1,5}})(?:\.0{{1,2}})?(?:[\s:,\u2013\u2014-]+[^\W\d_].*)?"
)
_NOC_2021 = re.compile(r"[0-9][0-5][0-9]{3}")
"""The second digit is the TEER, from 0 to 5."""
EDITION = "2021"
DIGITS, OLD_DIGITS = 5, 4


def read_noc(text: str) -> str:
    """The five digits of "21231", "NOC 2021 21231" or "21231 - Software engineers and designers".

    Raises Unreadable: NOC_OUTDATED for a code of an older edition, LEADING_ZERO_LOST for one with fewer digits.
    """
    plain = one_line(text, "a code of NOC 2021")
    found = _CODE.fullmatch(plain.lower())
    if found is None:
        raise Unreadable(f"is no code of NOC 2021: {plain[:40]!r}", hint="write five digits, such as 21231")
    code, edition = found["code"], found["edition"]
    if edition not in (None, EDITION) or (len(code) == OLD_DIGITS and edition is None):
        hint = "find its code in NOC 2021, which has five digits; a five-digit code may have lost its leading zero"
        raise Unreadable(f"is a code of an older edition of NOC: {plain[:40]!r}", "NOC_OUTDATED", hint)
    if len(code) < DIGITS:
        hint = f"did you mean {code.zfill(DIGITS)}? Format the cells of codes as text"
        raise Unreadable(f"has {len(code)} digits where NOC 2021 has five: {plain[:40]!r}", "LEADING_ZERO_LOST", hint)
    if not _NOC_2021.fullmatch(code):
        raise Unreadable(f"is no code of NOC 2021, whose second digit is 0 to 5: {plain[:40]!r}")
    return code
