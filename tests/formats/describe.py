"""Writes into docs/FORMATS.md what is made of others' files. `python -m tests.formats.describe` after a format changes."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from catalog.errors import Severity
from catalog.model.reading.delivery import Delivery
from tests.formats.samples import FILES, errors, name_of, read_sample
from tests.served import ROOT

PAGE = ROOT / "docs" / "FORMATS.md"
HEADING = "## Others' files"
BEGIN, END = "<!-- samples: begin -->", "<!-- samples: end -->"
NAMES = {"unknown": "none of them", "table": "table (others' columns)"}
INTRODUCTION = f"""
{HEADING}
What is made of the {{count}} files that others publish and that we test against. Many of them are broken, or are of something
that no catalogue lists: a file is refused as a whole where an error stands in it, unless its sender asks for the rest
(`--on-error reject-failed`). `python -m tests.formats.describe` writes this table, and a test holds it to the files.

"""


def describe(deliveries: Mapping[str, Delivery]) -> str:
    """The table, without an end of line."""
    by_format: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries.values():
        by_format[delivery.format].append(delivery)
    names = sorted(by_format, key=lambda name: (name == "unknown", name))
    head = ["| format | files | records | errors | warnings | refused |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(name, by_format[name]) for name in names), _row("**all**", list(deliveries.values()))])


def _row(name: str, found: list[Delivery]) -> str:
    types = Counter(str(record.type) for one in found for record in one.records)
    wrong = sum(len(list(errors(one))) for one in found)
    warnings = sum(issue.severity is Severity.WARNING for one in found for issue in one.issues)
    refused = Counter(code for one in found for code in sorted(set(errors(one))))
    files = sum(one.is_refused for one in found)
    codes = ", ".join(f"{code} {count}" for code, count in sorted(refused.items()))
    records = ", ".join(f"{kind} {count}" for kind, count in sorted(types.items()))
    shown = f"{files}: {codes}" if files else "0"
    return f"| {NAMES.get(name, name)} | {len(found)} | {records or '0'} | {wrong} | {warnings} | {shown} |"


def main() -> None:
    table = describe({name_of(path): read_sample(path) for path in FILES})
    text = PAGE.read_text(encoding="utf-8")
    if BEGIN not in text:
        text = text.rstrip() + "\n" + INTRODUCTION.format(count=len(FILES)) + f"{BEGIN}\n{END}\n"
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    PAGE.write_text(f"{text[:start]}\n{table}\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    main()
