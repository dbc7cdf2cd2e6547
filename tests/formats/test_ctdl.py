"""CTDL: what the tables of docs/FORMATS.md say is mapped comes back as it was published, and nothing is lost in silence."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import Severity
from catalog.formats.ctdl.mapping import CLASS_OF_KIND, CONTEXT
from catalog.formats.ctdl.read import read
from catalog.formats.ctdl.write import write_credential
from catalog.model.cleaning import clean_line
from catalog.model.identity import slugify
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import MOST_ISSUES, Delivery, Told
from catalog.model.record import content
from catalog.model.rule_parsing import parse_rule
from catalog.model.rule_text import render_text
from catalog.model.vocabulary import CredentialKind, FeeKind, Lifecycle
from tests.formats.ctdl_terms import CONCEPTS, TERMS
from tests.formats.documents import AROUND, OWN_ID, POOL, document_of, seed_documents, seed_records

ALIKE = [
    "title",
    "summary",
    "description",
    "kind",
    "url",
    "registerUrl",
    "provider",
    "languages",
    "slug",
    "occupations",
    "sectors",
    "cip",
    "themes",
    "components",
    "supersedes",
    "assessmentMethods",
]
RANGES = ("weeks", "statedHours", "instructionalHours", "independentHours", "placementHours", "totalHours")


def file_of(nodes):
    return json.dumps({"@context": CONTEXT, "@graph": nodes}).encode()


def read_file(data, told=None):
    """What a sender's file comes to; one that no format can read holds one issue."""
    try:
        return read(open_content(data, told or Told()), told or Told())
    except ContentRefused as refused:
        return Delivery("ctdl", issues=[refused.issue])


def read_back(document, around):
    """The content of the one credential in the file, and the issues."""
    delivery = read_file(file_of(write_credential(document, around)))
    found = [content(one) for one in delivery.records if one.type == "credential"]
    assert len(found) == 1, delivery.issues
    return found[0], delivery.issues


# What docs/FORMATS.md says of a record, said a second time and independently of the code.


def mapped(record, titles):
    """The part of a record that CTDL carries, as it comes back."""
    found = {name: record[name] for name in ALIKE if name in record}
    if record.get("description") == record.get("summary"):
        found.pop("description", None)
    if record.get("lifecycle", "UNKNOWN") != "UNKNOWN":
        found["lifecycle"] = record["lifecycle"]
    found |= {name: unbased(record[name]) for name in RANGES if name in record}
    found["credit"] = credit(record.get("credit") or {})
    found["skills"] = list(dict.fromkeys(skill(one) for one in record.get("skills", ())))
    found["identifiers"] = sorted((one["scheme"], one["value"]) for one in record.get("identifiers", ()))
    found["partnerships"] = partnerships(record)
    found["requirements"] = sorted(
        (json.dumps(requirement(one, titles), sort_keys=True) for one in record.get("requirements", ())),
    )
    usual = record.get("usual") or {}
    found["usual"] = stated({"mode": usual.get("mode"), "fees": fees(usual)})
    found["offerings"] = [run(one) for one in record.get("offerings", ()) if one.get("run") != "CANCELLED"]
    return stated(found)


def stated(value):
    return {key: one for key, one in value.items() if one not in (None, [], {})}


def unbased(bounds):
    return {key: one for key, one in bounds.items() if key != "basis"}


def credit(value):
    kept = {key: one for key, one in value.items() if key in ("value", "unit", "per", "text")}
    return kept | ({"status": value["status"]} if value.get("status") in ("CREDIT", "NON_CREDIT") else {})


def skill(mention):
    if "code" in mention:
        return f"{mention.get('scheme', 'local')}:{mention['code']}".lower()
    label = mention["label"]
    return f"{mention.get('scheme', 'local')}:{slugify(label.get('en') or next(iter(label.values())))}"


