"""Random valid queries for any schema, the same for the same seed: the law is that two executors answer them alike."""

import random

from graphql import (
    GraphQLEnumType,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_non_null_type,
    parse,
    validate,
)

MOST_FIELDS = 4
VARIABLES = {"on": True, "off": False, "few": 2}
DECLARED = {"on": "$on: Boolean!", "off": "$off: Boolean = false", "few": "$few: Int"}


class Generator:
    """`values` gives literals for arguments: by (type, field, argument), by argument name, or by the name of its type."""

    def __init__(self, schema, seed, values, depth=4, avoid=frozenset()):
        self.schema = schema
        self.random = random.Random(seed)
        self.values = values
        self.depth = depth
        self.avoid = avoid
        self.fragments = []
        self.names = 0
        self.used = set()

    def query(self):
        """A document and the variables that it declares."""
        selection = self.selection(self.schema.query_type, self.depth)
        declared = [one for name, one in DECLARED.items() if name in self.used]
        header = f"query Q({', '.join(declared)}) " if declared else "query Q "
        return header + selection + "".join(self.fragments), {name: VARIABLES[name] for name in self.used}

    def selection(self, type_, depth):
        parts = [self.part(type_, depth) for _ in range(self.random.randint(1, MOST_FIELDS))]
        return "{ " + " ".join(part for part in parts if part) + " __typename }"

    def part(self, type_, depth):
        chance = self.random.random()
        if chance < 0.08:
            return "__typename" + self.switch()
        if chance < 0.2 and depth > 0:
            return self.inline(type_, depth)
        if chance < 0.28 and depth > 0:
            return self.fragment(type_, depth)
        if isinstance(type_, GraphQLUnionType):
            return self.inline(type_, depth) if depth > 0 else "__typename"
        return self.field(type_, depth)

    def inline(self, type_, depth):
        inner = self.narrower(type_)
        condition = f"on {inner.name} " if inner is not type_ or self.random.random() < 0.5 else ""
        return f"... {condition}{self.switch()} {self.selection(inner, depth - 1)}"

    def fragment(self, type_, depth):
        inner = self.narrower(type_)
        name = f"F{len(self.fragments)}_{self.number()}"
        self.fragments.append(f" fragment {name} on {inner.name} {self.selection(inner, depth - 1)}")
        return f"...{name} {self.switch()}"

    def narrower(self, type_):
        if is_abstract_type(type_):
            return self.random.choice([*self.schema.get_possible_types(type_), *([type_] * 2)])
        wider = list(getattr(type_, "interfaces", ()))
        return self.random.choice([type_, type_, *wider])

    def field(self, type_, depth):
        fields = {name: one for name, one in type_.fields.items() if f"{type_.name}.{name}" not in self.avoid}
        leaves = {name: one for name, one in fields.items() if is_leaf_type(get_named_type(one.type))}
        pool = fields if depth > 0 and self.random.random() < 0.75 else leaves
        if not pool:
            return ""
        name = self.random.choice(sorted(pool))
        definition = pool[name]
        arguments = self.arguments(type_, name, definition)
        if arguments is None:
            return ""
        is_leaf = is_leaf_type(get_named_type(definition.type))
        alias = "" if is_leaf and not arguments and self.random.random() < 0.7 else f"a{self.number()}: "
        inner = "" if is_leaf else " " + self.selection(get_named_type(definition.type), depth - 1)
        return f"{alias}{name}{arguments}{self.switch()}{inner}"

    def arguments(self, type_, field, definition):
        stated = []
        for name, argument in definition.args.items():
            is_needed = is_non_null_type(argument.type) and argument.default_value is Undefined
            if not is_needed and self.random.random() < 0.5:
                continue
            value = self.value(type_, field, name, argument.type)
            if value is None and is_needed:
                return None
            if value is not None:
                stated.append(f"{name}: {value}")
        return f"({', '.join(stated)})" if stated else ""

    def value(self, type_, field, name, kind):
        named = get_named_type(kind)
        pool = self.values.get((type_.name, field, name)) or self.values.get(name) or self.values.get(named.name)
        if pool:
            chosen = self.random.choice(pool)
            if chosen.startswith("$"):
                self.used.add(chosen[1:])
            return chosen
        return self.random.choice(sorted(named.values)) if isinstance(named, GraphQLEnumType) else None

    def switch(self):
        chance = self.random.random()
        if chance < 0.9:
            return ""
        name = self.random.choice(["on", "off"])
        self.used.add(name)
        return f" @{self.random.choice(['skip', 'include'])}(if: ${name})"

    def number(self):
        self.names += 1
        return self.names


def valid_queries(count, schema, values, **options):
    """The first `count` of the generated queries that the schema accepts; leaves of different types may clash."""
    seed = found = 0
    while found < count:
        seed += 1
        text, variables = Generator(schema, seed, values, **options).query()
        if not validate(schema, parse(text)):
            found += 1
            yield text, variables
