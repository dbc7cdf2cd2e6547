"""A small feed of each format, as an institution could send it; each is published as it stands."""

import io
import json
from collections.abc import Sequence
from typing import Any

import xlsxwriter

KEY = "test/feed"
_CTID = "ce-0aa5b7c4-5c3f-4b8e-9b0e-00000000000{}"
_HEAD = ["ref", "title", "kind", "summary", "total_hours", "weeks", "languages", "credit_status", "occupations", "url"]
_ROW = [
    "T-1",
    "Heat pumps",
    "MICRO_CREDENTIAL",
    "Two weekends.",
    "12-16",
    "2",
    "en",
    "NON_CREDIT",
    "72402",
    "https://uni.example/t1",
]
_RUNS = ["credential", "ref", "starts_on", "ends_on", "mode", "seats"]
_RUN = ["T-1", "fall", "2027-09-13", "October 2027", "BLENDED", 16]
_FEES = ["credential", "offering", "kind", "amount", "residency"]
_FEE = ["T-1", "fall", "TUITION", "749.00", "DOMESTIC"]


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


RECORDS: Any = {
    "format": "record/1",
    "source": {"key": KEY, "name": "Feed of tests", "kind": "PROVIDER"},
    "records": [
        {
            "type": "credential",
            "ref": "R-1",
            "provider": "uni",
            "title": {"en": "Bees", "fr": "Abeilles"},
            "kind": "MICRO_CREDENTIAL",
            "weeks": {"min": 2, "max": 4},
            "requirements": [{"kind": "PREREQUISITE", "rule": {"any": [{"text": "a veil"}, {"holds": "uni/hives"}]}}],
            "skills": [{"label": "keeping bees"}],
            "offerings": [
                {
                    "ref": "spring",
                    "startsOn": "2027-03-01",
                    "mode": "ONLINE",
                    "fees": [{"kind": "TUITION", "amount": "120.00"}],
                }
            ],
        },
        {"type": "credential", "ref": "R-2", "provider": "uni", "title": "Hives", "kind": "COURSE", "slug": "uni/hives"},
        {"type": "skill", "ref": "S-1", "scheme": "uni", "code": "S1", "labels": {"en": "smoking"}},
    ],
}
TEMPLATE: Any = {
    "format": "template/1",
    "Credentials": [dict(zip(_HEAD, _ROW, strict=True)) | {"requirements": "NONE", "skills": "brazing; wiring"}],
    "Offerings": [dict(zip(_RUNS, _RUN, strict=True))],
    "Fees": [dict(zip(_FEES, _FEE, strict=True))],
    "Meetings": [{"credential": "T-1", "offering": "fall", "kind": "CLASS", "days": "TUE; THU", "start_time": "18:30"}],
}
SCHEMA_ORG: Any = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "Course",
            "@id": "https://uni.example/courses/soil",
            "name": "Soil",
            "description": "<p>Soil and water.</p>",
            "provider": {"@type": "CollegeOrUniversity", "name": "Uni", "url": "https://uni.example"},
            "timeRequired": "PT40H",
            "teaches": ["sampling", {"@type": "DefinedTerm", "name": "mapping"}],
            "offers": {"@type": "Offer", "price": "350.00", "priceCurrency": "CAD", "category": "Paid"},
            "hasCourseInstance": [
                {
                    "@type": "CourseInstance",
                    "courseMode": "online",
                    "startDate": "2027-01-11",
                    "endDate": "2027-02-19",
                    "courseSchedule": {
                        "@type": "Schedule",
                        "repeatFrequency": "Weekly",
                        "byDay": "Tuesday",
                        "repeatCount": 6,
                    },
                }
            ],
        },
        {
            "@type": "EducationalOccupationalProgram",
            "name": "Land",
            "url": "https://uni.example/land",
            "timeToComplete": "P6M",
        },
    ],
}
CTDL: Any = {
    "@context": "https://credreg.net/ctdl/schema/context/json",
    "@graph": [
        {
            "@id": f"https://credentialengineregistry.org/resources/{_CTID.format(1)}",
            "@type": "ceterms:Certificate",
            "ceterms:ctid": _CTID.format(1),
            "ceterms:name": {"en-US": "Ferns"},
            "ceterms:description": {"en-US": "All of them."},
            "ceterms:ownedBy": [f"https://credentialengineregistry.org/resources/{_CTID.format(2)}"],
            "ceterms:estimatedDuration": [{"@type": "ceterms:DurationProfile", "ceterms:exactDuration": "P6W"}],
            "ceterms:estimatedCost": [
                {
                    "@type": "ceterms:CostProfile",
                    "ceterms:price": 200,
                    "ceterms:currency": "CAD",
                    "ceterms:name": {"en": "Fee"},
                }
            ],
            "ceterms:requires": [
                {"@type": "ceterms:ConditionProfile", "ceterms:condition": {"en": ["Boots"]}, "ceterms:minimumAge": 16}
            ],
        },
        {
            "@id": f"https://credentialengineregistry.org/resources/{_CTID.format(2)}",
            "@type": "ceterms:CredentialOrganization",
            "ceterms:ctid": _CTID.format(2),
            "ceterms:name": {"en": "Fern College"},
        },
    ],
}
BADGES: Any = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://uni.example/issuer", "type": ["Profile"], "name": "Uni"},
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://uni.example/badges/knots",
            "type": ["Achievement"],
            "name": "Knots",
            "description": "Ten of them.",
            "achievementType": "MicroCredential",
            "creditsAvailable": 1.5,
            "criteria": {"narrative": "Tie *ten* knots."},
            "alignment": [{"type": ["Alignment"], "targetName": "Ropes", "targetUrl": "https://uni.example/ropes"}],
        },
    },
}
CASE: Any = {
    "CFDocument": {"identifier": "33333333-3333-4333-8333-333333333333", "title": "Skills of Sailing", "language": "en"},
    "CFItems": [
        {"identifier": "11111111-1111-4111-8111-111111111111", "fullStatement": "Reef a sail", "humanCodingScheme": "S.1"},
        {"identifier": "22222222-2222-4222-8222-222222222222", "fullStatement": "Read a chart", "humanCodingScheme": "S.2"},
    ],
    "CFAssociations": [],
}
OOAPI: Any = {
    "pageSize": 10,
    "pageNumber": 1,
    "items": [
        {
            "courseId": "o-1",
            "primaryCode": {"codeType": "identifier", "code": "GEO 1"},
            "name": [{"language": "en-CA", "value": "Rocks"}],
            "duration": "P10W",
            "studyLoad": {"studyLoadUnit": "ects", "value": 5},
            "organization": {"organizationId": "org", "organizationType": "root", "name": "Uni"},
            "modeOfDelivery": ["online"],
            "link": "https://uni.example/rocks",
        },
        {
            "offeringId": "of-1",
            "offeringType": "course",
            "course": "o-1",
            "startDate": "2027-02-01",
            "endDate": "2027-04-01",
            "priceInformation": [{"costType": "total costs", "amount": "40.00", "currency": "CAD"}],
        },
    ],
}
OPEN_EDX: Any = {
    "results": [
        {
            "key": "UniX+TREE1",
            "title": "Trees",
            "short_description": "<p>Tall ones.</p>",
            "owners": [{"key": "UniX", "name": "Uni"}],
            "level_type": "Introductory",
            "course_runs": [
                {
                    "key": "course-v1:UniX+TREE1+2027",
                    "status": "published",
                    "start": "2027-09-08T15:00:00Z",
                    "end": "2027-12-01T00:00:00Z",
                    "pacing_type": "self_paced",
                    "min_effort": 2,
                    "max_effort": 4,
                    "weeks_to_complete": 6,
                    "seats": [{"type": "verified", "price": "99.00", "currency": "CAD"}],
                }
            ],
        }
    ]
}
XCRI = """<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" generated="2026-10-01T00:00:00Z"><provider>
<dc:identifier>https://uni.example</dc:identifier><dc:title>Uni</dc:title><mlo:url>https://uni.example</mlo:url>
<course recstatus="1"><dc:identifier>X-1</dc:identifier><dc:title xml:lang="en">Wool</dc:title>
<dc:description><div xmlns="http://www.w3.org/1999/xhtml"><p>Spin &amp; dye.</p></div></dc:description>
<mlo:prerequisite>Patience</mlo:prerequisite><mlo:qualification><dc:title>Certificate</dc:title></mlo:qualification>
<presentation><dc:identifier>X-1-a</dc:identifier><mlo:start dtf="2027-03-01">1 March 2027</mlo:start><end dtf="2027-05-01"/>
<mlo:duration interval="P8W">8 weeks</mlo:duration><mlo:cost>$120</mlo:cost><studyMode identifier="PT">Part time</studyMode>
<venue><provider><dc:title>Old Mill</dc:title></provider></venue></presentation></course>
<course><dc:identifier>X-2</dc:identifier><dc:title>Felt</dc:title></course></provider></catalog>
"""
PAGE = f"""<!doctype html><html lang="en"><head><title>Soil</title><link rel="canonical" href="https://uni.example/soil">
<script type="application/ld+json">{json.dumps(SCHEMA_ORG["@graph"][0] | {"@context": "https://schema.org"})}</script></head>
<body><div itemscope itemtype="https://schema.org/Course" itemid="https://uni.example/ice"><h1 itemprop="name">Ice</h1>
<p itemprop="description">Cold.</p><span itemprop="provider" itemscope itemtype="https://schema.org/Organization">
<b itemprop="name">Uni</b></span></div></body></html>
"""
CSV = ",".join(_HEAD) + ",offering_ref,offering_starts_on,tuition\n" + ",".join(_ROW) + ",fall,2027-09-13,749.00\n"
TABLE = (
    "Course Code,Course Title,Description,Duration,Hours,Tuition,Delivery Mode,Start Date,NOC\n"
    'CLAY 1,Clay,"Wet, then dry.",6 weeks,24,"$1,200.00",Online,2027-01-05,72106\n'
    "CLAY 2,Glaze,Hot.,2-3 days,12,$90,In person,Fall 2027,\n"
)
JSON_FEEDS: dict[str, Any] = {
    "record/1": RECORDS,
    "template JSON": TEMPLATE,
    "schema.org": SCHEMA_ORG,
    "ctdl": CTDL,
    "open-badges": BADGES,
    "case": CASE,
    "ooapi": OOAPI,
    "open-edx": OPEN_EDX,
}
FEEDS: dict[str, bytes] = {
    **{name: json.dumps(value, indent=1).encode() for name, value in JSON_FEEDS.items()},
    "template XLSX": workbook({"Credentials": [_HEAD, _ROW], "Offerings": [_RUNS, _RUN], "Fees": [_FEES, _FEE]}),
    "template CSV": CSV.encode(),
    "table": TABLE.encode(),
    "xcri-cap": XCRI.encode(),
    "page": PAGE.encode(),
}