def partnerships(record):
    provider, found = record["provider"], []
    for role in ("CO_PROVIDER", "RECOGNIZER"):
        for one in record.get("partnerships", ()):
            pair = {"role": role, "institution": one.get("institution")}
            if one["role"] == role and pair["institution"] not in (None, provider) and pair not in found:
                found.append(pair)
    return found


def fees(shape):
    return [fee(one) for one in shape.get("fees", ()) if one["kind"] != "DEPOSIT"]


def fee(value):
    found = {key: one for key, one in value.items() if key in ("kind", "amount", "per", "residency", "text")}
    if value.get("optional"):
        found["optional"] = True
    valid = {key: one for key, one in value.get("validFor", {}).items() if key in ("from", "to")}
    if most := value.get("amountMax"):
        least = found.pop("amount", None)
        begin = f"from {least['amount']} " if least else ""
        told = f"{begin}up to {most['amount']} {most['currency']}"
        found["text"] = "; ".join(one for one in (value.get("text"), told) if one)
    return stated(found | {"validFor": valid})


def run(offering):
    weeks = unbased(offering["weeks"]) if "weeks" in offering else None
    return stated({"label": offering.get("label"), "mode": offering.get("mode"), "weeks": weeks, "fees": fees(offering)})


def requirement(value, titles):
    return {**value, "rule": simplified(value["rule"], titles)}


def parts(rule):
    if "condition" in rule:
        return [rule]
    if "all" in rule or ("of" in rule and rule["atLeast"] == len(rule["of"])) or len(rule.get("any", ())) == 1:
        members = rule.get("all") or rule.get("of") or rule["any"]
        return [one for member in members for one in parts(member)]
    return [{"any": rule["of"]}] if rule.get("atLeast") == 1 else [rule]


def simplified(rule, titles):
    """The rule without needless groups, in an order of its own, and in words where a profile cannot hold it."""
    found, once = [], set()
    for part in parts(rule):
        key = "any" if "any" in part and "condition" not in part else part.get("condition")
        is_plain = set(part) in ({"holds"}, {"skill"}, {"text"})
        if is_plain:
            found.append({"skill": part["skill"].lower()} if "skill" in part else part)
        elif key == "any" and key not in once:
            found.append({"any": [simplified(one, titles) for one in part["any"]]})
        elif key not in once and (
            (key == "AGE" and part.get("minimum", 0.5) % 1 == 0) or (key == "EXPERIENCE" and "years" in part)
        ):
            found.append(part)
        else:
            found.append({"text": render_text(parse_rule(part), titles)})
            continue
        once.add(key)
    found.sort(key=lambda one: json.dumps(one, sort_keys=True))
    return found[0] if len(found) == 1 else {"all": found}


def ordered(rule):
    """What came back, with what all must hold in the same order of its own."""
    if "all" in rule:
        return {"all": sorted((ordered(one) for one in rule["all"]), key=lambda one: json.dumps(one, sort_keys=True))}
    return {"any": [ordered(one) for one in rule["any"]]} if "any" in rule and "condition" not in rule else rule


def compared(got, ctid):
    """What came back, in the same form; `ref` and the CTID among the identifiers are the file's own."""
    found = {key: one for key, one in got.items() if key not in ("type", "ref")}
    pairs = sorted((one["scheme"], one["value"]) for one in found.pop("identifiers"))
    assert ("ctid", ctid) in pairs
    assert got["ref"] == ctid
    found["identifiers"] = [pair for pair in pairs if pair != ("ctid", ctid)]
    found |= {name: unbased(found[name]) for name in RANGES if name in found}
    found["skills"] = [skill(one) for one in found.get("skills", ())]
    listed = [{**one, "rule": ordered(one["rule"])} for one in found.get("requirements", ())]
    found["requirements"] = sorted(json.dumps(one, sort_keys=True) for one in listed)
    runs = [{key: one for key, one in each.items() if key != "ref"} for each in found.get("offerings", ())]
    found["offerings"] = [{**one, "weeks": unbased(one["weeks"])} if "weeks" in one else one for one in runs]
    return stated(found)


