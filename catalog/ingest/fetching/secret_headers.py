"""Headers with secrets, which stand in the environment and nowhere else."""

import re
from collections.abc import Mapping

from catalog.errors import StorageError
from catalog.ingest.fetching.request_headers import HARMLESS, check_headers

_REFERENCE = re.compile(r"\$\{env:([A-Za-z_][A-Za-z0-9_]{0,99})\}")
_WHOLE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]{0,99})")
OUR_SETTINGS = "CATALOG_"


def resolve_headers(stated: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """From `{"Authorization": "Bearer ${env:UVIC_TOKEN}"}` or `{"X-Api-Key": "env:UVIC_KEY"}` to what is sent.

    Only Accept, Accept-Language and User-Agent may be written out. Raises StorageError (SETTING_INVALID), which names
    header and variable and never shows a value.
    """
    return check_headers({name: _resolved(name, text, environment) for name, text in stated.items()})


def parse_header(line: str) -> tuple[str, str]:
    """Name and value, which may refer to the environment, of `Authorization: Bearer ${env:UVIC_TOKEN}`.

    Raises StorageError (SETTING_INVALID).
    """
    name, colon, value = line.partition(":")
    if not colon or not name.strip() or not value.strip():
        raise StorageError("a header is written as `Name: value`", code="SETTING_INVALID")
    return name.strip(), value.strip()


def _resolved(name: str, text: str, environment: Mapping[str, str]) -> str:
    if whole := _WHOLE.fullmatch(text.strip()):
        return _value(name, whole[1], environment)
    if not _REFERENCE.search(text) and name.lower() not in HARMLESS:
        message = f"the header {name} must refer to the environment, as in ${{env:NAME}}: secrets are not kept here"
        raise StorageError(message, code="SETTING_INVALID")
    return _REFERENCE.sub(lambda found: _value(name, found[1], environment), text)


def _value(header: str, variable: str, environment: Mapping[str, str]) -> str:
    if variable.upper().startswith(OUR_SETTINGS):
        message = f"the header {header} refers to {variable}, a setting of the catalogue, which is sent to nobody"
        raise StorageError(message, code="SETTING_INVALID")
    value = environment.get(variable, "").strip()
    if not value:
        message = f"the header {header} refers to the environment variable {variable}, which is not set"
        raise StorageError(message, code="SETTING_INVALID")
    return value
