"""Writes docs/SEED.md: what the seed holds, counted. `python -m tests.seed.describe` after every change of the seed."""

import re
from collections import Counter

from tests.seed.facts import leaves, seed_files, seed_records
from tests.served import ROOT

PAGE = ROOT / "docs" / "SEED.md"
CONSTANT = re.compile(r"^[A-Z][A-Z_]+$")
WORDS = re.compile(
    r"(^|\.)(title|name|label|labels|text|summary|description|shortName|words|original|note|unlisted|value|providerTerm)(\.|$)"
)
HEAD = """# The seed
What `catalog seed` publishes, counted. This page is written by `python -m tests.seed.describe`, and a test holds it to the seed.

Every record is made from the team's collected facts, in our own words, and says where each field was read. A fact that a source does not
state is absent: never zero, never guessed. Files are plain ingest files, one for each source, published in the order of their names:
`10`-`13` reference data, `20` institutions, `25` outside qualifications, `30`-`75` what partners, providers, government, news, collections and
copies say, `80`-`95` pathways, recognition, menus and money, `96` our own classification. [seed/sources.json](../seed/sources.json) names
the gazetteer and the outlook with their versions and licences.

## How facts became records
- A fact's number stands in `identifiers` (scheme `catalogue-fact`); `pw-07.2` is the second record that one fact became.
- Two facts (bc-001, bc-002) are two runs of one bootcamp: 207 listings are 206 credentials.
- A set, an area or a series whose parts the source does not name has kind OTHER and `countable: false`; a short program is not a micro-credential.
- Component courses are credentials of kind COURSE, named in the whole's `components`; order and choice stand in pathways.
- Qualifications from outside (Red Seal, English 12, provincial certificates, degrees that pathways lead to) have `catalogued: false`: they can be held and required, and are never listed or counted.
- Issuers, owners and funders that no source names are the unlisted institution `outside`. Five institutions are unlisted stand-ins; 75 are those of the facts, one of them (in Ontario) unlisted too.
- Regions of institutions are derived from the city. The region stated for a listing is mostly the provider's home: it is not taken for the place taught.
- "fall 2021" is August to December, "spring 2025" January to June, "late 2019 to early 2020" July to June: bounds of ours around words that stay in `text`.
- Sectors, occupations and themes of listings are our classification, with the listing's words and the code's official title as evidence.
- Copies (`MIRROR`) and working copies (`STAGING`) are marked and never linked; `OLD` and `AGGREGATOR` pages are marked and linked.
"""


def describe() -> str:
    return "\n".join([HEAD, *_types(), *_stated(), *_values(), *_sources(), *_gaps()]) + "\n"


def _types() -> list[str]:
    counts = Counter(record["type"] for _, record in seed_records())
    rows = [f"| {name} | {count} |" for name, count in sorted(counts.items())]
    return [
        "## Statements by type",
        "Some credentials have several statements: news beside a provider, and our classification.",
        "",
        "| type | statements |",
        "|---|---|",
        *rows,
        "",
    ]


def _listings() -> list[dict[str, object]]:
    return [
        record for name, record in seed_records("credential") if "title" in record and record.get("catalogued") is not False
    ]


def _stated() -> list[str]:
    """How much of the listings each field is stated for."""
    listings = _listings()

    def share(*names: str) -> int:
        return sum(any(name in record for name in names) for record in listings)

    def in_runs(name: str) -> int:
        return sum(
            any(name in run for run in [record.get("usual", {}), *record.get("offerings", [])]) for record in listings
        )

    rows = {
        "hours": share("statedHours", "totalHours", "instructionalHours"),
        "weeks or elapsed time": share("weeks"),
        "credit status": share("credit"),
        "skills": share("skills"),
        "requirements": share("requirements"),
        "assessment": share("assessed"),
        "badge": sum("BADGE" in record.get("records", []) for record in listings),
        "delivery mode": in_runs("mode"),
        "place taught": in_runs("places"),
        "fees": in_runs("fees"),
        "a dated or recurring start": sum(bool(record.get("offerings")) for record in listings),
    }
    body = [f"| {name} | {count} | {len(listings) - count} |" for name, count in rows.items()]
    return [f"## What the {len(listings)} listings state", "", "| field | stated | not stated |", "|---|---|---|", *body, ""]