@pytest.mark.parametrize("seeded", ["sqlite"], indirect=True)
def test_every_credential_of_the_seed_comes_back_as_it_was_published(seeded):
    documents, records = seed_documents(seeded.database), seed_records(seeded.database)
    by_slug = {one["slug"]: one["title"]["en"] for one in documents.values() if one["__typename"] == "Credential"}
    assert len(records) == 288
    untaken = set()
    for key, record in records.items():
        got, issues = read_back(documents[key], documents)
        assert compared(got, f"ce-{key}") == mapped(record, lambda slug: by_slug[slug]), record["slug"]
        assert not [one for one in issues if one.severity is Severity.ERROR]
        untaken |= {one.field for one in issues}
    assert untaken == {"ceterms:availableAt", "ceterms:availabilityListing"}  # places, and where an offering is booked


@pytest.mark.parametrize("seeded", ["sqlite"], indirect=True)
def test_the_whole_seed_is_one_file_of_published_terms(seeded):
    documents = seed_documents(seeded.database)
    nodes = {}
    for one in documents.values():
        if one["__typename"] == "Credential":
            nodes |= {node["@id"]: node for node in write_credential(one, documents)}
    for node in every_node([*nodes.values()]):
        assert set(node) - {"@id", "@type", "dct:abstract"} <= TERMS[node["@type"]], node
        assert node.get("ceterms:targetNode", "lifeCycle:Active") in CONCEPTS
    delivery = read_file(file_of([*nodes.values()]))
    kinds = [one.type for one in delivery.records]
    assert (kinds.count("credential"), [one.severity for one in delivery.issues]) == (288, [Severity.WARNING] * 2)


