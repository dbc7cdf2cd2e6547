"""Hand-made schemas on which executors disagree: nulls in the wrong place, errors per slot, interfaces, unions, lists of lists."""

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
)

from catalog.runtime.batch import Batch, read_plain


def plain(type_, **options):
    return GraphQLField(type_, resolve=lambda parent, info: read_plain(parent, info.field_name), **options)


def many(type_, function, **options):
    return GraphQLField(type_, resolve=Batch(function), **options)


def fail_odd(parents, _context):
    return [ValueError(f"slot {parent['number']}") if parent["number"] % 2 else parent["number"] for parent in parents]


def fail_all(parents, _context):
    raise RuntimeError("the whole level")


def children(parents, _context, count=2):
    return [[item(parent["number"] * 10 + index) for index in range(count)] for parent in parents]


def item(number):
    kind = "Leaf" if number % 2 else "Branch"
    return {"__typename": kind, "number": number, "text": f"n{number}" if number % 3 else None}


COLOUR = GraphQLEnumType("Colour", {"RED": "red", "BLUE": "blue"})
THING = GraphQLInterfaceType("Thing", lambda: {"number": plain(GraphQLInt), "text": plain(GraphQLNonNull(GraphQLString))})


def common():
    return {
        "number": plain(GraphQLInt),
        "text": plain(GraphQLNonNull(GraphQLString)),
        "odd": many(GraphQLInt, fail_odd),
        "strictOdd": many(GraphQLNonNull(GraphQLInt), fail_odd),
        "broken": many(GraphQLString, fail_all),
        "children": many(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(THING))),
            children,
            args={"count": GraphQLArgument(GraphQLInt, default_value=2)},
        ),
        "maybe": many(GraphQLList(THING), children, args={"count": GraphQLArgument(GraphQLInt, default_value=2)}),
        "union": many(ANY, lambda parents, _c: [item(parent["number"]) for parent in parents]),
        "grid": many(
            GraphQLList(GraphQLList(GraphQLNonNull(GraphQLInt))),
            lambda parents, _c: [[[1, parent["number"]], [None], None, [ValueError("cell")]] for parent in parents],
        ),
        "notAList": many(GraphQLList(GraphQLInt), lambda parents, _c: [7] * len(parents)),
        "badInt": many(GraphQLInt, lambda parents, _c: ["x"] * len(parents)),
        "lost": many(ANY, lambda parents, _c: [{"__typename": "Nowhere"}] * len(parents)),
        "colour": many(COLOUR, lambda parents, _c: ["red" if parent["number"] % 2 else "green" for parent in parents]),
        "echo": many(
            GraphQLString,
            lambda parents, _c, **given: [str(sorted(given.items()))] * len(parents),
            args={
                "word": GraphQLArgument(GraphQLString),
                "number": GraphQLArgument(GraphQLNonNull(GraphQLInt), default_value=3),
                "colour": GraphQLArgument(COLOUR),
                "box": GraphQLArgument(BOX),
            },
        ),
    }


BOX = GraphQLInputObjectType(
    "Box",
    {
        "size": GraphQLInputField(GraphQLInt, default_value=1),
        "tags": GraphQLInputField(GraphQLList(GraphQLNonNull(GraphQLString))),
    },
)
LEAF = GraphQLObjectType("Leaf", common, interfaces=[THING])
BRANCH = GraphQLObjectType("Branch", lambda: {**common(), "only": plain(GraphQLInt)}, interfaces=[THING])
ANY = GraphQLUnionType("Any", lambda: [LEAF, BRANCH])

CALLS = []


def increase(parents, _context, by=1):
    CALLS.append(by)
    return [{"__typename": "Leaf", "number": sum(CALLS), "text": "t"}] * len(parents)


QUERY = GraphQLObjectType(
    "Query",
    {
        "one": many(LEAF, lambda parents, _c: [item(1)] * len(parents)),
        "two": many(GraphQLNonNull(BRANCH), lambda parents, _c: [item(2)] * len(parents)),
        "things": many(GraphQLList(GraphQLNonNull(THING)), lambda parents, _c: [[item(n) for n in range(5)]] * len(parents)),
        "nothing": many(GraphQLNonNull(GraphQLString), lambda parents, _c: [None] * len(parents)),
        "wrongLength": many(GraphQLString, lambda _parents, _c: []),
    },
)
MUTATION = GraphQLObjectType(
    "Mutation", {"increase": many(LEAF, increase, args={"by": GraphQLArgument(GraphQLInt, default_value=1)})}
)
SCHEMA = GraphQLSchema(QUERY, MUTATION, types=[LEAF, BRANCH])
