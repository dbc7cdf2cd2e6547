"""Which vocabulary each element belongs to, and what stands in the wrong one."""

import re
from collections import Counter
from typing import Any

from catalog.model.reading.delivery import Reading

CAP_1_2 = "http://xcri.org/profiles/1.2/catalog"
CAP_1_1 = "http://xcri.org/profiles/catalog"
CAP = re.compile(r"https?://(?:www\.)?xcri\.(?:org|co\.uk)/profiles/")
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_MLO = "http://purl.org/net/mlo"
_CREDIT = "http://purl.org/net/cm"
FAMILY = frozenset({CAP_1_2, CAP_1_1, _DC, _TERMS, _MLO, _CREDIT, ""})
_PLACES = {
    _DC: "contributor date description identifier subject title type",
    _TERMS: "educationLevel bibliographicCitation",
    _CREDIT: "scheme value",
    _MLO: "assessment cost credit duration engagement hasPart isPartOf languageOfInstruction location objective places "
    "prerequisite qualification start url address email fax phone postcode street town",
}
_PLACE_OF = {name: namespace for namespace, names in _PLACES.items() for name in names.split()}
_LEVEL = frozenset({_MLO, _CREDIT})


class Names:
    """Local names of elements; those in the wrong vocabulary are counted, those of strange ones have none."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._known: dict[str, tuple[str | None, bool]] = {}
        self._wrong: Counter[tuple[str, str]] = Counter()

    def of(self, element: Any) -> str | None:
        tag = element.tag
        if not isinstance(tag, str):
            return None
        if tag not in self._known:
            self._known[tag] = self._place(tag)
        name, is_wrong = self._known[tag]
        if is_wrong:
            self._wrong[tag, name or ""] += 1
        return name

    def report(self, reading: Reading) -> None:
        """One warning for each name that stands in the wrong vocabulary."""
        for (tag, name), count in sorted(self._wrong.items()):
            found = _namespace(tag)
            code = "NAMESPACE_MIXED" if found else "NAMESPACE_MISSING"
            said = f"the namespace {found}" if found else "no namespace"
            message = f"{name} stands {count} times in {said}; it was read as if it stood in {self._expected(name)}"
            reading.warn(code, message, name, hint="see XCRI-CAP 1.2 for where each element belongs")

    def _place(self, tag: str) -> tuple[str | None, bool]:
        namespace, name = _namespace(tag), local(tag)
        if namespace not in FAMILY and not CAP.match(namespace):
            return None, False
        if self._root != CAP_1_2:
            return name, self._root == CAP_1_1 and namespace != CAP_1_1
        if name == "level":
            return name, namespace not in _LEVEL
        return name, namespace != self._expected(name)

    def _expected(self, name: str) -> str:
        return _PLACE_OF.get(name, CAP_1_2) if self._root == CAP_1_2 else CAP_1_1


def local(tag: Any) -> str:
    """Empty for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _namespace(tag: str) -> str:
    return tag[1:].rpartition("}")[0] if tag.startswith("{") else ""
