"""Innovations and registers as tables for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prasan.innovations.models import CookbookDelivery, Innovation, RegisterEntry
from prasan.insight.queries import shelf_of
from prasan.sheets.table import CellValue, Table
from prasan.web.innovations.facts import areas_told
from prasan.web.shell.exports import ROWS_AT_ONCE


def gallery_table(innovations: QuerySet[Innovation]) -> Table:
    """Innovations in the order given, with the registers in which they stand."""
    headers = [
        _("Number"),
        _("Name of the innovation"),
        _("Its name in English"),
        _("Whose it is"),
        _("Carried out in"),
        _("Province codes"),
        _("Kind"),
        _("Fiscal year"),
        _("Began"),
        _("Finished"),
        _("Registers"),
    ]
    return Table(_("Innovations"), headers, _innovation_rows(innovations))


def register_table(title: str, entries: Iterable[RegisterEntry]) -> Table:
    """A register in its order."""
    headers = [
        _("Number"),
        _("Score"),
        _("Award"),
        _("Province"),
        _("Whose it is"),
        _("Name of the innovation"),
    ]
    rows = (
        [
            each.number,
            each.score,
            str(each.get_level_display()),
            each.innovation.area.name,
            str(each.innovation.owner),
            each.innovation.title,
        ]
        for each in entries
    )
    return Table(title, headers, rows)


def _innovation_rows(innovations: QuerySet[Innovation]) -> Iterator[Sequence[CellValue]]:
    rows = innovations.iterator(chunk_size=ROWS_AT_ONCE)
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        shelf = shelf_of(chunk)
        for each in chunk:
            yield [
                each.pk,
                each.title,
                each.title_en,
                str(each.owner),
                areas_told(each),
                ", ".join(each.provinces),
                str(each.get_kind_display()),
                each.fiscal_year,
                each.started_on,
                each.finished_on,
                ", ".join(str(entry.register) for entry in shelf.get(each.pk, [])),
            ]


def delivery_table(deliveries: QuerySet[CookbookDelivery]) -> Table:
    """To whom a cookbook was sent and who opened it, in the order given."""
    headers = [
        _("Agency code"),
        _("Agency"),
        _("Level"),
        _("Version"),
        _("Sent on"),
        _("Opened"),
        _("Who opened it"),
    ]
    rows = (
        [
            each.agency.code,
            str(each.agency),
            str(each.agency.get_level_display()),
            each.version.number,
            each.sent_at,
            each.opened_at,
            str(each.opened_posting) if each.opened_posting else "",
        ]
        for each in deliveries.iterator(chunk_size=ROWS_AT_ONCE)
    )
    return Table(_("To whom it was sent"), headers, rows)
