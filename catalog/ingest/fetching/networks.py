"""Which addresses of the internet a feed can have, and which are somebody's inside."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

IP = IPv4Address | IPv6Address

_METADATA = frozenset(
    ip_address(one)
    for one in (
        *("169.254.169.254", "fd00:ec2::254", "fd20:ce::254"),  # Amazon and most others; Google by IPv6
        *("169.254.170.2", "169.254.170.23", "fd00:ec2::23"),  # Amazon's containers
        *("168.63.129.16", "100.100.100.200", "192.0.0.192"),  # Azure (a public address), Alibaba, Oracle
    )
)
"""Where machines in a cloud are told their secrets."""
_INSIDE_4 = tuple(
    IPv4Network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_INSIDE_6 = tuple(
    IPv6Network(one)
    for one in (
        "2001::/23",  # protocols, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
_WORD = 0xFFFF_FFFF


def is_metadata(ip: IP) -> bool:
    """Also where it is wrapped in an IPv6 address."""
    return ip in _METADATA or any(one in _METADATA for one in _carried(ip))


def is_inside(ip: IP) -> bool:
    """Private, loopback, link-local, shared, reserved, multicast, unspecified, or a way to wrap one of these."""
    if is_metadata(ip):
        return True
    if isinstance(ip, IPv4Address):
        return any(ip in one for one in _INSIDE_4) or ip.is_multicast or not ip.is_global
    if ip.ipv4_mapped:
        return is_inside(ip.ipv4_mapped)
    if ip in _NAT64:
        return is_inside(IPv4Address(int(ip) & _WORD))
    if ip.scope_id or ip not in _PUBLIC_6 or any(ip in one for one in _INSIDE_6):
        return True
    return int(ip) >> 32 & _WORD in _ISATAP or not ip.is_global


def unwrapped(ip: IP) -> IP:
    """What a connection goes to: an IPv4 address that was written as IPv6 is one."""
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


def _carried(ip: IP) -> Iterator[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return
    for one in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())):
        if one:
            yield one
    if ip in _NAT64 or ip in _COMPATIBLE or int(ip) >> 32 & _WORD in _ISATAP:
        yield IPv4Address(int(ip) & _WORD)
