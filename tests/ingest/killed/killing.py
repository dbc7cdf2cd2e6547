"""Kills a writer within a step, and says everything that is not as it must be: nothing, in a build that is sound."""

from dataclasses import dataclass

from tests.ingest.killed.deliveries import SOURCES, is_rollback, name_of
from tests.ingest.killed.ways import PLAIN

SOURCE = SOURCES[0]
FILE_STEP, ROLLBACK_STEP = 2, 3
SEND, RELEASE, AGAIN = ("send", "release"), ("release", "send"), ("send", "send")


@dataclass(frozen=True)
class Build:
    """What is killed: the way it applies, and the sabotage done to it."""

    way: str = PLAIN
    sabotage: str | None = None

    @property
    def arguments(self):
        return {"way": self.way, "sabotage": self.sabotage}


def kill_at_point(nursery, url, reference, build, point, *, sent_first=True):
    """`reference` are the digests of an undisturbed run after each step. Raises AssertionError where it was not killed."""
    at = ROLLBACK_STEP if point.rollback else FILE_STEP
    nursery.run_to_death("write", url=url, source=SOURCE, at=at, last=at, point=point.name, **build.arguments)
    received = [name_of(SOURCE, at)] if point.received and not point.published else []
    seen = recovered(nursery, url, build, at, order_of(at, sent_first=sent_first or not point.received))
    return [*wrong(seen, reference, at), *_lost(seen["first"], at if point.published else at - 1, received)]


def kill_at_statement(nursery, url, reference, build, at, number):
    """None where the step has fewer statements: it is done then."""
    child = nursery.start("write", url=url, source=SOURCE, at=at, last=at, statement=number, **build.arguments)
    code, _ = nursery.wait(child)
    if code == 0:
        return None
    assert code == -9, (code, nursery.log.read_text()[-3_000:])
    return wrong(recovered(nursery, url, build, at, order_of(at)), reference, at)


def order_of(step, *, sent_first=True):
    """In which a step is brought to its end; what is no file cannot be released."""
    if is_rollback(step):
        return AGAIN
    return SEND if sent_first else RELEASE


def recovered(nursery, url, build, step, order, source=SOURCE):
    """What a fresh process of a whole build sees: right after the kill, and after each act that brings the step to its end."""
    return nursery.run("recover", url=url, source=source, step=step, order=order, way=build.way)


def wrong(seen, reference, step, source=SOURCE):
    """After the kill the step is wholly there or wholly absent; then it is done, once, and doing it again changes nothing."""
    first, last = seen["first"], seen["last"]
    found = [*differing(first, reference, source), *differing(last, reference, source)]
    steps = [first["steps"][source], last["steps"][source]]
    if steps not in ([step - 1, step], [step, step]):
        found.append(f"STEPS: {steps[0]} were there when {step} was killed, {steps[1]} when it was done")
    acts = [one for done in seen["done"].values() if done for one in done.split(",")]  # it may have been received twice
    expected = ["UNCHANGED" if steps[0] == step else "PUBLISHED", *["UNCHANGED"] * (len(acts) - 1)]
    if acts != expected:
        found.append(f"DONE: {seen['done']}")
    if name_of(source, step) in last["received"] and any("release" in act for act in seen["done"]):
        found.append(f"RECEIVED: {step} still waits after it was released")
    return found


def differing(seen, reference, source):
    """Where what a source has is not what an undisturbed run of as many steps makes, and what is never right."""
    step, own = seen["steps"][source], seen["digests"][source]
    other = [name for name in own if own[name] != reference[step][name]]
    differs = [f"STATE: after {step} steps of {source} these tables differ: {', '.join(other)}"] if other else []
    return [*seen["violations"], *differs]


def _lost(seen, steps, received):
    found = []
    if seen["steps"][SOURCE] != steps:
        found.append(f"STEPS: {seen['steps'][SOURCE]} are there, and not {steps}")
    if seen["received"] != received:
        found.append(f"RECEIVED: {seen['received']} wait to be released, and not {received}")
    return found
