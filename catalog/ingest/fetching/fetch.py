"""One address, from its text to its bytes, through redirects that are checked like the first address."""

from collections.abc import Callable, Mapping

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import Address, parse_address
from catalog.ingest.fetching.answer import Fetched, Validators
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.outside import SYSTEM, Outside
from catalog.ingest.fetching.request_headers import only_harmless, with_defaults
from catalog.ingest.fetching.visiting import visit

Accepts = Callable[[Address], bool]


def fetch(
    address: str,
    limits: FetchLimits,
    *,
    headers: Mapping[str, str] | None = None,
    validators: Validators | None = None,
    allowed_hosts: frozenset[str] = frozenset(),
    outside: Outside = SYSTEM,
    accepts: Accepts | None = None,
) -> Fetched:
    """What stands at an address now, or NOT_MODIFIED where `validators` say that nothing changed.

    `headers` go to the server that the address names and to no other, but for Accept, Accept-Language and User-Agent.
    `allowed_hosts` (`host` or `host:port`) may be inside. `accepts` is asked before a redirect is followed.
    Raises FetchFailed with a stable code, and StorageError (SETTING_INVALID) for headers that cannot be sent.
    """
    here = parse_address(address)
    sent = with_defaults(headers or {})
    deadline = Deadline(limits.total_seconds, outside.clock)
    seen = {str(here)}
    for _ in range(limits.redirects + 1):
        try:
            step = visit(here, sent, validators, allowed_hosts, limits, deadline, outside)
            if isinstance(step, Fetched):
                return step
            there = here.joined(step)
            _check_redirect(here, there, seen, accepts)
        except FetchFailed as failure:
            raise _named(here, failure) from failure.__cause__
        if there.origin != here.origin:
            sent = only_harmless(sent)
        seen.add(str(there))
        here = there
    raise FetchFailed(f"{here.shown}: there were more than {limits.redirects} redirects", code="FETCH_REDIRECTS")


def _named(here: Address, failure: FetchFailed) -> FetchFailed:
    return FetchFailed(f"{here.shown}: {failure.message}", code=failure.code, **failure.details)


def _check_redirect(here: Address, there: Address, seen: set[str], accepts: Accepts | None) -> None:
    if here.scheme == "https" and there.scheme == "http":
        raise FetchFailed("it redirects from https to http", code="FETCH_REDIRECTS")
    if str(there) in seen:
        raise FetchFailed("it redirects in a circle", code="FETCH_REDIRECTS")
    if accepts and not accepts(there):
        raise FetchFailed(f"it redirects to {there.shown}, where it must not lead", code="FETCH_REDIRECTS")
