"""Every hostile request of ours, by what it attacks; `%%SALT%%` in a body becomes another number at each sending."""

import base64
import json
from collections.abc import Callable

from tests.http.hostile.bodies import make_bodies
from tests.http.hostile.documents import make_documents
from tests.http.hostile.execution import make_execution
from tests.http.hostile.framing import make_framing
from tests.http.hostile.introspecting import make_introspection
from tests.http.hostile.request import Hostile, document
from tests.http.hostile.transport import make_transport
from tests.http.hostile.validation import make_validation

GROUPS: dict[str, Callable[[], list[Hostile]]] = {
    "documents": make_documents,
    "validation": make_validation,
    "introspection": make_introspection,
    "bodies": make_bodies,
    "transport": make_transport,
    "framing": make_framing,
    "execution": make_execution,
}
LISTS = ("credentials", "institutions", "pathways", "menus", "fundingAwards", "recognitions", "skills", "demand", "changes")
KEYS: tuple[tuple[object, ...], ...] = (
    (),
    (None,),
    ({}, []),
    ("a", {}),
    (1, 2, 3),
    (-1,),
    (1.5,),
    (True,),
    (2**63,),
    ("a", 2**70),
    ("\0", "\0"),
    ("é", "ß"),
    ("a",) * 100,
    (1e308, 1e308),
    ("x" * 690,),
)
DOUBLING = "supersedes{...a@} components{...a@}"


def make_corpus() -> list[Hostile]:
    return [one for make in GROUPS.values() for one in make()]


def make_forged(epoch: str) -> list[Hostile]:
    """Cursors of the epoch in force whose keys are none of ours; any name may happen to be a place in a list."""
    return [
        document(
            f"{name} after {str(key)[:40]}",
            "PAGE_INVALID|",
            f"query($a:String){{{name}(after:$a){{edges{{cursor}}}}}}",
            {"a": base64.urlsafe_b64encode(json.dumps([epoch, *key]).encode()).decode().rstrip("=")},
        )
        for name in LISTS
        for key in KEYS
    ]


def make_plans(switches: int) -> Hostile:
    """A small document with 2,000 fields written out and three switches, which has a plan for each of their settings."""
    meshes = " ".join(f"fragment a{one} on Credential{{{DOUBLING.replace('@', str(one + 1))}}}" for one in range(6))
    leaves = "id slug title summary description url languages status lifecycle kind version updatedAt cip statusText"
    roots = 'p:__typename @skip(if:$a) q:__typename @skip(if:$b) r:__typename @skip(if:$c) credential(slug:"a"){...a0}'
    text = f"query($a:Boolean!,$b:Boolean!,$c:Boolean!){{{roots}}} {meshes} fragment a6 on Credential{{{leaves}}}"
    asked = {name: bool(switches & bit) for name, bit in (("a", 1), ("b", 2), ("c", 4))}
    return document("many plans", "COST_TOO_HIGH|DOCUMENT_TOO_WIDE", text, asked)
