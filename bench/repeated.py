"""A question asked again and again: our cached answer, and our 304, against a static response of the same bytes."""

from contextlib import ExitStack
from pathlib import Path

from bench import tuning
from bench.dataset import Dataset
from bench.errors import NotBuilt
from bench.measurement import Measurement, not_measured
from bench.questions import PAGE, SIZE, cursor, get, places, post
from bench.rounds import Contestant, Figure, ask, measure
from bench.servers import our_server, python_server

SECONDS = 2.0
AGAINST = "a static Starlette response of the same bytes"
BY_POST = "the same page again, by POST"
BY_GET = "the same page again, by GET"
UNCHANGED = "the same page again, 304"
GOALS = {BY_POST: ">= 0.8x", BY_GET: ">= 0.8x", UNCHANGED: ">= 1.0x"}


def measure_repeated(data: Dataset, folder: Path) -> list[Measurement]:
    epoch, slugs = places(data.large)
    after = cursor(epoch, slugs[0])
    parameters = {"query": PAGE, "variables": f'{{"first":{SIZE},"after":"{after}"}}'}
    with ExitStack() as running:
        ours = running.enter_context(our_server(f"sqlite:///{data.large}", folder))
        contestants = {
            BY_POST: Contestant(ours, [post("/graphql", PAGE, {"first": SIZE, "after": after})]),
            BY_GET: Contestant(ours, [get("/graphql", parameters)]),
        }
        answer = ask(ours, contestants[BY_GET].requests[0])
        assert answer.body == ask(ours, contestants[BY_POST].requests[0]).body, "GET and POST are answered differently"
        tag = answer.headers.get("etag")
        if tag is not None:
            contestants[UNCHANGED] = Contestant(ours, [get("/graphql", parameters, {"if-none-match": tag})], 304)
        contestants[AGAINST] = Contestant(_static(running, answer.body, folder), [get("/ready", {})])
        figures = measure(contestants, SECONDS)
    found = [_measurement(work, figures) for work in contestants if work != AGAINST]
    if tag is None:
        found.append(not_measured(UNCHANGED, AGAINST, GOALS[UNCHANGED], NotBuilt(["GET", "/graphql"], "no ETag")))
    return found


def _static(running: ExitStack, body: bytes, folder: Path) -> int:
    file = folder / "body"
    file.write_bytes(body)
    return running.enter_context(python_server("static_route", {"BENCH_BODY": str(file)}, folder))


def _measurement(work: str, figures: dict[str, Figure]) -> Measurement:
    ours, reference = figures[work], figures[AGAINST]
    details = {"ours": ours.to_json(), "reference": reference.to_json()}
    return Measurement(work, ours.seconds, reference.seconds, AGAINST, GOALS[work], tuning=tuning.STATIC, details=details)
