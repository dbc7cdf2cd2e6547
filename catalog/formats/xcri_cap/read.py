"""Reads XCRI-CAP 1.2 and 1.1: each course becomes a credential, each presentation an offering."""

import re
from contextlib import suppress

from catalog.formats.xcri_cap.feed import Feed
from catalog.formats.xcri_cap.names import CAP, CAP_1_1, CAP_1_2, FAMILY
from catalog.formats.xcri_cap.opening import Opening, look, without_declaration
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused

FORMAT = "xcri-cap"
LONGEST_HEAD = 20_000
_SCHEMA = "http://www.w3.org/2001/XMLSchema"
_OURS = ("xcri", "purl.org/net/mlo")
_LISTS = re.compile(r"<(?:[\w.-]+:)?(?:provider|course)[\s>/]")


def recognises(content: Content) -> bool:
    """A catalog of XCRI, or one without any namespace; also the schemas of XCRI, so that they are named as such."""
    if content.kind not in (Kind.XML, Kind.HTML):
        return False
    opening = look(content.text)
    if opening.is_dtd:
        return opening.root == "catalog"
    if _is_schema(opening):
        return any(one in opening.target for one in _OURS)
    return _is_catalog(opening) and (bool(opening.namespace) or bool(_LISTS.search(content.text, 0, LONGEST_HEAD)))


def read(content: Content, told: Told) -> Delivery:
    """Never raises: whatever is wrong is an issue."""
    opening = look(content.text)
    if opening.is_dtd:
        hint = "send it without a DOCTYPE, and letters as themselves"
        return refused(FORMAT, "XML_DTD_FORBIDDEN", "the file declares a document type, or needs one", hint)
    if _is_schema(opening):
        return refused(FORMAT, "NOT_A_FEED", "the file is a schema: it says how courses are written and names none")
    if CAP.match(opening.namespace) and opening.namespace not in (CAP_1_2, CAP_1_1):
        message = f"the file is of a version of XCRI-CAP that we do not read: {opening.namespace[:120]}"
        return refused(FORMAT, "VERSION_UNSUPPORTED", message, "send XCRI-CAP 1.2")
    if not _is_catalog(opening):
        message = f"the file is no XCRI-CAP: its root is {opening.root or 'missing'}" + (
            f" of {opening.namespace[:120]}" if opening.namespace else ""
        )
        return refused(FORMAT, "FORMAT_UNKNOWN", message, f"it begins with <catalog xmlns={CAP_1_2!r}>")
    reading = Reading(FORMAT, told)
    with suppress(Full):
        Feed(reading, opening.namespace).read(without_declaration(content.text))
    return reading.end()


def _is_catalog(opening: Opening) -> bool:
    return opening.root == "catalog" and (opening.namespace in FAMILY or bool(CAP.match(opening.namespace)))


def _is_schema(opening: Opening) -> bool:
    return opening.root == "schema" and opening.namespace == _SCHEMA
