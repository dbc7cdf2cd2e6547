"""What speaks for or against two listings being the same, besides their titles."""

from collections.abc import Callable
from typing import TypeAlias

from rapidfuzz import fuzz

from catalog.ingest.likeness.contradictions import apart
from catalog.ingest.likeness.listing import Listing, Span
from catalog.ingest.likeness.reason import Reason, ReasonCode
from catalog.model.vocabulary import CredentialKind

Evidence: TypeAlias = Callable[[Listing, Listing], Reason | None]
"""None where one of the two is silent: silence speaks neither for nor against."""

SKILLS, LENGTH, KIND, SUMMARY, CREDIT, OCCUPATIONS = 0.18, 0.14, 0.08, 0.04, 0.03, 0.03
NONE_SHARED = 0.3
"""Two institutions seldom word a skill alike: none in common says little against."""
SAME_LENGTH = 0.9
"""Of each other: what differs by less counts as the same."""
OTHER_LENGTH = 0.4
"""From here it speaks fully against."""
WEEKS_SAY = 0.7
"""Of what hours would: weeks depend on how many evenings a week has."""
ALIKE_SUMMARY, UNLIKE_SUMMARY = 80, 30
"""Of 100 (rapidfuzz, words in any order)."""


def skills(one: Listing, other: Listing) -> Reason | None:
    return _in_common(one.skills, other.skills, SKILLS, ReasonCode.SKILLS_SHARED, ReasonCode.SKILLS_NONE_SHARED)


def occupations(one: Listing, other: Listing) -> Reason | None:
    codes = ReasonCode.OCCUPATIONS_SHARED, ReasonCode.OCCUPATIONS_NONE_SHARED
    return _in_common(one.occupations, other.occupations, OCCUPATIONS, *codes)


def _in_common(
    one: frozenset[str], other: frozenset[str], weight: float, some: ReasonCode, none: ReasonCode
) -> Reason | None:
    if not one or not other:
        return None
    shared = len(one & other)
    figures = {"shared": shared, "one": len(one), "other": len(other)}
    if not shared:
        return Reason(none, NONE_SHARED, weight, figures)
    return Reason(some, 2 * shared / (len(one) + len(other)), weight, figures)


def length(one: Listing, other: Listing) -> Reason | None:
    """The first kind of hours that both state, else weeks."""
    name = next((kind for kind in one.hours if kind in other.hours), None)
    if name is not None:
        return _length(one.hours[name], other.hours[name], (ReasonCode.HOURS_SAME, ReasonCode.HOURS_DIFFER), 1.0, name)
    if one.weeks is None or other.weeks is None:
        return None
    return _length(one.weeks, other.weeks, (ReasonCode.WEEKS_SAME, ReasonCode.WEEKS_DIFFER), WEEKS_SAY, "weeks")


def _length(one: Span, other: Span, codes: tuple[ReasonCode, ReasonCode], says: float, name: str) -> Reason:
    part = 1 / apart(one, other)
    share = min(1.0, max(0.0, (part - OTHER_LENGTH) / (SAME_LENGTH - OTHER_LENGTH)))
    code = codes[0] if part >= SAME_LENGTH else codes[1]
    return Reason(code, 0.5 + (share - 0.5) * says, LENGTH, {"of": name, "one": list(one), "other": list(other)})


def kind(one: Listing, other: Listing) -> Reason | None:
    """What one calls OTHER may be anything."""
    if one.kind == other.kind:
        return Reason(ReasonCode.KIND_SAME, 1.0, KIND, {"kind": one.kind})
    if CredentialKind.OTHER in (one.kind, other.kind):
        return None
    return Reason(ReasonCode.KIND_DIFFERS, 0.5, KIND, {"one": one.kind, "other": other.kind})


def credit(one: Listing, other: Listing) -> Reason | None:
    """Values of one unit; else only whether there is any."""
    if one.credit and other.credit and one.credit[0] == other.credit[0]:
        values = {"unit": one.credit[0], "one": one.credit[1], "other": other.credit[1]}
        is_same = one.credit[1] == other.credit[1]
        return Reason(ReasonCode.CREDIT_SAME if is_same else ReasonCode.CREDIT_DIFFERS, float(is_same), CREDIT, values)
    if one.credit_status is None or other.credit_status is None:
        return None
    is_same = one.credit_status == other.credit_status
    figures = {"one": one.credit_status, "other": other.credit_status}
    return Reason(ReasonCode.CREDIT_SAME if is_same else ReasonCode.CREDIT_DIFFERS, float(is_same), CREDIT, figures)


def summary(one: Listing, other: Listing) -> Reason | None:
    shared = [tongue for tongue in one.summaries if tongue in other.summaries]
    if not shared:
        return None
    alike = max(fuzz.token_set_ratio(one.summaries[tongue].lower(), other.summaries[tongue].lower()) for tongue in shared)
    share = min(1.0, max(0.0, (alike - UNLIKE_SUMMARY) / (ALIKE_SUMMARY - UNLIKE_SUMMARY)))
    code = ReasonCode.SUMMARY_ALIKE if share >= 0.5 else ReasonCode.SUMMARY_DIFFERS  # noqa: PLR2004 - half
    return Reason(code, share, SUMMARY, {"likeness": round(alike / 100, 2)})


EVIDENCE: dict[Evidence, float] = {
    skills: SKILLS,
    length: LENGTH,
    kind: KIND,
    summary: SUMMARY,
    credit: CREDIT,
    occupations: OCCUPATIONS,
}
"""With what each counts; titles have what is left to one."""
