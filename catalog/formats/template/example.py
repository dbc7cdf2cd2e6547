"""The filled example of the template. Its refs begin with EXAMPLE-, which nothing publishes; none of it is a real course."""

from collections.abc import Mapping, Sequence

from catalog.formats.template.cell import Cell
from catalog.formats.template.columns import CREDENTIALS, FEES, MEETINGS, OFFERINGS, USUAL

EXAMPLE_ROWS: Mapping[str, Sequence[Mapping[str, Cell]]] = {
    CREDENTIALS: (
        {
            "ref": "EXAMPLE-001",
            "title": "Example: Heat Pump Basics",
            "title_fr": "Exemple : notions de base des thermopompes",
            "kind": "MICRO_CREDENTIAL",
            "summary": "One or two sentences that a learner reads first.",
            "url": "https://example.org/heat-pumps",
            "languages": "en; fr",
            "records": "BADGE; LETTER",
            "total_hours": "40-45",
            "weeks": 6,
            "credit_status": "NON_CREDIT",
            "skills": "sizing a heat pump; reading a wiring diagram",
            "occupations": "72402",
            "requirements": "NONE",
            "assessed": "YES",
            "assessment_methods": "practical test",
        },
    ),
    OFFERINGS: (
        {"credential": "EXAMPLE-001", "ref": USUAL, "mode": "BLENDED", "attendance": "EVENING; WEEKEND"},
        {
            "credential": "EXAMPLE-001",
            "ref": "fall-2027",
            "label": "Fall 2027",
            "run": "CONFIRMED",
            "starts_on": "2027-09-13",
            "ends_on": "October 2027",
            "registration_closes": "2027-09-06",
            "mode": "BLENDED",
            "places": "Sooke",
            "seats": 16,
        },
    ),
    FEES: (
        {
            "credential": "EXAMPLE-001",
            "offering": "fall-2027",
            "kind": "TUITION",
            "amount": "749.00",
            "residency": "DOMESTIC",
        },
        {"credential": "EXAMPLE-001", "offering": "fall-2027", "kind": "MATERIALS", "amount": "FREE"},
    ),
    MEETINGS: (
        {
            "credential": "EXAMPLE-001",
            "offering": "fall-2027",
            "kind": "CLASS",
            "days": "TUE; THU",
            "start_time": "18:30",
            "end_time": "21:00",
            "required": "YES",
        },
    ),
}
