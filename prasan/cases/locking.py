"""Reading a case for a step and writing its new state, each in one statement that is made once for a table.

The query sets of Django would do the same at six times the cost, and every step of every case passes here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from prasan.cases.models import Case

C = TypeVar("C", bound=Case)


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the reading statement, and by which foreign key of which part before it was reached."""

    model: type[models.Model]
    names: tuple[str, ...]
    converters: tuple[tuple[int, Callable[..., Any]], ...]
    holder: int = 0
    key: models.ForeignKey[Any, Any] | None = None

    def row(self, values: Sequence[Any]) -> models.Model | None:
        """The row, as a query set would give it; None if the key led nowhere."""
        if values[self.names.index(self.model._meta.pk.attname)] is None:
            return None
        converted = list(values)
        for place, convert in self.converters:
            converted[place] = convert(converted[place], None, connection)
        return self.model.from_db(connection.alias, self.names, converted)


def lock(case: C) -> C | None:
    """The case as it stands now, locked until the transaction ends, with the rows that say whose it is."""
    statement, parts = _reading(type(case))
    with connection.cursor() as cursor:
        cursor.execute(statement, [case.pk])
        values = cursor.fetchone()
    if values is None:
        return None
    rows: list[models.Model | None] = []
    start = 0
    for part in parts:
        row = part.row(values[start : start + len(part.names)])
        holder = rows[part.holder] if part.key is not None else None
        if part.key is not None and holder is not None:
            part.key.set_cached_value(holder, row)
        rows.append(row)
        start += len(part.names)
    return rows[0]  # type: ignore[return-value] # the first part is the case itself


def write_state(case: Case) -> None:
    """Save the state of a locked case and since when it stands in it, and nothing else of it."""
    with connection.cursor() as cursor:
        cursor.execute(_writing(type(case)), [case.state, case.state_since, case.pk])


@cache
def _writing(model: type[Case]) -> str:
    table, pk = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    return f"UPDATE {table} SET state = %s, state_since = %s WHERE {pk} = %s"  # noqa: S608 - names of ours


@cache
def _reading(model: type[Case]) -> tuple[str, tuple[_Part, ...]]:
    if model._meta.parents:
        raise TypeError(f"{model.__name__} is spread over several tables")
    parts, tables = [_part(model)], [f"{_quoted(model._meta.db_table)} AS t0"]
    reached: dict[tuple[str, ...], int] = {(): 0}
    for way in sorted(_ways_to_owners(model)):
        holder = reached[way[:-1]]
        key = parts[holder].model._meta.get_field(way[-1])
        assert isinstance(key, models.ForeignKey)  # noqa: S101 - only such lead on
        reached[way] = number = len(parts)
        parts.append(_part(key.related_model, holder, key))
        pair = f"t{number}.{_quoted(key.target_field.column)} = t{holder}.{_quoted(key.column)}"
        tables.append(f"LEFT JOIN {_quoted(key.related_model._meta.db_table)} AS t{number} ON {pair}")
    columns = (
        f"t{number}.{_quoted(field.column)}"
        for number, part in enumerate(parts)
        for field in part.model._meta.concrete_fields
    )
    condition = f"t0.{_quoted(model._meta.pk.column)} = %s FOR UPDATE OF t0"
    names = f"SELECT {', '.join(columns)} FROM {' '.join(tables)}"  # noqa: S608 - names of ours
    return f"{names} WHERE {condition}", tuple(parts)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _part(
    model: type[models.Model], holder: int = 0, key: models.ForeignKey[Any, Any] | None = None
) -> _Part:
    fields = model._meta.concrete_fields
    converters = (
        (place, convert)
        for place, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    )
    return _Part(model, tuple(field.attname for field in fields), tuple(converters), holder, key)


def _ways_to_owners(model: type[Case]) -> set[tuple[str, ...]]:
    """The chains of foreign keys that the table's belonging follows, and every beginning of one."""
    return {
        way[: end + 1]
        for lookup in _lookups(model)
        if (way := _way(model, lookup))
        for end in range(len(way))
    }


def _lookups(model: type[Case]) -> Iterator[str]:
    declared = model.belonging
    yield from declared.owner + declared.assignees + declared.submitter
    yield from declared.committees + declared.agencies + declared.routed + declared.area
    yield from declared.subject_users + declared.subject_agencies


def _way(model: type[models.Model], lookup: str) -> tuple[str, ...]:
    *names, _last = lookup.split("__")
    followed: list[str] = []
    for name in names:
        field = model._meta.get_field(name)
        if not isinstance(field, models.ForeignKey):
            break  # to many rows: `decide` asks for these itself
        followed.append(name)
        model = field.related_model
    return tuple(followed)
