"""What is sent with a request, and what of it another server may see."""

import re
from collections.abc import Mapping

from catalog.errors import StorageError

HARMLESS = frozenset({"accept", "accept-language", "user-agent"})
"""All else that a source states is taken for a secret."""
OURS = frozenset(
    {
        *("host", "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect", "content-length"),
        *("accept-encoding", "if-none-match", "if-modified-since", "if-match", "if-range", "range"),
        *("proxy-authorization", "proxy-connection", "content-type", "content-encoding"),
    }
)
AGENT = "catalog-bc"
LONGEST_VALUE = 8_000
_DEFAULTS = {"User-Agent": AGENT, "Accept": "*/*"}
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The same, without spaces around values. Raises StorageError (SETTING_INVALID), which never shows a value."""
    checked: dict[str, str] = {}
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            raise StorageError("a header has a name that no header can have", code="SETTING_INVALID")
        if name.lower() in OURS or name.lower() in (one.lower() for one in checked):
            raise StorageError(f"the header {name} cannot be set, or is set twice", code="SETTING_INVALID")
        plain = value.strip()
        if not plain or not plain.isascii() or not plain.isprintable() or len(plain) > LONGEST_VALUE:
            raise StorageError(f"the value of the header {name} cannot be sent", code="SETTING_INVALID")
        checked[name] = plain
    return checked


def with_defaults(headers: Mapping[str, str]) -> dict[str, str]:
    """Checked as `check_headers` does, and who asks for what, where they do not say so themselves."""
    stated = check_headers(headers)
    names = {name.lower() for name in stated}
    return {name: value for name, value in _DEFAULTS.items() if name.lower() not in names} | stated


def only_harmless(headers: Mapping[str, str]) -> dict[str, str]:
    """What may go to another server than the one that the source names."""
    return {name: value for name, value in headers.items() if name.lower() in HARMLESS}
