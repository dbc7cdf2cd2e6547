"""Hosts that the operator named, which may be inside."""

from catalog.ingest.fetching.address import Address


def is_exempt(address: Address, allowed_hosts: frozenset[str]) -> bool:
    """Whether its host is named, alone or with this port."""
    return _names(address, allowed_hosts, "") or has_exempt_port(address, allowed_hosts)


def has_exempt_port(address: Address, allowed_hosts: frozenset[str]) -> bool:
    """Whether it is named with its port, which may then be any."""
    return _names(address, allowed_hosts, f":{address.port}")


def _names(address: Address, allowed_hosts: frozenset[str], port: str) -> bool:
    spellings = {f"[{address.host}]{port}"} if ":" in address.host else {f"{address.host}{port}"}
    if not port:
        spellings.add(address.host)
    return any(one.strip().lower() in spellings for one in allowed_hosts)
