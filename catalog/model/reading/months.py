"""Months and days of the week by name, in English and French."""

import re
from datetime import date

_MONTHS = (
    "january janvier jan", "february f\u00e9vrier fevrier feb f\u00e9v", "march mars mar", "april avril apr avr", "may mai",
    "june juin jun", "july juillet jul juil", "august ao\u00fbt aout aug", "september septembre sep sept",
    "october octobre oct", "november novembre nov", "december d\u00e9cembre decembre dec d\u00e9c",
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBER_OF, key=len, reverse=True))})\b\.?"
"""As a pattern for text in lower case."""
_WEEKDAYS = (
    "monday mon lundi", "tuesday tue tues mardi", "wednesday wed wednes mercredi", "thursday thu thur thurs jeudi",
    "friday fri vendredi", "saturday sat samedi", "sunday sun dimanche",
)  # fmt: skip
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAY_OF, key=len, reverse=True))})\b\.?"
_WORD = re.compile(r"[^\W\d_]+|[^\s]")
_BESIDE_MONTHS = frozenset(
    [
        ",",
        "/",
        ";",
        "&",
        ".",
        "(",
        ")",
        "and",
        "or",
        "et",
        "ou",
        "in",
        "each",
        "every",
        "annually",
        "yearly",
        "intake",
        "intakes",
        "start",
        "starts",
        "starting",
    ]
)


def month_number(name: str) -> int:
    """From 1; the name is one that MONTH matched."""
    return _NUMBER_OF[name]


def falls_on(day: date, weekday: str) -> bool:
    """Whether the day is one of that name, as WEEKDAY matched it."""
    return day.weekday() == _WEEKDAY_OF[weekday]


def months_listed(text: str) -> list[int]:
    """The months of a list such as "january, may and september"; empty where the text says anything else."""
    words = _WORD.findall(text)
    if not all(word in _NUMBER_OF or word in _BESIDE_MONTHS for word in words):
        return []
    return sorted({_NUMBER_OF[word] for word in words if word in _NUMBER_OF})
