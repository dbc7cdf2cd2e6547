"""How likely two listings are the same, and why: a pure function of both."""

from dataclasses import dataclass

from catalog.ingest.likeness.contradictions import contradict
from catalog.ingest.likeness.evidence import EVIDENCE
from catalog.ingest.likeness.listing import Listing
from catalog.ingest.likeness.reason import Reason, ReasonCode
from catalog.ingest.likeness.titles import title_likeness

SCORING_FORMAT = 1
"""Moves whenever words, weights or bounds do: everything is then compared anew."""
TITLE = 0.5
"""Times what the titles say; the rest is what EVIDENCE says."""
UNLIKE_TITLE = 0.6
"""From here down titles say nothing for it, and above it ever more."""
LEAST_SCORE = 0.7
"""From here two listings are proposed: the same title and kind and nothing against it, or more where titles differ."""
UNSAID = 0.5
"""What silence counts: neither for nor against."""
LEAST_TITLE = 0.76
"""Below it no evidence reaches LEAST_SCORE."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is 0 to 1."""

    score: float
    reasons: tuple[Reason, ...]


def find_likeness(one: Listing, other: Listing) -> Likeness | None:
    """None where they are not to be proposed. The order of the two changes nothing but that of the figures."""
    shared = one.titles.keys() & other.titles
    if not shared or contradict(one, other):
        return None
    alike = max(title_likeness(one.titles[tongue], other.titles[tongue]) for tongue in shared)
    if alike < LEAST_TITLE:
        return None
    says = (alike - UNLIKE_TITLE) / (1 - UNLIKE_TITLE)
    reasons = [Reason(ReasonCode.TITLE_ALIKE, says, TITLE, {"likeness": round(alike, 2)})]
    score = TITLE * says
    for evidence, weight in EVIDENCE.items():
        found = evidence(one, other)
        score += weight * (found.share if found else UNSAID)
        reasons += [found] if found else []
    score = round(score, 4)
    return Likeness(score, tuple(reasons)) if score >= LEAST_SCORE else None
