"""Writes many rows at once; besides db the only place that knows dialects."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

import orjson
import psycopg
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import SQLModel

from catalog.db.engine import is_sqlite

Row = dict[str, Any]
RowsByTable = dict[type[SQLModel], list[Row]]
CHUNK = 5_000
FEWEST_COPIED = 200
"""Rows from which COPY is worth its own round trips."""


def table_of(row_class: type[SQLModel]) -> Table:
    return cast("Table", row_class.__table__)  # type: ignore[attr-defined] # SQLModel adds it to table classes


def insert_rows(connection: Connection, row_class: type[SQLModel], rows: Sequence[Row]) -> None:
    """Rows with the same keys, past SQLAlchemy's own work for each of them; many rows reach PostgreSQL by COPY."""
    table = table_of(row_class)
    if len(rows) >= FEWEST_COPIED and not is_sqlite(connection):
        _copy(connection, table.name, table, rows)
        return
    for chunk in chunks(rows):
        _execute(connection, table.insert(), table, chunk)


def upsert_rows(connection: Connection, row_class: type[SQLModel], rows: Sequence[Row]) -> None:
    """Inserts, or overwrites the row with the same primary key."""
    table = table_of(row_class)
    if len(rows) >= FEWEST_COPIED and not is_sqlite(connection):
        _copy_over(connection, table, rows)
        return
    insert: Any = sqlite.insert(table) if is_sqlite(connection) else postgresql.insert(table)
    statement = _overwriting(insert, table)
    for chunk in chunks(rows):
        _execute(connection, statement, table, chunk)


def _overwriting(insert: Any, table: Table) -> Any:
    keys = [column.name for column in table.primary_key]
    others = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    if not others:
        return insert.on_conflict_do_nothing(index_elements=keys)
    return insert.on_conflict_do_update(index_elements=keys, set_=others)


def _execute(connection: Connection, statement: Any, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    compiled = statement.compile(connection, column_keys=names)
    places = compiled.positiontup or names  # SQLite's driver takes values by place, psycopg by name
    values = list(_as_sent(connection, table, places, rows))
    sent: Any = values if compiled.positiontup else [dict(zip(places, one, strict=True)) for one in values]
    connection.exec_driver_sql(str(compiled), sent)


def _as_sent(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]) -> Iterable[tuple[Any, ...]]:
    """The values of the rows in this order, as the driver knows them; worked out column by column."""
    columns: list[Any] = [[row[name] for row in rows] for name in names]
    for place, name in enumerate(names):
        column: Column[Any] = table.c[name]
        process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        if process is not None:
            columns[place] = [process(value) for value in columns[place]]
    return zip(*columns, strict=True)


def _copy(connection: Connection, name: str, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(name)} ({', '.join(map(quote, names))}) FROM STDIN"
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for chunk in chunks(rows):
                for values in _as_sent(connection, table, names, chunk):
                    copy.write_row(values)
    except psycopg.IntegrityError as error:
        raise IntegrityError(statement, None, error) from error
    except psycopg.OperationalError as error:
        raise OperationalError(statement, None, error) from error


def _copy_over(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """By way of a table of this transaction's own, whose rows then overwrite those of the table all at once."""
    quote = connection.dialect.identifier_preparer.quote
    name, own = quote(table.name), quote(f"copied_{table.name}")
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {own} (LIKE {name}) ON COMMIT DROP")
    _copy(connection, f"copied_{table.name}", table, rows)
    columns = [column.name for column in table.columns]
    copied = Table(f"copied_{table.name}", MetaData(), *(Column(one) for one in columns))
    statement = _overwriting(postgresql.insert(table).from_select(columns, select(copied)), table)
    connection.execute(statement)
    connection.exec_driver_sql(f"DROP TABLE {own}")


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
