"""Documents that are costly to validate: fragments, overlapping fields, names that are almost right."""

from tests.http.hostile.request import Hostile, document, limit, words

INVALID = "GRAPHQL_VALIDATION_FAILED"


def make_validation() -> list[Hostile]:
    return [*_fragments(), *_meshes(), *_overlapping(), *_usages(), *_suggestions()]


def _chain(length: int) -> str:
    links = " ".join(f"fragment a{one} on Query{{...a{one + 1}}}" for one in range(length))
    return f"{{...a0}} {links} fragment a{length} on Query{{__typename}}"


def _fragments() -> list[Hostile]:
    cycle = " ".join(f"fragment a{one} on Query{{...a{(one + 1) % 300}}}" for one in range(300))
    unused = words(270, "fragment a@ on Query{__typename}")
    return [
        document("fragment that spreads itself", INVALID, "{...a} fragment a on Query{...a}"),
        document("cycle of 300 fragments", INVALID, "{...a0}" + cycle),
        document("cycle that nobody spreads", INVALID, "{__typename}" + cycle),
        document("cycle through fields", INVALID, '{credential(slug:"a"){...a}} fragment a on Credential{supersedes{...a}}'),
        document("chain of 100 fragments", "", _chain(100)),
        document("chain of 300 fragments", f"{INVALID}|", _chain(300)),
        document("270 unused fragments", INVALID, "{__typename}" + unused),
        document("800 unknown fragments", INVALID, "{" + words(800, "...a@") + "}"),
        document("fragments of one name", INVALID, "{...a}" + "fragment a on Query{__typename}" * 270),
        document("95 inline fragments", "", "{catalog{" + "...{menus}" * 95 + "}}"),
        document("20 inline fragments deep", "", "{catalog{" + "...{" * 55 + "menus" + "}" * 55 + "}}"),
    ]


def _mesh(levels: int, base: str, end: str, form: str = "...a@ ...a@") -> str:
    """Each fragment spreads the next one twice."""
    inner = " ".join(f"fragment a{one} on {base}{{{form.replace('@', str(one + 1))}}}" for one in range(levels))
    return f"{inner} fragment a{levels} on {base}{{{end}}}"


def _meshes() -> list[Hostile]:
    fields = "supersedes{...a@} components{...a@}"
    return [
        document("mesh that doubles 200 times", "DOCUMENT_TOO_WIDE", "{...a0}" + _mesh(200, "Query", "__typename")),
        document("mesh that nobody spreads", "DOCUMENT_TOO_WIDE", "{__typename}" + _mesh(200, "Query", "__typename")),
        document("mesh with an unknown end", f"DOCUMENT_TOO_WIDE|{INVALID}", "{...a0}" + _mesh(100, "Query", "...missing")),
        document(
            "mesh through fields",
            "DOCUMENT_TOO_WIDE|DOCUMENT_TOO_DEEP",
            "{node(id:1){...a0}}" + _mesh(90, "Credential", "id", fields),
        ),
        document("mesh just below the limit", "DOCUMENT_TOO_REPETITIVE", "{...a0}" + _mesh(9, "Query", "__typename")),
        document("mesh of spreads below the limit", "", "{...a0}" + _mesh(6, "Query", "__typename")),
        document(
            "mesh through fields below the limit",
            "COST_TOO_HIGH|",
            "{node(id:1){...a0}}" + _mesh(8, "Credential", "id", fields),
        ),
        document("each fragment spreads all later ones", "DOCUMENT_TOO_WIDE", "{...a0}" + _every_later(45)),
    ]


def _every_later(count: int) -> str:
    parts = (" ".join(f"...a{other}" for other in range(one + 1, count)) or "__typename" for one in range(count))
    return " ".join(f"fragment a{one} on Query{{{part}}}" for one, part in enumerate(parts))


