"""A column that keeps a name's place in Thai dictionary order; a kind of column, not a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from prasan.kernel.order import thai_sort_key

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class SortKeyField(_CharField):
    """Holds `thai_sort_key` of the column `source`, written with the row by `save()` and `bulk_create()`.

    Whoever writes single columns (`update()`, `save(update_fields=…)`) names this one beside the source.
    """

    def __init__(self, *args: Any, source: str = "name_th", **options: Any) -> None:
        self.source = source
        options.setdefault("db_collation", "C")
        options.setdefault("editable", False)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Migrations see a plain column, for they import nothing of ours."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def clone(self) -> SortKeyField:
        """A copy that still knows its source, which `deconstruct` leaves out."""
        _name, _path, args, options = self.deconstruct()
        return type(self)(*args, source=self.source, **options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = thai_sort_key(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key
