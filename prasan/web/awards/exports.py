"""Entries, results and own sheets as tables for a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from prasan.awards.counting import Count
from prasan.awards.models import Entry, ScoreSheet
from prasan.awards.queries import Seen
from prasan.awards.queries.results import Shown, province_of
from prasan.innovations.models import RegisterEntry
from prasan.sheets.table import CellValue, Table

PLACES = Decimal("0.0001")


def entries_table(entries: Iterable[Entry]) -> Table:
    """Entries with whose they are, for those inside and, once announced, for everybody."""
    headers = [
        _("Number"),
        _("Province"),
        _("Whose it is"),
        _("Title"),
        _("Category"),
        _("State"),
        _("Award"),
    ]
    rows = (
        [
            each.number,
            province_of(each),
            str(each.owner),
            each.title,
            str(each.category),
            str(each.state_now.label),
            level_of(each),
        ]
        for each in entries
    )
    return Table(_("Entries for the award"), headers, rows)


def counts_table(counts: Sequence[Count], rows: Mapping[str, Sequence[Shown]]) -> Table:
    """Results with raw and adjusted values side by side, for those inside."""
    headers = [
        _("Category"),
        _("Rank"),
        _("Number"),
        _("Whose it is"),
        _("Title"),
        _("Raw"),
        _("Adjusted"),
        _("From"),
        _("To"),
        _("Sheets"),
        _("Award"),
    ]
    names = dict(RegisterEntry.Level.choices)
    lines: list[list[CellValue]] = []
    for each in counts:
        for shown in rows[each.category]:
            row, entry = shown.row, shown.entry
            found = row.estimate
            lines.append(
                [
                    str(entry.category),
                    row.place,
                    entry.number,
                    str(entry.owner),
                    entry.title,
                    None if found is None else _decimal(found.raw),
                    None if found is None else found.adjusted,
                    None if found is None else found.low,
                    None if found is None else found.high,
                    0 if found is None else found.scores,
                    str(names.get(row.level, "")),
                ]
            )
    return Table(_("Results"), headers, lines)


def sheets_table(sheets: Iterable[tuple[ScoreSheet, Seen]]) -> Table:
    """A judge's own sheets, with no more of an entry than he is shown on their pages."""
    headers = [_("Award"), _("Round"), _("Entry"), _("Title"), _("Whose it is"), _("State")]
    rows = (
        [
            str(sheet.round.edition),
            str(sheet.round),
            seen.code,
            seen.title,
            seen.owner,
            str(sheet.state_now.label),
        ]
        for sheet, seen in sheets
    )
    return Table(_("Entries to score"), headers, rows)


def level_of(entry: Entry) -> str:
    """The award of an entry in words; unknown where its source does not tell."""
    if hasattr(entry, "award"):
        return str(entry.award.get_level_display())
    return str(_("unknown")) if entry.state == "untold" else ""


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(PLACES)
