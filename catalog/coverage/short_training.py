"""Which occupations short training serves: a documented list that an installation replaces by its own."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import CatalogError

OURS = Path(__file__).with_name("short_training.json")
TEERS = tuple("012345")


class ShortTrainingInvalid(CatalogError):
    """The file of CATALOG_SHORT_TRAINING cannot be used."""

    code = "SHORT_TRAINING_INVALID"


@dataclass(frozen=True, slots=True)
class ShortTraining:
    """`teers` as digits; `regulated` NOC codes of professions that a regulator admits to, None where none are listed."""

    teers: frozenset[str]
    regulated: frozenset[str] | None = None

    def serves(self, occupation: str, teers: Collection[str] | None = None) -> bool:
        return teer_of(occupation) in (self.teers if teers is None else teers)

    def is_regulated(self, occupation: str) -> bool | None:
        """None: not known, since a list that holds nothing says nothing."""
        return None if self.regulated is None else occupation in self.regulated


def teer_of(occupation: str) -> str | None:
    """Training, education, experience and responsibilities: by definition the second digit of a NOC 2021 code."""
    return occupation[1] if occupation.isdigit() and len(occupation) > 1 else None


def read_short_training(path: Path | None = None) -> ShortTraining:
    """{"teers": ["2"], "regulated": ["32101"]}; without a path our own list.

    Raises ShortTrainingInvalid.
    """
    where = path or OURS
    try:
        content = json.loads(where.read_text(encoding="utf-8"))
        teers, regulated = content["teers"], content.get("regulated", [])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{where} is no list of what short training serves: {error}"
        raise ShortTrainingInvalid(message) from error
    if not (_are_texts(teers) and _are_texts(regulated) and set(teers) <= set(TEERS)):
        message = f'{where}: "teers" is a list of "0" to "5", "regulated" a list of NOC codes'
        raise ShortTrainingInvalid(message)
    return ShortTraining(frozenset(teers), frozenset(regulated) or None)


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)
