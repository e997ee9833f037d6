"""A row of any table, filled from what the table itself declares, for tests that go through all tables."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from django.db import models

_numbers = count(1)


def make_any(model: type[models.Model], **given: object) -> models.Model:
    """A saved row with every column that must be filled; rows it points at are made likewise."""
    values = {field.name: _value(field) for field in model._meta.concrete_fields if _must_be_given(field)}
    return model._base_manager.create(**{**values, **given})


def _must_be_given(field: models.Field) -> bool:
    if field.name == "area":
        return True  # of several possible owners, one of which a row must have, the area
    if field.null or field.has_default() or isinstance(field, models.AutoField) or not field.editable:
        return False
    return not (isinstance(field, models.DateField) and (field.auto_now or field.auto_now_add))


def _value(field: models.Field) -> object:
    number = next(_numbers)
    if isinstance(field, models.ForeignKey):
        known = field.related_model._base_manager.first()
        return known if known is not None and not field.unique else make_any(field.related_model)
    if field.choices and not field.blank:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return datetime(2025, 1, 1, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2025, 1, 1)
    if isinstance(field, models.CharField | models.TextField):
        return "" if field.blank else f"{number}"
    return number