def _values() -> list[str]:
    """Every enumeration value by field."""
    counts: dict[str, Counter[str]] = {}
    for _, record in seed_records():
        for path, value in leaves(record):
            if isinstance(value, str) and CONSTANT.match(value) and not WORDS.search(path.replace("[]", "")):
                key = f"{record['type']}.{re.sub(r'sources[.][^ ]*[.]quality', 'sources.quality', path.replace('[]', ''))}"
                counts.setdefault(re.sub(r"(\.rule)(\.(all|any|of))+", r"\1", key), Counter())[value] += 1
    rows = [
        f"| `{key}` | {', '.join(f'{value} {count}' for value, count in sorted(own.items()))} |"
        for key, own in sorted(counts.items())
    ]
    kinds = Counter(content["source"]["kind"] for content in seed_files().values())
    sources = f"| `source.kind` | {', '.join(f'{value} {count}' for value, count in sorted(kinds.items()))} |"
    return ["## Enumeration values", "", "| field | values and how often |", "|---|---|", *rows, sources, ""]


def _sources() -> list[str]:
    rows = [
        f"| `{content['source']['key']}` | {content['source']['name']} | {content['source']['kind']} | {len(content['records'])} |"
        for content in seed_files().values()
    ]
    return ["## Sources", "", "| key | name | kind | records |", "|---|---|---|---|", *rows, ""]


def _gaps() -> list[str]:
    institutions = [record for _, record in seed_records("institution") if record.get("visibility") != "UNLISTED"]
    campuses = [campus for record in institutions for campus in record.get("campuses", [])]
    doubtful = sum("not confirmed" in campus.get("note", "") for campus in campuses)
    reported = sum("as reported" in str(record.get("description", "")) for record in _listings())
    pathways = [record for _, record in seed_records("pathway")]
    unnamed = sum(any("unlisted" in part for part in record["parts"]) for record in pathways)
    undated = sum(not any("statedOn" in note or "asOf" in note for note in record["sources"]["*"]) for record in _listings())
    return [
        "## Gaps",
        f"- {sum(not record.get('campuses') for record in institutions)} of {len(institutions)} listed institutions have no place, since no source names one; {doubtful} of {len(campuses)} campuses lie in a city that no source confirms, and say so.",
        f"- {reported} titles are as reported, not official. {undated} listings bear no date at all: nobody can say how fresh they are.",
        "- Nothing is open today: no source states a current registration window, except the recurring months of UBC's assistant course (no year) and continuous intakes without a date of confirmation.",
        "- Regional districts are not assigned to development regions, and Coast Mountain College has no development region: its sources say North Coast and Nechako, which the outlook reports together.",
        "- The future skills grant has no window: one provider's page says applications are closed, with a waitlist, and gives no day; nobody says more. Its designations are the listings whose own source names the grant, not the official list.",
        "- The first wave of 2021 was $4 million for 24 micro-credentials at 15 institutions (other official pages say 23 at 14, or 24 at 14); only the recipients that our facts name are recorded, as two awards of $2 million. The $5 million second round is absent: no recipient is known.",
        "- Two awards to TRU do not name their funder. Fiscal years of awards are not stated.",
        f"- {unnamed} of {len(pathways)} pathways leave parts unnamed (`unlisted`), as their sources do: what is listed alone never satisfies them.",
        "- No listing states CIP codes, quality assurance, languages other than English, seats left or refunds. Only NOC titles are in French.",
        "- No provincial menu has been published: the clean-building menu is an illustration of ours, marked as one.",
    ]  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(describe(), encoding="utf-8")
