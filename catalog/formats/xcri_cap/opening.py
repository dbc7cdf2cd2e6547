"""What stands before and in the first tag of an XML file, told without parsing it."""

import re
from dataclasses import dataclass

LONGEST_TAG = 20_000
MOST_BEFORE_ROOT = 1_000
"""Comments, instructions and types; a file that has more never begins."""
_MARKS = (("<?", "?>"), ("<!--", "-->"))
_TAG = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)")
_DOCTYPE = "<!DOCTYPE"
_NAMED = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAMESPACE = re.compile(r"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TARGET = re.compile(r"""\stargetNamespace\s*=\s*["']([^"']*)["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Opening:
    """`root` is the local name of the first element, or of what a DOCTYPE is of that is not taken.

    `is_dtd` says that the file declares something of its own, or asks for what a DOCTYPE elsewhere declares.
    """

    root: str = ""
    namespace: str = ""
    target: str = ""
    is_dtd: bool = False


def look(text: str) -> Opening:
    """An empty root where the text begins with no element."""
    at = 0
    for _ in range(MOST_BEFORE_ROOT):
        at += len(text[at : at + LONGEST_TAG]) - len(text[at : at + LONGEST_TAG].lstrip())
        if text.startswith(_DOCTYPE, at):
            end = _end_of_doctype(text, at)
            if end is None or _ENTITY.search(text, end):
                named = _NAMED.match(text, at, at + LONGEST_TAG)
                return Opening(named[1] if named else "", is_dtd=True)
            at = end
            continue
        mark = next((end for start, end in _MARKS if text.startswith(start, at)), None)
        if mark is None:
            return _element(text, at)
        end = text.find(mark, at)
        if end < 0:
            return Opening()
        at = end + len(mark)
    return Opening()


def without_declaration(text: str) -> str:
    """The text has been decoded already: what the file says of its encoding no longer holds."""
    found = _DECLARATION.match(text[:LONGEST_TAG])
    return "\n" * found[0].count("\n") + text[found.end() :] if found else text


def _end_of_doctype(text: str, at: int) -> int | None:
    """Where a DOCTYPE ends that only names a schema; None where it has declarations, or does not end."""
    head = text[at : at + LONGEST_TAG]
    plain = _QUOTED.sub(lambda found: "_" * len(found[0]), head)
    end = plain.find(">")
    return None if end < 0 or "[" in plain[:end] else at + end + 1


def _element(text: str, at: int) -> Opening:
    found = _TAG.match(text, at, at + LONGEST_TAG)
    if found is None:
        return Opening()
    tag = text[found.end() : found.end() + LONGEST_TAG]
    tag = tag[: _QUOTED.sub(lambda one: "_" * len(one[0]), tag).find(">")]
    names = {one[1] or "": one[2] or one[3] or "" for one in _NAMESPACE.finditer(tag)}
    target = _TARGET.search(tag)
    return Opening(found[2], names.get(found[1] or "", ""), target[1] if target else "")
