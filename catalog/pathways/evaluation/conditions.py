"""Facts about a learner: what a profile does not tell, or a qualifier asks beyond it, is UNKNOWN."""

from collections.abc import Callable
from typing import Any

from catalog.model.rule import Condition
from catalog.model.vocabulary import ConditionKind
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, Value, any_of
from catalog.pathways.profile import Profile

ORDER = ("NONE", "SECONDARY", "CERTIFICATE", "DIPLOMA", "BACHELOR", "GRADUATE")
SOME = "SOME_POST_SECONDARY"
"""Finishes nothing: it says neither that secondary school was finished nor that it was not."""
STANDINGS = frozenset({"CITIZEN", "PERMANENT_RESIDENT", "PROTECTED_PERSON"})
MOST_GRADE_POINTS, LEAST_PERCENT = 4.33, 40.0
"""Averages are compared where both are surely on one scale; universities count to 4, 4.33, 9, 12 or 100."""
IN_BC = frozenset({"BC", "B.C.", "CA-BC", "BRITISH COLUMBIA"})
IN_CANADA = frozenset({"CANADA", "CA"})
WORKING = frozenset({"EMPLOYED", "SELF_EMPLOYED", "UNDEREMPLOYED"})


def condition_meets(rule: Condition, profile: Profile, span: Span) -> Value:
    return _ASKED[rule.kind](dict(rule.qualifiers), profile, span)


def _yes(answer: bool | None, /) -> Value:  # noqa: FBT001 - the answer itself
    return UNKNOWN if answer is None else MET if answer else NOT_MET


def _age(asked: dict[str, Any], profile: Profile, span: Span) -> Value:
    """As of the span: a birth year leaves a year open, an age the months until the next birthday."""
    minimum = asked.get("minimum")
    if minimum is None:
        return UNKNOWN
    least, most = [], []
    if profile.birth_year is not None:
        least.append(span.earliest.year - profile.birth_year - 1)
        most.append(span.latest.year - profile.birth_year)
    if profile.age is not None:
        least.append(profile.age + (span.earliest - profile.on).days // 366)
        most.append(profile.age + (span.latest - profile.on).days // 365 + (span.latest > profile.on))
    if not least:
        return UNKNOWN
    if max(least) >= minimum:
        return MET
    return UNKNOWN if min(most) >= minimum or not span.is_known else NOT_MET


def _residency(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    place = str(asked.get("place", "")).strip().upper()
    if place in IN_BC:
        return _yes(profile.bc_resident)
    if place in IN_CANADA:
        return MET if profile.bc_resident else UNKNOWN
    if profile.region is None or not place:
        return UNKNOWN
    return MET if profile.region.upper() == place else UNKNOWN


def _education(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    level = str(asked.get("level", "")).strip().upper().replace(" ", "_")
    answers = [] if profile.education is None else [_reaches(profile.education, level)]
    if level == "SECONDARY" and profile.high_school_graduate is not None:
        answers.append(_yes(profile.high_school_graduate))
    return any_of(answers) if answers else UNKNOWN


def _reaches(has: str, level: str) -> Value:
    if level in (has, "NONE"):
        return MET
    if level not in ORDER and level != SOME:
        return UNKNOWN
    if has == SOME:
        return UNKNOWN if level == "SECONDARY" else NOT_MET
    needed = ORDER.index("CERTIFICATE" if level == SOME else level)
    return MET if ORDER.index(has) >= needed else NOT_MET


def _licence(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    scheme, code = str(asked.get("scheme", "")).lower(), str(asked.get("code", "")).lower()
    if profile.licences is None or not code:
        return UNKNOWN
    known = {one.lower() for one in profile.licences}
    if f"{scheme}:{code}" in known or (not scheme and any(one.rpartition(":")[2] == code for one in known)):
        return MET
    return UNKNOWN if code in known else NOT_MET  # a code without its scheme may be another's


def _experience(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    """The years are known, never of what: where it must be of something, enough years are UNKNOWN."""
    if profile.years_of_experience is None or "years" not in asked:
        return UNKNOWN
    if profile.years_of_experience < asked["years"]:
        return NOT_MET
    return UNKNOWN if asked.get("text") else MET


def _employment(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    wanted = str(asked.get("status", "")).strip().upper()
    if profile.employment is None or wanted not in WORKING | {"UNEMPLOYED"}:
        return UNKNOWN
    return _yes(profile.employment == wanted or (wanted == "EMPLOYED" and profile.employment in WORKING))


def _citizenship(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    wanted = {str(one).strip().upper() for one in asked.get("any", ())}
    if profile.citizenship is None or not wanted:
        return UNKNOWN
    if profile.citizenship in wanted:
        return MET
    return UNKNOWN if profile.citizenship == "OTHER" and wanted - STANDINGS else NOT_MET


def _language(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    """Scores of one test are compared; another test of the same language would need somebody's judgement."""
    if profile.language_tests is None:
        return UNKNOWN
    language, test = str(asked.get("language", "")).lower(), str(asked.get("test", "")).lower()
    same = [one for one in profile.language_tests if not language or one.language.lower() == language]
    taken = [one for one in same if test and one.test.lower() == test]
    if any("score" in asked and one.score >= asked["score"] for one in taken):
        return MET
    return NOT_MET if taken and "score" in asked and len(taken) == len(same) else UNKNOWN


def _benefit(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    code = str(asked.get("code", "")).upper()
    if profile.benefits is None or not code:
        return UNKNOWN
    return _yes(code in {one.upper() for one in profile.benefits})


def _grade_average(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    if profile.grade_average is None or "minimum" not in asked:
        return UNKNOWN
    average, minimum = profile.grade_average, asked["minimum"]
    if max(average, minimum) <= MOST_GRADE_POINTS or min(average, minimum) >= LEAST_PERCENT:
        return _yes(average >= minimum)
    return UNKNOWN


def _funding_not_received(asked: dict[str, Any], profile: Profile, _span: Span) -> Value:
    """A named program by its id or slug; in other words than these, only who received nothing at all is sure."""
    if profile.funding_used is None:
        return UNKNOWN
    used = {one for one, amount in profile.funding_used.items() if amount > 0}
    if not used:
        return MET
    names = used | {profile.funding_slugs.get(one, one) for one in used}
    return NOT_MET if asked.get("program") in names else UNKNOWN


_ASKED: dict[ConditionKind, Callable[[dict[str, Any], Profile, Span], Value]] = {
    ConditionKind.AGE: _age,
    ConditionKind.RESIDENCY: _residency,
    ConditionKind.EDUCATION: _education,
    ConditionKind.LICENCE: _licence,
    ConditionKind.EXPERIENCE: _experience,
    ConditionKind.EMPLOYMENT: _employment,
    ConditionKind.CITIZENSHIP: _citizenship,
    ConditionKind.LANGUAGE: _language,
    ConditionKind.BENEFIT: _benefit,
    ConditionKind.GRADE_AVERAGE: _grade_average,
    ConditionKind.FUNDING_NOT_RECEIVED: _funding_not_received,
}
