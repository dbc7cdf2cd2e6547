"""What words beside an amount say of it: what it is counted by, for whom it is, and whether tax is in it."""

import re

from catalog.model.reading.unreadable import Unreadable

_TAXES = r"(?:applicable )?(?:tax(?:es)?|gst|hst|pst)(?: ?(?:\+|&|and|/) ?pst)?"
_WHO = r"(?: (?:students?|learners?|fees?|tuition))?"
_CANADIANS = r"(?: (?:students?|learners?|residents?|fees?|tuition)\b|(?=:))"
_EACH = r"(?:/|per|a|each|every) ?"
_SAID = {
    "per": {
        "WEEK": rf"{_EACH}(?:week|wk)\b|\bweekly\b",
        "CREDIT": rf"{_EACH}(?:credit(?: hour)?|unit)\b",
        "COURSE": rf"{_EACH}(?:course|module)\b",
        "TERM": rf"{_EACH}(?:term|semester)\b",
    },
    "tax": {
        "EXTRA": rf"(?:\+|\bplus\b|\bexcl(?:uding|udes|usive of|\.)?) ?{_TAXES}\b|\b{_TAXES} (?:extra|not incl(?:uded|\.)?)",
        "EXEMPT": r"\b(?:no (?:tax|gst)|(?:tax|gst)[ -](?:exempt|free)|exempt from (?:tax|gst))\b",
        "INCLUDED": rf"\bincl(?:uding|udes|uded|usive of|\.)? ?{_TAXES}\b|\b{_TAXES} incl(?:uded|\.)?",
    },
    "residency": {
        "ALL": rf"\b(?:for )?(?:all (?:students|learners)|domestic ?(?:and|&|/) ?international{_WHO})\b",
        "INTERNATIONAL": rf"\b(?:for )?(?:international|int'?l|overseas|foreign){_WHO}\b",
        "OUT_OF_PROVINCE": rf"\b(?:for )?out[ -]of[ -]province{_WHO}\b",
        "BC": r"\b(?:for )?(?:bc|b\.c\.|british columbia) (?:residents?|students?|learners?)\b",
        "DOMESTIC": rf"\b(?:for )?(?:domestic{_WHO}|(?:canadian|home){_CANADIANS})",
    },
}
_PATTERNS = {field: {value: re.compile(one) for value, one in values.items()} for field, values in _SAID.items()}
_FILLER = re.compile(
    r"\b(?:(?:course |program |programme |tuition )?(?:fees?|costs?|price|tuition)|(?:in )?total|and|only)\b"
    r"|(?:/|\bper\b) ?(?:person|participant|student|learner|registrant)\b|[\s.,;:/|&()*-]"
)
_EACH_PAYMENT = re.compile(r"\beach\b")


def said_of_a_price(words: str, *, is_several: bool = False) -> dict[str, str]:
    """`per`, `tax` and `residency` as far as the words, in lower case, say them. Raises Unreadable for any other word.

    `is_several` is for payments of one kind, "2 x $500 each".
    """
    found: dict[str, str] = {}
    rest = _EACH_PAYMENT.sub(" ", words) if is_several else words
    for field, patterns in _PATTERNS.items():
        for value, pattern in patterns.items():
            rest, count = pattern.subn(" ", rest)
            if count and field in found:
                raise Unreadable("says two things at once")
            if count:
                found[field] = value
    if _FILLER.sub("", rest):
        raise Unreadable("says more than a price")
    return found
