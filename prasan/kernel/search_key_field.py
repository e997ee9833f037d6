"""A column that keeps what people search a row by; a kind of column, not a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from prasan.kernel.words import search_key

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class SearchKeyField(_TextField):
    """Holds `search_key` of the columns `sources`, a line each; written like a `SortKeyField`."""

    def __init__(self, *args: Any, sources: Sequence[str] = ("name_th", "name_en"), **options: Any) -> None:
        self.sources = tuple(sources)
        options.setdefault("db_collation", "C")
        options.setdefault("editable", False)
        options.setdefault("default", "")
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Migrations see a plain column, for they import nothing of ours."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def clone(self) -> SearchKeyField:
        """A copy that still knows its sources, which `deconstruct` leaves out."""
        _name, _path, args, options = self.deconstruct()
        return type(self)(*args, sources=self.sources, **options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = "\n".join(search_key(getattr(model_instance, source)) for source in self.sources)
        setattr(model_instance, self.attname, key)
        return key
