"""Writes many rows at once; besides db the only place that knows dialects."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

import orjson
from sqlalchemy import ColumnElement, Connection, Select, Table, Text, and_, bindparam, delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import SQLModel

from catalog.db.engine import is_sqlite

Row = dict[str, Any]
RowsByTable = dict[type[SQLModel], list[Row]]
CHUNK = 5_000


def table_of(row_class: type[SQLModel]) -> Table:
    return cast("Table", row_class.__table__)  # type: ignore[attr-defined] # SQLModel adds it to table classes


def insert_rows(connection: Connection, row_class: type[SQLModel], rows: Sequence[Row]) -> None:
    for chunk in chunks(rows):
        connection.execute(table_of(row_class).insert(), chunk)


def upsert_rows(connection: Connection, row_class: type[SQLModel], rows: Sequence[Row]) -> None:
    """Inserts, or overwrites the row with the same primary key."""
    table = table_of(row_class)
    insert: Any = sqlite.insert(table) if is_sqlite(connection) else postgresql.insert(table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    statement = (
        insert.on_conflict_do_update(index_elements=keys, set_=others)
        if others
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
    for chunk in chunks(rows):
        connection.execute(statement, chunk)


def delete_where_in(
    connection: Connection, column: ColumnElement[Any], values: Iterable[Any], *conditions: ColumnElement[bool]
) -> None:
    table = cast("Any", column).table
    for chunk in chunks(list(values)):
        connection.execute(delete(table).where(and_(column.in_(chunk), *conditions)))


class Prepared:
    """A statement that is compiled once for each kind of database and sent as text, past SQLAlchemy's own work.

    Values go in and come out as the driver knows them.
    """

    def __init__(self, make: Callable[[Connection], Select[Any]]) -> None:
        self._make = make
        self._compiled: dict[str, tuple[str, dict[str, Any], Sequence[str] | None]] = {}

    def run(self, connection: Connection, **parameters: Any) -> Sequence[Any]:
        """All rows."""
        text, fixed, places = self._text(connection)
        sent: Any = fixed | parameters
        if places is not None:  # SQLite's driver takes values by place
            sent = tuple(sent[name] for name in places)
        return connection.exec_driver_sql(text, sent).all()

    def _text(self, connection: Connection) -> tuple[str, dict[str, Any], Sequence[str] | None]:
        kind = kind_of(connection)
        if kind not in self._compiled:
            compiled = self._make(connection).compile(connection, compile_kwargs={"render_postcompile": True})
            places = getattr(compiled, "positiontup", None)
            self._compiled[kind] = (str(compiled), dict(compiled.params), places)
        return self._compiled[kind]


def kind_of(connection: Connection) -> str:
    """For statements that are made once for each kind of database."""
    return connection.dialect.name


def among(connection: Connection, column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """Whether a column is among the values of one parameter, so that one compiled statement serves any number of them."""
    if is_sqlite(connection):
        values = func.json_each(bindparam(parameter, required=False, type_=Text)).table_valued("value")
        return column.in_(select(values.c.value))
    return column == func.any(bindparam(parameter, required=False, type_=postgresql.ARRAY(Text)))


def values_of(connection: Connection, values: Sequence[str]) -> Any:
    """The value of such a parameter."""
    return orjson.dumps(values).decode() if is_sqlite(connection) else values


class _JsonValues(FunctionElement[str]):
    """The texts of a JSON list as a subquery."""

    name = "json_values"
    inherit_cache = True


@compiles(_JsonValues, "sqlite")
def _values_on_sqlite(element: _JsonValues, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608 - a parameter


@compiles(_JsonValues, "postgresql")
def _values_on_postgresql(element: _JsonValues, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json)))"


def among_any_number(column: ColumnElement[Any], values: Iterable[str]) -> ColumnElement[bool]:
    """As IN, for more values than a statement takes parameters; a part of statements whose connection is not yet known."""
    return column.op("IN", is_comparison=True)(_JsonValues(literal(orjson.dumps(sorted(values)).decode(), Text)))


T = TypeVar("T")


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterable[list[T]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
