"""Writes one credential's Document as a schema.org node."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.formats.schema_org.instances import COURSE_MODE, course_instances
from catalog.formats.schema_org.offers import free_for_everybody, offers
from catalog.formats.schema_org.organizations import campuses, providers
from catalog.formats.schema_org.rules import CONFORMS_TO, COURSE_PROFILE, bioschemas_problems
from catalog.formats.schema_org.values import Around, hours, one_text, stated, urn, weeks
from catalog.model.render.rule import rule_of
from catalog.model.rule_text import render_text

AWARDED = {
    "MICRO_CREDENTIAL": "Micro-credential",
    "STATEMENT": "Statement of completion",
    "CERTIFICATE": "Certificate",
    "ASSOCIATE_CERTIFICATE": "Associate certificate",
    "GRADUATE_CERTIFICATE": "Graduate certificate",
    "DIPLOMA": "Diploma",
    "ASSOCIATE_DEGREE": "Associate degree",
    "DEGREE": "Degree",
    "LICENCE": "Licence",
    "APPRENTICESHIP": "Apprenticeship",
}
"""Kinds that are an award; a course or a short program by itself is not."""
PROGRAMS = frozenset({"GRADUATE_CERTIFICATE", "DIPLOMA", "ASSOCIATE_DEGREE", "DEGREE", "APPRENTICESHIP"})
_BEFORE = frozenset({"PREREQUISITE", "ADMISSION"})
UNITS = {"CREDIT": "credit", "UVIC_UNIT": "UVic unit", "LOCAL": "local unit"}


def write_course(document: Mapping[str, Any], around: Around) -> dict[str, Any]:
    """The node of one listing, without `@context`; `around` holds Documents by id, and what it lacks is left out.

    A licence is an EducationalOccupationalCredential, the long awards (`PROGRAMS`) are an EducationalOccupationalProgram,
    all else is a Course, also where it stacks: then its components are its parts.
    """
    common = _common(document, around)
    if document["kind"] == "LICENCE":
        return common | stated({"@type": "EducationalOccupationalCredential", **_award(document)})
    if document["kind"] in PROGRAMS:
        return common | _program(document, around)
    course = common | _course(document, around)
    return course if any(bioschemas_problems(course)) else course | {CONFORMS_TO: {"@id": COURSE_PROFILE}}


def _common(document: Mapping[str, Any], around: Around) -> dict[str, Any]:
    languages = document["languages"]
    return stated(
        {
            "@id": urn(document["id"]),
            "name": one_text(document["title"], languages),
            "description": one_text(document["description"] or document["summary"], languages),
            "url": document["url"],
            "identifier": [
                {"@type": "PropertyValue", "propertyID": one["scheme"], "value": one["value"]}
                for one in document["identifiers"]
            ],
            "provider": providers(document, around),
            "offers": offers(_runs(document)),
        }
    )


def _runs(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What is said of price: by each offering that is not cancelled, else by what usually holds."""
    dated = [one for one in document["offerings"] if one["run"] != "CANCELLED"]
    priced = [one for one in dated if one["fees"]]
    return priced or ([document["usual"]] if document["usual"] else [])


def _course(document: Mapping[str, Any], around: Around) -> dict[str, Any]:
    return stated(
        {
            "@type": "Course",
            "abstract": one_text(document["summary"], document["languages"]) if document["description"] else None,
            "inLanguage": document["languages"],
            "keywords": ", ".join(dict.fromkeys(_keywords(document, around))),
            "teaches": [_term(skill, "label") for skill in _found(document["skills"], around)],
            "about": _occupations(document, around),
            "timeRequired": hours(document["totalHours"]) or hours(document["statedHours"]),
            "numberOfCredits": _credits(document),
            "coursePrerequisites": list(_prerequisites(document, around)),
            "isAccessibleForFree": free_for_everybody(_runs(document)),
            "educationalCredentialAwarded": _awarded(document),
            "hasPart": [_part(one) for one in _found(document["components"], around)],
            "hasCourseInstance": course_instances(document, campuses(around)),
        }
    )


def _program(document: Mapping[str, Any], around: Around) -> dict[str, Any]:
    usual = document["usual"] or {}
    return stated(
        {
            "@type": "EducationalOccupationalProgram",
            "educationalProgramMode": COURSE_MODE.get(usual.get("mode", "")),
            "occupationalCategory": _occupations(document, around),
            "timeToComplete": weeks(document["weeks"]),
            "numberOfCredits": _credits(document),
            "programPrerequisites": list(_prerequisites(document, around)),
            "educationalCredentialAwarded": _awarded(document),
            "hasCourse": [_part(one) for one in _found(document["components"], around)],
        }
    )


def _found(ids: list[str], around: Around) -> list[Mapping[str, Any]]:
    return [around[one] for one in ids if one in around]


def _keywords(document: Mapping[str, Any], around: Around) -> Iterator[str]:
    """Words of the record itself: skills, themes, and the sector as the provider calls it."""
    for name, label in (("skills", "label"), ("themes", "name")):
        yield from (one_text(one[label], document["languages"]) or one["code"] for one in _found(document[name], around))
    if document["sectorText"]:
        yield document["sectorText"]


def _term(coded: Mapping[str, Any], label: str, kind: str = "DefinedTerm") -> dict[str, Any]:
    code = "codeValue" if kind == "CategoryCode" else "termCode"
    scheme = "inCodeSet" if kind == "CategoryCode" else "inDefinedTermSet"
    local = coded["scheme"] == "local"  # a mere label, whose code we made up
    term = {"@type": kind, "@id": urn(coded["id"]), "name": one_text(coded[label])}
    return stated(term | ({} if local else {code: coded["code"], scheme: coded["scheme"]}))


def _occupations(document: Mapping[str, Any], around: Around) -> list[dict[str, Any]]:
    return [_term(one, "title", "CategoryCode") for one in _found(document["occupations"], around)]


def _credits(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Credit for the whole; that of each course is not the number of the listing."""
    credit = document["credit"]
    if not credit or credit["value"] is None or credit["per"] == "COURSE":
        return None
    return stated({"@type": "QuantitativeValue", "value": credit["value"], "unitText": UNITS.get(credit["unit"])})


def _prerequisites(document: Mapping[str, Any], around: Around) -> Iterator[str]:
    """In the words of the source, else said from the rule."""

    def title(identity: Any) -> str:
        found = around.get(str(identity), {})
        return one_text(found.get("title") or found.get("label"), document["languages"]) or "…"

    for one in document["requirements"]:
        if one["kind"] in _BEFORE:
            yield one["original"] or render_text(rule_of(one["rule"]), title)


def _awarded(document: Mapping[str, Any]) -> dict[str, Any] | None:
    if document["kind"] not in AWARDED:
        return None
    name = one_text(document["title"], document["languages"])
    return stated({"@type": "EducationalOccupationalCredential", "name": name, **_award(document)})


def _award(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "credentialCategory": document["providerTerm"] or AWARDED[document["kind"]],
        "validFor": document["validFor"],
    }


def _part(component: Mapping[str, Any]) -> dict[str, Any]:
    return stated(
        {
            "@type": "Course",
            "@id": urn(component["id"]),
            "name": one_text(component["title"], component["languages"]),
            "url": component["url"],
        }
    )
