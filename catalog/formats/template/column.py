"""What a column of the template is: its name, the field it fills, and how its cells are read and written."""

from dataclasses import dataclass
from enum import StrEnum


class Cells(StrEnum):
    """How the cells of a column are written."""

    CODE = "a code, as text"
    CODES = "codes, with ; between them"
    LINE = "text on one line"
    LINES = "texts, with ; between them"
    PROSE = "text"
    WORD = "one of the words listed"
    WORDS = "words listed, with ; between them"
    YES_NO = "YES or NO"
    DAY = "a day, such as 2026-09-08"
    DATE = "a day, month or term: 2026-09-08, September 2026, Fall 2026"
    MOMENT = "a day, or a time with its offset: 2026-08-31T23:59-07:00"
    TIME = "a time of day, such as 18:30"
    NUMBER = "a number"
    COUNT = "a whole number"
    BOUNDS = "a number, a range such as 30-40, or words"
    AMOUNT = "an amount such as 749.00, or FREE"
    ADDRESS = "a web address"
    RULES = "NONE, or what must be held before, with ; between: references or words"
    SKILLS = "labels, or scheme:code, with ; between them"
    PLACES = "campuses (institution#campus) or names of communities, with ; between them"


@dataclass(frozen=True, slots=True)
class Column:
    """`path` is the field of the Record, `credit.value` a part of one. `words` are those of the sheet Lists."""

    name: str
    path: str
    cells: Cells
    help: str
    words: tuple[str, ...] = ()
    is_text: bool = False
    """Whether other languages have columns of their own: title_fr beside title."""

    @property
    def field(self) -> str:
        return self.path.partition(".")[0]


def words(enum: type[StrEnum], *without: str) -> tuple[str, ...]:
    return tuple(str(one) for one in enum if str(one) not in without)
