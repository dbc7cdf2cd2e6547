"""A bucket for each address."""

from catalog.http.rate import BURST_SECONDS, RateLimiter, client_of


def test_a_burst_then_the_steady_rate():
    limiter = RateLimiter(60)
    taken = [limiter.wait_seconds("a", 100.0) for _ in range(12)]
    assert taken[: int(BURST_SECONDS)] == [0.0] * 10
    assert taken[10:] == [1.0, 1.0]
    assert limiter.wait_seconds("a", 101.0) == 0.0
    assert limiter.wait_seconds("a", 101.5) == 0.5
    assert limiter.wait_seconds("b", 100.0) == 0.0


def test_a_rate_below_one_in_ten_seconds_lets_one_through():
    limiter = RateLimiter(1)
    assert (limiter.wait_seconds("a", 0.0), limiter.wait_seconds("a", 1.0)) == (0.0, 59.0)


def test_clients_that_are_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr("catalog.http.rate.MOST_CLIENTS", 3)
    limiter = RateLimiter(60)
    for client in "abcd":
        limiter.wait_seconds(client, 0.0)
    assert list(limiter._full_at) == ["b", "c", "d"]


def test_addresses_of_one_customer_count_together():
    assert client_of("2001:db8:1:2:aaaa::1") == client_of("2001:db8:1:2:bbbb::9%eth0") == "2001:db8:1:2::"
    assert client_of("2001:db8:1:3::1") != client_of("2001:db8:1:2::1")
    assert client_of("::ffff:192.0.2.1") != client_of("::ffff:192.0.2.2")
    assert client_of("192.0.2.1") == "192.0.2.1"
    assert (client_of(None), client_of("not:an:address")) == ("", "not:an:address")
