"""Codes of the National Occupational Classification: 2021 has five digits; what looks like 2016's four is never taken for it."""

import re

from catalog.model.reading.unreadable import Unreadable

_CODE = re.compile(
    r"(?:https?://\S*?[/#=?])?(?:(?:NOC|CNP)[\s:_-]*)?(?:(?P<version>2021|2016|2011|2006)(?:\.\d)?[\s:_-]+)?"
    r"(?:(?:NOC|CNP)[\s:_-]*)?(?P<code>\d{1,5})(?:\.\d{1,2})?",
    re.IGNORECASE,
)
DIGITS, OLD_DIGITS = 5, 4


def read_noc(text: str) -> str:
    """The five digits. Raises Unreadable: NOC_OUTDATED for a code of an older edition, LEADING_ZERO_LOST for fewer digits."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        raise Unreadable(f"is no code of NOC 2021: {text[:40]!r}", hint="write five digits, such as 21231")
    code, version = found["code"], found["version"]
    if version not in (None, "2021") or (len(code) == OLD_DIGITS and version is None):
        hint = "find its code in NOC 2021, which has five digits; a five-digit code may have lost its leading zero"
        raise Unreadable(f"is a code of an older edition of NOC: {text[:40]!r}", "NOC_OUTDATED", hint)
    if len(code) < DIGITS:
        hint = f"did you mean {code.zfill(DIGITS)}? Format the cells of codes as text"
        raise Unreadable(f"has {len(code)} digits where NOC 2021 has five: {text[:40]!r}", "LEADING_ZERO_LOST", hint)
    return code