def _overlapping() -> list[Hostile]:
    spreads = '{credential(slug:"a"){' + words(98, "...a@") + "}}"
    fewer = '{credential(slug:"a"){' + words(80, "...a@") + "}}"
    equal = "nodes(ids:[1 1 1]){id} "
    rising = " ".join(f"nodes(ids:[{one} 1]){{id}}" for one in range(70))
    return [
        document("98 fragments of one field", "", spreads + words(98, "fragment a@ on Credential{id}")),
        document(
            "80 fragments that disagree",
            INVALID,
            fewer + words(80, 'fragment a@ on Credential{title(language:"@")}'),
        ),
        document("190 fields with equal arguments", "DOCUMENT_TOO_REPETITIVE", "{" + equal * 190 + "}"),
        document("70 fields with equal arguments", "", "{" + equal * 70 + "}"),
        document("70 fields with other arguments", INVALID, "{" + rising + "}"),
        document(
            "7 levels of the same pair", "DOCUMENT_TOO_REPETITIVE|DOCUMENT_TOO_WIDE|", "{node(id:1){" + _doubled(7) + "}}"
        ),
    ]


def _doubled(levels: int) -> str:
    inner = "id"
    for _ in range(levels):
        inner = f"...on Credential{{supersedes{{{inner}}} supersedes{{{inner}}}}}"
    return inner


def _usages() -> list[Hostile]:
    """Every operation is checked with every use of a variable in the fragments that it spreads."""
    operations = words(limit("operations"), "query q@($a:ID!){...F}")
    uses = "fragment F on Query{nodes(ids:[" + "$a " * 1_090 + "]){id}}"
    return [
        document("operations over 1,090 uses", "TOO_MANY_OPERATIONS", operations + uses, {"a": "1"}, operationName="q1"),
        document("operations over unknown variables", "TOO_MANY_OPERATIONS", operations + uses.replace("$a", "$b")),
    ]


def _suggestions() -> list[Hostile]:
    return [
        document("3 types almost right", INVALID, "{" + words(3, "...on CredentialConectiom@{id}") + "}"),
        document("3 fields almost right", INVALID, '{credential(slug:"a"){' + words(3, "fundingAwardss@") + "}}"),
        document("20 types almost right", INVALID, "{" + words(30, "...on CredentialConectiom@{id}") + "}"),
        document(
            "300 variable types almost right", INVALID, "query(" + words(300, "$a@:CredentialConectiom@") + "){__typename}"
        ),
        document("30 fields almost right", INVALID, '{credential(slug:"a"){' + words(30, "fundingAwardss@") + "}}"),
        document("30 arguments almost right", INVALID, "{credentials(" + words(30, "firsst@:1") + "){totalCount}}"),
        document(
            "30 enum values almost right",
            INVALID,
            "{credentials(filter:{kinds:[" + words(30, "GRADUATE_CERTIFICATEE@") + "]}){totalCount}}",
        ),
        document(
            "30 input fields almost right",
            INVALID,
            "{credentials(filter:{" + words(30, "startsAfterr@:1") + "}){totalCount}}",
        ),
        document("name of 30 kB", INVALID, "{" + "a" * 31_000 + "}"),
        document("type name of 30 kB", INVALID, "{...on " + "a" * 31_000 + "{id}}"),
        document("20 names of 1,500 characters", INVALID, '{credential(slug:"a"){' + words(20, "a" * 1_500 + "@") + "}}"),
        document(
            "20 types of 60 characters",
            INVALID,
            "{" + words(20, "...on " + "CredentialEquivalenceRecognition" * 2 + "@{id}") + "}",
        ),
        document(
            "enum values almost right in variables",
            "VARIABLES_INVALID",
            "query($f:CredentialFilter){credentials(filter:$f){totalCount}}",
            {"f": {"kinds": [f"GRADUATE_CERTIFICATEE{one}" for one in range(200)]}},
        ),
        document(
            "input fields almost right in variables",
            "VARIABLES_INVALID",
            "query($f:CredentialFilter){credentials(filter:$f){totalCount}}",
            {"f": {f"startsAfterr{one}": 1 for one in range(2_000)}},
        ),
    ]
