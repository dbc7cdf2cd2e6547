"""Hosts as addresses write them, in the one spelling that is looked up, checked and shown."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from catalog.errors import FetchFailed

LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def parse_host(text: str) -> str:
    """A name in small ASCII letters without a dot at its end, or an IP address without brackets.

    Raises FetchFailed: ADDRESS_INVALID; ADDRESS_FORBIDDEN for numbers that some programs read as an IP address.
    """
    if text.startswith("["):
        return _parse_ipv6(text)
    name = text.lower() if text.isascii() else _to_ascii(text)
    name = name.removesuffix(".")
    labels = name.split(".")
    if len(name) > LONGEST_HOST or not all(_LABEL.fullmatch(one) for one in labels):
        raise FetchFailed("the address names no host that can be", code="ADDRESS_INVALID")
    return _parse_ipv4(name) if _NUMBER.fullmatch(labels[-1]) else name


def _to_ascii(text: str) -> str:
    """Letters that only look like digits and dots become those, and are checked as such."""
    try:
        if len(text) <= LONGEST_HOST:
            return idna.encode(text, uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        pass
    raise FetchFailed("the host has letters that no host has", code="ADDRESS_INVALID")


def _parse_ipv4(name: str) -> str:
    """Four decimal numbers and nothing else: 2130706433, 0x7f.1, 127.1 and 0177.0.0.1 are ways to hide one."""
    try:
        return str(IPv4Address(name))
    except AddressValueError:
        message = "the host is a number in a spelling that programs read in different ways"
        raise FetchFailed(message, code="ADDRESS_FORBIDDEN") from None


def _parse_ipv6(text: str) -> str:
    try:
        found = IPv6Address(text.removeprefix("[").removesuffix("]"))
    except AddressValueError:
        raise FetchFailed("the address names no host that can be", code="ADDRESS_INVALID") from None
    if found.scope_id is not None:
        raise FetchFailed("the host is an address of one machine's own link", code="ADDRESS_FORBIDDEN")
    return str(found)