def every_node(value):
    if isinstance(value, list):
        for one in value:
            yield from every_node(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from every_node(one)


# Generated records.

TITLES = {slug: f"The {slug}" for slug in POOL["credential"]} | {slug: slug.rpartition(":")[2] for slug in POOL["skill"]}
lines = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(clean_line)
texts = st.dictionaries(st.sampled_from(["en", "fr", "hur"]), lines, min_size=1)
numbers = st.one_of(st.integers(0, 500), st.floats(0, 500, allow_nan=False))
urls = st.sampled_from(["https://uni.example/it", "http://uni.example/a?b=c"])
amounts = st.fixed_dictionaries(
    {"amount": st.sampled_from(["0", "749.10", "1200.00", "12"]), "currency": st.sampled_from(["CAD", "USD"])}
)


@st.composite
def ranges(draw):
    low, high = sorted([draw(numbers), draw(numbers)])
    value = stated({"min": draw(st.sampled_from([low, None])), "max": draw(st.sampled_from([low, high, None]))})
    if draw(st.booleans()) or not value:
        value["text"] = draw(lines)
    return value


fee_values = st.fixed_dictionaries(
    {"kind": st.sampled_from([*FeeKind]).map(str)},
    optional={
        "amount": amounts,
        "per": st.sampled_from(["TOTAL", "COURSE", "CREDIT", "TERM", "WEEK"]),
        "residency": st.sampled_from(["DOMESTIC", "INTERNATIONAL", "BC", "OUT_OF_PROVINCE", "ALL"]),
        "optional": st.booleans(),
        "text": lines,
        "validFor": st.fixed_dictionaries({"from": st.just("2026-01-01")}, optional={"to": st.just("2026-12-31")}),
    },
) | st.just({"kind": "TUITION", "amount": {"amount": "100"}, "amountMax": {"amount": "200"}, "text": "depends"})
modes = st.sampled_from(["IN_PERSON", "ONLINE", "ONLINE_LIVE", "ONLINE_ANYTIME", "BLENDED", "HYFLEX", "WORKPLACE"])
shapes = {"mode": modes, "fees": st.lists(fee_values, max_size=3), "weeks": ranges()}
credentials = st.sampled_from(POOL["credential"])
leaves = st.one_of(
    st.builds(lambda one: {"holds": one}, credentials),
    st.builds(lambda one: {"holds": one, "minGrade": "B+", "within": "P2Y"}, credentials),
    st.builds(lambda one: {"skill": one}, st.sampled_from(POOL["skill"])),
    st.builds(lambda one: {"text": one}, lines),
    st.builds(lambda one: {"condition": "AGE", "minimum": one}, st.sampled_from([16, 19, 18.5])),
    st.just({"condition": "EXPERIENCE", "years": 2, "text": "in forestry"}),
    st.just({"condition": "EXPERIENCE", "years": 1}),
    st.just({"condition": "CITIZENSHIP", "any": ["CITIZEN"]}),
    st.just({"credits": 4.5, "unit": "UVIC_UNIT", "from": ["uni/basics"]}),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda items: {"all": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: {"any": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(
            lambda items, n: {"atLeast": min(n, len(items)), "of": items},
            st.lists(inner, min_size=1, max_size=3),
            st.integers(1, 3),
        ),
    ),
    max_leaves=6,
)
records = st.fixed_dictionaries(
    {"kind": st.sampled_from([*CredentialKind]).map(str), "title": texts},
    optional={
        "summary": texts,
        "description": texts,
        "url": urls,
        "registerUrl": urls,
        "languages": st.lists(st.sampled_from(["en", "fr-CA", "hur"]), max_size=2, unique=True),
        "lifecycle": st.sampled_from([*Lifecycle]).map(str),
        "identifiers": st.lists(
            st.fixed_dictionaries({"scheme": st.sampled_from(["doi", "a.b_c"]), "value": st.sampled_from(["1", "x y"])}),
            max_size=3,
            unique_by=str,
        ),
        **dict.fromkeys(RANGES, ranges()),
        "credit": st.fixed_dictionaries(
            {},
            optional={
                "value": numbers,
                "unit": st.sampled_from(["CREDIT", "UVIC_UNIT", "LOCAL"]),
                "per": st.sampled_from(["CREDENTIAL", "COURSE"]),
                "status": st.sampled_from(["CREDIT", "NON_CREDIT", "EITHER"]),
                "text": lines,
            },
        ),
        "skills": st.lists(st.sampled_from([{"scheme": "esco", "code": "s1"}, {"label": "SEO"}]), max_size=2),
        "occupations": st.lists(st.sampled_from(POOL["occupation"]), max_size=2, unique=True),
        "sectors": st.lists(st.sampled_from(POOL["sector"]), max_size=2, unique=True),
        "themes": st.lists(st.sampled_from(POOL["theme"]), max_size=1),
        "cip": st.sampled_from(["11.0201", "01"]),
        "components": st.lists(credentials, max_size=2, unique=True),
        "supersedes": credentials,
        "assessmentMethods": st.lists(lines, max_size=2),
        "partnerships": st.lists(
            st.fixed_dictionaries(
                {
                    "role": st.sampled_from(["CO_PROVIDER", "RECOGNIZER", "FUNDER"]),
                    "institution": st.sampled_from(POOL["institution"]),
                }
            ),
            max_size=3,
        ),
        "requirements": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(
                        ["PREREQUISITE", "COREQUISITE", "ADMISSION", "RECOMMENDED", "ADVANCED_STANDING"]
                    ),
                    "rule": rules,
                },
                optional={"at": st.sampled_from(["APPLICATION", "START", "COMPLETION"]), "original": lines},
            ),
            max_size=3,
        ),
        "usual": st.fixed_dictionaries({}, optional=shapes),
        "offerings": st.lists(
            st.fixed_dictionaries(
                {"ref": st.sampled_from(["a", "b", "c"])},
                optional=shapes | {"label": lines, "run": st.sampled_from(["CONFIRMED", "CANCELLED"])},
            ),
            max_size=3,
            unique_by=lambda one: one["ref"],
        ),
    },
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records)
def test_generated_records_come_back(value):
    made, document = document_of(value)
    published = content(made)
    got, issues = read_back(document, AROUND)
    assert compared(got, f"ce-{OWN_ID}") == mapped(published, lambda reference: TITLES.get(str(reference), "…"))
    assert {one.code for one in issues} <= {"FIELD_UNKNOWN"}
    for node in every_node(write_credential(document, AROUND)):
        assert set(node) - {"@id", "@type", "dct:abstract"} <= TERMS[node["@type"]]


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["@id", "@type", "@value", "en"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(records, st.data())
def test_whatever_stands_in_a_file_it_never_raises(value, data):
    nodes = write_credential(document_of(value)[1], AROUND)
    places = [(node, key) for node in every_node(nodes) for key in node]
    for node, key in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        if key in node:
            node[key] = data.draw(junk)
    delivery = read_file(file_of(nodes))
    assert delivery.records or delivery.issues


@given(st.binary(max_size=60))
def test_whatever_bytes_come_it_never_raises(data):
    assert read_file(data).issues


# Single cases.


def only(value, **node):
    """The record and issues of a foreign file with one node."""
    own = {
        "@id": f"https://example.org/resources/ce-{OWN_ID}",
        "@type": "ceterms:Certificate",
        "ceterms:name": {"en-US": "Foreign"},
    }
    delivery = read_file(file_of([own | value | node]))
    return content(delivery.records[0]) if delivery.records else None, delivery.issues


def test_every_kind_has_a_class():
    assert set(CLASS_OF_KIND) == {str(one) for one in CredentialKind}


def test_what_is_not_around_is_left_out_and_a_requirement_says_so():
    _, document = document_of(
        {"requirements": [{"kind": "PREREQUISITE", "rule": {"holds": "uni/basics"}}], "components": ["uni/basics"]}
    )
    got, _ = read_back(document, {})
    assert got["requirements"] == [{"kind": "PREREQUISITE", "rule": {"text": "…"}}]
    assert {"provider", "components"}.isdisjoint(got)


def test_a_stated_ctid_is_kept():
    stated_one = "ce-e8a41a52-6ff6-48f0-9872-889c87b093b7"
    _, document = document_of({"identifiers": [{"scheme": "ctid", "value": stated_one}]})
    assert write_credential(document, AROUND)[0]["ceterms:ctid"] == stated_one
    assert read_back(document, AROUND)[0]["identifiers"] == [{"scheme": "ctid", "value": stated_one}]


def test_an_organisation_comes_as_an_institution():
    delivery = read_file(file_of(write_credential(document_of({})[1], AROUND)))
    assert [content(one) for one in delivery.records if one.type == "institution"] == [
        {
            "type": "institution",
            "ref": "ce-00000000-0000-4000-8000-000000000000",
            "slug": "uni",
            "identifiers": [{"scheme": "ctid", "value": "ce-00000000-0000-4000-8000-000000000000"}],
            "name": {"en": "Uni"},
            "kind": "NOT_STATED",
            "url": "https://uni.example",
        }
    ]


def test_what_a_foreign_file_requires_is_what_it_takes_to_earn_it():
    condition = {
        "@type": "ceterms:ConditionProfile",
        "ceterms:targetAssessment": ["https://example.org/exam"],
        "ceterms:minimumAge": 19,
    }
    got, issues = only({"ceterms:requires": [condition]})
    assert got["requirements"] == [
        {
            "kind": "PREREQUISITE",
            "at": "COMPLETION",
            "rule": {"all": [{"text": "targetAssessment: https://example.org/exam"}, {"condition": "AGE", "minimum": 19}]},
        }
    ]
    assert [(one.code, one.field) for one in issues] == [("FIELD_UNKNOWN", "ceterms:targetAssessment")]


@pytest.mark.parametrize(
    ("node", "field"),
    [
        ({"ceterms:estimatedDuration": [{"ceterms:exactDuration": "P1MT5H"}]}, "ceterms:estimatedDuration"),
        (
            {"ceterms:occupationType": [{"ceterms:codedNotation": "15-1252", "ceterms:frameworkName": {"en": "SOC"}}]},
            "ceterms:occupationType",
        ),
        ({"ceterms:estimatedCost": [{"ceterms:price": 500}]}, "ceterms:estimatedCost"),
        ({"ceterms:ownedBy": ["https://example.org/nobody"]}, "ceterms:ownedBy"),
        ({"ceterms:requires": [{"@type": "ceterms:ConditionProfile"}]}, "ceterms:requires"),
    ],
)
def test_a_value_that_cannot_be_taken_is_a_warning(node, field):
    got, issues = only(node)
    assert got["title"] == {"en-US": "Foreign"}
    assert [(one.field, one.severity) for one in issues] == [(field, Severity.WARNING)]
    assert {one.code for one in issues} <= {"VALUE_INVALID", "VALUE_UNREADABLE"}


def test_others_write_prices_as_numbers_and_hours_with_minutes():
    got, issues = only(
        {
            "ceterms:estimatedCost": [
                {"ceterms:price": 749.1, "ceterms:currency": "USD", "ceterms:directCostType": ["costType:TechnologyFee"]}
            ],
            "ceterms:estimatedDuration": [{"ceterms:timeRequired": "PT1H30M"}, {"ceterms:exactDuration": "P14D"}],
        }
    )
    assert got["usual"]["fees"] == [{"kind": "MANDATORY", "amount": {"amount": "749.10", "currency": "USD"}}]
    assert (got["statedHours"]["min"], got["weeks"]["max"]) == (1.5, 2.0)
    assert issues == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b'{"a": NaN}', "JSON_INVALID"),
        (b"[" * 100_000, "JSON_INVALID"),
        (b'{"@type": "ceterms:Course", "a": ' + b"[" * 300 + b"]" * 300 + b"}", "JSON_INVALID"),
        (b'{"@type": "ceterms:Course", "a": "\xff"}', "ENCODING_INVALID"),
        (b'{"@type": "ceterms:Course"', "FILE_TRUNCATED"),
        (b'{"@type": "ceterms:Course", "@type": "ceterms:Course"}', "KEY_DUPLICATE"),
        (b'{"@context": "https://schema.org", "@type": "Course"}', "FORMAT_UNKNOWN"),
        (b'{"@context": "https://evil.example/context", "@type": "ceterms:Course"}', "FORMAT_UNKNOWN"),
        (b'{"@type": "ceterms:Course", "ceterms:name": "No identity"}', "REF_MISSING"),
        (b'{"@type": "ceterms:Pathway"}', "REF_MISSING"),
        (b'{"@type": "ceterms:QualificationsFramework"}', "TYPE_UNKNOWN"),
    ],
)
def test_what_is_no_ctdl_says_so(data, code):
    delivery = read_file(data)
    assert (delivery.records, [one.code for one in delivery.issues]) == ([], [code])


def test_conditions_in_a_circle_end():
    circle = {"@id": "_:a", "@type": "ceterms:ConditionProfile", "ceterms:alternativeCondition": ["_:a"]}
    own = {"@id": f"urn:uuid:{OWN_ID}", "@type": "ceterms:Course", "ceterms:name": "Round", "ceterms:requires": ["_:a"]}
    delivery = read_file(file_of([own, circle]))
    assert [(one.code, one.message) for one in delivery.issues] == [
        ("VALUE_INVALID", "ceterms:requires conditions are nested too deeply")
    ]


def test_issues_end():
    delivery = read_file(file_of([{"@type": "ceterms:Course"}] * (MOST_ISSUES + 10)))
    assert (len(delivery.issues), delivery.issues[-1].code) == (MOST_ISSUES + 1, "TOO_MANY_ISSUES")
