"""Following what a table declares about whose its rows are: on one row in Python, on many rows as a query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Field, ForeignKey, ForeignObjectRel, ManyToManyField, Model, Q

from prasan.kernel.rights import Belonging, Reach
from prasan.places.models import Area
from prasan.places.queries import last_code_inside

Getter = Callable[[Model], tuple[Any, ...]]

_COLUMNS_OF_REACH = {
    Reach.OWN: "owner",
    Reach.ASSIGNED: "assignees",
    Reach.COMMITTEE: "committees",
    Reach.AGENCY: "agencies",
    Reach.ROUTED: "routed",
    Reach.AREA: "area",
}


class Reading:
    """How to read one table's declaration; made once for each table."""

    def __init__(self, model: type[Model]) -> None:
        declared = getattr(model, "belonging", None)
        if not isinstance(declared, Belonging):
            raise TypeError(f"{model.__name__} does not declare to whom its rows belong")
        self.model = model
        self.declared = declared
        self.lookups: dict[Reach, tuple[str, ...]] = {
            reach: getattr(declared, columns) for reach, columns in _COLUMNS_OF_REACH.items()
        }
        self._getters: dict[str, Getter] = {
            lookup: _getter(model, lookup.split("__"))
            for lookups in (
                *self.lookups.values(),
                declared.submitter,
                declared.subject_users,
                declared.subject_agencies,
            )
            for lookup in lookups
        }
        self.by_reach: dict[Reach, Getter] = {
            reach: self._all_of(lookups) for reach, lookups in self.lookups.items()
        }
        self.submitters = self._all_of(declared.submitter)
        self.subject_users = self._all_of(declared.subject_users)
        self.subject_agencies = self._all_of(declared.subject_agencies)
        self._state = _getter(model, declared.state.split("__")) if declared.state else _nothing

    def state(self, row: Model) -> str | None:
        """The state of the row; None for a table without states."""
        return next(iter(self._state(row)), None)

    def in_phases(self, phases: Collection[str]) -> Q | None:
        """Rows in one of these states; None for a table without states, whose rows are in no phase."""
        return Q(**{f"{self.declared.state}__in": phases}) if self.declared.state else None

    def inside(self, path: str) -> list[Q]:
        """For each lookup of areas the rows inside the area of that path; an empty path is the country's."""
        return [self._many_at_once(lookup, self._inside(lookup, path)) for lookup in self.lookups[Reach.AREA]]

    def matching(self, lookups: Iterable[str], comparison: str, value: object) -> list[Q]:
        """For each lookup the rows it fits; what leads to many rows is asked apart, so no row comes twice."""
        return [self._fits(lookup, comparison, value) for lookup in lookups]

    def _fits(self, lookup: str, comparison: str, value: object) -> Q:
        return self._many_at_once(lookup, Q(**{f"{lookup}__{comparison}": value}))

    def _inside(self, lookup: str, path: str) -> Q:
        """By the code in the row itself where that says the same as the path, so that no area is joined.

        The code of an area begins with those of the areas around it (docs/decisions/0003).
        """
        names = lookup.split("__")
        if len(names) == 1 or _model_at(self.model, names[:-1]) is not Area:
            return Q(**{f"{lookup}__startswith": path}) if path else Q(**{f"{lookup}__isnull": False})
        area = "__".join(names[:-1])
        if not path:
            return Q(**{f"{area}__isnull": False})
        code = path.split("/")[-2]
        inside = Q(**{f"{area}__code__range": (code, last_code_inside(code))})
        if not self.declared.province or lookup != self.declared.area[0]:
            return inside
        in_province = Q(**{self.declared.province: code[:2]})
        return in_province & inside if len(code) > 2 else in_province

    def _many_at_once(self, lookup: str, condition: Q) -> Q:
        if _leads_to_many(self.model, lookup.split("__")):
            return Q(pk__in=self.model._base_manager.filter(condition).values("pk"))
        return condition

    def _all_of(self, lookups: tuple[str, ...]) -> Getter:
        getters = tuple(self._getters[lookup] for lookup in lookups)
        if not getters:
            return _nothing
        if len(getters) == 1:
            return getters[0]
        return lambda row: tuple(value for getter in getters for value in getter(row))


@cache
def reading_of(model: type[Model]) -> Reading:
    """The reading of a table's declaration; TypeError if it declares none."""
    return Reading(model)


def _nothing(row: Model) -> tuple[Any, ...]:
    return ()


def _field(model: type[Model], name: str) -> Field[Any, Any] | ForeignObjectRel:
    try:
        return model._meta.get_field(model._meta.pk.name if name == "pk" else name)
    except FieldDoesNotExist:
        for field in model._meta.concrete_fields:
            if field.attname == name:
                return field
        raise


def _is_many(field: object) -> bool:
    return bool(getattr(field, "many_to_many", False) or getattr(field, "one_to_many", False))


def _model_at(model: type[Model], names: list[str]) -> type[Model]:
    for name in names:
        model = _field(model, name).related_model  # type: ignore[assignment] # the names lead to a table
    return model


def _leads_to_many(model: type[Model], names: list[str]) -> bool:
    for name in names:
        field = _field(model, name)
        if _is_many(field):
            return True
        if not field.is_relation:
            return False
        model = field.related_model  # type: ignore[assignment] # a relation has one
    return False


def _getter(model: type[Model], names: list[str]) -> Getter:
    name, rest = names[0], names[1:]
    field = _field(model, name)
    if isinstance(field, (ManyToManyField, ForeignObjectRel)):
        return _through_relation(field, rest)
    if not rest:
        attribute = field.attname
        return lambda row: () if (value := getattr(row, attribute)) is None else (value,)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model.__name__}.{name} leads nowhere")
    if rest in (["pk"], [field.target_field.name]):
        return _getter(model, [field.attname])
    follow = _getter(field.related_model, rest)
    through, key = field.name, field.attname
    return lambda row: () if getattr(row, key) is None else follow(getattr(row, through))


def _through_relation(field: ManyToManyField[Any, Any] | ForeignObjectRel, rest: list[str]) -> Getter:
    related: type[Model] = field.related_model
    accessor = field.get_accessor_name() if isinstance(field, ForeignObjectRel) else field.name
    if accessor is None:
        raise TypeError(f"{field} cannot be followed backwards")
    follow = _getter(related, rest or ["pk"])
    path = "__".join(rest or ["pk"])

    def many(row: Model) -> tuple[Any, ...]:
        if row._state.adding:
            return ()
        if accessor in getattr(row, "_prefetched_objects_cache", ()):
            return tuple(value for other in getattr(row, accessor).all() for value in follow(other))
        found = getattr(row, accessor).values_list(path, flat=True)
        return tuple(value for value in found if value is not None)

    def one(row: Model) -> tuple[Any, ...]:
        try:
            return follow(getattr(row, accessor))
        except ObjectDoesNotExist:
            return ()

    return many if _is_many(field) else one
