from ipaddress import ip_address

import pytest

from catalog.ingest.fetching.networks import is_inside, is_metadata, unwrapped


@pytest.mark.parametrize(
    "text",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.0.9"),
        *("169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1"),
        *("192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1"),
        *("240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "100::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:808:808::1"),
        *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:0:808:808::1", "2001:10::1", "3fff::1", "5f00::1", "fd00:ec2::254"),
        *("2606:4700::5efe:a00:1", "2606:4700::200:5efe:7f00:1", "2000::7f00:1%eth0"),
    ],
)
def test_what_is_inside(text):
    assert is_inside(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "142.104.5.64", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "11.0.0.1", "126.1.1.1",
     "2606:4700::1111", "2a00:1450::1", "2620:0:ccc::2", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)  # fmt: skip
def test_what_is_public(text):
    assert not is_inside(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::169.254.169.254",
     "fd00:ec2::254", "168.63.129.16", "100.100.100.200", "2606::5efe:a9fe:a9fe"],
)  # fmt: skip
def test_where_machines_are_told_their_secrets(text):
    assert is_metadata(ip_address(text))


def test_an_ipv4_address_in_ipv6_is_connected_to_as_what_it_is():
    assert str(unwrapped(ip_address("::ffff:8.8.8.8"))) == "8.8.8.8"
    assert str(unwrapped(ip_address("2606:4700::1111"))) == "2606:4700::1111"
