"""Why two listings look alike, or not: a code and its figures, kept as JSON."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ReasonCode(StrEnum):
    TITLE_ALIKE = "TITLE_ALIKE"
    SKILLS_SHARED = "SKILLS_SHARED"
    SKILLS_NONE_SHARED = "SKILLS_NONE_SHARED"
    HOURS_SAME = "HOURS_SAME"
    HOURS_DIFFER = "HOURS_DIFFER"
    WEEKS_SAME = "WEEKS_SAME"
    WEEKS_DIFFER = "WEEKS_DIFFER"
    KIND_SAME = "KIND_SAME"
    KIND_DIFFERS = "KIND_DIFFERS"
    CREDIT_SAME = "CREDIT_SAME"
    CREDIT_DIFFERS = "CREDIT_DIFFERS"
    OCCUPATIONS_SHARED = "OCCUPATIONS_SHARED"
    OCCUPATIONS_NONE_SHARED = "OCCUPATIONS_NONE_SHARED"
    SUMMARY_ALIKE = "SUMMARY_ALIKE"
    SUMMARY_DIFFERS = "SUMMARY_DIFFERS"


@dataclass(frozen=True, slots=True)
class Reason:
    """`share`, 0 to 1, is how far it speaks for them, `weight` how much that counts. `figures` hold no words of theirs."""

    code: ReasonCode
    share: float
    weight: float
    figures: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"code": str(self.code), "share": self.share, "weight": self.weight, "figures": self.figures}


def reason_of(value: dict[str, Any]) -> Reason:
    return Reason(ReasonCode(value["code"]), value["share"], value["weight"], value["figures"])
