"""Whose listings a source sends: the institution that `--owner` names has to be there."""

from difflib import get_close_matches

from sqlalchemy import Connection, select

from catalog.errors import ArgumentInvalid
from catalog.ingest.formats import named_format
from catalog.model.bulk import table_of
from catalog.model.documents import find_ids_by_slug
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import NOTHING_TOLD
from catalog.model.record import RECORD_FORMAT
from catalog.model.tables import InstitutionRow
from catalog.model.vocabulary import RecordType


def require_owner(connection: Connection, owner: str | None) -> None:
    """Raises ArgumentInvalid where no institution has, or had, this slug."""
    if owner is None or find_ids_by_slug(connection, RecordType.INSTITUTION, [owner]):
        return
    slugs = connection.scalars(select(table_of(InstitutionRow).c.slug)).all()
    near = get_close_matches(owner, slugs, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise ArgumentInvalid(f"no institution has the slug {owner[:80]!r}{hint}", argument="owner")


def may_found(data: bytes, format_: str | None) -> bool:
    """Whether a file may itself bring its institution: only our own format does."""
    if format_ is not None:
        return format_ == RECORD_FORMAT
    try:
        return named_format(RECORD_FORMAT).recognises(open_content(data, NOTHING_TOLD))
    except ContentRefused:
        return False
