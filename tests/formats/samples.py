"""Feeds of others, which are not ours to carry: what is expected of each, by folder and name."""

from collections.abc import Iterator
from pathlib import Path

from catalog.errors import Severity
from catalog.ingest.formats import read_delivery
from catalog.model.reading.delivery import Delivery, Told
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
ABOUT = ("SOURCES.md", "README.md")
FILES = sorted(one for one in SAMPLES.glob("*/*") if one.name not in ABOUT)
FORMAT_OF_FOLDER = {
    "case": "case",
    "csv": "table",
    "csv-bc": "table",
    "ctdl": "ctdl",
    "ctdl-asn": "ctdl",
    "ctdl-pathway": "ctdl",
    "ooapi": "ooapi",
    "openbadges2": "open-badges",
    "openbadges3": "open-badges",
    "openedx-and-provider-json": "open-edx",
    "schema.org": "schema.org",
    "xcri-cap": "xcri-cap",
    "xcri-cap-xsd": "xcri-cap",
}
FORMAT_OF_SUFFIX = {".csv": "table", ".xlsx": "template"}
UNKNOWN = {
    "case/opencase__": "FORMAT_UNKNOWN",  # JSON Schemas of CASE
    "csv-bc/uvic-course-scrape__uvic-kuali": "FORMAT_UNKNOWN",  # addresses of pages, and no course
    "ctdl-pathway/schema-development__Constraints-": "JSON_INVALID",
    "ctdl-pathway/schema-development__Fluree_Pathway": "JSON_INVALID",
    "ctdl-pathway/schema-development__EmpoweringTeachingExcellence_Badgr": "FORMAT_UNKNOWN",  # a platform's own
    "ctdl-pathway/schema-development__French-B-A-Marketable-Skills": "FORMAT_UNKNOWN",
    "openbadges2/digital-credential__badgecriteria": "FORMAT_UNKNOWN",
    "schema.org/tess__ext_res": "FORMAT_UNKNOWN",  # learning resources, and no course
    "schema.org/tess__mentions": "FORMAT_UNKNOWN",
    "xcri-cap/xcricap-validator__ContentValidation_UrlValidator": "FORMAT_UNKNOWN",  # <xml><url>
    "xcri-cap-xsd/xcri__mlo": "FORMAT_UNKNOWN",
    "xcri-cap-xsd/xcri__stupid_dc": "FORMAT_UNKNOWN",
    "xcri-cap-xsd/xcri__ukrlp": "FORMAT_UNKNOWN",
    "xcri-cap-xsd/xcri__xml": "FORMAT_UNKNOWN",
}
"""Files that no format takes, by how their names begin."""
REFUSED = {
    "case/opensalt__OpenSalt_Testing": "SHEETS_UNKNOWN",
    "case/opensalt__spreadsheet_import": "SHEETS_UNKNOWN",
    "case/opensalt__test_items": "TYPE_UNKNOWN",
    "csv/tess__materials": "TYPE_UNKNOWN",
    "csv-bc/sfu-courses-prereq": "COLUMNS_UNKNOWN",
    "ctdl-pathway/schema-development__Badgr_French_BA_in_Marketable_Skills.csv": "TYPE_UNKNOWN",
    "ctdl-pathway/schema-development__badgr_TeachingExcellencePathway": "TYPE_UNKNOWN",
    "ooapi/oeapi-endpoint-qui__course_filter": "REF_MISSING",
    "ooapi/oeapi-endpoint-qui__organization.json": "REF_MISSING",
    "ooapi/oeapi-endpoint-qui__organization_filter": "REF_MISSING",
    "ooapi/oeapi-endpoint-qui__program_filter": "REF_MISSING",
    "ooapi/oeapi-endpoint-qui__program_invalid": "REF_MISSING",
    "ooapi/oeapi-endpoint-qui__update": "REF_MISSING",
    "ooapi/ooapi-demo-data-se": "NOT_A_FEED",
    "ooapi/specification": "NOT_A_FEED",
    "openbadges2/digital-credential__invalid-empty-type": "TYPE_UNKNOWN",
    "openbadges2/digital-credential__openbadges_context": "COLUMNS_UNKNOWN",  # an address above what was JSON
    "openbadges2/digital-credential__valid-alignment-object": "TYPE_UNKNOWN",
    "openbadges2/digital-credential__valid-issuer-extension": "TYPE_UNKNOWN",
    "openbadges3/digital-credential__endorsement": "TYPE_UNKNOWN",
    "openedx-and-provider-json/course-discovery__ecommerce": "TYPE_UNKNOWN",
    "openedx-and-provider-json/course-discovery__valid_course_rerun": "TYPE_UNKNOWN",
    "openedx-and-provider-json/course-discovery__valid_geolocation": "COLUMNS_UNKNOWN",
    "openedx-and-provider-json/mit-learn__prolearn": "REF_DUPLICATE",
    "schema.org/schemaorg__eg-0260-jsonld": "FIELD_MISSING",
    "schema.org/schemaorg__eg-0260-microdata": "FIELD_MISSING",
    "schema.org/schemaorg__eg-0334-jsonld": "FIELD_MISSING",
    "schema.org/schemaorg__eg-0260-rdfa": "RDFA_NOT_READ",
    "schema.org/schemaorg__eg-0334-rdfa": "RDFA_NOT_READ",
    "schema.org/schemaorg__eg-0338-rdfa": "RDFA_NOT_READ",
    "schema.org/tess__python-testing": "NOTHING_FOUND",
    "schema.org/tess__slides": "NOTHING_FOUND",
    "schema.org/tess__tdcc": "NOTHING_FOUND",
    "schema.org/tess__wur": "NOTHING_FOUND",  # events
    "xcri-cap/xcri-aggregator__adam_smith": "VALUE_INVALID",
    "xcri-cap/xcri-rdf__adamsmith": "VALUE_INVALID",
    "xcri-cap/xcricap-validator__IValidationService_Invalid_Structure": "XML_INVALID",
    "xcri-cap-xsd/": "NOT_A_FEED",
}
"""Files of a format that is taken with something in them that is not; each as a whole is refused with this code."""
NO_RECORDS = {
    "ctdl/ctdl_json_validati__2018-03-15_CostManifest",
    "ctdl/ctdl_json_validati__2018-03-15_assessment",
    "ctdl/ctdl_json_validati__2018-03-15_conditionManifest",
    "ctdl/ctdl_json_validati__invalid_CondProfile",
    "ctdl/ctdl_json_validati__invalid_MissingAvailable",
    "ctdl/ctdl_json_validati__invalid_corequisite",
    "ctdl/ctdl_json_validati__invalid_credentialType",
    "ctdl/ctdl_json_validati__invalid_missing_costDetails",
    "ctdl/registry_assistant__AssessmentEnvelope",
    "ctdl/registry_assistant__CostManifest",
    "ctdl/schema-development__2_basicDescription",
    "ctdl/schema-development__framework",
    "ctdl-asn/schema-development__ConnectingCredentialsLevels",
    "ooapi/oeapi-endpoint-qui__academic_session",
    "ooapi/oeapi-endpoint-qui__organization_template",
    "xcri-cap/xcricap-validator__IValidationService_Invalid_Namespaces_Description",
}
"""Files of which nothing is taken, though nothing in them is wrong: warnings say what they are of."""


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read_sample(path: Path) -> Delivery:
    return read_delivery(path.read_bytes(), Told())


def expected_format(name: str) -> str:
    if find(UNKNOWN, name):
        return "unknown"
    folder, _, file = name.partition("/")
    return FORMAT_OF_SUFFIX.get(Path(file).suffix, "table" if "openbadges_context" in file else FORMAT_OF_FOLDER[folder])


def expected_refusal(name: str) -> str | None:
    return find(UNKNOWN, name) or find(REFUSED, name)


def find(table: dict[str, str], name: str) -> str | None:
    return next((code for start, code in table.items() if name.startswith(start)), None)


def errors(delivery: Delivery) -> Iterator[str]:
    return (one.code for one in delivery.issues if one.severity is Severity.ERROR)
